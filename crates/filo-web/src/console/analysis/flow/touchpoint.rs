//! What each channel has to do with how ways end: moments of truth, where ways are lost, what goes
//! with a sooner or a later order, what seems to change nothing.

use std::borrow::Cow;

use filo_core::analysis::Touchpoint;
use maud::{Markup, html};

use super::super::touched::difference;
use super::super::whole_percent;
use super::Drawing;
use super::step::span;
use crate::console::person::channel_word;
use crate::i18n::Words;

const HEADS: [&str; 6] = [
    "flow-head-touched",
    "flow-head-ordered",
    "analysis-head-difference",
    "flow-head-lost",
    "flow-head-pace",
    "flow-head-finding",
];

pub(super) fn section(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let labels = HEADS.map(|key| words.say(key));
    html! {
        section aria-labelledby="flow-touchpoints" {
            h2 #flow-touchpoints { (words.say("flow-touchpoints")) }
            p.about { (words.say("flow-touchpoints-hint")) }
            table.table.touchpoints {
                thead {
                    tr {
                        th scope="col" { (words.say("analysis-head-channel")) }
                        @for label in &labels { th.number scope="col" { (label) } }
                    }
                }
                tbody { @for touchpoint in &it.view.touchpoints { (row(it, touchpoint, &labels)) } }
            }
        }
    }
}

fn row(it: Drawing<'_>, touchpoint: &Touchpoint, labels: &[Cow<'_, str>; 6]) -> Markup {
    let words = it.words;
    let word = touchpoint.channel.word();
    let touch = format!("&touch={word}");
    let moment = touchpoint.moment.as_ref();
    let shares = moment.map(|it| [it.difference, it.interval.low, it.interval.high]);
    html! {
        tr {
            td.nowrap { strong { (channel_word(words, touchpoint.channel)) } }
            td.number data-label=(labels[0]) { (it.door(touchpoint.touched.people, &touch)) }
            td.number data-label=(labels[1]) {
                (it.door(touchpoint.ordered.people, &format!("{touch}&end=order")))
            }
            td.number data-label=(labels[2]) { (difference(words, shares)) }
            td.number data-label=(labels[3]) {
                (it.door(touchpoint.lost.people, &format!("&lost={word}"))) " " (drop_off(it, touchpoint))
            }
            td.number data-label=(labels[4]) { (pace(it, touchpoint)) }
            td.number data-label=(labels[5]) { (findings(it, touchpoint)) }
        }
    }
}

/// The share of the ways over it that are lost there.
fn drop_off(it: Drawing<'_>, touchpoint: &Touchpoint) -> Markup {
    let Some(share) = touchpoint.drop_off else {
        return html! {};
    };
    let said = [
        ("share", whole_percent(share.share).into()),
        ("low", whole_percent(share.low).into()),
        ("high", whole_percent(share.high).into()),
    ];
    html! { span.soft { (it.words.fill("flow-drop-off", said)) } }
}

/// How much later or sooner an order comes.
fn pace(it: Drawing<'_>, touchpoint: &Touchpoint) -> Markup {
    let words = it.words;
    let Some(pace) = touchpoint.pace else {
        return html! { span.soft { (words.say("analysis-too-few-to-say")) } };
    };
    let said = [
        ("with", span(words, pace.one).into()),
        ("without", span(words, pace.other).into()),
        ("low", signed(words, pace.interval.low).into()),
        ("high", signed(words, pace.interval.high).into()),
    ];
    html! {
        (signed(words, pace.difference)) " "
        span.soft { (words.fill("flow-pace-between", said)) }
    }
}

/// A time with its sign.
fn signed(words: Words, days: f64) -> String {
    let size = span(words, days.abs());
    match size.starts_with("0 ") {
        true => size,
        false if days < 0.0 => format!("−{size}"),
        false => format!("+{size}"),
    }
}

fn findings(it: Drawing<'_>, touchpoint: &Touchpoint) -> Markup {
    let words = it.words;
    let found = touchpoint.findings();
    html! {
        @if found.is_empty() { span.soft { (words.say("flow-finding-none")) } }
        @for (place, finding) in found.iter().enumerate() {
            @if place > 0 { ", " }
            (words.say(&format!("flow-finding-{}", finding.word().replace('_', "-"))))
        }
    }
}
