//! What people do with journeys, one after the other with everything else: letting somebody in,
//! taking them out, saying what came of a task, publishing, pausing, stopping.
//!
//! **Invariant:** when it is answered it is in the tables.

use ahash::HashMap;
use compact_str::CompactString;
use filo_core::audit::Entry as AuditEntry;
use filo_core::id::{CustomerId, JourneyId, NodeId, RunId};
use filo_core::journey::{Ending, Line, Run, Stand, StepId, Target, What};
use filo_store::journey::occurrence;
use filo_store::journey::run::{self, LineRow};
use filo_store::journey::step::{self, Moving};
use filo_store::journey::{self, JourneyRow, VersionRow};
use filo_store::task::TaskRow;
use filo_store::{audit, lease};
use tokio::sync::oneshot;

use super::calling::Calls;
use super::going::Group;
use super::looking::{Entered, Entry};
use super::run::Engine;
use crate::error::Error;

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Command {
    /// Lets somebody in.
    Enter(Entering),
    /// Takes a run to its end.
    TakeOut(RunId, AuditEntry),
    /// Something came of a task.
    Done(Done),
    /// What came of a task is taken back.
    Undo(Done),
    /// A journey becomes another one.
    Alter(Box<Alteration>),
}

/// Who is let in.
#[derive(Debug)]
pub(crate) struct Entering {
    pub(crate) journey: JourneyId,
    pub(crate) customer: CustomerId,
    pub(crate) key: CompactString,
    pub(crate) why: CompactString,
    pub(crate) entry: AuditEntry,
}

/// What came of a task.
#[derive(Debug)]
pub(crate) struct Done {
    /// As it is to be.
    pub(crate) task: TaskRow,
    pub(crate) entry: AuditEntry,
}

/// How a journey is changed, all at once.
#[derive(Debug)]
pub(crate) struct Alteration {
    /// As it is to be; its version is the one that was seen.
    pub(crate) row: JourneyRow,
    pub(crate) publish: Option<VersionRow>,
    /// Where those at the steps of older versions come to stand.
    pub(crate) moves: Vec<((i64, String), Target)>,
    /// How far it has come in letting in everybody of a segment, if that changes.
    pub(crate) calls: Option<Calls>,
    /// Everybody leaves, so.
    pub(crate) end: Option<Ending>,
    pub(crate) entry: AuditEntry,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Answered {
    Entered(Entered),
    Done,
    Refused(Error),
}

impl Engine {
    /// Does it and answers.
    pub(crate) async fn obey(
        &mut self,
        command: Command,
        answer: oneshot::Sender<Answered>,
    ) -> anyhow::Result<()> {
        let done = self.command(command).await?;
        // Whoever asked may have given up; it is done all the same.
        drop(answer.send(done));
        Ok(())
    }

    /// Does it. The outer error is the engine's end.
    async fn command(&mut self, command: Command) -> anyhow::Result<Answered> {
        if self.saving.is_some() || self.has_unsaved() {
            self.checkpoint_now().await?;
        }
        let answered = match command {
            Command::Enter(entering) => self.enter(entering).await?,
            Command::TakeOut(run, entry) => self.take_out(run, entry).await?,
            Command::Done(done) => self.task_done(done).await?,
            Command::Undo(done) => self.undo(done).await?,
            Command::Alter(alteration) => return self.alter(*alteration).await,
        };
        if self.has_unsaved() {
            self.checkpoint_now().await?;
        }
        Ok(match self.has_unsaved() {
            true => Answered::Refused(Error::Conflict("the disk is full".to_owned())),
            false => answered,
        })
    }

    async fn group_of(&self, node: NodeId) -> anyhow::Result<Option<(CustomerId, Group)>> {
        let suspect_links = self.shared.rules().suspect_links;
        self.load([node].into_iter(), suspect_links).await?;
        let live = self.shared.live.read();
        let customer = live.nodes.get(&node).map(|node| node.customer);
        Ok(customer.map(|customer| {
            let members = live.members(node);
            let group = Group {
                members,
                ..Group::default()
            };
            (customer, group)
        }))
    }

    async fn enter(&mut self, entering: Entering) -> anyhow::Result<Answered> {
        let node = NodeId::from(entering.customer);
        let Some((customer, mut group)) = self.group_of(node).await? else {
            return Ok(Answered::Refused(Error::Missing("customer")));
        };
        group.entries.push(Entry {
            journey: entering.journey,
            thread: node,
            key: entering.key,
            at: self.clock.now(),
            why: entering.why,
            by_hand: true,
        });
        let mut entered = self
            .look_at(HashMap::from_iter([(customer, group)]))
            .await?;
        let entered = entered
            .remove(&customer)
            .unwrap_or_default()
            .into_iter()
            .next();
        let Some(entered) = entered else {
            return Ok(Answered::Refused(Error::Missing("customer")));
        };
        if let Ok(run) = entered {
            let entry = entering.entry.about(run);
            self.shared.live.write().entered.push(entry);
        }
        Ok(Answered::Entered(entered))
    }

    async fn take_out(&mut self, id: RunId, entry: AuditEntry) -> anyhow::Result<Answered> {
        let found = {
            let mut tx = self.shared.db.read().await?;
            run::get(&mut tx, id).await?
        };
        let Some(mut run) = found else {
            return Ok(Answered::Refused(Error::Missing("run")));
        };
        if run.ended.is_some() {
            return Ok(Answered::Refused(Error::Conflict(
                "it has ended already".to_owned(),
            )));
        }
        let now = self.clock.now();
        run.ended = Some((now, Ending::TakenOut));
        run.wakes_at = None;
        self.say(&mut run, None, What::Ended, Ending::TakenOut.word());
        self.ways.fresh_mut().withdrawn.push(run.id);
        self.ways.put(run);
        self.shared.live.write().entered.push(entry.about(id));
        Ok(Answered::Done)
    }

    fn say(&mut self, run: &mut Run, step: Option<&StepId>, what: What, detail: &str) {
        let line = Line {
            step: step.cloned(),
            what,
            detail: detail.into(),
        };
        let now = self.clock.now();
        self.ways.fresh_mut().lines.push(LineRow {
            run: run.id,
            number: run.lines,
            at: now,
            step: line.step.map(|step| step.0.to_string()).unwrap_or_default(),
            what: line.what.word().to_owned(),
            detail: line.detail.to_string(),
        });
        run.lines += 1;
    }

    async fn task_done(&mut self, done: Done) -> anyhow::Result<Answered> {
        let mut task = done.task;
        let found = {
            let mut tx = self.shared.db.read().await?;
            let open = filo_store::task::get(&mut tx, task.id).await?;
            match open.is_some_and(|known| known.status == "open") {
                true => run::get(&mut tx, task.run).await?,
                false => None,
            }
        };
        let Some(run) = found.filter(|run| run.ended.is_none()) else {
            let why = "it is done already, or no longer wanted";
            return Ok(Answered::Refused(Error::Conflict(why.to_owned())));
        };
        if !self.moves(run.journey) {
            let why = "the journey is paused: let it go on first";
            return Ok(Answered::Refused(Error::Conflict(why.to_owned())));
        }
        task.lines = run.lines;
        let Some((customer, mut group)) = self.group_of(task.thread).await? else {
            return Ok(Answered::Refused(Error::Missing("customer")));
        };
        let step = StepId::from(task.step.as_str());
        group.outcome = Some((run.id, step, task.outcome.clone()));
        let entry = done.entry.about(task.id);
        self.ways.fresh_mut().done.push(task);
        self.look_at(HashMap::from_iter([(customer, group)]))
            .await?;
        self.shared.live.write().entered.push(entry);
        Ok(Answered::Done)
    }

    /// Whether those on the way of a journey go on.
    fn moves(&self, journey: JourneyId) -> bool {
        let live = self.shared.live.read();
        live.journeys
            .journey(journey)
            .is_some_and(|it| it.status.moves())
    }

    /// Takes back what came of a task, if the run has done nothing since but wait.
    async fn undo(&mut self, done: Done) -> anyhow::Result<Answered> {
        let task = done.task;
        let (found, lines, going) = {
            let mut tx = self.shared.db.read().await?;
            let found = run::get(&mut tx, task.run).await?;
            let going = run::active(&mut tx, &[task.thread]).await?;
            (found, run::lines(&mut tx, task.run).await?, going)
        };
        let is_other = |other: &Run, run: &Run| {
            other.id != run.id && other.journey == run.journey && other.key == run.key
        };
        let undone = |what: &str| matches!(what, "waits" | "went");
        let since = lines.iter().filter(|line| line.number >= task.lines);
        let has_done = since
            .clone()
            .any(|line| !undone(&line.what) && line.what != "ended");
        let is_over = found.as_ref().and_then(|run| run.ended);
        let is_movable = is_over.is_none_or(|(_, ending)| ending == Ending::Done);
        let is_free = |run: &Run| !going.iter().any(|other| is_other(other, run));
        let is_open = !has_done && is_movable;
        let Some(mut run) = found.filter(|run| is_open && is_free(run)) else {
            let why = "the journey has gone on since: take the customer out and let them in anew";
            return Ok(Answered::Refused(Error::Conflict(why.to_owned())));
        };
        let live = self.shared.live.read();
        let plan = live.journeys.plan(run.journey, run.version).cloned();
        drop(live);
        let step = StepId::from(task.step.as_str());
        if plan.is_none_or(|plan| plan.step(&step).is_none()) {
            let why = "the journey is over, or no longer has this step";
            return Ok(Answered::Refused(Error::Conflict(why.to_owned())));
        }
        run.ended = None;
        run.step = step.clone();
        run.stand = match task.kind.as_str() {
            "late" => Stand::AskedLate,
            _ => Stand::Asked(None),
        };
        run.since = task.created_at;
        run.wakes_at = None;
        self.say(&mut run, Some(&step), What::Undone, &task.outcome);
        self.ways.put(run);
        let entry = done.entry.about(task.id);
        self.ways.fresh_mut().reopened.push(task);
        self.shared.live.write().entered.push(entry);
        Ok(Answered::Done)
    }

    /// Changes a journey with everything that follows from it, in one transaction.
    async fn alter(&mut self, alteration: Alteration) -> anyhow::Result<Answered> {
        if self.has_unsaved() {
            return Ok(Answered::Refused(Error::Conflict(
                "the disk is full".to_owned(),
            )));
        }
        let (now, applied) = (self.clock.now(), self.saved.applied);
        let Some(lease) = &mut self.lease else {
            anyhow::bail!("the lease is not here")
        };
        let id = alteration.row.id;
        let mut tx = lease.begin().await?;
        if !journey::change(&mut tx, &alteration.row).await? {
            let why = "the journey was changed by somebody else meanwhile";
            return Ok(Answered::Refused(Error::Conflict(why.to_owned())));
        }
        if let Some(version) = &alteration.publish {
            journey::publish(&mut tx, version).await?;
        }
        for ((version, from), target) in &alteration.moves {
            let of = (id, *version, from.as_str());
            match target {
                Target::Stay => {}
                Target::End => drop(step::end(&mut tx, of, Ending::Moved, now).await?),
                Target::To(to, is_same) => {
                    let to = Moving {
                        version: alteration.row.published,
                        step: &to.0,
                        is_same: *is_same,
                    };
                    step::shift(&mut tx, of, to, now).await?;
                }
            }
        }
        if let Some(calls) = alteration.calls {
            occurrence::call(&mut tx, id, calls.after, calls.seen_to).await?;
            occurrence::cut(&mut tx, id, now).await?;
        }
        if let Some(ending) = alteration.end {
            step::end(&mut tx, (id, 0, ""), ending, now).await?;
        }
        audit::append(&mut tx, &alteration.entry).await?;
        lease::notify_applied(&mut tx, applied).await?;
        tx.commit().await?;
        self.ways.agenda.forget();
        self.ways.calls.forget();
        Ok(Answered::Done)
    }
}
