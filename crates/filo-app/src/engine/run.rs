//! The engine's loop: takes rows of the log in order, applies them, and decides when to
//! checkpoint and when to move the tail to the lake.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use filo_core::event::Event;
use filo_core::id::{EventId, NodeId};
use filo_store::lease::Lease;
use filo_store::log;
use filo_store::position::Position;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::agenda::Agenda;
use super::apply::Arrival;
use super::checkpoint::Saved;
use super::filling::Filling;
use super::flush::Flushing;
use super::hold::Hold;
use super::input::Input;
use super::load::components;
use super::pacing::QUIET;
use super::reshape::{NewRules, Reshaping};
use super::standing::Shared;
use super::tail::Place;
use super::way::Ways;
use crate::admission::Admission;
use crate::audit::entry_of;
use crate::clock::{Chance, Clock};
use crate::feed::{FeedPlace, Glimpse, Sampler};
use crate::log_row::Unpacked;

/// Events applied under one hold of the lock: about a millisecond, which is what a reader waits.
const CHUNK: usize = 256;
/// Bytes of log read at a time when catching up.
const SLICE_BYTES: usize = 16 << 20;
/// Rows of log read at a time.
const SLICE_ROWS: usize = 2_000;
/// Inputs taken before checkpoints are considered again.
const INPUTS_MOST: usize = 32;

/// When to move events from the log to the lake.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) memory_bytes: usize,
    pub(crate) flush_events: usize,
    pub(crate) flush_after: Duration,
}

/// The engine's own belongings; what others see is in [`Shared`].
pub(crate) struct Engine {
    pub(crate) shared: Arc<Shared>,
    pub(crate) admission: Arc<Admission>,
    pub(crate) chance: Arc<Chance>,
    pub(crate) clock: Clock,
    pub(crate) pace: Pace,
    /// Away while a checkpoint is being written.
    pub(crate) lease: Option<Lease>,
    pub(crate) applied: i64,
    pub(crate) saved: Position,
    pub(crate) saving: Option<oneshot::Receiver<Saved>>,
    pub(crate) saved_at: Instant,
    pub(crate) tending: Option<JoinHandle<()>>,
    pub(crate) tended_at: Instant,
    pub(crate) flushing: Flushing,
    /// The row of the log up to which files are on disk, listed or not.
    pub(crate) written: i64,
    /// When the last row came in.
    pub(crate) input_at: Instant,
    pub(crate) flushed_at: Instant,
    pub(crate) duplicates: u64,
    pub(crate) sampler: Sampler,
    /// Events applied since the last checkpoint began.
    pub(crate) unsaved: usize,
    /// Who waits for a checkpoint that holds this row of the log.
    pub(crate) settling: Vec<(i64, oneshot::Sender<()>)>,
    /// Who waits for the lake to hold this row.
    pub(crate) emptying: Vec<(i64, oneshot::Sender<()>)>,
    /// Who waits for a moment in which nothing is being saved.
    pub(crate) holding: Vec<oneshot::Sender<anyhow::Result<Hold>>>,
    /// Rules that are saved and do not count yet.
    pub(crate) new_rules: Option<NewRules>,
    /// The walk through everybody who was there before the rules were changed.
    pub(crate) reshaping: Option<Reshaping>,
    /// The walk through everybody for segments that are new or were changed.
    pub(crate) filling: Option<Filling>,
    /// When to look at whom again.
    pub(crate) agenda: Agenda,
    /// Who is on the way of which journey, as far as it is not in the tables.
    pub(crate) ways: Ways,
    /// Who waits until everything that is due was done.
    pub(crate) looking: Vec<oneshot::Sender<()>>,
    pub(crate) stopping: Option<oneshot::Sender<()>>,
    pub(crate) abandoned: bool,
    /// Last, so that whoever sees it closed sees everything else let go of.
    pub(crate) inputs: mpsc::Receiver<Input>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "Engine(applied {}, saved {:?})",
            self.applied, self.saved
        )
    }
}

impl Engine {
    /// Runs until stopped or a fault; a fault closes the front door and is shown to a person.
    pub(crate) async fn run(mut self) {
        if let Err(error) = self.work().await {
            tracing::error!(error = %format!("{error:#}"), "the engine has stopped");
            self.admission.fault();
            self.shared.progress.send_modify(|progress| {
                progress.fault = Some(format!("{error:#}"));
            });
        }
    }

    async fn work(&mut self) -> anyhow::Result<()> {
        self.recover().await?;
        loop {
            self.wait().await?;
            self.drain().await?;
            if self.abandoned {
                // A checkpoint under way ends as it would in a crash a moment later.
                if self.saving.is_some() {
                    drop(receive(self.saving.as_mut()).await);
                }
                return Ok(());
            }
            self.follow_rules().await?;
            if self.has_to_fill() {
                self.fill_step().await?;
            }
            self.keep_agenda().await?;
            self.keep_ways().await?;
            self.evict();
            self.look_at_disk();
            self.hand_out_holds().await;
            self.plan_flush();
            if self.tending_is_due() {
                self.tend();
            }
            if self.checkpoint_is_due() {
                self.start_checkpoint()?;
            }
            self.answer();
            if self.is_done() {
                if let Some(tending) = self.tending.take() {
                    // It needs the connections that are closed next.
                    drop(tending.await);
                }
                if let Some(answer) = self.stopping.take() {
                    let _ = answer.send(());
                }
                return Ok(());
            }
        }
    }

    /// Waits for the next thing to do and does what only this moment allows.
    async fn wait(&mut self) -> anyhow::Result<()> {
        let deadline = self.next_deadline();
        let holds_back = self.holds_back();
        tokio::select! {
            saved = receive(self.saving.as_mut()) => {
                self.saving = None;
                self.finish_checkpoint(saved?)?;
            }
            written = self.flushing.done() => self.finish_writing(written?),
            input = self.inputs.recv(), if !holds_back => match input {
                Some(input) => self.take(input).await?,
                None if self.stopping.is_none() => self.stopping = Some(oneshot::channel().0),
                // The front is gone and the last checkpoint is under way.
                None => tokio::time::sleep(QUIET).await,
            },
            () = tokio::time::sleep_until(deadline.unwrap_or_else(Instant::now)),
                if deadline.is_some() => {}
        }
        Ok(())
    }

    /// Takes what else has come in meanwhile.
    async fn drain(&mut self) -> anyhow::Result<()> {
        for _ in 0..INPUTS_MOST {
            if self.holds_back() {
                break;
            }
            let Ok(input) = self.inputs.try_recv() else {
                break;
            };
            self.take(input).await?;
        }
        Ok(())
    }

    async fn take(&mut self, input: Input) -> anyhow::Result<()> {
        match input {
            Input::Committed {
                seq,
                arrivals,
                permits,
            } => {
                if seq > self.applied + 1 {
                    // Another node's rows came between: they are in the log already.
                    self.catch_up(seq - 1).await?;
                }
                if seq > self.applied {
                    self.apply_row(seq, &arrivals).await?;
                }
                drop(permits);
            }
            Input::Wake(seq) => self.catch_up(seq).await?,
            Input::Settle(seq, answer) => self.settling.push((seq, answer)),
            Input::Flush(seq, answer) => self.emptying.push((seq, answer)),
            Input::Rebuild(answer) => {
                self.rebuild().await?;
                let _ = answer.send(());
            }
            Input::Remove(removal, answer) => {
                let outcome = self.remove(&removal).await?;
                // Whoever asked may have given up; it is done all the same.
                drop(answer.send(outcome));
            }
            Input::Rules(rules, answer) => self.hear_rules(rules, answer),
            Input::Segments(book) => self.open_book(book).await?,
            Input::Journeys(command, answer) => self.obey(*command, answer).await?,
            Input::Look(answer) => self.looking.push(answer),
            Input::Hold(answer) => self.holding.push(answer),
            Input::Abandon => self.abandoned = true,
            Input::Stop(answer) => self.stopping = Some(answer),
        }
        Ok(())
    }

    /// Applies rows of the log up to `last`, as far as they are there.
    pub(crate) async fn catch_up(&mut self, last: i64) -> anyhow::Result<()> {
        while self.applied < last {
            let rows = log::after(&self.shared.db, self.applied, SLICE_ROWS, SLICE_BYTES).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let events = Unpacked::new(&row.payload)
                    .and_then(|row| row.events())
                    .with_context(|| format!("row {} of the log", row.seq))?;
                let key = self.shared.key;
                let arrivals: Vec<Arrival> = events
                    .into_iter()
                    .map(|event| Arrival::new(event, &key))
                    .collect();
                self.apply_row(row.seq, &arrivals).await?;
            }
            self.evict();
            if self.reshaping.is_some() && self.is_over_budget() {
                self.empty_memory().await?;
            }
        }
        Ok(())
    }

    async fn apply_row(&mut self, seq: i64, arrivals: &[Arrival]) -> anyhow::Result<()> {
        let rules = self.shared.rules();
        self.load(
            arrivals.iter().flat_map(Arrival::needs),
            rules.suspect_links,
        )
        .await?;
        let ids: Vec<EventId> = arrivals.iter().map(|arrival| arrival.event.id).collect();
        let known = self.shared.lake.contains_many(&ids)?;
        let mut position = 0;
        let now = self.clock.now();
        for (chunk, known) in arrivals.chunks(CHUNK).zip(known.chunks(CHUNK)) {
            let mut shown = Vec::new();
            let mut live = self.shared.live.write();
            for (arrival, known) in chunk.iter().zip(known) {
                let id = arrival.event.id;
                if *known || live.tail.contains(id) {
                    self.duplicates += 1;
                } else {
                    live.apply(arrival, &rules);
                    live.entered.extend(entry_of(&arrival.event));
                    let event = &arrival.event;
                    live.volumes.count(event.source, event.received_at);
                    if let Some(unseen) = self.sampler.choose(event.source, now) {
                        shown.push((position, event, unseen));
                    }
                    live.tail.push(
                        id,
                        arrival.event.thread,
                        arrival.event.at,
                        Place { seq, position },
                    );
                }
                position += 1;
            }
            let wakes = live.settle_segments(now);
            parking_lot::RwLockWriteGuard::unlock_fair(live);
            self.agenda.note(wakes);
            self.show(seq, shown);
        }
        // Before anything is written: what was noted is in no table.
        self.go_on().await?;
        self.close_generation(seq);
        self.applied = seq;
        self.unsaved += arrivals.len();
        self.input_at = Instant::now();
        let duplicates = self.duplicates;
        self.shared.progress.send_modify(|progress| {
            progress.applied = seq;
            progress.duplicates = duplicates;
        });
        Ok(())
    }

    /// Lets those who look on see some of what was applied.
    fn show(&self, seq: i64, shown: Vec<(u32, &Event, u32)>) {
        for (position, event, unseen) in shown {
            self.shared.feed.show(Glimpse {
                place: FeedPlace { seq, position },
                event: event.clone(),
                unseen,
            });
        }
    }

    pub(crate) async fn load(
        &self,
        needed: impl Iterator<Item = NodeId>,
        suspect_links: u32,
    ) -> anyhow::Result<()> {
        let missing = self.shared.live.read().missing(needed, suspect_links);
        if missing.is_empty() {
            return Ok(());
        }
        let mut tx = self.shared.db.read().await?;
        let loaded = components(&mut tx, &missing).await?;
        self.shared.live.write().take_in(loaded);
        Ok(())
    }

    /// Answers those whose rows are where they wanted them.
    fn answer(&mut self) {
        let saved = self.saved;
        reply(&mut self.settling, saved.applied);
        if self.flushing.is_idle() {
            reply(&mut self.emptying, saved.flushed);
        }
        if !self.looking.is_empty() && !self.is_behind() {
            for answer in self.looking.drain(..) {
                let _ = answer.send(());
            }
        }
    }

    fn is_done(&self) -> bool {
        self.stopping.is_some()
            && self.saving.is_none()
            && !self.is_dirty()
            && self.inputs.is_empty()
            && !self.flushing.is_writing()
    }
}

fn reply(waiting: &mut Vec<(i64, oneshot::Sender<()>)>, reached: i64) {
    let (done, rest) = waiting.drain(..).partition(|(seq, _)| *seq <= reached);
    *waiting = rest;
    for (_, answer) in done {
        // Whoever asked may have given up.
        let _ = answer.send(());
    }
}

/// The outcome of a job, or never if there is none.
pub(crate) async fn receive<T>(job: Option<&mut oneshot::Receiver<T>>) -> anyhow::Result<T> {
    match job {
        Some(job) => job
            .await
            .context("a job of the engine ended without saying how"),
        None => std::future::pending().await,
    }
}
