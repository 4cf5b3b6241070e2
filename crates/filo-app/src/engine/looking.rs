//! One customer's runs, looked at: who comes in, who goes on, and what that does outside.
//!
//! **Invariant:** everything here is a function of what is known of the customer, their runs,
//! what happened, and now; ids are drawn, and what they name is written with them.

use std::collections::VecDeque;

use compact_str::CompactString;
use filo_core::id::{EventId, JourneyId, ListId, MessageId, NodeId, RunId, TaskId};
use filo_core::journey::{
    Book, Candidate, Earlier, Effect, EffectKind, Ending, Facts, FactsShown, Heard, Line, Refused,
    Run, Stand, StepId, What, advance, enter, facts_of, is_held_back,
};
use filo_core::segment::{Person, Scene};
use filo_core::semantic::{LIST_JOINED, LIST_LEFT};
use filo_core::time::Timestamp;
use filo_core::webhook::Topic;
use filo_store::journey::event::JourneyEventRow;
use filo_store::journey::run::{EarlierRow, LineRow};
use filo_store::task::TaskRow;
use jiff::ToSpan;
use serde_json::json;

use super::way::Written;
use crate::clock::Chance;
use crate::message::Sending;
use crate::webhook::News;

/// Journeys that one look starts from one another.
const STARTS_MOST: usize = 32;
/// The hour by which a task is to be done, on the company's clock.
const DUE_HOUR: i8 = 18;

/// Somebody who would come in.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) journey: JourneyId,
    pub(crate) thread: NodeId,
    pub(crate) key: CompactString,
    pub(crate) at: Timestamp,
    pub(crate) why: CompactString,
    pub(crate) by_hand: bool,
}

/// What there is to know for a look.
pub(super) struct Look<'a> {
    pub(super) book: &'a Book,
    pub(super) scene: &'a Scene,
    pub(super) person: &'a Person<'a>,
    pub(super) heard: &'a [Heard],
    pub(super) echoes: &'a [EventId],
    /// What came of a task: of which run, at which step, what.
    pub(super) outcome: Option<(RunId, &'a StepId, &'a str)>,
    pub(super) earlier: &'a [EarlierRow],
    pub(super) chance: &'a Chance,
    pub(super) now: Timestamp,
    /// What is written beside runs.
    pub(super) out: &'a mut Written,
}

/// How an entry ended.
pub(crate) type Entered = Result<RunId, Refused>;

impl Look<'_> {
    /// Lets in who comes in, moves everybody on, and gives the runs that changed and how each
    /// entry ended.
    pub(super) fn take(&mut self, runs: Vec<Run>, entries: Vec<Entry>) -> (Vec<Run>, Vec<Entered>) {
        let mut earlier = self.earlier.to_vec();
        let mut changed = Vec::new();
        let mut entered = Vec::new();
        let asked = entries.len();
        let mut waiting: VecDeque<Run> = self.joined(runs, &mut changed).into();
        let mut coming: VecDeque<Entry> = entries.into();
        let mut started = 0;
        loop {
            while let Some(run) = waiting.pop_front() {
                let (run, starts) = self.move_on(run, &mut changed);
                for journey in starts {
                    started += 1;
                    if started <= STARTS_MOST {
                        coming.push_back(self.start(&run, journey));
                    }
                }
                note_earlier(&mut earlier, &run);
            }
            let Some(entry) = coming.pop_front() else {
                return (changed, entered);
            };
            let outcome = self.let_in(&entry, &earlier);
            if entered.len() < asked {
                entered.push(outcome.as_ref().map(|run| run.id).map_err(|why| *why));
            }
            if let Ok(run) = outcome {
                note_earlier(&mut earlier, &run);
                waiting.push_back(run);
            }
        }
    }

    /// Of two runs of one journey with one key, the older goes on.
    fn joined(&mut self, mut runs: Vec<Run>, changed: &mut Vec<Run>) -> Vec<Run> {
        runs.sort_unstable_by_key(|run| (run.entered_at, run.id));
        let mut going: Vec<Run> = Vec::with_capacity(runs.len());
        for mut run in runs {
            let is_it = |other: &Run| other.journey == run.journey && other.key == run.key;
            if !going.iter().any(is_it) {
                going.push(run);
                continue;
            }
            run.ended = Some((self.now, Ending::Joined));
            run.wakes_at = None;
            run.customer = self.person.customer;
            self.out.withdrawn.push(run.id);
            self.write(
                &mut run,
                Line {
                    step: None,
                    what: What::Ended,
                    detail: CompactString::from(Ending::Joined.word()),
                },
            );
            changed.push(run);
        }
        going
    }

    fn start(&self, run: &Run, journey: JourneyId) -> Entry {
        Entry {
            journey,
            thread: run.thread,
            key: run.key.clone(),
            at: self.now,
            why: compact_str::format_compact!("journey {}", run.journey),
            by_hand: false,
        }
    }

    fn let_in(&mut self, entry: &Entry, earlier: &[EarlierRow]) -> Result<Run, Refused> {
        let live = self.book.journey(entry.journey);
        let plan = live
            .and_then(|live| live.open_plan())
            .ok_or(Refused::NotOpen)?;
        let first = plan.first().ok_or(Refused::NotOpen)?;
        let of_journey = earlier.iter().filter(|row| row.journey == entry.journey);
        let mut runs: Vec<Earlier> = of_journey
            .map(|row| Earlier {
                key: CompactString::from(row.key.as_str()),
                entered_at: row.entered_at,
                is_over: row.is_over,
                subject: row.subject,
            })
            .collect();
        runs.sort_by_key(|run| run.entered_at);
        let candidate = Candidate {
            key: &entry.key,
            at: entry.at,
            by_hand: entry.by_hand,
        };
        enter(plan, candidate, &runs, (self.person, self.scene), self.now)?;
        let subject = runs.first().map_or(self.person.customer, |run| run.subject);
        let percent = plan.journey.holdout_percent;
        let mut run = Run {
            id: RunId(self.chance.draw()),
            journey: entry.journey,
            version: plan.version,
            thread: entry.thread,
            customer: self.person.customer,
            subject,
            key: entry.key.clone(),
            why: entry.why.clone(),
            entered_at: self.now,
            step: first.step.id.clone(),
            stand: Stand::Arrives,
            since: self.now,
            wakes_at: None,
            goal_at: None,
            ended: None,
            lines: 0,
            is_held_back: is_held_back(entry.journey, subject, percent),
            holdout_percent: percent,
        };
        self.write(
            &mut run,
            Line {
                step: None,
                what: What::Entered,
                detail: entry.why.clone(),
            },
        );
        Ok(run)
    }

    /// Moves a run on and gives the journeys that it starts.
    fn move_on(&mut self, mut run: Run, changed: &mut Vec<Run>) -> (Run, Vec<JourneyId>) {
        let live = self.book.journey(run.journey);
        let plan = self.book.plan(run.journey, run.version);
        let (Some(_), Some(plan)) = (live.filter(|live| live.status.moves()), plan) else {
            return (run, Vec::new());
        };
        let before = run.clone();
        run.customer = self.person.customer;
        let outcome = self.outcome.filter(|(id, ..)| *id == run.id);
        let facts = Facts {
            person: self.person,
            scene: self.scene,
            heard: self.heard,
            outcome: outcome.map(|(_, step, name)| (step, name)),
            echoes: self.echoes,
        };
        let moved = advance(plan, run, &facts, self.now);
        let mut run = moved.run;
        for line in moved.lines {
            self.write(&mut run, line);
        }
        let mut starts = Vec::new();
        for effect in moved.effects {
            self.act(&run, effect, &mut starts);
        }
        if run != before || before.lines == 1 {
            changed.push(run.clone());
        }
        (run, starts)
    }

    fn write(&mut self, run: &mut Run, line: Line) {
        self.out.lines.push(LineRow {
            run: run.id,
            number: run.lines,
            at: self.now,
            step: line.step.map(|step| step.0.to_string()).unwrap_or_default(),
            what: line.what.word().to_owned(),
            detail: line.detail.to_string(),
        });
        run.lines += 1;
    }

    fn act(&mut self, run: &Run, effect: Effect, starts: &mut Vec<JourneyId>) {
        let step = effect.step;
        match effect.kind {
            EffectKind::Ask(ask) => {
                let outcomes: Vec<&str> = ask.outcomes.iter().map(|it| it.name.as_str()).collect();
                let facts = facts_of(&ask.facts, self.person.profile, &run.why);
                let task = TaskRow {
                    title: ask.title.to_string(),
                    hint: ask.hint.to_string(),
                    role: ask.role.to_string(),
                    outcomes: json!(outcomes).to_string(),
                    due_at: self.due_at(ask.due_days),
                    ..self.task(run, &step, ask.kind.word(), &facts)
                };
                self.out.tasks.push(task);
            }
            EffectKind::AskLate => {
                let facts = facts_of(&[], self.person.profile, "");
                let task = TaskRow {
                    outcomes: json!(["go_on", "skip"]).to_string(),
                    due_at: self.due_at(0),
                    ..self.task(run, &step, "late", &facts)
                };
                self.out.tasks.push(task);
            }
            EffectKind::Send(send) => {
                self.out.sends.push(Sending {
                    id: MessageId(self.chance.draw()),
                    journey: run.journey,
                    run: run.id,
                    step: step.0.to_string(),
                    customer: run.customer,
                    send,
                    at: self.now,
                });
            }
            EffectKind::Set(id, set) => {
                let properties = json!({ set.key.as_str(): set.value });
                self.record(run, id, ("identify", ""), properties.to_string());
            }
            EffectKind::Join(id, list) => self.list(run, id, (LIST_JOINED, list)),
            EffectKind::Leave(id, list) => self.list(run, id, (LIST_LEFT, list)),
            EffectKind::Record(id, record) => {
                let properties = json!(record.properties).to_string();
                self.record(run, id, ("track", &record.name), properties);
            }
            EffectKind::Goal(id, name, value) => {
                let properties = json!({
                    "journey": run.journey.to_string(), "run": run.id.to_string(),
                    "goal": name, "value": value,
                });
                self.record(
                    run,
                    id,
                    ("track", crate::journey::GOAL_REACHED),
                    properties.to_string(),
                );
            }
            EffectKind::Tell(name) => {
                let customer = run.customer.to_string();
                let data = json!({
                    "journey": run.journey.to_string(), "run": run.id.to_string(),
                    "step": step.0.as_str(), "name": name, "key": run.key, "customer": customer,
                });
                self.out
                    .news
                    .push(News::new(Topic::JourneyStep, customer, data));
            }
            EffectKind::Start(journey) => starts.push(journey),
            EffectKind::Withdraw => self.out.withdrawn.push(run.id),
        }
    }

    fn list(&mut self, run: &Run, id: EventId, (name, list): (&str, ListId)) {
        let actor = run.journey.to_string();
        let properties = json!({ "list": list.to_string(), "actor": actor });
        self.record(run, id, ("track", name), properties.to_string());
    }

    fn record(&mut self, run: &Run, id: EventId, of: (&str, &str), properties: String) {
        self.out.events.push(JourneyEventRow {
            id,
            run: run.id,
            thread: run.thread,
            at: self.now,
            kind: of.0.to_owned(),
            name: of.1.to_owned(),
            properties,
        });
    }

    fn task(&self, run: &Run, step: &StepId, kind: &str, facts: &FactsShown) -> TaskRow {
        TaskRow {
            id: TaskId(self.chance.draw()),
            journey: run.journey,
            run: run.id,
            step: step.0.to_string(),
            thread: run.thread,
            customer: run.customer,
            kind: kind.to_owned(),
            title: String::new(),
            hint: String::new(),
            role: String::new(),
            facts: serde_json::to_string(facts).unwrap_or_default(),
            outcomes: String::new(),
            created_at: self.now,
            due_at: self.now,
            status: "open".to_owned(),
            outcome: String::new(),
            note: String::new(),
            done_at: None,
            done_by: String::new(),
            lines: 0,
        }
    }

    /// The end of a working day, so many days from now, on the company's clock.
    fn due_at(&self, days: u8) -> Timestamp {
        let due = || {
            let now = jiff::Timestamp::from_microsecond(self.now.0).ok()?;
            let zone = self.scene.zone.clone();
            let day = zone
                .to_datetime(now)
                .date()
                .checked_add(i64::from(days).days())
                .ok()?;
            let due = day.at(DUE_HOUR, 0, 0, 0).to_zoned(zone).ok()?;
            Some(Timestamp(due.timestamp().as_microsecond()))
        };
        due().unwrap_or(self.now).max(self.now)
    }
}

fn note_earlier(earlier: &mut Vec<EarlierRow>, run: &Run) {
    let is_it = |row: &EarlierRow| {
        row.journey == run.journey && row.key == run.key && row.entered_at == run.entered_at
    };
    earlier.retain(|row| !is_it(row));
    earlier.push(EarlierRow {
        thread: run.thread,
        journey: run.journey,
        key: run.key.to_string(),
        entered_at: run.entered_at,
        is_over: run.ended.is_some(),
        subject: run.subject,
    });
}
