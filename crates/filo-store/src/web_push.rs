//! The browsers that take notifications: where, sealed with what, asked by which visitor.

use filo_core::id::{NodeId, SourceId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserRow {
    /// Its identifier.
    pub node: NodeId,
    /// The visitor who was asked.
    pub visitor: NodeId,
    /// The same as the browser keeps it.
    pub anonymous_id: String,
    /// The address at its push service.
    pub endpoint: String,
    /// Its public key.
    pub point: Vec<u8>,
    /// Its secret.
    pub auth: Vec<u8>,
    /// What they were asked about.
    pub purpose: String,
    /// The version of the text that they read; empty if the site did not say.
    pub wording: String,
    /// From where they were asked, as an event has it.
    pub context: String,
    /// Over which source.
    pub source: SourceId,
    /// When they were asked last.
    pub asked_at: Timestamp,
    /// When the browser answered; nothing yet: nobody is sent anything but the question.
    pub confirmed_at: Option<Timestamp>,
}

const PUT: &str = "
    INSERT INTO web_push (node, visitor, anonymous_id, endpoint, point, auth, purpose, wording,
                          context, source, asked_at, confirmed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (node) DO UPDATE
       SET visitor = excluded.visitor, anonymous_id = excluded.anonymous_id,
           endpoint = excluded.endpoint, point = excluded.point, auth = excluded.auth,
           purpose = excluded.purpose, wording = excluded.wording, context = excluded.context,
           source = excluded.source, asked_at = excluded.asked_at,
           confirmed_at = excluded.confirmed_at";

/// Adds a browser, or puts it in the place of what was known of it.
pub async fn put(tx: &mut Tx<'_>, row: &BrowserRow) -> Result<()> {
    let values = values![
        row.node,
        row.visitor,
        row.anonymous_id.as_str(),
        row.endpoint.as_str(),
        row.point.as_slice(),
        row.auth.as_slice(),
        row.purpose.as_str(),
        row.wording.as_str(),
        row.context.as_str(),
        i64::from(row.source.0),
        row.asked_at,
        row.confirmed_at,
    ];
    tx.execute(PUT, values).await.map(drop)
}

const GET: &str = "
    SELECT node, visitor, anonymous_id, endpoint, point, auth, purpose, wording, context, source,
           asked_at, confirmed_at
      FROM web_push
     WHERE node = $1";

/// One browser.
pub async fn get(tx: &mut Tx<'_>, node: NodeId) -> Result<Option<BrowserRow>> {
    let found = tx.fetch_one(GET, values![node]).await?;
    found.as_ref().map(read).transpose()
}

const OF_VISITOR: &str = "
    SELECT node, visitor, anonymous_id, endpoint, point, auth, purpose, wording, context, source,
           asked_at, confirmed_at
      FROM web_push
     WHERE visitor = $1 OR node = $1
     ORDER BY node";

/// The browsers of somebody's identifiers, and those that were asked as one of them.
pub async fn of_nodes(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<Vec<BrowserRow>> {
    let mut found: Vec<BrowserRow> = Vec::new();
    for node in nodes {
        for record in &tx.fetch(OF_VISITOR, values![*node]).await? {
            let row = read(record)?;
            if !found.contains(&row) {
                found.push(row);
            }
        }
    }
    Ok(found)
}

const CONFIRM: &str = "
    UPDATE web_push
       SET confirmed_at = $2
     WHERE node = $1";

/// Notes that a browser answered; false if it is not known any more.
pub async fn confirm(tx: &mut Tx<'_>, node: NodeId, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(CONFIRM, values![node, now]).await? == 1)
}

const REMOVE: &str = "
    DELETE FROM web_push
     WHERE node = $1";

/// Forgets a browser; false if it was not known.
pub async fn remove(tx: &mut Tx<'_>, node: NodeId) -> Result<bool> {
    Ok(tx.execute(REMOVE, values![node]).await? == 1)
}

const REMOVE_ALL: &str = "
    DELETE FROM web_push";

/// Forgets all browsers: without the key that they were tied to none can be reached.
pub async fn remove_all(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(REMOVE_ALL, &[]).await.map(drop)
}

const SWEEP: &str = "
    DELETE FROM web_push
     WHERE confirmed_at IS NULL
       AND asked_at < $1";

/// Forgets the browsers that were asked before then and never answered.
pub async fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<()> {
    tx.execute(SWEEP, values![before]).await.map(drop)
}

const ASKED_SINCE: &str = "
    SELECT COUNT(*)
      FROM web_push
     WHERE asked_at > $1";

/// How many browsers were asked since then.
pub async fn asked_since(tx: &mut Tx<'_>, since: Timestamp) -> Result<i64> {
    match tx.fetch_one(ASKED_SINCE, values![since]).await? {
        Some(record) => record.int(0),
        None => Ok(0),
    }
}

const TAKING: &str = "
    SELECT COUNT(*)
      FROM web_push
     WHERE confirmed_at IS NOT NULL";

/// How many browsers take notifications.
pub async fn taking(tx: &mut Tx<'_>) -> Result<i64> {
    match tx.fetch_one(TAKING, &[]).await? {
        Some(record) => record.int(0),
        None => Ok(0),
    }
}

const ERASE: &str = "
    DELETE FROM web_push
     WHERE node = $1 OR visitor = $1";

/// Forgets the browsers of somebody's identifiers.
pub async fn erase(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<()> {
    for node in nodes {
        tx.execute(ERASE, values![*node]).await?;
    }
    Ok(())
}

fn read(record: &Record) -> Result<BrowserRow> {
    Ok(BrowserRow {
        node: NodeId::from_bytes(record.id(0)?),
        visitor: NodeId::from_bytes(record.id(1)?),
        anonymous_id: record.text(2)?,
        endpoint: record.text(3)?,
        point: record.bytes(4)?,
        auth: record.bytes(5)?,
        purpose: record.text(6)?,
        wording: record.text(7)?,
        context: record.text(8)?,
        source: SourceId(record.small(9)?),
        asked_at: record.time(10)?,
        confirmed_at: record.time_or_null(11)?,
    })
}
