//! What is worth saying when somebody comes in: the birthday, the tenth order, that they were
//! away for months, what they told us.
//!
//! **Invariant:** each fact follows from the profile and the day alone, and says nothing that the
//! profile does not hold.

use jiff::civil::Date;

use super::{About, Note, Profile};
use crate::time::Timestamp;

/// Days in which a birthday is worth preparing.
const SOON_DAYS: i32 = 7;
/// Away for less is no absence.
const AWAY_DAYS: i64 = 90;
/// For so long something that has just happened is news.
const NEWS_DAYS: i64 = 7;
const DAY_MICROS: i64 = 86_400 * 1_000_000;
/// A month of the calendar, on the average.
const MONTH_MICROS: i64 = 2_629_746 * 1_000_000;

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Welcome {
    /// Their birthday is today.
    BirthdayToday,
    /// Their birthday is within a week.
    BirthdaySoon {
        /// The day of this year or the next.
        day: Date,
    },
    /// Nothing was heard of them for months.
    LongAway {
        /// Whole months.
        months: i64,
    },
    /// They have just ordered again, after months.
    BackAfter {
        /// Whole months between the two orders.
        months: i64,
    },
    /// They have just placed their tenth order, or another round one.
    RoundOrder {
        /// Which.
        number: usize,
    },
    /// Their next order is a round one.
    NextRoundOrder {
        /// Which.
        number: usize,
    },
    /// What they said: why they chose us, what worries them, what we promised.
    Said(Box<Note>),
}

/// The facts of a day, the most pressing first.
#[must_use]
pub fn welcome(profile: &Profile, today: Date, now: Timestamp) -> Vec<Welcome> {
    let mut facts: Vec<Welcome> = birthday(profile, today).into_iter().collect();
    facts.extend(promise(profile, About::Promise));
    facts.extend(absence(profile, now));
    facts.extend(round_order(profile, now));
    facts.extend(promise(profile, About::Worry));
    facts.extend(promise(profile, About::Reason));
    facts
}

fn birthday(profile: &Profile, today: Date) -> Option<Welcome> {
    let born = profile.traits.birthday()?;
    let of_year = |year: i16| {
        let day = Date::new(year, born.month(), born.day()).ok();
        // Who was born on 29 February is remembered on the day before in other years.
        day.or_else(|| Date::new(year, born.month(), born.day() - 1).ok())
    };
    let next = [today.year(), today.year().checked_add(1)?]
        .into_iter()
        .filter_map(of_year)
        .find(|day| *day >= today)?;
    let days = (next - today).get_days();
    match days {
        0 => Some(Welcome::BirthdayToday),
        1..=SOON_DAYS => Some(Welcome::BirthdaySoon { day: next }),
        _ => None,
    }
}

/// The newest note about a subject.
fn promise(profile: &Profile, about: About) -> Option<Welcome> {
    let notes = profile.notes.newest_first();
    let note = notes.into_iter().find(|note| note.about == about)?;
    Some(Welcome::Said(Box::new(note.clone())))
}

fn absence(profile: &Profile, now: Timestamp) -> Option<Welcome> {
    let placed = placed(profile);
    if let [.., before, last] = placed.as_slice()
        && now.micros_since(*last) <= NEWS_DAYS * DAY_MICROS
        && last.micros_since(*before) >= AWAY_DAYS * DAY_MICROS
    {
        let months = last.micros_since(*before) / MONTH_MICROS;
        return Some(Welcome::BackAfter { months });
    }
    let away = now.micros_since(profile.last_seen?);
    (away >= AWAY_DAYS * DAY_MICROS).then_some(Welcome::LongAway {
        months: away / MONTH_MICROS,
    })
}

fn round_order(profile: &Profile, now: Timestamp) -> Option<Welcome> {
    let placed = placed(profile);
    let number = placed.len();
    let last = placed.last()?;
    if is_round(number) && now.micros_since(*last) <= NEWS_DAYS * DAY_MICROS {
        return Some(Welcome::RoundOrder { number });
    }
    is_round(number + 1).then_some(Welcome::NextRoundOrder { number: number + 1 })
}

const fn is_round(number: usize) -> bool {
    matches!(number, 10 | 25 | 50) || (number > 0 && number.is_multiple_of(100))
}

/// When the orders that stand were placed, in order.
pub(super) fn placed(profile: &Profile) -> Vec<Timestamp> {
    let standing = profile.orders.iter().filter(|order| !order.is_cancelled());
    let mut placed: Vec<Timestamp> = standing.filter_map(super::Order::placed_at).collect();
    placed.sort_unstable();
    placed
}
