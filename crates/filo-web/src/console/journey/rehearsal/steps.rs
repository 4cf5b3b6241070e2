//! The steps of a journey as a tree, with what would have happened at each.

use std::collections::BTreeMap;

use filo_core::journey::rehearsal::{StepTally, Tally};
use filo_core::journey::{Action, Journey, Step, StepId};
use maud::{Markup, html};

use crate::console::journey::tree::{Beside, InList, Tree};
use crate::i18n::Words;
use crate::sentence::journey::{JourneyNames, way_names};

struct Told<'a> {
    words: Words,
    names: &'a JourneyNames,
    tally: &'a Tally,
}

/// The tree of what was rehearsed.
pub(super) fn tree(words: Words, journey: &Journey, names: &JourneyNames, tally: &Tally) -> Markup {
    let counts: BTreeMap<String, i64> = tally
        .steps
        .iter()
        .map(|(id, step)| {
            (
                id.to_string(),
                i64::try_from(step.standing).unwrap_or(i64::MAX),
            )
        })
        .collect();
    let told = Told {
        words,
        names,
        tally,
    };
    let tree = Tree {
        words,
        names,
        counts: &counts,
        faults: &[],
        beside: &told,
    };
    tree.draw(&journey.steps)
}

impl Beside for Told<'_> {
    fn step(&self, step: &Step, _place: InList) -> Markup {
        let Some(tally) = self.tally.steps.get(&step.id.0) else {
            return html! { p.about { (self.words.say("rehearsal-step-nobody")) } };
        };
        html! {
            @if matches!(step.action, Action::Send(_)) { p.about { (self.messages(tally)) } }
            @else { p.about { (self.happened(tally)) } }
            @if !tally.ways.is_empty() {
                ul.points.about {
                    @for (way, name) in way_names(self.words, step, self.names).iter().enumerate() {
                        @let count = tally.ways.get(way.to_string().as_str()).copied().unwrap_or(0);
                        li { (name) ": " (self.words.number(count)) }
                    }
                }
            }
        }
    }

    fn gap(&self, _of: Option<(&StepId, usize)>) -> Markup {
        html! {}
    }
}

impl Told<'_> {
    fn messages(&self, tally: &StepTally) -> String {
        let fates = tally.messages;
        let number = |count: u64| self.words.number(count);
        let fill = [
            ("planned", number(fates.planned).into()),
            ("left", number(fates.left).into()),
            ("stopped", number(fates.stopped + fates.unsayable).into()),
            ("waits", number(fates.waits + fates.asks_person).into()),
        ];
        self.words.fill("rehearsal-step-messages", fill)
    }

    /// How often somebody was here, by what happened most.
    fn happened(&self, tally: &StepTally) -> String {
        let most = tally.happened.values().max().copied().unwrap_or(0);
        self.words
            .fill("rehearsal-step-people", [("count", most.into())])
    }
}
