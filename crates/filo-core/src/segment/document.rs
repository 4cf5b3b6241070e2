//! Segments as documents: what is stored, and what the API takes and gives.
//!
//! **Invariant:** what was read from a document was checked.

use serde::{Deserialize, Serialize};

use super::check::{Fault, check};
use super::condition::Condition;

/// The version that is written.
const VERSION: u8 = 1;
/// Bytes of a document: 64 conditions of 50 values of 200 bytes would be more, and nobody's.
const BYTES_MOST: usize = 128 * 1024;

/// A condition that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition(Condition);

/// The document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<C> {
    version: u8,
    condition: C,
}

/// Why a document is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Too long.
    #[error("at most {BYTES_MOST} bytes")]
    TooLong,
    /// Written by a later Filo, or by nobody.
    #[error("version {0} is not known here: write {VERSION}")]
    Version(u8),
    /// Not the JSON of a condition.
    #[error("{0}")]
    Unreadable(String),
    /// A condition that cannot be.
    #[error(transparent)]
    Condition(#[from] Fault),
}

impl Definition {
    /// A condition, if it can be.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn new(condition: Condition) -> Result<Self, Fault> {
        check(&condition)?;
        Ok(Self(condition))
    }

    /// Reads a document.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, DocumentFault> {
        if text.len() > BYTES_MOST {
            return Err(DocumentFault::TooLong);
        }
        let unreadable = |error: serde_json::Error| DocumentFault::Unreadable(error.to_string());
        let Document { version, condition } = serde_json::from_str(text).map_err(unreadable)?;
        if version != VERSION {
            return Err(DocumentFault::Version(version));
        }
        Ok(Self::new(condition)?)
    }

    /// Writes the document.
    ///
    /// # Panics
    /// Never in practice: a condition has no part that cannot be serialised.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            version: VERSION,
            condition: &self.0,
        };
        serde_json::to_string(&document).expect("a condition is plain data")
    }

    /// What must be true, out of the document.
    #[must_use]
    pub fn into_condition(self) -> Condition {
        self.0
    }

    /// What must be true.
    #[must_use]
    pub const fn condition(&self) -> &Condition {
        &self.0
    }
}
