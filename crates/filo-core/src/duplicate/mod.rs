//! Who is probably the same person, though no identifier says so: names, dates, addresses and
//! numbers that agree in part.
//!
//! **Invariant:** nothing here joins anybody: it weighs, and says why.
//! **Invariant:** what is found is a function of the set of records, never of their order.

mod birth;
mod comparing;
#[cfg(test)]
#[path = "golden_tests.rs"]
mod golden;
mod interned;
mod keys;
mod knowledge;
mod lexicon;
mod mail;
mod naming;
mod nickname;
mod record;
mod search;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use filo_stats::linkage::Evidence;
pub use knowledge::{Chances, Knowledge};
pub use lexicon::Commonest;
pub use record::{Field, PersonRecord};
pub use search::{Candidate, Found, Judge, Search, Threshold};
pub use table::Table;
