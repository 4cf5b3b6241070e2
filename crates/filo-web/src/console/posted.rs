//! A form that was sent: the one way to change something from the console.
//!
//! **Invariant:** no form is obeyed that another site could have sent: the browser must not say
//! it came from elsewhere, and it must carry the token of the session.

use axum::RequestExt;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use filo_app::App;
use http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::session;
use super::session::{Session, form_token};
use crate::right::Power;

/// A form of type `T` from a session with the power `P`.
#[derive(Debug)]
pub(super) struct Posted<P, T> {
    pub(super) session: Session<P>,
    pub(super) form: T,
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

impl<P: Power, T: DeserializeOwned> FromRequest<App> for Posted<P, T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let session = Session::<P>::from_request_parts(&mut parts, app).await?;
        if !is_same_origin(&parts.headers) {
            return Err(Failure::Elsewhere.into_response());
        }
        let headers = parts.headers.clone();
        let bytes = read(Request::from_parts(parts, body)).await?;
        let token =
            parse::<Token>(&bytes).map_err(|_no_token| Failure::Elsewhere.into_response())?;
        if !is_from_own_form(app, &headers, &token.token) {
            return Err(Failure::Elsewhere.into_response());
        }
        let form = parse(&bytes).map_err(IntoResponse::into_response)?;
        Ok(Self { session, form })
    }
}

/// Whether a form comes from a page of ours that this session was shown.
pub(super) fn is_from_own_form(app: &App, headers: &HeaderMap, token: &str) -> bool {
    let key = session::session_text(app, headers).unwrap_or_default();
    let expected = form_token(key);
    // Comparing hashes takes the same time wherever they differ.
    let is_own = blake3::Hash::from_hex(token).is_ok_and(|given| given == expected);
    is_own && is_same_origin(headers)
}

/// A form without a session: logging in.
#[derive(Debug)]
pub(super) struct Knock<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<App> for Knock<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _app: &App) -> Result<Self, Response> {
        if !is_same_origin(request.headers()) {
            return Err(Failure::Elsewhere.into_response());
        }
        let bytes = read(request).await?;
        parse(&bytes).map(Self).map_err(IntoResponse::into_response)
    }
}

async fn read(request: Request) -> Result<Bytes, Response> {
    request.extract::<Bytes, _>().await.map_err(|rejection| {
        Failure::Unreadable {
            too_large: rejection.status().as_u16() == 413,
        }
        .into_response()
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    serde_urlencoded::from_bytes(bytes)
        .map_err(|_wrong_field| Failure::Unreadable { too_large: false })
}

/// What browsers say about where a request comes from. A client that says nothing is not a
/// browser, and the token still has to be right.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &http::HeaderValue| value.to_str().ok())
    };
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else {
        return true;
    };
    let host = text(header::HOST.as_str());
    let after_scheme = origin.split_once("://").map(|(_, after)| after);
    after_scheme.is_some() && after_scheme == host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pairs: &[(&'static str, &'static str)], expected: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, http::HeaderValue::from_static(value));
        }
        assert_eq!(is_same_origin(&headers), expected, "{pairs:?}");
    }

    #[test]
    fn forms_from_elsewhere_are_seen() {
        check(&[], true);
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(
            &[
                ("origin", "http://127.0.0.1:8080"),
                ("host", "127.0.0.1:8080"),
            ],
            true,
        );
        check(
            &[("origin", "https://evil.example"), ("host", "filo.example")],
            false,
        );
        check(&[("origin", "null"), ("host", "filo.example")], false);
        check(&[("origin", "https://filo.example")], false);
    }
}
