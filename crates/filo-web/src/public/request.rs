//! Asking about one's data (GDPR, art. 12): a form for everybody, and the link by which one shows
//! that it was really oneself.
//!
//! **Invariant:** what is answered is the same whether the address is known or not.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use filo_app::consent::Link;
use filo_app::{App, Error, Verified};
use filo_core::id::DataRequestId;
use filo_core::privacy::data_request::Wish;
use http::StatusCode;
use http::request::Parts;
use maud::html;
use serde::Deserialize;

use super::page::Asking;
use super::{failed, link_of, page, shown, unknown, words};
use crate::ingest;

/// What somebody filled in.
#[derive(Debug, Default, Deserialize)]
struct Form {
    #[serde(default)]
    wish: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    message: String,
}

pub(super) async fn form(State(app): State<App>, parts: Parts) -> Response {
    shown(filled(&app, &parts, &Form::default(), None))
}

fn filled(app: &App, parts: &Parts, form: &Form, wrong: Option<&'static str>) -> maud::Markup {
    let asking = Asking {
        wish: &form.wish,
        email: &form.email,
        message: &form.message,
        wrong,
    };
    page::asking(
        words(app, parts, None),
        &app.company().company.name,
        &asking,
    )
}

pub(super) async fn ask(State(app): State<App>, parts: Parts, body: Bytes) -> Response {
    let form: Form = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    let wrong = |field| {
        let page = filled(&app, &parts, &form, Some(field));
        (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
    };
    let Some(wish) = Wish::from_word(&form.wish) else {
        return wrong("wish");
    };
    let from = ingest::origin::sender(&parts.headers, &parts.extensions);
    let asked = app.ask_about_data(wish, (&form.email, &form.message), from);
    match asked.await {
        Ok(()) => answered(&app, &parts, ("public-requested", "public-requested-hint")),
        Err(Error::Invalid { field, .. }) => wrong(field),
        Err(Error::TooOften { .. }) => {
            let said = ("public-request-often", "public-request-often-hint");
            (StatusCode::TOO_MANY_REQUESTS, answered(&app, &parts, said)).into_response()
        }
        Err(other) => failed(&app, &parts, &other),
    }
}

fn answered(app: &App, parts: &Parts, said: (&str, &str)) -> Response {
    let company = &app.company().company.name;
    shown(page::answered(words(app, parts, None), company, said, None))
}

pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(id) = request_of(&app, &token).await else {
        return unknown(&app, &parts);
    };
    match app.asked_about_data(id).await {
        Ok(Some((wish, Verified::Yes))) => {
            let words = words(&app, &parts, None);
            let wish = words.say(&format!("public-wish-{}", wish.word()));
            let hint = html! {
                p { (words.say("public-request-confirm-hint")) }
                p { strong { (wish) } }
            };
            let question = ("public-request-confirm", &hint, "public-request-confirm-do");
            let company = &app.company().company.name;
            shown(page::question(words, company, question))
        }
        Ok(Some((_, standing))) => told(&app, &parts, standing),
        Ok(None) => unknown(&app, &parts),
        Err(error) => failed(&app, &parts, &error),
    }
}

pub(super) async fn confirm(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(id) = request_of(&app, &token).await else {
        return unknown(&app, &parts);
    };
    match app.verify_data_request(id).await {
        Ok(standing) => told(&app, &parts, standing),
        Err(error) => failed(&app, &parts, &error),
    }
}

async fn request_of(app: &App, token: &str) -> Option<DataRequestId> {
    match link_of(app, token).await {
        Some(Link::Request { id }) => Some(id),
        Some(
            Link::Preferences { .. }
            | Link::Unsubscribe { .. }
            | Link::Confirm { .. }
            | Link::PushYes { .. }
            | Link::PushReport { .. }
            | Link::PushRenewal { .. }
            | Link::SiteReport { .. }
            | Link::SiteTest { .. }
            | Link::Monday { .. },
        )
        | None => None,
    }
}

fn told(app: &App, parts: &Parts, standing: Verified) -> Response {
    let said = match standing {
        Verified::Yes | Verified::Already => ("public-request-yours", "public-request-yours-hint"),
        Verified::Closed => ("public-request-closed", "public-request-closed-hint"),
        Verified::Unknown => return unknown(app, parts),
    };
    answered(app, parts, said)
}
