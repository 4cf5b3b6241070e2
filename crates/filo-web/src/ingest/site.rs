//! What a page has to show to whoever looks at it, and the script that shows it.
//!
//! **Invariant (I16):** the answer to a public key says nothing of anybody but what is meant for the
//! very browser that asks; it is kept nowhere on its way, and is empty for all others.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use filo_app::App;
use filo_app::channel::Visit;
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;

use super::{answer, key, settings};
use crate::problem::Problem;

/// Who asks.
pub(super) const BYTES_MOST: usize = 4 << 10;
const KEPT_NOWHERE: (header::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// What a page says of whoever looks at it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    #[serde(default)]
    write_key: String,
    #[serde(default)]
    anonymous_id: String,
    #[serde(default)]
    user_id: Option<String>,
    #[serde(default)]
    proof: Option<String>,
    #[serde(default)]
    test: Option<String>,
}

/// Tells a page what it has to show: 204 if nothing.
pub(super) async fn messages(
    State(app): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let asked: Asked = serde_json::from_slice(&body).map_err(|error| {
        let hint = format!("is not as it must be: {error}");
        let title = "The body cannot be read";
        Problem::new(StatusCode::BAD_REQUEST, "broken_json", title, hint)
    })?;
    let known = key::known(&app, &headers, &asked.write_key)?;
    // Who asks takes a place like who sends.
    let _place = app.admit(body.len()).map_err(answer::busy)?;
    app.count_visit(known.source)?;
    let visit = Visit {
        anonymous_id: &asked.anonymous_id,
        user_id: asked.user_id.as_deref().unwrap_or_default(),
        proof: asked.proof.as_deref().unwrap_or_default(),
        test: asked.test.as_deref().unwrap_or_default(),
    };
    let Some(message) = app.message_for(visit).await? else {
        return Ok((StatusCode::NO_CONTENT, [KEPT_NOWHERE]).into_response());
    };
    let json = HeaderValue::from_static("application/json");
    let headers = [(header::CONTENT_TYPE, json), KEPT_NOWHERE];
    Ok((headers, message.0.to_string()).into_response())
}

/// The script that shows messages.
pub(super) async fn script(headers: HeaderMap) -> Response {
    settings::built("messages.js", &headers)
}
