//! The steps as a table and as a file: the same as the drawing, for who cannot see it.

use filo_app::analysis::FlowView;
use filo_core::analysis::Step;
use maud::{Markup, html};

use super::super::{percent, sheet};
use super::{Drawing, place};
use crate::console::Answer;
use crate::i18n::Words;

const HOURS: f64 = 24.0;

pub(super) fn table(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let labels = [
        "flow-head-to",
        "flow-head-times",
        "flow-head-share",
        "flow-head-people",
        "flow-head-days",
    ];
    let labels = labels.map(|key| words.say(key));
    html! {
        section aria-labelledby="flow-steps" {
            h2 #flow-steps { (words.say("flow-steps")) }
            p.about { (words.say("flow-steps-hint")) }
            table.table {
                thead {
                    tr {
                        th scope="col" { (words.say("flow-head-from")) }
                        @for (column, label) in labels.iter().enumerate() {
                            th.number[column > 0] scope="col" { (label) }
                        }
                    }
                }
                tbody { @for step in &it.view.flow.steps { (row(it, step, &labels)) } }
            }
        }
    }
}

fn row(it: Drawing<'_>, step: &Step, labels: &[std::borrow::Cow<'_, str>; 5]) -> Markup {
    let words = it.words;
    let part = format!("&step={}.{}", step.from.word(), step.to.word());
    html! {
        tr {
            td { strong { (place(words, step.from)) } }
            td data-label=(labels[0]) { (place(words, step.to)) }
            td.number data-label=(labels[1]) { (words.number(step.times)) }
            td.number data-label=(labels[2]) { (percent(words, step.times, it.view.flow.ways)) }
            td.number data-label=(labels[3]) { (it.door(step.people, &part)) }
            td.number data-label=(labels[4]) { (step.median_days.map_or_else(|| "–".to_owned(), |it| span(words, it))) }
        }
    }
}

/// A time in minutes, hours or days, whichever is read most easily.
pub(super) fn span(words: Words, days: f64) -> String {
    let (key, value) = if days < 1.0 / HOURS {
        ("flow-minutes", days * HOURS * 60.0)
    } else if days < 2.0 {
        ("flow-hours", days * HOURS)
    } else {
        ("flow-days", days)
    };
    words.fill(key, [("time", super::super::tenths(words, value).into())])
}

/// The steps as a file.
pub(super) fn sheet(words: Words, view: &FlowView) -> Answer {
    let keys = [
        "flow-head-from",
        "flow-head-to",
        "flow-head-times",
        "flow-head-people",
        "flow-sheet-days",
    ];
    let row = |it: &Step| {
        vec![
            place(words, it.from),
            place(words, it.to),
            it.times.to_string(),
            it.people.to_string(),
            sheet::decimal(words, it.median_days),
        ]
    };
    let rows: Vec<Vec<String>> = view.flow.steps.iter().map(row).collect();
    sheet::file(words, "filo-paths", &sheet::heads(words, keys), &rows)
}
