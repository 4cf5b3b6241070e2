//! What is asked, within which limits, and what comes of it.
//!
//! **Invariant:** every limit that stops a question has a refusal of its own, which says how large
//! the limit is.

use std::time::Duration;

use super::record::{CustomerRecord, IdentifierRecord};

/// Longer ones are made by programs, or are data.
pub const STATEMENT_BYTES_MOST: usize = 16 << 10;

/// What the views show of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight<'a> {
    /// Everything.
    Whole,
    /// Names, addresses, numbers and identifiers are this sign; traits and what events say are
    /// left out.
    Covered(&'a str),
}

/// The people of the views.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// Rows of `customers`.
    pub customers: Vec<CustomerRecord>,
    /// Rows of `identifiers`.
    pub identifiers: Vec<IdentifierRecord>,
}

/// In which form the answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// As rows of texts.
    Rows,
    /// As a Parquet file.
    Parquet,
}

/// How much a question may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Rows of the answer.
    pub rows_most: usize,
    /// Whether an answer with more rows is cut there; else it is refused.
    pub cuts: bool,
    /// What the answer may take in memory.
    pub answer_bytes_most: usize,
    /// What working it out may take in memory.
    pub memory_bytes_most: usize,
    /// How long it may take.
    pub time_most: Duration,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// The statement.
    pub statement: String,
    /// The form of the answer.
    pub wanted: Wanted,
    /// Its limits.
    pub limits: Limits,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Whole,
    /// A number with a part behind the point, as near as a machine comes.
    Fraction,
    /// A number with a part behind the point, exactly.
    Decimal,
    /// Yes or no.
    Boolean,
    /// A day or an instant.
    Time,
    /// Anything else.
    Text,
}

impl Kind {
    /// The word in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole => "integer",
            Self::Fraction => "number",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Time => "time",
            Self::Text => "text",
        }
    }

    /// Whether it stands to the right.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Whole | Self::Fraction | Self::Decimal)
    }
}

/// What stands over a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// An answer as rows of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The columns.
    pub headings: Vec<Heading>,
    /// Each row has a cell for each column; none where the value is NULL.
    pub cells: Vec<Vec<Option<String>>>,
    /// There would be more.
    pub is_cut: bool,
}

/// What comes of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Rows.
    Rows(Rows),
    /// How a question would be worked on, step by step, the last step first.
    Plan(String),
    /// A Parquet file, and how many rows are in it.
    Parquet(Vec<u8>, usize),
}

/// Where in a statement something is, both counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The sign in the line.
    pub column: u64,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The program was built without it.
    #[error(
        "this Filo was built without SQL; build it with `cargo build --release --features sql`, or \
         read the Parquet files of the lake with DuckDB, Polars or Spark"
    )]
    NotBuilt,
    /// Nothing was asked.
    #[error("the statement is empty: write a SELECT")]
    Empty,
    /// The text is too long.
    #[error("the statement is longer than {bytes_most} bytes: shorten it")]
    TooLong {
        /// The limit.
        bytes_most: usize,
    },
    /// More than one statement.
    #[error("only one statement at a time: send each by itself")]
    Several,
    /// It would do something, or tell more than the views.
    #[error(
        "`{kind}` is not allowed: only SELECT, WITH and EXPLAIN, because a question changes nothing"
    )]
    NotAllowed {
        /// What begins such a statement.
        kind: String,
    },
    /// It cannot be understood, or does not work out.
    #[error("{text}")]
    Wrong {
        /// What is wrong, in the words of the engine.
        text: String,
        /// Where, if that is known.
        place: Option<Place>,
    },
    /// More rows than are given.
    #[error(
        "the answer has more than {rows_most} rows: narrow it with WHERE, add it up with GROUP BY, or add LIMIT"
    )]
    TooManyRows {
        /// The limit.
        rows_most: usize,
    },
    /// A larger answer than is held.
    #[error("the answer is larger than {bytes_most} bytes: name fewer columns, or add LIMIT")]
    TooLarge {
        /// The limit.
        bytes_most: usize,
    },
    /// It takes too long.
    #[error("no answer within {seconds} seconds: narrow it, for instance to some weeks of \"at\"")]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// It needs too much memory.
    #[error(
        "it needs more than {bytes_most} bytes of memory: group or sort by less, or narrow it first"
    )]
    TooMuchMemory {
        /// The limit.
        bytes_most: usize,
    },
    /// As many are worked on as are at once.
    #[error("{most} questions are being answered already: try again in a moment")]
    Busy {
        /// The limit.
        most: usize,
    },
    /// Its columns cannot stand in a Parquet file.
    #[error("a column cannot stand in a Parquet file: turn it into text with CAST ({text})")]
    NotForParquet {
        /// In the words of the engine.
        text: String,
    },
    /// A fault of the program: not for whoever asks.
    #[error("{0}")]
    Fault(String),
}

impl Refusal {
    /// The word under which it is written down.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotBuilt => "not_built",
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::Several => "several",
            Self::NotAllowed { .. } => "not_allowed",
            Self::Wrong { .. } => "wrong",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooLarge { .. } => "too_large",
            Self::TooSlow { .. } => "too_slow",
            Self::TooMuchMemory { .. } => "too_much_memory",
            Self::Busy { .. } => "busy",
            Self::NotForParquet { .. } => "not_for_parquet",
            Self::Fault(_) => "fault",
        }
    }
}
