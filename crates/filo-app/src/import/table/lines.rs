//! CSV in the shapes that people bring: any of four delimiters, UTF-8 with and without mark,
//! UTF-16, the letters of Windows, quotes that nobody closed.
//!
//! **Invariant:** a quote that is never closed swallows no line in silence: each line it covers
//! comes out, with the fault.

use std::collections::VecDeque;
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::{Found, Rows, TableRow, cell};
use crate::error::{Error, Result};
use crate::import::csv_shape::{delimiter_of, reader, text};

/// Lines that a row may cover: an address with line breaks has a few, an unclosed quote the rest
/// of the file.
const LINES_MOST: u64 = 60;

pub(super) struct Lines {
    width: usize,
    ends_as_windows: bool,
    records: csv::Reader<Box<dyn Read + Send>>,
    record: csv::ByteRecord,
    /// Lines that were swallowed, to come out one by one.
    swallowed: VecDeque<TableRow>,
}

pub(super) fn open(sample: Vec<u8>, rest: Box<dyn Read + Send>) -> Result<Found> {
    let mark = Encoding::for_bom(&sample);
    let wide = match mark {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => Some(encoding),
        _ => wide_without_mark(&sample),
    };
    let (bytes, encoding): (Box<dyn Read + Send>, _) = match wide {
        Some(wide) => {
            let raw = Cursor::new(sample).chain(rest);
            let decoded = DecodeReaderBytesBuilder::new()
                .encoding(Some(wide))
                .bom_override(true)
                .build(raw);
            (Box::new(decoded), "utf-16")
        }
        None => {
            let skipped = mark.map_or(0, |(_, bytes)| bytes);
            let is_utf8 = mark.is_some_and(|(encoding, _)| encoding == UTF_8)
                || match std::str::from_utf8(&sample) {
                    Ok(_) => true,
                    // The end of the sample may cut a letter in two.
                    Err(error) => error.error_len().is_none(),
                };
            let mut raw = Cursor::new(sample).chain(rest);
            std::io::copy(&mut raw.by_ref().take(skipped as u64), &mut std::io::sink())
                .map_err(|error| super::unreadable(&error))?;
            let encoding = if is_utf8 { "utf-8" } else { "windows-1252" };
            (Box::new(raw), encoding)
        }
    };
    let mut bytes = bytes;
    let mut first = Vec::new();
    // The header alone, for the delimiter; a quoted header with a line break counts as one line.
    let mut byte = [0];
    while first.last() != Some(&b'\n') && first.len() < 64 * 1024 {
        match bytes.read(&mut byte) {
            Ok(0) => break,
            Ok(_) => first.extend_from_slice(&byte),
            Err(error) => return Err(super::unreadable(&error)),
        }
    }
    let delimiter = delimiter_of(&first);
    let ends_as_windows = first.ends_with(b"\r\n");
    let whole: Box<dyn Read + Send> = Box::new(Cursor::new(first).chain(bytes));
    let mut records = reader(whole, delimiter);
    let headers = records
        .byte_headers()
        .map_err(|error| Error::invalid("file", format!("has no header: {error}")))?;
    let headers: Vec<String> = headers.iter().map(|it| text(it).into_owned()).collect();
    Ok(Found {
        encoding,
        delimiter,
        warnings: Vec::new(),
        rows: Rows::Lines(Box::new(Lines {
            width: headers.len(),
            ends_as_windows,
            records,
            record: csv::ByteRecord::new(),
            swallowed: VecDeque::new(),
        })),
        headers,
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
        if let Some(row) = self.swallowed.pop_front() {
            return Ok(Some(row));
        }
        let more = self
            .records
            .read_byte_record(&mut self.record)
            .map_err(|error| Error::invalid("file", format!("cannot be read: {error}")))?;
        if !more {
            return Ok(None);
        }
        let begins = self.record.position().map_or(0, csv::Position::line);
        let begins = begins + u64::from(self.ends_as_windows);
        let breaks: usize = self
            .record
            .iter()
            .map(|field| memchr::memchr_iter(b'\n', field).count())
            .sum();
        let covered = breaks as u64;
        if covered > LINES_MOST || (covered > 0 && self.record.len() != self.width) {
            self.set_free(begins);
            return Ok(self.swallowed.pop_front());
        }
        let cells: Vec<String> = self.record.iter().map(|field| cell(&text(field))).collect();
        let is_unreadable = cells.iter().any(|cell| cell.contains('\0'));
        Ok(Some(if is_unreadable {
            TableRow {
                fault: Some("bad_bytes"),
                ..TableRow::whole(begins, cells)
            }
        } else {
            TableRow::whole(begins, cells)
        }))
    }

    /// What stood between quotes that do not belong together, line by line.
    fn set_free(&mut self, begins: u64) {
        let fields: Vec<_> = self.record.iter().map(|it| text(it)).collect();
        let whole = fields.join(",");
        for (line, text) in (begins..).zip(whole.lines()) {
            if !text.trim().is_empty() {
                let row = TableRow::faulty(line, cell(text), "unclosed_quote");
                self.swallowed.push_back(row);
            }
        }
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
        assert_eq!(faults, [(2, None), (3, None),], "{rows:#?}");
    }

    #[test]
    fn breaks_within_quotes_are_part_of_an_address() {
        let table = cells(b"email,address\na@b.it,\"Via Roma 1\n20100 Milano\"\n");
        assert_eq!(table, [["a@b.it", "Via Roma 1\n20100 Milano"]]);
    }
}
