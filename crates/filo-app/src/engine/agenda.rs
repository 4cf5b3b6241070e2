//! When to look at whom again: the engine sleeps until the first of these instants.
//!
//! **Invariant:** everybody whose instant lies before [`Agenda::horizon`] is in memory; those
//! behind it are in the tables.

use std::collections::BTreeSet;
use std::time::Duration;

use filo_core::id::{CustomerId, NodeId};
use filo_core::time::Timestamp;
use filo_store::segment::member;
use tokio::time::Instant;

use super::run::Engine;
use super::stir::Stir;

/// Instants kept in memory, and read from the tables at a time.
const KEPT_MOST: u32 = 20_000;
/// Customers looked at before anything else has its turn.
const BATCH: usize = 256;
/// The clock may be set and the machine may sleep: longer waits are taken in such pieces.
const WAIT_MOST: Duration = Duration::from_secs(60);

/// The next instants.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    next: BTreeSet<Wake>,
    /// Up to here everything is in `next`; nothing has been read yet if it is none.
    horizon: Option<Wake>,
}

/// When whom: at midnight there are many at once.
type Wake = (Timestamp, CustomerId);

/// Behind every wake.
const END: Wake = (Timestamp::MAX, CustomerId(u128::MAX));

impl Agenda {
    /// Notes when customers are to be looked at.
    pub(crate) fn note(&mut self, wakes: Vec<Wake>) {
        let Some(horizon) = self.horizon else {
            return;
        };
        self.next
            .extend(wakes.into_iter().filter(|wake| *wake <= horizon));
        while self.next.len() > 2 * KEPT_MOST as usize {
            // The last ones are in the tables, or will be with the next checkpoint.
            self.next.pop_last();
            self.horizon = self.next.last().copied();
        }
    }

    /// Whether somebody is to be looked at now, as far as is known.
    fn is_due(&self, now: Timestamp) -> bool {
        let first = self.next.first().copied().or(self.horizon);
        first.is_none_or(|(at, _)| at <= now)
    }

    /// Forgets everything: it is read again when it is needed.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    fn due(&mut self, now: Timestamp) -> Vec<CustomerId> {
        let mut due = Vec::new();
        while due.len() < BATCH
            && let Some((at, customer)) = self.next.first().copied()
            && at <= now
        {
            self.next.pop_first();
            due.push(customer);
        }
        due
    }
}

impl Engine {
    /// When somebody's segments are to be looked at again, on the machine's clock.
    pub(crate) fn next_wake(&self) -> Option<Instant> {
        if self.shared.live.read().book.is_empty() {
            return None;
        }
        let Some(horizon) = self.agenda.horizon else {
            return Some(Instant::now());
        };
        let (first, _) = self.agenda.next.first().copied().unwrap_or(horizon);
        if first == Timestamp::MAX {
            return None;
        }
        let micros = first.micros_since(self.clock.now()).max(0).unsigned_abs();
        Some(Instant::now() + Duration::from_micros(micros).min(WAIT_MOST))
    }

    /// Whether something that is due about segments is not done and written yet.
    pub(crate) fn is_behind(&self) -> bool {
        let is_due =
            || !self.shared.live.read().book.is_empty() && self.agenda.is_due(self.clock.now());
        self.has_to_fill() || self.saving.is_some() || self.has_unsaved() || is_due()
    }

    /// Looks at those whose instant has come.
    pub(crate) async fn keep_agenda(&mut self) -> anyhow::Result<()> {
        if self.shared.live.read().book.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        let is_read = |horizon: Wake| !self.agenda.next.is_empty() || horizon.0 > now;
        if !self.agenda.horizon.is_some_and(is_read) {
            self.read_agenda().await?;
        }
        let due = self.agenda.due(now);
        if due.is_empty() {
            return Ok(());
        }
        let rules = self.shared.rules();
        let nodes = due.iter().map(|customer| NodeId::from(*customer));
        self.load(nodes.clone(), rules.suspect_links).await?;
        let wakes = {
            let mut live = self.shared.live.write();
            for id in nodes {
                live.stir(id, Stir::timed());
            }
            live.settle_segments(now)
        };
        self.agenda.note(wakes);
        Ok(())
    }

    /// Reads the next instants. What no checkpoint has yet is written first.
    async fn read_agenda(&mut self) -> anyhow::Result<()> {
        if self.saving.is_some() || self.has_unsaved() {
            self.checkpoint_now().await?;
        }
        let rows = {
            let mut tx = self.shared.db.read().await?;
            member::waking(&mut tx, KEPT_MOST).await?
        };
        let last = rows.last().map(|(customer, at)| (*at, *customer));
        let is_all = rows.len() < KEPT_MOST as usize;
        self.agenda.horizon = last.filter(|_| !is_all).or(Some(END));
        let rows = rows.into_iter().map(|(customer, at)| (at, customer));
        self.agenda.next.extend(rows);
        Ok(())
    }
}
