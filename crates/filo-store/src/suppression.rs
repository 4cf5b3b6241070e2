//! The list of addresses that nothing is sent to, and look-ups in the register of those who want
//! no calls.
//!
//! **Invariant:** of one address, channel and reason at most one line holds at a time; a line is
//! never removed, only lifted.

use std::collections::BTreeSet;

use filo_core::consent::suppression::{CallCheck, Suppression, SuppressionReason};
use filo_core::event::Channel;
use filo_core::id::{NodeId, SuppressionId};
use filo_core::time::Timestamp;

use crate::audience::look;
use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// A line with who made and who lifted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressionRow {
    pub line: Suppression,
    /// Who put it there: an id or a word.
    pub made_by: String,
    /// What they said about it.
    pub note: String,
    pub lifted_by: Option<String>,
    pub lifted_note: Option<String>,
}

const INSERT: &str = "
    INSERT INTO suppression (id, node, channel, reason, since, made_by, note)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (node, channel, reason) WHERE lifted_at IS NULL DO NOTHING";

/// Puts an address on the list; false if it stands there already.
pub async fn insert(tx: &mut Tx<'_>, row: &SuppressionRow) -> Result<bool> {
    let values = values![
        row.line.id,
        row.line.node,
        channel_word(row.line.channel),
        row.line.reason.word(),
        row.line.since,
        row.made_by.as_str(),
        row.note.as_str(),
    ];
    let is_new = tx.execute(INSERT, values).await? == 1;
    if is_new {
        look::note_owner(tx, row.line.node).await?;
    }
    Ok(is_new)
}

const LIFT: &str = "
    UPDATE suppression
       SET lifted_at = $2,
           lifted_by = $3,
           lifted_note = $4
     WHERE id = $1
       AND lifted_at IS NULL";

/// Takes an address off the list; false if it was not on it any more.
pub async fn lift(
    tx: &mut Tx<'_>,
    id: SuppressionId,
    by: (&str, &str),
    now: Timestamp,
) -> Result<bool> {
    Ok(tx.execute(LIFT, values![id, now, by.0, by.1]).await? == 1)
}

const LIFT_MADE_BY: &str = "
    UPDATE suppression
       SET lifted_at = $2,
           lifted_by = $3,
           lifted_note = $4
     WHERE made_by = $1
       AND lifted_at IS NULL";

/// Takes everything off the list that somebody, or something, had put there.
pub async fn lift_made_by(
    tx: &mut Tx<'_>,
    made_by: &str,
    by: (&str, &str),
    now: Timestamp,
) -> Result<u64> {
    tx.execute(LIFT_MADE_BY, values![made_by, now, by.0, by.1])
        .await
}

const GET: &str = "
    SELECT id, node, channel, reason, since, made_by, note, lifted_at, lifted_by, lifted_note
      FROM suppression
     WHERE id = $1";

/// One line.
pub async fn get(tx: &mut Tx<'_>, id: SuppressionId) -> Result<Option<SuppressionRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Every line about an identifier, also the lifted ones.
pub async fn of_node(tx: &mut Tx<'_>, node: NodeId) -> Result<Vec<SuppressionRow>> {
    of_nodes(tx, &[node]).await
}

const OF_NODES: Bulk = Bulk {
    head: "SELECT id, node, channel, reason, since, made_by, note, lifted_at, lifted_by, \
           lifted_note FROM suppression WHERE node IN (VALUES",
    width: 1,
    tail: ")",
};

/// Every line about some identifiers, also the lifted ones, the oldest first.
pub async fn of_nodes(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<Vec<SuppressionRow>> {
    let rows = tx
        .fetch_bulk(&OF_NODES, nodes, |node, values| {
            values.push((*node).into());
        })
        .await?;
    let mut rows: Vec<SuppressionRow> = rows.iter().map(read).collect::<Result<_>>()?;
    rows.sort_unstable_by_key(|row| (row.line.since, row.line.id));
    Ok(rows)
}

const MADE_SINCE: Bulk = Bulk {
    head: "SELECT node, since FROM suppression WHERE lifted_at IS NULL AND node IN (VALUES",
    width: 1,
    tail: ")",
};

/// Those of some identifiers that were put on the list at an instant or later.
pub async fn made_since(
    tx: &mut Tx<'_>,
    nodes: &[NodeId],
    since: Timestamp,
) -> Result<BTreeSet<NodeId>> {
    let rows = tx
        .fetch_bulk(&MADE_SINCE, nodes, |node, values| {
            values.push((*node).into());
        })
        .await?;
    let mut made = BTreeSet::new();
    for row in rows {
        if row.time(1)? >= since {
            made.insert(NodeId::from_bytes(row.id(0)?));
        }
    }
    Ok(made)
}

const LIST: &str = "
    SELECT id, node, channel, reason, since, made_by, note, lifted_at, lifted_by, lifted_note
      FROM suppression
     WHERE (since < $1 OR (since = $1 AND id < $2))
       AND lifted_at IS NULL
     ORDER BY since DESC, id DESC
     LIMIT $3";

/// The lines that hold, the newest first, behind an instant and id.
pub async fn list(
    tx: &mut Tx<'_>,
    behind: (Timestamp, SuppressionId),
    limit: u32,
) -> Result<Vec<SuppressionRow>> {
    tx.fetch(LIST, values![behind.0, behind.1, limit])
        .await?
        .iter()
        .map(read)
        .collect()
}

const PUT_CHECK: &str = "
    INSERT INTO call_check (node, checked_at, listed_since)
    VALUES ($1, $2, $3)
    ON CONFLICT (node) DO UPDATE SET checked_at = excluded.checked_at,
                                     listed_since = excluded.listed_since";

/// Notes a look-up in the place of the one before.
pub async fn put_check(tx: &mut Tx<'_>, check: &CallCheck) -> Result<()> {
    let values = values![check.node, check.checked_at, check.listed_since];
    tx.execute(PUT_CHECK, values).await.map(drop)
}

/// The last look-up of a number.
pub async fn check(tx: &mut Tx<'_>, node: NodeId) -> Result<Option<CallCheck>> {
    Ok(checks(tx, &[node]).await?.pop())
}

const CHECKS: Bulk = Bulk {
    head: "SELECT node, checked_at, listed_since FROM call_check WHERE node IN (VALUES",
    width: 1,
    tail: ")",
};

/// The last look-ups of some numbers.
pub async fn checks(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<Vec<CallCheck>> {
    let rows = tx
        .fetch_bulk(&CHECKS, nodes, |node, values| {
            values.push((*node).into());
        })
        .await?;
    let read = |row: &Record| {
        Ok(CallCheck {
            node: NodeId::from_bytes(row.id(0)?),
            checked_at: row.time(1)?,
            listed_since: row.time_or_null(2)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Everywhere is the empty word: a unique index does not see nulls.
fn channel_word(channel: Option<Channel>) -> &'static str {
    channel.map_or("", Channel::word)
}

fn read(record: &Record) -> Result<SuppressionRow> {
    let (channel, reason) = (record.text(2)?, record.text(3)?);
    let damaged = |what: &str| Error::Damaged(format!("suppression: unknown {what}"));
    Ok(SuppressionRow {
        line: Suppression {
            id: SuppressionId::from_bytes(record.id(0)?),
            node: NodeId::from_bytes(record.id(1)?),
            channel: match channel.as_str() {
                "" => None,
                word => Some(Channel::from_word(word).ok_or_else(|| damaged("channel"))?),
            },
            reason: SuppressionReason::from_word(&reason).ok_or_else(|| damaged("reason"))?,
            since: record.time(4)?,
            lifted_at: record.time_or_null(7)?,
        },
        made_by: record.text(5)?,
        note: record.text(6)?,
        lifted_by: record.text_or_null(8)?,
        lifted_note: record.text_or_null(9)?,
    })
}
