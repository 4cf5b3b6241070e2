//! One customer's life, as a rehearsal is told of it.
//!
//! **Invariant:** two lives of the same events are the same life, in whatever order they came.

use crate::consent::suppression::{CallCheck, Suppression};
use crate::event::Event;
use crate::id::{CustomerId, NodeId};
use crate::identity::Kind;
use crate::time::Timestamp;

/// What came later than this was brought in afterwards, and counts when it happened: the time for
/// which what triggers is fresh unless a journey says otherwise.
const LATE_MICROS: i64 = 86_400 * 1_000_000;

/// What is known of one customer over the years.
#[derive(Debug, Clone, Copy)]
pub struct Life<'a> {
    /// Who.
    pub customer: CustomerId,
    /// Every identifier that is theirs today.
    pub nodes: &'a [NodeId],
    /// The kinds of these.
    pub kinds: &'a [Kind],
    /// What happened on all their threads, as [`in_order`] leaves it.
    pub events: &'a [Event],
    /// The lines of the suppression list about them, also those taken off again.
    pub suppressions: &'a [Suppression],
    /// The look-ups of their numbers.
    pub checks: &'a [CallCheck],
}

/// When an event counts: when Filo heard of it, or when it happened, if it was brought in later.
#[must_use]
pub fn heard_at(event: &Event) -> Timestamp {
    match event.received_at.micros_since(event.at) <= LATE_MICROS {
        true => event.received_at,
        false => event.at,
    }
}

/// Puts events into the order in which they count, each once.
pub fn in_order(events: &mut Vec<Event>) {
    events.sort_unstable_by_key(|event| (heard_at(event), event.at, event.id));
    events.dedup_by_key(|event| event.id);
}
