//! Putting a segment away, and bringing it back.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::App;
use filo_core::id::SegmentId;
use http::StatusCode;
use serde::Deserialize;

use super::one::One;
use super::{page, whole};
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::right::ManageSegments;
use crate::ui::shown::line;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Puts it away, unless others are made of it: then its page says which.
pub(in crate::console) async fn archive(
    State(app): State<App>,
    Path(segment): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let segment: SegmentId = id(&segment)?;
    let session = posted.session;
    match app.archive_segment(&session.actor, segment).await {
        Ok(_) => done(&format!("/segments?done-away={segment}")),
        Err(filo_app::Error::Conflict(_)) => {
            let one = One::load(&app, &session, segment, None).await?;
            let audiences = app.audiences_of_segment(segment).await?;
            let words = session.words;
            let why = match (one.users.is_empty(), audiences.first()) {
                (false, _) => words.say("segment-used-away").into_owned(),
                (true, Some(name)) => words.fill("audience-made-of", [("name", line(name).into())]),
                (true, None) => words.say("segment-stale").into_owned(),
            };
            let content = page::content(session.words, &one, &session.token, Some(&why));
            let page = whole(&session, &one.name(), None, &content);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Brings it back; what cannot stand any more is said on its page.
pub(in crate::console) async fn restore(
    State(app): State<App>,
    Path(segment): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let segment: SegmentId = id(&segment)?;
    let session = posted.session;
    let why = match app.restore_segment(&session.actor, segment).await {
        Ok(_) => return done(&format!("/segments/{segment}?done=segment-back")),
        Err(filo_app::Error::Conflict(_)) => session.words.say("segment-stale"),
        Err(filo_app::Error::Invalid { .. }) => session.words.say("segment-circle-back"),
        Err(error) => return Err(error.into()),
    };
    let one = One::load(&app, &session, segment, None).await?;
    let content = page::content(session.words, &one, &session.token, Some(&why));
    let page = whole(&session, &one.name(), None, &content);
    Ok((StatusCode::CONFLICT, page).into_response())
}
