//! Signals: what of the events somebody asks about. Conditions with other windows and other
//! numbers over the same events share one.

use ahash::{HashMap, HashSet};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::pattern::{Field, Filter, Pattern, Value};
use super::words;
use crate::event::{Event, EventKind};

/// What a signal is stored under: a hash of what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SignalKey(u64);

/// Events of a pattern, and which of their values is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Asked", into = "Asked")]
pub struct Signal {
    pattern: Pattern,
    field: Option<Field>,
    key: SignalKey,
}

/// A signal in documents.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default = "track", with = "words::event_kind")]
    kind: EventKind,
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    name: CompactString,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    filters: Vec<Filter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<Field>,
}

fn track() -> EventKind {
    EventKind::Track
}

impl From<Asked> for Signal {
    fn from(asked: Asked) -> Self {
        let pattern = Pattern {
            kind: asked.kind,
            name: asked.name,
            filters: asked.filters,
        };
        Self::new(pattern, asked.field)
    }
}

impl From<Signal> for Asked {
    fn from(signal: Signal) -> Self {
        Self {
            kind: signal.pattern.kind,
            name: signal.pattern.name,
            filters: signal.pattern.filters,
            field: signal.field,
        }
    }
}

impl Signal {
    /// The events of a pattern, with the value that stands in a field.
    ///
    /// # Panics
    /// Never in practice: a pattern has no part that cannot be serialised.
    #[must_use]
    pub fn new(pattern: Pattern, field: Option<Field>) -> Self {
        let text = serde_json::to_vec(&(&pattern, &field)).expect("a pattern is plain data");
        let mut short = [0u8; 8];
        short.copy_from_slice(&blake3::hash(&text).as_bytes()[..8]);
        Self {
            pattern,
            field,
            key: SignalKey(u64::from_be_bytes(short)),
        }
    }

    /// What it is stored under.
    #[must_use]
    pub const fn key(&self) -> SignalKey {
        self.key
    }

    /// Which events.
    #[must_use]
    pub const fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Which value of them is kept.
    #[must_use]
    pub const fn field(&self) -> Option<&Field> {
        self.field.as_ref()
    }

    /// The value that is kept of an event.
    #[must_use]
    pub fn value(&self, event: &Event) -> Option<Value> {
        self.field.as_ref()?.value(event)
    }
}

/// Signals to look out for, found by what an event is.
#[derive(Debug, Clone, Default)]
pub struct Signals {
    all: Vec<Signal>,
    keys: HashSet<SignalKey>,
    named: HashMap<(EventKind, CompactString), SmallVec<[u32; 4]>>,
    any: HashMap<EventKind, SmallVec<[u32; 4]>>,
}

impl Signals {
    /// Looks out for these as well.
    pub fn extend<'a>(&mut self, signals: impl IntoIterator<Item = &'a Signal>) {
        for signal in signals {
            if !self.keys.insert(signal.key) {
                continue;
            }
            let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            let pattern = &signal.pattern;
            match pattern.name.is_empty() {
                true => self.any.entry(pattern.kind).or_default().push(place),
                false => {
                    let name = (pattern.kind, pattern.name.clone());
                    self.named.entry(name).or_default().push(place);
                }
            }
            self.all.push(signal.clone());
        }
    }

    /// Whether nothing is looked out for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Every one.
    pub fn iter(&self) -> impl Iterator<Item = &Signal> {
        self.all.iter()
    }

    /// Whether a signal is looked out for.
    #[must_use]
    pub fn contains(&self, key: SignalKey) -> bool {
        self.keys.contains(&key)
    }

    /// The signals that an event is one of.
    pub fn of<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a Signal> {
        let named = match self.named.is_empty() {
            true => None,
            false => self.named.get(&(event.kind, event.name.clone())),
        };
        let any = self.any.get(&event.kind);
        let places = named.into_iter().chain(any).flatten();
        places
            .filter_map(|place| self.all.get(*place as usize))
            .filter(|signal| signal.pattern.accepts(event))
    }
}
