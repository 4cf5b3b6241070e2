//! Pausing, going on, stopping, removing: with how many it concerns, said before.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::journey::{Halt, JourneyPage};
use filo_app::{App, Error};
use filo_core::id::JourneyId;
use filo_core::journey::Status;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::one::{Effects, content};
use super::{names, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::ManageJourneys;
use crate::ui::form::{button_form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Halting {
    halt: String,
    version: i64,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// What stopping does to those on the way.
pub(in crate::console) async fn stopping(
    State(app): State<App>,
    session: Session<ManageJourneys>,
    Path(journey): Path<String>,
) -> Answer {
    let page = app.journey_page(id(&journey)?).await?;
    let title = session.words.say("journey-stop");
    let content = asked(session.words, &page, &session.token);
    shown(whole(&session, &title, None, &content))
}

fn asked(words: Words, page: &JourneyPage, token: &str) -> Markup {
    let view = &page.view;
    let (id, version) = (view.row.id, view.row.version.to_string());
    let count = view.totals.on_the_way;
    let action = format!("/journeys/{id}/halting");
    let hidden = |halt: &'static str| [("halt", halt), ("version", version.as_str())];
    let (finish, stop) = (hidden("finish"), hidden("stop"));
    html! {
        a.back href={ "/journeys/" (id) } { (Icon::Back.draw()) (line(&view.row.name)) }
        h1 { (words.say("journey-stop")) }
        p.lead { (words.fill("journey-stop-count", [("count", count.into())])) }
        @if view.status != Status::Finishing {
            section.card {
                h2 { (words.say("journey-finish")) }
                p { (words.fill("journey-finish-hint", [("count", count.into())])) }
                (button_form(&action, token, &finish, &words.say("journey-finish-do"), "button"))
            }
        }
        section.card {
            h2 { (words.say("journey-stop-now")) }
            p { (words.fill("journey-stop-hint", [("count", count.into())])) }
            (button_form(&action, token, &stop, &words.say("journey-stop-do"), "danger"))
        }
    }
}

/// Does it; what cannot be done now is said on the page.
pub(in crate::console) async fn halt(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Halting>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, form) = (posted.session, posted.form);
    let Some(halt) = Halt::from_word(&form.halt) else {
        return done(&format!("/journeys/{journey}"));
    };
    match app
        .halt_journey(&session.actor, (journey, form.version), halt)
        .await
    {
        Ok(_) => done(&format!("/journeys/{journey}?done=journey-{}", halt.word())),
        Err(Error::Conflict(_)) => stale(&app, &session, journey, "journey-stale").await,
        Err(error) => Err(error.into()),
    }
}

/// Removes a journey that is not under way.
pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Nothing>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let session = posted.session;
    match app.remove_journey(&session.actor, journey).await {
        Ok(()) => done("/journeys?done=journey-removed"),
        Err(Error::Conflict(_)) => stale(&app, &session, journey, "journey-used").await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn stale(
    app: &App,
    session: &Session<ManageJourneys>,
    journey: JourneyId,
    why: &str,
) -> Answer {
    let page = app.journey_page(journey).await?;
    let names = names(app).await?;
    let why = session.words.say(why);
    let about = (session.token.as_str(), true, Some(&*why));
    let content = content(session.words, &page, (&names, &Effects::default()), about);
    let page = whole(session, &line(&page.view.row.name), None, &content);
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The way to remove a journey, where it can be.
pub(super) fn removal(words: Words, id: JourneyId, status: Status, token: &str) -> Markup {
    html! {
        @if matches!(status, Status::Draft | Status::Stopped) {
            (second_thought(&format!("/journeys/{id}/removal"), token,
                &words.say("journey-remove"), &words.say("journey-remove-do")))
        }
    }
}
