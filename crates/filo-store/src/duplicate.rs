//! Pairs of customers who are probably one person.
//!
//! **Invariant:** a pair stands once, the lower id first; what a person has put off stays put
//! off when it is found again.

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// Whether a person is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Waits for an answer.
    Waiting,
    /// Somebody said: later.
    Later,
}

impl Status {
    const fn code(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Later => 1,
        }
    }

    fn from_code(code: i64) -> Result<Self> {
        match code {
            0 => Ok(Self::Waiting),
            1 => Ok(Self::Later),
            _ => Err(Error::Damaged(format!("duplicate of status {code}"))),
        }
    }
}

/// One pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateRow {
    /// The customer with the lower id.
    pub a: CustomerId,
    /// The other.
    pub b: CustomerId,
    pub status: Status,
    /// The chance that they are one person, in ten-thousandths.
    pub chance: i64,
    /// What each field adds, as JSON.
    pub parts: String,
    pub found_at: Timestamp,
}

/// Where a page ended: the next one begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub chance: i64,
    pub a: CustomerId,
    pub b: CustomerId,
}

impl DuplicateRow {
    /// The cursor behind this row.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        Cursor {
            chance: self.chance,
            a: self.a,
            b: self.b,
        }
    }
}

/// A pair that is there keeps its status.
const PUT: Bulk = Bulk {
    head: "INSERT INTO duplicate (a, b, status, chance, parts, found_at) VALUES",
    width: 6,
    tail: "ON CONFLICT (a, b) DO UPDATE SET chance = excluded.chance, \
           parts = excluded.parts, found_at = excluded.found_at",
};

/// Writes pairs; they must differ.
pub async fn put(tx: &mut Tx<'_>, rows: &[DuplicateRow]) -> Result<()> {
    tx.execute_bulk(&PUT, rows, |row, values| {
        values.extend_from_slice(values![
            row.a,
            row.b,
            row.status.code(),
            row.chance,
            row.parts.as_str(),
            row.found_at,
        ]);
    })
    .await
    .map(drop)
}

const GET: &str = "
    SELECT a, b, status, chance, parts, found_at
      FROM duplicate
     WHERE a = $1
       AND b = $2";

/// One pair, if it is there.
pub async fn get(tx: &mut Tx<'_>, a: CustomerId, b: CustomerId) -> Result<Option<DuplicateRow>> {
    let row = tx.fetch_one(GET, values![a, b]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = "
    SELECT a, b, status, chance, parts, found_at
      FROM duplicate
     WHERE status = $1
       AND chance >= $2
       AND (chance, a, b) < ($3, $4, $5)
     ORDER BY chance DESC, a DESC, b DESC
     LIMIT $6";

/// Pairs of a status and at least this chance, the likeliest first.
pub async fn list(
    tx: &mut Tx<'_>,
    (status, chance_least): (Status, i64),
    behind: Option<Cursor>,
    limit: u32,
) -> Result<Vec<DuplicateRow>> {
    let most = CustomerId(u128::MAX);
    let behind = behind.unwrap_or(Cursor {
        chance: i64::MAX,
        a: most,
        b: most,
    });
    let values = values![
        status.code(),
        chance_least,
        behind.chance,
        behind.a,
        behind.b,
        limit
    ];
    tx.fetch(LIST, values).await?.iter().map(read).collect()
}

const COUNT: &str = "
    SELECT COUNT(*)
      FROM duplicate
     WHERE status = $1
       AND chance >= $2";

/// How many pairs there are of a status and at least this chance.
pub async fn count(tx: &mut Tx<'_>, status: Status, chance_least: i64) -> Result<i64> {
    let row = tx
        .fetch_one(COUNT, values![status.code(), chance_least])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

const SET_STATUS: &str = "
    UPDATE duplicate
       SET status = $3
     WHERE a = $1
       AND b = $2";

/// Puts a pair off, or asks again; false if it is not there.
pub async fn set_status(
    tx: &mut Tx<'_>,
    (a, b): (CustomerId, CustomerId),
    status: Status,
) -> Result<bool> {
    Ok(tx.execute(SET_STATUS, values![a, b, status.code()]).await? == 1)
}

const REMOVE: &str = "
    DELETE FROM duplicate
     WHERE a = $1
       AND b = $2";

/// Takes a pair out.
pub async fn remove(tx: &mut Tx<'_>, a: CustomerId, b: CustomerId) -> Result<()> {
    tx.execute(REMOVE, values![a, b]).await.map(drop)
}

const REMOVE_OF: &str = "
    DELETE FROM duplicate
     WHERE a = $1
        OR b = $1";

/// Takes all pairs of a customer out.
pub async fn remove_of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<u64> {
    tx.execute(REMOVE_OF, values![customer]).await
}

/// Takes out what was found before this: a later search has not found it again.
pub async fn remove_older(tx: &mut Tx<'_>, found_before: Timestamp) -> Result<u64> {
    tx.execute(
        "DELETE FROM duplicate WHERE found_at < $1",
        values![found_before],
    )
    .await
}

const OF: &str = "
    SELECT a, b, status, chance, parts, found_at
      FROM duplicate
     WHERE a = $1
        OR b = $1
     ORDER BY a, b";

/// All pairs of a customer.
pub async fn of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<DuplicateRow>> {
    tx.fetch(OF, values![customer])
        .await?
        .iter()
        .map(read)
        .collect()
}

fn read(record: &Record) -> Result<DuplicateRow> {
    Ok(DuplicateRow {
        a: CustomerId::from_bytes(record.id(0)?),
        b: CustomerId::from_bytes(record.id(1)?),
        status: Status::from_code(record.int(2)?)?,
        chance: record.int(3)?,
        parts: record.text(4)?,
        found_at: record.time(5)?,
    })
}
