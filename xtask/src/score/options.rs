//! What to measure, and how large.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result, bail};

pub(crate) const USAGE: &str = "\
options of score:
  --only page,console,idle          the benches to run (all)
  --customers N, --events N         how large (the benches' own sizes)
  --store URL                       sqlite or postgres://… (sqlite)
  --cold                            build in an empty folder and state the time
  --no-build                        measure the binary that is there
  --out FILE                        where the card is written (docs/scorecard.md); what is not
                                    measured anew stays as it is there
";

/// The card that is published: a whole run.
pub(super) const CARD: &str = "docs/scorecard.md";
/// Files with known answers that some benches read; they lie beside the project.
const FILES: [(&str, &str); 2] = [
    ("clv", "../shared/data/cdnow/CDNOW_sample.txt"),
    ("attribution", "../shared/data/attribution/PathData.csv"),
];

/// Every bench of `filo bench`, in the order of the card.
const BENCHES: [&str; 14] = [
    "ingest",
    "latency",
    "page",
    "console",
    "import",
    "segments",
    "send",
    "trigger",
    "wake",
    "rehearse",
    "analytics",
    "idle",
    "clv",
    "attribution",
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
            out: CARD.to_owned(),
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
        Ok(options)
    }
}

/// What a bench needs beside its name.
pub(super) fn file_of(root: &Path, bench: &str) -> Vec<OsString> {
    let file = FILES.iter().find(|(name, _)| *name == bench);
    let arguments = file.map(|(_, path)| ["--file".into(), root.join(path).into_os_string()]);
    arguments.into_iter().flatten().collect()
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
    fn the_card_may_be_written_elsewhere() {
        for (line, out) in [
            ("--only idle", CARD),
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
