//! What carriers of messages bring: how far messages came, and what people answered.
//!
//! **Invariant:** nothing is read of what is not signed with the account's own secret, and what is
//! brought twice counts once.

use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use filo_app::channel::{Heard, Hook};
use filo_app::{App, Error};
use filo_core::channel::Carrier;
use filo_core::message::Medium;
use http::request::Parts;
use http::{StatusCode, header};

/// Of a status or of what somebody wrote; carriers gather some.
pub(super) const BYTES_MOST: usize = 256 << 10;
/// What Twilio reads as: nothing is to be answered to whoever wrote.
const NO_ANSWER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

pub(super) async fn hear(
    State(app): State<App>,
    Path(medium): Path<String>,
    parts: Parts,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Some(medium) = Medium::from_word(&medium) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return rejection.status().into_response(),
    };
    let hook = Hook {
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body: &body,
    };
    match app.hear_channel(medium, hook).await {
        Ok(Heard::Read(carrier)) => seen(carrier),
        Ok(Heard::Unproved) => StatusCode::FORBIDDEN.into_response(),
        Ok(Heard::Nobody) => StatusCode::NOT_FOUND.into_response(),
        Err(Error::Busy(busy)) => {
            let wait = [(header::RETRY_AFTER, busy.retry_after_s.to_string())];
            (StatusCode::SERVICE_UNAVAILABLE, wait).into_response()
        }
        Err(error) => {
            let error = format!("{error:#}");
            tracing::error!(medium = medium.word(), error, "a carrier was not heard");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A carrier asks whether the address is ours.
pub(super) async fn challenge(
    State(app): State<App>,
    Path(medium): Path<String>,
    parts: Parts,
) -> Response {
    let Some(medium) = Medium::from_word(&medium) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let query = parts.uri.query().unwrap_or_default();
    match app.answer_challenge(medium, query).await {
        Ok(Some(challenge)) => {
            let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (kind, challenge).into_response()
        }
        Ok(None) => StatusCode::FORBIDDEN.into_response(),
        Err(error) => {
            let error = format!("{error:#}");
            tracing::error!(
                medium = medium.word(),
                error,
                "a challenge was not answered"
            );
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn seen(carrier: Carrier) -> Response {
    match carrier {
        Carrier::Twilio => {
            let kind = [(header::CONTENT_TYPE, "text/xml")];
            (kind, NO_ANSWER).into_response()
        }
        Carrier::WhatsappCloud
        | Carrier::Telegram
        | Carrier::Http
        | Carrier::WebPush
        | Carrier::Site => StatusCode::OK.into_response(),
    }
}
