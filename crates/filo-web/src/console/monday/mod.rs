//! The Monday page in the console, how one gets it by mail, and the letter itself.

mod letter;
mod page;
mod reading;

use axum::Router;
use axum::routing::{get, post};
use filo_app::App;

pub use letter::write;
pub(super) use reading::card;

/// Addresses of the page and of who gets it.
#[rustfmt::skip]
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/monday",                             get(page::show))
        .route("/account/monday",                     post(reading::subscribe))
        .route("/account/monday/test",                post(reading::test))
}
