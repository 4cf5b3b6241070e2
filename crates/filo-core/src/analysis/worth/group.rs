//! How people are told apart: by where, and by when, they bought for the first time.
//!
//! **Invariant:** everybody is in one group of each kind; a month is one of the company's calendar.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::foresight::Foretold;
use crate::event::Channel;
use crate::time::Timestamp;

/// By what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// By the channel of the first order.
    #[default]
    Channel,
    /// By the quarter of the first order.
    Quarter,
    /// By its month.
    Month,
}

/// One group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The first order was placed there; nothing where that is not known.
    Channel(Option<Channel>),
    /// The first order was placed in this quarter of a year.
    Quarter(i16, i8),
    /// The first order was placed in this month of a year.
    Month(i16, i8),
}

impl By {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Channel, Self::Quarter, Self::Month];

    /// The word in addresses and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Quarter => "quarter",
            Self::Month => "month",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The group of somebody.
    #[must_use]
    pub fn group(self, person: &Foretold, zone: &TimeZone) -> Group {
        if self == Self::Channel {
            return Group::Channel(person.first_channel);
        }
        let day = day_of(person.first_at, zone);
        match self {
            Self::Quarter => Group::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Self::Month | Self::Channel => Group::Month(day.year(), day.month()),
        }
    }
}

impl Group {
    /// The word in addresses: `web`, `2026-q1`, `2026-03`.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Channel(channel) => channel.map_or("unknown", Channel::word).to_owned(),
            Self::Quarter(year, quarter) => format!("{year:04}-q{quarter}"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        if word == "unknown" {
            return Some(Self::Channel(None));
        }
        if let Some(channel) = Channel::from_word(word) {
            return Some(Self::Channel(Some(channel)));
        }
        let (year, rest) = word.split_once('-')?;
        let year = year.parse().ok()?;
        let (part, most, group): (_, i8, fn(i16, i8) -> Self) = match rest.strip_prefix('q') {
            Some(quarter) => (quarter, 4, Self::Quarter),
            None => (rest, 12, Self::Month),
        };
        let part = part.parse().ok().filter(|it| (1..=most).contains(it))?;
        Some(group(year, part))
    }

    /// What it is a group of.
    #[must_use]
    pub const fn by(self) -> By {
        match self {
            Self::Channel(_) => By::Channel,
            Self::Quarter(..) => By::Quarter,
            Self::Month(..) => By::Month,
        }
    }
}

/// The day on the wall.
pub(in crate::analysis) fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    let instant = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    instant.to_zoned(zone.clone()).date()
}
