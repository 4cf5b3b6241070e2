//! Making journeys, working on them, removing those that never started.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::JourneyId;
use filo_core::journey::{Journey, Status};
use filo_store::journey::{self, JourneyRow};
use filo_store::lease;

use super::{DESCRIPTION_CHARS_MOST, JOURNEYS_MOST, JourneyView, NAME_CHARS_MOST, known};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::decision::bounded;
use crate::error::{Error, Result};

/// What a journey is to be.
#[derive(Debug, Clone)]
pub struct JourneyDraft {
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What happens.
    pub journey: Journey,
}

impl App {
    /// Makes a journey. Nothing happens until it is started; until then it may have faults.
    ///
    /// # Errors
    /// If the actor may not, or its name is none.
    pub async fn create_journey(&self, actor: &Actor, draft: JourneyDraft) -> Result<JourneyView> {
        actor.must(Right::ManageJourneys)?;
        let (now, id) = (self.now(), JourneyId(self.spare_id()));
        let name = checked(&draft)?;
        let mut tx = self.shared().db.begin().await?;
        if journey::list(&mut tx).await?.len() >= JOURNEYS_MOST {
            return Err(Error::Conflict(format!(
                "there are {JOURNEYS_MOST} journeys already: remove one first"
            )));
        }
        let row = JourneyRow {
            id,
            name,
            description: draft.description.trim().to_owned(),
            status: Status::Draft.word().to_owned(),
            draft: draft.journey.to_json(),
            version: 1,
            published: 0,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            started_at: None,
            filled_at: None,
            broadcast_after: None,
            seen_to: None,
        };
        journey::insert(&mut tx, &row).await?;
        let entry = actor.did(Act::JourneyChanged, now);
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        self.journey(id).await
    }

    /// Changes what is worked on, from the version that was read. What runs stays as it is until
    /// the journey is published anew.
    ///
    /// # Errors
    /// If the actor may not, or somebody else changed it meanwhile.
    pub async fn change_journey(
        &self,
        actor: &Actor,
        (id, version): (JourneyId, i64),
        draft: JourneyDraft,
    ) -> Result<JourneyView> {
        actor.must(Right::ManageJourneys)?;
        let now = self.now();
        let name = checked(&draft)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        row.version = version;
        row.name = name;
        row.description = draft.description.trim().to_owned();
        row.draft = draft.journey.to_json();
        row.changed_at = now;
        row.changed_by.clone_from(&actor.name);
        if !journey::change(&mut tx, &row).await? {
            let why = "the journey was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        let entry = actor.did(Act::JourneyChanged, now);
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        self.journey(id).await
    }

    /// Removes a journey that never started, or that is over; with what happened on it.
    ///
    /// # Errors
    /// If the actor may not, or it is under way.
    pub async fn remove_journey(&self, actor: &Actor, id: JourneyId) -> Result<()> {
        actor.must(Right::ManageJourneys)?;
        let view = self.journey(id).await?;
        if !matches!(view.status, Status::Draft | Status::Stopped) {
            return Err(Error::Conflict("it is under way: stop it first".to_owned()));
        }
        for other in self.journeys().await? {
            if other.row.id != id && super::starts_of(&other.draft).contains(&id) {
                let name = &other.row.name;
                return Err(Error::Conflict(format!(
                    "“{name}” starts it: change that first"
                )));
            }
        }
        let mut tx = self.shared().db.begin().await?;
        journey::remove(&mut tx, id).await?;
        let entry = actor.did(Act::JourneyChanged, self.now());
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes the journeys that name somebody. How many.
    pub(crate) async fn forget_in_journeys(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut removed = 0;
        for row in journey::list(&mut tx).await? {
            let versions = journey::versions(&mut tx, row.id).await?;
            let published = versions.iter().map(|version| &version.document);
            let mut texts = [&row.name, &row.description, &row.draft]
                .into_iter()
                .chain(published);
            if texts.any(|text| names(text)) {
                journey::remove(&mut tx, row.id).await?;
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
}

fn checked(draft: &JourneyDraft) -> Result<String> {
    let name = draft.name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MOST {
        let hint = format!("a name of 1 to {NAME_CHARS_MOST} characters");
        return Err(Error::invalid("name", hint));
    }
    bounded("description", &draft.description, DESCRIPTION_CHARS_MOST)?;
    Ok(name.to_owned())
}
