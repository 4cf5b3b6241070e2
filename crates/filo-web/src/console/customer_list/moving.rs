//! Putting a list away, and bringing it back.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::id::ListId;
use http::StatusCode;
use serde::Deserialize;

use super::one::{Asked, One};
use super::{page, whole};
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::right::ManageSegments;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Puts it away, unless a segment or a journey asks about it: then its page says so.
pub(in crate::console) async fn archive(
    State(app): State<App>,
    Path(list): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let list: ListId = id(&list)?;
    let session = posted.session;
    match app.archive_list(&session.actor, list).await {
        Ok(_) => done(&format!("/lists?done-away={list}")),
        Err(Error::Conflict(_)) => {
            let users = app.users_of_list(list).await?;
            let one = One::load(&app, &session, list, Asked::default()).await?;
            let words = session.words;
            let why = match users.first() {
                Some(name) => {
                    let name = crate::ui::shown::line(name);
                    words.fill("customer-list-used", [("name", name.into())])
                }
                None => words.say("customer-list-stale").into_owned(),
            };
            let content = page::content(words, &one, &session.token, (None, Some(&why)));
            let page = whole(&session, &one.name(), None, &content);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::console) async fn restore(
    State(app): State<App>,
    Path(list): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let list: ListId = id(&list)?;
    app.restore_list(&posted.session.actor, list).await?;
    done(&format!("/lists/{list}?done=list-back"))
}
