//! Italian and English say the same things with the same values.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::source::Source;

const ITALIAN: &str = "crates/filo-web/src/i18n/it/";
const ENGLISH: &str = "crates/filo-web/src/i18n/en/";
const WHY: &str = "a page must not change language, or lose a value, in the middle of a sentence";

/// What a message needs: the variables between braces.
type Needs = BTreeSet<String>;

/// The catalogues are one file per noun; each has its twin in the other language.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let files = |folder: &'static str| -> BTreeMap<&str, &Source> {
        let named = |source: &'_ Source| source.path.starts_with(folder);
        sources
            .iter()
            .filter(|source| named(source))
            .map(|source| (&source.path[folder.len()..], source))
            .collect()
    };
    let (italian, english) = (files(ITALIAN), files(ENGLISH));
    let mut findings = Vec::new();
    for (name, first) in &italian {
        match english.get(name) {
            Some(second) => findings.extend(compare(first, second)),
            None => findings.push(missing(format!("{ENGLISH}{name}"))),
        }
    }
    let alone = english.keys().filter(|name| !italian.contains_key(*name));
    findings.extend(alone.map(|name| missing(format!("{ITALIAN}{name}"))));
    findings
}

fn missing(path: String) -> Finding {
    Finding {
        place: path,
        what: "does not exist".to_owned(),
        why: WHY,
    }
}

fn compare(italian: &Source, english: &Source) -> Vec<Finding> {
    let (first, mut findings) = read(italian);
    let (second, more) = read(english);
    findings.extend(more);
    for (key, needs) in &first {
        let what = match second.get(key) {
            None => format!("does not have {key}, which the Italian has"),
            Some(others) if others != needs => {
                format!("{key} uses {others:?}, while the Italian uses {needs:?}")
            }
            Some(_) => continue,
        };
        findings.push(Finding {
            place: english.path.clone(),
            what,
            why: WHY,
        });
    }
    for key in second.keys().filter(|key| !first.contains_key(*key)) {
        let what = format!("does not have {key}, which the English has");
        findings.push(Finding {
            place: italian.path.clone(),
            what,
            why: WHY,
        });
    }
    findings
}

/// Keys (attributes as `key.attribute`) with what they need, and what is wrong within one file.
fn read(source: &Source) -> (BTreeMap<String, Needs>, Vec<Finding>) {
    let mut messages: BTreeMap<String, (Needs, bool)> = BTreeMap::new();
    let mut findings = Vec::new();
    let (mut message, mut current) = (String::new(), String::new());
    for (index, line) in source.text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        let entry = line
            .split_once('=')
            .map(|(name, value)| (name.trim(), value));
        let value = match entry {
            Some((name, value)) if !indented => {
                message = name.to_owned();
                current = message.clone();
                if messages.contains_key(name) {
                    findings.push(Finding {
                        place: format!("{}:{}", source.path, index + 1),
                        what: format!("says {name} twice"),
                        why: "one of the two is never shown",
                    });
                }
                value
            }
            Some((name, value)) if name.starts_with('.') => {
                current = format!("{message}{name}");
                value
            }
            _ => line,
        };
        let slot = messages.entry(current.clone()).or_default();
        slot.0.extend(variables(value));
        slot.1 |= !value.trim().is_empty();
    }
    // A message with attributes only has no text of its own.
    let silent = messages.iter().filter(|(key, (_, text))| {
        let dotted = format!("{key}.");
        !text && !messages.keys().any(|other| other.starts_with(&dotted))
    });
    findings.extend(silent.map(|(key, _)| Finding {
        place: source.path.clone(),
        what: format!("{key} has no text"),
        why: WHY,
    }));
    (
        messages
            .into_iter()
            .map(|(key, (needs, _))| (key, needs))
            .collect(),
        findings,
    )
}

fn variables(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('$').skip(1).map(|rest| {
        let end =
            rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '-'));
        rest[..end.unwrap_or(rest.len())].to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(italian: &str, english: &str) -> Vec<String> {
        let path = |folder: &str| format!("{folder}people.ftl");
        check(&[
            Source::of(&path(ITALIAN), italian),
            Source::of(&path(ENGLISH), english),
        ])
        .into_iter()
        .map(|finding| finding.what)
        .collect()
    }

    #[test]
    fn equal_catalogues_pass() {
        let italian = "# titolo\nwho = { $name } è qui\nlong =\n    prima\n    { $count }\n\nb =\n    .title = Sì\n";
        let english = "who = { $name } is here\nlong = first { $count }\nb =\n    .title = Yes\n";
        assert!(
            found(italian, english).is_empty(),
            "{:?}",
            found(italian, english)
        );
    }

    #[test]
    fn every_difference_is_found() {
        for (italian, english) in [
            ("a = uno\nb = due\n", "a = one\n"),
            ("a = uno\n", "a = one\nb = two\n"),
            ("a = { $n } volte\n", "a = many times\n"),
            ("a = uno\na = due\n", "a = one\n"),
            ("a =\n", "a = one\n"),
            ("a = uno\n    .title = t\n", "a = one\n"),
        ] {
            assert_eq!(found(italian, english).len(), 1, "{italian} / {english}");
        }
    }

    #[test]
    fn one_catalogue_alone_is_found() {
        let alone = |folder: &str| Source::of(&format!("{folder}people.ftl"), "a = uno\n");
        assert_eq!(check(&[alone(ITALIAN)]).len(), 1);
        assert_eq!(check(&[alone(ENGLISH)]).len(), 1);
    }
}
