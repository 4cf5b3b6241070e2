//! What is wrong with what is known of people, and how good it is.
//!
//! **Invariant:** findings, keys and marks follow from the customers and can be made again; what
//! was ignored or mended is what people decided, and is only erased with the person.

mod day;
mod finding;
mod mended;
mod person;

pub use day::{DayRow, history, latest, put_day};
pub use finding::{
    Count, FindingRow, Place, Which, findings_of, gains, hide, ignore, ignored, ignored_of, list,
    reasons, unignore,
};
pub use mended::{MendedRow, add_mended, mended};
pub use person::{
    Candidate, KeyCount, KeyRow, PersonRow, candidates, erase, forget_gone, forget_worked_out,
    key_counts, looked_at, people, people_count, put, put_people, shared,
};
