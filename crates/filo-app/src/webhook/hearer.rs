//! Who hears what, in memory, so that the engine collects nothing when nobody listens.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use filo_core::id::WebhookId;
use filo_core::webhook::Topic;
use filo_store::webhook::{self, WebhookRow};
use parking_lot::RwLock;

use super::effect::Listening;
use super::sender::Sending;
use crate::app::App;
use crate::engine::Shared;

/// An enabled webhook.
#[derive(Debug, Clone)]
pub(crate) struct Hearer {
    pub(crate) id: WebhookId,
    topics: Vec<Topic>,
}

impl Hearer {
    pub(crate) fn wants(&self, topic: Topic) -> bool {
        self.topics.contains(&topic)
    }
}

/// The enabled webhooks, and the task that sends.
#[derive(Debug, Default)]
pub(crate) struct Hearing {
    hearers: RwLock<Arc<Vec<Hearer>>>,
    /// Held from reading the hearers until they count: what was read earlier never comes later.
    loading: tokio::sync::Mutex<()>,
    /// A rebuild is under way: what it applies has been told already.
    rebuilding: AtomicBool,
    pub(crate) sending: Sending,
}

impl Hearing {
    /// Whether the state is being made anew.
    pub(crate) fn is_rebuilding(&self) -> bool {
        self.rebuilding.load(Ordering::Acquire)
    }

    pub(crate) fn hearers(&self) -> Arc<Vec<Hearer>> {
        Arc::clone(&self.hearers.read())
    }
}

/// Topics as they are stored.
pub(super) fn words(topics: &[Topic]) -> String {
    let wanted = Topic::ALL.into_iter().filter(|it| topics.contains(it));
    wanted.map(Topic::word).collect::<Vec<_>>().join(" ")
}

/// Topics of their words; an unknown word is one of a newer Filo.
pub(super) fn topics(row: &WebhookRow) -> Vec<Topic> {
    let words = row.topics.split_whitespace();
    words.filter_map(Topic::from_word).collect()
}

impl Shared {
    /// Reads who hears what.
    pub(crate) async fn load_hearers(&self) -> anyhow::Result<()> {
        let _loading = self.hearing.loading.lock().await;
        let rows = {
            let mut tx = self.db.read().await?;
            webhook::list(&mut tx).await?
        };
        let hearers = rows.iter().filter(|row| row.enabled).map(|row| Hearer {
            id: row.id,
            topics: topics(row),
        });
        *self.hearing.hearers.write() = Arc::new(hearers.collect());
        self.watch();
        Ok(())
    }

    /// Lets the engine collect what is to be told, if anybody listens.
    fn watch(&self) {
        let listening = if self.hearing.hearers().is_empty() {
            Listening::Claims
        } else {
            Listening::Everything
        };
        if !self.hearing.rebuilding.load(Ordering::Acquire) {
            self.live.write().watch(listening);
        }
    }

    /// From here on nothing is collected, until [`Shared::end_rebuild`].
    pub(crate) fn begin_rebuild(&self) {
        self.hearing.rebuilding.store(true, Ordering::Release);
        self.live.write().watch(Listening::Nothing);
    }

    /// Collects again.
    pub(crate) fn end_rebuild(&self) {
        self.hearing.rebuilding.store(false, Ordering::Release);
        self.watch();
        self.audiences.doubt();
    }
}

impl App {
    /// Looks at the webhooks again: somebody changed them, here or on another node.
    pub(crate) async fn refresh_webhooks(&self) {
        if let Err(error) = self.shared().load_hearers().await {
            tracing::warn!(error = %format!("{error:#}"), "the webhooks could not be read anew");
        }
        self.shared().hearing.sending.wake();
    }
}
