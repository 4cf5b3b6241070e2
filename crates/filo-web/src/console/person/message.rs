//! What was said to a person last, and the way to write to them.

use maud::{Markup, html};

use super::Person;
use crate::console::message::line;
use crate::i18n::Words;

/// Messages that are shown beside the thread.
const SHOWN_MOST: usize = 3;

pub(super) fn card(words: Words, person: &Person) -> Markup {
    let address = format!("/people/{}/messages", person.customer.id);
    html! {
        details.card.section open data-fold {
            summary { h2 { (words.say("person-messages")) } }
            @if person.messages.is_empty() { p.soft { (words.say("person-messages-none")) } }
            ul.list { @for row in person.messages.iter().take(SHOWN_MOST) { (line(words, row, &person.piece_names)) } }
            div.actions {
                @if person.may_write {
                    a.button.quiet.small href=(address) { (words.say("person-messages-write")) }
                } @else if !person.messages.is_empty() {
                    a.button.quiet.small href=(address) { (words.say("person-messages-all")) }
                }
            }
        }
    }
}
