//! The behaviours of the product, each against the whole program in process.
//!
//! `FILO_TEST_DB=postgres://…` runs the same on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod account;
mod audit;
mod backpressure;
mod backup;
mod buyer;
mod by_trait;
mod company;
mod computed_console;
mod computed_trait;
mod conformance;
mod consent;
mod consent_ledger;
mod customer;
mod data_request;
mod data_request_console;
mod demo;
mod duplicate;
mod feed;
mod formats;
mod hostile;
mod identity;
mod import;
mod import_console;
mod import_file;
mod import_run;
mod import_subject;
mod lake;
mod meaning;
mod old_schema;
mod origin;
mod past_holes;
mod people;
mod persona;
mod powerless;
mod privacy;
mod profile_api;
mod public_pages;
mod quality;
mod quality_console;
mod quality_load;
mod quarantine;
mod recovery;
mod register;
mod retention;
mod rule;
mod segment;
mod segment_console;
mod segment_preview;
mod segment_webhook;
mod served;
mod sign_on;
mod source;
mod suppression;
mod vault;
mod webhook;
mod webhook_load;
mod webhook_topics;
