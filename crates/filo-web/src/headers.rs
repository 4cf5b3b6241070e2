//! What every answer of the API and the console says to browsers, whoever made it.
//!
//! **Invariant:** no answer to somebody of the company is kept by a cache, framed, sniffed for
//! another type, or named as where a visitor came from.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use filo_app::App;
use http::{HeaderName, HeaderValue, header};

/// For what is no page: JSON, problems, redirects. A page has set its own before.
const NOTHING_LOADS: &str = "default-src 'none'; frame-ancestors 'none'";
/// A year, as lists of browsers ask.
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(NOTHING_LOADS),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Adds what the answer does not say itself.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    if app.config().public_url.starts_with("https://") {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
    response
}
