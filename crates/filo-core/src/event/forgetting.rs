//! An event of somebody else's, without the identifiers of a person who is forgotten.
//!
//! **Invariant:** thread, time and id stay, so the event keeps its place; of what is forgotten no
//! text is left, neither as an identifier nor anywhere in what was sent along.

use serde_json::Value;

use super::{Event, EventKind};
use crate::identity::{Identifier, Kind};

/// A shorter value stands for itself only where it is the whole text: "12" is in every number.
const PART_BYTES_LEAST: usize = 5;
/// Enough of a telephone number's end to be nobody else's in a country.
const DIALLED_DIGITS: usize = 9;

/// The identifiers of a person, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Forgotten {
    identifiers: Vec<Identifier>,
    texts: Vec<String>,
}

impl Forgotten {
    /// What is to be looked for.
    #[must_use]
    pub fn new(identifiers: Vec<Identifier>) -> Self {
        let texts = identifiers
            .iter()
            .map(|it| it.value.as_str().to_lowercase());
        let mut texts: Vec<String> = texts.collect();
        texts.sort_unstable();
        texts.dedup();
        texts.retain(|text| !text.is_empty());
        Self { identifiers, texts }
    }

    /// The event without them; nothing if it was about them alone, as a decision is.
    #[must_use]
    pub fn leave_out(&self, event: &Event) -> Option<Event> {
        if event.kind == EventKind::Decision || event.kind == EventKind::Alias {
            return None;
        }
        let mut event = event.clone();
        event
            .identifiers
            .retain(|identifier| !self.identifiers.contains(identifier));
        if event.identifiers.is_empty() {
            return None;
        }
        event.properties = self.leave_out_of(&event.properties);
        event.context = self.leave_out_of(&event.context);
        Some(event)
    }

    /// Whether a text that was sent speaks of them: one that could not be read, a message to
    /// another system, a search that somebody kept.
    #[must_use]
    pub fn are_named_in(&self, text: &str) -> bool {
        let text = unescaped(&plain(text));
        let whole = |forgotten: &str| text.contains(&format!("\"{forgotten}\""));
        let part = |forgotten: &str| {
            forgotten.len() >= PART_BYTES_LEAST && stands_alone_in(&text, forgotten)
        };
        self.texts.iter().any(|it| whole(it) || part(it)) || self.is_dialled_in(&text)
    }

    /// A telephone number, however it is written: with spaces, without its country.
    fn is_dialled_in(&self, text: &str) -> bool {
        let numbers = self.identifiers.iter();
        let numbers = numbers.filter(|it| matches!(it.kind, Kind::Phone | Kind::Landline));
        let ends: Vec<String> = numbers.filter_map(|it| last_digits(&it.value)).collect();
        if ends.is_empty() {
            return false;
        }
        let is_of_number = |letter: char| letter.is_ascii_digit() || " +-./()".contains(letter);
        text.split(|letter| !is_of_number(letter)).any(|run| {
            let digits: String = run.chars().filter(char::is_ascii_digit).collect();
            ends.iter().any(|end| digits.contains(end.as_str()))
        })
    }

    fn leave_out_of(&self, json: &str) -> Box<str> {
        let lower = plain(json);
        let escaped = lower.contains('\\');
        if !escaped && !self.texts.iter().any(|text| lower.contains(text.as_str())) {
            return json.into();
        }
        let Ok(mut value) = serde_json::from_str::<Value>(json) else {
            // What cannot be read cannot be cleaned.
            return Box::default();
        };
        self.clean(&mut value);
        value.to_string().into()
    }

    fn clean(&self, value: &mut Value) {
        match value {
            Value::String(text) if self.is_in(text) => *value = Value::Null,
            Value::Number(number) if self.is_in(&number.to_string()) => *value = Value::Null,
            Value::Array(items) => items.iter_mut().for_each(|item| self.clean(item)),
            Value::Object(members) => {
                members.retain(|key, _| !self.is_in(key));
                members.values_mut().for_each(|item| self.clean(item));
            }
            Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
        }
    }

    fn is_in(&self, text: &str) -> bool {
        let text = plain(text.trim());
        self.texts.iter().any(|forgotten| {
            text == *forgotten
                || (forgotten.len() >= PART_BYTES_LEAST && text.contains(forgotten.as_str()))
        })
    }
}

/// As it is compared: lower case, and an address as it stands in that of a page.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    if text.contains('%') {
        return text.replace("%40", "@").replace("%2b", "+");
    }
    text
}

/// Whether it is in the text and no part of a longer word: "lada@…" is not "ada@…".
fn stands_alone_in(text: &str, part: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || "_-.".contains(letter);
    text.match_indices(part).any(|(begin, _)| {
        let before = text.get(..begin).and_then(|it| it.chars().next_back());
        let behind = text.get(begin + part.len()..).unwrap_or_default();
        let mut behind = behind.chars();
        // A full stop ends a sentence or goes on to another domain.
        let goes_on = match behind.next() {
            Some('.') => behind.next().is_some_and(char::is_alphanumeric),
            next => next.is_some_and(joins),
        };
        !before.is_some_and(joins) && !goes_on
    })
}

/// Letters that JSON may write by their number, where they stand in addresses and numbers.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    text.replace("\\u0040", "@")
        .replace("\\u002b", "+")
        .replace("\\u002e", ".")
        .replace("\\u002d", "-")
        .replace("\\\"", "\"")
        .replace("\\/", "/")
}

/// What is dialled at home of a number with its country.
fn last_digits(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let begin = digits.len().checked_sub(DIALLED_DIGITS)?;
    digits.get(begin..).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Channel, Trust};
    use crate::id::{EventId, NodeId, SourceId};
    use crate::identity::{Kind, Rules};
    use crate::time::Timestamp;

    fn event(identifiers: &[(Kind, &str)], properties: &str, context: &str) -> Event {
        let rules = Rules::default();
        Event {
            id: EventId(1),
            thread: NodeId(7),
            at: Timestamp(1),
            received_at: Timestamp(2),
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: Trust::Verified,
            channel: Channel::Web,
            source: SourceId(2),
            message_id: "m".into(),
            name: "Order Completed".into(),
            identifiers: identifiers
                .iter()
                .map(|(kind, raw)| Identifier::new(*kind, raw, &rules).unwrap())
                .collect(),
            properties: properties.into(),
            context: context.into(),
        }
    }

    #[test]
    fn nothing_of_the_forgotten_is_left_and_the_rest_is_as_it_was() {
        let both = [(Kind::UserId, "u-1"), (Kind::Email, "ada@example.it")];
        let forgotten = event(&both[1..], "", "").identifiers.to_vec();
        let properties =
            r#"{"order_id":"A1","gift_to":"Ada@Example.it","note":"for ada@example.it","n":3}"#;
        let context = r#"{"page":{"url":"https://shop.it/?m=ADA%40example.it"},"ip":"10.0.0.1"}"#;
        let sent = event(&both, properties, context);
        let left = Forgotten::new(forgotten).leave_out(&sent).unwrap();
        assert_eq!(left.identifiers, event(&both[..1], "", "").identifiers);
        assert_eq!(
            (left.id, left.thread, left.at),
            (sent.id, sent.thread, sent.at)
        );
        let properties: Value = serde_json::from_str(&left.properties).unwrap();
        assert_eq!(
            properties,
            serde_json::json!({"order_id":"A1","gift_to":null,"note":null,"n":3})
        );
        let context: Value = serde_json::from_str(&left.context).unwrap();
        assert_eq!(
            context,
            serde_json::json!({"page":{"url":null},"ip":"10.0.0.1"})
        );
    }

    #[test]
    fn they_are_recognised_however_they_are_written() {
        let ids = [
            (Kind::UserId, "u1"),
            (Kind::Email, "ada@example.it"),
            (Kind::Phone, "+393471234567"),
        ];
        let forgotten = Forgotten::new(event(&ids, "", "").identifiers.to_vec());
        for text in [
            r#"{"userId":"u1"}"#,
            r#"{"email":"ADA@example.it""#,
            r#"{"e":"ada\u0040example.it"}"#,
            "q=ada%40example.it",
            "call 347 123 4567 today",
            "+39 347-1234567",
        ] {
            assert!(forgotten.are_named_in(text), "{text}");
        }
        for text in [r#"{"userId":"u12"}"#, "lada@example.it", "347 123 4568", ""] {
            assert!(!forgotten.are_named_in(text), "{text}");
        }
    }

    #[test]
    fn an_event_about_nobody_else_is_gone_and_one_without_them_is_untouched() {
        let ada = [(Kind::Email, "ada@example.it")];
        let forgotten = Forgotten::new(event(&ada, "", "").identifiers.to_vec());
        assert_eq!(forgotten.leave_out(&event(&ada, "{}", "{}")), None);
        let other = event(
            &[(Kind::UserId, "u-2")],
            r#"{"a":"b c"}"#,
            r#"{"ip":"1.2.3.4"}"#,
        );
        assert_eq!(forgotten.leave_out(&other), Some(other));
    }
}
