//! When: the stretch of time in which events count, and when that stretch moves on.
//!
//! **Invariant:** whether an instant is inside is a function of it, of now and of the zone; and
//! the set of those inside does not change before the instant that [`Reach::changes_at`] names.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use super::trace::Trace;
use super::words;
use crate::time::Timestamp;

/// A stretch of time is at most so long: a hundred years.
const SPAN_DAYS_MOST: u64 = 36_525;

/// What a stretch of time is counted in. A day is 24 hours, whatever the clock does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Sixty seconds.
    Minutes,
    /// Sixty minutes.
    Hours,
    /// 24 hours.
    Days,
    /// Seven days.
    Weeks,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: [Self; 4] = [Self::Minutes, Self::Hours, Self::Days, Self::Weeks];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
        }
    }

    const fn micros(self) -> i64 {
        1_000_000
            * match self {
                Self::Minutes => 60,
                Self::Hours => 3600,
                Self::Days => 86_400,
                Self::Weeks => 7 * 86_400,
            }
    }
}

/// So many minutes, hours, days or weeks: `90 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    amount: u32,
    unit: Unit,
}

/// A text that is no stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number of minutes, hours, days or weeks, at most a hundred years")]
pub struct InvalidSpan;

impl Span {
    /// One day.
    pub const DAY: Self = Self {
        amount: 1,
        unit: Unit::Days,
    };

    /// So much of a unit; nothing if it is none, or more than a hundred years.
    #[must_use]
    pub fn new(amount: u32, unit: Unit) -> Option<Self> {
        let span = Self { amount, unit };
        let most = Unit::Days.micros().unsigned_abs() * SPAN_DAYS_MOST;
        (amount > 0 && span.micros().unsigned_abs() <= most).then_some(span)
    }

    /// So many days.
    #[must_use]
    pub fn days(amount: u16) -> Self {
        Self {
            amount: u32::from(amount.max(1)),
            unit: Unit::Days,
        }
    }

    /// How many.
    #[must_use]
    pub const fn amount(self) -> u32 {
        self.amount
    }

    /// Of what.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// In microseconds.
    #[must_use]
    pub const fn micros(self) -> i64 {
        (self.amount as i64).saturating_mul(self.unit.micros())
    }
}

impl FromStr for Span {
    type Err = InvalidSpan;

    fn from_str(text: &str) -> Result<Self, InvalidSpan> {
        let (amount, word) = text.trim().split_once(' ').ok_or(InvalidSpan)?;
        let amount: u32 = amount.parse().map_err(|_not_one| InvalidSpan)?;
        let is_it = |unit: &Unit| {
            let plural = unit.word();
            word.trim() == plural || plural.strip_suffix('s') == Some(word.trim())
        };
        let unit = Unit::ALL.into_iter().find(is_it).ok_or(InvalidSpan)?;
        Self::new(amount, unit).ok_or(InvalidSpan)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = self.unit.word();
        let word = match self.amount {
            1 => plural.strip_suffix('s').unwrap_or(plural),
            _ => plural,
        };
        write!(out, "{} {word}", self.amount)
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A stretch of the calendar, by the customer's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// Since midnight.
    Today,
    /// The day before.
    Yesterday,
    /// Since Monday.
    ThisWeek,
    /// The week before, Monday to Sunday.
    LastWeek,
    /// Since the first.
    ThisMonth,
    /// The month before.
    LastMonth,
    /// Since the first of January.
    ThisYear,
    /// The year before.
    LastYear,
}

impl Calendar {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Today,
        Self::Yesterday,
        Self::ThisWeek,
        Self::LastWeek,
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisYear,
        Self::LastYear,
    ];

    /// The first day, the day after the last, and the day on which it is another stretch.
    fn days(self, today: Date) -> Option<(Date, Date, Date)> {
        let monday = today
            .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
            .ok()?;
        let (month, year) = (today.first_of_month(), today.first_of_year());
        let (this, step) = match self {
            Self::Today | Self::Yesterday => (today, 1.day()),
            Self::ThisWeek | Self::LastWeek => (monday, 1.week()),
            Self::ThisMonth | Self::LastMonth => (month, 1.month()),
            Self::ThisYear | Self::LastYear => (year, 1.year()),
        };
        let next = this.checked_add(step).ok()?;
        let is_this = matches!(
            self,
            Self::Today | Self::ThisWeek | Self::ThisMonth | Self::ThisYear
        );
        Some(match is_this {
            true => (this, next, next),
            false => (this.checked_sub(step).ok()?, this, next),
        })
    }
}

/// When something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// Whenever it was.
    Ever,
    /// Less long ago than this.
    Last(Span),
    /// At least so long ago.
    Before(Span),
    /// Less long ago than the first, at least as long ago as the second.
    Ago(Span, Span),
    /// In this stretch of the calendar.
    Calendar(Calendar),
    /// On these days, both included, by the customer's clock.
    Days(
        #[serde(with = "words::day")] Date,
        #[serde(with = "words::day")] Date,
    ),
    /// On this day or later, by the customer's clock.
    Since(#[serde(with = "words::day")] Date),
}

/// A window at one instant: from (included) to (excluded), and how it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    from: Timestamp,
    until: Timestamp,
    /// An instant leaves when it is older than this.
    leaves_after: Option<i64>,
    /// An instant comes in when it is as old as this.
    enters_after: i64,
    /// When the window is another one altogether.
    rolls_at: Timestamp,
    now: Timestamp,
}

impl Window {
    /// The window at an instant.
    pub(super) fn at(self, now: Timestamp, zone: impl FnOnce() -> TimeZone) -> Reach {
        let sliding = |leaves_after: Option<i64>, enters_after: i64| Reach {
            from: leaves_after.map_or(Timestamp::MIN, |span| now.plus_micros(1 - span)),
            until: now.plus_micros(1 - enters_after),
            leaves_after,
            enters_after,
            rolls_at: Timestamp::MAX,
            now,
        };
        let fixed = |from: Timestamp, until: Timestamp, rolls_at: Timestamp| Reach {
            from,
            until: until.min(now.plus_micros(1)),
            leaves_after: None,
            enters_after: 0,
            rolls_at,
            now,
        };
        match self {
            Self::Ever => sliding(None, 0),
            Self::Last(span) => sliding(Some(span.micros()), 0),
            Self::Before(span) => sliding(None, span.micros()),
            Self::Ago(oldest, newest) => sliding(Some(oldest.micros()), newest.micros()),
            Self::Calendar(calendar) => {
                let zone = zone();
                let days = local(now, &zone).and_then(|local| calendar.days(local.date()));
                let Some((first, end, next)) = days else {
                    return fixed(Timestamp::MAX, Timestamp::MIN, Timestamp::MAX);
                };
                fixed(start(first, &zone), start(end, &zone), start(next, &zone))
            }
            Self::Days(first, last) => {
                let zone = zone();
                let end = last.tomorrow().unwrap_or(last);
                fixed(start(first, &zone), start(end, &zone), Timestamp::MAX)
            }
            Self::Since(first) => {
                let zone = zone();
                fixed(start(first, &zone), Timestamp::MAX, Timestamp::MAX)
            }
        }
    }

    /// Whether its ends depend on where the customer is.
    #[must_use]
    pub const fn asks_for_zone(self) -> bool {
        match self {
            Self::Calendar(_) | Self::Days(..) | Self::Since(_) => true,
            Self::Ever | Self::Last(_) | Self::Before(_) | Self::Ago(..) => false,
        }
    }
}

impl Reach {
    /// Whether an instant is inside.
    pub(super) fn holds(self, at: Timestamp) -> bool {
        (self.from..self.until).contains(&at)
    }

    /// When an instant of its own accord comes in or leaves.
    pub(super) fn moves_at(self, at: Timestamp) -> Timestamp {
        let leaves = self.leaves_after.map(|span| at.plus_micros(span));
        let enters = Some(at.plus_micros(self.enters_after));
        [enters, leaves, Some(self.rolls_at)]
            .into_iter()
            .flatten()
            .filter(|instant| *instant > self.now)
            .min()
            .unwrap_or(Timestamp::MAX)
    }

    /// When the window is another one altogether.
    pub(super) const fn rolls_at(self) -> Timestamp {
        self.rolls_at
    }

    /// Which marks of a trace are inside.
    pub(super) fn of(self, trace: &Trace) -> std::ops::Range<usize> {
        let marks = trace.marks();
        let start = marks.partition_point(|mark| mark.at < self.from);
        let end = marks.partition_point(|mark| mark.at < self.until);
        start..end.max(start)
    }

    /// When the `steps`-th of those inside leaves.
    pub(super) fn leaves(self, trace: &Trace, inside: usize, steps: i64) -> Timestamp {
        let Some(span) = self.leaves_after else {
            return self.rolls_at;
        };
        let mark = usize::try_from(steps - 1)
            .ok()
            .and_then(|n| trace.marks().get(inside + n));
        let leaves = mark.map_or(Timestamp::MAX, |mark| mark.at.plus_micros(span));
        leaves.min(self.rolls_at)
    }

    /// When the `steps`-th of those that are known of and not inside yet comes in.
    pub(super) fn enters(self, trace: &Trace, beyond: usize, steps: i64) -> Timestamp {
        let mark = usize::try_from(steps - 1)
            .ok()
            .and_then(|n| trace.marks().get(beyond + n));
        let enters = mark.map(|mark| mark.at.plus_micros(self.enters_after));
        // What lies beyond a window that does not move never comes in.
        let enters = enters.filter(|instant| *instant > self.now);
        enters.unwrap_or(Timestamp::MAX).min(self.rolls_at)
    }

    /// The first instant at which other marks are inside than now.
    pub(super) fn changes_at(self, trace: &Trace, inside: &std::ops::Range<usize>) -> Timestamp {
        let leaves = match inside.is_empty() {
            true => self.rolls_at,
            false => self.leaves(trace, inside.start, 1),
        };
        leaves.min(self.enters(trace, inside.end, 1))
    }
}

/// An instant on a clock.
pub(super) fn local(at: Timestamp, zone: &TimeZone) -> Option<Zoned> {
    let instant = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(instant.to_zoned(zone.clone()))
}

/// When a day begins on a clock.
pub(super) fn start(day: Date, zone: &TimeZone) -> Timestamp {
    match day.to_zoned(zone.clone()) {
        Ok(zoned) => Timestamp(zoned.timestamp().as_microsecond()),
        Err(_) if day < Date::ZERO => Timestamp::MIN,
        Err(_) => Timestamp::MAX,
    }
}
