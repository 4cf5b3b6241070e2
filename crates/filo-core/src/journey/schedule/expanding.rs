//! The days of a rule: period by period, each looked at whole.
//!
//! **Invariant:** it ends: behind the last year nothing is looked at, and each period moves on by
//! a day at least.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

use super::recurrence::{End, Frequency, OnDay, Recurrence};

/// The last year of which days are looked at.
const LAST_YEAR: i16 = 2199;

impl Recurrence {
    /// The days, in order, from the first on; when it ends by `UNTIL` is for the caller to see.
    pub(super) fn days(&self, first: Date) -> impl Iterator<Item = Date> {
        let most = match self.end {
            End::Count(count) => usize::try_from(count).unwrap_or(usize::MAX),
            End::Never | End::Until(_) => usize::MAX,
        };
        let periods = (0_i64..).map_while(move |number| self.period(first, number));
        let days = periods.flat_map(move |(from, to)| self.within(from, to));
        days.filter(move |day| *day >= first).take(most)
    }

    /// A period of the rule: its first day and its last.
    fn period(&self, first: Date, number: i64) -> Option<(Date, Date)> {
        let steps = number.checked_mul(i64::from(self.interval))?;
        let (from, to) = match self.frequency {
            Frequency::Daily => {
                let day = first.checked_add(Span::new().try_days(steps).ok()?).ok()?;
                (day, day)
            }
            Frequency::Weekly => {
                let week = week_of(first, self.week_start)?;
                let from = week.checked_add(Span::new().try_weeks(steps).ok()?).ok()?;
                (from, from.checked_add(6.days()).ok()?)
            }
            Frequency::Monthly => {
                let month = first.first_of_month();
                let from = month
                    .checked_add(Span::new().try_months(steps).ok()?)
                    .ok()?;
                (from, from.last_of_month())
            }
            Frequency::Yearly => {
                let year = first.first_of_year();
                let from = year.checked_add(Span::new().try_years(steps).ok()?).ok()?;
                (from, from.last_of_year())
            }
        };
        (from <= date(LAST_YEAR, 12, 31)).then_some((from, to))
    }

    fn within(&self, from: Date, to: Date) -> Vec<Date> {
        let days = from.series(1.day()).take_while(|day| *day <= to);
        let fitting: Vec<Date> = days.filter(|day| self.accepts(*day)).collect();
        if self.places.is_empty() {
            return fitting;
        }
        let count = fitting.len();
        let is_meant = |place: usize| {
            let is_it = |wanted: &i16| is_place(place + 1, count, *wanted);
            self.places.iter().any(is_it)
        };
        let placed = fitting.into_iter().enumerate();
        placed
            .filter(|(place, _)| is_meant(*place))
            .map(|(_, day)| day)
            .collect()
    }

    fn accepts(&self, day: Date) -> bool {
        let says = |wanted: &[i16], number: i16, count: i16| {
            let is_it = |one: &i16| *one == number || *one == number - count - 1;
            wanted.is_empty() || wanted.iter().any(is_it)
        };
        let is_weekday = |on: &OnDay| on.day == day.weekday() && self.is_nth(on.nth, day);
        says(&self.months, i16::from(day.month()), 12)
            && (self.days.is_empty() || self.days.iter().any(is_weekday))
            && says(
                &self.month_days,
                i16::from(day.day()),
                i16::from(day.days_in_month()),
            )
            && says(&self.year_days, day.day_of_year(), day.days_in_year())
            && (self.weeks.is_empty()
                || week_number(day, self.week_start)
                    .is_some_and(|(number, count)| says(&self.weeks, number, count)))
    }

    /// Whether it is the so manieth of its weekday in the month, or in the year.
    fn is_nth(&self, nth: i16, day: Date) -> bool {
        let is_yearly = self.frequency == Frequency::Yearly && self.months.is_empty();
        let (number, count) = match is_yearly {
            true => (day.day_of_year(), day.days_in_year()),
            false => (i16::from(day.day()), i16::from(day.days_in_month())),
        };
        match nth {
            0 => true,
            1.. => (number - 1) / 7 + 1 == nth,
            _ => (count - number) / 7 + 1 == -nth,
        }
    }
}

fn is_place(number: usize, count: usize, wanted: i16) -> bool {
    let distance = usize::from(wanted.unsigned_abs());
    match wanted {
        1.. => number == distance,
        _ => number + distance == count + 1,
    }
}

/// The first day of the week of a day.
fn week_of(day: Date, start: Weekday) -> Option<Date> {
    let since = i64::from(start.until(day.weekday()));
    day.checked_sub(since.days()).ok()
}

/// The number of the week of a day, and how many weeks its year has: the first is the one with
/// four days at least.
fn week_number(day: Date, start: Weekday) -> Option<(i16, i16)> {
    let number = |day: Date| {
        let middle = week_of(day, start)?.checked_add(3.days()).ok()?;
        Some(((middle.day_of_year() - 1) / 7 + 1, middle.year()))
    };
    let (own, year) = number(day)?;
    let (count, _) = number(Date::new(year, 12, 28).ok()?)?;
    Some((own, count))
}
