//! Clocks on the wall and days of the week, and what instant they are in a zone.
//!
//! **Invariant:** a time that the change of clocks leaves out is the first instant after it; one
//! that there are two of is the first of them.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A time of the day: `10:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(u16);

/// A text that is no time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of the day such as 10:00")]
pub struct InvalidClock;

impl Clock {
    /// A time of the day in minutes since midnight; nothing behind the last minute.
    #[must_use]
    pub fn new(minutes: u16) -> Option<Self> {
        (minutes < 1440).then_some(Self(minutes))
    }

    pub(super) fn time(self) -> Time {
        let part = |value: u16| i8::try_from(value).unwrap_or_default();
        Time::constant(part(self.0 / 60), part(self.0 % 60), 0, 0)
    }
}

impl FromStr for Clock {
    type Err = InvalidClock;

    fn from_str(text: &str) -> Result<Self, InvalidClock> {
        let (hour, minute) = text.trim().split_once(':').ok_or(InvalidClock)?;
        let read = |part: &str, below: u16| {
            let fits = (1..=2).contains(&part.len());
            let value = part.parse::<u16>().ok().filter(|value| *value < below);
            value.filter(|_| fits).ok_or(InvalidClock)
        };
        Ok(Self(read(hour, 24)? * 60 + read(minute, 60)?))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for Clock {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::as_text::deserialize(from)
    }
}

/// Days of the week; in documents their first three letters in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

const WORDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Weekdays {
    /// All seven.
    pub const ALL: Self = Self(0b111_1111);

    /// Those of seven bits, Monday the lowest; nothing of none.
    #[must_use]
    pub const fn new(bits: u8) -> Option<Self> {
        match bits {
            1..=0b111_1111 => Some(Self(bits)),
            _ => None,
        }
    }

    /// Seven bits, Monday the lowest.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    pub(super) fn have(self, day: Date) -> bool {
        let place = day.weekday().to_monday_zero_offset();
        self.0 & (1 << place) != 0
    }
}

impl Default for Weekdays {
    fn default() -> Self {
        Self::ALL
    }
}

impl Serialize for Weekdays {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let days = WORDS.iter().enumerate();
        to.collect_seq(
            days.filter_map(|(place, word)| (self.0 & (1 << place) != 0).then_some(word)),
        )
    }
}

impl<'de> Deserialize<'de> for Weekdays {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let mut bits = 0;
        for word in Vec::<String>::deserialize(from)? {
            let place = WORDS.iter().position(|known| *known == word);
            let place = place.ok_or_else(|| {
                D::Error::custom(format!("`{word}` is none of {}", WORDS.join(", ")))
            })?;
            bits |= 1 << place;
        }
        Self::new(bits).ok_or_else(|| D::Error::custom("name at least one day"))
    }
}

/// An instant on a clock.
pub(super) fn local(at: Timestamp, zone: &TimeZone) -> Option<DateTime> {
    let instant = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(zone.to_datetime(instant))
}

/// The instant of a time on a clock.
pub(super) fn instant(at: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    let instant = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => {
            ambiguous.earlier().ok()?
        }
        AmbiguousOffset::Gap { before, .. } => {
            // Read by the clock as it was, the instant lies behind the change.
            let behind = before.to_timestamp(at).ok()?;
            let after = behind.checked_add(1.microsecond()).ok()?;
            let change = zone.preceding(after).next();
            change.map_or(behind, |change| change.timestamp())
        }
    };
    Some(Timestamp(instant.as_microsecond()))
}
