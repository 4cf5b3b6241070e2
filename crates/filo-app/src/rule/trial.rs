//! Trying rules on everybody who is there, without changing anything.
//!
//! **Invariant:** a trial writes nothing and the engine does not know of it. One runs at a time;
//! the last few are kept in memory, and end with the program.

use std::collections::VecDeque;

use filo_core::access::Right;
use filo_core::id::{CustomerId, TrialId};
use filo_core::identity::{Identifier, JoiningRules};
use filo_core::time::Timestamp;
use parking_lot::Mutex;

use super::change::checked;
use super::walk::Walk;
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// Examples told.
const EXAMPLES_MOST: usize = 10;
/// Trials remembered.
const TRIALS_MOST: usize = 5;
/// So much of the walk is one thousandth.
const THOUSANDTH: u128 = u128::MAX / 1_000;

/// How far a trial is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialState {
    /// So many thousandths of the way.
    Running(u32),
    /// Done.
    Done,
    /// It could not be done.
    Failed,
}

/// What rules would change.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Under which it is asked for.
    pub id: TrialId,
    /// The rules tried.
    pub rules: JoiningRules,
    /// The version of the rules they were compared with.
    pub against: u32,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How far it is.
    pub state: TrialState,
    /// One of so many customers is looked at; 1 is everybody.
    pub one_of: u64,
    /// Identifiers looked at.
    pub identifiers: u64,
    /// Customers under the rules of now.
    pub before: u64,
    /// Customers under the rules tried.
    pub after: u64,
    /// Customers that would be divided.
    pub dividing: u64,
    /// Customers that would be joined with another.
    pub joining: u64,
    /// The first few that would change.
    pub examples: Vec<Example>,
}

/// Customers that other rules would group otherwise.
#[derive(Debug, Clone)]
pub struct Example {
    /// As they are.
    pub before: Vec<Grouped>,
    /// So many more of them.
    pub before_more: usize,
    /// As they would be.
    pub after: Vec<Grouped>,
    /// So many more of them.
    pub after_more: usize,
}

/// One customer of an example.
#[derive(Debug, Clone)]
pub struct Grouped {
    /// Its id; as it would be, on the side of what is not yet.
    pub id: CustomerId,
    /// A name from the profiles of its identifiers.
    pub name: Option<String>,
    /// Its first identifiers.
    pub identifiers: Vec<Identifier>,
    /// So many more of them.
    pub identifiers_more: usize,
}

/// The trials in memory, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Trials(Mutex<VecDeque<Trial>>);

impl Trials {
    fn find(&self, id: TrialId) -> Option<Trial> {
        self.0.lock().iter().find(|trial| trial.id == id).cloned()
    }

    /// Adds one, unless another is running.
    fn add(&self, trial: Trial) -> Result<()> {
        let mut trials = self.0.lock();
        if trials
            .iter()
            .any(|trial| matches!(trial.state, TrialState::Running(_)))
        {
            let why = "rules are being tried already: wait until that has ended";
            return Err(Error::Conflict(why.to_owned()));
        }
        trials.push_back(trial);
        if trials.len() > TRIALS_MOST {
            trials.pop_front();
        }
        Ok(())
    }

    fn change(&self, id: TrialId, change: impl FnOnce(&mut Trial)) {
        if let Some(trial) = self.0.lock().iter_mut().find(|trial| trial.id == id) {
            change(trial);
        }
    }
}

impl App {
    /// Begins to try rules on everybody who is there.
    ///
    /// # Errors
    /// If the actor may not administer, a rule is out of bounds, or a trial is running.
    pub fn try_rules(&self, actor: &Actor, rules: JoiningRules) -> Result<Trial> {
        actor.must(Right::ManageSettings)?;
        let rules = checked(rules)?;
        let before = self.rules();
        let after = before.with_joining(rules.clone());
        let trial = Trial {
            id: TrialId(self.spare_id()),
            rules,
            against: before.version,
            begun_at: self.now(),
            ended_at: None,
            state: TrialState::Running(0),
            one_of: 1,
            identifiers: 0,
            before: 0,
            after: 0,
            dividing: 0,
            joining: 0,
            examples: Vec::new(),
        };
        self.trials().add(trial.clone())?;
        let (app, id) = (self.clone(), trial.id);
        self.spawn(async move {
            let db = app.shared().db.clone();
            let ended = async {
                let walk = Walk::begin(db, (*before).clone(), after).await?;
                app.run_trial(id, walk).await
            };
            let outcome = ended.await;
            let state = if let Err(error) = &outcome {
                tracing::error!(error = %format!("{error:#}"), "trying the rules failed");
                TrialState::Failed
            } else {
                TrialState::Done
            };
            let now = app.now();
            app.trials().change(id, |trial| {
                trial.state = state;
                trial.ended_at = Some(now);
            });
        });
        Ok(trial)
    }

    async fn run_trial(&self, id: TrialId, mut walk: Walk) -> anyhow::Result<()> {
        let one_of = u64::try_from(walk.one_of)?;
        self.trials().change(id, |trial| trial.one_of = one_of);
        let mut room = EXAMPLES_MOST;
        loop {
            let step = walk.step(room).await?;
            let Some(at) = step.at else { return Ok(()) };
            room -= step.examples.len();
            self.trials().change(id, |trial| {
                let thousandths = u32::try_from(at.0 / THOUSANDTH).unwrap_or(0);
                trial.state = TrialState::Running(thousandths.min(999));
                trial.identifiers += step.nodes;
                trial.before += step.before;
                trial.after += step.after;
                trial.dividing += step.dividing;
                trial.joining += step.joining;
                trial.examples.extend(step.examples);
            });
            // Requests come first.
            tokio::task::yield_now().await;
        }
    }

    /// A trial that is remembered.
    ///
    /// # Errors
    /// If the actor may not administer, or it is not remembered.
    pub fn trial(&self, actor: &Actor, id: TrialId) -> Result<Trial> {
        actor.must(Right::ManageSettings)?;
        let mut trial = self.trials().find(id).ok_or(Error::Missing("trial"))?;
        if !actor.may(Right::SeePersonalData) {
            // They say who somebody is.
            trial.examples.clear();
        }
        Ok(trial)
    }

    /// The trial that is running, if one is.
    #[must_use]
    pub fn running_trial(&self) -> Option<TrialId> {
        let trials = self.trials().0.lock();
        let running = |trial: &&Trial| matches!(trial.state, TrialState::Running(_));
        trials.iter().find(running).map(|trial| trial.id)
    }
}
