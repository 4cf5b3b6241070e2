//! Requests repeated with the same `Idempotency-Key` get the answer of the first.
//!
//! **Invariant:** of the requests with one key, one does the work. The reservation and the
//! work are one transaction, so a failed request leaves no reservation behind.

use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    pub body: Vec<u8>,
}

/// What is known about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Hash of the request it came with: another request must not use the same key.
    pub request_hash: [u8; 32],
    /// Nothing while the first request is being worked on.
    pub answer: Option<Answer>,
    pub at: Timestamp,
}

const RESERVE: &str = "
    INSERT INTO idempotency (key_hash, request_hash, at)
    VALUES ($1, $2, $3)
    ON CONFLICT (key_hash) DO NOTHING";

/// Takes a key. `None`: it is taken now, do the work. Otherwise: what is known already.
pub async fn reserve(
    tx: &mut Tx<'_>,
    key_hash: &[u8; 32],
    request_hash: &[u8; 32],
    at: Timestamp,
) -> Result<Option<Reservation>> {
    let values = values![key_hash.as_slice(), request_hash.as_slice(), at];
    if tx.execute(RESERVE, values).await? == 1 {
        return Ok(None);
    }
    lookup(tx, key_hash).await
}

const FINISH: &str = "
    UPDATE idempotency
       SET status = $2,
           body = $3
     WHERE key_hash = $1";

/// Keeps the answer for the repetitions.
pub async fn finish(tx: &mut Tx<'_>, key_hash: &[u8; 32], answer: &Answer) -> Result<()> {
    let values = values![
        key_hash.as_slice(),
        i64::from(answer.status),
        answer.body.as_slice()
    ];
    match tx.execute(FINISH, values).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict(
            "the idempotency key was not reserved".to_owned(),
        )),
    }
}

const RELEASE: &str = "
    DELETE FROM idempotency
     WHERE key_hash = $1
       AND status IS NULL";

/// Gives a key back whose work did not happen; one that has its answer keeps it.
pub async fn release(tx: &mut Tx<'_>, key_hash: &[u8; 32]) -> Result<()> {
    tx.execute(RELEASE, values![key_hash.as_slice()])
        .await
        .map(drop)
}

const LOOKUP: &str = "
    SELECT request_hash, status, body, at
      FROM idempotency
     WHERE key_hash = $1";

/// What is known about a key.
pub async fn lookup(tx: &mut Tx<'_>, key_hash: &[u8; 32]) -> Result<Option<Reservation>> {
    tx.fetch_one(LOOKUP, values![key_hash.as_slice()])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const PRUNE: &str = "
    DELETE FROM idempotency
     WHERE at < $1";

/// Forgets the keys older than the window that was promised.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![before]).await
}

fn read(record: &Record) -> Result<Reservation> {
    let answer = match record.int_or_null(1)? {
        Some(_) => Some(Answer {
            status: record.small(1)?,
            body: record.bytes(2)?,
        }),
        None => None,
    };
    Ok(Reservation {
        request_hash: record.array(0)?,
        answer,
        at: record.time(3)?,
    })
}
