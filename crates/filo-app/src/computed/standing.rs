//! The recipes in use, and conditions that ask about them.

use std::sync::Arc;

use filo_core::segment::Condition;
use filo_core::segment::computed::{Recipe, Recipes, check_computed};
use filo_store::Tx;
use filo_store::computed_trait::{self, ComputedTraitRow};

use super::label_of;
use crate::error::{Error, Result};

/// The recipe of a row, which was looked at before it was written.
pub(crate) fn recipe_of(row: &ComputedTraitRow) -> anyhow::Result<Recipe> {
    Recipe::from_json(&row.recipe)
        .map_err(|fault| anyhow::anyhow!("the recipe of {} cannot be read: {fault}", row.id))
}

/// The recipes of those that were not put away, by key.
pub(crate) async fn standing_recipes(tx: &mut Tx<'_>) -> Result<Recipes> {
    let rows = computed_trait::list(tx).await?;
    let mut recipes = Recipes::new();
    for row in rows.iter().filter(|row| row.archived_at.is_none()) {
        recipes.insert(row.key.as_str().into(), Arc::new(recipe_of(row)?));
    }
    Ok(recipes)
}

/// Whether a segment can ask about traits as it does: of computed ones what they can be, and of
/// none that was put away.
pub(crate) async fn check_traits(tx: &mut Tx<'_>, condition: &Condition) -> Result<()> {
    if condition.traits().next().is_none() {
        return Ok(());
    }
    for row in computed_trait::list(tx).await? {
        if row.archived_at.is_some() && condition.traits().any(|key| *key == row.key) {
            let name = label_of(&row);
            return Err(Error::Conflict(format!(
                "the computed trait “{name}” was put away: bring it back first"
            )));
        }
    }
    let recipes = standing_recipes(tx).await?;
    check_computed(condition, &recipes)
        .map_err(|fault| Error::invalid("condition", fault.to_string()))
}
