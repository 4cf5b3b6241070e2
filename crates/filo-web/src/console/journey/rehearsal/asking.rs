//! Asking for a rehearsal: at once from the page of a journey, or with what is to be chosen; and
//! those that are kept.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::journey::JourneyPage;
use filo_app::rehearsal::{DAYS_USUAL, KEPT_MOST, NewRehearsal, RehearsalState, RehearsalView};
use filo_app::{App, Error};
use filo_core::id::JourneyId;
use filo_core::journey::Trigger;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::version_words;
use crate::console::journey::{manages, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::{Words, day_start};
use crate::right::{ListPeople, ManageJourneys, Power};
use crate::ui::form::{Field, button_form, form};
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown::line;

/// The days that can be chosen.
const DAYS: [u16; 4] = [30, DAYS_USUAL, 180, 365];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Given {
    version: String,
    beside: String,
    days: String,
    on: String,
}

/// The button on the page of a journey: what is worked on, beside what runs where it differs.
pub(in crate::console::journey) fn begin(words: Words, page: &JourneyPage, token: &str) -> Markup {
    let (version, beside) = usual(page);
    let action = format!("/journeys/{}/rehearsals", page.view.row.id);
    let (version, beside) = (version.to_string(), beside.map(|it| it.to_string()));
    let hidden = [
        ("version", version.as_str()),
        ("beside", beside.as_deref().unwrap_or_default()),
    ];
    button_form(&action, token, &hidden, &words.say("rehearsal-do"), "quiet")
}

/// The way to those that are kept.
pub(in crate::console::journey) fn door(words: Words, id: JourneyId) -> Markup {
    html! {
        section.card {
            h2 { (words.say("rehearsal-title")) }
            p.soft { (words.say("rehearsal-hint")) }
            a href={ "/journeys/" (id) "/rehearsals" } { (words.say("rehearsal-open")) }
        }
    }
}

/// What is rehearsed if nothing is chosen.
fn usual(page: &JourneyPage) -> (i64, Option<i64>) {
    let published = page.view.row.published;
    match (published, page.view.is_changed) {
        (0, _) => (0, None),
        (published, false) => (published, None),
        (published, true) => (0, Some(published)),
    }
}

/// Those that are kept, and the form for another one.
pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(journey): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let content = content(&app, &session, id(&journey)?, None).await?;
    let title = session.words.say("rehearsal-title");
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

async fn content<P: Power>(
    app: &App,
    session: &Session<P>,
    journey: JourneyId,
    wrong: Option<(&Given, String)>,
) -> filo_app::Result<Markup> {
    let words = session.words;
    let page = app.journey_page(journey).await?;
    let kept = app.rehearsals(journey).await?;
    Ok(html! {
        a.back href={ "/journeys/" (journey) } { (Icon::Back.draw()) (line(&page.view.row.name)) }
        h1 { (words.say("rehearsal-title")) }
        p.lead { (words.say("rehearsal-lead")) }
        @if let Some((_, wrong)) = &wrong { p.notice.notice-bad role="alert" { (wrong) } }
        @if manages(session) {
            (asking(words, &page, wrong.as_ref().map(|(given, _)| *given), &session.token))
        }
        @if kept.is_empty() {
            (empty(&words.say("rehearsal-none"), &html! { p { (words.say("rehearsal-none-hint")) } }))
        } @else {
            section.card {
                h2 { (words.say("rehearsal-kept")) }
                ul.list { @for view in &kept { li { (kept_one(words, view)) } } }
                p.about { (words.fill("rehearsal-kept-hint", [("most", KEPT_MOST.into())])) }
            }
        }
    })
}

fn kept_one(words: Words, view: &RehearsalView) -> Markup {
    let entered = view.report.as_ref().map(|report| report.main.tally.people);
    html! {
        div.line {
            a.value href={ "/rehearsals/" (view.id) } {
                (words.date_time(view.begun_at)) " · " (version_words(words, view.version))
            }
            span.badge.badge-good[view.state == RehearsalState::Done] {
                (words.say(&format!("rehearsal-state-{}", view.state.word())))
            }
        }
        p.about {
            (words.fill("rehearsal-days", [("days", view.days.into())])) " · " (line(&view.begun_by))
            @if let Some(people) = entered {
                " · " (words.fill("rehearsal-people", [("count", people.into())]))
            }
        }
    }
}

fn asking(words: Words, page: &JourneyPage, given: Option<&Given>, token: &str) -> Markup {
    let (version, beside) = usual(page);
    let usual = Given {
        version: version.to_string(),
        beside: beside.map_or_else(String::new, |it| it.to_string()),
        days: DAYS_USUAL.to_string(),
        on: String::new(),
    };
    let given = given.unwrap_or(&usual);
    let days: Vec<(String, String)> = DAYS
        .iter()
        .map(|days| {
            let label = words.fill("rehearsal-days", [("days", (*days).into())]);
            (days.to_string(), label)
        })
        .collect();
    let published = page.versions.iter().map(|(row, _)| row.version);
    let published: Vec<(String, String)> = published
        .map(|version| (version.to_string(), version_words(words, version)))
        .collect();
    let draft = ("0".to_owned(), version_words(words, 0));
    let alone = (String::new(), words.say("rehearsal-alone").into_owned());
    let versions: Vec<_> = std::iter::once(draft).chain(published.clone()).collect();
    let others: Vec<_> = std::iter::once(alone).chain(published).collect();
    let is_broadcast = matches!(page.view.draft.trigger, Trigger::Broadcast(_));
    let content = html! {
        (choice(("version", "rehearsal-version", &given.version), words, &versions))
        @if others.len() > 1 { (choice(("beside", "rehearsal-beside", &given.beside), words, &others)) }
        (choice(("days", "rehearsal-how-far", &given.days), words, &days))
        @if is_broadcast {
            (Field {
                name: "on",
                label: &words.say("rehearsal-on"),
                value: &given.on,
                hint: Some(&words.say("rehearsal-on-hint")),
                ..Field::default()
            }.date())
        }
        button type="submit" { (words.say("rehearsal-begin")) }
    };
    html! {
        section.card {
            h2 { (words.say("rehearsal-new")) }
            (form(&format!("/journeys/{}/rehearsals", page.view.row.id), token, &content))
        }
    }
}

fn choice(
    (name, label, value): (&str, &str, &str),
    words: Words,
    options: &[(String, String)],
) -> Markup {
    let options: Vec<(&str, &str)> = options
        .iter()
        .map(|(value, label)| (value.as_str(), label.as_str()))
        .collect();
    Field {
        name,
        label: &words.say(label),
        value,
        ..Field::default()
    }
    .select(&options)
}

/// Begins one.
pub(in crate::console) async fn start(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Given>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, given) = (posted.session, posted.form);
    let words = session.words;
    let begun = match chosen(&app, &given) {
        Some(new) => app.rehearse_journey(&session.actor, journey, new).await,
        None => Err(Error::invalid("on", "no such day")),
    };
    let (status, why) = match begun {
        Ok(id) => return done(&format!("/rehearsals/{id}")),
        Err(Error::Conflict(_)) => (StatusCode::CONFLICT, "rehearsal-under-way"),
        Err(Error::Invalid { field, .. }) => {
            let why = match field {
                "journey" => "rehearsal-faulty",
                "beside" => "rehearsal-beside-wrong",
                "broadcast_at" | "on" => "rehearsal-on-wrong",
                _ => "rehearsal-days-wrong",
            };
            (StatusCode::UNPROCESSABLE_ENTITY, why)
        }
        Err(error) => return Err(error.into()),
    };
    let why = words.say(why).into_owned();
    let content = content(&app, &session, journey, Some((&given, why))).await?;
    let page = whole(&session, &words.say("rehearsal-title"), None, &content);
    Ok((status, page).into_response())
}

/// What was chosen; nothing if a day is none.
fn chosen(app: &App, given: &Given) -> Option<NewRehearsal> {
    let broadcast_at = match given.on.trim() {
        "" => None,
        day => Some(day_start(Some(&app.zone()), day.parse().ok()?)?),
    };
    let number = |text: &str, or: u16| match text.trim() {
        "" => or,
        text => text.parse().unwrap_or(0),
    };
    Some(NewRehearsal {
        version: given.version.trim().parse().unwrap_or(0),
        beside: given.beside.trim().parse().ok(),
        days: number(&given.days, DAYS_USUAL),
        broadcast_at,
    })
}
