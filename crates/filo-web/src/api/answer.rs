//! Answers of the API: JSON written once, straight into its bytes.

use std::fmt::Display;

use axum::response::{IntoResponse, Response};
use filo_core::event::Trust;
use http::{HeaderValue, StatusCode, header};
use serde::{Serialize, Serializer};

use crate::problem::Problem;

/// What a handler of the API gives.
pub(crate) type Answer = Result<Response, Problem>;

/// Most answers are a customer, which is about this long.
const USUAL_BYTES: usize = 2048;

/// 200 with a document.
pub(crate) fn ok<T: Serialize>(document: &T) -> Answer {
    json(StatusCode::OK, document)
}

/// 201 with a document.
pub(crate) fn created<T: Serialize>(document: &T) -> Answer {
    json(StatusCode::CREATED, document)
}

/// 204.
pub(crate) fn done() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn json<T: Serialize>(status: StatusCode, document: &T) -> Answer {
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    serde_json::to_writer(&mut bytes, document)
        .map_err(anyhow::Error::from)
        .map_err(filo_app::Error::from)?;
    let mut response = Response::new(bytes.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    Ok(response)
}

/// An id or instant as its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<T>(pub(crate) T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The word of a trust.
pub(crate) const fn trust_word(trust: Trust) -> &'static str {
    match trust {
        Trust::Claimed => "claimed",
        Trust::Verified => "verified",
        Trust::Staff => "staff",
    }
}
