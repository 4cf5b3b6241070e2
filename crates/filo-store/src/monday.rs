//! Who of the company gets the Monday page by mail, and of which week they had it.
//!
//! **Invariant:** a week is claimed before its letter is handed over, by one claimer, and never
//! claimed again once it ended; a claim that did not end is tried again with the same message id.

use filo_core::id::{MessageId, UserId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// People of a company that are looked at.
const READERS_MOST: u32 = 500;

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MondayReaderRow {
    pub user: UserId,
    /// 1 is Monday.
    pub weekday: i64,
    pub hour: i64,
    /// Since when they get it.
    pub since: Timestamp,
    /// The Monday of the last week whose letter was begun; empty before the first.
    pub week: String,
    /// The id of that letter, the same each time it is tried.
    pub message: Option<MessageId>,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// When it ended: sent, or given up.
    pub sent_at: Option<Timestamp>,
    /// How: `sent`, `kept`, `failed`; empty before.
    pub outcome: String,
}

const PUT: &str = "
    INSERT INTO monday_reader (user_id, weekday, hour, since, week, message, tried_at, sent_at,
                               outcome)
    VALUES ($1, $2, $3, $4, '', NULL, NULL, NULL, '')
    ON CONFLICT (user_id) DO UPDATE
       SET weekday = excluded.weekday,
           hour = excluded.hour,
           since = excluded.since";

/// Says when somebody gets it; what they had stays known.
pub async fn put(
    tx: &mut Tx<'_>,
    user: UserId,
    (weekday, hour): (i64, i64),
    since: Timestamp,
) -> Result<()> {
    let values = values![user, weekday, hour, since];
    tx.execute(PUT, values).await.map(drop)
}

const REMOVE: &str = "
    DELETE FROM monday_reader
     WHERE user_id = $1";

/// Nobody writes to them any more; false if nobody did.
pub async fn remove(tx: &mut Tx<'_>, user: UserId) -> Result<bool> {
    Ok(tx.execute(REMOVE, values![user]).await? == 1)
}

const GET: &str = "
    SELECT user_id, weekday, hour, since, week, message, tried_at, sent_at, outcome
      FROM monday_reader
     WHERE user_id = $1";

/// One reader.
pub async fn get(tx: &mut Tx<'_>, user: UserId) -> Result<Option<MondayReaderRow>> {
    let row = tx.fetch_one(GET, values![user]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = "
    SELECT user_id, weekday, hour, since, week, message, tried_at, sent_at, outcome
      FROM monday_reader
     ORDER BY user_id
     LIMIT $1";

/// Everybody who gets it.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<MondayReaderRow>> {
    let rows = tx.fetch(LIST, values![READERS_MOST]).await?;
    rows.iter().map(read).collect()
}

const CLAIM: &str = "
    UPDATE monday_reader
       SET week = $2,
           message = CASE WHEN week = $2 THEN message ELSE $3 END,
           tried_at = $4,
           sent_at = NULL,
           outcome = ''
     WHERE user_id = $1
       AND (week < $2 OR (week = $2 AND sent_at IS NULL AND tried_at < $5))
    RETURNING message";

/// Claims the letter of a week, if it has not ended and nobody tried since `tried_before`: the id
/// that it leaves with.
pub async fn claim(
    tx: &mut Tx<'_>,
    user: UserId,
    (week, message): (&str, MessageId),
    (now, tried_before): (Timestamp, Timestamp),
) -> Result<Option<MessageId>> {
    let values = values![user, week, message, now, tried_before];
    let row = tx.fetch_one(CLAIM, values).await?;
    row.map(|row| Ok(MessageId::from_bytes(row.id(0)?)))
        .transpose()
}

const SETTLE: &str = "
    UPDATE monday_reader
       SET sent_at = $3,
           outcome = $4
     WHERE user_id = $1
       AND week = $2
       AND sent_at IS NULL";

/// Says how the letter of a week ended.
pub async fn settle(
    tx: &mut Tx<'_>,
    user: UserId,
    week: &str,
    (at, outcome): (Timestamp, &str),
) -> Result<()> {
    let values = values![user, week, at, outcome];
    tx.execute(SETTLE, values).await.map(drop)
}

fn read(record: &Record) -> Result<MondayReaderRow> {
    let message = match record.bytes_or_null(5)? {
        Some(_) => Some(MessageId::from_bytes(record.id(5)?)),
        None => None,
    };
    Ok(MondayReaderRow {
        user: UserId::from_bytes(record.id(0)?),
        weekday: record.int(1)?,
        hour: record.int(2)?,
        since: record.time(3)?,
        week: record.text(4)?,
        message,
        tried_at: record.time_or_null(6)?,
        sent_at: record.time_or_null(7)?,
        outcome: record.text(8)?,
    })
}
