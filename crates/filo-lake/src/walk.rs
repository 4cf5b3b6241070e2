//! Going over all threads, in parallel.
//!
//! Threads are hashes, so equal slices of their range hold about equally many. Each worker takes
//! a slice, merges what all files have of it, and shows each thread once.
//!
//! **Invariant:** the result does not depend on how many workers there are, if `merge` does not
//! depend on the order of its calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use filo_core::id::NodeId;
use filo_core::time::Timestamp;
use parking_lot::Mutex;

use crate::error::Result;
use crate::lake::Lake;
use crate::opened::Opened;
use crate::scan::{Reader, Row, Scan, batch_rows};

/// Slices per worker, so that an unlucky slice does not hold up the end.
const SLICES_PER_WORKER: usize = 8;
/// A smaller slice costs more in opening files than it saves.
const MIN_SLICE_ROWS: u64 = 32 * 1024;

/// What is gathered from the rows of each thread.
pub(crate) trait Walk: Sync {
    type Reader: Reader;
    type Partial: Send;

    fn reader(&self) -> Self::Reader;
    fn start(&self) -> Self::Partial;
    fn visit(
        &self,
        partial: &mut Self::Partial,
        thread: NodeId,
        rows: &[<Self::Reader as Reader>::Row],
    );
    fn merge(&self, into: &mut Self::Partial, from: Self::Partial);
}

/// What a walk goes over.
struct Ground {
    files: Arc<Vec<Arc<Opened>>>,
    period: Option<(Timestamp, Timestamp)>,
}

impl Lake {
    /// Walks over all files with so many workers; `period` (from included, to excluded) is by
    /// event time.
    pub(crate) fn walk<W: Walk>(
        &self,
        walk: &W,
        workers: usize,
        period: Option<(Timestamp, Timestamp)>,
    ) -> Result<W::Partial> {
        let files = self.files();
        walk_all(&Ground { files, period }, walk, workers)
    }
}

fn walk_all<W: Walk>(ground: &Ground, walk: &W, workers: usize) -> Result<W::Partial> {
    let workers = workers.max(1);
    let rows: u64 = ground.files.iter().map(|file| file.file.rows).sum();
    let slices = usize::try_from(rows / MIN_SLICE_ROWS)
        .unwrap_or(usize::MAX)
        .clamp(1, workers * SLICES_PER_WORKER);
    let next = AtomicUsize::new(0);
    let total: Mutex<Option<Result<W::Partial>>> = Mutex::new(None);
    let work = || {
        let mut partial = walk.start();
        let outcome = loop {
            let slice = next.fetch_add(1, Ordering::Relaxed);
            if slice >= slices {
                break Ok(partial);
            }
            if let Err(error) = slice_walk(ground, walk, &mut partial, threads_of(slice, slices)) {
                // The others stop at their next slice.
                next.store(slices, Ordering::Relaxed);
                break Err(error);
            }
        };
        let mut total = total.lock();
        *total = Some(match (total.take(), outcome) {
            (None, outcome) => outcome,
            (Some(Ok(mut into)), Ok(from)) => {
                walk.merge(&mut into, from);
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
    total.into_inner().unwrap_or_else(|| Ok(walk.start()))
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

fn slice_walk<W: Walk>(
    ground: &Ground,
    walk: &W,
    partial: &mut W::Partial,
    threads: (NodeId, NodeId),
) -> Result<()> {
    let batch_rows = batch_rows(ground.files.len());
    let mut scans = Vec::with_capacity(ground.files.len());
    for file in ground.files.iter() {
        let outside =
            |(from, to): (Timestamp, Timestamp)| file.file.max_at < from || file.file.min_at >= to;
        if ground.period.is_some_and(outside) {
            continue;
        }
        scans.push(Scan::open(file, walk.reader(), batch_rows, threads)?);
    }
    let mut rows = Vec::new();
    loop {
        let mut least: Option<NodeId> = None;
        for scan in &mut scans {
            if let Some(thread) = scan.thread()? {
                least = Some(least.map_or(thread, |least| least.min(thread)));
            }
        }
        let Some(thread) = least else { return Ok(()) };
        rows.clear();
        for scan in &mut scans {
            scan.take(thread, &mut rows)?;
        }
        if let Some((from, to)) = ground.period {
            rows.retain(|row| (from..to).contains(&row.at()));
        }
        Row::settle(&mut rows);
        if !rows.is_empty() {
            walk.visit(partial, thread, &rows);
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
