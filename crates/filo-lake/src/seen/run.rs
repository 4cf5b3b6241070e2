//! A run of ids on disk, with its directory and filter in memory.
//!
//! **Invariant:** what is held in memory was checked against the hash in the footer.

use std::fs::File;
use std::path::Path;

use super::bloom::Bloom;
use super::{FOOTER_BYTES, ID_BITS, ID_BYTES, MAGIC, Shape};
use crate::error::{Error, Named, Result};
use crate::positioned::read_exact_at;

/// A run that can be asked.
#[derive(Debug)]
pub(crate) struct Run {
    name: String,
    file: File,
    count: u64,
    shape: Shape,
    /// Where each bucket starts, in entries; one more than there are buckets.
    starts: Vec<u32>,
    bloom: Bloom,
}

impl Run {
    pub(crate) fn open(root: &Path, name: &str) -> Result<Self> {
        let file = File::open(root.join(name)).named(name)?;
        let size = file.metadata().named(name)?.len();
        let short = || Error::damaged(name, "the run of event ids is cut short");
        let footer_at = size.checked_sub(FOOTER_BYTES as u64).ok_or_else(short)?;
        let mut footer = [0u8; FOOTER_BYTES];
        read_exact_at(&file, &mut footer, footer_at).named(name)?;
        if footer[64..] != MAGIC[..] {
            return Err(Error::damaged(
                name,
                "it does not end like a run of event ids",
            ));
        }
        let word = |at: usize| {
            u32::from_le_bytes([footer[at], footer[at + 1], footer[at + 2], footer[at + 3]])
        };
        let count = u64::from(word(0)) | u64::from(word(4)) << 32;
        let shape = Shape {
            bucket_bits: word(8).min(20),
        };
        let directory_bytes = (shape.bucket_count() + 1) * 4;
        let bloom_bytes = Bloom::size_bytes(word(12) as usize).ok_or_else(short)?;
        let entries_bytes = count
            .checked_mul(shape.entry_bytes() as u64)
            .ok_or_else(short)?;
        let tail_bytes = directory_bytes + bloom_bytes + FOOTER_BYTES;
        if entries_bytes.checked_add(tail_bytes as u64) != Some(size) || bloom_bytes == 0 {
            return Err(short());
        }
        let mut tail = vec![0; directory_bytes + bloom_bytes + 32];
        read_exact_at(&file, &mut tail, entries_bytes).named(name)?;
        if blake3::hash(&tail).as_bytes()[..] != footer[32..64] {
            return Err(Error::damaged(
                name,
                "the directory does not fit its checksum",
            ));
        }
        let starts: Vec<u32> = tail[..directory_bytes]
            .as_chunks()
            .0
            .iter()
            .map(|at| u32::from_le_bytes(*at))
            .collect();
        let bloom = Bloom::read(&tail[directory_bytes..directory_bytes + bloom_bytes]);
        Ok(Self {
            name: name.to_owned(),
            file,
            count,
            shape,
            starts,
            bloom,
        })
    }

    pub(crate) fn len(&self) -> u64 {
        self.count
    }

    /// The filter's answer: `false` is certain.
    pub(crate) fn may_contain(&self, id: u128) -> bool {
        self.bloom.may_contain(id)
    }

    /// The exact answer, which reads one bucket.
    pub(crate) fn contains(&self, id: u128) -> Result<bool> {
        if !self.may_contain(id) {
            return Ok(false);
        }
        let bucket = self.bucket(self.shape.bucket(id))?;
        let width = self.shape.entry_bytes();
        let entry = self.shape.entry(id);
        let (mut low, mut high) = (0, bucket.len() / width);
        while low < high {
            let middle = low.midpoint(high);
            match bucket[middle * width..(middle + 1) * width].cmp(&entry[..width]) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Every id in order, one bucket at a time.
    pub(crate) fn sorted(&self) -> Sorted<'_> {
        Sorted {
            run: self,
            next_bucket: 0,
            bucket: Vec::new(),
            offset: 0,
        }
    }

    fn bucket(&self, bucket: usize) -> Result<Vec<u8>> {
        let (Some(start), Some(end)) = (self.starts.get(bucket), self.starts.get(bucket + 1))
        else {
            return Err(Error::damaged(&self.name, "a bucket is missing"));
        };
        let width = self.shape.entry_bytes();
        let mut bytes = vec![0; end.saturating_sub(*start) as usize * width];
        read_exact_at(&self.file, &mut bytes, u64::from(*start) * width as u64)
            .named(&self.name)?;
        Ok(bytes)
    }
}

/// The ids of a run in ascending order.
pub(crate) struct Sorted<'a> {
    run: &'a Run,
    next_bucket: usize,
    bucket: Vec<u8>,
    offset: usize,
}

impl Iterator for Sorted<'_> {
    type Item = Result<u128>;

    fn next(&mut self) -> Option<Self::Item> {
        let shape = self.run.shape;
        while self.offset == self.bucket.len() {
            if self.next_bucket == shape.bucket_count() {
                return None;
            }
            match self.run.bucket(self.next_bucket) {
                Ok(bucket) => self.bucket = bucket,
                Err(error) => return Some(Err(error)),
            }
            self.next_bucket += 1;
            self.offset = 0;
        }
        let width = shape.entry_bytes();
        let implied = shape.implied_bytes();
        // The bytes that are not stored are the first ones of the bucket's number.
        let bucket = ((self.next_bucket - 1) as u128) << (ID_BITS - shape.bucket_bits);
        let mut bytes = [0u8; 16];
        let first = 16 - ID_BYTES;
        bytes[first..first + implied]
            .copy_from_slice(&bucket.to_be_bytes()[first..first + implied]);
        bytes[16 - width..].copy_from_slice(&self.bucket[self.offset..self.offset + width]);
        self.offset += width;
        Some(Ok(u128::from_be_bytes(bytes)))
    }
}
