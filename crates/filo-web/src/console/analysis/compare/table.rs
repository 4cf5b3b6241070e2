//! The table of figures, on the page and as a file.

use filo_app::analysis::CompareView;
use filo_core::analysis::metric::{Comparison, Measure};
use maud::{Markup, html};

use super::super::{figure, sheet};
use super::{teller, window_words};
use crate::console::Answer;
use crate::i18n::Words;
use crate::sentence::figure::{Teller, is_good, minor, name};

pub(super) fn draw(words: Words, view: &CompareView, (query, lists): (&str, bool)) -> Markup {
    let heads = [
        words.say("compare-head-figure").into_owned(),
        window_words(words, view.days.now),
        window_words(words, view.days.before),
        words.say("compare-head-difference").into_owned(),
        words.say("compare-head-chance").into_owned(),
        words.say("compare-head-people").into_owned(),
    ];
    html! {
        table.table.compared {
            thead {
                tr {
                    @for (place, head) in heads.iter().enumerate() {
                        th.number[(1..=3).contains(&place)] scope="col" { (head) }
                    }
                }
            }
            tbody { @for it in &view.rows { (line(teller(words, view), it, &heads, (query, lists))) } }
        }
    }
}

fn line(
    teller: Teller,
    it: &Comparison,
    heads: &[String; 6],
    (query, lists): (&str, bool),
) -> Markup {
    let words = teller.words;
    let address = format!("/analysis/compare/{}?{query}", it.metric.word());
    let people = |side: &str, count: u64| {
        let address = format!(
            "/analysis/compare/{}/people?{query}&side={side}",
            it.metric.word()
        );
        figure::door(words, lists, count, &address)
    };
    html! {
        tr {
            th scope="row" data-label=(heads[0]) { a href=(address) { (name(words, it.metric)) } }
            td.number data-label=(heads[1]) { (teller.value(it.metric, it.now.value)) }
            td.number data-label=(heads[2]) { (teller.value(it.metric, it.before.value)) }
            td.number data-label=(heads[3]) { (teller.difference(it)) }
            td data-label=(heads[4]) { span { (chance(teller, it)) } }
            td data-label=(heads[5]) {
                span { (people("now", it.now.people)) " / " (people("before", it.before.people)) }
            }
        }
    }
}

/// Whether chance explains it; good and bad news also in words, not in colour alone.
pub(in crate::console) fn chance(teller: Teller, it: &Comparison) -> Markup {
    let words = teller.words;
    let text = teller.verdict(it);
    html! {
        @match is_good(it) {
            Some(true) => span.badge.badge-good { (words.say("compare-good")) },
            Some(false) => span.badge.badge-bad { (words.say("compare-bad")) },
            None => {},
        }
        " " (text)
    }
}

/// The same as a file.
pub(super) fn sheet(words: Words, view: &CompareView) -> Answer {
    let mut heads = vec![
        words.say("compare-head-figure").into_owned(),
        window_words(words, view.days.now),
        window_words(words, view.days.before),
    ];
    heads.extend(sheet::heads(
        words,
        [
            "compare-head-difference",
            "compare-head-change",
            "compare-head-low",
            "compare-head-high",
            "compare-head-chance",
            "compare-head-people",
            "compare-head-people-before",
        ],
    ));
    let row = |it: &Comparison| {
        let cell = |value: Option<f64>| match it.metric.measure() {
            Measure::Money | Measure::MoneyEach => value
                .map(|value| words.plain_amount(minor(value), view.currency))
                .unwrap_or_default(),
            _ => sheet::decimal(words, value),
        };
        let is_sum = it.metric.measure().is_sum();
        let end = |value: Option<f64>| match is_sum {
            true => sheet::decimal(words, value.filter(|it| it.is_finite())),
            false => cell(value),
        };
        let key = format!("compare-word-{}", it.verdict.word().replace('_', "-"));
        vec![
            name(words, it.metric),
            cell(it.now.value),
            cell(it.before.value),
            cell(it.difference),
            sheet::decimal(words, it.change),
            end(it.interval.map(|it| it.low)),
            end(it.interval.map(|it| it.high)),
            words.say(&key).into_owned(),
            it.now.people.to_string(),
            it.before.people.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = view.rows.iter().map(row).collect();
    sheet::file(words, "filo-compare", &heads, &rows)
}
