//! Questions in SQL that are saved.

use axum::extract::State;
use filo_app::App;
use filo_app::sql::{SavedQuery, SavedQueryRow};
use filo_core::id::SavedQueryId;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::answer::{Answer, Text, created, ok};
use crate::api::paging::Page;
use crate::api::power::Bearer;
use crate::api::request::{Body, IdOf};
use crate::problem::ProblemOut;
use crate::right::{AnnotateFigures, SeePeopleOfFigures};

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_saved_queries))
        .routes(routes!(get_saved_query))
}

/// What can be written.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_saved_query))
        .routes(routes!(change_saved_query, remove_saved_query))
        .routes(routes!(restore_saved_query))
}

/// A question to save. It is not asked: it may be worked on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedQueryIn {
    /// What it is called: one line, up to 80 letters.
    #[schema(example = "Orders by month")]
    name: String,
    /// The statement, up to 16 kB.
    statement: String,
}

/// A saved question as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedQueryChangeIn {
    /// The version that was read.
    version: i64,
    /// What it is called.
    name: String,
    /// The statement.
    statement: String,
}

/// A saved question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedQuery)]
pub(crate) struct SavedQueryOut {
    /// Its id.
    #[schema(value_type = String, example = "sqy_01jx3q8m5w2v7b9k4n6t0r1e8c")]
    id: Text<SavedQueryId>,
    /// What it is called.
    name: String,
    /// The statement.
    statement: String,
    /// One more with each change; a change must name it.
    version: i64,
    /// Who saved it.
    created_by: String,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// Who changed it last.
    changed_by: String,
    /// When it was removed; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    removed_at: Option<Text<Timestamp>>,
}

impl SavedQueryOut {
    fn new(row: SavedQueryRow) -> Self {
        Self {
            id: Text(row.id),
            name: row.name,
            statement: row.statement,
            version: row.version,
            created_by: row.created_by,
            changed_at: Text(row.changed_at),
            changed_by: row.changed_by,
            removed_at: row.removed_at.map(Text),
        }
    }
}

/// The saved questions, by name.
#[utoipa::path(
    get, path = "/saved-queries", tag = "analysis",
    responses((status = 200, body = Page<SavedQueryOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_saved_queries(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
) -> Answer {
    let rows = app.saved_queries(&key.actor).await?;
    ok(&Page::whole(
        rows.into_iter().map(SavedQueryOut::new).collect(),
    ))
}

/// One saved question, also if it was removed.
#[utoipa::path(
    get, path = "/saved-queries/{id}", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = SavedQueryOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_saved_query(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    IdOf(id): IdOf<SavedQueryId>,
) -> Answer {
    ok(&SavedQueryOut::new(app.saved_query(&key.actor, id).await?))
}

/// Saves a question with a name, for everybody who may ask.
#[utoipa::path(
    post, path = "/saved-queries", tag = "analysis", request_body = SavedQueryIn,
    responses((status = 201, body = SavedQueryOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_saved_query(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    Body(new): Body<SavedQueryIn>,
) -> Answer {
    let query = SavedQuery {
        name: new.name,
        statement: new.statement,
    };
    created(&SavedQueryOut::new(
        app.save_query(&key.actor, query).await?,
    ))
}

/// Changes a saved question, from the version that was read.
#[utoipa::path(
    put, path = "/saved-queries/{id}", tag = "analysis", params(("id" = String, Path)),
    request_body = SavedQueryChangeIn,
    responses((status = 200, body = SavedQueryOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_saved_query(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<SavedQueryId>,
    Body(new): Body<SavedQueryChangeIn>,
) -> Answer {
    let query = SavedQuery {
        name: new.name,
        statement: new.statement,
    };
    let changed = app.change_query(&key.actor, (id, new.version), query);
    ok(&SavedQueryOut::new(changed.await?))
}

/// Removes a saved question; it can be brought back.
#[utoipa::path(
    delete, path = "/saved-queries/{id}", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = SavedQueryOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_saved_query(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<SavedQueryId>,
) -> Answer {
    ok(&SavedQueryOut::new(app.remove_query(&key.actor, id).await?))
}

/// Brings back a saved question that was removed.
#[utoipa::path(
    post, path = "/saved-queries/{id}/restoring", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = SavedQueryOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_saved_query(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<SavedQueryId>,
) -> Answer {
    ok(&SavedQueryOut::new(
        app.restore_query(&key.actor, id).await?,
    ))
}
