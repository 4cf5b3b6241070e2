//! Computed traits: the list, the page of one, making and changing them, putting them away and
//! bringing them back; and what they say on a person's page.
//!
//! **Invariant:** of people only what [`filo_app::Eyes`] lets through is shown here.

mod form;
mod list;
mod moving;
mod one;
mod sample;

pub(super) use form::{change, create, edit_form, new_form};
pub(super) use list::show as list;
pub(super) use moving::{archive, restore};
pub(super) use one::show;

use filo_app::computed::{ComputedTraitView, ComputedValue};
use filo_core::access::Right;
use filo_core::segment::Value;
use filo_core::segment::computed::Computed;
use maud::{Markup, html};

use super::segment::whole;
use super::session::Session;
use crate::i18n::Words;
use crate::ui::shown;

/// Letters of one value that are shown.
const VALUE_LETTERS_MOST: usize = 400;

/// Whether whoever looks may make and change computed traits.
fn manages<P>(session: &Session<P>) -> bool {
    session.actor.may(Right::ManageSegments)
}

/// How far one is, where that is not simply "done".
fn state(words: Words, view: &ComputedTraitView) -> Markup {
    html! {
        @if view.row.archived_at.is_some() {
            span.badge { (words.say("computed-away")) }
        } @else if let Some(thousandths) = view.filled_thousandths {
            span.badge.badge-warn { (words.fill("computed-filling", [("percent", (thousandths / 10).into())])) }
        }
    }
}

/// A value in the digits of the language; the parts of a list one after the other.
pub(super) fn value_words(words: Words, value: &Computed) -> String {
    let one = |value: &Value| match value {
        Value::Number(number) => words.decimal(&number.to_string()),
        Value::Text(text) => text.to_string(),
    };
    let text = match value {
        Computed::One(value) => one(value),
        Computed::Many(values) => values.iter().map(one).collect::<Vec<_>>().join(", "),
    };
    shown::lines(&text, VALUE_LETTERS_MOST)
}

/// What the computed traits say of somebody, each with the way to how it is made.
pub(super) fn card(words: Words, values: &[ComputedValue], opens: bool) -> Markup {
    html! {
        @if !values.is_empty() {
            details.card.section open data-fold {
                summary { h2 { (words.say("place-computed")) } }
                dl.facts {
                    @for value in values {
                        dt {
                            @if opens {
                                a href={ "/computed-traits/" (value.id) } { (shown::line(&value.label)) }
                            } @else { (shown::line(&value.label)) }
                        }
                        dd {
                            @match (&value.value, value.is_counting) {
                                (_, true) => span.soft { (words.say("computed-counting")) },
                                (Some(value), false) => (value_words(words, value)),
                                (None, false) => span.soft { (words.say("computed-no-value")) },
                            }
                        }
                    }
                }
            }
        }
    }
}
