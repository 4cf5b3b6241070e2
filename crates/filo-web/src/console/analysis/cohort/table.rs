//! The table of cohorts: a row for each, a column for each period after the first.

use std::borrow::Cow;

use filo_core::analysis::Cohort;
use maud::{Markup, html};

use super::super::{figure, percent, sheet};
use super::Drawing;
use super::asked::Shown;
use crate::console::Answer;
use crate::i18n::Words;

/// Strengths of the colour.
const STRENGTHS: f64 = 5.0;

impl Drawing<'_> {
    /// What a cell says as a number, by which its colour is chosen.
    fn value(self, cohort: &Cohort, after: usize) -> Option<f64> {
        let cell = cohort.cells.get(after)?;
        Some(match self.shown {
            Shown::Customers => cohort.retained(after)?.share,
            Shown::Orders => cell.orders as f64,
            Shown::Revenue => cell.revenue.0 as f64,
            Shown::Each => cohort.brought_each(after)?.0 as f64,
        })
    }

    /// The same in words.
    fn text(self, cohort: &Cohort, after: usize) -> String {
        let (words, currency) = (self.words, self.cohorts.currency);
        let Some(cell) = cohort.cells.get(after) else {
            return String::new();
        };
        match self.shown {
            Shown::Customers => percent(words, cell.customers, cohort.size()),
            Shown::Orders => words.number(cell.orders),
            Shown::Revenue => words.amount(cell.revenue.0, currency),
            Shown::Each => match cohort.brought_each(after) {
                Some(cents) => words.amount(cents.0, currency),
                None => "–".to_owned(),
            },
        }
    }

    /// Of customers all came in the first period, so only the others say something.
    const fn from(self) -> usize {
        match self.shown {
            Shown::Customers => 1,
            Shown::Orders | Shown::Revenue | Shown::Each => 0,
        }
    }
}

pub(super) fn table(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let cohorts: Vec<&Cohort> = it
        .cohorts
        .cohorts
        .iter()
        .filter(|it| it.size() > 0)
        .collect();
    let longest = cohorts.iter().map(|it| it.cells.len()).max().unwrap_or(0);
    let values = || {
        cohorts
            .iter()
            .flat_map(|cohort| (it.from()..longest).filter_map(|after| it.value(cohort, after)))
    };
    let most = values().fold(0.0, f64::max);
    let title = words.say(&format!("cohort-table-{}", it.shown.word()));
    html! {
        section.card {
            h2 #cohort-table { (title) }
            p.about { (words.say(&format!("cohort-table-{}-hint", it.shown.word()))) }
            div.scroll tabindex="0" role="region" aria-labelledby="cohort-table" {
                table.matrix.heat {
                    thead {
                        tr {
                            th scope="col" { (words.say(&format!("cohort-head-{}", it.asked.unit.word()))) }
                            th scope="col" { (words.say("cohort-head-size")) }
                            @for after in it.from()..longest { th scope="col" { (later(it, after)) } }
                        }
                    }
                    tbody { @for cohort in &cohorts { (row(it, cohort, longest, most)) } }
                }
            }
        }
    }
}

/// “+3 mesi”
fn later(it: Drawing<'_>, after: usize) -> String {
    let key = format!("cohort-later-{}", it.asked.unit.word());
    it.words.fill(&key, [("count", after.into())])
}

fn row(it: Drawing<'_>, cohort: &Cohort, longest: usize, most: f64) -> Markup {
    let words = it.words;
    html! {
        tr {
            th scope="row" { (it.period(cohort.first)) }
            td { (figure::door(words, it.lists, cohort.size(), &it.address(cohort.first, 0))) }
            @for after in it.from()..longest {
                @match cohort.cells.get(after) {
                    None => td {},
                    Some(cell) => td class={ "heat-" (strength(it.value(cohort, after), most)) } {
                        @let text = it.text(cohort, after);
                        @if it.lists && cell.customers > 0 {
                            a href=(it.address(cohort.first, after)) { (text) }
                        } @else { (text) }
                        p.about { (people(words, cell.customers)) }
                    },
                }
            }
        }
    }
}

fn people(words: Words, count: u64) -> String {
    let said = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    words.fill("cohort-people", said)
}

/// How strong the colour of a value is: the darker the more.
fn strength(value: Option<f64>, most: f64) -> u8 {
    let part = value.unwrap_or(0.0) / most.max(f64::MIN_POSITIVE);
    let strength = (part * STRENGTHS).ceil().clamp(0.0, STRENGTHS);
    [0, 1, 2, 3, 4, 5]
        .into_iter()
        .find(|it| f64::from(*it) >= strength)
        .unwrap_or(0)
}

/// The table as a file.
pub(super) fn file(it: Drawing<'_>) -> Answer {
    let words = it.words;
    let cohorts = &it.cohorts.cohorts;
    let longest = cohorts.iter().map(|it| it.cells.len()).max().unwrap_or(0);
    let mut heads: Vec<String> = [
        words.say(&format!("cohort-head-{}", it.asked.unit.word())),
        words.say("cohort-head-size"),
    ]
    .map(Cow::into_owned)
    .to_vec();
    heads.extend((0..longest).map(|after| later(it, after)));
    let cell = |cohort: &Cohort, after: usize| {
        let Some(cell) = cohort.cells.get(after) else {
            return String::new();
        };
        let amount = |cents: i64| words.plain_amount(cents, it.cohorts.currency);
        match it.shown {
            Shown::Customers => cell.customers.to_string(),
            Shown::Orders => cell.orders.to_string(),
            Shown::Revenue => amount(cell.revenue.0),
            Shown::Each => cohort
                .brought_each(after)
                .map_or_else(String::new, |it| amount(it.0)),
        }
    };
    let row = |cohort: &Cohort| {
        let mut cells = vec![cohort.first.to_string(), cohort.size().to_string()];
        cells.extend((0..longest).map(|after| cell(cohort, after)));
        cells
    };
    let rows: Vec<Vec<String>> = cohorts.iter().map(row).collect();
    sheet::file(words, "filo-cohorts", &heads, &rows)
}
