//! Every crate is under the lints of the house.
//!
//! A crate takes them over whole (`[lints] workspace = true`), or writes them out with one
//! difference that is listed here: cargo knows no third way.

use std::collections::BTreeMap;

use super::Finding;
use super::source::Source;

const ROOT: &str = "Cargo.toml";
const WHY: &str = "a crate without them may read the clock, unwrap and be unsafe";

/// Where one lint differs, with the reason.
const DIFFERENCES: [(&str, &str, &str); 1] = [(
    "crates/filo-faults/Cargo.toml",
    "rust.unsafe_code",
    "a table of C functions cannot be written without it; only tests use the crate",
)];

/// Levels by `group.name`.
type Levels<'a> = BTreeMap<String, &'a str>;

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let root = sources.iter().find(|source| source.path == ROOT);
    let house = root.map_or_else(Levels::new, |root| levels(&root.text, "workspace.lints."));
    let members = sources
        .iter()
        .filter(|source| source.path.ends_with("/Cargo.toml"));
    members
        .flat_map(|source| check_member(source, &house))
        .collect()
}

fn check_member(source: &Source, house: &Levels<'_>) -> Vec<Finding> {
    if takes_over(&source.text) {
        return Vec::new();
    }
    let finding = |what: String| Finding {
        place: source.path.clone(),
        what,
        why: WHY,
    };
    let own = levels(&source.text, "lints.");
    if own.is_empty() {
        return vec![finding(
            "does not have `[lints] workspace = true`".to_owned(),
        )];
    }
    let may_differ = |lint: &str| {
        DIFFERENCES
            .iter()
            .any(|(path, excepted, _)| *path == source.path && *excepted == lint)
    };
    house
        .iter()
        .filter(|(lint, level)| own.get(*lint) != Some(*level) && !may_differ(lint))
        .map(|(lint, level)| finding(format!("does not have the lint {lint} = {level}")))
        .collect()
}

fn takes_over(manifest: &str) -> bool {
    let mut entries = table(manifest, "[lints]");
    entries.any(|line| line.replace(' ', "") == "workspace=true")
}

/// The lines of one table.
fn table<'a>(manifest: &'a str, head: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = manifest.lines().skip_while(move |line| line.trim() != head);
    lines.skip(1).take_while(|line| !line.starts_with('['))
}

fn levels<'a>(manifest: &'a str, prefix: &str) -> Levels<'a> {
    let mut found = Levels::new();
    for head in manifest.lines().filter(|line| line.starts_with('[')) {
        let name = head.trim().trim_start_matches('[').trim_end_matches(']');
        let Some(group) = name.strip_prefix(prefix) else {
            continue;
        };
        for (lint, level) in table(manifest, head).filter_map(|line| line.split_once('=')) {
            let level = level.split('#').next().unwrap_or(level);
            found.insert(format!("{group}.{}", lint.trim()), level.trim());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUSE: &str = "[workspace]\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n\n\
                         [workspace.lints.clippy]\ntodo = \"deny\"  # unfinished\n";

    fn found(path: &str, manifest: &str) -> usize {
        let sources = [Source::of(ROOT, HOUSE), Source::of(path, manifest)];
        check(&sources).len()
    }

    #[test]
    fn crates_without_the_lints_are_found() {
        for (manifest, count) in [
            ("[package]\n[lints]\nworkspace = true\n", 0),
            ("[lints]\n[dependencies]\nworkspace = true\n", 1),
            ("[package]\n", 1),
        ] {
            assert_eq!(found("crates/a/Cargo.toml", manifest), count, "{manifest}");
        }
    }

    #[test]
    fn lints_that_are_written_out_are_those_of_the_house() {
        let faults = DIFFERENCES[0].0;
        let loose = "[lints.rust]\nunsafe_code = \"deny\"\n[lints.clippy]\ntodo = \"deny\"\n";
        assert_eq!(found(faults, loose), 0);
        assert_eq!(found("crates/a/Cargo.toml", loose), 1);
        assert_eq!(found(faults, "[lints.clippy]\ntodo = \"warn\"\n"), 1);
        assert_eq!(found(faults, "[lints.rust]\nunsafe_code = \"deny\"\n"), 1);
    }
}
