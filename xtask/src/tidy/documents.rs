//! The documents tell of the crates and files that are there.

use std::collections::BTreeSet;

use super::Finding;
use super::source::Source;
use super::workspace::Workspace;

const ARCHITECTURE: &str = "ARCHITECTURE.md";
const READMES: [&str; 2] = ["README.md", "README.it.md"];
/// One can read so much in one go.
const ARCHITECTURE_LINES_MOST: usize = 300;
const WHY: &str = "a document that tells of what is not there is worse than none";

pub(super) fn check(sources: &[Source], workspace: &Workspace) -> Vec<Finding> {
    let find = |path: &str| sources.iter().find(|source| source.path == path);
    let mut findings = match find(ARCHITECTURE) {
        Some(source) => check_architecture(source, workspace),
        None => vec![missing(ARCHITECTURE)],
    };
    match READMES.map(find) {
        [Some(english), Some(italian)] => findings.extend(check_readmes(english, italian)),
        [None, _] => findings.push(missing(READMES[0])),
        [_, None] => findings.push(missing(READMES[1])),
    }
    let documents = sources.iter().filter(|source| source.has_kind(&["md"]));
    findings.extend(documents.flat_map(|source| check_links(source, sources)));
    findings
}

fn missing(path: &str) -> Finding {
    Finding {
        place: path.to_owned(),
        what: "does not exist".to_owned(),
        why: WHY,
    }
}

/// The headings between backticks are the crates, and no other crate is spoken of.
fn check_architecture(source: &Source, workspace: &Workspace) -> Vec<Finding> {
    let finding = |what: String, why| Finding {
        place: source.path.clone(),
        what,
        why,
    };
    let mut findings = Vec::new();
    let described: BTreeSet<&str> = source
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'))
        .collect();
    for member in workspace
        .members
        .iter()
        .filter(|one| !described.contains(one.name.as_str()))
    {
        findings.push(finding(
            format!("has no paragraph on the crate {}", member.name),
            WHY,
        ));
    }
    let mut named: BTreeSet<&str> = described;
    named.extend(crate_names(&source.text));
    for name in named.into_iter().filter(|name| !workspace.has(name)) {
        findings.push(finding(format!("speaks of {name}, which is no crate"), WHY));
    }
    let lines = source.text.lines().count();
    if lines > ARCHITECTURE_LINES_MOST {
        let what = format!("has {lines} lines, more than {ARCHITECTURE_LINES_MOST}");
        findings.push(finding(
            what,
            "it is read in one go, by somebody who is new",
        ));
    }
    findings
}

/// Words that look like one of our crates.
fn crate_names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("filo-").filter_map(|(at, found)| {
        let rest = &text[at + found.len()..];
        let length = rest
            .find(|letter: char| !letter.is_ascii_lowercase())
            .unwrap_or(rest.len());
        let before = text[..at].chars().next_back();
        let apart =
            before.is_none_or(|letter| !(letter.is_alphanumeric() || "-_/.".contains(letter)));
        (apart && length > 0).then(|| &text[at..at + found.len() + length])
    })
}

/// The two languages have the same sections and the same commands.
fn check_readmes(english: &Source, italian: &Source) -> Vec<Finding> {
    let headings = |source: &Source| {
        source
            .text
            .lines()
            .filter(|line| line.starts_with('#') && line.contains("# "))
            .count()
    };
    let mut findings = Vec::new();
    let mut differ = |what: String| {
        let place = italian.path.clone();
        findings.push(Finding {
            place,
            what,
            why: "both say the same, each in its language",
        });
    };
    let (one, other) = (blocks(&english.text), blocks(&italian.text));
    if one.len() != other.len() {
        differ(format!(
            "has {} blocks of code, README.md has {}",
            other.len(),
            one.len()
        ));
    } else if let Some(number) = one.iter().zip(&other).position(|(one, other)| one != other) {
        differ(format!(
            "block of code {} is not that of README.md",
            number + 1
        ));
    }
    if headings(english) != headings(italian) && one == other {
        differ(format!(
            "has {} headings, README.md has {}",
            headings(italian),
            headings(english)
        ));
    }
    findings
}

/// What stands between fences, without comments, which are in the language of the page.
pub(super) fn blocks(text: &str) -> Vec<String> {
    text.split("\n```")
        .skip(1)
        .step_by(2)
        .map(|block| {
            let lines = block.lines().map(|line| without_comment(line).trim_end());
            lines
                .filter(|line| !line.trim_start().starts_with('#'))
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect()
}

fn without_comment(line: &str) -> &str {
    let end = [" #", " //"]
        .iter()
        .filter_map(|mark| line.find(mark))
        .min();
    &line[..end.unwrap_or(line.len())]
}

/// Links within the project lead to a file or folder that is there, and to a heading of it.
fn check_links(source: &Source, sources: &[Source]) -> Vec<Finding> {
    let folder = source
        .path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        for target in line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', ' ']).next())
        {
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = match file {
                "" => source.path.clone(),
                file => resolve(folder, file),
            };
            if !is_there(&path, heading, sources) {
                findings.push(Finding {
                    place: format!("{}:{}", source.path, index + 1),
                    what: format!("links to {target}, which is not there"),
                    why: WHY,
                });
            }
        }
    }
    findings
}

fn is_there(path: &str, heading: &str, sources: &[Source]) -> bool {
    if heading.is_empty() {
        let there = |source: &Source| source.path == path || source.is_in(path);
        return KNOWN.contains(&path) || sources.iter().any(there);
    }
    let named = |line: &str| line.starts_with('#') && anchor(line) == heading;
    let page = sources.iter().find(|source| source.path == path);
    page.is_some_and(|page| page.text.lines().any(named))
}

/// The name of a heading in an address, as GitHub and mdBook make it.
fn anchor(heading: &str) -> String {
    let title = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = title
        .chars()
        .filter(|sign| sign.is_alphanumeric() || " -_".contains(*sign));
    kept.map(|sign| if sign == ' ' { '-' } else { sign })
        .collect()
}

/// Files of the project that are no source to read here.
const KNOWN: [&str; 1] = ["LICENSE"];

fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = folder
        .split('/')
        .filter(|piece| !piece.is_empty())
        .collect();
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> Workspace {
        Workspace::from_metadata(&serde_json::json!({
            "packages": [{"name": "filo"}, {"name": "filo-core"}]
        }))
    }

    #[test]
    fn architecture_names_exactly_the_crates() {
        let whole = "### `filo`\n\n### `filo-core`\nleans on nothing, see my-filo-x\n";
        for (text, found) in [
            (whole, 0),
            ("### `filo`\n", 1),
            ("### `filo`\n### `filo-core`\n### `filo-gone`\n", 1),
            ("### `filo`\n### `filo-core`\n`filo-web` calls it\n", 1),
        ] {
            let source = Source::of(ARCHITECTURE, text);
            let findings = check_architecture(&source, &workspace());
            assert_eq!(findings.len(), found, "{text}: {findings:?}");
        }
    }

    #[test]
    fn the_readmes_have_the_same_commands() {
        let english = "# Filo\n\n```sh\ncargo run  # starts\n```\n";
        for (italian, found) in [
            ("# Filo\n\n```sh\ncargo run  # parte\n```\n", 0),
            ("# Filo\n\n```sh\ncargo test\n```\n", 1),
            ("# Filo\n", 1),
            ("# Filo\n\n```sh\ncargo run\n```\n## Altro\n", 1),
        ] {
            let [one, other] = [
                Source::of("README.md", english),
                Source::of("README.it.md", italian),
            ];
            assert_eq!(check_readmes(&one, &other).len(), found, "{italian}");
        }
    }

    #[test]
    fn links_lead_somewhere() {
        let sources = [
            Source::of(
                "docs/identity.md",
                "[a](../README.md) [b](https://x.it) [c](gone.md#x)",
            ),
            Source::of(
                "README.md",
                "[docs](docs) [l](LICENSE) [h](#the-1st-time) [g](#gone)\n## The `1st` time!\n",
            ),
        ];
        let found: Vec<Finding> = sources
            .iter()
            .flat_map(|source| check_links(source, &sources))
            .collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].what.contains("gone.md"));
        assert!(found[1].what.contains("#gone"));
    }
}
