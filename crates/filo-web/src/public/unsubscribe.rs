//! No more e-mails: GET shows, POST acts, at once and without a cookie, so that the button of mail
//! programs works too (RFC 8058).
//!
//! **Invariant:** a link that is ours always works, also when its person is gone.

use axum::extract::{Path, State};
use axum::response::Response;
use filo_app::App;
use filo_app::consent::Link;
use filo_core::id::NodeId;
use filo_core::identity::Kind;
use http::request::Parts;
use maud::html;

use super::{failed, link_of, page, shown, unknown, visitor, words};
use crate::i18n::{Language, Words};

pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(Link::Unsubscribe { node, purpose }) = link_of(&app, &token).await else {
        return unknown(&app, &parts);
    };
    let (words, company) = match spoken(&app, &parts, node).await {
        Ok(found) => found,
        Err(error) => return failed(&app, &parts, &error),
    };
    let (title, all, one, act) = asked_of(node);
    let hint = match name_of(&app, words, purpose.as_deref()).await {
        Some(name) => words.fill(one, [("purpose", name.into())]),
        None => words.say(all).into_owned(),
    };
    let hint = html! { p { (hint) } };
    shown(page::question(words, &company, (title, &hint, act)))
}

/// The body is not read: mail programs send it in two forms, and some none at all.
pub(super) async fn leave(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(Link::Unsubscribe { node, purpose }) = link_of(&app, &token).await else {
        return unknown(&app, &parts);
    };
    let who = visitor(&parts, "/public/unsubscribe");
    if let Err(error) = app.unsubscribe(node, purpose.as_deref(), &who).await {
        return failed(&app, &parts, &error);
    }
    match spoken(&app, &parts, node).await {
        Ok((words, company)) => {
            let said = match node.kind() {
                Some(Kind::Email) => "public-unsubscribed-hint",
                Some(Kind::WebPush) => "public-unsubscribed-push-hint",
                Some(Kind::AnonymousId) => "public-unsubscribed-site-hint",
                _ => "public-unsubscribed-text-hint",
            };
            let said = ("public-unsubscribed", said);
            let back = app.public_link(&Link::Preferences { node }).await;
            let back = back.unwrap_or_default();
            let back = back.find("/public/").and_then(|at| back.get(at..));
            shown(page::answered(words, &company, said, back))
        }
        Err(error) => failed(&app, &parts, &error),
    }
}

/// The keys of the question: of mails, of notifications, of messages on the site, or to a telephone.
fn asked_of(node: NodeId) -> (&'static str, &'static str, &'static str, &'static str) {
    match node.kind() {
        Some(Kind::Email) => (
            "public-unsubscribe",
            "public-unsubscribe-hint",
            "public-unsubscribe-one-hint",
            "public-unsubscribe-do",
        ),
        Some(Kind::WebPush) => (
            "public-unsubscribe-push",
            "public-unsubscribe-push-hint",
            "public-unsubscribe-push-one-hint",
            "public-unsubscribe-do",
        ),
        Some(Kind::AnonymousId) => (
            "public-unsubscribe-site",
            "public-unsubscribe-site-hint",
            "public-unsubscribe-site-one-hint",
            "public-unsubscribe-site-do",
        ),
        _ => (
            "public-unsubscribe-text",
            "public-unsubscribe-text-hint",
            "public-unsubscribe-text-one-hint",
            "public-unsubscribe-do",
        ),
    }
}

/// The words and the company's name for whoever holds the link.
async fn spoken(app: &App, parts: &Parts, node: NodeId) -> filo_app::Result<(Words, String)> {
    let view = app.behind_link(node).await?;
    let company = app.company().company.name.to_string();
    Ok((words(app, parts, view.as_ref()), company))
}

async fn name_of(app: &App, words: Words, purpose: Option<&str>) -> Option<String> {
    let terms = app.purposes().await.ok()?;
    let purpose = terms.purposes.get(purpose?)?;
    Some(match words.language {
        Language::Italian => purpose.name_it.to_string(),
        Language::English => purpose.name_en.to_string(),
    })
}
