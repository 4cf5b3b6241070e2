//! The forms at and between the steps of a draft.

use filo_core::id::JourneyId;
use filo_core::journey::{Step, StepId};
use maud::{Markup, html};

use super::super::form::Drawing;
use super::super::form_written::written;
use super::super::tree::{Beside, InList};
use super::Given;
use super::kind::KINDS;
use crate::i18n::Words;
use crate::sentence::journey::JourneyNames;
use crate::ui::form::form;
use crate::ui::icon::Icon;

/// The forms at and between steps.
pub(super) struct Forms<'a> {
    pub(super) words: Words,
    pub(super) names: &'a JourneyNames,
    pub(super) id: JourneyId,
    pub(super) token: &'a str,
    pub(super) version: i64,
    pub(super) given: &'a Given,
}

impl Forms<'_> {
    fn action(&self) -> String {
        format!("/journeys/{}/steps", self.id)
    }

    fn button(&self, act: &str, step: &StepId, key: &str) -> Markup {
        html! {
            form.inline method="post" action=(self.action()) {
                input type="hidden" name="token" value=(self.token);
                input type="hidden" name="version" value=(self.version);
                input type="hidden" name="step" value=(step);
                button.small.plain type="submit" name="act" value=(act) { (self.words.say(key)) }
            }
        }
    }

    /// The form of a step, as it is or as it was sent.
    fn open(&self, step: &Step) -> Markup {
        let own = written(&step.action);
        let pairs = match self.given.pairs.is_empty() {
            true => &own,
            false => &self.given.pairs,
        };
        let drawing = Drawing {
            words: self.words,
            pairs,
            wrong: &self.given.wrong,
            names: self.names,
        };
        let fields = html! {
            input type="hidden" name="version" value=(self.version);
            input type="hidden" name="step" value=(step.id);
            input type="hidden" name="act" value="edit";
            (drawing.step(&step.action))
            div.actions {
                button type="submit" { (self.words.say("journey-save")) }
                a.button.quiet href={ "/journeys/" (self.id) "/edit#step-" (step.id) } { (self.words.say("journey-cancel")) }
            }
        };
        html! { div.step-form { (form(&self.action(), self.token, &fields)) } }
    }
}

impl Beside for Forms<'_> {
    fn step(&self, step: &Step, place: InList) -> Markup {
        let words = self.words;
        html! {
            @if self.given.of == step.id.0 { (self.open(step)) }
            @else {
                div.step-acts {
                    a.small href={ "/journeys/" (self.id) "/edit?open=" (step.id) "#step-" (step.id) } { (words.say("journey-step-edit")) }
                    @if !place.is_first() { (self.button("up", &step.id, "journey-step-up")) }
                    @if !place.is_last() { (self.button("down", &step.id, "journey-step-down")) }
                    (self.button("remove", &step.id, "journey-step-remove"))
                }
                (self.adding(&step.id, None, "journey-add-below"))
            }
        }
    }

    fn gap(&self, of: Option<(&StepId, usize)>) -> Markup {
        match of {
            None => self.adding(&StepId::from(""), None, "journey-add-first"),
            Some((step, way)) => self.adding(step, Some(way), "journey-add-way"),
        }
    }
}

impl Forms<'_> {
    /// Adding a step: behind one, at the beginning of one of its ways, or at the very beginning.
    fn adding(&self, step: &StepId, way: Option<usize>, key: &str) -> Markup {
        let words = self.words;
        let fields = html! {
            input type="hidden" name="version" value=(self.version);
            input type="hidden" name="act" value="add";
            input type="hidden" name="step" value=(step);
            @if let Some(way) = way { input type="hidden" name="way" value=(way); }
            div.pair-fields {
                select name="kind" aria-label=(words.say("journey-add-what")) {
                    @for kind in KINDS { option value=(kind) { (words.say(&format!("journey-kind-{}", kind.replace('_', "-")))) } }
                }
                button.small type="submit" { (words.say("journey-add-do")) }
            }
        };
        html! {
            details.step-add {
                summary.small { (Icon::Plus.draw()) (words.say(key)) }
                (form(&self.action(), self.token, &fields))
            }
        }
    }
}
