//! Who came into a journey, and which way of a split each went: what its impact is read from.

use filo_core::id::{JourneyId, NodeId, RunId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// Somebody who came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnteredRow {
    pub run: RunId,
    pub thread: NodeId,
    pub at: Timestamp,
    /// The version they came in by.
    pub version: i64,
    pub is_held_back: bool,
}

const ENTERED: &str = "
    SELECT id, thread, entered_at, entered_version, held_back
      FROM journey_run
     WHERE journey = $1
       AND (entered_at, id) > ($2, $3)
     ORDER BY entered_at, id
     LIMIT $4";

/// Those who came into a journey behind one of them, the first ones first.
pub async fn entered(
    tx: &mut Tx<'_>,
    journey: JourneyId,
    behind: (Timestamp, RunId),
    limit: u32,
) -> Result<Vec<EnteredRow>> {
    let values = values![journey, behind.0, behind.1, limit];
    let rows = tx.fetch(ENTERED, values).await?;
    let read = |record: &Record| {
        Ok(EnteredRow {
            run: RunId::from_bytes(record.id(0)?),
            thread: NodeId::from_bytes(record.id(1)?),
            at: record.time(2)?,
            version: record.int(3)?,
            is_held_back: record.int(4)? != 0,
        })
    };
    rows.iter().map(read).collect()
}

/// Somebody who went a way of a split, or was moved to another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WentRow {
    pub run: RunId,
    pub number: i64,
    pub thread: NodeId,
    pub at: Timestamp,
    /// The version they came in by.
    pub version: i64,
    /// `went` with the place of the way, or `moved` with the number of the version.
    pub what: String,
    pub detail: String,
}

const WENT: &str = "
    SELECT l.run, l.number, r.thread, l.at, r.entered_version, l.what, l.detail
      FROM journey_run AS r
      JOIN journey_line AS l ON l.run = r.id
     WHERE r.journey = $1
       AND r.held_back = 0
       AND (l.what = 'moved' OR (l.what = 'went' AND l.step = $2))
       AND (l.run, l.number) > ($3, $4)
     ORDER BY l.run, l.number
     LIMIT $5";

/// Those who went a way of a split and were not held back, behind one of them by run and line.
pub async fn went(
    tx: &mut Tx<'_>,
    (journey, step): (JourneyId, &str),
    behind: (RunId, i64),
    limit: u32,
) -> Result<Vec<WentRow>> {
    let values = values![journey, step, behind.0, behind.1, limit];
    let rows = tx.fetch(WENT, values).await?;
    let read = |record: &Record| {
        Ok(WentRow {
            run: RunId::from_bytes(record.id(0)?),
            number: record.int(1)?,
            thread: NodeId::from_bytes(record.id(2)?),
            at: record.time(3)?,
            version: record.int(4)?,
            what: record.text(5)?,
            detail: record.text(6)?,
        })
    };
    rows.iter().map(read).collect()
}
