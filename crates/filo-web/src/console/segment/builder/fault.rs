//! What is wrong with a whole condition, at the field of the form where it can be put right.

use filo_core::buyer::SCORE_MOST;
use filo_core::segment::text::{TextCause, TextFault};
use filo_core::segment::{
    Cause, DEPTH_MOST, FILTERS_MOST, Fault, MARKS_MOST, NODES_MOST, SIGNALS_MOST, VALUES_MOST,
};

use super::draft::{ROOT, name};
use super::reading::Reading;
use crate::i18n::Words;

impl Reading {
    /// Notes a fault of the condition at the field that caused it.
    pub(super) fn note(&mut self, fault: &Fault) {
        let why = cause_words(self.words, fault.cause);
        let (path, rest) = self.place(&fault.at);
        let field = field_of(&rest, fault.cause);
        self.wrong.insert(name(&path, &field), why);
    }

    /// The part of the form at a place of the condition, and what is left of the place.
    fn place(&self, at: &str) -> (String, String) {
        let is_above = |pointer: &str| {
            let rest = at.strip_prefix(pointer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let nearest = self
            .places
            .iter()
            .filter(|(pointer, _)| is_above(pointer))
            .max_by_key(|(pointer, path)| (pointer.len(), path.len()));
        nearest.map_or_else(
            || (ROOT.to_owned(), at.to_owned()),
            |(pointer, path)| (path.clone(), at[pointer.len()..].to_owned()),
        )
    }
}

/// The field of a part, from the rest of a place: `/happened/signal/where/1/test` and what is
/// wrong there.
fn field_of(rest: &str, cause: Cause) -> String {
    let mut prefix = String::new();
    let mut steps = rest.split('/').skip(1).peekable();
    while let Some(step) = steps.next() {
        match step {
            "first" if rest.starts_with("/sequence") => prefix.push_str("a_"),
            "then" => prefix.push_str("b_"),
            "without" => prefix.push_str("x_"),
            "where" => {
                if let Some(place) = steps.peek() {
                    prefix.push_str(&format!("w{place}_"));
                }
            }
            "last_is" => prefix.push_str("v_"),
            _ => {}
        }
    }
    let field = match cause {
        Cause::TooManyConditions
        | Cause::TooDeep
        | Cause::TooManySignals
        | Cause::Filters
        | Cause::Circle
        | Cause::TooManySegments => return "kind".to_owned(),
        Cause::Values | Cause::Value | Cause::LongForLast => "values",
        Cause::Name if rest.starts_with("/share") => return "draw".to_owned(),
        Cause::Name => "name",
        Cause::TraitKey => "key",
        Cause::Purpose => "purpose",
        Cause::Backwards if is_window(rest) => "from",
        Cause::Number | Cause::BeyondCounting | Cause::Backwards => "n1",
        Cause::EmptyWindow => "amount",
        Cause::Hours => return "hours_from".to_owned(),
        Cause::Share => return "share_from".to_owned(),
        Cause::NoField => return "field".to_owned(),
        Cause::Anniversary => return "days_before".to_owned(),
        Cause::ComputedTrait => "test",
        Cause::Score => "n1",
    };
    // Windows and comparisons of a sequence or an event are its own, not those of its parts.
    match field {
        "from" | "amount" => field.to_owned(),
        _ => format!("{prefix}{field}"),
    }
}

/// Whether a place is that of a window: the others that may stand backwards are comparisons.
fn is_window(rest: &str) -> bool {
    let last = rest.rsplit('/').next().unwrap_or_default();
    matches!(last, "during" | "date" | "first" | "last")
}

/// Why a condition cannot be, in words.
pub(super) fn cause_words(words: Words, cause: Cause) -> String {
    let (key, most) = match cause {
        Cause::TooManyConditions => ("segment-wrong-conditions", NODES_MOST),
        Cause::TooDeep => ("segment-wrong-depth", DEPTH_MOST),
        Cause::TooManySignals => ("segment-wrong-signals", SIGNALS_MOST),
        Cause::Values => ("segment-wrong-values-many", VALUES_MOST),
        Cause::Value | Cause::LongForLast => ("segment-wrong-value", 0),
        Cause::Filters => ("segment-wrong-filters", FILTERS_MOST),
        Cause::Name => ("segment-wrong-long", 0),
        Cause::TraitKey => ("segment-wrong-key", 0),
        Cause::Purpose => ("segment-wrong-choice", 0),
        Cause::Number => ("segment-wrong-digits", 0),
        Cause::BeyondCounting => ("segment-wrong-beyond", MARKS_MOST),
        Cause::Backwards => ("segment-wrong-backwards", 0),
        Cause::EmptyWindow => ("segment-wrong-window", 0),
        Cause::Hours => ("segment-wrong-hours", 0),
        Cause::Share => ("segment-wrong-share", 0),
        Cause::NoField => ("segment-wrong-no-field", 0),
        Cause::Anniversary => ("segment-wrong-anniversary", 0),
        Cause::ComputedTrait => ("segment-wrong-computed", 0),
        Cause::Score => ("segment-wrong-score", usize::from(SCORE_MOST)),
        Cause::Circle => ("segment-wrong-circle", 0),
        Cause::TooManySegments => ("segment-wrong-row", 0),
    };
    words.fill(key, [("most", words.number(most as u64).into())])
}

/// What is wrong with a text, and where.
pub(in crate::console) fn text_words(words: Words, fault: &TextFault) -> String {
    let what = match fault.cause {
        TextCause::Expected(expected) => {
            let key = format!("segment-text-{}", expected.word().replace('_', "-"));
            let expected = words
                .look_up(&key)
                .map_or_else(|| expected.to_string(), std::borrow::Cow::into_owned);
            words.fill("segment-text-expected", [("what", expected.into())])
        }
        TextCause::Condition(cause) => cause_words(words, cause),
        TextCause::Sign(sign) => {
            words.fill("segment-text-sign", [("sign", sign.to_string().into())])
        }
        other => {
            let key = format!("segment-text-{}", other.word().replace('_', "-"));
            words
                .look_up(&key)
                .map_or_else(|| other.to_string(), std::borrow::Cow::into_owned)
        }
    };
    words.fill(
        "segment-text-fault",
        [
            ("line", fault.line.into()),
            ("column", fault.column.into()),
            ("what", what.into()),
        ],
    )
}
