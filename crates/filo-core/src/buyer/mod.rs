//! What somebody's orders say of them: how recently, how often and for how much they buy, beside
//! everybody else who does, and where they are on the way from the first order to the last.
//!
//! Scores depend on everybody, so what they are measured by is worked out from all buyers at once
//! ([`Everybody::measure`]) and then stands still ([`Yardstick`]) until it is worked out again.
//!
//! **Invariant:** a score, a group and a stage are functions of the orders, the yardstick and the
//! instant; of each it is known when time alone makes it another one.

mod cut;
mod group;
mod measure;
mod purchase;
mod stage;
#[cfg(test)]
pub(crate) mod tests;

pub use cut::{BUYERS_LEAST, Cuts, Figures, SCORE_MOST, Scores};
pub use group::Group;
pub use measure::{Cell, Everybody, Lack, Lacking, MOVED_DAYS, Measure, Move, Moves, Tally};
pub(crate) use purchase::DAY_MICROS;
pub use purchase::{Bought, Purchase, Purchases, days_after, days_between};
pub use stage::{Limits, OwnLimits, Pace, Stage};

use serde::{Deserialize, Serialize};

/// What buyers are measured by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Yardstick {
    /// Where scores begin; nothing while there are too few buyers.
    pub cuts: Option<Cuts>,
    /// After how long a silence one is late, or gone; nothing while too few have come again.
    pub limits: Option<Limits>,
}
