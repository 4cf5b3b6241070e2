//! Group commit: requests that arrive while the disk is busy share the next write.
//!
//! **Invariant (I1):** a request is answered after its row is on disk, fsynced. If the write
//! fails nobody is told it happened; a fault that leaves the log in doubt closes it for good.

use std::sync::Arc;

use filo_store::log;
use tokio::sync::{mpsc, oneshot};

use crate::admission::{Admission, Permit};
use crate::clock::Clock;
use crate::engine::{Arrival, Input, Shared};
use crate::error::Busy;
use crate::log_row::Packer;

/// A group takes no more requests beyond this, so that one commit stays short.
const GROUP_BYTES_MOST: usize = 4 << 20;

/// How often a group lets the tasks run that are ready, to take their requests along.
const TURNS_MOST: usize = 4;

/// One request's events, encoded, on their way to the log.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) frame: Vec<u8>,
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) permit: Permit,
    pub(crate) answer: oneshot::Sender<Result<i64, Busy>>,
}

/// Writes groups to the log and passes them on to the engine.
pub(crate) struct Committer {
    pub(crate) shared: Arc<Shared>,
    pub(crate) clock: Clock,
    pub(crate) admission: Arc<Admission>,
    pub(crate) engine: mpsc::Sender<Input>,
    pub(crate) packer: Packer,
}

impl Committer {
    /// Writes groups until the last sender is gone.
    pub(crate) async fn run(mut self, mut requests: mpsc::Receiver<Pending>) {
        let mut last_count = 0;
        while let Some(first) = requests.recv().await {
            let mut group = Group::of(first);
            group.gather(&mut requests);
            // Requests that have arrived and are not parsed yet would find the disk busy one by
            // one: where there are others, they get their turn first. Nobody waits for time to
            // pass.
            let mut before = 0;
            let mut turns = 0;
            while turns < TURNS_MOST && group.len() > before && group.len().max(last_count) > 1 {
                before = group.len();
                turns += 1;
                tokio::task::yield_now().await;
                group.gather(&mut requests);
            }
            last_count = group.len();
            self.commit(group).await;
        }
    }

    async fn commit(&mut self, mut group: Group) {
        match self.write(&mut group.pending).await {
            Ok(seq) => {
                self.shared.note_committed(seq);
                self.pass_on(seq, group).await;
            }
            Err(error) => self.refuse(&error, group),
        }
    }

    async fn write(&mut self, group: &mut [Pending]) -> anyhow::Result<i64> {
        let frames: Vec<Vec<u8>> = group
            .iter_mut()
            .map(|pending| std::mem::take(&mut pending.frame))
            .collect();
        let events: usize = group.iter().map(|pending| pending.arrivals.len()).sum();
        let payload = self.packer.pack(&frames)?;
        drop(frames);
        let events = u32::try_from(events).unwrap_or(u32::MAX);
        Ok(log::append(&self.shared.db, self.clock.now(), events, &payload).await?)
    }

    async fn pass_on(&self, seq: i64, group: Group) {
        let mut arrivals = Vec::new();
        let mut permits = Vec::with_capacity(group.len());
        let mut answers = Vec::with_capacity(group.len());
        for mut pending in group.pending {
            if arrivals.is_empty() {
                // Most rows of batches hold one: it is handed on as it is.
                arrivals = pending.arrivals;
            } else {
                arrivals.append(&mut pending.arrivals);
            }
            permits.push(pending.permit);
            answers.push(pending.answer);
        }
        for answer in answers {
            // A client that has gone away does not hear that its events are safe.
            let _ = answer.send(Ok(seq));
        }
        let committed = Input::Committed {
            seq,
            arrivals,
            permits,
        };
        // The engine is only gone when it stopped on a fault; the log keeps what it has not
        // applied, and the next start applies it.
        drop(self.engine.send(committed).await);
    }

    fn refuse(&self, error: &anyhow::Error, group: Group) {
        tracing::error!(error = %format!("{error:#}"), "the log could not be written");
        match error.downcast_ref::<filo_store::Error>() {
            Some(error) if error.is_full() => self.admission.disk_full(true),
            Some(error) if !error.is_fatal() => {}
            _ => self.admission.fault(),
        }
        let busy = self.admission.refusal();
        for pending in group.pending {
            let _ = pending.answer.send(Err(busy));
        }
    }
}

/// Requests that share a row of the log.
struct Group {
    pending: Vec<Pending>,
    bytes: usize,
}

impl Group {
    fn of(first: Pending) -> Self {
        Self {
            bytes: first.frame.len(),
            pending: vec![first],
        }
    }

    fn len(&self) -> usize {
        self.pending.len()
    }

    /// Takes what waits, up to the size of a group.
    fn gather(&mut self, requests: &mut mpsc::Receiver<Pending>) {
        while self.bytes < GROUP_BYTES_MOST
            && let Ok(next) = requests.try_recv()
        {
            self.bytes += next.frame.len();
            self.pending.push(next);
        }
    }
}
