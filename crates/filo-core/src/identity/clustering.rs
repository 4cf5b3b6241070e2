//! From identifiers and links to customers.
//!
//! **Invariant (I10):** [`cluster`] is a function of the sets it is given and of the rules: no
//! order, repetition or batching of nodes and links changes the answer, and components that no
//! link connects do not influence each other.
//!
//! Links are taken in one fixed order, and each joins the customers at its ends unless a rule
//! forbids it; since every rule only grows stricter as customers grow, a refusal stays one:
//!
//! 1. person–person links, by (trust, stronger kinds, earlier proof, ids);
//! 2. what people of the company joined, oldest decision first. They come second because they
//!    join customers, whole as evidence made them: coming first, they would use up limits and
//!    tear off what the customer had. They lift every limit, so nothing is lost by waiting;
//! 3. devices, first on evidence that can be believed, then on claims: device–device links, in
//!    the same order, and then each device, or group of devices, goes to the one customer that
//!    its links point to. If they point to several it is shared and stays a customer of its own.
//!    What better evidence has settled, joined or shared, no claim changes: whoever can only
//!    claim cannot take a device away from the person it is known to belong to.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::forest::{Forest, Grounds, Lifted};
use super::graph::{Edge, Graph, Route};
use super::link::Link;
use super::node::NodeFacts;
use super::suspicion::Suspicion;
use super::{Kind, Rules};
use crate::event::Trust;
use crate::id::{CustomerId, NodeId};

/// A part of the graph, closed: with every node all its links, and each node that one of those
/// [`crosses`](super::crosses) to. A larger part that is closed gives its customers the same.
///
/// After new events, customers can change only in the parts that held a touched node before and
/// in those that hold one now. As records of links are never removed, both lie in what is reached
/// over every record that [can join](super::can_join) or was ever ruled; only at suspects with
/// very many links is it worth stopping, and then they are named in `hubs`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// The nodes, in any order.
    pub nodes: Vec<NodeFacts>,
    /// The links, in any order. Links to nodes that are not here are ignored.
    pub links: Vec<Link>,
    /// Suspects of which not all links are here, because who gathered the component counted
    /// them already and stopped there (see [`Suspicion::of`]).
    pub hubs: Vec<(NodeId, Suspicion)>,
}

/// The customers of a component and what was left apart, each list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clustering {
    /// Every node is in exactly one. A node of household strength that no person joined to
    /// somebody stands alone: a thread may hang on it (calls from a fixed line), a customer it is
    /// not.
    pub customers: Vec<Cluster>,
    /// The links that joined two customers into one, in the order in which they did.
    pub joined: Vec<(NodeId, NodeId)>,
    /// The links that were to join and could not.
    pub refused: Vec<RefusedLink>,
    /// Nodes with so many links that they, or the claims about them, join nobody.
    pub suspended: Vec<NodeId>,
    /// Devices that several customers used, and the devices joined to those.
    pub shared_devices: Vec<NodeId>,
}

impl Clustering {
    /// The customer a node belongs to.
    #[must_use]
    pub fn customer_of(&self, node: NodeId) -> Option<&Cluster> {
        self.customers
            .iter()
            .find(|customer| customer.nodes.binary_search(&node).is_ok())
    }
}

/// One customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// The id of its oldest node.
    pub id: CustomerId,
    /// Its nodes, by id.
    pub nodes: Vec<NodeId>,
}

/// A live link whose ends stayed apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RefusedLink {
    /// The smaller node.
    pub a: NodeId,
    /// The greater node.
    pub b: NodeId,
    /// Why.
    pub reason: Obstacle,
}

/// Why a link could not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Obstacle {
    /// A person said that two identifiers of the two customers are different people.
    KeptApart,
    /// One customer would have too many identifiers of a kind.
    Limit(Kind),
    /// A claim cannot make one of two people whom the company's own systems know.
    TwoVerifiedPeople,
    /// One of the ends has too many links to be one person's.
    Suspended,
    /// The customer would have too many identifiers.
    CustomerFull,
    /// The customer would be joined from too many identifiers of people.
    TooManyMerges,
    /// The component is too large for claims to count.
    ComponentTooLarge,
    /// A fixed line or a company stands for several people.
    Household,
    /// Several customers used the device.
    SharedDevice,
    /// The device belongs to another customer on better evidence.
    DeviceOfAnother,
}

impl Obstacle {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::KeptApart => "kept_apart",
            Self::Limit(_) => "limit",
            Self::TwoVerifiedPeople => "two_verified_people",
            Self::Suspended => "suspended",
            Self::CustomerFull => "customer_full",
            Self::TooManyMerges => "too_many_merges",
            Self::ComponentTooLarge => "component_too_large",
            Self::Household => "household",
            Self::SharedDevice => "shared_device",
            Self::DeviceOfAnother => "device_of_another",
        }
    }

    /// Whether a person should look at it: a cap was reached or an identifier is suspect.
    #[must_use]
    pub const fn is_incident(self) -> bool {
        matches!(
            self,
            Self::Suspended | Self::CustomerFull | Self::TooManyMerges | Self::ComponentTooLarge
        )
    }
}

/// The customers of a component.
#[must_use]
pub fn cluster(component: &Component, rules: &Rules) -> Clustering {
    let graph = Graph::of(component, rules);
    let mut joining = Joining {
        forest: Forest::new(&graph, rules),
        joined: Vec::new(),
        refused: graph.obstructed.clone(),
        shared: Vec::new(),
    };
    for edge in graph.route(Route::People) {
        let is_alias = edge.kinds == (Kind::UserId, Kind::UserId) && edge.trust > Trust::Claimed;
        joining.take(
            edge,
            if is_alias {
                Lifted::UserIds
            } else {
                Lifted::Nothing
            },
        );
    }
    for edge in graph.route(Route::Ruled) {
        joining.take(edge, Lifted::Everything);
    }
    joining.devices(graph.route(Route::Devices));
    joining.devices(graph.route(Route::ClaimedDevices));
    joining.finish(&graph)
}

/// The work in progress.
struct Joining<'a> {
    forest: Forest<'a>,
    joined: Vec<(usize, usize)>,
    refused: Vec<(usize, usize, Obstacle)>,
    shared: Vec<usize>,
}

/// A device, or a group of them, and a customer that a link points to.
struct Owner<'a> {
    device: usize,
    customer: usize,
    edge: &'a Edge,
}

impl Joining<'_> {
    /// Joins the customers at the ends of a link, or notes why not.
    fn take(&mut self, edge: &Edge, lifted: Lifted) -> bool {
        let (one, other) = (self.forest.root(edge.a), self.forest.root(edge.b));
        if one == other {
            return true;
        }
        let grounds = Grounds {
            is_claim: edge.trust == Trust::Claimed,
            lifted,
        };
        match self.forest.obstacle(one, other, &grounds) {
            None => {
                self.forest.join(one, other);
                self.joined.push((edge.a, edge.b));
                true
            }
            Some(reason) => {
                self.refuse(edge, reason);
                false
            }
        }
    }

    fn refuse(&mut self, edge: &Edge, reason: Obstacle) {
        self.refused.push((edge.a, edge.b, reason));
    }

    /// Takes the links of devices of one trust: first to each other, then to customers.
    fn devices(&mut self, edges: &[Edge]) {
        let mut owners: SmallVec<[Owner<'_>; 16]> = SmallVec::new();
        for edge in edges.iter().filter(|edge| edge.is_between_devices()) {
            if self.settled_among(edge).is_none() && !self.touches_customer(edge) {
                self.take(edge, Lifted::Nothing);
            }
        }
        for edge in edges {
            let (one, other) = (self.forest.root(edge.a), self.forest.root(edge.b));
            if one == other {
                continue;
            }
            if let Some(reason) = self.settled_among(edge) {
                self.refuse(edge, reason);
                continue;
            }
            match (self.forest.has_people(one), self.forest.has_people(other)) {
                (true, true) => self.refuse(edge, Obstacle::DeviceOfAnother),
                (false, true) => owners.push(Owner {
                    device: one,
                    customer: other,
                    edge,
                }),
                (true, false) => owners.push(Owner {
                    device: other,
                    customer: one,
                    edge,
                }),
                // Two groups of devices: refused above, when they were to join.
                (false, false) => {}
            }
        }
        // Stable: within one device the links stay in their order.
        owners.sort_by_key(|owner| owner.device);
        let mut single: SmallVec<[(&Edge, &[Owner<'_>]); 8]> = SmallVec::new();
        for of_device in owners.chunk_by(|one, other| one.device == other.device) {
            single.extend(self.settle(of_device).map(|edge| (edge, of_device)));
        }
        // Whose limits are used up first depends on the order; the order is that of the links.
        single.sort_by_key(|(edge, _)| edge.order());
        for (edge, of_device) in single {
            self.give(edge, of_device);
        }
    }

    /// Joins a device to its one customer, or leaves it a customer of its own.
    fn give(&mut self, edge: &Edge, of_device: &[Owner<'_>]) {
        if self.take(edge, Lifted::Nothing) {
            return;
        }
        let reason = self
            .refused
            .last()
            .map_or(Obstacle::DeviceOfAnother, |(.., reason)| *reason);
        for owner in of_device {
            // Those that a person keeps apart were refused for that already.
            let is_other = (owner.edge.a, owner.edge.b) != (edge.a, edge.b);
            let customer = self.forest.root(owner.customer);
            if is_other && !self.forest.are_kept_apart(owner.device, customer) {
                self.refuse(owner.edge, reason);
            }
            self.forest.settle(owner.device, Obstacle::DeviceOfAnother);
        }
    }

    /// The link by which a device joins its one customer; none if nobody or several may have it.
    fn settle<'a>(&mut self, owners: &[Owner<'a>]) -> Option<&'a Edge> {
        let mut allowed: SmallVec<[&Owner<'a>; 8]> = SmallVec::new();
        for owner in owners {
            if self.forest.are_kept_apart(owner.device, owner.customer) {
                self.refuse(owner.edge, Obstacle::KeptApart);
            } else {
                allowed.push(owner);
            }
        }
        let first = *allowed.first()?;
        if allowed.iter().all(|owner| owner.customer == first.customer) {
            return Some(first.edge);
        }
        for owner in allowed {
            self.refuse(owner.edge, Obstacle::SharedDevice);
        }
        self.forest.settle(first.device, Obstacle::SharedDevice);
        self.shared.push(first.device);
        None
    }

    fn settled_among(&mut self, edge: &Edge) -> Option<Obstacle> {
        let (one, other) = (self.forest.root(edge.a), self.forest.root(edge.b));
        self.forest.settled(one).or(self.forest.settled(other))
    }

    fn touches_customer(&mut self, edge: &Edge) -> bool {
        self.forest.has_people_at(edge.a) || self.forest.has_people_at(edge.b)
    }

    fn finish(mut self, graph: &Graph<'_>) -> Clustering {
        let id = |index: usize| graph.nodes[index].id;
        let forest = &mut self.forest;
        let mut members: SmallVec<[(usize, usize); 32]> = (0..graph.nodes.len())
            .map(|index| (forest.root(index), index))
            .collect();
        members.sort_unstable();
        let mut customers: Vec<Cluster> = members
            .chunk_by(|one, other| one.0 == other.0)
            .filter_map(|cluster| {
                let facts = cluster.iter().map(|(_, index)| &graph.nodes[*index]);
                let oldest = facts
                    .clone()
                    .min_by_key(|facts| (facts.first_seen, facts.id))?;
                Some(Cluster {
                    id: oldest.id.into(),
                    nodes: facts.map(|facts| facts.id).collect(),
                })
            })
            .collect();
        customers.sort_unstable_by_key(|customer| customer.id);
        // What was refused at first and is one customer in the end is no refusal.
        self.refused
            .retain(|(a, b, _)| forest.root(*a) != forest.root(*b));
        let mut refused: Vec<RefusedLink> = self
            .refused
            .iter()
            .map(|(a, b, reason)| RefusedLink {
                a: id(*a),
                b: id(*b),
                reason: *reason,
            })
            .collect();
        refused.sort_unstable();
        let shared_devices = members
            .iter()
            .filter(|(root, _)| self.shared.contains(root))
            .map(|(_, index)| *index)
            .collect::<std::collections::BTreeSet<_>>();
        Clustering {
            customers,
            joined: self
                .joined
                .into_iter()
                .map(|(a, b)| (id(a), id(b)))
                .collect(),
            refused,
            suspended: graph.suspended.iter().copied().map(id).collect(),
            shared_devices: shared_devices.into_iter().map(id).collect(),
        }
    }
}

#[cfg(test)]
#[path = "clustering_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "device_tests.rs"]
mod device_tests;
