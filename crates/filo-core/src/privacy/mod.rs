//! What a person may ask of whoever keeps their data: where it is, a copy of it, an end of it; and
//! how long it is kept if nobody asks.

pub mod data_request;
pub mod inventory;
pub mod retention;
mod tombstone;

pub use tombstone::{Buried, door};
