//! Weeks and months of a company's calendar.
//!
//! **Invariant:** each instant from the first beginning on is in exactly one period; a period begins
//! at midnight on the company's clock, whatever day the clocks change.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::time::Timestamp;

/// Periods that are told at once.
pub const PERIODS_MOST: u8 = 60;
/// The same unless one says otherwise.
pub const PERIODS: u8 = 12;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// From the first of a month.
    #[default]
    Month,
    /// From Monday.
    Week,
}

impl Unit {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Month, Self::Week];

    /// The word in addresses and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The first day of the period in which a day is.
    fn first_day(self, day: Date) -> Option<Date> {
        match self {
            Self::Month => Some(day.first_of_month()),
            Self::Week => {
                let since = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(since.days()).ok()
            }
        }
    }

    fn before(self, day: Date, periods: i64) -> Option<Date> {
        let span = match self {
            Self::Month => periods.months(),
            Self::Week => periods.weeks(),
        };
        day.checked_sub(span).ok()
    }
}

/// Some periods that are over, the earliest first, and the one that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    begins: Vec<(Date, Timestamp)>,
    now: Timestamp,
}

impl Periods {
    /// The last `count` periods that are over at an instant, and the one that it is in; fewer at
    /// the beginning of all calendars.
    #[must_use]
    pub fn back(unit: Unit, count: u8, now: Timestamp, zone: &TimeZone) -> Self {
        let today = jiff::Timestamp::from_microsecond(now.0).ok();
        let today = today.map(|it| it.to_zoned(zone.clone()).date());
        let running = today.and_then(|it| unit.first_day(it));
        let begin = |back: i64| {
            let day = unit.before(running?, back)?;
            let midnight = day.to_zoned(zone.clone()).ok()?;
            Some((day, Timestamp(midnight.timestamp().as_microsecond())))
        };
        let begins = (0..=i64::from(count)).rev().filter_map(begin).collect();
        Self { begins, now }
    }

    /// How many of them are over.
    #[must_use]
    pub const fn over(&self) -> usize {
        self.begins.len().saturating_sub(1)
    }

    /// The first day of one, by its number from 0 on.
    #[must_use]
    pub fn day(&self, number: usize) -> Option<Date> {
        self.begins.get(number).map(|(day, _)| *day)
    }

    /// The number of the one that begins on a day.
    #[must_use]
    pub fn number_of_day(&self, day: Date) -> Option<usize> {
        self.begins.iter().position(|(first, _)| *first == day)
    }

    /// The number of the one in which an instant is: [`Periods::over`] in the one that is not over;
    /// nothing before all of them, and in the future.
    #[must_use]
    pub fn number(&self, at: Timestamp) -> Option<usize> {
        if at > self.now {
            return None;
        }
        let behind = self.begins.partition_point(|(_, begin)| *begin <= at);
        behind.checked_sub(1)
    }
}
