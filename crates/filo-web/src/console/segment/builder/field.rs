//! The fields of a part of the form: each with its label, and with what is wrong beside it.
//!
//! Which of them are in sight depends on what is chosen before them; the stylesheet sees to that
//! (`data-for`), so it works without a script, and where it does not all are in sight.

use std::borrow::Cow;

use filo_core::segment::{Calendar, Unit};
use maud::{Markup, html};

use super::draft::{Draft, name};
use super::form::Shown;
use super::phrase::word_of;
use crate::ui::form::Field;

/// Bytes of a value and of a name, as conditions have them.
const TEXT_MOST: usize = 200;

/// One part of the form.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) form: &'a Shown<'a>,
    pub(super) draft: &'a Draft,
    pub(super) path: &'a str,
}

/// A choice: value and label.
pub(super) type Choice = (String, String);

impl Part<'_> {
    fn say(&self, key: &str) -> Cow<'static, str> {
        self.form.words.say(key)
    }

    pub(super) fn name(&self, field: &str) -> String {
        name(self.path, field)
    }

    pub(super) fn wrong(&self, field: &str) -> Option<&str> {
        self.form.wrong.get(&self.name(field)).map(String::as_str)
    }

    /// One line of text.
    pub(super) fn line(&self, field: &str, label: &str) -> Markup {
        self.with_hint(field, label, None)
    }

    pub(super) fn with_hint(&self, field: &str, label: &str, hint: Option<&str>) -> Markup {
        let hint = hint.map(|key| self.say(key));
        Field {
            name: &self.name(field),
            label: &self.say(label),
            value: self.draft.get(field),
            hint: hint.as_deref(),
            wrong: self.wrong(field),
            length_most: TEXT_MOST,
            ..Field::default()
        }
        .input()
    }

    /// A line that is completed from a list of the page.
    pub(super) fn suggested(&self, field: &str, label: &str, list: &str) -> Markup {
        Field {
            name: &self.name(field),
            label: &self.say(label),
            value: self.draft.get(field),
            wrong: self.wrong(field),
            length_most: TEXT_MOST,
            ..Field::default()
        }
        .suggested(list)
    }

    fn date(&self, field: &str, label: &str) -> Markup {
        Field {
            name: &self.name(field),
            label: &self.say(label),
            value: self.draft.get(field),
            wrong: self.wrong(field),
            ..Field::default()
        }
        .date()
    }

    /// Several values, one a line.
    fn lines(&self, field: &str, label: &str) -> Markup {
        Field {
            name: &self.name(field),
            label: &self.say(label),
            value: self.draft.get(field),
            hint: Some(&self.say("segment-values-hint")),
            wrong: self.wrong(field),
            ..Field::default()
        }
        .area(2)
    }

    /// A choice of few; what is there and not among them is one more.
    pub(super) fn select(&self, field: &str, label: &str, choices: &[Choice]) -> Markup {
        let value = self.draft.get(field);
        let mut choices: Vec<(&str, &str)> = choices
            .iter()
            .map(|(value, label)| (value.as_str(), label.as_str()))
            .collect();
        if !value.is_empty() && choices.iter().all(|(known, _)| *known != value) {
            choices.push((value, value));
        }
        Field {
            name: &self.name(field),
            label: &self.say(label),
            value,
            wrong: self.wrong(field),
            ..Field::default()
        }
        .select(&choices)
    }

    /// The choices of some words, called by keys of the catalogues.
    pub(super) fn choices(&self, key: &str, words: &[&str]) -> Vec<Choice> {
        let label = |word: &&str| self.say(&format!("{key}-{}", word.replace('_', "-")));
        let choice = |word: &&str| ((*word).to_owned(), label(word).into_owned());
        words.iter().map(choice).collect()
    }

    pub(super) fn check(&self, field: &str, label: &str) -> Markup {
        let name = self.name(field);
        html! {
            label.check {
                input #{ "field-" (name) } type="checkbox" name=(name) value="on" checked[self.draft.has(field)];
                span { (self.say(label)) }
            }
        }
    }

    /// How a number compares.
    pub(super) fn comparison(&self, prefix: &str, label: &str) -> Markup {
        const WORDS: [&str; 7] = [
            "at_least", "at_most", "equals", "differs", "above", "below", "between",
        ];
        let of = |field: &str| format!("{prefix}{field}");
        html! {
            div.switch {
                (self.select(&of("cmp"), label, &self.choices("segment-cmp", &WORDS)))
                (self.line(&of("n1"), "segment-number"))
                div data-for="between" { (self.line(&of("n2"), "segment-number-most")) }
            }
        }
    }

    /// So many days.
    pub(super) fn span(&self, prefix: &str, label: &str) -> Markup {
        let units = Unit::ALL.map(Unit::word);
        let mut units = self.choices("segment-unit", &units);
        // Days first: they are what is meant most.
        units.rotate_left(2);
        html! {
            div.span {
                (self.line(&format!("{prefix}amount"), label))
                (self.select(&format!("{prefix}unit"), "segment-unit", &units))
            }
        }
    }

    /// When something counts.
    pub(super) fn window(&self, prefix: &str) -> Markup {
        const WORDS: [&str; 7] = ["ever", "last", "before", "ago", "calendar", "days", "since"];
        let of = |field: &str| format!("{prefix}{field}");
        let calendars = Calendar::ALL.map(|it| word_of(&it));
        let calendars: Vec<&str> = calendars.iter().map(String::as_str).collect();
        html! {
            div.switch {
                (self.select(&of("win"), "segment-when", &self.choices("segment-win", &WORDS)))
                div data-for="last before ago" { (self.span(prefix, "segment-amount")) }
                div data-for="ago" { (self.span(&of("to_"), "segment-amount-to")) }
                div data-for="calendar" { (self.select(&of("cal"), "segment-calendar", &self.choices("segment-cal", &calendars))) }
                div data-for="days since" { (self.date(&of("from"), "segment-from-day")) }
                div data-for="days" { (self.date(&of("until"), "segment-until-day")) }
            }
        }
    }

    /// What a value must be; `more` are further choices with their fields.
    pub(super) fn value(&self, prefix: &str, label: &str, more: &[(&str, Markup)]) -> Markup {
        const WORDS: [&str; 6] = ["is", "is_not", "contains", "set", "empty", "number"];
        let of = |field: &str| format!("{prefix}{field}");
        let words: Vec<&str> = WORDS
            .into_iter()
            .chain(more.iter().map(|(word, _)| *word))
            .collect();
        html! {
            div.switch {
                (self.select(&of("test"), label, &self.choices("segment-test", &words)))
                div data-for="is is_not" { (self.lines(&of("values"), "segment-values")) }
                div data-for="contains" { (self.line(&of("text"), "segment-text")) }
                div data-for="number" { (self.comparison(prefix, "segment-compares")) }
                @for (word, fields) in more { div data-for=(word) { (fields) } }
            }
        }
    }
}
