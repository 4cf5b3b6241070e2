//! `filo bench clv` and `filo bench attribution`: what the formulae give on a file, and how long
//! they take. In process; the estimates are printed with the times, because a speed counts only
//! with the right answer.

mod attribution;
mod clv;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::figure::Sheet;

/// Runs of which the shortest counts: what else the machine does only makes it longer.
const RUNS: u32 = 5;

/// What is read.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Read {
    /// Clv: purchases (`customer number day count amount`, or a table with a head that names
    /// customer, date and amount; or `ID,frequency,recency,T` and an amount). Attribution: paths
    /// (`path;total_conversions;total_conversion_value;total_null`).
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Clv: the last day that is looked at, 1997-09-30; the last one of the file without.
    #[arg(long, value_name = "DAY")]
    until: Option<jiff::civil::Date>,
    /// Clv: the last day on which somebody may have come first; those who came later are left
    /// out. The last one of all without.
    #[arg(long, value_name = "DAY")]
    first_until: Option<jiff::civil::Date>,
}

impl Read {
    /// The size in words, as the figures carry it.
    pub(super) fn size(&self) -> String {
        match &self.file {
            Some(file) => file.display().to_string(),
            None => "nothing".to_owned(),
        }
    }

    fn text(&self) -> anyhow::Result<String> {
        let file = self.file.as_ref().context("say --file FILE")?;
        std::fs::read_to_string(file).with_context(|| file.display().to_string())
    }
}

/// Measures what customers are worth.
///
/// # Errors
/// If the file cannot be read or says too little.
pub(super) fn measure_clv(read: &Read, sheet: &Sheet) -> anyhow::Result<()> {
    clv::measure(&read.text()?, read, sheet)
}

/// Measures what channels are given credit for.
///
/// # Errors
/// If the file cannot be read or says too little.
pub(super) fn measure_attribution(read: &Read, sheet: &Sheet) -> anyhow::Result<()> {
    attribution::measure(&read.text()?, sheet)
}

/// The shortest of several runs, and what it gave.
fn timed<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut run = || {
        let begun = Instant::now();
        let given = work();
        (given, begun.elapsed())
    };
    let mut best = run();
    for _ in 1..RUNS {
        let next = run();
        if next.1 < best.1 {
            best = next;
        }
    }
    best
}
