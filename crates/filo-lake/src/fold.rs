//! A board over all threads, in parallel.
//!
//! Threads are hashes, so equal slices of their range hold about equally many. Each worker takes
//! a slice, merges what all files have of it, and shows each thread once.
//!
//! **Invariant:** the result does not depend on how many workers there are, if `merge` does not
//! depend on the order of its calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use compact_str::CompactString;
use filo_core::event::{Event, EventKind};
use filo_core::id::{NodeId, WorkspaceKey};
use filo_core::time::Timestamp;
use parking_lot::Mutex;

use crate::error::Result;
use crate::opened::Opened;
use crate::scan::{Look, Scan, batch_rows};
use crate::schema::Column;
use crate::writing::order;

/// Which texts of an event a fold looks at; what it does not want is empty, and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    /// `identifiers`.
    pub identifiers: bool,
    /// `properties`.
    pub properties: bool,
    /// `context`.
    pub context: bool,
}

impl Texts {
    /// All of them.
    pub const ALL: Self = Self {
        identifiers: true,
        properties: true,
        context: true,
    };

    pub(crate) fn columns(self) -> Vec<Column> {
        let wanted = |column: &Column| match column {
            Column::Identifiers => self.identifiers,
            Column::Properties => self.properties,
            Column::Context => self.context,
            Column::Thread
            | Column::At
            | Column::ReceivedAt
            | Column::OriginalAt
            | Column::ClockSuspect
            | Column::Kind
            | Column::Trust
            | Column::Channel
            | Column::Source
            | Column::Name
            | Column::MessageHead
            | Column::MessageLag
            | Column::MessageUuid => true,
        };
        Column::ALL.into_iter().filter(wanted).collect()
    }
}

/// A board over all threads: start, visit each thread once with all its events in time order,
/// merge partial results, finish.
pub trait Fold: Sync {
    /// What one worker gathers.
    type Partial: Send;
    /// The board.
    type Output;

    /// Nothing seen yet.
    fn start(&self) -> Self::Partial;
    /// One thread, with its events ordered by time and id, each once.
    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, events: &[Event]);
    /// Two workers' results are one; the order of the calls is not defined.
    fn merge(&self, into: &mut Self::Partial, from: Self::Partial);
    /// The board of everything.
    fn finish(&self, partial: Self::Partial) -> Self::Output;

    /// Which texts it needs: leaving some out makes it several times faster.
    fn texts(&self) -> Texts {
        Texts::ALL
    }

    /// Which events it looks at; nothing means all of them. What is left out is passed over
    /// undecoded, which is several times faster again.
    fn called(&self) -> Option<Called> {
        None
    }
}

/// Events by what they are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Called(Vec<(EventKind, CompactString)>);

impl Called {
    /// Events of these kinds and names; an empty name is any.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = (EventKind, CompactString)>) -> Self {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    /// Whether an event is one of them.
    pub(crate) fn holds(&self, kind: &str, name: &str) -> bool {
        let mut wanted = self.0.iter();
        wanted.any(|(one, called)| (called.is_empty() || called == name) && one.word() == kind)
    }
}

/// Slices per worker, so that an unlucky slice does not hold up the end.
const SLICES_PER_WORKER: usize = 8;
/// A smaller slice costs more in opening files than it saves.
const MIN_SLICE_ROWS: u64 = 32 * 1024;

/// What a fold goes over.
pub(crate) struct Ground<'a> {
    pub(crate) files: &'a [Arc<Opened>],
    pub(crate) key: &'a WorkspaceKey,
    /// From (included) and to (excluded), by event time.
    pub(crate) period: Option<(Timestamp, Timestamp)>,
}

/// Folds all files with so many workers.
pub(crate) fn fold<F: Fold>(ground: &Ground<'_>, fold: &F, workers: usize) -> Result<F::Output> {
    let workers = workers.max(1);
    let rows: u64 = ground.files.iter().map(|file| file.file.rows).sum();
    let slices = usize::try_from(rows / MIN_SLICE_ROWS)
        .unwrap_or(usize::MAX)
        .clamp(1, workers * SLICES_PER_WORKER);
    let next = AtomicUsize::new(0);
    let total: Mutex<Option<Result<F::Partial>>> = Mutex::new(None);
    let work = || {
        let mut partial = fold.start();
        let outcome = loop {
            let slice = next.fetch_add(1, Ordering::Relaxed);
            if slice >= slices {
                break Ok(partial);
            }
            if let Err(error) = fold_slice(ground, fold, &mut partial, threads_of(slice, slices)) {
                // The others stop at their next slice.
                next.store(slices, Ordering::Relaxed);
                break Err(error);
            }
        };
        let mut total = total.lock();
        *total = Some(match (total.take(), outcome) {
            (None, outcome) => outcome,
            (Some(Ok(mut into)), Ok(from)) => {
                fold.merge(&mut into, from);
                Ok(into)
            }
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
        });
    };
    std::thread::scope(|scope| {
        for _ in 1..workers.min(slices) {
            scope.spawn(work);
        }
        work();
    });
    let partial = total.into_inner().unwrap_or_else(|| Ok(fold.start()))?;
    Ok(fold.finish(partial))
}

/// The threads of one of `slices` equal parts, both ends included.
fn threads_of(slice: usize, slices: usize) -> (NodeId, NodeId) {
    let width = u128::MAX / slices as u128;
    let first = width * slice as u128;
    let last = if slice + 1 == slices {
        u128::MAX
    } else {
        first + width - 1
    };
    (NodeId(first), NodeId(last))
}

fn fold_slice<F: Fold>(
    ground: &Ground<'_>,
    fold: &F,
    partial: &mut F::Partial,
    threads: (NodeId, NodeId),
) -> Result<()> {
    let columns = fold.texts().columns();
    let named = fold.called().map(Arc::new);
    let batch_rows = batch_rows(ground.files.len());
    let mut scans = Vec::with_capacity(ground.files.len());
    for file in ground.files {
        let outside =
            |(from, to): (Timestamp, Timestamp)| file.file.max_at < from || file.file.min_at >= to;
        if ground.period.is_some_and(outside) {
            continue;
        }
        let look = Look {
            columns: &columns,
            named: named.as_ref(),
            batch_rows,
        };
        scans.push(Scan::open(file, ground.key, look, threads)?);
    }
    let mut events = Vec::new();
    loop {
        let mut least: Option<NodeId> = None;
        for scan in &mut scans {
            if let Some(thread) = scan.thread()? {
                least = Some(least.map_or(thread, |least| least.min(thread)));
            }
        }
        let Some(thread) = least else { return Ok(()) };
        events.clear();
        for scan in &mut scans {
            scan.take(thread, &mut events)?;
        }
        if let Some((from, to)) = ground.period {
            events.retain(|event| (from..to).contains(&event.at));
        }
        events.sort_unstable_by_key(order);
        events.dedup_by_key(|event| event.id);
        if !events.is_empty() {
            fold.visit(partial, thread, &events);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_cover_every_thread_once() {
        for slices in [1, 2, 3, 7, 64] {
            let mut next = 0u128;
            for slice in 0..slices {
                let (first, last) = threads_of(slice, slices);
                assert_eq!(first.0, next);
                next = last.0.wrapping_add(1);
            }
            assert_eq!(next, 0, "the last slice ends at the last thread");
        }
    }
}
