//! Segments: their definitions; who is in them ([`member`]); who came and left ([`turn`]).
//!
//! **Invariant:** a definition changes only from the version that its changer saw.

pub mod member;
pub mod turn;

use filo_core::id::SegmentId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// A segment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentRow {
    pub id: SegmentId,
    pub name: String,
    pub description: String,
    /// The document.
    pub definition: String,
    /// One more with each change.
    pub version: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    /// When everybody had been looked at under this definition; nothing until then.
    pub filled_at: Option<Timestamp>,
    pub archived_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO segment (id, name, description, definition, version, created_at, created_by,
                         changed_at, changed_by, filled_at, archived_at)
    VALUES ($1, $2, $3, $4, 1, $5, $6, $5, $6, NULL, NULL)";

/// Adds a segment that nobody has been looked at for.
pub async fn insert(tx: &mut Tx<'_>, row: &SegmentRow) -> Result<()> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.description.as_str(),
        row.definition.as_str(),
        row.created_at,
        row.created_by.as_str(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE segment
       SET name = $3,
           description = $4,
           definition = $5,
           version = version + 1,
           changed_at = $6,
           changed_by = $7,
           filled_at = $8,
           archived_at = $9
     WHERE id = $1
       AND version = $2";

/// Changes a segment that is at this version; false if it is at another.
pub async fn change(tx: &mut Tx<'_>, row: &SegmentRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.name.as_str(),
        row.description.as_str(),
        row.definition.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.filled_at,
        row.archived_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const REMOVE: &str = "DELETE FROM segment WHERE id = $1";

/// Removes a segment for good, as if it had never been.
pub async fn remove(tx: &mut Tx<'_>, id: SegmentId) -> Result<()> {
    member::dismiss(tx, id).await?;
    turn::forget_segment(tx, id).await?;
    tx.execute(REMOVE, values![id]).await.map(drop)
}

const FILLED: &str = "
    UPDATE segment
       SET filled_at = $3
     WHERE id = $1
       AND version = $2
       AND filled_at IS NULL";

/// Everybody was looked at under this version.
pub async fn filled(tx: &mut Tx<'_>, id: SegmentId, version: i64, now: Timestamp) -> Result<()> {
    tx.execute(FILLED, values![id, version, now])
        .await
        .map(drop)
}

const UNFILL: &str = "UPDATE segment SET filled_at = NULL WHERE archived_at IS NULL";

/// Everybody is to be looked at again, for every segment.
pub async fn unfill(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(UNFILL, values![]).await.map(drop)
}

const UNFILL_THESE: Bulk = Bulk {
    head: "UPDATE segment SET filled_at = NULL WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// Everybody is to be looked at again for some segments.
pub async fn unfill_these(tx: &mut Tx<'_>, ids: &[SegmentId]) -> Result<()> {
    tx.execute_bulk(&UNFILL_THESE, ids, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}

const LIST: &str = "
    SELECT id, name, description, definition, version, created_at, created_by, changed_at,
           changed_by, filled_at, archived_at
      FROM segment
     ORDER BY id";

/// Every segment, also those that were put away, by id.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<SegmentRow>> {
    tx.fetch(LIST, values![]).await?.iter().map(read).collect()
}

const NAMES: Bulk = Bulk {
    head: "SELECT id, name FROM segment WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// What some segments are called, also those that were put away, in no order.
pub async fn names(tx: &mut Tx<'_>, ids: &[SegmentId]) -> Result<Vec<(SegmentId, String)>> {
    let rows = tx
        .fetch_bulk(&NAMES, ids, |id, values| values.push((*id).into()))
        .await?;
    let read = |record: &Record| Ok((SegmentId::from_bytes(record.id(0)?), record.text(1)?));
    rows.iter().map(read).collect()
}

const GET: &str = "
    SELECT id, name, description, definition, version, created_at, created_by, changed_at,
           changed_by, filled_at, archived_at
      FROM segment
     WHERE id = $1";

/// One segment.
pub async fn get(tx: &mut Tx<'_>, id: SegmentId) -> Result<Option<SegmentRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

fn read(record: &Record) -> Result<SegmentRow> {
    Ok(SegmentRow {
        id: SegmentId::from_bytes(record.id(0)?),
        name: record.text(1)?,
        description: record.text(2)?,
        definition: record.text(3)?,
        version: record.int(4)?,
        created_at: record.time(5)?,
        created_by: record.text(6)?,
        changed_at: record.time(7)?,
        changed_by: record.text(8)?,
        filled_at: record.time_or_null(9)?,
        archived_at: record.time_or_null(10)?,
    })
}
