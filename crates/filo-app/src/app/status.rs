//! How Filo is doing, for whoever watches over it.

use super::App;
use crate::engine::Progress;
use crate::error::BusyReason;

/// How Filo is doing.
#[derive(Debug, Clone)]
pub struct Status {
    /// Takes events and answers.
    pub ready: bool,
    /// This node applies events; another one does if not.
    pub leader: bool,
    /// Last row of the log that is on disk.
    pub committed: i64,
    /// Last row that readers see.
    pub applied: i64,
    /// Last row that is in the tables.
    pub checkpointed: i64,
    /// Last row that is in the lake.
    pub flushed: i64,
    /// Bytes between network and engine.
    pub waiting_bytes: usize,
    /// Identifiers in memory.
    pub nodes_in_memory: usize,
    /// Memory they take, about.
    pub memory_bytes: usize,
    /// Applied events that are not yet in the lake.
    pub tail_events: usize,
    /// Events recognised as repeated since the start.
    pub duplicates: u64,
    /// Why nothing is taken in, if so.
    pub closed: Option<BusyReason>,
    /// What stopped the engine, if anything.
    pub fault: Option<String>,
}

impl App {
    /// How Filo is doing.
    #[must_use]
    pub fn status(&self) -> Status {
        let progress = self.progress();
        let live = self.0.shared.live.read();
        let closed = self.0.admission.closed();
        Status {
            ready: closed.is_none() && progress.fault.is_none(),
            leader: progress.leader,
            committed: self.0.shared.committed(),
            applied: progress.applied,
            checkpointed: progress.checkpointed,
            flushed: progress.flushed,
            waiting_bytes: self.0.admission.waiting_bytes(),
            nodes_in_memory: live.nodes.len(),
            memory_bytes: live.memory_bytes,
            tail_events: live.tail.len(),
            duplicates: progress.duplicates,
            closed,
            fault: progress.fault,
        }
    }

    pub(crate) fn progress(&self) -> Progress {
        self.0.shared.progress.borrow().clone()
    }

    pub(crate) fn is_leader(&self) -> bool {
        self.0.shared.progress.borrow().leader
    }
}
