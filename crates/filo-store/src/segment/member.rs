//! Who is in which segment since when, and when to look at whom again.
//!
//! **Invariant:** who is in is written with the state that it was worked out from, in the
//! checkpoint's transaction.

use filo_core::id::{CustomerId, SegmentId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// That somebody is in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberRow {
    pub segment: SegmentId,
    pub customer: CustomerId,
    pub entered_at: Timestamp,
}

const ENTER: Bulk = Bulk {
    head: "INSERT INTO segment_member (segment, customer, entered_at) VALUES",
    width: 3,
    tail: "ON CONFLICT (segment, customer) DO NOTHING",
};

/// Notes that customers are in segments; who was in before stays since when they were.
pub async fn enter(tx: &mut Tx<'_>, members: &[MemberRow]) -> Result<()> {
    tx.execute_bulk(&ENTER, members, |it, values| {
        values.extend_from_slice(values![it.segment, it.customer, it.entered_at]);
    })
    .await
    .map(drop)
}

const LEAVE: Bulk = Bulk {
    head: "DELETE FROM segment_member WHERE (segment, customer) IN (VALUES",
    width: 2,
    tail: ")",
};

/// Notes that customers are no longer in segments.
pub async fn leave(tx: &mut Tx<'_>, pairs: &[(SegmentId, CustomerId)]) -> Result<()> {
    tx.execute_bulk(&LEAVE, pairs, |it, values| {
        values.extend_from_slice(values![it.0, it.1]);
    })
    .await
    .map(drop)
}

const FORGET_MEMBER: Bulk = Bulk {
    head: "DELETE FROM segment_member WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

const FORGET_WAKE: Bulk = Bulk {
    head: "DELETE FROM segment_wake WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Lets go of customers that are no more. What they did stays told.
pub async fn forget(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    for bulk in [&FORGET_MEMBER, &FORGET_WAKE] {
        tx.execute_bulk(bulk, customers, |id, values| values.push((*id).into()))
            .await?;
    }
    Ok(())
}

const CLEAR_MEMBERS: &str = "DELETE FROM segment_member";
const CLEAR_WAKES: &str = "DELETE FROM segment_wake";

/// Forgets who is in which segment: it is worked out anew.
pub async fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(CLEAR_MEMBERS, values![]).await?;
    tx.execute(CLEAR_WAKES, values![]).await.map(drop)
}

const DISMISS: &str = "DELETE FROM segment_member WHERE segment = $1";

/// Everybody leaves a segment that was put away.
pub async fn dismiss(tx: &mut Tx<'_>, id: SegmentId) -> Result<()> {
    tx.execute(DISMISS, values![id]).await.map(drop)
}

const WAKE: Bulk = Bulk {
    head: "INSERT INTO segment_wake (customer, at) VALUES",
    width: 2,
    tail: "ON CONFLICT (customer) DO UPDATE SET at = excluded.at",
};

/// Notes when customers are to be looked at again; the last instant there is for never.
pub async fn wake(tx: &mut Tx<'_>, wakes: &[(CustomerId, Timestamp)]) -> Result<()> {
    let (at, never): (Vec<_>, Vec<_>) = wakes
        .iter()
        .copied()
        .partition(|(_, at)| *at != Timestamp::MAX);
    tx.execute_bulk(&WAKE, &at, |it, values| {
        values.extend_from_slice(values![it.0, it.1]);
    })
    .await?;
    tx.execute_bulk(&FORGET_WAKE, &never, |it, values| values.push(it.0.into()))
        .await
        .map(drop)
}

const WAKING: &str = "
    SELECT customer, at
      FROM segment_wake
     ORDER BY at, customer
     LIMIT $1";

/// Who is to be looked at first.
pub async fn waking(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<(CustomerId, Timestamp)>> {
    let rows = tx.fetch(WAKING, values![limit]).await?;
    let read = |record: &Record| Ok((CustomerId::from_bytes(record.id(0)?), record.time(1)?));
    rows.iter().map(read).collect()
}

const COUNTS: &str = "
    SELECT segment, COUNT(*)
      FROM segment_member
     GROUP BY segment
     ORDER BY segment";

/// How many are in each segment that somebody is in.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Vec<(SegmentId, i64)>> {
    let rows = tx.fetch(COUNTS, values![]).await?;
    let read = |record: &Record| Ok((SegmentId::from_bytes(record.id(0)?), record.int(1)?));
    rows.iter().map(read).collect()
}

const COUNT: &str = "SELECT COUNT(*) FROM segment_member WHERE segment = $1";

/// How many are in a segment.
pub async fn count(tx: &mut Tx<'_>, id: SegmentId) -> Result<i64> {
    let record = tx.fetch_one(COUNT, values![id]).await?;
    record.map_or(Ok(0), |record| record.int(0))
}

const SHARED: &str = "
    SELECT COUNT(*)
      FROM segment_member AS one
      JOIN segment_member AS other ON other.customer = one.customer
     WHERE one.segment = $1
       AND other.segment = $2";

/// How many are in both of two segments.
pub async fn shared(tx: &mut Tx<'_>, one: SegmentId, other: SegmentId) -> Result<i64> {
    let record = tx.fetch_one(SHARED, values![one, other]).await?;
    record.map_or(Ok(0), |record| record.int(0))
}

const MEMBERS: &str = "
    SELECT segment, customer, entered_at
      FROM segment_member
     WHERE segment = $1
       AND customer > $2
     ORDER BY customer
     LIMIT $3";

/// Who is in a segment, by id, behind one.
pub async fn members(
    tx: &mut Tx<'_>,
    id: SegmentId,
    behind: CustomerId,
    limit: u32,
) -> Result<Vec<MemberRow>> {
    let rows = tx.fetch(MEMBERS, values![id, behind, limit]).await?;
    rows.iter().map(read_member).collect()
}

const OF_CUSTOMER: &str = "
    SELECT segment, customer, entered_at
      FROM segment_member
     WHERE customer = $1
     ORDER BY segment";

/// The segments that a customer is in.
pub async fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<MemberRow>> {
    let rows = tx.fetch(OF_CUSTOMER, values![customer]).await?;
    rows.iter().map(read_member).collect()
}

const OF_CUSTOMERS: Bulk = Bulk {
    head: "SELECT segment, customer, entered_at FROM segment_member WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// The segments that customers are in.
pub async fn of_customers(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<Vec<MemberRow>> {
    let rows = tx
        .fetch_bulk(&OF_CUSTOMERS, customers, |id, values| {
            values.push((*id).into());
        })
        .await?;
    rows.iter().map(read_member).collect()
}

fn read_member(record: &Record) -> Result<MemberRow> {
    Ok(MemberRow {
        segment: SegmentId::from_bytes(record.id(0)?),
        customer: CustomerId::from_bytes(record.id(1)?),
        entered_at: record.time(2)?,
    })
}
