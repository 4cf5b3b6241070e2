//! Measured numbers, printed as they come: a line of JSON each, or a table for people.

use std::time::Duration;

use anyhow::Context;
use filo_stats::quantile::quantiles;
use serde::Serialize;

use crate::output::{Reply, print, say};

/// One number.
#[derive(Debug, Serialize)]
struct Figure<'a> {
    bench: &'a str,
    metric: &'a str,
    value: f64,
    unit: &'a str,
    size: &'a str,
}

/// Where one bench's numbers go.
#[derive(Debug)]
pub(super) struct Sheet {
    bench: &'static str,
    size: String,
    json: bool,
}

impl Sheet {
    /// A sheet for numbers of this size.
    pub(super) fn new(bench: &'static str, size: String, json: bool) -> Self {
        let sheet = Self { bench, size, json };
        if !json {
            say(format!("{bench}: {}", sheet.size));
        }
        sheet
    }

    /// A measured number.
    pub(super) fn figure(&self, metric: &str, value: f64, unit: &str) {
        // Three digits behind the point say all that a run can say.
        self.write(metric, (value * 1000.0).round() / 1000.0, unit);
    }

    /// What a formula gave, with all its digits.
    pub(super) fn estimate(&self, metric: &str, value: f64) {
        self.write(metric, value, "estimate");
    }

    fn write(&self, metric: &str, value: f64, unit: &str) {
        let figure = Figure {
            bench: self.bench,
            metric,
            value,
            unit,
            size: &self.size,
        };
        if self.json {
            // Plain texts and a number: a number that is none is not written at all.
            if let Ok(line) = serde_json::to_string(&figure) {
                say(line);
            }
        } else {
            say(format!("  {metric:<24} {value:>14.3} {unit}"));
        }
    }

    /// Quantiles of times, each under its own name.
    ///
    /// # Errors
    /// If nothing was measured.
    pub(super) fn times<const N: usize>(
        &self,
        times: &[Duration],
        wanted: [(&str, f64); N],
    ) -> anyhow::Result<()> {
        let mut sample: Vec<f64> = times
            .iter()
            .map(|time| time.as_secs_f64() * 1000.0)
            .collect();
        let found = quantiles(&mut sample, wanted.map(|(_, p)| p)).context("nothing was timed")?;
        for ((metric, _), value) in wanted.iter().zip(found) {
            match metric.strip_suffix("_us") {
                Some(_) => self.figure(metric, value * 1000.0, "µs"),
                None => self.figure(metric, value, "ms"),
            }
        }
        Ok(())
    }

    /// What a reader of the figures should know; not a figure.
    pub(super) fn remark(&self, text: impl Into<String>) {
        print(&Reply::Note(format!("{}: {}", self.bench, text.into())));
    }
}

/// Under which nineteen of twenty times lie, in milliseconds.
///
/// # Errors
/// If nothing was timed.
pub(super) fn p95_ms(times: &[Duration]) -> anyhow::Result<f64> {
    let mut sample: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
    let [p95] = quantiles(&mut sample, [0.95]).context("nothing was timed")?;
    Ok(p95 * 1000.0)
}

/// A count as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "no bench counts to 2^53")]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}
