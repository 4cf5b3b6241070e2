//! How long what is kept: the rules, what would go by others, and what has gone.

use axum::extract::State;
use filo_app::{App, Gone, RetentionRun};
use filo_core::id::RetentionRunId;
use filo_core::privacy::retention::{Kept, Retention};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body};
use crate::problem::{Problem, ProblemOut};
use crate::right::HandlePrivacy;

/// Months after which what goes; null: it stays.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RetentionMonths)]
pub(crate) struct Months {
    /// Visitors of whom nothing is known but a browser or a telephone, since they were seen last.
    #[serde(default)]
    visitors: Option<u16>,
    /// People, since anything happened with them last.
    #[serde(default)]
    people: Option<u16>,
    /// Events in quarantine that were repaired or discarded, since they came.
    #[serde(default)]
    quarantine: Option<u16>,
    /// Incidents that were resolved, since then.
    #[serde(default)]
    incidents: Option<u16>,
    /// Who asked what about their data, since they were answered.
    #[serde(default)]
    requests: Option<u16>,
}

impl From<Retention> for Months {
    fn from(rules: Retention) -> Self {
        Self {
            visitors: rules.visitors,
            people: rules.people,
            quarantine: rules.quarantine,
            incidents: rules.incidents,
            requests: rules.requests,
        }
    }
}

impl From<Months> for Retention {
    fn from(months: Months) -> Self {
        Self {
            visitors: months.visitors,
            people: months.people,
            quarantine: months.quarantine,
            incidents: months.incidents,
            requests: months.requests,
        }
    }
}

/// How long what is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Retention)]
pub(crate) struct RetentionOut {
    /// The months.
    months: Months,
    /// When something goes next; null while nothing goes by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Text<Timestamp>>,
    /// What a change must name.
    version: i64,
}

/// How much of each kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionCounts)]
pub(crate) struct Counts {
    visitors: u64,
    people: u64,
    quarantine: u64,
    incidents: u64,
    requests: u64,
}

impl From<Gone> for Counts {
    fn from(gone: Gone) -> Self {
        Self {
            visitors: gone.of(Kept::Visitors),
            people: gone.of(Kept::People),
            quarantine: gone.of(Kept::Quarantine),
            incidents: gone.of(Kept::Incidents),
            requests: gone.of(Kept::Requests),
        }
    }
}

/// The rules about how long what is kept.
#[utoipa::path(
    get, path = "/settings/retention", tag = "privacy",
    responses((status = 200, body = RetentionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_retention(State(app): State<App>, key: Bearer<HandlePrivacy>) -> Answer {
    let view = app.retention(&key.actor).await?;
    ok(&RetentionOut {
        months: view.rules.into(),
        next_at: view.next_at.map(Text),
        version: view.version,
    })
}

/// What would go.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionPreview)]
pub(crate) struct PreviewOut {
    /// The months.
    months: Months,
    /// How much would go now.
    would_go: Counts,
    /// Not everybody was looked at: at least so many would go.
    is_partial: bool,
}

/// What would go now by these months. Nothing is changed.
#[utoipa::path(
    post, path = "/settings/retention/preview", tag = "privacy", request_body = Months,
    responses((status = 200, body = PreviewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_retention(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    Body(asked): Body<Months>,
) -> Answer {
    let preview = app.preview_retention(&key.actor, asked.into()).await?;
    ok(&PreviewOut {
        months: preview.rules.into(),
        would_go: preview.gone.into(),
        is_partial: preview.is_partial,
    })
}

/// Other months.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetentionIn {
    /// The months.
    months: Months,
    /// The version that was read.
    version: i64,
    /// `true`, because what goes cannot be brought back; not needed to let everything stay.
    #[serde(default)]
    sure: bool,
}

/// Changes the months. What goes cannot be brought back.
#[utoipa::path(
    put, path = "/settings/retention", tag = "privacy", request_body = RetentionIn,
    responses((status = 200, body = RetentionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_retention(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    Body(asked): Body<RetentionIn>,
) -> Answer {
    let rules = Retention::from(asked.months);
    if !rules.is_off() && !asked.sure {
        let hint = "must be true: what goes cannot be brought back";
        return Err(Problem::invalid("sure", hint));
    }
    let view = app.change_retention(&key.actor, rules, asked.version);
    let view = view.await?;
    ok(&RetentionOut {
        months: view.rules.into(),
        next_at: view.next_at.map(Text),
        version: view.version,
    })
}

/// A day on which something went.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionRun)]
pub(crate) struct RunOut {
    /// Its id.
    #[schema(value_type = String)]
    id: Text<RetentionRunId>,
    /// When it was due.
    #[schema(value_type = String, format = DateTime)]
    due_at: Text<Timestamp>,
    /// When it came to its end.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// How much went.
    gone: Counts,
    /// Why it did not come to its end; the next one goes on.
    failure: Option<String>,
}

impl From<RetentionRun> for RunOut {
    fn from(run: RetentionRun) -> Self {
        Self {
            id: Text(run.id),
            due_at: Text(run.due_at),
            ended_at: run.ended_at.map(Text),
            gone: run.gone.into(),
            failure: run.failure,
        }
    }
}

/// Days on which something went, the last one first.
#[utoipa::path(
    get, path = "/retention-runs", tag = "privacy", params(Paging),
    responses((status = 200, body = Page<RunOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_retention_runs(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let before = paging.before()?.map(|cursor| cursor.at);
    let rows = app.retention_runs(&key.actor, before, limit + 1).await?;
    let cursor = |run: &RetentionRun| Cursor {
        at: run.due_at,
        id: run.id.0,
    };
    ok(&Page::of(rows, limit, cursor, RunOut::from))
}
