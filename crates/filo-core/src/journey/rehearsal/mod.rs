//! Rehearsals: a version of a journey played over what really happened, with time that is only
//! counted, the same walk, the same gate, and no effect at all.
//!
//! A rehearsal begins with nobody on the way. What happened counts when Filo heard of it, or,
//! where that was more than a day late (an import of the past), when it happened. What cannot be
//! seen afterwards is not made up: nobody answers a task, nobody reacts to a message, and people
//! are who they are known to be today.
//!
//! **Invariant:** [`rehearse`] is a function of its arguments, and what it gives is what the
//! engine and the dispatcher would have done with the same events at the same instants.

mod alike;
mod life;
mod looking;
mod playing;
mod report;
mod said;
mod sample;
mod saying;
mod stage;
mod tally;
#[cfg(test)]
mod tests;
mod usage;

use super::enter::Refused;
use super::happening::Line;
use super::run::Run;
use crate::id::RunId;
use crate::profile::Profile;
use crate::segment::Traces;
use crate::time::Timestamp;

pub use alike::{Alike, Likest, TEXTS_MOST};
pub use life::{Life, heard_at, in_order};
pub use report::{Report, Side};
pub use said::{Fate, Said};
pub use sample::{Sample, Shown, ShownMessage};
pub use stage::{Own, Period, Rulebook, Stage, Voice};
pub use tally::{Day, EACH_MOST, Fates, StepTally, Tally};
pub use usage::{Fares, usage_of};

/// What would have happened with one customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rehearsed {
    /// Their ways, in the order in which they began.
    pub runs: Vec<Run>,
    /// What happened on them, in order.
    pub lines: Vec<(RunId, Timestamp, Line)>,
    /// What would have been said, in the order in which it was planned.
    pub messages: Vec<Said>,
    /// When they would have come in and did not, and why.
    pub refused: Vec<(Timestamp, Refused)>,
    /// The most that the noise budget's window held, in points.
    pub peak_points: u32,
    /// They were looked at too often: what came behind is missing.
    pub is_cut: bool,
}

impl Rehearsed {
    /// Whether nothing would have happened with them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.refused.is_empty()
    }
}

/// The instant at which something leaves, for whoever wants to know how it would read.
#[derive(Debug)]
pub struct Leaving<'a> {
    /// What is known of the customer then.
    pub profile: &'a Profile,
    /// What is kept of events then.
    pub traces: &'a Traces,
    /// The way on which it is said.
    pub run: &'a Run,
    /// What is said.
    pub said: &'a Said,
    /// Then.
    pub now: Timestamp,
}

/// Plays a journey over one customer's life.
#[must_use]
pub fn rehearse(stage: &Stage, life: &Life<'_>) -> Rehearsed {
    rehearse_with(stage, life, &mut |_leaving| {})
}

/// The same, and shows each message at the instant at which it leaves.
#[must_use]
pub fn rehearse_with(
    stage: &Stage,
    life: &Life<'_>,
    leaving: &mut dyn FnMut(&Leaving<'_>),
) -> Rehearsed {
    playing::Playing::new(stage, life, leaving).play()
}
