//! A condition as a tree that people read; and, of somebody, with what is true of each part.

use filo_app::segment::SegmentNames;
use filo_core::segment::{Condition, Explained};
use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::said::{is_group, line_of};
use crate::i18n::Words;
use crate::ui::icon::Icon;

/// The tree; with an explanation, of somebody.
pub(super) fn tree(
    words: Words,
    names: &SegmentNames,
    condition: &Condition,
    explained: Option<&Explained>,
) -> Markup {
    html! { ul.tree { (part(words, names, condition, explained)) } }
}

fn part(
    words: Words,
    names: &SegmentNames,
    condition: &Condition,
    explained: Option<&Explained>,
) -> Markup {
    let children = children(condition, explained);
    let until = explained.and_then(|it| until(words, it));
    html! {
        li {
            div.part {
                @if let Some(explained) = explained { (verdict(words, explained)) }
                span {
                    (title(words, names, condition))
                    @if let Some(until) = until.filter(|_| children.is_empty()) { p.about { (until) } }
                }
            }
            @if !children.is_empty() {
                ul { @for (child, explained) in &children { (part(words, names, child, *explained)) } }
            }
        }
    }
}

/// The parts below. What is denied is said with its no; of a segment its condition is shown,
/// where that is explained.
fn children<'a>(
    condition: &'a Condition,
    explained: Option<&'a Explained>,
) -> Vec<(&'a Condition, Option<&'a Explained>)> {
    if let Condition::Not(denied) = condition {
        let below = explained.and_then(|it| it.parts.first());
        return match is_group(denied) || matches!(**denied, Condition::Segment(_)) {
            true => children(denied, below),
            false => Vec::new(),
        };
    }
    match explained {
        Some(explained) => {
            let parts = explained.parts.iter();
            parts.map(|part| (&part.condition, Some(part))).collect()
        }
        None => {
            let parts = condition.children().iter();
            parts.map(|part| (part, None)).collect()
        }
    }
}

fn title(words: Words, names: &SegmentNames, condition: &Condition) -> Markup {
    let key = match condition {
        Condition::All(parts) if parts.is_empty() => "segment-everybody",
        Condition::Any(parts) if parts.is_empty() => "segment-nobody",
        Condition::All(_) => "segment-all",
        Condition::Any(_) => "segment-any",
        Condition::Not(denied) => match &**denied {
            Condition::All(parts) if !parts.is_empty() => "segment-not-all",
            Condition::Any(parts) if !parts.is_empty() => "segment-none-of",
            Condition::Segment(id) => return other(words, names, condition, *id),
            _ => return html! { (line_of(words, names, condition)) },
        },
        Condition::Segment(id) => return other(words, names, condition, *id),
        leaf => return html! { (line_of(words, names, leaf)) },
    };
    html! { strong.joined { (words.say(key)) } }
}

/// Another segment, with the way to it.
fn other(
    words: Words,
    names: &SegmentNames,
    condition: &Condition,
    id: filo_core::id::SegmentId,
) -> Markup {
    html! { a href={ "/segments/" (id) } { (line_of(words, names, condition)) } }
}

/// Yes or no, for the eye and for the ear.
fn verdict(words: Words, explained: &Explained) -> Markup {
    let (icon, key, class) = if explained.holds {
        (Icon::Check, "segment-holds", "verdict good")
    } else {
        (Icon::Close, "segment-fails", "verdict bad")
    };
    html! { span.(class) { (icon.draw()) span.aloud { (words.say(key)) } } }
}

/// Until when it stays so without anything happening.
fn until(words: Words, explained: &Explained) -> Option<String> {
    let at = Some(explained.changes_at).filter(|at| *at != Timestamp::MAX)?;
    let key = if explained.holds {
        "segment-until"
    } else {
        "segment-not-before"
    };
    Some(words.fill(key, [("when", words.date_time(at).into())]))
}
