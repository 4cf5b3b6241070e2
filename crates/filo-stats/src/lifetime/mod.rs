//! How often something will still be repeated by each of many that may have stopped for good
//! without telling, and what each time is worth.
//!
//! Times are in any unit, the same for all.
//!
//! **Invariant:** what is expected is never negative, and the chance of going on lies within 0–1.

mod alike;
pub mod amounts;
pub mod fitted;
pub mod fitting;
pub mod repeats;
pub mod worth;

pub use amounts::{Amounts, Spent};
pub use fitted::Fitted;
pub use fitting::{Prior, Unfit, fit};
pub use repeats::{History, Process, Repeats};
pub use worth::{Periods, worth};

#[cfg(test)]
mod tests;
