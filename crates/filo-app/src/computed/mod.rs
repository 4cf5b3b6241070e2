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

use std::collections::BTreeSet;

use compact_str::CompactString;
use filo_core::id::{ComputedTraitId, SegmentId};
use filo_core::segment::computed::{Recipe, Recipes, naming};
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
    let mut users = ComputedUsers::default();
    let names = segment::list(tx).await?;
    for (id, condition) in standing_segments(tx).await? {
        if condition.traits().any(|asked| asked == key) {
            let row = names.iter().find(|row| row.id == id);
            users.segments.extend(row.map(|row| (id, row.name.clone())));
        }
    }
    let recipes = standing_recipes(tx).await?;
    let naming: BTreeSet<&CompactString> = naming(key, &recipes).collect();
    for row in computed_trait::list(tx).await? {
        if naming.contains(&CompactString::from(row.key.as_str())) {
            users.traits.push((row.id, label_of(&row)));
        }
    }
    users
        .segments
        .sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    users
        .traits
        .sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    Ok(users)
}
