//! Computed traits: how each is made. Their values stand nowhere.
//!
//! **Invariant:** a recipe changes only from the version that its changer saw; no two have the
//! same key.

use filo_core::id::ComputedTraitId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// A computed trait as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComputedTraitRow {
    pub id: ComputedTraitId,
    pub key: String,
    pub label: String,
    /// The document.
    pub recipe: String,
    /// One more with each change.
    pub version: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    /// When what happened before had been gathered for this recipe; nothing until then.
    pub filled_at: Option<Timestamp>,
    pub archived_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO computed_trait (id, key, label, recipe, version, created_at, created_by,
                                changed_at, changed_by, filled_at, archived_at)
    VALUES ($1, $2, $3, $4, 1, $5, $6, $5, $6, $7, NULL)";

/// Adds one.
pub async fn insert(tx: &mut Tx<'_>, row: &ComputedTraitRow) -> Result<()> {
    let values = values![
        row.id,
        row.key.as_str(),
        row.label.as_str(),
        row.recipe.as_str(),
        row.created_at,
        row.created_by.as_str(),
        row.filled_at,
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE computed_trait
       SET label = $3,
           recipe = $4,
           version = version + 1,
           changed_at = $5,
           changed_by = $6,
           filled_at = $7,
           archived_at = $8
     WHERE id = $1
       AND version = $2";

/// Changes one that is at this version; false if it is at another.
pub async fn change(tx: &mut Tx<'_>, row: &ComputedTraitRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.label.as_str(),
        row.recipe.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.filled_at,
        row.archived_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const REMOVE: &str = "DELETE FROM computed_trait WHERE id = $1";

/// Removes one for good, as if it had never been.
pub async fn remove(tx: &mut Tx<'_>, id: ComputedTraitId) -> Result<()> {
    tx.execute(REMOVE, values![id]).await.map(drop)
}

const FILLED: &str = "
    UPDATE computed_trait
       SET filled_at = $3
     WHERE id = $1
       AND version = $2
       AND filled_at IS NULL";

/// What happened before was gathered for this version.
pub async fn filled(
    tx: &mut Tx<'_>,
    id: ComputedTraitId,
    version: i64,
    now: Timestamp,
) -> Result<()> {
    tx.execute(FILLED, values![id, version, now])
        .await
        .map(drop)
}

const LIST: &str = "
    SELECT id, key, label, recipe, version, created_at, created_by, changed_at, changed_by,
           filled_at, archived_at
      FROM computed_trait
     ORDER BY key";

/// Every one, also those that were put away, by key.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<ComputedTraitRow>> {
    tx.fetch(LIST, values![]).await?.iter().map(read).collect()
}

const GET: &str = "
    SELECT id, key, label, recipe, version, created_at, created_by, changed_at, changed_by,
           filled_at, archived_at
      FROM computed_trait
     WHERE id = $1";

/// One of them.
pub async fn get(tx: &mut Tx<'_>, id: ComputedTraitId) -> Result<Option<ComputedTraitRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

fn read(record: &Record) -> Result<ComputedTraitRow> {
    Ok(ComputedTraitRow {
        id: ComputedTraitId::from_bytes(record.id(0)?),
        key: record.text(1)?,
        label: record.text(2)?,
        recipe: record.text(3)?,
        version: record.int(4)?,
        created_at: record.time(5)?,
        created_by: record.text(6)?,
        changed_at: record.time(7)?,
        changed_by: record.text(8)?,
        filled_at: record.time_or_null(9)?,
        archived_at: record.time_or_null(10)?,
    })
}
