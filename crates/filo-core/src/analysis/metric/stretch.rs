//! Stretches of days of a company's calendar, and what each is compared with.
//!
//! **Invariant:** a stretch begins at midnight on the company's clock and ends at one, or now; the
//! two that are compared are as long on the wall, whatever day the clocks change.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan as _};

use crate::time::Timestamp;

/// A stretch of one's own is at most as long: two years.
pub const DAYS_MOST: i32 = 732;
const MONTHS_OF_QUARTER: i8 = 3;
const WEEKS_OF_YEAR: i64 = 52;
const DAY_SECONDS: f64 = 86_400.0;

/// Which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// The last day that is over.
    Day,
    /// The last week that is over, from Monday.
    Week,
    /// The last month that is over.
    Month,
    /// The last quarter that is over.
    Quarter,
    /// The last year that is over.
    Year,
    /// This week so far.
    WeekSoFar,
    /// This month so far.
    MonthSoFar,
    /// This year so far.
    YearSoFar,
    /// From a day to a day, both with it.
    Between(Date, Date),
}

/// Those that have a name, in the order in which they are offered.
pub const STRETCHES: [Stretch; 8] = [
    Stretch::Week,
    Stretch::Month,
    Stretch::Quarter,
    Stretch::Year,
    Stretch::WeekSoFar,
    Stretch::MonthSoFar,
    Stretch::YearSoFar,
    Stretch::Day,
];

/// With what it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Against {
    /// The stretch right before it.
    #[default]
    Before,
    /// The same a year before; of weeks the one 52 weeks before, so that days of the week match.
    YearBefore,
}

/// From an instant to another, without it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// The first instant.
    pub from: Timestamp,
    /// The first one after it.
    pub until: Timestamp,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// How long it is on the wall, in days: a day of 23 or of 25 hours is one.
    pub days: f64,
}

/// A stretch, and what it is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The stretch.
    pub now: Window,
    /// What it is compared with.
    pub before: Window,
}

impl Against {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Before, Self::YearBefore];

    /// The word in addresses and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::YearBefore => "year_before",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl Stretch {
    /// The word in addresses and in the API; one of one's own has none but its days.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::WeekSoFar => "week_so_far",
            Self::MonthSoFar => "month_so_far",
            Self::YearSoFar => "year_so_far",
            Self::Between(..) => "between",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        STRETCHES.into_iter().find(|it| it.word() == word)
    }

    /// The instants of it and of what it is compared with; nothing where the calendar ends, the
    /// days stand the wrong way round or are more than [`DAYS_MOST`], or nothing of them is over.
    #[must_use]
    pub fn compared(self, against: Against, now: Timestamp, zone: &TimeZone) -> Option<Compared> {
        let (from, until) = self.bounds(wall(now, zone)?)?;
        let back = self.back(against, (from, until));
        let (earlier, end) = (from.checked_sub(back).ok()?, until.checked_sub(back).ok()?);
        Some(Compared {
            now: Window::between((from, until), zone)?,
            before: Window::between((earlier, end), zone)?,
        })
    }

    /// The last ones of the same length that are over, the earliest first, this one at the end;
    /// of one that is not over, those before it as far as this one has come.
    #[must_use]
    pub fn series(self, count: u8, now: Timestamp, zone: &TimeZone) -> Vec<Window> {
        let Some((from, until)) = wall(now, zone).and_then(|it| self.bounds(it)) else {
            return Vec::new();
        };
        let each = (0..i64::from(count)).rev().filter_map(|number| {
            let back = self.back(Against::Before, (from, until));
            let back = back.checked_mul(number).ok()?;
            let bounds = (from.checked_sub(back).ok()?, until.checked_sub(back).ok()?);
            Window::between(bounds, zone)
        });
        each.collect()
    }

    fn bounds(self, now: DateTime) -> Option<(DateTime, DateTime)> {
        let midnight = |day: Date| day.at(0, 0, 0, 0);
        let today = now.date();
        let monday = {
            let since = i64::from(today.weekday().to_monday_zero_offset());
            today.checked_sub(since.days()).ok()?
        };
        let month = today.first_of_month();
        let year = today.first_of_year();
        let whole = |first: Date, span: Span| {
            let before = first.checked_sub(span).ok()?;
            Some((midnight(before), midnight(first)))
        };
        match self {
            Self::Day => whole(today, 1.day()),
            Self::Week => whole(monday, 1.week()),
            Self::Month => whole(month, 1.month()),
            Self::Quarter => {
                let into = (month.month() - 1) % MONTHS_OF_QUARTER;
                let first = month.checked_sub(i64::from(into).months()).ok()?;
                whole(first, i64::from(MONTHS_OF_QUARTER).months())
            }
            Self::Year => whole(year, 1.year()),
            Self::WeekSoFar => Some((midnight(monday), now)),
            Self::MonthSoFar => Some((midnight(month), now)),
            Self::YearSoFar => Some((midnight(year), now)),
            Self::Between(first, last) => {
                let is_short = (last - first).get_days() < DAYS_MOST;
                if last < first || !is_short || first > today {
                    return None;
                }
                let end = midnight(last.tomorrow().ok()?);
                Some((midnight(first), end.min(now)))
            }
        }
        .filter(|(from, until)| from < until)
    }

    /// How far before it lies what it is compared with.
    fn back(self, against: Against, (from, until): (DateTime, DateTime)) -> Span {
        match (self, against) {
            (Self::Day, Against::Before) => 1.day(),
            (Self::Week | Self::WeekSoFar, Against::Before) => 1.week(),
            (Self::Month | Self::MonthSoFar, Against::Before) => 1.month(),
            (Self::Quarter, Against::Before) => i64::from(MONTHS_OF_QUARTER).months(),
            (Self::Day | Self::Week | Self::WeekSoFar, Against::YearBefore) => {
                WEEKS_OF_YEAR.weeks()
            }
            (Self::Between(..), Against::Before) => {
                let days = days_between(from, until).ceil();
                whole(days).days()
            }
            (Self::Year | Self::YearSoFar, _)
            | (
                Self::Month | Self::MonthSoFar | Self::Quarter | Self::Between(..),
                Against::YearBefore,
            ) => 1.year(),
        }
    }
}

impl Window {
    /// So many whole days that end before a day.
    #[must_use]
    pub fn days_before(day: Date, count: i64, zone: &TimeZone) -> Option<Self> {
        let from = day.checked_sub(count.days()).ok()?;
        Self::between((from.at(0, 0, 0, 0), day.at(0, 0, 0, 0)), zone)
    }

    /// From a moment on the wall to another. A moment that the clocks skip comes as much later; of
    /// one that comes twice the first counts.
    fn between((from, until): (DateTime, DateTime), zone: &TimeZone) -> Option<Self> {
        let instant = |at: DateTime| {
            let zoned = at.to_zoned(zone.clone()).ok()?;
            Some(Timestamp(zoned.timestamp().as_microsecond()))
        };
        let last = match until.time() == jiff::civil::Time::midnight() {
            true => until.date().yesterday().ok()?,
            false => until.date(),
        };
        Some(Self {
            from: instant(from)?,
            until: instant(until)?,
            first: from.date(),
            last,
            days: days_between(from, until),
        })
        .filter(|it| it.from < it.until)
    }

    /// Whether an instant is in it.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// Whether it shares a day with days from one to another.
    #[must_use]
    pub fn meets(&self, first: Date, last: Date) -> bool {
        first <= self.last && self.first <= last
    }
}

/// What the wall shows at an instant.
fn wall(now: Timestamp, zone: &TimeZone) -> Option<DateTime> {
    let now = jiff::Timestamp::from_microsecond(now.0).ok()?;
    Some(now.to_zoned(zone.clone()).datetime())
}

/// How long it is on the wall.
fn days_between(from: DateTime, until: DateTime) -> f64 {
    from.duration_until(until).as_secs_f64() / DAY_SECONDS
}

#[expect(clippy::cast_possible_truncation, reason = "days of a stretch are few")]
fn whole(days: f64) -> i64 {
    days as i64
}
