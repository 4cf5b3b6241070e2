//! What a recipe must keep to before it is stored.
//!
//! **Invariant:** a recipe that passed leads back to itself over no other, and is answered within
//! bounds.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::Recipes;
use super::kind::ComputedKind;
use super::recipe::{EventRecipe, Recipe};
use super::uses::naming;
use crate::segment::check::{Cause, Fault, are_hours, fault, must, signal, window};
use crate::segment::condition::Condition;

/// Bytes of a key: as of a received trait.
pub const KEY_BYTES_MOST: usize = 100;
/// Letters of a label.
pub const LABEL_CHARS_MOST: usize = 80;
/// Computed traits that are made of each other in a row.
pub const STEPS_MOST: usize = 8;

/// Why a recipe cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipeFault {
    /// A part of it is wrong.
    #[error(transparent)]
    Part(#[from] Fault),
    /// It would be made of itself.
    #[error("it would be made of itself, over `{0}`: leave one of them out")]
    Circle(CompactString),
    /// Too many are made of each other.
    #[error("at most {STEPS_MOST} computed traits may be made of each other in a row")]
    TooManySteps,
    /// A formula counts with something that is never a number.
    #[error("`{0}` is a list: a formula counts with numbers")]
    List(CompactString),
}

/// Whether a recipe can be that of a key, beside others.
///
/// # Errors
/// What is wrong with it.
pub fn check_recipe(key: &str, recipe: &Recipe, others: &Recipes) -> Result<(), RecipeFault> {
    match recipe {
        Recipe::Events(wanted) => events(wanted)?,
        Recipe::Orders(orders) => window(orders.during, "/orders/during")?,
        Recipe::Formula(formula) => {
            for name in formula.names() {
                let kind = others.get(name).map(|recipe| recipe.kind());
                if kind == Some(ComputedKind::List) {
                    return Err(RecipeFault::List(name.clone()));
                }
            }
        }
    }
    if recipe.kind() == ComputedKind::List && naming(key, others).next().is_some() {
        return Err(RecipeFault::List(key.into()));
    }
    let mut walk = Walk {
        key,
        recipe,
        others,
        heights: BTreeMap::new(),
    };
    for name in others.keys().map(CompactString::as_str).chain([key]) {
        if walk.height(name)? > STEPS_MOST {
            return Err(RecipeFault::TooManySteps);
        }
    }
    Ok(())
}

fn events(wanted: &EventRecipe) -> Result<(), Fault> {
    let at = "/events";
    let has_field = wanted.signal.field().is_some();
    must(
        has_field || !wanted.take.asks_for_field(),
        &format!("{at}/signal"),
        Cause::NoField,
    )?;
    signal(&wanted.signal, &format!("{at}/signal"))?;
    if let Some(hours) = wanted.hours {
        must(are_hours(hours), &format!("{at}/hours"), Cause::Hours)?;
    }
    window(wanted.during, &format!("{at}/during"))
}

/// A walk over the traits that a recipe is made of.
struct Walk<'a> {
    key: &'a str,
    recipe: &'a Recipe,
    others: &'a Recipes,
    /// How many are in a row from each down; nothing while that is being found out.
    heights: BTreeMap<&'a str, Option<usize>>,
}

impl<'a> Walk<'a> {
    fn height(&mut self, name: &'a str) -> Result<usize, RecipeFault> {
        match self.heights.get(name) {
            Some(Some(height)) => return Ok(*height),
            Some(None) => return Err(RecipeFault::Circle(name.into())),
            None => {}
        }
        let recipe = match self.others.get(name) {
            _ if name == self.key => self.recipe,
            Some(other) => other,
            // A received trait is made of nothing.
            None => return Ok(0),
        };
        self.heights.insert(name, None);
        let mut height = 1;
        for part in recipe.names() {
            height = height.max(1 + self.height(part)?);
        }
        self.heights.insert(name, Some(height));
        Ok(height)
    }
}

/// Whether what a condition asks of computed traits can be true of them.
///
/// # Errors
/// The first place at which it cannot.
pub fn check_computed(condition: &Condition, recipes: &Recipes) -> Result<(), Fault> {
    node(condition, "", recipes)
}

fn node(condition: &Condition, at: &str, recipes: &Recipes) -> Result<(), Fault> {
    let all = |children: &[Condition], at: &str| {
        let mut children = children.iter().enumerate();
        children.try_for_each(|(place, child)| node(child, &format!("{at}/{place}"), recipes))
    };
    match condition {
        Condition::All(children) => all(children, &format!("{at}/all")),
        Condition::Any(children) => all(children, &format!("{at}/any")),
        Condition::Not(child) => node(child, &format!("{at}/not"), recipes),
        Condition::Trait(wanted) => {
            let kind = recipes.get(&wanted.key).map(|recipe| recipe.kind());
            match kind.is_none_or(|kind| kind.fits(&wanted.test)) {
                true => Ok(()),
                false => fault(format!("{at}/trait/test"), Cause::ComputedTrait),
            }
        }
        _ => Ok(()),
    }
}
