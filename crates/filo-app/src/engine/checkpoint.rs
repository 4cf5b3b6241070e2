//! Checkpoints: what changed, what it means for lists and search, and how far the engine has
//! come, in one transaction.
//!
//! **Invariant:** the tables always show a state the engine really was in; a checkpoint of a node
//! that no longer holds the lease cannot commit.

use ahash::{HashMap, HashSet};
use anyhow::Context;
use filo_core::id::{CustomerId, IncidentId, NodeId};
use filo_core::identity::Strength;
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow};
use filo_store::identity::{LinkRow, NodeRow};
use filo_store::incident::{self, Report};
use filo_store::lease::Lease;
use filo_store::position::Position;
use filo_store::source_hour::{self, SourceHour};
use filo_store::{Tx, identity, lake_file, lease, position};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::flush::Written;
use super::live::{Freshness, Live};
use super::row::{link_row, node_row};
use super::run::Engine;
use super::standing::to_store;
use crate::customer::{customer_row, customer_terms};

/// A checkpoint tells so many incidents; under attack the rest would be more of the same.
const ALARMS_MOST: usize = 100;

/// What one checkpoint writes.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    nodes: Vec<NodeRow>,
    links: Vec<LinkRow>,
    customers: Vec<CustomerRow>,
    gone: Vec<CustomerId>,
    terms: Vec<(CustomerId, Vec<String>)>,
    alarms: Vec<(&'static str, NodeId)>,
    volumes: Vec<SourceHour>,
    written: Option<Written>,
    from: Position,
    to: Position,
}

/// How a checkpoint ended; the lease comes home.
#[derive(Debug)]
pub(crate) struct Saved {
    lease: Lease,
    snapshot: Snapshot,
    outcome: Result<(), filo_store::Error>,
}

impl Engine {
    pub(crate) fn start_checkpoint(&mut self) -> anyhow::Result<()> {
        let Some(mut lease) = self.lease.take() else {
            return Ok(());
        };
        let mut snapshot = self.shared.live.read().snapshot()?;
        snapshot.from = self.saved;
        snapshot.to = Position {
            applied: self.applied,
            ..self.saved
        };
        if let Some(written) = self.flushing.list() {
            snapshot.to.flushed = written.upto.unwrap_or(self.saved.flushed);
            snapshot.written = Some(written);
        }
        self.unsaved = 0;
        self.shared.live.write().mark_saving(&snapshot);
        let now = self.clock.now();
        let (answer, outcome) = oneshot::channel();
        self.saving = Some(outcome);
        tokio::runtime::Handle::current().spawn(async move {
            let outcome = save(&mut lease, &snapshot, now).await;
            drop(answer.send(Saved {
                lease,
                snapshot,
                outcome,
            }));
        });
        Ok(())
    }

    pub(crate) fn finish_checkpoint(&mut self, saved: Saved) -> anyhow::Result<()> {
        self.lease = Some(saved.lease);
        self.saved_at = Instant::now();
        let snapshot = saved.snapshot;
        if let Err(error) = saved.outcome {
            if error.is_full() {
                tracing::error!("the disk is full: the checkpoint waits for room");
                self.run_out_of_disk();
                self.shared.live.write().unmark_saving(&snapshot);
                if let Some(written) = snapshot.written {
                    self.flushing.wait(written);
                }
                return Ok(());
            }
            return Err(error).context("writing a checkpoint");
        }
        self.saved = snapshot.to;
        self.shared.live.write().mark_saved(&snapshot);
        let applied = snapshot.to.applied;
        self.shared
            .progress
            .send_modify(|progress| progress.checkpointed = applied);
        self.tend();
        match &snapshot.written {
            Some(written) => self.finish_listing(written),
            None => Ok(()),
        }
    }
}

/// Whether an identifier is somebody's: a company or a fixed line alone is no customer.
pub(crate) fn names_somebody(id: NodeId) -> bool {
    id.kind()
        .is_some_and(|kind| kind.strength() != Strength::Household)
}

impl Engine {
    /// Lets the store tidy its write-ahead files beside the work, not inside somebody's commit.
    fn tend(&mut self) {
        if self
            .tending
            .as_ref()
            .is_some_and(|tending| !tending.is_finished())
        {
            return;
        }
        let db = self.shared.db.clone();
        self.tending = Some(tokio::runtime::Handle::current().spawn(async move {
            if let Err(error) = db.tend().await {
                // The writers do it themselves then, later.
                tracing::warn!(%error, "the write-ahead files could not be tidied");
            }
        }));
    }
}

async fn save(
    lease: &mut Lease,
    snapshot: &Snapshot,
    now: Timestamp,
) -> Result<(), filo_store::Error> {
    let mut tx = lease.begin().await?;
    identity::save_nodes(&mut tx, &snapshot.nodes).await?;
    identity::save_links(&mut tx, &snapshot.links).await?;
    customer::remove(&mut tx, &snapshot.gone).await?;
    customer::save(&mut tx, &snapshot.customers).await?;
    customer::set_terms(&mut tx, &snapshot.terms).await?;
    source_hour::add(&mut tx, &snapshot.volumes).await?;
    for (reason, node) in &snapshot.alarms {
        raise(&mut tx, reason, *node, now).await?;
    }
    if let Some(written) = &snapshot.written {
        let add: Vec<_> = written.add.iter().map(|file| to_store(file, now)).collect();
        lake_file::swap(&mut tx, &add, &written.remove).await?;
    }
    position::advance(&mut tx, &snapshot.from, &snapshot.to).await?;
    lease::notify_applied(&mut tx, snapshot.to.applied).await?;
    tx.commit().await
}

/// Tells a person what identity stopped at; the same reason and identifier is one incident.
async fn raise(
    tx: &mut Tx<'_>,
    reason: &'static str,
    node: NodeId,
    now: Timestamp,
) -> Result<(), filo_store::Error> {
    let subject = node.to_string();
    // Any number nobody else has would do; this one needs no chance.
    let id = IncidentId(node.0 ^ (u128::from(now.0.unsigned_abs()) << 64));
    let kind = format!("identity_{reason}");
    let detail = format!(r#"{{"node":"{subject}"}}"#);
    let report = Report {
        id,
        kind: &kind,
        subject: &subject,
        detail: &detail,
        at: now,
    };
    incident::raise(tx, &report).await.map(drop)
}

impl Live {
    fn snapshot(&self) -> anyhow::Result<Snapshot> {
        let mut customers: HashMap<CustomerId, NodeId> = HashMap::default();
        let mut nodes = Vec::with_capacity(self.dirty.len());
        for id in &self.dirty {
            let Some(node) = self.nodes.get(id) else {
                continue;
            };
            nodes.push(node_row(*id, node)?);
            customers.entry(node.customer).or_insert(*id);
        }
        // In the order of the table, pages are touched once.
        nodes.sort_unstable_by_key(|row| row.id);
        let mut links = Vec::with_capacity(self.dirty_links.len());
        for ends in &self.dirty_links {
            if let Some(kept) = self.links.get(ends) {
                links.push(link_row(&kept.link)?);
            }
        }
        links.sort_unstable_by_key(|row| (row.a, row.b));
        let renamed: HashSet<CustomerId> = self
            .renamed
            .iter()
            .filter_map(|id| self.nodes.get(id))
            .map(|node| node.customer)
            .collect();
        let mut rows = Vec::with_capacity(customers.len());
        let mut terms = Vec::with_capacity(renamed.len());
        for (customer, node) in &customers {
            let members = self.members(*node);
            if !members.iter().any(|id| names_somebody(*id)) {
                continue;
            }
            let row = customer_row(*customer, self, &members);
            if renamed.contains(customer) {
                terms.push((*customer, customer_terms(&row, self, &members)));
            }
            rows.push(row);
        }
        rows.sort_unstable_by_key(|row| row.id);
        let alive: HashSet<CustomerId> = customers.into_keys().collect();
        let gone = self
            .gone
            .iter()
            .filter(|id| !alive.contains(id))
            .copied()
            .collect();
        let alarms = self.alarms.iter().copied().take(ALARMS_MOST).collect();
        Ok(Snapshot {
            nodes,
            links,
            customers: rows,
            gone,
            terms,
            alarms,
            volumes: self.volumes.open(),
            ..Snapshot::default()
        })
    }

    fn mark_saving(&mut self, snapshot: &Snapshot) {
        self.dirty.clear();
        for row in &snapshot.nodes {
            if let Some(node) = self.nodes.get_mut(&row.id) {
                node.freshness = Freshness::Saving;
                let before = node.memory_bytes();
                node.encoded_bytes = u32::try_from(row.state.len()).unwrap_or(u32::MAX);
                self.memory_bytes = self.memory_bytes + node.memory_bytes() - before;
            }
        }
        for ends in self.dirty_links.drain(..) {
            if let Some(kept) = self.links.get_mut(&ends) {
                kept.dirty = false;
            }
        }
        self.gone.clear();
        self.renamed.clear();
        self.alarms.clear();
        self.volumes.mark_saving();
    }

    fn mark_saved(&mut self, snapshot: &Snapshot) {
        self.epoch += 1;
        self.volumes.mark_saved();
        for row in &snapshot.nodes {
            if let Some(node) = self.nodes.get_mut(&row.id)
                && node.freshness == Freshness::Saving
            {
                node.freshness = Freshness::Clean;
            }
        }
    }

    fn unmark_saving(&mut self, snapshot: &Snapshot) {
        self.volumes.unmark_saving();
        for row in &snapshot.nodes {
            self.soil(row.id);
        }
        self.alarms.extend(snapshot.alarms.iter().copied());
        self.renamed
            .extend(snapshot.terms.iter().map(|(id, _)| NodeId::from(*id)));
        for row in &snapshot.links {
            if let Some(kept) = self.links.get_mut(&(row.a, row.b))
                && !kept.dirty
            {
                kept.dirty = true;
                self.dirty_links.push((row.a, row.b));
            }
        }
        for id in &snapshot.gone {
            let node = self.nodes.get(&NodeId::from(*id));
            if node.is_none_or(|node| node.customer != *id) {
                self.gone.insert(*id);
            }
        }
    }
}
