//! Webhooks: telling the company's other systems what happened, signed as Standard Webhooks says.
//!
//! What is told is written in the transaction of what happened and sent afterwards by the one
//! node that applies the log.
//!
//! **Invariant:** nothing is sent of what is not on disk, and a rebuild tells nobody anything.

mod effect;
mod hearer;
mod outbox;
mod sender;
mod signature;
mod turned;
mod wire;

use filo_connect::{Failure, Target};
use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{DeliveryId, WebhookId};
use filo_core::time::Timestamp;
use filo_core::webhook::{TEST, Topic};
use filo_store::webhook::{self, WebhookRow};
use filo_store::webhook_delivery::{self, Cursor, DeliveryRow, DeliveryStatus};
use filo_store::{Tx, lease};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::vault::Place;

pub(crate) use effect::{Effects, Told};
pub(crate) use hearer::{Hearer, Hearing};
pub(crate) use outbox::{News, tell, tell_lost};
pub(crate) use sender::send_while_leading;
pub(crate) use turned::turned;
pub(crate) use wire::client;

/// Webhooks of a workspace: each is asked with every checkpoint that has something for it.
pub const WEBHOOKS_MOST: usize = 50;
/// Letters of a description.
pub const DESCRIPTION_LETTERS_MOST: usize = 200;
/// A page of deliveries.
const LIMIT_MOST: usize = 201;
/// So long the secret before the last change signs too.
const BOTH_SECRETS_S: i64 = 24 * 3600;

const SECRET: Place = Place {
    table: "webhook",
    column: "secret",
};
const PREVIOUS_SECRET: Place = Place {
    table: "webhook",
    column: "previous_secret",
};

/// A webhook to make, or what is to change about one: absent stays.
#[derive(Debug, Clone, Default)]
pub struct WebhookChange {
    /// Where to.
    pub url: Option<String>,
    /// What people call it.
    pub description: Option<String>,
    /// What it hears of.
    pub topics: Option<Vec<Topic>>,
    /// Whether it hears at all.
    pub enabled: Option<bool>,
}

/// A webhook with its secret: the only moment it is shown.
#[derive(Debug, Clone)]
pub struct WebhookSecret {
    /// The webhook.
    pub webhook: WebhookRow,
    /// `whsec_…`.
    pub secret: String,
}

impl App {
    /// Every webhook, the oldest first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn webhooks(&self) -> Result<Vec<WebhookRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(webhook::list(&mut tx).await?)
    }

    /// One webhook.
    ///
    /// # Errors
    /// If there is none.
    pub async fn webhook(&self, id: WebhookId) -> Result<WebhookRow> {
        let mut tx = self.shared().db.read().await?;
        let found = webhook::get(&mut tx, id).await?;
        found.ok_or(Error::Missing("webhook"))
    }

    /// Makes a webhook; its secret is shown this once.
    ///
    /// # Errors
    /// If the actor may not administer, or the address may not be connected to.
    pub async fn create_webhook(&self, actor: &Actor, new: WebhookChange) -> Result<WebhookSecret> {
        actor.must(Right::ManageWebhooks)?;
        let mut row = WebhookRow {
            id: WebhookId(self.spare_id()),
            url: String::new(),
            description: String::new(),
            topics: String::new(),
            enabled: true,
            disabled_reason: None,
            created_at: self.now(),
            previous_until: None,
            failing_since: None,
            failures: 0,
            last_success_at: None,
            last_failure_at: None,
            dropped: 0,
        };
        let wanted = WebhookChange {
            url: Some(new.url.unwrap_or_default()),
            topics: Some(new.topics.unwrap_or_default()),
            ..new
        };
        self.change(&mut row, wanted).await?;
        let secret = self.chance().secret();
        let mut tx = self.shared().db.begin().await?;
        if webhook::list(&mut tx).await?.len() >= WEBHOOKS_MOST {
            return Err(Error::Conflict(format!(
                "there are {WEBHOOKS_MOST} webhooks already: remove one first"
            )));
        }
        webhook::insert(&mut tx, &row).await?;
        self.keep_secret(&mut tx, SECRET, row.id, &secret).await?;
        let entry = actor.did(Act::WebhookChanged, self.now()).about(row.id);
        record(&mut tx, &entry).await?;
        self.changed(tx).await?;
        Ok(WebhookSecret {
            webhook: row,
            secret: signature::shown(&secret),
        })
    }

    /// Changes a webhook. Enabling it forgets that it had failed.
    ///
    /// # Errors
    /// If the actor may not administer, or the address may not be connected to.
    pub async fn change_webhook(
        &self,
        actor: &Actor,
        id: WebhookId,
        change: WebhookChange,
    ) -> Result<WebhookRow> {
        actor.must(Right::ManageWebhooks)?;
        // The look-up of the name takes its time: not inside a transaction.
        let mut checked = self.webhook(id).await?;
        self.change(&mut checked, change).await?;
        let mut tx = self.shared().db.begin().await?;
        let found = webhook::get(&mut tx, id).await?;
        let mut row = found.ok_or(Error::Missing("webhook"))?;
        row.url = checked.url;
        row.description = checked.description;
        row.topics = checked.topics;
        if checked.enabled && !row.enabled {
            row.disabled_reason = None;
            row.failing_since = None;
            row.failures = 0;
        }
        row.enabled = checked.enabled;
        webhook::save(&mut tx, &row).await?;
        let entry = actor.did(Act::WebhookChanged, self.now()).about(id);
        record(&mut tx, &entry).await?;
        self.changed(tx).await?;
        Ok(row)
    }

    /// Removes a webhook with all that waits for it.
    ///
    /// # Errors
    /// If the actor may not administer, or there is none.
    pub async fn remove_webhook(&self, actor: &Actor, id: WebhookId) -> Result<()> {
        actor.must(Right::ManageWebhooks)?;
        let mut tx = self.shared().db.begin().await?;
        if !webhook::remove(&mut tx, id).await? {
            return Err(Error::Missing("webhook"));
        }
        webhook_delivery::remove_of(&mut tx, id).await?;
        for place in [SECRET, PREVIOUS_SECRET] {
            self.vault().forget(&mut tx, place, id.to_bytes()).await?;
        }
        let entry = actor.did(Act::WebhookChanged, self.now()).about(id);
        record(&mut tx, &entry).await?;
        self.changed(tx).await
    }

    /// Gives a webhook a new secret, shown this once; for a day the one before signs too.
    ///
    /// # Errors
    /// If the actor may not administer, or there is none.
    pub async fn rotate_webhook(&self, actor: &Actor, id: WebhookId) -> Result<WebhookSecret> {
        actor.must(Right::ManageWebhooks)?;
        let mut tx = self.shared().db.begin().await?;
        let found = webhook::get(&mut tx, id).await?;
        let mut row = found.ok_or(Error::Missing("webhook"))?;
        let before = self.vault().reveal(&mut tx, SECRET, id.to_bytes()).await?;
        let before = before.ok_or(Error::Missing("secret"))?;
        self.keep_secret(&mut tx, PREVIOUS_SECRET, id, &before)
            .await?;
        let secret = self.chance().secret();
        self.keep_secret(&mut tx, SECRET, id, &secret).await?;
        row.previous_until = Some(self.now().plus_seconds(BOTH_SECRETS_S));
        webhook::save(&mut tx, &row).await?;
        let entry = actor.did(Act::WebhookChanged, self.now()).about(id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(WebhookSecret {
            webhook: row,
            secret: signature::shown(&secret),
        })
    }

    /// Sends a message that says nothing, to see whether it arrives.
    ///
    /// # Errors
    /// If the actor may not administer, or there is no such webhook, or it is disabled.
    pub async fn test_webhook(&self, actor: &Actor, id: WebhookId) -> Result<DeliveryId> {
        actor.must(Right::ManageWebhooks)?;
        let mut tx = self.shared().db.begin().await?;
        enabled(&mut tx, id).await?;
        let data = serde_json::json!({ "webhook": id.to_string() });
        let now = self.now();
        let body = filo_core::webhook::message(TEST, now, &data);
        let subject = id.to_string();
        let row = outbox::row(self.spare_id(), id, (TEST, &subject), body, now);
        webhook_delivery::insert(&mut tx, std::slice::from_ref(&row)).await?;
        self.changed(tx).await?;
        Ok(row.id)
    }

    /// A page of a webhook's deliveries, the newest first.
    ///
    /// # Errors
    /// If there is no such webhook.
    pub async fn deliveries(
        &self,
        id: WebhookId,
        status: Option<DeliveryStatus>,
        behind: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<DeliveryRow>> {
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        let found = webhook::get(&mut tx, id).await?;
        found.ok_or(Error::Missing("webhook"))?;
        Ok(webhook_delivery::list(&mut tx, id, status, behind, limit).await?)
    }

    /// Sends one delivery anew, under the same id.
    ///
    /// # Errors
    /// If the actor may not administer, or the webhook has no such delivery, or is disabled.
    pub async fn replay_delivery(
        &self,
        actor: &Actor,
        id: WebhookId,
        delivery: DeliveryId,
    ) -> Result<()> {
        actor.must(Right::ManageWebhooks)?;
        let mut tx = self.shared().db.begin().await?;
        enabled(&mut tx, id).await?;
        let found = webhook_delivery::get(&mut tx, delivery).await?;
        found
            .filter(|row| row.webhook == id)
            .ok_or(Error::Missing("delivery"))?;
        webhook_delivery::replay(&mut tx, delivery, self.now()).await?;
        self.changed(tx).await
    }

    /// Sends everything anew that did not arrive since then; says how much.
    ///
    /// # Errors
    /// If the actor may not administer, or there is no such webhook, or it is disabled.
    pub async fn replay_failed(
        &self,
        actor: &Actor,
        id: WebhookId,
        since: Timestamp,
    ) -> Result<u64> {
        actor.must(Right::ManageWebhooks)?;
        let mut tx = self.shared().db.begin().await?;
        enabled(&mut tx, id).await?;
        let count = webhook_delivery::replay_failed(&mut tx, id, since, self.now()).await?;
        self.changed(tx).await?;
        Ok(count)
    }

    async fn change(&self, row: &mut WebhookRow, change: WebhookChange) -> Result<()> {
        if let Some(url) = change.url {
            let target = self.target(url.trim()).await?;
            row.url = target.to_string();
        }
        if let Some(description) = change.description {
            let description = description.trim();
            if description.chars().count() > DESCRIPTION_LETTERS_MOST {
                let reason = format!("at most {DESCRIPTION_LETTERS_MOST} characters");
                return Err(Error::invalid("description", reason));
            }
            row.description = description.to_owned();
        }
        if let Some(topics) = change.topics {
            if topics.is_empty() {
                return Err(Error::invalid("topics", "choose at least one"));
            }
            row.topics = hearer::words(&topics);
        }
        if let Some(enabled) = change.enabled {
            row.enabled = enabled;
        }
        Ok(())
    }

    /// The address, if it may be connected to today.
    async fn target(&self, url: &str) -> Result<Target> {
        let refused = |failure: Failure| Error::invalid("url", failure.to_string());
        let client = &self.shared().client;
        let target = client.target(url).map_err(|it| refused(it.into()))?;
        client.check(&target).await.map_err(refused)?;
        Ok(target)
    }

    async fn keep_secret(
        &self,
        tx: &mut Tx<'_>,
        place: Place,
        id: WebhookId,
        secret: &[u8],
    ) -> Result<()> {
        let drawn = (self.chance().secret(), self.now());
        let at = (place, id.to_bytes());
        self.vault().keep(tx, at, secret, drawn).await
    }

    /// Commits, and lets this node and the others look at the webhooks again.
    async fn changed(&self, mut tx: Tx<'_>) -> Result<()> {
        lease::notify_changed(&mut tx).await?;
        tx.commit().await?;
        self.refresh_webhooks().await;
        Ok(())
    }
}

async fn enabled(tx: &mut Tx<'_>, id: WebhookId) -> Result<()> {
    let found = webhook::get(tx, id).await?;
    if found.ok_or(Error::Missing("webhook"))?.enabled {
        return Ok(());
    }
    Err(Error::Conflict(
        "the webhook is disabled: enable it first".to_owned(),
    ))
}
