//! Promotions: what is offered.
//!
//! **Invariant:** a promotion changes only from the version that its changer saw.

use filo_core::id::PromotionId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// A promotion as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromotionRow {
    pub id: PromotionId,
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

const INSERT: &str = "
    INSERT INTO promotion (id, name, document, version, created_at, created_by, changed_at,
                           changed_by, archived_at)
    VALUES ($1, $2, $3, 1, $4, $5, $4, $5, NULL)";

/// Adds one at its first version.
pub async fn insert(tx: &mut Tx<'_>, row: &PromotionRow) -> Result<()> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.document.as_str(),
        row.created_at,
        row.created_by.as_str(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE promotion
       SET name = $3,
           document = $4,
           version = version + 1,
           changed_at = $5,
           changed_by = $6,
           archived_at = $7
     WHERE id = $1
       AND version = $2";

/// Changes one that is at this version; false if it is at another.
pub async fn change(tx: &mut Tx<'_>, row: &PromotionRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.name.as_str(),
        row.document.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.archived_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const REMOVE: &str = "DELETE FROM promotion WHERE id = $1";

/// Removes one for good.
pub async fn remove(tx: &mut Tx<'_>, id: PromotionId) -> Result<()> {
    tx.execute(REMOVE, values![id]).await.map(drop)
}

const LIST: &str = "
    SELECT id, name, document, version, created_at, created_by, changed_at, changed_by, archived_at
      FROM promotion
     ORDER BY id";

/// Every one, also those that were put away, by id.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<PromotionRow>> {
    tx.fetch(LIST, values![]).await?.iter().map(read).collect()
}

const GET: &str = "
    SELECT id, name, document, version, created_at, created_by, changed_at, changed_by, archived_at
      FROM promotion
     WHERE id = $1";

/// One of them.
pub async fn get(tx: &mut Tx<'_>, id: PromotionId) -> Result<Option<PromotionRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

fn read(record: &Record) -> Result<PromotionRow> {
    Ok(PromotionRow {
        id: PromotionId::from_bytes(record.id(0)?),
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
