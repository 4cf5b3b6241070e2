//! How well it was told before who would buy.

use filo_core::analysis::foresight::{CHECK_DAYS, Check};
use maud::{Markup, html};

use super::Drawing;
use crate::console::analysis::{lacking, tenths, whole_percent};

pub(super) fn section(it: Drawing<'_>) -> Markup {
    let words = it.words;
    html! {
        section aria-labelledby="leaving-check" {
            h2 #leaving-check { (words.fill("leaving-check", [("days", CHECK_DAYS.into())])) }
            p.about { (words.say("leaving-check-hint")) }
            @match it.view.check() {
                Ok(check) => (table(it, check)),
                Err(lacks) => {
                    p { (words.fill("leaving-check-none", [("days", CHECK_DAYS.into())])) }
                    ul { @for lack in lacks { li { (lacking(words, *lack)) } } }
                }
            }
        }
    }
}

fn table(it: Drawing<'_>, check: &Check) -> Markup {
    let words = it.words;
    let labels = [
        "leaving-head-people",
        "leaving-head-predicted",
        "leaving-head-bought",
        "leaving-head-observed",
    ];
    let labels = labels.map(|key| words.say(key));
    let parts = |it: f64| words.decimal(&format!("{it:.3}"));
    let said = [
        ("when", words.date(check.from).into()),
        ("brier", parts(check.brier).into()),
        ("share", parts(check.brier_of_share).into()),
        ("expected", tenths(words, check.expected).into()),
        ("came", words.number(check.came).into()),
    ];
    html! {
        p { (words.fill("leaving-check-told", said)) }
        table.table {
            thead {
                tr {
                    th scope="col" { (words.say("leaving-head-band")) }
                    @for label in &labels { th.number scope="col" { (label) } }
                }
            }
            tbody {
                @for (band, found) in check.bands.iter().enumerate() {
                    @let of = format!("who=checked&band={band}");
                    @let between = [
                        ("low", whole_percent(found.observed.low).into()),
                        ("high", whole_percent(found.observed.high).into()),
                    ];
                    tr {
                        td { (words.fill("leaving-band", [("band", (band + 1).into()), ("all", check.bands.len().into())])) }
                        td.number data-label=(labels[0]) { (it.door(&of, found.people)) }
                        td.number data-label=(labels[1]) { (whole_percent(found.predicted)) }
                        td.number data-label=(labels[2]) { (it.door(&format!("{of}&bought=true"), found.bought)) }
                        td.number data-label=(labels[3]) {
                            (whole_percent(found.observed.share)) " " span.soft { (words.fill("worth-between", between)) }
                        }
                    }
                }
            }
        }
    }
}
