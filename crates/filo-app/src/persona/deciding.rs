//! What people decide: that what was found counts, that it counts no more, what it is called.
//!
//! **Invariant:** whoever adopts sees what would change: a proposal counts only while what it was
//! compared with is still in force.

use std::collections::BTreeSet;

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{PersonaId, PersonaRunId};
use filo_store::persona::{self, PersonaRow, PersonaRunRow};
use filo_store::{Tx, lease};

use super::{NAME_CHARS_MOST, NOTE_CHARS_MOST, document_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::decision::bounded;
use crate::error::{Error, Result};
use crate::segment::unfill_those_of_personas;

/// What a kind of customers is to be called.
#[derive(Debug, Clone)]
pub struct PersonaNaming {
    /// The name; without one it is called by its number.
    pub name: String,
    /// What is to be known of it.
    pub note: String,
    /// The version that was read; 0 where nobody has named it yet.
    pub version: i64,
}

impl App {
    /// Puts what a search has found in force. Segments that are made of personas follow.
    ///
    /// # Errors
    /// If the actor may not, there is no such search, it has found nothing, or something else was
    /// in force when it was made.
    pub async fn adopt_personas(&self, actor: &Actor, id: PersonaRunId) -> Result<()> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        let in_force = persona::in_force(&mut tx).await?;
        if in_force.as_ref().is_some_and(|it| it.id == id) {
            return Ok(());
        }
        let document = document_of(&row)?.ok_or_else(|| {
            let why = "the search has not ended";
            Error::Conflict(why.to_owned())
        })?;
        let Some(grouping) = document.grouping() else {
            let why = "the search has found no groups";
            return Err(Error::Conflict(why.to_owned()));
        };
        if grouping.model.features != filo_core::persona::FEATURES_VERSION {
            let why = "this Filo compares people by other things than the search did: search again";
            return Err(Error::Conflict(why.to_owned()));
        }
        if document.before != in_force.as_ref().map(|it| it.id) {
            let why = "something else is in force than when the search was made: search again";
            return Err(Error::Conflict(why.to_owned()));
        }
        let adoption = in_force.and_then(|it| it.adoption).unwrap_or(0) + 1;
        let by = (actor.name.as_str(), self.now());
        persona::adopt(&mut tx, id, Some(adoption), by).await?;
        self.note_personas(tx, actor, (Act::PersonasAdopted, id))
            .await
    }

    /// Takes what is in force out of it: what was before counts again.
    ///
    /// # Errors
    /// If the actor may not, or it is not in force.
    pub async fn withdraw_personas(&self, actor: &Actor, id: PersonaRunId) -> Result<()> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        known(&mut tx, id).await?;
        let in_force = persona::in_force(&mut tx).await?;
        if in_force.is_none_or(|it| it.id != id) {
            return Err(Error::Conflict("it is not in force".to_owned()));
        }
        let by = (actor.name.as_str(), self.now());
        persona::adopt(&mut tx, id, None, by).await?;
        self.note_personas(tx, actor, (Act::PersonasWithdrawn, id))
            .await
    }

    async fn note_personas(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        (act, id): (Act, PersonaRunId),
    ) -> Result<()> {
        unfill_those_of_personas(&mut tx).await?;
        record(&mut tx, &actor.did(act, self.now()).about(id)).await?;
        // Whoever applies may be another node.
        lease::notify_applied(&mut tx, self.progress().applied).await?;
        tx.commit().await?;
        self.reopen_book().await
    }

    /// Gives a kind of customers a name and a note.
    ///
    /// # Errors
    /// If the actor may not, there is no such kind, a text is too long, or somebody else has
    /// changed it meanwhile.
    pub async fn name_persona(
        &self,
        actor: &Actor,
        id: PersonaId,
        naming: &PersonaNaming,
    ) -> Result<()> {
        actor.must(Right::ManageSegments)?;
        let (name, note) = (naming.name.trim(), naming.note.trim());
        bounded("name", name, NAME_CHARS_MOST)?;
        bounded("note", note, NOTE_CHARS_MOST)?;
        let mut tx = self.shared().db.begin().await?;
        if !kept(&mut tx).await?.contains(&id) {
            return Err(Error::Missing("persona"));
        }
        let row = PersonaRow {
            id,
            name: name.to_owned(),
            note: note.to_owned(),
            version: naming.version,
            named_at: self.now(),
            named_by: actor.name.clone(),
        };
        if !persona::name(&mut tx, &row).await? {
            let why = "somebody else has named it meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        let entry = actor.did(Act::PersonaNamed, self.now());
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes away names and notes that name somebody. How many.
    pub(crate) async fn forget_in_personas(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut removed = 0;
        for row in persona::named(&mut tx).await? {
            if names(&row.name) || names(&row.note) {
                persona::unname(&mut tx, row.id).await?;
                removed += 1;
            }
        }
        tx.commit().await?;
        Ok(removed)
    }
}

pub(super) async fn known(tx: &mut Tx<'_>, id: PersonaRunId) -> Result<PersonaRunRow> {
    let row = persona::run(tx, id).await?;
    row.ok_or(Error::Missing("persona search"))
}

/// The kinds of all searches that are kept.
async fn kept(tx: &mut Tx<'_>) -> Result<BTreeSet<PersonaId>> {
    let mut kept = BTreeSet::new();
    for row in persona::runs(tx).await? {
        let document = document_of(&row)?;
        let grouping = document.as_ref().and_then(|it| it.grouping());
        kept.extend(
            grouping
                .iter()
                .flat_map(|it| it.personas.iter().map(|it| it.id)),
        );
    }
    Ok(kept)
}
