//! People who were forgotten, the identifiers of which nothing old comes in any more, and what
//! lies beside the thread and may speak of them.
//!
//! **Invariant:** an erasure is on disk with its tombstones before anything is taken away, so one
//! that was interrupted is found and finished.

use filo_core::id::{CustomerId, ErasureId, NodeId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRow {
    pub id: ErasureId,
    /// When it was asked for: nothing that happened before comes back.
    pub at: Timestamp,
    /// Who did it: an id, or a word for the operator.
    pub actor: String,
    /// Why, as a word.
    pub ground: String,
    /// The identifiers, as keyed hashes.
    pub nodes: Vec<NodeId>,
    /// What was done, as the app writes it; empty before.
    pub receipt: String,
    /// When nothing was left to be done.
    pub finished_at: Option<Timestamp>,
}

const ADD: &str = "
    INSERT INTO erasure (id, at, actor, ground, nodes, receipt, finished_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (id) DO NOTHING";

const BURY: Bulk = Bulk {
    head: "INSERT INTO tombstone (node, at) VALUES",
    width: 2,
    tail: "ON CONFLICT (node) DO UPDATE
              SET at = CASE WHEN excluded.at > tombstone.at THEN excluded.at ELSE tombstone.at END",
};

/// Writes an erasure down, with its tombstones; false if it was there before.
pub async fn add(tx: &mut Tx<'_>, row: &ErasureRow) -> Result<bool> {
    let bytes: Vec<u8> = row.nodes.iter().flat_map(|node| node.to_bytes()).collect();
    let values = values![
        row.id,
        row.at,
        row.actor.as_str(),
        row.ground.as_str(),
        bytes.as_slice(),
        row.receipt.as_str(),
        row.finished_at
    ];
    if tx.execute(ADD, values).await? == 0 {
        return Ok(false);
    }
    tx.execute_bulk(&BURY, &row.nodes, |node, values| {
        values.extend_from_slice(values![*node, row.at]);
    })
    .await?;
    Ok(true)
}

/// Writes down what was done; with a time, that nothing is left to do.
pub async fn note(
    tx: &mut Tx<'_>,
    id: ErasureId,
    receipt: &str,
    finished_at: Option<Timestamp>,
) -> Result<()> {
    tx.execute(
        "UPDATE erasure SET receipt = $2, finished_at = $3 WHERE id = $1",
        values![id, receipt, finished_at],
    )
    .await
    .map(drop)
}

const GET: &str = "
    SELECT id, at, actor, ground, nodes, receipt, finished_at
      FROM erasure
     WHERE id = $1";

/// One erasure.
pub async fn get(tx: &mut Tx<'_>, id: ErasureId) -> Result<Option<ErasureRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = "
    SELECT id, at, actor, ground, nodes, receipt, finished_at
      FROM erasure
     WHERE (at, id) < ($1, $2)
     ORDER BY at DESC, id DESC
     LIMIT $3";

/// A page of erasures, the newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    behind: Option<(Timestamp, ErasureId)>,
    limit: u32,
) -> Result<Vec<ErasureRow>> {
    let (at, id) = behind.unwrap_or((Timestamp::MAX, ErasureId(u128::MAX)));
    let rows = tx.fetch(LIST, values![at, id, limit]).await?;
    rows.iter().map(read).collect()
}

const UNFINISHED: &str = "
    SELECT id, at, actor, ground, nodes, receipt, finished_at
      FROM erasure
     WHERE finished_at IS NULL
     ORDER BY at, id";

/// Those that were begun and not ended.
pub async fn unfinished(tx: &mut Tx<'_>) -> Result<Vec<ErasureRow>> {
    let rows = tx.fetch(UNFINISHED, &[]).await?;
    rows.iter().map(read).collect()
}

/// Every identifier of which nothing old comes in.
pub async fn tombstones(tx: &mut Tx<'_>) -> Result<Vec<(NodeId, Timestamp)>> {
    let rows = tx
        .fetch("SELECT node, at FROM tombstone ORDER BY node", &[])
        .await?;
    let rows = rows.iter();
    rows.map(|row| Ok((NodeId::from_bytes(row.id(0)?), row.time(1)?)))
        .collect()
}

const BURIED: Bulk = Bulk {
    head: "SELECT node, at FROM tombstone WHERE node IN (VALUES",
    width: 1,
    tail: ")",
};

/// Those of these identifiers.
pub async fn tombstones_of(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<Vec<(NodeId, Timestamp)>> {
    let rows = tx
        .fetch_bulk(&BURIED, nodes, |node, values| {
            values.extend_from_slice(values![*node]);
        })
        .await?;
    let rows = rows.iter();
    rows.map(|row| Ok((NodeId::from_bytes(row.id(0)?), row.time(1)?)))
        .collect()
}

/// What lies beside the thread and may speak of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    /// What could not be taken in.
    Quarantine,
    /// What is or was told to other systems.
    Deliveries,
    /// Answers remembered for repeated requests.
    Answers,
    /// What people of the company did with many at once.
    Acts,
    /// What Filo stopped at.
    Incidents,
    /// What people asked about their data.
    Requests,
    /// What is to be said to others.
    Messages,
    /// What was said to others, to the letter.
    Copies,
    /// Mail that came back.
    Returns,
    /// Where the links of mails lead.
    Links,
}

impl Beside {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Quarantine,
        Self::Deliveries,
        Self::Answers,
        Self::Acts,
        Self::Incidents,
        Self::Requests,
        Self::Messages,
        Self::Copies,
        Self::Returns,
        Self::Links,
    ];

    const fn scan(self) -> &'static str {
        match self {
            Self::Quarantine => {
                "SELECT id, body FROM quarantine WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::Deliveries => {
                "SELECT id, subject || ' ' || body || ' ' || COALESCE(answer, '')
                   FROM webhook_delivery WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::Answers => {
                "SELECT key_hash, body
                   FROM idempotency
                  WHERE key_hash > $1 AND body IS NOT NULL
                  ORDER BY key_hash LIMIT $2"
            }
            Self::Acts => "SELECT id, question FROM bulk_act WHERE id > $1 ORDER BY id LIMIT $2",
            Self::Incidents => {
                "SELECT id, subject || ' ' || detail FROM incident WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::Requests => {
                "SELECT id, wish || ' ' || contact || ' ' || message || ' ' || extension_reason
                            || ' ' || closing_note
                   FROM data_request WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::Messages => {
                "SELECT id, content || ' ' || COALESCE(answer, '')
                   FROM message WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::Copies => {
                "SELECT message, subject || ' ' || body || ' ' || html
                   FROM message_copy WHERE message > $1 ORDER BY message LIMIT $2"
            }
            Self::Returns => {
                "SELECT id, address || ' ' || said || ' ' || raw
                   FROM mail_return WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::Links => {
                "SELECT id, url || ' ' || step FROM mail_link WHERE id > $1 ORDER BY id LIMIT $2"
            }
        }
    }

    const fn delete(self) -> &'static str {
        match self {
            Self::Quarantine => "DELETE FROM quarantine WHERE id = $1",
            Self::Deliveries => "DELETE FROM webhook_delivery WHERE id = $1",
            Self::Answers => "DELETE FROM idempotency WHERE key_hash = $1",
            // What was done stays; what was searched for goes.
            Self::Acts => "UPDATE bulk_act SET question = '' WHERE id = $1",
            Self::Incidents => "DELETE FROM incident WHERE id = $1",
            // Another's request that names them stays theirs, without its words.
            Self::Requests => {
                "UPDATE data_request SET message = '', extension_reason = '', closing_note = ''
                  WHERE id = $1"
            }
            Self::Messages => "DELETE FROM message WHERE id = $1",
            Self::Copies => "DELETE FROM message_copy WHERE message = $1",
            Self::Returns => "DELETE FROM mail_return WHERE id = $1",
            // Whoever follows it later finds nothing: it named somebody who was forgotten.
            Self::Links => "DELETE FROM mail_link WHERE id = $1",
        }
    }

    const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Deliveries
                | Self::Acts
                | Self::Incidents
                | Self::Requests
                | Self::Messages
                | Self::Copies
                | Self::Returns
                | Self::Links
        )
    }
}

/// One thing beside the thread.
#[derive(Debug, Clone)]
pub struct Lying {
    pub key: Vec<u8>,
    pub text: Vec<u8>,
}

/// A page of what lies there, behind a key.
pub async fn lying(
    tx: &mut Tx<'_>,
    beside: Beside,
    behind: &[u8],
    limit: u32,
) -> Result<Vec<Lying>> {
    let rows = tx.fetch(beside.scan(), values![behind, limit]).await?;
    let of = |row: &Record| {
        Ok(Lying {
            key: row.bytes(0)?,
            text: if beside.is_text() {
                row.text(1)?.into_bytes()
            } else {
                row.bytes(1)?
            },
        })
    };
    rows.iter().map(of).collect()
}

/// Takes one thing away.
pub async fn take_away(tx: &mut Tx<'_>, beside: Beside, key: &[u8]) -> Result<()> {
    tx.execute(beside.delete(), values![key]).await.map(drop)
}

/// Takes people out of the lists of acts with many. Returns out of how many.
pub async fn leave_acts(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<u64> {
    let rows = tx
        .fetch("SELECT id, customers FROM bulk_act ORDER BY id", &[])
        .await?;
    let mut left = 0;
    for row in rows {
        let (id, bytes) = (CustomerId::from_bytes(row.id(0)?), row.bytes(1)?);
        let (ids, rest) = bytes.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(Error::Damaged("a bulk act holds half an id".to_owned()));
        }
        let stays = |it: &&[u8; 16]| !nodes.contains(&NodeId::from_bytes(**it));
        let kept: Vec<u8> = ids.iter().filter(stays).flatten().copied().collect();
        if kept.len() < bytes.len() {
            left += 1;
            tx.execute(
                "UPDATE bulk_act SET customers = $2 WHERE id = $1",
                values![id, kept.as_slice()],
            )
            .await?;
        }
    }
    Ok(left)
}

const LEAVE_SUPPRESSION: &str = "
    UPDATE suppression
       SET note = '',
           lifted_note = CASE WHEN lifted_note IS NULL THEN NULL ELSE '' END
     WHERE node = $1";

/// Empties the notes on the list of addresses that nothing is sent to; the lines stay.
pub async fn leave_suppressions(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<()> {
    for node in nodes {
        tx.execute(LEAVE_SUPPRESSION, values![*node]).await?;
    }
    Ok(())
}

fn read(record: &Record) -> Result<ErasureRow> {
    let bytes = record.bytes(4)?;
    let (nodes, rest) = bytes.as_chunks::<16>();
    if !rest.is_empty() {
        return Err(Error::Damaged("an erasure holds half an id".to_owned()));
    }
    Ok(ErasureRow {
        id: ErasureId::from_bytes(record.id(0)?),
        at: record.time(1)?,
        actor: record.text(2)?,
        ground: record.text(3)?,
        nodes: nodes.iter().copied().map(NodeId::from_bytes).collect(),
        receipt: record.text(5)?,
        finished_at: record.time_or_null(6)?,
    })
}
