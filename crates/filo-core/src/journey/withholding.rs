//! What a step does with somebody who is held back: nothing outside.
//!
//! **Invariant:** who is held back goes the same way by the same rules as everybody, and of what
//! the steps do outside nothing happens; what is said goes to the gate, which stops it unless it
//! is owed.

use compact_str::CompactString;

use super::advance::{Next, Walking};
use super::happening::{EffectKind, What};
use super::plan::Placed;
use super::run::Stand;
use super::step::Action;

impl Walking<'_> {
    /// Where somebody who is held back goes from a step that would do something outside. A task
    /// is waited for as if it was never done; one without an end is not waited for.
    pub(super) fn withhold(&mut self, placed: &Placed) -> Option<Next> {
        let (id, since) = (&placed.step.id, self.run.since);
        let action = &placed.step.action;
        let next = match action {
            Action::Ask(ask) => match ask.within {
                None => {
                    self.note_withheld(placed);
                    return Some(self.went(placed, ask.outcomes.len()));
                }
                Some(within) => {
                    self.run.stand = Stand::Asked(Some(since.plus_micros(within.micros())));
                    Next::Stays
                }
            },
            Action::SetTrait(_)
            | Action::JoinList(_)
            | Action::LeaveList(_)
            | Action::JoinAudience(_)
            | Action::LeaveAudience(_)
            | Action::Record(_)
            | Action::Webhook { .. }
            | Action::Start(_) => Next::To(placed.next),
            Action::Goal { name } => {
                self.run.goal_at = self.run.goal_at.or(Some(self.now));
                self.note(Some(id), What::Goal, name.clone());
                return Some(Next::To(placed.next));
            }
            Action::Wait(_)
            | Action::WaitForDate(_)
            | Action::WaitForEvent(_)
            | Action::WaitUntil(_)
            | Action::Branch(_)
            | Action::Split(_)
            | Action::Send(_)
            | Action::End {} => return None,
        };
        self.note_withheld(placed);
        Some(next)
    }

    fn note_withheld(&mut self, placed: &Placed) {
        let word = CompactString::from(placed.step.action.word());
        self.note(Some(&placed.step.id), What::Withheld, word);
    }

    /// Whether something is done outside though the person is held back.
    pub(super) const fn is_done(&self, kind: &EffectKind) -> bool {
        !self.run.is_held_back || matches!(kind, EffectKind::Send(_) | EffectKind::Withdraw)
    }
}
