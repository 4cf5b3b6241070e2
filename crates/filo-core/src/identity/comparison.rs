//! What other rules would make of the same evidence.
//!
//! **Invariant:** nothing is decided here: both sides are what [`cluster`] says of one closed
//! part of the graph.

use std::collections::BTreeMap;

use super::{Cluster, Component, Kind, Link, Rules, Strength, can_join, cluster};
use crate::id::NodeId;

/// The customers of one closed part of the graph under two rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Customers under the first.
    pub before: u64,
    /// Customers under the second.
    pub after: u64,
    /// Customers of the first that the second divides.
    pub dividing: u64,
    /// Customers of the first that the second joins with another.
    pub joining: u64,
    /// Those of the first that the second does not have as they are.
    pub lost: Vec<Cluster>,
    /// Those of the second that the first does not have as they are.
    pub made: Vec<Cluster>,
}

/// Compares what two rules make of a closed part of the graph.
#[must_use]
pub fn compare(component: &Component, before: &Rules, after: &Rules) -> Comparison {
    let (old, new) = (people(component, before), people(component, after));
    let (in_old, in_new) = (places(&old), places(&new));
    let differ = |cluster: &Cluster, of: &BTreeMap<NodeId, usize>| {
        let mut seen = cluster.nodes.iter().map(|node| of.get(node));
        let first = seen.next();
        seen.any(|place| Some(place) != first)
    };
    let mut comparison = Comparison {
        before: old.len() as u64,
        after: new.len() as u64,
        ..Comparison::default()
    };
    for cluster in &old {
        comparison.dividing += u64::from(differ(cluster, &in_new));
        let mixed = cluster.nodes.iter().filter_map(|node| in_new.get(node));
        let mixed = mixed.copied().any(|place| differ(&new[place], &in_old));
        comparison.joining += u64::from(mixed);
    }
    comparison.lost = without(&old, &new);
    comparison.made = without(&new, &old);
    comparison
}

/// The customers, without what is a household alone.
fn people(component: &Component, rules: &Rules) -> Vec<Cluster> {
    let mut customers = cluster(component, rules).customers;
    customers.retain(|customer| {
        let kinds = customer.nodes.iter().filter_map(|node| node.kind());
        kinds
            .map(Kind::strength)
            .any(|it| it != Strength::Household)
    });
    customers
}

/// In which of the customers each node is.
fn places(customers: &[Cluster]) -> BTreeMap<NodeId, usize> {
    let nodes_of = |(place, customer): (usize, &Cluster)| {
        let nodes = customer.nodes.clone();
        nodes.into_iter().map(move |node| (node, place))
    };
    customers.iter().enumerate().flat_map(nodes_of).collect()
}

fn without(some: &[Cluster], others: &[Cluster]) -> Vec<Cluster> {
    let known: std::collections::BTreeSet<&[NodeId]> =
        others.iter().map(|it| it.nodes.as_slice()).collect();
    some.iter()
        .filter(|it| !known.contains(it.nodes.as_slice()))
        .cloned()
        .collect()
}

/// Whether a link can ever tie its ends together or keep them apart, whatever the rules are.
#[must_use]
pub fn carries(link: &Link) -> bool {
    let kinds = (link.a.kind(), link.b.kind());
    link.ruling.is_some() || matches!(kinds, (Some(a), Some(b)) if can_join(a, b))
}

impl Component {
    /// The parts that no link connects, whatever the rules are. Their nodes are in order, and so
    /// are they by their first node.
    #[must_use]
    pub fn parts(self) -> Vec<Self> {
        let mut nodes = self.nodes;
        nodes.sort_unstable_by_key(|facts| facts.id);
        let place: BTreeMap<NodeId, usize> = nodes
            .iter()
            .enumerate()
            .map(|(at, it)| (it.id, at))
            .collect();
        let mut parent: Vec<usize> = (0..nodes.len()).collect();
        let ends = |link: &Link| Some((*place.get(&link.a)?, *place.get(&link.b)?));
        for link in self.links.iter().filter(|link| carries(link)) {
            if let Some((a, b)) = ends(link) {
                let (a, b) = (root(&mut parent, a), root(&mut parent, b));
                // The first node stays the root.
                parent[a.max(b)] = a.min(b);
            }
        }
        let mut parts: BTreeMap<usize, Self> = BTreeMap::new();
        for (at, facts) in nodes.iter().enumerate() {
            let part = parts.entry(root(&mut parent, at)).or_default();
            part.nodes.push(*facts);
        }
        for link in self.links {
            if let Some((a, _)) = ends(&link).filter(|_| carries(&link)) {
                let part = parts.entry(root(&mut parent, a)).or_default();
                part.links.push(link);
            }
        }
        parts.into_values().collect()
    }
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Trust;
    use crate::identity::Window;
    use crate::identity::scene::Scene;

    fn scene() -> Scene {
        Scene::default()
            .with(Trust::Verified, 1, &["user_id:u1", "email:a@x.it"])
            .with(Trust::Verified, 2, &["user_id:u1", "email:b@x.it"])
            .with(Trust::Verified, 3, &["user_id:u2", "email:c@x.it"])
    }

    fn limited(most: u32) -> Rules {
        let mut rules = Rules::default();
        rules.limits = rules.limits.with(Kind::Email, most, Window::Ever);
        rules
    }

    #[test]
    fn the_same_rules_change_nothing() {
        let compared = compare(&scene().whole(), &limited(5), &limited(5));
        let expected = Comparison {
            before: 2,
            after: 2,
            ..Comparison::default()
        };
        assert_eq!(compared, expected);
    }

    #[test]
    fn stricter_rules_divide_and_looser_ones_join() {
        let stricter = compare(&scene().whole(), &limited(5), &limited(1));
        assert_eq!((stricter.before, stricter.after), (2, 3));
        assert_eq!((stricter.dividing, stricter.joining), (1, 0));
        assert_eq!((stricter.lost.len(), stricter.made.len()), (1, 2));
        let looser = compare(&scene().whole(), &limited(1), &limited(5));
        assert_eq!((looser.before, looser.after), (3, 2));
        assert_eq!((looser.dividing, looser.joining), (0, 2));
        assert_eq!(looser.lost, stricter.made);
    }

    #[test]
    fn parts_hold_everything_once_and_say_the_same() {
        let whole = scene().whole();
        let parts = whole.clone().parts();
        assert_eq!(parts.len(), 2);
        assert!(parts[0].nodes[0].id < parts[1].nodes[0].id);
        let nodes: usize = parts.iter().map(|part| part.nodes.len()).sum();
        assert_eq!(nodes, whole.nodes.len());
        let mut customers: Vec<Cluster> = parts
            .iter()
            .flat_map(|part| cluster(part, &limited(1)).customers)
            .collect();
        customers.sort_unstable_by_key(|it| it.nodes.clone());
        let mut expected = cluster(&whole, &limited(1)).customers;
        expected.sort_unstable_by_key(|it| it.nodes.clone());
        assert_eq!(customers, expected);
    }
}
