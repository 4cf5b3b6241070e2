//! Segments: the list, the page of one, who is in and why, how they lie over one another; making
//! and changing them; putting them away and bringing them back.
//!
//! **Invariant:** of people only what [`filo_app::Eyes`] lets through is shown here.

mod builder;
mod example;
mod list;
mod member;
mod moving;
mod one;
mod overlap;
mod page;
mod said;
mod tree;
mod view;
mod why;

pub(super) use builder::{Around, Pairs, RecipeDraft, Wrong, text_words};
pub(super) use builder::{change, create, edit_form, new_form};
pub(super) use list::show as list;
pub(super) use moving::{archive, restore};
pub(super) use one::show;
pub(super) use overlap::show as overlap;
pub(super) use why::{look, show as why};

use filo_app::segment::SegmentView;
use filo_core::access::Right;
use maud::{Markup, html};

use super::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::ui::page::Place;

/// A page of this place.
pub(super) fn whole<P: Power>(
    session: &Session<P>,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    session.page(Place::Segments, title, done, content)
}

/// Whether whoever looks may make and change segments.
fn manages<P>(session: &Session<P>) -> bool {
    session.actor.may(Right::ManageSegments)
}

/// How a count is said: "3 persone".
fn people_words(words: Words, count: i64) -> String {
    let count = count.unsigned_abs();
    let variables = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    words.fill("segment-people", variables)
}

/// How far a segment is, where that is not simply "done": a badge, and while it is filled how far.
fn state(words: Words, view: &SegmentView) -> Markup {
    html! {
        @if view.row.archived_at.is_some() {
            span.badge { (words.say("segment-away")) }
        } @else if !view.is_filled() {
            span.badge.badge-warn { (filling(words, view)) }
        }
    }
}

/// "Filling: 34 %".
fn filling(words: Words, view: &SegmentView) -> String {
    let percent = view.filled_thousandths.unwrap_or_default() / 10;
    words.fill("segment-filling", [("percent", percent.into())])
}

/// Part of a whole as a percentage, with a decimal only where it would otherwise say nothing.
pub(super) fn share(words: Words, part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "–".to_owned();
    }
    let thousandths = (part * 1000 + whole / 2) / whole;
    match (thousandths / 10, thousandths % 10) {
        (0, tenth) if part > 0 => format!("0{}{} %", words.decimal_sign(), tenth.max(1)),
        (percent, tenth) => format!("{} %", percent + i64::from(tenth >= 5)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn shares_say_something_of_a_few_too() {
        let words = Words::of(Language::Italian);
        for (part, whole, expected) in [
            (0, 0, "–"),
            (0, 10, "0 %"),
            (1, 3, "33 %"),
            (2, 3, "67 %"),
            (10, 10, "100 %"),
            (1, 100_000, "0,1 %"),
            (4, 1000, "0,4 %"),
        ] {
            assert_eq!(share(words, part, whole), expected, "{part} of {whole}");
        }
    }
}
