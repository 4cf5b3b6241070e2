//! The value of a computed trait, and until when it is that.
//!
//! **Invariant:** each trait is worked out once for a question, however many formulas name it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use ahash::HashMap;
use compact_str::CompactString;

use super::check::STEPS_MOST;
use super::formula::Formula;
use super::recipe::{EventRecipe, OrderRecipe, OrderTake, Recipe, Take};
use crate::json;
use crate::segment::comparison::Comparison;
use crate::segment::condition::{TraitCondition, TraitTest};
use crate::segment::evaluate::{Asked, Outcome, Person, Scene};
use crate::segment::happened::{kept, measured, number_of};
use crate::segment::number::Number;
use crate::segment::orders;
use crate::segment::pattern::{Value, ValueTest};
use crate::segment::trace::Trace;
use crate::segment::traits::told;
use crate::time::Timestamp;

/// Values of a list; of more, those that came last.
pub const LIST_MOST: usize = 50;
const DAY_MICROS: i64 = 86_400_000_000;

/// What a computed trait says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computed {
    /// A number or a text.
    One(Value),
    /// Different ones; at least one.
    Many(Vec<Value>),
}

impl Computed {
    /// The value as JSON: a number, a text, or a list of those.
    #[must_use]
    pub fn to_json(&self) -> String {
        let one = |value: &Value| match value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        };
        match self {
            Self::One(value) => one(value),
            Self::Many(values) => {
                let values: Vec<String> = values.iter().map(one).collect();
                format!("[{}]", values.join(","))
            }
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<Number> {
        match self {
            Self::One(value) => value.number(),
            Self::Many(_) => None,
        }
    }
}

/// A value at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The value; nothing if there is none to tell.
    pub value: Option<Computed>,
    /// The first instant at which it may be another one without any event; the last instant there
    /// is for never.
    pub changes_at: Timestamp,
}

impl Reading {
    fn number(number: Option<Number>, changes_at: Timestamp) -> Self {
        Self {
            value: number.map(|number| Computed::One(Value::Number(number))),
            changes_at,
        }
    }
}

/// The value of each computed trait of a scene, by key.
#[must_use]
pub fn compute(
    person: &Person<'_>,
    scene: &Scene,
    now: Timestamp,
) -> Vec<(CompactString, Reading)> {
    let asked = Asked::new(person, scene, now);
    let read = |key: &CompactString, recipe: &Recipe| (key.clone(), named(key, recipe, &asked, 0));
    let recipes = scene.computed.iter();
    recipes.map(|(key, recipe)| read(key, recipe)).collect()
}

/// The value that a recipe would give.
#[must_use]
pub fn compute_recipe(
    recipe: &Recipe,
    person: &Person<'_>,
    scene: &Scene,
    now: Timestamp,
) -> Reading {
    read(recipe, &Asked::new(person, scene, now), 0)
}

/// Whether a computed trait is what it must be.
pub(in crate::segment) fn holds(
    recipe: &Recipe,
    wanted: &TraitCondition,
    asked: &Asked<'_>,
) -> Outcome {
    if let TraitTest::Value(ValueTest::Number(is)) = &wanted.test
        && let Some(outcome) = compares(recipe, *is, asked)
    {
        return outcome;
    }
    let reading = named(&wanted.key, recipe, asked, 0);
    let raw = reading.value.map(|value| value.to_json());
    let outcome = match &wanted.test {
        TraitTest::Value(test) => told(&TraitTest::Value(kept(test)), raw.as_deref(), asked),
        test => told(test, raw.as_deref(), asked),
    };
    outcome.sooner(reading.changes_at)
}

/// Comparing what is counted and measured, it is known how long an answer stands beyond the
/// value's next change: nobody is looked at every day because a day has passed.
fn compares(recipe: &Recipe, is: Comparison, asked: &Asked<'_>) -> Option<Outcome> {
    match recipe {
        Recipe::Events(events) => {
            let trace = trace(events, asked);
            let reach = events.during.at(asked.now, || asked.zone());
            if let Some(figure) = events.take.figure() {
                return Some(measured(figure, is, reach, &trace));
            }
            let inside = reach.of(&trace);
            let since = since(events.take, &trace, &inside)?;
            let changes_at = reach.changes_at(&trace, &inside);
            Some(days_compare(since, is, asked.now, changes_at))
        }
        Recipe::Orders(orders) => {
            let (since, changes_at) = since_order(*orders, asked)?;
            Some(days_compare(since, is, asked.now, changes_at))
        }
        Recipe::Formula(_) => None,
    }
}

/// Days go up by one at a time, and between the numbers of a comparison its answer is the same.
fn days_compare(
    since: Option<Timestamp>,
    is: Comparison,
    now: Timestamp,
    until: Timestamp,
) -> Outcome {
    let Some(since) = since else {
        return Outcome::until(false, until);
    };
    let days = whole_days(since, now);
    let holds = is.accepts(Number::whole(days));
    let edges = is
        .numbers()
        .flat_map(|number| [number.ceiling(), number.floor() + 1]);
    let turns = |edge: &i64| *edge > days && is.accepts(Number::whole(*edge)) != holds;
    let turn = edges.filter(turns).min();
    let turns_at = turn.map_or(Timestamp::MAX, |edge| {
        since.plus_micros(edge.saturating_mul(DAY_MICROS))
    });
    Outcome::until(holds, until.min(turns_at))
}

/// The value of a trait that has a name: once for each question.
fn named(key: &CompactString, recipe: &Recipe, asked: &Asked<'_>, depth: usize) -> Reading {
    if let Some(known) = asked.read.borrow().get(key) {
        return known.clone();
    }
    let reading = read(recipe, asked, depth);
    let mut known = asked.read.borrow_mut();
    known.insert(key.clone(), reading.clone());
    reading
}

fn read(recipe: &Recipe, asked: &Asked<'_>, depth: usize) -> Reading {
    match recipe {
        Recipe::Events(events) => of_events(events, asked),
        Recipe::Orders(orders) => of_orders(*orders, asked),
        Recipe::Formula(formula) => of_formula(formula, asked, depth),
    }
}

/// The marks of the hours that count.
fn trace<'a>(events: &EventRecipe, asked: &Asked<'a>) -> Cow<'a, Trace> {
    let whole = asked.person.traces.get(events.signal.key());
    match events.hours {
        None => Cow::Borrowed(whole),
        Some(hours) => Cow::Owned(whole.only(|at| hours.hold(at, asked))),
    }
}

fn of_events(events: &EventRecipe, asked: &Asked<'_>) -> Reading {
    let trace = trace(events, asked);
    let reach = events.during.at(asked.now, || asked.zone());
    let inside = reach.of(&trace);
    let changes_at = reach.changes_at(&trace, &inside);
    if let Some(figure) = events.take.figure() {
        return Reading::number(number_of(figure, &trace, &inside), changes_at);
    }
    if let Some(since) = since(events.take, &trace, &inside) {
        return days_read(since, asked.now, changes_at);
    }
    Reading {
        value: value_of(events.take, &trace, inside),
        changes_at,
    }
}

fn value_of(take: Take, trace: &Trace, inside: Range<usize>) -> Option<Computed> {
    let mut values = inside.filter_map(|position| {
        let value = trace.value(position)?;
        Some((trace.marks().get(position)?.at, value))
    });
    match take {
        Take::First => values.next().map(|(_, value)| Computed::One(value.clone())),
        Take::Last => values
            .next_back()
            .map(|(_, value)| Computed::One(value.clone())),
        Take::MostFrequent => {
            let most = tally(values).into_iter();
            let most = most.max_by_key(|(value, (count, last))| (*count, *last, Reverse(*value)));
            most.map(|(value, _)| Computed::One(value.clone()))
        }
        Take::List => {
            let mut all: Vec<_> = tally(values).into_iter().collect();
            all.sort_by_key(|(value, (_, last))| (Reverse(*last), *value));
            let values = all.into_iter().take(LIST_MOST);
            let values: Vec<Value> = values.map(|(value, _)| value.clone()).collect();
            (!values.is_empty()).then_some(Computed::Many(values))
        }
        Take::Count
        | Take::Sum
        | Take::Average
        | Take::Smallest
        | Take::Greatest
        | Take::Distinct
        | Take::DaysSinceFirst
        | Take::DaysSinceLast => None,
    }
}

/// How often each value was there, and when last.
fn tally<'a>(
    values: impl Iterator<Item = (Timestamp, &'a Value)>,
) -> HashMap<&'a Value, (usize, Timestamp)> {
    let mut all: HashMap<&Value, (usize, Timestamp)> = HashMap::default();
    for (at, value) in values {
        let seen = all.entry(value).or_insert((0, at));
        *seen = (seen.0 + 1, seen.1.max(at));
    }
    all
}

/// The instant since which days are counted, if they are.
fn since(take: Take, trace: &Trace, inside: &Range<usize>) -> Option<Option<Timestamp>> {
    let marks = trace.marks().get(inside.clone()).unwrap_or_default();
    match take {
        Take::DaysSinceFirst => Some(marks.first().map(|mark| mark.at)),
        Take::DaysSinceLast => Some(marks.last().map(|mark| mark.at)),
        _ => None,
    }
}

fn of_orders(wanted: OrderRecipe, asked: &Asked<'_>) -> Reading {
    if let Some(figure) = wanted.take.figure() {
        let (number, changes_at) = orders::number_of(figure, wanted.during, asked);
        return Reading::number(number, changes_at);
    }
    let (since, changes_at) = since_order(wanted, asked).unwrap_or((None, Timestamp::MAX));
    days_read(since, asked.now, changes_at)
}

fn since_order(wanted: OrderRecipe, asked: &Asked<'_>) -> Option<(Option<Timestamp>, Timestamp)> {
    let is_first = match wanted.take {
        OrderTake::Count | OrderTake::Revenue | OrderTake::Average => return None,
        OrderTake::DaysSinceFirst => true,
        OrderTake::DaysSinceLast => false,
    };
    let (placed, changes_at) = orders::placed(wanted.during, asked);
    let since = match is_first {
        true => placed.into_iter().min(),
        false => placed.into_iter().max(),
    };
    Some((since, changes_at))
}

fn whole_days(since: Timestamp, now: Timestamp) -> i64 {
    now.micros_since(since).div_euclid(DAY_MICROS)
}

fn days_read(since: Option<Timestamp>, now: Timestamp, until: Timestamp) -> Reading {
    let Some(since) = since else {
        return Reading::number(None, until);
    };
    let days = whole_days(since, now);
    let next = since.plus_micros((days + 1).saturating_mul(DAY_MICROS));
    Reading::number(Some(Number::whole(days)), until.min(next))
}

fn of_formula(formula: &Formula, asked: &Asked<'_>, depth: usize) -> Reading {
    let mut changes_at = Timestamp::MAX;
    let mut part = |key: &CompactString| {
        let Some(recipe) = asked.scene.computed.get(key) else {
            return received(key, asked);
        };
        // Deeper is a circle, which is refused before it is stored.
        if depth >= STEPS_MOST {
            return None;
        }
        let reading = named(key, recipe, asked, depth + 1);
        changes_at = changes_at.min(reading.changes_at);
        reading.value?.number()
    };
    let number = formula.value(&mut part);
    Reading::number(number, changes_at)
}

/// The number of a trait that was received.
fn received(key: &str, asked: &Asked<'_>) -> Option<Number> {
    let (raw, _) = asked.person.profile.traits.get(key)?.value()?;
    Number::read(&json::text(&raw)?)
}
