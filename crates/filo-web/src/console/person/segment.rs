//! The segments somebody is in, each with since when and why.

use maud::{Markup, html};

use super::Person;
use crate::i18n::Words;
use crate::ui::shown;

pub(super) fn card(words: Words, person: &Person) -> Markup {
    let customer = person.customer.id;
    html! {
        @if !person.segments.is_empty() {
            details.card.section open data-fold {
                summary { h2 { (words.say("segment-of-person")) } }
                ul.list {
                    @for membership in &person.segments {
                        @let name = shown::line(&membership.name);
                        li {
                            @if person.opens_segments {
                                a.value href={ "/segments/" (membership.segment) } { (name) }
                            } @else { span.value { (name) } }
                            p.about {
                                (words.fill("segment-of-person-since", [("when", words.date(membership.entered_at).into())]))
                                @if person.opens_segments {
                                    " · " a href={ "/segments/" (membership.segment) "/people/" (customer) } { (words.say("segment-why")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
