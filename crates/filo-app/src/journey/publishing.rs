//! Starting a journey, and letting it go on by a new version: with a rule for those on the way,
//! whose outcome is shown before.
//!
//! **Invariant:** the new version, where everybody stands and what is no longer asked change in
//! one transaction.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::{CustomerId, JourneyId};
use filo_core::journey::{MoveRule, Plan, Status, StepId, Target, Trigger, check};
use filo_store::journey::step::{self, StepCount};
use filo_store::journey::{self, JourneyRow, VersionRow};

use super::book::asks_of_past;
use super::{JourneyView, around, document_of, draft_of, known, status_of};
use crate::actor::Actor;
use crate::app::App;
use crate::engine::{Alteration, Calls, Command};
use crate::error::{Error, Result};

/// What publishing does to those on the way.
#[derive(Debug, Clone)]
pub struct Publishing {
    /// The version that it would be.
    pub version: i64,
    /// Those at each step of older versions.
    pub moves: Vec<MovedStep>,
}

/// Those at a step, and where they come to stand.
#[derive(Debug, Clone)]
pub struct MovedStep {
    /// How many, where.
    pub standing: StepCount,
    /// Where they come to stand.
    pub target: Target,
}

impl App {
    /// What publishing the draft with a rule would do to those on the way.
    ///
    /// # Errors
    /// If there is no such journey, or the rule names steps that there are not.
    pub async fn preview_publishing(&self, id: JourneyId, rule: &MoveRule) -> Result<Publishing> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        let version = row.published + 1;
        let new = Plan::new(id, version, draft_of(&row)?);
        if let Some(step) = rule.unknown(&new).first() {
            return Err(Error::invalid("rule", format!("there is no step `{step}`")));
        }
        let mut moves = Vec::new();
        let versions = journey::versions(&mut tx, id).await?;
        for standing in step::standing(&mut tx, id).await? {
            let old = versions.iter().find(|it| it.version == standing.version);
            let Some(old) = old else { continue };
            let old = Plan::new(id, old.version, document_of(old)?);
            let target = rule.target(&StepId::from(standing.step.as_str()), &old, &new);
            moves.push(MovedStep { standing, target });
        }
        Ok(Publishing { version, moves })
    }

    /// Starts a journey, or lets it go on by what is worked on now.
    ///
    /// # Errors
    /// If the actor may not, the draft has faults, or somebody else changed it meanwhile.
    pub async fn publish_journey(
        &self,
        actor: &Actor,
        (id, seen): (JourneyId, i64),
        rule: &MoveRule,
    ) -> Result<JourneyView> {
        actor.must(Right::ManageJourneys)?;
        let publishing = self.preview_publishing(id, rule).await?;
        let now = self.now();
        let mut row = {
            let mut tx = self.shared().db.read().await?;
            let row = known(&mut tx, id).await?;
            let draft = draft_of(&row)?;
            if let Some(fault) = check(id, &draft, &around(&mut tx).await?).first() {
                return Err(Error::invalid("journey", fault.to_string()));
            }
            row
        };
        let draft = draft_of(&row)?;
        let status = status_of(&row)?;
        row.version = seen;
        row.published = publishing.version;
        // A journey that is paused stays so: it was meant to stand still.
        row.status = match status {
            Status::Paused => status,
            _ => Status::Active,
        }
        .word()
        .to_owned();
        row.started_at = row.started_at.or(Some(now));
        row.filled_at = (!asks_of_past(&draft)).then_some(now);
        let calls = self.calls_of(&row, &draft.trigger, status).await?;
        row.changed_at = now;
        row.changed_by.clone_from(&actor.name);
        let version = VersionRow {
            journey: id,
            version: publishing.version,
            document: row.draft.clone(),
            published_at: now,
            published_by: actor.name.clone(),
        };
        let moves = publishing.moves.into_iter().map(|moved| {
            let of = (moved.standing.version, moved.standing.step);
            (of, moved.target)
        });
        let entry = actor.did(Act::JourneyPublished, now).about(id);
        let alteration = Alteration {
            row,
            publish: Some(version),
            moves: moves.collect(),
            calls,
            end: None,
            entry: entry.with("version", Token::number(publishing.version.unsigned_abs())),
        };
        self.tell_ways(Command::Alter(Box::new(alteration))).await?;
        self.reopen_book().await?;
        self.journey(id).await
    }

    /// What publishing means for letting everybody of a segment in; nothing if it goes on as it
    /// was. A schedule that is the same goes on where it is; another one begins with what comes
    /// round from now on.
    async fn calls_of(
        &self,
        row: &JourneyRow,
        trigger: &Trigger,
        status: Status,
    ) -> Result<Option<Calls>> {
        let after = matches!(trigger, Trigger::Broadcast(_)).then_some(CustomerId(0));
        if !matches!(trigger, Trigger::Schedule(_)) {
            return Ok(Some(Calls {
                after,
                seen_to: None,
            }));
        }
        let was = {
            let mut tx = self.shared().db.read().await?;
            let versions = journey::versions(&mut tx, row.id).await?;
            let was = versions.iter().max_by_key(|it| it.version);
            was.map(document_of).transpose()?
        };
        let is_same = was.is_some_and(|was| was.trigger == *trigger);
        let goes_on = is_same && !matches!(status, Status::Draft | Status::Stopped);
        Ok((!goes_on).then(|| Calls {
            after: None,
            seen_to: Some(self.now()),
        }))
    }
}
