//! Ad-hoc SQL over the lake, by DataFusion: the views `events`, `customers` and `identifiers`.
//!
//! What is asked and what comes of it has its words here whether or not the feature `sql` is built
//! in. Without it [`answer`] says so, and nothing else can be asked.
//!
//! **Invariant:** a query only reads, and only these views: no DDL, no COPY, no other file, no
//! file written (also not to sort), and no more memory than the limit, answer included.
//! **Invariant:** what somebody may not see is not in the views that they ask, so no filter, join
//! or error of theirs can tell it.

#[cfg(not(feature = "sql"))]
mod absent;
#[cfg(feature = "sql")]
mod answering;
mod asked;
#[cfg(feature = "sql")]
mod batch;
mod catalogue;
#[cfg(feature = "sql")]
mod cell;
#[cfg(feature = "sql")]
mod function;
#[cfg(feature = "sql")]
mod print;
mod record;
#[cfg(feature = "sql")]
mod session;
#[cfg(feature = "sql")]
mod wrong;

#[cfg(not(feature = "sql"))]
pub use absent::answer;
#[cfg(feature = "sql")]
pub use answering::answer;
pub use asked::{
    Heading, Kind, Limits, Place, Question, Refusal, Rows, STATEMENT_BYTES_MOST, Sight, Told,
    Views, Wanted,
};
pub use catalogue::{Described, EXAMPLES, Example, VIEWS, View};
#[cfg(feature = "sql")]
pub use print::{csv, json_lines, table};
pub use record::{CustomerRecord, IdentifierRecord};
#[cfg(feature = "sql")]
pub use session::{Error, Session};

/// Whether this program can answer.
pub const IS_BUILT: bool = cfg!(feature = "sql");
