//! Conditions about events: how many, how much, the first, the last.

use std::ops::Range;

use ahash::HashSet;
use compact_str::{CompactString, ToCompactString};

use super::comparison::Comparison;
use super::condition::{Figure, Happened, HappenedTest, Hours};
use super::evaluate::{Asked, Outcome};
use super::number::Number;
use super::pattern::{Value, ValueTest};
use super::trace::{MARKS_MOST, Trace};
use super::window::{Reach, Window, local};
use crate::time::Timestamp;

const MINUTES_OF_DAY: i16 = 1440;

pub(super) fn holds(wanted: &Happened, asked: &Asked<'_>) -> Outcome {
    let trace = asked.person.traces.get(wanted.signal.key());
    let chosen;
    let trace = match wanted.hours {
        None => trace,
        Some(hours) => {
            chosen = trace.only(|at| hours.hold(at, asked));
            &chosen
        }
    };
    match &wanted.test {
        HappenedTest::Figure { figure, is, during } => {
            measured(*figure, *is, during.at(asked.now, || asked.zone()), trace)
        }
        HappenedTest::First(window) => falls(*window, 0, trace, asked),
        HappenedTest::Last(window) => {
            let last = known(trace, asked.now).checked_sub(1);
            last.map_or(Outcome::settled(false), |last| {
                falls(*window, last, trace, asked)
            })
            .sooner(next(trace, asked.now))
        }
        HappenedTest::LastIs(test) => last_is(test, trace, asked.now),
    }
}

impl Outcome {
    pub(super) fn sooner(mut self, at: Timestamp) -> Self {
        self.changes_at = self.changes_at.min(at);
        self
    }
}

/// How many of the marks are not in the future, which clocks that are a little fast bring.
fn known(trace: &Trace, now: Timestamp) -> usize {
    trace.marks().partition_point(|mark| mark.at <= now)
}

/// When the next mark stops being in the future.
fn next(trace: &Trace, now: Timestamp) -> Timestamp {
    let next = trace.marks().get(known(trace, now));
    next.map_or(Timestamp::MAX, |mark| mark.at)
}

/// Whether a figure of the events in reach is what it must be.
pub(super) fn measured(figure: Figure, is: Comparison, reach: Reach, trace: &Trace) -> Outcome {
    match figure {
        Figure::Count => count(is, reach, trace),
        figure => made_of(figure, is, reach, trace),
    }
}

/// A count changes by one at a time, so it is known how many steps are left to what is accepted.
fn count(is: Comparison, reach: Reach, trace: &Trace) -> Outcome {
    let inside = reach.of(trace);
    let holds = is.accepts(Number::count(inside.len()));
    let count = i64::try_from(inside.len()).unwrap_or(i64::MAX);
    let Some((least, most)) = is.counts() else {
        return Outcome::until(holds, reach.changes_at(trace, &inside));
    };
    let fewer = |steps: i64| reach.leaves(trace, inside.start, steps);
    let more = |steps: i64| reach.enters(trace, inside.end, steps);
    let changes_at = if count > most {
        fewer(count - most)
    } else if count < least {
        more(least - count)
    } else {
        let too_few = match least > 0 {
            true => fewer(count - least + 1),
            false => Timestamp::MAX,
        };
        let too_many = match Number::whole(most) <= Number::count(MARKS_MOST) {
            true => more(most - count + 1),
            false => Timestamp::MAX,
        };
        too_few.min(too_many)
    };
    Outcome::until(holds, changes_at.min(reach.rolls_at()))
}

/// Any other figure may change whenever the set of its events does.
fn made_of(figure: Figure, is: Comparison, reach: Reach, trace: &Trace) -> Outcome {
    let inside = reach.of(trace);
    let changes_at = reach.changes_at(trace, &inside);
    let number = number_of(figure, trace, &inside);
    Outcome::until(number.is_some_and(|number| is.accepts(number)), changes_at)
}

/// The number that some of the marks make.
pub(super) fn number_of(figure: Figure, trace: &Trace, inside: &Range<usize>) -> Option<Number> {
    let values = || inside.clone().filter_map(|position| trace.value(position));
    let numbers = || values().filter_map(Value::number);
    match figure {
        Figure::Count => Some(Number::count(inside.len())),
        Figure::Sum => Some(Number::sum(numbers())),
        Figure::Average => match numbers().count() {
            0 => None,
            count => Some(Number::sum(numbers()).each(count)),
        },
        Figure::Smallest => numbers().min(),
        Figure::Greatest => numbers().max(),
        Figure::Distinct => {
            let different: HashSet<_> = values().collect();
            Some(Number::count(different.len()))
        }
    }
}

fn falls(window: Window, position: usize, trace: &Trace, asked: &Asked<'_>) -> Outcome {
    let Some(mark) = trace.marks().get(position) else {
        return Outcome::settled(false);
    };
    let reach = window.at(asked.now, || asked.zone());
    Outcome::until(reach.holds(mark.at), reach.moves_at(mark.at))
}

fn last_is(test: &ValueTest, trace: &Trace, now: Timestamp) -> Outcome {
    let Some(last) = known(trace, now).checked_sub(1) else {
        return Outcome::settled(false).sooner(next(trace, now));
    };
    let said = trace.value(last).map(ToString::to_string);
    Outcome::until(kept(test).accepts(said.as_deref()), next(trace, now))
}

/// Of a number, only the number is kept: what is asked for as `00185` is kept as 185.
pub(super) fn kept(test: &ValueTest) -> ValueTest {
    let kept = |texts: &[CompactString]| {
        let values = texts.iter().filter_map(|text| Value::of_text(text));
        values.map(|value| value.to_compact_string()).collect()
    };
    match test {
        ValueTest::Is(texts) => ValueTest::Is(kept(texts)),
        ValueTest::IsNot(texts) => ValueTest::IsNot(kept(texts)),
        ValueTest::Contains(_) | ValueTest::Set | ValueTest::Empty | ValueTest::Number(_) => {
            test.clone()
        }
    }
}

impl Hours {
    /// Whether an instant is on one of the days and between the hours. Past midnight the day is
    /// the one on which the hours began.
    pub(super) fn hold(self, at: Timestamp, asked: &Asked<'_>) -> bool {
        let Some(local) = local(at, &asked.zone()) else {
            return false;
        };
        let minute = i16::from(local.hour()) * 60 + i16::from(local.minute());
        let (from, to) = (self.from.cast_signed(), self.to.cast_signed());
        let is_on = |back: i8| {
            let day = (local.weekday().to_monday_zero_offset() - back).rem_euclid(7);
            self.days & (1 << day) != 0
        };
        if from < to {
            return is_on(0) && (from..to).contains(&minute);
        }
        (is_on(0) && (from..MINUTES_OF_DAY).contains(&minute)) || (is_on(1) && minute < to)
    }
}
