//! Every crate is under the lints of the house.

use super::Finding;
use super::source::Source;

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let ours =
        |source: &&Source| source.path.ends_with("/Cargo.toml") && !takes_over_lints(&source.text);
    let finding = |source: &Source| Finding {
        place: source.path.clone(),
        what: "does not have `[lints] workspace = true`".to_owned(),
        why: "a crate without them may read the clock, unwrap and be unsafe",
    };
    sources.iter().filter(ours).map(finding).collect()
}

fn takes_over_lints(manifest: &str) -> bool {
    let table = manifest
        .lines()
        .skip_while(|line| line.trim() != "[lints]")
        .skip(1);
    let mut entries = table.take_while(|line| !line.starts_with('['));
    entries.any(|line| line.replace(' ', "") == "workspace=true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_without_the_lints_are_found() {
        let sources = [
            Source::of("Cargo.toml", "[workspace]\n"),
            Source::of(
                "crates/a/Cargo.toml",
                "[package]\n[lints]\nworkspace = true\n",
            ),
            Source::of(
                "crates/b/Cargo.toml",
                "[lints]\n[dependencies]\nworkspace = true\n",
            ),
            Source::of("crates/c/Cargo.toml", "[package]\n"),
        ];
        let found: Vec<String> = check(&sources).into_iter().map(|one| one.place).collect();
        assert_eq!(found, ["crates/b/Cargo.toml", "crates/c/Cargo.toml"]);
    }
}
