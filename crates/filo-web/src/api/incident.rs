//! Incidents: what Filo stopped at and a person should see.

use axum::extract::State;
use filo_app::App;
use filo_core::id::IncidentId;
use filo_core::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::{Answer, Text, done, ok};
use super::paging::Page;
use super::power::Bearer;
use super::request::IdOf;
use crate::problem::ProblemOut;
use crate::right::{ResolveIncidents, SeeIncidents};

/// One open incident.
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
}

/// Open incidents, newest first.
#[utoipa::path(
    get, path = "/incidents", tag = "operation",
    responses((status = 200, body = Page<IncidentOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_incidents(State(app): State<App>, _key: Bearer<SeeIncidents>) -> Answer {
    let incidents = app
        .incidents()
        .await?
        .into_iter()
        .map(|incident| IncidentOut {
            id: Text(incident.id),
            kind: incident.kind,
            subject: incident.subject,
            detail: RawValue::from_string(incident.detail).ok(),
            first_at: Text(incident.first_at),
            last_at: Text(incident.last_at),
            count: incident.count,
        });
    ok(&Page::whole(incidents.collect()))
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
