//! Runs in the engine: those that changed since the last checkpoint, with what they do outside.
//!
//! **Invariant:** a run and what it does outside are written in one checkpoint; what was not
//! written has done nothing.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use ahash::HashMap;
use filo_core::id::{CustomerId, JourneyId, NodeId, RunId};
use filo_core::journey::Run;
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::journey::event::{self, JourneyEventRow};
use filo_store::journey::occurrence::{self, OccurrenceRow};
use filo_store::journey::run::{self, EarlierRow, LineRow};
use filo_store::task::{self, TaskRow};

use super::agenda::Agenda;
use super::calling::Called;
use crate::message::{Sending, plan_sendings};
use crate::webhook::News;

/// What of journeys is not in the tables yet.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    pub(super) agenda: Agenda,
    /// The journeys that let in everybody of a segment: how far each has come.
    pub(super) calls: Called,
    /// Runs that changed since, or are being written.
    changed: HashMap<NodeId, Vec<Kept>>,
    /// Whether there are such that are not being written.
    has_changed: bool,
    fresh: Written,
}

#[derive(Debug)]
struct Kept {
    run: Run,
    is_saving: bool,
}

/// What one checkpoint writes about journeys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    runs: Vec<Run>,
    pub(super) lines: Vec<LineRow>,
    pub(super) tasks: Vec<TaskRow>,
    pub(super) done: Vec<TaskRow>,
    pub(super) reopened: Vec<TaskRow>,
    pub(super) withdrawn: Vec<RunId>,
    pub(super) sends: Vec<Sending>,
    pub(super) events: Vec<JourneyEventRow>,
    pub(super) news: Vec<News>,
    pub(super) calmed: Vec<RunId>,
    pub(super) reached: BTreeMap<JourneyId, (Option<CustomerId>, Option<Timestamp>)>,
    pub(super) occurrences: Vec<OccurrenceRow>,
}

impl Ways {
    /// Whether something is to be written.
    pub(crate) fn has_unsaved(&self) -> bool {
        self.has_changed || !self.fresh.is_empty()
    }

    /// Whether something is to be said to somebody.
    pub(super) const fn has_said(&self) -> bool {
        !self.fresh.sends.is_empty()
    }

    /// How many runs wait to be written.
    pub(super) fn changed_count(&self) -> usize {
        self.changed.len()
    }

    /// What is to be written beside runs.
    pub(super) const fn fresh_mut(&mut self) -> &mut Written {
        &mut self.fresh
    }

    /// Takes in how a run stands now.
    pub(super) fn put(&mut self, run: Run) {
        if let Some(at) = run.wakes_at {
            self.agenda.note(vec![(at, CustomerId::from(run.thread))]);
        }
        let kept = Kept {
            run,
            is_saving: false,
        };
        self.has_changed = true;
        match self.changed.entry(kept.run.thread) {
            Entry::Vacant(place) => drop(place.insert(vec![kept])),
            Entry::Occupied(mut place) => {
                let known = place.get_mut();
                match known.iter_mut().find(|it| it.run.id == kept.run.id) {
                    Some(known) => *known = kept,
                    None => known.push(kept),
                }
            }
        }
    }

    /// Lays what is not in the tables yet over what they say of threads.
    pub(super) fn over(&self, rows: Vec<Run>, threads: &[NodeId]) -> Vec<Run> {
        let mut runs: BTreeMap<RunId, Run> = rows.into_iter().map(|run| (run.id, run)).collect();
        for thread in threads {
            for kept in self.changed.get(thread).into_iter().flatten() {
                match kept.run.ended {
                    None => drop(runs.insert(kept.run.id, kept.run.clone())),
                    Some(_) => drop(runs.remove(&kept.run.id)),
                }
            }
        }
        runs.into_values().collect()
    }

    /// The same of all runs there were, in short.
    pub(super) fn over_earlier(&self, rows: &mut Vec<EarlierRow>, threads: &[NodeId]) {
        for thread in threads {
            for kept in self.changed.get(thread).into_iter().flatten() {
                let run = &kept.run;
                let is_it = |row: &EarlierRow| {
                    row.thread == run.thread
                        && row.journey == run.journey
                        && row.key == run.key
                        && row.entered_at == run.entered_at
                };
                rows.retain(|row| !is_it(row));
                rows.push(EarlierRow {
                    thread: run.thread,
                    journey: run.journey,
                    key: run.key.to_string(),
                    entered_at: run.entered_at,
                    is_over: run.ended.is_some(),
                    subject: run.subject,
                });
            }
        }
    }

    /// What the checkpoint that begins writes.
    pub(super) fn start_saving(&mut self) -> Written {
        let mut written = std::mem::take(&mut self.fresh);
        self.has_changed = false;
        for kept in self.changed.values_mut().flatten() {
            if !kept.is_saving {
                kept.is_saving = true;
                written.runs.push(kept.run.clone());
            }
        }
        // In the order of the table, pages are touched once.
        written.runs.sort_unstable_by_key(|run| run.id);
        written
    }

    /// It was written.
    pub(super) fn saved(&mut self) {
        self.changed.retain(|_, kept| {
            kept.retain(|kept| !kept.is_saving);
            !kept.is_empty()
        });
    }

    /// It could not be written.
    pub(super) fn put_back(&mut self, written: Written) {
        for kept in self.changed.values_mut().flatten() {
            kept.is_saving = false;
            self.has_changed = true;
        }
        let later = std::mem::replace(&mut self.fresh, written);
        self.fresh.runs.clear();
        self.fresh.lines.extend(later.lines);
        self.fresh.tasks.extend(later.tasks);
        self.fresh.done.extend(later.done);
        self.fresh.reopened.extend(later.reopened);
        self.fresh.withdrawn.extend(later.withdrawn);
        self.fresh.sends.extend(later.sends);
        self.fresh.events.extend(later.events);
        self.fresh.news.extend(later.news);
        self.fresh.calmed.extend(later.calmed);
        self.fresh.reached.extend(later.reached);
        self.fresh.occurrences.extend(later.occurrences);
    }
}

impl Written {
    fn is_empty(&self) -> bool {
        self.runs.is_empty()
            && self.lines.is_empty()
            && self.tasks.is_empty()
            && self.done.is_empty()
            && self.reopened.is_empty()
            && self.withdrawn.is_empty()
            && self.sends.is_empty()
            && self.events.is_empty()
            && self.news.is_empty()
            && self.calmed.is_empty()
            && self.reached.is_empty()
            && self.occurrences.is_empty()
    }

    pub(crate) fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    pub(crate) fn has_news(&self) -> bool {
        !self.news.is_empty() || !self.sends.is_empty()
    }

    pub(crate) fn news(&self) -> &[News] {
        &self.news
    }

    /// Writes it down.
    pub(crate) async fn save(&self, tx: &mut Tx<'_>) -> Result<(), filo_store::Error> {
        if self.is_empty() {
            return Ok(());
        }
        run::save(tx, &self.runs).await?;
        run::write(tx, &self.lines).await?;
        run::calm(tx, &self.calmed).await?;
        task::add(tx, &self.tasks).await?;
        for row in &self.done {
            task::finish(tx, row).await?;
        }
        for row in &self.reopened {
            task::reopen(tx, row.id).await?;
        }
        task::withdraw(tx, &self.withdrawn).await?;
        plan_sendings(tx, &self.sends).await?;
        event::add(tx, &self.events).await?;
        for (id, (after, seen_to)) in &self.reached {
            occurrence::call(tx, *id, *after, *seen_to).await?;
        }
        occurrence::note(tx, &self.occurrences).await?;
        Ok(())
    }
}
