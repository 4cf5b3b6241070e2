//! When the engine checkpoints, and what it does when the disk is full.
//!
//! **Invariant:** whoever waits for a checkpoint gets one at once; nobody waits for time to pass
//! while there is work that could be done.

use std::time::Duration;

use tokio::time::Instant;

use super::run::Engine;
use crate::error::BusyReason;

/// Under low load a checkpoint follows each pause this long, so state is on disk at once.
pub(crate) const QUIET: Duration = Duration::from_millis(20);
/// Under a steady low load a checkpoint follows each second, or lists and search would lag.
const CALM: Duration = Duration::from_secs(1);
/// A message that a step says is in the outbox so soon: somebody waits for it.
const SPOKEN: Duration = Duration::from_millis(200);
/// That is low: writing the customers of so few events costs little.
const CALM_EVENTS: usize = 4_000;
/// Under high load checkpoints are gathered: each customer is then written once for many events.
const CHECKPOINT_AFTER: Duration = Duration::from_secs(10);
/// So many events make one due in any case: replaying them after a crash takes about two seconds.
const UNSAVED_MOST: usize = 500_000;
/// More changed nodes than this make a checkpoint due.
const DIRTY_MOST: usize = 500_000;
/// Memory over its budget by this part of it holds input back until a checkpoint has been
/// written: what has changed since cannot be forgotten before.
const OVER_BUDGET_SHARE: usize = 4;
/// While input is held back, memory is looked at so often.
const HELD_LOOK: Duration = Duration::from_millis(5);
/// How often write-ahead files are looked at under load.
const TENDED_AFTER: Duration = Duration::from_secs(1);
/// How often a full disk is looked at again.
const DISK_LOOK: Duration = Duration::from_secs(2);
/// Room at which a disk is no longer full.
const ROOM_BYTES: u64 = 256 << 20;

impl Engine {
    fn is_urgent(&self) -> bool {
        self.stopping.is_some()
            || !self.settling.is_empty()
            || !self.emptying.is_empty()
            || !self.looking.is_empty()
    }

    pub(crate) fn is_dirty(&self) -> bool {
        self.applied > self.saved.applied
            || self.flushing.is_ready()
            || self.ways.has_unsaved()
            || !self.shared.live.read().seating.is_empty()
    }

    pub(crate) fn checkpoint_is_due(&self) -> bool {
        if self.saving.is_some() || self.lease.is_none() || !self.is_dirty() {
            return false;
        }
        let since = self.saved_at.elapsed();
        if self.admission.closed() == Some(BusyReason::DiskFull) && since < DISK_LOOK {
            return false;
        }
        self.is_urgent()
            || since >= CHECKPOINT_AFTER
            || self.unsaved >= UNSAVED_MOST
            || (self.is_over_budget() && self.shared.live.read().is_mostly_unsaved())
            || self.shared.live.read().dirty.len() >= DIRTY_MOST
            || (since >= CALM && self.unsaved <= CALM_EVENTS)
            || (since >= SPOKEN && self.unsaved <= CALM_EVENTS && self.ways.has_said())
            || (since >= CALM && self.shared.live.read().has_news())
            || (since >= QUIET && self.input_at.elapsed() >= QUIET)
    }

    /// Whether what comes in has to wait, because what has changed fills the memory and is being
    /// written.
    pub(crate) fn holds_back(&self) -> bool {
        let most = self.pace.memory_bytes + self.pace.memory_bytes / OVER_BUDGET_SHARE;
        self.saving.is_some() && self.shared.live.read().memory_bytes > most
    }

    /// Whether the store's write-ahead files may have grown: under load they do so long before a
    /// checkpoint ends.
    pub(crate) fn tending_is_due(&self) -> bool {
        self.unsaved > 0 && self.tended_at.elapsed() >= TENDED_AFTER
    }

    /// Lets the store tidy its write-ahead files beside the work, not inside somebody's commit.
    pub(crate) fn tend(&mut self) {
        if self
            .tending
            .as_ref()
            .is_some_and(|tending| !tending.is_finished())
        {
            return;
        }
        self.tended_at = Instant::now();
        let db = self.shared.db.clone();
        self.tending = Some(tokio::runtime::Handle::current().spawn(async move {
            if let Err(error) = db.tend().await {
                // The writers do it themselves then, later.
                tracing::warn!(%error, "the write-ahead files could not be tidied");
            }
        }));
    }

    /// Closes the front door and gives the ballast up, so that what is under way can end.
    pub(crate) fn run_out_of_disk(&mut self) {
        self.admission.disk_full(true);
        self.saved_at = Instant::now();
        if let Err(error) = self.shared.db.release_ballast() {
            tracing::error!(%error, "the ballast could not be released");
        }
    }

    /// Opens the front door again when the disk has room.
    pub(crate) fn look_at_disk(&self) {
        if self.admission.closed() != Some(BusyReason::DiskFull) {
            return;
        }
        let folder = self.shared.db.folder();
        let room = folder.map_or(u64::MAX, |folder| {
            filo_store::free_bytes(folder).unwrap_or(0)
        });
        if room >= ROOM_BYTES {
            match self.shared.db.restore_ballast() {
                Ok(()) => self.admission.disk_full(false),
                Err(error) => tracing::error!(%error, "the ballast could not be restored"),
            }
        }
    }

    pub(crate) fn next_deadline(&self) -> Option<Instant> {
        if self.admission.closed() == Some(BusyReason::DiskFull) {
            return Some(Instant::now() + DISK_LOOK);
        }
        if self.has_rules_to_follow() || self.has_to_fill() || self.has_to_call() {
            return Some(Instant::now());
        }
        let wake_at = self.next_wake().into_iter().chain(self.next_going()).min();
        if self.holds_back() {
            return wake_at
                .into_iter()
                .chain([Instant::now() + HELD_LOOK])
                .min();
        }
        if self.saving.is_some() {
            return wake_at;
        }
        if self.is_dirty() {
            let save_at = self.saved_at.max(self.input_at) + QUIET;
            return wake_at.into_iter().chain([save_at]).min();
        }
        let tail_waits = self.flushing.is_idle() && self.shared.live.read().tail.growing_len() > 0;
        let flush_at = tail_waits.then(|| self.flushed_at + self.pace.flush_after);
        // A time that has passed has been seen to already.
        let retry_at = self.flushing.retry_at().filter(|at| *at > Instant::now());
        flush_at.into_iter().chain(retry_at).chain(wake_at).min()
    }
}
