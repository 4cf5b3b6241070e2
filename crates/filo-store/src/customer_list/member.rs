//! Who is on which list.
//!
//! **Invariant:** it follows from the nodes, and is written with the state that it was worked out
//! from, in the checkpoint's transaction.

use std::collections::{BTreeMap, BTreeSet};

use filo_core::id::{CustomerId, ListId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// That somebody is on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    pub list: ListId,
    pub customer: CustomerId,
    pub joined_at: Timestamp,
    /// A person or a key by name, a journey or a file by id.
    pub joined_by: String,
}

const KNOWN: Bulk = Bulk {
    head: "SELECT list, customer, joined_at, joined_by FROM customer_list_member \
           WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

const JOIN: Bulk = Bulk {
    head: "INSERT INTO customer_list_member (list, customer, joined_at, joined_by) VALUES",
    width: 4,
    tail: "ON CONFLICT (list, customer) DO UPDATE SET joined_at = excluded.joined_at, \
           joined_by = excluded.joined_by",
};

const LEAVE: Bulk = Bulk {
    head: "DELETE FROM customer_list_member WHERE (list, customer) IN (VALUES",
    width: 2,
    tail: ")",
};

/// Says which lists customers are on from now on: these, and no others.
pub async fn set(tx: &mut Tx<'_>, changes: &[(CustomerId, Vec<MemberRow>)]) -> Result<()> {
    let is_on_none = |(_, rows): &(CustomerId, Vec<MemberRow>)| rows.is_empty();
    // Most companies keep few lists, and checkpoints are many.
    if changes.iter().all(is_on_none) && !is_anybody_on_any(tx).await? {
        return Ok(());
    }
    let known = tx
        .fetch_bulk(&KNOWN, changes, |(id, _), values| values.push((*id).into()))
        .await?;
    let mut left = BTreeMap::new();
    for record in &known {
        let row = read(record)?;
        left.insert((row.list, row.customer), row);
    }
    let mut joined: Vec<&MemberRow> = Vec::new();
    for row in changes.iter().flat_map(|(_, rows)| rows) {
        let before = left.remove(&(row.list, row.customer));
        if before.as_ref() != Some(row) {
            joined.push(row);
        }
    }
    // In the order of the table: neighbours are then written together.
    joined.sort_unstable_by_key(|row| (row.list, row.customer));
    let left: Vec<(ListId, CustomerId)> = left.into_keys().collect();
    tx.execute_bulk(&LEAVE, &left, |it, values| {
        values.extend_from_slice(values![it.0, it.1]);
    })
    .await?;
    tx.execute_bulk(&JOIN, &joined, |it, values| {
        let joined_by = it.joined_by.as_str();
        values.extend_from_slice(values![it.list, it.customer, it.joined_at, joined_by]);
    })
    .await
    .map(drop)
}

const ANYBODY: &str = "SELECT 1 FROM customer_list_member LIMIT 1";

async fn is_anybody_on_any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.fetch_one(ANYBODY, values![]).await?.is_some())
}

const FORGET: Bulk = Bulk {
    head: "DELETE FROM customer_list_member WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Lets go of customers that are no more.
pub async fn forget(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    tx.execute_bulk(&FORGET, customers, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}

const CLEAR: &str = "DELETE FROM customer_list_member";

/// Forgets who is on which list, before a rebuild from the events.
pub async fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(CLEAR, values![]).await.map(drop)
}

const COUNTS: &str = "
    SELECT list, COUNT(*)
      FROM customer_list_member
     GROUP BY list
     ORDER BY list";

/// How many are on each list that somebody is on.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Vec<(ListId, i64)>> {
    let rows = tx.fetch(COUNTS, values![]).await?;
    let read = |record: &Record| Ok((ListId::from_bytes(record.id(0)?), record.int(1)?));
    rows.iter().map(read).collect()
}

const COUNT: &str = "SELECT COUNT(*) FROM customer_list_member WHERE list = $1";

/// How many are on a list.
pub async fn count(tx: &mut Tx<'_>, list: ListId) -> Result<i64> {
    let record = tx.fetch_one(COUNT, values![list]).await?;
    record.map_or(Ok(0), |record| record.int(0))
}

const MEMBERS: &str = "
    SELECT list, customer, joined_at, joined_by
      FROM customer_list_member
     WHERE list = $1
       AND (joined_at, customer) < ($2, $3)
     ORDER BY joined_at DESC, customer DESC
     LIMIT $4";

/// Who is on a list, the newest first, behind one.
pub async fn members(
    tx: &mut Tx<'_>,
    list: ListId,
    behind: Option<(Timestamp, CustomerId)>,
    limit: u32,
) -> Result<Vec<MemberRow>> {
    let (at, customer) = behind.unwrap_or((Timestamp::MAX, CustomerId(u128::MAX)));
    let rows = tx
        .fetch(MEMBERS, values![list, at, customer, limit])
        .await?;
    rows.iter().map(read).collect()
}

/// Who of these is on a list, with since when and by whom.
pub async fn among(
    tx: &mut Tx<'_>,
    list: ListId,
    customers: &[CustomerId],
) -> Result<Vec<MemberRow>> {
    let once: BTreeSet<CustomerId> = customers.iter().copied().collect();
    let once: Vec<CustomerId> = once.into_iter().collect();
    let rows = tx
        .fetch_bulk(&KNOWN, &once, |id, values| values.push((*id).into()))
        .await?;
    let rows: Result<Vec<MemberRow>> = rows.iter().map(read).collect();
    Ok(rows?.into_iter().filter(|row| row.list == list).collect())
}

/// Which lists customers are on.
pub async fn of_customers(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<Vec<MemberRow>> {
    let rows = tx
        .fetch_bulk(&KNOWN, customers, |id, values| values.push((*id).into()))
        .await?;
    rows.iter().map(read).collect()
}

const IDS: &str = "
    SELECT customer
      FROM customer_list_member
     WHERE list = $1
       AND customer > $2
     ORDER BY customer
     LIMIT $3";

/// Who is on a list, by id, behind one.
pub async fn ids(
    tx: &mut Tx<'_>,
    list: ListId,
    behind: CustomerId,
    limit: u32,
) -> Result<Vec<CustomerId>> {
    let rows = tx.fetch(IDS, values![list, behind, limit]).await?;
    let read = |record: &Record| Ok(CustomerId::from_bytes(record.id(0)?));
    rows.iter().map(read).collect()
}

fn read(record: &Record) -> Result<MemberRow> {
    Ok(MemberRow {
        list: ListId::from_bytes(record.id(0)?),
        customer: CustomerId::from_bytes(record.id(1)?),
        joined_at: record.time(2)?,
        joined_by: record.text(3)?,
    })
}
