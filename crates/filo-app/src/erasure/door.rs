//! The door at which events about forgotten people are turned away.
//!
//! **Invariant (I13):** once a person's identifiers are buried, nothing that happened before gets
//! into the log: burying waits until everything that was let in earlier is on disk.

use std::sync::atomic::{AtomicU64, Ordering};

use ahash::HashMap;
use filo_core::event::Event;
use filo_core::id::{NodeId, WorkspaceKey};
use filo_core::identity::nodes_of;
use filo_core::privacy::{Buried, door};
use filo_core::time::Timestamp;
use filo_store::{Db, erasure};
use tokio::sync::{RwLock, RwLockReadGuard};

/// The identifiers of which nothing old comes in.
#[derive(Debug, Default)]
pub(crate) struct Tombstones {
    /// Held by who lets events in until they are on disk; alone by who buries.
    gate: RwLock<()>,
    buried: parking_lot::RwLock<HashMap<NodeId, Timestamp>>,
    turned_away: AtomicU64,
}

impl Tombstones {
    pub(crate) async fn load(db: &Db) -> Result<Self, filo_store::Error> {
        let mut tx = db.read().await?;
        let known = erasure::tombstones(&mut tx).await?;
        Ok(Self {
            buried: parking_lot::RwLock::new(known.into_iter().collect()),
            ..Self::default()
        })
    }

    /// To be held until what was let in is on disk.
    pub(crate) async fn open(&self) -> RwLockReadGuard<'_, ()> {
        self.gate.read().await
    }

    /// From here on nothing old of these identifiers comes in.
    pub(crate) async fn bury(&self, nodes: &[NodeId], at: Timestamp) {
        let _closed = self.gate.write().await;
        let mut buried = self.buried.write();
        for node in nodes {
            let known = buried.entry(*node).or_insert(at);
            *known = at.max(*known);
        }
    }

    /// How many are buried.
    pub(crate) fn count(&self) -> usize {
        self.buried.read().len()
    }

    /// What may come in of these events, by what this node knows.
    pub(crate) fn let_in(&self, events: Vec<Event>, key: &WorkspaceKey) -> Vec<Event> {
        let buried = self.buried.read();
        if buried.is_empty() {
            return events;
        }
        self.sift(events, key, |node| buried.get(&node).copied())
    }

    /// The same on a node that does not see what another one buries: the tables say it.
    pub(crate) async fn let_in_by(
        &self,
        db: &Db,
        events: Vec<Event>,
        key: &WorkspaceKey,
    ) -> Result<Vec<Event>, filo_store::Error> {
        let mut nodes: Vec<NodeId> = events.iter().flat_map(|it| nodes_of(it, key)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut tx = db.read().await?;
        let found = erasure::tombstones_of(&mut tx, &nodes).await?;
        let found: HashMap<NodeId, Timestamp> = found.into_iter().collect();
        Ok(self.sift(events, key, |node| found.get(&node).copied()))
    }

    /// Those of these identifiers that are buried.
    pub(crate) fn buried_of(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        let buried = self.buried.read();
        let nodes = nodes.iter();
        nodes
            .filter(|it| buried.contains_key(it))
            .copied()
            .collect()
    }

    /// Counts what was turned away elsewhere.
    pub(crate) fn count_one(&self) {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
    }

    fn sift(
        &self,
        events: Vec<Event>,
        key: &WorkspaceKey,
        forgotten_at: impl Fn(NodeId) -> Option<Timestamp>,
    ) -> Vec<Event> {
        let mut left = Vec::with_capacity(events.len());
        for event in events {
            let nodes = nodes_of(&event, key);
            match door(event, &nodes, &forgotten_at) {
                Buried::No(event) | Buried::Named(event) => left.push(event),
                Buried::Yes => {
                    self.turned_away.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        left
    }

    /// Events that were turned away since the start.
    pub(crate) fn turned_away(&self) -> u64 {
        self.turned_away.load(Ordering::Relaxed)
    }
}
