//! Webhooks: addresses of the company that hear what happens.

use filo_core::id::WebhookId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRow {
    pub id: WebhookId,
    pub url: String,
    pub description: String,
    /// Words with spaces between.
    pub topics: String,
    pub enabled: bool,
    /// Why Filo itself stopped telling it, as a word that does not change.
    pub disabled_reason: Option<String>,
    pub created_at: Timestamp,
    /// Until when the secret before the last change signs too.
    pub previous_until: Option<Timestamp>,
    /// Since when every try has failed.
    pub failing_since: Option<Timestamp>,
    /// Tries that failed since the last that did not.
    pub failures: i64,
    pub last_success_at: Option<Timestamp>,
    pub last_failure_at: Option<Timestamp>,
    /// Messages that were dropped for want of room.
    pub dropped: i64,
}

const INSERT: &str = "
    INSERT INTO webhook (id, url, description, topics, enabled, created_at, failures, dropped)
    VALUES ($1, $2, $3, $4, $5, $6, 0, 0)";

/// Adds a webhook without a past.
pub async fn insert(tx: &mut Tx<'_>, webhook: &WebhookRow) -> Result<()> {
    let values = values![
        webhook.id,
        webhook.url.as_str(),
        webhook.description.as_str(),
        webhook.topics.as_str(),
        i64::from(webhook.enabled),
        webhook.created_at,
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const SAVE: &str = "
    UPDATE webhook
       SET url = $2,
           description = $3,
           topics = $4,
           enabled = $5,
           disabled_reason = $6,
           previous_until = $7,
           failing_since = $8,
           failures = $9
     WHERE id = $1";

/// Saves what people change; false if it is gone.
pub async fn save(tx: &mut Tx<'_>, webhook: &WebhookRow) -> Result<bool> {
    let values = values![
        webhook.id,
        webhook.url.as_str(),
        webhook.description.as_str(),
        webhook.topics.as_str(),
        i64::from(webhook.enabled),
        webhook.disabled_reason.as_deref(),
        webhook.previous_until,
        webhook.failing_since,
        webhook.failures,
    ];
    Ok(tx.execute(SAVE, values).await? == 1)
}

const SAVE_HEALTH: &str = "
    UPDATE webhook
       SET failing_since = $2,
           failures = $3,
           last_success_at = $4,
           last_failure_at = $5
     WHERE id = $1";

/// Saves how sending went.
pub async fn save_health(tx: &mut Tx<'_>, webhook: &WebhookRow) -> Result<()> {
    let values = values![
        webhook.id,
        webhook.failing_since,
        webhook.failures,
        webhook.last_success_at,
        webhook.last_failure_at,
    ];
    tx.execute(SAVE_HEALTH, values).await.map(drop)
}

const DISABLE: &str = "
    UPDATE webhook
       SET enabled = 0,
           disabled_reason = $2
     WHERE id = $1";

/// Tells it nothing any more.
pub async fn disable(tx: &mut Tx<'_>, id: WebhookId, reason: &str) -> Result<()> {
    tx.execute(DISABLE, values![id, reason]).await.map(drop)
}

const GET: &str = "
    SELECT id, url, description, topics, enabled, disabled_reason, created_at, previous_until,
           failing_since, failures, last_success_at, last_failure_at, dropped
      FROM webhook
     WHERE id = $1";

/// One webhook.
pub async fn get(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<WebhookRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LIST: &str = "
    SELECT id, url, description, topics, enabled, disabled_reason, created_at, previous_until,
           failing_since, failures, last_success_at, last_failure_at, dropped
      FROM webhook
     ORDER BY created_at, id";

/// Every webhook, the oldest first: there are a few dozen at most.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<WebhookRow>> {
    tx.fetch(LIST, &[]).await?.iter().map(read).collect()
}

const REMOVE: &str = "DELETE FROM webhook WHERE id = $1";

/// Removes a webhook; false if it is not there.
pub async fn remove(tx: &mut Tx<'_>, id: WebhookId) -> Result<bool> {
    Ok(tx.execute(REMOVE, values![id]).await? == 1)
}

const COUNT_DROPPED: &str = "
    UPDATE webhook
       SET dropped = dropped + $2
     WHERE id = $1";

/// Counts messages that were dropped.
pub async fn count_dropped(tx: &mut Tx<'_>, id: WebhookId, more: i64) -> Result<()> {
    tx.execute(COUNT_DROPPED, values![id, more]).await.map(drop)
}

fn read(record: &Record) -> Result<WebhookRow> {
    Ok(WebhookRow {
        id: WebhookId::from_bytes(record.id(0)?),
        url: record.text(1)?,
        description: record.text(2)?,
        topics: record.text(3)?,
        enabled: record.int(4)? != 0,
        disabled_reason: record.text_or_null(5)?,
        created_at: record.time(6)?,
        previous_until: record.time_or_null(7)?,
        failing_since: record.time_or_null(8)?,
        failures: record.int(9)?,
        last_success_at: record.time_or_null(10)?,
        last_failure_at: record.time_or_null(11)?,
        dropped: record.int(12)?,
    })
}
