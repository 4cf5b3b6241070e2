//! One measured number.

use anyhow::{Context, Result};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub(super) bench: String,
    pub(super) metric: String,
    pub(super) value: f64,
    pub(super) unit: String,
    /// How large the measured thing was, in the bench's words.
    pub(super) size: String,
    /// Of which commit.
    pub(super) commit: String,
}

impl Figure {
    pub(super) fn of(bench: &str, metric: &str, value: f64, unit: &str, size: &str) -> Self {
        let [bench, metric, unit, size] = [bench, metric, unit, size].map(str::to_owned);
        Self {
            bench,
            metric,
            value,
            unit,
            size,
            commit: String::new(),
        }
    }

    /// The same figure, of a commit.
    pub(super) fn of_commit(self, commit: &str) -> Self {
        Self {
            commit: commit.to_owned(),
            ..self
        }
    }

    /// The same thing measured at the same size.
    pub(super) fn is_comparable(&self, other: &Self) -> bool {
        (&self.bench, &self.metric, &self.size) == (&other.bench, &other.metric, &other.size)
    }

    /// Rates and shares are better when they are larger, everything else (time, memory, bytes)
    /// when it is smaller.
    pub(super) fn larger_is_better(&self) -> bool {
        ["_per_s", "_ratio", "_share"]
            .iter()
            .any(|end| self.metric.ends_with(end))
    }
}

/// The objects among the lines that a bench printed: `{"bench","metric","value","unit","size"}`.
pub(super) fn read_lines(text: &str) -> Result<Vec<Figure>> {
    let lines = text
        .lines()
        .filter(|line| line.trim_start().starts_with('{'));
    lines
        .map(|line| read_line(line).with_context(|| format!("reading {line}")))
        .collect()
}

fn read_line(line: &str) -> Result<Figure> {
    let object: Value = serde_json::from_str(line)?;
    let word = |name: &str| match &object[name] {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(anyhow::anyhow!("has no {name}")),
    };
    Ok(Figure {
        bench: word("bench")?,
        metric: word("metric")?,
        value: object["value"].as_f64().context("has no value")?,
        unit: word("unit")?,
        size: word("size")?,
        commit: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_bench_are_read() {
        let text = "warming up\n{\"bench\":\"ingest\",\"metric\":\"events_per_s\",\"value\":1.5e5,\"unit\":\"events/s\",\"size\":\"5M events\"}\n";
        let figures = read_lines(text).unwrap();
        let wanted = Figure::of("ingest", "events_per_s", 150_000.0, "events/s", "5M events");
        assert_eq!(figures, [wanted]);
        assert!(figures[0].larger_is_better());
    }

    #[test]
    fn a_line_without_its_value_is_an_error() {
        let line = "{\"bench\":\"idle\",\"metric\":\"rss_mb\",\"unit\":\"MB\",\"size\":\"1\"}";
        assert!(format!("{:#}", read_lines(line).unwrap_err()).contains("has no value"));
    }
}
