//! The file of rows that were not taken: as they were, with line and reason, to be mended and
//! brought in again.
//!
//! **Invariant:** no cell of it is taken for a formula by a spreadsheet.

use std::borrow::Cow;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom};
use std::path::Path;

use filo_core::id::ImportId;

use super::folder::{self, Part};
use crate::error::Result;
use crate::export::harmless;
use crate::import::Rejection;

/// What stands above the three columns behind the file's own.
pub(super) const HEADS: [&str; 3] = ["filo_line", "filo_column", "filo_reason"];

/// Writes rows behind those that were noted, and says how long the file is now.
pub(super) fn append(
    (folder, id): (&Path, ImportId),
    noted_bytes: u64,
    (headers, delimiter): (&[String], u8),
    rows: &[Rejection],
) -> Result<u64> {
    let place = folder::path(folder, id, Part::Rejected);
    let wrong = |error: csv::Error| anyhow::Error::from(error);
    let mut file = open(&place, noted_bytes).map_err(anyhow::Error::from)?;
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(&mut file);
    if noted_bytes == 0 {
        let heads = headers.iter().map(String::as_str).chain(HEADS);
        writer
            .write_record(heads.map(|cell| harmless(cell).into_owned()))
            .map_err(wrong)?;
    }
    for row in rows {
        let mut cells: Vec<Cow<'_, str>> = row.cells.iter().map(|cell| harmless(cell)).collect();
        // A row that is too short is filled up, so that the reason stands in its own column.
        cells.resize(cells.len().max(headers.len()), Cow::Borrowed(""));
        cells.push(Cow::Owned(row.row.to_string()));
        cells.push(harmless(row.column.as_deref().unwrap_or_default()));
        cells.push(Cow::Borrowed(row.reason));
        let bytes = cells.iter().map(|cell| cell.as_bytes());
        writer.write_record(bytes).map_err(wrong)?;
    }
    writer.flush().map_err(anyhow::Error::from)?;
    drop(writer);
    Ok(file.stream_position().map_err(anyhow::Error::from)?)
}

fn open(place: &Path, noted_bytes: u64) -> std::io::Result<File> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(place)?;
    file.set_len(noted_bytes)?;
    file.seek(SeekFrom::End(0))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_columns_and_no_cell_is_a_formula() {
        let folder = tempfile::tempdir().unwrap();
        let id = ImportId(1);
        let row = |line, cells: &[&str]| Rejection {
            row: line,
            column: Some("Mail".to_owned()),
            reason: "bad_email",
            value: String::new(),
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        let headers = ["Mail".to_owned(), "=Nome".to_owned()];
        let shape = (headers.as_slice(), b';');
        let place = (folder.path(), id);
        let first = append(place, 0, shape, &[row(2, &["x", "=HYPERLINK(1)"])]).unwrap();
        append(place, first, shape, &[row(9, &["lost"])]).unwrap();
        append(
            place,
            first,
            shape,
            &[row(3, &["+39"]), row(4, &["@a;b", "-1"])],
        )
        .unwrap();
        let text =
            std::fs::read_to_string(folder::path(folder.path(), id, Part::Rejected)).unwrap();
        assert_eq!(
            text,
            "Mail;'=Nome;filo_line;filo_column;filo_reason\n\
             x;'=HYPERLINK(1);2;Mail;bad_email\n\
             +39;;3;Mail;bad_email\n\
             \"'@a;b\";-1;4;Mail;bad_email\n"
        );
    }
}
