//! What the company asks its customers for, and in which words.
//!
//! **Invariant:** whoever saves over somebody else's change is shown that change first; a text is
//! only ever followed by another.

mod view;

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::consent::Basis;
use filo_core::consent::purpose::{Ground, Purpose, Purposes};
use filo_core::event::Channel;
use http::StatusCode;
use maud::Markup;

use super::{Asked, whole};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::right::{ManageSettings, Power, SeeFigures};

const HERE: &str = "/settings/consent";
/// A form as pairs: boxes come once for each tick.
type Pairs = Vec<(String, String)>;

/// What was wrong, and with which purpose; an empty word is the new one.
struct Wrong {
    word: String,
    problem: String,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = page(&app, &session, None, asked.done.as_deref()).await?;
    shown(page)
}

async fn page<P: Power>(
    app: &App,
    session: &Session<P>,
    refused: Option<(&Purpose, &Wrong)>,
    done: Option<&str>,
) -> Result<Markup, Failure> {
    let view = app.purposes().await?;
    let wordings = app.wordings().await?;
    let title = session.words.say("settings-consent");
    let content = view::content(session, &view, &wordings, refused);
    Ok(whole(session, HERE, &title, done, &content))
}

fn fresh() -> Purpose {
    Purpose {
        word: "".into(),
        name_it: "".into(),
        name_en: "".into(),
        ground: Ground::Statement,
        by_channel: false,
        channels: vec![Channel::Email],
        bases: vec![Basis::Consent],
        expires_after_months: 0,
        ask_again_after_months: 6,
    }
}

fn first<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value.trim())
}

fn all<'a>(pairs: &'a Pairs, name: &'static str) -> impl Iterator<Item = &'a str> {
    pairs
        .iter()
        .filter(move |(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// The purpose of a form; months that are no number are as wrong as too many.
fn purpose_of(pairs: &Pairs) -> Purpose {
    let months = |name| first(pairs, name).parse().unwrap_or(u16::MAX);
    Purpose {
        word: first(pairs, "word").into(),
        name_it: first(pairs, "name_it").into(),
        name_en: first(pairs, "name_en").into(),
        ground: Ground::from_word(first(pairs, "ground")).unwrap_or(Ground::Statement),
        by_channel: first(pairs, "by_channel") == "on",
        channels: all(pairs, "channel")
            .filter_map(Channel::from_word)
            .collect(),
        bases: all(pairs, "basis").map(Basis::from_word).collect(),
        expires_after_months: months("expires"),
        ask_again_after_months: months("ask_again"),
    }
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let given = purpose_of(&form);
    let is_new = first(&form, "is_new") == "on";
    let Purposes(mut purposes) = app.purposes().await?.purposes;
    match purposes.iter_mut().find(|it| it.word == given.word) {
        Some(known) if !is_new => *known = given.clone(),
        _ => purposes.push(given.clone()),
    }
    let saved = change(&app, &session, purposes, &form).await?;
    let Some(problem) = saved else {
        return done("/settings/consent?done=purposes-saved");
    };
    let word = if is_new { "" } else { given.word.as_str() };
    let refused = Wrong {
        word: word.to_owned(),
        problem: session.words.say(problem).into_owned(),
    };
    let page = page(&app, &session, Some((&given, &refused)), None).await?;
    if problem == "terms-conflict" {
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    wrong(page)
}

/// Saves; gives the key of what was wrong.
async fn change(
    app: &App,
    session: &Session<ManageSettings>,
    purposes: Vec<Purpose>,
    form: &Pairs,
) -> Result<Option<&'static str>, Failure> {
    let version = first(form, "version").parse().unwrap_or(-1);
    let saved = app
        .change_purposes(&session.actor, Purposes(purposes), version)
        .await;
    match saved {
        Ok(_view) => Ok(None),
        Err(Error::Invalid { .. }) => Ok(Some("terms-wrong")),
        Err(Error::Conflict(_)) => Ok(Some("terms-conflict")),
        Err(other) => Err(other.into()),
    }
}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    posted: Posted<ManageSettings, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let word = first(&form, "word");
    let Purposes(mut purposes) = app.purposes().await?.purposes;
    let Some(given) = purposes.iter().find(|it| it.word == word).cloned() else {
        return Err(Failure::Missing);
    };
    purposes.retain(|it| it.word != word);
    let Some(problem) = change(&app, &session, purposes, &form).await? else {
        return done("/settings/consent?done=purpose-removed");
    };
    let refused = Wrong {
        word: word.to_owned(),
        problem: session.words.say(problem).into_owned(),
    };
    wrong(page(&app, &session, Some((&given, &refused)), None).await?)
}

pub(in crate::console) async fn add_wording(
    State(app): State<App>,
    posted: Posted<ManageSettings, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let (purpose, texts) = (
        first(&form, "purpose"),
        (first(&form, "text_it"), first(&form, "text_en")),
    );
    match app.add_wording(&session.actor, purpose, texts).await {
        Ok(_version) => done("/settings/consent?done=wording-added"),
        Err(Error::Invalid { .. }) => {
            let view = app.purposes().await?;
            let given = view.purposes.get(purpose).cloned().unwrap_or_else(fresh);
            let refused = Wrong {
                word: purpose.to_owned(),
                problem: session.words.say("wording-wrong").into_owned(),
            };
            wrong(page(&app, &session, Some((&given, &refused)), None).await?)
        }
        Err(other) => Err(other.into()),
    }
}
