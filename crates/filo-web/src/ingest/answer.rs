//! What clients of ingestion are answered, and the headers that let pages of other origins read
//! it.
//!
//! **Invariant:** a bad event is never answered with 5xx, which clients would repeat for hours;
//! 429 and 503 always carry a `Retry-After` in whole seconds.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use filo_app::{Busy, BusyReason};
use filo_core::intake::Defect;
use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::Serialize;

use super::key::ELSEWHERE;
use crate::problem::{Code, Problem};

/// Defects listed in an answer; quarantine has them all.
const DEFECTS_SHOWN: usize = 20;
const RATE_LIMIT_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");
const SUCCESS: &str = r#"{"success":true}"#;

/// Everything was taken.
pub(super) fn success() -> Response {
    json(SUCCESS.to_owned())
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

#[derive(Serialize)]
struct PartlyTaken<'a> {
    success: bool,
    quarantined: usize,
    defects: Vec<DefectOut<'a>>,
}

#[derive(Serialize)]
struct DefectOut<'a> {
    index: usize,
    code: &'static str,
    field: &'a str,
    hint: &'a str,
}

/// The good events of a batch were taken, the bad ones wait in quarantine.
pub(super) fn partly<'a>(
    quarantined: usize,
    defects: impl Iterator<Item = (usize, &'a Defect)>,
) -> Response {
    let defects = defects
        .take(DEFECTS_SHOWN)
        .map(|(index, defect)| DefectOut {
            index,
            code: defect.code.word(),
            field: &defect.field,
            hint: &defect.hint,
        });
    let out = PartlyTaken {
        success: true,
        quarantined,
        defects: defects.collect(),
    };
    json(serde_json::to_string(&out).unwrap_or_else(|_| SUCCESS.to_owned()))
}

/// A single call that was not taken; it waits in quarantine.
pub(super) fn defective(defect: &Defect) -> Problem {
    let detail = if defect.field.is_empty() {
        defect.hint.clone()
    } else {
        format!("{}: {}", defect.field, defect.hint)
    };
    let title = "The event was not taken; it is kept in quarantine";
    let problem = Problem::new(StatusCode::BAD_REQUEST, defect.code.word(), title, detail);
    match defect.field.is_empty() {
        true => problem,
        false => problem.about(defect.field.clone()),
    }
}

/// A body that is no JSON, from somebody whose key could not be read either.
pub(super) fn unreadable(defect: &Defect) -> Problem {
    let title = "The body cannot be read";
    Problem::new(
        StatusCode::BAD_REQUEST,
        defect.code.word(),
        title,
        defect.hint.clone(),
    )
}

/// Not now. A full queue means that senders are too fast (429); the rest is ours (503).
pub(super) fn busy(busy: Busy) -> Problem {
    let (status, code) = match busy.reason {
        BusyReason::QueueFull => (StatusCode::TOO_MANY_REQUESTS, "too_fast"),
        BusyReason::DiskFull | BusyReason::LogFault | BusyReason::Stopping => {
            (StatusCode::SERVICE_UNAVAILABLE, "busy")
        }
    };
    let detail = format!("{busy}; nothing of this request was taken");
    Problem {
        retry_after_s: Some(busy.retry_after_s.max(1)),
        ..Problem::new(status, code, "Not now", detail)
    }
}

/// Lets pages of any origin send and read the answer: a write key is public and no cookie counts
/// here, so there is nothing that an origin could steal. A site that a key is not for gets no
/// leave to read; the question before a request cannot be answered so, because it has no key.
pub(super) async fn cross_origin(request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = if request.method() == Method::OPTIONS {
        preflight(request.headers())
    } else {
        next.run(request).await
    };
    let is_elsewhere = response.extensions().get() == Some(&Code(ELSEWHERE));
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // Pages of other origins load the script and the pixel.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    if is_elsewhere {
        headers.append(header::VARY, HeaderValue::from_static("origin"));
    } else if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.append(header::VARY, HeaderValue::from_static("origin"));
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("retry-after, x-ratelimit-reset"),
        );
    } else {
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
    }
    if response.status() == StatusCode::TOO_MANY_REQUESTS
        && let Some(seconds) = response.headers().get(header::RETRY_AFTER).cloned()
    {
        response.headers_mut().insert(RATE_LIMIT_RESET, seconds);
    }
    response
}

fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("POST, GET, OPTIONS"),
    );
    let allowed = asked
        .get(header::ACCESS_CONTROL_REQUEST_HEADERS)
        .cloned()
        .unwrap_or(HeaderValue::from_static(
            "authorization, content-type, content-encoding, x-retry-count",
        ));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("86400"),
    );
    // CloudEvents' web hooks ask whether they are welcome.
    if let Some(origin) = asked.get("webhook-request-origin") {
        headers.insert("webhook-allowed-origin", origin.clone());
    }
    response
}

#[cfg(test)]
mod tests {
    use filo_core::intake::DefectCode;

    use super::*;

    #[test]
    fn a_full_queue_and_a_full_disk_differ() {
        let of = |reason| {
            busy(Busy {
                retry_after_s: 0,
                reason,
            })
        };
        assert_eq!(
            of(BusyReason::QueueFull).status,
            StatusCode::TOO_MANY_REQUESTS
        );
        assert_eq!(
            of(BusyReason::DiskFull).status,
            StatusCode::SERVICE_UNAVAILABLE
        );
        let response = of(BusyReason::QueueFull).into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    }

    #[test]
    fn a_defect_is_told_with_its_field() {
        let problem = defective(&Defect::new(
            DefectCode::MissingEvent,
            "event",
            "send a name",
        ));
        assert_eq!(problem.status, StatusCode::BAD_REQUEST);
        assert_eq!(
            (problem.code, problem.detail.as_str()),
            ("missing_event", "event: send a name")
        );
        assert_eq!(problem.field.as_deref(), Some("event"));
    }
}
