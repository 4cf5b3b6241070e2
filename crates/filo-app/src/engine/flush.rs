//! Moving applied events from the log to the lake, and keeping the lake's files few.
//!
//! **Invariant:** the files, the new "in the lake up to" and the forgetting of the log's rows
//! belong together: files become part of the lake in a checkpoint's transaction, and only then
//! are rows dropped. A crash in between leaves a file that nobody lists; it is swept at start.

use std::time::Duration;

use anyhow::Context;
use filo_core::event::{Event, Head};
use filo_lake::LakeFile;
use filo_store::log;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::run::{Engine, receive};
use super::standing::Shared;
use super::tail::Place;
use crate::log_row::{Spot, Unpacked};

/// With this many events more in the growing generation, compaction waits: writing what is new
/// comes first.
const BUSY_SHARE: usize = 2;

/// A disk that refused a file is not asked again before.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Files that are on disk and wait for their transaction.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    pub(crate) add: Vec<LakeFile>,
    pub(crate) remove: Vec<String>,
    /// The row of the log up to which events are in the lake, if that changes.
    pub(crate) upto: Option<i64>,
}

impl Written {
    fn add(&mut self, later: Self) {
        self.add.extend(later.add);
        self.remove.extend(later.remove);
        self.upto = later.upto.or(self.upto);
    }
}

/// Where the lake's work stands: one job at a time writes, what is written waits for the next
/// checkpoint.
#[derive(Debug, Default)]
pub(crate) struct Flushing {
    job: Option<oneshot::Receiver<anyhow::Result<Written>>>,
    ready: Option<Written>,
    listing: bool,
    /// When the last job failed, unless one has succeeded since.
    failed_at: Option<Instant>,
}

impl Flushing {
    /// Nothing is under way and nothing waits.
    pub(crate) fn is_idle(&self) -> bool {
        self.job.is_none() && self.ready.is_none() && !self.listing
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.ready.is_some()
    }

    pub(crate) fn is_writing(&self) -> bool {
        self.job.is_some()
    }

    /// When what could not be written may be tried again; nothing if nothing failed.
    pub(crate) fn retry_at(&self) -> Option<Instant> {
        self.failed_at.map(|failed_at| failed_at + RETRY_AFTER)
    }

    /// Takes the files that wait, if any, to be listed by a checkpoint.
    pub(crate) fn list(&mut self) -> Option<Written> {
        let written = self.ready.take();
        self.listing = written.is_some();
        written
    }

    /// Files wait for a checkpoint: new ones, or those of one that could not be written.
    pub(crate) fn wait(&mut self, written: Written) {
        self.listing = false;
        match &mut self.ready {
            Some(ready) => ready.add(written),
            None => self.ready = Some(written),
        }
    }

    /// The outcome of the job that writes, or never.
    pub(crate) async fn done(&mut self) -> anyhow::Result<anyhow::Result<Written>> {
        let outcome = receive(self.job.as_mut()).await;
        self.job = None;
        outcome
    }
}

impl Engine {
    /// Starts a job of the lake if one is due.
    pub(crate) fn plan_flush(&mut self) {
        if self.flushing.is_writing() {
            return;
        }
        let (growing, frozen) = {
            let live = self.shared.live.read();
            (live.tail.growing_len(), live.tail.has_frozen())
        };
        let wanted = self.emptying.iter().any(|(seq, _)| *seq > self.written);
        let behind = self.applied > self.written;
        let old = growing > 0 && self.flushed_at.elapsed() >= self.pace.flush_after;
        let waits = self
            .flushing
            .retry_at()
            .is_some_and(|at| at > Instant::now());
        if !frozen && behind && (wanted || old) {
            self.shared.live.write().tail.freeze(self.applied);
            self.start_flush();
        } else if frozen && (wanted || !waits) {
            self.start_flush();
        } else if !frozen
            && !waits
            && self.flushing.is_idle()
            && (!self.emptying.is_empty() || growing * BUSY_SHARE < self.pace.flush_events)
            && let Some(inputs) = self.shared.lake.compaction()
        {
            self.start_compaction(inputs);
        }
    }

    /// Ends the growing generation when it is full, so that no flush holds more events than
    /// that, however far behind the lake is.
    pub(crate) fn close_generation(&self, seq: i64) {
        let mut live = self.shared.live.write();
        if live.tail.growing_len() >= self.pace.flush_events {
            live.tail.freeze(seq);
        }
    }

    pub(crate) fn start_flush(&mut self) {
        let Some((upto, places)) = self.shared.live.read().tail.frozen() else {
            return;
        };
        let from = self.written;
        let serial = self.serial();
        let shared = self.shared.clone();
        self.flushed_at = Instant::now();
        self.spawn_job(move |handle| {
            let gathered = handle.block_on(Gathered::collect(&shared, &places, from, upto))?;
            let lake = &shared.lake;
            let add = lake.write_in_order(gathered.in_order(), (from + 1, upto), serial)?;
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
        self.flushing.job = Some(outcome);
    }

    /// A number no other file of the lake has in its name.
    pub(crate) fn serial(&self) -> u64 {
        u64::try_from(self.chance.draw() >> 80).unwrap_or_default()
    }

    pub(crate) fn finish_writing(&mut self, written: anyhow::Result<Written>) {
        match written {
            Ok(written) => {
                self.flushing.failed_at = None;
                if let Some(upto) = written.upto {
                    self.written = upto;
                    self.shared.live.write().tail.mark_written(upto);
                }
                self.flushing.wait(written);
            }
            Err(error) => {
                // The events are safe in the log; the next attempt writes them.
                tracing::error!(error = %format!("{error:#}"), "the lake could not be written");
                self.flushing.failed_at = Some(Instant::now());
                self.flushed_at = Instant::now();
                self.emptying.clear();
            }
        }
    }

    /// The files are listed: readers see them, and the log lets go of their rows.
    pub(crate) fn finish_listing(&mut self, written: &Written) -> anyhow::Result<()> {
        self.flushing.listing = false;
        self.shared.lake.publish(&written.add, &written.remove)?;
        let Some(upto) = written.upto else {
            return Ok(());
        };
        self.shared.live.write().tail.forget(upto);
        self.shared
            .progress
            .send_modify(|progress| progress.flushed = upto);
        if self.shared.log_is_held() {
            // They are dropped with the next ones.
            return Ok(());
        }
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

/// The accepted events of a stretch of the log: its rows unpacked, the events still encoded,
/// which is a third of the memory.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    rows: Vec<Unpacked>,
    /// By row of `rows`.
    events: Vec<(Head, u32, Spot)>,
}

impl Gathered {
    /// Reads the events at these places, in order of the log.
    pub(crate) async fn collect(
        shared: &Shared,
        places: &[Place],
        from: i64,
        upto: i64,
    ) -> anyhow::Result<Self> {
        let mut gathered = Self::default();
        gathered.events.reserve_exact(places.len());
        let mut wanted = places
            .chunk_by(|one, other| one.seq == other.seq)
            .peekable();
        // What an earlier attempt left unwritten begins further back.
        let mut last = places.first().map_or(from, |first| first.seq - 1);
        while last < upto && wanted.peek().is_some() {
            let rows = log::after(&shared.db, last, 256, 4 << 20).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows.into_iter().take_while(|row| row.seq <= upto) {
                last = row.seq;
                if let Some(places) = wanted.next_if(|places| places[0].seq == row.seq) {
                    gathered.add(&row.payload, places)?;
                }
            }
        }
        if let Some(missing) = wanted.next() {
            anyhow::bail!("row {} of the log is missing", missing[0].seq);
        }
        Ok(gathered)
    }

    fn add(&mut self, payload: &[u8], places: &[Place]) -> anyhow::Result<()> {
        let row = Unpacked::new(payload)?;
        let spots = row.spots()?;
        let number = u32::try_from(self.rows.len())?;
        for place in places {
            let (head, spot) = spots
                .get(place.position as usize)
                .with_context(|| format!("row {} holds too few events", place.seq))?;
            self.events.push((*head, number, *spot));
        }
        self.rows.push(row);
        Ok(())
    }

    /// Its events one after the other, sorted by thread, time and id.
    pub(crate) fn in_order(mut self) -> impl Iterator<Item = anyhow::Result<Event>> {
        self.events
            .sort_unstable_by_key(|(head, _, _)| (head.thread, head.at, head.id));
        let rows = self.rows;
        self.events
            .into_iter()
            .map(move |(_, row, spot)| rows[row as usize].read(spot))
    }
}
