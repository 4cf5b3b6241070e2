//! What watched figures told, and the rules by which they are watched.

mod list;
mod rule;
mod told;

use axum::Router;
use axum::routing::{get, post};
use filo_app::App;

pub(crate) use told::sentence;
pub(super) use told::{days_of, headline, reasons};

/// Addresses of alerts and of their rules.
#[rustfmt::skip]
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/alerts",                             get(list::show))
        .route("/alerts/{id}/dismissal",              post(list::dismiss))
        .route("/alerts/{id}/taking-up",              post(list::take_up))
        .route("/alert-rules",                        get(rule::list).post(rule::create))
        .route("/alert-rules/{id}",                   get(rule::edit).post(rule::change))
        .route("/alert-rules/{id}/removal",           post(rule::remove))
        .route("/alert-rules/{id}/restoring",         post(rule::restore))
}
