//! What is true of how customers come to buy and come back: the ways on which they do, where these
//! are lost, who returns, and when the same is bought again.
//!
//! **Invariant:** what is read of somebody does not depend on the order in which their events and
//! threads are taken in, nor on how often.

mod basket;
mod cohort;
mod credit;
mod flow;
mod period;
mod reorder;
mod report;
mod touchpoint;
mod trail;
mod way;

#[cfg(test)]
mod tests;

pub use basket::{Baskets, Product};
pub use cohort::{Cell, Cohort, Cohorts, in_cohort};
pub use credit::{Credited, Credits, METHODS, Method};
pub use flow::{Flow, Hop, Place, Step};
pub use period::{PERIODS, PERIODS_MOST, Periods, Unit};
pub use reorder::{
    PRODUCTS_MOST, REPEATS_LEAST, Reorder, ReorderLine, Rhythm, Shelf, ShelfPerson, Who,
};
pub use report::{
    FirstOrder, Quartiles, SEQUENCES_MOST, Sequence, Touched, Ways, sequences_of, ways_of,
};
pub use touchpoint::{Count, Finding, Touchpoint, touchpoints};
pub use trail::{Trail, VISIT_GAP_SECONDS, Visit};
pub use way::{Ended, LOOKBACK_DAYS, LOOKBACK_DAYS_MOST, Question, TOUCHES_MOST, Way, Which};
