//! Errors as the API says them: problem+json (RFC 9457), made in this one place.
//!
//! **Invariant:** no answer tells more than the caller may know; a fault of ours is logged once,
//! here, and leaves as "internal" without its text.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use filo_app::Error;
use filo_core::access::Right;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// The kinds of problem that have a page of their own; those of events are defects.
pub(crate) const CODES: [&str; 26] = [
    "invalid",
    "malformed",
    "missing",
    "no_route",
    "method_not_allowed",
    "unauthenticated",
    "forbidden",
    "unconfirmed",
    "too_large",
    "too_slow",
    "too_fast",
    "conflict",
    "busy",
    "internal",
    "not_json",
    "not_built",
    "unknown_key",
    "unknown_encoding",
    "broken_gzip",
    "idempotency_key_reused",
    "idempotency_running",
    "key_already_shown",
    "origin_not_allowed",
    "source_disabled",
    "sql_refused",
    "sql_limit",
];

const NOT_ALLOWED: &str = "Not allowed";

/// What went wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) detail: String,
    pub(crate) field: Option<Cow<'static, str>>,
    pub(crate) retry_after_s: Option<u32>,
}

/// The document of RFC 9457.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemOut<'a> {
    /// A page that says what this kind of problem means.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid")]
    kind: String,
    /// The kind of problem in words.
    title: &'a str,
    /// The status of the answer.
    #[schema(example = 422)]
    status: u16,
    /// What was wrong this time and what would be right.
    detail: &'a str,
    /// The field, parameter or header it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// The kind of problem for programs: stable.
    #[schema(example = "invalid")]
    code: &'a str,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            title,
            detail: detail.into(),
            field: None,
            retry_after_s: None,
        }
    }

    pub(crate) fn about(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// A value that was understood but cannot be.
    pub(crate) fn invalid(field: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "A value is not valid",
            detail,
        )
        .about(field)
    }

    /// A request that could not be understood.
    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The request cannot be read",
            detail,
        )
    }

    pub(crate) fn missing(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "missing",
            "Not found",
            format!("{what} not found"),
        )
    }

    pub(crate) fn no_route() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no_route",
            "Not found",
            "there is nothing at this address; /api/openapi.json lists what there is",
        )
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "Method not allowed",
            "this address does not take that method; /api/openapi.json says which",
        )
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthenticated",
            "A valid key is needed",
            "send `Authorization: Bearer filo_api_…` with a key that is neither revoked nor expired",
        )
    }

    pub(crate) fn forbidden(right: Right) -> Self {
        let detail = format!("it needs the right to {}", right.word().replace('-', " "));
        Self::new(StatusCode::FORBIDDEN, "forbidden", NOT_ALLOWED, detail).about(right.word())
    }

    pub(crate) fn too_often(retry_after_s: u32) -> Self {
        Self {
            retry_after_s: Some(retry_after_s),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_fast",
                "Too many tries",
                format!("try again in {retry_after_s} seconds"),
            )
        }
    }

    pub(crate) fn too_large(most_bytes: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "The request is too large",
            format!("at most {most_bytes} bytes"),
        )
    }

    pub(crate) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "too_slow",
            "The request came too slowly",
            "the body was not complete in time; send it again",
        )
    }

    fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "A fault of Filo",
            "this is not the request's fault; it has been logged",
        )
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Missing(what) => Self::missing(what),
            Error::Forbidden(why) => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", NOT_ALLOWED, why)
            }
            Error::Lacks(right) => Self::forbidden(right),
            Error::Unconfirmed => Self::new(
                StatusCode::FORBIDDEN,
                "unconfirmed",
                "The password has to be entered once more",
                "the session's password was entered more than five minutes ago; confirm it at \
                 /account/confirm, or use a key",
            ),
            Error::TooOften { retry_after_s } => Self::too_often(retry_after_s),
            Error::Conflict(why) => Self::new(
                StatusCode::CONFLICT,
                "conflict",
                "It contradicts what is there",
                why,
            ),
            Error::Invalid { field, reason } => Self::invalid(field, reason),
            Error::TooLarge { most_bytes } => {
                Self::too_large(usize::try_from(most_bytes).unwrap_or(usize::MAX))
            }
            Error::Busy(busy) => Self {
                retry_after_s: Some(busy.retry_after_s),
                ..Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "busy",
                    "Not now",
                    format!("{busy}; nothing was changed"),
                )
            },
            Error::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "a request failed");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemOut {
            kind: format!("/problems/{}", self.code),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            field: self.field.as_deref(),
            code: self.code,
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json; charset=utf-8"),
        );
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Code(self.code));
        response
    }
}

/// The kind of problem an answer holds, for the layers around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code(pub(crate) &'static str);

#[cfg(test)]
mod tests {
    use filo_app::{Busy, BusyReason};

    use super::*;

    #[test]
    fn every_error_has_its_status_and_code() {
        let busy = Busy {
            retry_after_s: 7,
            reason: BusyReason::QueueFull,
        };
        let cases = [
            (Error::Missing("customer"), 404, "missing"),
            (Error::Forbidden("no"), 403, "forbidden"),
            (
                Error::Conflict("already closed".to_owned()),
                409,
                "conflict",
            ),
            (Error::invalid("note", "too long"), 422, "invalid"),
            (Error::Busy(busy), 503, "busy"),
            (
                Error::Internal(anyhow::anyhow!("secret path")),
                500,
                "internal",
            ),
        ];
        for (error, status, code) in cases {
            let problem = Problem::from(error);
            assert_eq!((problem.status.as_u16(), problem.code), (status, code));
            assert!(!problem.detail.contains("secret path"));
        }
        let response = Problem::from(Error::Busy(busy)).into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
    }

    #[test]
    fn the_document_names_field_and_code() {
        let problem = Problem::invalid("granted", "must be true or false");
        let response = problem.into_response();
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "application/problem+json; charset=utf-8"
        );
    }
}
