//! The answer from the definition: over the plain list of events, at one instant, without traces
//! and without knowing what comes. Only which events a signal means is taken from the product.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::chance::History;
use crate::event::{Channel, Event};
use crate::segment::{
    Calendar, Condition, Figure, Happened, HappenedTest, Hours, Mark, Number, OrderCondition,
    OrderFigure, Sequence, Signal, Span, TraitTest, Value, Window,
};
use crate::time::Timestamp;

pub(super) struct Reference<'a> {
    pub(super) history: &'a History,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
}

impl Reference<'_> {
    pub(super) fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(children) => children.iter().all(|child| self.holds(child)),
            Condition::Any(children) => children.iter().any(|child| self.holds(child)),
            Condition::Not(child) => !self.holds(child),
            Condition::Trait(wanted) => self.is_known(&wanted.test),
            Condition::Known(kind) => super::chance::KINDS.contains(kind),
            // The history says nothing about consent.
            Condition::Consent(wanted) => wanted.answer == crate::segment::Answer::Unasked,
            Condition::Happened(wanted) => self.happened(wanted),
            Condition::Sequence(wanted) => self.sequence(wanted),
            Condition::Orders(wanted) => self.orders(wanted),
            Condition::Met(meeting) => self.was_met(meeting.channel, meeting.last),
            Condition::Channels(wanted) => {
                let met = Channel::ALL.into_iter();
                let count = met.filter(|it| self.was_met(*it, wanted.last)).count();
                wanted.is.accepts(Number::count(count))
            }
            // The only segment there is: everybody.
            Condition::Segment(id) => *id == super::chance::EVERYBODY,
            Condition::List(id) => super::lists::is_on(*id, self.history),
            Condition::Persona(id) => super::persona::is_of(*id, self.history),
            Condition::Share(share) => share.to == crate::segment::SHARES,
            Condition::Rfm(wanted) => self.has_scores(*wanted),
            Condition::Lifecycle(stage) => self.is_at_stage(*stage),
        }
    }

    fn day(&self, at: Timestamp) -> Date {
        let instant = jiff::Timestamp::from_microsecond(at.0).unwrap();
        instant.to_zoned(self.zone.clone()).date()
    }

    pub(super) fn is_inside(&self, window: Window, at: Timestamp) -> bool {
        if at > self.now {
            return false;
        }
        let age = self.now.micros_since(at);
        let (day, today) = (self.day(at), self.day(self.now));
        let week = |day: Date| {
            day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
                .unwrap()
        };
        let ago = |span: jiff::Span| today.checked_sub(span).unwrap();
        let month = |day: Date| (day.year(), day.month());
        match window {
            Window::Ever => true,
            Window::Last(span) => age < span.micros(),
            Window::Before(span) => age >= span.micros(),
            Window::Ago(oldest, newest) => age < oldest.micros() && age >= newest.micros(),
            Window::Calendar(Calendar::Today) => day == today,
            Window::Calendar(Calendar::Yesterday) => day == ago(1.day()),
            Window::Calendar(Calendar::ThisWeek) => week(day) == week(today),
            Window::Calendar(Calendar::LastWeek) => week(day) == week(ago(1.week())),
            Window::Calendar(Calendar::ThisMonth) => month(day) == month(today),
            Window::Calendar(Calendar::LastMonth) => month(day) == month(ago(1.month())),
            Window::Calendar(Calendar::ThisYear) => day.year() == today.year(),
            Window::Calendar(Calendar::LastYear) => day.year() == today.year() - 1,
            Window::Days(first, last) => first <= day && day <= last,
            Window::Since(first) => first <= day,
        }
    }

    pub(super) fn events<'b>(&'b self, signal: &'b Signal) -> impl Iterator<Item = &'b Event> {
        let events = self.history.events.iter();
        events.filter(|event| signal.pattern().accepts(event))
    }

    pub(super) fn is_at_hours(&self, hours: Hours, at: Timestamp) -> bool {
        let instant = jiff::Timestamp::from_microsecond(at.0).unwrap();
        let wall = instant.to_zoned(self.zone.clone());
        let part = |part: i8| u16::from(part.unsigned_abs());
        let minute = part(wall.hour()) * 60 + part(wall.minute());
        let is_on = |day: Date| (hours.days >> day.weekday().to_monday_zero_offset()) & 1 == 1;
        let yesterday = wall.date().yesterday().unwrap();
        match hours.from < hours.to {
            true => is_on(wall.date()) && hours.from <= minute && minute < hours.to,
            false => {
                (is_on(wall.date()) && hours.from <= minute)
                    || (is_on(yesterday) && minute < hours.to)
            }
        }
    }

    fn happened(&self, wanted: &Happened) -> bool {
        let at_hours = |at| wanted.hours.is_none_or(|it| self.is_at_hours(it, at));
        let mut meant: Vec<_> = self.events(&wanted.signal).collect();
        meant.retain(|event| at_hours(event.at));
        // Of those at one instant, the greater id is the later one.
        meant.sort_by_key(|event| Mark::new(event.at, event.id));
        let last = meant.iter().copied().rfind(|event| event.at <= self.now);
        match &wanted.test {
            HappenedTest::Figure { figure, is, during } => {
                meant.retain(|event| self.is_inside(*during, event.at));
                let values = meant.iter().map(|event| wanted.signal.value(event));
                let values: Vec<Value> = values.flatten().collect();
                figure_of(*figure, meant.len(), &values).is_some_and(|it| is.accepts(it))
            }
            HappenedTest::First(window) => {
                let first = meant.first();
                first.is_some_and(|event| self.is_inside(*window, event.at))
            }
            HappenedTest::Last(window) => {
                last.is_some_and(|event| self.is_inside(*window, event.at))
            }
            HappenedTest::LastIs(test) => last.is_some_and(|event| {
                let said = wanted.signal.value(event).map(|value| value.to_string());
                test.accepts(said.as_deref())
            }),
        }
    }

    fn sequence(&self, wanted: &Sequence) -> bool {
        self.events(&wanted.first).any(|first| {
            let next = self.events(&wanted.then).map(|it| it.at);
            let Some(next) = next.filter(|at| *at > first.at).min() else {
                return false;
            };
            let is_between = |it: &Event| first.at < it.at && it.at < next;
            let without = wanted.without.as_ref();
            next <= self.now
                && next.micros_since(first.at) <= wanted.within.micros()
                && self.is_inside(wanted.during, first.at)
                && !without.is_some_and(|it| self.events(it).any(is_between))
        })
    }

    fn orders(&self, wanted: &OrderCondition) -> bool {
        let orders = self.history.events.iter();
        let orders = orders.filter(|event| event.name == "Order Completed");
        let inside = orders.filter(|event| self.is_inside(wanted.during, event.at));
        let revenues: Vec<Number> = inside
            .map(|event| {
                let properties: serde_json::Value =
                    serde_json::from_str(&event.properties).unwrap();
                Number::whole(properties["revenue"].as_i64().unwrap())
            })
            .collect();
        let total = Number::sum(revenues.iter().copied());
        let number = match (wanted.figure, revenues.len()) {
            (OrderFigure::Count, count) => Number::count(count),
            (OrderFigure::Revenue, _) => total,
            (OrderFigure::Average, 0) => return false,
            (OrderFigure::Average, count) => total.each(count),
        };
        wanted.is.accepts(number)
    }

    /// A meeting that a fast clock puts into the future is one already.
    fn was_met(&self, channel: Channel, last: Option<Span>) -> bool {
        let mut met = self
            .history
            .events
            .iter()
            .filter(|it| it.channel == channel);
        met.any(|it| last.is_none_or(|span| self.now.micros_since(it.at) < span.micros()))
    }

    fn is_known(&self, test: &TraitTest) -> bool {
        let day: Date = self.history.day.parse().unwrap();
        let begins = day.to_zoned(self.zone.clone()).unwrap().timestamp();
        let begins = Timestamp(begins.as_microsecond());
        match test {
            TraitTest::Value(test) => test.accepts(Some(&self.history.day)),
            TraitTest::Date(window) => self.is_inside(*window, begins),
            TraitTest::Within(span) => {
                self.now <= begins && begins.micros_since(self.now) <= span.micros()
            }
            TraitTest::Anniversary { before, after } => {
                let today = self.day(self.now);
                (-i64::from(*after)..=i64::from(*before)).any(|days| {
                    let other = today.checked_add(days.days()).unwrap();
                    let is_same = (other.month(), other.day()) == (day.month(), day.day());
                    let stands_in = (day.month(), day.day()) == (2, 29)
                        && !other.in_leap_year()
                        && (other.month(), other.day()) == (2, 28);
                    is_same || stands_in
                })
            }
        }
    }
}

pub(super) fn figure_of(figure: Figure, count: usize, values: &[Value]) -> Option<Number> {
    let numbers: Vec<Number> = values.iter().filter_map(Value::number).collect();
    let total = Number::sum(numbers.iter().copied());
    match figure {
        Figure::Count => Some(Number::count(count)),
        Figure::Sum => Some(total),
        Figure::Average if numbers.is_empty() => None,
        Figure::Average => Some(total.each(numbers.len())),
        Figure::Smallest => numbers.into_iter().min(),
        Figure::Greatest => numbers.into_iter().max(),
        Figure::Distinct => {
            let different: BTreeSet<_> = values.iter().collect();
            Some(Number::count(different.len()))
        }
    }
}
