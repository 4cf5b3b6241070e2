//! The newest events of a few threads.
//!
//! A thread's rows stand together in each file, so two steps are enough: thread and time of the
//! candidate rows (a page or two per file) say which rows are the newest over all files; only
//! those are then read whole.
//!
//! **Invariant:** the answer is that of reading everything, filtering, sorting by (time, id)
//! downward and taking the first ones.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use filo_core::event::Event;
use filo_core::id::{EventId, NodeId, WorkspaceKey};
use filo_core::time::Timestamp;

use crate::decode::{At, decode};
use crate::error::Result;
use crate::opened::Opened;
use crate::schema::Column;

/// Rows that are decoded at once.
const BATCH_ROWS: usize = 4096;

/// Which page of the timeline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor {
    /// Only what is older than this event.
    pub(crate) before: Option<(Timestamp, EventId)>,
    pub(crate) limit: usize,
}

impl Cursor {
    fn may_include(&self, at: Timestamp) -> bool {
        self.before.is_none_or(|(before, _)| at <= before)
    }

    fn includes(&self, event: &Event) -> bool {
        self.before
            .is_none_or(|before| (event.at, event.id) < before)
    }
}

/// A row that may be part of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    at: Timestamp,
    file: usize,
    row: usize,
}

pub(crate) fn newest(
    files: &[Arc<Opened>],
    key: &WorkspaceKey,
    threads: &[NodeId],
    cursor: Cursor,
) -> Result<Vec<Event>> {
    let mut threads = threads.to_vec();
    threads.sort_unstable();
    threads.dedup();
    if threads.is_empty() || cursor.limit == 0 {
        return Ok(Vec::new());
    }
    let mut candidates = Vec::new();
    for (place, file) in files.iter().enumerate() {
        if cursor.may_include(file.file.min_at) {
            find(file, place, &threads, &cursor, &mut candidates)?;
        }
    }
    // Newest first.
    candidates.sort_unstable_by(|one, other| other.cmp(one));
    let mut wanted = cursor.limit;
    loop {
        let chosen = first_of(&candidates, wanted, &cursor);
        let mut events = read(files, key, chosen)?;
        events.retain(|event| cursor.includes(event));
        events.sort_unstable_by_key(|event| std::cmp::Reverse((event.at, event.id)));
        let mut seen = HashSet::with_capacity(events.len());
        events.retain(|event| seen.insert(event.id));
        // Fewer than wanted only if a file repeats events of another: then look further.
        if events.len() >= cursor.limit || chosen.len() == candidates.len() {
            events.truncate(cursor.limit);
            return Ok(events);
        }
        wanted = wanted.saturating_mul(2);
    }
}

/// Every event of some threads in one file.
pub(crate) fn all(
    file: &Arc<Opened>,
    key: &WorkspaceKey,
    threads: &[NodeId],
) -> Result<Vec<Event>> {
    let mut threads = threads.to_vec();
    threads.sort_unstable();
    threads.dedup();
    let everything = Cursor {
        before: None,
        limit: usize::MAX,
    };
    let mut candidates = Vec::new();
    find(file, 0, &threads, &everything, &mut candidates)?;
    read(std::slice::from_ref(file), key, &candidates)
}

/// The rows of the threads in one file, by thread and time alone.
fn find(
    file: &Arc<Opened>,
    place: usize,
    threads: &[NodeId],
    cursor: &Cursor,
    out: &mut Vec<Candidate>,
) -> Result<()> {
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(threads.len());
    for thread in threads {
        let rows = file.rows_of_thread(*thread)?;
        match ranges.last_mut() {
            _ if rows.is_empty() => {}
            Some(last) if rows.start <= last.end => last.end = last.end.max(rows.end),
            _ => ranges.push(rows),
        }
    }
    if ranges.is_empty() {
        return Ok(());
    }
    let mut rows = ranges.iter().flat_map(Range::clone);
    for batch in file.read(&[Column::Thread, Column::At], &ranges, BATCH_ROWS)? {
        let batch = batch?;
        let columns = At::of(&batch, file.name())?;
        for (index, row) in (0..batch.num_rows()).zip(rows.by_ref()) {
            if threads.binary_search(&columns.thread(index)).is_ok()
                && cursor.may_include(columns.at(index))
            {
                out.push(Candidate {
                    at: columns.at(index),
                    file: place,
                    row,
                });
            }
        }
    }
    Ok(())
}

/// The newest `wanted` candidates, with all that happened at the same instant as the last one
/// (ids decide among those) or as the cursor (which excludes some).
fn first_of<'a>(candidates: &'a [Candidate], wanted: usize, cursor: &Cursor) -> &'a [Candidate] {
    let at_cursor = cursor.before.map_or(0, |(before, _)| {
        candidates.partition_point(|candidate| candidate.at >= before)
    });
    let Some(last) = candidates.get((at_cursor + wanted).saturating_sub(1)) else {
        return candidates;
    };
    &candidates[..candidates.partition_point(|candidate| candidate.at >= last.at)]
}

/// Reads the chosen rows whole.
fn read(files: &[Arc<Opened>], key: &WorkspaceKey, chosen: &[Candidate]) -> Result<Vec<Event>> {
    let mut events = Vec::with_capacity(chosen.len());
    let mut rows: Vec<(usize, usize)> = chosen
        .iter()
        .map(|candidate| (candidate.file, candidate.row))
        .collect();
    rows.sort_unstable();
    for of_file in rows.chunk_by(|one, other| one.0 == other.0) {
        let Some((file, _)) = of_file.first() else {
            continue;
        };
        let file = &files[*file];
        let ranges: Vec<Range<usize>> = of_file
            .chunk_by(|one, other| one.1 + 1 == other.1)
            .filter_map(span)
            .collect();
        for batch in file.read(&Column::ALL, &ranges, BATCH_ROWS)? {
            let batch = batch?;
            events.extend(decode(&batch, 0..batch.num_rows(), key, file.name())?);
        }
    }
    Ok(events)
}

fn span(rows: &[(usize, usize)]) -> Option<Range<usize>> {
    Some(rows.first()?.1..rows.last()?.1 + 1)
}
