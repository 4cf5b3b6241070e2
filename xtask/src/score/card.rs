//! The card: written as a page, read back to compare with the next one.
//!
//! **Invariant:** what `Display` writes, `read` reads: a fall is found against the page itself.

use std::fmt;

use super::figure::Figure;
use super::machine::Machine;
use super::target::{TARGETS, standing};

/// More than this against the card before is mended or explained.
const FALL_PERCENT_MOST: f64 = 10.0;
const NOTES: &str = "## Notes";

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Card {
    pub(super) machine: Machine,
    pub(super) figures: Vec<Figure>,
    /// Benches that did not come to an end.
    pub(super) failed: Vec<String>,
    /// The card before, to mark falls.
    pub(super) before: Vec<Figure>,
    /// Written by hand: why something fell. Kept from card to card.
    pub(super) notes: String,
}

impl Card {
    /// The figures and notes of a page.
    pub(super) fn read(text: &str) -> Self {
        let (table, notes) = text.split_once(NOTES).unwrap_or((text, ""));
        let figures = table.lines().filter_map(read_row).collect();
        Self {
            figures,
            notes: notes.trim().to_owned(),
            ..Self::default()
        }
    }

    /// The card that follows this one: what was measured anew, and what was not as it stood.
    pub(super) fn next(&self, machine: Machine, new: Vec<Figure>, failed: Vec<String>) -> Self {
        let is_old = |it: &&Figure| {
            let is_new = |other: &Figure| other.bench == it.bench;
            !new.iter().any(is_new) && !failed.contains(&it.bench)
        };
        let mut figures: Vec<Figure> = self.figures.iter().filter(is_old).cloned().collect();
        let commit = &machine.commit;
        figures.extend(new.into_iter().map(|it| it.of_commit(commit)));
        // Benches in the order of their targets; figures of a bench stay as it printed them.
        let place = |it: &Figure| TARGETS.iter().position(|target| target.bench == it.bench);
        figures.sort_by_key(|it| place(it).unwrap_or(usize::MAX));
        Self {
            machine,
            figures,
            failed,
            before: self.figures.clone(),
            notes: self.notes.clone(),
        }
    }

    /// The figures that fell by more than a tenth against another card.
    pub(super) fn falls(&self, before: &Self) -> Vec<&Figure> {
        let fell = |figure: &&Figure| {
            loss_percent(figure, &before.figures).is_some_and(|loss| loss > FALL_PERCENT_MOST)
        };
        self.figures.iter().filter(fell).collect()
    }
}

/// How much worse than before, in per cent of before; negative where it is better.
fn loss_percent(figure: &Figure, before: &[Figure]) -> Option<f64> {
    let old = before.iter().find(|old| old.is_comparable(figure))?.value;
    let change = (figure.value - old) / old * 100.0;
    change.is_finite().then_some(if figure.larger_is_better() {
        -change
    } else {
        change
    })
}

impl fmt::Display for Card {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = &self.machine;
        writeln!(out, "# Scorecard\n")?;
        writeln!(
            out,
            "Written by `cargo xtask score`; every figure was measured with the release binary of \
             the commit beside it.\n"
        )?;
        writeln!(out, "- machine: {}, {}", machine.processor, machine.memory)?;
        writeln!(out, "- system: {}", machine.system)?;
        writeln!(out, "- last measured at: {}\n", machine.commit)?;
        writeln!(
            out,
            "| bench | figure | value | unit | target | ratio | size | since last | commit |"
        )?;
        writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
        for figure in &self.figures {
            self.write_row(figure, out)?;
        }
        for target in TARGETS {
            let is_it = |one: &Figure| one.bench == target.bench && one.metric == target.metric;
            if !self.figures.iter().any(is_it) {
                writeln!(
                    out,
                    "| {} | {} | not measured | | | | | | |",
                    target.bench, target.metric
                )?;
            }
        }
        writeln!(
            out,
            "\nA ratio over 1 is better than the target. ▼ marks a fall of more than \
                       {FALL_PERCENT_MOST} % at the same size: it is mended, or explained below."
        )?;
        for bench in &self.failed {
            writeln!(out, "\nThe bench `{bench}` did not come to an end.")?;
        }
        writeln!(out, "\n{NOTES}\n\n{}", self.notes)
    }
}

impl Card {
    fn write_row(&self, figure: &Figure, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (target, ratio) = match standing(figure, &self.figures) {
            Some(found) => (found.target, format!("{:.2}", found.ratio)),
            None => (String::new(), String::new()),
        };
        let since = match loss_percent(figure, &self.before) {
            Some(loss) if loss > FALL_PERCENT_MOST => format!("▼ {loss:.0} %"),
            Some(loss) if loss < -FALL_PERCENT_MOST => format!("▲ {:.0} %", -loss),
            Some(_) => "=".to_owned(),
            None => "new".to_owned(),
        };
        writeln!(
            out,
            "| {} | {} | {} | {} | {target} | {ratio} | {} | {since} | {} |",
            figure.bench,
            figure.metric,
            number(figure.value),
            figure.unit,
            figure.size.replace('|', "/"),
            figure.commit,
        )
    }
}

fn read_row(line: &str) -> Option<Figure> {
    let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
    let [bench, metric, value, unit, _, _, size, _, commit, ..] = cells.as_slice() else {
        return None;
    };
    let value: String = value
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let figure = Figure::of(bench, metric, value.parse().ok()?, unit, size);
    Some(figure.of_commit(commit))
}

/// Four digits that count, thousands apart.
pub(super) fn number(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 1000.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut spaced = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && digit.is_ascii_digit() {
            spaced.push('\u{a0}');
        }
        spaced.push(digit);
    }
    if rest.is_empty() {
        spaced
    } else {
        format!("{spaced}.{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(values: &[(&str, &str, f64)]) -> Card {
        let figures = values
            .iter()
            .map(|(bench, metric, value)| Figure::of(bench, metric, *value, "u", "1M"));
        Card {
            figures: figures.collect(),
            notes: "It was the disk.".to_owned(),
            ..Card::default()
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let written = card(&[
            ("ingest", "events_per_s", 123_456.0),
            ("idle", "cpu_percent", 0.125),
        ]);
        let read = Card::read(&written.to_string());
        assert_eq!((read.figures, read.notes), (written.figures, written.notes));
    }

    #[test]
    fn falls_are_found_in_both_directions_and_marked() {
        let before = card(&[
            ("ingest", "events_per_s", 100.0),
            ("idle", "rss_mb", 50.0),
            ("page", "page_p95_ms", 10.0),
        ]);
        let new = card(&[
            ("ingest", "events_per_s", 85.0),
            ("idle", "rss_mb", 54.0),
            ("page", "page_p95_ms", 11.5),
        ]);
        let after = before.next(Machine::default(), new.figures, Vec::new());
        let falls: Vec<&str> = after
            .falls(&before)
            .iter()
            .map(|figure| figure.metric.as_str())
            .collect();
        assert_eq!(falls, ["events_per_s", "page_p95_ms"]);
        let page = after.to_string();
        assert_eq!(page.matches("▼ 15 %").count(), 2);
        assert!(page.contains("It was the disk."));
        assert!(page.contains("| page | search_p95_ms | not measured |"));
    }

    #[test]
    fn another_size_is_not_compared() {
        let before = card(&[("ingest", "events_per_s", 100.0)]);
        let mut after = card(&[("ingest", "events_per_s", 10.0)]);
        after.figures[0].size = "2M".to_owned();
        assert!(after.falls(&before).is_empty());
    }

    #[test]
    fn what_was_not_measured_anew_stands_with_its_commit() {
        let at = |commit: &str| Machine {
            commit: commit.to_owned(),
            ..Machine::default()
        };
        let first = card(&[("page", "page_p95_ms", 10.0), ("idle", "rss_mb", 50.0)]);
        let first = Card::default().next(at("one"), first.figures, Vec::new());
        let again = card(&[("idle", "rss_mb", 40.0)]).figures;
        let second = first.next(at("two"), again, vec!["ingest".to_owned()]);
        let told: Vec<(&str, f64, &str)> = second
            .figures
            .iter()
            .map(|it| (it.metric.as_str(), it.value, it.commit.as_str()))
            .collect();
        assert_eq!(
            told,
            [("page_p95_ms", 10.0, "one"), ("rss_mb", 40.0, "two")]
        );
        // What does not come to an end any more has no figure.
        let third = second.next(at("three"), Vec::new(), vec!["page".to_owned()]);
        assert_eq!(third.figures.len(), 1);
        assert!(third.to_string().contains("`page` did not come to an end"));
    }

    #[test]
    fn numbers_show_four_digits() {
        for (value, text) in [
            (1_234_567.8, "1\u{a0}234\u{a0}568"),
            (12.345, "12.3"),
            (0.01, "0.010"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
