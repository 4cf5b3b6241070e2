//! The only SQL of Filo: the log, the state tables and the settings, on SQLite and PostgreSQL.
//!
//! **Invariant:** a [`Tx`] is bound to one workspace (its SQLite folder, its PostgreSQL
//! schema), so no table has a workspace column and no query can reach another workspace.
//!
//! **Invariant:** what a function here reports as done is on disk (SQLite `synchronous=FULL`,
//! PostgreSQL `synchronous_commit=on`); every failure comes back as an [`Error`].

pub mod bulk_act;
pub mod customer;
pub mod idempotency;
pub mod identity;
pub mod incident;
pub mod key;
pub mod lake_file;
pub mod lease;
pub mod log;
pub mod position;
pub mod quarantine;
pub mod setting;
pub mod source;

mod db;
mod error;
mod folder;
mod migration;
mod postgres;
mod sqlite;
mod tx;
mod value;

pub use db::{Db, Location, Options, Sizes};
pub use error::{Error, Result};
pub use folder::free_bytes;
pub use tx::Tx;
