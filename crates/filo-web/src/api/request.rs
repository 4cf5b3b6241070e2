//! Arguments of the API, parsed at the border: bodies, queries and ids that are wrong are
//! answered here with the field and what would be right.
//!
//! **Invariant:** a handler never sees a body above the limit, an unknown field, or an id that
//! is not one.

use std::str::FromStr;

use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode, Uri, header};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// Largest body of the API: notes, decisions and one repaired event of 32 kB, with room.
pub(crate) const BODY_BYTES_MOST: usize = 256 << 10;

/// A JSON body.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "The body is not JSON",
                "send the body as JSON with `Content-Type: application/json`",
            )
            .about("Content-Type"));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| unread(&rejection))?;
        parse_json(&bytes).map(Self)
    }
}

fn unread(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large(BODY_BYTES_MOST)
    } else {
        Problem::malformed("the body could not be read to its end")
    }
}

/// Forms cannot send this type from another site without asking first, which is the point.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(Ok(kind)) = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str()) else {
        return false;
    };
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        if !error.is_data() {
            return Problem::malformed(format!("the body is not JSON: {text}"));
        }
        let problem = Problem::invalid("body", &*text);
        match named(&text) {
            Some(field) => problem.about(field),
            None => problem,
        }
    })
}

/// The field that serde's message names: "unknown field `x`, …", "missing field `x`".
fn named(text: &str) -> Option<String> {
    let found = ["unknown field `", "missing field `"].map(|words| text.split_once(words));
    let (_, rest) = found.into_iter().flatten().next()?;
    rest.split_once('`').map(|(field, _)| field.to_owned())
}

/// The parameters after the question mark.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        asked(&parts.uri).map(Self)
    }
}

fn asked<T: DeserializeOwned>(uri: &Uri) -> Result<T, Problem> {
    let query = Query::try_from_uri(uri).map_err(|rejection| {
        let text = rejection.body_text();
        let reason = text
            .rsplit_once("query string: ")
            .map_or(&*text, |(_, reason)| reason);
        let field = named(reason).unwrap_or_else(|| "query".to_owned());
        Problem::invalid(field, reason)
    })?;
    Ok(query.0)
}

/// An id in the path. One that cannot be an id names nothing, so the answer is "not found".
#[derive(Debug)]
pub(crate) struct IdOf<T>(pub(crate) T);

impl<S, T> FromRequestParts<S> for IdOf<T>
where
    S: Send + Sync,
    T: FromStr,
    T::Err: std::fmt::Display,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Path(text)) = Path::<String>::from_request_parts(parts, state).await else {
            return Err(Problem::no_route());
        };
        parse_id(&text).map(Self)
    }
}

/// Two ids in the path, the second below the first.
#[derive(Debug)]
pub(crate) struct IdsOf<A, B>(pub(crate) A, pub(crate) B);

impl<S, A, B> FromRequestParts<S> for IdsOf<A, B>
where
    S: Send + Sync,
    A: FromStr,
    A::Err: std::fmt::Display,
    B: FromStr,
    B::Err: std::fmt::Display,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Path((upper, lower))) =
            Path::<(String, String)>::from_request_parts(parts, state).await
        else {
            return Err(Problem::no_route());
        };
        Ok(Self(parse_id(&upper)?, parse_id(&lower)?))
    }
}

fn parse_id<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error: T::Err| {
        Problem::new(
            StatusCode::NOT_FOUND,
            "missing",
            "Not found",
            error.to_string(),
        )
        .about("id")
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Note {
        text: String,
    }

    #[track_caller]
    fn check(body: &str, status: u16, field: Option<&str>) {
        let problem = parse_json::<Note>(body.as_bytes()).unwrap_err();
        assert_eq!(problem.status.as_u16(), status, "{body}: {problem:?}");
        assert_eq!(problem.field.as_deref(), field, "{body}");
    }

    #[test]
    fn wrong_bodies_say_what_is_wrong_and_where() {
        assert_eq!(
            parse_json::<Note>(br#"{"text":"x"}"#),
            Ok(Note {
                text: "x".to_owned()
            })
        );
        check("{", 400, None);
        check("", 400, None);
        check(r#"{"text":"x"} extra"#, 400, None);
        check(r#"{"txt":"x"}"#, 422, Some("txt"));
        check("{}", 422, Some("text"));
        check(r#"{"text":7}"#, 422, Some("body"));
        check("[1]", 422, Some("body"));
        check(
            &format!("{{\"text\":{}", "[".repeat(1000)),
            422,
            Some("body"),
        );
    }

    #[test]
    fn wrong_queries_name_their_field() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Limit {
            #[expect(dead_code, reason = "only read by its parser")]
            limit: Option<usize>,
        }
        for (query, field) in [("limi=3", "limi"), ("limit=x", "query")] {
            let uri = format!("/x?{query}").parse().unwrap();
            let problem = asked::<Limit>(&uri).unwrap_err();
            assert_eq!(problem.field.as_deref(), Some(field), "{problem:?}");
        }
    }

    #[test]
    fn only_json_types_are_bodies() {
        for (kind, expected) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("application/cloudevents+json", true),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            assert_eq!(is_json(&headers), expected, "{kind}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
