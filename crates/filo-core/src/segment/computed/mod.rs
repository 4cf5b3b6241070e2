//! Computed traits: what a person's events and orders add up to, worked out when it is read.
//!
//! A [`Recipe`] says how: a figure or a value of events in a window, a figure of orders, or a
//! [`Formula`] over other traits. It is answered from the same profile and traces as segments
//! are, so whatever holds of those (merging, late events, erasure) holds of it.
//!
//! **Invariant:** a value is a function of profile, traces, instant and settings, and
//! [`Reading::changes_at`] is never later than the instant at which it becomes another one
//! without any event.

mod check;
mod evaluate;
mod formula;
mod kind;
mod needs;
mod recipe;
mod uses;

pub use check::{
    KEY_BYTES_MOST, LABEL_CHARS_MOST, RecipeFault, STEPS_MOST, check_computed, check_recipe,
};
pub use evaluate::{Computed, LIST_MOST, Reading, compute, compute_recipe};
pub use formula::{Formula, FormulaCause, FormulaFault, Operator, TEXT_BYTES_MOST, Term};
pub use kind::ComputedKind;
pub use recipe::{DocumentFault, EventRecipe, OrderRecipe, OrderTake, Recipe, Take};
pub use uses::{naming, with_those_made_of};

pub(super) use evaluate::holds;
pub(super) use needs::Needs;

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;

/// Computed traits, by key.
pub type Recipes = BTreeMap<CompactString, Arc<Recipe>>;
