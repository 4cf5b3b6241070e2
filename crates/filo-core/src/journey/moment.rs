//! When a wait is over: so long, until a time of the day or a day of the week in the customer's
//! zone, until a day that is known of them; and what if it is seen to too late.
//!
//! **Invariant:** a wait is over at or behind the instant it began, at a time that there is on
//! the customer's clock.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::civil::{Clock, Weekdays, instant, local};
use super::step::{DateWait, Wait};
use crate::consent::call_hours::is_holiday;
use crate::segment::{Span, Unit};
use crate::time::Timestamp;

/// Days looked at for the next moment: more than a year, for what is asked of one weekday
/// without holidays is found in a few weeks.
const DAYS_MOST: usize = 400;

/// A time on the customer's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// At this time of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Clock>,
    /// Not before this time of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Clock>,
    /// Before this time of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Clock>,
    /// On one of these days.
    #[serde(default, skip_serializing_if = "Weekdays::is_all")]
    pub days: Weekdays,
    /// Not on Italian holidays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_holidays: bool,
}

/// What if a wait is seen to too late: after an outage, or because the journey was paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// Later than this.
    #[serde(default = "six_hours")]
    pub after: Span,
    /// What then.
    pub then: LateThen,
}

fn six_hours() -> Span {
    Span::new(6, Unit::Hours).unwrap_or_else(|| Span::days(1))
}

/// What is done when it is too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateThen {
    /// Goes on all the same.
    GoOn,
    /// Leaves out the step behind the wait.
    Skip,
    /// Asks a person which of the two.
    Ask,
}

impl LateThen {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::GoOn, Self::Skip, Self::Ask];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::GoOn => "go_on",
            Self::Skip => "skip",
            Self::Ask => "ask",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// What if the day that is waited for is not known, or is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The run ends.
    #[default]
    End,
    /// It goes on at once.
    GoOn,
}

impl Missing {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What is done too late if nothing is said: a wait of so long goes on, a day that is over is
/// left out.
pub(super) fn late_of(said: Option<Late>, then: LateThen) -> Late {
    said.unwrap_or(Late {
        after: six_hours(),
        then,
    })
}

impl Moment {
    /// The first such time at or behind an instant.
    fn next(&self, after: Timestamp, zone: &TimeZone) -> Timestamp {
        let Some(today) = local(after, zone) else {
            return after;
        };
        let days = today.date().series(1.day()).take(DAYS_MOST);
        let found = days.filter(|day| self.accepts(*day)).find_map(|day| {
            let at = |time: Time| instant(day.to_datetime(time), zone);
            if let Some(clock) = self.at {
                return at(clock.time()).filter(|it| *it >= after);
            }
            let opens = at(self.from.map_or(Time::midnight(), Clock::time))?;
            let closes = match self.to {
                Some(to) => at(to.time())?,
                None => instant(day.tomorrow().ok()?.to_datetime(Time::midnight()), zone)?,
            };
            (after < closes && opens < closes).then(|| after.max(opens))
        });
        found.unwrap_or(after)
    }

    fn accepts(&self, day: Date) -> bool {
        self.days.have(day) && !(self.no_holidays && is_holiday(day))
    }
}

/// When a wait that began at an instant is over.
#[must_use]
pub fn due_after(wait: &Wait, began: Timestamp, zone: &TimeZone) -> Timestamp {
    let names_time = wait.until.is_some_and(|until| until.at.is_some());
    let base = wait.span.map_or(began, |span| match span.unit() {
        Unit::Minutes | Unit::Hours => began.plus_micros(span.micros()),
        Unit::Days => days_later(began, i64::from(span.amount()), names_time, zone),
        Unit::Weeks => days_later(began, 7 * i64::from(span.amount()), names_time, zone),
    });
    let due = wait.until.map_or(base, |until| until.next(base, zone));
    due.max(began)
}

/// So many days later at the same time of the day, or when that day begins.
fn days_later(began: Timestamp, days: i64, begins: bool, zone: &TimeZone) -> Timestamp {
    let later = || {
        let now = local(began, zone)?;
        let day = now.date().checked_add(days.days()).ok()?;
        let time = match begins {
            true => Time::midnight(),
            false => now.time(),
        };
        instant(day.to_datetime(time), zone)
    };
    later().unwrap_or(Timestamp::MAX)
}

/// When the day that is waited for comes, for a wait that began at an instant; nothing if the
/// day is over (that day itself has not passed until it ends).
#[must_use]
pub fn due_on_date(
    wait: &DateWait,
    known: &str,
    began: Timestamp,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let day: Date = known.trim().get(..10)?.parse().ok()?;
    let today = local(began, zone)?.date();
    let offset = i64::from(wait.days).days();
    let time = wait.at.map_or(Time::midnight(), Clock::time);
    let kept = |day: Date| {
        let day = day.checked_add(offset).ok()?;
        (day >= today).then_some(day)
    };
    let day = match wait.yearly {
        false => kept(day)?,
        true => (today.year() - 1..=today.year() + 9).find_map(|year| kept(in_year(day, year)?))?,
    };
    Some(instant(day.to_datetime(time), zone)?.max(began))
}

/// A day of February that a year does not have is kept on the one before.
fn in_year(day: Date, year: i16) -> Option<Date> {
    Date::new(year, day.month(), day.day())
        .or_else(|_| Date::new(year, day.month(), day.day() - 1))
        .ok()
}
