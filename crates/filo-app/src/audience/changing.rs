//! Making audiences, changing them, pausing them, and letting them go.
//!
//! **Invariant:** of two people who change an audience from the same version, the second one is
//! refused; none is made of a segment that says something delicate unless somebody said that they
//! know.
//! **Invariant:** an audience that is told by Filo goes only after everybody was taken out of it,
//! or when a person says that it is no more over there.

use std::collections::BTreeSet;

use filo_core::access::Right;
use filo_core::audience::{Delivery, Fields, Platform, delicate_words};
use filo_core::audit::Act;
use filo_core::consent::purpose::Ground;
use filo_core::id::{AudienceId, CustomerId, SegmentId};
use filo_store::audience::entry;
use filo_store::audience::{self, AudienceRow, Health, Sweep, member};
use filo_store::{Tx, lease, segment};

use super::worker::FIRST_STAGE;
use super::{AudienceView, known};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::consent::purposes_of;
use crate::decision::bounded;
use crate::error::{Error, Result};
use crate::journey::journey_of_audience;
use crate::segment::definition_of;

/// Audiences of a workspace: each is looked at for whoever changes.
pub const AUDIENCES_MOST: usize = 50;
/// Letters of a name.
const NAME_CHARS_MOST: usize = 80;
/// Letters of a description.
const DESCRIPTION_CHARS_MOST: usize = 500;
/// Letters of what an audience is called at its platform.
const REMOTE_CHARS_MOST: usize = 64;

/// What people say of an audience and can change.
#[derive(Debug, Clone, Default)]
pub struct AudienceChange {
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Who comes in of their own accord.
    pub segment: Option<SegmentId>,
    /// The purpose whose yes it takes.
    pub purpose: String,
    /// What goes beside an address.
    pub fields: Fields,
    /// They know that its segment says something delicate.
    pub knows_delicate: bool,
}

/// An audience to make.
#[derive(Debug, Clone)]
pub struct AudienceDraft {
    /// Whose advertising it is; never changed.
    pub platform: Platform,
    /// How it gets there; never changed.
    pub delivery: Delivery,
    /// What it is called there; never changed.
    pub remote: String,
    /// The rest.
    pub change: AudienceChange,
}

impl App {
    /// Makes an audience; everybody is looked at for it.
    ///
    /// # Errors
    /// If the actor may not, or the draft is not in order.
    pub async fn create_audience(
        &self,
        actor: &Actor,
        draft: AudienceDraft,
    ) -> Result<AudienceView> {
        actor.must(Right::ManageSegments)?;
        let remote = match draft.delivery {
            Delivery::Push => checked_remote(&draft.remote)?,
            Delivery::File => String::new(),
        };
        if draft.delivery == Delivery::Push {
            let account = self.platform_account(draft.platform).await?;
            account.ok_or_else(|| Error::invalid("delivery", "not_connected"))?;
        }
        let (now, id) = (self.now(), AudienceId(self.spare_id()));
        let mut tx = self.shared().db.begin().await?;
        if audience::list(&mut tx).await?.len() >= AUDIENCES_MOST {
            return Err(Error::Conflict(format!(
                "there are {AUDIENCES_MOST} audiences already: remove one first"
            )));
        }
        let row = AudienceRow {
            id,
            name: String::new(),
            description: String::new(),
            platform: draft.platform.word().to_owned(),
            delivery: draft.delivery.word().to_owned(),
            remote,
            segment: None,
            purpose: String::new(),
            fields: String::new(),
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            paused_at: None,
            ending_at: None,
            health: Health {
                due_at: now,
                failures: 0,
                failing_since: None,
                last_success_at: None,
                last_failure_at: None,
                last_answer: String::new(),
            },
            sweep: Sweep {
                stage: FIRST_STAGE,
                behind: CustomerId(0),
                ended_at: None,
            },
            file_number: 0,
            file_at: None,
        };
        let row = checked(&mut tx, row, draft.platform, draft.change).await?;
        audience::insert(&mut tx, &row).await?;
        self.audience_changed(tx, actor, id).await
    }

    /// Changes an audience, from the version that was read; everybody is looked at again.
    ///
    /// # Errors
    /// If the actor may not, the change is not in order, or somebody else changed it meanwhile.
    pub async fn change_audience(
        &self,
        actor: &Actor,
        (id, version): (AudienceId, i64),
        change: AudienceChange,
    ) -> Result<AudienceView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        must_stay(&row)?;
        let platform = super::platform_of(&row)?;
        let row = checked(&mut tx, row, platform, change).await?;
        self.save_audience(tx, actor, AudienceRow { version, ..row })
            .await
    }

    /// Puts nobody in any more, or goes on. Whoever is to be out is taken out all the same.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn pause_audience(
        &self,
        actor: &Actor,
        id: AudienceId,
        is_paused: bool,
    ) -> Result<AudienceView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        must_stay(&row)?;
        if row.paused_at.is_some() == is_paused {
            drop(tx);
            return self.audience(id).await;
        }
        let row = AudienceRow {
            paused_at: is_paused.then(|| self.now()),
            ..row
        };
        self.save_audience(tx, actor, row).await
    }

    /// Lets an audience go. One that Filo tells goes once everybody was taken out of it; at once
    /// if a person says that it is no more over there. Nothing is left of one that is gone.
    ///
    /// # Errors
    /// If the actor may not, there is none, or a journey names it.
    pub async fn remove_audience(
        &self,
        actor: &Actor,
        id: AudienceId,
        is_gone_there: bool,
    ) -> Result<Option<AudienceView>> {
        actor.must(Right::ManageSegments)?;
        let _one_at_a_time = self.shared().audiences.desk.lock().await;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        if let Some(name) = journey_of_audience(&mut tx, id).await? {
            return Err(Error::Conflict(format!(
                "the journey “{name}” names it: change that first"
            )));
        }
        if is_gone_there || super::delivery_of(&row)? == Delivery::File {
            audience::remove(&mut tx, id).await?;
            let entry = actor.did(Act::AudienceChanged, self.now());
            record(&mut tx, &entry.about(id)).await?;
            lease::notify_changed(&mut tx).await?;
            tx.commit().await?;
            self.refresh_audiences().await;
            return Ok(None);
        }
        if row.ending_at.is_some() {
            drop(tx);
            return self.audience(id).await.map(Some);
        }
        member::remove_of(&mut tx, id).await?;
        entry::end(&mut tx, id).await?;
        let row = AudienceRow {
            ending_at: Some(self.now()),
            paused_at: None,
            ..row
        };
        self.save_audience(tx, actor, row).await.map(Some)
    }

    /// Keeps an audience that was to go: everybody is put in again.
    ///
    /// # Errors
    /// If the actor may not, or it is gone already.
    pub async fn keep_audience(&self, actor: &Actor, id: AudienceId) -> Result<AudienceView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        let row = AudienceRow {
            ending_at: None,
            ..row
        };
        self.save_audience(tx, actor, row).await
    }

    async fn save_audience(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        row: AudienceRow,
    ) -> Result<AudienceView> {
        let id = row.id;
        let row = AudienceRow {
            changed_at: self.now(),
            changed_by: actor.name.clone(),
            ..row
        };
        if !audience::change(&mut tx, &row).await? {
            let why = "the audience was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        let sweep = Sweep {
            stage: FIRST_STAGE,
            behind: CustomerId(0),
            ..row.sweep
        };
        audience::save_sweep(&mut tx, id, sweep).await?;
        self.audience_changed(tx, actor, id).await
    }

    async fn audience_changed(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        id: AudienceId,
    ) -> Result<AudienceView> {
        let entry = actor.did(Act::AudienceChanged, self.now());
        record(&mut tx, &entry.about(id)).await?;
        lease::notify_changed(&mut tx).await?;
        tx.commit().await?;
        self.refresh_audiences().await;
        self.audience(id).await
    }
}

fn must_stay(row: &AudienceRow) -> Result<()> {
    match row.ending_at {
        None => Ok(()),
        Some(_) => Err(Error::Conflict(
            "everybody is being taken out of this audience: keep it first".to_owned(),
        )),
    }
}

/// The row with a change that is in order.
async fn checked(
    tx: &mut Tx<'_>,
    row: AudienceRow,
    platform: Platform,
    change: AudienceChange,
) -> Result<AudienceRow> {
    let name = change.name.trim();
    let is_line = !name.is_empty() && !name.chars().any(char::is_control);
    if !is_line || name.chars().count() > NAME_CHARS_MOST {
        let hint = format!("a name of 1 to {NAME_CHARS_MOST} characters");
        return Err(Error::invalid("name", hint));
    }
    let description = change.description.trim();
    bounded("description", description, DESCRIPTION_CHARS_MOST)?;
    let purposes = purposes_of(tx).await?;
    let purpose = purposes.get(change.purpose.trim());
    // What is owed to somebody shows them to no platform.
    let purpose = purpose.filter(|it| it.ground == Ground::Statement);
    let purpose = purpose.ok_or_else(|| Error::invalid("purpose", "no_purpose"))?;
    if let Some(id) = change.segment {
        let found = segment::get(tx, id).await?;
        let found = found.filter(|row| row.archived_at.is_none());
        let found = found.ok_or_else(|| Error::invalid("segment", "no_segment"))?;
        let condition = definition_of(&found)?.into_condition();
        let words = delicate_words(&found.name, &condition);
        if !words.is_empty() && !change.knows_delicate {
            return Err(Error::invalid("knows_delicate", words.join(", ")));
        }
    }
    Ok(AudienceRow {
        name: name.to_owned(),
        description: description.to_owned(),
        segment: change.segment,
        purpose: purpose.word.to_string(),
        fields: change.fields.for_platform(platform).words().join(" "),
        ..row
    })
}

/// What an audience is called at its platform: it stands in an address there.
fn checked_remote(text: &str) -> Result<String> {
    let text = text.trim();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if text.is_empty() || text.len() > REMOTE_CHARS_MOST || !text.bytes().all(is_plain) {
        return Err(Error::invalid("remote", "no_remote"));
    }
    Ok(text.to_owned())
}

/// The name of an audience in use that a segment fills.
pub(crate) async fn audience_of(tx: &mut Tx<'_>, id: SegmentId) -> Result<Option<String>> {
    let rows = audience::list(tx).await?.into_iter();
    let mut fed = rows.filter(|row| row.segment == Some(id) && row.ending_at.is_none());
    Ok(fed.next().map(|row| row.name))
}

/// The audiences that are not on their way out.
pub(crate) async fn standing_audiences(tx: &mut Tx<'_>) -> Result<BTreeSet<AudienceId>> {
    let rows = audience::list(tx).await?.into_iter();
    let standing = rows.filter(|row| row.ending_at.is_none());
    Ok(standing.map(|row| row.id).collect())
}
