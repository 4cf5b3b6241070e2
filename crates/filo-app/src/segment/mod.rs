//! Segments: making them, changing them, putting them away and bringing them back.
//!
//! **Invariant:** of two people who change a segment from the same version, the second one is
//! refused; no segment is made of itself, directly or over others.

mod book;
mod buying;
mod hint;
mod lately;
mod membership;
mod names;
mod preview;

use std::collections::{BTreeMap, BTreeSet};

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{ListId, SegmentId};
use filo_core::segment::{Condition, Definition, check_references};
use filo_store::computed_trait::{self, ComputedTraitRow};
use filo_store::segment::{self, SegmentRow, member};
use filo_store::{Tx, lease};

use crate::actor::Actor;
use crate::app::App;
use crate::audience::audience_of;
use crate::audit::record;
use crate::computed::{check_traits, label_of};
use crate::customer_list::{check_lists, list_names};
use crate::error::{Error, Result};
use crate::journey::journey_of;
use crate::persona::persona_labels;

pub(crate) use book::Known;
pub(crate) use book::definition_of;
pub(crate) use buying::asking_for_buyers;
pub use filo_store::segment::member::MemberRow;
pub use filo_store::segment::turn::{TurnDay, TurnRow};
pub use hint::Hints;
pub use lately::Moves;
pub use membership::{Growth, Membership, Overlap, Reason, TURNS_MOST};
pub use names::SegmentNames;
pub(crate) use preview::{Past, Previews};
pub use preview::{Preview, SAMPLE_MOST};

/// Segments of a workspace, without those that were put away.
pub const SEGMENTS_MOST: usize = 1_000;
/// Letters of a name.
pub const NAME_CHARS_MOST: usize = 80;
/// Letters of a description.
pub const DESCRIPTION_CHARS_MOST: usize = 500;

/// What a segment is to be.
#[derive(Debug, Clone)]
pub struct SegmentDraft {
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Who is in it.
    pub condition: Condition,
}

/// A segment as it stands.
#[derive(Debug, Clone)]
pub struct SegmentView {
    /// What it is.
    pub row: SegmentRow,
    /// Who is in it.
    pub condition: Condition,
    /// How many are in it; while it is filled, so far.
    pub members: i64,
    /// How many thousandths of the identifiers were looked at for it, while not all were. Only
    /// the node that applies knows; another says none of them.
    pub filled_thousandths: Option<u32>,
}

impl SegmentView {
    /// Whether everybody has been looked at.
    #[must_use]
    pub const fn is_filled(&self) -> bool {
        self.row.filled_at.is_some()
    }
}

impl App {
    /// Every segment, also those that were put away, by name.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn segments(&self) -> Result<Vec<SegmentView>> {
        let mut tx = self.shared().db.read().await?;
        let rows = segment::list(&mut tx).await?;
        let counts: BTreeMap<_, _> = member::counts(&mut tx).await?.into_iter().collect();
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let members = counts.get(&row.id).copied().unwrap_or_default();
            views.push(self.segment_view(row, members)?);
        }
        views.sort_by_cached_key(|view| (view.row.name.to_lowercase(), view.row.id));
        Ok(views)
    }

    /// What the ids and words of conditions are called.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn segment_names(&self) -> Result<SegmentNames> {
        let purposes = self.purposes().await?.purposes;
        let mut tx = self.shared().db.read().await?;
        let rows = segment::list(&mut tx).await?.into_iter();
        let computed = computed_trait::list(&mut tx).await?.into_iter();
        let named = |row: ComputedTraitRow| (row.key.clone(), label_of(&row));
        Ok(SegmentNames {
            computed: computed.map(named).collect(),
            segments: rows.map(|row| (row.id, row.name)).collect(),
            lists: list_names(&mut tx).await?,
            personas: persona_labels(&mut tx).await?,
            purposes,
            currency: self.currency(),
        })
    }

    /// One segment.
    ///
    /// # Errors
    /// If there is none.
    pub async fn segment(&self, id: SegmentId) -> Result<SegmentView> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        let members = member::count(&mut tx, id).await?;
        self.segment_view(row, members)
    }

    /// Makes a segment. From then on it is kept up with every event; everybody who was there
    /// before is looked at beside.
    ///
    /// # Errors
    /// If the actor may not, or the draft is not in order.
    pub async fn create_segment(&self, actor: &Actor, draft: SegmentDraft) -> Result<SegmentView> {
        actor.must(Right::ManageSegments)?;
        let now = self.now();
        let id = SegmentId(self.spare_id());
        let mut tx = self.shared().db.begin().await?;
        let standing = standing(&mut tx).await?;
        if standing.len() >= SEGMENTS_MOST {
            return Err(Error::Conflict(format!(
                "there are {SEGMENTS_MOST} segments already: put one away first"
            )));
        }
        let definition = checked(id, &draft, &standing)?;
        check_traits(&mut tx, &draft.condition).await?;
        check_lists(&mut tx, &draft.condition).await?;
        let row = SegmentRow {
            id,
            name: draft.name.trim().to_owned(),
            description: draft.description.trim().to_owned(),
            definition,
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            filled_at: None,
            archived_at: None,
        };
        segment::insert(&mut tx, &row).await?;
        self.note_change(tx, actor, id).await?;
        self.segment(id).await
    }

    /// Changes a segment, from the version that was read. Who is in and who is not follows.
    ///
    /// # Errors
    /// If the actor may not, the draft is not in order, or somebody else changed it meanwhile.
    pub async fn change_segment(
        &self,
        actor: &Actor,
        (id, version): (SegmentId, i64),
        draft: SegmentDraft,
    ) -> Result<SegmentView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            return Err(Error::Conflict(
                "it was put away: bring it back first".to_owned(),
            ));
        }
        let standing = standing(&mut tx).await?;
        let definition = checked(id, &draft, &standing)?;
        check_traits(&mut tx, &draft.condition).await?;
        check_lists(&mut tx, &draft.condition).await?;
        if definition != row.definition {
            row.filled_at = None;
            segment::unfill_these(&mut tx, &made_of(id, &standing)).await?;
        }
        row.version = version;
        row.name = draft.name.trim().to_owned();
        row.description = draft.description.trim().to_owned();
        row.definition = definition;
        self.save_segment(tx, actor, row).await
    }

    /// Puts a segment away: nobody is in it any more, and it can be brought back.
    ///
    /// # Errors
    /// If the actor may not, there is none, or another segment is made of it.
    pub async fn archive_segment(&self, actor: &Actor, id: SegmentId) -> Result<SegmentView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            drop(tx);
            return self.segment(id).await;
        }
        for (other, condition) in standing(&mut tx).await? {
            if other != id && condition.segments().contains(&id) {
                let name = known(&mut tx, other).await?.name;
                return Err(Error::Conflict(format!(
                    "“{name}” is made of it: change that first"
                )));
            }
        }
        if let Some(name) = journey_of(&mut tx, id).await? {
            return Err(Error::Conflict(format!(
                "the journey “{name}” asks about it: change that first"
            )));
        }
        if let Some(name) = audience_of(&mut tx, id).await? {
            return Err(Error::Conflict(format!(
                "the audience “{name}” is made of it: change that first"
            )));
        }
        member::dismiss(&mut tx, id).await?;
        row.archived_at = Some(self.now());
        self.save_segment(tx, actor, row).await
    }

    /// Brings back a segment that was put away: everybody is looked at for it again.
    ///
    /// # Errors
    /// If the actor may not, there is none, or what it is made of is no more.
    pub async fn restore_segment(&self, actor: &Actor, id: SegmentId) -> Result<SegmentView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        let condition = definition_of(&row)?.into_condition();
        let standing = standing(&mut tx).await?;
        check_references(id, &condition, &standing).map_err(unfit)?;
        check_traits(&mut tx, &condition).await?;
        check_lists(&mut tx, &condition).await?;
        row.archived_at = None;
        row.filled_at = None;
        self.save_segment(tx, actor, row).await
    }

    /// Removes the segments that name somebody. How many.
    pub(crate) async fn forget_in_segments(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut removed = 0;
        let standing = standing(&mut tx).await?;
        for row in segment::list(&mut tx).await? {
            let mut texts = [&row.name, &row.description, &row.definition].into_iter();
            if texts.any(|text| names(text)) {
                segment::unfill_these(&mut tx, &made_of(row.id, &standing)).await?;
                segment::remove(&mut tx, row.id).await?;
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

    fn segment_view(&self, row: SegmentRow, members: i64) -> Result<SegmentView> {
        let is_waiting = row.filled_at.is_none() && row.archived_at.is_none();
        let reached = self.progress().filled_thousandths.unwrap_or_default();
        Ok(SegmentView {
            condition: definition_of(&row)?.into_condition(),
            row,
            members,
            filled_thousandths: is_waiting.then_some(reached),
        })
    }

    async fn save_segment(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        mut row: SegmentRow,
    ) -> Result<SegmentView> {
        row.changed_at = self.now();
        row.changed_by.clone_from(&actor.name);
        if !segment::change(&mut tx, &row).await? {
            let why = "the segment was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        self.note_change(tx, actor, row.id).await?;
        self.segment(row.id).await
    }

    async fn note_change(&self, mut tx: Tx<'_>, actor: &Actor, id: SegmentId) -> Result<()> {
        let entry = actor.did(Act::SegmentChanged, self.now());
        record(&mut tx, &entry.about(id)).await?;
        // Whoever applies may be another node.
        lease::notify_applied(&mut tx, self.progress().applied).await?;
        tx.commit().await?;
        self.reopen_book().await
    }
}

async fn known(tx: &mut Tx<'_>, id: SegmentId) -> Result<SegmentRow> {
    segment::get(tx, id).await?.ok_or(Error::Missing("segment"))
}

/// The conditions of all segments that were not put away.
pub(crate) async fn standing(tx: &mut Tx<'_>) -> Result<BTreeMap<SegmentId, Condition>> {
    let rows = segment::list(tx).await?;
    let mut standing = BTreeMap::new();
    for row in rows.iter().filter(|row| row.archived_at.is_none()) {
        standing.insert(row.id, definition_of(row)?.into_condition());
    }
    Ok(standing)
}

/// The segments that are made of one, directly or over others: who is in them changes with it.
pub(crate) fn made_of(id: SegmentId, standing: &BTreeMap<SegmentId, Condition>) -> Vec<SegmentId> {
    let mut found = vec![id];
    let mut next = 0;
    while let Some(one) = found.get(next).copied() {
        next += 1;
        for (other, condition) in standing {
            if !found.contains(other) && condition.segments().contains(&one) {
                found.push(*other);
            }
        }
    }
    found.split_off(1)
}

/// The segments whose own condition asks so, and those that are made of them.
pub(crate) fn asking(
    standing: &BTreeMap<SegmentId, Condition>,
    asks: impl Fn(&Condition) -> bool,
) -> BTreeSet<SegmentId> {
    let mut found = BTreeSet::new();
    for (id, _) in standing.iter().filter(|(_, condition)| asks(condition)) {
        found.insert(*id);
        found.extend(made_of(*id, standing));
    }
    found
}

/// The name of a segment in use that asks about a list.
pub(crate) async fn segment_of_list(tx: &mut Tx<'_>, id: ListId) -> Result<Option<String>> {
    let mut standing = standing(tx).await?.into_iter();
    let asking = standing.find(|(_, condition)| condition.lists().contains(&id));
    match asking {
        Some((segment, _)) => Ok(Some(known(tx, segment).await?.name)),
        None => Ok(None),
    }
}

/// Everybody is to be looked at again for the segments that are made of personas, directly or over
/// others.
pub(crate) async fn unfill_those_of_personas(tx: &mut Tx<'_>) -> Result<()> {
    let standing = standing(tx).await?;
    let asking = asking(&standing, |condition| !condition.personas().is_empty());
    let asking: Vec<SegmentId> = asking.into_iter().collect();
    Ok(segment::unfill_these(tx, &asking).await?)
}

/// The document of a draft that is in order.
fn checked(
    id: SegmentId,
    draft: &SegmentDraft,
    standing: &BTreeMap<SegmentId, Condition>,
) -> Result<String> {
    let name = draft.name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MOST {
        let hint = format!("a name of 1 to {NAME_CHARS_MOST} characters");
        return Err(Error::invalid("name", hint));
    }
    if draft.description.chars().count() > DESCRIPTION_CHARS_MOST {
        let hint = format!("at most {DESCRIPTION_CHARS_MOST} characters");
        return Err(Error::invalid("description", hint));
    }
    let definition = Definition::new(draft.condition.clone()).map_err(unfit)?;
    check_references(id, &draft.condition, standing).map_err(unfit)?;
    Ok(definition.to_json())
}

fn unfit(fault: impl std::fmt::Display) -> Error {
    Error::invalid("condition", fault.to_string())
}
