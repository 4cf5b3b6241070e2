//! The write key of a request: where clients put it, in the order in which it counts
//! (reference: section 3.2).
//!
//! **Invariant:** a key in the header is looked up before the body is read, so nobody makes Filo
//! read megabytes with a key that does not exist.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_app::{App, KeyRefusal, WriteKey};
use http::StatusCode;

use crate::problem::Problem;

/// What the header says about the key.
#[derive(Debug, Clone)]
pub(super) enum Presented {
    /// A key that is in force.
    Known(WriteKey),
    /// The body must say.
    InBody,
}

/// Looks up the key of the header.
pub(super) fn presented(app: &App, headers: &HeaderMap) -> Result<Presented, Problem> {
    let Some(value) = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
    else {
        return Ok(Presented::InBody);
    };
    match credential(value) {
        Credential::Basic(key) if key.is_empty() => Ok(Presented::InBody),
        Credential::Basic(key) => app
            .write_key(&key)
            .map(Presented::Known)
            .ok_or_else(|| refused_key(app, &key)),
        // A key of ours, or somebody's OAuth token beside a key in the body.
        Credential::Bearer(token) => match app.write_key(token) {
            Some(key) => Ok(Presented::Known(key)),
            None if app.key_refusal(token) == KeyRefusal::SourceDisabled => {
                Err(refused_key(app, token))
            }
            None => Ok(Presented::InBody),
        },
        Credential::Other => Ok(Presented::InBody),
    }
}

impl Presented {
    /// The key of the header, else of the body.
    pub(super) fn or_body(self, app: &App, in_body: Option<&str>) -> Result<WriteKey, Problem> {
        match self {
            Self::Known(key) => Ok(key),
            Self::InBody => in_body
                .and_then(|key| app.write_key(key))
                .ok_or_else(|| refused_key(app, in_body.unwrap_or_default())),
        }
    }

    /// The key, if the header had one.
    pub(super) fn known(&self) -> Option<&WriteKey> {
        match self {
            Self::Known(key) => Some(key),
            Self::InBody => None,
        }
    }
}

/// Why this key may not send.
pub(super) fn refused_key(app: &App, key: &str) -> Problem {
    match app.key_refusal(key) {
        KeyRefusal::Unknown => unknown_key(),
        KeyRefusal::SourceDisabled => Problem::new(
            StatusCode::FORBIDDEN,
            "source_disabled",
            "The source is disabled",
            "the key is right, but its source was disabled: somebody who administers Filo can \
             enable it again, under Sources",
        ),
    }
}

/// There is no such key, or none was sent.
pub(super) fn unknown_key() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "unknown_key",
        "The write key is not known",
        "send a write key of this Filo, neither revoked nor expired, as the user name of \
         `Authorization: Basic` or as `writeKey` in the body",
    )
}

#[derive(Debug, PartialEq, Eq)]
enum Credential<'a> {
    /// The user name: Segment's clients leave the password, or even the colon, away.
    Basic(String),
    Bearer(&'a str),
    Other,
}

fn credential(value: &str) -> Credential<'_> {
    let Some((scheme, rest)) = value.trim().split_once(' ') else {
        return Credential::Other;
    };
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Credential::Bearer(rest);
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return Credential::Other;
    }
    match STANDARD
        .decode(rest)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
    {
        Some(pair) => {
            let user = pair.split_once(':').map_or(pair.as_str(), |(user, _)| user);
            Credential::Basic(user.to_owned())
        }
        None => Credential::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_clients_send() {
        let basic = |user: &str| Credential::Basic(user.to_owned());
        for (value, expected) in [
            ("Basic V0tfVEVTVDo=", basic("WK_TEST")),
            ("basic V0tfVEVTVA==", basic("WK_TEST")),
            ("Basic V0tfVEVTVDpzZWNyZXQ=", basic("WK_TEST")),
            ("Basic Og==", basic("")),
            ("Basic ###", Credential::Other),
            ("Bearer  abc ", Credential::Bearer("abc")),
            ("Digest x", Credential::Other),
            ("", Credential::Other),
        ] {
            assert_eq!(credential(value), expected, "{value}");
        }
    }
}
