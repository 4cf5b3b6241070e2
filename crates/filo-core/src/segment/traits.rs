//! Conditions about traits: texts, numbers, dates, birthdays.

use jiff::ToSpan;
use jiff::civil::Date;

use super::computed;
use super::condition::{TraitCondition, TraitTest, date_of};
use super::evaluate::{Asked, Outcome};
use super::pattern::ValueTest;
use super::window::{Window, local, start};
use crate::json;
use crate::time::Timestamp;

pub(super) fn holds(wanted: &TraitCondition, asked: &Asked<'_>) -> Outcome {
    if let Some(recipe) = asked.scene.computed.get(&wanted.key) {
        return computed::holds(recipe, wanted, asked);
    }
    let known = asked.person.profile.traits.get(&wanted.key);
    let raw = known.and_then(|known| known.value()).map(|(raw, _)| raw);
    told(&wanted.test, raw.as_deref(), asked)
}

/// Whether a value that is known as JSON is what it must be.
pub(super) fn told(test: &TraitTest, raw: Option<&str>, asked: &Asked<'_>) -> Outcome {
    match test {
        TraitTest::Value(test) => Outcome::settled(is_so(test, raw)),
        TraitTest::Date(window) => date(raw, asked, |at| falls(*window, at, asked)),
        TraitTest::Within(span) => date(raw, asked, |at| {
            let begins = at.plus_micros(-span.micros());
            match (asked.now < begins, asked.now <= at) {
                (true, _) => Outcome::until(false, begins),
                (false, true) => Outcome::until(true, at.plus_micros(1)),
                (false, false) => Outcome::settled(false),
            }
        }),
        TraitTest::Anniversary { before, after } => {
            let day = raw.and_then(json::text).and_then(|text| date_of(&text));
            day.map_or(Outcome::settled(false), |day| {
                anniversary(day, i64::from(*before), i64::from(*after), asked)
            })
        }
    }
}

/// Of a list, one part must be so; what asks for nothing, or for none of something, asks it of
/// every part.
fn is_so(test: &ValueTest, raw: Option<&str>) -> bool {
    let Some(raw) = raw.filter(|raw| !matches!(*raw, "null" | "[]")) else {
        return test.accepts(None);
    };
    if !raw.starts_with('[') {
        let text = json::text(raw).unwrap_or_else(|| raw.into());
        return test.accepts(Some(&text));
    }
    let part = |raw: &str| test.accepts(json::text(raw).as_deref());
    match test {
        ValueTest::IsNot(_) | ValueTest::Empty => json::elements(raw).all(part),
        ValueTest::Is(_) | ValueTest::Contains(_) | ValueTest::Set | ValueTest::Number(_) => {
            json::elements(raw).any(part)
        }
    }
}

/// The instant that a trait names; a day begins at midnight on the customer's clock.
fn date(raw: Option<&str>, asked: &Asked<'_>, then: impl FnOnce(Timestamp) -> Outcome) -> Outcome {
    let Some(text) = raw.and_then(json::text) else {
        return Outcome::settled(false);
    };
    let text = text.trim();
    let at = match text.len() {
        10 => date_of(text).map(|day| start(day, &asked.zone())),
        _ => Timestamp::parse(text),
    };
    at.map_or(Outcome::settled(false), then)
}

fn falls(window: Window, at: Timestamp, asked: &Asked<'_>) -> Outcome {
    let reach = window.at(asked.now, || asked.zone());
    Outcome::until(reach.holds(at), reach.moves_at(at))
}

/// A day of February that a year does not have is kept on the one before.
fn in_year(day: Date, year: i16) -> Option<Date> {
    Date::new(year, day.month(), day.day())
        .or_else(|_| Date::new(year, day.month(), day.day() - 1))
        .ok()
}

fn anniversary(day: Date, before: i64, after: i64, asked: &Asked<'_>) -> Outcome {
    let zone = asked.zone();
    let Some(today) = local(asked.now, &zone).map(|local| local.date()) else {
        return Outcome::settled(false);
    };
    let mut next = None;
    for year in (today.year() - 1)..=(today.year() + 1) {
        let Some(kept) = in_year(day, year) else {
            continue;
        };
        let (Ok(first), Ok(last)) = (
            kept.checked_sub(before.days()),
            kept.checked_add(after.days()),
        ) else {
            continue;
        };
        if (first..=last).contains(&today) {
            let over = last.tomorrow().unwrap_or(last);
            return Outcome::until(true, start(over, &zone));
        }
        if first > today && next.is_none() {
            next = Some(start(first, &zone));
        }
    }
    Outcome::until(false, next.unwrap_or(Timestamp::MAX))
}
