//! Segments that ask about segments: never in a circle, never too far.

use std::collections::BTreeMap;

use super::check::{Cause, Fault, fault};
use super::condition::Condition;
use super::evaluate::DEPTH_MOST;
use crate::id::SegmentId;

/// Whether the segments that a condition asks about lead back to it, or too far. A segment that
/// is not among them has nobody in it and leads nowhere.
///
/// # Errors
/// Which of the two.
pub fn check_references(
    id: SegmentId,
    condition: &Condition,
    segments: &BTreeMap<SegmentId, Condition>,
) -> Result<(), Fault> {
    let mut walk = Walk {
        id,
        segments,
        lengths: BTreeMap::new(),
    };
    let longest = walk.longest(condition, 0)?;
    match longest > DEPTH_MOST {
        true => fault("", Cause::TooManySegments),
        false => Ok(()),
    }
}

struct Walk<'a> {
    id: SegmentId,
    segments: &'a BTreeMap<SegmentId, Condition>,
    /// What was found already: how many are in a row from here.
    lengths: BTreeMap<SegmentId, usize>,
}

impl Walk<'_> {
    fn longest(&mut self, condition: &Condition, gone: usize) -> Result<usize, Fault> {
        if gone > DEPTH_MOST {
            return fault("", Cause::TooManySegments);
        }
        let mut longest = 0;
        for other in condition.segments() {
            if other == self.id {
                return fault("", Cause::Circle);
            }
            let length = match (self.lengths.get(&other), self.segments.get(&other)) {
                (Some(known), _) => *known,
                (None, Some(condition)) => self.longest(condition, gone + 1)?,
                (None, None) => 0,
            };
            self.lengths.insert(other, length);
            longest = longest.max(length + 1);
        }
        Ok(longest)
    }
}
