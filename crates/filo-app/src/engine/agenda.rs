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
pub(super) const KEPT_MOST: u32 = 20_000;
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
pub(super) type Wake = (Timestamp, CustomerId);

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
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        let first = self.next.first().copied().or(self.horizon);
        first.is_none_or(|(at, _)| at <= now)
    }

    /// Forgets everything: it is read again when it is needed.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether the tables must be read to know who is due.
    pub(super) fn is_to_be_read(&self, now: Timestamp) -> bool {
        let is_read = |horizon: Wake| !self.next.is_empty() || horizon.0 > now;
        !self.horizon.is_some_and(is_read)
    }

    /// Takes in what the tables say comes next: all there is, if it is fewer than were asked for.
    pub(super) fn take_in(&mut self, rows: Vec<Wake>) {
        let is_all = rows.len() < KEPT_MOST as usize;
        let last = rows.last().copied().filter(|_| !is_all);
        self.horizon = last.or(Some(END));
        self.next.extend(rows);
    }

    /// The first instant at which somebody is due; nothing if the tables know.
    pub(super) fn first(&self) -> Option<Timestamp> {
        let horizon = self.horizon?;
        Some(self.next.first().copied().unwrap_or(horizon).0)
    }

    pub(super) fn due(&mut self, now: Timestamp) -> Vec<CustomerId> {
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
        let Some(first) = self.agenda.first() else {
            return Some(Instant::now());
        };
        self.on_machine(first)
    }

    /// An instant on the machine's clock; nothing for never.
    pub(super) fn on_machine(&self, at: Timestamp) -> Option<Instant> {
        if at == Timestamp::MAX {
            return None;
        }
        let micros = at.micros_since(self.clock.now()).max(0).unsigned_abs();
        Some(Instant::now() + Duration::from_micros(micros).min(WAIT_MOST))
    }

    /// Whether something that is due about segments is not done and written yet.
    pub(crate) fn is_behind(&self) -> bool {
        let is_due =
            || !self.shared.live.read().book.is_empty() && self.agenda.is_due(self.clock.now());
        let is_busy = self.has_to_fill() || self.saving.is_some() || self.has_unsaved();
        is_busy || is_due() || self.ways_are_behind()
    }

    /// Looks at those whose instant has come.
    pub(crate) async fn keep_agenda(&mut self) -> anyhow::Result<()> {
        if self.shared.live.read().book.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        if self.agenda.is_to_be_read(now) {
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
        let rows = rows.into_iter().map(|(customer, at)| (at, customer));
        self.agenda.take_in(rows.collect());
        Ok(())
    }
}
