//! Letting in everybody who is in a segment, some at a time: when a journey starts, or each time
//! it comes round by the calendar.
//!
//! **Invariant:** how far it has come is written with those it let in: a crash repeats nobody and
//! leaves nobody out, and an occurrence begins once or is noted as left out.
//! **Invariant:** how far a journey has come is read from the tables by the engine itself, when
//! nothing is left to be written: no book that was read before can turn it back.

use std::collections::BTreeMap;

use filo_core::id::{CustomerId, JourneyId, NodeId, SegmentId};
use filo_core::journey::{Live as Journey, Occurred, Trigger, due, is_fresh};
use filo_core::segment::Span;
use filo_core::time::Timestamp;
use filo_store::journey::occurrence::{self, CallRow, OccurrenceRow};
use filo_store::segment::member;

use super::going::Group;
use super::live::Live;
use super::looking::Entry;
use super::run::Engine;

/// Members looked at in one step.
const STEP: u32 = 256;

/// How far a journey is to have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Calls {
    /// The last member who was looked at; nothing if nobody is to be let in.
    pub(crate) after: Option<CustomerId>,
    /// The occurrence up to which everything was seen to.
    pub(crate) seen_to: Option<Timestamp>,
}

impl Calls {
    /// It calls nobody.
    pub(crate) const NONE: Self = Self {
        after: None,
        seen_to: None,
    };
}

/// The journeys that let in everybody of a segment.
#[derive(Debug, Default)]
pub(crate) struct Called {
    is_read: bool,
    journeys: BTreeMap<JourneyId, Calling>,
}

/// How far one has come.
#[derive(Debug, Clone, Copy)]
struct Calling {
    published: i64,
    after: Option<CustomerId>,
    seen_to: Option<Timestamp>,
    /// When it comes round next.
    next: Option<Timestamp>,
}

/// What is to be done for one.
#[derive(Debug, Clone, Copy)]
struct Call {
    journey: JourneyId,
    segment: SegmentId,
    calling: Calling,
    fresh_for: Span,
}

impl Called {
    /// They are read anew before anything is done.
    pub(super) fn forget(&mut self) {
        self.is_read = false;
    }
}

impl Engine {
    /// Whether somebody can be let in now.
    pub(crate) fn has_to_call(&self) -> bool {
        self.can_call(&self.shared.live.read())
    }

    pub(super) fn can_call(&self, live: &Live) -> bool {
        if self.stopping.is_some() || live.journeys.is_empty() {
            return false;
        }
        !self.ways.calls.is_read || self.next_to_call(live).is_some()
    }

    /// When a journey comes round next.
    pub(super) fn next_call(&self) -> Option<Timestamp> {
        let live = self.shared.live.read();
        let all = self.ways.calls.journeys.iter();
        let open = all.filter(|(id, calling)| open_call(&live, **id, calling).is_some());
        open.filter_map(|(_, calling)| calling.next.filter(|_| calling.after.is_none()))
            .min()
    }

    /// The first that has something to do: somebody to let in, or an occurrence that has come.
    fn next_to_call(&self, live: &Live) -> Option<Call> {
        let now = self.clock.now();
        self.ways.calls.journeys.iter().find_map(|(id, calling)| {
            let has_come = calling.next.is_some_and(|at| at <= now);
            let is_to_do = calling.after.is_some() || has_come;
            let (journey, segment) = open_call(live, *id, calling).filter(|_| is_to_do)?;
            Some(Call {
                journey: *id,
                segment,
                calling: *calling,
                fresh_for: journey.open_plan()?.journey.fresh_for,
            })
        })
    }

    /// Goes on with letting people in.
    pub(crate) async fn call_step(&mut self) -> anyhow::Result<()> {
        if !self.has_to_call() {
            return Ok(());
        }
        if !self.ways.calls.is_read && !self.read_calls().await? {
            return Ok(());
        }
        let Some(call) = self.next_to_call(&self.shared.live.read()) else {
            return Ok(());
        };
        let Some(after) = call.calling.after else {
            return self.come_round(call).await;
        };
        let now = self.clock.now();
        if let Some(at) = call.calling.seen_to
            && !is_fresh(at, call.fresh_for, now)
        {
            self.end_call(call, Occurred::Cut);
            return Ok(());
        }
        let page = {
            let mut tx = self.shared.db.read().await?;
            member::members(&mut tx, call.segment, after, STEP).await?
        };
        let Some(last) = page.last().map(|row| row.customer) else {
            self.end_call(call, Occurred::Entered);
            return Ok(());
        };
        let nodes: Vec<NodeId> = page.iter().map(|row| NodeId::from(row.customer)).collect();
        let entered = self.let_all_in(call, nodes).await?;
        if let Some(at) = call.calling.seen_to {
            let noted = occurrence(call.journey, at, Occurred::Entering);
            self.ways
                .fresh_mut()
                .occurrences
                .push(OccurrenceRow { entered, ..noted });
        }
        let calling = Calling {
            after: Some(last),
            ..call.calling
        };
        self.note_call(call.journey, calling);
        if self.ways.changed_count() >= 20_000 {
            self.checkpoint_now().await?;
        }
        Ok(())
    }

    /// Lets these in; how many came.
    async fn let_all_in(&mut self, call: Call, nodes: Vec<NodeId>) -> anyhow::Result<i64> {
        let suspect_links = self.shared.rules().suspect_links;
        self.load(nodes.iter().copied(), suspect_links).await?;
        let word = match call.calling.seen_to {
            None => "broadcast",
            Some(_) => "schedule",
        };
        let why = format!("{word} {}", call.segment);
        let groups = {
            let live = self.shared.live.read();
            // What came round counts from then on, what starts from now.
            let at = call.calling.seen_to.unwrap_or(self.clock.now());
            let group = |node: NodeId| {
                let customer = live.nodes.get(&node)?.customer;
                let entry = Entry {
                    journey: call.journey,
                    thread: node,
                    key: Default::default(),
                    at,
                    why: why.as_str().into(),
                    by_hand: false,
                };
                let group = Group {
                    members: live.members(node),
                    entries: vec![entry],
                    ..Group::default()
                };
                Some((customer, group))
            };
            nodes.into_iter().filter_map(group).collect()
        };
        let outcomes = self.look_at(groups).await?;
        let entered = outcomes.values().flatten().filter(|it| it.is_ok()).count();
        Ok(i64::try_from(entered).unwrap_or(i64::MAX))
    }

    /// Sees to the occurrences that have come round: one begins at most.
    async fn come_round(&mut self, call: Call) -> anyhow::Result<()> {
        let now = self.clock.now();
        let due = {
            let live = self.shared.live.read();
            let zone = &live.book.scene().zone;
            let seen_to = call.calling.seen_to;
            let table = live.journeys.plan(call.journey, call.calling.published);
            let Some((Trigger::Schedule(schedule), seen_to)) =
                table.map(|plan| &plan.journey.trigger).zip(seen_to)
            else {
                return Ok(());
            };
            match schedule.timetable() {
                Ok(table) => due(&table, seen_to, call.fresh_for, zone, now),
                Err(_) => return Ok(()),
            }
        };
        let fresh = self.ways.fresh_mut();
        for (at, outcome) in &due.missed {
            let noted = occurrence(call.journey, *at, *outcome);
            fresh.occurrences.push(OccurrenceRow {
                ended_at: Some(now),
                ..noted
            });
        }
        if let Some(at) = due.begins {
            let noted = occurrence(call.journey, at, Occurred::Entering);
            fresh.occurrences.push(OccurrenceRow {
                begun_at: Some(now),
                ..noted
            });
        }
        let seen_to = due.last().or(call.calling.seen_to);
        let calling = Calling {
            after: due.begins.map(|_| CustomerId(0)),
            seen_to,
            next: self.after(call.journey, call.calling.published, seen_to),
            ..call.calling
        };
        self.note_call(call.journey, calling);
        // Who is in the segment at this instant must stand in the tables.
        self.checkpoint_now().await
    }

    fn end_call(&mut self, call: Call, outcome: Occurred) {
        let now = self.clock.now();
        if let Some(at) = call.calling.seen_to {
            let noted = occurrence(call.journey, at, outcome);
            self.ways.fresh_mut().occurrences.push(OccurrenceRow {
                ended_at: Some(now),
                ..noted
            });
        }
        let calling = Calling {
            after: None,
            ..call.calling
        };
        self.note_call(call.journey, calling);
    }

    fn note_call(&mut self, id: JourneyId, calling: Calling) {
        let reached = (calling.after, calling.seen_to);
        self.ways.fresh_mut().reached.insert(id, reached);
        let known = &mut self.ways.calls.journeys;
        match calling.after.is_none() && calling.seen_to.is_none() {
            true => drop(known.remove(&id)),
            false => drop(known.insert(id, calling)),
        }
    }

    /// Reads how far each has come; false if that has to wait.
    async fn read_calls(&mut self) -> anyhow::Result<bool> {
        if !self.write_all().await? {
            return Ok(false);
        }
        let rows = {
            let mut tx = self.shared.db.read().await?;
            occurrence::calls(&mut tx).await?
        };
        let calling = |row: CallRow| {
            let calling = Calling {
                published: row.published,
                after: row.after,
                seen_to: row.seen_to,
                next: self.after(row.journey, row.published, row.seen_to),
            };
            (row.journey, calling)
        };
        self.ways.calls = Called {
            is_read: true,
            journeys: rows.into_iter().map(calling).collect(),
        };
        Ok(true)
    }

    /// When a journey comes round next behind an occurrence.
    fn after(&self, id: JourneyId, version: i64, seen_to: Option<Timestamp>) -> Option<Timestamp> {
        let live = self.shared.live.read();
        let plan = live.journeys.plan(id, version)?;
        let Trigger::Schedule(schedule) = &plan.journey.trigger else {
            return None;
        };
        let table = schedule.timetable().ok()?;
        table.after(seen_to?, &live.book.scene().zone).next()
    }
}

/// A journey that can let people in now, and whom.
fn open_call<'a>(
    live: &'a Live,
    id: JourneyId,
    calling: &Calling,
) -> Option<(&'a Journey, SegmentId)> {
    let journey = live.journeys.journey(id)?;
    let plan = journey.open_plan()?;
    let segment = plan.journey.trigger.called()?;
    // Its members must be known first, and the version must be the one that counts.
    let is_open = journey.version == calling.published && !live.filling.contains(&segment);
    is_open.then_some((journey, segment))
}

fn occurrence(journey: JourneyId, at: Timestamp, outcome: Occurred) -> OccurrenceRow {
    OccurrenceRow {
        journey,
        at,
        outcome: outcome.word().to_owned(),
        begun_at: None,
        ended_at: None,
        entered: 0,
    }
}
