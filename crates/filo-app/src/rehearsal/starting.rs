//! Beginning a rehearsal, calling it off, and letting go of it.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::{JourneyId, RehearsalId};
use filo_core::journey::{Trigger, check};
use filo_core::time::Timestamp;
use filo_store::rehearsal::{self, RehearsalRow};
use filo_store::{journey, lease};
use serde::{Deserialize, Serialize};

use super::{Asked, DAYS_MOST, KEPT_MOST, is_under_way, known, version_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::job::JobKind;

const DAY_SECONDS: i64 = 86_400;

/// A rehearsal that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRehearsal {
    /// Which published version; 0 for what is worked on.
    pub version: i64,
    /// A published version to be played beside it, so that the two can be compared.
    pub beside: Option<i64>,
    /// How many days back.
    pub days: u16,
    /// When a broadcast would have begun; without it, when the rehearsal does.
    pub broadcast_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Parameters {
    pub(super) rehearsal: String,
}

impl App {
    /// Begins a rehearsal.
    ///
    /// # Errors
    /// If the actor may not, there is no such journey or version, it has faults, or one of this
    /// journey is under way.
    pub async fn rehearse_journey(
        &self,
        actor: &Actor,
        id: JourneyId,
        new: NewRehearsal,
    ) -> Result<RehearsalId> {
        actor.must(Right::ManageJourneys)?;
        let now = self.now();
        let asked = self.checked(id, new, now).await?;
        let rehearsal = RehearsalId(self.spare_id());
        let mut tx = self.shared().db.begin().await?;
        if is_under_way(&mut tx, id).await? {
            return Err(Error::Conflict("a rehearsal is under way".to_owned()));
        }
        // The newest stay, with this one; what broke off makes room first.
        let kept = rehearsal::of_journey(&mut tx, id).await?.into_iter();
        let (ended, broken): (Vec<_>, Vec<_>) = kept.partition(|row| row.ended_at.is_some());
        for row in broken.iter().chain(ended.iter().skip(KEPT_MOST - 1)) {
            rehearsal::remove(&mut tx, row.id).await?;
        }
        let parameters = Parameters {
            rehearsal: rehearsal.to_string(),
        };
        let job = self
            .add_job(&mut tx, actor, JobKind::Rehearsal, &parameters)
            .await?;
        let row = RehearsalRow {
            id: rehearsal,
            journey: id,
            job,
            asked: serde_json::to_string(&asked).map_err(anyhow::Error::from)?,
            begun_at: now,
            begun_by: actor.name.clone(),
            ended_at: None,
            report: String::new(),
        };
        rehearsal::add(&mut tx, &row).await?;
        let entry = actor.did(Act::JourneyRehearsed, now).about(id);
        let days = Token::number(u64::from(asked.days));
        record(&mut tx, &entry.with("days", days)).await?;
        self.commit_job(tx).await?;
        Ok(rehearsal)
    }

    async fn checked(&self, id: JourneyId, new: NewRehearsal, now: Timestamp) -> Result<Asked> {
        if !(1..=DAYS_MOST).contains(&new.days) {
            let why = format!("from 1 to {DAYS_MOST}");
            return Err(Error::invalid("days", why));
        }
        let from = now.plus_seconds(-i64::from(new.days) * DAY_SECONDS);
        let mut tx = self.shared().db.read().await?;
        let row = journey::get(&mut tx, id).await?;
        let row = row.ok_or(Error::Missing("journey"))?;
        let journey = version_of(&mut tx, &row, new.version).await?;
        if let Some(beside) = new.beside {
            if beside == new.version || beside == 0 {
                return Err(Error::invalid(
                    "beside",
                    "another version, that was published",
                ));
            }
            version_of(&mut tx, &row, beside).await?;
        }
        let is_broadcast = matches!(journey.trigger, Trigger::Broadcast(_));
        let broadcast_at = new.broadcast_at.filter(|_| is_broadcast);
        if broadcast_at.is_some_and(|at| at < from || at > now) {
            let why = "an instant of the days that are rehearsed";
            return Err(Error::invalid("broadcast_at", why));
        }
        let around = crate::journey::around(&mut tx).await?;
        if let Some(fault) = check(id, &journey, &around).first() {
            return Err(Error::invalid("journey", fault.to_string()));
        }
        Ok(Asked {
            version: new.version,
            beside: new.beside,
            days: new.days,
            broadcast_at,
        })
    }

    /// Calls one off that is under way. False if it has ended already.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn cancel_rehearsal(&self, actor: &Actor, id: RehearsalId) -> Result<bool> {
        actor.must(Right::ManageJourneys)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            known(&mut tx, id).await?
        };
        self.cancel_job(row.job).await
    }

    /// Lets go of one that has ended.
    ///
    /// # Errors
    /// If the actor may not, there is none, or it is under way.
    pub async fn remove_rehearsal(&self, actor: &Actor, id: RehearsalId) -> Result<()> {
        actor.must(Right::ManageJourneys)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        if row.ended_at.is_none() && is_under_way(&mut tx, row.journey).await? {
            return Err(Error::Conflict(
                "it is under way: call it off first".to_owned(),
            ));
        }
        rehearsal::remove(&mut tx, id).await?;
        lease::notify_changed(&mut tx).await?;
        Ok(tx.commit().await?)
    }
}
