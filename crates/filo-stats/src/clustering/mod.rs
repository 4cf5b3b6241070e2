//! Groups of rows that resemble each other, how many of them there are, and whether they would be
//! found again.
//!
//! **Invariant:** the same rows in the same order with the same seed give the same groups on every
//! machine; the caller brings the rows in the order of their ids.

mod axes;
pub mod choice;
pub mod gap;
pub mod nearest;
pub mod partition;
pub mod rows;
pub mod seeding;
pub mod silhouette;
pub mod stability;

pub use choice::{Choice, Effort, Level, Shortage, choose};
pub use gap::{Gap, gaps};
pub use nearest::nearest;
pub use partition::{Partition, Search, cluster, lloyd};
pub use rows::{Column, Rows};
pub use silhouette::silhouette;
pub use stability::stability;

#[cfg(test)]
mod tests;
