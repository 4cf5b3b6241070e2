//! Making computed traits, changing them, putting them away and bringing them back.
//!
//! **Invariant:** whoever asks about one that is changed is looked at again, over however many
//! formulas and segments.

use std::sync::Arc;

use compact_str::CompactString;
use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{ComputedTraitId, SegmentId};
use filo_core::profile::{is_standard_key, normal_key};
use filo_core::segment::Signal;
use filo_core::segment::computed::{
    LABEL_CHARS_MOST, Recipe, Recipes, check_computed, check_recipe, with_those_made_of,
};
use filo_store::computed_trait::{self, ComputedTraitRow};
use filo_store::{Tx, lease, segment};

use super::{
    COMPUTED_TRAITS_MOST, ComputedTraitDraft, ComputedTraitView, known, label_of, recipe_of,
    standing_recipes, users,
};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::segment::{asking, standing as standing_segments};

impl App {
    /// Makes a computed trait. What happened before is gathered beside; until then its value is
    /// being counted.
    ///
    /// # Errors
    /// If the actor may not, the draft is not in order, or its key is taken.
    pub async fn create_computed_trait(
        &self,
        actor: &Actor,
        draft: ComputedTraitDraft,
    ) -> Result<ComputedTraitView> {
        actor.must(Right::ManageSegments)?;
        let (now, label) = (self.now(), checked_label(&draft.label)?);
        let key = checked_key(&draft.key, &label)?;
        if self.somebody_has(&key).await? {
            return Err(Error::Conflict(format!(
                "people have a trait `{key}` that came with events: choose another key"
            )));
        }
        let id = ComputedTraitId(self.spare_id());
        let mut tx = self.shared().db.begin().await?;
        let rows = computed_trait::list(&mut tx).await?;
        if let Some(other) = rows.iter().find(|row| row.key == key) {
            let what = match other.archived_at {
                None => "choose another key",
                Some(_) => "it was put away: bring it back, or choose another key",
            };
            return Err(Error::Conflict(format!(
                "“{}” has the key `{key}` already: {what}",
                label_of(other)
            )));
        }
        let standing = rows.iter().filter(|row| row.archived_at.is_none());
        if standing.count() >= COMPUTED_TRAITS_MOST {
            return Err(Error::Conflict(format!(
                "there are {COMPUTED_TRAITS_MOST} computed traits already: put one away first"
            )));
        }
        let others = standing_recipes(&mut tx).await?;
        fits(&mut tx, &key, &draft.recipe, others).await?;
        let row = ComputedTraitRow {
            id,
            key,
            label,
            recipe: draft.recipe.to_json(),
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            // Without events there is nothing to gather.
            filled_at: draft.recipe.signal().is_none().then_some(now),
            archived_at: None,
        };
        computed_trait::insert(&mut tx, &row).await?;
        self.note_computed(tx, actor, &row).await
    }

    /// Changes a computed trait, from the version that was read. Its key stays. Segments that
    /// ask about it follow.
    ///
    /// # Errors
    /// If the actor may not, the draft is not in order, or somebody else changed it meanwhile.
    pub async fn change_computed_trait(
        &self,
        actor: &Actor,
        (id, version): (ComputedTraitId, i64),
        draft: ComputedTraitDraft,
    ) -> Result<ComputedTraitView> {
        actor.must(Right::ManageSegments)?;
        let label = checked_label(&draft.label)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            return Err(Error::Conflict(
                "it was put away: bring it back first".to_owned(),
            ));
        }
        let others = standing_recipes(&mut tx).await?;
        fits(&mut tx, &row.key, &draft.recipe, others).await?;
        let before = recipe_of(&row)?;
        let signal = |recipe: &Recipe| recipe.signal().map(Signal::key);
        if signal(&draft.recipe).is_none() {
            row.filled_at = row.filled_at.or(Some(self.now()));
        } else if signal(&before) != signal(&draft.recipe) {
            row.filled_at = None;
        }
        row.version = version;
        row.label = label;
        row.recipe = draft.recipe.to_json();
        self.save_computed(tx, actor, row).await
    }

    /// Puts a computed trait away: nobody has it any more, and it can be brought back.
    ///
    /// # Errors
    /// If the actor may not, there is none, or something asks about it.
    pub async fn archive_computed_trait(
        &self,
        actor: &Actor,
        id: ComputedTraitId,
    ) -> Result<ComputedTraitView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            return self.computed_view(row);
        }
        let users = users(&mut tx, &row.key).await?;
        let names = users.segments.iter().map(|(_, name)| name);
        let names: Vec<String> = names
            .chain(users.traits.iter().map(|(_, name)| name))
            .map(|name| format!("“{name}”"))
            .collect();
        if !names.is_empty() {
            return Err(Error::Conflict(format!(
                "asked about by {}: change that first",
                names.join(", ")
            )));
        }
        row.archived_at = Some(self.now());
        self.save_computed(tx, actor, row).await
    }

    /// Brings back a computed trait that was put away.
    ///
    /// # Errors
    /// If the actor may not, there is none, or it does not fit what there is now.
    pub async fn restore_computed_trait(
        &self,
        actor: &Actor,
        id: ComputedTraitId,
    ) -> Result<ComputedTraitView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_none() {
            return self.computed_view(row);
        }
        let recipe = recipe_of(&row)?;
        let others = standing_recipes(&mut tx).await?;
        fits(&mut tx, &row.key, &recipe, others).await?;
        row.archived_at = None;
        row.filled_at = recipe.signal().is_none().then(|| self.now());
        self.save_computed(tx, actor, row).await
    }

    /// Removes the computed traits that name somebody. How many.
    pub(crate) async fn forget_in_computed_traits(
        &self,
        names: impl Fn(&str) -> bool,
    ) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut removed = 0;
        for row in computed_trait::list(&mut tx).await? {
            let mut texts = [&row.key, &row.label, &row.recipe].into_iter();
            if texts.any(|text| names(text)) {
                unfill_asking(&mut tx, &row.key).await?;
                computed_trait::remove(&mut tx, row.id).await?;
                removed += 1;
            }
        }
        if removed == 0 {
            return Ok(0);
        }
        lease::notify_applied(&mut tx, self.progress().applied).await?;
        tx.commit().await?;
        self.reopen_book().await?;
        Ok(removed)
    }

    async fn save_computed(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        mut row: ComputedTraitRow,
    ) -> Result<ComputedTraitView> {
        row.changed_at = self.now();
        row.changed_by.clone_from(&actor.name);
        if !computed_trait::change(&mut tx, &row).await? {
            let why = "the computed trait was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        self.note_computed(tx, actor, &row).await
    }

    async fn note_computed(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        row: &ComputedTraitRow,
    ) -> Result<ComputedTraitView> {
        unfill_asking(&mut tx, &row.key).await?;
        let entry = actor.did(Act::ComputedTraitChanged, self.now());
        record(&mut tx, &entry.about(row.id)).await?;
        // Whoever applies may be another node.
        lease::notify_applied(&mut tx, self.progress().applied).await?;
        tx.commit().await?;
        self.reopen_book().await?;
        self.computed_trait(row.id).await
    }
}

/// Everybody is looked at again for the segments that ask about a key, directly or over others.
async fn unfill_asking(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    let recipes = standing_recipes(tx).await?;
    let keys = with_those_made_of(&CompactString::from(key), &recipes);
    let standing = standing_segments(tx).await?;
    let asking = asking(&standing, |condition| {
        condition.traits().any(|asked| keys.contains(asked))
    });
    let asking: Vec<SegmentId> = asking.into_iter().collect();
    Ok(segment::unfill_these(tx, &asking).await?)
}

/// Whether a recipe can be that of a key, and whether what asks about it still can.
async fn fits(tx: &mut Tx<'_>, key: &str, recipe: &Recipe, mut others: Recipes) -> Result<()> {
    check_recipe(key, recipe, &others)
        .map_err(|fault| Error::invalid("recipe", fault.to_string()))?;
    others.insert(key.into(), Arc::new(recipe.clone()));
    for (id, condition) in standing_segments(tx).await? {
        if condition.traits().any(|asked| asked == key)
            && let Err(fault) = check_computed(&condition, &others)
        {
            let row = segment::get(tx, id).await?;
            let name = row.map(|row| row.name).unwrap_or_default();
            return Err(Error::Conflict(format!("“{name}” asks about it: {fault}")));
        }
    }
    Ok(())
}

fn checked_label(label: &str) -> Result<String> {
    let label = label.trim();
    if label.chars().count() > LABEL_CHARS_MOST || label.chars().any(char::is_control) {
        let hint = format!("one line of at most {LABEL_CHARS_MOST} characters");
        return Err(Error::invalid("label", hint));
    }
    Ok(label.to_owned())
}

fn checked_key(key: &str, label: &str) -> Result<String> {
    let written = match key.trim() {
        "" => label,
        key => key,
    };
    let hint = "letters and digits, with _ between words";
    let key = normal_key(written).ok_or_else(|| Error::invalid("key", hint))?;
    match is_standard_key(&key) {
        true => {
            let hint = "Filo knows people by this one: choose another";
            Err(Error::invalid("key", hint))
        }
        false => Ok(key),
    }
}
