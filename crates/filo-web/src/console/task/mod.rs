//! What is to be done for customers: the list, one task with what there is to know, what came of
//! it, and taking that back.
//!
//! **Invariant:** of people only what [`filo_app::Eyes`] lets through is shown here.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::journey::{NOTE_CHARS_MOST, TASKS_MOST, TaskView, TasksAsked};
use filo_app::{App, Error};
use filo_core::access::Right;
use filo_core::id::TaskId;
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::journey::why_words;
use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, people, shown};
use crate::i18n::Words;
use crate::right::{DoTasks, Power};
use crate::sentence::journey::JourneyNames;
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::page::{Place, empty};
use crate::ui::shown::{line, lines};
use crate::ui::tab::{Tab, tabs};
use crate::ui::toast::toast_with_undo;
use crate::verdict::piece_names;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    show: String,
    before: Option<String>,
    done: Option<String>,
    /// The task that was just done.
    #[serde(rename = "done-task")]
    task: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OutcomeForm {
    outcome: String,
    note: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// A task with what its customer is called.
struct Shown {
    view: TaskView,
    name: String,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<DoTasks>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let is_done = asked.show == "done";
    let wanted = TasksAsked {
        done: is_done,
        everybody: false,
        behind: asked.before.as_deref().and_then(|text| text.parse().ok()),
    };
    let views = app.tasks(&session.actor, wanted).await?;
    let mut tasks = Vec::with_capacity(views.len());
    for view in views {
        tasks.push(called(&app, &session, view).await?);
    }
    let undo = asked
        .task
        .as_deref()
        .and_then(|text| text.parse::<TaskId>().ok());
    let undo = undo.map(|id| {
        let action = format!("/tasks/{id}/reopening");
        let text = words.say("done-task-done");
        toast_with_undo(&text, &action, &session.token, &[], &words.say("undo"))
    });
    let told = asked.done.as_deref().filter(|_| undo.is_none());
    let content = html! {
        @if let Some(undo) = undo { (undo) }
        (listed(words, &tasks, is_done, app.now()))
    };
    shown(whole(&session, &words.say("place-tasks"), told, &content))
}

async fn called<P: Power>(
    app: &App,
    session: &Session<P>,
    view: TaskView,
) -> filo_app::Result<Shown> {
    let customer = app.eyes(&session.actor).customer(view.row.customer).await?;
    let words = session.words;
    let name = match customer {
        Some(customer) => people::name_of(words, &customer),
        None => words.say("person-unknown").into_owned(),
    };
    Ok(Shown { view, name })
}

fn listed(words: Words, tasks: &[Shown], is_done: bool, now: Timestamp) -> Markup {
    let (open, done) = (words.say("task-tab-open"), words.say("task-tab-done"));
    let count = tasks.len() as u64;
    let list = [
        Tab {
            address: "/tasks",
            label: &open,
            count: if is_done { 0 } else { count },
            here: !is_done,
        },
        Tab {
            address: "/tasks?show=done",
            label: &done,
            count: if is_done { count } else { 0 },
            here: is_done,
        },
    ];
    html! {
        a.back href="/" { (Icon::Back.draw()) (words.say("place-today")) }
        h1 { (words.say("place-tasks")) }
        p.lead { (words.say("task-lead")) }
        (tabs(&words.say("place-tasks"), &list))
        @if tasks.is_empty() {
            @let hint = html! { p { (words.say("task-none-hint")) } };
            (empty(&words.say(if is_done { "task-none-done" } else { "task-none" }), &hint))
        } @else {
            ul.list.tasks {
                @for task in tasks { (row(words, task, now)) }
            }
        }
        @if !is_done && tasks.len() == TASKS_MOST as usize {
            @if let Some(last) = tasks.last() {
                p.pages.actions { a.button.quiet href={ "/tasks?before=" (last.view.row.id) } { (words.say("task-later")) } }
            }
        }
    }
}

fn row(words: Words, task: &Shown, now: Timestamp) -> Markup {
    let row = &task.view.row;
    let is_late = row.status == "open" && row.due_at < now;
    html! {
        li {
            a.task href={ "/tasks/" (row.id) } {
                span.sign aria-hidden="true" { (icon(&row.kind).draw()) }
                span.task-words {
                    strong { (title(words, &task.view)) }
                    span.about { bdi { (task.name) } " · " (line(&task.view.journey)) }
                }
                @if row.status == "done" { span.badge { (outcome(words, &row.outcome)) } }
                @else {
                    span.badge.badge-warn[is_late] {
                        (words.fill("task-by", [("when", words.day(row.due_at, now).into())]))
                    }
                }
            }
        }
    }
}

/// What is to be done, in a line.
fn title(words: Words, view: &TaskView) -> String {
    match view.row.kind.as_str() {
        "late" => words.say("task-late-title").into_owned(),
        _ => line(&view.row.title),
    }
}

/// An outcome in the words of the company; of a question about lateness in those of the language.
fn outcome(words: Words, outcome: &str) -> String {
    match outcome {
        "go_on" => words.say("task-go-on").into_owned(),
        "skip" => words.say("task-skip").into_owned(),
        other => line(other),
    }
}

fn icon(kind: &str) -> Icon {
    match kind {
        "call" => Icon::Phone,
        "visit" => Icon::Shop,
        "card" => Icon::Mail,
        _ => Icon::Check,
    }
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<DoTasks>,
    Path(task): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let content = content(&app, &session, id(&task)?, None).await?;
    let title = session.words.say("place-tasks");
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

type Wrong<'a> = Option<(&'a OutcomeForm, String)>;

async fn content(
    app: &App,
    session: &Session<DoTasks>,
    id: TaskId,
    wrong: Wrong<'_>,
) -> filo_app::Result<Markup> {
    let view = app.task(&session.actor, id).await?;
    let task = called(app, session, view).await?;
    let names = JourneyNames {
        of_segments: app.segment_names().await?,
        journeys: app.journey_names().await?,
        pieces: piece_names(app).await?,
        audiences: app.audience_names().await?,
    };
    let sees = session.actor.may(Right::SeePersonalData);
    Ok(one(
        session.words,
        &task,
        (&names, sees),
        (&session.token, wrong),
    ))
}

fn one(
    words: Words,
    task: &Shown,
    (names, sees): (&JourneyNames, bool),
    (token, wrong): (&str, Wrong<'_>),
) -> Markup {
    let row = &task.view.row;
    html! {
        a.back href="/tasks" { (Icon::Back.draw()) (words.say("place-tasks")) }
        h1 { (title(words, &task.view)) }
        p.lead { a href={ "/people/" (row.customer) } { bdi { (task.name) } } }
        @if row.kind == "late" { p { (words.say("task-late-hint")) } }
        @if !row.hint.is_empty() { p { (lines(&row.hint, 500)) } }
        div.segment {
            section.card {
                @match row.status.as_str() {
                    "open" => (outcome_form(words, &task.view, (token, wrong))),
                    "done" => (was_done(words, &task.view, token)),
                    _ => p.notice { (words.say("task-withdrawn")) },
                }
            }
            aside { (facts(words, &task.view, (names, sees))) }
        }
    }
}

fn facts(words: Words, view: &TaskView, (names, sees): (&JourneyNames, bool)) -> Markup {
    let known = &view.facts;
    html! {
        section.card {
            h2 { (words.say("task-facts")) }
            dl.facts {
                @if let Some(order) = &known.order {
                    dt { (words.say("task-fact-order")) }
                    dd {
                        (words.date(order.at))
                        @if let Some(currency) = Currency::parse(&order.currency) { " · " (words.amount(order.total, currency)) }
                    }
                }
                @if let Some(said) = known.said.as_ref().filter(|_| sees) {
                    dt { (words.fill("task-fact-said", [("when", words.date(said.at).into())])) }
                    dd { (lines(&said.text, 300)) }
                }
                @if let Some(why) = &known.why {
                    dt { (words.say("task-fact-why")) }
                    dd { (why_words(words, why, names)) }
                }
                dt { (words.say("task-fact-journey")) }
                dd { (line(&view.journey)) }
                dt { (words.say("task-fact-due")) }
                dd { (words.date_time(view.row.due_at)) }
            }
        }
    }
}

fn outcome_form(words: Words, view: &TaskView, (token, wrong): (&str, Wrong<'_>)) -> Markup {
    let given = wrong.as_ref().map(|(form, _)| *form);
    let note = Field {
        name: "note",
        label: &words.say("task-note"),
        value: given.map_or("", |form| &form.note),
        hint: Some(&words.say("task-note-hint")),
        wrong: wrong.as_ref().map(|(_, why)| why.as_str()),
        length_most: NOTE_CHARS_MOST,
        ..Field::default()
    };
    let fields = html! {
        (note.area(3))
        fieldset {
            legend { (words.say("task-outcome")) }
            div.actions.outcomes {
                @for name in &view.outcomes {
                    button.quiet type="submit" name="outcome" value=(name) { (outcome(words, name)) }
                }
            }
        }
    };
    html! {
        h2 { (words.say("task-how")) }
        (form(&format!("/tasks/{}/outcome", view.row.id), token, &fields))
    }
}

fn was_done(words: Words, view: &TaskView, token: &str) -> Markup {
    let row = &view.row;
    html! {
        h2 { (outcome(words, &row.outcome)) }
        @if let Some(at) = row.done_at {
            p.soft { (words.date_time(at)) " · " (line(&row.done_by)) }
        }
        @if !row.note.is_empty() { p { (lines(&row.note, NOTE_CHARS_MOST)) } }
        (crate::ui::form::button_form(&format!("/tasks/{}/reopening", row.id), token, &[], &words.say("task-reopen"), "quiet"))
    }
}

/// Says what came of it.
pub(super) async fn finish(
    State(app): State<App>,
    Path(task): Path<String>,
    posted: Posted<DoTasks, OutcomeForm>,
) -> Answer {
    let task: TaskId = id(&task)?;
    let (session, form) = (posted.session, posted.form);
    let words = session.words;
    let why = match app
        .finish_task(&session.actor, task, &form.outcome, &form.note)
        .await
    {
        Ok(_) => return done(&format!("/tasks?done-task={task}")),
        Err(Error::Conflict(_)) => return done(&format!("/tasks/{task}?done=task-gone")),
        Err(Error::Invalid { field: "note", .. }) => {
            words.fill("task-note-long", [("most", NOTE_CHARS_MOST.into())])
        }
        Err(Error::Invalid { .. }) => words.say("task-outcome-wrong").into_owned(),
        Err(error) => return Err(error.into()),
    };
    let content = content(&app, &session, task, Some((&form, why))).await?;
    let page = whole(&session, &words.say("place-tasks"), None, &content);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Takes it back.
pub(super) async fn reopen(
    State(app): State<App>,
    Path(task): Path<String>,
    posted: Posted<DoTasks, Nothing>,
) -> Answer {
    let task: TaskId = id(&task)?;
    match app.reopen_task(&posted.session.actor, task).await {
        Ok(_) => done(&format!("/tasks/{task}?done=task-reopened")),
        Err(Error::Conflict(_)) => done(&format!("/tasks/{task}?done=task-gone-on")),
        Err(error) => Err(error.into()),
    }
}

fn whole<P: Power>(
    session: &Session<P>,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    session.page(Place::Tasks, title, done, content)
}
