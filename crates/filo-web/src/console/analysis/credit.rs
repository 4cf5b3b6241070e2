//! Who may take credit for orders, by each method side by side.

use filo_core::analysis::{Credited, Credits, METHODS, Method};
use filo_core::money::Currency;
use maud::{Markup, html};

use super::{Drawing, tenths};
use crate::console::person::channel_word;
use crate::i18n::Words;

pub(super) fn section(it: Drawing<'_>) -> Markup {
    let words = it.words;
    html! {
        section aria-labelledby="analysis-credits" {
            h2 #analysis-credits { (words.say("analysis-credits")) }
            p.about { (words.say("analysis-credits-hint")) }
            @match &it.ways.credits {
                Ok(credits) => (table(words, credits, it.ways.currency)),
                Err(few) => p {
                    (words.fill("analysis-credits-too-few", [
                        ("have", words.number(few.conversions as u64).into()),
                        ("least", words.number(few.least as u64).into()),
                    ]))
                },
            }
        }
    }
}

fn table(words: Words, credits: &Credits, currency: Currency) -> Markup {
    let labels = METHODS.map(|method| words.say(&format!("analysis-method-{}", method.word())));
    let revenue = words.say("analysis-head-revenue");
    let said = [
        ("touches", credits.markov_order.into()),
        ("orders", words.number(credits.orders).into()),
    ];
    html! {
        table.table {
            thead {
                tr {
                    th scope="col" { (words.say("analysis-head-channel")) }
                    @for label in &labels { th.number scope="col" { (label) } }
                    th.number scope="col" { (revenue) }
                }
            }
            tbody {
                @for credited in &credits.channels {
                    tr {
                        td { strong { (name(words, credited)) } }
                        @for (place, label) in labels.iter().enumerate() {
                            td.number data-label=(label) { (cell(words, credited, place)) }
                        }
                        td.number data-label=(revenue) {
                            @if let Some(cents) = credited.revenue { (words.amount(cents.0, currency)) }
                        }
                    }
                }
            }
        }
        p.about { (words.fill("analysis-credits-how", said)) }
    }
}

fn name(words: Words, credited: &Credited) -> String {
    let others = || words.say("analysis-others").into_owned();
    credited
        .channel
        .map_or_else(others, |it| channel_word(words, it))
}

fn cell(words: Words, credited: &Credited, place: usize) -> Markup {
    let Some(orders) = credited.orders[place] else {
        return html! { "–" };
    };
    html! {
        (tenths(words, orders))
        @if METHODS[place] == Method::Markov {
            @if let Some((low, high)) = credited.between {
                " " span.soft { "(" (tenths(words, low)) "–" (tenths(words, high)) ")" }
            }
        }
    }
}
