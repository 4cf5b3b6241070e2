//! Everybody whom the source of an audience names, and whether they may be offered.

use filo_core::id::{AudienceId, CustomerId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// That somebody is named by the source of an audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberRow {
    pub audience: AudienceId,
    pub customer: CustomerId,
    /// The code of where they stand.
    pub standing: i64,
    /// When they are to be looked at again of their own accord.
    pub look_at: Option<Timestamp>,
}

const SET: Bulk = Bulk {
    head: "INSERT INTO audience_member (audience, customer, standing, look_at) VALUES",
    width: 4,
    tail: "ON CONFLICT (audience, customer) DO UPDATE SET standing = excluded.standing, \
           look_at = excluded.look_at",
};

/// Says where people stand.
pub async fn set(tx: &mut Tx<'_>, rows: &[MemberRow]) -> Result<()> {
    tx.execute_bulk(&SET, rows, |it, values| {
        values.extend_from_slice(values![it.audience, it.customer, it.standing, it.look_at]);
    })
    .await
    .map(drop)
}

const LEAVE: Bulk = Bulk {
    head: "DELETE FROM audience_member WHERE (audience, customer) IN (VALUES",
    width: 2,
    tail: ")",
};

/// Lets go of people whom the source names no more.
pub async fn leave(tx: &mut Tx<'_>, pairs: &[(AudienceId, CustomerId)]) -> Result<()> {
    tx.execute_bulk(&LEAVE, pairs, |it, values| {
        values.extend_from_slice(values![it.0, it.1]);
    })
    .await
    .map(drop)
}

const FORGET: Bulk = Bulk {
    head: "DELETE FROM audience_member WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Lets go of customers wherever they are.
pub async fn forget(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    tx.execute_bulk(&FORGET, customers, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}

const OF_CUSTOMERS: Bulk = Bulk {
    head: "SELECT audience, customer, standing, look_at FROM audience_member \
           WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// In which audiences customers are.
pub async fn of_customers(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<Vec<MemberRow>> {
    let rows = tx
        .fetch_bulk(&OF_CUSTOMERS, customers, |id, values| {
            values.push((*id).into());
        })
        .await?;
    let mut rows: Vec<MemberRow> = rows.iter().map(read).collect::<Result<_>>()?;
    rows.sort_unstable_by_key(|row| (row.customer, row.audience));
    Ok(rows)
}

const PAGE: &str = "
    SELECT audience, customer, standing, look_at
      FROM audience_member
     WHERE audience = $1
       AND customer > $2
     ORDER BY customer
     LIMIT $3";

/// Who is in an audience, by id, behind one.
pub async fn page(
    tx: &mut Tx<'_>,
    audience: AudienceId,
    behind: CustomerId,
    limit: u32,
) -> Result<Vec<MemberRow>> {
    let rows = tx.fetch(PAGE, values![audience, behind, limit]).await?;
    rows.iter().map(read).collect()
}

const DUE: &str = "
    SELECT customer
      FROM audience_member
     WHERE look_at <= $1
     ORDER BY look_at, customer
     LIMIT $2";

/// Who is to be looked at because the time has come.
pub async fn due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<CustomerId>> {
    let rows = tx.fetch(DUE, values![now, limit]).await?;
    let read = |record: &Record| Ok(CustomerId::from_bytes(record.id(0)?));
    let mut found: Vec<CustomerId> = rows.iter().map(read).collect::<Result<_>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

const NEXT: &str = "SELECT MIN(look_at) FROM audience_member WHERE look_at IS NOT NULL";

/// When the first of them is.
pub async fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    match tx.fetch_one(NEXT, &[]).await? {
        Some(row) => row.time_or_null(0),
        None => Ok(None),
    }
}

const COUNTS: &str = "
    SELECT audience, standing, COUNT(*)
      FROM audience_member
     GROUP BY audience, standing
     ORDER BY audience, standing";

/// How many stand where, by audience and code.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Vec<(AudienceId, i64, i64)>> {
    let rows = tx.fetch(COUNTS, &[]).await?;
    let read = |record: &Record| {
        let audience = AudienceId::from_bytes(record.id(0)?);
        Ok((audience, record.int(1)?, record.int(2)?))
    };
    rows.iter().map(read).collect()
}

const REMOVE_OF: &str = "DELETE FROM audience_member WHERE audience = $1";

/// Lets go of everybody of an audience.
pub async fn remove_of(tx: &mut Tx<'_>, audience: AudienceId) -> Result<()> {
    tx.execute(REMOVE_OF, values![audience]).await.map(drop)
}

fn read(record: &Record) -> Result<MemberRow> {
    Ok(MemberRow {
        audience: AudienceId::from_bytes(record.id(0)?),
        customer: CustomerId::from_bytes(record.id(1)?),
        standing: record.int(2)?,
        look_at: record.time_or_null(3)?,
    })
}
