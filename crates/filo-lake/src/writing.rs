//! Writing events as new files of the lake.
//!
//! **Invariant:** a file is sorted by (thread, time, id) and its run holds exactly its ids.

use std::collections::BTreeMap;
use std::path::Path;

use arrow::array::RecordBatch;
use filo_core::event::Event;
use filo_core::id::{EventId, NodeId};
use filo_core::time::Timestamp;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;

use crate::encode::encode;
use crate::error::{Named, Result};
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

/// Writes the events, one file per month of receipt.
pub(crate) fn write(
    root: &Path,
    options: &Options,
    events: &[Event],
    seqs: (i64, i64),
    serial: u64,
) -> Result<Vec<LakeFile>> {
    let mut months: BTreeMap<i32, Vec<(Order, &Event)>> = BTreeMap::new();
    for event in events {
        months
            .entry(month_of(event.received_at))
            .or_default()
            .push((order(event), event));
    }
    let mut files = Vec::with_capacity(months.len());
    for (month, mut events) in months {
        events.sort_unstable_by_key(|(order, _)| *order);
        events.dedup_by_key(|(order, _)| *order);
        let origin = Origin {
            level: 0,
            month,
            seqs,
            serial,
        };
        files.push(write_month(root, options, &events, origin)?);
    }
    Ok(files)
}

fn write_month(
    root: &Path,
    options: &Options,
    events: &[(Order, &Event)],
    origin: Origin,
) -> Result<LakeFile> {
    let mut file = FileWriter::create(root, options, origin)?;
    for batch in events.chunks(BATCH_ROWS) {
        let events: Vec<&Event> = batch.iter().map(|(_, event)| *event).collect();
        let columns = encode(&events).named(file.label())?;
        file.write(&columns, events.iter().map(|event| event.at))?;
    }
    let mut ids: Vec<u128> = events.iter().map(|(_, event)| short(event.id)).collect();
    ids.sort_unstable();
    let out = Unfinished::create(root, SEEN, origin.month, origin.serial)?;
    let mut run = RunBuilder::new(out, ids.len() as u64);
    for id in ids {
        run.push(id)?;
    }
    file.finish(run)
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
