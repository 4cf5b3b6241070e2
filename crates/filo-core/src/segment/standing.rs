//! Which segments a customer is in, as last worked out, and when that is to be looked at again.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::book::{Book, Place};
use super::evaluate::Person;
use crate::id::SegmentId;
use crate::time::Timestamp;

/// Where a customer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In order.
    members: SmallVec<[SegmentId; 1]>,
    /// The first instant at which one of the answers may be another one of its own accord.
    pub wakes_at: Timestamp,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            members: SmallVec::new(),
            wakes_at: Timestamp::MAX,
        }
    }
}

/// That a customer came into a segment, or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Which.
    pub segment: SegmentId,
    /// In or out.
    pub is_in: bool,
}

impl Standing {
    /// Whether nothing stands here that another would not know.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The segments they are in, in order.
    #[must_use]
    pub fn members(&self) -> &[SegmentId] {
        &self.members
    }

    /// Works out anew whether they are in the segments at these places, and gives what turned.
    pub fn settle(
        &mut self,
        book: &Book,
        places: impl Iterator<Item = Place>,
        person: &Person<'_>,
        now: Timestamp,
    ) -> Vec<Turn> {
        let mut turns = Vec::new();
        if self.wakes_at <= now {
            self.wakes_at = Timestamp::MAX;
        }
        for place in places {
            let Some(segment) = book.id(place) else {
                continue;
            };
            let outcome = book.evaluate(place, person, now);
            self.wakes_at = self.wakes_at.min(outcome.changes_at);
            match (self.members.binary_search(&segment), outcome.holds) {
                (Err(position), true) => self.members.insert(position, segment),
                (Ok(position), false) => drop(self.members.remove(position)),
                (Ok(_), true) | (Err(_), false) => continue,
            }
            turns.push(Turn {
                segment,
                is_in: outcome.holds,
            });
        }
        turns
    }

    /// Leaves every segment that is no longer in the book, without a word.
    pub fn retain(&mut self, book: &Book) {
        self.members.retain(|id| book.place(*id).is_some());
    }
}
