//! What people said of messages that they are asked about, as the gate is told.
//!
//! **Invariant:** a yes counts for what was looked at: once the piece, its offer or the voice says
//! something else, it is asked for again.

use std::collections::HashMap;

use filo_core::id::{ApprovalId, JourneyId, SegmentId};
use filo_core::journey::{Journey, Run};
use filo_core::message::approval::{Rule, TOGETHER_SECONDS};
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_store::approval::{self, ApprovalRow};
use filo_store::journey::{self, run};
use filo_store::message::MessageRow;
use filo_store::segment::member;

use super::standing::Standing;
use crate::app::App;
use crate::error::{Error, Result};
use crate::journey::document_of;

/// A version of a journey.
type Version = (JourneyId, i64);

/// What was read for messages that go to the gate together.
#[derive(Debug, Default)]
pub(super) struct Approvals {
    rules: HashMap<(Version, String), Asks>,
    said: HashMap<ApprovalId, Option<ApprovalRow>>,
    standing: HashMap<(Version, String), Option<ApprovalRow>>,
}

/// When people are asked about what a step says, and whom it goes to where everybody of a segment
/// is let in at once.
type Asks = (Rule, Option<SegmentId>);

fn asks_of(journey: &Journey, step: &str) -> Asks {
    (journey.approval_of(step), journey.trigger.called())
}

/// Where a message stands with those who are asked.
#[derive(Debug, Default)]
pub(super) struct Approval {
    /// The step to which it belongs, if people are asked about that.
    pub(super) asked_about: Option<String>,
    /// Nobody has said yes to what it says now.
    pub(super) is_missing: bool,
}

/// A step about which people are asked, as messages name it.
pub(crate) fn about(journey: JourneyId, step: &str) -> String {
    format!("{journey} {step}")
}

impl App {
    /// Where a message stands with those who are asked.
    pub(super) async fn approval_of(
        &self,
        row: &MessageRow,
        run: Option<&Run>,
        standing: &Standing,
    ) -> Result<Approval> {
        let (Origin::Journey { step, .. }, Some(run)) = (&row.origin, run) else {
            return Ok(Approval::default());
        };
        let mut read = standing.approvals.lock().await;
        let version = (run.journey, run.version);
        let asks = self.asks(&mut read, (version, step)).await?;
        if asks.0.is_automatic() {
            return Ok(Approval::default());
        }
        let people = self.people_with(run, asks).await?;
        let is_asked = asks.0.asks(&row.origin, people);
        let is_missing = is_asked
            && !self
                .is_approved(&mut read, (row, standing), (version, step))
                .await?;
        drop(read);
        Ok(Approval {
            asked_about: Some(about(run.journey, step)),
            is_missing,
        })
    }

    async fn asks(&self, read: &mut Approvals, (version, step): (Version, &str)) -> Result<Asks> {
        let key = (version, step.to_owned());
        if let Some(asks) = read.rules.get(&key) {
            return Ok(*asks);
        }
        let under_way = {
            let live = self.shared().live.read();
            let plan = live.journeys.plan(version.0, version.1);
            plan.map(|plan| asks_of(&plan.journey, step))
        };
        let asks = match under_way {
            Some(asks) => asks,
            // Nobody is on its way any more.
            None => {
                let mut tx = self.shared().db.read().await?;
                let rows = journey::versions(&mut tx, version.0).await?;
                let row = rows.iter().find(|row| row.version == version.1);
                let journey = row.map(document_of).transpose()?;
                journey.map_or((Rule::Automatic, None), |it| asks_of(&it, step))
            }
        };
        read.rules.insert(key, asks);
        Ok(asks)
    }

    /// How many go the same way with somebody, as far as their number matters: those who came in
    /// within a day of them, and of a broadcast everybody whom it goes to.
    async fn people_with(&self, run: &Run, (rule, segment): Asks) -> Result<u64> {
        let Rule::Above(most) = rule else {
            return Ok(1);
        };
        let day = |sign: i64| run.entered_at.plus_seconds(sign * TOGETHER_SECONDS);
        let mut tx = self.shared().db.read().await?;
        let entered =
            run::entered_between(&mut tx, run.journey, (day(-1), day(1)), most + 1).await?;
        let reached = match segment {
            Some(segment) => member::count(&mut tx, segment).await?,
            None => 0,
        };
        Ok(u64::try_from(entered.max(reached)).unwrap_or(0))
    }

    async fn is_approved(
        &self,
        read: &mut Approvals,
        (row, standing): (&MessageRow, &Standing),
        (version, step): (Version, &str),
    ) -> Result<bool> {
        let own = match row.approval {
            Some(id) => self.said_under(read, id).await?,
            None => None,
        };
        let always = self.standing_yes(read, (version, step)).await?;
        let Saying::Piece { piece, .. } = &row.saying else {
            // What a person wrote for this one message says nothing else than it did.
            return Ok([own, always].iter().flatten().any(ApprovalRow::counts));
        };
        // The very script that is rendered if it goes.
        let content = match standing.script(self, *piece).await {
            Ok(script) => script.digest(),
            Err(Error::Missing(_)) => return Ok(false),
            Err(other) => return Err(other),
        };
        let holds = |said: &ApprovalRow| said.counts() && said.content == content;
        Ok([own, always].iter().flatten().any(holds))
    }

    async fn said_under(
        &self,
        read: &mut Approvals,
        id: ApprovalId,
    ) -> Result<Option<ApprovalRow>> {
        if let Some(said) = read.said.get(&id) {
            return Ok(said.clone());
        }
        let mut tx = self.shared().db.read().await?;
        let said = approval::get(&mut tx, id).await?;
        read.said.insert(id, said.clone());
        Ok(said)
    }

    async fn standing_yes(
        &self,
        read: &mut Approvals,
        (version, step): (Version, &str),
    ) -> Result<Option<ApprovalRow>> {
        let key = (version, step.to_owned());
        if let Some(said) = read.standing.get(&key) {
            return Ok(said.clone());
        }
        let mut tx = self.shared().db.read().await?;
        let said = approval::standing(&mut tx, (version.0, version.1, step)).await?;
        read.standing.insert(key, said.clone());
        Ok(said)
    }
}
