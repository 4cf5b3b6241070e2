//! Events that journeys put on threads, until they are on the log.
//!
//! **Invariant:** each is written with the run that made it and taken away once it is on the log;
//! its id is the same however often it is sent.

use filo_core::id::{EventId, NodeId, RunId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// An event to put on a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyEventRow {
    pub id: EventId,
    pub run: RunId,
    pub thread: NodeId,
    pub at: Timestamp,
    /// The word of the kind of call.
    pub kind: String,
    pub name: String,
    pub properties: String,
}

const ADD: Bulk = Bulk {
    head: "INSERT INTO journey_event (id, run, thread, at, kind, name, properties) VALUES",
    width: 7,
    tail: "ON CONFLICT (id) DO NOTHING",
};

/// Adds some.
pub async fn add(tx: &mut Tx<'_>, rows: &[JourneyEventRow]) -> Result<()> {
    tx.execute_bulk(&ADD, rows, |row, values| {
        values.extend_from_slice(values![
            row.id,
            row.run,
            row.thread,
            row.at,
            row.kind.as_str(),
            row.name.as_str(),
            row.properties.as_str(),
        ]);
    })
    .await
    .map(drop)
}

const WAITING: &str = "
    SELECT id, run, thread, at, kind, name, properties
      FROM journey_event
     ORDER BY id
     LIMIT $1";

/// Some of those that wait.
pub async fn waiting(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<JourneyEventRow>> {
    let rows = tx.fetch(WAITING, values![limit]).await?;
    let read = |record: &Record| {
        Ok(JourneyEventRow {
            id: EventId::from_bytes(record.id(0)?),
            run: RunId::from_bytes(record.id(1)?),
            thread: NodeId::from_bytes(record.id(2)?),
            at: record.time(3)?,
            kind: record.text(4)?,
            name: record.text(5)?,
            properties: record.text(6)?,
        })
    };
    rows.iter().map(read).collect()
}

const TAKE: Bulk = Bulk {
    head: "DELETE FROM journey_event WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// Takes away those that are on the log.
pub async fn take(tx: &mut Tx<'_>, ids: &[EventId]) -> Result<()> {
    tx.execute_bulk(&TAKE, ids, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}
