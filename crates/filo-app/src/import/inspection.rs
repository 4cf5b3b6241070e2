//! What is recognised in a file before anybody decides anything.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::guess::{self, Guess};
use super::order_shape::Preset;
use super::plan::{Collision, ColumnPlan, PLAN_VERSION, Plan, Subject, Transform};
use super::recognition::{Beginning, reading_of};
use super::table::Table;
use crate::error::{Error, Result};

/// Sample values of a column.
const SAMPLES_MOST: usize = 5;
/// Rows that are looked at.
const ROWS_LOOKED_AT: usize = 1_000;
/// Letters of a sample.
const SAMPLE_LETTERS_MOST: usize = 60;

/// A column as it was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSeen {
    /// Its header.
    pub header: String,
    /// Real values.
    pub samples: Vec<String>,
    /// How sure the guess is: `sure`, `likely`, `none`.
    pub certainty: String,
    /// Remarks, as words of this program.
    pub remarks: Vec<String>,
}

/// What was recognised in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// `csv` …
    pub format: String,
    /// `utf-8`, `windows-1252` …
    pub encoding: String,
    /// Between the fields.
    pub delimiter: String,
    /// Which program wrote it, as a word; none if it is not known.
    pub preset: Option<String>,
    /// About how many rows there are.
    pub rows: u64,
    /// The columns.
    pub columns: Vec<ColumnSeen>,
    /// Warnings, as words of this program.
    pub warnings: Vec<String>,
    /// What the program would do with it.
    pub plan: Plan,
    /// Of the header: files of one shape have the same.
    pub fingerprint: [u8; 32],
}

/// Looks at the beginning of a file. What it is about is recognised, unless somebody says it.
///
/// # Errors
/// If it cannot be read or is no table.
pub fn inspect(file: &Path, name: &str, subject: Option<Subject>) -> Result<Inspection> {
    let size = std::fs::metadata(file).map_or(0, |about| about.len());
    let mut table = Table::open(file)?;
    let headers = table.headers.clone();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut bytes = 0;
    while rows.len() < ROWS_LOOKED_AT {
        let Some(row) = table.next()? else { break };
        bytes += row.cells.iter().map(|cell| cell.len() + 1).sum::<usize>();
        rows.push(row.cells);
    }
    let looked_at = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let of_all = match u64::try_from(bytes) {
        Ok(bytes) if rows.len() == ROWS_LOOKED_AT && bytes > 0 => size * looked_at / bytes,
        _ => looked_at,
    };
    let mut warnings = table.warnings();
    let beginning = Beginning {
        headers: &headers,
        rows: &rows,
        delimiter: table.delimiter,
    };
    let subject = subject.unwrap_or_else(|| beginning.subject(name));
    let (columns, plans) = looked_over(&beginning, subject)?;
    let is_doubtful = |it: &ColumnSeen| it.remarks.iter().any(|it| it == "ambiguous_dates");
    if columns.iter().any(is_doubtful) {
        warnings.push("ambiguous_dates".to_owned());
    }
    let preset = Preset::of(headers.iter().map(String::as_str));
    let pounds = subject == Subject::Orders && preset == Preset::OnlineRetail;
    Ok(Inspection {
        format: table.format.word().to_owned(),
        encoding: table.encoding().to_owned(),
        delimiter: char::from(table.delimiter).to_string(),
        preset: guess::preset(&headers).map(str::to_owned),
        rows: of_all,
        warnings,
        fingerprint: fingerprint(&headers),
        plan: Plan {
            version: PLAN_VERSION,
            subject,
            columns: plans,
            zone: crate::backup::ZONE_USUAL.to_owned(),
            consents: Vec::new(),
            // The one file of orders whose currency everybody knows.
            currency: pounds.then(|| "GBP".to_owned()),
            channel: None,
            list: None,
        },
        columns,
    })
}

/// What is seen in each column, and what would be done with it.
fn looked_over(
    beginning: &Beginning<'_>,
    subject: Subject,
) -> Result<(Vec<ColumnSeen>, Vec<ColumnPlan>)> {
    let mut columns = Vec::new();
    let mut plans: Vec<ColumnPlan> = Vec::new();
    for (place, mut guess) in beginning.guesses(subject).into_iter().enumerate() {
        let (header, values) = (&beginning.headers[place], beginning.values(place));
        if guess::is_shifted(header, &values) {
            let reason = "has no address in its column of e-mails: an old exporter of PrestaShop \
                          puts first names there. Export the customers with its SQL manager";
            return Err(Error::invalid("file", reason));
        }
        let taken = |it: &ColumnPlan| !guess.target.may_repeat() && it.target == guess.target;
        if plans.iter().any(taken) {
            guess = Guess::none(vec!["taken"]);
        }
        columns.push(ColumnSeen {
            header: header.clone(),
            samples: samples(&values),
            certainty: guess.certainty.to_owned(),
            remarks: guess.remarks.iter().map(|it| (*it).to_owned()).collect(),
        });
        plans.push(ColumnPlan {
            header: header.clone(),
            target: guess.target,
            transform: guess.transform,
            collision: Collision::Overwrite,
        });
    }
    Ok((columns, plans))
}

impl Inspection {
    /// The headers, in their order.
    #[must_use]
    pub fn headers(&self) -> Vec<String> {
        self.columns.iter().map(|it| it.header.clone()).collect()
    }

    /// The plan with the way of reading that the values show, for columns whose numbers or dates
    /// nobody has said how to read.
    #[must_use]
    pub fn settled(&self, mut plan: Plan) -> Plan {
        let delimiter = self.delimiter.bytes().next().unwrap_or(b',');
        for (column, seen) in plan.columns.iter_mut().zip(&self.columns) {
            if column.transform == Transform::AsIs {
                let samples: Vec<&str> = seen.samples.iter().map(String::as_str).collect();
                column.transform = reading_of(&column.target, &samples, delimiter);
            }
        }
        plan
    }
}

/// A few different values, shortened.
fn samples(values: &[&str]) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for value in values {
        let sample: String = value.chars().take(SAMPLE_LETTERS_MOST).collect();
        if samples.len() < SAMPLES_MOST && !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    samples
}

fn fingerprint(headers: &[String]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for header in headers {
        hasher.update(header.as_bytes());
        hasher.update(&[0]);
    }
    *hasher.finalize().as_bytes()
}
