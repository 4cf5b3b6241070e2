//! Which segments a customer is in, as last worked out, and when that is to be looked at again.

use std::fmt;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::ser::SerializeTuple as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;

use super::book::{Book, Place};
use super::code::Code;
use super::evaluate::Person;
use crate::id::SegmentId;
use crate::time::Timestamp;

/// Added to the number of segments where they stand by their codes; without it they stand by
/// their ids, as they once did.
const CODED: u32 = 1 << 20;

/// Where a customer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// In order.
    members: SmallVec<[Code; 4]>,
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

    /// The segments of a book that they are in.
    pub fn members<'a>(&'a self, book: &'a Book) -> impl Iterator<Item = SegmentId> + 'a {
        let places = self.members.iter().filter_map(|code| book.place_of(*code));
        places.filter_map(|place| book.id(place))
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
            let code = Code::of(segment);
            match (self.members.binary_search(&code), outcome.holds) {
                (Err(position), true) => self.members.insert(position, code),
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
        self.members.retain(|code| book.place_of(*code).is_some());
    }
}

impl Serialize for Standing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = u32::try_from(self.members.len()).map_err(serde::ser::Error::custom)?;
        let mut out = serializer.serialize_tuple(self.members.len() + 2)?;
        out.serialize_element(&(CODED + count))?;
        for code in &self.members {
            out.serialize_element(code)?;
        }
        out.serialize_element(&self.wakes_at)?;
        out.end()
    }
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // How many there are stands before them.
        deserializer.deserialize_tuple(usize::MAX, Reading)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Standing;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("where a customer stands")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rest: A) -> Result<Standing, A::Error> {
        let count: u32 = next(&mut rest)?;
        let mut members = SmallVec::new();
        match count.checked_sub(CODED) {
            Some(count) => {
                for _ in 0..count {
                    members.push(next(&mut rest)?);
                }
            }
            None => {
                for _ in 0..count {
                    members.push(Code::of(next(&mut rest)?));
                }
                members.sort_unstable();
            }
        }
        let wakes_at = next(&mut rest)?;
        Ok(Standing { members, wakes_at })
    }
}

fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(rest: &mut A) -> Result<T, A::Error> {
    let next = rest.next_element()?;
    next.ok_or_else(|| A::Error::custom("where a customer stands is cut short"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it was written before there were codes.
    #[derive(Serialize)]
    struct ById {
        members: Vec<SegmentId>,
        wakes_at: Timestamp,
    }

    fn id(number: u128) -> SegmentId {
        // The order of ids is not that of their ends.
        SegmentId((number << 64) | (1_000 - number))
    }

    #[test]
    fn what_is_written_is_read_whether_by_codes_or_by_ids() {
        for count in [0, 1, 3, 200] {
            let ids: Vec<SegmentId> = (1..=count).map(id).collect();
            let wakes_at = Timestamp(-5 + i64::try_from(count).unwrap());
            let old = ById {
                members: ids.clone(),
                wakes_at,
            };
            let mut codes: Vec<Code> = ids.into_iter().map(Code::of).collect();
            codes.sort_unstable();
            let standing = Standing {
                members: codes.into(),
                wakes_at,
            };
            let read = |bytes: &[u8]| postcard::take_from_bytes::<Standing>(bytes).unwrap().0;
            assert_eq!(read(&postcard::to_allocvec(&old).unwrap()), standing);
            let written = postcard::to_allocvec(&standing).unwrap();
            assert_eq!(read(&written), standing);
            for end in 0..written.len() {
                let cut = postcard::from_bytes::<Standing>(&written[..end]);
                assert!(cut.is_err(), "{count} cut at {end}");
            }
        }
    }

    #[test]
    fn a_segment_takes_six_bytes() {
        let of = |count: u128| {
            let members = (1..=count).map(|number| Code::of(id(number))).collect();
            let wakes_at = Timestamp::MAX;
            postcard::to_allocvec(&Standing { members, wakes_at })
                .unwrap()
                .len()
        };
        assert_eq!(of(100) - of(0), 600);
    }
}
