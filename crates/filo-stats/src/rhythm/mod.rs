//! The rhythm of what repeats: the gaps between one time and the next, of many at once and of each.
//!
//! Times are in any unit, the same for all; what comes out is in that unit too.
//!
//! **Invariant:** nothing is said from too little: then the answer is what is missing, and how
//! much of it.

pub mod pace;
pub mod silence;

pub use pace::{Own, Pace};
pub use silence::{Limits, limits};

/// When something happened to one of many: at least once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequence<'a> {
    gaps: &'a [f64],
    open: f64,
}

impl<'a> Sequence<'a> {
    /// The gaps between one time and the next, in their order, and the `open` one since the last
    /// time, of which nobody knows yet how long it will be. `None` where a gap is not above 0 or
    /// not finite (what happens twice at once has no gap), or the open one is negative or not
    /// finite.
    #[must_use]
    pub fn new(gaps: &'a [f64], open: f64) -> Option<Self> {
        let are_gaps = gaps.iter().all(|gap| *gap > 0.0 && gap.is_finite());
        (are_gaps && open >= 0.0 && open.is_finite()).then_some(Self { gaps, open })
    }

    /// The gaps that ended.
    #[must_use]
    pub const fn gaps(&self) -> &'a [f64] {
        self.gaps
    }

    /// The gap since the last time.
    #[must_use]
    pub const fn open(&self) -> f64 {
        self.open
    }
}

/// What is missing for an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lack {
    /// Of what.
    pub of: Lacking,
    /// How much there is.
    pub have: f64,
    /// How much it takes.
    pub least: f64,
}

/// What there can be too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// Sequences.
    Sequences,
    /// Sequences with one gap that ended.
    Repeating,
    /// Sequences with two gaps that ended.
    RepeatingTwice,
    /// Time watched, from the first time of the longest sequence until now.
    Watched,
}

impl Lack {
    fn unless(of: Lacking, have: f64, least: f64) -> Option<Self> {
        (have < least).then_some(Self { of, have, least })
    }
}
