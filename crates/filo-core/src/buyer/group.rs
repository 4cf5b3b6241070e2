//! The named groups of buyers.
//!
//! Names and what they mean are those that Putler published ("RFM Analysis for Successful
//! Customer Segmentation"), whose ranges of scores overlap; here stands the grid over recency and
//! frequency that is in common use for them, which gives every pair of scores to one group.
//!
//! **Invariant:** every pair of scores has exactly one group.

use serde::{Deserialize, Serialize};

use super::cut::Scores;

/// A group of buyers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Bought just now, and often.
    Champions,
    /// Buy often, and not long ago.
    Loyal,
    /// Bought of late, and more than once.
    PotentialLoyal,
    /// Bought just now, once.
    Recent,
    /// Bought not long ago, once.
    Promising,
    /// In the middle of both: they could go either way.
    NeedAttention,
    /// Bought some time ago, and seldom.
    AboutToSleep,
    /// Bought very often, and long ago.
    CannotLose,
    /// Bought often, and long ago.
    AtRisk,
    /// Bought seldom, and long ago.
    Hibernating,
}

impl Group {
    /// Every one, the best first.
    pub const ALL: [Self; 10] = [
        Self::Champions,
        Self::Loyal,
        Self::PotentialLoyal,
        Self::Recent,
        Self::Promising,
        Self::NeedAttention,
        Self::AboutToSleep,
        Self::CannotLose,
        Self::AtRisk,
        Self::Hibernating,
    ];

    /// The group of a pair of scores.
    #[must_use]
    pub const fn of(recency: u8, frequency: u8) -> Self {
        match (recency, frequency) {
            (5.., 4..) => Self::Champions,
            (3..=4, 4..) => Self::Loyal,
            (4.., 2..=3) => Self::PotentialLoyal,
            (5.., ..=1) => Self::Recent,
            (4, ..=1) => Self::Promising,
            (3, 3) => Self::NeedAttention,
            (3, ..=2) => Self::AboutToSleep,
            (..=2, 5..) => Self::CannotLose,
            (..=2, 3..=4) => Self::AtRisk,
            (..=2, ..=2) => Self::Hibernating,
        }
    }

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Champions => "champions",
            Self::Loyal => "loyal",
            Self::PotentialLoyal => "potential_loyal",
            Self::Recent => "recent",
            Self::Promising => "promising",
            Self::NeedAttention => "need_attention",
            Self::AboutToSleep => "about_to_sleep",
            Self::CannotLose => "cannot_lose",
            Self::AtRisk => "at_risk",
            Self::Hibernating => "hibernating",
        }
    }

    /// The group of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.word() == word)
    }
}

impl Scores {
    /// The group that they are in.
    #[must_use]
    pub const fn group(self) -> Group {
        Group::of(self.recency, self.frequency)
    }
}
