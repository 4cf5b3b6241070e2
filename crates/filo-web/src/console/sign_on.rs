//! Signing on with the company's own directory: on the way there, and back.
//!
//! **Invariant:** coming back changes nothing by itself: the page that the directory opens holds a
//! form of our own, and only that form, sent from our own page, lets anybody in.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use filo_app::{
    Actor, App, SignOnOutcome, SignOnPurpose, SignOnRefusal, SignOnReturn, SignOnStart,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::layer::cookie;
use super::login::{From, carry, let_in};
use super::posted::{Knock, Posted};
use super::session::{inside, is_secure, session_text};
use super::{Answer, wrong};
use crate::i18n::Words;
use crate::right::Own;
use crate::ui::page::{Frame, page};

const COOKIE: &str = "filo_sign_on";
const SECURE_COOKIE: &str = "__Host-filo_sign_on";
/// As long as the way may take.
const COOKIE_LIFE_S: u32 = 600;
const HERE: &str = "/account";

#[derive(Debug, Deserialize)]
pub(super) struct Begin {
    next: Option<String>,
}

/// Off to the directory, to come in.
pub(super) async fn begin(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    Knock(form): Knock<Begin>,
) -> Answer {
    let next = inside(form.next.as_deref());
    let started = app
        .begin_sign_on(SignOnPurpose::Login, next, &visit)
        .await?;
    Ok(off(&app, words, started))
}

#[derive(Debug, Deserialize)]
pub(super) struct Invited {
    key: String,
}

/// Off to the directory, to make the account of an invitation.
pub(super) async fn begin_invited(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    Knock(form): Knock<Invited>,
) -> Answer {
    let purpose = SignOnPurpose::Invite(&form.key);
    let started = app
        .begin_sign_on(purpose, words.language.tag(), &visit)
        .await;
    match started {
        Err(filo_app::Error::Missing("invite")) => Err(Failure::DeadLink),
        other => Ok(off(&app, words, other?)),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// Off to the directory, to link one's own account.
pub(super) async fn begin_link(
    State(app): State<App>,
    From(visit): From,
    posted: Posted<Own, Nothing>,
) -> Answer {
    let session = posted.session;
    session.fresh(&app, HERE)?;
    let purpose = SignOnPurpose::Link(&session.actor);
    let started = app.begin_sign_on(purpose, HERE, &visit).await?;
    Ok(off(&app, session.words, started))
}

pub(super) async fn unlink(State(app): State<App>, posted: Posted<Own, Nothing>) -> Answer {
    posted.session.fresh(&app, HERE)?;
    let opened = app.unlink_sign_on(&posted.session.actor).await?;
    let mut response = Redirect::to("/account?done=sign-on-unlinked").into_response();
    carry(&mut response, &app, &opened);
    Ok(response)
}

/// A page that goes on to the directory by itself. It is no redirect: a browser applies the
/// policy for forms, which allows this site alone, to where a form is redirected.
fn off(app: &App, words: Words, started: Option<SignOnStart>) -> Response {
    let Some(SignOnStart { address, ticket }) = started else {
        return refused(words, SignOnRefusal::Unreached);
    };
    let title = words.say("sign-on-leaving");
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            p { (words.say("sign-on-leaving-hint")) }
            p { a.button rel="noreferrer" href=(address) { (words.say("sign-on-go")) } }
            p { a href="/login" { (words.say("cancel")) } }
        }
    };
    let mut response = page(&Frame::bare(words, &title), &content).into_response();
    let headers = response.headers_mut();
    // The address was written by us from a checked one: it has no line ends.
    if let Ok(value) = HeaderValue::from_str(&format!("0; url={address}")) {
        headers.insert(HeaderName::from_static("refresh"), value);
    }
    put_ticket(headers, app, &ticket, COOKIE_LIFE_S);
    response
}

/// What the directory says with the browser.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    iss: Option<String>,
    error: Option<String>,
}

/// Back from the directory: a form with what it said, which a script sends at once.
pub(super) async fn back(Extension(words): Extension<Words>, Query(said): Query<Said>) -> Answer {
    let title = words.say("sign-on-back");
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            p { (words.say("sign-on-back-hint")) }
            form.form method="post" action="/login/sign-on/return" data-go-on {
                input type="hidden" name="state" value=(said.state);
                input type="hidden" name="code" value=(said.code);
                @if let Some(iss) = &said.iss { input type="hidden" name="iss" value=(iss); }
                @if let Some(error) = &said.error { input type="hidden" name="error" value=(error); }
                button type="submit" { (words.say("sign-on-go")) }
            }
        }
    };
    super::shown(page(&Frame::bare(words, &title), &content))
}

/// Lets in, links, or says why not.
pub(super) async fn finish(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    headers: HeaderMap,
    Knock(said): Knock<Said>,
) -> Answer {
    let returned = SignOnReturn {
        state: said.state,
        code: said.code,
        issuer: said.iss,
        error: said.error,
        ticket: cookie(&headers, ticket_name(&app))
            .unwrap_or_default()
            .to_owned(),
    };
    let actor = whoever(&app, &headers).await?;
    let mut response = match app
        .finish_sign_on(&returned, actor.as_ref(), &visit)
        .await?
    {
        SignOnOutcome::In(opened, next) => {
            // A login is a new session: the one the browser had before ends.
            if let Some(former) = actor {
                app.log_out(&former).await?;
            }
            let_in(&app, &opened, Some(&next))
        }
        SignOnOutcome::Linked(opened) => {
            let mut response = Redirect::to("/account?done=sign-on-linked").into_response();
            carry(&mut response, &app, &opened);
            response
        }
        SignOnOutcome::Refused(why) => refused(words, why),
    };
    put_ticket(response.headers_mut(), &app, "", 0);
    Ok(response)
}

async fn whoever(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Failure> {
    let text = session_text(app, headers).unwrap_or_default();
    Ok(app.visitor(text).await?.map(|visitor| visitor.actor))
}

fn refused(words: Words, why: SignOnRefusal) -> Response {
    let title = words.say("sign-on-refused");
    let content = html! {
        section.card.narrow role="alert" {
            h1 { (title) }
            p { (words.say(&format!("sign-on-{}", why.word()))) }
            p { a.button href="/login" { (words.say("sign-on-to-login")) } }
        }
    };
    match wrong(page(&Frame::bare(words, &title), &content)) {
        Ok(response) => response,
        Err(failure) => failure.into_response(),
    }
}

fn ticket_name(app: &App) -> &'static str {
    if is_secure(app) {
        SECURE_COOKIE
    } else {
        COOKIE
    }
}

fn put_ticket(headers: &mut HeaderMap, app: &App, ticket: &str, life_s: u32) {
    let secure = if is_secure(app) { "; Secure" } else { "" };
    let cookie = format!(
        "{}={ticket}; Path=/; Max-Age={life_s}; HttpOnly; SameSite=Strict{secure}",
        ticket_name(app)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// The button of a page that lets people in.
pub(super) fn door(
    words: Words,
    label: &str,
    action: &str,
    hidden: (&str, Option<&str>),
) -> Markup {
    let (name, value) = hidden;
    html! {
        form.form method="post" action=(action) {
            @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
            button.quiet type="submit" { (words.fill("sign-on-with", [("label", label.to_owned().into())])) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_refusal_says_why() {
        for language in Language::ALL {
            for why in SignOnRefusal::ALL {
                let key = format!("sign-on-{}", why.word());
                assert!(Words::of(language).look_up(&key).is_some(), "{key}");
            }
        }
    }
}
