//! Who is on the way of a journey and who was; letting somebody in by hand.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::App;
use filo_app::journey::{JourneyPage, RUNS_MOST};
use filo_core::id::{CustomerId, JourneyId, RunId};
use filo_core::journey::{Run, Status};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::{manages, names, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, people, ruling, shown};
use crate::i18n::Words;
use crate::right::{ListPeople, ManageJourneys, Power};
use crate::sentence::journey::{JourneyNames, step_sentence};
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    step: String,
    before: Option<String>,
    done: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Entering {
    who: String,
    key: String,
}

type Given<'a> = Option<(&'a Entering, String)>;

pub(in crate::console) async fn people(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(journey): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let content = content(&app, &session, journey, (&asked, None)).await?;
    let title = session.words.say("journey-people");
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

/// Lets somebody in.
pub(in crate::console) async fn enter(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Entering>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, form) = (posted.session, posted.form);
    let words = session.words;
    let customer: Option<CustomerId> = ruling::other_person(&app, form.who.trim()).await?;
    let why = match customer {
        None => words.say("journey-enter-nobody").into_owned(),
        Some(customer) => {
            match app
                .enter_journey(&session.actor, (journey, customer), &form.key)
                .await
            {
                Ok(Ok(run)) => return done(&format!("/runs/{run}?done=journey-entered")),
                Ok(Err(why)) => words
                    .say(&format!("journey-refused-{}", why.word()))
                    .into_owned(),
                Err(filo_app::Error::Missing("customer")) => {
                    words.say("journey-enter-nobody").into_owned()
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    let asked = Asked::default();
    let content = content(&app, &session, journey, (&asked, Some((&form, why)))).await?;
    let page = whole(&session, &words.say("journey-people"), None, &content);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn content<P: Power>(
    app: &App,
    session: &Session<P>,
    journey: JourneyId,
    (asked, given): (&Asked, Given<'_>),
) -> filo_app::Result<Markup> {
    let words = session.words;
    let page = app.journey_page(journey).await?;
    let names = names(app).await?;
    let behind = asked
        .before
        .as_deref()
        .and_then(|text| text.parse::<RunId>().ok());
    let runs = app.runs_in(journey, &asked.step, behind).await?;
    let mut called = Vec::with_capacity(runs.len());
    let eyes = app.eyes(&session.actor);
    for run in &runs {
        let customer = eyes.customer(run.customer).await?;
        called.push(customer.map(|it| people::name_of(words, &it)));
    }
    let may = manages(session) && page.view.status == Status::Active;
    Ok(html! {
        a.back href={ "/journeys/" (journey) } { (Icon::Back.draw()) (line(&page.view.row.name)) }
        h1 { (words.say("journey-people")) }
        (filter(words, &page, &asked.step, &names))
        @if runs.is_empty() { p.soft { (words.say("journey-nobody")) } }
        @else { (table(words, &page, (&runs, &called), &names)) }
        @if runs.len() == RUNS_MOST as usize {
            @if let Some(last) = runs.last() {
                p.pages.actions {
                    a.button.quiet href={ "/journeys/" (journey) "/people?step=" (asked.step) "&before=" (last.id) } { (words.say("older")) }
                }
            }
        }
        @if may { (enter_form(words, journey, &session.token, &given)) }
    })
}

/// Those at one step, or everybody.
fn filter(words: Words, page: &JourneyPage, step: &str, names: &JourneyNames) -> Markup {
    let id = page.view.row.id;
    let version = page.view.row.published;
    let current = page.versions.iter().find(|(row, _)| row.version == version);
    html! {
        @if let Some((_, journey)) = current {
            form.row action={ "/journeys/" (id) "/people" } {
                div.field {
                    label for="field-step" { (words.say("journey-at-step")) }
                    select #field-step name="step" {
                        option value="" selected[step.is_empty()] { (words.say("journey-at-any")) }
                        @for it in journey.walk() {
                            option value=(it.id) selected[it.id.0 == step] { (step_sentence(words, it, names)) }
                        }
                    }
                }
                button.quiet type="submit" { (words.say("journey-show")) }
            }
        }
    }
}

fn table(
    words: Words,
    page: &JourneyPage,
    (runs, called): (&[Run], &[Option<String>]),
    names: &JourneyNames,
) -> Markup {
    let heads = ["journey-run-where", "journey-run-since"].map(|key| words.say(key));
    html! {
        table.table {
            thead { tr {
                th scope="col" { (words.say("journey-run-who")) }
                @for head in &heads { th scope="col" { (head) } }
            } }
            tbody {
                @for (run, name) in runs.iter().zip(called) {
                    tr {
                        td {
                            a href={ "/runs/" (run.id) } {
                                @match name { Some(name) => bdi { (name) }, None => (words.say("person-unknown")) }
                            }
                            @if run.is_held_back { " " span.badge { (words.say("run-held-back-badge")) } }
                            @if !run.key.is_empty() { p.about { (line(&run.key)) } }
                        }
                        td data-label=(heads[0]) { (place(words, page, run, names)) }
                        td data-label=(heads[1]) { (words.date_time(run.entered_at)) }
                    }
                }
            }
        }
    }
}

/// Where a run stands, or how it ended.
fn place(words: Words, page: &JourneyPage, run: &Run, names: &JourneyNames) -> String {
    if let Some((_, ending)) = run.ended {
        let key = format!("journey-ending-{}", ending.word().replace('_', "-"));
        return words.say(&key).into_owned();
    }
    let version = page
        .versions
        .iter()
        .find(|(row, _)| row.version == run.version);
    let step = version.and_then(|(_, journey)| {
        journey
            .walk()
            .into_iter()
            .find(|step| step.id == run.step)
            .cloned()
    });
    step.map_or_else(
        || run.step.to_string(),
        |step| step_sentence(words, &step, names),
    )
}

fn enter_form(words: Words, id: JourneyId, token: &str, given: &Given<'_>) -> Markup {
    let value = |of: fn(&Entering) -> &str| given.as_ref().map_or("", |(form, _)| of(form));
    let who = Field {
        name: "who",
        label: &words.say("journey-enter-who"),
        value: value(|form| &form.who),
        hint: Some(&words.say("journey-enter-hint")),
        wrong: given.as_ref().map(|(_, why)| why.as_str()),
        required: true,
        length_most: 200,
    };
    let key = Field {
        name: "key",
        label: &words.say("journey-enter-key"),
        value: value(|form| &form.key),
        hint: Some(&words.say("journey-enter-key-hint")),
        length_most: 200,
        ..Field::default()
    };
    let fields = html! {
        (who.input())
        (key.input())
        button type="submit" { (words.say("journey-enter-do")) }
    };
    html! {
        section.card aria-labelledby="enter-title" {
            h2 #enter-title { (words.say("journey-enter")) }
            (form(&format!("/journeys/{id}/people"), token, &fields))
        }
    }
}
