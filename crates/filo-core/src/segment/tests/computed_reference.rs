//! The value from the definition: over the plain list of events, at one instant.

use std::collections::BTreeMap;

use super::reference::{Reference, figure_of};
use crate::event::Event;
use crate::segment::computed::{
    Computed, EventRecipe, LIST_MOST, Operator, OrderRecipe, OrderTake, Recipe, Recipes, Take, Term,
};
use crate::segment::{Figure, Mark, Number, Value, ValueTest};
use crate::time::Timestamp;

const DAY_MICROS: i64 = 86_400_000_000;

impl Reference<'_> {
    pub(super) fn computed(&self, recipe: &Recipe, recipes: &Recipes) -> Option<Computed> {
        match recipe {
            Recipe::Events(events) => self.of_events(events),
            Recipe::Orders(orders) => self.of_orders(*orders).map(one),
            Recipe::Formula(formula) => self.of_term(formula.term(), recipes).map(one),
        }
    }

    fn days_since(&self, at: Timestamp) -> Number {
        Number::whole(self.now.micros_since(at) / DAY_MICROS)
    }

    fn of_events(&self, recipe: &EventRecipe) -> Option<Computed> {
        let mut meant: Vec<&Event> = self.events(&recipe.signal).collect();
        meant.retain(|event| self.is_inside(recipe.during, event.at));
        meant.retain(|event| recipe.hours.is_none_or(|it| self.is_at_hours(it, event.at)));
        meant.sort_by_key(|event| Mark::new(event.at, event.id));
        let valued = meant.iter().filter_map(|event| {
            let value = recipe.signal.value(event)?;
            Some((event.at, value))
        });
        let valued: Vec<(Timestamp, Value)> = valued.collect();
        let figure = |figure: Figure| {
            let values: Vec<Value> = valued.iter().map(|(_, value)| value.clone()).collect();
            figure_of(figure, meant.len(), &values).map(one)
        };
        match recipe.take {
            Take::Count => figure(Figure::Count),
            Take::Sum => figure(Figure::Sum),
            Take::Average => figure(Figure::Average),
            Take::Smallest => figure(Figure::Smallest),
            Take::Greatest => figure(Figure::Greatest),
            Take::Distinct => figure(Figure::Distinct),
            Take::First => Some(Computed::One(valued.first()?.1.clone())),
            Take::Last => Some(Computed::One(valued.last()?.1.clone())),
            Take::MostFrequent => {
                let mut most = by_value(&valued);
                most.sort_by(|one, other| {
                    let counts = other.1.len().cmp(&one.1.len());
                    let latest = other.1.iter().max().cmp(&one.1.iter().max());
                    counts.then(latest).then(one.0.cmp(&other.0))
                });
                Some(Computed::One(most.first()?.0.clone()))
            }
            Take::List => {
                let mut all = by_value(&valued);
                all.sort_by(|one, other| {
                    let latest = other.1.iter().max().cmp(&one.1.iter().max());
                    latest.then(one.0.cmp(&other.0))
                });
                all.truncate(LIST_MOST);
                let values: Vec<Value> = all.into_iter().map(|(value, _)| value).collect();
                (!values.is_empty()).then_some(Computed::Many(values))
            }
            Take::DaysSinceFirst => Some(one(self.days_since(meant.first()?.at))),
            Take::DaysSinceLast => Some(one(self.days_since(meant.last()?.at))),
        }
    }

    fn of_orders(&self, recipe: OrderRecipe) -> Option<Number> {
        let orders = self.history.events.iter();
        let orders = orders.filter(|event| event.name == "Order Completed");
        let inside = orders.filter(|event| self.is_inside(recipe.during, event.at));
        let inside: Vec<&Event> = inside.collect();
        let revenue = |event: &&Event| {
            let properties: serde_json::Value = serde_json::from_str(&event.properties).unwrap();
            Number::whole(properties["revenue"].as_i64().unwrap())
        };
        let total = Number::sum(inside.iter().map(revenue));
        let instants = inside.iter().map(|event| event.at);
        match recipe.take {
            OrderTake::Count => Some(Number::count(inside.len())),
            OrderTake::Revenue => Some(total),
            OrderTake::Average => (!inside.is_empty()).then(|| total.each(inside.len())),
            OrderTake::DaysSinceFirst => Some(self.days_since(instants.min()?)),
            OrderTake::DaysSinceLast => Some(self.days_since(instants.max()?)),
        }
    }

    fn of_term(&self, term: &Term, recipes: &Recipes) -> Option<Number> {
        let value = |term: &Term| self.of_term(term, recipes);
        match term {
            Term::Number(number) => Some(*number),
            Term::Trait(key) => match recipes.get(key) {
                Some(recipe) => self.computed(recipe, recipes)?.number(),
                None => (key == "points").then_some(super::computed::POINTS),
            },
            Term::Negative(of) => Number::ZERO.minus(value(of)?),
            Term::Pair(operator, one, other) => {
                let (one, other) = (value(one)?, value(other)?);
                match operator {
                    Operator::Plus => one.plus(other),
                    Operator::Minus => one.minus(other),
                    Operator::Times => one.times(other),
                    Operator::Over => one.over(other),
                }
            }
            Term::Least(parts) => {
                let values: Option<Vec<Number>> = parts.iter().map(value).collect();
                values?.into_iter().min()
            }
            Term::Most(parts) => {
                let values: Option<Vec<Number>> = parts.iter().map(value).collect();
                values?.into_iter().max()
            }
            Term::Round(of, decimals) => value(of)?.rounded(*decimals),
            Term::Absolute(of) => value(of)?.absolute(),
            Term::IfMissing(of, otherwise) => value(of).or_else(|| value(otherwise)),
        }
    }
}

fn one(number: Number) -> Computed {
    Computed::One(Value::Number(number))
}

/// The instants at which each value was there.
fn by_value(valued: &[(Timestamp, Value)]) -> Vec<(Value, Vec<Timestamp>)> {
    let mut all: BTreeMap<Value, Vec<Timestamp>> = BTreeMap::new();
    for (at, value) in valued {
        all.entry(value.clone()).or_default().push(*at);
    }
    all.into_iter().collect()
}

/// Whether a value is what it must be.
pub(super) fn accepts(test: &ValueTest, value: Option<&Computed>) -> bool {
    match value {
        None => test.accepts(None),
        Some(Computed::One(value)) => test.accepts(Some(&value.to_string())),
        Some(Computed::Many(values)) => {
            let mut parts = values.iter().map(|it| test.accepts(Some(&it.to_string())));
            match test {
                ValueTest::IsNot(_) | ValueTest::Empty => parts.all(|it| it),
                _ => parts.any(|it| it),
            }
        }
    }
}
