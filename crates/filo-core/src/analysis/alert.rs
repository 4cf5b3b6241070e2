//! Watching figures: when somebody is to be told, and of what.
//!
//! **Invariant:** whether a rule speaks is a function of the rule and of what was compared; below
//! its least number of people it is silent, whatever the figures.

use serde::{Deserialize, Serialize};

use super::metric::{Comparison, Metric, PEOPLE_LEAST, Verdict};
use crate::id::AlertRuleId;

/// A change of so many percent is the most one can wait for.
pub const PERCENT_MOST: u16 = 1_000;
/// The largest least number of people.
pub const PEOPLE_MOST: u32 = 100_000;
/// Events that a source sent on each of the same days of the weeks before, for its silence to be
/// one.
pub const EVENTS_LEAST: i64 = 3;
/// Weeks that are looked back on.
pub const WEEKS_LOOKED: usize = 4;

/// What is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A figure.
    Metric(Metric),
    /// Whether a source has stopped sending.
    SilentSource,
}

/// How often one looks, and so at how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// Each day, beside the same day of the week before.
    Day,
    /// Each Monday the week that is over, beside the one before.
    Week,
}

/// Which way it has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Down.
    Falls,
    /// Up.
    Rises,
    /// Either.
    Changes,
}

/// How far it has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Further than chance explains, 99 times of a hundred.
    BeyondChance,
    /// At least so many percent of what it was; of shares and scores so many points.
    Percent(u16),
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertRule {
    /// What is watched.
    pub subject: Subject,
    /// How often.
    pub every: Every,
    /// Which way.
    pub direction: Direction,
    /// How far.
    pub limit: Limit,
    /// With fewer people behind both together it is silent.
    pub people_least: u32,
    /// Whether it is on.
    pub is_on: bool,
}

/// What is wrong with a rule: the field, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertFault {
    /// Which field.
    pub field: &'static str,
    /// Why.
    pub reason: &'static str,
}

macro_rules! worded {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in the API and in catalogues.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// That of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}

worded!(Every { Day = "day", Week = "week" });
worded!(Direction { Falls = "falls", Rises = "rises", Changes = "changes" });

impl Subject {
    /// The word in the API and in catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Metric(metric) => metric.word(),
            Self::SilentSource => "silent_source",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "silent_source" => Some(Self::SilentSource),
            word => Metric::from_word(word).map(Self::Metric),
        }
    }

    /// Everything that can be watched.
    pub fn all() -> impl Iterator<Item = Self> {
        let metrics = Metric::ALL.into_iter().map(Self::Metric);
        metrics.chain([Self::SilentSource])
    }
}

/// The rules that are there before anybody made one; their ids never change.
#[must_use]
pub fn usual_rules() -> [(AlertRuleId, AlertRule); 4] {
    let weekly = |metric, direction| AlertRule {
        subject: Subject::Metric(metric),
        every: Every::Week,
        direction,
        limit: Limit::BeyondChance,
        people_least: 30,
        is_on: true,
    };
    [
        (AlertRuleId(1), weekly(Metric::Orders, Direction::Changes)),
        (AlertRuleId(2), weekly(Metric::Revenue, Direction::Changes)),
        (
            AlertRuleId(3),
            AlertRule {
                people_least: 10,
                ..weekly(Metric::Unsubscribed, Direction::Rises)
            },
        ),
        (
            AlertRuleId(4),
            AlertRule {
                subject: Subject::SilentSource,
                every: Every::Day,
                direction: Direction::Falls,
                limit: Limit::BeyondChance,
                people_least: 0,
                is_on: true,
            },
        ),
    ]
}

impl AlertRule {
    /// The rule as it is kept: a source that is silent is looked at every day.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(mut self) -> Result<Self, AlertFault> {
        let fault = |field, reason| Err(AlertFault { field, reason });
        if let Limit::Percent(percent) = self.limit
            && !(1..=PERCENT_MOST).contains(&percent)
        {
            return fault("percent", "must be 1 to 1000");
        }
        if self.people_least > PEOPLE_MOST {
            return fault("people_least", "must be 0 to 100000");
        }
        if self.subject == Subject::SilentSource {
            self.every = Every::Day;
            self.direction = Direction::Falls;
            self.limit = Limit::BeyondChance;
            self.people_least = 0;
        }
        Ok(self)
    }

    /// Whether somebody is to be told of what was compared.
    #[must_use]
    pub fn speaks(&self, it: &Comparison, people: u64) -> bool {
        let is_asked = self.is_on && self.subject == Subject::Metric(it.metric);
        let least = u64::from(self.people_least);
        if !is_asked || people < least {
            return false;
        }
        match self.limit {
            Limit::BeyondChance => match it.verdict {
                Verdict::Higher => self.direction != Direction::Falls,
                Verdict::Lower => self.direction != Direction::Rises,
                Verdict::WithinChance | Verdict::TooFew { .. } => false,
            },
            Limit::Percent(percent) => {
                // A hundred percent of three people is no news.
                let is_enough = people >= PEOPLE_LEAST.min(least.max(1));
                let change = match it.metric.measure() {
                    super::metric::Measure::Share => it.difference.map(|it| it * 100.0),
                    super::metric::Measure::Score => it.difference,
                    _ => it.change.map(|it| it * 100.0),
                };
                let far = f64::from(percent);
                is_enough
                    && change.is_some_and(|change| match self.direction {
                        Direction::Falls => change <= -far,
                        Direction::Rises => change >= far,
                        Direction::Changes => change.abs() >= far,
                    })
            }
        }
    }
}

/// Whether a source that sent so many events on each of the last days, yesterday first, has gone
/// silent: nothing yesterday, though it sent on the same day of each of the weeks before.
#[must_use]
pub fn is_silent(days: &[i64]) -> bool {
    let same = |week: usize| days.get(week * 7).copied().unwrap_or(0);
    same(0) == 0 && (1..=WEEKS_LOOKED).all(|week| same(week) >= EVENTS_LEAST)
}

/// What an alert was raised on, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertFacts {
    /// The form of this document.
    pub version: u8,
    /// The figure.
    pub now: Option<f64>,
    /// What it was compared with.
    pub before: Option<f64>,
    /// First and last day of what it was compared with.
    pub before_days: (jiff::civil::Date, jiff::civil::Date),
    /// The change as a part of what it was.
    pub change: Option<f64>,
    /// Whether chance explains it.
    pub verdict: String,
    /// People behind both together.
    pub people: u64,
    /// What minor units are of.
    pub currency: String,
    /// Where the difference comes from.
    pub causes: Vec<AlertCause>,
    /// Incidents that were open by then, by kind.
    pub incidents: Vec<(String, i64)>,
}

/// One of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertCause {
    /// The word of the dimension.
    pub dimension: String,
    /// Which of it.
    pub of: String,
    /// How much it added.
    pub added: f64,
    /// The same as a part of the difference.
    pub share: f64,
}

impl AlertFacts {
    /// The form that is written.
    pub const VERSION: u8 = 1;
}

#[cfg(test)]
mod tests;
