//! What came of an experiment, at the step that splits; and keeping one of its ways, which changes
//! what is worked on and nothing else.

use axum::extract::{Path, State};
use filo_app::impact::ExperimentView;
use filo_app::{App, Error};
use filo_core::id::JourneyId;
use filo_core::journey::StepId;
use maud::{Markup, html};
use serde::Deserialize;

use super::halting::stale;
use super::impact::{Address, Columns, beneath, findings};
use super::learning::learning;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::i18n::Words;
use crate::right::ManageJourneys;
use crate::sentence::impact::{nothing_yet, of_ways};
use crate::ui::form::button_form;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Keeping {
    step: String,
    way: usize,
    version: i64,
}

/// Lets what is worked on go one way only, and shows it.
pub(in crate::console) async fn keep(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Keeping>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, form) = (posted.session, posted.form);
    let step = StepId::from(form.step.as_str());
    let from = (journey, form.version);
    let kept = app.keep_way(&session.actor, from, (&step, form.way)).await;
    match kept {
        Ok(_) => done(&format!(
            "/journeys/{journey}/edit?done=journey-kept#step-{step}"
        )),
        Err(Error::Conflict(_)) => stale(&app, &session, journey, "journey-stale").await,
        Err(Error::Invalid { .. }) => stale(&app, &session, journey, "impact-not-kept").await,
        Err(error) => Err(error.into()),
    }
}

/// What came of an experiment; with a token, its ways can be kept.
pub(super) fn results(
    words: Words,
    (id, version): (JourneyId, i64),
    view: &ExperimentView,
    token: Option<&str>,
) -> Markup {
    let measured = &view.measured;
    let columns = Columns {
        words,
        measured,
        names: view.ways.iter().map(|way| line(&way.name)).collect(),
        address: Address::of_step(id, view.step.0.as_str()),
    };
    let (action, version) = (format!("/journeys/{id}/keeping"), version.to_string());
    html! {
        details.experiment open {
            summary { (words.say(&format!("journey-experiment-{}", view.about.word()))) }
            @if let Some(why) = nothing_yet(words, measured) { p { (why) } }
            @if measured.impact.is_mismatched { p.notice.notice-bad { (words.say("impact-mismatch")) } }
            @match &view.learning {
                None => { (findings(words, measured, |group| of_ways(words, view, group))) }
                Some(shares) => { (learning(words, id, (view, shares), token)) }
            }
            (columns.table(true))
            @if view.ways.len() > 2 { p.soft.small { (words.say("impact-several")) } }
            (beneath(words, measured, None))
            @if let Some(token) = token {
                div.actions {
                    @for (place, way) in view.ways.iter().enumerate() {
                        @let place = place.to_string();
                        @let hidden = [("step", view.step.0.as_str()), ("way", place.as_str()), ("version", version.as_str())];
                        (button_form(&action, token, &hidden,
                            &words.fill("impact-keep", [("way", line(&way.name).into())]), "quiet small"))
                    }
                }
                p.hint { (words.say("impact-keep-hint")) }
            }
        }
    }
}
