//! Nouns and decisions of Filo. Pure: no I/O, no async, no clock, no chance.
#![warn(missing_docs)]

pub mod event;
pub mod id;
pub mod identity;
pub mod time;
