//! A split-block Bloom filter: one cache line answers (J. Apple, "Split block Bloom filters",
//! 2021; the same idea as Parquet's). With 11 bits per id about 1 % of unknown ids pass.
//!
//! **Invariant:** an id that was inserted always passes.

/// Eight odd constants, one bit per word of a block (those of the Parquet specification).
const SALT: [u32; 8] = [
    0x47b6_137b,
    0x4497_4d91,
    0x8824_ad5b,
    0xa2b7_289d,
    0x7054_95c7,
    0x2df1_424b,
    0x9efc_4947,
    0x5c6b_fb31,
];
const BLOCK_BYTES: usize = 32;
const BITS_PER_ID: u64 = 11;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(align(32))]
struct Block([u32; 8]);

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bloom {
    blocks: Vec<Block>,
}

impl Bloom {
    pub(super) fn for_ids(count: u64) -> Self {
        let blocks = (count * BITS_PER_ID)
            .div_ceil(BLOCK_BYTES as u64 * 8)
            .max(1);
        Self {
            blocks: vec![Block::default(); usize::try_from(blocks).unwrap_or(1)],
        }
    }

    pub(super) fn insert(&mut self, id: u128) {
        let block = self.block(id);
        for (word, bit) in self.blocks[block].0.iter_mut().zip(bits(id)) {
            *word |= bit;
        }
    }

    pub(super) fn may_contain(&self, id: u128) -> bool {
        let block = &self.blocks[self.block(id)];
        block
            .0
            .iter()
            .zip(bits(id))
            .all(|(word, bit)| word & bit != 0)
    }

    pub(super) fn block_count(&self) -> usize {
        self.blocks.len()
    }

    pub(super) fn size_bytes(blocks: usize) -> Option<usize> {
        blocks.checked_mul(BLOCK_BYTES)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        for word in self.blocks.iter().flat_map(|block| block.0) {
            out.extend_from_slice(&word.to_le_bytes());
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Self {
        let block = |bytes: &[u8]| {
            let mut block = Block::default();
            for (word, bytes) in block.0.iter_mut().zip(bytes.as_chunks::<4>().0) {
                *word = u32::from_le_bytes(*bytes);
            }
            block
        };
        Self {
            blocks: bytes.chunks_exact(BLOCK_BYTES).map(block).collect(),
        }
    }

    /// Ids are hashes already: bits 32 to 63 choose the block, the low 32 the bits in it.
    fn block(&self, id: u128) -> usize {
        let chosen = (id >> 32) & u128::from(u32::MAX);
        usize::try_from((chosen * self.blocks.len() as u128) >> 32).unwrap_or_default()
    }
}

fn bits(id: u128) -> [u32; 8] {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the low 32 bits are what is wanted"
    )]
    let low = id as u32;
    SALT.map(|salt| 1 << (low.wrapping_mul(salt) >> 27))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> u128 {
        let hash = blake3::hash(&number.to_le_bytes());
        u128::from_be_bytes(*hash.as_bytes().first_chunk().unwrap()) >> 48
    }

    #[test]
    fn known_ids_pass_and_few_others() {
        let mut bloom = Bloom::for_ids(10_000);
        (0..10_000).for_each(|number| bloom.insert(id(number)));
        let mut bytes = Vec::new();
        bloom.write(&mut bytes);
        let bloom = Bloom::read(&bytes);
        assert!((0..10_000).all(|number| bloom.may_contain(id(number))));
        let wrong = (10_000..30_000)
            .filter(|number| bloom.may_contain(id(*number)))
            .count();
        assert!(wrong < 400, "{wrong} of 20,000 unknown ids passed");
    }
}
