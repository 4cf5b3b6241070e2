//! The faces put together.

use axum::Router;
use filo_app::App;

use crate::{api, console, ingest, profile_api};

/// Every address of the product, for the server and for tests in process.
///
/// Ingestion is merged bare: its routes carry their own limits and nothing else, because they
/// answer a hundred thousand events a second.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(ingest::routes())
        .merge(api::routes(&app))
        .merge(profile_api::routes())
        .merge(console::routes(&app))
        .with_state(app)
}
