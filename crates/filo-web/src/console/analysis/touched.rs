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
                                td.number data-label=(labels[3]) { (difference(words, told(touched))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn told(touched: &Touched) -> Option<[f64; 3]> {
    let it = touched.moment.as_ref()?;
    Some([it.difference, it.interval.low, it.interval.high])
}

/// How much more often an order follows, and between what that lies; nothing where there are too
/// few to say.
pub(super) fn difference(words: Words, shares: Option<[f64; 3]>) -> Markup {
    let Some([difference, low, high]) = shares else {
        return html! { span.soft { (words.say("analysis-too-few-to-say")) } };
    };
    let between = [("low", points(low).into()), ("high", points(high).into())];
    html! {
        (words.fill("analysis-points", [("points", points(difference).into())])) " "
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
