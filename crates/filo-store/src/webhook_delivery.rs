//! Deliveries: messages on their way to a webhook, and what became of them.
//!
//! **Invariant:** a try is claimed before anything is sent, and a claim already says when the
//! next try is due: whoever dies in between has lost nothing, and two who claim the same try
//! cannot both have it.

use filo_core::id::{DeliveryId, WebhookId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// To be sent, for the first time or again.
    Waiting = 0,
    /// The receiver took it.
    Delivered = 1,
    /// Every try failed.
    Failed = 2,
    /// There was no room to let it wait.
    Dropped = 3,
}

impl DeliveryStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Delivered, Self::Failed, Self::Dropped];

    /// The word in the API and on pages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    pub id: DeliveryId,
    pub webhook: WebhookId,
    pub topic: String,
    /// The id of what it is about.
    pub subject: String,
    /// What is sent, to the byte.
    pub body: String,
    pub created_at: Timestamp,
    pub status: DeliveryStatus,
    pub tries: u32,
    pub due_at: Timestamp,
    pub tried_at: Option<Timestamp>,
    /// The status of the last answer; nothing if there was none.
    pub answer_status: Option<u16>,
    /// The beginning of the last answer, or why there was none.
    pub answer: Option<String>,
}

/// Where a page ended: the next one begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub created_at: Timestamp,
    pub id: DeliveryId,
}

impl DeliveryRow {
    /// The cursor behind this row.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            created_at: self.created_at,
            id: self.id,
        }
    }
}

const INSERT: Bulk = Bulk {
    head: "INSERT INTO webhook_delivery (id, webhook, topic, subject, body, created_at, status, \
           tries, due_at) VALUES",
    width: 9,
    tail: "",
};

/// Adds deliveries that wait for their first try.
pub async fn insert(tx: &mut Tx<'_>, rows: &[DeliveryRow]) -> Result<()> {
    tx.execute_bulk(&INSERT, rows, |row, values| {
        values.extend_from_slice(values![
            row.id,
            row.webhook,
            row.topic.as_str(),
            row.subject.as_str(),
            row.body.as_str(),
            row.created_at,
            row.status as i64,
            i64::from(row.tries),
            row.due_at,
        ]);
    })
    .await
    .map(drop)
}

const NEXT_DUE: &str = "
    SELECT MIN(due_at)
      FROM webhook_delivery
     WHERE webhook = $1
       AND status = 0";

/// When a webhook's next try is due, if any waits.
pub async fn next_due(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<Option<Timestamp>> {
    match tx.fetch_one(NEXT_DUE, values![webhook]).await? {
        Some(row) => row.time_or_null(0),
        None => Ok(None),
    }
}

const FIRST_DUE: &str = "
    SELECT id, webhook, topic, subject, body, created_at, status, tries, due_at, tried_at,
           answer_status, answer
      FROM webhook_delivery
     WHERE webhook = $1
       AND status = 0
       AND due_at <= $2
     ORDER BY due_at, created_at, id
     LIMIT 1";

/// The delivery that has been due longest.
pub async fn first_due(
    tx: &mut Tx<'_>,
    webhook: WebhookId,
    now: Timestamp,
) -> Result<Option<DeliveryRow>> {
    tx.fetch_one(FIRST_DUE, values![webhook, now])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const CLAIM: &str = "
    UPDATE webhook_delivery
       SET tries = tries + 1,
           tried_at = $3,
           due_at = $4
     WHERE id = $1
       AND status = 0
       AND tries = $2";

/// Claims a try of a delivery that was read with so many tries; false if somebody else has it.
pub async fn claim(
    tx: &mut Tx<'_>,
    row: &DeliveryRow,
    now: Timestamp,
    due_again: Timestamp,
) -> Result<bool> {
    let values = values![row.id, i64::from(row.tries), now, due_again];
    Ok(tx.execute(CLAIM, values).await? == 1)
}

const SETTLE: &str = "
    UPDATE webhook_delivery
       SET status = $3,
           due_at = $4,
           answer_status = $5,
           answer = $6
     WHERE id = $1
       AND status = 0
       AND tries = $2";

/// Writes down how a claimed try ended: `row` as it is to be. Nothing happens if it was removed
/// or begun anew meanwhile.
pub async fn settle(tx: &mut Tx<'_>, row: &DeliveryRow) -> Result<()> {
    let values = values![
        row.id,
        i64::from(row.tries),
        row.status as i64,
        row.due_at,
        row.answer_status.map(i64::from),
        row.answer.as_deref(),
    ];
    tx.execute(SETTLE, values).await.map(drop)
}

const POSTPONE: &str = "
    UPDATE webhook_delivery
       SET due_at = $2
     WHERE webhook = $1
       AND status = 0
       AND due_at < $2";

/// Lets everything that is due to a webhook wait until then.
pub async fn postpone(tx: &mut Tx<'_>, webhook: WebhookId, until: Timestamp) -> Result<()> {
    tx.execute(POSTPONE, values![webhook, until])
        .await
        .map(drop)
}

const GET: &str = "
    SELECT id, webhook, topic, subject, body, created_at, status, tries, due_at, tried_at,
           answer_status, answer
      FROM webhook_delivery
     WHERE id = $1";

/// One delivery.
pub async fn get(tx: &mut Tx<'_>, id: DeliveryId) -> Result<Option<DeliveryRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LIST: &str = "
    SELECT id, webhook, topic, subject, body, created_at, status, tries, due_at, tried_at,
           answer_status, answer
      FROM webhook_delivery
     WHERE webhook = $1
       AND (created_at, id) < ($2, $3)
     ORDER BY created_at DESC, id DESC
     LIMIT $4";

const LIST_OF_STATUS: &str = "
    SELECT id, webhook, topic, subject, body, created_at, status, tries, due_at, tried_at,
           answer_status, answer
      FROM webhook_delivery
     WHERE webhook = $1
       AND (created_at, id) < ($2, $3)
       AND status = $5
     ORDER BY created_at DESC, id DESC
     LIMIT $4";

/// A page of a webhook's deliveries, the newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    webhook: WebhookId,
    status: Option<DeliveryStatus>,
    behind: Option<Cursor>,
    limit: u32,
) -> Result<Vec<DeliveryRow>> {
    let begin = Cursor {
        created_at: Timestamp::MAX,
        id: DeliveryId(u128::MAX),
    };
    let behind = behind.unwrap_or(begin);
    let (at, id) = (behind.created_at, behind.id);
    let rows = match status {
        None => tx.fetch(LIST, values![webhook, at, id, limit]).await?,
        Some(status) => {
            let values = values![webhook, at, id, limit, status as i64];
            tx.fetch(LIST_OF_STATUS, values).await?
        }
    };
    rows.iter().map(read).collect()
}

const REPLAY: &str = "
    UPDATE webhook_delivery
       SET status = 0,
           tries = 0,
           due_at = $2
     WHERE id = $1";

/// Sends a delivery anew, whatever became of it; its id stays.
pub async fn replay(tx: &mut Tx<'_>, id: DeliveryId, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(REPLAY, values![id, now]).await? == 1)
}

const REPLAY_FAILED: &str = "
    UPDATE webhook_delivery
       SET status = 0,
           tries = 0,
           due_at = $3
     WHERE webhook = $1
       AND created_at >= $2
       AND (status IN (2, 3) OR (status = 0 AND tries > 0))";

/// Sends anew what did not arrive since then; says how many.
pub async fn replay_failed(
    tx: &mut Tx<'_>,
    webhook: WebhookId,
    since: Timestamp,
    now: Timestamp,
) -> Result<u64> {
    tx.execute(REPLAY_FAILED, values![webhook, since, now])
        .await
}

const WAITING: &str = "
    SELECT COUNT(*)
      FROM webhook_delivery
     WHERE webhook = $1
       AND status = 0";

/// How many wait.
pub async fn waiting(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<i64> {
    tx.fetch_one(WAITING, values![webhook])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

const DROP_OLDEST: &str = "
    UPDATE webhook_delivery
       SET status = 3
     WHERE id IN (SELECT id
                    FROM webhook_delivery
                   WHERE webhook = $1
                     AND status = 0
                   ORDER BY created_at, id
                   LIMIT $2)";

/// Drops so many of those that wait, the oldest first.
pub async fn drop_oldest(tx: &mut Tx<'_>, webhook: WebhookId, count: i64) -> Result<()> {
    tx.execute(DROP_OLDEST, values![webhook, count])
        .await
        .map(drop)
}

const REMOVE_OF: &str = "DELETE FROM webhook_delivery WHERE webhook = $1";

/// Removes everything of a webhook.
pub async fn remove_of(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<()> {
    tx.execute(REMOVE_OF, values![webhook]).await.map(drop)
}

const PRUNE: &str = "
    DELETE FROM webhook_delivery
     WHERE (created_at < $1 AND status <> 0)
        OR webhook NOT IN (SELECT id FROM webhook)";

/// Removes what was settled and is older than this, and what belongs to no webhook any more.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![before]).await
}

fn read(record: &Record) -> Result<DeliveryRow> {
    let code = record.int(6)?;
    let status = DeliveryStatus::ALL
        .into_iter()
        .find(|status| *status as i64 == code)
        .ok_or_else(|| Error::Damaged(format!("a delivery of the unknown status {code}")))?;
    Ok(DeliveryRow {
        id: DeliveryId::from_bytes(record.id(0)?),
        webhook: WebhookId::from_bytes(record.id(1)?),
        topic: record.text(2)?,
        subject: record.text(3)?,
        body: record.text(4)?,
        created_at: record.time(5)?,
        status,
        tries: record.small(7)?,
        due_at: record.time(8)?,
        tried_at: record.time_or_null(9)?,
        answer_status: record.small_or_null(10)?,
        answer: record.text_or_null(11)?,
    })
}
