//! Approval: what waits for a person's yes, what they look at before they give it, and what they
//! said.
//!
//! **Invariant:** a yes or a no is that of a person with an account, never of a key; where a
//! second person is needed, it is another one.

mod deciding;
mod looking;
mod rewriting;

use filo_core::access::Right;
use filo_core::id::{JourneyId, UserId};
use filo_core::time::Timestamp;
use filo_store::message::asked::{self, AskedRow};
use filo_store::{approval, journey};

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

pub use deciding::{Decision, Seen};
pub use filo_store::approval::ApprovalRow;
pub use looking::{ApprovalView, Excluded, Sample, Spoken};
pub use rewriting::Draft;

/// Letters of what is said with a decision.
pub const DECISION_NOTE_CHARS_MOST: usize = 200;
/// Decisions shown.
const DECISIONS_MOST: u32 = 100;

/// Messages that wait for a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which journey says them.
    pub journey: JourneyId,
    /// How it is called.
    pub name: String,
    /// At which step.
    pub step: String,
    /// How many.
    pub count: u64,
    /// Those among them to which one person has said yes and another has not yet.
    pub half: u64,
    /// When the first of them was planned.
    pub oldest: Timestamp,
    /// When the last of them was.
    pub newest: Timestamp,
    /// When the first of them makes no sense any more.
    pub expires_at: Timestamp,
}

impl App {
    /// What waits for a yes, that which is soonest too late first.
    ///
    /// # Errors
    /// If the actor may not look after journeys.
    pub async fn approvals_waiting(&self, actor: &Actor) -> Result<Vec<Waiting>> {
        actor.must(Right::ManageJourneys)?;
        let mut tx = self.shared().db.read().await?;
        let rows = asked::groups(&mut tx).await?;
        let names = journey::list(&mut tx).await?;
        let waiting = rows.into_iter().filter_map(|row| {
            let (journey, step) = read_about(&row.about)?;
            let named = names.iter().find(|it| it.id == journey);
            let name = named.map(|it| it.name.clone()).unwrap_or_default();
            Some(waiting((journey, name), step, &row))
        });
        Ok(waiting.collect())
    }

    /// What people said last, the newest first.
    ///
    /// # Errors
    /// If the actor may not look after journeys.
    pub async fn decisions(&self, actor: &Actor) -> Result<Vec<ApprovalRow>> {
        actor.must(Right::ManageJourneys)?;
        let mut tx = self.shared().db.read().await?;
        Ok(approval::list(&mut tx, DECISIONS_MOST).await?)
    }
}

fn waiting((journey, name): (JourneyId, String), step: String, row: &AskedRow) -> Waiting {
    let positive = |count: i64| u64::try_from(count).unwrap_or(0);
    Waiting {
        journey,
        name,
        step,
        count: positive(row.count),
        half: positive(row.half),
        oldest: row.oldest,
        newest: row.newest,
        expires_at: row.expires_at,
    }
}

/// The journey and the step that messages name.
fn read_about(about: &str) -> Option<(JourneyId, String)> {
    let (journey, step) = about.split_once(' ')?;
    Some((journey.parse().ok()?, step.to_owned()))
}

/// The person who decides.
fn decider(actor: &Actor) -> Result<UserId> {
    actor.must(Right::ManageJourneys)?;
    let forbidden = Error::Forbidden("a person with an account decides, not a key");
    actor.user.ok_or(forbidden)
}
