//! What is true of all that customers do: the ways on which they come to buy, where these are
//! lost, who returns, when the same is bought again, what they are worth, and who is leaving.
//!
//! **Invariant:** what is read of somebody does not depend on the order in which their events and
//! threads are taken in, nor on how often.

pub mod alert;
pub mod annotation;
mod basket;
mod buyer;
mod cohort;
mod credit;
mod flow;
pub mod foresight;
pub mod leaving;
pub mod metric;
mod period;
mod reorder;
mod report;
mod touchpoint;
mod trail;
mod trails;
mod way;
pub mod worth;

#[cfg(test)]
mod tests;

pub use basket::{Baskets, Product};
pub use buyer::{Buyer, OrderTrail, Seen};
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
pub use trails::{Trails, by_customer};
pub use way::{Ended, LOOKBACK_DAYS, LOOKBACK_DAYS_MOST, Question, TOUCHES_MOST, Way, Which};
