//! What is told of all: what is expected of them, the simple formula, and chances.

use filo_core::analysis::foresight::{AHEAD_DAYS, Estimate};
use filo_core::analysis::worth::{BANDS, Simple};
use maud::{Markup, html};

use super::Drawing;
use crate::console::analysis::{fact, lacking, percent, tenths, whole_percent};

/// An interval whose upper end is so many times its lower one says little.
const WIDE: f64 = 2.0;

/// The few numbers on top.
pub(super) fn summary(it: Drawing<'_>) -> Markup {
    let words = it.words;
    html! {
        section.card aria-labelledby="worth-summary" {
            h2 #worth-summary { (words.say("worth-summary")) }
            dl.facts {
                (fact(&words.say("worth-people"), &it.door("who=all", it.worth.people)))
                @if let Some(total) = &it.worth.total {
                    @for (days, purchases) in AHEAD_DAYS.into_iter().zip(&total.purchases) {
                        (fact(&words.fill("worth-expected", [("days", days.into())]), &counted(it, purchases)))
                    }
                    @if let Some(worth) = &total.worth {
                        (fact(&words.say("worth-year"), &amounted(it, worth)))
                    }
                    @if let Some(each) = &total.worth_each() {
                        (fact(&words.say("worth-year-each"), &amounted(it, each)))
                    }
                }
            }
            @match it.view.model() {
                Ok(model) => {
                    p.about { (words.say("worth-expected-hint")) }
                    @if model.amounts.is_none() {
                        p { strong { (words.say("worth-amounts-own")) } }
                    }
                    @if it.worth.total.as_ref().and_then(|it| it.worth).is_some_and(is_wide) {
                        p { (words.say("worth-wide")) }
                    }
                    (checked(it))
                }
                Err(lacks) => {
                    p { strong { (words.say("worth-model-none")) } }
                    @if lacks.is_empty() { p { (words.say("worth-model-unfit")) } }
                    @else { ul { @for lack in lacks { li { (lacking(words, *lack)) } } } }
                }
            }
        }
    }
}

fn is_wide(it: Estimate) -> bool {
    it.high > WIDE * it.low
}

pub(super) fn counted(it: Drawing<'_>, estimate: &Estimate) -> Markup {
    let words = it.words;
    let said = [
        ("low", tenths(words, estimate.low).into()),
        ("high", tenths(words, estimate.high).into()),
    ];
    html! { (tenths(words, estimate.value)) " " span.soft { (words.fill("worth-between", said)) } }
}

pub(super) fn amounted(it: Drawing<'_>, estimate: &Estimate) -> Markup {
    let said = [
        ("low", it.amount(estimate.low).into()),
        ("high", it.amount(estimate.high).into()),
    ];
    html! { (it.amount(estimate.value)) " " span.soft { (it.words.fill("worth-between", said)) } }
}

/// What would have been expected before, against what came.
fn checked(it: Drawing<'_>) -> Markup {
    let words = it.words;
    html! {
        @if let Some(check) = it.view.check() {
            @let said = [
                ("when", words.date(check.from).into()),
                ("expected", tenths(words, check.expected).into()),
                ("came", words.number(check.came).into()),
            ];
            p { (words.fill("worth-check", said)) " " a href="/analysis/leaving" { (words.say("worth-check-more")) } }
        }
    }
}

/// The simple formula, factor by factor.
pub(super) fn simple(it: Drawing<'_>) -> Markup {
    let words = it.words;
    html! {
        section.card aria-labelledby="worth-simple" {
            h2 #worth-simple { (words.say("worth-simple")) }
            @match &it.worth.simple {
                Ok(simple) => (formula(it, simple)),
                Err(lack) => p { (words.say("worth-simple-none")) " " (lacking(words, *lack)) },
            }
            p.about { (words.say("worth-simple-beside")) }
        }
    }
}

fn formula(it: Drawing<'_>, simple: &Simple) -> Markup {
    let words = it.words;
    let period = words.say(&format!("worth-period-{}", simple.period_days));
    let retention = simple.retention;
    let said = [
        ("average", it.amount(simple.average).into()),
        ("times", tenths(words, simple.times).into()),
        ("period", period.clone().into()),
        ("buyers", words.number(simple.buyers).into()),
    ];
    let stays = [
        ("again", words.number(simple.again).into()),
        ("base", words.number(simple.base).into()),
        ("share", whole_percent(retention.share).into()),
        ("low", whole_percent(retention.low).into()),
        ("high", whole_percent(retention.high).into()),
        ("period", period.into()),
    ];
    html! {
        @if let (Some(worth), Some(lifespan)) = (simple.worth, simple.lifespan) {
            p {
                strong {
                    (it.amount(simple.average)) " × " (tenths(words, simple.times)) " × " (tenths(words, lifespan))
                    " = " (it.amount(worth))
                }
                " "
                span.soft {
                    @match simple.between.1 {
                        Some(high) => (words.fill("worth-between", [
                            ("low", it.amount(simple.between.0).into()), ("high", it.amount(high).into()),
                        ])),
                        None => (words.fill("worth-at-least", [("low", it.amount(simple.between.0).into())])),
                    }
                }
            }
        } @else { p { (words.fill("worth-simple-endless", [("low", it.amount(simple.between.0).into())])) } }
        p { (words.fill("worth-simple-buys", said)) }
        p { (words.fill("worth-simple-stays", stays)) }
    }
}

/// How many still buy here, by the chance that they do.
pub(super) fn chances(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let labels = ["worth-head-people", "worth-head-share"].map(|key| words.say(key));
    let [people, share] = &labels;
    html! {
        @if it.worth.total.is_some() {
            section aria-labelledby="worth-chances" {
                h2 #worth-chances { (words.say("worth-chances")) }
                p.about { (words.say("worth-chances-hint")) }
                table.table {
                    thead {
                        tr {
                            th scope="col" { (words.say("worth-head-chance")) }
                            @for label in &labels { th.number scope="col" { (label) } }
                        }
                    }
                    tbody {
                        @for (band, count) in it.worth.bands.iter().enumerate().rev() {
                            tr {
                                td { (ends(band)) }
                                td.number data-label=(people) { (it.door(&format!("who=band&band={band}"), *count)) }
                                td.number data-label=(share) { (percent(words, *count, it.worth.people)) }
                            }
                        }
                        tr {
                            td { (words.say("worth-once")) }
                            td.number data-label=(people) { (it.door("who=once", it.worth.once)) }
                            td.number data-label=(share) { (percent(words, it.worth.once, it.worth.people)) }
                        }
                    }
                }
            }
        }
    }
}

/// “60–80 %”.
pub(super) fn ends(band: usize) -> String {
    let part = 100 / BANDS;
    format!("{}–{} %", band * part, (band + 1) * part)
}

/// How it is worked out, with the parameters for who wants to check them.
pub(super) fn how(it: Drawing<'_>) -> Markup {
    let words = it.words;
    html! {
        details.card {
            summary { (words.say("analysis-how")) }
            p { (words.say("worth-how-orders")) }
            p { (words.say("worth-how-model")) }
            p { (words.say("worth-how-intervals")) }
            @if let Ok(model) = it.view.model() {
                @let found = model.repeats.found;
                @let said = [
                    ("r", words.decimal(&format!("{:.3}", found.r)).into()),
                    ("alpha", words.decimal(&format!("{:.2}", found.alpha)).into()),
                    ("a", words.decimal(&format!("{:.3}", found.a)).into()),
                    ("b", words.decimal(&format!("{:.3}", found.b)).into()),
                    ("buyers", words.number(model.buyers).into()),
                    ("repeating", words.number(model.repeating).into()),
                ];
                p { (words.fill("worth-how-parameters", said)) }
                @match &model.amounts {
                    Some(amounts) => {
                        @let said = [
                            ("p", words.decimal(&format!("{:.3}", amounts.found.p)).into()),
                            ("q", words.decimal(&format!("{:.3}", amounts.found.q)).into()),
                            ("v", it.amount(amounts.found.v).into()),
                        ];
                        p { (words.fill("worth-how-amounts", said)) }
                    },
                    None => p { (words.say("worth-how-no-amounts")) },
                }
                @if let Some(correlation) = model.correlation.filter(|it| it.abs() > 0.3) {
                    p { (words.fill("worth-how-correlated", [("correlation", words.decimal(&format!("{correlation:.2}")).into())])) }
                }
            }
            p.about { (words.say("worth-how-source")) }
        }
    }
}
