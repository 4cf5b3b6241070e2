//! The sender: on the node that applies the log, one worker per webhook with something due, so
//! that a slow receiver holds nobody else up. Woken by what is told and by the next due time.
//!
//! **Invariant:** a try is claimed in the tables before anything leaves, and how it ended is
//! written after: a crash in between sends again, with the same id.

use std::collections::HashSet;
use std::time::Duration;

use filo_core::id::WebhookId;
use filo_core::time::Timestamp;
use filo_core::webhook::{PATIENCE_S, next_try};
use filo_store::webhook::{self, WebhookRow};
use filo_store::webhook_delivery::{self, DeliveryRow, DeliveryStatus};
use filo_store::{Tx, lease};
use parking_lot::Mutex;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinSet;

use super::outbox::{raise, tell};
use super::wire::{self, Tried};
use super::{PREVIOUS_SECRET, SECRET};
use crate::app::App;
use crate::error::{Error, Result};

/// After a fault of the tables.
const AFTER_FAULT: Duration = Duration::from_secs(1);
/// Longest sleep: a clock that was set is noticed after it.
const SLEEP_MOST: Duration = Duration::from_secs(3600);
/// What was settled is kept so long, to be looked at and replayed.
const KEPT_S: i64 = 30 * 24 * 3600;
const PRUNE_EVERY_S: i64 = 3600;
/// Tries of a delivery, the first one included.
const TRIES_MOST: u32 = 10;

/// How the sender is woken and asked.
#[derive(Debug, Default)]
pub(crate) struct Sending {
    wake: Notify,
    asked: Mutex<Vec<oneshot::Sender<()>>>,
}

impl Sending {
    /// Something may be due.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }
}

impl App {
    /// Waits until everything that is due now has been tried. Where this node does not send,
    /// it waits for the node that does to hand over.
    ///
    /// # Errors
    /// If Filo stops meanwhile.
    pub async fn deliver_webhooks(&self) -> Result<()> {
        let (answer, done) = oneshot::channel();
        let sending = &self.shared().hearing.sending;
        sending.asked.lock().push(answer);
        sending.wake();
        let stopped = |_closed| Error::Internal(anyhow::anyhow!("the sender has stopped"));
        done.await.map_err(stopped)
    }
}

/// Sends until the engine stops.
pub(crate) async fn send_while_leading(app: App) {
    let mut desk = Desk {
        workers: JoinSet::new(),
        busy: HashSet::new(),
        waiting: Vec::new(),
        pruned_at: Timestamp::MIN,
        app,
    };
    while desk.app.progress().fault.is_none() {
        let sleep = match desk.look().await {
            Ok(sleep) => sleep,
            Err(error) => {
                tracing::warn!(%error, "what is due to webhooks could not be read");
                Some(AFTER_FAULT)
            }
        };
        desk.wait(sleep).await;
    }
}

struct Desk {
    workers: JoinSet<WebhookId>,
    busy: HashSet<WebhookId>,
    /// Who waits until nothing is due.
    waiting: Vec<oneshot::Sender<()>>,
    pruned_at: Timestamp,
    app: App,
}

impl Desk {
    /// Sets a worker to each webhook with something due; says how long nothing will be.
    async fn look(&mut self) -> Result<Option<Duration>> {
        let shared = self.app.shared();
        self.waiting
            .append(&mut shared.hearing.sending.asked.lock());
        let hearers = shared.hearing.hearers();
        let now = self.app.now();
        let mut next: Option<Timestamp> = None;
        for hearer in hearers.iter() {
            if self.busy.contains(&hearer.id) {
                continue;
            }
            let mut tx = shared.db.read().await?;
            match webhook_delivery::next_due(&mut tx, hearer.id).await? {
                Some(due) if due <= now => {
                    self.busy.insert(hearer.id);
                    self.workers.spawn(work(self.app.clone(), hearer.id));
                }
                Some(due) => next = Some(next.map_or(due, |next| next.min(due))),
                None => {}
            }
        }
        if now.micros_since(self.pruned_at) > PRUNE_EVERY_S * 1_000_000 && !hearers.is_empty() {
            let mut tx = shared.db.begin().await?;
            webhook_delivery::prune(&mut tx, now.plus_seconds(-KEPT_S)).await?;
            tx.commit().await?;
            self.pruned_at = now;
        }
        if self.workers.is_empty() {
            for answer in self.waiting.drain(..) {
                // Whoever asked may have given up.
                let _ = answer.send(());
            }
        }
        Ok(next.map(|due| {
            let micros = u64::try_from(due.micros_since(now)).unwrap_or(0);
            Duration::from_micros(micros.max(1_000)).min(SLEEP_MOST)
        }))
    }

    async fn wait(&mut self, sleep: Option<Duration>) {
        let shared = self.app.shared();
        tokio::select! {
            () = shared.hearing.sending.wake.notified() => {}
            Some(ended) = self.workers.join_next(), if !self.workers.is_empty() => match ended {
                Ok(id) => drop(self.busy.remove(&id)),
                Err(error) => {
                    tracing::error!(%error, "a sender of webhooks broke off");
                    // Which one is not known: what is claimed is due again by itself.
                    self.workers.abort_all();
                    self.busy.clear();
                }
            },
            () = tokio::time::sleep(sleep.unwrap_or(SLEEP_MOST)) => {}
        }
    }
}

/// Sends what is due to one webhook, one after the other.
async fn work(app: App, id: WebhookId) -> WebhookId {
    loop {
        match send_next(&app, id).await {
            Ok(true) => {}
            Ok(false) => return id,
            Err(error) => {
                tracing::warn!(webhook = %id, %error, "a delivery could not be worked on");
                tokio::time::sleep(AFTER_FAULT).await;
                return id;
            }
        }
    }
}

/// A claimed try.
struct Claimed {
    row: DeliveryRow,
    url: String,
    secrets: Vec<Vec<u8>>,
}

/// Tries the next delivery; false if none is due.
async fn send_next(app: &App, id: WebhookId) -> Result<bool> {
    let Some(claimed) = claim(app, id).await? else {
        return Ok(false);
    };
    let Claimed { row, url, secrets } = claimed;
    let now = app.now();
    let tried = wire::send(&app.shared().client, &url, &secrets, &row, now).await;
    settle(app, row, &tried).await?;
    Ok(true)
}

/// Claims the delivery that has been due longest.
async fn claim(app: &App, id: WebhookId) -> Result<Option<Claimed>> {
    let now = app.now();
    let mut tx = app.shared().db.begin().await?;
    loop {
        let webhook = webhook::get(&mut tx, id).await?;
        let Some(webhook) = webhook.filter(|webhook| webhook.enabled) else {
            return Ok(None);
        };
        let Some(mut row) = webhook_delivery::first_due(&mut tx, id, now).await? else {
            tx.commit().await?;
            return Ok(None);
        };
        let client = &app.shared().client;
        let target = client.target(&webhook.url).ok();
        if let Some(until) = target.and_then(|target| client.closed_until(&target, now)) {
            webhook_delivery::postpone(&mut tx, id, until).await?;
            tx.commit().await?;
            return Ok(None);
        }
        if row.tries >= TRIES_MOST {
            // Filo died during the last try.
            row.status = DeliveryStatus::Failed;
            webhook_delivery::settle(&mut tx, &row).await?;
            continue;
        }
        let again = next_try(row.tries + 1, now, app.spare_id());
        let again = again.unwrap_or(now.plus_seconds(60));
        if !webhook_delivery::claim(&mut tx, &row, now, again).await? {
            continue;
        }
        let secrets = secrets(app, &mut tx, &webhook, now).await?;
        tx.commit().await?;
        row.tries += 1;
        row.due_at = again;
        row.tried_at = Some(now);
        return Ok(Some(Claimed {
            row,
            url: webhook.url,
            secrets,
        }));
    }
}

async fn secrets(
    app: &App,
    tx: &mut Tx<'_>,
    webhook: &WebhookRow,
    now: Timestamp,
) -> Result<Vec<Vec<u8>>> {
    let row = webhook.id.to_bytes();
    let mut secrets = Vec::with_capacity(2);
    secrets.extend(app.vault().reveal(tx, SECRET, row).await?);
    if webhook.previous_until.is_some_and(|until| now < until) {
        secrets.extend(app.vault().reveal(tx, PREVIOUS_SECRET, row).await?);
    }
    Ok(secrets)
}

/// Writes down how a try ended, and what it means for the webhook.
async fn settle(app: &App, mut row: DeliveryRow, tried: &Tried) -> Result<()> {
    let now = app.now();
    let mut tx = app.shared().db.begin().await?;
    row.answer_status = tried.status;
    row.answer = Some(tried.text.clone());
    if tried.succeeded() {
        row.status = DeliveryStatus::Delivered;
    } else if row.tries >= TRIES_MOST {
        row.status = DeliveryStatus::Failed;
    } else {
        row.due_at = row.due_at.max(now.plus_seconds(tried.retry_after_s));
    }
    webhook_delivery::settle(&mut tx, &row).await?;
    // It may have been removed meanwhile.
    let Some(mut webhook) = webhook::get(&mut tx, row.webhook).await? else {
        tx.commit().await?;
        return Ok(());
    };
    if tried.succeeded() {
        webhook.failing_since = None;
        webhook.failures = 0;
        webhook.last_success_at = Some(now);
    } else {
        webhook.failing_since.get_or_insert(now);
        webhook.failures += 1;
        webhook.last_failure_at = Some(now);
    }
    webhook::save_health(&mut tx, &webhook).await?;
    let reason = reason_to_stop(&webhook, tried, now);
    let Some(reason) = reason.filter(|_| webhook.enabled) else {
        tx.commit().await?;
        return Ok(());
    };
    webhook::disable(&mut tx, webhook.id, reason).await?;
    let subject = webhook.id.to_string();
    let detail = format!(r#"{{"webhook":"{subject}","reason":"{reason}"}}"#);
    let at = (&**app.chance(), now);
    let opened = raise(&mut tx, ("webhook_disabled", &subject), &detail, at).await?;
    let hearers = app.shared().hearing.hearers();
    let news: Vec<_> = opened.into_iter().collect();
    tell(&mut tx, &hearers, &news, at).await?;
    lease::notify_changed(&mut tx).await?;
    tx.commit().await?;
    app.refresh_webhooks().await;
    Ok(())
}

/// Why nothing more should be sent, as a word that does not change.
fn reason_to_stop(webhook: &WebhookRow, tried: &Tried, now: Timestamp) -> Option<&'static str> {
    if tried.is_gone() {
        return Some("gone");
    }
    let since = webhook.failing_since?;
    (now.micros_since(since) >= PATIENCE_S * 1_000_000).then_some("failing")
}
