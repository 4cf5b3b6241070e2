//! Reading a file's events in its order, a batch at a time.
//!
//! **Invariant:** memory is bounded by a batch, whatever the file's size.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow::array::RecordBatch;
use filo_core::event::Event;
use filo_core::id::{NodeId, WorkspaceKey};

use crate::batches::Batches;
use crate::decode::{Keys, decode};
use crate::error::Result;
use crate::fold::Called;
use crate::opened::Opened;
use crate::schema::Column;

/// Events that all scans of one reader hold decoded, about a kilobyte each.
const DECODED_ROWS: usize = 16 * 1024;

/// Events that a scan decodes at once, if so many files are read side by side.
pub(crate) fn batch_rows(files: usize) -> usize {
    (DECODED_ROWS / files.max(1)).clamp(256, 2048)
}

/// What a scan reads of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) columns: &'a [Column],
    /// Only these events.
    pub(crate) named: Option<&'a Arc<Called>>,
    pub(crate) batch_rows: usize,
}

impl Look<'static> {
    /// Everything of a file that is read alone.
    pub(crate) fn whole() -> Self {
        Self {
            columns: &Column::ALL,
            named: None,
            batch_rows: batch_rows(1),
        }
    }
}

/// The events of a range of threads in one file.
pub(crate) struct Scan {
    file: Arc<Opened>,
    key: WorkspaceKey,
    reader: Batches,
    threads: (NodeId, NodeId),
    decoded: VecDeque<Event>,
}

impl Scan {
    /// Both ends of the range are included.
    pub(crate) fn open(
        file: &Arc<Opened>,
        key: &WorkspaceKey,
        look: Look<'_>,
        threads: (NodeId, NodeId),
    ) -> Result<Self> {
        let rows = file.rows_of(threads)?;
        let reader = match look.named {
            Some(named) => file.read_named(look.columns, rows, look.batch_rows, named)?,
            None => file.read(look.columns, &[rows], look.batch_rows)?,
        };
        Ok(Self {
            file: Arc::clone(file),
            key: *key,
            reader,
            threads,
            decoded: VecDeque::new(),
        })
    }

    /// The thread of the next event.
    pub(crate) fn thread(&mut self) -> Result<Option<NodeId>> {
        self.fill()?;
        Ok(self.decoded.front().map(|event| event.thread))
    }

    /// Moves the thread's events to the end of `out`, if it is the next one.
    pub(crate) fn take(&mut self, thread: NodeId, out: &mut Vec<Event>) -> Result<()> {
        while self.thread()? == Some(thread) {
            let end = self.decoded.partition_point(|event| event.thread <= thread);
            out.extend(self.decoded.drain(..end));
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        while self.decoded.is_empty() {
            let Some(batch) = self.reader.next() else {
                return Ok(());
            };
            let batch = batch?;
            let rows = self.inside(&batch)?;
            self.decoded = decode(&batch, rows, &self.key, self.file.name())?.into();
        }
        Ok(())
    }

    /// Pages at the edges also hold threads outside the range.
    fn inside(&self, batch: &RecordBatch) -> Result<std::ops::Range<usize>> {
        let keys = Keys::of(batch, self.file.name())?;
        let first = first_row(&keys, |thread| thread >= self.threads.0);
        let end = first_row(&keys, |thread| thread > self.threads.1);
        Ok(first..end.max(first))
    }
}

impl Iterator for Scan {
    type Item = Result<Event>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.fill() {
            return Some(Err(error));
        }
        self.decoded.pop_front().map(Ok)
    }
}

/// The first row whose thread passes; threads ascend.
fn first_row(keys: &Keys, passes: impl Fn(NodeId) -> bool) -> usize {
    let (mut low, mut high) = (0, keys.len());
    while low < high {
        let middle = low.midpoint(high);
        if passes(keys.thread(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
