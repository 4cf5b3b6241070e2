//! Only the command line prints; everything else writes to the log.

use super::Finding;
use super::rust_text::{Part, parts, without_tests};
use super::source::Source;

/// Where printing is the job.
const PLACES: [&str; 2] = ["crates/filo", "xtask"];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.has_kind(&["rs"])) {
        let allowed = PLACES.iter().any(|place| source.is_in(place))
            || source.is_test()
            || source.path.ends_with("/build.rs");
        if allowed {
            continue;
        }
        for piece in parts(without_tests(&source.text)) {
            for (offset, line) in piece.text.lines().enumerate() {
                if piece.part == Part::Code && prints(line) {
                    findings.push(Finding {
                        place: format!("{}:{}", source.path, piece.line + offset),
                        what: "prints to standard output".to_owned(),
                        why: "a server's output is its log, and a program's output belongs to \
                              whoever called it: use tracing",
                    });
                }
            }
        }
    }
    findings
}

fn prints(line: &str) -> bool {
    ["println!", "print!"].iter().any(|word| {
        line.match_indices(word).any(|(at, _)| {
            !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_is_found_outside_the_command_line() {
        let text = "fn a() {\n    println!(\"x\");\n}\n#[cfg(test)]\nmod tests { print!() }";
        let sources = [
            Source::of("crates/filo/src/main.rs", text),
            Source::of("crates/filo-app/src/engine.rs", text),
            Source::of("crates/filo-web/tests/it/main.rs", text),
            Source::of(
                "crates/filo-app/src/quiet.rs",
                "eprintln!(\"x\"); // println!",
            ),
        ];
        let found: Vec<String> = check(&sources).into_iter().map(|one| one.place).collect();
        assert_eq!(found, ["crates/filo-app/src/engine.rs:2"]);
    }
}
