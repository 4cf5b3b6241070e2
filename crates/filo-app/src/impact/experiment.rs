//! Experiments: the ways of a split compared with its first, and keeping one of them.
//!
//! **Invariant:** nothing chooses a way for good but a person: keeping one changes what is worked
//! on, and counts once somebody publishes it.

use filo_core::access::Right;
use filo_core::id::JourneyId;
use filo_core::impact;
use filo_core::journey::{About, Action, Journey, Split, Step, StepId};
use filo_core::time::Timestamp;

use super::learning::{LearningView, allocations_in};
use super::reading::{Reading, exposures};
use super::{Measured, Versions};
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
    /// How its shares learn; nothing where they stay as they are.
    pub learning: Option<LearningView>,
    /// What was measured: a group for each way.
    pub measured: Measured,
}

/// A way of an experiment.
#[derive(Debug, Clone)]
pub struct WayView {
    /// What it is called.
    pub name: String,
    /// Of a hundred, so many go it; with shares that learn, so many went it in the beginning.
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
        let mut found = Vec::new();
        for step in versions.shown.1.walk() {
            let Some((about, split)) = experiment_of(step) else {
                continue;
            };
            let of = (&step.id, about, split);
            found.push(self.experiment_view(id, &versions, of).await?);
        }
        Ok(found)
    }

    /// What came of one of them.
    pub(super) async fn experiment_view(
        &self,
        id: JourneyId,
        versions: &Versions,
        (step, about, split): (&StepId, About, &Split),
    ) -> Result<ExperimentView> {
        let shown = &versions.shown.1;
        let is_alike = |_number: i64, other: &Journey| {
            let same = other.walk().into_iter().find(|it| it.id == *step);
            let same = same.and_then(experiment_of);
            other.goal == shown.goal && same.is_some_and(|(_, it)| are_alike(it, split))
        };
        let reading = Reading::begin(self, versions, is_alike);
        let (rows, is_cut) = reading.went((id, step)).await?;
        let (people, left_out) = reading.people(exposures(&rows)).await?;
        let history = self.share_history(id, step, split).await?;
        let at = self.now();
        let (impact, learning) = match split.adaptive {
            None => {
                let shares: Vec<u8> = split.arms.iter().map(|arm| arm.share).collect();
                let has_goal = shown.goal.is_some();
                (impact::measure(&people, &shares, has_goal, at), None)
            }
            Some(adaptive) => {
                let allocations = allocations_in(&history);
                let in_force = |at: Timestamp| allocations.at(split, at);
                let impact = impact::measure_drawn(&people, split.arms.len(), in_force, at);
                let shares = allocations.at(split, at);
                let learning = LearningView::of(adaptive, (history, shares), &impact);
                (impact, Some(learning))
            }
        };
        let ways = split.arms.iter().map(|arm| WayView {
            name: arm.name.to_string(),
            share: arm.share,
        });
        Ok(ExperimentView {
            step: step.clone(),
            about,
            ways: ways.collect(),
            learning,
            measured: Measured::of((shown, at), (impact, people), (left_out, is_cut)),
        })
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
        split.adaptive = None;
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

pub(super) fn experiment_of(step: &Step) -> Option<(About, &Split)> {
    match &step.action {
        Action::Split(split) => split.experiment.map(|about| (about, split)),
        _ => None,
    }
}

/// Whether two splits put people into the same groups: with the same shares, or with the same
/// history of shares that learn.
fn are_alike(one: &Split, other: &Split) -> bool {
    let is_learning = |split: &Split| split.adaptive.is_some();
    let shares = |split: &Split| -> Vec<u8> { split.arms.iter().map(|arm| arm.share).collect() };
    one.ways_key() == other.ways_key()
        && is_learning(one) == is_learning(other)
        && (is_learning(one) || shares(one) == shares(other))
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
