//! Who is looking: the session of the cookie, and what it may do.
//!
//! **Invariant:** a page of the console is rendered only for a live session that has the power
//! the page needs.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use filo_app::{Actor, App, Stage};
use http::request::Parts;
use http::{HeaderMap, Method, Uri};
use maud::Markup;

use super::failure::Failure;
use super::layer::cookie;
use crate::i18n::{Language, Words};
use crate::right::Power;
use crate::ui::page::{Frame, Place, Visitor, page};

const COOKIE: &str = "filo_session";
const SECURE_COOKIE: &str = "__Host-filo_session";

/// A visitor with the power `P`.
#[derive(Debug)]
pub(super) struct Session<P> {
    pub(super) actor: Actor,
    pub(super) words: Words,
    /// What every form of this session must carry.
    pub(super) token: String,
    /// Where this page can be read again; none for forms.
    pub(super) address: Option<String>,
    power: PhantomData<P>,
}

impl<P> Session<P> {
    /// Who looks, for what stands around a page.
    pub(super) fn visitor(&self) -> Visitor<'_> {
        Visitor {
            name: &self.actor.name,
            token: &self.token,
            rights: self.actor.rights,
        }
    }

    /// A whole page of a place, for who looks.
    pub(super) fn page(
        &self,
        place: Place,
        title: &str,
        done: Option<&str>,
        content: &Markup,
    ) -> Markup {
        let frame = Frame {
            words: self.words,
            title,
            place: Some(place),
            address: self.address.as_deref(),
            visitor: Some(self.visitor()),
            done,
        };
        page(&frame, content)
    }

    /// Insists on a password that was entered a moment ago; if it was not, it is asked for, and
    /// then the page `back` is shown.
    pub(super) fn fresh(&self, app: &App, back: &'static str) -> Result<(), Failure> {
        if self.actor.is_fresh(app.now()) {
            Ok(())
        } else {
            Err(Failure::Unconfirmed { back })
        }
    }
}

impl<P: Power> FromRequestParts<App> for Session<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let key = session_text(app, &parts.headers)
            .unwrap_or_default()
            .to_owned();
        let visitor = app.visitor(&key).await;
        let visitor = visitor.map_err(|error| Failure::from(error).into_response())?;
        let Some(filo_app::Visitor { actor, stage }) = visitor else {
            return Err(to_login(parts).into_response());
        };
        match stage {
            Stage::Code => return Err(Redirect::to("/login/code").into_response()),
            Stage::Enrol if !P::WHILE_ENROLLING => {
                return Err(Redirect::to("/account/second-factor").into_response());
            }
            Stage::Enrol | Stage::Whole => {}
        }
        if let Some(right) = P::lacked_by(&actor) {
            return Err(Failure::Powerless { right }.into_response());
        }
        let token = form_token(&key).to_hex().to_string();
        let address = (parts.method == Method::GET).then(|| address_of(&parts.uri));
        Ok(Self {
            actor,
            words: words_of(parts),
            token,
            address,
            power: PhantomData,
        })
    }
}

/// The name of the cookie: behind TLS one that only this very host can set.
pub(super) fn cookie_name(app: &App) -> &'static str {
    if is_secure(app) {
        SECURE_COOKIE
    } else {
        COOKIE
    }
}

pub(super) fn is_secure(app: &App) -> bool {
    app.config().public_url.starts_with("https://")
}

/// The text of the session that the browser sends.
pub(super) fn session_text<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, cookie_name(app))
}

/// The language that the layer found.
pub(super) fn words_of(parts: &Parts) -> Words {
    parts
        .extensions
        .get::<Words>()
        .copied()
        .unwrap_or(Words::of(Language::English))
}

/// The token of a session's forms. It is derived from the session's secret, so another site
/// cannot know it, and nothing has to be stored.
pub(super) fn form_token(key: &str) -> blake3::Hash {
    blake3::Hash::from_bytes(blake3::derive_key(
        "filo console form token v1",
        key.as_bytes(),
    ))
}

fn to_login(parts: &Parts) -> Redirect {
    let wanted = parts
        .uri
        .path_and_query()
        .map(http::uri::PathAndQuery::as_str);
    match wanted.filter(|address| parts.method == Method::GET && *address != "/") {
        Some(wanted) => Redirect::to(&format!("/login?next={}", encode(wanted))),
        None => Redirect::to("/login"),
    }
}

/// What an address carries for one look only: how to read, and what was just done.
const PASSING: [&str; 3] = ["lang=", "theme=", "done"];

/// The address of a page without what is passing.
pub(super) fn address_of(uri: &Uri) -> String {
    let query = uri.query().unwrap_or_default();
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !PASSING.iter().any(|name| pair.starts_with(name)))
        .collect();
    match kept.as_slice() {
        [] => uri.path().to_owned(),
        kept => format!("{}?{}", uri.path(), kept.join("&")),
    }
}

/// Percent-encodes for a query.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend(
                [byte >> 4, byte & 15]
                    .map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
            );
        }
    }
    encoded
}

/// Where to go after logging in: only an address of this site, never one that a link brought
/// from elsewhere (`//other.example`, `/\other.example`).
pub(super) fn inside(next: Option<&str>) -> &str {
    let is_inside = |address: &&str| {
        address.starts_with('/')
            && !address[1..].starts_with(['/', '\\'])
            && address
                .bytes()
                .all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\')
    };
    next.filter(is_inside).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_login_nobody_is_led_elsewhere() {
        for inner in ["/people", "/people/cus_1?lang=it", "/quarantine#x"] {
            assert_eq!(inside(Some(inner)), inner);
        }
        for outer in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "/a\r\nb",
            "/ü",
            "x",
        ] {
            assert_eq!(inside(Some(outer)), "/", "{outer}");
        }
        assert_eq!(inside(None), "/");
    }

    #[test]
    fn another_language_keeps_the_rest_of_the_address() {
        let address = |uri: &'static str| address_of(&Uri::from_static(uri));
        assert_eq!(
            address("/people?search=a&lang=it&before=x"),
            "/people?search=a&before=x"
        );
        assert_eq!(address("/people?done=note-added&lang=en"), "/people");
    }

    #[test]
    fn tokens_differ_by_session() {
        assert_ne!(form_token("a"), form_token("b"));
        assert_ne!(form_token("a").to_hex().as_str(), "a");
    }

    #[test]
    fn queries_are_encoded() {
        assert_eq!(
            encode("/people?search=a b&c"),
            "%2Fpeople%3Fsearch%3Da%20b%26c"
        );
    }
}
