//! Saving a question, changing it, removing it and bringing it back.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::sql::{SavedQuery, SavedQueryRow};
use filo_app::{App, Error};
use filo_core::id::SavedQueryId;
use http::StatusCode;
use serde::Deserialize;

use super::desk::{Desk, page};
use super::run::{Asked, Given};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id};
use crate::right::AnnotateFigures;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(super) async fn create(
    State(app): State<App>,
    posted: Posted<AnnotateFigures, Given>,
) -> Answer {
    let Posted {
        session,
        form: given,
    } = posted;
    match app.save_query(&session.actor, asked(&given)).await {
        Ok(row) => done(&address(&row, "sql-saved")),
        Err(Error::Invalid { field, .. }) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            again(&app, &session, &given, (status, field)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn change(
    State(app): State<App>,
    Path(query): Path<String>,
    posted: Posted<AnnotateFigures, Given>,
) -> Answer {
    let Posted {
        session,
        form: mut given,
    } = posted;
    let id: SavedQueryId = id(&query)?;
    let from = (id, given.version);
    match app.change_query(&session.actor, from, asked(&given)).await {
        Ok(row) => done(&address(&row, "sql-changed")),
        Err(Error::Invalid { field, .. }) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            again(&app, &session, &given, (status, field)).await
        }
        Err(Error::Conflict(_)) => {
            // What was written stays on the desk, and may be saved over the other's once it was seen.
            let row = app.saved_query(&session.actor, id).await?;
            given.version = row.version;
            given.query = row.id.to_string();
            again(&app, &session, &given, (StatusCode::CONFLICT, "conflict")).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove(
    State(app): State<App>,
    Path(query): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    let removed = app.remove_query(&posted.session.actor, id(&query)?).await?;
    done(&format!("/analysis/sql?done-away={}", removed.id))
}

pub(super) async fn restore(
    State(app): State<App>,
    Path(query): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    let back = app.restore_query(&posted.session.actor, id(&query)?);
    done(&address(&back.await?, "sql-restored"))
}

fn asked(given: &Given) -> SavedQuery {
    SavedQuery {
        name: given.name.clone(),
        statement: given.lines(),
    }
}

fn address(row: &SavedQueryRow, said: &str) -> String {
    format!("/analysis/sql?query={}&done={said}", row.id)
}

/// The desk as it was, with what is wrong.
async fn again(
    app: &App,
    session: &Session<AnnotateFigures>,
    given: &Given,
    (status, wrong): (StatusCode, &str),
) -> Answer {
    let desk = Desk {
        given,
        answered: None,
        wrong: Some(wrong),
        asked: &Asked::default(),
    };
    let page = page(app, session, &desk).await?;
    Ok((status, page).into_response())
}
