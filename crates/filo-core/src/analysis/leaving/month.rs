//! Customers at the start of a month, and those of them who were lost in it.
//!
//! **Invariant:** a month is one of the company's calendar, however long; whoever is lost in it was
//! a customer at its start.

use filo_stats::proportion::{Proportion, Z_95, wilson};
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::worth::day_of;
use super::Part;
use crate::buyer::{Limits, Purchases};
use crate::time::Timestamp;

/// Whole months that are told.
pub const MONTHS: usize = 12;

/// By what somebody is a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Their last order lies within a window of so many days.
    Window,
    /// They are not gone by the company's own rhythm.
    Rhythm,
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Of which year.
    pub year: i16,
    /// 1 to 12.
    pub number: i8,
    /// Its first instant …
    pub from: Timestamp,
    /// … and that of the next one.
    pub until: Timestamp,
    /// By the window.
    pub window: Churn,
    /// By the rhythm; nothing while there are no limits.
    pub rhythm: Option<Churn>,
}

/// How many were lost of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Churn {
    /// Customers at the start.
    pub start: u64,
    /// Those of them who were none at the end.
    pub lost: u64,
}

/// How somebody stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    is_in_window: bool,
    is_in_rhythm: bool,
}

impl Rule {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Window, Self::Rhythm];

    /// The word in addresses and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Rhythm => "rhythm",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// Whether somebody belongs to a part of a month, by how they stand at its two ends.
    pub(super) fn is_part(self, turn: &[Standing], part: Part) -> bool {
        let [start, end] = turn else { return false };
        match part {
            Part::Start => start.is_customer(self),
            Part::Lost => start.is_customer(self) && !end.is_customer(self),
        }
    }
}

impl Churn {
    /// The share of those who were lost, with its interval of 95 %; nothing without customers.
    #[must_use]
    pub fn share(&self) -> Option<Proportion> {
        wilson(self.lost, self.start, Z_95)
    }
}

impl Standing {
    /// How somebody stands at each of some instants, which come in their order.
    pub(super) fn of(
        purchases: &Purchases,
        instants: &[Timestamp],
        (window_days, limits): (u16, Option<&Limits>),
    ) -> Vec<Self> {
        // Limits change with a purchase, which is rarer than the end of a month.
        let mut known: Option<(usize, i64)> = None;
        let stand = |at: &Timestamp| {
            let bought = purchases.at(*at);
            let silence = bought.silence_days();
            let gone_days = match (known, limits) {
                (_, None) => 0,
                (Some((count, days)), _) if count == bought.count() => days,
                (_, Some(limits)) => {
                    let gaps: Vec<i64> = bought.gaps().collect();
                    let days = limits.of(&gaps).gone_days;
                    known = Some((bought.count(), days));
                    days
                }
            };
            Self {
                is_in_window: silence.is_some_and(|days| days < i64::from(window_days)),
                is_in_rhythm: silence.is_some_and(|days| days < gone_days),
            }
        };
        instants.iter().map(stand).collect()
    }

    const fn is_customer(self, rule: Rule) -> bool {
        match rule {
            Rule::Window => self.is_in_window,
            Rule::Rhythm => self.is_in_rhythm,
        }
    }
}

impl Month {
    /// The whole months before an instant, the latest last.
    pub(super) fn before(at: Timestamp, zone: &TimeZone, has_limits: bool) -> Vec<Self> {
        let first = day_of(at, zone).first_of_month();
        let begin = |back: usize| -> Option<Date> {
            let back = i32::try_from(back).ok()?;
            first.checked_sub(back.months()).ok()
        };
        let month = |back: usize| {
            let day = begin(back)?;
            Some(Self {
                year: day.year(),
                number: day.month(),
                from: midnight(day, zone)?,
                until: midnight(begin(back - 1)?, zone)?,
                window: Churn::default(),
                rhythm: has_limits.then(Churn::default),
            })
        };
        (1..=MONTHS).rev().filter_map(month).collect()
    }

    /// The instants between them.
    pub(super) fn ends(months: &[Self]) -> Vec<Timestamp> {
        let last = months.last().map(|it| it.until);
        months.iter().map(|it| it.from).chain(last).collect()
    }

    /// Takes in how somebody stood at its two ends.
    pub(super) fn note(&mut self, turn: &[Standing]) {
        let rhythm = self.rhythm.as_mut().map(|churn| (Rule::Rhythm, churn));
        for (rule, churn) in [(Rule::Window, &mut self.window)].into_iter().chain(rhythm) {
            churn.start += u64::from(rule.is_part(turn, Part::Start));
            churn.lost += u64::from(rule.is_part(turn, Part::Lost));
        }
    }

    /// What was counted by a rule.
    #[must_use]
    pub const fn churn(&self, rule: Rule) -> Option<Churn> {
        match rule {
            Rule::Window => Some(self.window),
            Rule::Rhythm => self.rhythm,
        }
    }

    /// The word in addresses: `2026-03`.
    #[must_use]
    pub fn word(&self) -> String {
        format!("{:04}-{:02}", self.year, self.number)
    }
}

fn midnight(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let zoned = day.to_zoned(zone.clone()).ok()?;
    Some(Timestamp(zoned.timestamp().as_microsecond()))
}
