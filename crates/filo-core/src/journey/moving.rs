//! What becomes of those on the way when a journey is published anew: a rule that is given with
//! it and shown before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::step::StepId;

/// What becomes of whoever stands at a step of an older version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// They go on by the version that they came in with.
    Stay,
    /// They leave.
    End,
    /// They go on from this step of the new version.
    To(StepId),
}

/// The rule.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveRule {
    /// Where steps of the new version have the same id, those who stand at them move over.
    #[serde(default)]
    pub same: bool,
    /// For single steps something else.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<StepId, Move>,
}

/// Where somebody comes to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Where they are, by the version they came in with.
    Stay,
    /// Nowhere: they leave.
    End,
    /// At a step of the new version; with `true`, it is the same step, looked at anew.
    To(StepId, bool),
}

impl MoveRule {
    /// Everybody goes on by the version they came in with.
    #[must_use]
    pub fn stay() -> Self {
        Self::default()
    }

    /// Where whoever stands at a step comes to stand in a new version.
    #[must_use]
    pub fn target(&self, step: &StepId, old: &Plan, new: &Plan) -> Target {
        let kind = |plan: &Plan, id: &StepId| {
            plan.step(id)
                .map(|placed| std::mem::discriminant(&placed.step.action))
        };
        let is_same = |id: &StepId| {
            id == step && kind(old, step).is_some() && kind(old, step) == kind(new, step)
        };
        match self.steps.get(step) {
            Some(Move::Stay) => Target::Stay,
            Some(Move::End) => Target::End,
            Some(Move::To(other)) => Target::To(other.clone(), is_same(other)),
            None if self.same && kind(new, step).is_some() => {
                Target::To(step.clone(), is_same(step))
            }
            None => Target::Stay,
        }
    }

    /// The steps it names that the new version does not have.
    #[must_use]
    pub fn unknown<'a>(&'a self, new: &'a Plan) -> Vec<&'a StepId> {
        let named = self.steps.values().filter_map(|it| match it {
            Move::To(step) => Some(step),
            Move::Stay | Move::End => None,
        });
        named.filter(|step| new.step(step).is_none()).collect()
    }
}
