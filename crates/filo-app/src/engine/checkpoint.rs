//! Checkpoints: what changed, what it means for lists and search, and how far the engine has
//! come, in one transaction.
//!
//! **Invariant:** the tables always show a state the engine really was in; a checkpoint of a node
//! that no longer holds the lease cannot commit.

use std::collections::BTreeSet;
use std::sync::Arc;

use ahash::{HashMap, HashSet};
use anyhow::Context;
use filo_core::audit::Entry;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Strength;
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow};
use filo_store::customer_list::member::{self, MemberRow};
use filo_store::identity::{LinkRow, NodeRow};
use filo_store::lease::Lease;
use filo_store::position::Position;
use filo_store::source_hour::{self, SourceHour};
use filo_store::{Tx, audit, identity, lake_file, lease, position};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::alarm::raise;
use super::flush::Written as Files;
use super::live::{Freshness, Live, Removals, weight};
use super::row::{link_row, node_row};
use super::run::Engine;
use super::segments::Seating;
use super::standing::{Shared, to_store};
use super::way::Written;
use crate::audience::{Stirred, note};
use crate::clock::Chance;
use crate::consent::ask_to_confirm;
use crate::customer::{customer_row, customer_terms};
use crate::webhook::{News, Told, tell, tell_lost, turned};

/// A checkpoint tells so many incidents; under attack the rest would be more of the same.
const ALARMS_MOST: usize = 100;

/// What one checkpoint writes.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    nodes: Vec<NodeRow>,
    /// The size of each node's state before it was packed.
    plain_bytes: Vec<u32>,
    /// Nodes that may have another customer than their row says.
    moved: Vec<(NodeId, CustomerId)>,
    links: Vec<LinkRow>,
    customers: Vec<CustomerRow>,
    gone: Vec<CustomerId>,
    removed: Removals,
    terms: Vec<(CustomerId, Vec<String>)>,
    listed: Vec<(CustomerId, Vec<MemberRow>)>,
    alarms: Vec<(&'static str, NodeId)>,
    entered: Vec<Entry>,
    told: Option<Told>,
    seating: Seating,
    ways: Written,
    volumes: Vec<SourceHour>,
    written: Option<Files>,
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

impl Snapshot {
    /// Whom audiences may have to look at.
    fn stirred(&self) -> Stirred<'_> {
        Stirred {
            changed: self.customers.iter().map(|row| row.id).collect(),
            gone: &self.gone,
            seated: self.seating.seated(),
            listed: &self.listed,
        }
    }
}

impl Engine {
    pub(crate) fn start_checkpoint(&mut self) -> anyhow::Result<()> {
        let Some(mut lease) = self.lease.take() else {
            return Ok(());
        };
        let wakes = self.shared.live.write().settle_segments(self.clock.now());
        self.agenda.note(wakes);
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
        snapshot.ways = self.ways.start_saving();
        {
            let mut live = self.shared.live.write();
            live.mark_saving(&snapshot);
            snapshot.told = live.take_told();
        }
        let (shared, chance) = (Arc::clone(&self.shared), Arc::clone(&self.chance));
        let now = self.clock.now();
        let (answer, outcome) = oneshot::channel();
        self.saving = Some(outcome);
        tokio::runtime::Handle::current().spawn(async move {
            let outcome = save(&mut lease, &mut snapshot, &shared, (&chance, now)).await;
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
        let mut snapshot = saved.snapshot;
        if let Err(error) = saved.outcome {
            if error.is_full() {
                tracing::error!("the disk is full: the checkpoint waits for room");
                self.run_out_of_disk();
                self.ways.put_back(std::mem::take(&mut snapshot.ways));
                {
                    let mut live = self.shared.live.write();
                    live.unmark_saving(&snapshot);
                    if let Some(told) = snapshot.told.take() {
                        live.put_back(told);
                    }
                }
                if let Some(written) = snapshot.written {
                    self.flushing.wait(written);
                }
                return Ok(());
            }
            return Err(error).context("writing a checkpoint");
        }
        self.saved = snapshot.to;
        self.ways.saved();
        if snapshot.ways.has_events() {
            self.shared.recording.wake();
        }
        self.shared.live.write().mark_saved(&snapshot);
        let renamed = snapshot.terms.iter().map(|(customer, _)| *customer);
        self.shared
            .changed
            .note(renamed.chain(snapshot.gone.iter().copied()));
        self.shared.due.note(&snapshot.customers, &snapshot.gone);
        let applied = snapshot.to.applied;
        self.shared
            .progress
            .send_modify(|progress| progress.checkpointed = applied);
        let has_told =
            snapshot.told.is_some() || !snapshot.seating.is_empty() || snapshot.ways.has_news();
        if has_told || !snapshot.alarms.is_empty() {
            self.shared.hearing.sending.wake();
            self.shared.outbox.wake();
        }
        self.shared.audiences.wake();
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

async fn save(
    lease: &mut Lease,
    snapshot: &mut Snapshot,
    shared: &Shared,
    at: (&Chance, Timestamp),
) -> Result<(), filo_store::Error> {
    let now = at.1;
    let mut tx = lease.begin().await?;
    let mut news = news_of(&mut tx, snapshot).await?;
    remove(&mut tx, &snapshot.removed).await?;
    identity::save_nodes(&mut tx, &snapshot.nodes).await?;
    identity::move_nodes(&mut tx, &snapshot.moved).await?;
    for row in &mut snapshot.nodes {
        // Afterwards only the ids are asked for: the rest would stay for the whole transaction.
        row.state = Vec::new();
    }
    identity::save_links(&mut tx, &snapshot.links).await?;
    customer::remove(&mut tx, &snapshot.gone).await?;
    customer::save(&mut tx, &snapshot.customers).await?;
    customer::set_terms(&mut tx, &snapshot.terms).await?;
    member::forget(&mut tx, &snapshot.gone).await?;
    member::set(&mut tx, &snapshot.listed).await?;
    note(&mut tx, &shared.audiences.watched(), &snapshot.stirred()).await?;
    let turns = snapshot.seating.save(&mut tx, &snapshot.gone).await?;
    source_hour::add(&mut tx, &snapshot.volumes).await?;
    for (reason, node) in &snapshot.alarms {
        news.extend(raise(&mut tx, reason, *node, now).await?);
    }
    let hearers = shared.hearing.hearers();
    news.extend(turned(&hearers, &turns));
    snapshot.ways.save(&mut tx).await?;
    news.extend(snapshot.ways.news().iter().cloned());
    ask_to_confirm(&mut tx, shared, &hearers, &mut news, at).await?;
    tell(&mut tx, &hearers, &news, at).await?;
    let lost = snapshot.told.as_ref().map_or(0, Told::lost);
    tell_lost(&mut tx, &hearers, lost, at).await?;
    if let Some(written) = &snapshot.written {
        let add: Vec<_> = written.add.iter().map(|file| to_store(file, now)).collect();
        lake_file::swap(&mut tx, &add, &written.remove).await?;
    }
    position::advance(&mut tx, &snapshot.from, &snapshot.to).await?;
    // With the position, so that each is written down exactly once.
    for entry in &snapshot.entered {
        audit::append(&mut tx, entry).await?;
    }
    lease::notify_applied(&mut tx, snapshot.to.applied).await?;
    tx.commit().await
}

/// Takes out what no event speaks of any more.
async fn remove(tx: &mut Tx<'_>, removed: &Removals) -> Result<(), filo_store::Error> {
    if removed.is_empty() {
        return Ok(());
    }
    let mut links: Vec<_> = removed.links.iter().copied().collect();
    links.sort_unstable();
    identity::remove_links(tx, &links).await?;
    let mut nodes: Vec<_> = removed.nodes.iter().copied().collect();
    nodes.sort_unstable();
    identity::remove_nodes(tx, &nodes).await
}

/// What is to be told, by looking at who was there before this checkpoint.
async fn news_of(tx: &mut Tx<'_>, snapshot: &Snapshot) -> Result<Vec<News>, filo_store::Error> {
    let Some(told) = &snapshot.told else {
        return Ok(Vec::new());
    };
    let known = customer::get_many(tx, &told.customers()).await?;
    let mut before: Vec<CustomerId> = known.into_iter().map(|row| row.id).collect();
    before.sort_unstable();
    let after: Vec<CustomerId> = snapshot.customers.iter().map(|row| row.id).collect();
    Ok(told.news(&before, &after, &snapshot.gone))
}

impl Live {
    fn snapshot(&self) -> anyhow::Result<Snapshot> {
        let mut customers: HashMap<CustomerId, NodeId> = HashMap::default();
        let mut nodes = Vec::with_capacity(self.dirty.len());
        let mut moved = Vec::new();
        for id in &self.dirty {
            let Some(node) = self.nodes.get(id) else {
                continue;
            };
            nodes.push(node_row(*id, node)?);
            if self.renamed.contains(id) {
                moved.push((*id, node.customer));
            }
            customers.entry(node.customer).or_insert(*id);
        }
        // In the order of the table, pages are touched once.
        nodes.sort_unstable_by_key(|(row, _)| row.id);
        let (nodes, plain_bytes) = nodes.into_iter().unzip();
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
        let mut listed = Vec::with_capacity(customers.len());
        for (customer, node) in &customers {
            let members = self.members(*node);
            if !members.iter().any(|id| names_somebody(*id)) {
                continue;
            }
            let row = customer_row(*customer, self, &members);
            if renamed.contains(customer) {
                terms.push((*customer, customer_terms(&row, self, &members)));
            }
            listed.push((*customer, self.lists(*customer, &members)));
            rows.push(row);
        }
        rows.sort_unstable_by_key(|row| row.id);
        let alive: HashSet<CustomerId> = customers.into_keys().collect();
        let gone = self
            .gone
            .iter()
            .filter(|id| !alive.contains(id))
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let alarms = self.alarms.iter().copied().take(ALARMS_MOST).collect();
        Ok(Snapshot {
            nodes,
            plain_bytes,
            moved,
            links,
            customers: rows,
            gone,
            removed: self.removed.clone(),
            terms,
            listed,
            alarms,
            entered: self.entered.clone(),
            seating: self.seating.clone(),
            volumes: self.volumes.open(),
            ..Snapshot::default()
        })
    }

    fn mark_saving(&mut self, snapshot: &Snapshot) {
        self.dirty.clear();
        for (row, plain_bytes) in snapshot.nodes.iter().zip(&snapshot.plain_bytes) {
            if let Some(node) = self.nodes.get_mut(&row.id) {
                node.freshness = Freshness::Saving;
                let counted = weight(node.profile.is_some(), *plain_bytes as usize);
                let before = std::mem::replace(&mut node.counted_bytes, counted);
                self.memory_bytes = self.memory_bytes + counted as usize - before as usize;
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
        self.entered.clear();
        self.seating = Seating::default();
        self.volumes.mark_saving();
    }

    fn mark_saved(&mut self, snapshot: &Snapshot) {
        self.epoch += 1;
        self.vain_looks = 0;
        self.removed = Removals::default();
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
        self.seating.put_before(&snapshot.seating);
        for row in &snapshot.nodes {
            self.soil(row.id);
        }
        self.alarms.extend(snapshot.alarms.iter().copied());
        self.entered.splice(..0, snapshot.entered.iter().cloned());
        self.renamed
            .extend(snapshot.terms.iter().map(|(id, _)| NodeId::from(*id)));
        self.renamed
            .extend(snapshot.moved.iter().map(|(id, _)| *id));
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
