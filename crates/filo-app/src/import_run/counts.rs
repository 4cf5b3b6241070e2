//! What became of the rows of a file: numbers for the table, examples for the folder.
//!
//! **Invariant:** every row is counted under exactly one outcome, in a dry run as in a real one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::import::OrderReport;

/// Examples of people that are kept.
const EXAMPLES_MOST: usize = 20;
/// Of those, how many of one kind: the rare ones must find room too.
const OF_ONE_KIND_MOST: usize = 8;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// Of somebody who was not there.
    Created,
    /// It says something new of somebody who was there.
    Updated,
    /// It says nothing that was not known.
    Unchanged,
    /// It says that somebody must not be written to.
    Suppressed,
    /// It says the same as an earlier row of the file, or of the same person.
    Duplicate,
    /// It was not taken, for a reason.
    Rejected,
}

impl RowOutcome {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Created,
        Self::Updated,
        Self::Unchanged,
        Self::Suppressed,
        Self::Duplicate,
        Self::Rejected,
    ];

    /// The word in answers and in keys of the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Suppressed => "suppressed",
            Self::Duplicate => "duplicate",
            Self::Rejected => "rejected",
        }
    }
}

/// How many rows became what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Rows that were read.
    pub rows: u64,
    /// Of somebody who was not there.
    pub created: u64,
    /// Something new of somebody who was there.
    pub updated: u64,
    /// Nothing that was not known.
    pub unchanged: u64,
    /// Somebody must not be written to.
    pub suppressed: u64,
    /// The same as an earlier row.
    pub duplicate: u64,
    /// Not taken.
    pub rejected: u64,
    /// Why they were not taken: a word of the reader's, and how many.
    pub reasons: BTreeMap<String, u64>,
    /// Events that were new.
    pub events: u64,
    /// People whom it touched.
    pub people: u64,
    /// Of those, people who were not there.
    pub new_people: u64,
    /// Addresses that nothing is sent to from then on.
    pub listed: u64,
    /// What a person should know: a word of the reader's, and how often.
    pub warnings: BTreeMap<String, u64>,
    /// Of a file of orders: what its lines come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<OrderReport>,
}

impl Counts {
    /// Counts rows.
    pub fn count(&mut self, outcome: RowOutcome, rows: u64) {
        self.rows += rows;
        let count = match outcome {
            RowOutcome::Created => &mut self.created,
            RowOutcome::Updated => &mut self.updated,
            RowOutcome::Unchanged => &mut self.unchanged,
            RowOutcome::Suppressed => &mut self.suppressed,
            RowOutcome::Duplicate => &mut self.duplicate,
            RowOutcome::Rejected => &mut self.rejected,
        };
        *count += rows;
    }

    /// Counts something that a person should know.
    pub fn warn(&mut self, warning: &str) {
        *self.warnings.entry(warning.to_owned()).or_default() += 1;
    }

    /// How many rows became this.
    #[must_use]
    pub const fn of(&self, outcome: RowOutcome) -> u64 {
        match outcome {
            RowOutcome::Created => self.created,
            RowOutcome::Updated => self.updated,
            RowOutcome::Unchanged => self.unchanged,
            RowOutcome::Suppressed => self.suppressed,
            RowOutcome::Duplicate => self.duplicate,
            RowOutcome::Rejected => self.rejected,
        }
    }

    /// Whether every row has its outcome.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.rows
            == RowOutcome::ALL
                .into_iter()
                .map(|it| self.of(it))
                .sum::<u64>()
            && self.rejected == self.reasons.values().sum::<u64>()
    }

    /// Whether nothing came of it.
    #[must_use]
    pub const fn is_without_effect(&self) -> bool {
        self.events == 0 && self.listed == 0
    }
}

/// One value that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which trait or statement.
    pub field: String,
    /// What was known.
    pub before: Option<String>,
    /// What is known from then on.
    pub after: String,
}

/// What would become of one person, or became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The row's number in the file.
    pub row: u64,
    /// What becomes of it.
    pub outcome: RowOutcome,
    /// By what the person is known.
    pub who: String,
    /// What changes.
    pub changes: Vec<Change>,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Its number in the file.
    pub row: u64,
    /// Which column, if one.
    pub column: Option<String>,
    /// Why, as a word of the reader's.
    pub reason: String,
    /// What stood there, shortened.
    pub value: String,
}

/// What is personal of a run: examples.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// People, some of each kind.
    pub examples: Vec<Example>,
    /// The first rows that were not taken.
    pub rejected: Vec<RejectedRow>,
}

impl Report {
    /// Whether an example of this kind finds room.
    #[must_use]
    pub fn has_room_for(&self, outcome: RowOutcome) -> bool {
        let alike = self.examples.iter().filter(|it| it.outcome == outcome);
        self.examples.len() < EXAMPLES_MOST && alike.count() < OF_ONE_KIND_MOST
    }

    /// Keeps a row that was not taken, while there is room.
    pub fn reject(&mut self, row: impl FnOnce() -> RejectedRow) {
        if self.rejected.len() < EXAMPLES_MOST {
            self.rejected.push(row());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_counted_once() {
        let mut counts = Counts::default();
        for outcome in RowOutcome::ALL {
            counts.count(outcome, 1);
            assert_eq!(counts.of(outcome), 1, "{outcome:?}");
        }
        assert!(!counts.is_complete(), "a rejected row needs a reason");
        counts.reasons.insert("bad_email".to_owned(), 1);
        assert!(counts.is_complete() && counts.rows == 6);
    }

    #[test]
    fn rare_kinds_find_room_among_the_examples() {
        let mut report = Report::default();
        let example = |outcome| Example {
            row: 2,
            outcome,
            who: String::new(),
            changes: Vec::new(),
        };
        for outcome in [RowOutcome::Created, RowOutcome::Updated] {
            for _ in 0..50 {
                if report.has_room_for(outcome) {
                    report.examples.push(example(outcome));
                }
            }
        }
        assert_eq!(report.examples.len(), 16);
        assert!(report.has_room_for(RowOutcome::Unchanged));
    }
}
