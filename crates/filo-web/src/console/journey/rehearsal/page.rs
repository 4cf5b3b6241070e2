//! The page of a rehearsal: how far it is, then what it came to.

use axum::extract::{Path, Query, State};
use filo_app::rehearsal::{RehearsalState, RehearsalView};
use filo_app::{App, Error};
use filo_core::id::RehearsalId;
use filo_core::journey::rehearsal::Report;
use filo_core::journey::{Action, Journey};
use maud::{Markup, html};
use serde::Deserialize;

use super::{cost, figures, load, sample, steps, version_words};
use crate::console::journey::{manages, names, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown_while};
use crate::i18n::Words;
use crate::right::{ListPeople, ManageJourneys};
use crate::ui::form::{button_form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(rehearsal): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let view = app.rehearsal(id(&rehearsal)?).await?;
    let page = app.journey_page(view.journey).await?;
    let names = names(&app).await?;
    let prices = app.message_prices().await?.list;
    let goes_on = matches!(view.state, RehearsalState::Running(_));
    let may = manages(&session);
    let back = format!("/journeys/{}/rehearsals", view.journey);
    let report = view.report.as_ref();
    let journey = report.map_or(&page.view.draft, |report| shown_journey(&page, report));
    let sample = match report {
        Some(_) => sample::table(words, &app, &session, (&view, journey, &names)).await?,
        None => html! {},
    };
    let content = html! {
        a.back href=(back) { (Icon::Back.draw()) (line(&page.view.row.name)) }
        div.head {
            div {
                h1 { (words.fill("rehearsal-of-days", [("days", view.days.into())])) }
                p.lead { (lead(words, &view)) }
            }
            @if may && !goes_on {
                div.actions {
                    a.button.quiet href=(back) { (words.say("rehearsal-again")) }
                    (second_thought(&format!("/rehearsals/{}/removal", view.id), &session.token,
                        &words.say("rehearsal-remove"), &words.say("rehearsal-remove-do")))
                }
            }
        }
        (state(words, &view, &session.token, may))
        @if let Some(report) = report {
            @if learns(journey) { p.notice { (words.say("learning-rehearsed")) } }
            (figures::summary(words, report))
            @if let Some(beside) = &report.beside { (figures::compared(words, &report.main, beside)) }
            (load::per_day(words, report))
            (cost::card(words, report, &prices))
            div.segment {
                section.card aria-labelledby="tree-title" {
                    h2 #tree-title { (words.say("rehearsal-steps")) }
                    @if report.main.version == 0 && report.main.draft != page.view.row.version {
                        p.notice { (words.say("rehearsal-draft-changed")) }
                    }
                    (steps::tree(words, journey, &names, &report.main.tally))
                }
                aside {
                    (figures::reasons(words, &report.main.tally))
                    (figures::outcomes(words, &report.main.tally))
                    (load::each(words, &report.main.tally))
                    (load::budget(words, report))
                    (figures::alike(words, &report.main.alike, &names))
                }
            }
            (sample)
            (limits(words))
        }
    };
    let title = words.say("rehearsal-title");
    shown_while(
        goes_on,
        whole(&session, &title, asked.done.as_deref(), &content),
    )
}

/// The document of which the steps are drawn: what was rehearsed, as far as it still stands.
fn shown_journey<'a>(page: &'a filo_app::journey::JourneyPage, report: &Report) -> &'a Journey {
    let version = report.main.version;
    let published = page.versions.iter().find(|(row, _)| row.version == version);
    published.map_or(&page.view.draft, |(_, journey)| journey)
}

/// Whether the shares of one of its experiments learn.
fn learns(journey: &Journey) -> bool {
    let learns =
        |action: &Action| matches!(action, Action::Split(split) if split.adaptive.is_some());
    journey.walk().into_iter().any(|step| learns(&step.action))
}

fn lead(words: Words, view: &RehearsalView) -> String {
    let fill = [
        ("version", version_words(words, view.version).into()),
        ("until", words.date_time(view.begun_at).into()),
        ("who", line(&view.begun_by).into()),
    ];
    words.fill("rehearsal-asked", fill)
}

fn state(words: Words, view: &RehearsalView, token: &str, may: bool) -> Markup {
    html! {
        @match &view.state {
            RehearsalState::Running(progress) => {
                div.notice role="status" {
                    label for="rehearsal-progress" { (words.say(step_key(&progress.step))) }
                    progress #rehearsal-progress max="100" value=[progress.percent()] {}
                    p.about { (words.say("rehearsal-nothing-happens")) }
                    @if may {
                        (button_form(&format!("/rehearsals/{}/cancellation", view.id), token, &[], &words.say("rehearsal-cancel"), "quiet small"))
                    }
                }
            }
            RehearsalState::Cancelled => { p.notice { (words.say("rehearsal-cancelled")) } }
            RehearsalState::Failed(why) => {
                div.notice.notice-bad role="alert" {
                    p { (words.say("rehearsal-failed")) }
                    @if !why.is_empty() { p { code { (line(why)) } } }
                }
            }
            RehearsalState::Done if view.report.is_none() => {
                p.notice { (words.say("rehearsal-unreadable")) }
            }
            RehearsalState::Done => {}
        }
    }
}

fn step_key(step: &str) -> &'static str {
    match step {
        "playing" => "rehearsal-step-playing",
        "reading" => "rehearsal-step-reading",
        _ => "rehearsal-step-gathering",
    }
}

/// What a rehearsal cannot know.
fn limits(words: Words) -> Markup {
    let limits = [
        "rehearsal-limit-answers",
        "rehearsal-limit-tasks",
        "rehearsal-limit-people",
        "rehearsal-limit-late",
        "rehearsal-limit-own",
        "rehearsal-limit-rules",
        "rehearsal-limit-others",
    ];
    html! {
        details.fold.card {
            summary { h2 { (words.say("rehearsal-limits")) } }
            ul.points { @for key in limits { li { (words.say(key)) } } }
        }
    }
}

/// Calls one off.
pub(in crate::console) async fn cancel(
    State(app): State<App>,
    Path(rehearsal): Path<String>,
    posted: Posted<ManageJourneys, Nothing>,
) -> Answer {
    let rehearsal: RehearsalId = id(&rehearsal)?;
    app.cancel_rehearsal(&posted.session.actor, rehearsal)
        .await?;
    done(&format!("/rehearsals/{rehearsal}"))
}

/// Lets go of one.
pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(rehearsal): Path<String>,
    posted: Posted<ManageJourneys, Nothing>,
) -> Answer {
    let rehearsal: RehearsalId = id(&rehearsal)?;
    let journey = app.rehearsal(rehearsal).await?.journey;
    match app.remove_rehearsal(&posted.session.actor, rehearsal).await {
        Ok(()) => done(&format!(
            "/journeys/{journey}/rehearsals?done=rehearsal-removed"
        )),
        Err(Error::Conflict(_)) => done(&format!("/rehearsals/{rehearsal}")),
        Err(error) => Err(error.into()),
    }
}
