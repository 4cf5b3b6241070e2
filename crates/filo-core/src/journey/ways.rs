//! The ways on from a step, in their order.
//!
//! **Invariant:** the place of a way is the same wherever it is named: in histories, in plans, in
//! forms.

use super::step::{Action, EventWait, Step, UntilWait};

impl Action {
    /// The ways on from it, each with its place in the document, in order; none of a step after
    /// which the next one follows.
    #[must_use]
    pub fn lists(&self) -> Vec<(String, &Vec<Step>)> {
        let numbered = |list: &'static str, place: usize| format!("{list}/{place}/steps");
        match self {
            Self::WaitForEvent(EventWait {
                then, otherwise, ..
            })
            | Self::WaitUntil(UntilWait {
                then, otherwise, ..
            }) => vec![
                ("then".to_owned(), then),
                ("otherwise".to_owned(), otherwise),
            ],
            Self::Branch(branch) => {
                let ways = branch.ways.iter().enumerate();
                let ways = ways.map(|(place, way)| (numbered("ways", place), &way.steps));
                let rest = [("otherwise".to_owned(), &branch.otherwise)];
                ways.chain(rest).collect()
            }
            Self::Split(split) => {
                let arms = split.arms.iter().enumerate();
                arms.map(|(place, arm)| (numbered("arms", place), &arm.steps))
                    .collect()
            }
            Self::Ask(ask) => {
                let outcomes = ask.outcomes.iter().enumerate();
                let ways = outcomes.map(|(place, it)| (numbered("outcomes", place), &it.steps));
                let rest = [("otherwise".to_owned(), &ask.otherwise)];
                ways.chain(rest).collect()
            }
            Self::Wait(_)
            | Self::WaitForDate(_)
            | Self::Send(_)
            | Self::SetTrait(_)
            | Self::JoinList(_)
            | Self::LeaveList(_)
            | Self::JoinAudience(_)
            | Self::LeaveAudience(_)
            | Self::Record(_)
            | Self::Webhook { .. }
            | Self::Start(_)
            | Self::Goal { .. }
            | Self::End {} => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub fn lists_mut(&mut self) -> Vec<&mut Vec<Step>> {
        match self {
            Self::WaitForEvent(EventWait {
                then, otherwise, ..
            })
            | Self::WaitUntil(UntilWait {
                then, otherwise, ..
            }) => vec![then, otherwise],
            Self::Branch(branch) => {
                let ways = branch.ways.iter_mut().map(|way| &mut way.steps);
                ways.chain([&mut branch.otherwise]).collect()
            }
            Self::Split(split) => split.arms.iter_mut().map(|arm| &mut arm.steps).collect(),
            Self::Ask(ask) => {
                let ways = ask.outcomes.iter_mut().map(|it| &mut it.steps);
                ways.chain([&mut ask.otherwise]).collect()
            }
            Self::Wait(_)
            | Self::WaitForDate(_)
            | Self::Send(_)
            | Self::SetTrait(_)
            | Self::JoinList(_)
            | Self::LeaveList(_)
            | Self::JoinAudience(_)
            | Self::LeaveAudience(_)
            | Self::Record(_)
            | Self::Webhook { .. }
            | Self::Start(_)
            | Self::Goal { .. }
            | Self::End {} => Vec::new(),
        }
    }
}
