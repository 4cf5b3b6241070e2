//! Personas: kinds of customers that are in the company's own data, found by grouping those who
//! are and buy alike.
//!
//! A person is described by [`Features`], a function of their profile without time; [`find`]
//! groups people, and gives groups only where they would be found again; [`Model`] says which
//! group somebody belongs to, today and after every event. What a group is is told by [`Fact`]s
//! that were counted, never by a name that nobody has given.
//!
//! **Invariant:** which persona somebody is is a function of profile, identifiers and model: no
//! clock, no chance, nothing of anybody else.
//! **Invariant:** age, sex, health, language and place are no features, nor is anything that
//! people of the company wrote.

mod aspect;
mod carrying;
mod document;
mod drifting;
mod fact;
mod features;
mod finding;
mod model;
mod tally;
#[cfg(test)]
mod tests;

pub use filo_stats::proportion::Proportion;

pub use aspect::{Aspect, LEVELS_MOST, Levels};
pub use carrying::{Carried, Overlap, carry};
pub(crate) use document::words;
pub use document::{Document, DocumentFault};
pub use drifting::{Drifted, Moved, Strength, drifted};
pub use fact::{FACTS_MOST, Fact};
pub use features::{CODES, CONTACTS_LEAST, FEATURES_VERSION, Features, NUMBERS};
pub use finding::{
    Found, GROUP_LEAST, GROUPS_MOST, Grouping, PEOPLE_LEAST, Persona, TYPICAL_MOST, Tried, Typical,
    Verdict, find,
};
pub use model::{Group, Model};
pub use tally::Tally;
