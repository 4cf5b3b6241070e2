//! Rows about people as drafts: who it is and what it says.
//!
//! **Invariant:** a draft depends on the row and the plan alone, not on what is known.

use compact_str::CompactString;
use filo_core::event::Channel;
use filo_core::identity::{Identifier, Kind, Refusal};
use filo_core::time::Timestamp;
use serde_json::Value;
use smallvec::SmallVec;

use super::decimal::{Decimal, DecimalMark};
use super::order_shape::date_order;
use super::plan::{Collision, ColumnPlan, Subject, Transform};
use super::rows::{Reader, Refused, SHOWN_LETTERS_MOST};
use super::table::TableRow;
use super::target::Target;
use super::when::{DateOrder, DateReader};

/// Values of a list.
const LIST_MOST: usize = 50;

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
    /// The row stands in a list of those who want nothing: it is about an address, not about
    /// somebody who is to be known.
    pub is_listed: bool,
    /// The address is that of an office: it is kept, and tells nobody from anybody.
    pub has_office_address: bool,
    /// When the row was changed last.
    pub changed_at: Option<Timestamp>,
}

/// Reads a row about a person.
pub(super) fn read<'a>(reader: &Reader<'a>, row: &TableRow) -> Result<Draft, Refused<'a>> {
    let mut draft = Draft {
        row: row.line,
        identifiers: SmallVec::new(),
        traits: Vec::new(),
        consents: Vec::new(),
        suppression: None,
        is_listed: reader.plan.subject == Subject::Suppressions,
        has_office_address: false,
        changed_at: None,
    };
    for (_, column, cell) in reader.cells(row) {
        reader.take(&mut draft, column, cell)?;
    }
    if draft.identifiers.is_empty() {
        let reason = if draft.has_office_address {
            "office_email"
        } else {
            "nobody"
        };
        return Err((None, reason, String::new()));
    }
    draft.identifiers.sort_by_key(|it| it.kind);
    let plan = reader.plan;
    if draft.is_listed {
        draft.suppression.get_or_insert_with(|| "list".to_owned());
    }
    // Whoever said no is not overruled by what the whole file proves.
    if draft.suppression.is_none() {
        for proof in &plan.consents {
            if draft.consents.iter().all(|it| it.channel != proof.channel) {
                draft.consents.push(DraftConsent {
                    channel: proof.channel,
                    granted: true,
                    proof: proof.text.trim().to_owned(),
                    at: reader.dates(DateOrder::DayFirst).read(&proof.day),
                });
            }
        }
    }
    Ok(draft)
}

impl<'a> Reader<'a> {
    /// The columns of a row in which something stands, with their places.
    pub(super) fn cells<'c>(
        &self,
        row: &'c TableRow,
    ) -> impl Iterator<Item = (usize, &'a ColumnPlan, &'c str)> + use<'a, 'c> {
        let columns = self.plan.columns.iter().zip(&row.cells).enumerate();
        let filled = columns.map(|(place, (column, cell))| (place, column, plain(cell)));
        filled.filter(|(_, _, cell)| !cell.is_empty())
    }

    /// By what a row knows somebody.
    pub(super) fn identifier(
        &self,
        (column, cell): (&'a ColumnPlan, &str),
        kind: Kind,
        known: &mut SmallVec<[Identifier; 2]>,
    ) -> Result<(), Refused<'a>> {
        let identifier = Identifier::new(kind, cell, &self.run.rules)
            .map_err(|_refusal| refused(column, bad(kind), cell))?;
        if !known.contains(&identifier) {
            known.push(identifier);
        }
        Ok(())
    }

    /// A moment of a column.
    pub(super) fn moment(
        &self,
        column: &'a ColumnPlan,
        cell: &str,
    ) -> Result<Timestamp, Refused<'a>> {
        let at = self.dates(date_order(column.transform)).read(cell);
        at.ok_or_else(|| refused(column, "bad_date", cell))
    }

    fn dates(&self, order: DateOrder) -> DateReader {
        DateReader {
            order,
            zone: self.zone.clone(),
        }
    }

    /// By what the row knows the person; the address of an office is kept beside.
    fn who(
        &self,
        draft: &mut Draft,
        (column, cell): (&'a ColumnPlan, &str),
        kind: Kind,
    ) -> Result<(), Refused<'a>> {
        let is_office = kind == Kind::Email
            && Identifier::new(kind, cell, &self.run.rules) == Err(Refusal::Role);
        draft.has_office_address |= is_office;
        if !is_office {
            self.identifier((column, cell), kind, &mut draft.identifiers)?;
        }
        if matches!(kind, Kind::Email | Kind::Phone) {
            draft.say(kind.word(), Value::from(cell), column.collision);
        }
        Ok(())
    }

    fn take(
        &self,
        draft: &mut Draft,
        column: &'a ColumnPlan,
        cell: &str,
    ) -> Result<(), Refused<'a>> {
        match &column.target {
            Target::Identifier(kind) => {
                self.who(draft, (column, cell), *kind)?;
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
                let value = self.value(column, cell);
                let value = value.map_err(|reason| refused(column, reason, cell))?;
                draft.say(key, value, column.collision);
            }
            Target::Consent(channel) => {
                let granted = yes_or_no(cell);
                let granted = granted.ok_or_else(|| refused(column, "bad_yes_or_no", cell))?;
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
                    let text = cell.chars().take(SHOWN_LETTERS_MOST).collect();
                    draft.suppression = Some(reason_for(&column.header, text));
                }
            }
            Target::ChangedAt => {
                let at = self.moment(column, cell)?;
                draft.changed_at = Some(at.min(self.run.received_at));
            }
            // A file of people has none of these.
            Target::Ignore
            | Target::Order(_)
            | Target::EventName
            | Target::EventTime
            | Target::EventId
            | Target::Property(_)
            | Target::Statement(_) => {}
        }
        Ok(())
    }

    pub(super) fn value(&self, column: &ColumnPlan, cell: &str) -> Result<Value, &'static str> {
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

/// Why nothing is sent to somebody: a column that says when a mailer found an address dead says
/// no more than the day.
fn reason_for(header: &str, text: String) -> String {
    let header = header.to_lowercase();
    let is_dead = ["clean", "bounce"].iter().any(|word| header.contains(word));
    if is_dead {
        "hard_bounce".to_owned()
    } else {
        text
    }
}

/// Why a cell is not taken.
pub(super) fn refused<'a>(column: &'a ColumnPlan, reason: &'static str, cell: &str) -> Refused<'a> {
    (Some(column.header.as_str()), reason, cell.to_owned())
}

/// A value without the space and the apostrophe that spreadsheets put before numbers.
pub(super) fn plain(cell: &str) -> &str {
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

pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
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
