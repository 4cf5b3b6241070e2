//! The only SQL of Filo: the log, the state tables and the settings, on SQLite and PostgreSQL.
//!
//! **Invariant:** a [`Tx`] is bound to one workspace (its SQLite folder, its PostgreSQL
//! schema), so no table has a workspace column and no query can reach another workspace.
//!
//! **Invariant:** what a function here reports as done is on disk (SQLite `synchronous=FULL`,
//! PostgreSQL `synchronous_commit=on`); every failure comes back as an [`Error`].

pub mod alert;
pub mod annotation;
pub mod approval;
pub mod audience;
pub mod audit;
pub mod bulk_act;
pub mod buyer_day;
pub mod computed_trait;
pub mod confirmation;
pub mod cost;
pub mod customer;
pub mod customer_list;
pub mod data_request;
pub mod duplicate;
pub mod erasure;
pub mod idempotency;
pub mod identity;
pub mod import_run;
pub mod incident;
pub mod invite;
pub mod job;
pub mod journey;
pub mod key;
pub mod lake_file;
pub mod lease;
pub mod log;
pub mod mail_return;
pub mod message;
pub mod monday;
pub mod pace;
pub mod persona;
pub mod piece;
pub mod portable;
pub mod position;
pub mod promotion;
pub mod quality;
pub mod quarantine;
pub mod rehearsal;
pub mod retention_run;
pub mod return_box;
pub mod saved_query;
pub mod sealed_secret;
pub mod segment;
pub mod session;
pub mod setting;
pub mod sign_on;
pub mod source;
pub mod source_hour;
pub mod standing;
pub mod suppression;
pub mod task;
pub mod tracking;
pub mod user;
pub mod warm_up;
pub mod web_push;
pub mod webhook;
pub mod webhook_delivery;
pub mod wording;

mod db;
mod error;
mod folder;
mod migration;
mod postgres;
mod sqlite;
mod target;
mod tx;
mod value;
mod wal;

pub use db::{Db, Location, Options, Sizes};
pub use error::{Error, Result};
pub use folder::free_bytes;
pub use target::{drop_schema, is_empty, put_schema_in_place};
pub use tx::Tx;
