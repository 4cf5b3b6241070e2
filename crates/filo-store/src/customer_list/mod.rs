//! Lists by hand: what they are called; who is on them ([`member`]).
//!
//! **Invariant:** a list changes only from the version that its changer saw.

pub mod member;

use filo_core::id::ListId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// A list as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    pub id: ListId,
    pub name: String,
    pub description: String,
    /// One more with each change.
    pub version: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    pub archived_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO customer_list (id, name, description, version, created_at, created_by, changed_at,
                               changed_by, archived_at)
    VALUES ($1, $2, $3, 1, $4, $5, $4, $5, NULL)";

/// Adds a list that nobody is on.
pub async fn insert(tx: &mut Tx<'_>, row: &ListRow) -> Result<()> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.description.as_str(),
        row.created_at,
        row.created_by.as_str(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE customer_list
       SET name = $3,
           description = $4,
           version = version + 1,
           changed_at = $5,
           changed_by = $6,
           archived_at = $7
     WHERE id = $1
       AND version = $2";

/// Changes a list that is at this version; false if it is at another.
pub async fn change(tx: &mut Tx<'_>, row: &ListRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.name.as_str(),
        row.description.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.archived_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const LIST: &str = "
    SELECT id, name, description, version, created_at, created_by, changed_at, changed_by,
           archived_at
      FROM customer_list
     ORDER BY id";

/// Every list, also those that were put away, by id.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<ListRow>> {
    tx.fetch(LIST, values![]).await?.iter().map(read).collect()
}

const GET: &str = "
    SELECT id, name, description, version, created_at, created_by, changed_at, changed_by,
           archived_at
      FROM customer_list
     WHERE id = $1";

/// One list.
pub async fn get(tx: &mut Tx<'_>, id: ListId) -> Result<Option<ListRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

fn read(record: &Record) -> Result<ListRow> {
    Ok(ListRow {
        id: ListId::from_bytes(record.id(0)?),
        name: record.text(1)?,
        description: record.text(2)?,
        version: record.int(3)?,
        created_at: record.time(4)?,
        created_by: record.text(5)?,
        changed_at: record.time(6)?,
        changed_by: record.text(7)?,
        archived_at: record.time_or_null(8)?,
    })
}
