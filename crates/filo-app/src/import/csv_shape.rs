//! What a file looks like: packed or not, its letters, its delimiter, its columns and how it
//! writes numbers and dates.
//!
//! **Invariant:** the shape is found from the first 256 kB alone and holds for the whole file,
//! so that a file can be read as a stream.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::column::{COLUMN_COUNT, Column, OrderMapping, reduced};
use super::decimal::DecimalMark;
use super::framing::Framing;
use super::when::{DateOrder, date_order};
use crate::error::Error;

/// What is looked at to find the shape.
const SAMPLE_BYTES: u64 = 256 * 1024;
/// What is read at once.
const READ_BYTES: usize = 64 * 1024;
/// Unpacked bytes of one file: ten million lines. More is split by whoever sends it, because a
/// run that cannot end cannot be taken back either.
const MOST_BYTES: u64 = 500 * 1024 * 1024;

/// Which program wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preset {
    /// UCI's Online Retail and its relatives: an invoice number beginning with C cancels.
    OnlineRetail,
    /// Shopify's orders: what belongs to the order stands only on its first line.
    ShopifyOrders,
    /// One line per product, names recognised or given.
    Lines,
}

impl Preset {
    /// Its name in the report.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::OnlineRetail => "online_retail",
            Self::ShopifyOrders => "shopify_orders",
            Self::Lines => "lines",
        }
    }
}

/// The shape of one file.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// Which program wrote it.
    pub(super) preset: Preset,
    /// Between the fields.
    pub(super) delimiter: u8,
    /// How numbers are written.
    pub(super) decimals: DecimalMark,
    /// How dates are written.
    pub(super) dates: DateOrder,
    /// Day and month could be either.
    pub(super) dates_doubtful: bool,
    /// The header line.
    pub(super) headers: Vec<String>,
    /// Where each column stands.
    pub(super) columns: [Option<usize>; COLUMN_COUNT],
}

impl Shape {
    /// Where a column stands.
    pub(super) const fn column(&self, column: Column) -> Option<usize> {
        self.columns[column as usize]
    }

    /// The columns that were found, with their headers: for the report.
    pub(super) fn mapping(&self) -> Vec<(String, String)> {
        (0..COLUMN_COUNT)
            .filter_map(|position| {
                let header = self.headers.get(self.columns[position]?)?;
                Some((
                    Column::at_position(position)?.word().to_owned(),
                    header.clone(),
                ))
            })
            .collect()
    }
}

/// An opened file with its shape.
pub(super) struct Opened {
    /// The shape.
    pub(super) shape: Shape,
    /// Its records, after the header.
    pub(super) records: Framing<BufReader<Box<dyn Read + Send>>>,
}

/// Opens a file, unpacks it if need be and finds its shape.
///
/// # Errors
/// If it cannot be read, is no table, or lacks a column that an order needs.
pub(super) fn open(path: &Path, mapping: Option<&OrderMapping>) -> Result<Opened, Error> {
    let unreadable = |error: io::Error| {
        refused(
            "file",
            format!("{} cannot be read: {error}", path.display()),
        )
    };
    let mut bytes = unpacked(File::open(path).map_err(unreadable)?).map_err(unreadable)?;
    let mut sample = Vec::new();
    bytes
        .by_ref()
        .take(SAMPLE_BYTES)
        .read_to_end(&mut sample)
        .map_err(unreadable)?;
    if sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]) {
        return Err(refused(
            "file",
            "the file is UTF-16: save it as CSV UTF-8".to_owned(),
        ));
    }
    if sample.starts_with(b"\xef\xbb\xbf") {
        sample.drain(..3);
    }
    let shape = find_shape(&sample, mapping)?;
    let whole: Box<dyn Read + Send> = Box::new(Cursor::new(sample).chain(bytes));
    let whole = BufReader::with_capacity(READ_BYTES, whole);
    let mut header = csv::ByteRecord::new();
    let records = Framing::begin(whole, shape.delimiter, &mut header).map_err(unreadable)?;
    Ok(Opened { shape, records })
}

fn refused(field: &'static str, reason: String) -> Error {
    Error::Invalid { field, reason }
}

pub(super) fn reader<R: Read>(bytes: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(bytes)
}

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

fn find_shape(sample: &[u8], mapping: Option<&OrderMapping>) -> Result<Shape, Error> {
    let first_line = sample
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let delimiter = delimiter_of(first_line);
    let mut records = reader(sample, delimiter);
    let headers: Vec<String> = records
        .byte_headers()
        .map_err(|error| refused("file", format!("the header cannot be read: {error}")))?
        .iter()
        .map(|header| text(header).trim().to_owned())
        .collect();
    if headers.len() < 3 {
        return Err(refused(
            "file",
            "the first line is not a header of columns".to_owned(),
        ));
    }
    let preset = preset_of(&headers);
    let mut columns = Column::recognise(&headers);
    if preset == Preset::ShopifyOrders {
        columns[Column::Order as usize] = headers.iter().position(|header| header == "Name");
    }
    for (column, header) in mapping.iter().flat_map(|mapping| &mapping.0) {
        let position = headers
            .iter()
            .position(|name| name == header)
            .ok_or_else(|| {
                let known = headers.join(", ");
                refused(
                    "map",
                    format!("there is no header `{header}`; the file has {known}"),
                )
            })?;
        columns[*column as usize] = Some(position);
    }
    demand(&columns, &headers)?;
    // A record cut by the end of the sample is only one more that does not count.
    let rows: Vec<csv::ByteRecord> = records.byte_records().map_while(Result::ok).collect();
    let values = |column: Column| {
        let position = columns[column as usize];
        rows.iter()
            .filter_map(move |row| Some(text(row.get(position?)?)))
            .collect::<Vec<_>>()
    };
    let (dates, dates_doubtful) = date_order(values(Column::At).iter().map(AsRef::as_ref));
    let amounts = [
        Column::Price,
        Column::LineTotal,
        Column::Total,
        Column::Quantity,
    ];
    let decimals = decimal_mark(amounts.iter().flat_map(|column| values(*column)), delimiter);
    Ok(Shape {
        preset,
        delimiter,
        decimals,
        dates,
        dates_doubtful,
        headers,
        columns,
    })
}

fn demand(columns: &[Option<usize>; COLUMN_COUNT], headers: &[String]) -> Result<(), Error> {
    let has = |column: Column| columns[column as usize].is_some();
    let lacking = if !has(Column::Order) {
        "order_id"
    } else if !has(Column::At) {
        "at"
    } else if ![Column::Customer, Column::Email, Column::Phone]
        .into_iter()
        .any(has)
    {
        "customer_id (or email, or phone)"
    } else if ![Column::Price, Column::LineTotal, Column::Total]
        .into_iter()
        .any(has)
    {
        "price (or line_total, or total)"
    } else {
        return Ok(());
    };
    Err(refused(
        "map",
        format!(
            "no column was recognised as {lacking}; the file has {}: say which with --map",
            headers.join(", ")
        ),
    ))
}

fn preset_of(headers: &[String]) -> Preset {
    let has = |name: &str| headers.iter().any(|header| reduced(header) == name);
    if ["invoiceno", "stockcode", "customerid"]
        .into_iter()
        .all(has)
    {
        Preset::OnlineRetail
    } else if ["lineitemname", "financialstatus", "name"]
        .into_iter()
        .all(has)
    {
        Preset::ShopifyOrders
    } else {
        Preset::Lines
    }
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
fn decimal_mark<'a>(sample: impl Iterator<Item = Cow<'a, str>>, delimiter: u8) -> DecimalMark {
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
