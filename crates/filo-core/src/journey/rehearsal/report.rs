//! What a rehearsal came to, as it is kept.
//!
//! **Invariant:** of nobody by name, nor by id: who would have come in is kept beside it.

use std::collections::BTreeMap;

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::alike::Alike;
use super::tally::Tally;
use crate::cost::Usage;
use crate::time::Timestamp;

/// The layout that is written. Another one is no report: it is rehearsed again.
const VERSION: u8 = 1;

/// What a rehearsal came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    version: u8,
    /// When the time that was played begins, in microseconds since 1970.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// When a broadcast would have begun.
    pub broadcast_at: Timestamp,
    /// How many customers there were.
    pub customers: u64,
    /// The points of the noise budget; 0 where there is none.
    pub points: u16,
    /// Of how many days it is.
    pub points_days: u16,
    /// The version that was asked for.
    pub main: Side,
    /// The version it was played beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Side>,
}

/// What one version came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Which was published; 0 for what is worked on.
    pub version: i64,
    /// Of what is worked on, which state.
    pub draft: i64,
    /// By what people come in, by word.
    pub trigger: CompactString,
    /// The counts.
    pub tally: Tally,
    /// How alike what would have been said reads.
    pub alike: Alike,
    /// What would have been paid for, by day; nothing in a report from before that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<BTreeMap<Date, Usage>>,
}

impl Report {
    /// A report of these sides.
    #[must_use]
    pub const fn new(
        (from, until, broadcast_at): (Timestamp, Timestamp, Timestamp),
        customers: u64,
        (points, points_days): (u16, u16),
        main: Side,
        beside: Option<Side>,
    ) -> Self {
        Self {
            version: VERSION,
            from,
            until,
            broadcast_at,
            customers,
            points,
            points_days,
            main,
            beside,
        }
    }

    /// Writes it.
    ///
    /// # Panics
    /// Never in practice: a report is plain data.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report is plain data")
    }

    /// Reads one; nothing if it is of another layout.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let report: Self = serde_json::from_str(text).ok()?;
        (report.version == VERSION).then_some(report)
    }
}
