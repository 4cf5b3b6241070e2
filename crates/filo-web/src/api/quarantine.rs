//! Quarantine: what could not be taken in, with the reason; repairing and discarding it.

use axum::extract::State;
use filo_app::{App, QuarantineCursor, QuarantineFilter, QuarantineRow, QuarantineStatus};
use filo_core::id::{QuarantineId, SourceId};
use filo_core::intake::Defect;
use filo_core::time::Timestamp;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, done, ok};
use super::asked::QuarantineAsked;
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::repair::{Repair, repair};
use crate::right::{RepairQuarantine, SeeQuarantine};

/// Defects named in one answer.
const DEFECTS_SHOWN: usize = 5;

/// Something in quarantine.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quarantined)]
pub(crate) struct QuarantinedOut {
    /// Its id.
    #[schema(value_type = String, example = "qua_0123456789abcdefghjkmnpqrs")]
    id: Text<QuarantineId>,
    /// Where it came from, if that is known.
    source: Option<u32>,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    received_at: Text<Timestamp>,
    /// The reason, as a word that does not change.
    #[schema(example = "missing_event")]
    code: String,
    /// Which field, if it was one.
    field: Option<String>,
    /// What to do about it.
    hint: String,
    /// `open`, `repaired` or `discarded`.
    status: &'static str,
    /// When it was repaired or discarded.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Text<Timestamp>>,
    /// By whom.
    actor: Option<String>,
    /// As it was sent; only when one is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

impl QuarantinedOut {
    fn new(row: QuarantineRow) -> Self {
        Self {
            id: Text(row.id),
            source: row.source.map(|source| source.0),
            received_at: Text(row.received_at),
            code: row.code,
            field: row.field,
            hint: row.hint,
            status: row.status.word(),
            closed_at: row.repaired_at.map(Text),
            actor: row.actor,
            body: None,
        }
    }
}

/// The mended text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RepairIn {
    /// The call or batch as it should have been sent.
    body: String,
}

/// What was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RepairedOut {
    /// How many events.
    events: usize,
}

/// What is in quarantine, newest first.
#[utoipa::path(
    get, path = "/quarantine", tag = "quarantine", params(QuarantineAsked),
    responses((status = 200, body = Page<QuarantinedOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_quarantine(
    State(app): State<App>,
    _key: Bearer<SeeQuarantine>,
    Asked(asked): Asked<QuarantineAsked>,
) -> Answer {
    let filter = QuarantineFilter {
        status: status_asked(asked.status.as_deref())?,
        source: asked.source.map(SourceId),
        code: asked.code,
    };
    let paging = Paging::new(asked.before, asked.limit);
    let limit = paging.limit()?;
    let behind = paging.before()?.map(|cursor| QuarantineCursor {
        received_at: cursor.at,
        id: QuarantineId(cursor.id),
    });
    let rows = app.quarantined(&filter, behind, limit + 1).await?;
    let cursor = |row: &QuarantineRow| Cursor {
        at: row.received_at,
        id: row.id.0,
    };
    ok(&Page::of(rows, limit, cursor, QuarantinedOut::new))
}

fn status_asked(word: Option<&str>) -> Result<Option<QuarantineStatus>, Problem> {
    match word {
        None => Ok(Some(QuarantineStatus::Open)),
        Some("all") => Ok(None),
        Some(word) => QuarantineStatus::from_word(word)
            .map(Some)
            .ok_or_else(|| Problem::invalid("status", "must be open, repaired, discarded or all")),
    }
}

/// One of them with its body.
#[utoipa::path(
    get, path = "/quarantine/{id}", tag = "quarantine", params(("id" = String, Path)),
    responses((status = 200, body = QuarantinedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_quarantined(
    State(app): State<App>,
    _key: Bearer<SeeQuarantine>,
    IdOf(id): IdOf<QuarantineId>,
) -> Answer {
    let missing = || Problem::missing("quarantined event");
    let row = app.quarantined_one(id).await?.ok_or_else(missing)?;
    let body = String::from_utf8_lossy(&row.body).into_owned();
    ok(&QuarantinedOut {
        body: Some(body),
        ..QuarantinedOut::new(row)
    })
}

/// Takes the mended text in and closes it.
#[utoipa::path(
    post, path = "/quarantine/{id}/repair", tag = "quarantine", params(("id" = String, Path)),
    request_body = RepairIn,
    responses((status = 200, body = RepairedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn repair_quarantined(
    State(app): State<App>,
    key: Bearer<RepairQuarantine>,
    IdOf(id): IdOf<QuarantineId>,
    Body(mended): Body<RepairIn>,
) -> Answer {
    match repair(&app, &key.actor, id, &mended.body).await? {
        Repair::Done(events) => ok(&RepairedOut { events }),
        Repair::Defective(defects) => Err(still_defective(&defects)),
    }
}

fn still_defective(defects: &[Defect]) -> Problem {
    let told: Vec<String> = defects
        .iter()
        .take(DEFECTS_SHOWN)
        .map(ToString::to_string)
        .collect();
    let code = defects
        .first()
        .map_or("invalid", |defect| defect.code.word());
    let title = "The text still has defects";
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        code,
        title,
        told.join("; "),
    )
    .about("body")
}

/// Closes it as not wanted.
#[utoipa::path(
    post, path = "/quarantine/{id}/discard", tag = "quarantine", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn discard_quarantined(
    State(app): State<App>,
    key: Bearer<RepairQuarantine>,
    IdOf(id): IdOf<QuarantineId>,
) -> Answer {
    app.close_quarantined(&key.actor, id, false).await?;
    done()
}
