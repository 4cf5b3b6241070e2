//! A journey drawn as a tree: one step below the other, ways beside each other where there is
//! room, with how many stand at each.

use std::collections::BTreeMap;

use filo_core::journey::{Action, AskKind, Fault, Step, StepId};
use maud::{Markup, html};

use crate::i18n::Words;
use crate::sentence::journey::{JourneyNames, step_sentence, way_names};
use crate::ui::icon::Icon;

/// Where a step stands in its list.
#[derive(Debug, Clone, Copy)]
pub(super) struct InList {
    place: usize,
    count: usize,
}

impl InList {
    pub(super) const fn is_first(self) -> bool {
        self.place == 0
    }

    pub(super) const fn is_last(self) -> bool {
        self.place + 1 == self.count
    }
}

/// What is drawn at and between steps.
pub(super) trait Beside {
    /// Beside a step.
    fn step(&self, step: &Step, place: InList) -> Markup;
    /// At the beginning of a list: of the whole (none), or of a way of a step.
    fn gap(&self, of: Option<(&StepId, usize)>) -> Markup;
}

/// What the tree shows of each step.
pub(super) struct Tree<'a> {
    pub(super) words: Words,
    pub(super) names: &'a JourneyNames,
    /// How many stand at a step.
    pub(super) counts: &'a BTreeMap<String, i64>,
    pub(super) faults: &'a [Fault],
    pub(super) beside: &'a dyn Beside,
}

impl Tree<'_> {
    pub(super) fn draw(&self, steps: &[Step]) -> Markup {
        html! {
            (self.beside.gap(None))
            @if steps.is_empty() { p.soft { (self.words.say("journey-no-steps")) } }
            @else { (self.list(steps)) }
        }
    }

    fn list(&self, steps: &[Step]) -> Markup {
        html! {
            ol.steps {
                @for (place, step) in steps.iter().enumerate() {
                    (self.step(step, InList { place, count: steps.len() }))
                }
            }
        }
    }

    fn step(&self, step: &Step, place: InList) -> Markup {
        let words = self.words;
        let count = self.counts.get(step.id.0.as_str()).copied().unwrap_or(0);
        let of_step = |fault: &&Fault| fault.step.as_ref() == Some(&step.id);
        let is_wrong = self.faults.iter().any(|fault| of_step(&fault));
        let lists = step.action.lists();
        html! {
            li.step-node.wrong-step[is_wrong] id={ "step-" (step.id) } {
                div.step-box {
                    span.sign aria-hidden="true" { (icon(&step.action).draw()) }
                    div.step-words {
                        p { (step_sentence(words, step, self.names)) }
                        @for fault in self.faults.iter().filter(of_step) { p.wrong { (fault.cause) } }
                        (self.beside.step(step, place))
                    }
                    @if count > 0 {
                        span.badge title=(words.fill("journey-stand-here", [("count", count.into())])) {
                            (words.number(count.unsigned_abs()))
                            span.hidden-label { " " (words.say("journey-stand-here-label")) }
                        }
                    }
                }
                @if !lists.is_empty() {
                    ul.forks {
                        @for (way, (name, (_, list))) in way_names(words, step, self.names).iter().zip(&lists).enumerate() {
                            li.way {
                                p.way-name { (name) }
                                (self.beside.gap(Some((&step.id, way))))
                                @if !list.is_empty() { (self.list(list)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sign of a step.
fn icon(action: &Action) -> Icon {
    match action {
        Action::Wait(_) | Action::WaitForDate(_) => Icon::Moon,
        Action::WaitForEvent(_) | Action::WaitUntil(_) => Icon::Search,
        Action::Branch(_) | Action::Split(_) => Icon::Flow,
        Action::Ask(ask) => match ask.kind {
            AskKind::Call => Icon::Phone,
            AskKind::Visit => Icon::Shop,
            AskKind::Card => Icon::Mail,
            AskKind::Other => Icon::Check,
        },
        Action::Send(_) => Icon::Pen,
        Action::SetTrait(_)
        | Action::JoinList(_)
        | Action::LeaveList(_)
        | Action::JoinAudience(_)
        | Action::LeaveAudience(_) => Icon::People,
        Action::Record(_) => Icon::Note,
        Action::Webhook { .. } => Icon::Sources,
        Action::Start(_) => Icon::Join,
        Action::Goal { .. } => Icon::Cake,
        Action::End {} => Icon::Close,
    }
}
