//! Questions in SQL that people saved.
//!
//! **Invariant:** one changes only from the version that its changer saw; one that was removed can
//! be brought back.

use filo_core::id::SavedQueryId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// A saved question as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQueryRow {
    pub id: SavedQueryId,
    pub name: String,
    pub statement: String,
    /// One more with each change.
    pub version: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    pub removed_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO saved_query (id, name, statement, version, created_at, created_by, changed_at,
                             changed_by, removed_at)
    VALUES ($1, $2, $3, 1, $4, $5, $4, $5, NULL)";

/// Adds one at its first version.
pub async fn insert(tx: &mut Tx<'_>, row: &SavedQueryRow) -> Result<()> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.statement.as_str(),
        row.created_at,
        row.created_by.as_str(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE saved_query
       SET name = $3,
           statement = $4,
           version = version + 1,
           changed_at = $5,
           changed_by = $6,
           removed_at = $7
     WHERE id = $1
       AND version = $2";

/// Changes one that is at this version; false if it is at another.
pub async fn change(tx: &mut Tx<'_>, row: &SavedQueryRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.name.as_str(),
        row.statement.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.removed_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const GET: &str = "
    SELECT id, name, statement, version, created_at, created_by, changed_at, changed_by, removed_at
      FROM saved_query
     WHERE id = $1";

/// One of them, also if it was removed.
pub async fn get(tx: &mut Tx<'_>, id: SavedQueryId) -> Result<Option<SavedQueryRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = "
    SELECT id, name, statement, version, created_at, created_by, changed_at, changed_by, removed_at
      FROM saved_query
     WHERE removed_at IS NULL
     ORDER BY name, id";

/// Those that were not removed, by name.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<SavedQueryRow>> {
    let rows = tx.fetch(LIST, &[]).await?;
    rows.iter().map(read).collect()
}

const TEXTS: &str = "
    SELECT id, name, statement
      FROM saved_query
     ORDER BY id";

/// Name and statement of every one, also of those that were removed.
pub async fn texts(tx: &mut Tx<'_>) -> Result<Vec<(SavedQueryId, [String; 2])>> {
    let rows = tx.fetch(TEXTS, &[]).await?;
    let texts = |row: &Record| {
        let id = SavedQueryId::from_bytes(row.id(0)?);
        Ok((id, [row.text(1)?, row.text(2)?]))
    };
    rows.iter().map(texts).collect()
}

const ERASE: &str = "DELETE FROM saved_query WHERE id = $1";

/// Removes one for good.
pub async fn erase(tx: &mut Tx<'_>, id: SavedQueryId) -> Result<()> {
    tx.execute(ERASE, values![id]).await.map(drop)
}

fn read(record: &Record) -> Result<SavedQueryRow> {
    Ok(SavedQueryRow {
        id: SavedQueryId::from_bytes(record.id(0)?),
        name: record.text(1)?,
        statement: record.text(2)?,
        version: record.int(3)?,
        created_at: record.time(4)?,
        created_by: record.text(5)?,
        changed_at: record.time(6)?,
        changed_by: record.text(7)?,
        removed_at: record.time_or_null(8)?,
    })
}
