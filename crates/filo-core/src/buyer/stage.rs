//! Where somebody is on the way from the first order to the last, by the rhythm in which the
//! company's own buyers come again.
//!
//! **Invariant:** whoever has bought is in exactly one stage once there are limits, and none
//! before; whoever has not is in the one for that, always.

use filo_stats::rhythm::{self, Sequence};
use serde::{Deserialize, Serialize};

use super::purchase::{Bought, days_after};
use crate::time::Timestamp;

const MILLION: f64 = 1_000_000.0;

/// The limits of silence, in whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Half of those who come again do so by then.
    pub usual_days: i64,
    /// Four of five of those who come again have done so: from then on one is late.
    pub late_days: i64,
    /// Nineteen of twenty have: from then on one is gone.
    pub gone_days: i64,
    /// How many of a thousand gaps never end, as far as can be seen.
    pub never_thousandths: i64,
    /// From how many gaps it was learned.
    pub gap_count: i64,
    /// The pace of all; nothing while too few have come again twice.
    pub pace: Option<Pace>,
}

/// The pace of all buyers: how the natural logarithms of days between purchases spread, in
/// millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Their mean.
    pub mean_millionths: i64,
    /// The deviation of one's gaps around its own mean.
    pub within_millionths: i64,
    /// The deviation of the means around that of all.
    pub between_millionths: i64,
}

/// The limits of silence of one: never shorter than those of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLimits {
    /// Twice the own usual gap: from then on one is late.
    pub late_days: i64,
    /// Nine of ten own gaps would have ended: from then on one is gone.
    pub gone_days: i64,
}

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Bought once, and is not late.
    New,
    /// Bought again, and is not late.
    Active,
    /// Was gone, bought again, and is not late.
    Returned,
    /// Late: most of those who come again have done so by now.
    AtRisk,
    /// Gone: nearly all of those who come again have done so by now.
    Lost,
    /// Has never bought.
    NeverBought,
}

impl Stage {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::Active,
        Self::Returned,
        Self::AtRisk,
        Self::Lost,
        Self::NeverBought,
    ];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Active => "active",
            Self::Returned => "returned",
            Self::AtRisk => "at_risk",
            Self::Lost => "lost",
            Self::NeverBought => "never_bought",
        }
    }

    /// The stage of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// The stage of somebody, and when time alone makes it another one: the last instant there is
    /// for never. Nothing of a buyer where there are no limits.
    #[must_use]
    pub fn of(bought: Bought<'_>, limits: Option<&Limits>) -> (Option<Self>, Timestamp) {
        let (Some(last), Some(silence)) = (bought.last_at(), bought.silence_days()) else {
            return (Some(Self::NeverBought), Timestamp::MAX);
        };
        let Some(limits) = limits else {
            return (None, Timestamp::MAX);
        };
        let gaps: Vec<i64> = bought.gaps().collect();
        let own = limits.of(&gaps);
        if silence >= own.gone_days {
            return (Some(Self::Lost), Timestamp::MAX);
        }
        if silence >= own.late_days {
            let gone_at = days_after(last, own.gone_days);
            return (Some(Self::AtRisk), gone_at);
        }
        let stage = match gaps.split_last() {
            None => Self::New,
            // By the pace that was known before.
            Some((gap, before)) if *gap >= limits.of(before).gone_days => Self::Returned,
            Some(_) => Self::Active,
        };
        (Some(stage), days_after(last, own.late_days))
    }
}

impl Limits {
    /// Gaps of whole days have limits of whole days.
    pub(super) fn new(found: &rhythm::Limits, pace: Option<&rhythm::Pace>) -> Self {
        let millionths = |number: f64| whole(number * MILLION);
        Self {
            usual_days: whole(found.usual),
            late_days: whole(found.late),
            gone_days: whole(found.gone),
            never_thousandths: whole(found.never * 1_000.0),
            gap_count: i64::try_from(found.gap_count).unwrap_or(i64::MAX),
            pace: pace.map(|pace| Pace {
                mean_millionths: millionths(pace.mean),
                within_millionths: millionths(pace.within),
                between_millionths: millionths(pace.between),
            }),
        }
    }

    /// The limits of somebody with these days between purchases: whoever has a slow pace of their
    /// own has more time than all.
    #[must_use]
    pub fn of(&self, gaps: &[i64]) -> OwnLimits {
        let gaps: Vec<f64> = gaps.iter().copied().map(real).collect();
        let own = self.pace.zip(Sequence::new(&gaps, 0.0));
        let own = own.map(|(pace, sequence)| pace.learned().of(&sequence));
        let (late, gone) = own.map_or((0, 0), |own| (whole(own.patience(0.0)), whole(own.high)));
        let late_days = late.max(self.late_days);
        OwnLimits {
            late_days,
            gone_days: gone.max(self.gone_days).max(late_days),
        }
    }
}

impl Limits {
    /// After how many days somebody with these days between purchases usually buys again: by their
    /// own gaps and, the fewer they are, by those of all.
    #[must_use]
    pub fn usual_of(&self, gaps: &[i64]) -> i64 {
        let gaps: Vec<f64> = gaps.iter().copied().map(real).collect();
        let own = self.pace.zip(Sequence::new(&gaps, 0.0));
        let own = own.filter(|_| !gaps.is_empty());
        own.map_or(self.usual_days, |(pace, sequence)| {
            whole(pace.learned().of(&sequence).median).max(1)
        })
    }
}

impl Pace {
    fn learned(self) -> rhythm::Pace {
        let part = |millionths: i64| real(millionths) / MILLION;
        rhythm::Pace {
            mean: part(self.mean_millionths),
            within: part(self.within_millionths),
            between: part(self.between_millionths),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "days and millionths of their logarithms are far under 2^53"
)]
pub(super) const fn real(number: i64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "days and parts of a thousand are small"
)]
pub(super) fn whole(number: f64) -> i64 {
    number.round() as i64
}
