//! Which ways are gone most.

use filo_core::analysis::Sequence;
use filo_core::event::Channel;
use maud::{Markup, html};

use super::{Drawing, percent};
use crate::console::person::channel_word;
use crate::i18n::Words;

pub(super) fn table(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let labels = [
        "analysis-head-orders",
        "analysis-head-share",
        "analysis-head-open",
        "analysis-head-revenue",
    ];
    let labels = labels.map(|key| words.say(key));
    html! {
        section aria-labelledby="analysis-sequences" {
            h2 #analysis-sequences { (words.say("analysis-sequences")) }
            p.about { (words.say("analysis-sequences-hint")) }
            table.table {
                thead {
                    tr {
                        th scope="col" { (words.say("analysis-head-sequence")) }
                        @for label in &labels { th.number scope="col" { (label) } }
                    }
                }
                tbody {
                    @for sequence in &it.ways.sequences {
                        tr {
                            td { (name(words, &sequence.touches)) }
                            td.number data-label=(labels[0]) { (door(it, sequence, "order", sequence.orders)) }
                            td.number data-label=(labels[1]) { (percent(words, sequence.orders, it.ways.orders)) }
                            td.number data-label=(labels[2]) { (door(it, sequence, "open", sequence.open)) }
                            td.number data-label=(labels[3]) { (words.amount(sequence.revenue.0, it.ways.currency)) }
                        }
                    }
                }
            }
        }
    }
}

/// A number that leads to whose ways they are.
fn door(it: Drawing<'_>, sequence: &Sequence, end: &str, count: u64) -> Markup {
    let number = it.words.number(count);
    let codes: Vec<&str> = sequence.touches.iter().map(|it| it.word()).collect();
    let address = format!(
        "/analysis/people?{}&sequence={}&end={end}",
        it.query,
        codes.join(".")
    );
    html! {
        @if it.lists && count > 0 { a href=(address) { (number) } } @else { (number) }
    }
}

/// The channels of a way in words.
pub(super) fn name(words: Words, touches: &[Channel]) -> Markup {
    html! {
        @if touches.is_empty() { span.soft { (words.say("analysis-no-touch")) } }
        @else {
            @for (place, channel) in touches.iter().enumerate() {
                @if place > 0 { " → " }
                (channel_word(words, *channel))
            }
        }
    }
}
