//! Logging in with a key and out again.
//!
//! **Invariant:** a login makes a new session, never keeps the key it came with; a login link
//! works once.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use filo_app::{Actor, App, KeyKind, NewKey};
use filo_core::time::Timestamp;
use http::{HeaderValue, Uri, header};
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::{Knock, Posted};
use super::session::{COOKIE, address_of, inside};
use super::{Answer, shown, wrong};
use crate::api::power::Read;
use crate::i18n::Words;
use crate::ui::form::Field;
use crate::ui::page::{Frame, page};

/// A session ends by itself after a working day.
const SESSION_S: i64 = 12 * 3600;
/// A key that ends this soon was made for logging in once.
const LOGIN_LINK_S: i64 = 3600;
/// Names and keys are short.
const NAME_LENGTH_MOST: usize = 60;
const KEY_LENGTH_MOST: usize = 200;

/// What a login link carries.
#[derive(Debug, Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    key: String,
    next: Option<String>,
    done: Option<String>,
}

/// The form; it changes nothing, so a link that a mail scanner opens still works.
pub(super) async fn form(
    axum::Extension(words): axum::Extension<Words>,
    Query(link): Query<Link>,
    uri: Uri,
) -> Answer {
    let address = address_of(&uri);
    let title = words.say("login-title");
    let frame = Frame {
        address: Some(&address),
        done: link.done.as_deref(),
        ..Frame::bare(words, &title)
    };
    let login = Login {
        key: link.key,
        name: String::new(),
        next: link.next,
    };
    shown(login_page(&frame, &login, None))
}

#[derive(Debug, Deserialize)]
pub(super) struct Login {
    key: String,
    #[serde(default)]
    name: String,
    next: Option<String>,
}

/// Makes a session of a valid key.
pub(super) async fn log_in(
    State(app): State<App>,
    axum::Extension(words): axum::Extension<Words>,
    Knock(login): Knock<Login>,
) -> Answer {
    let key = login.key.trim();
    let Some(actor) = app
        .actor(key)
        .await
        .filter(|_| key.len() <= KEY_LENGTH_MOST)
    else {
        app.note_failed_login().await?;
        let title = words.say("login-title");
        let problem = words.say("login-wrong");
        return wrong(login_page(
            &Frame::bare(words, &title),
            &login,
            Some(&problem),
        ));
    };
    let name = Some(login.name.trim())
        .filter(|name| !name.is_empty())
        .unwrap_or(&actor.name);
    let session = NewKey {
        name: name.chars().take(NAME_LENGTH_MOST).collect(),
        kind: KeyKind::Session,
        scopes: actor.scopes,
        expires_at: Some(app.now().plus_seconds(SESSION_S)),
    };
    let session = app.create_key(&actor, session).await?;
    burn(&app, &actor).await?;
    let is_secure = app.config().public_url.starts_with("https://");
    let mut response = Redirect::to(inside(login.next.as_deref())).into_response();
    set_cookie(&mut response, &session.text, SESSION_S, is_secure);
    Ok(response)
}

/// Ends the key of a login link.
async fn burn(app: &App, actor: &Actor) -> filo_app::Result<()> {
    let Some(id) = actor.key else { return Ok(()) };
    let soon: Timestamp = app.now().plus_seconds(LOGIN_LINK_S);
    let keys = app.keys().await?;
    let is_link = |end: Timestamp| end <= soon;
    let key = keys.iter().find(|key| key.id == id);
    if key.and_then(|key| key.expires_at).is_some_and(is_link) {
        app.revoke_key(actor, id).await?;
    }
    Ok(())
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// Ends the session.
pub(super) async fn log_out(State(app): State<App>, posted: Posted<Read, Nothing>) -> Answer {
    if let Some(id) = posted.session.actor.key {
        app.revoke_key(&posted.session.actor, id).await?;
    }
    let mut response = Redirect::to("/login?done=logged-out").into_response();
    set_cookie(&mut response, "", 0, false);
    Ok(response)
}

fn set_cookie(response: &mut Response, value: &str, life_s: i64, is_secure: bool) {
    let secure = if is_secure { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={value}; Path=/; Max-Age={life_s}; HttpOnly; SameSite=Strict{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn login_page(frame: &Frame<'_>, login: &Login, problem: Option<&str>) -> Markup {
    let words = frame.words;
    let key = Field {
        name: "key",
        label: &words.say("login-key"),
        value: &login.key,
        hint: Some(&words.say("login-key-hint")),
        wrong: problem,
        required: true,
        length_most: KEY_LENGTH_MOST,
    };
    let name = Field {
        name: "name",
        label: &words.say("login-name"),
        value: &login.name,
        hint: Some(&words.say("login-name-hint")),
        length_most: NAME_LENGTH_MOST,
        ..Field::default()
    };
    let content = html! {
        section.card.narrow {
            h1 { (frame.title) }
            form.form method="post" action="/login" {
                @if let Some(next) = &login.next { input type="hidden" name="next" value=(next); }
                (key.secret())
                (name.input())
                button type="submit" { (words.say("login-do")) }
            }
        }
    };
    page(frame, &content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_key_of_a_link_is_filled_in_and_escaped() {
        let login = Login {
            key: "filo_ses_\"><script>".to_owned(),
            name: String::new(),
            next: Some("/people?\"x".to_owned()),
        };
        let page = login_page(
            &Frame::bare(Words::of(Language::Italian), "x"),
            &login,
            None,
        )
        .into_string();
        assert!(page.contains("filo_ses_&quot;&gt;&lt;script&gt;"), "{page}");
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains(r#"lang="it""#));
    }

    #[test]
    fn a_session_cookie_is_closed_to_scripts_and_other_sites() {
        let mut response = Response::default();
        set_cookie(&mut response, "filo_ses_1", SESSION_S, true);
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        for part in [
            "HttpOnly",
            "SameSite=Strict",
            "Path=/",
            "Secure",
            "Max-Age=43200",
        ] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
}
