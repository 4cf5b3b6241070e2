//! Rows weighed against what is known: what is new of each, and how it counts. The dry run and the
//! real one weigh alike; only one of them then appends.
//!
//! **Invariant:** rows are weighed in the order of the file, each against everything before it.

use std::collections::{HashMap, HashSet};

use filo_core::consent::suppression::{SuppressionReason, is_address};
use filo_core::event::{Channel, Event};
use filo_core::id::NodeId;
use filo_core::identity::{Identifier, Kind};

use super::counts::{Change, Counts, Example, RejectedRow, Report, RowOutcome};
use super::doubt::Doubts;
use super::known::{known, present};
use super::people::Touched;
use crate::app::App;
use crate::consent::{NewSuppression, Whom};
use crate::customer::CustomerView;
use crate::error::Result;
use crate::import::{Difference, Draft, Rejection, Row, Run, Telling, events, hash_of};

/// What came of some rows.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    pub(super) events: Vec<Event>,
    pub(super) touched: Vec<Touched>,
    pub(super) rejected: Vec<Rejection>,
    /// Addresses that nothing is sent to from then on.
    pub(super) listed: Vec<NewSuppression>,
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
    /// Addresses that rows have put on the list.
    listed: HashSet<NodeId, ahash::RandomState>,
    doubts: Doubts,
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
            listed: HashSet::default(),
            doubts: Doubts::default(),
        }
    }

    /// Remembers rows that were weighed before this run was cut off.
    pub(super) fn remember(&mut self, rows: &[Row]) {
        for row in rows {
            let (said, identifiers) = match row {
                Row::Draft(draft) => (hash_of(draft), &draft.identifiers),
                Row::Telling(telling) => (mark(telling), &telling.identifiers),
                Row::Rejected(_) => continue,
            };
            self.said.insert(said);
            let nodes = self.nodes(identifiers);
            self.touched.extend(nodes);
        }
    }

    /// Weighs rows.
    pub(super) async fn weigh(&mut self, rows: Vec<Row>) -> Result<Weighed> {
        let mut weighed = Weighed::default();
        let (mut of_drafts, mut of_tellings) = (Vec::new(), Vec::new());
        for row in &rows {
            match row {
                Row::Draft(draft) => of_drafts.extend(self.nodes(&draft.identifiers)),
                Row::Telling(telling) => of_tellings.extend(self.nodes(&telling.identifiers)),
                Row::Rejected(_) => {}
            }
        }
        let known = known(&self.app, &of_drafts).await?;
        let present = present(&self.app, &of_tellings).await?;
        for row in rows {
            match row {
                Row::Rejected(rejection) => {
                    self.reject(&rejection);
                    weighed.rejected.push(rejection);
                }
                Row::Draft(draft) => {
                    self.take(&draft, &known, &mut weighed)?;
                    self.list(&draft, &mut weighed).await?;
                }
                Row::Telling(telling) => self.hear(telling, &present, &mut weighed)?,
            }
        }
        Ok(weighed)
    }

    fn reject(&mut self, rejection: &Rejection) {
        self.counts.count(RowOutcome::Rejected, 1);
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
            self.counts.count(RowOutcome::Duplicate, 1);
            return Ok(());
        }
        for warning in self.doubts.about(draft, &self.run.rules) {
            self.counts.warn(warning);
        }
        let nodes = self.nodes(&draft.identifiers);
        let person = nodes.iter().find_map(|node| known.get(node));
        let (events, differences) = events(draft, person, &self.run);
        let events = self.fresh(events.into_iter().collect())?;
        let was_touched = self.was_touched(&nodes);
        let outcome = if draft.suppression.is_some() {
            RowOutcome::Suppressed
        } else {
            outcome(&events, person.is_some() || was_touched)
        };
        if was_touched && outcome == RowOutcome::Updated {
            self.counts.warn("repeated_person");
        }
        let about = (draft.row, 1, draft.identifiers.as_slice());
        self.count(outcome, about, || differences);
        self.note((nodes, person.is_some()), events, weighed);
        Ok(())
    }

    /// What says the same whoever is known.
    fn hear(
        &mut self,
        telling: Telling,
        present: &HashSet<NodeId>,
        weighed: &mut Weighed,
    ) -> Result<()> {
        if !self.said.insert(mark(&telling)) {
            self.counts.count(RowOutcome::Duplicate, telling.rows);
            return Ok(());
        }
        if let Some(warning) = telling.warning {
            self.counts.warn(warning);
        }
        let nodes = self.nodes(&telling.identifiers);
        let is_known = nodes.iter().any(|node| present.contains(node));
        let events = self.fresh(telling.events)?;
        let outcome = outcome(&events, is_known || self.was_touched(&nodes));
        let about = (telling.row, telling.rows, telling.identifiers.as_slice());
        let shown = telling.shown;
        self.count(outcome, about, || {
            let change = |(field, value)| (field, None, value);
            shown.into_iter().map(change).collect()
        });
        self.note((nodes, is_known), events, weighed);
        Ok(())
    }

    /// Puts the addresses of who wants nothing on the list; one that is on it already stays.
    async fn list(&mut self, draft: &Draft, weighed: &mut Weighed) -> Result<()> {
        let Some(text) = &draft.suppression else {
            return Ok(());
        };
        for identifier in draft.identifiers.iter().filter(|it| is_address(it.kind)) {
            let node = self.run.key.node_id(identifier.kind, &identifier.value);
            let line = NewSuppression {
                whom: Whom::Node(node),
                channel: (identifier.kind == Kind::Email).then_some(Channel::Email),
                reason: reason(text),
                note: String::new(),
            };
            if self.listed.insert(node) && !self.app.is_suppressed(node, &line).await? {
                self.counts.listed += 1;
                weighed.listed.push(line);
            }
        }
        Ok(())
    }

    fn was_touched(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|node| self.touched.contains(node))
    }

    fn count(
        &mut self,
        outcome: RowOutcome,
        (row, rows, who): (u64, u64, &[Identifier]),
        differences: impl FnOnce() -> Vec<Difference>,
    ) {
        self.counts.count(outcome, rows);
        if self.report.has_room_for(outcome) {
            let example = example(row, outcome, who, differences());
            self.report.examples.push(example);
        }
    }

    /// Notes whom new events are about.
    fn note(
        &mut self,
        (nodes, is_known): (Vec<NodeId>, bool),
        events: Vec<Event>,
        weighed: &mut Weighed,
    ) {
        if events.is_empty() {
            return;
        }
        let was_touched = self.was_touched(&nodes);
        let is_new = !is_known && !was_touched;
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

    fn nodes(&self, identifiers: &[Identifier]) -> Vec<NodeId> {
        let node = |it: &Identifier| self.run.key.node_id(it.kind, &it.value);
        identifiers.iter().map(node).collect()
    }
}

/// By what rows that say the same are known: their first event.
fn mark(telling: &Telling) -> u128 {
    telling.events.first().map_or(0, |event| event.id.0)
}

/// What becomes of rows with these new events.
const fn outcome(events: &[Event], is_known: bool) -> RowOutcome {
    match (events.is_empty(), is_known) {
        (true, _) => RowOutcome::Unchanged,
        (false, true) => RowOutcome::Updated,
        (false, false) => RowOutcome::Created,
    }
}

/// Why nothing is sent to an address, by what the file says.
fn reason(text: &str) -> SuppressionReason {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["bounce", "cleaned", "inesistente"]) {
        SuppressionReason::HardBounce
    } else if says(&["complaint", "spam", "abuse", "reclamo"]) {
        SuppressionReason::Complaint
    } else {
        SuppressionReason::Unsubscribed
    }
}

fn example(
    row: u64,
    outcome: RowOutcome,
    who: &[Identifier],
    differences: Vec<Difference>,
) -> Example {
    Example {
        row,
        outcome,
        who: who
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
