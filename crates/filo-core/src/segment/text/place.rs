//! Where conditions stand in a text, so that what is wrong with one is shown there.

use crate::segment::condition::Condition;

/// Where a condition begins, in bytes, and where those below it do.
#[derive(Debug)]
pub(super) struct Place {
    at: usize,
    below: Vec<Self>,
}

/// A condition with its place.
pub(super) type Placed = (Condition, Place);

impl Place {
    /// A condition that has none below it.
    pub(super) const fn leaf(at: usize, condition: Condition) -> Placed {
        let below = Vec::new();
        (condition, Self { at, below })
    }

    /// A condition made of others.
    pub(super) fn made(
        at: usize,
        parts: Vec<Placed>,
        make: impl FnOnce(Vec<Condition>) -> Condition,
    ) -> Placed {
        let (conditions, below) = parts.into_iter().unzip();
        (make(conditions), Self { at, below })
    }

    /// What is not to be so.
    pub(super) fn denied(at: usize, (condition, place): Placed) -> Placed {
        let below = vec![place];
        (Condition::Not(Box::new(condition)), Self { at, below })
    }

    /// The place of the condition that a JSON pointer leads to or into.
    pub(super) fn of(&self, pointer: &str) -> usize {
        let mut steps = pointer.split('/').skip(1);
        let mut place = self;
        loop {
            let part = match steps.next() {
                Some("all" | "any") => steps.next().and_then(|step| step.parse().ok()),
                Some("not") => Some(0),
                _ => None,
            };
            match part.and_then(|part: usize| place.below.get(part)) {
                Some(below) => place = below,
                None => return place.at,
            }
        }
    }
}
