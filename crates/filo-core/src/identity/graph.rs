//! A component made ready for clustering: nodes by id, links as edges between their places, in
//! the order in which they are taken.
//!
//! **Invariant:** it is the same whatever the order and repetition of what it is made from.

use std::borrow::Cow;
use std::cmp::Reverse;

use smallvec::SmallVec;

use super::clustering::{Component, Obstacle};
use super::decision::Verdict;
use super::link::{Link, can_join};
use super::node::NodeFacts;
use super::suspicion::{PeopleLinks, Suspicion};
use super::{Kind, Rules, Strength};
use crate::event::Trust;
use crate::id::{EventId, NodeId};
use crate::time::Timestamp;

/// When an edge is taken; the order is the order of clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Route {
    /// Between identifiers of people.
    People,
    /// People of the company joined its ends.
    Ruled,
    /// With a device, on evidence that can be believed.
    Devices,
    /// With a device, on a claim.
    ClaimedDevices,
}

/// A live link, its ends as places in the list of nodes (`a < b`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) route: Route,
    pub(super) trust: Trust,
    /// The stronger kind first.
    pub(super) kinds: (Kind, Kind),
    at: Timestamp,
    /// The decision, for ruled edges; they have no other rank than their time.
    decision: Option<EventId>,
}

impl Edge {
    /// The order within a route. Places are by id, so that they decide ties as ids would.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let by_evidence = match self.route {
            Route::Ruled => None,
            Route::People | Route::Devices | Route::ClaimedDevices => {
                Some((Reverse(self.trust), self.kinds))
            }
        };
        (
            self.route,
            by_evidence,
            self.at,
            self.decision,
            self.a,
            self.b,
        )
    }

    pub(super) fn is_between_devices(&self) -> bool {
        self.kinds.0.strength() == Strength::Device
    }
}

/// The component in order.
pub(super) struct Graph<'a> {
    pub(super) nodes: Cow<'a, [NodeFacts]>,
    /// Edges that may join, in the order in which they are taken.
    edges: SmallVec<[Edge; 16]>,
    /// Pairs that a person keeps apart.
    pub(super) apart: SmallVec<[(usize, usize); 2]>,
    /// Links that speak for joining and are refused for what their ends are.
    pub(super) obstructed: Vec<(usize, usize, Obstacle)>,
    /// The places of suspects.
    pub(super) suspended: Vec<usize>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(component: &'a Component, rules: &Rules) -> Self {
        let nodes = sorted_nodes(&component.nodes);
        let links = sorted_links(&component.links);
        let place = |id: NodeId| nodes.binary_search_by_key(&id, |facts| facts.id).ok();
        let mut doubts: SmallVec<[(PeopleLinks, Suspicion); 32]> = SmallVec::new();
        doubts.resize(nodes.len(), Default::default());
        let mut edges: SmallVec<[Edge; 16]> = SmallVec::new();
        let mut apart = SmallVec::new();
        let mut obstructed = Vec::new();
        for link in links.iter() {
            let (Some(a), Some(b)) = (place(link.a), place(link.b)) else {
                continue;
            };
            doubts[a].0.count(link, nodes[b].kind);
            doubts[b].0.count(link, nodes[a].kind);
            if link.verdict() == Some(Verdict::Apart) {
                apart.push((a, b));
                if link.evidence.is_some() {
                    obstructed.push((a, b, Obstacle::KeptApart));
                }
            }
            edges.extend(edge(link, (a, nodes[a].kind), (b, nodes[b].kind)));
        }
        for (facts, doubt) in nodes.iter().zip(&mut doubts) {
            doubt.1 = Suspicion::of(facts.kind, doubt.0, rules);
        }
        for (hub, suspicion) in &component.hubs {
            if let Some(index) = place(*hub) {
                doubts[index].1 = doubts[index].1.max(*suspicion);
            }
        }
        edges.retain(|edge| {
            let reason = obstacle(edge, doubts[edge.a].1, doubts[edge.b].1);
            obstructed.extend(reason.map(|reason| (edge.a, edge.b, reason)));
            reason.is_none()
        });
        let suspended = (0..nodes.len())
            .filter(|at| doubts[*at].1 != Suspicion::None)
            .collect();
        let mut graph = Self {
            nodes,
            edges,
            apart,
            obstructed,
            suspended,
        };
        graph.drop_claims_in_large_parts(rules.component_cap as usize);
        graph.edges.sort_unstable_by_key(Edge::order);
        graph
    }

    /// The edges of a route, in order.
    pub(super) fn route(&self, route: Route) -> &[Edge] {
        let start = self.edges.partition_point(|edge| edge.route < route);
        let end = self.edges.partition_point(|edge| edge.route <= route);
        &self.edges[start..end]
    }

    /// A component beyond the cap costs too much to compute at each event, and claims are what
    /// anybody with a public key can make it of: there only better evidence joins.
    fn drop_claims_in_large_parts(&mut self, cap: usize) {
        if self.nodes.len() <= cap {
            return;
        }
        let mut parts = Parts::new(self.nodes.len());
        for edge in &self.edges {
            parts.join(edge.a, edge.b);
        }
        let obstructed = &mut self.obstructed;
        self.edges.retain(|edge| {
            let too_large = edge.trust == Trust::Claimed && parts.size(edge.a) > cap;
            if too_large {
                obstructed.push((edge.a, edge.b, Obstacle::ComponentTooLarge));
            }
            !too_large
        });
    }
}

/// The edge of a live link.
fn edge(link: &Link, (a, kind_a): (usize, Kind), (b, kind_b): (usize, Kind)) -> Option<Edge> {
    let kinds = (kind_a.min(kind_b), kind_a.max(kind_b));
    let trust = link.trust()?;
    if let Some(ruling) = link
        .ruling
        .as_ref()
        .filter(|it| it.verdict == Verdict::Together)
    {
        let (at, decision) = (ruling.at, Some(ruling.event));
        return Some(Edge {
            a,
            b,
            route: Route::Ruled,
            trust,
            kinds,
            at,
            decision,
        });
    }
    // Kinds are in the order of their strength: two people, or a device with anything.
    let route = match (kinds.1.strength(), trust) {
        (Strength::Person, _) => Route::People,
        (Strength::Device | Strength::Household, Trust::Claimed) => Route::ClaimedDevices,
        (Strength::Device | Strength::Household, Trust::Verified | Trust::Staff) => Route::Devices,
    };
    Some(Edge {
        a,
        b,
        route,
        trust,
        kinds,
        at: link.evidence?.at,
        decision: None,
    })
}

/// What stands against an edge whatever customers there are; nothing stands against a decision.
fn obstacle(edge: &Edge, a: Suspicion, b: Suspicion) -> Option<Obstacle> {
    if edge.route == Route::Ruled {
        return None;
    }
    if !can_join(edge.kinds.0, edge.kinds.1) {
        return Some(Obstacle::Household);
    }
    (a.doubts(edge.trust) || b.doubts(edge.trust)).then_some(Obstacle::Suspended)
}

fn sorted_nodes(nodes: &[NodeFacts]) -> Cow<'_, [NodeFacts]> {
    if nodes.is_sorted_by(|one, next| one.id < next.id) {
        return Cow::Borrowed(nodes);
    }
    let mut sorted = nodes.to_vec();
    sorted.sort_unstable_by_key(|facts| facts.id);
    sorted.dedup_by(|next, kept| {
        let same = next.id == kept.id;
        if same {
            kept.merge(next);
        }
        same
    });
    Cow::Owned(sorted)
}

fn sorted_links(links: &[Link]) -> Cow<'_, [Link]> {
    if links.is_sorted_by(|one, next| one.pair() < next.pair()) {
        return Cow::Borrowed(links);
    }
    let mut sorted = links.to_vec();
    sorted.sort_unstable_by_key(Link::pair);
    sorted.dedup_by(|next, kept| {
        let same = next.pair() == kept.pair();
        if same {
            kept.merge(next);
        }
        same
    });
    Cow::Owned(sorted)
}

/// Which nodes the edges connect, without any rule.
struct Parts {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Parts {
    fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
            size: vec![1; count],
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            let (large, small) = if self.size[one] < self.size[other] {
                (other, one)
            } else {
                (one, other)
            };
            self.parent[small] = large;
            self.size[large] += self.size[small];
        }
    }

    fn size(&mut self, at: usize) -> usize {
        let root = self.root(at);
        self.size[root]
    }
}
