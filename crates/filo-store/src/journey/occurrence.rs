//! Journeys that let in everybody of a segment: how far each has come, and what became of the
//! occurrences of those by the calendar.
//!
//! **Invariant:** how far a journey has come is written by the one who lets people in, and by what
//! changes the journey; nothing else touches it.

use filo_core::id::{CustomerId, JourneyId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// How far a journey has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallRow {
    pub journey: JourneyId,
    /// The version that takes people in.
    pub published: i64,
    /// The last member of the segment that was looked at; nothing if nobody is being let in.
    pub after: Option<CustomerId>,
    /// The occurrence up to which everything was seen to; nothing of a broadcast.
    pub seen_to: Option<Timestamp>,
}

/// An occurrence that has come round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurrenceRow {
    pub journey: JourneyId,
    /// When it came round.
    pub at: Timestamp,
    /// The word of what became of it: `entering`, `entered`, `cut`, `late`, `overtaken`.
    pub outcome: String,
    pub begun_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// How many came in; those who came in since when it is noted.
    pub entered: i64,
}

const CALLS: &str = "
    SELECT id, published, broadcast_after, seen_to
      FROM journey
     WHERE status = 'active'
       AND (broadcast_after IS NOT NULL OR seen_to IS NOT NULL)
     ORDER BY id";

/// How far those have come that take people in now.
pub async fn calls(tx: &mut Tx<'_>) -> Result<Vec<CallRow>> {
    let rows = tx.fetch(CALLS, values![]).await?;
    rows.iter().map(read_call).collect()
}

const CALL: &str = "UPDATE journey SET broadcast_after = $2, seen_to = $3 WHERE id = $1";

/// Says how far one has come.
pub async fn call(
    tx: &mut Tx<'_>,
    id: JourneyId,
    after: Option<CustomerId>,
    seen_to: Option<Timestamp>,
) -> Result<()> {
    tx.execute(CALL, values![id, after, seen_to])
        .await
        .map(drop)
}

const NOTE: &str = "
    INSERT INTO journey_occurrence (journey, at, outcome, begun_at, ended_at, entered)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (journey, at) DO UPDATE
       SET outcome = excluded.outcome,
           ended_at = excluded.ended_at,
           entered = journey_occurrence.entered + excluded.entered";

/// Notes what became of occurrences; who came in is added to those before.
pub async fn note(tx: &mut Tx<'_>, rows: &[OccurrenceRow]) -> Result<()> {
    for row in rows {
        let values = values![
            row.journey,
            row.at,
            row.outcome.as_str(),
            row.begun_at,
            row.ended_at,
            row.entered,
        ];
        tx.execute(NOTE, values).await?;
    }
    Ok(())
}

const CUT: &str = "
    UPDATE journey_occurrence
       SET outcome = 'cut',
           ended_at = $2
     WHERE journey = $1
       AND outcome = 'entering'";

/// Whatever was under way of a journey is left where it is.
pub async fn cut(tx: &mut Tx<'_>, id: JourneyId, now: Timestamp) -> Result<()> {
    tx.execute(CUT, values![id, now]).await.map(drop)
}

const NEWEST: &str = "
    SELECT journey, at, outcome, begun_at, ended_at, entered
      FROM journey_occurrence
     WHERE journey = $1
     ORDER BY at DESC
     LIMIT $2";

/// What became of the newest ones.
pub async fn newest(tx: &mut Tx<'_>, id: JourneyId, most: u32) -> Result<Vec<OccurrenceRow>> {
    let rows = tx.fetch(NEWEST, values![id, i64::from(most)]).await?;
    rows.iter().map(read).collect()
}

fn read_call(record: &Record) -> Result<CallRow> {
    Ok(CallRow {
        journey: JourneyId::from_bytes(record.id(0)?),
        published: record.int(1)?,
        after: record.id_or_null(2)?.map(CustomerId::from_bytes),
        seen_to: record.time_or_null(3)?,
    })
}

fn read(record: &Record) -> Result<OccurrenceRow> {
    Ok(OccurrenceRow {
        journey: JourneyId::from_bytes(record.id(0)?),
        at: record.time(1)?,
        outcome: record.text(2)?,
        begun_at: record.time_or_null(3)?,
        ended_at: record.time_or_null(4)?,
        entered: record.int(5)?,
    })
}
