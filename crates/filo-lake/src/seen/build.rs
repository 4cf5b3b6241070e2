//! Writing a run of ids, from sorted ids or from other runs.
//!
//! **Invariant:** entries are strictly ascending: an id given twice is kept once.

use super::bloom::Bloom;
use super::run::{Run, Sorted};
use super::{FOOTER_BYTES, MAGIC, Shape};
use crate::error::{Error, Result};
use crate::unfinished::Unfinished;

/// A run being written.
pub(crate) struct RunBuilder {
    out: Unfinished,
    shape: Shape,
    /// How many ids stand in each bucket.
    bucket_sizes: Vec<u32>,
    bloom: Bloom,
    last: Option<u128>,
    count: u64,
}

impl RunBuilder {
    /// `expected` is the most ids that will come; it sets the size of directory and filter.
    pub(crate) fn new(out: Unfinished, expected: u64) -> Self {
        let shape = Shape::for_ids(expected);
        Self {
            out,
            shape,
            bucket_sizes: vec![0; shape.bucket_count()],
            bloom: Bloom::for_ids(expected),
            last: None,
            count: 0,
        }
    }

    /// Adds an id that is not smaller than the one before.
    pub(crate) fn push(&mut self, id: u128) -> Result<()> {
        match self.last {
            Some(last) if last == id => return Ok(()),
            Some(last) if last > id => {
                return Err(Error::damaged(
                    self.out.label(),
                    "ids came in the wrong order",
                ));
            }
            _ => self.last = Some(id),
        }
        self.count += 1;
        self.bucket_sizes[self.shape.bucket(id)] += 1;
        self.bloom.insert(id);
        self.out
            .write(&self.shape.entry(id)[..self.shape.entry_bytes()])
    }

    /// Writes the rest and names the file: its name and size.
    pub(crate) fn finish(mut self, month: i32, serial: u64) -> Result<(String, u64)> {
        let mut tail = Vec::new();
        let mut start = 0u32;
        tail.extend_from_slice(&start.to_le_bytes());
        for size in &self.bucket_sizes {
            start += size;
            tail.extend_from_slice(&start.to_le_bytes());
        }
        self.bloom.write(&mut tail);
        let mut footer = Vec::with_capacity(FOOTER_BYTES);
        footer.extend_from_slice(&self.count.to_le_bytes());
        footer.extend_from_slice(&self.shape.bucket_bits.to_le_bytes());
        let blocks = u32::try_from(self.bloom.block_count())
            .map_err(|_too_many| Error::damaged(self.out.label(), "too many ids for one run"))?;
        footer.extend_from_slice(&blocks.to_le_bytes());
        footer.extend_from_slice(&[0; 16]);
        tail.extend_from_slice(&footer);
        let hash = blake3::hash(&tail);
        tail.extend_from_slice(hash.as_bytes());
        tail.extend_from_slice(MAGIC);
        self.out.write(&tail)?;
        self.out.finish(month, serial)
    }
}

/// Merges runs into one.
pub(crate) fn merge(runs: &[&Run], out: Unfinished) -> Result<RunBuilder> {
    let expected = runs.iter().map(|run| run.len()).sum();
    let mut builder = RunBuilder::new(out, expected);
    let mut heads = Vec::with_capacity(runs.len());
    for run in runs {
        let mut ids = run.sorted();
        if let Some(first) = ids.next().transpose()? {
            heads.push((first, ids));
        }
    }
    while let Some(least) = heads.iter().map(|(id, _)| *id).min() {
        builder.push(least)?;
        advance(&mut heads, least)?;
    }
    Ok(builder)
}

/// Moves every run past `id`; runs that end are dropped.
fn advance(heads: &mut Vec<(u128, Sorted<'_>)>, id: u128) -> Result<()> {
    let mut place = 0;
    while let Some((head, ids)) = heads.get_mut(place) {
        if *head != id {
            place += 1;
            continue;
        }
        match ids.next().transpose()? {
            Some(next) => {
                *head = next;
                place += 1;
            }
            None => drop(heads.swap_remove(place)),
        }
    }
    Ok(())
}
