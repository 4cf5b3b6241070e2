//! What to measure, and how large.

use anyhow::{Context, Result, bail};

pub(crate) const USAGE: &str = "\
options of score:
  --only page,console,idle          the benches to run (all)
  --customers N, --events N         how large (the benches' own sizes)
  --store URL                       sqlite or postgres://… (sqlite)
  --cold                            build in an empty folder and state the time
  --no-build                        measure the binary that is there
  --out FILE                        where the card is written (docs/scorecard.md; a part of the
                                    benches goes to target/scorecard.md)
";

/// The card that is published: a whole run.
pub(super) const CARD: &str = "docs/scorecard.md";
/// A run of some benches must not put "not measured" over figures that were.
const PARTIAL_CARD: &str = "target/scorecard.md";

/// Every bench of `filo bench`, in the order of the card.
const BENCHES: [&str; 11] = [
    "ingest", "latency", "page", "console", "import", "segments", "send", "trigger", "wake",
    "rehearse", "idle",
];

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) benches: Vec<String>,
    /// Arguments that go to every bench as they are.
    pub(super) passed_on: Vec<String>,
    pub(super) builds: bool,
    pub(super) is_cold: bool,
    pub(super) out: String,
}

impl Options {
    pub(super) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            benches: BENCHES.map(str::to_owned).to_vec(),
            passed_on: Vec::new(),
            builds: true,
            is_cold: false,
            out: String::new(),
        };
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            let mut value = || {
                rest.next()
                    .with_context(|| format!("{option} needs a value"))
            };
            match option.as_str() {
                "--only" => options.benches = benches(value()?)?,
                "--customers" | "--events" => {
                    let count = value()?;
                    count
                        .parse::<u64>()
                        .with_context(|| format!("{option} {count}: a number"))?;
                    options.passed_on.extend([option.clone(), count.clone()]);
                }
                "--store" => options.passed_on.extend([option.clone(), value()?.clone()]),
                "--cold" => options.is_cold = true,
                "--no-build" => options.builds = false,
                "--out" => options.out.clone_from(value()?),
                _ => bail!("{option} is not an option\n{USAGE}"),
            }
        }
        if options.out.is_empty() {
            let whole = options.benches.len() == BENCHES.len();
            options.out = if whole { CARD } else { PARTIAL_CARD }.to_owned();
        }
        Ok(options)
    }
}

fn benches(list: &str) -> Result<Vec<String>> {
    let names: Vec<String> = list.split(',').map(str::to_owned).collect();
    match names.iter().find(|name| !BENCHES.contains(&name.as_str())) {
        Some(name) => bail!("{name} is not a bench; there are {}", BENCHES.join(", ")),
        None => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(
            &line
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn sizes_go_to_the_benches() {
        let options = parse("--only idle,page --customers 1000 --store sqlite --no-build").unwrap();
        assert_eq!(options.benches, ["idle", "page"]);
        assert_eq!(
            options.passed_on,
            ["--customers", "1000", "--store", "sqlite"]
        );
        assert!(!options.builds);
    }

    #[test]
    fn only_a_whole_run_is_published() {
        for (line, out) in [
            ("", CARD),
            ("--only idle", PARTIAL_CARD),
            ("--only idle --out mine.md", "mine.md"),
        ] {
            assert_eq!(parse(line).unwrap().out, out, "{line}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("--only speed", "speed"),
            ("--events many", "many"),
            ("--fast", "--fast"),
            ("--out", "--out"),
        ] {
            assert!(
                format!("{:#}", parse(line).unwrap_err()).contains(word),
                "{line}"
            );
        }
    }
}
