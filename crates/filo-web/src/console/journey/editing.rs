//! Working on a journey: the tree with a form at each step, what surrounds it, and the whole as
//! a document. Each form is sent alone and works without a script.
//!
//! **Invariant:** a form changes what it was drawn from: if that was changed meanwhile, it is
//! said and nothing is lost.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::journey::{JourneyDraft, JourneyPage};
use filo_app::{App, Error};
use filo_core::id::JourneyId;
use filo_core::journey::{Journey, StepId};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::form::{Wrong, value};
use super::form_read::Reading;
use super::halting::removal;
use super::tree::Tree;
use super::{names, whole};
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::right::ManageJourneys;
use crate::sentence::journey::JourneyNames;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

mod around;
mod beside;
mod calendar;
mod kind;
mod moving;

use around::{document_form, trigger_form};
use beside::Forms;
use kind::fresh;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    /// The step whose form is open.
    open: Option<String>,
    done: Option<String>,
}

/// What was sent and was not right.
#[derive(Debug, Default)]
struct Given {
    /// The step, or `trigger`, or `document`.
    of: String,
    pairs: Pairs,
    wrong: Wrong,
    notice: Option<String>,
}

pub(in crate::console) async fn edit(
    State(app): State<App>,
    session: Session<ManageJourneys>,
    Path(journey): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = app.journey_page(id(&journey)?).await?;
    let names = names(&app).await?;
    let given = Given {
        of: asked.open.unwrap_or_default(),
        ..Given::default()
    };
    let content = content(&session, &page, &names, &given);
    let title = line(&page.view.row.name);
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

fn content(
    session: &Session<ManageJourneys>,
    page: &JourneyPage,
    names: &JourneyNames,
    given: &Given,
) -> Markup {
    let (words, view) = (session.words, &page.view);
    let id = view.row.id;
    let counts = BTreeMap::new();
    let beside = Forms {
        words,
        names,
        id,
        token: &session.token,
        version: view.row.version,
        given,
    };
    let tree = Tree {
        words,
        names,
        counts: &counts,
        faults: &page.faults,
        beside: &beside,
    };
    let loose: Vec<_> = page
        .faults
        .iter()
        .filter(|fault| fault.step.is_none())
        .collect();
    html! {
        a.back href={ "/journeys/" (id) } { (Icon::Back.draw()) (line(&view.row.name)) }
        @if let Some(notice) = &given.notice { p.notice.notice-bad role="alert" { (notice) } }
        div.head {
            div {
                h1 { (words.say("journey-edit-title")) }
                p.lead { (words.say("journey-edit-lead")) }
            }
            div.actions {
                a.button href={ "/journeys/" (id) "/publishing" } { (words.say(if view.row.published == 0 { "journey-start-do" } else { "journey-publish-do" })) }
            }
        }
        @if !loose.is_empty() && !view.draft.steps.is_empty() {
            div.notice { ul.points { @for fault in loose { li { code { (fault.at) } " " (fault.cause) } } } }
        }
        div.segment {
            section.card aria-labelledby="tree-title" {
                h2 #tree-title { (words.say("journey-steps")) }
                (tree.draw(&view.draft.steps))
            }
            aside {
                (trigger_form(words, page, names, (&session.token, given)))
                (document_form(words, page, (&session.token, given)))
                (removal(words, id, view.status, &session.token))
            }
        }
    }
}

/// Adds, changes, moves or removes a step.
pub(in crate::console) async fn change_step(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Pairs>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, pairs) = (posted.session, posted.form);
    let words = session.words;
    let view = app.journey(journey).await?;
    let mut draft = view.draft.clone();
    let step = StepId::from(value(&pairs, "step"));
    let mut open = String::new();
    let act = value(&pairs, "act");
    match act {
        "add" => {
            let new = fresh(words, value(&pairs, "kind"), draft.spare_id(), journey);
            open.clone_from(&new.id.0.to_string());
            let way = value(&pairs, "way").parse().ok();
            moving::add(&mut draft, &step, way, new);
        }
        "up" => drop(moving::shift(&mut draft.steps, &step, false)),
        "down" => drop(moving::shift(&mut draft.steps, &step, true)),
        "remove" => drop(moving::remove(&mut draft.steps, &step)),
        _ => {
            let Some(known) = moving::find(&mut draft.steps, &step) else {
                return done(&format!("/journeys/{journey}/edit"));
            };
            let mut reading = Reading::new(words, &pairs);
            let action = reading.action(&known.action);
            let wrong = reading.wrong;
            if !wrong.is_empty() {
                let of = step.0.to_string();
                return refused(&app, &session, journey, given(of, pairs, wrong)).await;
            }
            known.action = action;
        }
    }
    let seen = value(&pairs, "version").parse().unwrap_or(0);
    let saved = save(&app, &session, &view, (seen, draft)).await;
    let at = match (act, open.is_empty()) {
        ("add", false) => format!("?open={open}#step-{open}"),
        ("remove", _) => String::new(),
        _ => format!("#step-{step}"),
    };
    match saved {
        Ok(()) => done(&format!("/journeys/{journey}/edit{at}")),
        Err(Error::Conflict(_)) => {
            let of = if act == "edit" {
                step.0.to_string()
            } else {
                String::new()
            };
            let pairs = if act == "edit" { pairs } else { Pairs::new() };
            stale(&app, &session, journey, given(of, pairs, Wrong::new())).await
        }
        Err(error) => Err(error.into()),
    }
}

fn given(of: String, pairs: Pairs, wrong: Wrong) -> Given {
    Given {
        of,
        pairs,
        wrong,
        notice: None,
    }
}

async fn save(
    app: &App,
    session: &Session<ManageJourneys>,
    view: &filo_app::journey::JourneyView,
    (seen, journey): (i64, Journey),
) -> filo_app::Result<()> {
    let draft = JourneyDraft {
        name: view.row.name.clone(),
        description: view.row.description.clone(),
        journey,
    };
    let from = (view.row.id, seen);
    app.change_journey(&session.actor, from, draft)
        .await
        .map(drop)
}

async fn refused(
    app: &App,
    session: &Session<ManageJourneys>,
    journey: JourneyId,
    given: Given,
) -> Answer {
    answered(
        app,
        session,
        journey,
        (StatusCode::UNPROCESSABLE_ENTITY, given),
    )
    .await
}

async fn stale(
    app: &App,
    session: &Session<ManageJourneys>,
    journey: JourneyId,
    mut given: Given,
) -> Answer {
    given.notice = Some(session.words.say("journey-stale").into_owned());
    answered(app, session, journey, (StatusCode::CONFLICT, given)).await
}

async fn answered(
    app: &App,
    session: &Session<ManageJourneys>,
    journey: JourneyId,
    (status, given): (StatusCode, Given),
) -> Answer {
    let page = app.journey_page(journey).await?;
    let names = names(app).await?;
    let content = content(session, &page, &names, &given);
    let page = whole(session, &line(&page.view.row.name), None, &content);
    Ok((status, page).into_response())
}

/// What it is called, what brings somebody in, how often, what it is for.
pub(in crate::console) async fn change_trigger(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Pairs>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, pairs) = (posted.session, posted.form);
    let view = app.journey(journey).await?;
    let mut reading = Reading::new(session.words, &pairs);
    let read = around::read(&mut reading, view.draft.clone());
    let wrong = reading.wrong;
    if !wrong.is_empty() {
        let given = given("trigger".to_owned(), pairs, wrong);
        return refused(&app, &session, journey, given).await;
    }
    let draft = JourneyDraft {
        name: value(&pairs, "name").trim().to_owned(),
        description: value(&pairs, "description").to_owned(),
        journey: read,
    };
    let seen = value(&pairs, "version").parse().unwrap_or(0);
    match app
        .change_journey(&session.actor, (journey, seen), draft)
        .await
    {
        Ok(_) => done(&format!("/journeys/{journey}/edit?done=journey-saved")),
        Err(Error::Conflict(_)) => {
            let given = given("trigger".to_owned(), pairs, Wrong::new());
            stale(&app, &session, journey, given).await
        }
        Err(Error::Invalid { field, reason }) => {
            let wrong = Wrong::from([(field.to_owned(), reason)]);
            let given = given("trigger".to_owned(), pairs, wrong);
            refused(&app, &session, journey, given).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The whole as a document.
pub(in crate::console) async fn change_document(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Pairs>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, pairs) = (posted.session, posted.form);
    let view = app.journey(journey).await?;
    let of = "document".to_owned();
    let read = match Journey::from_json(value(&pairs, "document")) {
        Ok(read) => read,
        Err(fault) => {
            let wrong = Wrong::from([("document".to_owned(), fault.to_string())]);
            return refused(&app, &session, journey, given(of, pairs, wrong)).await;
        }
    };
    let seen = value(&pairs, "version").parse().unwrap_or(0);
    match save(&app, &session, &view, (seen, read)).await {
        Ok(()) => done(&format!("/journeys/{journey}/edit?done=journey-saved")),
        Err(Error::Conflict(_)) => {
            stale(&app, &session, journey, given(of, pairs, Wrong::new())).await
        }
        Err(error) => Err(error.into()),
    }
}
