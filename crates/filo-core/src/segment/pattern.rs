//! Which events are meant: a kind, a name, and tests of what they carry.

use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::comparison::Comparison;
use super::number::Number;
use crate::event::{Event, EventKind};
use crate::json;

/// Steps of a path.
const STEPS_MOST: usize = 6;
/// Bytes of a path.
const PATH_BYTES_MOST: usize = 200;
/// Values looked at under one path of one event.
const VALUES_MOST: usize = 200;
/// The step that stands for every element of a list.
const EACH: &str = "*";
const CONTEXT: &str = "context.";
const PROPERTIES: &str = "properties.";
const CHANNEL: &str = "channel";

/// A place in an event: `revenue`, `products.*.category`, `context.page.path`, `channel`.
/// A property that is itself called `channel` is written `properties.channel`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A property; of a call that tells traits, a trait.
    Property(CompactString),
    /// What the sender said about the surroundings.
    Context(CompactString),
    /// Where it happened.
    Channel,
}

/// A text that is no place in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a path of 1 to {STEPS_MOST} steps, divided by dots, none of them empty")]
pub struct InvalidField;

impl FromStr for Field {
    type Err = InvalidField;

    fn from_str(text: &str) -> Result<Self, InvalidField> {
        let path = |text: &str| {
            let fits = text.len() <= PATH_BYTES_MOST && text.split('.').count() <= STEPS_MOST;
            let steps = text.split('.').all(|step| !step.trim().is_empty());
            (fits && steps).then(|| CompactString::from(text))
        };
        if text == CHANNEL {
            return Ok(Self::Channel);
        }
        let found = match (text.strip_prefix(CONTEXT), text.strip_prefix(PROPERTIES)) {
            (Some(rest), _) => path(rest).map(Self::Context),
            (None, Some(rest)) => path(rest).map(Self::Property),
            (None, None) => path(text).map(Self::Property),
        };
        found.ok_or(InvalidField)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel => out.write_str(CHANNEL),
            Self::Context(path) => write!(out, "{CONTEXT}{path}"),
            Self::Property(path) => {
                let is_other =
                    path == CHANNEL || path.starts_with(CONTEXT) || path.starts_with(PROPERTIES);
                let prefix = if is_other { PROPERTIES } else { "" };
                write!(out, "{prefix}{path}")
            }
        }
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = CompactString::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Field {
    /// Shows every value that stands there, as JSON, until one is what was looked for.
    fn any(&self, event: &Event, mut is_it: impl FnMut(&str) -> bool) -> bool {
        match self {
            Self::Channel => is_it(event.channel.word()),
            Self::Property(path) => any_at(&event.properties, path, &mut is_it, &mut 0),
            Self::Context(path) => any_at(&event.context, path, &mut is_it, &mut 0),
        }
    }

    /// The first value that stands there and says something.
    pub(super) fn value(&self, event: &Event) -> Option<Value> {
        let mut found = None;
        self.any(event, |raw| {
            found = Value::read(raw);
            found.is_some()
        });
        found
    }
}

fn any_at(raw: &str, path: &str, is_it: &mut dyn FnMut(&str) -> bool, seen: &mut usize) -> bool {
    let (step, rest) = match path.split_once('.') {
        Some((step, rest)) => (step, Some(rest)),
        None => (path, None),
    };
    let mut look = |raw: &str| match rest {
        Some(rest) => any_at(raw, rest, is_it, seen),
        None => {
            *seen += 1;
            *seen <= VALUES_MOST && is_it(raw)
        }
    };
    if step == EACH {
        return json::elements(raw).take(VALUES_MOST).any(look);
    }
    json::member(raw, step).is_some_and(&mut look)
}

/// What stands in a place of an event, as far as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// A number, also one written as a text.
    Number(Number),
    /// Another text.
    Text(CompactString),
}

/// Bytes kept of a text.
pub(super) const TEXT_BYTES_MOST: usize = 100;

impl Value {
    /// The value of a JSON text; nothing for null, lists and objects, and for an empty text.
    #[must_use]
    pub fn read(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let text = if raw.starts_with('"') {
            json::text(raw)?
        } else {
            json::text(raw).unwrap_or_default()
        };
        Self::of_text(&text)
    }

    /// The value of a plain text.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(number) = Number::read(text) {
            return Some(Self::Number(number));
        }
        let end = text.floor_char_boundary(TEXT_BYTES_MOST);
        (!text.is_empty()).then(|| Self::Text(CompactString::from(&text[..end])))
    }

    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(out),
            Self::Text(text) => out.write_str(text),
        }
    }
}

/// What a value must be. Capitals make no difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueTest {
    /// One of these.
    Is(Vec<CompactString>),
    /// None of these, or there is none.
    IsNot(Vec<CompactString>),
    /// A text that holds this one.
    Contains(CompactString),
    /// Anything.
    Set,
    /// Nothing.
    Empty,
    /// A number that compares so.
    Number(Comparison),
}

impl ValueTest {
    /// Whether a text is what it must be.
    #[must_use]
    pub fn accepts(&self, text: Option<&str>) -> bool {
        let said = text.map(str::trim).filter(|text| !text.is_empty());
        match self {
            Self::Set => said.is_some(),
            Self::Empty => said.is_none(),
            Self::Is(wanted) => said.is_some_and(|said| is_one_of(said, wanted)),
            Self::IsNot(wanted) => !said.is_some_and(|said| is_one_of(said, wanted)),
            Self::Contains(part) => {
                said.is_some_and(|said| said.to_lowercase().contains(part.to_lowercase().as_str()))
            }
            Self::Number(comparison) => said
                .and_then(Number::read)
                .is_some_and(|number| comparison.accepts(number)),
        }
    }

    /// The texts in it.
    #[must_use]
    pub fn texts(&self) -> &[CompactString] {
        match self {
            Self::Is(texts) | Self::IsNot(texts) => texts.as_slice(),
            Self::Contains(text) => std::slice::from_ref(text),
            Self::Set | Self::Empty | Self::Number(_) => &[],
        }
    }

    /// Whether one of several values being so is enough; otherwise none may be otherwise.
    const fn asks_for_one(&self) -> bool {
        match self {
            Self::Is(_) | Self::Contains(_) | Self::Set | Self::Number(_) => true,
            Self::IsNot(_) | Self::Empty => false,
        }
    }
}

fn is_one_of(said: &str, wanted: &[CompactString]) -> bool {
    let lower = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<CompactString>()
    };
    wanted.iter().any(|wanted| {
        said == wanted.as_str() || (said.len() <= 4 * wanted.len() && lower(said) == lower(wanted))
    })
}

/// One test of what an event carries.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Where.
    pub field: Field,
    /// What must stand there; where a path leads to several values, one of them.
    pub test: ValueTest,
}

impl Filter {
    fn accepts(&self, event: &Event) -> bool {
        let said = |raw: &str| match json::text(raw) {
            Some(text) => self.test.accepts(Some(&text)),
            // The channel is a bare word, not JSON; null, lists and objects say nothing.
            None => self.test.accepts(None),
        };
        if self.test.asks_for_one() {
            return self.field.any(event, said);
        }
        !self.field.any(event, |raw| !said(raw))
    }
}

/// Which events are meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Pattern {
    /// What kind of call.
    pub kind: EventKind,
    /// The event's, page's or screen's name; empty for any.
    pub name: CompactString,
    /// What all must be true of it.
    pub filters: Vec<Filter>,
}

impl Pattern {
    /// Events of one name, whatever they carry.
    #[must_use]
    pub fn event(name: &str) -> Self {
        Self {
            kind: EventKind::Track,
            name: CompactString::from(name),
            filters: Vec::new(),
        }
    }

    /// Whether an event is meant.
    #[must_use]
    pub fn accepts(&self, event: &Event) -> bool {
        event.kind == self.kind
            && (self.name.is_empty() || event.name == self.name)
            && self.filters.iter().all(|filter| filter.accepts(event))
    }
}
