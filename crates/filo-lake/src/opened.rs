//! A file of the lake, open for reading by many threads at once.
//!
//! **Invariant:** a file that was replaced stays readable while anybody holds it, and is deleted
//! when the last one lets go.

use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use filo_core::id::NodeId;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowPredicateFn, ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
    RowFilter, RowSelection,
};
use parquet::bloom_filter::Sbbf;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};
use parquet::file::page_index::column_index::ColumnIndexMetaData;

use crate::batches::{Batches, guarded};
use crate::called::Called;
use crate::error::{Error, Named, Result};
use crate::file::LakeFile;
use crate::positioned::read_exact_at;
use crate::schema::{Column, coded_schema, schema};
use crate::seen::Run;
use crate::source::Source;

/// One file with its run of ids.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) file: LakeFile,
    root: PathBuf,
    handle: File,
    size_bytes: u64,
    footer: OnceLock<Footer>,
    pub(crate) seen: Option<Run>,
    removed: AtomicBool,
}

/// What the end of the file says; read once, at the first look-up.
#[derive(Debug)]
pub(crate) struct Footer {
    metadata: ArrowReaderMetadata,
    /// The same, for reading columns of few words by their codes.
    coded: ArrowReaderMetadata,
    /// Every page of the thread column, in order.
    pages: Vec<ThreadPage>,
    groups: Vec<Group>,
    pub(crate) rows: usize,
}

/// A row group and which threads are surely not in it.
#[derive(Debug)]
struct Group {
    first_row: usize,
    end_row: usize,
    threads: Option<Sbbf>,
}

impl Group {
    fn may_hold(&self, thread: NodeId) -> bool {
        self.threads
            .as_ref()
            .is_none_or(|threads| threads.check(&thread.to_bytes()[..]))
    }
}

#[derive(Debug)]
struct ThreadPage {
    min: NodeId,
    max: NodeId,
    first_row: usize,
}

impl Opened {
    pub(crate) fn open(root: &Path, file: LakeFile) -> Result<Self> {
        let handle = File::open(root.join(&file.name)).named(&file.name)?;
        let size_bytes = handle.metadata().named(&file.name)?.len();
        if size_bytes != file.bytes {
            let reason = format!("it has {size_bytes} bytes instead of {}", file.bytes);
            return Err(Error::damaged(&file.name, reason));
        }
        let seen = file
            .seen
            .as_deref()
            .map(|name| Run::open(root, name))
            .transpose()?;
        Ok(Self {
            root: root.to_owned(),
            handle,
            size_bytes,
            footer: OnceLock::new(),
            seen,
            removed: AtomicBool::new(false),
            file,
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.file.name
    }

    /// Deletes the files once nobody reads them.
    pub(crate) fn remove(&self) {
        self.removed.store(true, Ordering::Release);
    }

    pub(crate) fn footer(self: &Arc<Self>) -> Result<&Footer> {
        if let Some(footer) = self.footer.get() {
            return Ok(footer);
        }
        let footer = guarded(self.name(), || Footer::read(self))?;
        Ok(self.footer.get_or_init(|| footer))
    }

    /// The rows of the pages that may hold this thread: a page or two, or none.
    pub(crate) fn rows_of_thread(self: &Arc<Self>, thread: NodeId) -> Result<Range<usize>> {
        let rows = self.rows_of((thread, thread))?;
        let mut groups = self.footer()?.groups.iter();
        let holds = |group: &Group| {
            group.first_row < rows.end && group.end_row > rows.start && group.may_hold(thread)
        };
        Ok(if groups.any(holds) {
            rows
        } else {
            rows.start..rows.start
        })
    }

    /// The rows of the pages that may hold threads of this range, both ends included.
    pub(crate) fn rows_of(self: &Arc<Self>, threads: (NodeId, NodeId)) -> Result<Range<usize>> {
        let footer = self.footer()?;
        let first = footer.pages.partition_point(|page| page.max < threads.0);
        let end = footer.pages.partition_point(|page| page.min <= threads.1);
        let start_of = |page: usize| {
            footer
                .pages
                .get(page)
                .map_or(footer.rows, |page| page.first_row)
        };
        Ok(start_of(first)..start_of(end.max(first)))
    }

    /// Reads some columns of some rows; `rows` is ascending and without overlap.
    pub(crate) fn read(
        self: &Arc<Self>,
        columns: &[Column],
        rows: &[Range<usize>],
        batch_rows: usize,
    ) -> Result<Batches> {
        let metadata = &self.footer()?.metadata;
        self.build(self.reader(metadata, columns, rows, batch_rows))
    }

    /// Reads some columns of some rows, those of few words by their codes.
    pub(crate) fn read_coded(
        self: &Arc<Self>,
        columns: &[Column],
        rows: Range<usize>,
        batch_rows: usize,
    ) -> Result<Batches> {
        let metadata = &self.footer()?.coded;
        self.build(self.reader(metadata, columns, &[rows], batch_rows))
    }

    /// Reads some columns of those of the rows whose events are called so; of the others only
    /// what they are called is decoded.
    pub(crate) fn read_named(
        self: &Arc<Self>,
        columns: &[Column],
        rows: Range<usize>,
        batch_rows: usize,
        named: &Arc<Called>,
    ) -> Result<Batches> {
        let metadata = &self.footer()?.coded;
        let builder = self.reader(metadata, columns, &[rows], batch_rows);
        let asked = [Column::Kind, Column::Name].map(Column::place);
        let asked = ProjectionMask::leaves(builder.parquet_schema(), asked);
        let named = Arc::clone(named);
        let chosen = ArrowPredicateFn::new(asked, move |batch| named.of(&batch));
        self.build(builder.with_row_filter(RowFilter::new(vec![Box::new(chosen)])))
    }

    fn reader(
        self: &Arc<Self>,
        metadata: &ArrowReaderMetadata,
        columns: &[Column],
        rows: &[Range<usize>],
        batch_rows: usize,
    ) -> ParquetRecordBatchReaderBuilder<Source> {
        let (groups, selection) = select(metadata.metadata(), rows);
        let places = columns.iter().map(|column| column.place());
        let mask = ProjectionMask::leaves(metadata.parquet_schema(), places);
        let source = Source(Arc::clone(self));
        ParquetRecordBatchReaderBuilder::new_with_metadata(source, metadata.clone())
            .with_batch_size(batch_rows)
            .with_projection(mask)
            .with_row_groups(groups)
            .with_row_selection(selection)
    }

    fn build(
        self: &Arc<Self>,
        builder: ParquetRecordBatchReaderBuilder<Source>,
    ) -> Result<Batches> {
        let reader = guarded(self.name(), || builder.build().named(self.name()))?;
        Ok(Batches::new(Arc::clone(self), reader))
    }

    pub(crate) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    pub(crate) fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        read_exact_at(&self.handle, buffer, offset)
    }

    /// The hash of all its bytes, for the check against its name.
    pub(crate) fn hash(&self) -> Result<blake3::Hash> {
        hash_of(&self.root.join(&self.file.name)).named(&self.file.name)
    }

    /// The hash of its run of ids.
    pub(crate) fn seen_hash(&self) -> Result<Option<(&str, blake3::Hash)>> {
        let Some(name) = self.file.seen.as_deref() else {
            return Ok(None);
        };
        Ok(Some((name, hash_of(&self.root.join(name)).named(name)?)))
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if !self.removed.load(Ordering::Acquire) {
            return;
        }
        for name in [Some(&self.file.name), self.file.seen.as_ref()]
            .into_iter()
            .flatten()
        {
            if let Err(source) = fs::remove_file(self.root.join(name)) {
                let error = Error::Io {
                    file: name.clone(),
                    source,
                };
                tracing::warn!(%error, "a replaced file stays until the next sweep");
            }
        }
    }
}

impl Footer {
    fn read(file: &Arc<Opened>) -> Result<Self> {
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
        let source = Source(Arc::clone(file));
        let metadata = ArrowReaderMetadata::load(&source, options.clone()).named(file.name())?;
        if metadata.schema().fields() != schema().fields() {
            return Err(Error::damaged(
                file.name(),
                "its columns are not those of the lake",
            ));
        }
        let options = options.with_schema(coded_schema());
        let coded = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options);
        let coded = coded.named(file.name())?;
        let pages = thread_pages(metadata.metadata())
            .ok_or_else(|| Error::damaged(file.name(), "the page index of threads is missing"))?;
        let rows = usize::try_from(metadata.metadata().file_metadata().num_rows())
            .map_err(|_negative| Error::damaged(file.name(), "it says it has no rows"))?;
        let groups = groups(&source, metadata.metadata()).named(file.name())?;
        Ok(Self {
            metadata,
            coded,
            pages,
            groups,
            rows,
        })
    }
}

fn groups(
    source: &Source,
    metadata: &ParquetMetaData,
) -> std::result::Result<Vec<Group>, ParquetError> {
    let mut first_row = 0;
    let mut groups = Vec::with_capacity(metadata.num_row_groups());
    for group in metadata.row_groups() {
        let end_row = first_row + usize::try_from(group.num_rows()).unwrap_or_default();
        let column = group.column(Column::Thread.place());
        let threads = Sbbf::read_from_column_chunk(column, source)?;
        groups.push(Group {
            first_row,
            end_row,
            threads,
        });
        first_row = end_row;
    }
    Ok(groups)
}

fn thread_pages(metadata: &ParquetMetaData) -> Option<Vec<ThreadPage>> {
    let mut pages = Vec::new();
    let mut group_start = 0;
    let column = Column::Thread.place();
    for (group, description) in metadata.row_groups().iter().enumerate() {
        let index = metadata.column_index()?.get(group)?.get(column)?;
        let ColumnIndexMetaData::FIXED_LEN_BYTE_ARRAY(index) = index else {
            return None;
        };
        let locations = metadata
            .offset_index()?
            .get(group)?
            .get(column)?
            .page_locations();
        for (page, location) in locations.iter().enumerate() {
            pages.push(ThreadPage {
                min: NodeId::from_bytes(index.min_value(page)?.try_into().ok()?),
                max: NodeId::from_bytes(index.max_value(page)?.try_into().ok()?),
                first_row: group_start + usize::try_from(location.first_row_index).ok()?,
            });
        }
        group_start += usize::try_from(description.num_rows()).ok()?;
    }
    Some(pages)
}

/// The row groups that hold some of the rows, and which rows of theirs.
fn select(metadata: &ParquetMetaData, rows: &[Range<usize>]) -> (Vec<usize>, RowSelection) {
    let mut groups = Vec::new();
    let mut selected = Vec::new();
    let mut chosen_rows = 0;
    let mut group_start = 0;
    let mut rest = rows;
    for (group, description) in metadata.row_groups().iter().enumerate() {
        let group_rows = usize::try_from(description.num_rows()).unwrap_or_default();
        let group_end = group_start + group_rows;
        let passed = rest.partition_point(|range| range.end <= group_start);
        rest = &rest[passed..];
        let in_group = rest.iter().take_while(|range| range.start < group_end);
        let shift = |row: usize| row.clamp(group_start, group_end) - group_start + chosen_rows;
        let before = selected.len();
        selected.extend(in_group.map(|range| shift(range.start)..shift(range.end)));
        if selected.len() > before {
            groups.push(group);
            chosen_rows += group_rows;
        }
        group_start = group_end;
    }
    (
        groups,
        RowSelection::from_consecutive_ranges(selected.into_iter(), chosen_rows),
    )
}

fn hash_of(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize())
}
