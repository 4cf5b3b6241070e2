//! What is recognised in a file before anybody decides anything.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::guess;
use super::plan::{Collision, ColumnPlan, PLAN_VERSION, Plan, Subject, Target};
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

/// Looks at the beginning of a file.
///
/// # Errors
/// If it cannot be read or is no table.
pub fn inspect(file: &Path, name: &str) -> Result<Inspection> {
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
    let mut columns = Vec::new();
    let mut plans: Vec<ColumnPlan> = Vec::new();
    for (place, header) in headers.iter().enumerate() {
        let values = rows.iter().filter_map(|row| row.get(place));
        let values: Vec<&str> = values.map(String::as_str).collect();
        if guess::is_shifted(header, &values) {
            let reason = "has no address in its column of e-mails: an old exporter of PrestaShop \
                          puts first names there. Export the customers with its SQL manager";
            return Err(Error::invalid("file", reason));
        }
        let mut guess = guess::column(header, &values);
        let single = !matches!(guess.target, Target::Ignore | Target::Identifier(_));
        let taken = |it: &ColumnPlan| single && it.target == guess.target;
        if plans.iter().any(taken) {
            guess.target = Target::Ignore;
            guess.certainty = "none";
            guess.remarks.push("taken");
        }
        if guess.remarks.contains(&"ambiguous_dates") {
            warnings.push("ambiguous_dates".to_owned());
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
            subject: subject(&plans, name),
            columns: plans,
            zone: crate::backup::ZONE_USUAL.to_owned(),
            consents: Vec::new(),
        },
        columns,
    })
}

impl Inspection {
    /// The headers, in their order.
    #[must_use]
    pub fn headers(&self) -> Vec<String> {
        self.columns.iter().map(|it| it.header.clone()).collect()
    }
}

/// A few different values, shortened.
fn samples(values: &[&str]) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for value in values.iter().filter(|value| !value.trim().is_empty()) {
        let sample: String = value.chars().take(SAMPLE_LETTERS_MOST).collect();
        if samples.len() < SAMPLES_MOST && !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    samples
}

/// A list of people who left is not a list of customers, whatever columns it has beside.
fn subject(plans: &[ColumnPlan], name: &str) -> Subject {
    let name = name.to_lowercase();
    let is_named = ["unsubscribed", "cleaned", "disiscritti", "blacklist"]
        .iter()
        .any(|word| name.starts_with(word));
    let left = |it: &ColumnPlan| matches!(it.header.as_str(), "UNSUB_TIME" | "CLEAN_TIME");
    if is_named || plans.iter().any(left) {
        return Subject::Suppressions;
    }
    Subject::People
}

fn fingerprint(headers: &[String]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for header in headers {
        hasher.update(header.as_bytes());
        hasher.update(&[0]);
    }
    *hasher.finalize().as_bytes()
}
