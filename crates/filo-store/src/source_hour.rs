//! How much each source sends, by the hour.
//!
//! **Invariant:** each applied event is counted once: the counts are added in the transaction that
//! moves the engine's position.

use filo_core::id::SourceId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// What one source sent in one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceHour {
    pub source: SourceId,
    /// Hours since 1970, of receipt.
    pub hour: i64,
    pub events: i64,
    /// When the last one arrived.
    pub last_at: Timestamp,
}

const ADD: Bulk = Bulk {
    head: "INSERT INTO source_hour (source, hour, events, last_at) VALUES",
    width: 4,
    tail: "ON CONFLICT (source, hour) DO UPDATE \
           SET events = source_hour.events + excluded.events, \
           last_at = CASE WHEN source_hour.last_at < excluded.last_at \
           THEN excluded.last_at ELSE source_hour.last_at END",
};

/// Adds counts to those that are there. A source and hour stands in `hours` once.
pub async fn add(tx: &mut Tx<'_>, hours: &[SourceHour]) -> Result<()> {
    tx.execute_bulk(&ADD, hours, |it, values| {
        values.extend_from_slice(values![it.source, it.hour, it.events, it.last_at]);
    })
    .await
    .map(drop)
}

const SINCE: &str = "
    SELECT source, hour, events, last_at
      FROM source_hour
     WHERE source = $1
       AND hour >= $2
     ORDER BY hour";

/// The hours of a source from the given one, oldest first; hours without events are left out.
pub async fn since(tx: &mut Tx<'_>, source: SourceId, hour: i64) -> Result<Vec<SourceHour>> {
    let rows = tx.fetch(SINCE, values![source, hour]).await?;
    rows.iter().map(read).collect()
}

const NEWEST: &str = "
    SELECT source, hour, events, last_at
      FROM source_hour
     WHERE source = $1
     ORDER BY hour DESC
     LIMIT 1";

/// The newest hour in which a source sent anything.
pub async fn newest(tx: &mut Tx<'_>, source: SourceId) -> Result<Option<SourceHour>> {
    tx.fetch_one(NEWEST, values![source])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

fn read(record: &Record) -> Result<SourceHour> {
    Ok(SourceHour {
        source: SourceId(record.small(0)?),
        hour: record.int(1)?,
        events: record.int(2)?,
        last_at: record.time(3)?,
    })
}
