//! Why a customer is one, and what would change if a person decided otherwise.
//!
//! **Invariant:** the answers come from the same clustering that made the customers.

use super::clustering::{Cluster, Clustering, Component, Obstacle, cluster};
use super::decision::Decision;
use super::link::{Evidence, Link, Ruling};
use super::node::NodeFacts;
use super::{Rules, Verdict};
use crate::id::{CustomerId, EventId, NodeId};
use crate::time::Timestamp;

/// One link of a customer and what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// One end.
    pub a: NodeFacts,
    /// The other.
    pub b: NodeFacts,
    /// The event that proves it.
    pub evidence: Option<Evidence>,
    /// What a person decided about it.
    pub ruling: Option<Ruling>,
    /// What it did.
    pub outcome: Outcome,
}

/// What a link did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It joined its ends, as the so-many-th of the customer's links.
    Joined {
        /// From one.
        order: u32,
    },
    /// Its ends were one customer already when its turn came.
    Agreed,
    /// It could not join.
    Refused {
        /// Why.
        obstacle: Obstacle,
    },
}

/// Why a customer is one: the links that joined it, in their order, then those that only agree,
/// then those that could not join it with others.
#[must_use]
pub fn why(component: &Component, clustering: &Clustering, customer: CustomerId) -> Vec<Reason> {
    let Some(customer) = clustering.customers.iter().find(|it| it.id == customer) else {
        return Vec::new();
    };
    let is_here = |node: NodeId| customer.nodes.binary_search(&node).is_ok();
    let lookup = Lookup::new(component);
    let joined = clustering
        .joined
        .iter()
        .copied()
        .filter(|(a, _)| is_here(*a));
    let mut reasons: Vec<Reason> = (1..)
        .zip(joined.clone())
        .filter_map(|(order, pair)| lookup.reason(pair, Outcome::Joined { order }))
        .collect();
    let mut joined: Vec<(NodeId, NodeId)> = joined.collect();
    joined.sort_unstable();
    for link in lookup.links.iter().filter(|link| link.is_live()) {
        let is_new = joined.binary_search(&link.pair()).is_err();
        if is_new && is_here(link.a) && is_here(link.b) {
            reasons.extend(lookup.reason(link.pair(), Outcome::Agreed));
        }
    }
    for refused in clustering
        .refused
        .iter()
        .filter(|it| is_here(it.a) || is_here(it.b))
    {
        let outcome = Outcome::Refused {
            obstacle: refused.reason,
        };
        reasons.extend(lookup.reason((refused.a, refused.b), outcome));
    }
    reasons
}

/// Nodes and links by id.
struct Lookup<'a> {
    nodes: Vec<&'a NodeFacts>,
    links: Vec<&'a Link>,
}

impl<'a> Lookup<'a> {
    fn new(component: &'a Component) -> Self {
        let mut nodes: Vec<&NodeFacts> = component.nodes.iter().collect();
        let mut links: Vec<&Link> = component.links.iter().collect();
        nodes.sort_unstable_by_key(|facts| facts.id);
        links.sort_unstable_by_key(|link| link.pair());
        Self { nodes, links }
    }

    fn node(&self, id: NodeId) -> Option<NodeFacts> {
        let place = self
            .nodes
            .binary_search_by_key(&id, |facts| facts.id)
            .ok()?;
        Some(*self.nodes[place])
    }

    fn reason(&self, (a, b): (NodeId, NodeId), outcome: Outcome) -> Option<Reason> {
        let place = self
            .links
            .binary_search_by_key(&(a, b), |link| link.pair())
            .ok()?;
        let link = self.links[place];
        Some(Reason {
            a: self.node(a)?,
            b: self.node(b)?,
            evidence: link.evidence,
            ruling: link.ruling.clone(),
            outcome,
        })
    }
}

/// The customers that a decision would change, as they are and as they would be; both are empty
/// if it would change nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Customers there are now and would not be.
    pub before: Vec<Cluster>,
    /// Customers there would be and are not now.
    pub after: Vec<Cluster>,
    /// Whether what is asked for would come about: the two are one, or are two, afterwards.
    /// Taking a decision back always comes about.
    pub achieved: bool,
}

/// What would change if a person decided so now. For joining two customers the component must
/// hold both.
#[must_use]
pub fn what_if(component: &Component, rules: &Rules, decision: &Decision) -> Difference {
    let before = cluster(component, rules);
    let mut changed = component.clone();
    let Some(mut link) = Link::between(decision.a, decision.b) else {
        return Difference::default();
    };
    // Now is later than whatever was decided before.
    link.ruling = Some(Ruling {
        verdict: decision.verdict,
        at: Timestamp::MAX,
        event: EventId(u128::MAX),
        actor: decision.actor.clone(),
        note: decision.note.clone(),
    });
    changed.links.push(link);
    let after = cluster(&changed, rules);
    let one = |clustering: &Clustering| {
        let customer = clustering.customer_of(decision.a);
        customer.is_some_and(|it| it.nodes.binary_search(&decision.b).is_ok())
    };
    let achieved = match decision.verdict {
        Verdict::Together => one(&after),
        Verdict::Apart => !one(&after),
        Verdict::Withdrawn => true,
    };
    let (before, after) = (before.customers, after.customers);
    let missing = |from: &[Cluster], other: &[Cluster]| {
        let is_missing = |customer: &&Cluster| !other.contains(customer);
        from.iter().filter(is_missing).cloned().collect()
    };
    Difference {
        before: missing(&before, &after),
        after: missing(&after, &before),
        achieved,
    }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
