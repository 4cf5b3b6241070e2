//! What is done with an audience from its page: trying it out, telling its platform at once,
//! pausing it, letting it go, keeping it after all.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::id::AudienceId;
use http::StatusCode;
use serde::Deserialize;

use super::one::{One, with_test};
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::right::ManageSegments;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Tries it out. The answer is its page, because it alone tells how that ended.
pub(in crate::console) async fn test(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let session = posted.session;
    let tested = app.test_audience(&session.actor, audience).await?;
    with_test(&app, &session, audience, tested).await
}

pub(in crate::console) async fn tell(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let actor = &posted.session.actor;
    app.tell_audience_now(actor, audience).await?;
    done(&format!("/audiences/{audience}?done=audience-told"))
}

pub(in crate::console) async fn pause(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let actor = &posted.session.actor;
    app.pause_audience(actor, audience, true).await?;
    done(&format!("/audiences/{audience}?done=audience-paused"))
}

pub(in crate::console) async fn resume(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let actor = &posted.session.actor;
    app.pause_audience(actor, audience, false).await?;
    done(&format!("/audiences/{audience}?done=audience-resumed"))
}

/// How it is to go.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Removal {
    gone_there: String,
}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<ManageSegments, Removal>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let Posted { session, form } = posted;
    let is_gone = form.gone_there == "yes";
    match app.remove_audience(&session.actor, audience, is_gone).await {
        Ok(Some(_)) => done(&format!("/audiences/{audience}?done=audience-ending")),
        Ok(None) => done("/audiences?done=audience-removed"),
        Err(Error::Conflict(_)) => {
            let one = One::load(&app, &session, audience).await?;
            let why = session.words.say("audience-used");
            let page = one.drawn(&session, None, Some(&why));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::console) async fn keep(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    app.keep_audience(&posted.session.actor, audience).await?;
    done(&format!("/audiences/{audience}?done=audience-kept"))
}
