//! How long what is kept: the company's rules, what would go by them, and that it goes, once a
//! day.
//!
//! **Invariant:** nothing goes by itself before somebody has said how long it is kept; what went
//! is gone for good, and only how much it was is written down.

mod choosing;
mod running;
mod setting;

pub use running::RetentionRun;
pub(crate) use running::let_go;
pub(crate) use setting::{Retaining, stored};
pub use setting::{RetentionPreview, RetentionView};

use filo_core::privacy::retention::Kept;
use serde::{Deserialize, Serialize};

/// How much went, or would go, of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gone {
    /// Visitors of whom nothing else was known.
    #[serde(default)]
    pub visitors: u64,
    /// People.
    #[serde(default)]
    pub people: u64,
    /// Events in quarantine.
    #[serde(default)]
    pub quarantine: u64,
    /// Incidents.
    #[serde(default)]
    pub incidents: u64,
    /// Requests that no longer say whose they were.
    #[serde(default)]
    pub requests: u64,
}

impl Gone {
    /// That of a kind.
    #[must_use]
    pub const fn of(&self, kept: Kept) -> u64 {
        match kept {
            Kept::Visitors => self.visitors,
            Kept::People => self.people,
            Kept::Quarantine => self.quarantine,
            Kept::Incidents => self.incidents,
            Kept::Requests => self.requests,
        }
    }

    const fn of_mut(&mut self, kept: Kept) -> &mut u64 {
        match kept {
            Kept::Visitors => &mut self.visitors,
            Kept::People => &mut self.people,
            Kept::Quarantine => &mut self.quarantine,
            Kept::Incidents => &mut self.incidents,
            Kept::Requests => &mut self.requests,
        }
    }
}
