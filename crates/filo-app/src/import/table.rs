//! A file as a table of texts, read as a stream.
//!
//! **Invariant:** every line after the header comes out as a row, whole or ragged; none is lost.

use std::io::{Cursor, Read};
use std::path::Path;

use super::csv_shape::{delimiter_of, reader, text, unpacked};
use crate::error::{Error, Result};

/// What is looked at to find delimiter and letters.
const SAMPLE_BYTES: u64 = 256 * 1024;
/// Letters of a cell; beyond it is cut.
const CELL_BYTES_MOST: usize = 10_000;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableRow {
    /// Its line in the file; the header is line 1.
    pub(super) line: u64,
    /// Its cells, as many as it has.
    pub(super) cells: Vec<String>,
}

pub(super) struct Table {
    pub(super) headers: Vec<String>,
    pub(super) delimiter: u8,
    is_utf8: bool,
    ends_as_windows: bool,
    records: csv::Reader<Box<dyn Read + Send>>,
    record: csv::ByteRecord,
}

impl Table {
    /// Opens a file, packed or not.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let unreadable =
            |error: std::io::Error| Error::invalid("file", format!("cannot be read: {error}"));
        let file = std::fs::File::open(path).map_err(unreadable)?;
        let mut bytes = unpacked(file).map_err(unreadable)?;
        let mut sample = Vec::new();
        let mut beginning = bytes.by_ref().take(SAMPLE_BYTES);
        beginning.read_to_end(&mut sample).map_err(unreadable)?;
        if sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]) {
            return Err(Error::invalid("file", "is UTF-16: save it as CSV UTF-8"));
        }
        if sample.starts_with(b"PK\x03\x04") {
            return Err(Error::invalid(
                "file",
                "is a workbook or an archive: save the sheet as CSV",
            ));
        }
        if sample.starts_with(b"\xef\xbb\xbf") {
            sample.drain(..3);
        }
        let first = sample
            .split(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let delimiter = delimiter_of(first);
        let ends_as_windows = first.ends_with(b"\r");
        let is_utf8 = match std::str::from_utf8(&sample) {
            Ok(_) => true,
            // The end of the sample may cut a letter in two.
            Err(error) => error.error_len().is_none(),
        };
        let whole: Box<dyn Read + Send> = Box::new(Cursor::new(sample).chain(bytes));
        let mut records = reader(whole, delimiter);
        let headers = records
            .byte_headers()
            .map_err(|error| Error::invalid("file", format!("has no header: {error}")))?;
        let headers: Vec<String> = headers
            .iter()
            .map(|header| text(header).trim().to_owned())
            .collect();
        if headers.iter().all(String::is_empty) {
            return Err(Error::invalid(
                "file",
                "has no first line with the names of the columns",
            ));
        }
        if headers.len() > super::plan::COLUMNS_MOST {
            return Err(Error::invalid("file", "has more than 400 columns"));
        }
        Ok(Self {
            headers,
            delimiter,
            is_utf8,
            ends_as_windows,
            records,
            record: csv::ByteRecord::new(),
        })
    }

    pub(super) const fn encoding(&self) -> &'static str {
        if self.is_utf8 {
            "utf-8"
        } else {
            "windows-1252"
        }
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        let mut seen = std::collections::BTreeSet::new();
        let twice = self
            .headers
            .iter()
            .any(|it| !it.is_empty() && !seen.insert(it));
        let warnings = twice.then(|| "duplicate_headers".to_owned());
        warnings.into_iter().collect()
    }

    /// The next row; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<TableRow>> {
        let more = self
            .records
            .read_byte_record(&mut self.record)
            .map_err(|error| Error::invalid("file", format!("cannot be read: {error}")))?;
        if !more {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        let cells = self.record.iter().map(|cell| {
            let text = text(cell);
            text.chars().take(CELL_BYTES_MOST).collect()
        });
        Ok(Some(TableRow {
            line: line + u64::from(self.ends_as_windows),
            cells: cells.collect(),
        }))
    }
}
