//! What pages say of messages on the site, over the sealed links that came with them.
//!
//! **Invariant:** the answer is the same whatever came, and nothing but a POST changes anything.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use filo_app::App;
use filo_app::channel::Report;
use filo_app::consent::Link;
use http::StatusCode;

use super::link_of;

pub(super) async fn hear(
    State(app): State<App>,
    Path(token): Path<String>,
    body: Bytes,
) -> Response {
    let word = std::str::from_utf8(&body).unwrap_or_default().trim();
    let told = match (link_of(&app, &token).await, Report::from_word(word)) {
        (Some(Link::SiteReport { message }), Some(report)) => {
            app.take_site_report(message, report).await
        }
        _ => Ok(()),
    };
    if let Err(error) = told {
        let error = format!("{error:#}");
        tracing::error!(error, "what a page said could not be written down");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    StatusCode::NO_CONTENT.into_response()
}
