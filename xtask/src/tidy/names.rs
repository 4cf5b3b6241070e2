//! No module is called by a name that says nothing.

use super::Finding;
use super::rust_text::{Part, parts};
use super::source::Source;

const BANNED: [&str; 8] = [
    "common", "utils", "util", "helpers", "misc", "manager", "service", "shared",
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.has_kind(&["rs", "ts", "css", "mjs"]))
    {
        let pieces = source
            .path
            .split('/')
            .map(|piece| piece.split('.').next().unwrap_or(piece));
        for name in pieces.filter(|name| BANNED.contains(name)) {
            findings.push(finding(source.path.clone(), name));
        }
        if source.has_kind(&["rs"]) {
            for (line, name) in inline_modules(&source.text) {
                findings.push(finding(format!("{}:{line}", source.path), &name));
            }
        }
    }
    findings
}

/// `mod name {` in the code; `mod name;` shows in the path of the file.
fn inline_modules(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for piece in parts(text).iter().filter(|piece| piece.part == Part::Code) {
        for (offset, line) in piece.text.lines().enumerate() {
            let mut words = line
                .split_whitespace()
                .skip_while(|word| *word != "mod")
                .skip(1);
            let Some(name) = words.next() else { continue };
            if BANNED.contains(&name) && words.next() == Some("{") {
                found.push((piece.line + offset, name.to_owned()));
            }
        }
    }
    found
}

fn finding(place: String, name: &str) -> Finding {
    Finding {
        place,
        what: format!("is called {name}"),
        why: "a place without a meaning attracts everything; name it for what it does",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_nothing_are_found() {
        let sources = [
            Source::of("crates/filo-app/src/utils.rs", ""),
            Source::of("crates/filo-app/src/shared/mod.rs", ""),
            Source::of("crates/filo-app/src/engine.rs", "pub mod helpers {\n}\n"),
            Source::of("crates/filo-app/src/common_name.rs", "// mod misc {\n"),
        ];
        let found: Vec<String> = check(&sources).into_iter().map(|one| one.place).collect();
        assert_eq!(
            found,
            [
                "crates/filo-app/src/utils.rs",
                "crates/filo-app/src/shared/mod.rs",
                "crates/filo-app/src/engine.rs:1",
            ]
        );
    }
}
