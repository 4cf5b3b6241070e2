//! What is true of how the channels work together: the ways on which customers come to buy.
//!
//! **Invariant:** what is read of somebody does not depend on the order in which their events and
//! threads are taken in, nor on how often.

mod credit;
mod report;
mod trail;
mod way;

#[cfg(test)]
mod tests;

pub use credit::{Credited, Credits, METHODS, Method};
pub use report::{FirstOrder, Quartiles, SEQUENCES_MOST, Sequence, Touched, Ways, ways_of};
pub use trail::{Trail, VISIT_GAP_SECONDS, Visit};
pub use way::{Ended, LOOKBACK_DAYS, LOOKBACK_DAYS_MOST, Question, TOUCHES_MOST, Way, Which};
