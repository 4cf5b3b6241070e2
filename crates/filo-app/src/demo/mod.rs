//! `filo demo`: an invented Italian coffee roaster with its customers, to look around in.
//!
//! **Invariant:** the same seed, end and number of people give the same customers. The workspace
//! says that it is a demo before the first invented event is in it, and nothing invented is ever
//! put into one that is not.

mod agents;
mod bars;
mod body;
mod calendar;
mod cast;
mod company;
mod draft;
mod draw;
mod filling;
mod letters;
mod names;
mod online;
mod pen;
mod person;
mod relations;
mod slips;
mod standing;
mod stories;
mod tale;
mod telephone;
mod truth;
mod voices;

pub use cast::NAMED;
pub use filling::{Filled, Progress};
pub use standing::{Standing, Wish, prepare};
pub use truth::Truth;

pub(crate) use standing::is_demo;
