//! A published journey made ready to be walked: each step with what follows it.
//!
//! **Invariant:** what follows lies behind: no walk comes to a step twice.

use std::collections::{BTreeMap, HashMap};

use super::adaptive::Allocations;
use super::document::Journey;
use super::step::{Action, Split, Step, StepId};
use crate::id::JourneyId;
use crate::time::Timestamp;

/// Where a step stands in the tree: the step whose way it is on, and which way that is.
pub type Parent = Option<(StepId, usize)>;

/// A step with what follows it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The step.
    pub step: Step,
    /// What follows when it is over and has no ways; nothing is the end.
    pub next: Option<usize>,
    /// Where each of its ways begins; nothing where a way is empty and ends the run.
    pub ways: Vec<Option<usize>>,
    /// Where it stands.
    pub parent: Parent,
}

/// A version of a journey.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Which journey.
    pub id: JourneyId,
    /// Which version.
    pub version: i64,
    /// The document.
    pub journey: Journey,
    placed: Vec<Placed>,
    by_id: HashMap<StepId, usize>,
    first: Option<usize>,
    allocations: BTreeMap<StepId, Allocations>,
}

impl Plan {
    /// Makes a journey ready.
    #[must_use]
    pub fn new(id: JourneyId, version: i64, journey: Journey) -> Self {
        let mut plan = Self {
            id,
            version,
            placed: Vec::new(),
            by_id: HashMap::new(),
            first: None,
            allocations: BTreeMap::new(),
            journey,
        };
        let steps = plan.journey.steps.clone();
        plan.first = plan.lay(&steps, &None, None);
        plan
    }

    /// The same, with the shares that its experiments have learnt.
    #[must_use]
    pub fn with_allocations(mut self, allocations: BTreeMap<StepId, Allocations>) -> Self {
        self.allocations = allocations;
        self
    }

    /// The shares of a split in force at a moment, of ten thousand: those of the document unless it
    /// learns.
    #[must_use]
    pub fn shares(&self, id: &StepId, split: &Split, at: Timestamp) -> Vec<u16> {
        match self
            .allocations
            .get(id)
            .filter(|_| split.adaptive.is_some())
        {
            Some(allocations) => allocations.at(split, at),
            None => split.shares(),
        }
    }

    /// Lays a list of steps, the last first, and gives where it begins.
    fn lay(&mut self, steps: &[Step], parent: &Parent, behind: Option<usize>) -> Option<usize> {
        let mut next = behind;
        for step in steps.iter().rev() {
            let lists: Vec<Vec<Step>> = step
                .action
                .lists()
                .into_iter()
                .map(|(_, list)| list.clone())
                .collect();
            let ways = lists.iter().enumerate();
            let ways = ways
                .map(|(way, list)| self.lay(list, &Some((step.id.clone(), way)), next))
                .collect();
            let place = self.placed.len();
            self.placed.push(Placed {
                step: step.clone(),
                next,
                ways,
                parent: parent.clone(),
            });
            self.by_id.insert(step.id.clone(), place);
            next = Some(place);
        }
        next
    }

    /// The step that comes first.
    #[must_use]
    pub fn first(&self) -> Option<&Placed> {
        self.at(self.first)
    }

    /// A step by its id.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&Placed> {
        self.at(self.by_id.get(id).copied())
    }

    pub(super) fn at(&self, place: Option<usize>) -> Option<&Placed> {
        self.placed.get(place?)
    }

    /// Whether it starts other journeys.
    #[must_use]
    pub fn starts(&self) -> bool {
        let mut steps = self.placed.iter();
        steps.any(|placed| matches!(placed.step.action, Action::Start(_)))
    }

    /// Every step.
    pub fn steps(&self) -> impl Iterator<Item = &Placed> {
        self.placed.iter()
    }
}
