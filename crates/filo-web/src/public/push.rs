//! What browsers say of notifications, over the sealed links that came with them.
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

/// The word by which a browser answers the first one.
const YES: &str = "yes";

pub(super) async fn hear(
    State(app): State<App>,
    Path(token): Path<String>,
    body: Bytes,
) -> Response {
    let word = std::str::from_utf8(&body).unwrap_or_default().trim();
    let told = match link_of(&app, &token).await {
        Some(Link::PushYes { node }) if word == YES => app.take_browser_yes(node).await,
        Some(Link::PushRenewal { node }) => app.renew_browser(node, word).await,
        Some(Link::PushReport { message }) => match Report::from_word(word) {
            Some(report) => app.take_report(message, report).await,
            None => Ok(()),
        },
        Some(_) | None => Ok(()),
    };
    if let Err(error) = told {
        let error = format!("{error:#}");
        tracing::error!(error, "what a browser said could not be written down");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    StatusCode::NO_CONTENT.into_response()
}
