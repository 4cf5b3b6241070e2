//! The faces put together.

use axum::Router;
use axum::middleware::from_fn_with_state;
use filo_app::App;

use crate::{api, console, headers, host, ingest, profile_api, public};

/// Every address of the product, for the server and for tests in process.
///
/// Ingestion is merged bare: its routes carry their own limits and nothing else, because they
/// answer a hundred thousand events a second.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(api::routes(&app))
        .merge(profile_api::routes())
        .merge(console::routes(&app))
        .layer(from_fn_with_state(app.clone(), host::company_only))
        .merge(public::routes(&app).layer(from_fn_with_state(app.clone(), host::customers_only)))
        .layer(from_fn_with_state(app.clone(), headers::guard))
        .merge(ingest::routes())
        .with_state(app)
}
