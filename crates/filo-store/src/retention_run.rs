//! The days on which what was kept long enough went.
//!
//! **Invariant:** there is one run for an instant at which one was due, whoever begins it.

use filo_core::id::RetentionRunId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRunRow {
    pub id: RetentionRunId,
    /// When it was due.
    pub due_at: Timestamp,
    pub begun_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// How much went of each kind, as the app writes it; empty before.
    pub gone: String,
    /// Why it did not come to its end.
    pub failure: Option<String>,
}

const ADD: &str = "
    INSERT INTO retention_run (id, due_at, gone)
    VALUES ($1, $2, '')
    ON CONFLICT (due_at) DO NOTHING";

/// Adds a run that is due; false if there is one.
pub async fn add(tx: &mut Tx<'_>, id: RetentionRunId, due_at: Timestamp) -> Result<bool> {
    Ok(tx.execute(ADD, values![id, due_at]).await? == 1)
}

const SAVE: &str = "
    UPDATE retention_run
       SET begun_at = $2,
           ended_at = $3,
           gone = $4,
           failure = $5
     WHERE id = $1";

/// Writes how far a run is.
pub async fn save(tx: &mut Tx<'_>, row: &RetentionRunRow) -> Result<()> {
    let values = values![
        row.id,
        row.begun_at,
        row.ended_at,
        row.gone.as_str(),
        row.failure.as_deref(),
    ];
    tx.execute(SAVE, values).await.map(drop)
}

const GET: &str = "
    SELECT id, due_at, begun_at, ended_at, gone, failure
      FROM retention_run
     WHERE id = $1";

/// One run.
pub async fn get(tx: &mut Tx<'_>, id: RetentionRunId) -> Result<Option<RetentionRunRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = "
    SELECT id, due_at, begun_at, ended_at, gone, failure
      FROM retention_run
     WHERE due_at < $1
     ORDER BY due_at DESC
     LIMIT $2";

/// Runs, the last one first, that were due before an instant.
pub async fn list(tx: &mut Tx<'_>, before: Timestamp, limit: u32) -> Result<Vec<RetentionRunRow>> {
    let rows = tx.fetch(LIST, values![before, limit]).await?;
    rows.iter().map(read).collect()
}

fn read(record: &Record) -> Result<RetentionRunRow> {
    Ok(RetentionRunRow {
        id: RetentionRunId::from_bytes(record.id(0)?),
        due_at: record.time(1)?,
        begun_at: record.time_or_null(2)?,
        ended_at: record.time_or_null(3)?,
        gone: record.text(4)?,
        failure: record.text_or_null(5)?,
    })
}
