//! A file stays under 400 lines.

use super::Finding;
use super::source::Source;

const LINES_MOST: usize = 400;

/// Files that may be longer, with the reason.
const EXCEPTIONS: [(&str, &str); 3] = [
    (
        "crates/filo-store/schema.sqlite.sql",
        "the whole model on one page, as the migrations give it",
    ),
    (
        "crates/filo-store/schema.postgres.sql",
        "the whole model on one page, as the migrations give it",
    ),
    (
        "crates/filo-app/tests/erasure.rs",
        "one story of every place in which a value can stand",
    ),
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    check_with(sources, &EXCEPTIONS)
}

fn check_with(sources: &[Source], exceptions: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.has_kind(&["rs", "ts", "css", "sql"]))
    {
        let lines = source.text.lines().count();
        let excepted = exceptions.iter().any(|(path, _)| *path == source.path);
        if excepted == (lines > LINES_MOST) {
            continue;
        }
        findings.push(Finding {
            place: source.path.clone(),
            what: if excepted {
                format!("has {lines} lines and needs no exception any more")
            } else {
                format!("has {lines} lines, more than {LINES_MOST}")
            },
            why: "a short file has one reason to be opened, and its name says it",
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_and_idle_exceptions_are_found() {
        let sources = [
            Source::of("a.rs", &"\n".repeat(400)),
            Source::of("b.sql", &"\n".repeat(401)),
            Source::of("c.md", &"\n".repeat(999)),
            Source::of("d.ts", &"\n".repeat(401)),
            Source::of("e.rs", "\n"),
        ];
        let found = check_with(
            &sources,
            &[("d.ts", "one table"), ("e.rs", "was long once")],
        );
        let places: Vec<&str> = found.iter().map(|finding| finding.place.as_str()).collect();
        assert_eq!(places, ["b.sql", "e.rs"]);
    }
}
