//! Where ways are decided: how often an order follows on ways that touch a channel, beside those
//! that do not.

use filo_core::analysis::Touched;
use maud::{Markup, html};

use super::{Drawing, percent};
use crate::console::person::channel_word;
use crate::i18n::Words;

pub(super) fn section(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let labels = [
        "analysis-head-ways",
        "analysis-head-orders",
        "analysis-head-rate",
        "analysis-head-difference",
    ];
    let labels = labels.map(|key| words.say(key));
    html! {
        @if !it.ways.touched.is_empty() {
            section aria-labelledby="analysis-moments" {
                h2 #analysis-moments { (words.say("analysis-moments")) }
                p.about { (words.say("analysis-moments-hint")) }
                table.table {
                    thead {
                        tr {
                            th scope="col" { (words.say("analysis-head-channel")) }
                            @for label in &labels { th.number scope="col" { (label) } }
                        }
                    }
                    tbody {
                        @for touched in &it.ways.touched {
                            tr {
                                td { strong { (channel_word(words, touched.channel)) } }
                                td.number data-label=(labels[0]) { (words.number(touched.ways)) }
                                td.number data-label=(labels[1]) { (words.number(touched.orders)) }
                                td.number data-label=(labels[2]) { (percent(words, touched.orders, touched.ways)) }
                                td.number data-label=(labels[3]) { (difference(words, touched)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How much more often an order follows, and between what that lies.
fn difference(words: Words, touched: &Touched) -> Markup {
    let Some(moment) = &touched.moment else {
        return html! { span.soft { (words.say("analysis-too-few-to-say")) } };
    };
    let between = [
        ("low", points(moment.interval.low).into()),
        ("high", points(moment.interval.high).into()),
    ];
    let difference = points(moment.difference);
    html! {
        (words.fill("analysis-points", [("points", difference.into())])) " "
        span.soft { (words.fill("analysis-points-between", between)) }
    }
}

/// Points of a hundred, with their sign.
fn points(share: f64) -> String {
    let points = format!("{:+.0}", share * 100.0);
    if points == "-0" || points == "+0" {
        "0".to_owned()
    } else {
        points.replace('-', "−")
    }
}
