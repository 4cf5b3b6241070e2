//! Where a statement comes from: what decides which of two statements wins.
//!
//! **Invariant:** any two different events have different ranks, so the greatest rank of a set of
//! statements is one statement, whatever the order in which they arrive.

use serde::{Deserialize, Serialize};

use crate::event::{Event, Trust};
use crate::id::{EventId, SourceId};
use crate::time::Timestamp;

/// The event that said something, as far as it matters to believe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// When it was said.
    pub at: Timestamp,
    /// The event that said it: the proof.
    pub event: EventId,
    /// Where the event came from.
    pub source: SourceId,
    /// How far it can be believed.
    pub trust: Trust,
}

impl Provenance {
    /// The provenance of what an event says.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        Self {
            at: event.at,
            event: event.id,
            source: event.source,
            trust: event.trust,
        }
    }

    /// Said by the company's own systems or people, not claimed by whoever holds a public key.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.trust >= Trust::Verified
    }

    /// When it was said; equal instants are told apart by the event.
    #[must_use]
    pub const fn stamp(&self) -> (Timestamp, EventId) {
        (self.at, self.event)
    }

    /// Proven before claimed, then the later.
    #[must_use]
    pub fn rank(&self) -> (bool, Timestamp, EventId) {
        (self.is_proven(), self.at, self.event)
    }
}
