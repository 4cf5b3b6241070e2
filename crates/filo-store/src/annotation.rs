//! Dated notes beside figures.
//!
//! **Invariant:** a note changes only from the version that its changer saw; one that was removed
//! can be brought back.

use filo_core::id::AnnotationId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// A note as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotationRow {
    pub id: AnnotationId,
    /// `2026-12-31`: as texts, days stand in their order.
    pub first_day: String,
    /// The same as the first where it did not last.
    pub last_day: String,
    pub words: String,
    /// One more with each change.
    pub version: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    pub removed_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO annotation (id, first_day, last_day, words, version, created_at, created_by,
                            changed_at, changed_by, removed_at)
    VALUES ($1, $2, $3, $4, 1, $5, $6, $5, $6, NULL)";

/// Adds one at its first version.
pub async fn insert(tx: &mut Tx<'_>, row: &AnnotationRow) -> Result<()> {
    let values = values![
        row.id,
        row.first_day.as_str(),
        row.last_day.as_str(),
        row.words.as_str(),
        row.created_at,
        row.created_by.as_str(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE annotation
       SET first_day = $3,
           last_day = $4,
           words = $5,
           version = version + 1,
           changed_at = $6,
           changed_by = $7,
           removed_at = $8
     WHERE id = $1
       AND version = $2";

/// Changes one that is at this version; false if it is at another.
pub async fn change(tx: &mut Tx<'_>, row: &AnnotationRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.first_day.as_str(),
        row.last_day.as_str(),
        row.words.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.removed_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const GET: &str = "
    SELECT id, first_day, last_day, words, version, created_at, created_by, changed_at, changed_by,
           removed_at
      FROM annotation
     WHERE id = $1";

/// One of them, also if it was removed.
pub async fn get(tx: &mut Tx<'_>, id: AnnotationId) -> Result<Option<AnnotationRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const BETWEEN: &str = "
    SELECT id, first_day, last_day, words, version, created_at, created_by, changed_at, changed_by,
           removed_at
      FROM annotation
     WHERE last_day >= $1
       AND first_day <= $2
       AND removed_at IS NULL
     ORDER BY first_day DESC, id DESC
     LIMIT $3";

/// Those that touch days from one to another, the latest first.
pub async fn between(
    tx: &mut Tx<'_>,
    (first, last): (&str, &str),
    limit: u32,
) -> Result<Vec<AnnotationRow>> {
    let rows = tx.fetch(BETWEEN, values![first, last, limit]).await?;
    rows.iter().map(read).collect()
}

const TEXTS: &str = "
    SELECT id, words
      FROM annotation
     ORDER BY id";

/// The words of every one, also of those that were removed.
pub async fn texts(tx: &mut Tx<'_>) -> Result<Vec<(AnnotationId, String)>> {
    let rows = tx.fetch(TEXTS, &[]).await?;
    let text = |row: &Record| Ok((AnnotationId::from_bytes(row.id(0)?), row.text(1)?));
    rows.iter().map(text).collect()
}

const ERASE: &str = "DELETE FROM annotation WHERE id = $1";

/// Removes one for good.
pub async fn erase(tx: &mut Tx<'_>, id: AnnotationId) -> Result<()> {
    tx.execute(ERASE, values![id]).await.map(drop)
}

fn read(record: &Record) -> Result<AnnotationRow> {
    Ok(AnnotationRow {
        id: AnnotationId::from_bytes(record.id(0)?),
        first_day: record.text(1)?,
        last_day: record.text(2)?,
        words: record.text(3)?,
        version: record.int(4)?,
        created_at: record.time(5)?,
        created_by: record.text(6)?,
        changed_at: record.time(7)?,
        changed_by: record.text(8)?,
        removed_at: record.time_or_null(9)?,
    })
}
