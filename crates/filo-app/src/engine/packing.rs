//! What a node's state looks like in its row: packed with LZ4 where that pays.
//!
//! States are short and repeat themselves: an event that taught five traits is named five times.
//! LZ4 finds that in about a microsecond; zstd without tables made for the data takes three times
//! as long for 3 % fewer bytes (docs/decisions/small-rows.md).
//!
//! **Invariant:** the first byte says how to read the rest. It is below 128: what begins with more
//! was written before there were layouts. [`WORDS`] never changes, because rows refer into it;
//! other words are another layout.

use std::borrow::Cow;

use anyhow::{Context, bail};
use lz4_flex::block::{
    compress_into_with_dict, decompress_into_with_dict, get_maximum_output_size,
};

/// Nothing is packed.
const PLAIN: u8 = 1;
/// The length of what was packed (u32), then an LZ4 block that may refer to [`WORDS`].
const PACKED: u8 = 2;
/// A first byte from here on belongs to a row without a layout.
const UNMARKED: u8 = 128;
/// Shorter states are mostly numbers that repeat nothing.
const PACKED_FROM_BYTES: usize = 96;
/// Before the block: layout and length.
const HEAD_BYTES: usize = 5;
/// LZ4 cannot make more of a byte than this.
const RATIO_MOST: usize = 255;

/// What many states say: events by their canonical names, standard traits as profiles spell
/// them, the usual language, zone and currency.
const WORDS: &[u8] = b"\x00\x12Checkout Completed\x00\x10Checkout Started\x00\x12Payment Info \
Entered\x00\x0fProducts Searched\x00\x13Product List Viewed\x00\x0fProduct Clicked\x00\x0fProduct \
Removed\x00\x0bCart Viewed\x00\x0eCoupon Applied\x00\x0dEmail Clicked\x00\x0cEmail Opened\x00\x0e\
Message Opened\x00\x0aNote Added\x00\x09Signed Up\x00\x09Signed In\x00\x0fOrder Cancelled\x00\x0e\
Order Refunded\x00\x0dOrder Updated\x00\x0fOrder Completed\x00\x0dProduct Added\x00\x0eProduct \
Viewed\x08birthday\x00\x01\x01\x0c\"\x07company\x00\x01\x01\x07country\x00\x01\x01\x04\"IT\"\x06\
gender\x00\x01\x01\x08language\x00\x01\x01\x04\"it\"\x04name\x00\x01\x01\x05phone\x00\x01\x01\x0f\
\"+393\x0bpostal_code\x00\x01\x01\x07\"\x05state\x00\x01\x01\x04\"\x06street\x00\x01\x01\x04city\
\x00\x01\x01\x05email\x00\x01\x01@gmail.com\"@libero.it\"\nfirst_name\x00\x01\x01\x07\"\tlast_name\
\x00\x01\x01\x07\"\nnewsletter\x00\x01\x01\x04true\x00\x01\x01\x05false\x0ewww.google.com\rwww.google.it\
\x05it-IT\x0bEurope/Rome\x01\x03\x01\x01\x03EUR\x03\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
\x00";

/// Puts a layout before the plain bytes, packed if that makes them fewer.
pub(crate) fn pack(plain: &[u8]) -> Vec<u8> {
    if plain.len() >= PACKED_FROM_BYTES
        && let Some(packed) = packed(plain)
    {
        return packed;
    }
    let mut out = Vec::with_capacity(plain.len() + 1);
    out.push(PLAIN);
    out.extend_from_slice(plain);
    out
}

fn packed(plain: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(plain.len()).ok()?;
    let mut out = vec![0; HEAD_BYTES + get_maximum_output_size(plain.len())];
    let (head, block) = out.split_at_mut(HEAD_BYTES);
    let written = compress_into_with_dict(plain, block, WORDS).ok()?;
    head[0] = PACKED;
    head[1..].copy_from_slice(&length.to_le_bytes());
    out.truncate(HEAD_BYTES + written);
    // The row is kept until it is written: it must not hold the room it could have needed.
    out.shrink_to_fit();
    (out.len() <= plain.len()).then_some(out)
}

/// What stands in a row.
#[derive(Debug)]
pub(crate) enum Unpacked<'a> {
    /// The plain bytes.
    Plain(Cow<'a, [u8]>),
    /// A row from before there were layouts.
    Unmarked(&'a [u8]),
}

/// Reads the layout and gives what stands behind it.
///
/// # Errors
/// If the bytes are damaged or of a layout that is not known.
pub(crate) fn unpack(bytes: &[u8]) -> anyhow::Result<Unpacked<'_>> {
    match bytes.split_first() {
        Some((&PLAIN, plain)) => Ok(Unpacked::Plain(Cow::Borrowed(plain))),
        Some((&PACKED, rest)) => {
            let (length, block) = rest.split_first_chunk::<4>().context("cut short")?;
            let length = usize::try_from(u32::from_le_bytes(*length))?;
            anyhow::ensure!(
                length / RATIO_MOST <= block.len(),
                "{length} bytes cannot have been packed into {}",
                block.len()
            );
            let mut plain = vec![0; length];
            let read = decompress_into_with_dict(block, &mut plain, WORDS)?;
            anyhow::ensure!(read == length, "{read} bytes instead of {length}");
            Ok(Unpacked::Plain(Cow::Owned(plain)))
        }
        Some((&layout, _)) if layout >= UNMARKED => Ok(Unpacked::Unmarked(bytes)),
        Some((layout, _)) => bail!("layout {layout} is not known"),
        None => bail!("empty"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(bytes: &[u8]) -> Vec<u8> {
        match unpack(bytes).unwrap() {
            Unpacked::Plain(plain) => plain.into_owned(),
            Unpacked::Unmarked(_) => panic!("it has a layout"),
        }
    }

    #[test]
    fn what_is_packed_comes_back() {
        let repeated = b"\x00\x0fOrder Completed\x01\x02\x03\x04\x05\x06\x07\x08\x09".repeat(20);
        let noise: Vec<u8> = (0..200u32)
            .map(|number| blake3::hash(&number.to_le_bytes()).as_bytes()[0])
            .collect();
        for bytes in [&b""[..], b"a", b"short", &repeated, &noise] {
            assert_eq!(plain(&pack(bytes)), bytes);
        }
        assert!(pack(&repeated).len() < 60);
        assert_eq!(pack(&noise).len(), noise.len() + 1, "noise stays as it is");
    }

    #[test]
    fn damage_is_an_error() {
        let whole = pack(&b"abcdefgh".repeat(40));
        for cut in 0..whole.len() {
            assert!(unpack(&whole[..cut]).is_err(), "cut at {cut}");
        }
        let mut boast = whole.clone();
        boast[1..5].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(unpack(&boast).is_err());
        assert!(unpack(&[7, 1, 2]).is_err());
    }

    /// Rows refer into the words: whoever changes them makes a new layout.
    #[test]
    fn the_words_are_those_of_the_layout() {
        assert_eq!(
            blake3::hash(WORDS).to_hex().as_str(),
            "8fcdca49c9640419c590daf135d25583e759d0e1d85cb89a84273898c9efe1fb"
        );
    }
}
