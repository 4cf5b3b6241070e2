//! Applying one event to the state in memory: identity, then profile.
//!
//! **Invariant (I10, I11):** after any set of events the state is the same, whatever their order,
//! their batches and their repetitions. Pure but for the lake's index of known events.

use ahash::HashSet;
use filo_core::consent;
use filo_core::event::{Event, EventKind, Trust};
use filo_core::id::{CustomerId, NodeId, WorkspaceKey};
use filo_core::identity::{
    Clustering, Component, Decision, Identifier, Kind, Link, NodeFacts, Obstacle, PeopleLinks,
    Rules, Strength, Suspicion, carries, cluster, links_between, nodes_of,
};
use filo_core::profile::Profile;
use filo_core::segment::Occasion;
use filo_core::time::Timestamp;
use smallvec::SmallVec;

use super::live::{Freshness, Live, Node, weight};
use super::stir::Stir;

/// A household or company keeps at most so many links: they never join anybody.
const HOUSEHOLD_LINKS_MOST: usize = 64;

/// Anybody else keeps at most so many, which is the cap on a customer's identifiers: an attack
/// cannot grow one node without bound. Beyond it, which links are kept depends on their order.
const PERSON_LINKS_MOST: usize = 1000;

/// An event on its way into the state, with the nodes of its identifiers.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(crate) event: Event,
    pub(crate) nodes: SmallVec<[NodeId; 4]>,
}

impl Arrival {
    /// Works out the nodes; done on the way in, so that the engine need not.
    pub(crate) fn new(event: Event, key: &WorkspaceKey) -> Self {
        let nodes = nodes_of(&event, key);
        Self { event, nodes }
    }

    /// Every node that must be in memory before the event can be applied.
    pub(crate) fn needs(&self) -> impl Iterator<Item = NodeId> {
        self.nodes.iter().copied()
    }

    fn links(&self) -> SmallVec<[Link; 2]> {
        if self.event.kind == EventKind::Decision {
            let link = Decision::of(&self.event).and_then(|decision| decision.link(&self.event));
            return link.into_iter().collect();
        }
        links_between(&self.event, &self.nodes)
    }

    /// Facts that say nothing yet: any event that shows the identifier replaces them.
    fn unseen(id: NodeId, kind: Kind) -> NodeFacts {
        NodeFacts {
            id,
            kind,
            first_seen: Timestamp::MAX,
            last_seen: Timestamp::MIN,
            trust: Trust::Claimed,
        }
    }
}

impl Live {
    /// Applies an event that has not been seen before.
    pub(crate) fn apply(&mut self, arrival: &Arrival, rules: &Rules) {
        let moved = self.absorb(arrival, rules);
        self.stir_by(arrival);
        self.note_event(arrival);
        if let Some(effects) = &mut self.effects {
            effects.note(&arrival.event);
            effects.note_claim(&arrival.event, &arrival.nodes);
        }
        if moved {
            let seeds: SmallVec<[NodeId; 4]> = arrival.needs().collect();
            self.recluster(&seeds, rules);
        }
    }

    /// Notes what an event says of its identifiers, their links and its thread; says whether
    /// that can change who is who.
    pub(crate) fn absorb(&mut self, arrival: &Arrival, rules: &Rules) -> bool {
        let event = &arrival.event;
        let mut moved = false;
        for (identifier, id) in event.identifiers.iter().zip(&arrival.nodes) {
            moved |= self.observe(*id, identifier, event);
        }
        for link in arrival.links() {
            moved |= self.learn(link);
        }
        self.fold(arrival, rules);
        moved
    }

    /// Notes that an event showed an identifier; says whether that can change who is who.
    fn observe(&mut self, id: NodeId, identifier: &Identifier, event: &Event) -> bool {
        if let Some(node) = self.nodes.get_mut(&id) {
            node.touched = true;
            let before = node.facts;
            if event.trust != Trust::Staff {
                node.facts.observe(event);
            }
            // When it was last seen decides nothing about identity.
            let moved =
                before.first_seen != node.facts.first_seen || before.trust != node.facts.trust;
            let alone = node.neighbours.is_empty();
            self.soil(id);
            return moved && !alone;
        }
        let mut facts = Arrival::unseen(id, identifier.kind);
        if event.trust != Trust::Staff {
            facts.observe(event);
        }
        self.admit(
            id,
            Node {
                identifier: identifier.clone(),
                facts,
                customer: CustomerId::from(id),
                profile: None,
                beside: None,
                neighbours: SmallVec::new(),
                freshness: Freshness::Clean,
                touched: true,
                counted_bytes: weight(false, 0),
            },
        );
        self.soil(id);
        self.renamed.insert(id);
        self.stir(id, Stir::all(Occasion::Event(event.id)));
        false
    }

    /// Takes in a link or what is new about it; says whether anything was.
    fn learn(&mut self, link: Link) -> bool {
        let ends = (link.a, link.b);
        if let Some(kept) = self.links.get_mut(&ends) {
            let before = kept.link.evidence;
            let ruled = link.ruling.is_some();
            kept.link.merge(&link);
            if !ruled && kept.link.evidence == before {
                return false;
            }
            if !kept.dirty {
                kept.dirty = true;
                self.dirty_links.push(ends);
            }
            return true;
        }
        if link.ruling.is_none() && (self.is_full(link.a) || self.is_full(link.b)) {
            return false;
        }
        self.admit_link(link, true);
        true
    }

    /// Adds the event to its thread's profile; a statement about consent counts for every
    /// identifier that came with it.
    fn fold(&mut self, arrival: &Arrival, rules: &Rules) {
        let event = &arrival.event;
        let thread = event.thread;
        if let Some(node) = self.nodes.get_mut(&thread) {
            node.touched = true;
            if node.profile.is_none() {
                // What it takes beside that is counted when it is written.
                let opened = weight(true, 0);
                self.memory_bytes += opened.saturating_sub(node.counted_bytes) as usize;
                node.counted_bytes = node.counted_bytes.max(opened);
            }
            let profile = node.profile.get_or_insert_default();
            let before = (event.kind == EventKind::Identify).then(|| words(profile));
            profile.fold(event, rules);
            if before.is_some_and(|before| before != words(profile)) {
                self.renamed.insert(thread);
            }
            let signals = self.book.signals();
            if signals.of(event).next().is_some() {
                let beside = node.beside.get_or_insert_default();
                beside.traces.fold(event, signals);
            }
            self.soil(thread);
        }
        if !consent::concerns(event) {
            return;
        }
        // A person's word is not that of their household or company.
        let own = |id: &NodeId| {
            id.kind()
                .is_some_and(|it| it.strength() != Strength::Household)
        };
        for id in arrival.nodes.iter().filter(|id| **id != thread && own(id)) {
            if let Some(node) = self.nodes.get_mut(id) {
                node.profile
                    .get_or_insert_default()
                    .fold_consent(*id, event);
                self.soil(*id);
            }
        }
    }

    /// Works out anew who is who in the components of the given nodes.
    pub(crate) fn recluster(&mut self, seeds: &[NodeId], rules: &Rules) {
        let component = self.component(seeds, rules);
        let clustering = cluster(&component, rules);
        self.settle(&clustering);
    }

    /// Moves everybody to where the clustering has them, and tells what it stopped at.
    pub(crate) fn settle(&mut self, clustering: &Clustering) {
        self.assign(clustering);
        // A cap that stopped a join is a person's business, never only a log line.
        let stopped = clustering
            .refused
            .iter()
            .filter(|refused| refused.reason.is_incident());
        self.alarms
            .extend(stopped.map(|refused| (refused.reason.word(), refused.a)));
        self.alarms.extend(
            clustering
                .suspended
                .iter()
                .map(|id| (Obstacle::Suspended.word(), *id)),
        );
    }

    /// Everything linked to the given nodes, directly or not. At an identifier that stands for
    /// too many people the walk ends, except when it has just become one: then it lets go of
    /// everybody.
    pub(crate) fn component(&self, seeds: &[NodeId], rules: &Rules) -> Component {
        let mut ids: Vec<NodeId> = Vec::with_capacity(seeds.len() + 4);
        for id in seeds {
            if !ids.contains(id) {
                ids.push(*id);
            }
        }
        let seeds = ids.len();
        let mut known: HashSet<NodeId> = ids.iter().copied().collect();
        let mut component = Component::default();
        let mut next = 0;
        while let Some(id) = ids.get(next).copied() {
            next += 1;
            let Some(node) = self.nodes.get(&id) else {
                continue;
            };
            component.nodes.push(node.facts);
            let people = self.people_links(id, node, rules);
            let suspicion = Suspicion::of(node.facts.kind, people, rules);
            let stops = suspicion == Suspicion::Everything && !(next <= seeds && self.holds(node));
            if stops {
                component.hubs.push((id, suspicion));
            }
            for neighbour in &node.neighbours {
                let Some(link) = self.link(id, *neighbour) else {
                    continue;
                };
                // What a person ruled holds at an identifier of too many people as well.
                if !carries(link) || (stops && link.ruling.is_none()) {
                    continue;
                }
                component.links.push(link.clone());
                if known.insert(*neighbour) {
                    ids.push(*neighbour);
                }
            }
        }
        component
    }

    /// Whether somebody else is in the node's customer now.
    fn holds(&self, node: &Node) -> bool {
        let others = node
            .neighbours
            .iter()
            .filter_map(|other| self.nodes.get(other));
        others
            .into_iter()
            .any(|other| other.customer == node.customer)
    }

    fn people_links(&self, id: NodeId, node: &Node, rules: &Rules) -> PeopleLinks {
        let mut people = PeopleLinks::default();
        if node.neighbours.len() > rules.suspect_links as usize {
            for other in &node.neighbours {
                if let (Some(link), Some(kind)) = (self.link(id, *other), other.kind()) {
                    people.count(link, kind);
                }
            }
        }
        people
    }

    /// Whether a node takes no more links.
    fn is_full(&self, id: NodeId) -> bool {
        let Some(node) = self.nodes.get(&id) else {
            return true;
        };
        let most = match node.identifier.kind.strength() {
            Strength::Household => HOUSEHOLD_LINKS_MOST,
            Strength::Person | Strength::Device => PERSON_LINKS_MOST,
        };
        node.neighbours.len() >= most
    }

    fn move_to(&mut self, id: NodeId, customer: CustomerId) {
        let Some(node) = self.nodes.get_mut(&id) else {
            return;
        };
        if node.customer != customer {
            let before = std::mem::replace(&mut node.customer, customer);
            if let Some(effects) = &mut self.effects {
                effects.note_move(id, before);
            }
            self.note_move(id);
            self.gone.insert(before);
            self.soil(id);
            self.renamed.insert(id);
            self.stir(id, Stir::all(Occasion::Identity));
            self.stir(NodeId::from(before), Stir::all(Occasion::Identity));
            // Who stays behind loses words with it.
            self.soil(NodeId::from(before));
            self.renamed.insert(NodeId::from(before));
        }
        self.gone.remove(&customer);
    }

    fn assign(&mut self, clustering: &Clustering) {
        for cluster in &clustering.customers {
            for id in &cluster.nodes {
                self.move_to(*id, cluster.id);
            }
        }
        // An id that somebody still carries is not gone, whoever was moved away from it.
        for cluster in &clustering.customers {
            self.gone.remove(&cluster.id);
        }
    }
}

/// What of a profile a person is found by.
fn words(profile: &Profile) -> [Option<String>; 3] {
    let traits = &profile.traits;
    [
        traits.full_name(),
        traits.text("email"),
        traits.text("phone"),
    ]
}
