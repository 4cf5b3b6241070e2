//! SQL lives in filo-store and nowhere else.

use super::Finding;
use super::rust_text::{Part, parts};
use super::source::Source;

/// Where SQL may stand, with the reason.
const PLACES: [(&str, &str); 6] = [
    ("crates/filo-store", "the tables are its own"),
    (
        "crates/filo-lake/src/sql",
        "DataFusion's text over Parquet files: no table of the store",
    ),
    ("crates/filo-lake/tests/it/sql", "tests of the same"),
    (
        "crates/filo-web/tests/it/sql",
        "asks the same views as people do: no table of the store",
    ),
    (
        "crates/filo-faults/tests",
        "asks SQLite whether a file that survived a crash is whole: no table of the store",
    ),
    ("xtask", "this check and its fixtures"),
];

/// A verb and the word that makes it a statement.
const STATEMENTS: [(&str, &str); 6] = [
    ("SELECT ", " FROM "),
    ("INSERT ", " INTO "),
    ("UPDATE ", " SET "),
    ("DELETE ", " FROM "),
    ("CREATE ", " TABLE "),
    ("PRAGMA ", "PRAGMA "),
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.has_kind(&["rs"])) {
        if PLACES.iter().any(|(place, _)| is_at(source, place)) {
            continue;
        }
        for piece in parts(&source.text)
            .iter()
            .filter(|piece| piece.part == Part::Literal)
        {
            if let Some(verb) = statement(piece.text) {
                findings.push(Finding {
                    place: format!("{}:{}", source.path, piece.line),
                    what: format!("holds SQL ({verb}…)"),
                    why: "the tables can only change shape if one crate speaks to them",
                });
            }
        }
    }
    findings
}

/// A place is a folder or a file without its ending.
fn is_at(source: &Source, place: &str) -> bool {
    source.is_in(place) || source.path.strip_suffix(".rs") == Some(place)
}

/// SQL in our capitals anywhere in the literal, or in small letters at its beginning: an English
/// sentence begins with one capital.
fn statement(literal: &str) -> Option<&'static str> {
    let spaced = literal
        .trim_start_matches(['r', '#'])
        .replace(['(', ')', '"'], " ");
    let flat = format!(
        " {} ",
        spaced.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    let small = |word: &str| word.to_ascii_lowercase();
    STATEMENTS.iter().find_map(|(verb, second)| {
        let capital = flat.find(&format!(" {verb}"));
        let at = capital.or_else(|| flat.starts_with(&format!(" {}", small(verb))).then_some(0))?;
        let words = [(*second).to_owned(), small(second)];
        words
            .iter()
            .any(|word| flat[at..].contains(word))
            .then_some(verb.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_from_sentences() {
        for (literal, found) in [
            ("\"SELECT id\n    FROM customer\"", true),
            ("r#\"select id from customer\"#", true),
            ("\"WITH x AS (SELECT 1 FROM y) TABLE x\"", true),
            ("\"INSERT INTO log (seq) VALUES ($1)\"", true),
            ("\"UPDATE key SET revoked_at = $1\"", true),
            ("\"PRAGMA user_version\"", true),
            ("\"Select a file from the list\"", false),
            ("\"we select nothing from it\"", false),
            ("\"Updated where it was set\"", false),
        ] {
            assert_eq!(statement(literal).is_some(), found, "{literal}");
        }
    }

    #[test]
    fn only_the_store_may_hold_them() {
        let text = "fn a() { ask(\"DELETE FROM log\") } // \"DELETE FROM log\"";
        let sources = [
            Source::of("crates/filo-store/src/log.rs", text),
            Source::of("crates/filo-lake/src/sql.rs", text),
            Source::of("crates/filo-lake/src/sql/views.rs", text),
            Source::of("crates/filo-lake/src/sqlish.rs", text),
            Source::of("crates/filo-app/src/engine.rs", text),
        ];
        let found: Vec<String> = check(&sources).into_iter().map(|one| one.place).collect();
        assert_eq!(
            found,
            [
                "crates/filo-lake/src/sqlish.rs:1",
                "crates/filo-app/src/engine.rs:1"
            ]
        );
    }
}
