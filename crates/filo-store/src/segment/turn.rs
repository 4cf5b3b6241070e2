//! Who came into a segment and who left it, in order.
//!
//! **Invariant:** turns are numbered one after the other, in the transaction that made them.

use filo_core::id::{CustomerId, EventId, SegmentId};
use filo_core::segment::Occasion;
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// That somebody came in or left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnRow {
    pub number: i64,
    pub segment: SegmentId,
    pub customer: CustomerId,
    pub at: Timestamp,
    pub is_in: bool,
    /// What made them turn; nothing in rows from before it was noted.
    pub occasion: Option<Occasion>,
}

/// How many came and left on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnDay {
    /// Days since 1970, in UTC.
    pub day: i64,
    pub entered: i64,
    pub left: i64,
}

const LAST_TURN: &str = "SELECT COALESCE(MAX(number), 0) FROM segment_turn";

const TELL: Bulk = Bulk {
    head: "INSERT INTO segment_turn (number, segment, customer, at, is_in, occasion, event) VALUES",
    width: 7,
    tail: "",
};

/// Writes down who came in and who left; their numbers are given here.
pub async fn tell(tx: &mut Tx<'_>, turns: &mut [TurnRow]) -> Result<()> {
    if turns.is_empty() {
        return Ok(());
    }
    let last = match tx.fetch_one(LAST_TURN, values![]).await? {
        Some(record) => record.int(0)?,
        None => 0,
    };
    for (number, turn) in (last + 1..).zip(turns.iter_mut()) {
        turn.number = number;
    }
    tx.execute_bulk(&TELL, turns, |it, values| {
        let is_in = i64::from(it.is_in);
        let occasion = it.occasion.map_or("", Occasion::word);
        let event = it.occasion.and_then(Occasion::event);
        values.extend_from_slice(values![
            it.number,
            it.segment,
            it.customer,
            it.at,
            is_in,
            occasion,
            event,
        ]);
    })
    .await
    .map(drop)
}

const TURNS_OF_SEGMENT: &str = "
    SELECT number, segment, customer, at, is_in, occasion, event
      FROM segment_turn
     WHERE segment = $1
       AND number > $2
     ORDER BY number
     LIMIT $3";

/// Who came into a segment and who left it, in order, behind a number.
pub async fn turns_of(
    tx: &mut Tx<'_>,
    id: SegmentId,
    behind: i64,
    limit: u32,
) -> Result<Vec<TurnRow>> {
    let rows = tx
        .fetch(TURNS_OF_SEGMENT, values![id, behind, limit])
        .await?;
    rows.iter().map(read_turn).collect()
}

const LATEST_TURNS: &str = "
    SELECT number, segment, customer, at, is_in, occasion, event
      FROM segment_turn
     WHERE segment = $1
     ORDER BY number DESC
     LIMIT $2";

/// Who came into a segment and who left it last, the newest first.
pub async fn latest(tx: &mut Tx<'_>, id: SegmentId, limit: u32) -> Result<Vec<TurnRow>> {
    let rows = tx.fetch(LATEST_TURNS, values![id, limit]).await?;
    rows.iter().map(read_turn).collect()
}

const TURNS_OF_CUSTOMER: Bulk = Bulk {
    head: "SELECT number, segment, customer, at, is_in, occasion, event FROM segment_turn \
           WHERE customer IN (VALUES",
    width: 1,
    tail: ") ORDER BY number",
};

/// What one person's ids came into and left, in order.
pub async fn turns_of_customers(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<Vec<TurnRow>> {
    let rows = tx
        .fetch_bulk(&TURNS_OF_CUSTOMER, customers, |id, values| {
            values.push((*id).into());
        })
        .await?;
    let mut turns: Vec<TurnRow> = rows.iter().map(read_turn).collect::<Result<_>>()?;
    turns.sort_unstable_by_key(|turn| turn.number);
    Ok(turns)
}

const DAYS: &str = "
    SELECT at / 86400000000 AS day,
           CAST(SUM(is_in) AS BIGINT),
           CAST(SUM(1 - is_in) AS BIGINT)
      FROM segment_turn
     WHERE segment = $1
       AND at >= $2
     GROUP BY at / 86400000000
     ORDER BY day";

/// How many came and left on each day since an instant; days without are left out.
pub async fn days(tx: &mut Tx<'_>, id: SegmentId, since: Timestamp) -> Result<Vec<TurnDay>> {
    let rows = tx.fetch(DAYS, values![id, since]).await?;
    let read = |record: &Record| {
        Ok(TurnDay {
            day: record.int(0)?,
            entered: record.int(1)?,
            left: record.int(2)?,
        })
    };
    rows.iter().map(read).collect()
}

const MOVES: &str = "
    SELECT segment,
           CAST(SUM(is_in) AS BIGINT),
           CAST(SUM(1 - is_in) AS BIGINT)
      FROM segment_turn
     WHERE at >= $1
     GROUP BY segment
     ORDER BY segment";

/// How many came into each segment and how many left it since an instant; those in which nothing
/// moved are left out.
pub async fn moves(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<(SegmentId, i64, i64)>> {
    let rows = tx.fetch(MOVES, values![since]).await?;
    let read = |record: &Record| {
        let segment = SegmentId::from_bytes(record.id(0)?);
        Ok((segment, record.int(1)?, record.int(2)?))
    };
    rows.iter().map(read).collect()
}

const FORGET_SEGMENT: &str = "DELETE FROM segment_turn WHERE segment = $1";

/// Forgets what was told of a segment.
pub async fn forget_segment(tx: &mut Tx<'_>, id: SegmentId) -> Result<()> {
    tx.execute(FORGET_SEGMENT, values![id]).await.map(drop)
}

const FORGET_TURNS: Bulk = Bulk {
    head: "DELETE FROM segment_turn WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Forgets what was told of customers; how many lines.
pub async fn forget_turns(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<u64> {
    tx.execute_bulk(&FORGET_TURNS, customers, |id, values| {
        values.push((*id).into());
    })
    .await
}

fn read_turn(record: &Record) -> Result<TurnRow> {
    let is_in = match record.int(4)? {
        0 => false,
        1 => true,
        other => {
            return Err(Error::Damaged(format!(
                "a turn is neither in nor out: {other}"
            )));
        }
    };
    Ok(TurnRow {
        number: record.int(0)?,
        segment: SegmentId::from_bytes(record.id(1)?),
        customer: CustomerId::from_bytes(record.id(2)?),
        at: record.time(3)?,
        is_in,
        occasion: Occasion::from_word(
            &record.text(5)?,
            record.id_or_null(6)?.map(EventId::from_bytes),
        ),
    })
}
