//! Writing events as new files of the lake.
//!
//! **Invariant:** a file is sorted by (thread, time, id) and its run holds exactly its ids.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use arrow::array::RecordBatch;
use filo_core::event::Event;
use filo_core::id::{EventId, NodeId};
use filo_core::time::Timestamp;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;

use crate::encode::encode;
use crate::error::{Error, Named, Result};
use crate::file::{EVENTS, LakeFile, SEEN, month_of};
use crate::options::Options;
use crate::schema;
use crate::seen::{RunBuilder, short};
use crate::unfinished::Unfinished;

/// Events that are turned into columns at once: they stay in the second-level cache from one
/// column to the next.
const BATCH_ROWS: usize = 1024;

/// What the events of a file are sorted by.
pub(crate) type Order = (NodeId, Timestamp, EventId);

pub(crate) fn order(event: &Event) -> Order {
    (event.thread, event.at, event.id)
}

/// Where a file comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) level: u32,
    pub(crate) month: i32,
    pub(crate) seqs: (i64, i64),
    pub(crate) serial: u64,
}

/// Writes events that come in order, one file per month of receipt; of each file no more than a
/// batch is in memory.
pub(crate) fn write<E: From<Error>>(
    root: &Path,
    options: &Options,
    events: impl Iterator<Item = Result<Event, E>>,
    seqs: (i64, i64),
    serial: u64,
) -> Result<Vec<LakeFile>, E> {
    let mut months: BTreeMap<i32, Month> = BTreeMap::new();
    let mut last = None;
    for event in events {
        let event = event?;
        let place = order(&event);
        if last == Some(place) {
            continue;
        }
        if last.replace(place) > Some(place) {
            return Err(Error::damaged("-", "events to write came in the wrong order").into());
        }
        let month = month_of(event.received_at);
        let file = match months.entry(month) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(fresh) => fresh.insert(Month::create(
                root,
                options,
                Origin {
                    level: 0,
                    month,
                    seqs,
                    serial,
                },
            )?),
        };
        file.push(event)?;
    }
    let finish = |month: Month| Ok(month.finish(root)?);
    months.into_values().map(finish).collect()
}

/// The file of one month and what waits to be written to it.
pub(crate) struct Month {
    origin: Origin,
    file: FileWriter,
    batch: Vec<Event>,
    ids: Vec<u128>,
}

impl Month {
    pub(crate) fn create(root: &Path, options: &Options, origin: Origin) -> Result<Self> {
        Ok(Self {
            origin,
            file: FileWriter::create(root, options, origin)?,
            batch: Vec::with_capacity(BATCH_ROWS),
            ids: Vec::new(),
        })
    }

    pub(crate) fn push(&mut self, event: Event) -> Result<()> {
        self.ids.push(short(event.id));
        self.batch.push(event);
        if self.batch.len() == BATCH_ROWS {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<()> {
        let events: Vec<&Event> = self.batch.iter().collect();
        let columns = encode(&events).named(self.file.label())?;
        self.file
            .write(&columns, events.iter().map(|event| event.at))?;
        self.batch.clear();
        Ok(())
    }

    pub(crate) fn finish(mut self, root: &Path) -> Result<LakeFile> {
        if !self.batch.is_empty() {
            self.write()?;
        }
        self.ids.sort_unstable();
        let Origin { month, serial, .. } = self.origin;
        let out = Unfinished::create(root, SEEN, month, serial)?;
        let mut run = RunBuilder::new(out, self.ids.len() as u64);
        for id in self.ids {
            run.push(id)?;
        }
        self.file.finish(run)
    }
}

/// One file being written.
pub(crate) struct FileWriter {
    origin: Origin,
    label: String,
    out: ArrowWriter<Unfinished>,
    rows: u64,
    min_at: Timestamp,
    max_at: Timestamp,
}

impl FileWriter {
    pub(crate) fn create(root: &Path, options: &Options, origin: Origin) -> Result<Self> {
        let out = Unfinished::create(root, EVENTS, origin.month, origin.serial)?;
        let label = out.label().to_owned();
        let properties = schema::properties(options).named(&label)?;
        let options = ArrowWriterOptions::new()
            .with_properties(properties)
            .with_parquet_schema(schema::parquet_schema().named(&label)?)
            .with_skip_arrow_metadata(true);
        let out =
            ArrowWriter::try_new_with_options(out, schema::schema(), options).named(&label)?;
        Ok(Self {
            origin,
            label,
            out,
            rows: 0,
            min_at: Timestamp::MAX,
            max_at: Timestamp::MIN,
        })
    }

    /// What errors call it.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// Adds rows that follow those before in the order of the file.
    pub(crate) fn write(
        &mut self,
        batch: &RecordBatch,
        times: impl Iterator<Item = Timestamp>,
    ) -> Result<()> {
        for at in times {
            self.min_at = self.min_at.min(at);
            self.max_at = self.max_at.max(at);
        }
        self.rows += batch.num_rows() as u64;
        self.out.write(batch).named(&self.label)
    }

    /// Brings the file and its run of ids to disk.
    pub(crate) fn finish(self, run: RunBuilder) -> Result<LakeFile> {
        let Origin {
            level,
            month,
            seqs,
            serial,
        } = self.origin;
        let out = self.out.into_inner().named(&self.label)?;
        let (name, bytes) = out.finish(month, serial)?;
        let (seen, seen_bytes) = run.finish(month, serial)?;
        Ok(LakeFile {
            name,
            level,
            month,
            rows: self.rows,
            bytes,
            min_at: self.min_at,
            max_at: self.max_at,
            first_seq: seqs.0,
            last_seq: seqs.1,
            seen: Some(seen),
            seen_bytes,
        })
    }
}
