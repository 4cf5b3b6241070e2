//! Links and pictures of mails: whoever comes is led on at once.
//!
//! **Invariant:** a link leads where its mail led or nowhere; what is no link of ours is answered
//! like every other page that there is not, and the picture is always the same.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use filo_app::App;
use filo_app::tracking::Follower;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::{BROWSER_CHARS_MOST, failed, unknown};
use crate::ingest;

pub(super) async fn follow(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    match app.follow_link(&token, &follower(&parts)).await {
        Ok(Some(url)) => led_to(&url).unwrap_or_else(|| unknown(&app, &parts)),
        Ok(None) => unknown(&app, &parts),
        Err(error) => failed(&app, &parts, &error),
    }
}

pub(super) async fn open(
    State(app): State<App>,
    Path(name): Path<String>,
    parts: Parts,
) -> Response {
    let token = name.strip_suffix(".gif").unwrap_or(&name);
    if let Err(error) = app.see_open(token, &follower(&parts)).await {
        tracing::error!(error = format!("{error:#}"), "an open could not be read");
    }
    let headers = [
        (header::CONTENT_TYPE, "image/gif"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, ingest::DOT).into_response()
}

fn led_to(url: &str) -> Option<Response> {
    let location = HeaderValue::from_str(&spelled(url)).ok()?;
    Some((StatusCode::FOUND, [(header::LOCATION, location)]).into_response())
}

/// An address in the letters of a header; browsers read the rest the same.
fn spelled(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn follower(parts: &Parts) -> Follower {
    let text = |name: &str| header_of(&parts.headers, name);
    let is_prefetch = |name: &str| {
        let value = text(name).to_ascii_lowercase();
        value.contains("prefetch") || value.contains("prerender") || value.contains("preview")
    };
    let names = ["sec-purpose", "purpose", "x-purpose", "x-moz"];
    Follower {
        user_agent: text("user-agent")
            .chars()
            .take(BROWSER_CHARS_MOST)
            .collect(),
        address: ingest::origin::sender(&parts.headers, &parts.extensions),
        refuses: text("sec-gpc") == "1" || text("dnt") == "1",
        is_ahead: parts.method == Method::HEAD || names.into_iter().any(is_prefetch),
    }
}

fn header_of<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}
