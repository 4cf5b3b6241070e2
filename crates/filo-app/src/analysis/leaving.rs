//! Who is leaving.

use std::sync::Arc;

use filo_core::access::Right;
use filo_core::analysis::foresight::{Check, Foresight, Lacks};
use filo_core::analysis::leaving::{Leaving, Who};
use filo_core::buyer::{Lack, Limits};
use filo_core::id::SegmentId;
use filo_core::money::Currency;
use filo_core::time::Timestamp;

use super::buyer_person::{BuyerPeople, BuyerPerson};
use super::worth::{Asked, lack_of};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// What is asked, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeavingAsked {
    /// At this instant; now without one.
    pub at: Option<Timestamp>,
    /// Of who is in this segment; of everybody without one.
    pub segment: Option<SegmentId>,
    /// Whoever has not ordered for so many days is no customer.
    pub window_days: u16,
}

/// Who is leaving, with what it rests on.
#[derive(Debug)]
pub struct LeavingView {
    /// At which instant.
    pub at: Timestamp,
    /// What amounts are in.
    pub currency: Currency,
    /// What is told of those who were asked for; nothing while too few have bought.
    pub leaving: Option<Leaving>,
    /// What there is too little of for anything to be told.
    pub lack: Option<Lack>,
    /// The company's own rhythm, as buyers were measured last; nothing while it is not known.
    pub limits: Option<Limits>,
    /// Of everybody.
    foresight: Arc<Foresight>,
}

impl LeavingView {
    /// What would have been expected before, against what came.
    ///
    /// # Errors
    /// What there was too little of by then.
    pub fn check(&self) -> std::result::Result<&Check, &Lacks> {
        self.foresight.check.as_ref()
    }
}

impl App {
    /// Who is leaving.
    ///
    /// # Errors
    /// If the actor may not see figures, the segment is not there, somebody else has been looking
    /// for long, or what happened cannot be read.
    pub async fn leaving(&self, actor: &Actor, asked: &LeavingAsked) -> Result<LeavingView> {
        actor.must(Right::SeeFigures)?;
        let whom = Asked::of(self, asked.segment).await?;
        let limits = self.yardstick().await?.limits;
        let foresight = self.foresight(asked.at).await?;
        let lack = lack_of(&foresight);
        let (zone, window_days, known) = (self.zone(), asked.window_days, Arc::clone(&foresight));
        let leaving = match lack {
            Some(_) => None,
            None => {
                let work = move || {
                    let by = (window_days, limits.as_ref(), &zone);
                    Leaving::of(&known, |it| whom.holds(it), by)
                };
                let leaving = tokio::task::spawn_blocking(work).await;
                Some(leaving.map_err(anyhow::Error::from)?)
            }
        };
        Ok(LeavingView {
            at: foresight.at,
            currency: foresight.currency,
            leaving,
            lack,
            limits,
            foresight,
        })
    }

    /// Who is behind a number of it.
    ///
    /// # Errors
    /// As [`App::leaving`], and if the actor may not list people.
    pub async fn leaving_people(
        &self,
        actor: &Actor,
        asked: &LeavingAsked,
        who: Who,
    ) -> Result<BuyerPeople> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeeFigures)?;
        let whom = Asked::of(self, asked.segment).await?;
        let limits = self.yardstick().await?.limits;
        let foresight = self.foresight(asked.at).await?;
        let found = match lack_of(&foresight) {
            Some(_) => Vec::new(),
            None => {
                let by = (who, asked.window_days, limits.as_ref(), &self.zone());
                // What is checked is of everybody.
                let is_asked = |it| matches!(who, Who::Checked(..)) || whom.holds(it);
                Leaving::behind(&foresight, is_asked, by)
            }
        };
        let people = found.iter().map(BuyerPerson::leaving);
        self.named_buyers(actor, &foresight, people).await
    }

    /// The first of those at risk, with who they are.
    ///
    /// # Errors
    /// If the actor may not list people, or the tables cannot be read.
    pub async fn leaving_risks(&self, actor: &Actor, view: &LeavingView) -> Result<BuyerPeople> {
        actor.must(Right::ListPeople)?;
        let risks = view.leaving.as_ref().map(|it| &*it.risks);
        let risks = risks.unwrap_or_default().iter();
        let people = risks.map(BuyerPerson::leaving);
        self.named_buyers(actor, &view.foresight, people).await
    }
}
