//! Saying yes or no.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::approval::{ApprovalRow, Decision, Seen};
use filo_app::{App, Error};
use filo_core::id::{ApprovalId, JourneyId, MessageId};
use http::StatusCode;
use serde::Deserialize;

use super::one::{Given, draw};
use super::{address, whole};
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::right::ManageJourneys;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Answered {
    answer: String,
    note: String,
    standing: String,
    seen: String,
}

impl Answered {
    fn decision(&self) -> Decision {
        Decision {
            is_yes: self.answer == "yes",
            is_standing: !self.standing.is_empty(),
            note: self.note.clone(),
        }
    }

    /// What the page says next.
    const fn done(said: &ApprovalRow) -> &'static str {
        match said.is_yes {
            true if said.waits_for_second() => "approval-half",
            true => "approval-yes",
            false => "approval-no",
        }
    }
}

/// Answers for everything that waits at a step and was seen.
pub(in crate::console) async fn decide(
    State(app): State<App>,
    Path((journey, step)): Path<(String, String)>,
    posted: Posted<ManageJourneys, Answered>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, form) = (posted.session, posted.form);
    let here = address(journey, &step);
    // Who sends no sign of what they saw has seen nothing.
    let Ok(seen) = form.seen.parse::<Seen>() else {
        return done(&format!("{here}?done=approval-gone"));
    };
    let about = (journey, step.as_str());
    let decided = app
        .decide_step(&session.actor, about, seen, form.decision())
        .await;
    match decided {
        Ok(row) => {
            let said = Answered::done(&row);
            done(&format!("{here}?done={said}"))
        }
        Err(Error::Conflict(_)) => done(&format!("{here}?done=approval-gone")),
        Err(Error::Invalid { .. }) => {
            let view = app.approval(&session.actor, about).await?;
            let given = Given {
                note: form.note.clone(),
                wrong: Some(session.words.say("approval-note-wrong").into_owned()),
            };
            let content = draw(&app, &session, (&view, &step), &given).await?;
            let title = session.words.say("approval-title");
            let page = whole(&session, &title, None, &content);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Answers for one message.
pub(in crate::console) async fn decide_one(
    State(app): State<App>,
    Path(message): Path<String>,
    posted: Posted<ManageJourneys, Answered>,
) -> Answer {
    let message: MessageId = id(&message)?;
    let form = posted.form;
    let Ok(seen) = form.seen.parse::<Seen>() else {
        return done(&format!("/messages/{message}?done=approval-gone"));
    };
    let decided = app
        .decide_message(&posted.session.actor, message, seen, form.decision())
        .await;
    let said = match decided {
        Ok(row) => Answered::done(&row),
        Err(Error::Conflict(_)) => "approval-gone",
        Err(error) => return Err(error.into()),
    };
    done(&format!("/messages/{message}?done={said}"))
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Says yes as the second person.
pub(in crate::console) async fn second(
    State(app): State<App>,
    Path(approval): Path<String>,
    posted: Posted<ManageJourneys, Nothing>,
) -> Answer {
    let approval: ApprovalId = id(&approval)?;
    match app.second_approval(&posted.session.actor, approval).await {
        Ok(row) => done(&format!(
            "{}?done=approval-yes",
            address(row.journey, &row.step)
        )),
        Err(Error::Conflict(_)) => done("/approvals?done=approval-gone"),
        Err(error) => Err(error.into()),
    }
}

/// Takes back what was said.
pub(in crate::console) async fn withdraw(
    State(app): State<App>,
    Path(approval): Path<String>,
    posted: Posted<ManageJourneys, Nothing>,
) -> Answer {
    let approval: ApprovalId = id(&approval)?;
    match app.withdraw_approval(&posted.session.actor, approval).await {
        Ok(_) => done("/approvals?done=approval-withdrawn"),
        Err(Error::Conflict(_)) => done("/approvals?done=approval-gone"),
        Err(error) => Err(error.into()),
    }
}
