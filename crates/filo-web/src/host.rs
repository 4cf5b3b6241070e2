//! Host names: where the pages for customers have one of their own, each face answers on its own.
//!
//! **Invariant:** with `public_pages_url`, no page or answer for the company leaves under the
//! customers' host name, and no page for customers under the company's.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use filo_app::App;
use http::{HeaderMap, StatusCode, Uri, header};

/// For the console and the API: nothing is here under the customers' host name.
pub(crate) async fn company_only(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_customers(&app, &request) == Some(true) {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(request).await
}

/// For the pages for customers: nothing is here under any other host name.
pub(crate) async fn customers_only(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    if is_customers(&app, &request) == Some(false) {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(request).await
}

/// Whether a request came to the customers' host name; nothing if they have none of their own.
fn is_customers(app: &App, request: &Request) -> Option<bool> {
    let url = app.config().public_pages_url.as_deref()?;
    let own = authority(url);
    let asked = host(request.headers(), request.uri());
    Some(asked.is_some_and(|asked| same(&asked, own)))
}

/// What stands between the scheme and the path.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let header = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    header
        .or_else(|| uri.authority().map(http::uri::Authority::as_str))
        .map(str::to_owned)
}

/// Host names in any case, with or without the port that everybody uses.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let lower = text.trim_end_matches('.').to_ascii_lowercase();
        let without = lower
            .strip_suffix(":443")
            .or_else(|| lower.strip_suffix(":80"));
        without.unwrap_or(&lower).to_owned()
    };
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_compared_as_browsers_write_them() {
        assert_eq!(
            authority("https://scelte.bar.example/x"),
            "scelte.bar.example"
        );
        assert!(same("Scelte.Bar.example", "scelte.bar.example"));
        assert!(same("scelte.bar.example:443", "scelte.bar.example"));
        assert!(!same("scelte.bar.example:8080", "scelte.bar.example"));
        assert!(!same("bar.example", "scelte.bar.example"));
        assert!(!same(
            "scelte.bar.example.evil.example",
            "scelte.bar.example"
        ));
    }
}
