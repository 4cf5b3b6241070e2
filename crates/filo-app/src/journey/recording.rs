//! Putting on threads what journeys record: after the checkpoint that says so, as events like any
//! other.
//!
//! **Invariant:** each event is on the log once, whoever dies meanwhile: its row goes when it is
//! there, and sent twice it is one event.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use compact_str::CompactString;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{CustomerId, EventId};
use filo_core::identity::Identifier;
use filo_store::journey::event::{self, JourneyEventRow};
use tokio::sync::Notify;

use super::JOURNEY_SOURCE;
use crate::app::App;
use crate::engine::Input;
use crate::error::Result;

/// Events put on the log together.
const BATCH: u32 = 200;
/// How long to wait after something went wrong.
const AGAIN: Duration = Duration::from_secs(1);

/// Whether events wait for their way to the log.
#[derive(Debug)]
pub(crate) struct Recording {
    wanted: Notify,
    /// How often it was said that there are some, and up to which of these all were done.
    said: AtomicU64,
    done: AtomicU64,
}

impl Default for Recording {
    fn default() -> Self {
        Self {
            wanted: Notify::new(),
            // What a run before this one left is looked for first.
            said: AtomicU64::new(1),
            done: AtomicU64::new(0),
        }
    }
}

impl Recording {
    /// There are events.
    pub(crate) fn wake(&self) {
        self.said.fetch_add(1, Ordering::AcqRel);
        self.wanted.notify_one();
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.done.load(Ordering::Acquire) < self.said.load(Ordering::Acquire)
    }
}

/// Puts events on the log for as long as this node applies it.
pub(crate) async fn record_while_leading(app: App) {
    loop {
        let said = app.shared().recording.said.load(Ordering::Acquire);
        match app.record_waiting().await {
            Ok(0) => {
                app.shared().recording.done.store(said, Ordering::Release);
                // Who waits for everything to be done is answered on a look.
                let nudge = Input::Wake(app.shared().committed());
                if app.tell_engine().send(nudge).await.is_err() {
                    return;
                }
                app.shared().recording.wanted.notified().await;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "what journeys record could not be put on the log");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

impl App {
    /// Puts some of what waits on the log; how much.
    async fn record_waiting(&self) -> Result<usize> {
        let rows = {
            let mut tx = self.shared().db.read().await?;
            event::waiting(&mut tx, BATCH).await?
        };
        if rows.is_empty() {
            return Ok(0);
        }
        let ids: Vec<EventId> = rows.iter().map(|row| row.id).collect();
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            events.extend(self.event_of(row).await?);
        }
        self.decide_all(events).await?;
        let mut tx = self.shared().db.begin().await?;
        event::take(&mut tx, &ids).await?;
        tx.commit().await?;
        Ok(ids.len())
    }

    /// The event of a row; nothing if its thread is no more.
    async fn event_of(&self, row: JourneyEventRow) -> Result<Option<Event>> {
        let Some(view) = self.customer(CustomerId::from(row.thread)).await? else {
            return Ok(None);
        };
        let known = view
            .identifiers
            .iter()
            .find(|known| known.node == row.thread);
        let Some(known) = known else {
            return Ok(None);
        };
        let identifier = Identifier {
            kind: known.kind,
            value: known.value.clone(),
        };
        let Some(kind) = EventKind::from_word(&row.kind) else {
            return Ok(None);
        };
        Ok(Some(Event {
            id: row.id,
            thread: row.thread,
            at: row.at,
            received_at: self.now(),
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Verified,
            channel: Channel::Server,
            source: JOURNEY_SOURCE,
            message_id: CompactString::from(row.id.to_string()),
            name: CompactString::from(row.name),
            identifiers: [identifier].into_iter().collect(),
            properties: row.properties.into_boxed_str(),
            context: format!(r#"{{"run":"{}"}}"#, row.run).into_boxed_str(),
        }))
    }
}
