//! What buyers are measured by, day by day.
//!
//! **Invariant:** a day has one row; the one that was measured last is what counts.

use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerDayRow {
    /// Days since 1970, by the company's clock.
    pub day: i64,
    /// When it was measured.
    pub measured_at: Timestamp,
    /// What was found, as the core writes it.
    pub measure: String,
}

const PUT: &str = "
    INSERT INTO buyer_day (day, measured_at, measure)
    VALUES ($1, $2, $3)
    ON CONFLICT (day) DO UPDATE
       SET measured_at = excluded.measured_at,
           measure = excluded.measure";

/// Writes a day; what was measured on it before is no more.
pub async fn put(tx: &mut Tx<'_>, row: &BuyerDayRow) -> Result<()> {
    let values = values![row.day, row.measured_at, row.measure.as_str()];
    tx.execute(PUT, values).await.map(drop)
}

const LIST: &str = "
    SELECT day, measured_at, measure
      FROM buyer_day
     ORDER BY measured_at DESC, day DESC
     LIMIT $1";

/// Days, the one that was measured last first.
pub async fn list(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<BuyerDayRow>> {
    let rows = tx.fetch(LIST, values![limit]).await?;
    rows.iter().map(read).collect()
}

/// What counts now, if anything was measured yet.
pub async fn latest(tx: &mut Tx<'_>) -> Result<Option<BuyerDayRow>> {
    Ok(list(tx, 1).await?.pop())
}

const PRUNE: &str = "
    DELETE FROM buyer_day
     WHERE measured_at < $1";

/// Forgets what was measured before an instant.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<()> {
    tx.execute(PRUNE, values![before]).await.map(drop)
}

fn read(record: &Record) -> Result<BuyerDayRow> {
    Ok(BuyerDayRow {
        day: record.int(0)?,
        measured_at: record.time(1)?,
        measure: record.text(2)?,
    })
}
