//! The small parts of conditions as fields of a form, both ways: numbers and how they compare,
//! stretches of time, when something counts, what a value must be.
//!
//! **Invariant:** what is written here is read back as it was, or the part is kept as a text.

use compact_str::CompactString;
use filo_core::segment::{Calendar, Comparison, Number, Span, Unit, ValueTest, Window};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::draft::Draft;
use super::reading::Reading;
use crate::i18n::{Language, Words};

/// The word of a closed choice, as documents have it.
pub(super) fn word_of<T: Serialize>(choice: &T) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The choice of a word.
pub(super) fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// A number as people write it: `99,50` in Italian.
pub(super) fn number_text(words: Words, number: Number) -> String {
    number
        .to_string()
        .replace('.', &words.decimal_sign().to_string())
}

/// A number that people wrote: with the sign of their language, or with the other one where that
/// cannot be taken for anything else.
pub(super) fn number(words: Words, text: &str) -> Option<Number> {
    let text = text.trim();
    let plain = match words.language {
        Language::Italian if text.contains(',') || is_grouped(text) => {
            text.replace('.', "").replace(',', ".")
        }
        Language::English => text.replace(',', ""),
        Language::Italian => text.to_owned(),
    };
    plain.parse().ok()
}

/// `1.234`, `12.345.678`: points between thousands.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.trim_start_matches('-').split('.');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    (1..=3).contains(&first.len())
        && first != "0"
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3)
}

pub(super) fn write_comparison(
    words: Words,
    draft: &mut Draft,
    prefix: &str,
    comparison: Comparison,
) {
    let word = match comparison {
        Comparison::Equals(_) => "equals",
        Comparison::Differs(_) => "differs",
        Comparison::Below(_) => "below",
        Comparison::AtMost(_) => "at_most",
        Comparison::Above(_) => "above",
        Comparison::AtLeast(_) => "at_least",
        Comparison::Between(..) => "between",
    };
    draft.set(&format!("{prefix}cmp"), word);
    for (number, place) in comparison.numbers().zip(["n1", "n2"]) {
        draft.set(&format!("{prefix}{place}"), number_text(words, number));
    }
}

pub(super) fn write_span(draft: &mut Draft, prefix: &str, span: Span) {
    draft.set(&format!("{prefix}amount"), span.amount().to_string());
    draft.set(&format!("{prefix}unit"), span.unit().word());
}

pub(super) fn write_window(draft: &mut Draft, prefix: &str, window: Window) {
    let mut set = |name: &str, value: String| draft.set(&format!("{prefix}{name}"), value);
    match window {
        Window::Ever => set("win", "ever".to_owned()),
        Window::Last(span) => {
            set("win", "last".to_owned());
            write_span(draft, prefix, span);
        }
        Window::Before(span) => {
            set("win", "before".to_owned());
            write_span(draft, prefix, span);
        }
        Window::Ago(oldest, newest) => {
            set("win", "ago".to_owned());
            write_span(draft, prefix, oldest);
            write_span(draft, &format!("{prefix}to_"), newest);
        }
        Window::Calendar(calendar) => {
            set("win", "calendar".to_owned());
            set("cal", word_of(&calendar));
        }
        Window::Days(first, last) => {
            set("win", "days".to_owned());
            set("from", first.to_string());
            set("until", last.to_string());
        }
        Window::Since(first) => {
            set("win", "since".to_owned());
            set("from", first.to_string());
        }
    }
}

/// The word goes into `{prefix}test`; of traits and last values that field has more words.
pub(super) fn write_value(words: Words, draft: &mut Draft, prefix: &str, test: &ValueTest) {
    let mut set = |name: &str, value: String| draft.set(&format!("{prefix}{name}"), value);
    let word = match test {
        ValueTest::Is(_) => "is",
        ValueTest::IsNot(_) => "is_not",
        ValueTest::Contains(_) => "contains",
        ValueTest::Set => "set",
        ValueTest::Empty => "empty",
        ValueTest::Number(_) => "number",
    };
    set("test", word.to_owned());
    match test {
        ValueTest::Is(values) | ValueTest::IsNot(values) => {
            let lines: Vec<&str> = values.iter().map(CompactString::as_str).collect();
            set("values", lines.join("\n"));
        }
        ValueTest::Contains(text) => set("text", text.to_string()),
        ValueTest::Set | ValueTest::Empty => {}
        ValueTest::Number(comparison) => write_comparison(words, draft, prefix, *comparison),
    }
}

impl Reading {
    pub(super) fn number(&mut self, draft: &Draft, path: &str, field: &str) -> Option<Number> {
        let read = number(self.words, draft.get(field));
        self.or_wrong(read, path, field, "segment-wrong-number")
    }

    pub(super) fn comparison(
        &mut self,
        draft: &Draft,
        path: &str,
        prefix: &str,
    ) -> Option<Comparison> {
        let one = self.number(draft, path, &format!("{prefix}n1"));
        Some(match draft.get(&format!("{prefix}cmp")) {
            "equals" => Comparison::Equals(one?),
            "differs" => Comparison::Differs(one?),
            "below" => Comparison::Below(one?),
            "at_most" => Comparison::AtMost(one?),
            "above" => Comparison::Above(one?),
            "between" => {
                let other = self.number(draft, path, &format!("{prefix}n2"));
                Comparison::Between(one?, other?)
            }
            _ => Comparison::AtLeast(one?),
        })
    }

    pub(super) fn span(&mut self, draft: &Draft, path: &str, prefix: &str) -> Option<Span> {
        let field = format!("{prefix}amount");
        let amount = draft.trimmed(&field).parse().ok();
        let unit = unit(draft.get(&format!("{prefix}unit")));
        let span = amount.and_then(|amount| Span::new(amount, unit));
        self.or_wrong(span, path, &field, "segment-wrong-span")
    }

    /// A span, or nothing where its amount was left empty.
    pub(super) fn maybe_span(
        &mut self,
        draft: &Draft,
        path: &str,
        prefix: &str,
    ) -> Option<Option<Span>> {
        if draft.trimmed(&format!("{prefix}amount")).is_empty() {
            return Some(None);
        }
        self.span(draft, path, prefix).map(Some)
    }

    fn date(&mut self, draft: &Draft, path: &str, field: &str) -> Option<Date> {
        let date = draft.trimmed(field).parse().ok();
        self.or_wrong(date, path, field, "segment-wrong-date")
    }

    pub(super) fn window(&mut self, draft: &Draft, path: &str, prefix: &str) -> Option<Window> {
        let name = |field: &str| format!("{prefix}{field}");
        Some(match draft.get(&name("win")) {
            "last" => Window::Last(self.span(draft, path, prefix)?),
            "before" => Window::Before(self.span(draft, path, prefix)?),
            "ago" => {
                let oldest = self.span(draft, path, prefix);
                let newest = self.span(draft, path, &name("to_"));
                Window::Ago(oldest?, newest?)
            }
            "calendar" => {
                let calendar = from_word(draft.get(&name("cal")));
                Window::Calendar(calendar.unwrap_or(Calendar::ThisMonth))
            }
            "days" => {
                let first = self.date(draft, path, &name("from"));
                let last = self.date(draft, path, &name("until"));
                Window::Days(first?, last?)
            }
            "since" => Window::Since(self.date(draft, path, &name("from"))?),
            _ => Window::Ever,
        })
    }

    pub(super) fn value(&mut self, draft: &Draft, path: &str, prefix: &str) -> Option<ValueTest> {
        let name = |field: &str| format!("{prefix}{field}");
        Some(match draft.get(&name("test")) {
            "is_not" => ValueTest::IsNot(self.values(draft, path, &name("values"))?),
            "contains" => {
                let text = draft.trimmed(&name("text"));
                let text = Some(text).filter(|text| !text.is_empty()).map(Into::into);
                let text = self.or_wrong(text, path, &name("text"), "segment-wrong-text");
                ValueTest::Contains(text?)
            }
            "set" => ValueTest::Set,
            "empty" => ValueTest::Empty,
            "number" => ValueTest::Number(self.comparison(draft, path, prefix)?),
            _ => ValueTest::Is(self.values(draft, path, &name("values"))?),
        })
    }

    fn values(&mut self, draft: &Draft, path: &str, field: &str) -> Option<Vec<CompactString>> {
        let lines = draft.get(field).lines().map(str::trim);
        let values: Vec<CompactString> = lines
            .filter(|line| !line.is_empty())
            .map(Into::into)
            .collect();
        let some = Some(values).filter(|values| !values.is_empty());
        self.or_wrong(some, path, field, "segment-wrong-values")
    }
}

/// The unit of a word; days without one.
fn unit(word: &str) -> Unit {
    let known = Unit::ALL.into_iter().find(|unit| unit.word() == word);
    known.unwrap_or(Unit::Days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let (it, en) = (Words::of(Language::Italian), Words::of(Language::English));
        for (words, text, expected) in [
            (it, "2", Some("2")),
            (it, "99,50", Some("99.5")),
            (it, "99.5", Some("99.5")),
            (it, "1.234", Some("1234")),
            (it, "1.234,50", Some("1234.5")),
            (it, "0.125", Some("0.125")),
            (it, "-3", Some("-3")),
            (it, "molto", None),
            (it, "", None),
            (en, "1,234.5", Some("1234.5")),
            (en, " 7 ", Some("7")),
        ] {
            let read = number(words, text).map(|number| number.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
        let number: Number = "1234.5".parse().unwrap();
        assert_eq!(number_text(it, number), "1234,5");
        assert_eq!(super::number(it, "1234,5"), Some(number));
    }
}
