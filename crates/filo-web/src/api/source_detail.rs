//! One source: what it sends, its name, its switch, another key.

use axum::extract::State;
use filo_app::{App, Volumes};
use filo_core::id::SourceId;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, done, ok};
use super::power::Bearer;
use super::request::{Body, IdOf};
use super::source::{CreatedKeyOut, SourceOut, handed_over};
use crate::problem::ProblemOut;
use crate::right::{ManageSources, SeeSources};

/// A source with what it sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SourceDetail)]
pub(crate) struct SourceDetailOut {
    /// The source.
    #[serde(flatten)]
    source: SourceOut,
    /// What it sent.
    volumes: VolumesOut,
}

/// Events by the hour in which they arrived: counted one by one, repeated ones once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Volumes)]
pub(crate) struct VolumesOut {
    /// Events of this hour and the 23 before it.
    last_24_hours: u64,
    /// Events of thirty days.
    last_30_days: u64,
    /// When the last event arrived, however long ago.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Text<Timestamp>>,
    /// The hours of these thirty days in which any arrived, oldest first.
    hours: Vec<HourOut>,
}

/// One hour.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VolumeHour)]
pub(crate) struct HourOut {
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    begin: Text<Timestamp>,
    /// How many events.
    events: u64,
}

impl VolumesOut {
    fn new(volumes: Volumes) -> Self {
        let hour = |(begin, events)| HourOut {
            begin: Text(begin),
            events,
        };
        Self {
            last_24_hours: volumes.last_day,
            last_30_days: volumes.last_month,
            last_at: volumes.last_at.map(Text),
            hours: volumes.hours.into_iter().map(hour).collect(),
        }
    }
}

/// One source with its keys and what it sent in thirty days.
#[utoipa::path(
    get, path = "/sources/{id}", tag = "sources", params(("id" = u32, Path)),
    responses((status = 200, body = SourceDetailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_source(
    State(app): State<App>,
    _key: Bearer<SeeSources>,
    IdOf(id): IdOf<u32>,
) -> Answer {
    let source = app.source(SourceId(id)).await?;
    let volumes = app.volumes(source.id).await?;
    let mut keys = app.keys().await?;
    ok(&SourceDetailOut {
        source: SourceOut::new(source, &mut keys),
        volumes: VolumesOut::new(volumes),
    })
}

/// What changes of a source.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceChangeIn {
    /// What people call it.
    name: String,
}

/// Gives a source another name.
#[utoipa::path(
    patch, path = "/sources/{id}", tag = "sources", params(("id" = u32, Path)),
    request_body = SourceChangeIn,
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn rename_source(
    State(app): State<App>,
    key: Bearer<ManageSources>,
    IdOf(id): IdOf<u32>,
    Body(change): Body<SourceChangeIn>,
) -> Answer {
    app.rename_source(&key.actor, SourceId(id), &change.name)
        .await?;
    done()
}

/// Takes nothing from a source any more: its keys are answered 403 `source_disabled`.
#[utoipa::path(
    post, path = "/sources/{id}/disable", tag = "sources", params(("id" = u32, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn disable_source(
    State(app): State<App>,
    key: Bearer<ManageSources>,
    IdOf(id): IdOf<u32>,
) -> Answer {
    app.enable_source(&key.actor, SourceId(id), false).await?;
    done()
}

/// Takes from a source again.
#[utoipa::path(
    post, path = "/sources/{id}/enable", tag = "sources", params(("id" = u32, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn enable_source(
    State(app): State<App>,
    key: Bearer<ManageSources>,
    IdOf(id): IdOf<u32>,
) -> Answer {
    app.enable_source(&key.actor, SourceId(id), true).await?;
    done()
}

/// Makes another key of a source, to change keys without a gap. Its text is shown this once.
#[utoipa::path(
    post, path = "/sources/{id}/keys", tag = "sources", params(("id" = u32, Path)),
    responses((status = 201, body = CreatedKeyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn add_source_key(
    State(app): State<App>,
    key: Bearer<ManageSources>,
    IdOf(id): IdOf<u32>,
) -> Answer {
    handed_over(app.add_key(&key.actor, SourceId(id)).await?)
}
