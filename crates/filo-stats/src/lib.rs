//! Mathematics with its sources: numbers in, numbers out, no word of the trade.
//!
//! **Invariant:** every formula names where it was published and is tested against a published
//! number; an input that has no answer gives `None`, never `NaN`.
#![warn(missing_docs)]

pub mod attribution;
pub mod clustering;
pub mod cohort;
pub mod contrast;
pub mod drift;
pub mod experiment;
pub mod lifetime;
pub mod linkage;
pub mod medians;
pub mod paths;
pub mod proportion;
pub mod quantile;
pub mod quintile;
pub mod random;
pub mod rate;
pub mod rhythm;
pub mod score;
pub mod survival;
pub mod text;
pub mod uplift;

mod counting;
mod newton;
mod special;
mod tail;

#[cfg(test)]
mod cdnow_tests;
#[cfg(test)]
mod path_tests;
