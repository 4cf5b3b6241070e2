//! Questions in SQL: the desk with the views beside it, answers as a table or a file, and
//! questions that are saved.
//!
//! **Invariant:** what was asked is on the page that answers it and nowhere else, unless somebody
//! saves it: no address and no list holds it.

mod answer;
mod desk;
mod refused;
mod run;
mod saved;

use axum::Router;
use axum::routing::{get, post};
use filo_app::App;

/// Addresses of questions.
#[rustfmt::skip]
pub(in crate::console) fn routes() -> Router<App> {
    Router::new()
        .route("/analysis/sql",                       get(run::show).post(run::run))
        .route("/saved-queries",                      post(saved::create))
        .route("/saved-queries/{id}",                 post(saved::change))
        .route("/saved-queries/{id}/removal",         post(saved::remove))
        .route("/saved-queries/{id}/restoring",       post(saved::restore))
}
