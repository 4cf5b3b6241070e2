//! Claiming messages and settling how it ended.
//!
//! **Invariant (I2, I3):** a message leaves only after its claim is on disk, and a claim is taken
//! once: whoever comes second finds another state.

use std::collections::BTreeSet;
use std::slice;

use filo_core::id::{CustomerId, EventId, MessageId, NodeId, PieceId};
use filo_core::message::gate::{Rival, Spent};
use filo_core::message::saying::Saying;
use filo_core::message::state::State;
use filo_core::message::{Class, Medium, read as from_document};
use filo_core::time::Timestamp;

use super::{MessageRow, read};
use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

const DUE: &str = "
    SELECT id, origin, customer, medium, class, purpose, value, weight, content, planned_at,
           expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, basis, answer,
           approval, fallbacks
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

/// The sign keeps SQLite from going through everything that waits: each is found by its id.
const CLAIM: Bulk = Bulk {
    head: "UPDATE message SET state = 2, tries = tries + 1, claimed_at = given.column2, address = \
           given.column3, proof = given.column4, basis = given.column5, weight = given.column6 FROM (VALUES",
    width: 6,
    tail: ") AS given WHERE id = given.column1 AND +state = 0 RETURNING id",
};

/// Claims messages; says which. Those that stand elsewhere meanwhile are not.
pub async fn claim(tx: &mut Tx<'_>, claims: &[Claim<'_>]) -> Result<BTreeSet<MessageId>> {
    let rows = tx.fetch_bulk(&CLAIM, claims, |claim, values| {
        values.extend_from_slice(values![
            claim.id,
            claim.now,
            claim.address,
            claim.proof,
            claim.basis,
            i64::from(claim.weight),
        ]);
    });
    rows.await?.iter().map(id_of).collect()
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

const TURN: Bulk = Bulk {
    head: "UPDATE message SET state = given.column3, due_at = COALESCE(given.column4, due_at), \
           ended_at = given.column5, answer = COALESCE(given.column6, answer) FROM (VALUES",
    width: 6,
    tail: ") AS given WHERE id = given.column1 AND state = given.column2 RETURNING id",
};

/// Takes a message from one state to another; false if it was not there any more.
pub async fn turn(tx: &mut Tx<'_>, turn: &Turn<'_>) -> Result<bool> {
    Ok(!turn_all(tx, slice::from_ref(turn)).await?.is_empty())
}

/// Takes messages from one state to another; says which of them. The others were not there any
/// more.
pub async fn turn_all(tx: &mut Tx<'_>, turns: &[Turn<'_>]) -> Result<BTreeSet<MessageId>> {
    let rows = tx.fetch_bulk(&TURN, turns, |turn, values| {
        values.extend_from_slice(values![
            turn.id,
            turn.from as i64,
            turn.to as i64,
            turn.due_at,
            turn.ended_at,
            turn.answer,
        ]);
    });
    rows.await?.iter().map(id_of).collect()
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
           approval, fallbacks
      FROM message
     WHERE state = 2
     ORDER BY id";

/// The messages that were claimed and never settled: what a crash leaves.
pub async fn claimed(tx: &mut Tx<'_>) -> Result<Vec<MessageRow>> {
    let rows = tx.fetch(CLAIMED, values![]).await?;
    rows.iter().map(read).collect()
}

/// A message that may have reached somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Who that was when it was planned.
    pub customer: CustomerId,
    pub class: Class,
    pub spent: Spent,
    /// What it said, where that was a piece of content.
    pub piece: Option<PieceId>,
}

const REACHED: Bulk = Bulk {
    head: "SELECT customer, class, claimed_at, medium, weight, content FROM message WHERE state \
           IN (2, 3, 4) AND claimed_at IS NOT NULL AND customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// What may have reached these customers.
pub async fn reached(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<Vec<Reached>> {
    let rows = tx.fetch_bulk(&REACHED, ids, |id, values| values.push((*id).into()));
    let read = |row: &Record| {
        let unknown = |what: &str| Error::Damaged(format!("a message whose {what} is unknown"));
        let saying: Option<Saying> = from_document(&row.text(5)?);
        Ok(Reached {
            customer: CustomerId::from_bytes(row.id(0)?),
            class: Class::from_word(&row.text(1)?).ok_or_else(|| unknown("class"))?,
            spent: Spent {
                at: row.time(2)?,
                medium: medium_of(&row.text(3)?)?,
                weight: u16::try_from(row.int(4)?).unwrap_or(u16::MAX),
            },
            piece: saying.ok_or_else(|| unknown("content"))?.piece(),
        })
    };
    rows.await?.iter().map(read).collect()
}

const RIVALS: Bulk = Bulk {
    head: "SELECT customer, id, medium, value, planned_at, due_at FROM message WHERE class = \
           'marketing' AND state = 0 AND customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// The marketing that could go to these customers now, each with whose it is.
pub async fn rivals(
    tx: &mut Tx<'_>,
    ids: &[CustomerId],
    now: Timestamp,
) -> Result<Vec<(CustomerId, Rival)>> {
    let rows = tx
        .fetch_bulk(&RIVALS, ids, |id, values| values.push((*id).into()))
        .await?;
    let mut rivals = Vec::new();
    for row in rows {
        if row.time(5)? <= now {
            let rival = Rival {
                id: MessageId::from_bytes(row.id(1)?),
                medium: medium_of(&row.text(2)?)?,
                value: u16::try_from(row.int(3)?).unwrap_or(u16::MAX),
                planned_at: row.time(4)?,
            };
            rivals.push((CustomerId::from_bytes(row.id(0)?), rival));
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

fn id_of(row: &Record) -> Result<MessageId> {
    Ok(MessageId::from_bytes(row.id(0)?))
}

fn medium_of(word: &str) -> Result<Medium> {
    let unknown = || Error::Damaged(format!("a message of the unknown medium `{word}`"));
    Medium::from_word(word).ok_or_else(unknown)
}
