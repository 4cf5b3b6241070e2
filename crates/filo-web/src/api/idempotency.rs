//! `Idempotency-Key`: a write that is sent again is answered as the first time and done once.
//! It is a layer around all routes that write, so no handler can forget it.
//!
//! **Invariant:** only what was done is remembered, and a secret that is shown once is never kept
//! for a repetition.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use filo_app::App;
use filo_app::Remembered;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::power;
use super::request::BODY_BYTES_MOST;
use crate::problem::Problem;

const HEADER: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Longer keys are refused: a UUID has 36 signs.
const KEY_LENGTH_MOST: usize = 255;
/// Answers of writes are single objects.
const ANSWER_BYTES_MOST: usize = 1 << 20;
/// The first request is answered within a second or so.
const RUNNING_RETRY_S: u32 = 1;

/// What a repetition of this request gets instead of the first answer, because that one holds
/// a secret.
#[derive(Debug, Clone)]
pub(crate) struct Repetition {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
}

/// Runs a write once per key.
pub(crate) async fn once(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = request.headers().get(HEADER).cloned() else {
        return Ok(next.run(request).await);
    };
    // Without a valid key the handler refuses; there is nobody to remember it for.
    let Some(actor) = power::actor(&app, request.headers()).await else {
        return Ok(next.run(request).await);
    };
    let key = readable(&key)?;
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY_BYTES_MOST)
        .await
        .map_err(|_too_long| Problem::too_large(BODY_BYTES_MOST))?;
    let address = parts
        .uri
        .path_and_query()
        .map_or("/", |address| address.as_str());
    let hash = request_hash(parts.method.as_str(), address, &body);
    if let Some(answer) = told(app.remembered(&actor, key, hash).await?)? {
        return Ok(answer);
    }
    let answer = next.run(Request::from_parts(parts, body.into())).await;
    keep(&app, &actor, key, answer).await
}

/// What is known of a request whose body is not kept: one that brings a file.
pub(crate) enum Claim {
    /// It was answered so before.
    Answered(Response),
    /// It is to be done.
    Ours(Claimed),
}

/// The key of a request that is to be done; none if it came without.
pub(crate) struct Claimed(Option<String>);

/// Takes the key of a request, if it has one, for what its body is known by.
pub(crate) async fn claim(
    app: &App,
    actor: &filo_app::Actor,
    headers: &HeaderMap,
    (address, body_mark): (&str, &[u8]),
) -> Result<Claim, Problem> {
    let Some(key) = headers.get(HEADER) else {
        return Ok(Claim::Ours(Claimed(None)));
    };
    let key = readable(key)?;
    let hash = request_hash("POST", address, body_mark);
    match told(app.remembered(actor, key, hash).await?)? {
        None => Ok(Claim::Ours(Claimed(Some(key.to_owned())))),
        Some(answer) => Ok(Claim::Answered(answer)),
    }
}

impl Claimed {
    /// Keeps what became of it.
    pub(crate) async fn keep(
        self,
        app: &App,
        actor: &filo_app::Actor,
        answer: Result<Response, Problem>,
    ) -> Result<Response, Problem> {
        match self.0 {
            None => answer,
            Some(key) => {
                let answer = answer.unwrap_or_else(IntoResponse::into_response);
                keep(app, actor, &key, answer).await
            }
        }
    }
}

/// The answer to a repetition; none if it is the first.
fn told(known: Remembered) -> Result<Option<Response>, Problem> {
    match known {
        Remembered::New => Ok(None),
        Remembered::Same { status, body } => Ok(Some(replay(status, body))),
        Remembered::Different => Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            "The key was used for another request",
            "use a new Idempotency-Key for each write; repeat a write with the same body",
        )
        .about("Idempotency-Key")),
        Remembered::Running => Err(Problem {
            retry_after_s: Some(RUNNING_RETRY_S),
            ..Problem::new(
                StatusCode::CONFLICT,
                "idempotency_running",
                "The first request is still running",
                "send it again in a moment to get its answer",
            )
        }),
    }
}

fn readable(key: &HeaderValue) -> Result<&str, Problem> {
    key.to_str()
        .ok()
        .filter(|key| (1..=KEY_LENGTH_MOST).contains(&key.len()))
        .ok_or_else(|| {
            Problem::invalid(
                "Idempotency-Key",
                format!("must be 1 to {KEY_LENGTH_MOST} visible ASCII signs, for example a UUID"),
            )
        })
}

async fn keep(
    app: &App,
    actor: &filo_app::Actor,
    key: &str,
    answer: Response,
) -> Result<Response, Problem> {
    // Nothing was done: the same key may try again, which is what Retry-After asks for.
    if answer.status().is_server_error() {
        app.forget(actor, key).await?;
        return Ok(answer);
    }
    let (parts, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, ANSWER_BYTES_MOST)
        .await
        .map_err(|_too_long| Problem::malformed("the answer was too long to be kept"))?;
    let repetition = parts.extensions.get::<Repetition>();
    let (status, kept) = match repetition {
        Some(repetition) => (repetition.status, repetition.body.clone()),
        None => (parts.status, String::from_utf8_lossy(&body).into_owned()),
    };
    app.remember(actor, key, status.as_u16(), &kept).await?;
    Ok(Response::from_parts(parts, body.into()))
}

fn replay(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let kind = if status.is_success() {
        "application/json"
    } else {
        "application/problem+json; charset=utf-8"
    };
    let mut response = (status, Bytes::from(body)).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

/// What makes two requests the same.
fn request_hash(method: &str, address: &str, body: &[u8]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    for part in [method.as_bytes(), address.as_bytes(), body] {
        hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    let mut short = [0u8; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    u128::from_be_bytes(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_differ_by_method_address_and_body() {
        let first = request_hash("POST", "/api/v1/joins", b"{}");
        assert_eq!(first, request_hash("POST", "/api/v1/joins", b"{}"));
        assert_ne!(first, request_hash("POST", "/api/v1/join", b"s{}"));
        assert_ne!(first, request_hash("DELETE", "/api/v1/joins", b"{}"));
        assert_ne!(first, request_hash("POST", "/api/v1/joins", b"{ }"));
    }

    #[test]
    fn keys_are_short_and_visible() {
        let long = "x".repeat(256);
        for (key, valid) in [("a", true), ("", false), (long.as_str(), false)] {
            assert_eq!(
                readable(&HeaderValue::from_str(key).unwrap()).is_ok(),
                valid
            );
        }
        assert!(readable(&HeaderValue::from_bytes(b"caff\xe8").unwrap()).is_err());
    }
}
