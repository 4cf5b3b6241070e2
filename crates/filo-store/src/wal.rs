//! How far a write-ahead file of SQLite holds commits (<https://sqlite.org/fileformat2.html>, "The
//! Write-Ahead Log"): a killed process leaves behind what it had not yet committed, and behind
//! that what an earlier round left, all of which the next one would read and throw away.
//!
//! **Invariant:** never less than what SQLite would recover. Checksums are left to SQLite.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// The last bit says in which byte order checksums are counted.
const MAGIC: u32 = 0x377f_0682;
const PAGE_BYTES: std::ops::RangeInclusive<u32> = 512..=65_536;

/// The length up to the end of the last commit; all of a file that is none of SQLite's.
pub(crate) fn committed_bytes(file: &File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    // A page is skipped after each header: reading ahead would read everything.
    let mut file = BufReader::with_capacity(256, file);
    file.seek(SeekFrom::Start(0))?;
    let mut header = [0; HEADER_BYTES];
    if length < HEADER_BYTES as u64 {
        return Ok(length);
    }
    file.read_exact(&mut header)?;
    let page_bytes = number(&header, 8);
    if number(&header, 0) & !1 != MAGIC || !PAGE_BYTES.contains(&page_bytes) {
        file.seek(SeekFrom::Start(0))?;
        return Ok(length);
    }
    let salts = (number(&header, 16), number(&header, 20));
    let frame_bytes = FRAME_HEADER_BYTES as u64 + u64::from(page_bytes);
    let mut start = HEADER_BYTES as u64;
    let mut committed = start;
    while start + frame_bytes <= length {
        let mut frame = [0; FRAME_HEADER_BYTES];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut frame)?;
        if (number(&frame, 8), number(&frame, 12)) != salts {
            break;
        }
        start += frame_bytes;
        // The size of the database after the commit; 0 within a transaction.
        if number(&frame, 4) != 0 {
            committed = start;
        }
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(committed)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
    four.map_or(0, |four| u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const PAGE: u32 = 512;

    fn file(header: &[u32; 8], frames: &[(u32, u32)]) -> File {
        let mut bytes: Vec<u8> = header.iter().flat_map(|word| word.to_be_bytes()).collect();
        for (size_after, salt) in frames {
            for word in [1, *size_after, *salt, 9, 0, 0] {
                bytes.extend_from_slice(&word.to_be_bytes());
            }
            bytes.extend_from_slice(&[7; PAGE as usize]);
        }
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        file
    }

    fn frames(count: u64) -> u64 {
        32 + count * (24 + u64::from(PAGE))
    }

    #[test]
    fn what_follows_the_last_commit_is_left_behind() {
        let header = [MAGIC | 1, 3_007_000, PAGE, 1, 8, 9, 0, 0];
        for (given, expected) in [
            (&[][..], 0),
            (&[(0, 8)], 0),
            (&[(2, 8)], 1),
            (&[(0, 8), (2, 8), (0, 8)], 2),
            // Another salt is what an earlier round left.
            (&[(2, 8), (2, 7), (2, 8)], 1),
        ] {
            let mut file = file(&header, given);
            assert_eq!(
                committed_bytes(&file).unwrap(),
                frames(expected),
                "{given:?}"
            );
            assert_eq!(file.stream_position().unwrap(), 0, "the copy begins there");
        }
    }

    #[test]
    fn a_file_that_is_not_understood_is_kept_whole() {
        let strange = file(&[1, 2, 3, 4, 5, 6, 7, 8], &[(0, 8)]);
        assert_eq!(committed_bytes(&strange).unwrap(), frames(1));
        let mut short = tempfile::tempfile().unwrap();
        short.write_all(b"short").unwrap();
        assert_eq!(committed_bytes(&short).unwrap(), 5);
    }
}
