//! Incidents: what a person should look at.
//!
//! **Invariant:** at most one incident of a kind is open about a subject; the same again counts
//! up, and after it was resolved opens a new one.

use filo_core::id::IncidentId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRow {
    pub id: IncidentId,
    pub kind: String,
    /// What it is about: an id, a name.
    pub subject: String,
    /// JSON.
    pub detail: String,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub count: i64,
    pub resolved_at: Option<Timestamp>,
}

/// Where a page ended: the next one begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub last_at: Timestamp,
    pub id: IncidentId,
}

impl IncidentRow {
    /// The cursor behind this row.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            last_at: self.last_at,
            id: self.id,
        }
    }
}

/// What happened, to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct Report<'r> {
    /// The id of the incident if it is a new one.
    pub id: IncidentId,
    pub kind: &'r str,
    pub subject: &'r str,
    /// JSON; the newest is kept.
    pub detail: &'r str,
    pub at: Timestamp,
}

const RAISE: &str = "
    INSERT INTO incident (id, kind, subject, detail, first_at, last_at, count)
    VALUES ($1, $2, $3, $4, $5, $5, 1)
    ON CONFLICT (kind, subject) WHERE resolved_at IS NULL DO UPDATE
       SET detail = excluded.detail,
           last_at = CASE WHEN incident.last_at < excluded.last_at
                          THEN excluded.last_at ELSE incident.last_at END,
           count = incident.count + 1
    RETURNING id";

/// Opens an incident, or counts the open one up. Returns the id of the open one.
pub async fn raise(tx: &mut Tx<'_>, report: &Report<'_>) -> Result<IncidentId> {
    let values = values![
        report.id,
        report.kind,
        report.subject,
        report.detail,
        report.at
    ];
    let row = tx.fetch_one(RAISE, values).await?;
    row.map_or(Ok(report.id), |row| Ok(IncidentId::from_bytes(row.id(0)?)))
}

const GET: &str = "
    SELECT id, kind, subject, detail, first_at, last_at, count, resolved_at
      FROM incident
     WHERE id = $1";

/// One incident.
pub async fn get(tx: &mut Tx<'_>, id: IncidentId) -> Result<Option<IncidentRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LIST: &str = "
    SELECT id, kind, subject, detail, first_at, last_at, count, resolved_at
      FROM incident
     WHERE (last_at, id) < ($1, $2)
     ORDER BY last_at DESC, id DESC
     LIMIT $3";

const LIST_OPEN: &str = "
    SELECT id, kind, subject, detail, first_at, last_at, count, resolved_at
      FROM incident
     WHERE resolved_at IS NULL
       AND (last_at, id) < ($1, $2)
     ORDER BY last_at DESC, id DESC
     LIMIT $3";

/// A page of incidents, the newest first; only the open ones, or all.
pub async fn list(
    tx: &mut Tx<'_>,
    open_only: bool,
    behind: Option<Cursor>,
    limit: u32,
) -> Result<Vec<IncidentRow>> {
    let begin = Cursor {
        last_at: Timestamp::MAX,
        id: IncidentId(u128::MAX),
    };
    let behind = behind.unwrap_or(begin);
    let sql = if open_only { LIST_OPEN } else { LIST };
    tx.fetch(sql, values![behind.last_at, behind.id, limit])
        .await?
        .iter()
        .map(read)
        .collect()
}

const RESOLVE: &str = "
    UPDATE incident
       SET resolved_at = $2
     WHERE id = $1
       AND resolved_at IS NULL";

/// Closes an incident; false if it is not open.
pub async fn resolve(tx: &mut Tx<'_>, id: IncidentId, at: Timestamp) -> Result<bool> {
    Ok(tx.execute(RESOLVE, values![id, at]).await? == 1)
}

const RESOLVE_ABOUT: &str = "
    UPDATE incident
       SET resolved_at = $3
     WHERE kind = $1
       AND subject = $2
       AND resolved_at IS NULL";

/// Closes what is open of a kind about a subject: what it told of is over. False if nothing is.
pub async fn resolve_about(
    tx: &mut Tx<'_>,
    kind: &str,
    subject: &str,
    at: Timestamp,
) -> Result<bool> {
    Ok(tx
        .execute(RESOLVE_ABOUT, values![kind, subject, at])
        .await?
        == 1)
}

const REOPEN: &str = "
    UPDATE incident
       SET resolved_at = NULL
     WHERE id = $1
       AND resolved_at IS NOT NULL
       AND NOT EXISTS (SELECT 1
                         FROM incident AS newer
                        WHERE newer.kind = incident.kind
                          AND newer.subject = incident.subject
                          AND newer.resolved_at IS NULL)";

/// Opens a closed incident again; false if it is open, or the same has been opened anew since.
pub async fn reopen(tx: &mut Tx<'_>, id: IncidentId) -> Result<bool> {
    Ok(tx.execute(REOPEN, values![id]).await? == 1)
}

const OPEN_COUNT: &str = "SELECT COUNT(*) FROM incident WHERE resolved_at IS NULL";

/// How many are open.
pub async fn open_count(tx: &mut Tx<'_>) -> Result<i64> {
    tx.fetch_one(OPEN_COUNT, &[])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

const COUNT_RESOLVED: &str = "
    SELECT COUNT(*)
      FROM incident
     WHERE resolved_at < $1";

/// How many were closed before an instant.
pub async fn count_resolved(tx: &mut Tx<'_>, before: Timestamp) -> Result<i64> {
    tx.fetch_one(COUNT_RESOLVED, values![before])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

const PRUNE: &str = "
    DELETE FROM incident
     WHERE resolved_at < $1";

/// Deletes what was closed before an instant. Returns how many there were.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![before]).await
}

fn read(record: &Record) -> Result<IncidentRow> {
    Ok(IncidentRow {
        id: IncidentId::from_bytes(record.id(0)?),
        kind: record.text(1)?,
        subject: record.text(2)?,
        detail: record.text(3)?,
        first_at: record.time(4)?,
        last_at: record.time(5)?,
        count: record.int(6)?,
        resolved_at: record.time_or_null(7)?,
    })
}

const OPEN_KINDS: &str = "
    SELECT kind, COUNT(*)
      FROM incident
     WHERE resolved_at IS NULL
     GROUP BY kind
     ORDER BY COUNT(*) DESC, kind";

/// How many are open of each kind, the commonest first.
pub async fn open_kinds(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    let rows = tx.fetch(OPEN_KINDS, &[]).await?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, row.int(1)?)))
        .collect()
}
