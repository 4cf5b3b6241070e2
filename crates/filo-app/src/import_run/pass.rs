//! Rows weighed against what is known: what is new of each, and how it counts. The dry run and the
//! real one weigh alike; only one of them then appends.
//!
//! **Invariant:** rows are weighed in the order of the file, each against everything before it.

use std::collections::{HashMap, HashSet};

use filo_core::event::Event;
use filo_core::id::NodeId;
use filo_core::identity::Identifier;

use super::counts::{Change, Counts, Example, RejectedRow, Report, RowOutcome};
use super::people::Touched;
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;
use crate::import::{Draft, Rejection, Row, Run, events, hash_of};

/// What came of some rows.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    pub(super) events: Vec<Event>,
    pub(super) touched: Vec<Touched>,
    pub(super) rejected: Vec<Rejection>,
}

/// One way through a file.
pub(super) struct Pass {
    app: App,
    run: Run,
    pub(super) counts: Counts,
    pub(super) report: Report,
    /// What rows have said.
    said: HashSet<u128, ahash::RandomState>,
    /// Whom rows have touched.
    touched: HashSet<NodeId, ahash::RandomState>,
}

impl Pass {
    pub(super) fn new(app: &App, run: Run, counts: Counts, report: Report) -> Self {
        Self {
            app: app.clone(),
            run,
            counts,
            report,
            said: HashSet::default(),
            touched: HashSet::default(),
        }
    }

    /// Remembers rows that were weighed before this run was cut off.
    pub(super) fn remember(&mut self, rows: &[Row]) {
        for row in rows {
            if let Row::Draft(draft) = row {
                self.said.insert(hash_of(draft));
                let nodes = self.nodes(draft);
                self.touched.extend(nodes);
            }
        }
    }

    /// Weighs rows.
    pub(super) async fn weigh(&mut self, rows: Vec<Row>) -> Result<Weighed> {
        let mut weighed = Weighed::default();
        let drafts = rows.iter().filter_map(|row| match row {
            Row::Draft(draft) => Some(draft),
            Row::Rejected(_) => None,
        });
        let nodes: Vec<NodeId> = drafts.flat_map(|draft| self.nodes(draft)).collect();
        let known = known(&self.app, &nodes).await?;
        for row in rows {
            match row {
                Row::Rejected(rejection) => {
                    self.reject(&rejection);
                    weighed.rejected.push(rejection);
                }
                Row::Draft(draft) => self.take(&draft, &known, &mut weighed)?,
            }
        }
        Ok(weighed)
    }

    fn reject(&mut self, rejection: &Rejection) {
        self.counts.count(RowOutcome::Rejected);
        *self
            .counts
            .reasons
            .entry(rejection.reason.to_owned())
            .or_default() += 1;
        self.report.reject(|| RejectedRow {
            row: rejection.row,
            column: rejection.column.clone(),
            reason: rejection.reason.to_owned(),
            value: rejection.value.clone(),
        });
    }

    fn take(
        &mut self,
        draft: &Draft,
        known: &HashMap<NodeId, CustomerView>,
        weighed: &mut Weighed,
    ) -> Result<()> {
        if !self.said.insert(hash_of(draft)) {
            self.counts.count(RowOutcome::Duplicate);
            return Ok(());
        }
        let nodes = self.nodes(draft);
        let person = nodes.iter().find_map(|node| known.get(node));
        let (events, differences) = events(draft, person, &self.run);
        let events = self.fresh(events.into_iter().collect())?;
        let was_touched = nodes.iter().any(|node| self.touched.contains(node));
        let outcome = if draft.suppression.is_some() {
            RowOutcome::Suppressed
        } else if events.is_empty() {
            RowOutcome::Unchanged
        } else if person.is_none() && !was_touched {
            RowOutcome::Created
        } else {
            RowOutcome::Updated
        };
        self.counts.count(outcome);
        if self.report.has_room_for(outcome) {
            self.report
                .examples
                .push(example(draft, outcome, differences));
        }
        if events.is_empty() {
            return Ok(());
        }
        let is_new = person.is_none() && !was_touched;
        if !was_touched {
            self.counts.people += 1;
            self.counts.new_people += u64::from(is_new);
        }
        let count = events.len();
        self.counts.events += u64::try_from(count).unwrap_or(0);
        if let Some(first) = nodes.first() {
            weighed.touched.push(Touched {
                node: *first,
                is_new,
                events: u32::try_from(count).unwrap_or(u32::MAX),
            });
        }
        self.touched.extend(nodes);
        weighed.events.extend(events);
        Ok(())
    }

    /// Those that are not there yet: the same row of another file has brought them.
    fn fresh(&self, events: Vec<Event>) -> Result<Vec<Event>> {
        let ids: Vec<_> = events.iter().map(|event| event.id).collect();
        let shared = self.app.shared();
        let in_lake = shared.lake.contains_many(&ids)?;
        let live = shared.live.read();
        let fresh = events.into_iter().zip(in_lake);
        let fresh = fresh.filter(|(event, known)| !known && !live.tail.contains(event.id));
        Ok(fresh.map(|(event, _)| event).collect())
    }

    fn nodes(&self, draft: &Draft) -> Vec<NodeId> {
        let node = |it: &Identifier| self.run.key.node_id(it.kind, &it.value);
        draft.identifiers.iter().map(node).collect()
    }
}

fn example(
    draft: &Draft,
    outcome: RowOutcome,
    differences: Vec<crate::import::Difference>,
) -> Example {
    Example {
        row: draft.row,
        outcome,
        who: draft
            .identifiers
            .iter()
            .map(|it| it.value.as_str())
            .collect::<Vec<_>>()
            .join(" · "),
        changes: differences
            .into_iter()
            .map(|(field, before, after)| Change {
                field: field.to_string(),
                before,
                after,
            })
            .collect(),
    }
}

/// The people who carry these identifiers.
async fn known(app: &App, nodes: &[NodeId]) -> Result<HashMap<NodeId, CustomerView>> {
    let mut found = HashMap::new();
    let mut missing = Vec::new();
    {
        let live = app.shared().live.read();
        for node in nodes {
            match CustomerView::new(&live, *node) {
                Some(view) => drop(found.insert(*node, view)),
                None if live.complete => {}
                None => missing.push(*node),
            }
        }
    }
    if missing.is_empty() {
        return Ok(found);
    }
    missing.sort_unstable();
    missing.dedup();
    let loaded = app
        .with_components(&missing, |live| {
            let view = |node: &NodeId| Some((*node, CustomerView::new(live, *node)?));
            Some(missing.iter().filter_map(view).collect::<Vec<_>>())
        })
        .await?;
    found.extend(loaded.unwrap_or_default());
    Ok(found)
}
