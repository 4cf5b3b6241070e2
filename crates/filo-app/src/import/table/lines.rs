//! CSV in the shapes that people bring: any of four delimiters, UTF-8 with and without mark,
//! UTF-16, the letters of Windows, quotes that nobody closed.
//!
//! **Invariant:** a line that is torn, too long or holds what is no text comes out with the fault.

use std::io::{BufRead as _, BufReader, Cursor, Read};

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::{Found, Rows, TableRow, cell, unreadable};
use crate::error::Result;
use crate::import::framing::{Framing, Tear};
use crate::import::raw_text::{delimiter_of, text};

/// What is read at once.
const READ_BYTES: usize = 64 * 1024;
/// Bytes of the first line, which says what stands between fields.
const HEADER_BYTES_MOST: u64 = 256 * 1024;

pub(super) struct Lines {
    delimiter: u8,
    records: Framing<BufReader<Box<dyn Read + Send>>>,
    record: ByteRecord,
}

pub(super) fn open(sample: Vec<u8>, rest: Box<dyn Read + Send>) -> Result<Found> {
    let mark = Encoding::for_bom(&sample);
    let wide = match mark {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => Some(encoding),
        _ => wide_without_mark(&sample),
    };
    let is_utf8 = mark.is_some_and(|(encoding, _)| encoding == UTF_8)
        || match std::str::from_utf8(&sample) {
            Ok(_) => true,
            // The end of the sample may cut a letter in two.
            Err(error) => error.error_len().is_none(),
        };
    let skipped = mark.map_or(0, |(_, bytes)| bytes);
    let mut raw = Cursor::new(sample).chain(rest);
    let (bytes, encoding): (Box<dyn Read + Send>, _) = match wide {
        Some(wide) => {
            let mut decoding = DecodeReaderBytesBuilder::new();
            let decoding = decoding.encoding(Some(wide)).bom_override(true);
            (Box::new(decoding.build(raw)), "utf-16")
        }
        None => {
            let mut mark = raw.by_ref().take(skipped as u64);
            std::io::copy(&mut mark, &mut std::io::sink()).map_err(|error| unreadable(&error))?;
            let encoding = if is_utf8 { "utf-8" } else { "windows-1252" };
            (Box::new(raw), encoding)
        }
    };
    let mut bytes = BufReader::with_capacity(READ_BYTES, bytes);
    let mut first = Vec::new();
    let mut beginning = bytes.by_ref().take(HEADER_BYTES_MOST);
    let looked_at = beginning.read_until(b'\n', &mut first);
    looked_at.map_err(|error| unreadable(&error))?;
    let delimiter = delimiter_of(&first);
    let whole: Box<dyn Read + Send> = Box::new(Cursor::new(first).chain(bytes));
    let bytes = BufReader::with_capacity(READ_BYTES, whole);
    let mut header = ByteRecord::new();
    let records =
        Framing::begin(bytes, delimiter, &mut header).map_err(|error| unreadable(&error))?;
    Ok(Found {
        headers: header.iter().map(|it| text(it).into_owned()).collect(),
        encoding,
        delimiter,
        warnings: Vec::new(),
        rows: Rows::Lines(Box::new(Lines {
            delimiter,
            records,
            record: header,
        })),
    })
}

/// UTF-16 that forgot its mark: every other byte of plain text is zero.
fn wide_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let looked_at = sample.get(..sample.len().min(64))?;
    let zeros = |first: usize| {
        let bytes = looked_at.iter().skip(first).step_by(2);
        let (all, zero) = bytes.fold((0, 0), |(all, zero), byte| {
            (all + 1, zero + usize::from(*byte == 0))
        });
        all >= 4 && zero * 4 >= all * 3
    };
    match (zeros(0), zeros(1)) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

impl Lines {
    pub(super) fn next(&mut self) -> Result<Option<TableRow>> {
        let framed = self
            .records
            .next(&mut self.record)
            .map_err(|error| unreadable(&error))?;
        let Some(framed) = framed else {
            return Ok(None);
        };
        let texts = self.record.iter().map(|field| text(field));
        if let Some(tear) = framed.tear {
            let delimiter = char::from(self.delimiter).to_string();
            let whole = texts.collect::<Vec<_>>().join(&delimiter);
            let fault = match tear {
                Tear::Quote => "unclosed_quote",
                Tear::Length => "too_long",
            };
            return Ok(Some(TableRow::faulty(framed.line, cell(&whole), fault)));
        }
        let cells: Vec<String> = texts.map(|text| cell(&text)).collect();
        let is_unreadable = cells.iter().any(|cell| cell.contains('\0'));
        Ok(Some(TableRow {
            fault: is_unreadable.then_some("bad_bytes"),
            ..TableRow::whole(framed.line, cells)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{open, rows};

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        rows(bytes).1.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn every_way_of_writing_letters_gives_the_same_table() {
        let text = "Nome;Città\r\nNiccolò;Forlì\r\n";
        let utf_16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect();
        let little: Vec<u8> = utf_16(u16::to_le_bytes);
        let big: Vec<u8> = utf_16(u16::to_be_bytes);
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let windows: Vec<u8> = text
            .chars()
            .map(|it| u8::try_from(u32::from(it)).unwrap())
            .collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "utf-8"),
            (marked(b"\xef\xbb\xbf", text.as_bytes()), "utf-8"),
            (marked(b"\xff\xfe", &little), "utf-16"),
            (marked(b"\xfe\xff", &big), "utf-16"),
            (little.clone(), "utf-16"),
            (windows, "windows-1252"),
        ] {
            let table = open(&bytes).unwrap();
            assert_eq!(table.encoding(), encoding);
            assert_eq!(table.headers, ["Nome", "Città"], "{encoding}");
            assert_eq!(table.delimiter, b';');
            assert_eq!(cells(&bytes), [["Niccolò", "Forlì"]], "{encoding}");
        }
    }

    #[test]
    fn a_quote_that_nobody_closed_swallows_no_line() {
        let (_, rows) = rows(b"email,name\na@b.it,Ada\nc@d.it,\"Bea\ne@f.it,Carla\ng@h.it,Dora\n");
        let faults: Vec<_> = rows.iter().map(|row| (row.line, row.fault)).collect();
        let torn = Some("unclosed_quote");
        assert_eq!(
            faults,
            [(2, None), (3, torn), (4, None), (5, None)],
            "{rows:#?}"
        );
    }

    #[test]
    fn breaks_within_quotes_are_part_of_an_address() {
        let table = cells(b"email,address\na@b.it,\"Via Roma 1\n20100 Milano\"\n");
        assert_eq!(table, [["a@b.it", "Via Roma 1\n20100 Milano"]]);
    }
}
