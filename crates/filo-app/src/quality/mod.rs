//! The quality of what is known: who is looked at and when, what people do about what is wrong,
//! and the figures.
//!
//! **Invariant:** no value changes by itself. A correction is an event by a person of the company,
//! and undoing it is another with the former value.

mod counted;
mod due;
mod figures;
mod looking;
mod mending;
mod reading;

pub(crate) use counted::Counted;
pub(crate) use due::{Due, may_be_somebody};
pub use mending::{IGNORED_MOST, Left, MENDED_MOST, Mended, Picked};
pub use reading::{FindingView, PersonQuality, QualityGroup, QualityView};
