//! A file of rows, written and read a few rows at a time.
//!
//! **Invariant:** memory is bounded by a few pages of rows, whatever the size of the table.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use filo_store::portable::Cell;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::file::{Counted, Room};
use super::row::{RECORD_BYTES_MOST, decode, encode};

/// Fast, and about a quarter larger than the slow levels on rows like ours.
const ZSTD_LEVEL: i32 = 3;
/// Pages ahead of the disk.
const PAGES_AHEAD: usize = 2;

/// What was written.
#[derive(Debug, Clone)]
pub(super) struct Streamed {
    pub(super) rows: u64,
    /// Of the rows before compression: the same on both databases.
    pub(super) rows_hash: blake3::Hash,
    /// Of the file.
    pub(super) bytes: u64,
    pub(super) hash: blake3::Hash,
}

/// A file of rows being written, on a thread of its own.
#[derive(Debug)]
pub(super) struct Recorder {
    pages: mpsc::Sender<Vec<u8>>,
    writing: JoinHandle<anyhow::Result<(blake3::Hash, u64, blake3::Hash)>>,
    rows: u64,
}

impl Recorder {
    pub(super) fn start(path: &Path, room: Room) -> Self {
        let (pages, received) = mpsc::channel(PAGES_AHEAD);
        let path = path.to_owned();
        let writing = tokio::task::spawn_blocking(move || record(&path, received, &room));
        Self {
            pages,
            writing,
            rows: 0,
        }
    }

    /// Adds rows; an error of the disk comes out of [`Recorder::finish`].
    pub(super) async fn put(&mut self, rows: &[Vec<Cell>]) -> anyhow::Result<()> {
        let mut page = Vec::new();
        for row in rows {
            encode(row, &mut page)?;
        }
        self.rows += rows.len() as u64;
        if self.pages.send(page).await.is_ok() {
            return Ok(());
        }
        (&mut self.writing).await??;
        bail!("a file of a backup was closed too early")
    }

    /// Ends the file; it is on disk on return.
    pub(super) async fn finish(self) -> anyhow::Result<Streamed> {
        drop(self.pages);
        let (rows_hash, bytes, hash) = self.writing.await??;
        Ok(Streamed {
            rows: self.rows,
            rows_hash,
            bytes,
            hash,
        })
    }
}

fn record(
    path: &Path,
    mut pages: mpsc::Receiver<Vec<u8>>,
    room: &Room,
) -> anyhow::Result<(blake3::Hash, u64, blake3::Hash)> {
    let told = || format!("writing {}", path.display());
    let mut rows_hash = blake3::Hasher::new();
    let file = Counted::new(File::create(path).with_context(told)?);
    let mut encoder = zstd::Encoder::new(file, ZSTD_LEVEL).with_context(told)?;
    encoder.include_checksum(true).with_context(told)?;
    while let Some(page) = pages.blocking_recv() {
        room.check()?;
        rows_hash.update(&page);
        encoder.write_all(&page).with_context(told)?;
    }
    let file = encoder.finish().with_context(told)?;
    let (file, bytes, hash) = file.into_parts();
    file.sync_all().with_context(told)?;
    Ok((rows_hash.finalize(), bytes, hash))
}

/// The rows of a file.
pub(super) struct Rows {
    source: zstd::Decoder<'static, BufReader<File>>,
}

impl Rows {
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
        Ok(Self {
            source: zstd::Decoder::new(file)?,
        })
    }

    /// The next rows, at most so many; none at the end.
    pub(super) fn next(&mut self, limit: usize) -> anyhow::Result<Vec<Vec<Cell>>> {
        let mut rows = Vec::new();
        while rows.len() < limit {
            let mut length = [0; 4];
            match self.source.read_exact(&mut length) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error.into()),
            }
            let length = usize::try_from(u32::from_le_bytes(length))?;
            if length > RECORD_BYTES_MOST {
                bail!("a row of {length} bytes");
            }
            let mut record = vec![0; length];
            self.source
                .read_exact(&mut record)
                .context("a row is cut off")?;
            rows.push(decode(&record)?);
        }
        Ok(rows)
    }
}
