//! Reading a file's rows in its order, a batch at a time.
//!
//! **Invariant:** memory is bounded by a batch, whatever the file's size.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::RecordBatch;
use filo_core::event::Event;
use filo_core::id::{NodeId, WorkspaceKey};
use filo_core::time::Timestamp;

use crate::batches::Batches;
use crate::called::Called;
use crate::decode::{Threads, decode};
use crate::error::Result;
use crate::opened::Opened;
use crate::schema::Column;
use crate::writing::order;

/// Events that all scans of one reader hold decoded, about a kilobyte each.
const DECODED_ROWS: usize = 16 * 1024;

/// Rows that a scan decodes at once, if so many files are read side by side.
pub(crate) fn batch_rows(files: usize) -> usize {
    (DECODED_ROWS / files.max(1)).clamp(256, 2048)
}

/// What is made of a row.
pub(crate) trait Row {
    fn thread(&self) -> NodeId;
    fn at(&self) -> Timestamp;
    /// Puts the rows of one thread in order, each once.
    fn settle(rows: &mut Vec<Self>)
    where
        Self: Sized;
}

/// Which rows of a file are read, and what is made of them.
pub(crate) trait Reader {
    type Row: Row;

    fn batches(&self, file: &Arc<Opened>, rows: Range<usize>, batch_rows: usize)
    -> Result<Batches>;

    /// `rows` of the batch; some may be left out.
    fn read(&self, batch: &RecordBatch, rows: Range<usize>, file: &str) -> Result<Vec<Self::Row>>;
}

impl Row for Event {
    fn thread(&self) -> NodeId {
        self.thread
    }

    fn at(&self) -> Timestamp {
        self.at
    }

    fn settle(rows: &mut Vec<Self>) {
        rows.sort_unstable_by_key(order);
        rows.dedup_by_key(|event| event.id);
    }
}

/// Rows as events.
#[derive(Debug, Clone)]
pub(crate) struct Events {
    pub(crate) key: WorkspaceKey,
    pub(crate) columns: Arc<[Column]>,
    /// Only those that are called so.
    pub(crate) named: Option<Arc<Called>>,
}

impl Events {
    /// Every event, with everything.
    pub(crate) fn whole(key: &WorkspaceKey) -> Self {
        Self {
            key: *key,
            columns: Column::ALL.into(),
            named: None,
        }
    }
}

impl Reader for Events {
    type Row = Event;

    fn batches(
        &self,
        file: &Arc<Opened>,
        rows: Range<usize>,
        batch_rows: usize,
    ) -> Result<Batches> {
        match &self.named {
            Some(named) => file.read_named(&self.columns, rows, batch_rows, named),
            None => file.read(&self.columns, &[rows], batch_rows),
        }
    }

    fn read(&self, batch: &RecordBatch, rows: Range<usize>, file: &str) -> Result<Vec<Event>> {
        decode(batch, rows, &self.key, file)
    }
}

/// The rows of a range of threads in one file.
pub(crate) struct Scan<R: Reader> {
    file: Arc<Opened>,
    reader: R,
    batches: Batches,
    threads: (NodeId, NodeId),
    decoded: VecDeque<R::Row>,
}

impl<R: Reader> Scan<R> {
    /// Both ends of the range are included.
    pub(crate) fn open(
        file: &Arc<Opened>,
        reader: R,
        batch_rows: usize,
        threads: (NodeId, NodeId),
    ) -> Result<Self> {
        let rows = file.rows_of(threads)?;
        let batches = reader.batches(file, rows, batch_rows)?;
        Ok(Self {
            file: Arc::clone(file),
            reader,
            batches,
            threads,
            decoded: VecDeque::new(),
        })
    }

    /// The thread of the next row.
    pub(crate) fn thread(&mut self) -> Result<Option<NodeId>> {
        self.fill()?;
        Ok(self.decoded.front().map(Row::thread))
    }

    /// Moves the thread's rows to the end of `out`, if it is the next one.
    pub(crate) fn take(&mut self, thread: NodeId, out: &mut Vec<R::Row>) -> Result<()> {
        while self.thread()? == Some(thread) {
            let of_thread = self.decoded.iter().take_while(|row| row.thread() == thread);
            let end = of_thread.count();
            out.extend(self.decoded.drain(..end));
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        while self.decoded.is_empty() {
            let Some(batch) = self.batches.next() else {
                return Ok(());
            };
            let batch = batch?;
            let rows = self.inside(&batch)?;
            self.decoded = self.reader.read(&batch, rows, self.file.name())?.into();
        }
        Ok(())
    }

    /// Pages at the edges also hold threads outside the range.
    fn inside(&self, batch: &RecordBatch) -> Result<Range<usize>> {
        let threads = Threads::of(batch, self.file.name())?;
        let first = threads.first_row(|thread| thread >= self.threads.0);
        let end = threads.first_row(|thread| thread > self.threads.1);
        Ok(first..end.max(first))
    }
}

impl Scan<Events> {
    /// Every event of a file that is read alone.
    pub(crate) fn whole(file: &Arc<Opened>, key: &WorkspaceKey) -> Result<Self> {
        let everyone = (NodeId(0), NodeId(u128::MAX));
        Self::open(file, Events::whole(key), batch_rows(1), everyone)
    }
}

impl Iterator for Scan<Events> {
    type Item = Result<Event>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.fill() {
            return Some(Err(error));
        }
        self.decoded.pop_front().map(Ok)
    }
}
