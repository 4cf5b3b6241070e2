//! What is known about one identifier as a node of the graph.
//!
//! **Invariant:** facts are a function of the set of events that carried the identifier.

use serde::{Deserialize, Serialize};

use super::{Kind, Strength};
use crate::event::{Event, Trust};
use crate::id::NodeId;
use crate::time::Timestamp;

/// The facts of one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeFacts {
    /// The node.
    pub id: NodeId,
    /// What kind of identifier it is.
    pub kind: Kind,
    /// When it was first seen, by the time of the events.
    pub first_seen: Timestamp,
    /// When it was last seen, by the time of the events.
    pub last_seen: Timestamp,
    /// The best trust with which it was ever sent.
    pub trust: Trust,
}

impl NodeFacts {
    /// The facts after one event that carried the identifier.
    #[must_use]
    pub fn seen_in(id: NodeId, kind: Kind, event: &Event) -> Self {
        Self {
            id,
            kind,
            first_seen: event.at,
            last_seen: event.at,
            trust: event.trust,
        }
    }

    /// Adds an event that carried the identifier.
    pub fn observe(&mut self, event: &Event) {
        self.merge(&Self::seen_in(self.id, self.kind, event));
    }

    /// Adds what another record knows about the same node.
    pub fn merge(&mut self, other: &Self) {
        debug_assert_eq!(
            (self.id, self.kind),
            (other.id, other.kind),
            "facts of one node"
        );
        self.first_seen = self.first_seen.min(other.first_seen);
        self.last_seen = self.last_seen.max(other.last_seen);
        self.trust = self.trust.max(other.trust);
    }

    /// Whether it names a person and the company's own systems or people have said so.
    #[must_use]
    pub fn is_verified_person(&self) -> bool {
        self.kind.strength() == Strength::Person && self.trust > Trust::Claimed
    }
}
