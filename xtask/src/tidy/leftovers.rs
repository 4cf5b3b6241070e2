//! Nothing is left lying about: notes to oneself, paths of somebody's machine.

use super::Finding;
use super::source::Source;

/// Words that mean "later".
const NOTES: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// The beginnings of paths that exist on one machine only.
const MACHINES: [&str; 6] = [
    "/home/",
    "/root/",
    "/Users/",
    "/work/",
    "C:\\Users\\",
    "/mnt/",
];

/// This file must be able to write them down.
const HERE: &str = "xtask/src/tidy/leftovers.rs";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.path != HERE) {
        for (index, line) in source.text.lines().enumerate() {
            let place = format!("{}:{}", source.path, index + 1);
            if let Some(note) = numberless_note(line) {
                findings.push(Finding {
                    place: place.clone(),
                    what: format!("has a {note} without the number of an issue"),
                    why: "what nobody tracks is never done",
                });
            }
            if let Some(path) = machine_path(line) {
                findings.push(Finding {
                    place,
                    what: format!("has a path of one machine ({path}…)"),
                    why: "it works nowhere else",
                });
            }
        }
    }
    findings
}

/// `TODO(#12)` is fine; the rules may name the word between backticks or in a list.
fn numberless_note(line: &str) -> Option<&'static str> {
    NOTES.into_iter().find(|note| {
        line.match_indices(note).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + note.len()..]);
            let a_word = !before
                .ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
                && !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
            let a_note = after.starts_with(':') || after.starts_with('(') || after.is_empty();
            a_word && a_note && !after.starts_with("(#")
        })
    })
}

/// A path begins after a space, a quote or a bracket; in an address it follows a host.
fn machine_path(line: &str) -> Option<&'static str> {
    MACHINES.into_iter().find(|start| {
        line.match_indices(start).any(|(at, _)| {
            let begins = line[..at].ends_with([' ', '"', '\'', '`', '(', '=', ':']) || at == 0;
            let goes_on = line[at + start.len()..].starts_with(char::is_alphanumeric);
            begins && goes_on
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_need_a_number() {
        for (line, found) in [
            ("// TODO: later", true),
            ("// FIXME(me) now", true),
            ("// TODO(#12): later", false),
            ("No TODO without a number", false),
            ("let TODOS: u8 = 1;", false),
        ] {
            assert_eq!(numberless_note(line).is_some(), found, "{line}");
        }
    }

    #[test]
    fn paths_of_a_machine_are_told_from_addresses() {
        for (line, found) in [
            ("open(\"/home/anna/filo\")", true),
            ("see /root/notes", true),
            ("https://shop.example.it/home/sale", false),
            ("the page /home/", false),
        ] {
            assert_eq!(machine_path(line).is_some(), found, "{line}");
        }
    }
}
