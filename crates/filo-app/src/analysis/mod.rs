//! How customers come to buy and come back, what they are worth and who is leaving, read from
//! everything that happened, whenever somebody looks.
//!
//! **Invariant:** a number of people is that of the people whom whoever may see them is shown
//! behind it: both are counted from the same reading.

mod behind;
mod buyer_person;
mod buying;
mod cohort;
mod compare;
mod doing;
mod each_thread;
mod flow;
mod foreseeing;
mod gathering;
mod kept;
mod leaving;
mod person;
mod reorder;
mod worth;

use filo_core::access::Right;
use filo_core::analysis::{Question, Ways};
use filo_core::id::SegmentId;
use filo_core::time::Timestamp;

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

use foreseeing::Foreseeing;
use gathering::{Gathered, Needed};
use kept::Kept;

pub use behind::{FigurePeople, FigurePerson};
pub use buyer_person::{BuyerPeople, BuyerPerson};
pub use cohort::{CohortCell, CohortsAsked};
pub use compare::{CompareAsked, CompareView, MetricView, Side};
pub(crate) use compare::{Crowd, lengths};
pub use flow::{FlowView, Passing, PathsAsked};
pub use leaving::{LeavingAsked, LeavingView};
pub use person::{End, WHO_MOST, WayPeople, WayPerson};
pub use reorder::{ReorderAsked, ReorderWho};

pub use worth::{WorthAsked, WorthView};

/// What the workspace keeps of what was read for boards.
#[derive(Debug, Default)]
pub(crate) struct Boards {
    foreseeing: Foreseeing,
    gathered: Kept<Gathered>,
}

impl Boards {
    /// Lets go of what nobody has looked at for minutes.
    pub(crate) fn tidy(&self, now: Timestamp) {
        self.foreseeing.tidy(now);
        self.gathered.tidy(now);
    }
}

/// What is asked, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaysAsked {
    /// Which orders.
    pub question: Question,
    /// Of who is in this segment; of everybody without one.
    pub segment: Option<SegmentId>,
}

impl App {
    /// The ways on which customers came to buy.
    ///
    /// # Errors
    /// If the actor may not see figures, the segment is not there, somebody else has been looking
    /// for long, or what happened cannot be read.
    pub async fn ways(&self, actor: &Actor, asked: &WaysAsked) -> Result<Ways> {
        actor.must(Right::SeeFigures)?;
        self.must_know_segment(asked.segment).await?;
        let _turn = self.turn_to_look().await?;
        let (question, currency) = (asked.question, self.currency());
        let trails = gathering::trails(self, asked.segment, Needed::of(&question)).await?;
        let weigh = move || Ways::of(&trails, &question, currency);
        let report = tokio::task::spawn_blocking(weigh).await;
        Ok(report.map_err(anyhow::Error::from)?)
    }

    async fn must_know_segment(&self, segment: Option<SegmentId>) -> Result<()> {
        let Some(segment) = segment else {
            return Ok(());
        };
        let mut tx = self.shared().db.read().await?;
        let found = filo_store::segment::get(&mut tx, segment).await?;
        found.map(drop).ok_or(Error::Missing("segment"))
    }
}
