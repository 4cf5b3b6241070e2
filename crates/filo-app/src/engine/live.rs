//! What the engine keeps in memory: the identity graph of hot customers and their profiles.
//!
//! **Invariant:** if a node is here, so is its whole component (suspended nodes excepted, which
//! nobody walks through), so every decision about identity is made on the whole set of evidence.
//! A clean node equals its row; only clean nodes are evicted.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use ahash::{HashMap, HashSet};
use compact_str::CompactString;
use filo_core::audit;
use filo_core::id::{CustomerId, NodeId, SegmentId};
use filo_core::identity::{Identifier, Link, NodeFacts};
use filo_core::journey;
use filo_core::profile::Profile;
use filo_core::segment::Book;
use smallvec::SmallVec;

use super::noting::Noted;
use super::segments::{Beside, Seating};
use super::stir::Stir;
use super::tail::Tail;
use super::volume::Volumes;
use crate::webhook::Effects;

/// Memory of one node beside its profile: its slot and those of its links, in tables that are
/// six tenths full on average, and its identifier. Measured with the `ingest` bench (resident
/// memory per node) and rounded up.
const NODE_BYTES: usize = 600;
/// What an encoded profile takes on the heap when it is open, beside [`Profile`] itself.
const PROFILE_FACTOR: usize = 2;

/// With so large a part of the nodes unsaved, a checkpoint makes room and is worth its cost.
const UNSAVED_SHARE: usize = 4;

/// Whether a node equals its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// The row says the same.
    Clean,
    /// A checkpoint that holds this state is being written.
    Saving,
    /// Changed since.
    Dirty,
}

/// One identifier with everything that came with it.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) identifier: Identifier,
    pub(crate) facts: NodeFacts,
    pub(crate) customer: CustomerId,
    /// The fold of the events on this thread; none for an identifier that only came along.
    pub(crate) profile: Option<Box<Profile>>,
    /// What segments need of it.
    pub(crate) beside: Option<Box<Beside>>,
    /// The other ends of its links.
    pub(crate) neighbours: SmallVec<[NodeId; 2]>,
    pub(crate) freshness: Freshness,
    /// Used since the eviction's hand last passed.
    pub(crate) touched: bool,
    /// What it counts for in [`Live::memory_bytes`]: [`weight`] when it was last encoded.
    pub(crate) counted_bytes: u32,
}

/// About how much memory a node takes whose state has so many bytes.
pub(crate) fn weight(has_profile: bool, state_bytes: usize) -> u32 {
    let profile = match has_profile {
        true => size_of::<Profile>() + state_bytes * PROFILE_FACTOR,
        false => 0,
    };
    u32::try_from(NODE_BYTES + profile).unwrap_or(u32::MAX)
}

/// A link with its freshness.
#[derive(Debug, Clone)]
pub(crate) struct KeptLink {
    pub(crate) link: Link,
    pub(crate) dirty: bool,
}

/// What the tables still hold and is no more.
#[derive(Debug, Default, Clone)]
pub(crate) struct Removals {
    pub(crate) nodes: HashSet<NodeId>,
    pub(crate) links: HashSet<(NodeId, NodeId)>,
}

impl Removals {
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.links.is_empty()
    }
}

/// The state in memory. The engine writes it; readers borrow it for microseconds.
#[derive(Debug, Default)]
pub(crate) struct Live {
    /// On the heap each, so that a table that grows moves little and has small empty places.
    pub(crate) nodes: HashMap<NodeId, Box<Node>>,
    pub(crate) links: HashMap<(NodeId, NodeId), KeptLink>,
    pub(crate) tail: Tail,
    /// What sources sent and no checkpoint has yet.
    pub(crate) volumes: Volumes,
    /// Everything the database holds is here, so what is not here does not exist.
    pub(crate) complete: bool,
    /// Nodes to write at the next checkpoint.
    pub(crate) dirty: HashSet<NodeId>,
    /// Links to write at the next checkpoint.
    pub(crate) dirty_links: Vec<(NodeId, NodeId)>,
    /// Customer ids that ceased to stand for anybody: merged into another.
    pub(crate) gone: HashSet<CustomerId>,
    /// Nodes and links of which no event is left: to be taken out of the tables by the next
    /// checkpoint, and until then not to be loaded from there again.
    pub(crate) removed: Removals,
    /// What identity stopped at since the last checkpoint: the reason and the identifier.
    pub(crate) alarms: BTreeSet<(&'static str, NodeId)>,
    /// What people entered since the last checkpoint, for the audit log, in order.
    pub(crate) entered: Vec<audit::Entry>,
    /// Nodes whose customer may have got other words to be found by.
    pub(crate) renamed: HashSet<NodeId>,
    /// The segments that are looked after.
    pub(crate) book: Arc<Book>,
    /// Those of them that everybody is still to be looked at for.
    pub(crate) filling: BTreeSet<SegmentId>,
    /// Those of these that were changed, and whose members were known before.
    pub(crate) refilling: BTreeSet<SegmentId>,
    /// Computed traits for which what happened before is still being gathered, by key.
    pub(crate) counting: BTreeSet<CompactString>,
    /// Whose segments are to be worked out anew.
    pub(crate) stirred: HashMap<NodeId, Stir>,
    /// What that came to since the last checkpoint.
    pub(crate) seating: Seating,
    /// The journeys that are under way.
    pub(crate) journeys: Arc<journey::Book>,
    /// What has just happened that may move somebody on.
    pub(crate) noted: Vec<Noted>,
    /// What somebody wants to hear of; nothing is collected while nobody listens.
    pub(crate) effects: Option<Effects>,
    /// Loaded nodes in the order of the eviction's hand.
    pub(crate) ring: Vec<NodeId>,
    pub(crate) hand: usize,
    /// Looks of the hand since something could last be let go of.
    pub(crate) vain_looks: usize,
    pub(crate) memory_bytes: usize,
    /// Counts checkpoints, so that a reader's load cannot overwrite what was evicted since.
    pub(crate) epoch: u64,
}

impl Live {
    /// Marks a node as changed.
    pub(crate) fn soil(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(&id)
            && node.freshness != Freshness::Dirty
        {
            node.freshness = Freshness::Dirty;
            self.dirty.insert(id);
        }
    }

    /// Whether what is yet to be written takes a good part of the memory.
    pub(crate) fn is_mostly_unsaved(&self) -> bool {
        self.dirty.len() >= self.nodes.len() / UNSAVED_SHARE
    }

    /// Puts a node in, unless it is there already.
    pub(crate) fn admit(&mut self, id: NodeId, node: Node) {
        if self.removed.nodes.contains(&id) {
            return;
        }
        if let Entry::Vacant(place) = self.nodes.entry(id) {
            self.memory_bytes += node.counted_bytes as usize;
            self.ring.push(id);
            place.insert(Box::new(node));
        }
    }

    /// Puts a link in, unless it is there already, and makes both ends know each other.
    pub(crate) fn admit_link(&mut self, link: Link, dirty: bool) {
        let ends = (link.a, link.b);
        if self.removed.links.contains(&ends) {
            return;
        }
        if let Entry::Vacant(place) = self.links.entry(ends) {
            place.insert(KeptLink { link, dirty });
            if dirty {
                self.dirty_links.push(ends);
            }
        }
        for (near, far) in [ends, (ends.1, ends.0)] {
            if let Some(node) = self.nodes.get_mut(&near)
                && !node.neighbours.contains(&far)
            {
                node.neighbours.push(far);
            }
        }
    }

    /// The link between two nodes, whichever way round.
    pub(crate) fn link(&self, one: NodeId, other: NodeId) -> Option<&Link> {
        self.links
            .get(&(one.min(other), one.max(other)))
            .map(|kept| &kept.link)
    }

    /// The nodes of a customer that are in memory, starting from one of them, by id.
    pub(crate) fn members(&self, of: NodeId) -> Vec<NodeId> {
        let Some(customer) = self.nodes.get(&of).map(|node| node.customer) else {
            return Vec::new();
        };
        let mut members = vec![of];
        let mut next = 0;
        while let Some(id) = members.get(next).copied() {
            next += 1;
            for neighbour in self
                .nodes
                .get(&id)
                .into_iter()
                .flat_map(|node| &node.neighbours)
            {
                let same = self
                    .nodes
                    .get(neighbour)
                    .is_some_and(|node| node.customer == customer);
                if same && !members.contains(neighbour) {
                    members.push(*neighbour);
                }
            }
        }
        members.sort_unstable();
        members
    }

    /// The profile of a customer: its threads' profiles merged. Most have one thread with
    /// events, and are borrowed.
    pub(crate) fn profile(&self, members: &[NodeId]) -> Cow<'_, Profile> {
        let mut profiles = members
            .iter()
            .filter_map(|id| self.nodes.get(id)?.profile.as_deref());
        let Some(first) = profiles.next() else {
            return Cow::Owned(Profile::default());
        };
        let mut merged = Cow::Borrowed(first);
        for profile in profiles {
            merged.to_mut().merge(profile);
        }
        merged
    }
}
