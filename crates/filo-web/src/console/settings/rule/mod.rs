//! The rules about who is one person: what they say, trying others, changing them, going back.
//!
//! **Invariant:** whoever saves over somebody else's change is shown that change first.

mod form;
mod history;
mod trial;

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::{App, Error, RulesView, Trial, TrialState};
use filo_core::id::TrialId;
use filo_core::identity::JoiningRules;
use form::Given;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::whole;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown_while, wrong};
use crate::right::{ManageSettings, Power};

const HERE: &str = "/settings/identity";

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Asked {
    done: Option<String>,
    trial: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.rules_view().await?;
    let trial = match asked.trial.as_deref() {
        Some(text) => Some(app.trial(&session.actor, id(text)?)?),
        None => None,
    };
    let rules = trial.as_ref().map_or(&view.rules, |trial| &trial.rules);
    let given = Given::of(rules, view.version);
    let page = page(
        &session,
        &Shown::new(&view, &given, trial.as_ref()),
        asked.done.as_deref(),
    );
    let runs = trial.is_some_and(|trial| matches!(trial.state, TrialState::Running(_)));
    shown_while(runs, page)
}

/// Tries the rules of the form, or saves them untried if that is what was asked for.
pub(in crate::console) async fn give(
    State(app): State<App>,
    posted: Posted<ManageSettings, Given>,
) -> Answer {
    let Posted { session, form } = posted;
    let view = app.rules_view().await?;
    let wanted = match form.read(&view.rules) {
        Ok(wanted) => wanted,
        Err(field) => return refused(&session, &view, &form, &field),
    };
    if form.saves() {
        let version = form.version();
        return match app.change_rules(&session.actor, wanted, version).await {
            Err(Error::Invalid { field, .. }) => refused(&session, &view, &form, field),
            outcome => saved(&app, &session, outcome, &form).await,
        };
    }
    match app.try_rules(&session.actor, wanted) {
        Ok(trial) => done(&format!("{HERE}?trial={}", trial.id)),
        Err(Error::Invalid { field, .. }) => refused(&session, &view, &form, field),
        Err(Error::Conflict(_)) => match app.running_trial() {
            Some(running) => done(&format!("{HERE}?done=rules-being-tried&trial={running}")),
            None => done(HERE),
        },
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct From {
    version: u32,
}

/// Saves the rules that were tried.
pub(in crate::console) async fn adopt(
    State(app): State<App>,
    Path(trial): Path<String>,
    posted: Posted<ManageSettings, From>,
) -> Answer {
    let Posted { session, form } = posted;
    let trial = app.trial(&session.actor, id::<TrialId>(&trial)?)?;
    let given = Given::of(&trial.rules, form.version);
    // What is saved here was seen through, against the rules that count now.
    if trial.state != TrialState::Done || trial.against != form.version {
        let why = Error::Conflict("the trial is not of the rules of now".to_owned());
        return saved(&app, &session, Err(why), &given).await;
    }
    let outcome = app.change_rules(&session.actor, trial.rules, form.version);
    saved(&app, &session, outcome.await, &given).await
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Back {
    to: u32,
    version: u32,
}

/// Goes back to a version of before.
pub(in crate::console) async fn go_back(
    State(app): State<App>,
    posted: Posted<ManageSettings, Back>,
) -> Answer {
    let Posted { session, form } = posted;
    let view = app.rules_view().await?;
    let mut versions = view.history.into_iter();
    let rules: JoiningRules = versions
        .find(|change| change.version == form.to)
        .map(|change| change.rules)
        .ok_or(Failure::Missing)?;
    let given = Given::of(&rules, form.version);
    let outcome = app.change_rules(&session.actor, rules, form.version);
    saved(&app, &session, outcome.await, &given).await
}

async fn saved(
    app: &App,
    session: &Session<ManageSettings>,
    outcome: Result<RulesView, Error>,
    given: &Given,
) -> Answer {
    match outcome {
        Ok(_saved) => done(&format!("{HERE}?done=rules-saved")),
        Err(Error::Conflict(_)) => {
            // What this one wanted stays in the form; what counts now stands in the history.
            let view = app.rules_view().await?;
            let given = given.clone().made_from(view.version);
            let mut shown = Shown::new(&view, &given, None);
            shown.conflict = true;
            Ok((StatusCode::CONFLICT, page(session, &shown, None)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn refused(
    session: &Session<ManageSettings>,
    view: &RulesView,
    given: &Given,
    field: &str,
) -> Answer {
    let mut shown = Shown::new(view, given, None);
    shown.wrong = Some(field);
    wrong(page(session, &shown, None))
}

/// What the page shows.
struct Shown<'a> {
    view: &'a RulesView,
    given: &'a Given,
    trial: Option<&'a Trial>,
    wrong: Option<&'a str>,
    conflict: bool,
}

impl<'a> Shown<'a> {
    const fn new(view: &'a RulesView, given: &'a Given, trial: Option<&'a Trial>) -> Self {
        Self {
            view,
            given,
            trial,
            wrong: None,
            conflict: false,
        }
    }
}

fn page<P: Power>(session: &Session<P>, shown: &Shown<'_>, done: Option<&str>) -> Markup {
    let title = session.words.say("settings-identity");
    whole(session, HERE, &title, done, &content(session, shown))
}

fn content<P: Power>(session: &Session<P>, shown: &Shown<'_>) -> Markup {
    let (words, token) = (session.words, session.token.as_str());
    let running = shown
        .trial
        .is_some_and(|trial| matches!(trial.state, TrialState::Running(_)));
    html! {
        h1 { (words.say("settings-identity")) }
        p.lead { (words.say("settings-identity-lead")) }
        @if shown.conflict {
            section.notice.notice-warn role="alert" {
                h2 { (words.say("rules-conflict")) }
                p { (words.say("rules-conflict-hint")) }
            }
        }
        @if let Some(thousandths) = shown.view.followed_thousandths {
            section.notice role="status" {
                p { (words.fill("rules-following", [("percent", (thousandths / 10).into())])) }
                meter min="0" max="1000" value=(thousandths) aria-label=(words.say("rules-following-label")) {}
            }
        }
        @if let Some(trial) = shown.trial { (trial::result(words, trial, shown.view.version, token)) }
        @if !running { (form::form(words, shown.given, shown.wrong, token)) }
        (history::list(words, shown.view, token))
    }
}
