//! Who is to be looked at, because something about them changed.
//!
//! **Invariant:** a look that was asked for while another was under way stays asked for: what is
//! done names the turn that it saw.

use filo_core::id::{CustomerId, NodeId};

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

const NOTE: Bulk = Bulk {
    head: "INSERT INTO audience_look (customer, turn) VALUES",
    width: 2,
    tail: "ON CONFLICT (customer) DO UPDATE SET turn = audience_look.turn + 1",
};

/// Notes people, each named once.
pub async fn note(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    tx.execute_bulk(&NOTE, customers, |id, values| {
        values.extend_from_slice(values![*id, 1i64]);
    })
    .await
    .map(drop)
}

const NOTE_MEMBERS: Bulk = Bulk {
    head: "INSERT INTO audience_look (customer, turn) SELECT DISTINCT customer, 1 \
           FROM audience_member WHERE customer IN (VALUES",
    width: 1,
    tail: ") ON CONFLICT (customer) DO UPDATE SET turn = audience_look.turn + 1",
};

/// Notes those of these people who are in any audience.
pub async fn note_members(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    tx.execute_bulk(&NOTE_MEMBERS, customers, |id, values| {
        values.push((*id).into());
    })
    .await
    .map(drop)
}

const NOTE_OWNER: &str = "
    INSERT INTO audience_look (customer, turn)
    SELECT DISTINCT member.customer, 1
      FROM node
      JOIN audience_member AS member ON member.customer = node.customer
     WHERE node.id = $1
    ON CONFLICT (customer) DO UPDATE SET turn = audience_look.turn + 1";

/// Notes whose an identifier is, if they are in any audience.
pub async fn note_owner(tx: &mut Tx<'_>, node: NodeId) -> Result<()> {
    tx.execute(NOTE_OWNER, values![node]).await.map(drop)
}

const TAKE: &str = "
    SELECT customer, turn
      FROM audience_look
     ORDER BY customer
     LIMIT $1";

/// Some of them, each with its turn.
pub async fn take(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<(CustomerId, i64)>> {
    let rows = tx.fetch(TAKE, values![limit]).await?;
    let read = |record: &Record| Ok((CustomerId::from_bytes(record.id(0)?), record.int(1)?));
    rows.iter().map(read).collect()
}

const DONE: Bulk = Bulk {
    head: "DELETE FROM audience_look WHERE (customer, turn) IN (VALUES",
    width: 2,
    tail: ")",
};

/// They were looked at.
pub async fn done(tx: &mut Tx<'_>, looks: &[(CustomerId, i64)]) -> Result<()> {
    tx.execute_bulk(&DONE, looks, |it, values| {
        values.extend_from_slice(values![it.0, it.1]);
    })
    .await
    .map(drop)
}

const FORGET: Bulk = Bulk {
    head: "DELETE FROM audience_look WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Lets go of customers that are no more.
pub async fn forget(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    tx.execute_bulk(&FORGET, customers, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}
