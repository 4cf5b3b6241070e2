//! Which events are known: sorted runs of event ids, one per file of the lake.
//!
//! A run keeps the first 80 bits of each id. A new event is wrongly taken for a known one with
//! probability n / 2^80 for n known events: with a billion known and a billion new ones, the
//! chance that this ever happens once is 8 in ten million; with twenty million of each, 3 in ten
//! billion. Ids are keyed hashes, so nobody outside can look for such a pair. That is less than
//! what disks get wrong, at eight bytes per event and 1.4 for the filter.
//!
//! Layout of a run: entries | directory | bloom | footer. Ids fall into buckets by their first
//! bits; the directory says where each bucket starts, so whole bytes of those bits need not be
//! stored, and one read of one bucket answers. Directory and bloom filter are held in memory.
//!
//! **Invariant:** an id that was written is always found; a torn or changed run is an error.

mod bloom;
mod build;
mod run;

pub(crate) use build::{RunBuilder, merge};
pub(crate) use run::Run;

use filo_core::id::EventId;

/// The first 80 bits of an event's id, in the low bits.
pub(crate) fn short(id: EventId) -> u128 {
    id.0 >> (128 - ID_BITS)
}

/// Bytes of an id that is kept.
const ID_BYTES: usize = 10;
const ID_BITS: u32 = 80;
const FOOTER_BYTES: usize = 72;
const MAGIC: &[u8; 8] = b"FILOIDS1";

/// How ids are laid out in a run of about so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    /// How many leading bits choose the bucket.
    bucket_bits: u32,
}

impl Shape {
    /// About 256 ids to a bucket: 2 kB are read at once, and the directory costs 0.02 bytes
    /// per id.
    fn for_ids(count: u64) -> Self {
        Self {
            bucket_bits: (count / 256).checked_ilog2().unwrap_or(0).min(20),
        }
    }

    fn bucket_count(self) -> usize {
        1 << self.bucket_bits
    }

    fn bucket(self, id: u128) -> usize {
        // At most 20 bits are left after the shift.
        usize::try_from(id >> (ID_BITS - self.bucket_bits)).unwrap_or(usize::MAX)
    }

    /// Bytes of an id that follow from its bucket.
    fn implied_bytes(self) -> usize {
        (self.bucket_bits / 8) as usize
    }

    fn entry_bytes(self) -> usize {
        ID_BYTES - self.implied_bytes()
    }

    fn entry(self, id: u128) -> [u8; ID_BYTES] {
        let mut bytes = [0; ID_BYTES];
        bytes.copy_from_slice(&id.to_be_bytes()[16 - ID_BYTES..]);
        bytes.rotate_left(self.implied_bytes());
        bytes
    }
}
