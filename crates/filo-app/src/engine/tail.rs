//! The tail: events that are applied but stand only in the log, not yet in the lake.
//!
//! It answers two questions without reading the log: "have I seen this event?" and "where are
//! this thread's newest events?". It is cut into generations, so that moving one to the lake
//! forgets it whole.
//!
//! **Invariant:** an event id is in exactly one of: a generation of the tail, the lake.

use std::collections::VecDeque;

use ahash::{HashMap, HashSet};
use filo_core::id::{EventId, NodeId};
use filo_core::time::Timestamp;

/// No earlier entry of the same thread.
const NONE: u32 = u32::MAX;

/// Where an event stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Row of the log.
    pub(crate) seq: i64,
    /// Position among the row's events.
    pub(crate) position: u32,
}

#[derive(Debug)]
struct Entry {
    place: Place,
    at: Timestamp,
    earlier: u32,
}

/// How far a generation is on its way to the lake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Growing,
    /// Ends with this row of the log; to be written.
    Frozen(i64),
    /// Ends with this row; its files wait to be listed.
    Written(i64),
}

/// A stretch of the log that goes to the lake together.
#[derive(Debug)]
struct Generation {
    stage: Stage,
    seen: HashSet<EventId>,
    entries: Vec<Entry>,
    newest: HashMap<NodeId, u32>,
}

impl Generation {
    fn growing() -> Self {
        Self {
            stage: Stage::Growing,
            seen: HashSet::default(),
            entries: Vec::new(),
            newest: HashMap::default(),
        }
    }

    fn push(&mut self, id: EventId, thread: NodeId, at: Timestamp, place: Place) {
        self.seen.insert(id);
        let index = u32::try_from(self.entries.len()).expect("a generation is flushed long before");
        let earlier = self.newest.insert(thread, index).unwrap_or(NONE);
        self.entries.push(Entry { place, at, earlier });
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        self.entries.iter().map(|entry| entry.place)
    }

    fn places_of(&self, thread: NodeId) -> impl Iterator<Item = (Timestamp, Place)> {
        let mut next = self.newest.get(&thread).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let entry = self.entries.get(next as usize)?;
            next = entry.earlier;
            Some((entry.at, entry.place))
        })
    }
}

/// All generations, oldest first; the last one grows.
#[derive(Debug)]
pub(crate) struct Tail {
    generations: VecDeque<Generation>,
}

impl Default for Tail {
    fn default() -> Self {
        Self {
            generations: VecDeque::from([Generation::growing()]),
        }
    }
}

impl Tail {
    /// Whether the event stands in the tail.
    pub(crate) fn contains(&self, id: EventId) -> bool {
        self.generations
            .iter()
            .any(|generation| generation.seen.contains(&id))
    }

    /// Remembers an accepted event.
    pub(crate) fn push(&mut self, id: EventId, thread: NodeId, at: Timestamp, place: Place) {
        if let Some(growing) = self.generations.back_mut() {
            growing.push(id, thread, at, place);
        }
    }

    /// How many events the growing generation holds.
    pub(crate) fn growing_len(&self) -> usize {
        self.generations
            .back()
            .map_or(0, |generation| generation.entries.len())
    }

    /// How many events stand in the tail.
    pub(crate) fn len(&self) -> usize {
        self.generations
            .iter()
            .map(|generation| generation.entries.len())
            .sum()
    }

    /// The places of all events that are not in the lake, in order of the log.
    pub(crate) fn all_places(&self) -> Vec<Place> {
        self.generations
            .iter()
            .flat_map(Generation::places)
            .collect()
    }

    /// Ends the growing generation at a row of the log: it is to be written.
    pub(crate) fn freeze(&mut self, upto: i64) {
        if let Some(growing) = self.generations.back_mut() {
            growing.stage = Stage::Frozen(upto);
        }
        self.generations.push_back(Generation::growing());
    }

    /// The oldest generation that is to be written: where it ends, and the places of its events
    /// in order of the log.
    pub(crate) fn frozen(&self) -> Option<(i64, Vec<Place>)> {
        self.generations.iter().find_map(|it| match it.stage {
            Stage::Frozen(upto) => Some((upto, it.places().collect())),
            Stage::Growing | Stage::Written(_) => None,
        })
    }

    /// Whether a generation is to be written.
    pub(crate) fn has_frozen(&self) -> bool {
        let frozen = |it: &Generation| matches!(it.stage, Stage::Frozen(_));
        self.generations.iter().any(frozen)
    }

    /// Notes that what was frozen up to a row is on disk.
    pub(crate) fn mark_written(&mut self, upto: i64) {
        for generation in &mut self.generations {
            if let Stage::Frozen(end) = generation.stage
                && end <= upto
            {
                generation.stage = Stage::Written(end);
            }
        }
    }

    /// Forgets what was written up to a row: it is in the lake now.
    pub(crate) fn forget(&mut self, upto: i64) {
        self.generations
            .retain(|it| !matches!(it.stage, Stage::Written(end) if end <= upto));
    }

    /// When a thread's events happened and where they stand, newest arrival first.
    pub(crate) fn places_of(&self, thread: NodeId) -> Vec<(Timestamp, Place)> {
        self.generations
            .iter()
            .rev()
            .flat_map(|generation| generation.places_of(thread))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(seq: i64, position: u32) -> Place {
        Place { seq, position }
    }

    fn places(tail: &Tail) -> Vec<Place> {
        tail.places_of(NodeId(7))
            .into_iter()
            .map(|(_, place)| place)
            .collect()
    }

    #[test]
    fn finds_a_threads_events_across_generations_and_forgets_what_was_frozen() {
        let mut tail = Tail::default();
        tail.push(EventId(1), NodeId(7), Timestamp(1), place(1, 0));
        tail.push(EventId(2), NodeId(8), Timestamp(2), place(1, 1));
        tail.push(EventId(3), NodeId(7), Timestamp(3), place(2, 0));
        tail.freeze(2);
        let first = vec![place(1, 0), place(1, 1), place(2, 0)];
        assert_eq!(tail.frozen(), Some((2, first)));
        tail.push(EventId(4), NodeId(7), Timestamp(4), place(3, 0));
        assert_eq!(places(&tail), [place(3, 0), place(2, 0), place(1, 0)]);
        assert!(tail.contains(EventId(2)));
        tail.forget(2);
        assert!(
            tail.contains(EventId(2)),
            "nothing is forgotten before it is written"
        );
        tail.freeze(3);
        tail.mark_written(2);
        assert_eq!(
            tail.frozen(),
            Some((3, vec![place(3, 0)])),
            "what is written is not written again"
        );
        tail.forget(2);
        assert!(!tail.contains(EventId(2)));
        assert!(tail.contains(EventId(4)));
        assert_eq!(places(&tail), [place(3, 0)]);
        tail.mark_written(i64::MAX);
        tail.forget(3);
        assert_eq!(tail.len(), 0);
    }
}
