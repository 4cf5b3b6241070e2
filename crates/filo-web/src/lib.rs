//! The faces of Filo: ingestion, JSON API, console. No logic of its own: a handler takes its
//! arguments, asks the app, and answers.
//!
//! **Invariant:** nothing here decides about a customer; everything that changes something goes
//! through one function of the app.

mod addressing;
mod api;
mod clicks;
mod console;
mod cost;
mod csv;
mod dossier;
mod findings;
mod headers;
mod host;
mod i18n;
pub mod ingest;
mod mend;
mod narrowing;
mod passing;
mod piped;
mod problem;
mod profile_api;
mod public;
mod repair;
mod right;
mod route;
mod sentence;
mod server;
mod sql_view;
mod ui;
mod verdict;

pub use console::write_monday;
pub use route::router;
pub use server::{Limits, serve, serve_router};
