//! Confirming a claimed yes: GET shows what is agreed to, POST agrees.

use axum::extract::{Path, State};
use axum::response::Response;
use filo_app::App;
use filo_app::consent::{Confirmed, Link};
use filo_core::event::Channel;
use http::request::Parts;
use maud::html;

use super::{failed, page, shown, unknown, visitor, words};
use crate::i18n::Language;

pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    match ask(&app, &parts, &token).await {
        Ok(Some(page)) => page,
        Ok(None) => unknown(&app, &parts),
        Err(error) => failed(&app, &parts, &error),
    }
}

async fn ask(app: &App, parts: &Parts, token: &str) -> filo_app::Result<Option<Response>> {
    let Some(Link::Confirm { id }) = app.read_link(token) else {
        return Ok(None);
    };
    let Some(row) = app.confirmation(id).await? else {
        return Ok(None);
    };
    let Some(view) = app.behind_link(row.node).await? else {
        return Ok(None);
    };
    let words = words(app, parts, Some(&view));
    let company = app.company().company.name.clone();
    let said = |title, hint| page::answered(words, &company, (title, hint), None);
    if row.confirmed_at.is_some() {
        return Ok(Some(shown(said(
            "public-confirmed",
            "public-confirmed-hint",
        ))));
    }
    if app.now() >= row.expires_at {
        return Ok(Some(shown(said("public-too-late", "public-too-late-hint"))));
    }
    let terms = app.purposes().await?;
    let name = terms.purposes.get(&row.purpose).map_or_else(
        || row.purpose.clone(),
        |purpose| match words.language {
            Language::Italian => purpose.name_it.to_string(),
            Language::English => purpose.name_en.to_string(),
        },
    );
    let channel = Channel::from_word(&row.channel)
        .and_then(|channel| words.look_up(&format!("public-by-{}", channel.word())));
    let wordings = app.wordings().await?;
    let text = wordings
        .iter()
        .find(|wording| wording.name() == row.wording && wording.language == words.language.tag());
    let hint = html! {
        p { (words.fill("public-confirm-hint", [("purpose", name.into())])) }
        @if let Some(channel) = channel { p { strong { (channel) } } }
        @if let Some(text) = text { p.card { (text.text) } }
    };
    let question = ("public-confirm", &hint, "public-confirm-do");
    Ok(Some(shown(page::question(words, &company, question))))
}

pub(super) async fn confirm(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(Link::Confirm { id }) = app.read_link(&token) else {
        return unknown(&app, &parts);
    };
    let who = visitor(&parts, "/public/confirm");
    let said = match app.confirm(id, &who).await {
        Ok(Confirmed::Yes | Confirmed::Already) => ("public-confirmed", "public-confirmed-hint"),
        Ok(Confirmed::TooLate) => ("public-too-late", "public-too-late-hint"),
        Ok(Confirmed::Unknown) => return unknown(&app, &parts),
        Err(error) => return failed(&app, &parts, &error),
    };
    let view = match app.confirmation(id).await {
        Ok(Some(row)) => app.behind_link(row.node).await.ok().flatten(),
        Ok(None) | Err(_) => None,
    };
    let words = words(&app, &parts, view.as_ref());
    shown(page::answered(
        words,
        &app.company().company.name,
        said,
        None,
    ))
}
