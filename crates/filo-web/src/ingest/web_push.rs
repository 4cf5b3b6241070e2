//! Browsers that sites bring to be asked for notifications, and the script that shows them.
//!
//! **Invariant (I16):** what comes here with a public key asks a browser and gives nothing: the
//! yes is the browser's own answer.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use filo_app::App;
use filo_app::channel::BrowserAsked;
use http::request::Parts;
use http::{StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{answer, key, origin, settings};
use crate::problem::Problem;

/// Of a subscription and where it was asked.
pub(super) const BYTES_MOST: usize = 16 << 10;
/// Letters of a page's address, a browser's name and the like that are kept as proof.
const TEXT_CHARS_MOST: usize = 300;

/// What a site says of a browser.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Brought {
    #[serde(default)]
    write_key: String,
    #[serde(default)]
    anonymous_id: String,
    #[serde(default)]
    subscription: Value,
    #[serde(default)]
    purpose: Option<String>,
    #[serde(default)]
    wording: Option<String>,
    #[serde(default)]
    context: Value,
}

fn read(body: &[u8]) -> Result<Brought, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        let (title, hint) = (
            "The body cannot be read",
            format!("is not as it must be: {error}"),
        );
        Problem::new(StatusCode::BAD_REQUEST, "broken_json", title, hint)
    })
}

/// The key to which a browser ties its subscription.
pub(super) async fn public_key(
    State(app): State<App>,
    Path(written): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    key::known(&app, &headers, &written)?;
    let public = app.web_push_key().await?;
    let public = public.ok_or_else(|| Problem::missing("channel"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, json!({ "key": public }).to_string()).into_response())
}

/// Takes a browser that is to be asked.
pub(super) async fn ask(
    State(app): State<App>,
    parts: Parts,
    body: Bytes,
) -> Result<Response, Problem> {
    let brought = read(&body)?;
    let known = key::known(&app, &parts.headers, &brought.write_key)?;
    let asked = BrowserAsked {
        subscription: &brought.subscription.to_string(),
        anonymous_id: &brought.anonymous_id,
        purpose: brought.purpose.as_deref().unwrap_or_default(),
        wording: brought.wording.as_deref().unwrap_or_default(),
        context: context(&parts, &brought.context),
        source: known.source,
    };
    app.ask_browser(asked).await?;
    Ok((StatusCode::ACCEPTED, answer::success()).into_response())
}

/// The browser wants no more. The answer is the same whether it was known.
pub(super) async fn end(
    State(app): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let brought = read(&body)?;
    key::known(&app, &headers, &brought.write_key)?;
    app.end_browser(&brought.subscription.to_string()).await?;
    Ok(answer::success())
}

/// The script that a site's service worker loads.
pub(super) async fn script(headers: HeaderMap) -> Response {
    settings::built("push.js", &headers)
}

/// From where the browser was asked, as the context of an event has it.
fn context(parts: &Parts, said: &Value) -> Value {
    let text = |value: &Value| -> String {
        let text = value.as_str().unwrap_or_default();
        text.chars().take(TEXT_CHARS_MOST).collect()
    };
    let browser = parts.headers.get(header::USER_AGENT);
    let browser = browser.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let browser: String = browser.chars().take(TEXT_CHARS_MOST).collect();
    let page = &said["page"];
    let mut context = json!({
        "userAgent": browser, "locale": text(&said["locale"]),
        "page": { "url": text(&page["url"]), "title": text(&page["title"]), "path": text(&page["path"]) },
    });
    if let Some(ip) = origin::address(&parts.headers, &parts.extensions) {
        context["ip"] = ip.to_string().into();
    }
    context
}
