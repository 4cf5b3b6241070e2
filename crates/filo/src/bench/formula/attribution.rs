//! What channels are given credit for: by rules, by Markov chains of orders 1 to 3, and by Shapley.

use std::collections::BTreeMap;

use anyhow::Context;
use filo_stats::attribution::{Credit, Method, Order, RESAMPLES, Rule, bootstrap, credits};
use filo_stats::paths::{Path, Paths};
use filo_stats::random::Random;

use super::super::figure::{Sheet, real};
use super::timed;

/// The chance of every bootstrap: the same file gives the same intervals.
const SEED: u64 = 1;

/// Measures.
pub(super) fn measure(text: &str, sheet: &Sheet) -> anyhow::Result<()> {
    let (names, paths) = read(text)?;
    sheet.figure("paths", real(paths.rows().len() as u64), "paths");
    sheet.figure(
        "conversions",
        real(paths.conversions() as u64),
        "conversions",
    );
    let methods = [
        ("first", Method::Rule(Rule::First)),
        ("last", Method::Rule(Rule::Last)),
        ("linear", Method::Rule(Rule::Linear)),
        ("position", Method::Rule(Rule::Position)),
        ("shapley", Method::Shapley),
        ("markov1", Method::Markov(Order::One)),
        ("markov2", Method::Markov(Order::Two)),
        ("markov3", Method::Markov(Order::Three)),
    ];
    let mut markov_ms = 0.0;
    for (word, method) in methods {
        let (found, took) = timed(|| credits(&paths, method));
        let found = found.with_context(|| format!("{word}: the paths say too little"))?;
        print(sheet, word, &names, &found);
        let ms = took.as_secs_f64() * 1_000.0;
        sheet.figure(&format!("{word}_ms"), ms, "ms");
        if matches!(method, Method::Markov(_)) {
            markov_ms += ms;
        }
    }
    sheet.figure("markov_ms", markov_ms, "ms");
    let (bands, took) = timed(|| {
        let mut random = Random::seeded(SEED);
        bootstrap(&paths, Method::Markov(Order::One), RESAMPLES, &mut random)
    });
    let bands = bands.context("the paths say too little for intervals")?;
    for (name, band) in names.iter().zip(&bands) {
        sheet.estimate(&format!("markov1_low:{name}"), band.conversions.low);
        sheet.estimate(&format!("markov1_high:{name}"), band.conversions.high);
    }
    sheet.figure("intervals_s", took.as_secs_f64(), "s");
    Ok(())
}

fn print(sheet: &Sheet, word: &str, names: &[String], credits: &[Credit]) {
    for (name, credit) in names.iter().zip(credits) {
        sheet.estimate(&format!("{word}:{name}"), credit.conversions);
        sheet.estimate(&format!("{word}_value:{name}"), credit.value);
    }
}

/// The names of the channels, and the paths.
fn read(text: &str) -> anyhow::Result<(Vec<String>, Paths)> {
    let mut numbers: BTreeMap<String, u16> = BTreeMap::new();
    let mut names = Vec::new();
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split(';').map(str::trim).collect();
        let place = || format!("line {}: {line}", number + 1);
        anyhow::ensure!(cells.len() >= 4, "{}: four columns", place());
        let mut touches = Vec::new();
        for name in cells[0].trim_matches('"').split('>').map(str::trim) {
            let next = u16::try_from(names.len()).context("too many channels")?;
            let at = *numbers.entry(name.to_owned()).or_insert_with(|| {
                names.push(name.to_owned());
                next
            });
            touches.push(at);
        }
        rows.push(Path {
            touches,
            conversions: cells[1].parse().with_context(place)?,
            value: cells[2].parse().with_context(place)?,
            nulls: cells[3].parse().with_context(place)?,
            ages: None,
        });
    }
    let paths = Paths::new(names.len(), rows).context("the file holds no paths")?;
    Ok((names, paths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_with_the_names_of_their_channels() {
        let head = "path;total_conversions;total_conversion_value;total_null";
        let text = format!("{head}\nmail > shop > mail;2;3.5;1\nshop;0;0;4\n");
        let (names, paths) = read(&text).unwrap();
        assert_eq!(names, ["mail", "shop"]);
        assert_eq!((paths.conversions(), paths.rows()[0].touches.len()), (2, 3));
        assert!(read(&format!("{head}\nmail;two;3;1\n")).is_err());
        assert!(read(head).is_err());
    }
}
