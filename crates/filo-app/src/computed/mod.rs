//! Computed traits: making them, changing them, putting them away and bringing them back.
//!
//! No value is stored: each is worked out from profile and traces when it is read. What a recipe
//! asks of events is gathered for the past by the walk that fills segments.
//!
//! **Invariant:** of two people who change one from the same version, the second one is refused;
//! none is made of itself, and none is put away that a segment or a formula asks about.

mod change;
mod preview;
mod standing;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use filo_core::id::{ComputedTraitId, SegmentId};
use filo_core::segment::computed::{Recipe, Recipes};
use filo_store::computed_trait::{self, ComputedTraitRow};
use filo_store::{Tx, segment};

use crate::app::App;
use crate::error::{Error, Result};
use crate::segment::standing as standing_segments;

pub use preview::{ComputedPreview, PREVIEWED_MOST};
pub(crate) use standing::{check_traits, recipe_of, standing_recipes};
pub use value::ComputedValue;

/// Computed traits of a workspace, without those that were put away: each that is made of events
/// is a look at every event.
pub const COMPUTED_TRAITS_MOST: usize = 100;

/// What a computed trait is to be.
#[derive(Debug, Clone)]
pub struct ComputedTraitDraft {
    /// What programs and conditions call it; that of the label, if it is empty.
    pub key: String,
    /// What people call it; the key, if it is empty.
    pub label: String,
    /// How it is made.
    pub recipe: Recipe,
}

/// A computed trait as it stands.
#[derive(Debug, Clone)]
pub struct ComputedTraitView {
    /// What it is.
    pub row: ComputedTraitRow,
    /// How it is made.
    pub recipe: Recipe,
    /// How many thousandths of the identifiers were looked at for it, while not all were. Only
    /// the node that applies knows; another says none of them.
    pub filled_thousandths: Option<u32>,
}

impl ComputedTraitView {
    /// What people call it.
    #[must_use]
    pub fn label(&self) -> String {
        label_of(&self.row)
    }
}

/// What people call it: without a label, its key.
pub(crate) fn label_of(row: &ComputedTraitRow) -> String {
    match row.label.as_str() {
        "" => row.key.replace('_', " "),
        label => label.to_owned(),
    }
}

/// What asks about a computed trait.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComputedUsers {
    /// Segments, by name.
    pub segments: Vec<(SegmentId, String)>,
    /// Other computed traits, by label.
    pub traits: Vec<(ComputedTraitId, String)>,
}

impl App {
    /// Every computed trait, also those that were put away, by label.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn computed_traits(&self) -> Result<Vec<ComputedTraitView>> {
        let rows = {
            let mut tx = self.shared().db.read().await?;
            computed_trait::list(&mut tx).await?
        };
        let views: Result<Vec<_>> = rows
            .into_iter()
            .map(|row| self.computed_view(row))
            .collect();
        let mut views = views?;
        views.sort_by_cached_key(|view| (view.label().to_lowercase(), view.row.id));
        Ok(views)
    }

    /// One computed trait.
    ///
    /// # Errors
    /// If there is none.
    pub async fn computed_trait(&self, id: ComputedTraitId) -> Result<ComputedTraitView> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        self.computed_view(row)
    }

    /// The recipes in use, by key.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn computed_recipes(&self) -> Result<Recipes> {
        let mut tx = self.shared().db.read().await?;
        standing_recipes(&mut tx).await
    }

    /// What asks about each computed trait, by key; of those that nothing asks about, nothing.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn computed_users(&self) -> Result<BTreeMap<CompactString, ComputedUsers>> {
        let mut tx = self.shared().db.read().await?;
        all_users(&mut tx).await
    }

    /// What asks about a computed trait.
    ///
    /// # Errors
    /// If there is none.
    pub async fn computed_trait_users(&self, id: ComputedTraitId) -> Result<ComputedUsers> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        users(&mut tx, &row.key).await
    }

    fn computed_view(&self, row: ComputedTraitRow) -> Result<ComputedTraitView> {
        let is_waiting = row.filled_at.is_none() && row.archived_at.is_none();
        let reached = self.progress().filled_thousandths.unwrap_or_default();
        Ok(ComputedTraitView {
            recipe: recipe_of(&row)?,
            row,
            filled_thousandths: is_waiting.then_some(reached),
        })
    }
}

async fn known(tx: &mut Tx<'_>, id: ComputedTraitId) -> Result<ComputedTraitRow> {
    let row = computed_trait::get(tx, id).await?;
    row.ok_or(Error::Missing("computed trait"))
}

/// The segments and computed traits in use that ask about a key.
async fn users(tx: &mut Tx<'_>, key: &str) -> Result<ComputedUsers> {
    Ok(all_users(tx).await?.remove(key).unwrap_or_default())
}

/// The segments and computed traits in use that ask about traits, by the key of each.
async fn all_users(tx: &mut Tx<'_>) -> Result<BTreeMap<CompactString, ComputedUsers>> {
    let mut users: BTreeMap<CompactString, ComputedUsers> = BTreeMap::new();
    let mut names: BTreeMap<SegmentId, String> = BTreeMap::new();
    for row in segment::list(tx).await? {
        names.insert(row.id, row.name);
    }
    for (id, condition) in standing_segments(tx).await? {
        let asked: BTreeSet<&CompactString> = condition.traits().collect();
        let Some(name) = names.get(&id) else {
            continue;
        };
        for key in asked {
            let of = users.entry(key.clone()).or_default();
            of.segments.push((id, name.clone()));
        }
    }
    for row in computed_trait::list(tx).await? {
        if row.archived_at.is_some() {
            continue;
        }
        for key in recipe_of(&row)?.names() {
            let of = users.entry(key.clone()).or_default();
            of.traits.push((row.id, label_of(&row)));
        }
    }
    for of in users.values_mut() {
        of.segments
            .sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
        of.traits
            .sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    }
    Ok(users)
}
