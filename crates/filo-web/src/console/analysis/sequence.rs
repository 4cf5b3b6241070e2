//! Which ways are gone most.

use filo_core::analysis::Sequence;
use filo_core::event::Channel;
use filo_core::money::Currency;
use maud::{Markup, html};

use super::{percent, sheet};
use crate::console::Answer;
use crate::console::person::channel_word;
use crate::i18n::Words;

/// Sequences, and what their table is drawn with.
#[derive(Clone, Copy)]
pub(super) struct Sequences<'a> {
    pub(super) words: Words,
    pub(super) all: &'a [Sequence],
    /// Orders of all ways.
    pub(super) orders: u64,
    pub(super) currency: Currency,
    pub(super) query: &'a str,
    /// Whoever looks may see whose ways they are.
    pub(super) lists: bool,
}

pub(super) fn table(it: Sequences<'_>) -> Markup {
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
                    @for sequence in it.all {
                        tr {
                            td { (name(words, &sequence.touches)) }
                            td.number data-label=(labels[0]) { (door(it, sequence, "order", sequence.orders)) }
                            td.number data-label=(labels[1]) { (percent(words, sequence.orders, it.orders)) }
                            td.number data-label=(labels[2]) { (door(it, sequence, "open", sequence.open)) }
                            td.number data-label=(labels[3]) { (words.amount(sequence.revenue.0, it.currency)) }
                        }
                    }
                }
            }
        }
    }
}

/// A number that leads to whose ways they are.
fn door(it: Sequences<'_>, sequence: &Sequence, end: &str, count: u64) -> Markup {
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

/// The same as a file.
pub(super) fn sheet(words: Words, all: &[Sequence], currency: Currency) -> Answer {
    let keys = [
        "analysis-head-sequence",
        "analysis-head-orders",
        "analysis-head-open",
        "analysis-head-revenue",
        "export-head-currency",
    ];
    let row = |it: &Sequence| {
        let names: Vec<String> = it
            .touches
            .iter()
            .map(|it| channel_word(words, *it))
            .collect();
        vec![
            names.join(" → "),
            it.orders.to_string(),
            it.open.to_string(),
            words.plain_amount(it.revenue.0, currency),
            currency.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    sheet::file(words, "filo-ways", &sheet::heads(words, keys), &rows)
}
