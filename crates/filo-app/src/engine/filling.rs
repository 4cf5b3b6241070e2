//! Looking at everybody for segments that are new or were changed, in bounded steps between the
//! batches of events.
//!
//! **Invariant:** from the moment a definition counts, new events are folded under it; what
//! happened before is read from lake and log, and marks that are found twice are one mark. So a
//! walk that was cut off begins again and nothing is counted twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::HashMap;
use compact_str::CompactString;
use filo_core::event::Event;
use filo_core::id::{ComputedTraitId, JourneyId, NodeId, SegmentId};
use filo_core::journey;
use filo_core::segment::{Book, Occasion, Places, Signals, Traces};
use filo_store::{computed_trait, identity, segment};
use tokio::sync::oneshot;

use super::flush::Gathered;
use super::live::Live;
use super::run::Engine;
use super::stir::Stir;
use crate::error::BusyReason;

/// Identifiers of one step.
const STEP: u32 = 500;
/// Identifiers settled under one hold of the lock.
const CHUNK: usize = 128;
/// Changed nodes after which a step writes what it has.
const DIRTY_MOST: usize = 20_000;

/// What everybody is to be looked at for, with the versions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unfilled {
    pub(crate) segments: BTreeMap<SegmentId, i64>,
    /// Computed traits by key: only what happened before is gathered for them.
    pub(crate) computed: BTreeMap<CompactString, (ComputedTraitId, i64)>,
    /// Journeys: what their conditions ask of the past is gathered.
    pub(crate) journeys: BTreeMap<JourneyId, i64>,
}

impl Unfilled {
    fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.computed.is_empty() && self.journeys.is_empty()
    }

    fn ids(&self) -> BTreeSet<SegmentId> {
        self.segments.keys().copied().collect()
    }
}

/// A book with what of it everybody is to be looked at for.
#[derive(Debug)]
pub(crate) struct NewBook {
    pub(crate) book: Arc<Book>,
    pub(crate) journeys: Arc<journey::Book>,
    pub(crate) unfilled: Unfilled,
    pub(crate) answer: oneshot::Sender<()>,
}

/// A walk under way.
#[derive(Debug)]
pub(crate) struct Filling {
    unfilled: Unfilled,
    after: NodeId,
    /// What of the past is not on the threads yet.
    signals: Arc<Signals>,
}

impl Engine {
    /// Lets another book count, for new events at once.
    pub(crate) async fn open_book(&mut self, new: NewBook) -> anyhow::Result<()> {
        let NewBook {
            book,
            journeys,
            unfilled,
            answer,
        } = new;
        let mut fresh = Signals::default();
        {
            let mut live = self.shared.live.write();
            let known = Arc::clone(&live.book);
            let was_filling = self.filling.is_some();
            // While a walk is under way nothing is known to be whole.
            let is_noted = |key| !was_filling && known.signals().contains(key);
            // What was only watched is not known whole; who only watches does not ask for that.
            let is_enough =
                |key| is_noted(key) && (book.only_watches(key) || !known.only_watches(key));
            let signals = book.signals().iter();
            fresh.extend(signals.filter(|signal| !is_enough(signal.key())));
            let was_whole =
                |id: &SegmentId| known.place(*id).is_some() && !live.filling.contains(id);
            let was_known = |id: &SegmentId| was_whole(id) || live.refilling.contains(id);
            let again = unfilled.ids().into_iter().filter(was_known).collect();
            live.refill(unfilled.ids(), again);
            live.book = book;
            live.journeys = journeys;
        }
        self.agenda.forget();
        self.open_ways();
        if !fresh.is_empty() {
            self.trace_tail(&fresh).await?;
        }
        self.fill(unfilled, fresh);
        // Whoever asked may have given up.
        let _ = answer.send(());
        Ok(())
    }

    /// Begins with a book before anything is applied.
    pub(crate) fn adopt_book(
        &mut self,
        book: Arc<Book>,
        journeys: Arc<journey::Book>,
        unfilled: Unfilled,
    ) {
        let mut signals = Signals::default();
        for id in unfilled.segments.keys() {
            signals.extend(book.signals_of(*id));
        }
        let recipes = &book.scene().computed;
        let counted = unfilled.computed.keys().filter_map(|key| recipes.get(key));
        signals.extend(counted.filter_map(|recipe| recipe.signal()));
        if !unfilled.journeys.is_empty() {
            signals.extend(book.signals_of_asked().iter());
        }
        {
            let mut live = self.shared.live.write();
            live.refill(unfilled.ids(), BTreeSet::new());
            live.book = book;
            live.journeys = journeys;
        }
        self.open_ways();
        self.fill(unfilled, signals);
    }

    /// Everybody is looked at for every segment: the state was made anew, with all its traces.
    pub(crate) async fn fill_all(&mut self) -> anyhow::Result<()> {
        let (rows, computed) = {
            let mut tx = self.shared.db.read().await?;
            (
                segment::list(&mut tx).await?,
                computed_trait::list(&mut tx).await?,
            )
        };
        let standing = rows.into_iter().filter(|row| row.archived_at.is_none());
        // Values are worked out when they are read: only who was under way is to be ended.
        let waiting = computed
            .into_iter()
            .filter(|row| row.archived_at.is_none() && row.filled_at.is_none());
        let days: Vec<(SegmentId, i64)> = {
            let live = self.shared.live.read();
            live.journeys.days().map(|(id, _)| (id, 0)).collect()
        };
        let unfilled = Unfilled {
            segments: standing
                .map(|row| (row.id, row.version))
                .chain(days)
                .collect(),
            computed: waiting
                .map(|row| (row.key.into(), (row.id, row.version)))
                .collect(),
            journeys: self.unfilled_journeys(),
        };
        let mut live = self.shared.live.write();
        live.refill(unfilled.ids(), BTreeSet::new());
        drop(live);
        self.agenda.forget();
        self.fill(unfilled, Signals::default());
        Ok(())
    }

    fn fill(&mut self, unfilled: Unfilled, signals: Signals) {
        self.shared.live.write().counting = unfilled.computed.keys().cloned().collect();
        self.filling = (!unfilled.is_empty()).then(|| Filling {
            unfilled,
            after: NodeId(0),
            signals: Arc::new(signals),
        });
        self.tell_filling();
    }

    fn tell_filling(&self) {
        let filled = self.filling.as_ref().map(|filling| {
            // Ids are spread evenly, so how far the walk has come is where it stands among them.
            u32::try_from(filling.after.0 / (u128::MAX / 1_000)).unwrap_or(0)
        });
        self.shared
            .progress
            .send_modify(|progress| progress.filled_thousandths = filled);
    }

    /// Whether somebody is still to be looked at.
    pub(crate) fn has_to_fill(&self) -> bool {
        self.stopping.is_none()
            && self.filling.is_some()
            && self.admission.closed() != Some(BusyReason::DiskFull)
    }

    /// Folds what the log has and the lake has not.
    async fn trace_tail(&mut self, signals: &Signals) -> anyhow::Result<()> {
        let places = self.shared.live.read().tail.all_places();
        let shared = Arc::clone(&self.shared);
        let (from, upto) = (self.saved.flushed, self.applied);
        let tail = Gathered::collect(&shared, &places, from, upto).await?;
        let mut found = Found::default();
        for event in tail.in_order() {
            found.fold(&event?, signals);
        }
        let mut threads: Vec<NodeId> = found.0.keys().copied().collect();
        threads.sort_unstable();
        for step in threads.chunks(STEP as usize) {
            let suspect_links = self.shared.rules().suspect_links;
            self.load(step.iter().copied(), suspect_links).await?;
            let mut live = self.shared.live.write();
            for id in step {
                live.take_traces(*id, &mut found);
            }
        }
        Ok(())
    }

    /// Takes one step of the walk.
    pub(crate) async fn fill_step(&mut self) -> anyhow::Result<()> {
        let Some(filling) = &self.filling else {
            return Ok(());
        };
        let (after, signals) = (filling.after, Arc::clone(&filling.signals));
        // The walk goes through the tables, and who came before it must stand there.
        if after == NodeId(0) && !self.write_all().await? {
            return Ok(());
        }
        let page: Vec<NodeId> = {
            let mut tx = self.shared.db.read().await?;
            let page = identity::node_page(&mut tx, after, STEP).await?;
            page.into_iter().map(|row| row.id).collect()
        };
        let Some(last) = page.last().copied() else {
            return self.end_filling().await;
        };
        let mut found = Found::default();
        if !signals.is_empty() {
            let (shared, threads) = (Arc::clone(&self.shared), page.clone());
            let read = move || {
                let mut found = Found::default();
                shared.lake.search(Some(&threads), None, &mut |event| {
                    found.fold(event, &signals);
                    false
                })?;
                Ok::<_, anyhow::Error>(found)
            };
            found = tokio::runtime::Handle::current()
                .spawn_blocking(read)
                .await??;
        }
        let suspect_links = self.shared.rules().suspect_links;
        self.load(page.iter().copied(), suspect_links).await?;
        let now = self.clock.now();
        for chunk in page.chunks(CHUNK) {
            let mut live = self.shared.live.write();
            let places = live.unfilled_places();
            for id in chunk {
                live.take_traces(*id, &mut found);
                if !places.is_empty() {
                    live.stir(*id, Stir::at(Occasion::Change, places.clone()));
                }
            }
            let wakes = live.settle_segments(now);
            parking_lot::RwLockWriteGuard::unlock_fair(live);
            self.agenda.note(wakes);
        }
        if self.shared.live.read().dirty.len() >= DIRTY_MOST {
            self.checkpoint_now().await?;
        }
        if let Some(filling) = &mut self.filling {
            filling.after = last;
        }
        self.tell_filling();
        Ok(())
    }

    /// Everybody has been looked at.
    async fn end_filling(&mut self) -> anyhow::Result<()> {
        let now = self.clock.now();
        // If the disk is full, it ends when there is room.
        if !self.write_all().await? {
            return Ok(());
        }
        let (Some(filling), Some(lease)) = (self.filling.take(), &mut self.lease) else {
            return Ok(());
        };
        let mut tx = lease.begin().await?;
        for (id, version) in &filling.unfilled.segments {
            segment::filled(&mut tx, *id, *version, now).await?;
        }
        for (id, version) in filling.unfilled.computed.values() {
            computed_trait::filled(&mut tx, *id, *version, now).await?;
        }
        for (id, version) in &filling.unfilled.journeys {
            filo_store::journey::filled(&mut tx, *id, *version, now).await?;
        }
        tx.commit().await?;
        {
            let mut live = self.shared.live.write();
            live.refill(BTreeSet::new(), BTreeSet::new());
            live.counting.clear();
            live.journeys = Arc::new(live.journeys.filled());
        }
        self.tell_filling();
        Ok(())
    }
}

/// Traces by thread.
#[derive(Debug, Default)]
struct Found(HashMap<NodeId, Traces>);

impl Found {
    fn fold(&mut self, event: &Event, signals: &Signals) {
        if signals.of(event).next().is_some() {
            self.0.entry(event.thread).or_default().fold(event, signals);
        }
    }
}

impl Live {
    fn take_traces(&mut self, id: NodeId, found: &mut Found) {
        let Some(traces) = found.0.remove(&id) else {
            return;
        };
        if let Some(node) = self.nodes.get_mut(&id) {
            node.beside.get_or_insert_default().traces.merge(&traces);
            self.soil(id);
        }
    }

    /// Everybody is to be looked at for these segments. Of those whose members were known until
    /// they were changed, who comes in and leaves by it is told; of others only what happens from
    /// now on is.
    fn refill(&mut self, filling: BTreeSet<SegmentId>, refilling: BTreeSet<SegmentId>) {
        self.filling = filling;
        self.refilling = refilling;
    }

    fn unfilled_places(&self) -> Places {
        let places = self.filling.iter().filter_map(|id| self.book.place(*id));
        places.collect()
    }
}
