//! Logging in and out: with e-mail and password, a code, or a printed link.
//!
//! **Invariant:** a login makes a new session and never keeps what it came with; who gives wrong
//! data learns only that they are wrong.

use std::net::SocketAddr;

use axum::Extension;
use axum::extract::{ConnectInfo, FromRequestParts, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use filo_app::{Actor, App, OpenedSession, SESSION_SECONDS, Stage, Visit};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Uri, header};
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::layer::{LANGUAGE_COOKIE, remember};
use super::posted::{Knock, Posted};
use super::session::{address_of, cookie_name, encode, inside, is_secure, session_text};
use super::{Answer, invitation, shown, sign_on, wrong};
use crate::i18n::Words;
use crate::right::Enrolling;
use crate::ui::form::Field;
use crate::ui::page::{Frame, page};

const EMAIL_LENGTH_MOST: usize = 254;
pub(super) const PASSWORD_LENGTH_MOST: usize = 128;

/// From where a request comes.
#[derive(Debug)]
pub(super) struct From(pub(super) Visit);

impl FromRequestParts<App> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let agent = parts.headers.get(header::USER_AGENT);
        Ok(Self(Visit {
            address: address.map(|ConnectInfo(address)| address.ip()),
            agent: agent
                .and_then(|agent| agent.to_str().ok())
                .unwrap_or_default()
                .to_owned(),
        }))
    }
}

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
    State(app): State<App>,
    Extension(words): Extension<Words>,
    Query(link): Query<Link>,
    uri: Uri,
) -> Answer {
    let address = address_of(&uri);
    if !link.key.is_empty() {
        if !app.is_login_link(&link.key) {
            return Err(Failure::DeadLink);
        }
        if !app.has_users().await? {
            return shown(invitation::welcome_page(words, &link.key, &address));
        }
        return shown(link_page(words, &link, &address));
    }
    let title = words.say("login-title");
    let frame = Frame {
        address: Some(&address),
        done: link.done.as_deref(),
        ..Frame::bare(words, &title)
    };
    let login = Login {
        email: String::new(),
        password: String::new(),
        next: link.next,
    };
    let door = app.sign_on_label().await?;
    shown(login_page(&frame, &login, (None, door.as_deref())))
}

#[derive(Debug, Deserialize)]
pub(super) struct Login {
    email: String,
    password: String,
    next: Option<String>,
}

/// Makes a session of the right password; with a second factor, one that waits for its code.
pub(super) async fn log_in(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    headers: HeaderMap,
    Knock(login): Knock<Login>,
) -> Answer {
    let opened = app.log_in(&login.email, &login.password, &visit).await?;
    let Some(opened) = opened else {
        let title = words.say("login-title");
        let problem = words.say("login-wrong");
        let frame = Frame::bare(words, &title);
        let door = app.sign_on_label().await?;
        let said = (Some(&*problem), door.as_deref());
        return wrong(login_page(&frame, &login, said));
    };
    end_former(&app, &headers).await?;
    Ok(let_in(&app, &opened, login.next.as_deref()))
}

#[derive(Debug, Deserialize)]
pub(super) struct LinkForm {
    key: String,
    next: Option<String>,
}

/// The operator's way in.
pub(super) async fn log_in_with_link(
    State(app): State<App>,
    From(visit): From,
    headers: HeaderMap,
    Knock(link): Knock<LinkForm>,
) -> Answer {
    let opened = app.log_in_with_link(&link.key, &visit).await?;
    let opened = opened.ok_or(Failure::DeadLink)?;
    end_former(&app, &headers).await?;
    Ok(let_in(&app, &opened, link.next.as_deref()))
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct CodeAsked {
    next: Option<String>,
}

/// Asks for the code of the second factor.
pub(super) async fn code_form(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    Query(asked): Query<CodeAsked>,
    headers: HeaderMap,
) -> Answer {
    match halfway(&app, &headers).await? {
        Some(_) => shown(code_page(words, asked.next.as_deref(), None)),
        None => super::done("/login"),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Code {
    code: String,
    next: Option<String>,
}

/// Makes the session whole.
pub(super) async fn give_code(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    headers: HeaderMap,
    Knock(given): Knock<Code>,
) -> Answer {
    let Some(actor) = halfway(&app, &headers).await? else {
        return super::done("/login");
    };
    match app.log_in_with_code(&actor, &given.code, &visit).await? {
        Some(opened) => Ok(let_in(&app, &opened, given.next.as_deref())),
        None => {
            let problem = words.say("login-code-wrong");
            wrong(code_page(words, given.next.as_deref(), Some(&problem)))
        }
    }
}

/// Who has given the password and not yet the code.
async fn halfway(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Failure> {
    let text = session_text(app, headers).unwrap_or_default();
    let visitor = app.visitor(text).await?;
    Ok(visitor
        .filter(|visitor| visitor.stage == Stage::Code)
        .map(|visitor| visitor.actor))
}

/// A login is a new session: the one the browser had before ends.
async fn end_former(app: &App, headers: &HeaderMap) -> Result<(), Failure> {
    let text = session_text(app, headers).unwrap_or_default();
    if let Some(former) = app.visitor(text).await? {
        app.log_out(&former.actor).await?;
    }
    Ok(())
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// Ends the session.
pub(super) async fn log_out(State(app): State<App>, posted: Posted<Enrolling, Nothing>) -> Answer {
    app.log_out(&posted.session.actor).await?;
    let mut response = Redirect::to("/login?done=logged-out").into_response();
    set_cookie(&mut response, &app, "", 0);
    Ok(response)
}

/// On to where they wanted to go, with the session in the browser.
pub(super) fn let_in(app: &App, opened: &OpenedSession, next: Option<&str>) -> Response {
    let next = inside(next);
    let address = match opened.stage {
        Stage::Code => format!("/login/code?next={}", encode(next)),
        Stage::Enrol => "/account/second-factor".to_owned(),
        Stage::Whole => next.to_owned(),
    };
    let mut response = Redirect::to(&address).into_response();
    carry(&mut response, app, opened);
    response
}

/// Puts a session and its person's language into an answer.
pub(super) fn carry(response: &mut Response, app: &App, opened: &OpenedSession) {
    set_cookie(response, app, &opened.text, SESSION_SECONDS);
    remember(
        response.headers_mut(),
        LANGUAGE_COOKIE,
        opened.language.as_deref(),
    );
}

fn set_cookie(response: &mut Response, app: &App, value: &str, life_s: i64) {
    let cookie = cookie_text(cookie_name(app), value, life_s, is_secure(app));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn cookie_text(name: &str, value: &str, life_s: i64, is_secure: bool) -> String {
    let secure = if is_secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={life_s}; HttpOnly; SameSite=Strict{secure}")
}

/// With what was wrong, and the name of the company's own directory.
fn login_page(
    frame: &Frame<'_>,
    login: &Login,
    (problem, directory): (Option<&str>, Option<&str>),
) -> Markup {
    let words = frame.words;
    let email = Field {
        name: "email",
        label: &words.say("login-email"),
        value: &login.email,
        required: true,
        length_most: EMAIL_LENGTH_MOST,
        ..Field::default()
    };
    let password = Field {
        name: "password",
        label: &words.say("login-password"),
        wrong: problem,
        required: true,
        length_most: PASSWORD_LENGTH_MOST,
        ..Field::default()
    };
    let content = html! {
        section.card.narrow {
            h1 { (frame.title) }
            form.form method="post" action="/login" {
                @if let Some(next) = &login.next { input type="hidden" name="next" value=(next); }
                (email.input())
                (password.password("current-password"))
                button type="submit" { (words.say("login-do")) }
            }
            @if let Some(label) = directory {
                (sign_on::door(words, label, "/login/sign-on", ("next", login.next.as_deref())))
            }
            p.soft { (words.say("login-help")) }
        }
    };
    page(frame, &content)
}

fn link_page(words: Words, link: &Link, address: &str) -> Markup {
    let title = words.say("login-link-title");
    let frame = Frame {
        address: Some(address),
        ..Frame::bare(words, &title)
    };
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            p { (words.say("login-link-lead")) }
            form.form method="post" action="/login/link" {
                input type="hidden" name="key" value=(link.key);
                @if let Some(next) = &link.next { input type="hidden" name="next" value=(next); }
                button type="submit" { (words.say("login-do")) }
            }
        }
    };
    page(&frame, &content)
}

fn code_page(words: Words, next: Option<&str>, problem: Option<&str>) -> Markup {
    let title = words.say("login-code-title");
    let code = Field {
        name: "code",
        label: &words.say("login-code"),
        hint: Some(&words.say("login-code-hint")),
        wrong: problem,
        required: true,
        length_most: 32,
        ..Field::default()
    };
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            form.form method="post" action="/login/code" {
                @if let Some(next) = next { input type="hidden" name="next" value=(next); }
                (code.input())
                button type="submit" { (words.say("login-do")) }
            }
            p { a href="/login" { (words.say("cancel")) } }
        }
    };
    page(&Frame::bare(words, &title), &content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn what_was_typed_is_escaped_and_the_password_is_not_shown_again() {
        let login = Login {
            email: "\"><script>".to_owned(),
            password: "correct horse battery".to_owned(),
            next: Some("/people?\"x".to_owned()),
        };
        let frame = Frame::bare(Words::of(Language::Italian), "x");
        let page = login_page(&frame, &login, (Some("no"), None)).into_string();
        assert!(page.contains("&quot;&gt;&lt;script&gt;"), "{page}");
        assert!(
            !page.contains("<script>") && !page.contains("horse"),
            "{page}"
        );
    }

    #[test]
    fn a_session_cookie_is_closed_to_scripts_and_other_sites() {
        let cookie = cookie_text("__Host-filo_session", "filo_ses_1", SESSION_SECONDS, true);
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
