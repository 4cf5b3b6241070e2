//! Notes beside figures: the list, writing and changing them, and drawing them on charts.

mod beside;
mod form;
mod list;

use axum::Router;
use axum::routing::{get, post};
use filo_app::App;

pub(super) use beside::{days_back, label, near, notes, told};

/// Addresses of notes.
#[rustfmt::skip]
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/annotations",                        get(list::show).post(form::create))
        .route("/annotations/{id}",                   get(form::edit).post(form::change))
        .route("/annotations/{id}/removal",           post(form::remove))
        .route("/annotations/{id}/restoring",         post(form::restore))
}
