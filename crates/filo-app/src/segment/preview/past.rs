//! What happened before anybody looked out for it: read from the lake and from what is not in it
//! yet.
//!
//! **Invariant:** an event that is found in both, because it moved meanwhile, is one mark.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ahash::HashMap;
use compact_str::CompactString;
use filo_core::event::{Event, EventKind};
use filo_core::id::NodeId;
use filo_core::segment::{Field, Signals, Traces};
use filo_lake::{Called, Fold, Texts};
use tokio::runtime::Handle;

use crate::app::App;
use crate::engine::Shared;
use crate::tail::Tail;

/// With more events in the lake they are looked up thread by thread, for a part of everybody.
const EVENTS_MOST: u64 = 6_000_000;
/// Marks that are held at once, about 40 bytes each: beyond it the lake is looked up as well.
const MARKS_MOST: usize = 4_000_000;
/// Threads that read the lake.
const WORKERS: usize = 2;

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
        let fold = move || fold_tail(&tail, &shared, &signals, &handle);
        let tail = tokio::task::spawn_blocking(fold);
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
            let mut found = fold_tail(&tail, &shared, &past.signals, &handle)?;
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

fn fold_tail(
    tail: &Tail,
    shared: &Shared,
    signals: &Signals,
    handle: &Handle,
) -> anyhow::Result<HashMap<NodeId, Traces>> {
    let mut found = HashMap::default();
    tail.each(shared, handle, |event| note(&mut found, event, signals))?;
    Ok(found)
}

fn note(found: &mut HashMap<NodeId, Traces>, event: &Event, signals: &Signals) {
    if signals.of(event).next().is_some() {
        found.entry(event.thread).or_default().fold(event, signals);
    }
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
