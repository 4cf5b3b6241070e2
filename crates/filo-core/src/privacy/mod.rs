//! What a person may ask of whoever keeps their data: where it is, a copy of it, an end of it.

pub mod inventory;
mod tombstone;

pub use tombstone::{Buried, door};
