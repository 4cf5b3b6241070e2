//! Putting a computed trait away, and bringing it back.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::id::ComputedTraitId;
use http::StatusCode;
use serde::Deserialize;

use super::one::One;
use super::whole;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id};
use crate::right::ManageSegments;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Puts it away, unless something asks about it: then its page says what.
pub(in crate::console) async fn archive(
    State(app): State<App>,
    Path(computed): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let computed: ComputedTraitId = id(&computed)?;
    let session = posted.session;
    match app.archive_computed_trait(&session.actor, computed).await {
        Ok(_) => done(&format!("/computed-traits?done-away={computed}")),
        Err(Error::Conflict(_)) => {
            let one = One::load(&app, &session, computed).await?;
            let why = match one.is_used() {
                true => "computed-used-away",
                false => "computed-stale",
            };
            refused(&session, &one, why)
        }
        Err(error) => Err(error.into()),
    }
}

/// Brings it back; what cannot stand any more is said on its page.
pub(in crate::console) async fn restore(
    State(app): State<App>,
    Path(computed): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let computed: ComputedTraitId = id(&computed)?;
    let session = posted.session;
    let why = match app.restore_computed_trait(&session.actor, computed).await {
        Ok(_) => return done(&format!("/computed-traits/{computed}?done=computed-back")),
        Err(Error::Conflict(_)) => "computed-stale",
        Err(Error::Invalid { .. }) => "computed-unfit-back",
        Err(error) => return Err(error.into()),
    };
    let one = One::load(&app, &session, computed).await?;
    refused(&session, &one, why)
}

fn refused(session: &Session<ManageSegments>, one: &One, why: &str) -> Answer {
    let why = session.words.say(why);
    let content = one.content(session.words, &session.token, Some(&why));
    let page = whole(session, &one.name(), None, &content);
    Ok((StatusCode::CONFLICT, page).into_response())
}
