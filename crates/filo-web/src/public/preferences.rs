//! The preferences of whoever holds the link: GET shows, POST changes.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use filo_app::App;
use filo_app::consent::Link;
use filo_core::id::NodeId;
use http::request::Parts;

use super::{failed, page, shown, unknown, visitor, words};

/// What a form of choices can name.
const CHOICES_MOST: usize = 200;

pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> Response {
    let Some(Link::Preferences { node }) = app.read_link(&token) else {
        return unknown(&app, &parts);
    };
    answer(&app, &parts, node, None).await
}

pub(super) async fn choose(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
    body: Bytes,
) -> Response {
    let Some(Link::Preferences { node }) = app.read_link(&token) else {
        return unknown(&app, &parts);
    };
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    let named = |wanted: &'static str| {
        fields
            .iter()
            .filter(move |(name, _)| name == wanted)
            .map(|(_, value)| value.clone())
    };
    let yes: Vec<String> = named("yes").take(CHOICES_MOST).collect();
    let act = named("do").next();
    let view = match app.behind_link(node).await {
        Ok(Some(view)) => view,
        Ok(None) => return unknown(&app, &parts),
        Err(error) => return failed(&app, &parts, &error),
    };
    let who = visitor(&parts, "/public/preferences");
    let changed = match act.as_deref() {
        Some("nothing") => app.choose_nothing(&view, node, &who).await.map(|()| true),
        Some("save") => app.choose(&view, node, &yes, &who).await,
        // Not the form of this page: what it left out is no answer.
        _ => Ok(false),
    };
    match changed {
        Ok(true) => answer(&app, &parts, node, Some("public-preferences-saved")).await,
        Ok(false) => answer(&app, &parts, node, Some("public-preferences-same")).await,
        Err(error) => failed(&app, &parts, &error),
    }
}

async fn answer(app: &App, parts: &Parts, node: NodeId, done: Option<&str>) -> Response {
    let view = match app.behind_link(node).await {
        Ok(Some(view)) => view,
        Ok(None) => return unknown(app, parts),
        Err(error) => return failed(app, parts, &error),
    };
    match app.preferences(&view, node).await {
        Ok(known) => shown(page::preferences(
            words(app, parts, Some(&view)),
            &app.company().company.name,
            &known,
            done,
        )),
        Err(error) => failed(app, parts, &error),
    }
}
