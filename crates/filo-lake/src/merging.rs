//! Merging sorted files, as columns: rows are never turned into events, only moved.
//!
//! **Invariant:** memory is bounded by a few batches per input. Batches come out in the order
//! (thread, time, id), each event once; an input that is not in order is an error.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::interleave_record_batch;
use filo_core::id::{EventId, NodeId, WorkspaceKey};
use filo_core::time::Timestamp;

use crate::batches::Batches;
use crate::decode::Keys;
use crate::error::{Error, Named, Result};
use crate::opened::Opened;
use crate::schema::Column;

const INPUT_ROWS: usize = 4096;
const OUTPUT_ROWS: usize = 8192;

pub(crate) struct Merge<'a> {
    key: &'a WorkspaceKey,
    inputs: Vec<Input>,
    /// What the next output is put together from.
    batches: Vec<RecordBatch>,
    /// Batch and row of each output row.
    rows: Vec<(usize, usize)>,
    times: Vec<Timestamp>,
    /// The row written last, to see repetitions across batches.
    last: Option<(NodeId, Timestamp, Option<EventId>)>,
    message: String,
}

struct Input {
    file: Arc<Opened>,
    reader: Batches,
    keys: Keys,
    /// Its place among the batches.
    batch: usize,
    row: usize,
}

impl Input {
    fn position(&self) -> (NodeId, Timestamp) {
        (self.keys.thread(self.row), self.keys.at(self.row))
    }
}

impl<'a> Merge<'a> {
    pub(crate) fn open(files: &[Arc<Opened>], key: &'a WorkspaceKey) -> Result<Self> {
        let mut merge = Self {
            key,
            inputs: Vec::with_capacity(files.len()),
            batches: Vec::new(),
            rows: Vec::with_capacity(OUTPUT_ROWS),
            times: Vec::with_capacity(OUTPUT_ROWS),
            last: None,
            message: String::new(),
        };
        for file in files {
            let every = 0..file.footer()?.rows;
            let mut reader = file.read(&Column::ALL, &[every], INPUT_ROWS)?;
            let Some(batch) = reader.next().transpose()? else {
                continue;
            };
            let keys = Keys::of(&batch, file.name())?;
            let file = Arc::clone(file);
            merge.inputs.push(Input {
                file,
                reader,
                keys,
                batch: merge.batches.len(),
                row: 0,
            });
            merge.batches.push(batch);
        }
        Ok(merge)
    }

    /// The next rows with their times, or nothing at the end.
    pub(crate) fn next_batch(&mut self) -> Result<Option<(RecordBatch, Vec<Timestamp>)>> {
        while self.rows.len() < OUTPUT_ROWS {
            let Some(least) = self.least() else { break };
            self.take(least);
            self.advance(least)?;
        }
        if self.rows.is_empty() {
            return Ok(None);
        }
        let batches: Vec<&RecordBatch> = self.batches.iter().collect();
        let merged = interleave_record_batch(&batches, &self.rows).named("of a merge")?;
        self.rows.clear();
        let times = std::mem::replace(&mut self.times, Vec::with_capacity(OUTPUT_ROWS));
        self.forget_used_batches();
        Ok(Some((merged, times)))
    }

    /// The input whose next event comes first.
    fn least(&mut self) -> Option<usize> {
        let mut least = 0;
        for input in 1..self.inputs.len() {
            if self.compare(input, least) == Ordering::Less {
                least = input;
            }
        }
        (!self.inputs.is_empty()).then_some(least)
    }

    /// Ids are hashed only where thread and time are the same.
    fn compare(&mut self, one: usize, other: usize) -> Ordering {
        let order = self.inputs[one]
            .position()
            .cmp(&self.inputs[other].position());
        order.then_with(|| self.id(one).cmp(&self.id(other)))
    }

    fn id(&mut self, input: usize) -> EventId {
        let input = &self.inputs[input];
        input.keys.id(input.row, self.key, &mut self.message)
    }

    /// Adds the input's row to the output, unless it is the one before once more.
    fn take(&mut self, place: usize) {
        let (thread, at) = self.inputs[place].position();
        let same_instant = self
            .last
            .is_some_and(|last| (last.0, last.1) == (thread, at));
        let mut id = None;
        if same_instant || self.shares_instant(place) {
            id = Some(self.id(place));
            if same_instant && self.last.and_then(|last| last.2) == id {
                return;
            }
        }
        self.last = Some((thread, at, id));
        let input = &self.inputs[place];
        self.rows.push((input.batch, input.row));
        self.times.push(at);
    }

    /// Whether what follows may be the same event: only then its id is needed.
    fn shares_instant(&self, place: usize) -> bool {
        let position = self.inputs[place].position();
        let (keys, next) = (&self.inputs[place].keys, self.inputs[place].row + 1);
        // The row after a batch is not known yet, so it counts as one that may be.
        let follows = next >= keys.len() || (keys.thread(next), keys.at(next)) == position;
        let elsewhere =
            |(other, input): (usize, &Input)| other != place && input.position() == position;
        follows || self.inputs.iter().enumerate().any(elsewhere)
    }

    fn advance(&mut self, place: usize) -> Result<()> {
        let input = &mut self.inputs[place];
        let before = input.position();
        input.row += 1;
        if input.row == input.keys.len() {
            match input.reader.next().transpose()? {
                Some(batch) => {
                    input.keys = Keys::of(&batch, input.file.name())?;
                    input.batch = self.batches.len();
                    input.row = 0;
                    self.batches.push(batch);
                }
                None => {
                    drop(self.inputs.remove(place));
                    return Ok(());
                }
            }
        }
        let input = &self.inputs[place];
        if input.position() < before {
            return Err(Error::damaged(
                input.file.name(),
                "its events are not in order",
            ));
        }
        Ok(())
    }

    fn forget_used_batches(&mut self) {
        let old = std::mem::take(&mut self.batches);
        for input in &mut self.inputs {
            let batch = old[input.batch].clone();
            input.batch = self.batches.len();
            self.batches.push(batch);
        }
    }
}
