//! Pieces of content, with every version that was saved.
//!
//! **Invariant:** a piece changes only from the version that its changer saw, and what it said
//! before stays in its history.

use filo_core::id::PieceId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// Versions of a piece that are kept.
const VERSIONS_MOST: i64 = 100;

/// A piece as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceRow {
    pub id: PieceId,
    pub name: String,
    pub document: String,
    /// One more with each change.
    pub version: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    pub archived_at: Option<Timestamp>,
}

/// What a piece said at a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceVersionRow {
    pub version: i64,
    pub document: String,
    pub made_at: Timestamp,
    pub made_by: String,
}

const INSERT: &str = "
    INSERT INTO piece (id, name, document, version, created_at, created_by, changed_at, changed_by,
                       archived_at)
    VALUES ($1, $2, $3, 1, $4, $5, $4, $5, NULL)";

/// Adds a piece at its first version.
pub async fn insert(tx: &mut Tx<'_>, row: &PieceRow) -> Result<()> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.document.as_str(),
        row.created_at,
        row.created_by.as_str(),
    ];
    tx.execute(INSERT, values).await?;
    keep(tx, row, 1).await
}

const CHANGE: &str = "
    UPDATE piece
       SET name = $3,
           document = $4,
           version = version + 1,
           changed_at = $5,
           changed_by = $6,
           archived_at = $7
     WHERE id = $1
       AND version = $2";

/// Changes a piece that is at this version; false if it is at another.
pub async fn change(tx: &mut Tx<'_>, row: &PieceRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.name.as_str(),
        row.document.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.archived_at,
    ];
    if tx.execute(CHANGE, values).await? == 0 {
        return Ok(false);
    }
    keep(tx, row, row.version + 1).await?;
    Ok(true)
}

const KEEP: &str = "
    INSERT INTO piece_version (piece, version, document, made_at, made_by)
    VALUES ($1, $2, $3, $4, $5)";
const LET_GO: &str = "
    DELETE FROM piece_version
     WHERE piece = $1
       AND version <= $2";

async fn keep(tx: &mut Tx<'_>, row: &PieceRow, version: i64) -> Result<()> {
    let values = values![
        row.id,
        version,
        row.document.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
    ];
    tx.execute(KEEP, values).await?;
    tx.execute(LET_GO, values![row.id, version - VERSIONS_MOST])
        .await
        .map(drop)
}

const REMOVE: &str = "DELETE FROM piece WHERE id = $1";
const REMOVE_VERSIONS: &str = "DELETE FROM piece_version WHERE piece = $1";

/// Removes a piece for good, with all that it ever said.
pub async fn remove(tx: &mut Tx<'_>, id: PieceId) -> Result<()> {
    tx.execute(REMOVE_VERSIONS, values![id]).await?;
    tx.execute(REMOVE, values![id]).await.map(drop)
}

const REMOVE_VERSION: &str = "DELETE FROM piece_version WHERE piece = $1 AND version = $2";

/// Removes one version from the history.
pub async fn remove_version(tx: &mut Tx<'_>, id: PieceId, version: i64) -> Result<()> {
    tx.execute(REMOVE_VERSION, values![id, version])
        .await
        .map(drop)
}

const LIST: &str = "
    SELECT id, name, document, version, created_at, created_by, changed_at, changed_by, archived_at
      FROM piece
     ORDER BY id";

/// Every piece, also those that were put away, by id.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<PieceRow>> {
    tx.fetch(LIST, values![]).await?.iter().map(read).collect()
}

const GET: &str = "
    SELECT id, name, document, version, created_at, created_by, changed_at, changed_by, archived_at
      FROM piece
     WHERE id = $1";

/// One piece.
pub async fn get(tx: &mut Tx<'_>, id: PieceId) -> Result<Option<PieceRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const VERSIONS: &str = "
    SELECT version, document, made_at, made_by
      FROM piece_version
     WHERE piece = $1
     ORDER BY version DESC";

/// What a piece said, the last version first.
pub async fn versions(tx: &mut Tx<'_>, id: PieceId) -> Result<Vec<PieceVersionRow>> {
    let rows = tx.fetch(VERSIONS, values![id]).await?;
    rows.iter().map(read_version).collect()
}

const VERSION: &str = "
    SELECT version, document, made_at, made_by
      FROM piece_version
     WHERE piece = $1
       AND version = $2";

/// What a piece said at one version.
pub async fn version(
    tx: &mut Tx<'_>,
    id: PieceId,
    version: i64,
) -> Result<Option<PieceVersionRow>> {
    let row = tx.fetch_one(VERSION, values![id, version]).await?;
    row.as_ref().map(read_version).transpose()
}

fn read(record: &Record) -> Result<PieceRow> {
    Ok(PieceRow {
        id: PieceId::from_bytes(record.id(0)?),
        name: record.text(1)?,
        document: record.text(2)?,
        version: record.int(3)?,
        created_at: record.time(4)?,
        created_by: record.text(5)?,
        changed_at: record.time(6)?,
        changed_by: record.text(7)?,
        archived_at: record.time_or_null(8)?,
    })
}

fn read_version(record: &Record) -> Result<PieceVersionRow> {
    Ok(PieceVersionRow {
        version: record.int(0)?,
        document: record.text(1)?,
        made_at: record.time(2)?,
        made_by: record.text(3)?,
    })
}
