//! Moving runs on: right after what may move them was applied, and at the very instants at which
//! they wake.
//!
//! **Invariant:** whatever was noted is seen to before the next checkpoint begins.
//! **Invariant:** a run belongs to whoever has the thread that triggered it, whatever was joined
//! or separated since.

use ahash::HashMap;
use filo_core::id::{CustomerId, EventId, JourneyId, NodeId, RunId};
use filo_core::identity::Kind;
use filo_core::journey::{Heard, Run, Slot, StepId};
use filo_core::segment::Person;
use filo_core::time::Timestamp;
use filo_store::journey::run::{self, EarlierRow};
use tokio::time::Instant;

use super::agenda::KEPT_MOST;
use super::checkpoint::names_somebody;
use super::looking::{Entered, Entry, Look};
use super::noting::{Happening, Noted};
use super::run::Engine;
use super::way::Written;

/// Customers looked at under one hold of the lock.
const CHUNK: usize = 128;
/// Changed runs after which they are written before more are looked at.
const UNSAVED_MOST: usize = 20_000;

/// One customer who is to be looked at.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) members: Vec<NodeId>,
    pub(super) heard: Vec<Heard>,
    pub(super) echoes: Vec<EventId>,
    pub(super) entries: Vec<Entry>,
    /// What came of a task.
    pub(super) outcome: Option<(RunId, StepId, String)>,
}

impl Engine {
    /// Sees to what was noted.
    pub(crate) async fn go_on(&mut self) -> anyhow::Result<()> {
        let noted = std::mem::take(&mut self.shared.live.write().noted);
        if noted.is_empty() {
            return Ok(());
        }
        let groups = self.grouped(noted);
        self.look_at(groups).await.map(drop)
    }

    /// Looks at those whose runs wake, and lets in whoever is called.
    pub(crate) async fn keep_ways(&mut self) -> anyhow::Result<()> {
        self.go_on().await?;
        self.call_step().await?;
        if self.shared.live.read().journeys.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        if self.ways.agenda.is_to_be_read(now) {
            self.read_ways().await?;
        }
        let due = self.ways.agenda.due(now);
        if due.is_empty() {
            return Ok(());
        }
        let threads: Vec<NodeId> = due.into_iter().map(NodeId::from).collect();
        let suspect_links = self.shared.rules().suspect_links;
        self.load(threads.iter().copied(), suspect_links).await?;
        let lost = self.lost(&threads);
        if !lost.is_empty() {
            self.calm(&lost).await?;
        }
        let noted = threads.into_iter().map(|thread| Noted {
            thread,
            what: Happening::Moved,
        });
        let groups = self.grouped(noted.collect());
        self.look_at(groups).await?;
        if self.ways.changed_count() >= UNSAVED_MOST {
            self.checkpoint_now().await?;
        }
        Ok(())
    }

    /// When somebody's run wakes next, on the machine's clock.
    pub(crate) fn next_going(&self) -> Option<Instant> {
        if self.shared.live.read().journeys.is_empty() {
            return None;
        }
        let Some(first) = self.ways.agenda.first() else {
            return Some(Instant::now());
        };
        let called = self.next_call().unwrap_or(Timestamp::MAX);
        self.on_machine(first.min(called))
    }

    /// Whether something that is due about journeys is not done yet.
    pub(crate) fn ways_are_behind(&self) -> bool {
        let live = self.shared.live.read();
        let is_due = !live.journeys.is_empty() && self.ways.agenda.is_due(self.clock.now());
        is_due || !live.noted.is_empty() || self.shared.recording.is_busy() || self.can_call(&live)
    }

    /// Begins with the journeys as they are now.
    pub(crate) fn open_ways(&mut self) {
        self.ways.agenda.forget();
        self.ways.calls.forget();
    }

    /// The journeys for which the past is still being gathered.
    pub(crate) fn unfilled_journeys(&self) -> std::collections::BTreeMap<JourneyId, i64> {
        let live = self.shared.live.read();
        let waiting = live
            .journeys
            .iter()
            .filter(|(_, journey)| journey.is_filling);
        waiting.map(|(id, journey)| (id, journey.version)).collect()
    }

    async fn read_ways(&mut self) -> anyhow::Result<()> {
        if self.saving.is_some() || self.has_unsaved() {
            self.checkpoint_now().await?;
        }
        let mut tx = self.shared.db.read().await?;
        let rows = run::waking(&mut tx, KEPT_MOST).await?;
        let rows = rows.into_iter();
        let rows = rows.map(|(at, thread)| (at, CustomerId::from(thread)));
        self.ways.agenda.take_in(rows.collect());
        Ok(())
    }

    /// The threads that are no more.
    fn lost(&self, threads: &[NodeId]) -> Vec<NodeId> {
        let live = self.shared.live.read();
        let is_lost = |thread: &&NodeId| !live.nodes.contains_key(thread);
        threads.iter().filter(is_lost).copied().collect()
    }

    /// Looks no more at the runs of threads that are no more.
    async fn calm(&mut self, threads: &[NodeId]) -> anyhow::Result<()> {
        let mut tx = self.shared.db.read().await?;
        let runs = run::active(&mut tx, threads).await?;
        let ids = runs.into_iter().map(|run| run.id);
        self.ways.fresh_mut().calmed.extend(ids);
        Ok(())
    }

    /// Puts together what concerns one customer.
    pub(super) fn grouped(&self, noted: Vec<Noted>) -> HashMap<CustomerId, Group> {
        let live = self.shared.live.read();
        let mut groups: HashMap<CustomerId, Group> = HashMap::default();
        for one in noted {
            let Some(node) = live.nodes.get(&one.thread) else {
                continue;
            };
            let group = groups.entry(node.customer).or_default();
            if group.members.is_empty() {
                group.members = live.members(one.thread);
            }
            group.take(one);
        }
        groups.retain(|_, group| group.members.iter().any(|id| names_somebody(*id)));
        groups
    }

    /// Looks at customers and gives how each entry of each ended.
    pub(super) async fn look_at(
        &mut self,
        groups: HashMap<CustomerId, Group>,
    ) -> anyhow::Result<HashMap<CustomerId, Vec<Entered>>> {
        let mut outcomes = HashMap::default();
        let mut groups: Vec<(CustomerId, Group)> = groups.into_iter().collect();
        groups.sort_unstable_by_key(|(id, _)| *id);
        let threads: Vec<NodeId> = groups
            .iter()
            .flat_map(|(_, it)| it.members.clone())
            .collect();
        let mut runs_of: HashMap<NodeId, Vec<Run>> = HashMap::default();
        let earlier = {
            let mut tx = self.shared.db.read().await?;
            let runs = run::active(&mut tx, &threads).await?;
            for run in self.ways.over(runs, &threads) {
                runs_of.entry(run.thread).or_default().push(run);
            }
            let coming = self.may_enter(&groups, &runs_of);
            let mut earlier = run::earlier(&mut tx, &coming).await?;
            self.ways.over_earlier(&mut earlier, &coming);
            earlier
        };
        let mut earlier_of: HashMap<NodeId, Vec<EarlierRow>> = HashMap::default();
        for row in earlier {
            earlier_of.entry(row.thread).or_default().push(row);
        }
        for chunk in groups.chunks_mut(CHUNK) {
            let mut changed = Vec::new();
            let mut out = std::mem::take(self.ways.fresh_mut());
            for (customer, group) in chunk {
                let members = group.members.iter();
                let runs: Vec<Run> = members
                    .clone()
                    .flat_map(|id| runs_of.remove(id).unwrap_or_default())
                    .collect();
                if runs.is_empty() && group.entries.is_empty() {
                    continue;
                }
                let earlier: Vec<EarlierRow> = members
                    .flat_map(|id| earlier_of.remove(id).unwrap_or_default())
                    .collect();
                let entered = self.look(*customer, group, (runs, &earlier), &mut out);
                changed.extend(entered.0);
                outcomes.insert(*customer, entered.1);
            }
            *self.ways.fresh_mut() = out;
            for run in changed {
                self.ways.put(run);
            }
        }
        Ok(outcomes)
    }

    /// The threads of those who may come in somewhere.
    fn may_enter(
        &self,
        groups: &[(CustomerId, Group)],
        runs_of: &HashMap<NodeId, Vec<Run>>,
    ) -> Vec<NodeId> {
        let live = self.shared.live.read();
        let starts = |run: &Run| {
            let plan = live.journeys.plan(run.journey, run.version);
            plan.is_some_and(|plan| plan.starts())
        };
        let may = |group: &Group| {
            let runs = group
                .members
                .iter()
                .filter_map(|id| runs_of.get(id))
                .flatten();
            !group.entries.is_empty() || runs.into_iter().any(starts)
        };
        let groups = groups.iter().filter(|(_, group)| may(group));
        groups
            .flat_map(|(_, group)| group.members.clone())
            .collect()
    }

    fn look(
        &self,
        customer: CustomerId,
        group: &mut Group,
        (runs, earlier): (Vec<Run>, &[EarlierRow]),
        out: &mut Written,
    ) -> (Vec<Run>, Vec<Entered>) {
        let live = self.shared.live.read();
        let kinds: Vec<Kind> = group.members.iter().filter_map(|id| id.kind()).collect();
        let (profile, traces) = (live.profile(&group.members), live.traces(&group.members));
        let person = Person {
            customer,
            kinds: &kinds,
            profile: &profile,
            traces: &traces,
        };
        let outcome = group.outcome.as_ref();
        let mut look = Look {
            book: &live.journeys,
            scene: live.book.scene(),
            person: &person,
            heard: &group.heard,
            echoes: &group.echoes,
            outcome: outcome.map(|(run, step, name)| (*run, step, name.as_str())),
            earlier,
            chance: &self.chance,
            now: self.clock.now(),
            out,
        };
        look.take(runs, std::mem::take(&mut group.entries))
    }
}

impl Group {
    fn take(&mut self, noted: Noted) {
        match noted.what {
            Happening::Moved => {}
            Happening::Turn { journey, at, why } => self.entries.push(Entry {
                journey,
                thread: noted.thread,
                key: Default::default(),
                at,
                why: why.into(),
                by_hand: false,
            }),
            Happening::Event { heard, echo } => {
                self.echoes.extend(echo);
                for one in heard {
                    if one.slot == Slot::Trigger {
                        self.entries.push(Entry {
                            journey: one.journey,
                            thread: noted.thread,
                            key: one.value.clone().unwrap_or_default(),
                            at: one.at,
                            why: compact_str::format_compact!("event {}", one.event),
                            by_hand: false,
                        });
                    } else {
                        self.heard.push(one);
                    }
                }
            }
        }
    }
}
