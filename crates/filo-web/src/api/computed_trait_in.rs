//! What computed traits are to be, as the API takes it.

use filo_app::computed::ComputedTraitDraft;
use filo_core::segment::computed::Recipe;
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::problem::Problem;

/// A computed trait to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComputedTraitIn {
    /// What programs and conditions call it, in `snake_case`; without it, that of the label.
    #[serde(default)]
    #[schema(example = "coffees_lately")]
    key: String,
    /// What people call it.
    #[serde(default)]
    label: String,
    /// How it is made: the book describes it.
    #[schema(value_type = Object, example = json!({"events": {
        "take": "count", "signal": {"name": "Order Completed"}, "during": {"last": "90 days"}
    }}))]
    recipe: Box<RawValue>,
}

/// A computed trait as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComputedTraitChangeIn {
    /// The version that was read.
    pub(super) version: i64,
    /// What people call it.
    #[serde(default)]
    label: String,
    /// How it is made.
    #[schema(value_type = Object)]
    recipe: Box<RawValue>,
}

/// A recipe to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComputedTraitPreviewIn {
    /// The key that it has or will have, so that it cannot be made of itself.
    #[serde(default)]
    key: String,
    /// How it would be made.
    #[schema(value_type = Object, example = json!({"formula": "spend / orders"}))]
    recipe: Box<RawValue>,
}

impl ComputedTraitIn {
    pub(super) fn draft(self) -> Result<ComputedTraitDraft, Problem> {
        Ok(ComputedTraitDraft {
            recipe: recipe(&self.recipe)?,
            key: self.key,
            label: self.label,
        })
    }
}

impl ComputedTraitChangeIn {
    pub(super) fn draft(self) -> Result<ComputedTraitDraft, Problem> {
        Ok(ComputedTraitDraft {
            recipe: recipe(&self.recipe)?,
            key: String::new(),
            label: self.label,
        })
    }
}

impl ComputedTraitPreviewIn {
    pub(super) fn recipe(self) -> Result<(String, Recipe), Problem> {
        Ok((self.key, recipe(&self.recipe)?))
    }
}

fn recipe(raw: &RawValue) -> Result<Recipe, Problem> {
    let document = format!(r#"{{"version":1,"recipe":{}}}"#, raw.get());
    Recipe::from_json(&document).map_err(|fault| Problem::invalid("recipe", fault.to_string()))
}
