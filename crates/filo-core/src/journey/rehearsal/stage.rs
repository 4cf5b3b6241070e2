//! What is rehearsed, and by which rules: the same for everybody.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::HashSet;
use compact_str::CompactString;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::super::book::{self, Live, Status};
use super::super::document::{Trigger, date_condition};
use super::super::plan::Plan;
use crate::event::Event;
use crate::id::{MessageId, PieceId, RunId, SegmentId, SourceId, WorkspaceKey};
use crate::identity::Rules;
use crate::message::gate::Spent;
use crate::message::policy::Policy;
use crate::message::{Class, Medium};
use crate::segment::{Book, Condition, Place, Scene};
use crate::time::Timestamp;

/// The time over which a journey is played: from (included) to (included).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// It begins with nobody on the way.
    pub from: Timestamp,
    /// What waits then goes on waiting.
    pub until: Timestamp,
    /// When a broadcast begins.
    pub broadcast_at: Timestamp,
}

/// What a piece is for, as the gate asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Of what class it is.
    pub class: Class,
    /// What for.
    pub purpose: CompactString,
}

/// What the journey really did: it is rehearsed instead, and does not count twice.
#[derive(Debug, Default)]
pub struct Own {
    /// Its ways.
    pub runs: HashSet<RunId>,
    /// What it really said.
    pub messages: HashSet<MessageId>,
}

/// A version of a journey, the company's rules, and the time over which it is played.
#[derive(Debug)]
pub struct Stage {
    pub(super) plan: Arc<Plan>,
    pub(super) journeys: book::Book,
    pub(super) conditions: Book,
    /// The segment of which coming in or leaving triggers; also the one that nobody sees of a day.
    pub(super) door: Option<(SegmentId, Place)>,
    /// The segment that a broadcast is for, or an occurrence of a journey by the calendar.
    pub(super) called: Option<(SegmentId, Place)>,
    /// When they are let in, in order.
    pub(super) calls: Vec<Timestamp>,
    pub(super) period: Period,
    /// What pieces are for; one that is missing is no more.
    pub voices: BTreeMap<PieceId, Voice>,
    /// How much is too much, and when.
    pub policy: Policy,
    /// What decides what events mean for profiles.
    pub rules: Arc<Rules>,
    /// What decides who is held back.
    pub key: WorkspaceKey,
    /// What is left out of what happened.
    pub own: Arc<Own>,
}

/// The rules under which a journey is played.
#[derive(Debug)]
pub struct Rulebook {
    /// How much is too much, and when.
    pub policy: Policy,
    /// What decides what events mean for profiles.
    pub rules: Arc<Rules>,
    /// What decides who is held back.
    pub key: WorkspaceKey,
}

impl Stage {
    /// Sets the stage for a version. Of the scene's segments only those are kept that it asks for.
    #[must_use]
    pub fn new(
        plan: Plan,
        mut scene: Scene,
        period: Period,
        Rulebook { policy, rules, key }: Rulebook,
    ) -> Self {
        let plan = Arc::new(plan);
        let (door, called) = match &plan.journey.trigger {
            Trigger::SegmentEntered(id) | Trigger::SegmentLeft(id) => (Some(*id), None),
            Trigger::Broadcast(id) => (None, Some(*id)),
            Trigger::Schedule(schedule) => (None, Some(schedule.segment)),
            Trigger::Date(date) => {
                let day = SegmentId(plan.id.0);
                scene.segments.insert(day, Arc::new(date_condition(date)));
                (Some(day), None)
            }
            Trigger::Event(_) | Trigger::Hand {} => (None, None),
        };
        let wanted = named_by(&plan, door.or(called), &scene.segments);
        scene.segments.retain(|id, _| wanted.contains(id));
        let asked = plan.journey.conditions().into_iter().cloned();
        let calls = calls_of(&plan.journey.trigger, period, &scene.zone);
        let conditions = Book::new(scene).asked(asked.map(Arc::new).collect());
        let live = Live {
            version: plan.version,
            plans: [(plan.version, Arc::clone(&plan))].into(),
            status: Status::Active,
            is_filling: false,
            stamp: 1,
            allocated: 0,
        };
        Self {
            journeys: book::Book::new([(plan.id, live)].into()),
            door: door.and_then(|id| Some((id, conditions.place(id)?))),
            called: called.and_then(|id| Some((id, conditions.place(id)?))),
            conditions,
            calls,
            plan,
            period,
            policy,
            rules,
            key,
            voices: BTreeMap::new(),
            own: Arc::default(),
        }
    }

    /// The version that is played.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Over which time.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// What the company has settled.
    #[must_use]
    pub const fn scene(&self) -> &Scene {
        self.conditions.scene()
    }

    /// Whether the journey itself put an event on the thread, when it really ran.
    pub(super) fn is_own(&self, event: &Event) -> bool {
        #[derive(Deserialize)]
        struct Of<'a> {
            #[serde(borrow)]
            run: &'a str,
        }
        if event.source == SourceId::JOURNEYS {
            let of = serde_json::from_str::<Of<'_>>(&event.context).ok();
            let run = of.and_then(|of| of.run.parse().ok());
            return run.is_some_and(|run| self.own.runs.contains(&run));
        }
        let message = sent(event).and_then(|sent| sent.message.parse().ok());
        message.is_some_and(|id| self.own.messages.contains(&id))
    }

    /// What an event takes of the room that a person has, if it says that marketing was sent.
    pub(super) fn spent_by(&self, event: &Event) -> Option<Spent> {
        let back_s = i64::from(self.policy.days_back()) * 86_400;
        if event.at < self.period.from.plus_seconds(-back_s) {
            return None;
        }
        let sent = sent(event).filter(|sent| sent.class == Class::Marketing.word())?;
        let medium = Medium::from_word(sent.medium)?;
        Some(Spent {
            at: event.at,
            medium,
            weight: self.policy.budget.weight(medium),
        })
    }
}

/// What stands on a thread when a message was sent.
#[derive(Deserialize)]
struct Sent<'a> {
    #[serde(borrow)]
    message: &'a str,
    #[serde(borrow)]
    medium: &'a str,
    #[serde(borrow)]
    class: &'a str,
}

fn sent(event: &Event) -> Option<Sent<'_>> {
    let is_sent = |medium: &Medium| event.name == medium.sent();
    let is_it = Medium::ALL.iter().any(is_sent);
    is_it
        .then(|| serde_json::from_str(&event.properties).ok())
        .flatten()
}

/// When everybody who is in the segment then is let in.
fn calls_of(trigger: &Trigger, period: Period, zone: &TimeZone) -> Vec<Timestamp> {
    match trigger {
        Trigger::Broadcast(_) => vec![period.broadcast_at],
        Trigger::Schedule(schedule) => {
            let Ok(timetable) = schedule.timetable() else {
                return Vec::new();
            };
            let before = Timestamp(period.from.0 - 1);
            let come = timetable.after(before, zone);
            come.take_while(|at| *at <= period.until).collect()
        }
        Trigger::Event(_)
        | Trigger::SegmentEntered(_)
        | Trigger::SegmentLeft(_)
        | Trigger::Date(_)
        | Trigger::Hand {} => Vec::new(),
    }
}

/// The segments that a version asks for, over however many steps.
fn named_by(
    plan: &Plan,
    door: Option<SegmentId>,
    segments: &BTreeMap<SegmentId, Arc<Condition>>,
) -> HashSet<SegmentId> {
    let mut wanted: HashSet<SegmentId> = HashSet::default();
    let mut waiting: Vec<SegmentId> = plan.journey.segments();
    waiting.extend(door);
    while let Some(id) = waiting.pop() {
        if wanted.insert(id)
            && let Some(condition) = segments.get(&id)
        {
            waiting.extend(condition.segments());
        }
    }
    wanted
}
