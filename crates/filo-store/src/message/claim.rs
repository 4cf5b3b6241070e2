//! Claiming messages and settling how it ended.
//!
//! **Invariant (I2, I3):** a message leaves only after its claim is on disk, and a claim is taken
//! once: whoever comes second finds another state.

use filo_core::id::{CustomerId, EventId, MessageId, NodeId};
use filo_core::message::Medium;
use filo_core::message::gate::{Rival, Spent};
use filo_core::message::state::State;
use filo_core::time::Timestamp;

use super::{MessageRow, read};
use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::values;

const DUE: &str = "
    SELECT id, origin, customer, medium, class, purpose, value, weight, content, planned_at,
           expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, basis, answer,
           approval
      FROM message
     WHERE state = 0
       AND due_at <= $1
     ORDER BY due_at, id
     LIMIT $2";

/// The messages that have been due longest.
pub async fn due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<MessageRow>> {
    let rows = tx.fetch(DUE, values![now, limit]).await?;
    rows.iter().map(read).collect()
}

const NEXT_DUE: &str = "SELECT MIN(due_at) FROM message WHERE state = 0";

/// When the next message is due, if any waits.
pub async fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    match tx.fetch_one(NEXT_DUE, values![]).await? {
        Some(row) => row.time_or_null(0),
        None => Ok(None),
    }
}

/// What a claim writes down.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    pub id: MessageId,
    pub now: Timestamp,
    pub address: Option<NodeId>,
    pub proof: Option<EventId>,
    pub basis: Option<&'a str>,
    pub weight: u16,
}

const CLAIM: &str = "
    UPDATE message
       SET state = 2,
           tries = tries + 1,
           claimed_at = $2,
           address = $3,
           proof = $4,
           basis = $5,
           weight = $6
     WHERE id = $1
       AND state = 0";

/// Claims a message; false if it stands elsewhere meanwhile.
pub async fn claim(tx: &mut Tx<'_>, claim: &Claim<'_>) -> Result<bool> {
    let values = values![
        claim.id,
        claim.now,
        claim.address,
        claim.proof,
        claim.basis,
        i64::from(claim.weight),
    ];
    Ok(tx.execute(CLAIM, values).await? == 1)
}

/// How a message goes on from where it stands.
#[derive(Debug, Clone)]
pub struct Turn<'a> {
    pub id: MessageId,
    pub from: State,
    pub to: State,
    /// When it comes to the gate next, where it does.
    pub due_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub answer: Option<&'a str>,
}

const TURN: &str = "
    UPDATE message
       SET state = $3,
           due_at = COALESCE($4, due_at),
           ended_at = $5,
           answer = COALESCE($6, answer)
     WHERE id = $1
       AND state = $2";

/// Takes a message from one state to another; false if it was not there any more.
pub async fn turn(tx: &mut Tx<'_>, turn: &Turn<'_>) -> Result<bool> {
    let values = values![
        turn.id,
        turn.from as i64,
        turn.to as i64,
        turn.due_at,
        turn.ended_at,
        turn.answer,
    ];
    Ok(tx.execute(TURN, values).await? == 1)
}

const GIVE_BACK: &str = "
    UPDATE message
       SET state = 0,
           tries = tries - 1,
           claimed_at = NULL,
           due_at = $2
     WHERE id = $1
       AND state = 2";

/// Gives a claim back of which nothing was handed over: it was no try.
pub async fn give_back(tx: &mut Tx<'_>, id: MessageId, due_at: Timestamp) -> Result<()> {
    tx.execute(GIVE_BACK, values![id, due_at]).await.map(drop)
}

const NEXT_OUTDATED: &str = "SELECT MIN(expires_at) FROM message WHERE state IN (1, 8)";

/// When the next message that stands still makes no sense any more, if any does.
pub async fn next_outdated(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    match tx.fetch_one(NEXT_OUTDATED, values![]).await? {
        Some(row) => row.time_or_null(0),
        None => Ok(None),
    }
}

const OUTDATE: &str = "
    UPDATE message
       SET state = 0,
           due_at = $1
     WHERE state IN (1, 8)
       AND expires_at <= $1";

/// Lets what stood still come to the gate a last time that makes no sense any more.
pub async fn outdate(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    tx.execute(OUTDATE, values![now]).await
}

const CLAIMED: &str = "
    SELECT id, origin, customer, medium, class, purpose, value, weight, content, planned_at,
           expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, basis, answer,
           approval
      FROM message
     WHERE state = 2
     ORDER BY id";

/// The messages that were claimed and never settled: what a crash leaves.
pub async fn claimed(tx: &mut Tx<'_>) -> Result<Vec<MessageRow>> {
    let rows = tx.fetch(CLAIMED, values![]).await?;
    rows.iter().map(read).collect()
}

const SPENT: Bulk = Bulk {
    head: "SELECT claimed_at, medium, weight FROM message WHERE class = 'marketing' AND state IN \
           (2, 3, 4) AND claimed_at IS NOT NULL AND customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// The marketing that may have reached somebody since then: of everybody they were.
pub async fn spent(tx: &mut Tx<'_>, ids: &[CustomerId], since: Timestamp) -> Result<Vec<Spent>> {
    let rows = tx
        .fetch_bulk(&SPENT, ids, |id, values| values.push((*id).into()))
        .await?;
    let mut spent = Vec::new();
    for row in rows {
        let at = row.time(0)?;
        if at > since {
            spent.push(Spent {
                at,
                medium: medium_of(&row.text(1)?)?,
                weight: u16::try_from(row.int(2)?).unwrap_or(u16::MAX),
            });
        }
    }
    Ok(spent)
}

const RIVALS: Bulk = Bulk {
    head: "SELECT id, medium, value, planned_at, due_at FROM message WHERE class = 'marketing' \
           AND state = 0 AND customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// The marketing of somebody that could go now.
pub async fn rivals(tx: &mut Tx<'_>, ids: &[CustomerId], now: Timestamp) -> Result<Vec<Rival>> {
    let rows = tx
        .fetch_bulk(&RIVALS, ids, |id, values| values.push((*id).into()))
        .await?;
    let mut rivals = Vec::new();
    for row in rows {
        if row.time(4)? <= now {
            rivals.push(Rival {
                id: MessageId::from_bytes(row.id(0)?),
                medium: medium_of(&row.text(1)?)?,
                value: u16::try_from(row.int(2)?).unwrap_or(u16::MAX),
                planned_at: row.time(3)?,
            });
        }
    }
    Ok(rivals)
}

const REQUEUE_AWAITING: &str = "
    UPDATE message
       SET state = 0,
           due_at = $1
     WHERE state = 1";

/// Lets everything that stood still come to the gate again; says how many.
pub async fn requeue_awaiting(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    tx.execute(REQUEUE_AWAITING, values![now]).await
}

fn medium_of(word: &str) -> Result<Medium> {
    let unknown = || Error::Damaged(format!("a message of the unknown medium `{word}`"));
    Medium::from_word(word).ok_or_else(unknown)
}
