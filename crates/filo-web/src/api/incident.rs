//! Incidents: what Filo stopped at and a person should see.

use axum::extract::State;
use filo_app::{App, IncidentCursor, IncidentRow};
use filo_core::id::IncidentId;
use filo_core::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, done, ok};
use super::asked::IncidentAsked;
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, IdOf};
use crate::problem::ProblemOut;
use crate::right::{ResolveIncidents, SeeIncidents};

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(resolve_incident))
        .routes(routes!(reopen_incident))
}

/// One incident.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Incident)]
pub(crate) struct IncidentOut {
    /// Its id.
    #[schema(value_type = String, example = "inc_0123456789abcdefghjkmnpqrs")]
    id: Text<IncidentId>,
    /// What happened, as a word that does not change.
    kind: String,
    /// What it is about.
    subject: String,
    /// More about it.
    #[schema(value_type = Option<Object>)]
    detail: Option<Box<RawValue>>,
    /// When it happened first.
    #[schema(value_type = String, format = DateTime)]
    first_at: Text<Timestamp>,
    /// When it happened last.
    #[schema(value_type = String, format = DateTime)]
    last_at: Text<Timestamp>,
    /// How often.
    count: i64,
    /// When a person had seen to it.
    #[schema(value_type = Option<String>, format = DateTime)]
    resolved_at: Option<Text<Timestamp>>,
}

/// Incidents, newest first: only those that are open unless `all`.
#[utoipa::path(
    get, path = "/incidents", tag = "operation", params(IncidentAsked),
    responses((status = 200, body = Page<IncidentOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_incidents(
    State(app): State<App>,
    _key: Bearer<SeeIncidents>,
    Asked(asked): Asked<IncidentAsked>,
) -> Answer {
    let paging = Paging::new(asked.before, asked.limit);
    let limit = paging.limit()?;
    let behind = paging.before()?.map(|cursor| IncidentCursor {
        last_at: cursor.at,
        id: IncidentId(cursor.id),
    });
    let rows = app.incidents(!asked.all, behind, limit + 1).await?;
    let cursor = |row: &IncidentRow| Cursor {
        at: row.last_at,
        id: row.id.0,
    };
    ok(&Page::of(rows, limit, cursor, IncidentOut::new))
}

impl IncidentOut {
    fn new(incident: IncidentRow) -> Self {
        Self {
            id: Text(incident.id),
            kind: incident.kind,
            subject: incident.subject,
            detail: RawValue::from_string(incident.detail).ok(),
            first_at: Text(incident.first_at),
            last_at: Text(incident.last_at),
            count: incident.count,
            resolved_at: incident.resolved_at.map(Text),
        }
    }
}

/// Opens an incident again that was said to be seen to.
#[utoipa::path(
    post, path = "/incidents/{id}/reopening", tag = "operation", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn reopen_incident(
    State(app): State<App>,
    key: Bearer<ResolveIncidents>,
    IdOf(id): IdOf<IncidentId>,
) -> Answer {
    app.reopen_incident(&key.actor, id).await?;
    done()
}

/// Says that a person has seen to it.
#[utoipa::path(
    post, path = "/incidents/{id}/resolution", tag = "operation", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn resolve_incident(
    State(app): State<App>,
    key: Bearer<ResolveIncidents>,
    IdOf(id): IdOf<IncidentId>,
) -> Answer {
    app.resolve_incident(&key.actor, id).await?;
    done()
}
