//! The days of the demo's history, as they are in Italy: the last one is the day on which the
//! history ends.
//!
//! **Invariant:** nothing is later than the end, which the caller gives: no clock is read.

use anyhow::Context;
use filo_core::time::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Days before the last one.
pub(super) const LAST_DAY: u16 = 365;
/// Days written at a time: what bounds the memory.
pub(super) const STRETCH_DAYS: u16 = 28;

struct Day {
    midnight: Timestamp,
    date: Date,
}

/// The days, counted from 0.
pub(super) struct Calendar {
    days: Vec<Day>,
    until: Timestamp,
}

impl Calendar {
    pub(super) fn ending(until: Timestamp) -> anyhow::Result<Self> {
        let zone = TimeZone::get("Europe/Rome").context("the zone of Italy")?;
        let end = jiff::Timestamp::from_microsecond(until.0).context("the end of the demo")?;
        let today = end.to_zoned(zone.clone()).date();
        let mut days = Vec::with_capacity(usize::from(LAST_DAY) + 1);
        for back in (0..=i64::from(LAST_DAY)).rev() {
            let date = today
                .checked_sub(back.days())
                .context("the demo's first day")?;
            let midnight = date.to_zoned(zone.clone())?.timestamp();
            days.push(Day {
                midnight: Timestamp(midnight.as_microsecond()),
                date,
            });
        }
        Ok(Self { days, until })
    }

    /// When the history ends.
    pub(super) const fn until(&self) -> Timestamp {
        self.until
    }

    /// An instant of a day; what is beyond the last day is after the end.
    pub(super) fn at(&self, day: u16, minute: u32, second: u32) -> Timestamp {
        match self.days.get(usize::from(day)) {
            Some(day) => day
                .midnight
                .plus_seconds(i64::from(minute) * 60 + i64::from(second)),
            None => Timestamp::MAX,
        }
    }

    fn date(&self, day: u16) -> Date {
        self.days
            .get(usize::from(day))
            .map_or(Date::MAX, |day| day.date)
    }

    /// 1 is January.
    pub(super) fn month(&self, day: u16) -> i8 {
        self.date(day).month()
    }

    /// The day of the month.
    pub(super) fn day_of_month(&self, day: u16) -> i8 {
        self.date(day).day()
    }

    /// 1 is Monday.
    pub(super) fn weekday(&self, day: u16) -> i8 {
        self.date(day).weekday().to_monday_one_offset()
    }

    /// The year.
    pub(super) fn year(&self, day: u16) -> i16 {
        self.date(day).year()
    }

    /// How busy the web shop is, in thousandths of an ordinary day.
    pub(super) fn season(&self, day: u16) -> u32 {
        match (self.month(day), self.day_of_month(day)) {
            (11, 20..) | (12, 1..=20) => 2200,
            (12, 21..=26) | (8, 5..=25) => 300,
            (1, 1..=6) => 500,
            (2 | 5, 8..=14) => 1400,
            (6 | 7, _) => 800,
            _ => 1000,
        }
    }

    /// Whether the bars are open: never on Sundays, nor around the middle of August.
    pub(super) fn bars_are_open(&self, day: u16) -> bool {
        let closed = match (self.month(day), self.day_of_month(day)) {
            (8, 8..=24) | (12, 25..=26) | (1, 1 | 6) | (5, 1) => true,
            _ => self.weekday(day) == 7,
        };
        !closed
    }
}
