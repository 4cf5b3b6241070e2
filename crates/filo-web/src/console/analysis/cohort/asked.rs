//! What is asked about cohorts, as the address of the page says it.

use filo_app::analysis::CohortsAsked;
use filo_core::analysis::{PERIODS, Unit};
use serde::Deserialize;

use super::super::question::with_segment;
use crate::i18n::Words;
use crate::passing::channel;

/// How many periods are offered.
pub(super) const COUNTS: [u8; 4] = [6, 12, 24, 36];
/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    #[default]
    Customers,
    Orders,
    Revenue,
    /// Revenue for each customer, until then.
    Each,
}

impl Shown {
    pub(super) const ALL: [Self; 4] = [Self::Customers, Self::Orders, Self::Revenue, Self::Each];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Revenue => "revenue",
            Self::Each => "each",
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    unit: String,
    count: String,
    /// The last day that counts.
    pub(super) until: String,
    show: String,
    channel: String,
    pub(super) segment: String,
    /// First day of the period of a cohort.
    pub(super) first: String,
    /// So many periods later.
    pub(super) after: String,
    /// The form of the answer: `csv` for a file.
    #[serde(rename = "as")]
    pub(super) form: String,
}

impl Asked {
    pub(super) fn shown(&self) -> Shown {
        let mut all = Shown::ALL.into_iter();
        all.find(|it| it.word() == self.show).unwrap_or_default()
    }

    pub(super) fn cohorts(&self, words: Words) -> CohortsAsked {
        let count = self.count.parse().ok().filter(|it| COUNTS.contains(it));
        CohortsAsked {
            unit: Unit::from_word(&self.unit).unwrap_or_default(),
            periods: count.unwrap_or(PERIODS),
            until: words.bounds_of_day(&self.until).map(|(_, end)| end),
            channel: channel(&self.channel),
            segment: self.segment.parse().ok(),
        }
    }

    /// The part of an address that asks the same.
    pub(super) fn query(&self, words: Words) -> String {
        let asked = self.cohorts(words);
        let mut query = format!(
            "unit={}&count={}&show={}",
            asked.unit.word(),
            asked.periods,
            self.shown().word()
        );
        if asked.until.is_some() {
            query.push_str("&until=");
            query.push_str(&self.until);
        }
        if let Some(channel) = asked.channel {
            query.push_str("&channel=");
            query.push_str(channel.word());
        }
        with_segment(query, &self.segment)
    }
}
