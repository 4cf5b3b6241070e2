//! The answers and errors of the Profile API, in the shapes its clients parse.

use axum::response::{IntoResponse, Response};
use compact_str::CompactString;
use filo_app::{CustomerView, Error, IdentifierView};
use filo_core::event::Event;
use filo_core::profile::Membership;
use filo_core::time::Timestamp;
use http::{HeaderValue, StatusCode, header};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::cursor::CursorOut;
use super::segment_id;

/// An error: `{"error":{"code","message"}}`.
#[derive(Debug)]
pub(super) struct ErrorOut {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after_s: Option<u32>,
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: Inner<'a>,
}

#[derive(Serialize)]
struct Inner<'a> {
    code: &'a str,
    message: &'a str,
}

impl ErrorOut {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            retry_after_s: None,
        }
    }

    pub(super) fn unauthenticated() -> Self {
        let message = "give a key that may read as the user of Basic authentication";
        Self::new(StatusCode::UNAUTHORIZED, "authentication_error", message)
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "validation_error", message)
    }

    pub(super) fn bad_cursor() -> Self {
        Self::invalid("`next` must be that of an earlier answer")
    }

    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", message)
    }
}

impl From<Error> for ErrorOut {
    fn from(error: Error) -> Self {
        match error {
            Error::Missing(what) => Self::missing(format!("{what} not found")),
            // Of these only keys come here, which have nothing to confirm and no tries.
            Error::Forbidden(_) | Error::Lacks(_) | Error::Unconfirmed | Error::TooOften { .. } => {
                Self::unauthenticated()
            }
            Error::Conflict(why) => Self::invalid(why),
            // It takes no files.
            error @ Error::TooLarge { .. } => Self::invalid(error.to_string()),
            Error::Invalid { field, reason } => Self::invalid(format!("{field}: {reason}")),
            Error::Busy(busy) => Self {
                retry_after_s: Some(busy.retry_after_s),
                ..Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "rate_limit_error",
                    busy.to_string(),
                )
            },
            Error::Internal(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "a request of the profile API failed"
                );
                let message = "a fault of Filo; it has been logged";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", message)
            }
        }
    }
}

impl IntoResponse for ErrorOut {
    fn into_response(self) -> Response {
        let envelope = Envelope {
            error: Inner {
                code: self.code,
                message: &self.message,
            },
        };
        let mut response = (
            self.status,
            serde_json::to_vec(&envelope).unwrap_or_default(),
        )
            .into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let basic = HeaderValue::from_static("Basic realm=\"filo\"");
            headers.insert(header::WWW_AUTHENTICATE, basic);
        }
        response
    }
}

/// 200 with a document.
pub(super) fn json<T: Serialize>(document: &T) -> Result<Response, ErrorOut> {
    let bytes = serde_json::to_vec(document)
        .map_err(|error| ErrorOut::from(Error::Internal(error.into())))?;
    let kind = (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    let store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(([kind, store], bytes).into_response())
}

/// `{"traits":{…},"cursor":{…}}`.
#[derive(Debug, Serialize)]
pub(super) struct TraitsOut<'a> {
    pub(super) traits: Fields<'a>,
    pub(super) cursor: CursorOut<'a>,
}

/// Names with JSON values.
#[derive(Debug)]
pub(super) struct Fields<'a>(pub(super) &'a [(&'a str, CompactString)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.0 {
            if let Ok(raw) = serde_json::from_str::<&RawValue>(value) {
                map.serialize_entry(key, raw)?;
            }
        }
        map.end()
    }
}

/// `{"data":[…],"cursor":{…}}`.
#[derive(Debug, Serialize)]
pub(super) struct Listed<'a, T> {
    pub(super) data: Vec<T>,
    pub(super) cursor: CursorOut<'a>,
}

/// One identifier.
#[derive(Debug, Serialize)]
pub(super) struct ExternalId<'a> {
    collection: &'static str,
    id: &'a str,
    r#type: &'static str,
    created_at: String,
    encoding: &'static str,
}

impl<'a> ExternalId<'a> {
    pub(super) fn new(identifier: &'a IdentifierView) -> Self {
        Self {
            collection: "users",
            id: &identifier.value,
            r#type: identifier.kind.word(),
            created_at: identifier.facts.first_seen.to_string(),
            encoding: "none",
        }
    }
}

/// One event.
#[derive(Debug, Serialize)]
pub(super) struct EventOut<'a> {
    r#type: &'static str,
    event: &'a str,
    message_id: &'a str,
    source_id: String,
    timestamp: String,
    received_at: String,
    properties: &'a RawValue,
    context: &'a RawValue,
    external_ids: Vec<CarriedId<'a>>,
}

#[derive(Debug, Serialize)]
struct CarriedId<'a> {
    collection: &'static str,
    r#type: &'static str,
    id: &'a str,
    encoding: &'static str,
}

impl<'a> EventOut<'a> {
    pub(super) fn new(event: &'a Event) -> Self {
        let carried = event.identifiers.iter().map(|known| CarriedId {
            collection: "users",
            r#type: known.kind.word(),
            id: &known.value,
            encoding: "none",
        });
        Self {
            r#type: event.kind.word(),
            event: &event.name,
            message_id: &event.message_id,
            source_id: event.source.0.to_string(),
            timestamp: event.at.to_string(),
            received_at: event.received_at.to_string(),
            properties: object(&event.properties),
            context: object(&event.context),
            external_ids: carried.collect(),
        }
    }
}

/// The JSON as it was sent, or an empty object.
fn object(text: &str) -> &RawValue {
    let nothing = || serde_json::from_str("{}").expect("an empty object is JSON");
    serde_json::from_str(text).unwrap_or_else(|_absent| nothing())
}

/// A profile this one is linked to.
#[derive(Debug, Serialize)]
pub(super) struct LinkOut<'a> {
    to_collection: &'static str,
    external_ids: [GroupId<'a>; 1],
    created_at: String,
}

#[derive(Debug, Serialize)]
struct GroupId<'a> {
    id: &'a str,
    r#type: &'static str,
}

impl<'a> LinkOut<'a> {
    pub(super) fn new(member: &'a Membership) -> Self {
        Self {
            to_collection: "accounts",
            external_ids: [GroupId {
                id: &member.group,
                r#type: "group_id",
            }],
            created_at: member.first_at.to_string(),
        }
    }
}

/// When it began and when it was last touched.
#[derive(Debug, Serialize)]
pub(super) struct Metadata {
    segment_id: String,
    created_at: String,
    updated_at: String,
    fields_count: usize,
    identifiers: usize,
}

pub(super) fn metadata(customer: &CustomerView) -> Metadata {
    let seen = customer
        .identifiers
        .iter()
        .map(|identifier| identifier.facts);
    let first = seen.clone().map(|facts| facts.first_seen).min();
    let last = seen.map(|facts| facts.last_seen).max();
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    Metadata {
        segment_id: segment_id(customer.id),
        created_at: text(first),
        updated_at: text(last),
        fields_count: customer.profile.traits.iter().count(),
        identifiers: customer.identifiers.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_the_shape_that_clients_parse() {
        for (error, status, code) in [
            (ErrorOut::unauthenticated(), 401, "authentication_error"),
            (ErrorOut::invalid("x"), 400, "validation_error"),
            (ErrorOut::missing("x"), 404, "invalid_request_error"),
        ] {
            assert_eq!((error.status.as_u16(), error.code), (status, code));
            let envelope = Envelope {
                error: Inner {
                    code: error.code,
                    message: &error.message,
                },
            };
            let text = serde_json::to_string(&envelope).unwrap();
            assert!(text.starts_with(r#"{"error":{"code":""#), "{text}");
        }
    }

    #[test]
    fn traits_keep_their_json() {
        let fields = [
            ("age", CompactString::from("42")),
            ("plan", CompactString::from("\"pro\"")),
        ];
        let text = serde_json::to_string(&Fields(&fields)).unwrap();
        assert_eq!(text, r#"{"age":42,"plan":"pro"}"#);
    }
}
