//! Runs: letting somebody in, taking them out, and where they stand and why.

use std::collections::{BTreeMap, BTreeSet};

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{CustomerId, JourneyId, RunId};
use filo_core::journey::{Journey, Refused, Run, Step};
use filo_store::journey;
use filo_store::journey::run::{self, LineRow};

use super::{document_of, known};
use crate::actor::Actor;
use crate::app::App;
use crate::engine::{Answered, Command, Entering};
use crate::error::{Error, Result};

/// Runs of a page.
pub const RUNS_MOST: u32 = 50;
/// Letters of a key.
const KEY_CHARS_MOST: usize = 200;

/// One person's way through a journey.
#[derive(Debug, Clone)]
pub struct RunView {
    /// The run.
    pub run: Run,
    /// What the journey is called.
    pub name: String,
    /// The version it goes by.
    pub journey: Journey,
    /// What happened, in order.
    pub lines: Vec<LineRow>,
}

impl RunView {
    /// A step of its version.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.journey.walk().into_iter().find(|step| step.id.0 == id)
    }
}

impl App {
    /// Lets a customer into a journey: conditions of coming in and freshness do not count, the
    /// rule of how often does.
    ///
    /// # Errors
    /// If the actor may not, or there is no such customer or journey. Why somebody does not come
    /// in is the inner outcome.
    pub async fn enter_journey(
        &self,
        actor: &Actor,
        (journey, customer): (JourneyId, CustomerId),
        key: &str,
    ) -> Result<std::result::Result<RunId, Refused>> {
        actor.must(Right::ManageJourneys)?;
        if key.chars().count() > KEY_CHARS_MOST || key.chars().any(char::is_control) {
            let hint = format!("one line of at most {KEY_CHARS_MOST} characters");
            return Err(Error::invalid("key", hint));
        }
        self.journey(journey).await?;
        let view = self
            .customer(customer)
            .await?
            .ok_or(Error::Missing("customer"))?;
        let entry = actor.did(Act::RunBegun, self.now());
        let entering = Entering {
            journey,
            customer: view.id,
            key: key.trim().into(),
            why: compact_str::format_compact!("hand {}", actor.name),
            entry: entry.with("customer", view.id),
        };
        match self.tell_ways(Command::Enter(entering)).await? {
            Answered::Entered(entered) => Ok(entered),
            _ => Err(Error::Internal(anyhow::anyhow!(
                "an entry without an outcome"
            ))),
        }
    }

    /// Takes a customer out of a journey.
    ///
    /// # Errors
    /// If the actor may not, or it has ended already.
    pub async fn take_out(&self, actor: &Actor, run: RunId) -> Result<()> {
        actor.must(Right::ManageJourneys)?;
        let entry = actor.did(Act::RunEnded, self.now());
        self.tell_ways(Command::TakeOut(run, entry)).await.map(drop)
    }

    /// Every run of a customer, the newest first, with what happened on each.
    ///
    /// # Errors
    /// If there is no such customer.
    pub async fn runs_of(&self, customer: CustomerId) -> Result<Vec<RunView>> {
        let view = self
            .customer(customer)
            .await?
            .ok_or(Error::Missing("customer"))?;
        let threads = view.threads();
        let runs = {
            let mut tx = self.shared().db.read().await?;
            run::of_threads(&mut tx, &threads).await?
        };
        self.run_views(runs.into_iter().take(RUNS_MOST as usize).collect())
            .await
    }

    /// One run.
    ///
    /// # Errors
    /// If there is none.
    pub async fn run(&self, id: RunId) -> Result<RunView> {
        let found = {
            let mut tx = self.shared().db.read().await?;
            run::get(&mut tx, id).await?
        };
        let run = found.ok_or(Error::Missing("run"))?;
        let views = self.run_views(vec![run]).await?;
        views.into_iter().next().ok_or(Error::Missing("run"))
    }

    /// A page of the runs of a journey, those that began last first; with a step, those that
    /// stand at it.
    ///
    /// # Errors
    /// If there is no such journey.
    pub async fn runs_in(
        &self,
        id: JourneyId,
        step: &str,
        behind: Option<RunId>,
    ) -> Result<Vec<Run>> {
        let mut tx = self.shared().db.read().await?;
        known(&mut tx, id).await?;
        let behind = match behind {
            None => None,
            Some(id) => run::get(&mut tx, id)
                .await?
                .map(|run| (run.entered_at, run.id)),
        };
        Ok(run::page(&mut tx, id, step, behind, RUNS_MOST).await?)
    }

    async fn run_views(&self, runs: Vec<Run>) -> Result<Vec<RunView>> {
        let mut tx = self.shared().db.read().await?;
        let mut known: BTreeMap<JourneyId, (String, Vec<journey::VersionRow>)> = BTreeMap::new();
        let journeys: BTreeSet<JourneyId> = runs.iter().map(|run| run.journey).collect();
        for id in journeys {
            if let Some(row) = journey::get(&mut tx, id).await? {
                let versions = journey::versions(&mut tx, id).await?;
                known.insert(id, (row.name, versions));
            }
        }
        let mut views = Vec::with_capacity(runs.len());
        for run in runs {
            let of = known.get(&run.journey);
            let version = of.and_then(|(name, versions)| {
                let version = versions.iter().find(|it| it.version == run.version)?;
                Some((name.clone(), version))
            });
            let Some((name, version)) = version else {
                continue;
            };
            views.push(RunView {
                name,
                journey: document_of(version)?,
                lines: run::lines(&mut tx, run.id).await?,
                run,
            });
        }
        Ok(views)
    }
}
