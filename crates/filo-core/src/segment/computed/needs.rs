//! What the computed traits that a condition asks about need: events, orders, other traits.
//!
//! **Invariant:** whatever can change the value of a trait is named, over however many formulas.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::Recipes;
use super::recipe::Recipe;
use crate::segment::book::Subject;
use crate::segment::condition::Condition;
use crate::segment::signal::Signal;

/// What some computed traits need.
#[derive(Debug, Default)]
pub(in crate::segment) struct Needs<'a> {
    /// Events.
    pub(in crate::segment) signals: Vec<&'a Signal>,
    /// Whether a value may change of its own accord.
    pub(in crate::segment) is_timed: bool,
    /// What else of a person can change a value.
    subjects: Vec<Subject>,
}

impl<'a> Needs<'a> {
    /// What those need that some conditions ask about.
    pub(in crate::segment) fn of(leaves: &[&Condition], recipes: &'a Recipes) -> Self {
        let asked = leaves.iter().filter_map(|leaf| match leaf {
            Condition::Trait(wanted) => recipes.get_key_value(&wanted.key),
            _ => None,
        });
        Self::default().with(
            asked.map(|(key, recipe)| (key, &**recipe)).collect(),
            recipes,
        )
    }

    /// What a recipe needs, beside others.
    pub(in crate::segment) fn of_recipe(recipe: &'a Recipe, recipes: &'a Recipes) -> Self {
        let mut needs = Self::default();
        needs.add(recipe);
        let parts = recipe.names();
        let parts = parts
            .into_iter()
            .filter_map(|key| recipes.get_key_value(key));
        needs.with(
            parts.map(|(key, recipe)| (key, &**recipe)).collect(),
            recipes,
        )
    }

    fn with(self, mut waiting: Vec<(&'a CompactString, &'a Recipe)>, recipes: &'a Recipes) -> Self {
        let mut needs = self;
        let mut seen = BTreeSet::new();
        while let Some((key, recipe)) = waiting.pop() {
            if !seen.insert(key) {
                continue;
            }
            needs.add(recipe);
            for part in recipe.names() {
                match recipes.get_key_value(part) {
                    Some((key, recipe)) => waiting.push((key, &**recipe)),
                    None => needs.subjects.push(Subject::Traits),
                }
            }
        }
        needs
    }

    fn add(&mut self, recipe: &'a Recipe) {
        match recipe {
            Recipe::Events(events) => {
                self.signals.push(&events.signal);
                if events.hours.is_some() || events.during.asks_for_zone() {
                    self.subjects.push(Subject::Zone);
                }
                self.is_timed = true;
            }
            Recipe::Orders(orders) => {
                self.subjects.push(Subject::Orders);
                if orders.during.asks_for_zone() {
                    self.subjects.push(Subject::Zone);
                }
                self.is_timed = true;
            }
            Recipe::Formula(_) => {}
        }
    }

    /// Whether something of a person beside events can change a value.
    pub(in crate::segment) fn ask_about(&self, subject: Subject) -> bool {
        self.subjects.contains(&subject)
    }
}
