//! The behaviours of the product, each against the whole program in process.
//!
//! `FILO_TEST_DB=postgres://…` runs the same on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backpressure;
mod conformance;
mod consent;
mod customer;
mod formats;
mod hostile;
mod identity;
mod import;
mod lake;
mod meaning;
mod people;
mod powerless;
mod profile_api;
mod quarantine;
mod recovery;
mod served;
