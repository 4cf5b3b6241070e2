//! The dispatcher: on the node that applies the log, one desk that lets messages through the gate,
//! hands them over side by side, and writes down how that ended. Woken by what is planned, by
//! what has ended, and by the next due time.
//!
//! **Invariant (I2):** what was claimed when everything stopped is not handed over again if it is
//! marketing; a person is shown it.

use std::sync::Arc;
use std::time::Duration;

use filo_core::time::Timestamp;
use filo_store::message::claim;
use parking_lot::Mutex;
use tokio::sync::{MutexGuard, Notify, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::settling::Ended;
use crate::app::App;
use crate::error::{Error, Result};

/// Messages on their way at a time: what a crash leaves of marketing is shown to a person.
const HANDING_MOST: usize = 128;
/// With so many hands free what has ended is written down: many share what a look at the tables
/// and a wait for the disk cost.
const FREE_ENOUGH: usize = HANDING_MOST / 2;
/// So long after the first of them ended it is written down all the same.
const GATHERED: Duration = Duration::from_millis(10);
/// After a fault of the tables.
const AFTER_FAULT: Duration = Duration::from_secs(1);
/// Longest sleep: a clock that was set is noticed after it.
const SLEEP_MOST: Duration = Duration::from_secs(3_600);

/// How the dispatcher is woken and asked.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    wake: Notify,
    asked: Mutex<Vec<oneshot::Sender<()>>>,
    /// Held by who is at the gate: what goes through is counted before the next one is weighed.
    gate: tokio::sync::Mutex<()>,
    /// Held by who looks for something to show: two pages of one person are not shown two things.
    showing: tokio::sync::Mutex<()>,
    /// What was shown and could not be written down.
    unwritten: Mutex<Vec<Ended>>,
}

impl Outbox {
    /// Something may be due.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// A place at the gate, when it is free.
    pub(super) async fn gate(&self) -> MutexGuard<'_, ()> {
        self.gate.lock().await
    }

    /// The leave to show something, when nobody else has it.
    pub(super) async fn showing(&self) -> MutexGuard<'_, ()> {
        self.showing.lock().await
    }

    /// Leaves to the desk what could not be written down.
    pub(super) fn leave(&self, ended: impl IntoIterator<Item = Ended>) {
        self.unwritten.lock().extend(ended);
        self.wake();
    }
}

impl App {
    /// Waits until every message that is due now has been to the gate, and what went through has
    /// been handed over.
    ///
    /// # Errors
    /// If Filo stops meanwhile.
    pub async fn send_messages(&self) -> Result<()> {
        let (answer, done) = oneshot::channel();
        let outbox = &self.shared().outbox;
        outbox.asked.lock().push(answer);
        outbox.wake();
        let stopped = |_closed| Error::Internal(anyhow::anyhow!("the dispatcher has stopped"));
        done.await.map_err(stopped)
    }
}

/// Dispatches until the engine stops.
pub(crate) async fn dispatch_while_leading(app: App) {
    let mut desk = Desk {
        handing: JoinSet::new(),
        ended: Vec::new(),
        waiting: Vec::new(),
        has_looked_back: false,
        app,
    };
    while desk.app.progress().fault.is_none() {
        let sleep = match desk.look().await {
            Ok(sleep) => sleep,
            Err(error) => {
                tracing::warn!(%error, "messages that are due could not be looked at");
                Some(AFTER_FAULT)
            }
        };
        desk.wait(sleep).await;
    }
}

struct Desk {
    handing: JoinSet<Ended>,
    /// What was handed over and is not written down yet.
    ended: Vec<Ended>,
    /// Who waits until nothing is due.
    waiting: Vec<oneshot::Sender<()>>,
    /// What an earlier run left behind has been seen to.
    has_looked_back: bool,
    app: App,
}

impl Desk {
    /// Lets through what is due, as far as there are hands; says how long nothing will be.
    async fn look(&mut self) -> Result<Option<Duration>> {
        let shared = self.app.shared();
        self.waiting.append(&mut shared.outbox.asked.lock());
        if !self.app.is_leader() {
            return Ok(None);
        }
        if !self.has_looked_back {
            self.app.settle_left_behind().await?;
            self.has_looked_back = true;
        }
        self.ended.append(&mut shared.outbox.unwritten.lock());
        self.app.settle_ended(&self.ended).await?;
        self.ended.clear();
        let now = self.app.now();
        self.let_through(now).await?;
        let next = self.next(now).await?;
        if self.handing.is_empty() && next.is_none_or(|next| next > now) {
            for answer in self.waiting.drain(..) {
                // Whoever asked may have given up.
                let _ = answer.send(());
            }
        }
        Ok(next.map(|due| sleep_until(due, now)))
    }

    /// When a message is due next. What stood still until it made no sense any more is so now: it
    /// comes to the gate a last time.
    async fn next(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let db = &self.app.shared().db;
        let (due, outdated) = {
            let mut tx = db.read().await?;
            let due = claim::next_due(&mut tx).await?;
            (due, claim::next_outdated(&mut tx).await?)
        };
        if outdated.is_some_and(|outdated| outdated <= now) {
            let mut tx = db.begin().await?;
            claim::outdate(&mut tx, now).await?;
            tx.commit().await?;
        }
        Ok([due, outdated].into_iter().flatten().min())
    }

    /// Lets through as many of those that are due as there are hands free.
    async fn let_through(&mut self, now: Timestamp) -> Result<()> {
        let hands = HANDING_MOST.saturating_sub(self.handing.len());
        let mut due = {
            let mut tx = self.app.shared().db.read().await?;
            let most = u32::try_from(hands).unwrap_or(u32::MAX);
            claim::due(&mut tx, now, most).await?
        };
        if due.is_empty() {
            return Ok(());
        }
        // Of those that are due at one instant, the one that was planned first.
        due.sort_unstable_by_key(|row| (row.due_at, row.planned_at, row.id));
        let carrier = Arc::new(self.app.mail_carrier().await?);
        for (row, ready) in self.app.let_through(due, None).await? {
            let (app, carrier) = (self.app.clone(), Arc::clone(&carrier));
            self.handing
                .spawn(async move { app.carry(row, ready, &carrier).await });
        }
        Ok(())
    }

    async fn wait(&mut self, sleep: Option<Duration>) {
        let has_hands = self.handing.len() < HANDING_MOST;
        let ended = tokio::select! {
            () = self.app.shared().outbox.wake.notified(), if has_hands => None,
            ended = self.handing.join_next(), if !self.handing.is_empty() => ended,
            () = tokio::time::sleep(sleep.unwrap_or(SLEEP_MOST)), if has_hands => None,
        };
        let until = Instant::now() + GATHERED;
        let mut next = ended;
        while let Some(ended) = next {
            match ended {
                Ok(ended) => self.ended.push(ended),
                Err(error) => tracing::error!(%error, "handing a message over broke off"),
            }
            next = self.handing.try_join_next();
            if next.is_none() && HANDING_MOST - self.handing.len() < FREE_ENOUGH {
                let more = tokio::time::timeout_at(until, self.handing.join_next());
                next = more.await.ok().flatten();
            }
        }
    }
}

fn sleep_until(due: Timestamp, now: Timestamp) -> Duration {
    let micros = u64::try_from(due.micros_since(now)).unwrap_or(0);
    Duration::from_micros(micros.max(1_000)).min(SLEEP_MOST)
}
