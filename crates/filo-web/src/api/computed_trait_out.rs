//! How computed traits and their values are told in the API.

use std::collections::BTreeMap;

use filo_app::computed::{ComputedPreview, ComputedTraitView, ComputedUsers, ComputedValue};
use filo_app::segment::SegmentNames;
use filo_core::id::{ComputedTraitId, CustomerId};
use filo_core::segment::computed::{Computed, Recipe};
use filo_core::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::Text;
use super::customer::CustomerRowOut;
use crate::i18n::{Language, Words};
use crate::sentence::recipe_sentence;

/// A computed trait: what somebody's events and orders add up to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedTrait)]
pub(crate) struct ComputedTraitOut {
    /// Its id.
    #[schema(value_type = String, example = "ctr_0123456789abcdefghjkmnpqrs")]
    id: Text<ComputedTraitId>,
    /// What programs and conditions call it.
    #[schema(example = "coffees_lately")]
    key: String,
    /// What people call it.
    label: String,
    /// `number`, `value` (a number or a text) or `list`.
    kind: &'static str,
    /// One more with each change; a change must name it.
    version: i64,
    /// How it is made.
    #[schema(value_type = Object)]
    recipe: Recipe,
    /// The same in a sentence.
    sentence: RecipeSentenceOut,
    /// The segments that ask about it.
    segments: Vec<UserOut>,
    /// The computed traits that are made of it.
    computed_traits: Vec<UserOut>,
    /// How many thousandths of the identifiers were looked at, while not all were.
    filled_thousandths: Option<u32>,
    /// When what happened before had been gathered; null until then.
    #[schema(value_type = Option<String>, format = DateTime)]
    filled_at: Option<Text<Timestamp>>,
    /// When it was put away; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    archived_at: Option<Text<Timestamp>>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// By whom.
    changed_by: String,
}

/// What asks about a computed trait.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedTraitUser)]
pub(crate) struct UserOut {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
}

impl ComputedTraitOut {
    pub(super) fn new(view: ComputedTraitView, users: ComputedUsers, names: &SegmentNames) -> Self {
        Self {
            label: view.label(),
            kind: view.recipe.kind().word(),
            sentence: RecipeSentenceOut::new(&view.recipe, names),
            id: Text(view.row.id),
            key: view.row.key,
            version: view.row.version,
            recipe: view.recipe,
            segments: users.segments.into_iter().map(user).collect(),
            computed_traits: users.traits.into_iter().map(user).collect(),
            filled_thousandths: view.filled_thousandths,
            filled_at: view.row.filled_at.map(Text),
            archived_at: view.row.archived_at.map(Text),
            created_at: Text(view.row.created_at),
            changed_at: Text(view.row.changed_at),
            changed_by: view.row.changed_by,
        }
    }
}

fn user((id, name): (impl std::fmt::Display, String)) -> UserOut {
    let id = id.to_string();
    UserOut { id, name }
}

/// A recipe in a sentence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecipeSentence)]
pub(crate) struct RecipeSentenceOut {
    /// In English.
    #[schema(example = "How often the customer has placed an order in the last 90 days.")]
    en: String,
    /// In Italian.
    #[schema(example = "Quante volte ha fatto un ordine negli ultimi 90 giorni.")]
    it: String,
}

impl RecipeSentenceOut {
    pub(super) fn new(recipe: &Recipe, names: &SegmentNames) -> Self {
        let say = |language| recipe_sentence(Words::of(language), recipe, names);
        Self {
            en: say(Language::English),
            it: say(Language::Italian),
        }
    }
}

/// What a computed trait says of a customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedValue)]
pub(crate) struct ComputedValueOut {
    /// What people call it.
    label: String,
    /// The value: a number, a text or a list of them; null if there is none, or not yet.
    #[schema(value_type = Option<Object>)]
    value: Option<Box<RawValue>>,
    /// What happened before is still being gathered, so there is no value yet.
    is_being_counted: bool,
    /// Until when it stays so if nothing happens; null for as long as nothing happens.
    #[schema(value_type = Option<String>, format = DateTime)]
    changes_at: Option<Text<Timestamp>>,
}

/// What the computed traits say of a customer, by key.
pub(crate) fn values(values: &[ComputedValue]) -> BTreeMap<String, ComputedValueOut> {
    let told = |value: &ComputedValue| {
        let out = ComputedValueOut {
            label: value.label.clone(),
            value: raw(value.value.as_ref()),
            is_being_counted: value.is_counting,
            changes_at: Some(value.changes_at)
                .filter(|at| *at != Timestamp::MAX)
                .map(Text),
        };
        (value.key.clone(), out)
    };
    values.iter().map(told).collect()
}

fn raw(value: Option<&Computed>) -> Option<Box<RawValue>> {
    RawValue::from_string(value?.to_json()).ok()
}

/// How a value of somebody's is arrived at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedLogic)]
pub(crate) struct LogicOut {
    /// What programs call it.
    key: String,
    /// How it is made.
    #[schema(value_type = Object)]
    recipe: Recipe,
    /// The same in a sentence.
    sentence: RecipeSentenceOut,
}

impl LogicOut {
    pub(super) fn new(value: &ComputedValue, names: &SegmentNames) -> Self {
        Self {
            key: value.key.clone(),
            sentence: RecipeSentenceOut::new(&value.recipe, names),
            recipe: value.recipe.clone(),
        }
    }
}

/// What a recipe would say of some people.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedTraitPreview)]
pub(crate) struct ComputedTraitPreviewOut {
    /// Those who were seen last.
    sample: Vec<SampledOut>,
}

/// Somebody, with the value they would have.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedTraitSampled)]
pub(crate) struct SampledOut {
    /// Who.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// As lists show them.
    row: CustomerRowOut,
    /// The value; null if there is none.
    #[schema(value_type = Option<Object>)]
    value: Option<Box<RawValue>>,
}

impl ComputedTraitPreviewOut {
    pub(super) fn new(preview: ComputedPreview) -> Self {
        let sampled = preview.sample.into_iter().map(|(row, value)| SampledOut {
            customer: Text(row.id),
            value: raw(value.as_ref()),
            row: row.into(),
        });
        Self {
            sample: sampled.collect(),
        }
    }
}
