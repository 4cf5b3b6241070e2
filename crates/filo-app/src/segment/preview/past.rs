//! What happened before anybody looked out for it: read from the lake and from what is not in it
//! yet.
//!
//! **Invariant:** an event that is found in both, because it moved meanwhile, is one mark.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ahash::HashMap;
use anyhow::Context;
use compact_str::CompactString;
use filo_core::event::{Event, EventKind};
use filo_core::id::NodeId;
use filo_core::segment::{Field, Signals, Traces};
use filo_lake::{Called, Fold, Texts};
use filo_store::{log, position};
use tokio::runtime::Handle;

use crate::app::App;
use crate::engine::{Place, Shared};
use crate::log_row::Unpacked;

/// With more events in the lake they are looked up thread by thread, for a part of everybody.
const EVENTS_MOST: u64 = 6_000_000;
/// Marks that are held at once, about 40 bytes each: beyond it the lake is looked up as well.
const MARKS_MOST: usize = 4_000_000;
/// Threads that read the lake.
const WORKERS: usize = 2;
/// Rows and bytes of the log that are read at once.
const LOG_ROWS: usize = 256;
const LOG_BYTES: usize = 4 << 20;

/// What the threads' traces do not hold.
#[derive(Debug, Default)]
pub(crate) struct Past {
    signals: Arc<Signals>,
    found: HashMap<NodeId, Traces>,
    /// The lake is asked for each page of customers.
    is_looked_up: bool,
}

impl Past {
    /// Reads what happened of these signals.
    pub(super) async fn gather(app: &App, signals: &Signals) -> anyhow::Result<Self> {
        let mut past = Self {
            signals: Arc::new(signals.clone()),
            ..Self::default()
        };
        if signals.is_empty() {
            return Ok(past);
        }
        // Before the lake, so that nothing is missed that moves there meanwhile.
        let tail = Tail::of(app).await?;
        let shared = Arc::clone(app.shared());
        let signals = Arc::clone(&past.signals);
        let handle = Handle::current();
        let tail = tokio::task::spawn_blocking(move || tail.fold(&shared, &signals, &handle));
        let lake = app.shared().lake.clone();
        past.is_looked_up = lake.stats().rows > EVENTS_MOST;
        if !past.is_looked_up {
            let gathering = Gathering::new(Arc::clone(&past.signals));
            let folding = move || lake.fold(&gathering, WORKERS, None);
            match tokio::task::spawn_blocking(folding).await?? {
                Some(found) => past.found = found,
                None => past.is_looked_up = true,
            }
        }
        for (thread, traces) in tail.await?? {
            past.found.entry(thread).or_default().merge(&traces);
        }
        Ok(past)
    }

    /// What happened of these signals on some threads.
    pub(crate) async fn of_threads(
        app: &App,
        signals: &Signals,
        threads: Vec<NodeId>,
    ) -> anyhow::Result<HashMap<NodeId, Traces>> {
        let past = Self {
            signals: Arc::new(signals.clone()),
            ..Self::default()
        };
        // Before the lake, so that nothing is missed that moves there meanwhile.
        let tail = Tail::of(app).await?;
        let (shared, handle) = (Arc::clone(app.shared()), Handle::current());
        let read = move || {
            let mut found = tail.fold(&shared, &past.signals, &handle)?;
            for (thread, traces) in past.look_up(&shared, &threads)? {
                found.entry(thread).or_default().merge(&traces);
            }
            anyhow::Ok(found)
        };
        tokio::task::spawn_blocking(read).await?
    }

    /// Whether threads have to be named before what happened on them is known.
    pub(super) const fn is_looked_up(&self) -> bool {
        self.is_looked_up
    }

    /// What is known of a thread already.
    pub(super) fn of(&self, thread: NodeId) -> Option<&Traces> {
        self.found.get(&thread)
    }

    /// What the lake has of some threads.
    pub(super) fn look_up(
        &self,
        shared: &Shared,
        threads: &[NodeId],
    ) -> anyhow::Result<HashMap<NodeId, Traces>> {
        let mut found = HashMap::default();
        shared.lake.search(Some(threads), None, &mut |event| {
            note(&mut found, event, &self.signals);
            false
        })?;
        Ok(found)
    }
}

fn note(found: &mut HashMap<NodeId, Traces>, event: &Event, signals: &Signals) {
    if signals.of(event).next().is_some() {
        found.entry(event.thread).or_default().fold(event, signals);
    }
}

/// Events that are applied and not in the lake.
struct Tail {
    from: i64,
    upto: i64,
    /// Where they stand; on a node that does not apply, wherever they are.
    places: Option<Vec<Place>>,
    /// Rows of the log stay while this lives.
    _hold: Arc<()>,
}

impl Tail {
    async fn of(app: &App) -> anyhow::Result<Self> {
        let shared = app.shared();
        let hold = Arc::clone(&shared.log_hold);
        if app.is_leader() {
            let places = shared.live.read().tail.all_places();
            let ends = places.first().zip(places.last());
            let (from, upto) = ends.map_or((0, 0), |(first, last)| (first.seq - 1, last.seq));
            return Ok(Self {
                from,
                upto,
                places: Some(places),
                _hold: hold,
            });
        }
        let reached = {
            let mut tx = shared.db.read().await?;
            position::load(&mut tx).await?
        };
        shared.reload_lake().await?;
        Ok(Self {
            from: reached.flushed,
            upto: reached.applied,
            places: None,
            _hold: hold,
        })
    }

    fn fold(
        &self,
        shared: &Shared,
        signals: &Signals,
        handle: &Handle,
    ) -> anyhow::Result<HashMap<NodeId, Traces>> {
        let mut found = HashMap::default();
        let mut rest = self.places.as_deref().unwrap_or_default();
        let mut last = self.from;
        while last < self.upto {
            let rows = handle.block_on(log::after(&shared.db, last, LOG_ROWS, LOG_BYTES))?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter().take_while(|row| row.seq <= self.upto) {
                let end = rest.partition_point(|place| place.seq <= row.seq);
                let (places, others) = rest.split_at(end);
                rest = others;
                let is_wanted = self.places.is_none() || !places.is_empty();
                if is_wanted {
                    let places = self.places.is_some().then_some(places);
                    read(&row.payload, places, |event| {
                        note(&mut found, event, signals);
                    })
                    .with_context(|| format!("reading row {} of the log", row.seq))?;
                }
            }
            last = rows.last().map_or(self.upto, |row| row.seq);
        }
        Ok(found)
    }
}

/// Shows events of a row: those at some places of it, or every one.
fn read(
    payload: &[u8],
    places: Option<&[Place]>,
    mut show: impl FnMut(&Event),
) -> anyhow::Result<()> {
    let row = Unpacked::new(payload)?;
    let Some(places) = places else {
        row.events()?.iter().for_each(show);
        return Ok(());
    };
    let spots = row.spots()?;
    for place in places {
        let spot = spots.get(place.position as usize);
        let (_, spot) = spot.context("it holds too few events")?;
        show(&row.read(*spot)?);
    }
    Ok(())
}

/// Traces of every thread; nothing if they are too many to hold.
struct Gathering {
    signals: Arc<Signals>,
    marks: AtomicUsize,
}

impl Gathering {
    fn new(signals: Arc<Signals>) -> Self {
        Self {
            signals,
            marks: AtomicUsize::new(0),
        }
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.signals.iter().flat_map(|signal| {
            let filters = signal.pattern().filters.iter();
            filters.map(|filter| &filter.field).chain(signal.field())
        })
    }
}

impl Fold for Gathering {
    type Partial = HashMap<NodeId, Traces>;
    type Output = Option<HashMap<NodeId, Traces>>;

    fn start(&self) -> Self::Partial {
        HashMap::default()
    }

    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, events: &[Event]) {
        let mut traces = Traces::default();
        for event in events {
            traces.fold(event, &self.signals);
        }
        if traces.is_empty() {
            return;
        }
        let before = self.marks.fetch_add(events.len(), Ordering::Relaxed);
        if before <= MARKS_MOST {
            partial.insert(thread, traces);
        }
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        // Each thread is visited once.
        into.extend(from);
    }

    fn finish(&self, partial: Self::Partial) -> Self::Output {
        (self.marks.load(Ordering::Relaxed) <= MARKS_MOST).then_some(partial)
    }

    fn texts(&self) -> Texts {
        Texts {
            identifiers: false,
            properties: self.fields().any(|it| matches!(it, Field::Property(_))),
            context: self.fields().any(|it| matches!(it, Field::Context(_))),
        }
    }

    fn called(&self) -> Option<Called> {
        let name = |signal: &filo_core::segment::Signal| -> (EventKind, CompactString) {
            (signal.pattern().kind, signal.pattern().name.clone())
        };
        Some(Called::new(self.signals.iter().map(name)))
    }
}
