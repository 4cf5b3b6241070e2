//! Ingestion over HTTP: Segment's tracking API, GA4's Measurement Protocol and CloudEvents.
//!
//! **Invariant:** 200 means on disk. Whatever a client of another make sends, it gets the answer
//! it understands, and what cannot be an event waits in quarantine with the reason.

mod again;
mod answer;
mod body;
mod cloud_events;
mod delivery;
mod field;
mod ga4;
mod key;
mod message;
mod object_text;
pub(crate) mod origin;
mod pixel;
mod route;
mod segment;
mod settings;
mod site;
mod taking;
#[cfg(test)]
mod tests;
mod web_push;
mod wire;

pub use again::reparse;
pub(crate) use pixel::DOT;
pub use route::routes;
