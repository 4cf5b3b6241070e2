//! A recurrence rule as RFC 5545 has it, section 3.3.10, as far as it is about days: the hour is
//! that of the first occurrence. The libraries there are bring a time zone database of their own;
//! looking at each day of a period whole needs none, and ends.

use jiff::civil::{Date, DateTime, Weekday};

use crate::time::Timestamp;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// By days.
    Daily,
    /// By weeks.
    Weekly,
    /// By months.
    Monthly,
    /// By years.
    Yearly,
}

impl Frequency {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Yearly];

    /// The word of the rule.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }
}

/// Until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// For ever.
    Never,
    /// So many times.
    Count(u32),
    /// Until then.
    Until(Until),
}

/// The last moment at which it may come round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// On this day at the latest.
    Day(Date),
    /// At this time on the clock.
    Local(DateTime),
    /// At this instant.
    Instant(Timestamp),
}

/// A day of the week, each or one of those within the month or the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnDay {
    /// Which of them: the second, the last (-1); 0 for each.
    pub nth: i16,
    /// The day.
    pub day: Weekday,
}

/// A rule by which days come round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// How often.
    pub frequency: Frequency,
    /// Every so many days, weeks, months or years.
    pub interval: u16,
    /// Until when.
    pub end: End,
    /// Of the months, only these (`BYMONTH`).
    pub months: Vec<i16>,
    /// Of the weeks of the year, only these; from behind if negative (`BYWEEKNO`).
    pub weeks: Vec<i16>,
    /// Of the days of the year (`BYYEARDAY`).
    pub year_days: Vec<i16>,
    /// Of the days of the month (`BYMONTHDAY`).
    pub month_days: Vec<i16>,
    /// Of the days of the week (`BYDAY`).
    pub days: Vec<OnDay>,
    /// Of what is left in each period, only these (`BYSETPOS`).
    pub places: Vec<i16>,
    /// The day on which weeks begin.
    pub week_start: Weekday,
}

impl Recurrence {
    /// With what a rule leaves open taken from its first day.
    #[must_use]
    pub fn completed(mut self, first: Date) -> Self {
        let says_days = !self.days.is_empty();
        let says_dates = !self.month_days.is_empty() || !self.year_days.is_empty();
        match self.frequency {
            Frequency::Daily => {}
            Frequency::Weekly if says_days => {}
            Frequency::Weekly => self.days.push(every(first)),
            _ if says_days || says_dates => {}
            Frequency::Monthly => self.month_days.push(i16::from(first.day())),
            Frequency::Yearly if !self.weeks.is_empty() => self.days.push(every(first)),
            Frequency::Yearly => {
                if self.months.is_empty() {
                    self.months.push(i16::from(first.month()));
                }
                self.month_days.push(i16::from(first.day()));
            }
        }
        self
    }
}

fn every(first: Date) -> OnDay {
    OnDay {
        nth: 0,
        day: first.weekday(),
    }
}
