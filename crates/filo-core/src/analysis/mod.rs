//! What is true of all that customers do: the ways on which they come to buy, what they are worth,
//! and who is leaving.
//!
//! **Invariant:** what is read of somebody does not depend on the order in which their events and
//! threads are taken in, nor on how often.

mod buyer;
mod credit;
pub mod foresight;
pub mod leaving;
mod report;
mod trail;
mod way;
pub mod worth;

#[cfg(test)]
mod tests;

pub use buyer::{Buyer, OrderTrail, Seen};
pub use credit::{Credited, Credits, METHODS, Method};
pub use report::{FirstOrder, Quartiles, SEQUENCES_MOST, Sequence, Touched, Ways, ways_of};
pub use trail::{Trail, VISIT_GAP_SECONDS, Visit};
pub use way::{Ended, LOOKBACK_DAYS, LOOKBACK_DAYS_MOST, Question, TOUCHES_MOST, Way, Which};
