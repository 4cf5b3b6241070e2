//! What customers are worth.

use std::sync::Arc;

use filo_core::access::Right;
use filo_core::analysis::foresight::{Check, Foresight, Foretold, Lacks, Model};
use filo_core::analysis::worth::{By, Who, Worth};
use filo_core::buyer::{BUYERS_LEAST, Lack, Lacking};
use filo_core::id::{CustomerId, SegmentId};
use filo_core::money::Currency;
use filo_core::time::Timestamp;

use super::buyer_person::{BuyerPeople, BuyerPerson};
use super::gathering::members;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// What is asked, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorthAsked {
    /// At this instant; now without one.
    pub at: Option<Timestamp>,
    /// Of who is in this segment; of everybody without one.
    pub segment: Option<SegmentId>,
    /// How people are told apart.
    pub by: By,
}

/// What customers are worth, with what it rests on.
#[derive(Debug)]
pub struct WorthView {
    /// At which instant.
    pub at: Timestamp,
    /// What amounts are in.
    pub currency: Currency,
    /// What is told of those who were asked for; nothing while too few have bought.
    pub worth: Option<Worth>,
    /// What there is too little of for anything to be told.
    pub lack: Option<Lack>,
    /// Of everybody.
    foresight: Arc<Foresight>,
}

impl WorthView {
    /// What explains the purchases of everybody, or what it lacks.
    ///
    /// # Errors
    /// What there is too little of.
    pub fn model(&self) -> std::result::Result<&Model, &Lacks> {
        self.foresight.model.as_ref()
    }

    /// What would have been expected before, against what came.
    #[must_use]
    pub fn check(&self) -> Option<&Check> {
        self.foresight.check.as_ref().ok()
    }
}

/// Those of whom something is asked.
pub(super) enum Asked {
    Everybody,
    /// By id.
    Members(Vec<CustomerId>),
}

impl Asked {
    pub(super) async fn of(app: &App, segment: Option<SegmentId>) -> Result<Self> {
        app.must_know_segment(segment).await?;
        Ok(match segment {
            None => Self::Everybody,
            Some(segment) => Self::Members(members(app, segment).await?),
        })
    }

    pub(super) fn holds(&self, customer: CustomerId) -> bool {
        match self {
            Self::Everybody => true,
            Self::Members(all) => all.binary_search(&customer).is_ok(),
        }
    }
}

/// What there is too little of for figures of all.
pub(super) fn lack_of(foresight: &Foresight) -> Option<Lack> {
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let have = foresight.people.len();
    (have < BUYERS_LEAST).then(|| Lack {
        of: Lacking::Buyers,
        have: signed(have),
        least: signed(BUYERS_LEAST),
    })
}

impl App {
    /// What customers are worth.
    ///
    /// # Errors
    /// If the actor may not see figures, the segment is not there, somebody else has been looking
    /// for long, or what happened cannot be read.
    pub async fn worth(&self, actor: &Actor, asked: &WorthAsked) -> Result<WorthView> {
        actor.must(Right::SeeFigures)?;
        let whom = Asked::of(self, asked.segment).await?;
        let foresight = self.foresight(asked.at).await?;
        let lack = lack_of(&foresight);
        let (zone, by, known) = (self.zone(), asked.by, Arc::clone(&foresight));
        let worth = match lack {
            Some(_) => None,
            None => {
                let work = move || Worth::of(&known, |it| whom.holds(it), (by, &zone));
                let worth = tokio::task::spawn_blocking(work).await;
                Some(worth.map_err(anyhow::Error::from)?)
            }
        };
        Ok(WorthView {
            at: foresight.at,
            currency: foresight.currency,
            worth,
            lack,
            foresight,
        })
    }

    /// Who is behind a number of it.
    ///
    /// # Errors
    /// As [`App::worth`], and if the actor may not list people.
    pub async fn worth_people(
        &self,
        actor: &Actor,
        asked: &WorthAsked,
        who: Who,
    ) -> Result<BuyerPeople> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeeFigures)?;
        let whom = Asked::of(self, asked.segment).await?;
        let foresight = self.foresight(asked.at).await?;
        let found = match lack_of(&foresight) {
            Some(_) => Vec::new(),
            None => Worth::behind(&foresight, |it| whom.holds(it), (who, &self.zone())),
        };
        let people = found.iter().map(BuyerPerson::new);
        self.named_buyers(actor, &foresight, people).await
    }

    /// The first of those of whom most is expected, with who they are.
    ///
    /// # Errors
    /// If the actor may not list people, or the tables cannot be read.
    pub async fn worth_top(&self, actor: &Actor, view: &WorthView) -> Result<BuyerPeople> {
        actor.must(Right::ListPeople)?;
        let top: &[Foretold] = view.worth.as_ref().map(|it| &*it.top).unwrap_or_default();
        let people = top.iter().map(BuyerPerson::new);
        self.named_buyers(actor, &view.foresight, people).await
    }
}
