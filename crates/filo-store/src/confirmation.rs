//! Claimed yeses that wait for a click: which were asked about, and when.

use filo_core::id::{ConfirmationId, NodeId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One link that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmationRow {
    pub id: ConfirmationId,
    /// The address that it goes to.
    pub node: NodeId,
    pub purpose: String,
    /// A channel's word; empty for every channel.
    pub channel: String,
    /// The version of the text that is shown.
    pub wording: String,
    pub asked_at: Timestamp,
    pub expires_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO confirmation (id, node, purpose, channel, wording, asked_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Adds a link.
pub async fn insert(tx: &mut Tx<'_>, row: &ConfirmationRow) -> Result<()> {
    let values = values![
        row.id,
        row.node,
        row.purpose.as_str(),
        row.channel.as_str(),
        row.wording.as_str(),
        row.asked_at,
        row.expires_at,
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const GET: &str = "
    SELECT id, node, purpose, channel, wording, asked_at, expires_at, confirmed_at
      FROM confirmation
     WHERE id = $1";

/// One link.
pub async fn get(tx: &mut Tx<'_>, id: ConfirmationId) -> Result<Option<ConfirmationRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LAST_ASKED: &str = "
    SELECT MAX(asked_at)
      FROM confirmation
     WHERE node = $1";

/// When an address was last asked.
pub async fn last_asked(tx: &mut Tx<'_>, node: NodeId) -> Result<Option<Timestamp>> {
    match tx.fetch_one(LAST_ASKED, values![node]).await? {
        Some(record) => record.time_or_null(0),
        None => Ok(None),
    }
}

const ASKED_SINCE: &str = "
    SELECT COUNT(*)
      FROM confirmation
     WHERE asked_at > $1";

/// How many addresses were asked since then.
pub async fn asked_since(tx: &mut Tx<'_>, since: Timestamp) -> Result<i64> {
    match tx.fetch_one(ASKED_SINCE, values![since]).await? {
        Some(record) => record.int(0),
        None => Ok(0),
    }
}

const CONFIRM: &str = "
    UPDATE confirmation
       SET confirmed_at = $2
     WHERE id = $1
       AND confirmed_at IS NULL";

/// Notes that it was confirmed; false if it was before.
pub async fn confirm(tx: &mut Tx<'_>, id: ConfirmationId, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(CONFIRM, values![id, now]).await? == 1)
}

const ERASE: &str = "
    DELETE FROM confirmation
     WHERE node = $1";

const ERASE_CHECK: &str = "
    DELETE FROM call_check
     WHERE node = $1";

/// Forgets the links and the look-ups of somebody's identifiers; the suppression list stays.
pub async fn erase(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<()> {
    for node in nodes {
        tx.execute(ERASE, values![*node]).await?;
        tx.execute(ERASE_CHECK, values![*node]).await?;
    }
    Ok(())
}

fn read(record: &Record) -> Result<ConfirmationRow> {
    Ok(ConfirmationRow {
        id: ConfirmationId::from_bytes(record.id(0)?),
        node: NodeId::from_bytes(record.id(1)?),
        purpose: record.text(2)?,
        channel: record.text(3)?,
        wording: record.text(4)?,
        asked_at: record.time(5)?,
        expires_at: record.time(6)?,
        confirmed_at: record.time_or_null(7)?,
    })
}
