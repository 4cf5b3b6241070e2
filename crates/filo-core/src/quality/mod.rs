//! The quality of what is known of a person: what is wrong with each value, what it probably
//! should be, and how complete, valid, fresh and consistent the whole is.
//!
//! **Invariant:** nothing here changes a value: a check gives a [`Finding`] with the value as it
//! was said and, where one can be told, a proposal; a person decides.
//! **Invariant:** a proposal passes the checks of its own field.

mod address;
mod birthday;
mod correction;
mod email;
mod finding;
mod language;
mod name;
mod person;
mod phone;
mod postal;
mod score;
mod tax_code;
mod vat_number;

pub use correction::{correction, reading};
pub use email::check as check_email;
pub use finding::{Field, Finding, Reason, Severity};
pub use person::{Assessment, Gain, Known, assess};
pub use score::{ASKED, HALF_LIFE_DAYS, Mark, Scores, Tally, marks_of_bytes, marks_to_bytes};

/// Raised when a check changes, so that everybody is looked at again.
pub const CHECKS_VERSION: u32 = 1;

#[cfg(test)]
mod tests;
