//! No more Monday pages: GET shows, POST acts, at once and without a cookie, so that the button of
//! mail programs works too (RFC 8058).

use axum::extract::{Path, State};
use axum::response::Response;
use filo_app::App;
use filo_app::consent::Link;
use filo_core::id::UserId;
use http::request::Parts;
use maud::html;

use super::{failed, link_of, page, shown, unknown, words};
use crate::i18n::{Language, Words};

async fn user_of(app: &App, token: &str) -> Option<UserId> {
    match link_of(app, token).await {
        Some(Link::Monday { user }) => Some(user),
        _ => None,
    }
}

/// The words of whoever it was written to.
async fn spoken(app: &App, parts: &Parts, user: UserId) -> filo_app::Result<Words> {
    let theirs = app.language_of_user(user).await?;
    let theirs = theirs.and_then(|it| Language::from_tag(it.tag()));
    let words = words(app, parts, None);
    Ok(Words {
        language: theirs.unwrap_or(words.language),
        ..words
    })
}

pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(user) = user_of(&app, &token).await else {
        return unknown(&app, &parts);
    };
    match spoken(&app, &parts, user).await {
        Ok(words) => {
            let hint = html! { p { (words.say("public-monday-hint")) } };
            let asked = ("public-monday", &hint, "public-monday-do");
            shown(page::question(words, &app.company().company.name, asked))
        }
        Err(error) => failed(&app, &parts, &error),
    }
}

/// The body is not read: mail programs send it in two forms, and some none at all.
pub(super) async fn end(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(user) = user_of(&app, &token).await else {
        return unknown(&app, &parts);
    };
    if let Err(error) = app.end_monday_by_link(user).await {
        return failed(&app, &parts, &error);
    }
    match spoken(&app, &parts, user).await {
        Ok(words) => {
            let said = ("public-unsubscribed", "public-monday-ended");
            shown(page::answered(
                words,
                &app.company().company.name,
                said,
                None,
            ))
        }
        Err(error) => failed(&app, &parts, &error),
    }
}
