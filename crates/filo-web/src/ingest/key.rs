//! The write key of a request: where clients put it, in the order in which it counts
//! (reference: section 3.2).
//!
//! **Invariant:** a key in the header is looked up before the body is read, so nobody makes Filo
//! read megabytes with a key that does not exist.
//! **Invariant:** a key with a list of sites is known only to a request that says it comes from one.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, ORIGIN, REFERER};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_app::{App, KeyRefusal, OriginVerdict, WriteKey};
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
        Credential::Basic(key) => known(app, headers, &key).map(Presented::Known),
        // A key of ours, or somebody's OAuth token beside a key in the body.
        Credential::Bearer(token) => match app.write_key(token) {
            Some(_) => known(app, headers, token).map(Presented::Known),
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
    pub(super) fn or_body(
        self,
        app: &App,
        headers: &HeaderMap,
        in_body: Option<&str>,
    ) -> Result<WriteKey, Problem> {
        match self {
            Self::Known(key) => Ok(key),
            Self::InBody => known(app, headers, in_body.unwrap_or_default()),
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

/// The key of this text, if it may send from where the request comes.
pub(super) fn known(app: &App, headers: &HeaderMap, text: &str) -> Result<WriteKey, Problem> {
    let key = app.write_key(text).ok_or_else(|| refused_key(app, text))?;
    match app.origin_verdict(text, || origin(headers)) {
        OriginVerdict::Allowed => Ok(key),
        OriginVerdict::Elsewhere => Err(Problem::new(
            StatusCode::FORBIDDEN,
            ELSEWHERE,
            "The key is not for this site",
            "this public key has a list of sites, and the request does not come from one of them: \
             somebody who administers Filo can add the site, under Sources, or empty the list",
        )),
    }
}

/// The problem of a site that is not on a key's list.
pub(super) const ELSEWHERE: &str = "origin_not_allowed";

/// The site that the request comes from, in the browser's word. An image has no `Origin`; where
/// it comes from stands in the referrer.
fn origin(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text(ORIGIN) {
        return Some(origin.to_ascii_lowercase());
    }
    let referrer = text(REFERER)?;
    let (scheme, rest) = referrer.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{host}").to_ascii_lowercase())
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
    fn a_browser_says_where_it_is() {
        let of = |pairs: &[(http::HeaderName, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(name, http::HeaderValue::from_static(value));
            }
            origin(&headers)
        };
        let shop = Some("https://shop.example".to_owned());
        assert_eq!(of(&[(ORIGIN, "https://Shop.example")]), shop);
        assert_eq!(of(&[(REFERER, "https://shop.example/cart?x=1")]), shop);
        let both = [(ORIGIN, "null"), (REFERER, "https://shop.example/")];
        assert_eq!(of(&both).as_deref(), Some("null"));
        assert_eq!(of(&[]), None);
    }

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
