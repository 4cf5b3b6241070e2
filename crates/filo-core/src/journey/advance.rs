//! Moving a run on: as far as it can go now, with what that does outside.
//!
//! **Invariant:** a step is begun once and left once; what it does outside is given once, with
//! the run that has left it.

use compact_str::CompactString;
use jiff::tz::TimeZone;

use super::book::{Heard, Slot};
use super::happening::{Effect, EffectKind, Line, What};
use super::moment::{LateThen, late_of};
use super::plan::{Placed, Plan};
use super::run::{Ending, Run, Stand};
use super::step::{Action, StepId};
use crate::id::EventId;
use crate::segment::{Outcome as Answer, Person, Scene, evaluate};
use crate::time::Timestamp;

/// What there is to know when a run is looked at.
#[derive(Debug)]
pub struct Facts<'a> {
    /// Whose run it is.
    pub person: &'a Person<'a>,
    /// What the company has settled.
    pub scene: &'a Scene,
    /// What has just happened, in order.
    pub heard: &'a [Heard],
    /// What has just come of the task at this step, by name.
    pub outcome: Option<(&'a StepId, &'a str)>,
    /// Events of Filo's own that have just come to the thread.
    pub echoes: &'a [EventId],
}

/// A run that was moved on.
#[derive(Debug)]
pub struct Advance {
    /// As it stands now.
    pub run: Run,
    /// What is to be written down of it, in order.
    pub lines: Vec<Line>,
    /// What is to be done.
    pub effects: Vec<Effect>,
}

/// Moves a run on as far as it can go now.
#[must_use]
pub fn advance(plan: &Plan, run: Run, facts: &Facts<'_>, now: Timestamp) -> Advance {
    let mut walking = Walking {
        plan,
        facts,
        now,
        zone: zone_of(facts),
        run,
        lines: Vec::new(),
        effects: Vec::new(),
        again_at: Timestamp::MAX,
    };
    if walking.run.ended.is_none() && !walking.is_over() {
        walking.walk();
    }
    let ended = walking.run.ended.is_some();
    let until = walking.run.stand.until().unwrap_or(Timestamp::MAX);
    let wakes_at = until.min(walking.again_at).max(now.plus_micros(1));
    walking.run.wakes_at = Some(wakes_at).filter(|at| !ended && *at != Timestamp::MAX);
    Advance {
        run: walking.run,
        lines: walking.lines,
        effects: walking.effects,
    }
}

fn zone_of(facts: &Facts<'_>) -> TimeZone {
    let said = facts.person.profile.timezone.as_ref();
    said.and_then(|said| TimeZone::get(&said.value).ok())
        .unwrap_or_else(|| facts.scene.zone.clone())
}

/// The event of a step: the same however often it is asked for.
pub(super) fn event_of(run: &Run, step: &StepId, part: u8) -> EventId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&run.id.to_bytes());
    hasher.update(&[part]);
    hasher.update(step.0.as_bytes());
    let mut short = [0u8; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    EventId(u128::from_be_bytes(short))
}

pub(super) struct Walking<'a> {
    pub(super) plan: &'a Plan,
    pub(super) facts: &'a Facts<'a>,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    pub(super) run: Run,
    pub(super) lines: Vec<Line>,
    pub(super) effects: Vec<Effect>,
    /// When one of the conditions that are watched may be another one.
    pub(super) again_at: Timestamp,
}

impl Walking<'_> {
    pub(super) fn note(
        &mut self,
        step: Option<&StepId>,
        what: What,
        detail: impl Into<CompactString>,
    ) {
        self.lines.push(Line {
            step: step.cloned(),
            what,
            detail: detail.into(),
        });
    }

    pub(super) fn does(&mut self, step: &StepId, kind: EffectKind) {
        if !self.is_done(&kind) {
            return;
        }
        self.effects.push(Effect {
            step: step.clone(),
            kind,
        });
    }

    fn end(&mut self, ending: Ending) {
        if matches!(self.run.stand, Stand::Asked(_) | Stand::AskedLate) {
            let step = self.run.step.clone();
            self.does(&step, EffectKind::Withdraw);
        }
        self.run.ended = Some((self.now, ending));
        self.note(None, What::Ended, ending.word());
    }

    pub(super) fn asks(&self, condition: &crate::segment::Condition) -> Answer {
        evaluate(condition, self.facts.person, self.facts.scene, self.now)
    }

    /// Looks at the goal and at what makes somebody leave.
    fn is_over(&mut self) -> bool {
        self.look_at_goal();
        if self.run.ended.is_some() {
            return true;
        }
        let plan = self.plan;
        for condition in &plan.journey.exit {
            let answer = self.asks(condition);
            if answer.holds {
                self.end(Ending::Exit);
                return true;
            }
            self.again_at = self.again_at.min(answer.changes_at);
        }
        false
    }

    fn look_at_goal(&mut self) {
        let plan = self.plan;
        let Some(goal) = plan
            .journey
            .goal
            .as_ref()
            .filter(|_| self.run.goal_at.is_none())
        else {
            return;
        };
        let until = goal.within.map_or(Timestamp::MAX, |within| {
            self.run.entered_at.plus_micros(within.micros())
        });
        let counts = |heard: &&Heard| {
            self.is_mine(heard)
                && heard.slot == Slot::Goal
                && heard.at >= self.run.entered_at
                && heard.at <= until
        };
        let Some(heard) = self.facts.heard.iter().find(counts) else {
            return;
        };
        let step = self.run.step.clone();
        let event = event_of(&self.run, &StepId::from(""), 1);
        self.run.goal_at = Some(heard.at);
        self.note(None, What::Goal, goal.name.clone());
        let value = heard.value.clone();
        self.does(&step, EffectKind::Goal(event, goal.name.clone(), value));
        if goal.ends {
            self.end(Ending::Goal);
        }
    }

    fn is_mine(&self, heard: &Heard) -> bool {
        heard.journey == self.run.journey && heard.version == self.run.version
    }

    fn walk(&mut self) {
        loop {
            let plan = self.plan;
            let Some(placed) = plan.step(&self.run.step) else {
                // Cannot be: a run stands at a step of its own version.
                return self.end(Ending::Done);
            };
            if matches!(self.run.stand, Stand::Arrives) {
                self.run.since = self.now;
            }
            let next = match self.run.stand {
                Stand::Arrives | Stand::Resumes => self.begin(placed),
                _ => self.go_on(placed),
            };
            match next {
                Next::Again => {}
                Next::Stays => return,
                Next::Ends(ending) => return self.end(ending),
                Next::To(place) => match plan.at(place) {
                    Some(next) => {
                        self.run.step = next.step.id.clone();
                        self.run.stand = Stand::Arrives;
                    }
                    None => return self.end(Ending::Done),
                },
            }
        }
    }

    /// A way was chosen.
    pub(super) fn went(&mut self, placed: &Placed, way: usize) -> Next {
        let id = &placed.step.id;
        self.note(Some(id), What::Went, CompactString::from(way.to_string()));
        Next::To(placed.ways.get(way).copied().flatten())
    }

    /// Looks at a step that was begun.
    fn go_on(&mut self, placed: &Placed) -> Next {
        let id = &placed.step.id;
        match (self.run.stand, &placed.step.action) {
            (Stand::Waits(due), _) if due > self.now => Next::Stays,
            (Stand::Waits(due), action) => self.wait_is_over(placed, action, due),
            (Stand::Listens(until), Action::WaitForEvent(_)) => {
                let slot = Slot::Step(id.clone());
                let since = self.run.since;
                let counts = |heard: &&Heard| {
                    self.is_mine(heard)
                        && heard.slot == slot
                        && heard.at >= since
                        && heard.at <= until
                };
                let came = self.facts.heard.iter().any(|heard| counts(&heard));
                self.listened(placed, came, until)
            }
            (Stand::Listens(until), Action::WaitUntil(wait)) => {
                let answer = self.asks(&wait.condition);
                if !answer.holds {
                    self.again_at = self.again_at.min(answer.changes_at);
                }
                self.listened(placed, answer.holds && self.now <= until, until)
            }
            (Stand::Asked(until), Action::Ask(ask)) => {
                let outcome = self.facts.outcome.filter(|(step, _)| *step == id);
                let way = outcome.and_then(|(_, name)| {
                    ask.outcomes.iter().position(|outcome| outcome.name == name)
                });
                if let Some(way) = way {
                    return self.went(placed, way);
                }
                if until.is_some_and(|until| until <= self.now) {
                    self.does(id, EffectKind::Withdraw);
                    return self.went(placed, ask.outcomes.len());
                }
                Next::Stays
            }
            (Stand::AskedLate, _) => {
                let outcome = self.facts.outcome.filter(|(step, _)| *step == id);
                match outcome.map(|(_, name)| name) {
                    Some("skip") => self.skip(placed),
                    Some(_) => Next::To(placed.next),
                    None => Next::Stays,
                }
            }
            (Stand::Echo(event, until), _) => {
                match self.facts.echoes.contains(&event) || until <= self.now {
                    true => Next::To(placed.next),
                    false => Next::Stays,
                }
            }
            // Moved here by hand of a rule: what it stood in does not fit this step.
            _ => {
                self.run.stand = Stand::Arrives;
                Next::Again
            }
        }
    }

    fn listened(&mut self, placed: &Placed, came: bool, until: Timestamp) -> Next {
        match (came, until <= self.now) {
            (true, _) => self.went(placed, 0),
            (false, true) => self.went(placed, 1),
            (false, false) => Next::Stays,
        }
    }

    fn wait_is_over(&mut self, placed: &Placed, action: &Action, due: Timestamp) -> Next {
        let late = match action {
            Action::Wait(wait) => late_of(wait.late, LateThen::GoOn),
            Action::WaitForDate(wait) => late_of(wait.late, LateThen::Skip),
            _ => return Next::To(placed.next),
        };
        if self.now <= due.plus_micros(late.after.micros()) {
            return Next::To(placed.next);
        }
        let id = &placed.step.id;
        self.note(Some(id), What::Late, late.then.word());
        match late.then {
            LateThen::GoOn => Next::To(placed.next),
            LateThen::Skip => self.skip(placed),
            // Nobody is asked about who is held back.
            LateThen::Ask if self.run.is_held_back => Next::To(placed.next),
            LateThen::Ask => {
                self.does(id, EffectKind::AskLate);
                self.run.stand = Stand::AskedLate;
                Next::Stays
            }
        }
    }

    /// Leaves the next step out.
    fn skip(&mut self, placed: &Placed) -> Next {
        let Some(next) = self.plan.at(placed.next) else {
            return Next::To(None);
        };
        self.note(Some(&next.step.id), What::Skipped, "");
        // A step with ways is left out with all of them.
        Next::To(next.next)
    }
}

/// Where it goes from a step.
pub(super) enum Next {
    /// It stands, and is looked at once more.
    Again,
    /// It stands.
    Stays,
    /// To another step, or to the end.
    To(Option<usize>),
    /// It ends.
    Ends(Ending),
}
