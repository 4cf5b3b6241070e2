//! Journeys by the calendar: when they come round, and what becomes of an occurrence that is seen
//! to too late.
//!
//! **Invariant:** occurrences are instants in strict order, none before the first day; a time that
//! the change of clocks leaves out is the first instant after it, one that there are two of is the
//! first of them.
//! **Invariant:** whoever asks [`due`] again and again, each time from the last occurrence that
//! was seen to, is told of every occurrence exactly once, and never early.

mod checking;
mod expanding;
mod parsing;
mod recurrence;
#[cfg(test)]
mod tests;

use compact_str::CompactString;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::civil::{Clock, instant};
use crate::as_text;
use crate::id::SegmentId;
use crate::segment::Span;
use crate::time::Timestamp;

pub use parsing::RULE_BYTES_MOST;
pub use recurrence::{End, Frequency, OnDay, Recurrence, Until};

/// The first year in which a first day may be.
const FIRST_YEAR: i16 = 1970;
/// The last one.
const BEGINS_LAST_YEAR: i16 = 2100;

/// A trigger that comes round: by a rule, from a day on, for whoever is in a segment then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// The rule, as RFC 5545 writes it.
    pub rule: CompactString,
    /// The day from which it counts; it is an occurrence only if the rule says so.
    pub first_day: Date,
    /// The time on the company's clock.
    pub at: Clock,
    /// Who comes in: whoever is in it at that instant.
    #[serde(with = "as_text")]
    pub segment: SegmentId,
}

/// What of a schedule is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct ScheduleFault {
    /// The field.
    pub field: &'static str,
    /// What is wrong there, and what to do.
    pub cause: String,
}

/// A schedule that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    rule: Recurrence,
    first_day: Date,
    at: Clock,
}

impl Schedule {
    /// Reads the rule.
    ///
    /// # Errors
    /// If it is none that can be kept, or it never comes round.
    pub fn timetable(&self) -> Result<Timetable, ScheduleFault> {
        if !(FIRST_YEAR..=BEGINS_LAST_YEAR).contains(&self.first_day.year()) {
            return Err(ScheduleFault {
                field: "first_day",
                cause: format!("a day of the years {FIRST_YEAR} to {BEGINS_LAST_YEAR}"),
            });
        }
        let of_rule = |cause| ScheduleFault {
            field: "rule",
            cause,
        };
        let rule = Recurrence::parse(&self.rule).map_err(of_rule)?;
        let timetable = Timetable {
            rule: rule.completed(self.first_day),
            first_day: self.first_day,
            at: self.at,
        };
        // In UTC as good as anywhere: whether there is a day is a matter of the calendar.
        let first = timetable.after(Timestamp::MIN, &TimeZone::UTC).next();
        match first {
            Some(_) => Ok(timetable),
            None => Err(of_rule("this never comes round: no day fits it".to_owned())),
        }
    }
}

impl Timetable {
    /// The rule, with what it leaves to the first day.
    #[must_use]
    pub const fn rule(&self) -> &Recurrence {
        &self.rule
    }

    /// The occurrences behind an instant, in order.
    pub fn after(&self, after: Timestamp, zone: &TimeZone) -> impl Iterator<Item = Timestamp> {
        let mut last = after;
        let days = self.rule.days(self.first_day);
        let instants = days.map_while(move |day| {
            let local = day.to_datetime(self.at.time());
            let at = instant(local, zone)?;
            let is_within = match self.rule.end {
                End::Until(Until::Day(until)) => day <= until,
                End::Until(Until::Local(until)) => local <= until,
                End::Until(Until::Instant(until)) => at <= until,
                End::Never | End::Count(_) => true,
            };
            is_within.then_some(at)
        });
        // A zone that leaves out a whole day has two days with one instant.
        instants.filter(move |at| {
            let is_next = *at > last;
            last = last.max(*at);
            is_next
        })
    }
}

/// How an occurrence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occurred {
    /// People are being let in.
    Entering,
    /// Everybody was let in who was to be.
    Entered,
    /// It was interrupted for so long that the rest was left out.
    Cut,
    /// Left out: it was seen to too late.
    Late,
    /// Left out: the next one had come round already.
    Overtaken,
}

impl Occurred {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Entering,
        Self::Entered,
        Self::Cut,
        Self::Late,
        Self::Overtaken,
    ];

    /// The word in tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Entering => "entering",
            Self::Entered => "entered",
            Self::Cut => "cut",
            Self::Late => "late",
            Self::Overtaken => "overtaken",
        }
    }
}

/// What is to be done about the occurrences that have come round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// The one that begins now.
    pub begins: Option<Timestamp>,
    /// Those that are left out, and why.
    pub missed: Vec<(Timestamp, Occurred)>,
}

impl Due {
    /// The last of them all.
    #[must_use]
    pub fn last(&self) -> Option<Timestamp> {
        let missed = self.missed.iter().map(|(at, _)| *at);
        missed.chain(self.begins).max()
    }
}

/// Whether what came round at an instant may still be seen to.
#[must_use]
pub fn is_fresh(at: Timestamp, fresh_for: Span, now: Timestamp) -> bool {
    at.plus_micros(fresh_for.micros()) >= now
}

/// What is to be done about the occurrences behind the last one that was seen to: the newest
/// begins if it is fresh; whatever else there is is left out.
#[must_use]
pub fn due(
    timetable: &Timetable,
    seen_to: Timestamp,
    fresh_for: Span,
    zone: &TimeZone,
    now: Timestamp,
) -> Due {
    let come = timetable
        .after(seen_to, zone)
        .take_while(|at| *at <= now)
        .collect::<Vec<_>>();
    let Some((newest, others)) = come.split_last() else {
        return Due::default();
    };
    let why = |at: Timestamp| match is_fresh(at, fresh_for, now) {
        true => Occurred::Overtaken,
        false => Occurred::Late,
    };
    let mut missed: Vec<_> = others.iter().map(|at| (*at, why(*at))).collect();
    if is_fresh(*newest, fresh_for, now) {
        return Due {
            begins: Some(*newest),
            missed,
        };
    }
    missed.push((*newest, Occurred::Late));
    Due {
        begins: None,
        missed,
    }
}
