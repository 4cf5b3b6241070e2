//! How far the mailbox of returns was looked through, and which mails were taken from it.

use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::values;

/// How far a mailbox was looked through, and how that went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnBoxRow {
    /// While this stays, UIDs name the same messages.
    pub uid_validity: u32,
    /// Everything up to this one was looked at.
    pub last_uid: u32,
    /// When it was last looked through without trouble.
    pub looked_at: Option<Timestamp>,
    /// When it is looked into next.
    pub due_at: Timestamp,
    /// Rounds that failed one after the other, and since when.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    /// Why the last one failed.
    pub fault: String,
    /// Mails that were taken in all.
    pub taken: i64,
    /// Mails that were left alone in all.
    pub left_alone: i64,
}

impl ReturnBoxRow {
    /// A mailbox that nobody has looked into.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self {
            uid_validity: 0,
            last_uid: 0,
            looked_at: None,
            due_at: now,
            failures: 0,
            failing_since: None,
            fault: String::new(),
            taken: 0,
            left_alone: 0,
        }
    }
}

const GET: &str = "
    SELECT uid_validity, last_uid, looked_at, due_at, failures, failing_since, fault, taken,
           left_alone
      FROM return_box
     WHERE mailbox = $1";

/// How far a mailbox was looked through, if it was.
pub async fn get(tx: &mut Tx<'_>, mailbox: &str) -> Result<Option<ReturnBoxRow>> {
    let Some(row) = tx.fetch_one(GET, values![mailbox]).await? else {
        return Ok(None);
    };
    Ok(Some(ReturnBoxRow {
        uid_validity: row.small(0)?,
        last_uid: row.small(1)?,
        looked_at: row.time_or_null(2)?,
        due_at: row.time(3)?,
        failures: row.small(4)?,
        failing_since: row.time_or_null(5)?,
        fault: row.text(6)?,
        taken: row.int(7)?,
        left_alone: row.int(8)?,
    }))
}

const PUT: &str = "
    INSERT INTO return_box
        (mailbox, uid_validity, last_uid, looked_at, due_at, failures, failing_since, fault, taken,
         left_alone)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (mailbox) DO UPDATE
       SET uid_validity = excluded.uid_validity,
           last_uid = excluded.last_uid,
           looked_at = excluded.looked_at,
           due_at = excluded.due_at,
           failures = excluded.failures,
           failing_since = excluded.failing_since,
           fault = excluded.fault,
           taken = excluded.taken,
           left_alone = excluded.left_alone";

/// Writes down how far a mailbox was looked through.
pub async fn put(tx: &mut Tx<'_>, mailbox: &str, row: &ReturnBoxRow) -> Result<()> {
    let values = values![
        mailbox,
        i64::from(row.uid_validity),
        i64::from(row.last_uid),
        row.looked_at,
        row.due_at,
        i64::from(row.failures),
        row.failing_since,
        row.fault.as_str(),
        row.taken,
        row.left_alone,
    ];
    tx.execute(PUT, values).await.map(drop)
}

const FORGET_OTHERS: &str = "DELETE FROM return_box WHERE mailbox <> $1";

/// Forgets every mailbox but one.
pub async fn forget_others(tx: &mut Tx<'_>, mailbox: &str) -> Result<u64> {
    tx.execute(FORGET_OTHERS, values![mailbox]).await
}

const IS_KNOWN: &str = "SELECT at FROM return_box_mail WHERE mail_id = $1";

/// Whether a mail was taken, by the hash of its own id.
pub async fn is_known(tx: &mut Tx<'_>, mail_id: &[u8; 32]) -> Result<bool> {
    let row = tx.fetch_one(IS_KNOWN, values![&mail_id[..]]).await?;
    Ok(row.is_some())
}

const REMEMBER: &str = "
    INSERT INTO return_box_mail (mail_id, at)
    VALUES ($1, $2)
    ON CONFLICT (mail_id) DO NOTHING";

/// Remembers that a mail was taken.
pub async fn remember(tx: &mut Tx<'_>, mail_id: &[u8; 32], now: Timestamp) -> Result<()> {
    tx.execute(REMEMBER, values![&mail_id[..], now])
        .await
        .map(drop)
}

const PRUNE: &str = "DELETE FROM return_box_mail WHERE at < $1";

/// Forgets mails that were taken before an instant.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![before]).await
}
