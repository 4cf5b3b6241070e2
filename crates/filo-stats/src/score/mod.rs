//! What people answer when they are asked how it was, and how sure that is of few answers.
//!
//! **Invariant:** an interval stays within the scale and contains what was found.

mod recommending;
mod scale;
#[cfg(test)]
mod tests;

pub use recommending::{Apart, Recommending};
pub use scale::{Mean, mean, top};

/// With fewer answers nothing should be said, with an interval or without.
pub const ANSWERS_LEAST: usize = 10;
/// Of fewer answers in each period one should speak of no trend.
pub const TREND_LEAST: usize = 30;
