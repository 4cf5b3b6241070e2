//! Moving applied events from the log to the lake, and keeping the lake's files few.
//!
//! **Invariant:** the files, the new "in the lake up to" and the forgetting of the log's rows
//! belong together: files become part of the lake in a checkpoint's transaction, and only then
//! are rows dropped. A crash in between leaves a file that nobody lists; it is swept at start.

use std::collections::HashMap;

use filo_core::event::Event;
use filo_lake::LakeFile;
use filo_store::log;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::run::{Engine, receive};
use super::standing::Shared;
use super::tail::Place;
use crate::log_row::Unpacked;

/// With this many events more in the growing generation, compaction waits: writing what is new
/// comes first.
const BUSY_SHARE: usize = 2;

/// Files that are on disk and wait for their transaction.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    pub(crate) add: Vec<LakeFile>,
    pub(crate) remove: Vec<String>,
    /// The row of the log up to which events are in the lake, if that changes.
    pub(crate) upto: Option<i64>,
}

/// At most one job of the lake at a time.
#[derive(Debug)]
pub(crate) enum Flushing {
    /// Nothing under way.
    Idle,
    /// A thread writes files.
    Writing(oneshot::Receiver<anyhow::Result<Written>>),
    /// Files wait for the next checkpoint.
    Ready(Written),
    /// The checkpoint that lists them is being written.
    Listing,
}

impl Flushing {
    pub(crate) fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    pub(crate) fn is_ready(&self) -> bool {
        matches!(self, Self::Ready(_))
    }

    pub(crate) fn is_writing(&self) -> bool {
        matches!(self, Self::Writing(_))
    }

    /// Takes the files that wait, if any, to be listed by a checkpoint.
    pub(crate) fn list(&mut self) -> Option<Written> {
        match std::mem::replace(self, Self::Listing) {
            Self::Ready(written) => Some(written),
            other => {
                *self = other;
                None
            }
        }
    }

    /// The outcome of the job that writes, or never.
    pub(crate) async fn done(&mut self) -> anyhow::Result<anyhow::Result<Written>> {
        match self {
            Self::Writing(job) => receive(Some(job)).await,
            Self::Idle | Self::Ready(_) | Self::Listing => std::future::pending().await,
        }
    }
}

impl Engine {
    /// Starts a job of the lake if one is due.
    pub(crate) fn plan_flush(&mut self) {
        if !self.flushing.is_idle() {
            return;
        }
        let growing = self.shared.live.read().tail.growing_len();
        let wanted = self
            .emptying
            .iter()
            .any(|(seq, _)| *seq > self.saved.flushed);
        let behind = self.applied > self.saved.flushed;
        let old = growing > 0 && self.flushed_at.elapsed() >= self.pace.flush_after;
        if behind && (wanted || growing >= self.pace.flush_events || old) {
            self.start_flush();
        } else if (!self.emptying.is_empty() || growing * BUSY_SHARE < self.pace.flush_events)
            && let Some(inputs) = self.shared.lake.compaction()
        {
            self.start_compaction(inputs);
        }
    }

    fn start_flush(&mut self) {
        let places = self.shared.live.write().tail.freeze();
        let (from, upto) = (self.saved.flushed, self.applied);
        let serial = self.serial();
        let shared = self.shared.clone();
        self.flushed_at = Instant::now();
        self.spawn_job(move |handle| {
            let events = handle.block_on(collect(&shared, &places, from, upto))?;
            let add = if events.is_empty() {
                Vec::new()
            } else {
                shared.lake.write(&events, (from + 1, upto), serial)?
            };
            Ok(Written {
                add,
                remove: Vec::new(),
                upto: Some(upto),
            })
        });
    }

    fn start_compaction(&mut self, inputs: Vec<LakeFile>) {
        let serial = self.serial();
        let shared = self.shared.clone();
        self.spawn_job(move |_| {
            let add = shared.lake.compact(&inputs, serial)?;
            let remove = inputs.into_iter().map(|file| file.name).collect();
            Ok(Written {
                add,
                remove,
                upto: None,
            })
        });
    }

    fn spawn_job(
        &mut self,
        job: impl FnOnce(&tokio::runtime::Handle) -> anyhow::Result<Written> + Send + 'static,
    ) {
        let (answer, outcome) = oneshot::channel();
        let handle = tokio::runtime::Handle::current();
        let inner = handle.clone();
        handle.spawn_blocking(move || {
            // The engine is gone only at the end of the program.
            drop(answer.send(job(&inner)));
        });
        self.flushing = Flushing::Writing(outcome);
    }

    /// A number no other file of the lake has in its name.
    fn serial(&self) -> u64 {
        u64::try_from(self.chance.draw() >> 80).unwrap_or_default()
    }

    pub(crate) fn finish_writing(&mut self, written: anyhow::Result<Written>) {
        match written {
            Ok(written) => self.flushing = Flushing::Ready(written),
            Err(error) => {
                // The events are safe in the log; the next attempt writes them.
                tracing::error!(error = %format!("{error:#}"), "the lake could not be written");
                self.flushing = Flushing::Idle;
                self.emptying.clear();
            }
        }
    }

    /// The files are listed: readers see them, and the log lets go of their rows.
    pub(crate) fn finish_listing(&mut self, written: &Written) -> anyhow::Result<()> {
        self.flushing = Flushing::Idle;
        self.shared.lake.publish(&written.add, &written.remove)?;
        let Some(upto) = written.upto else {
            return Ok(());
        };
        self.shared.live.write().tail.forget_frozen();
        self.shared
            .progress
            .send_modify(|progress| progress.flushed = upto);
        let shared = self.shared.clone();
        tokio::runtime::Handle::current().spawn(async move {
            if let Err(error) = log::drop_through(&shared.db, upto).await {
                // They are dropped with the next ones.
                tracing::warn!(%error, "flushed rows of the log could not be dropped");
            }
        });
        Ok(())
    }
}

/// Reads the accepted events of a stretch of the log.
pub(crate) async fn collect(
    shared: &Shared,
    places: &[Place],
    from: i64,
    upto: i64,
) -> anyhow::Result<Vec<Event>> {
    let mut wanted: HashMap<i64, Vec<u32>> = HashMap::new();
    for place in places {
        wanted.entry(place.seq).or_default().push(place.position);
    }
    let mut events = Vec::with_capacity(places.len());
    let mut last = from;
    while last < upto {
        let rows = log::after(&shared.db, last, 256, 4 << 20).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows.into_iter().take_while(|row| row.seq <= upto) {
            last = row.seq;
            if let Some(positions) = wanted.remove(&row.seq) {
                events.append(&mut Unpacked::new(&row.payload)?.pick(&positions)?);
            }
        }
    }
    anyhow::ensure!(
        wanted.is_empty(),
        "rows {:?} of the log are missing",
        wanted.keys()
    );
    Ok(events)
}
