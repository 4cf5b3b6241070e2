//! The bytes of a file as texts: packed or not, its letters, what stands between its fields, how
//! it writes decimals.
//!
//! **Invariant:** a file that is larger than allowed ends with an error, never early.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::decimal::DecimalMark;

/// Unpacked bytes of one file: ten million lines. More is split by whoever sends it, because a
/// run that cannot end cannot be taken back either.
const MOST_BYTES: u64 = 500 * 1024 * 1024;

/// Stops with an error, not with an end, when a file is larger than allowed: a cut file would
/// look complete.
struct Bounded<R> {
    bytes: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::other("it holds more than 500 MB: split it and bring in the parts")
        })?;
        Ok(count)
    }
}

pub(super) fn unpacked(mut file: File) -> io::Result<Box<dyn Read + Send>> {
    let mut magic = Vec::with_capacity(2);
    file.by_ref().take(2).read_to_end(&mut magic)?;
    let packed = magic == [0x1f, 0x8b];
    let whole = Cursor::new(magic).chain(file);
    Ok(if packed {
        let bytes = MultiGzDecoder::new(BufReader::with_capacity(64 * 1024, whole));
        Box::new(Bounded {
            bytes,
            left: MOST_BYTES,
        })
    } else {
        Box::new(Bounded {
            bytes: whole,
            left: MOST_BYTES,
        })
    })
}

/// The delimiter that occurs most in the header, outside quotes.
pub(super) fn delimiter_of(header: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in header {
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts
            .iter_mut()
            .find(|(delimiter, _)| !quoted && delimiter == byte)
        {
            *count += 1;
        }
    }
    // The first of equals: a comma.
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(delimiter, _)| delimiter)
}

/// A number with one mark and one or two digits after it tells; else Excel's habit: where
/// fields are parted by semicolons, the comma is taken by the decimals.
pub(super) fn decimal_mark<'a>(
    sample: impl Iterator<Item = &'a str>,
    delimiter: u8,
) -> DecimalMark {
    let (mut points, mut commas) = (0, 0);
    for value in sample {
        let digits = value.trim_matches(|sign: char| !sign.is_ascii_digit());
        let Some(mark) = digits.rfind(['.', ',']) else {
            continue;
        };
        if digits.len() - mark - 1 > 2 {
            continue;
        }
        if digits.as_bytes()[mark] == b'.' {
            points += 1;
        } else {
            commas += 1;
        }
    }
    match points.cmp(&commas) {
        std::cmp::Ordering::Greater => DecimalMark::Point,
        std::cmp::Ordering::Less => DecimalMark::Comma,
        std::cmp::Ordering::Equal if delimiter == b';' => DecimalMark::Comma,
        std::cmp::Ordering::Equal => DecimalMark::Point,
    }
}

/// The windows-1252 letters of 0x80–0x9f, in order.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A field as text: UTF-8, else as Excel on Windows writes it.
pub(super) fn text(field: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(
            field
                .iter()
                .map(|byte| match byte {
                    0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
                    other => char::from(*other),
                })
                .collect(),
        ),
    }
}
