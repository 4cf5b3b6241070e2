//! Rows of a file as drafts: who it is, what it says, or why it was not taken.
//!
//! **Invariant:** every row of the file comes out once, as a draft or as a rejection with its cells.

use std::path::Path;
use std::sync::Arc;

use compact_str::CompactString;
use filo_core::event::Channel;
use filo_core::id::{SourceId, WorkspaceKey};
use filo_core::identity::{Identifier, Kind, Rules};
use filo_core::time::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use smallvec::SmallVec;

use super::decimal::{Decimal, DecimalMark};
use super::plan::{Collision, ColumnPlan, Plan, Target, Transform};
use super::table::{Table, TableRow};
use super::when::{DateOrder, DateReader};
use crate::error::{Error, Result};

/// Values of a list.
const LIST_MOST: usize = 50;
/// Letters of a value in a report.
const SHOWN_LETTERS_MOST: usize = 60;

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
}

/// Something that a row says about a person.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftTrait {
    /// The key.
    pub key: CompactString,
    /// The value, as it will stand.
    pub value: Value,
    /// What wins where something was known.
    pub collision: Collision,
}

/// A yes or a no of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftConsent {
    /// Where.
    pub channel: Channel,
    /// Yes or no.
    pub granted: bool,
    /// What proves it.
    pub proof: String,
    /// When it was said; when the file was brought, if nobody knows.
    pub at: Option<Timestamp>,
}

/// A row that can be brought in.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its line in the file.
    pub row: u64,
    /// Who it is, strongest first.
    pub identifiers: SmallVec<[Identifier; 2]>,
    /// What it says about them.
    pub traits: Vec<DraftTrait>,
    /// What they allow.
    pub consents: Vec<DraftConsent>,
    /// They must not be written to, and why.
    pub suppression: Option<String>,
    /// When the row was changed last.
    pub changed_at: Option<Timestamp>,
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

/// A row as it was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// It can be brought in.
    Draft(Draft),
    /// It cannot.
    Rejected(Rejection),
}

/// Reads a file to its end and hands every row over.
///
/// # Errors
/// If the file cannot be read, is not what the plan was made for, or whoever takes the rows stops.
pub fn read(
    file: &Path,
    plan: &Plan,
    run: &Run,
    sink: &mut dyn FnMut(Row) -> Result<()>,
) -> Result<()> {
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
    while let Some(row) = table.next()? {
        sink(reader.read(row))?;
    }
    Ok(())
}

struct Reader<'a> {
    plan: &'a Plan,
    run: &'a Run,
    zone: TimeZone,
}

/// Why a row is not taken: column, reason, value.
type Refused<'a> = (Option<&'a str>, &'static str, String);

impl Reader<'_> {
    fn read(&self, row: TableRow) -> Row {
        match self.draft(&row) {
            Ok(draft) => Row::Draft(draft),
            Err((column, reason, value)) => Row::Rejected(Rejection {
                row: row.line,
                column: column.map(str::to_owned),
                reason,
                value: value.chars().take(SHOWN_LETTERS_MOST).collect(),
                cells: row.cells,
            }),
        }
    }

    fn draft(&self, row: &TableRow) -> Result<Draft, Refused<'_>> {
        if let Some(fault) = row.fault {
            let text = row.cells.first().cloned().unwrap_or_default();
            return Err((None, fault, text));
        }
        let wanted = self.plan.columns.len();
        let (known, beyond) = row.cells.split_at(wanted.min(row.cells.len()));
        if known.len() < wanted || beyond.iter().any(|cell| !cell.is_empty()) {
            return Err((None, "wrong_column_count", row.cells.len().to_string()));
        }
        let mut draft = Draft {
            row: row.line,
            identifiers: SmallVec::new(),
            traits: Vec::new(),
            consents: Vec::new(),
            suppression: None,
            changed_at: None,
        };
        for (column, cell) in self.plan.columns.iter().zip(known) {
            let cell = plain(cell);
            if !cell.is_empty() {
                self.take(&mut draft, column, cell)?;
            }
        }
        if draft.identifiers.is_empty() {
            return Err((None, "nobody", String::new()));
        }
        draft.identifiers.sort_by_key(|it| it.kind);
        if self.plan.subject == super::plan::Subject::Suppressions {
            draft.suppression.get_or_insert_with(|| "list".to_owned());
        }
        // Whoever said no is not overruled by what the whole file proves.
        if draft.suppression.is_none() {
            for proof in &self.plan.consents {
                if draft.consents.iter().all(|it| it.channel != proof.channel) {
                    draft.consents.push(DraftConsent {
                        channel: proof.channel,
                        granted: true,
                        proof: proof.text.trim().to_owned(),
                        at: self.dates(DateOrder::DayFirst).read(&proof.day),
                    });
                }
            }
        }
        Ok(draft)
    }

    fn dates(&self, order: DateOrder) -> DateReader {
        DateReader {
            order,
            zone: self.zone.clone(),
        }
    }

    fn take<'p>(
        &self,
        draft: &mut Draft,
        column: &'p ColumnPlan,
        cell: &str,
    ) -> Result<(), Refused<'p>> {
        let refused = |reason| (Some(column.header.as_str()), reason, cell.to_owned());
        match &column.target {
            Target::Ignore => {}
            Target::Identifier(kind) => {
                let identifier = Identifier::new(*kind, cell, &self.run.rules);
                let identifier = identifier.map_err(|_refusal| refused(bad(*kind)))?;
                if !draft.identifiers.contains(&identifier) {
                    draft.identifiers.push(identifier);
                }
                if matches!(kind, Kind::Email | Kind::Phone) {
                    draft.say(kind.word(), Value::from(cell), column.collision);
                }
            }
            Target::FullName => {
                let (first, last) = split_name(cell, column.transform);
                if !first.is_empty() {
                    draft.say(
                        "first_name",
                        Value::from(title_case(&first)),
                        column.collision,
                    );
                }
                if !last.is_empty() {
                    draft.say(
                        "last_name",
                        Value::from(title_case(&last)),
                        column.collision,
                    );
                }
            }
            Target::Trait(key) => {
                let value = self.value(column, cell).map_err(refused)?;
                draft.say(key, value, column.collision);
            }
            Target::Consent(channel) => {
                let granted = yes_or_no(cell).ok_or_else(|| refused("bad_yes_or_no"))?;
                draft.consents.push(DraftConsent {
                    channel: *channel,
                    granted,
                    proof: format!("column {}", column.header),
                    at: None,
                });
            }
            Target::Suppression => {
                // A column of yes and no names them; any other text is the reason.
                if yes_or_no(cell) != Some(false) {
                    draft.suppression = Some(cell.chars().take(SHOWN_LETTERS_MOST).collect());
                }
            }
            Target::ChangedAt => {
                let order = match column.transform {
                    Transform::MonthFirst => DateOrder::MonthFirst,
                    _ => DateOrder::DayFirst,
                };
                let at = self.dates(order).read(cell);
                let at = at.ok_or_else(|| refused("bad_date"))?;
                draft.changed_at = Some(at.min(self.run.received_at));
            }
        }
        Ok(())
    }

    fn value(&self, column: &ColumnPlan, cell: &str) -> Result<Value, &'static str> {
        let decimal = |mark| {
            let number = Decimal::parse(cell, mark).ok_or("bad_number")?;
            let number: serde_json::Number = number
                .to_string()
                .parse()
                .map_err(|_not_one| "bad_number")?;
            Ok(Value::Number(number))
        };
        let day = |order| {
            let at = self.dates(order).read(cell).ok_or("bad_date")?;
            let at = jiff::Timestamp::from_microsecond(at.0).map_err(|_far| "bad_date")?;
            let day = at.to_zoned(self.zone.clone()).date();
            Ok(Value::from(day.to_string()))
        };
        match column.transform {
            Transform::AsIs | Transform::SurnameFirst => Ok(Value::from(cell)),
            Transform::TitleCase => Ok(Value::from(title_case(cell))),
            Transform::LowerCase => Ok(Value::from(cell.to_lowercase())),
            Transform::DayFirst => day(DateOrder::DayFirst),
            Transform::MonthFirst => day(DateOrder::MonthFirst),
            Transform::DecimalComma => decimal(DecimalMark::Comma),
            Transform::DecimalPoint => decimal(DecimalMark::Point),
            Transform::List => {
                let parts = cell.split([',', ';']).map(|it| it.trim().trim_matches('"'));
                let parts = parts.filter(|it| !it.is_empty()).take(LIST_MOST);
                Ok(parts.map(Value::from).collect())
            }
        }
    }
}

impl Draft {
    fn say(&mut self, key: &str, value: Value, collision: Collision) {
        let key = CompactString::new(key);
        if self.traits.iter().all(|known| known.key != key) {
            self.traits.push(DraftTrait {
                key,
                value,
                collision,
            });
        }
    }
}

/// A value without the space and the apostrophe that spreadsheets put before numbers.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').unwrap_or(cell).trim()
}

const fn bad(kind: Kind) -> &'static str {
    match kind {
        Kind::Email => "bad_email",
        Kind::Phone | Kind::Landline => "bad_phone",
        Kind::TaxCode => "bad_tax_code",
        Kind::Card => "bad_card",
        _ => "bad_identifier",
    }
}

fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "si" | "sì" | "s" | "x" | "vero" | "subscribed" | "ok" => {
            Some(true)
        }
        "no" | "n" | "false" | "0" | "falso" | "unsubscribed" | "-" => Some(false),
        _ => None,
    }
}

/// First name and surname.
fn split_name(cell: &str, transform: Transform) -> (String, String) {
    let mut words: Vec<&str> = cell.split_whitespace().collect();
    if words.len() < 2 {
        return (cell.to_owned(), String::new());
    }
    if transform == Transform::SurnameFirst {
        let last = words.remove(0);
        return (words.join(" "), last.to_owned());
    }
    let first = words.remove(0);
    (first.to_owned(), words.join(" "))
}

/// Words with a capital, where all was written large or small; else as it is.
fn title_case(text: &str) -> String {
    let mixed = text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
    if mixed {
        return text.to_owned();
    }
    let mut begins = true;
    text.chars()
        .flat_map(|letter| {
            let was_begin = std::mem::replace(&mut begins, !letter.is_alphanumeric());
            let large = was_begin.then(|| letter.to_uppercase().collect::<Vec<_>>());
            large.unwrap_or_else(|| letter.to_lowercase().collect())
        })
        .collect()
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
