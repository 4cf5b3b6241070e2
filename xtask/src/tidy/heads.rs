//! A Rust file begins by saying what it is.

use super::Finding;
use super::source::Source;

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let silent = |source: &&Source| {
        source.has_kind(&["rs"]) && !source.is_test() && !source.text.starts_with("//!")
    };
    let finding = |source: &Source| Finding {
        place: source.path.clone(),
        what: "does not begin with //!".to_owned(),
        why: "what it is and which invariant it keeps is the first thing to read",
    };
    sources.iter().filter(silent).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silent_files_are_found() {
        let sources = [
            Source::of("crates/filo-app/src/engine.rs", "//! The engine.\n"),
            Source::of("crates/filo-app/src/silent.rs", "use std::fmt;\n"),
            Source::of("crates/filo-app/src/engine_tests.rs", "use super::*;\n"),
        ];
        let found: Vec<String> = check(&sources).into_iter().map(|one| one.place).collect();
        assert_eq!(found, ["crates/filo-app/src/silent.rs"]);
    }
}
