//! A file as a table of texts, whatever it is: CSV, a workbook, contacts, JSON.
//!
//! **Invariant:** every line, row, card or object after the header comes out as a row, whole,
//! ragged or with the fault that keeps it from being read; none is lost.

mod contacts;
mod json;
mod lines;
mod workbook;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::Value;

use super::raw_text::unpacked;
use crate::error::{Error, Result};

/// What is looked at to find what a file is.
const SAMPLE_BYTES: u64 = 256 * 1024;
/// Letters of a cell; beyond it is cut.
const CELL_LETTERS_MOST: usize = 10_000;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableRow {
    /// Where it begins in the file: its line, or its number among cards or rows of a sheet.
    pub(super) line: u64,
    /// Its cells, as many as it has.
    pub(super) cells: Vec<String>,
    /// The same as JSON writes them; empty for other formats.
    pub(super) values: Vec<Value>,
    /// Why it cannot be read, as a word of this program.
    pub(super) fault: Option<&'static str>,
}

impl TableRow {
    fn whole(line: u64, cells: Vec<String>) -> Self {
        Self {
            line,
            cells,
            values: Vec::new(),
            fault: None,
        }
    }

    fn faulty(line: u64, text: String, fault: &'static str) -> Self {
        Self {
            line,
            cells: vec![text],
            values: Vec::new(),
            fault: Some(fault),
        }
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Workbook,
    Contacts,
    Json,
}

impl Format {
    /// The word in an inspection.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Workbook => "xlsx",
            Self::Contacts => "vcard",
            Self::Json => "json",
        }
    }
}

enum Rows {
    /// Read as they are asked for.
    Lines(Box<lines::Lines>),
    Json(Box<json::Objects>),
    /// Of formats that must be read whole.
    Kept(std::vec::IntoIter<TableRow>),
}

/// An open file.
pub(super) struct Table {
    pub(super) format: Format,
    pub(super) headers: Vec<String>,
    /// Between the fields; of formats without one a comma.
    pub(super) delimiter: u8,
    encoding: &'static str,
    warnings: Vec<String>,
    rows: Rows,
}

/// What a reader found before the first row.
struct Found {
    headers: Vec<String>,
    encoding: &'static str,
    delimiter: u8,
    warnings: Vec<String>,
    rows: Rows,
}

impl Table {
    /// Opens a file, packed or not.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
        let mut bytes = unpacked(file).map_err(|error| unreadable(&error))?;
        let mut sample = Vec::new();
        let mut beginning = bytes.by_ref().take(SAMPLE_BYTES);
        beginning
            .read_to_end(&mut sample)
            .map_err(|error| unreadable(&error))?;
        if let Some(hint) = no_table(&sample) {
            return Err(Error::invalid("file", hint));
        }
        let format = format_of(&sample);
        let found = match format {
            Format::Workbook => workbook::open(path)?,
            Format::Contacts => contacts::open(Box::new(Cursor::new(sample).chain(bytes)))?,
            Format::Json => json::open(path)?,
            Format::Csv => lines::open(sample, bytes)?,
        };
        let mut headers = found.headers;
        let is_text = |header: &String| !header.contains('\0');
        if !headers.iter().all(is_text) {
            return Err(Error::invalid("file", "holds no text"));
        }
        if headers.iter().all(String::is_empty) {
            return Err(Error::invalid(
                "file",
                "has no first line with the names of the columns",
            ));
        }
        if headers.len() > super::plan::COLUMNS_MOST {
            return Err(Error::invalid("file", "has more than 400 columns"));
        }
        for header in &mut headers {
            *header = header.trim().to_owned();
        }
        let mut warnings = found.warnings;
        let mut seen = BTreeSet::new();
        if headers.iter().any(|it| !it.is_empty() && !seen.insert(it)) {
            warnings.push("duplicate_headers".to_owned());
        }
        Ok(Self {
            format,
            delimiter: found.delimiter,
            encoding: found.encoding,
            warnings,
            rows: found.rows,
            headers,
        })
    }

    pub(super) const fn encoding(&self) -> &'static str {
        self.encoding
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    /// The next row; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<TableRow>> {
        match &mut self.rows {
            Rows::Lines(lines) => lines.next(),
            Rows::Json(objects) => objects.next(),
            Rows::Kept(rows) => Ok(rows.next()),
        }
    }
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::invalid("file", format!("cannot be read: {error}"))
}

/// A cell of bounded length.
fn cell(text: &str) -> String {
    text.chars().take(CELL_LETTERS_MOST).collect()
}

/// What files that people pick by mistake begin with, and what helps.
const NO_TABLES: [(&[u8], &str); 5] = [
    (
        b"\xd0\xcf\x11\xe0",
        "is a workbook of Excel before 2007: save it as .xlsx",
    ),
    (
        b"%PDF",
        "is a PDF: ask for the same list as CSV or Excel workbook",
    ),
    (b"\x89PNG", IS_PICTURE),
    (b"\xff\xd8\xff", IS_PICTURE),
    (b"GIF8", IS_PICTURE),
];
const IS_PICTURE: &str = "is a picture: it takes a list as CSV, Excel workbook, vCard or JSON";

/// Why a file cannot be a list, where its beginning says so.
fn no_table(sample: &[u8]) -> Option<&'static str> {
    let known = NO_TABLES
        .iter()
        .find(|(beginning, _)| sample.starts_with(beginning));
    known.map(|(_, hint)| *hint)
}

/// What a file is, by how it begins: names lie.
fn format_of(sample: &[u8]) -> Format {
    if sample.starts_with(b"PK\x03\x04") {
        return Format::Workbook;
    }
    let text = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample);
    let text = text.trim_ascii_start();
    let begins = |word: &[u8]| {
        text.get(..word.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(word))
    };
    if begins(b"BEGIN:VCARD") {
        Format::Contacts
    } else if begins(b"{") || begins(b"[") {
        Format::Json
    } else {
        Format::Csv
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    pub(super) fn open(bytes: &[u8]) -> Result<Table> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        Table::open(file.path())
    }

    pub(super) fn rows(bytes: &[u8]) -> (Vec<String>, Vec<TableRow>) {
        let mut table = open(bytes).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = table.next().unwrap() {
            rows.push(row);
        }
        (table.headers, rows)
    }

    #[test]
    fn a_file_is_what_it_begins_with() {
        for (bytes, format) in [
            (&b"PK\x03\x04"[..], Format::Workbook),
            (b"\xef\xbb\xbfbegin:vcard\r\n", Format::Contacts),
            (b"\n {\"a\":1}", Format::Json),
            (b"[{\"a\":1}]", Format::Json),
            (b"a,b\n1,2\n", Format::Csv),
            (b"", Format::Csv),
        ] {
            assert_eq!(format_of(bytes), format, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_list_is_told_what_would_be_one() {
        for (bytes, said) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "picture"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "picture"),
            (b"%PDF-1.7\n1 0 obj", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx"),
            (b"\x7fELF\x02\x01\x01\0\0\0\n1,2\n", "no text"),
        ] {
            let Err(error) = open(bytes) else {
                panic!("{bytes:?} was taken for a list");
            };
            assert!(error.to_string().contains(said), "{error}");
        }
    }

    proptest! {
        /// Whatever the bytes: an error that says why, or a table whose rows end.
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..600), kind in 0..5usize) {
            let beginnings: [&[u8]; 5] = [b"", b"a,b\n", b"BEGIN:VCARD\n", b"{\"a\":1}\n", b"PK\x03\x04"];
            let bytes = [beginnings[kind], &bytes].concat();
            if let Ok(mut table) = open(&bytes) {
                for _ in 0..2_000 {
                    match table.next() {
                        Ok(Some(_)) => {}
                        Ok(None) | Err(_) => return Ok(()),
                    }
                }
                prop_assert!(false, "more rows than bytes");
            }
        }

        /// Each line of a file that nothing is quoted in is one row.
        #[test]
        fn lines_in_are_rows_out(lines in proptest::collection::vec("[a-z0-9;,@. ]{1,20}", 1..40)) {
            let text = format!("one,two\n{}\n", lines.join("\n"));
            let (_, rows) = rows(text.as_bytes());
            prop_assert_eq!(rows.len(), lines.len());
        }
    }
}
