//! Sources: where events come from.
//!
//! **Invariant:** a source's number is never given twice, because it stands in its events.

use filo_core::id::SourceId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    pub id: SourceId,
    pub name: String,
    /// What it is, in the caller's words (`web`, `server`, `import` …).
    pub kind: String,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO source (id, name, kind, created_at)
    SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3 FROM source
    RETURNING id";

/// Adds a source and returns its number. Sources are disabled, never deleted.
pub async fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    kind: &str,
    created_at: Timestamp,
) -> Result<SourceId> {
    let row = tx
        .fetch_one(INSERT, values![name, kind, created_at])
        .await?;
    row.map_or(Ok(0), |row| row.small(0)).map(SourceId)
}

const GET: &str = "
    SELECT id, name, kind, created_at, disabled_at
      FROM source
     WHERE id = $1";

/// One source.
pub async fn get(tx: &mut Tx<'_>, id: SourceId) -> Result<Option<SourceRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LIST: &str = "
    SELECT id, name, kind, created_at, disabled_at
      FROM source
     ORDER BY id";

/// Every source, the oldest first. A company has dozens, not pages.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<SourceRow>> {
    tx.fetch(LIST, &[]).await?.iter().map(read).collect()
}

const UPDATE: &str = "
    UPDATE source
       SET name = $2,
           kind = $3,
           disabled_at = $4
     WHERE id = $1";

/// Saves what may change of a source; false if there is none of that number.
pub async fn update(tx: &mut Tx<'_>, source: &SourceRow) -> Result<bool> {
    let (name, kind) = (source.name.as_str(), source.kind.as_str());
    Ok(tx
        .execute(UPDATE, values![source.id, name, kind, source.disabled_at])
        .await?
        == 1)
}

fn read(record: &Record) -> Result<SourceRow> {
    Ok(SourceRow {
        id: SourceId(record.small(0)?),
        name: record.text(1)?,
        kind: record.text(2)?,
        created_at: record.time(3)?,
        disabled_at: record.time_or_null(4)?,
    })
}
