//! How rows stand in a backup: a stream of records, compressed with zstd.
//!
//! A record is its length in bytes (u32, little-endian) and its cells. A cell is a byte that
//! says what it is and its value: 0 null; 1 a whole number (i64, little-endian); 2 a text;
//! 3 bytes. Texts (UTF-8) and bytes have their length (u32, little-endian) before them.

use anyhow::{Context, bail};
use filo_store::portable::Cell;

/// No row is longer: the largest are rows of the log, bounded by a group commit.
pub(super) const RECORD_BYTES_MOST: usize = 512 << 20;

/// Writes a row behind what is there.
pub(super) fn encode(row: &[Cell], out: &mut Vec<u8>) -> anyhow::Result<()> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    for cell in row {
        match cell {
            Cell::Null => out.push(0),
            Cell::Int(value) => {
                out.push(1);
                out.extend_from_slice(&value.to_le_bytes());
            }
            Cell::Text(text) => sized(2, text.as_bytes(), out)?,
            Cell::Bytes(bytes) => sized(3, bytes, out)?,
        }
    }
    let length = u32::try_from(out.len() - start - 4).context("a row of gigabytes")?;
    if let Some(place) = out.get_mut(start..start + 4) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    Ok(())
}

fn sized(tag: u8, bytes: &[u8], out: &mut Vec<u8>) -> anyhow::Result<()> {
    let length = u32::try_from(bytes.len()).context("a value of gigabytes")?;
    out.push(tag);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

/// Reads the cells of a record, without its length.
pub(super) fn decode(mut record: &[u8]) -> anyhow::Result<Vec<Cell>> {
    let mut cells = Vec::new();
    while let Some((tag, rest)) = record.split_first() {
        record = rest;
        cells.push(match tag {
            0 => Cell::Null,
            1 => {
                let (value, rest) = record.split_first_chunk().context("a number is cut off")?;
                record = rest;
                Cell::Int(i64::from_le_bytes(*value))
            }
            2 => {
                let text = String::from_utf8(take(&mut record)?.to_vec());
                Cell::Text(text.context("a text is not UTF-8")?)
            }
            3 => Cell::Bytes(take(&mut record)?.to_vec()),
            other => bail!("a cell of the unknown kind {other}"),
        });
    }
    Ok(cells)
}

fn take<'r>(record: &mut &'r [u8]) -> anyhow::Result<&'r [u8]> {
    let (length, rest) = record.split_first_chunk().context("a length is cut off")?;
    let length = usize::try_from(u32::from_le_bytes(*length))?;
    let (value, rest) = rest
        .split_at_checked(length)
        .context("a value is cut off")?;
    *record = rest;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were_and_damage_is_an_error() {
        let row = vec![
            Cell::Null,
            Cell::Int(i64::MIN),
            Cell::Text("perché «no» 🧵".to_owned()),
            Cell::Bytes(vec![0, 1, 255]),
            Cell::Text(String::new()),
        ];
        let mut bytes = Vec::new();
        encode(&row, &mut bytes).unwrap();
        assert_eq!(decode(&bytes[4..]).unwrap(), row);
        assert_eq!(
            u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize,
            bytes.len() - 4
        );
        for wrong in [
            &[9][..],
            &[1, 2, 3],
            &[2, 9, 0, 0, 0, b'x'],
            &[2, 1, 0, 0, 0, 255],
        ] {
            assert!(decode(wrong).is_err(), "{wrong:?}");
        }
    }
}
