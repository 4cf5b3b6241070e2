//! The queue: who is asked about, what would move, and what becomes of an answer.

use filo_core::access::Right;
use filo_core::id::{CustomerId, EventId, NodeId};
use filo_core::identity::Verdict;
use filo_store::duplicate::{self, Cursor, DuplicateRow, Status};

use super::Part;
use crate::actor::Actor;
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::{Error, Result};

/// Pairs that are accepted at once.
pub const ACCEPTED_MOST: usize = 500;
/// A page never holds more.
const PAGE_MOST: u32 = 100;
/// What stands beside a ruling that came from the queue.
const NOTE: &str = "probable duplicate";

/// What somebody says of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuplicateAnswer {
    /// One person.
    Same,
    /// Two people.
    Different,
    /// Ask again another day.
    Later,
}

impl DuplicateAnswer {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Same, Self::Different, Self::Later];

    /// The word in the API, in forms and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Later => "later",
        }
    }

    /// The answer of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }
}

/// A pair as somebody may see it.
#[derive(Debug, Clone)]
pub struct DuplicateView {
    /// The row.
    pub row: DuplicateRow,
    /// What each field adds.
    pub parts: Vec<Part>,
    /// The one who would stay: the older.
    pub stays: CustomerView,
    /// The one who would go into them.
    pub goes: CustomerView,
}

/// What accepting many at once would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Previewed {
    /// Pairs of at least the chance that wait.
    pub pairs: i64,
    /// The chance.
    pub chance: i64,
}

impl App {
    /// How many pairs wait for an answer.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn duplicates_waiting(&self) -> Result<i64> {
        let mut tx = self.shared().db.read().await?;
        Ok(duplicate::count(&mut tx, Status::Waiting, 0).await?)
    }

    /// A page of pairs, the likeliest first.
    ///
    /// # Errors
    /// If the actor may not decide about identity, or the tables cannot be read.
    pub async fn duplicates(
        &self,
        actor: &Actor,
        (status, chance): (Status, i64),
        behind: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<DuplicateRow>> {
        actor.must(Right::DecideIdentity)?;
        let mut tx = self.shared().db.read().await?;
        let limit = limit.clamp(1, PAGE_MOST);
        Ok(duplicate::list(&mut tx, (status, chance), behind, limit).await?)
    }

    /// A pair with both customers, through the eyes of somebody. Nothing where one of them is
    /// gone, or both have become one.
    ///
    /// # Errors
    /// If the actor may not decide about identity or see people, or the tables cannot be read.
    pub async fn duplicate(
        &self,
        actor: &Actor,
        a: CustomerId,
        b: CustomerId,
    ) -> Result<Option<DuplicateView>> {
        actor.must(Right::DecideIdentity)?;
        let (a, b) = (a.min(b), a.max(b));
        let row = {
            let mut tx = self.shared().db.read().await?;
            duplicate::get(&mut tx, a, b).await?
        };
        let eyes = self.eyes(actor);
        let (Some(row), Some(one), Some(other)) =
            (row, eyes.customer(a).await?, eyes.customer(b).await?)
        else {
            return Ok(None);
        };
        if one.id != a || other.id != b {
            return Ok(None);
        }
        let first_seen = |view: &CustomerView| {
            let seen = view.identifiers.iter().map(|it| it.facts.first_seen);
            (seen.min(), view.id)
        };
        let (stays, goes) = if first_seen(&one) <= first_seen(&other) {
            (one, other)
        } else {
            (other, one)
        };
        let parts = serde_json::from_str(&row.parts).map_err(anyhow::Error::from)?;
        Ok(Some(DuplicateView {
            row,
            parts,
            stays,
            goes,
        }))
    }

    /// Answers: the ruling of two customers, or a later day.
    ///
    /// # Errors
    /// If the actor may not decide, or there is no such pair.
    pub async fn answer_duplicate(
        &self,
        actor: &Actor,
        (a, b): (CustomerId, CustomerId),
        answer: DuplicateAnswer,
    ) -> Result<Option<EventId>> {
        actor.must(Right::DecideIdentity)?;
        let (a, b) = (a.min(b), a.max(b));
        let known = {
            let mut tx = self.shared().db.read().await?;
            duplicate::get(&mut tx, a, b).await?
        };
        if known.is_none() {
            return Err(Error::Missing("duplicate"));
        }
        let verdict = match answer {
            DuplicateAnswer::Same => Verdict::Together,
            DuplicateAnswer::Different => Verdict::Apart,
            DuplicateAnswer::Later => {
                let mut tx = self.shared().db.begin().await?;
                duplicate::set_status(&mut tx, (a, b), Status::Later).await?;
                tx.commit().await?;
                return Ok(None);
            }
        };
        let _writing = self.shared().changed.writing.lock().await;
        let event = self
            .rule(actor, NodeId::from(a), NodeId::from(b), verdict, NOTE)
            .await?;
        let mut tx = self.shared().db.begin().await?;
        duplicate::remove(&mut tx, a, b).await?;
        tx.commit().await?;
        Ok(Some(event))
    }

    /// How many pairs would be accepted from a chance on.
    ///
    /// # Errors
    /// If the actor may not decide, or the tables cannot be read.
    pub async fn preview_acceptance(&self, actor: &Actor, chance: i64) -> Result<Previewed> {
        actor.must(Right::DecideIdentity)?;
        let mut tx = self.shared().db.read().await?;
        let pairs = duplicate::count(&mut tx, Status::Waiting, chance).await?;
        Ok(Previewed { pairs, chance })
    }

    /// Rules all waiting pairs of at least this chance to be one person, if there are still as
    /// many as were shown. Returns how many became one.
    ///
    /// # Errors
    /// If the actor may not decide, there are too many, or not as many as was said.
    pub async fn accept_duplicates(
        &self,
        actor: &Actor,
        chance: i64,
        expected: i64,
    ) -> Result<usize> {
        let previewed = self.preview_acceptance(actor, chance).await?;
        if previewed.pairs != expected {
            let told = format!("there are {} pairs now", previewed.pairs);
            return Err(Error::Conflict(told));
        }
        if usize::try_from(expected).is_ok_and(|many| many > ACCEPTED_MOST) {
            return Err(Error::invalid(
                "chance",
                format!("at most {ACCEPTED_MOST} at once: choose a higher one"),
            ));
        }
        let rows = {
            let mut tx = self.shared().db.read().await?;
            let most = u32::try_from(ACCEPTED_MOST).unwrap_or(u32::MAX);
            duplicate::list(&mut tx, (Status::Waiting, chance), None, most).await?
        };
        let mut accepted = 0;
        for row in rows {
            // Who became one with somebody a moment ago may be gone, or one with the other.
            if self.duplicate(actor, row.a, row.b).await?.is_some() {
                let pair = (row.a, row.b);
                self.answer_duplicate(actor, pair, DuplicateAnswer::Same)
                    .await?;
                accepted += 1;
            }
        }
        Ok(accepted)
    }

    /// Takes a pair out that is none any more.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn drop_duplicate(&self, a: CustomerId, b: CustomerId) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        duplicate::remove(&mut tx, a, b).await?;
        tx.commit().await?;
        Ok(())
    }
}
