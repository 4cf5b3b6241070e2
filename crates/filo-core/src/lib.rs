//! Nouns and decisions of Filo. Pure: no I/O, no async, no clock, no chance.
#![warn(missing_docs)]

pub mod access;
pub mod analysis;
mod as_text;
pub mod audience;
pub mod audit;
pub mod buyer;
pub mod channel;
pub mod company;
pub mod consent;
pub mod content;
pub mod cost;
pub mod duplicate;
pub mod event;
pub mod id;
pub mod identity;
pub mod impact;
pub mod intake;
pub mod journey;
mod json;
pub mod mail;
pub mod message;
pub mod monday;
pub mod money;
pub mod persona;
pub mod privacy;
pub mod profile;
pub mod quality;
pub mod segment;
pub mod semantic;
pub mod time;
pub mod tracking;
pub mod webhook;
