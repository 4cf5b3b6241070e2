//! Journeys: what people work on, and what was published of it.
//!
//! **Invariant:** a journey changes only from the version that its changer saw; what was
//! published never changes.

pub mod event;
pub mod impact;
pub mod occurrence;
pub mod run;
pub mod share;
pub mod step;

use filo_core::id::{CustomerId, JourneyId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// A journey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyRow {
    pub id: JourneyId,
    pub name: String,
    pub description: String,
    /// The word of how it is: `draft`, `active`, `paused`, `finishing`, `stopped`.
    pub status: String,
    /// The document that is worked on.
    pub draft: String,
    /// One more with each change.
    pub version: i64,
    /// The version that takes people in; 0 of one that never started.
    pub published: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    pub started_at: Option<Timestamp>,
    /// When what it asks of the past had been gathered; nothing until then.
    pub filled_at: Option<Timestamp>,
    /// Of a broadcast under way, the last member of its segment that was looked at.
    pub broadcast_after: Option<CustomerId>,
    /// Of one by the calendar, the occurrence up to which everything was seen to.
    pub seen_to: Option<Timestamp>,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    pub journey: JourneyId,
    pub version: i64,
    pub document: String,
    pub published_at: Timestamp,
    pub published_by: String,
}

const INSERT: &str = "
    INSERT INTO journey (id, name, description, status, draft, version, published, created_at,
                         created_by, changed_at, changed_by)
    VALUES ($1, $2, $3, $4, $5, 1, 0, $6, $7, $6, $7)";

/// Adds one.
pub async fn insert(tx: &mut Tx<'_>, row: &JourneyRow) -> Result<()> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.description.as_str(),
        row.status.as_str(),
        row.draft.as_str(),
        row.created_at,
        row.created_by.as_str(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE journey
       SET name = $3,
           description = $4,
           status = $5,
           draft = $6,
           published = $7,
           changed_at = $8,
           changed_by = $9,
           started_at = $10,
           filled_at = $11,
           version = version + 1
     WHERE id = $1
       AND version = $2";

/// Changes one that is at this version; false if it is at another. How far it has come in letting
/// people in stays as it is: that is [`occurrence::call`].
pub async fn change(tx: &mut Tx<'_>, row: &JourneyRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.name.as_str(),
        row.description.as_str(),
        row.status.as_str(),
        row.draft.as_str(),
        row.published,
        row.changed_at,
        row.changed_by.as_str(),
        row.started_at,
        row.filled_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const FILLED: &str = "
    UPDATE journey
       SET filled_at = $3
     WHERE id = $1
       AND published = $2
       AND filled_at IS NULL";

/// What this published version asks of the past was gathered.
pub async fn filled(tx: &mut Tx<'_>, id: JourneyId, published: i64, now: Timestamp) -> Result<()> {
    tx.execute(FILLED, values![id, published, now])
        .await
        .map(drop)
}

const LIST: &str = "
    SELECT id, name, description, status, draft, version, published, created_at, created_by,
           changed_at, changed_by, started_at, filled_at, broadcast_after, seen_to
      FROM journey
     ORDER BY id";

/// Every one; they are few.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<JourneyRow>> {
    tx.fetch(LIST, values![]).await?.iter().map(read).collect()
}

const GET: &str = "
    SELECT id, name, description, status, draft, version, published, created_at, created_by,
           changed_at, changed_by, started_at, filled_at, broadcast_after, seen_to
      FROM journey
     WHERE id = $1";

/// One of them.
pub async fn get(tx: &mut Tx<'_>, id: JourneyId) -> Result<Option<JourneyRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const REMOVALS: [&str; 10] = [
    "DELETE FROM rehearsal_person WHERE rehearsal IN (SELECT id FROM rehearsal WHERE journey = $1)",
    "DELETE FROM rehearsal WHERE journey = $1",
    "DELETE FROM journey_event WHERE run IN (SELECT id FROM journey_run WHERE journey = $1)",
    "DELETE FROM journey_line WHERE run IN (SELECT id FROM journey_run WHERE journey = $1)",
    "DELETE FROM journey_run WHERE journey = $1",
    "DELETE FROM task WHERE journey = $1",
    "DELETE FROM journey_occurrence WHERE journey = $1",
    "DELETE FROM journey_share WHERE journey = $1",
    "DELETE FROM journey_version WHERE journey = $1",
    "DELETE FROM journey WHERE id = $1",
];

/// Removes one for good, with everything that happened on it.
pub async fn remove(tx: &mut Tx<'_>, id: JourneyId) -> Result<()> {
    for sql in REMOVALS {
        tx.execute(sql, values![id]).await?;
    }
    Ok(())
}

const PUBLISH: &str = "
    INSERT INTO journey_version (journey, version, document, published_at, published_by)
    VALUES ($1, $2, $3, $4, $5)";

/// Publishes a version.
pub async fn publish(tx: &mut Tx<'_>, row: &VersionRow) -> Result<()> {
    let values = values![
        row.journey,
        row.version,
        row.document.as_str(),
        row.published_at,
        row.published_by.as_str(),
    ];
    tx.execute(PUBLISH, values).await.map(drop)
}

const VERSIONS: &str = "
    SELECT journey, version, document, published_at, published_by
      FROM journey_version
     WHERE journey = $1
     ORDER BY version DESC";

/// What was published of one, the newest first.
pub async fn versions(tx: &mut Tx<'_>, id: JourneyId) -> Result<Vec<VersionRow>> {
    let rows = tx.fetch(VERSIONS, values![id]).await?;
    rows.iter().map(read_version).collect()
}

const EVERY_VERSION: &str = "
    SELECT journey, version, document, published_at, published_by
      FROM journey_version
     ORDER BY journey, version";

/// Everything that was ever published of the journeys that there are.
pub async fn every_version(tx: &mut Tx<'_>) -> Result<Vec<VersionRow>> {
    let rows = tx.fetch(EVERY_VERSION, values![]).await?;
    rows.iter().map(read_version).collect()
}

const IN_FORCE: &str = "
    SELECT journey, version, document, published_at, published_by
      FROM journey_version
     WHERE EXISTS (SELECT 1 FROM journey
                    WHERE journey.id = journey_version.journey
                      AND journey.published = journey_version.version
                      AND journey.status IN ('active', 'paused', 'finishing'))
        OR EXISTS (SELECT 1 FROM journey_run
                    WHERE journey_run.journey = journey_version.journey
                      AND journey_run.version = journey_version.version
                      AND journey_run.ended_at IS NULL)
     ORDER BY journey, version";

/// The versions that take people in, and those that somebody is on.
pub async fn in_force(tx: &mut Tx<'_>) -> Result<Vec<VersionRow>> {
    let rows = tx.fetch(IN_FORCE, values![]).await?;
    rows.iter().map(read_version).collect()
}

fn read(record: &Record) -> Result<JourneyRow> {
    Ok(JourneyRow {
        id: JourneyId::from_bytes(record.id(0)?),
        name: record.text(1)?,
        description: record.text(2)?,
        status: record.text(3)?,
        draft: record.text(4)?,
        version: record.int(5)?,
        published: record.int(6)?,
        created_at: record.time(7)?,
        created_by: record.text(8)?,
        changed_at: record.time(9)?,
        changed_by: record.text(10)?,
        started_at: record.time_or_null(11)?,
        filled_at: record.time_or_null(12)?,
        broadcast_after: record.id_or_null(13)?.map(CustomerId::from_bytes),
        seen_to: record.time_or_null(14)?,
    })
}

fn read_version(record: &Record) -> Result<VersionRow> {
    Ok(VersionRow {
        journey: JourneyId::from_bytes(record.id(0)?),
        version: record.int(1)?,
        document: record.text(2)?,
        published_at: record.time(3)?,
        published_by: record.text(4)?,
    })
}
