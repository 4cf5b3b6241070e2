//! The stylesheet, the script and the icon of the console: embedded, never from elsewhere.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

pub(super) const STYLE_PATH: &str = "/assets/console.css";
pub(super) const SCRIPT_PATH: &str = "/assets/console.js";

const STYLE: &str = concat!(
    include_str!("../ui/style/tokens.css"),
    include_str!("../ui/style/base.css"),
    include_str!("../ui/style/parts.css"),
    include_str!("../ui/style/form.css"),
    include_str!("../ui/style/table.css"),
    include_str!("../ui/style/person.css"),
);
const SCRIPT: &str = include_str!("../ui/console.js");
const ICON: &str = include_str!("../ui/icon.svg");

pub(super) async fn style(headers: HeaderMap) -> Response {
    embedded(&headers, STYLE, "text/css; charset=utf-8")
}

pub(super) async fn script(headers: HeaderMap) -> Response {
    embedded(&headers, SCRIPT, "text/javascript; charset=utf-8")
}

pub(super) async fn icon(headers: HeaderMap) -> Response {
    embedded(&headers, ICON, "image/svg+xml")
}

/// Revalidated each time, so that a new version shows at once and an unchanged one costs 304.
fn embedded(asked: &HeaderMap, text: &'static str, kind: &'static str) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(text.as_bytes()).to_hex()[..16]);
    let known = asked
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| *known == *tag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        text.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
