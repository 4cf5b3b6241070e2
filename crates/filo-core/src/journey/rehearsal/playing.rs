//! Time as it is counted: what happened and what wakes, in one exact order.
//!
//! **Invariant:** what wakes at an instant comes before what happens at it, as it would: an event
//! is heard of a moment after it happened.

use std::collections::VecDeque;

use super::super::book::{Heard, Slot};
use super::super::enter::Earlier;
use super::super::run::Run;
use super::looking::Coming;
use super::{Leaving, Life, Rehearsed, Said, Stage, heard_at};
use crate::consent;
use crate::event::{Event, EventKind};
use crate::id::{EventId, NodeId, SourceId};
use crate::identity::{Kind, Strength, nodes_of};
use crate::message::gate::Spent;
use crate::profile::Profile;
use crate::segment::{Person, Standing, Traces, Turn};
use crate::time::Timestamp;

/// Times that one customer is looked at: a condition that changes every minute for a year has
/// half a million instants, and nobody reads what comes of it.
const WAKES_MOST: u32 = 20_000;
/// Events that a journey puts on a thread at one instant: those that bring each other about come
/// to rest here.
const ECHOES_MOST: usize = 64;

/// A customer's life, as far as it has come.
pub(super) struct Playing<'a> {
    pub(super) stage: &'a Stage,
    pub(super) life: &'a Life<'a>,
    pub(super) leaving: &'a mut dyn FnMut(&Leaving<'_>),
    pub(super) profile: Profile,
    pub(super) traces: Traces,
    standing: Standing,
    /// Those under way.
    pub(super) runs: Vec<Run>,
    /// All there were, in the order in which they began.
    pub(super) earlier: Vec<Earlier>,
    /// Messages that wait for the gate, as places in what was planned.
    pub(super) queue: Vec<usize>,
    /// Marketing that was let through.
    pub(super) spent: Vec<Spent>,
    /// What the journey puts on the thread.
    pub(super) echoes: VecDeque<Event>,
    /// How many times everybody was let in already.
    calls_done: usize,
    pub(super) now: Timestamp,
    /// When they were on the site or in the app last.
    pub(super) there_at: Option<Timestamp>,
    wakes: u32,
    pub(super) out: Rehearsed,
}

impl<'a> Playing<'a> {
    pub(super) fn new(
        stage: &'a Stage,
        life: &'a Life<'a>,
        leaving: &'a mut dyn FnMut(&Leaving<'_>),
    ) -> Self {
        Self {
            calls_done: 0,
            now: stage.period.from,
            there_at: None,
            stage,
            life,
            leaving,
            profile: Profile::default(),
            traces: Traces::default(),
            standing: Standing::default(),
            runs: Vec::new(),
            earlier: Vec::new(),
            queue: Vec::new(),
            spent: Vec::new(),
            echoes: VecDeque::new(),
            wakes: 0,
            out: Rehearsed::default(),
        }
    }

    /// Plays it to the end.
    pub(super) fn play(mut self) -> Rehearsed {
        let period = self.stage.period;
        let first = self
            .life
            .events
            .partition_point(|event| heard_at(event) < period.from);
        let (before, rest) = self.life.events.split_at(first);
        for event in before.iter().filter(|event| !self.stage.is_own(event)) {
            self.fold(event);
        }
        // Whoever is in a segment already does not come into it.
        self.turns();
        for event in rest {
            let at = heard_at(event);
            if at > period.until || self.out.is_cut {
                break;
            }
            if self.stage.is_own(event) {
                continue;
            }
            self.pass_time(at);
            self.now = at;
            if matches!(event.kind, EventKind::Page | EventKind::Screen) {
                self.come_by();
            }
            self.happen(event);
            self.come_to_rest();
        }
        self.pass_time(period.until);
        self.out.runs.append(&mut self.runs);
        self.out
            .runs
            .sort_unstable_by_key(|run| (run.entered_at, run.id));
        self.out
    }

    /// Lets time go on to an instant, and sees to whatever wakes until then.
    fn pass_time(&mut self, upto: Timestamp) {
        while let Some(next) = self.next_wake().filter(|next| *next <= upto) {
            self.wakes += 1;
            if self.wakes > WAKES_MOST {
                self.out.is_cut = true;
                return;
            }
            self.now = self.now.max(next);
            let mut coming = Vec::new();
            if self.next_call().is_some_and(|at| at <= self.now) {
                self.calls_done += 1;
                coming.extend(self.called());
            }
            if self.standing.wakes_at <= self.now {
                coming.extend(self.turns());
            }
            let is_due = |run: &Run| run.wakes_at.is_some_and(|at| at <= self.now);
            if !coming.is_empty() || self.runs.iter().any(is_due) {
                self.look(coming, &[], &[]);
            }
            self.come_to_rest();
        }
    }

    fn next_wake(&self) -> Option<Timestamp> {
        let runs = self.runs.iter().filter_map(|run| run.wakes_at);
        let messages = self
            .queue
            .iter()
            .filter_map(|place| self.out.messages.get(*place));
        let messages = messages.map(|said: &Said| said.due_at);
        let standing = Some(self.standing.wakes_at).filter(|at| *at != Timestamp::MAX);
        let all = runs.chain(messages).chain(standing).chain(self.next_call());
        all.min()
    }

    /// Takes in something that happened now.
    fn happen(&mut self, event: &Event) {
        self.fold(event);
        let heard = self.stage.journeys.hear(event);
        let echo = (event.source == SourceId::JOURNEYS).then_some(event.id);
        let mut coming = Vec::new();
        let mut kept: Vec<Heard> = Vec::new();
        for one in heard {
            match one.slot {
                Slot::Trigger => coming.push(Coming::by_event(event.thread, &one)),
                Slot::Goal | Slot::Step(_) => kept.push(one),
            }
        }
        if self.may_turn(event) {
            coming.extend(self.turns());
        }
        let moves = !kept.is_empty() || echo.is_some() || self.stage.journeys.is_watchful();
        if !coming.is_empty() || (moves && !self.runs.is_empty()) {
            let echoes: Vec<EventId> = echo.into_iter().collect();
            self.look(coming, &kept, &echoes);
        }
    }

    /// Sees to what the journey put on the thread and to what is to be said, until nothing is
    /// left to do at this instant.
    fn come_to_rest(&mut self) {
        for _ in 0..ECHOES_MOST {
            let Some(event) = self.echoes.pop_front() else {
                if self.speak() {
                    continue;
                }
                return;
            };
            self.happen(&event);
        }
        self.out.is_cut |= !self.echoes.is_empty();
    }

    /// Writes an event into what is known.
    fn fold(&mut self, event: &Event) {
        self.profile.fold(event, &self.stage.rules);
        self.traces.fold(event, self.stage.conditions.signals());
        self.spent.extend(self.stage.spent_by(event));
        if event.identifiers.len() > 1 && consent::concerns(event) {
            self.fold_consent(event);
        }
    }

    /// A statement counts for every identifier of theirs that came with it.
    fn fold_consent(&mut self, event: &Event) {
        let own = |id: &NodeId| {
            let strength = id.kind().map(Kind::strength);
            strength.is_some_and(|it| it != Strength::Household) && self.life.nodes.contains(id)
        };
        let nodes = nodes_of(event, &self.stage.key);
        for id in nodes.into_iter().filter(|id| *id != event.thread) {
            if own(&id) {
                self.profile.fold_consent(id, event);
            }
        }
    }

    /// Whether an event can bring them into the segment that triggers, or out of it.
    fn may_turn(&self, event: &Event) -> bool {
        let Some((_, place)) = self.stage.door else {
            return false;
        };
        self.stage.conditions.touched(event).contains(&place)
    }

    /// Works out anew whether they are in the segment that triggers.
    fn turns(&mut self) -> Vec<Coming> {
        let stage = self.stage;
        let Some((id, place)) = stage.door else {
            return Vec::new();
        };
        let person = Person {
            customer: self.life.customer,
            kinds: self.life.kinds,
            profile: &self.profile,
            traces: &self.traces,
        };
        let places = std::iter::once(place);
        let turns = self
            .standing
            .settle(&stage.conditions, places, &person, self.now);
        let brings = |turn: &Turn| stage.journeys.turned(id, turn.is_in).next().is_some();
        let first = NodeId::from(self.life.customer);
        let brought = turns.into_iter().filter(brings);
        brought
            .map(|turn| Coming::by_turn(first, &stage.plan, turn, self.now))
            .collect()
    }

    /// When everybody is let in next who is in the segment then.
    fn next_call(&self) -> Option<Timestamp> {
        let calls = &self.stage.calls;
        self.stage.called.and(calls.get(self.calls_done).copied())
    }

    /// Whether a broadcast that begins now is for them.
    fn called(&self) -> Option<Coming> {
        let stage = self.stage;
        let (id, place) = stage.called?;
        let person = Person {
            customer: self.life.customer,
            kinds: self.life.kinds,
            profile: &self.profile,
            traces: &self.traces,
        };
        let answer = stage.conditions.evaluate(place, &person, self.now);
        let first = NodeId::from(self.life.customer);
        answer
            .holds
            .then(|| Coming::by_call(first, &stage.plan, id, self.now))
    }
}
