//! How long what is kept: for each kind that can go by itself, after how many months.
//!
//! **Invariant:** nothing goes of which nobody said how long it is kept.

use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Longer than any law asks for.
pub const MONTHS_MOST: u16 = 240;

/// What can go by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// Visitors of whom nothing is known but a browser or a telephone, since they were seen last.
    Visitors,
    /// People, since anything happened with them last.
    People,
    /// Events in quarantine that were repaired or discarded, since they came.
    Quarantine,
    /// Incidents that were seen to, since then.
    Incidents,
    /// Who asked what about their data, since they were answered; that they were stays.
    Requests,
}

impl Kept {
    /// All of them, in the order in which they go.
    pub const ALL: [Self; 5] = [
        Self::Visitors,
        Self::People,
        Self::Quarantine,
        Self::Incidents,
        Self::Requests,
    ];

    /// The word under which it is stored and sent.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Visitors => "visitors",
            Self::People => "people",
            Self::Quarantine => "quarantine",
            Self::Incidents => "incidents",
            Self::Requests => "requests",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// After how many months each kind goes; none: it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Retention {
    /// [`Kept::Visitors`].
    pub visitors: Option<u16>,
    /// [`Kept::People`].
    pub people: Option<u16>,
    /// [`Kept::Quarantine`].
    pub quarantine: Option<u16>,
    /// [`Kept::Incidents`].
    pub incidents: Option<u16>,
    /// [`Kept::Requests`].
    pub requests: Option<u16>,
}

impl Retention {
    /// The months of a kind.
    #[must_use]
    pub const fn months(&self, kept: Kept) -> Option<u16> {
        match kept {
            Kept::Visitors => self.visitors,
            Kept::People => self.people,
            Kept::Quarantine => self.quarantine,
            Kept::Incidents => self.incidents,
            Kept::Requests => self.requests,
        }
    }

    /// The months of a kind, to be changed.
    pub const fn months_mut(&mut self, kept: Kept) -> &mut Option<u16> {
        match kept {
            Kept::Visitors => &mut self.visitors,
            Kept::People => &mut self.people,
            Kept::Quarantine => &mut self.quarantine,
            Kept::Incidents => &mut self.incidents,
            Kept::Requests => &mut self.requests,
        }
    }

    /// Whether nothing goes by itself.
    #[must_use]
    pub fn is_off(&self) -> bool {
        Kept::ALL.iter().all(|kept| self.months(*kept).is_none())
    }

    /// The first kind whose months cannot be.
    #[must_use]
    pub fn fault(&self) -> Option<Kept> {
        let wrong = |kept: &Kept| {
            let months = self.months(*kept);
            months.is_some_and(|months| months == 0 || months > MONTHS_MOST)
        };
        Kept::ALL.into_iter().find(wrong)
    }

    /// Before when a kind goes: the beginning of the same day so many months ago.
    #[must_use]
    pub fn before(&self, kept: Kept, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let months = self.months(kept)?;
        let now = jiff::Timestamp::from_microsecond(now.0).ok()?;
        let today = now.to_zoned(zone.clone()).date();
        let day = today.checked_sub(i64::from(months).months()).ok()?;
        let begin = day.to_zoned(zone.clone()).ok()?;
        Some(Timestamp(begin.timestamp().as_microsecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_unless_somebody_said_when() {
        let nothing = Retention::default();
        assert!(nothing.is_off() && nothing.fault().is_none());
        let (zone, now) = (TimeZone::UTC, Timestamp::from_seconds(1_800_000_000));
        for kept in Kept::ALL {
            assert_eq!(nothing.before(kept, now, &zone), None);
            assert_eq!(Kept::from_word(kept.word()), Some(kept));
            let mut one = nothing;
            *one.months_mut(kept) = Some(0);
            assert_eq!((one.is_off(), one.fault()), (false, Some(kept)));
            *one.months_mut(kept) = Some(MONTHS_MOST + 1);
            assert_eq!(one.fault(), Some(kept));
            *one.months_mut(kept) = Some(MONTHS_MOST);
            assert_eq!(one.fault(), None);
        }
    }

    #[test]
    fn months_are_those_of_the_calendar_on_the_companys_wall() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let rules = Retention {
            people: Some(1),
            visitors: Some(14),
            ..Retention::default()
        };
        let before = |kept, now: &str| {
            let now = Timestamp::parse(now).unwrap();
            rules.before(kept, now, &zone).unwrap().to_string()
        };
        let month = before(Kept::People, "2026-03-31T10:00:00Z");
        assert_eq!(month, "2026-02-27T23:00:00.000Z");
        let year = before(Kept::Visitors, "2026-09-15T23:30:00Z");
        assert_eq!(year, "2025-07-15T22:00:00.000Z");
    }
}
