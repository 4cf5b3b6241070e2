//! The page of the kinds in force, and that of one search.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use filo_app::persona::{Overview, RunState, RunView};
use filo_app::{App, CustomerRow};
use filo_core::access::Right;
use filo_core::id::{PersonaId, PersonaRunId};
use maud::{Markup, html};
use serde::Deserialize;

use super::card::{Refused, cards};
use super::{finding, whole};
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, id, shown_while};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::page::empty;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

/// What a page shows of a search.
pub(super) struct Told {
    pub(super) run: RunView,
    pub(super) typical: BTreeMap<PersonaId, Vec<CustomerRow>>,
    pub(super) manages: bool,
    /// Whoever looks may open the pages of people.
    pub(super) opens_people: bool,
}

impl Told {
    async fn load<P>(app: &App, session: &Session<P>, run: RunView) -> Result<Self, Failure> {
        Ok(Self {
            typical: app.typical_people(&session.actor, run.id).await?,
            run,
            manages: session.actor.may(Right::ManageSegments),
            opens_people: session.actor.may(Right::SeePeople),
        })
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (goes_on, content) = content(&app, &session, None, None).await?;
    shown_while(goes_on, whole(&session, asked.done.as_deref(), &content))
}

/// The page of what is in force, with what somebody typed wrong or could not be done; and whether
/// a search is under way.
pub(super) async fn content<P>(
    app: &App,
    session: &Session<P>,
    refused: Option<&Refused>,
    wrong: Option<&str>,
) -> Result<(bool, Markup), Failure> {
    let words = session.words;
    let overview = app.personas(&session.actor).await?;
    let goes_on = is_running(&overview);
    let manages = session.actor.may(Right::ManageSegments);
    let in_force = match &overview.in_force {
        Some(run) => Some(Told::load(app, session, run.clone()).await?),
        None => None,
    };
    let token = &session.token;
    let drifted = app.persona_drift(&session.actor).await?;
    let content = html! {
        a.back href="/segments" { (Icon::Back.draw()) (words.say("place-segments")) }
        @if let Some(wrong) = wrong { p.notice.notice-bad role="alert" { (wrong) } }
        div.head {
            div {
                h1 { (words.say("place-personas")) }
                p.lead { (words.say("persona-lead")) }
            }
            @if manages && !goes_on {
                div.actions { (seek_button(words, &overview, token)) }
            }
        }
        @if let Some(run) = &overview.latest { (finding::news(words, run)) }
        @match &in_force {
            Some(told) => {
                (finding::in_force(words, told, (overview.has_before, drifted.as_ref()), token))
                (cards(words, told, token, refused))
                (finding::how(words, &told.run))
            }
            None if overview.latest.is_none() => {
                (empty(&words.say("persona-none"), &html! { p { (words.say("persona-none-hint")) } }))
            }
            None => {}
        }
    };
    Ok((goes_on, content))
}

fn is_running(overview: &Overview) -> bool {
    let latest = overview.latest.as_ref().map(|run| &run.state);
    matches!(latest, Some(RunState::Running(_)))
}

fn seek_button(words: Words, overview: &Overview, token: &str) -> Markup {
    let key = match overview.in_force.is_some() || overview.latest.is_some() {
        true => "persona-seek-again",
        false => "persona-seek",
    };
    let class = match overview.in_force {
        Some(_) => "quiet",
        None => "primary",
    };
    button_form("/personas/search", token, &[], &words.say(key), class)
}

pub(in crate::console) async fn show_search(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(search): Path<String>,
) -> Answer {
    let search: PersonaRunId = id(&search)?;
    let words = session.words;
    let run = app.persona_run(&session.actor, search).await?;
    let goes_on = matches!(run.state, RunState::Running(_));
    let told = Told::load(&app, &session, run).await?;
    let content = html! {
        a.back href="/personas" { (Icon::Back.draw()) (words.say("place-personas")) }
        div.head { div { h1 { (words.say("persona-search")) } p.lead { (finding::asked(words, &told.run)) } } }
        (finding::outcome(words, &told, &session.token))
        (cards(words, &told, &session.token, None))
        (finding::how(words, &told.run))
    };
    shown_while(goes_on, whole(&session, None, &content))
}
