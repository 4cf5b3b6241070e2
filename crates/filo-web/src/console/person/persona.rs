//! Which kind of customers somebody is, and by what: the facts of the kind, and which of them are
//! theirs too.

use filo_app::persona::PersonaMembership;
use filo_core::persona::Fact;
use maud::{Markup, html};

use super::Person;
use crate::i18n::Words;
use crate::sentence::persona::{label, told};

pub(super) fn card(words: Words, person: &Person) -> Markup {
    html! {
        @if let Some(membership) = &person.persona {
            @let name = label(words, &membership.persona.label());
            details.card.section open data-fold {
                summary { h2 { (words.say("persona-of-person")) } }
                p {
                    @if person.opens_segments {
                        a.value href={ "/personas#" (membership.persona.persona.id) } { (name) }
                    } @else { span.value { (name) } }
                }
                (facts(words, membership))
                p.about { (words.say("persona-of-person-hint")) }
            }
        }
    }
}

/// What they share with their kind, and what not.
pub(in crate::console) fn facts(words: Words, membership: &PersonaMembership) -> Markup {
    let of = |is_shared: bool| {
        let facts = membership.facts.iter();
        facts.filter(move |(_, shared)| *shared == is_shared)
    };
    // Of either what is true of them.
    let say = |fact: &Fact, is_shared: bool| {
        let told = told(words, fact, membership.currency);
        match fact.is_more() == is_shared {
            true => told,
            false => words.fill("persona-not", [("told", told.into())]),
        }
    };
    html! {
        @if of(true).next().is_some() {
            p.about { (words.say("persona-shared")) }
            ul.points { @for (fact, _) in of(true) { li { (say(fact, true)) } } }
        }
        @if of(false).next().is_some() {
            p.about { (words.say("persona-not-shared")) }
            ul.points { @for (fact, _) in of(false) { li { (say(fact, false)) } } }
        }
    }
}
