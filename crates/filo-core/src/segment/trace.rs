//! What a thread knows of the events that some condition asks about: when each happened, and one
//! value out of it.
//!
//! **Invariant (I10):** a trace is a function of the *set* of events in it: the newest marks of
//! the set, by time and id. So traces merge in any order, and the same event twice is one mark.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::pattern::Value;
use super::signal::{SignalKey, Signals};
use crate::event::Event;
use crate::id::EventId;
use crate::time::Timestamp;

/// Marks kept of one signal on one thread, the newest. A condition may ask for fewer.
pub const MARKS_MOST: usize = 1000;

/// That an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// Which: half of the event's id, which tells a thread's events apart.
    id: u64,
}

impl Mark {
    fn of(event: &Event) -> Self {
        Self::new(event.at, event.id)
    }

    /// The mark of an event.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
    pub const fn new(at: Timestamp, id: EventId) -> Self {
        Self {
            at,
            id: id.0 as u64,
        }
    }
}

/// The marks of one signal, by time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct Trace {
    marks: Vec<Mark>,
    /// One for each mark; empty if the signal asks for none.
    values: Vec<Option<Value>>,
    overflown: bool,
}

/// A trace as it is stored: instants as steps from the one before.
#[derive(Serialize, Deserialize)]
struct Packed(Vec<(i64, u64)>, Vec<Option<Value>>, bool);

impl From<Trace> for Packed {
    fn from(trace: Trace) -> Self {
        let mut before = 0;
        let step = |mark: &Mark| {
            let step = mark.at.0.wrapping_sub(before);
            before = mark.at.0;
            (step, mark.id)
        };
        let steps = trace.marks.iter().map(step).collect();
        Self(steps, trace.values, trace.overflown)
    }
}

impl From<Packed> for Trace {
    fn from(Packed(steps, values, overflown): Packed) -> Self {
        let mut at = 0i64;
        let mark = |(step, id): (i64, u64)| {
            at = at.wrapping_add(step);
            Mark {
                at: Timestamp(at),
                id,
            }
        };
        Self {
            marks: steps.into_iter().map(mark).collect(),
            values,
            overflown,
        }
    }
}

/// A trace of nothing.
pub(super) static NOTHING: Trace = Trace {
    marks: Vec::new(),
    values: Vec::new(),
    overflown: false,
};

impl Trace {
    /// The marks, the oldest first.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The value of a mark.
    #[must_use]
    pub fn value(&self, position: usize) -> Option<&Value> {
        self.values.get(position)?.as_ref()
    }

    /// Whether there were more than are kept.
    #[must_use]
    pub const fn is_overflown(&self) -> bool {
        self.overflown
    }

    /// The part of it that happened at chosen instants.
    pub(super) fn only(&self, mut chosen: impl FnMut(Timestamp) -> bool) -> Self {
        let mut part = Self {
            overflown: self.overflown,
            ..Self::default()
        };
        for (position, mark) in self.marks.iter().enumerate() {
            if !chosen(mark.at) {
                continue;
            }
            part.marks.push(*mark);
            if !self.values.is_empty() {
                part.values.push(self.value(position).cloned());
            }
        }
        part
    }

    /// Notes an event.
    pub fn note(&mut self, mark: Mark, value: Option<Value>) {
        let Err(position) = self.marks.binary_search(&mark) else {
            return;
        };
        if value.is_some() && self.values.is_empty() {
            self.values = vec![None; self.marks.len()];
            self.values.insert(position, value);
        } else if !self.values.is_empty() {
            self.values.insert(position, value);
        }
        self.marks.insert(position, mark);
        if self.marks.len() > MARKS_MOST {
            self.marks.remove(0);
            if !self.values.is_empty() {
                self.values.remove(0);
            }
            self.overflown = true;
        }
        if self.values.iter().all(Option::is_none) {
            self.values.clear();
        }
    }

    /// Takes in another trace of the same signal.
    pub fn merge(&mut self, other: &Self) {
        self.overflown |= other.overflown;
        for (position, mark) in other.marks.iter().enumerate() {
            self.note(*mark, other.value(position).cloned());
        }
    }
}

/// The traces of a thread or of a customer, by signal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Traces(SmallVec<[(SignalKey, Trace); 1]>);

impl Traces {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The trace of a signal; an empty one if nothing was noted.
    #[must_use]
    pub fn get(&self, key: SignalKey) -> &Trace {
        match self.place(key) {
            Ok(position) => &self.0[position].1,
            Err(_) => &NOTHING,
        }
    }

    /// Notes an event under every signal that it is one of.
    pub fn fold(&mut self, event: &Event, signals: &Signals) {
        for signal in signals.of(event) {
            let value = signal.value(event);
            self.get_mut(signal.key()).note(Mark::of(event), value);
        }
    }

    /// Takes in the traces of another thread.
    pub fn merge(&mut self, other: &Self) {
        for (key, trace) in &other.0 {
            self.get_mut(*key).merge(trace);
        }
    }

    fn place(&self, key: SignalKey) -> Result<usize, usize> {
        self.0.binary_search_by_key(&key, |(key, _)| *key)
    }

    fn get_mut(&mut self, key: SignalKey) -> &mut Trace {
        let position = match self.place(key) {
            Ok(position) => position,
            Err(position) => {
                self.0.insert(position, (key, Trace::default()));
                position
            }
        };
        &mut self.0[position].1
    }
}
