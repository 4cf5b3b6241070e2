//! A workbook of Excel or of another office program: its first sheet with anything in it.
//!
//! **Invariant:** what is unpacked is bounded before it is unpacked, by what the archive says and
//! by what a sheet may hold.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, Range, Reader as _, Xlsx, open_workbook};

use super::{Found, Rows, TableRow, cell};
use crate::error::{Error, Result};

/// Bytes of everything in the archive, unpacked.
const UNPACKED_BYTES_MOST: u64 = 400 << 20;
/// Cells of a sheet.
const CELLS_MOST: usize = 8_000_000;

pub(super) fn open(path: &Path) -> Result<Found> {
    let broken = |error: &dyn std::fmt::Display| {
        Error::invalid(
            "file",
            format!("is no workbook that can be read (save it as .xlsx or as CSV): {error}"),
        )
    };
    let file = File::open(path).map_err(|error| super::unreadable(&error))?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    let mut unpacked = 0_u64;
    for place in 0..archive.len() {
        let entry = archive
            .by_index_raw(place)
            .map_err(|error| broken(&error))?;
        unpacked = unpacked.saturating_add(entry.size());
    }
    if unpacked > UNPACKED_BYTES_MOST {
        return Err(Error::invalid(
            "file",
            "is too large a workbook when unpacked: save the sheet as CSV",
        ));
    }
    let mut workbook: Xlsx<_> =
        open_workbook(path).map_err(|error: calamine::XlsxError| broken(&error))?;
    let mut others = Vec::new();
    let mut chosen: Option<Range<Data>> = None;
    for name in workbook.sheet_names() {
        if chosen.is_some() {
            others.push("other_sheets".to_owned());
            break;
        }
        let range = workbook
            .worksheet_range(&name)
            .map_err(|error| broken(&error))?;
        if !range.is_empty() {
            chosen = Some(range);
        }
    }
    let range = chosen.ok_or_else(|| Error::invalid("file", "is a workbook with nothing in it"))?;
    let (height, width) = range.get_size();
    if height.saturating_mul(width) > CELLS_MOST {
        return Err(Error::invalid(
            "file",
            "has too large a sheet: save it as CSV",
        ));
    }
    let first = u64::from(range.start().map_or(0, |(row, _)| row)) + 1;
    let mut lines = (first..).zip(range.rows());
    let headers = lines.next().map(|(_, row)| texts(row)).unwrap_or_default();
    let rows: Vec<TableRow> = lines
        .map(|(line, row)| TableRow::whole(line, texts(row)))
        .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    Ok(Found {
        headers,
        encoding: "utf-8",
        delimiter: b',',
        warnings: others,
        rows: Rows::Kept(rows.into_iter()),
    })
}

fn texts(row: &[Data]) -> Vec<String> {
    row.iter().map(shown).collect()
}

/// As a person sees it: days as days, whole numbers without a point.
fn shown(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => cell(text),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => format!("{number}"),
        Data::Bool(answer) => answer.to_string(),
        Data::DateTime(at) => day(*at).unwrap_or_else(|| format!("{}", at.as_f64())),
    }
}

/// Excel counts days from the end of 1899, with a leap day in 1900 that never was; files of old
/// Macs begin in 1904, which the reader has counted in already.
fn day(at: calamine::ExcelDateTime) -> Option<String> {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = jiff::civil::date(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    if at.as_f64().fract().abs() < f64::EPSILON {
        return Some(date.to_string());
    }
    Some(format!("{date} {hour:02}:{minute:02}:{second:02}"))
}
