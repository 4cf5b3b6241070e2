//! The journeys that are under way, ready to be asked what an event means to them.
//!
//! **Invariant:** an event that means nothing to any of them costs a look-up and no more.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::HashMap;
use compact_str::CompactString;
use smallvec::SmallVec;

use super::document::{Trigger, date_condition};
use super::plan::Plan;
use super::step::{Action, StepId};
use crate::event::Event;
use crate::id::{EventId, JourneyId, SegmentId};
use crate::segment::{Condition, Signal, SignalKey, Signals};
use crate::time::Timestamp;

/// How a journey is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It never started.
    Draft,
    /// It takes people in, and they go on.
    Active,
    /// Nobody comes in and nobody goes on.
    Paused,
    /// Nobody comes in; who is on the way goes on.
    Finishing,
    /// It is over.
    Stopped,
}

impl Status {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Active,
        Self::Paused,
        Self::Finishing,
        Self::Stopped,
    ];

    /// The word in tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Finishing => "finishing",
            Self::Stopped => "stopped",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether those on the way go on.
    #[must_use]
    pub const fn moves(self) -> bool {
        matches!(self, Self::Active | Self::Finishing)
    }
}

/// A journey that is under way.
#[derive(Debug, Clone)]
pub struct Live {
    /// The version that takes people in.
    pub version: i64,
    /// Every version that somebody is on, and that one.
    pub plans: BTreeMap<i64, Arc<Plan>>,
    /// How it is.
    pub status: Status,
    /// What it knows of the past is being gathered: until then it takes nobody in.
    pub is_filling: bool,
    /// Counts every change, so that two books can be compared.
    pub stamp: i64,
    /// How often shares of its experiments were set.
    pub allocated: usize,
}

impl Live {
    /// The version that takes people in.
    #[must_use]
    pub fn plan(&self) -> Option<&Arc<Plan>> {
        self.plans.get(&self.version)
    }

    /// The version that takes people in, if anybody is taken in now.
    #[must_use]
    pub fn open_plan(&self) -> Option<&Arc<Plan>> {
        let is_open = self.status == Status::Active && !self.is_filling;
        self.plan().filter(|_| is_open)
    }
}

/// What an event is to a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// It triggers.
    Trigger,
    /// It reaches the goal.
    Goal,
    /// A step waits for it.
    Step(StepId),
}

/// An event that means something to a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// To which.
    pub journey: JourneyId,
    /// By which version.
    pub version: i64,
    /// What.
    pub slot: Slot,
    /// The value that was asked for.
    pub value: Option<CompactString>,
    /// The event.
    pub event: EventId,
    /// When it happened.
    pub at: Timestamp,
}

/// The journeys that are under way.
#[derive(Debug, Clone, Default)]
pub struct Book {
    journeys: BTreeMap<JourneyId, Live>,
    signals: Signals,
    by_signal: HashMap<SignalKey, Vec<(JourneyId, i64, Slot)>>,
    is_watchful: bool,
}

impl Book {
    /// Makes journeys ready.
    #[must_use]
    pub fn new(journeys: BTreeMap<JourneyId, Live>) -> Self {
        let mut book = Self::default();
        for (id, live) in &journeys {
            for (version, plan) in &live.plans {
                let is_current = *version == live.version;
                let is_open = live.status == Status::Active;
                for (slot, signal) in slots(plan, is_current && is_open) {
                    book.signals.extend([signal]);
                    let known = book.by_signal.entry(signal.key()).or_default();
                    known.push((*id, *version, slot));
                }
                book.is_watchful |= is_watchful(plan);
            }
        }
        book.journeys = journeys;
        book
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.journeys.is_empty()
    }

    /// Whether what happens to somebody on the way can matter though no step waits for it:
    /// something may have become true.
    #[must_use]
    pub const fn is_watchful(&self) -> bool {
        self.is_watchful
    }

    /// The same, with what they ask of the past gathered.
    #[must_use]
    pub fn filled(&self) -> Self {
        let mut book = self.clone();
        for live in book.journeys.values_mut() {
            live.is_filling = false;
        }
        book
    }

    /// A journey.
    #[must_use]
    pub fn journey(&self, id: JourneyId) -> Option<&Live> {
        self.journeys.get(&id)
    }

    /// Every one.
    pub fn iter(&self) -> impl Iterator<Item = (JourneyId, &Live)> {
        self.journeys.iter().map(|(id, live)| (*id, live))
    }

    /// A version of a journey.
    #[must_use]
    pub fn plan(&self, id: JourneyId, version: i64) -> Option<&Arc<Plan>> {
        self.journeys.get(&id)?.plans.get(&version)
    }

    /// Whether another book says the same.
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        let stamps = |book: &Self| -> Vec<(JourneyId, i64, usize)> {
            let stamp = |(id, live): (JourneyId, &Live)| (id, live.stamp, live.allocated);
            book.iter().map(stamp).collect()
        };
        stamps(self) == stamps(other)
    }

    /// What an event means.
    #[must_use]
    pub fn hear(&self, event: &Event) -> SmallVec<[Heard; 1]> {
        let mut heard = SmallVec::new();
        for signal in self.signals.of(event) {
            let Some(meant) = self.by_signal.get(&signal.key()) else {
                continue;
            };
            let value = signal
                .value(event)
                .map(|it| CompactString::from(it.to_string()));
            heard.extend(meant.iter().map(|(journey, version, slot)| Heard {
                journey: *journey,
                version: *version,
                slot: slot.clone(),
                value: value.clone(),
                event: event.id,
                at: event.at,
            }));
        }
        heard
    }

    /// The journeys that take somebody in who came into a segment, or left it.
    pub fn turned(&self, segment: SegmentId, is_in: bool) -> impl Iterator<Item = JourneyId> {
        self.iter().filter_map(move |(id, live)| {
            let trigger = &live.open_plan()?.journey.trigger;
            let is_it = match trigger {
                Trigger::SegmentEntered(wanted) => is_in && *wanted == segment,
                Trigger::SegmentLeft(wanted) => !is_in && *wanted == segment,
                Trigger::Date(_) => is_in && day_of(id) == segment,
                Trigger::Event(_)
                | Trigger::Hand {}
                | Trigger::Broadcast(_)
                | Trigger::Schedule(_) => false,
            };
            is_it.then_some(id)
        })
    }

    /// What must be known of everybody for the days that trigger: as segments that nobody sees.
    pub fn days(&self) -> impl Iterator<Item = (SegmentId, Condition)> {
        self.iter()
            .filter_map(|(id, live)| match &live.plan()?.journey.trigger {
                Trigger::Date(date) if is_kept(live.status) => {
                    Some((day_of(id), date_condition(date)))
                }
                _ => None,
            })
    }

    /// Whether a segment is one of those that nobody sees.
    #[must_use]
    pub fn is_day(&self, segment: SegmentId) -> bool {
        self.journeys.contains_key(&JourneyId(segment.0))
    }

    /// Every condition that may be asked.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let plans = self.journeys.values().flat_map(|live| live.plans.values());
        plans.flat_map(|plan| plan.journey.conditions())
    }
}

/// Whether its days are kept up: also while it is paused, so that it goes on at once.
const fn is_kept(status: Status) -> bool {
    matches!(status, Status::Active | Status::Paused)
}

/// The segment that nobody sees of a journey that is triggered by a day.
const fn day_of(id: JourneyId) -> SegmentId {
    SegmentId(id.0)
}

fn slots(plan: &Plan, is_open: bool) -> Vec<(Slot, &Signal)> {
    let mut slots = Vec::new();
    if let Trigger::Event(signal) = &plan.journey.trigger
        && is_open
    {
        slots.push((Slot::Trigger, signal));
    }
    if let Some(goal) = &plan.journey.goal {
        slots.push((Slot::Goal, &goal.event));
    }
    for placed in plan.steps() {
        if let Action::WaitForEvent(wait) = &placed.step.action {
            slots.push((Slot::Step(placed.step.id.clone()), &wait.event));
        }
    }
    slots
}

fn is_watchful(plan: &Plan) -> bool {
    let waits = |action: &Action| matches!(action, Action::WaitUntil(_));
    !plan.journey.exit.is_empty() || plan.steps().any(|placed| waits(&placed.step.action))
}
