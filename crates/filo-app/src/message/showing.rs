//! Messages that wait for somebody to come: the next one is taken to the gate when they are there,
//! and shown again on later pages until it is answered, has been shown often enough, or is not true
//! any more.
//!
//! **Invariant:** what is shown went through the gate at that moment; what is shown again is asked
//! about anew, and what stands in its way is written down as a verdict.
//! **Invariant:** one message at a time, and each so many times at most.

use std::cmp::Reverse;

use filo_core::consent::addressing::Why;
use filo_core::id::{CustomerId, MessageId, NodeId};
use filo_core::message::gate::{Finding, Outcome, Verdict};
use filo_core::message::state::State;
use filo_store::message::{MessageRow, shown};

use super::handing::{Made, Ready};
use super::sending::is_reason_true;
use super::settling::{Ended, write_verdicts};
use super::weighing::Weighed;
use crate::app::App;
use crate::channel::Notice;
use crate::error::Result;

/// Messages that are taken to the gate for one page: what waits behind comes with the next one.
const TRIED_MOST: usize = 5;

/// What somebody is shown.
#[derive(Debug, Clone)]
pub(crate) struct Showing {
    /// Which.
    pub(crate) message: MessageId,
    /// What it says.
    pub(crate) text: String,
    /// What it has beside.
    pub(crate) notice: Notice,
}

impl Showing {
    fn of(message: MessageId, ready: &Ready) -> Option<Self> {
        Some(Self {
            message,
            text: ready.text.clone(),
            notice: ready.notice.clone()?,
        })
    }
}

impl App {
    /// What somebody is shown who is there now; each message so many times at most.
    pub(crate) async fn showing(
        &self,
        ids: &[CustomerId],
        there: NodeId,
        times_most: u8,
    ) -> Result<Option<Showing>> {
        if self.open_showings(ids).await?.is_empty() {
            return Ok(None);
        }
        let _alone = self.shared().outbox.showing().await;
        // Another page may have been shown it meanwhile.
        let open = self.open_showings(ids).await?;
        let (mut waiting, mut known): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|row| row.state == State::Queued);
        known.sort_unstable_by_key(|row| (row.claimed_at, row.id));
        for row in known {
            if let Some(showing) = self.show_again(&row, there, times_most).await? {
                return Ok(Some(showing));
            }
        }
        waiting.sort_unstable_by_key(|row| (Reverse(row.value), row.planned_at, row.id));
        for row in waiting.into_iter().take(TRIED_MOST) {
            if let Some(showing) = self.show_first(row, there).await? {
                return Ok(Some(showing));
            }
        }
        Ok(None)
    }

    async fn open_showings(&self, ids: &[CustomerId]) -> Result<Vec<MessageRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(shown::open(&mut tx, ids).await?)
    }

    /// Takes a message to the gate, and notes that it was shown if it goes.
    async fn show_first(&self, row: MessageRow, there: NodeId) -> Result<Option<Showing>> {
        let through = self.let_through(vec![row], Some(there)).await?;
        let Some((row, ready)) = through.into_iter().next() else {
            return Ok(None);
        };
        let showing = Showing::of(row.id, &ready);
        self.count_showing(row.id, there).await?;
        let ended = [Ended::shown(row, ready)];
        if let Err(error) = self.settle_ended(&ended).await {
            // The desk writes it down: it counts all the same.
            self.shared().outbox.leave(ended);
            return Err(error);
        }
        Ok(showing)
    }

    /// Shows a message again that was not answered; ends it if it cannot be shown any more.
    async fn show_again(
        &self,
        row: &MessageRow,
        there: NodeId,
        times_most: u8,
    ) -> Result<Option<Showing>> {
        let standing = self.standing().await?.where_they_are(Some(there));
        let times = {
            let mut tx = self.shared().db.read().await?;
            shown::get(&mut tx, row.id).await?.map_or(0, |it| it.times)
        };
        if times >= u32::from(times_most) {
            self.end_showing(row.id, "times").await?;
            return Ok(None);
        }
        let mut weighed = self.weigh(row, &standing).await?;
        if let Some(finding) = self.in_the_way(row, &weighed) {
            self.note_in_the_way(row, finding).await?;
            return Ok(None);
        }
        // It says what it said: this showing is no time more.
        weighed.times = weighed.times.saturating_sub(1);
        let Made::Ready(ready) = self.make_ready(row, &weighed, &standing).await? else {
            self.end_showing(row.id, "unsayable").await?;
            return Ok(None);
        };
        self.count_showing(row.id, there).await?;
        Ok(Showing::of(row.id, &ready))
    }

    /// What stands in the way of showing a message again. Room was taken when it was shown first.
    fn in_the_way(&self, row: &MessageRow, weighed: &Weighed) -> Option<Finding> {
        if weighed.customer.is_none() || !weighed.addressing.may {
            let reason = weighed.addressing.reasons.first();
            let why = reason.map_or(Why::NoAddress, |reason| reason.why);
            return Some(Finding::Addressing(why));
        }
        if row.expires_at <= self.now() {
            return Some(Finding::TooLate);
        }
        let is_true = is_reason_true(&row.origin, weighed.run.as_ref());
        (!is_true).then_some(Finding::ReasonGone)
    }

    async fn note_in_the_way(&self, row: &MessageRow, finding: Finding) -> Result<()> {
        let verdict = Verdict {
            outcome: Outcome::Stop,
            findings: vec![finding],
        };
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        if shown::end(&mut tx, row.id, (finding.word(), now)).await? {
            write_verdicts(&mut tx, std::iter::once((row.id, &verdict)), now).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn count_showing(&self, message: MessageId, there: NodeId) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        shown::count(&mut tx, (message, there), self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Notes that a message is not shown any more.
    pub(crate) async fn end_showing(&self, message: MessageId, by: &str) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        shown::end(&mut tx, message, (by, self.now())).await?;
        Ok(tx.commit().await?)
    }
}
