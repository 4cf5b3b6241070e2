//! Experiments: the ways of a split compared with its first, and keeping one of them.
//!
//! **Invariant:** nothing chooses a way but a person: keeping one changes what is worked on, and
//! counts once somebody publishes it.

use filo_core::access::Right;
use filo_core::id::JourneyId;
use filo_core::impact::{self, window_of};
use filo_core::journey::{About, Action, Journey, Split, Step, StepId};

use super::Measured;
use super::reading::{Reading, exposures};
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};
use crate::journey::{JourneyDraft, JourneyView};

/// An experiment with what came of it.
#[derive(Debug, Clone)]
pub struct ExperimentView {
    /// The step that splits.
    pub step: StepId,
    /// In what its ways differ.
    pub about: About,
    /// The ways, in order: the others are compared with the first.
    pub ways: Vec<WayView>,
    /// What was measured: a group for each way.
    pub measured: Measured,
}

/// A way of an experiment.
#[derive(Debug, Clone)]
pub struct WayView {
    /// What it is called.
    pub name: String,
    /// Of a hundred, so many go it.
    pub share: u8,
}

impl App {
    /// The experiments of the version that takes people in, in the order of its steps, each with
    /// what came of it.
    ///
    /// # Errors
    /// If there is no such journey.
    pub async fn journey_experiments(&self, id: JourneyId) -> Result<Vec<ExperimentView>> {
        let Some(versions) = self.versions_of(id, None).await? else {
            return Ok(Vec::new());
        };
        let shown = &versions.shown.1;
        let mut found = Vec::new();
        for step in shown.walk() {
            let Some((about, split)) = experiment_of(step) else {
                continue;
            };
            let is_alike = |_number: i64, other: &Journey| {
                let same = other.walk().into_iter().find(|it| it.id == step.id);
                let same = same.and_then(experiment_of);
                other.goal == shown.goal && same.is_some_and(|(_, it)| are_alike(it, split))
            };
            let reading = Reading::begin(self, &versions, is_alike);
            let (rows, is_cut) = reading.went((id, &step.id)).await?;
            let (people, left_out) = reading.people(exposures(&rows)).await?;
            let shares: Vec<u8> = split.arms.iter().map(|arm| arm.share).collect();
            let at = self.now();
            let impact = impact::measure(&people, &shares, shown.goal.is_some(), at);
            let ways = split.arms.iter().map(|arm| WayView {
                name: arm.name.to_string(),
                share: arm.share,
            });
            found.push(ExperimentView {
                step: step.id.clone(),
                about,
                ways: ways.collect(),
                measured: Measured {
                    impact,
                    people,
                    goal: shown.goal.as_ref().map(|goal| goal.name.to_string()),
                    window: window_of(shown),
                    left_out,
                    is_cut,
                    at,
                },
            });
        }
        Ok(found)
    }

    /// Lets what is worked on go one way of an experiment only: the others keep their steps, and
    /// nobody goes them. Counts once it is published.
    ///
    /// # Errors
    /// If the actor may not, the draft has no such experiment or way, or somebody else changed it
    /// meanwhile.
    pub async fn keep_way(
        &self,
        actor: &Actor,
        (id, seen): (JourneyId, i64),
        (step, way): (&StepId, usize),
    ) -> Result<JourneyView> {
        actor.must(Right::ManageJourneys)?;
        let view = self.journey(id).await?;
        let mut journey = view.draft.clone();
        let split = split_mut(&mut journey.steps, step);
        let split = split.filter(|split| split.experiment.is_some());
        let split = split.ok_or_else(|| {
            Error::invalid("step", "what is worked on has no experiment at this step")
        })?;
        if way >= split.arms.len() {
            return Err(Error::invalid("way", "the experiment has no such way"));
        }
        split.experiment = None;
        for (place, arm) in split.arms.iter_mut().enumerate() {
            arm.share = if place == way { 100 } else { 0 };
        }
        let draft = JourneyDraft {
            name: view.row.name,
            description: view.row.description,
            journey,
        };
        self.change_journey(actor, (id, seen), draft).await
    }
}

fn experiment_of(step: &Step) -> Option<(About, &Split)> {
    match &step.action {
        Action::Split(split) => split.experiment.map(|about| (about, split)),
        _ => None,
    }
}

/// Whether two splits put people into the same groups.
fn are_alike(one: &Split, other: &Split) -> bool {
    let ways = |split: &Split| -> Vec<(String, u8)> {
        let arms = split.arms.iter();
        arms.map(|arm| (arm.name.to_string(), arm.share)).collect()
    };
    ways(one) == ways(other)
}

fn split_mut<'a>(steps: &'a mut [Step], id: &StepId) -> Option<&'a mut Split> {
    for step in steps {
        if step.id == *id {
            return match &mut step.action {
                Action::Split(split) => Some(split),
                _ => None,
            };
        }
        for list in step.action.lists_mut() {
            if let Some(found) = split_mut(list, id) {
                return Some(found);
            }
        }
    }
    None
}
