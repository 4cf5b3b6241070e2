//! From a condition to a draft, so that it can be changed.
//!
//! **Invariant:** a draft that was written is read as the very condition it came from: what the
//! form has no fields for is kept as a text.

use filo_core::segment::Number;
use filo_core::segment::{
    Condition, Happened, HappenedTest, Hours, SHARES, Sequence, Share, Signal, TraitCondition,
    TraitTest, text,
};

use super::buying;
use super::draft::Draft;
use super::phrase::{
    number_text, word_of, write_comparison, write_span, write_value, write_window,
};
use super::reading;
use crate::i18n::Words;

/// The draft of a condition. A condition that is no group stands alone in one that is not kept.
pub(super) fn write(words: Words, condition: &Condition) -> Draft {
    let draft = part(words, condition);
    match draft.is_group() {
        true => draft,
        false => Draft::group("all", vec![draft]).with("bare", "1"),
    }
}

/// The draft of a new condition.
pub(super) fn nothing() -> Draft {
    Draft::group("all", Vec::new()).with("bare", "1")
}

fn part(words: Words, condition: &Condition) -> Draft {
    let children = |parts: &[Condition]| parts.iter().map(|it| part(words, it)).collect();
    match condition {
        Condition::All(parts) => Draft::group("all", children(parts)),
        Condition::Any(parts) => Draft::group("any", children(parts)),
        Condition::Not(negated) => match &**negated {
            Condition::All(parts) => Draft::group("not_all", children(parts)),
            Condition::Any(parts) => Draft::group("none", children(parts)),
            Condition::Not(_) => raw(condition),
            leaf => faithful(words, leaf, condition, "on"),
        },
        leaf => faithful(words, leaf, condition, ""),
    }
}

/// The fields of a condition if they say all of it; otherwise its text.
fn faithful(words: Words, leaf: &Condition, whole: &Condition, not: &str) -> Draft {
    let draft = fields(words, leaf).with("not", not);
    // A line of a form has no breaks; only texts of several lines have.
    let is_line = |name: &str| !name.ends_with("values");
    let breaks = draft
        .fields()
        .any(|(name, value)| value.contains('\r') || (is_line(name) && value.contains('\n')));
    let group = Draft::group("all", vec![draft.clone()]).with("bare", "1");
    let (read, _) = reading::read(words, &group);
    match !breaks && read.as_ref() == Some(whole) {
        true => draft,
        false => raw(whole),
    }
}

/// A part that is shown and changed as a text.
pub(super) fn raw(condition: &Condition) -> Draft {
    Draft::of_kind("raw").with("text", text::print(condition))
}

fn fields(words: Words, leaf: &Condition) -> Draft {
    let mut draft = Draft::of_kind(crate::console::segment::said::kind_word(leaf));
    match leaf {
        Condition::Trait(wanted) => of_trait(words, &mut draft, wanted),
        Condition::Known(kind) => draft.set("id", kind.word()),
        Condition::Consent(wanted) => {
            draft.set("purpose", wanted.purpose.as_str());
            draft.set("channel", wanted.channel.map_or("", |it| it.word()));
            draft.set("answer", wanted.answer.word());
        }
        Condition::Happened(wanted) => happened(words, &mut draft, wanted),
        Condition::Sequence(wanted) => sequence(words, &mut draft, wanted),
        Condition::Orders(wanted) => {
            draft.set("figure", wanted.figure.word());
            write_comparison(words, &mut draft, "", wanted.is);
            write_window(&mut draft, "", wanted.during);
        }
        Condition::Met(wanted) => {
            draft.set("channel", wanted.channel.word());
            if let Some(span) = wanted.last {
                write_span(&mut draft, "last_", span);
            }
        }
        Condition::Channels(wanted) => {
            write_comparison(words, &mut draft, "", wanted.is);
            if let Some(span) = wanted.last {
                write_span(&mut draft, "last_", span);
            }
        }
        Condition::Segment(id) => draft.set("segment", id.to_string()),
        Condition::List(id) => draft.set("list", id.to_string()),
        Condition::Persona(id) => draft.set("persona", id.to_string()),
        Condition::Share(wanted) => share(words, &mut draft, wanted),
        Condition::Rfm(wanted) => buying::write_rfm(words, &mut draft, *wanted),
        Condition::Lifecycle(stage) => draft.set("stage", stage.word()),
        // Groups are written as groups.
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {}
    }
    draft
}

fn of_trait(words: Words, draft: &mut Draft, wanted: &TraitCondition) {
    draft.set("key", wanted.key.as_str());
    match &wanted.test {
        TraitTest::Value(test) => write_value(words, draft, "", test),
        TraitTest::Date(window) => {
            draft.set("test", "date");
            write_window(draft, "", *window);
        }
        TraitTest::Anniversary { before, after } => {
            draft.set("test", "anniversary");
            draft.set("days_before", before.to_string());
            draft.set("days_after", after.to_string());
        }
        TraitTest::Within(span) => {
            draft.set("test", "within");
            write_span(draft, "within_", *span);
        }
    }
}

fn happened(words: Words, draft: &mut Draft, wanted: &Happened) {
    signal(words, draft, "", &wanted.signal);
    if let Some(hours) = wanted.hours {
        write_hours(draft, hours);
    }
    match &wanted.test {
        HappenedTest::Figure { figure, is, during } => {
            draft.set("fact", word_of(figure));
            write_comparison(words, draft, "", *is);
            write_window(draft, "", *during);
        }
        HappenedTest::First(window) => {
            draft.set("fact", "first");
            write_window(draft, "", *window);
        }
        HappenedTest::Last(window) => {
            draft.set("fact", "last");
            write_window(draft, "", *window);
        }
        HappenedTest::LastIs(test) => {
            draft.set("fact", "last_is");
            write_value(words, draft, "v_", test);
        }
    }
}

fn sequence(words: Words, draft: &mut Draft, wanted: &Sequence) {
    signal(words, draft, "a_", &wanted.first);
    write_window(draft, "", wanted.during);
    signal(words, draft, "b_", &wanted.then);
    write_span(draft, "within_", wanted.within);
    if let Some(without) = &wanted.without {
        draft.set("without", "on");
        signal(words, draft, "x_", without);
    }
}

pub(super) fn signal(words: Words, draft: &mut Draft, prefix: &str, signal: &Signal) {
    let pattern = signal.pattern();
    let mut set = |name: &str, value: &str| draft.set(&format!("{prefix}{name}"), value);
    set("event", pattern.kind.word());
    set("name", &pattern.name);
    if pattern.name.is_empty() {
        set("any", "on");
    }
    if let Some(field) = signal.field() {
        set("field", &field.to_string());
    }
    for (place, filter) in pattern.filters.iter().enumerate() {
        let prefix = format!("{prefix}w{place}_");
        draft.set(&format!("{prefix}field"), filter.field.to_string());
        write_value(words, draft, &prefix, &filter.test);
    }
}

pub(super) fn write_hours(draft: &mut Draft, hours: Hours) {
    draft.set("hours", "on");
    for day in (0..7).filter(|day| hours.days & 1 << day != 0) {
        draft.set(&format!("d{day}"), "on");
    }
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    draft.set("hours_from", time(hours.from));
    draft.set("hours_to", time(hours.to));
}

fn share(words: Words, draft: &mut Draft, wanted: &Share) {
    let percent = |parts: u16| {
        let part = Number::whole(i64::from(parts)).each(usize::from(SHARES / 100));
        number_text(words, part)
    };
    draft.set("draw", wanted.draw.as_str());
    draft.set("share_from", percent(wanted.from));
    draft.set("share_to", percent(wanted.to));
}
