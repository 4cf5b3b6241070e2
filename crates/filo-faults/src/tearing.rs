//! Writes that reached the disk in part: a disk writes whole sectors, in any order.

use rand::Rng;

/// The unit that every disk writes whole.
const SECTOR_BYTES: u64 = 512;

/// A write by sectors: offset and bytes of each piece.
fn sectors(offset: u64, bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let mut at = offset;
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let room = SECTOR_BYTES - at % SECTOR_BYTES;
        let length = usize::try_from(room).map_or(rest.len(), |room| room.min(rest.len()));
        let (piece, after) = rest.split_at(length);
        let here = at;
        at += length as u64;
        rest = after;
        (!piece.is_empty()).then_some((here, piece))
    })
}

/// Puts bytes into a file, which grows with zeros up to them.
pub(crate) fn overwrite(content: &mut Vec<u8>, offset: u64, bytes: &[u8]) {
    let Ok(start) = usize::try_from(offset) else {
        return;
    };
    let end = start + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[start..end].copy_from_slice(bytes);
}

/// Puts some sectors of a write into a file.
pub(crate) fn overwrite_some(
    content: &mut Vec<u8>,
    offset: u64,
    bytes: &[u8],
    chance: &mut impl Rng,
) {
    for (at, piece) in sectors(offset, bytes) {
        if chance.random_bool(0.5) {
            overwrite(content, at, piece);
        }
    }
}

/// Puts the first sectors of a write into a file, fewer than all.
pub(crate) fn overwrite_beginning(
    content: &mut Vec<u8>,
    offset: u64,
    bytes: &[u8],
    chance: &mut impl Rng,
) {
    let count = sectors(offset, bytes).count();
    let kept = chance.random_range(0..count.max(1));
    for (at, piece) in sectors(offset, bytes).take(kept) {
        overwrite(content, at, piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_is_cut_where_sectors_begin() {
        let bytes = [1; 1300];
        let pieces: Vec<(u64, usize)> = sectors(500, &bytes)
            .map(|(at, piece)| (at, piece.len()))
            .collect();
        assert_eq!(pieces, [(500, 12), (512, 512), (1024, 512), (1536, 264)]);
        assert_eq!(sectors(3, &[]).count(), 0);
    }

    #[test]
    fn a_write_beyond_the_end_leaves_a_hole_of_zeros() {
        let mut content = vec![9; 2];
        overwrite(&mut content, 4, &[7, 7]);
        assert_eq!(content, [9, 9, 0, 0, 7, 7]);
        overwrite(&mut content, 1, &[5]);
        assert_eq!(content, [9, 5, 0, 0, 7, 7]);
    }
}
