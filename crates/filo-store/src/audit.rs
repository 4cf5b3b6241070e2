//! The audit log: entries of a chain, appended and read.
//!
//! **Invariant:** an entry is appended in the transaction of the act it tells of, and no entry is
//! ever changed or deleted. The row of `audit_head` is locked from an append to the end of its
//! transaction, so that of several nodes each continues the other's chain.

use filo_core::audit::{Entry, Head, Sealed, seal};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

/// Which entries a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The id of who acted, or the word of their kind.
    pub actor: Option<String>,
    /// The word of an act.
    pub act: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

const NEXT: &str = "
    UPDATE audit_head
       SET seq = seq + 1
    RETURNING seq, hash";

const INSERT: &str = "
    INSERT INTO audit (seq, at, party, actor, act, subject, detail, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const MOVE: &str = "
    UPDATE audit_head
       SET hash = $1";

/// Appends an entry. It is the last thing a transaction does: until it ends, nobody else appends.
pub async fn append(tx: &mut Tx<'_>, entry: &Entry) -> Result<Head> {
    let before = tx.fetch_one(NEXT, &[]).await?;
    let before = before.ok_or_else(|| Error::Damaged("audit_head has no row".to_owned()))?;
    let before = Head {
        seq: before.int(0)?.saturating_sub(1),
        ..read_head(&before)?
    };
    let sealed = seal(&before, entry);
    let values = values![
        sealed.seq,
        sealed.at,
        sealed.party.as_str(),
        sealed.actor.as_deref(),
        sealed.act.as_str(),
        sealed.subject.as_deref(),
        sealed.detail.as_str(),
        sealed.hash.as_slice(),
    ];
    tx.execute(INSERT, values).await?;
    tx.execute(MOVE, values![sealed.hash.as_slice()]).await?;
    Ok(sealed.head())
}

const HEAD: &str = "
    SELECT seq, hash
      FROM audit_head";

/// Where the chain ends.
pub async fn head(tx: &mut Tx<'_>) -> Result<Head> {
    match tx.fetch_one(HEAD, &[]).await? {
        Some(row) => read_head(&row),
        None => Err(Error::Damaged("audit_head has no row".to_owned())),
    }
}

const AFTER: &str = "
    SELECT seq, at, party, actor, act, subject, detail, hash
      FROM audit
     WHERE seq > $1
     ORDER BY seq
     LIMIT $2";

/// Entries behind a number, the oldest first.
pub async fn after(tx: &mut Tx<'_>, seq: i64, limit: u32) -> Result<Vec<Sealed>> {
    tx.fetch(AFTER, values![seq, limit])
        .await?
        .iter()
        .map(read)
        .collect()
}

const LIST: &str = "
    SELECT seq, at, party, actor, act, subject, detail, hash
      FROM audit
     WHERE seq < $1
       AND at >= $2
       AND at < $3
       AND ($4 IS NULL OR act = $4)
       AND ($5 IS NULL OR actor = $5 OR party = $5)
     ORDER BY seq DESC
     LIMIT $6";

/// A page of entries, the newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Sealed>> {
    let values = values![
        before.unwrap_or(i64::MAX),
        filter.from.unwrap_or(Timestamp::MIN),
        filter.until.unwrap_or(Timestamp::MAX),
        filter.act.as_deref(),
        filter.actor.as_deref(),
        limit,
    ];
    tx.fetch(LIST, values).await?.iter().map(read).collect()
}

const OF_ACT: &str = "
    SELECT seq, at, party, actor, act, subject, detail, hash
      FROM audit
     WHERE act = $1
       AND at >= $2
       AND at < $3
     ORDER BY at DESC, seq DESC
     LIMIT $4";

/// What was done of one kind in a time, the newest first.
pub async fn of_act(
    tx: &mut Tx<'_>,
    act: &str,
    (from, until): (Timestamp, Timestamp),
    limit: u32,
) -> Result<Vec<Sealed>> {
    let rows = tx.fetch(OF_ACT, values![act, from, until, limit]).await?;
    rows.iter().map(read).collect()
}

fn read_head(record: &Record) -> Result<Head> {
    let seq = record.int(0)?;
    let hash = match record.bytes_or_null(1)? {
        Some(_) => record.array(1)?,
        None => Head::BEGINNING.hash,
    };
    Ok(Head { seq, hash })
}

fn read(record: &Record) -> Result<Sealed> {
    Ok(Sealed {
        seq: record.int(0)?,
        at: record.time(1)?,
        party: record.text(2)?,
        actor: record.text_or_null(3)?,
        act: record.text(4)?,
        subject: record.text_or_null(5)?,
        detail: record.text(6)?,
        hash: record.array(7)?,
    })
}
