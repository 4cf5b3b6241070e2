//! Messages that are shown on the site: which of somebody's can be now, how often one was, and how
//! that ended.
//!
//! **Invariant:** what has ended is not shown again: an end is written once and stays.

use filo_core::id::{CustomerId, MessageId, NodeId};
use filo_core::time::Timestamp;

use super::{MessageRow, read};
use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// How often a message was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRow {
    pub message: MessageId,
    /// In which browser, or as whom, last.
    pub browser: NodeId,
    pub times: u32,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    /// When it was said for the last time that it is not shown any more.
    pub ended_at: Option<Timestamp>,
    /// `clicked`, `dismissed`, or what stood in the way.
    pub ended_by: Option<String>,
}

const OPEN: Bulk = Bulk {
    head: "SELECT id, origin, customer, medium, class, purpose, value, weight, content, \
           planned_at, expires_at, state, due_at, tries, claimed_at, message.ended_at, address, \
           proof, basis, answer, approval, fallbacks FROM message LEFT JOIN message_shown ON \
           message_shown.message = message.id WHERE medium = 'in_app' AND ((state = 0 AND due_at \
           = expires_at) OR (state = 3 AND message_shown.message IS NOT NULL AND \
           message_shown.ended_at IS NULL)) AND customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// The messages of somebody that wait for them to come, or were shown and not answered.
pub async fn open(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<Vec<MessageRow>> {
    let rows = tx.fetch_bulk(&OPEN, ids, |id, values| values.push((*id).into()));
    rows.await?.iter().map(read).collect()
}

const GET: &str = "
    SELECT message, browser, times, first_at, last_at, ended_at, ended_by
      FROM message_shown
     WHERE message = $1";

/// How often a message was shown; nothing if it never was.
pub async fn get(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<ShownRow>> {
    let row = tx.fetch_one(GET, values![message]).await?;
    row.as_ref().map(shown).transpose()
}

const COUNT: &str = "
    INSERT INTO message_shown (message, browser, times, first_at, last_at)
    VALUES ($1, $2, 1, $3, $3)
    ON CONFLICT (message) DO UPDATE
       SET browser = excluded.browser,
           times = message_shown.times + 1,
           last_at = excluded.last_at";

/// Counts one showing more.
pub async fn count(
    tx: &mut Tx<'_>,
    (message, browser): (MessageId, NodeId),
    now: Timestamp,
) -> Result<()> {
    tx.execute(COUNT, values![message, browser, now])
        .await
        .map(drop)
}

const END: &str = "
    UPDATE message_shown
       SET ended_at = $2,
           ended_by = $3
     WHERE message = $1
       AND ended_at IS NULL";

/// Notes that a message is not shown any more; false if it was not shown, or has ended.
pub async fn end(
    tx: &mut Tx<'_>,
    message: MessageId,
    (by, now): (&str, Timestamp),
) -> Result<bool> {
    Ok(tx.execute(END, values![message, now, by]).await? == 1)
}

fn shown(record: &Record) -> Result<ShownRow> {
    Ok(ShownRow {
        message: MessageId::from_bytes(record.id(0)?),
        browser: NodeId::from_bytes(record.id(1)?),
        times: record.small(2)?,
        first_at: record.time(3)?,
        last_at: record.time(4)?,
        ended_at: record.time_or_null(5)?,
        ended_by: record.text_or_null(6)?,
    })
}
