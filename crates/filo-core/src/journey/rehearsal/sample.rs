//! Some of those who would have come in, to be looked at one by one: ids and what would have been
//! said to them, nothing of what is known of them.
//!
//! **Invariant:** the sample of everybody is that of the merged samples of the parts: those with
//! the smallest ids, which are hashes and so as good as drawn, and the same the next time.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{Fate, Rehearsed, Said};
use crate::as_text;
use crate::id::{CustomerId, PieceId};
use crate::message::Medium;
use crate::time::Timestamp;

/// People who are shown.
const PEOPLE_MOST: usize = 200;
/// Messages of one of them that are shown.
const MESSAGES_MOST: usize = 20;

/// Somebody who would have come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Who.
    #[serde(with = "as_text")]
    pub customer: CustomerId,
    /// When they would have come in first, in microseconds since 1970.
    pub entered_at: Timestamp,
    /// How often.
    pub runs: u32,
    /// What would have been said to them, the first messages.
    pub messages: Vec<ShownMessage>,
}

/// A message of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownMessage {
    /// The step that says it.
    pub step: CompactString,
    /// What it says.
    #[serde(with = "as_text")]
    pub piece: PieceId,
    /// By what.
    pub medium: Medium,
    /// When the step was reached, in microseconds since 1970.
    pub planned_at: Timestamp,
    /// What became of it.
    pub fate: Fate,
    /// What stood in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<CompactString>,
}

/// Those who are shown, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sample(pub Vec<Shown>);

impl Sample {
    /// Takes somebody in, if they are among the first. People with messages come before those
    /// without: they are what is looked for.
    pub fn note(&mut self, customer: CustomerId, rehearsed: &Rehearsed) {
        let Some(first) = rehearsed.runs.first() else {
            return;
        };
        let messages = rehearsed.messages.iter().take(MESSAGES_MOST);
        let shown = Shown {
            customer,
            entered_at: first.entered_at,
            runs: u32::try_from(rehearsed.runs.len()).unwrap_or(u32::MAX),
            messages: messages.map(shown_of).collect(),
        };
        let Err(place) = self.0.binary_search_by_key(&key(&shown), key) else {
            return;
        };
        if place < PEOPLE_MOST {
            self.0.insert(place, shown);
            self.0.truncate(PEOPLE_MOST);
        }
    }

    /// Takes in another sample.
    pub fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
        self.0.sort_unstable_by_key(key);
        self.0.dedup_by_key(|shown| shown.customer);
        self.0.truncate(PEOPLE_MOST);
    }
}

fn key(shown: &Shown) -> (bool, CustomerId) {
    (shown.messages.is_empty(), shown.customer)
}

fn shown_of(said: &Said) -> ShownMessage {
    ShownMessage {
        step: said.step.0.clone(),
        piece: said.piece,
        medium: said.medium,
        planned_at: said.planned_at,
        fate: said.fate,
        why: said.why().map(CompactString::from).collect(),
    }
}
