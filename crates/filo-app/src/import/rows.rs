//! What comes out of a file: rows that can be brought in, and rows that cannot, whatever it holds.
//!
//! **Invariant:** every row of the file comes out once: as a draft, with the events it is part of,
//! or as a rejection with its cells.

use std::path::Path;
use std::sync::Arc;

use compact_str::CompactString;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{ImportId, ListId, SourceId, WorkspaceKey};
use filo_core::identity::{Identifier, Rules};
use filo_core::time::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use smallvec::SmallVec;

use super::draft::{self, Draft};
use super::order_rows;
use super::plan::{Plan, Subject};
use super::report::OrderReport;
use super::table::{Table, TableRow};
use super::{company_row, consent_row, event_row};
use crate::error::{Error, Result};

/// A clock a little ahead is no reason to refuse what happened today.
pub(super) const AHEAD_MOST_S: i64 = 24 * 3600;
/// Letters of a value in a report.
pub(super) const SHOWN_LETTERS_MOST: usize = 60;

/// What all rows of a run have in common.
#[derive(Debug, Clone)]
pub struct Run {
    /// Whose event ids.
    pub key: WorkspaceKey,
    /// The source that imports write as.
    pub source: SourceId,
    /// The mark of the run.
    pub received_at: Timestamp,
    /// How often the same file had been taken out before: its events are then others.
    pub generation: i64,
    /// The workspace's rules.
    pub rules: Arc<Rules>,
    /// The list that everybody is put on, and the file that does it.
    pub list: Option<(ListId, ImportId)>,
}

/// What was said by a person who was not there: a file is no visit, so nobody was seen.
const CONTEXT: &str = r#"{"active":false}"#;

impl Run {
    /// When a row without a date of its own speaks: at the run, a microsecond after the row before
    /// it, so that of two rows about one person the lower one counts, as whoever reads the file
    /// would say.
    pub(super) fn moment(&self, row: u64) -> Timestamp {
        let row = i64::try_from(row).unwrap_or(i64::MAX);
        self.received_at.plus_micros(row)
    }

    /// An event of the run, on the thread of the first identifier; none without one.
    pub(super) fn event(
        &self,
        identifiers: &SmallVec<[Identifier; 2]>,
        (kind, name, at): (EventKind, &str, Timestamp),
        message_id: CompactString,
        properties: &Value,
    ) -> Option<Event> {
        let first = identifiers.first()?;
        Some(Event {
            id: self.key.event_id(self.source, &message_id),
            thread: self.key.node_id(first.kind, &first.value),
            at,
            received_at: self.received_at,
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Verified,
            channel: Channel::Server,
            source: self.source,
            message_id,
            name: CompactString::new(name),
            identifiers: identifiers.clone(),
            properties: properties.to_string().into_boxed_str(),
            context: CONTEXT.into(),
        })
    }
}

/// Of whom a row is about and what it says: rows that say the same have the same.
pub(super) fn hash_of_texts(identifiers: &[Identifier], said: &[&str]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    };
    for identifier in identifiers {
        add(identifier.kind.word());
        add(&identifier.value);
    }
    for text in said {
        add(text);
    }
    let mut short = [0u8; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    u128::from_be_bytes(short)
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Its line in the file.
    pub row: u64,
    /// Which column, if one.
    pub column: Option<String>,
    /// Why, as a word of this program.
    pub reason: &'static str,
    /// What stood there, shortened.
    pub value: String,
    /// The row as it was.
    pub cells: Vec<String>,
}

/// Rows that say the same whoever is known already: an order, something done, a company.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The first line in the file.
    pub row: u64,
    /// How many rows it took.
    pub rows: u64,
    /// Whom it is about, strongest first.
    pub identifiers: SmallVec<[Identifier; 2]>,
    /// What it says.
    pub events: Vec<Event>,
    /// What is shown of it: a field and its value.
    pub shown: Vec<(CompactString, String)>,
    /// What a person should know about it, as a word of this program.
    pub warning: Option<&'static str>,
}

/// A row as it was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// It says something about a person, and what changes depends on what is known.
    Draft(Draft),
    /// It says what it says.
    Telling(Telling),
    /// It cannot be brought in.
    Rejected(Rejection),
}

impl Row {
    /// How many rows of the file it is.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        match self {
            Self::Draft(_) | Self::Rejected(_) => 1,
            Self::Telling(telling) => telling.rows,
        }
    }
}

/// Why a row is not taken: column, reason, value.
pub(super) type Refused<'a> = (Option<&'a str>, &'static str, String);

impl Rejection {
    pub(super) fn new(row: TableRow, (column, reason, value): Refused<'_>) -> Self {
        Self {
            row: row.line,
            column: column.map(str::to_owned),
            reason,
            value: value.chars().take(SHOWN_LETTERS_MOST).collect(),
            cells: row.cells,
        }
    }
}

/// Where rows go.
pub(super) type Sink<'a> = dyn FnMut(Row) -> Result<()> + 'a;

/// Reads a file to its end and hands every row over; of orders it gives the report.
///
/// # Errors
/// If the file cannot be read, is not what the plan was made for, or whoever takes the rows stops.
pub fn read(
    file: &Path,
    plan: &Plan,
    run: &Run,
    sink: &mut dyn FnMut(Row) -> Result<()>,
) -> Result<Option<OrderReport>> {
    let mut table = Table::open(file)?;
    if !plan.fits(&table.headers) {
        return Err(Error::invalid(
            "columns",
            "the file has other columns than the plan was made for",
        ));
    }
    let zone = TimeZone::get(&plan.zone)
        .map_err(|_unknown| Error::invalid("zone", "no such zone: Europe/Rome, for example"))?;
    let reader = Reader { plan, run, zone };
    if plan.subject == Subject::Orders {
        return order_rows::read(table, &reader, sink).map(Some);
    }
    while let Some(row) = table.next()? {
        let read = reader.whole(&row).and_then(|()| match plan.subject {
            Subject::People | Subject::Suppressions | Subject::Orders => {
                draft::read(&reader, &row).map(Row::Draft)
            }
            Subject::Events => event_row::read(&reader, &row).map(Row::Telling),
            Subject::Consents => consent_row::read(&reader, &row).map(Row::Telling),
            Subject::Companies => company_row::read(&reader, &row).map(Row::Telling),
        });
        // What was refused borrows of the plan, not of the row.
        sink(read.unwrap_or_else(|refused| Row::Rejected(Rejection::new(row, refused))))?;
    }
    Ok(None)
}

/// What rows are read with.
pub(super) struct Reader<'a> {
    pub(super) plan: &'a Plan,
    pub(super) run: &'a Run,
    pub(super) zone: TimeZone,
}

impl<'a> Reader<'a> {
    /// Whether a row has a cell for each column, and nothing beside.
    pub(super) fn whole(&self, row: &TableRow) -> Result<(), Refused<'a>> {
        if let Some(fault) = row.fault {
            let text = row.cells.first().cloned().unwrap_or_default();
            return Err((None, fault, text));
        }
        let wanted = self.plan.columns.len();
        let beyond = row.cells.get(wanted..).unwrap_or_default();
        if row.cells.len() < wanted || beyond.iter().any(|cell| !cell.is_empty()) {
            return Err((None, "wrong_column_count", row.cells.len().to_string()));
        }
        Ok(())
    }
}
