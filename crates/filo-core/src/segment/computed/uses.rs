//! Which computed traits are made of which, and which conditions ask about them.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::Recipes;
use super::recipe::Recipe;
use crate::segment::condition::Condition;

impl Condition {
    /// The traits that it asks about.
    pub fn traits(&self) -> impl Iterator<Item = &CompactString> {
        self.walk().filter_map(|condition| match condition {
            Self::Trait(wanted) => Some(&wanted.key),
            _ => None,
        })
    }
}

impl Recipe {
    /// The traits that it names.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&CompactString> {
        match self {
            Self::Formula(formula) => formula.names(),
            Self::Events(_) | Self::Orders(_) => BTreeSet::new(),
        }
    }
}

/// Those whose formula names a trait.
pub fn naming<'a>(key: &'a str, recipes: &'a Recipes) -> impl Iterator<Item = &'a CompactString> {
    let names = move |recipe: &Recipe| recipe.names().iter().any(|name| *name == key);
    recipes
        .iter()
        .filter(move |(_, recipe)| names(recipe))
        .map(|(key, _)| key)
}

/// A trait and every one that is made of it, directly or over others.
#[must_use]
pub fn with_those_made_of(key: &CompactString, recipes: &Recipes) -> BTreeSet<CompactString> {
    let mut found = BTreeSet::from([key.clone()]);
    let mut waiting = vec![key.clone()];
    while let Some(one) = waiting.pop() {
        for other in naming(&one, recipes) {
            if found.insert(other.clone()) {
                waiting.push(other.clone());
            }
        }
    }
    found
}
