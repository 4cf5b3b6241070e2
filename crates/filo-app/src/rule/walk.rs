//! Walking through everybody to see what other rules would make of them.
//!
//! **Invariant:** everybody is looked at once: with the first of the identifiers that anything
//! links to theirs. Pages are read in transactions of their own, so nobody waits for the walk,
//! and only a page with what is linked to it is in memory.

use std::collections::HashMap;

use ahash::HashSet;
use filo_core::id::NodeId;
use filo_core::identity::{Cluster, Comparison, Component, Identifier, Rules, compare};
use filo_store::{Db, identity};

use super::trial::{Example, Grouped};
use crate::engine::{Node, components, names_somebody};

/// Identifiers of one page.
const PAGE: u32 = 500;
/// With more identifiers than this only a share of the customers is looked at.
pub(super) const NODES_MOST: u64 = 1_000_000;
/// Identifiers remembered as looked at; others are read again and recognised.
const REMEMBERED_MOST: usize = 500_000;
/// Customers of one side of an example, and identifiers of each.
const GROUPS_MOST: usize = 6;
const IDENTIFIERS_MOST: usize = 8;

/// What one step found.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) nodes: u64,
    pub(super) before: u64,
    pub(super) after: u64,
    pub(super) dividing: u64,
    pub(super) joining: u64,
    pub(super) examples: Vec<Example>,
    /// Where the walk stands; none at its end.
    pub(super) at: Option<NodeId>,
}

/// A walk.
#[derive(Debug)]
pub(super) struct Walk {
    db: Db,
    before: Rules,
    after: Rules,
    /// One of so many is looked at.
    pub(super) one_of: u128,
    at: NodeId,
    seen: HashSet<NodeId>,
}

impl Walk {
    pub(super) async fn begin(db: Db, before: Rules, after: Rules) -> anyhow::Result<Self> {
        let counts = {
            let mut tx = db.read().await?;
            identity::counts(&mut tx).await?
        };
        let nodes = u64::try_from(counts.nodes)?;
        Ok(Self {
            db,
            before,
            after,
            one_of: u128::from(nodes.div_ceil(NODES_MOST).max(1)),
            at: NodeId(0),
            seen: HashSet::default(),
        })
    }

    /// Looks at the next page; gives at most so many examples.
    pub(super) async fn step(&mut self, examples_most: usize) -> anyhow::Result<Step> {
        let mut step = Step::default();
        let mut tx = self.db.read().await?;
        let page = identity::node_page(&mut tx, self.at, PAGE).await?;
        let Some(last) = page.last().map(|row| row.id) else {
            return Ok(step);
        };
        // The last byte is the kind; the others are as good as drawn.
        let mut wanted: Vec<NodeId> = page.into_iter().map(|row| row.id).collect();
        wanted.retain(|id| {
            let drawn = (id.0 >> 8).is_multiple_of(self.one_of);
            names_somebody(*id) && drawn && !self.seen.remove(id)
        });
        let loaded = components(&mut tx, &wanted).await?;
        drop(tx);
        let wanted: HashSet<NodeId> = wanted.into_iter().collect();
        let whole = Component {
            nodes: loaded.nodes.values().map(|node| node.facts).collect(),
            links: loaded.links.into_values().collect(),
            hubs: Vec::new(),
        };
        for part in whole.parts() {
            let people = part.nodes.iter().map(|facts| facts.id);
            let mut people = people.filter(|id| names_somebody(*id));
            let Some(first) = people.next().filter(|first| wanted.contains(first)) else {
                continue;
            };
            step.nodes += part.nodes.len() as u64;
            let room = REMEMBERED_MOST.saturating_sub(self.seen.len());
            let ahead = people.filter(|id| *id > last && *id > first).take(room);
            self.seen.extend(ahead);
            let compared = compare(&part, &self.before, &self.after);
            step.before += compared.before;
            step.after += compared.after;
            step.dividing += compared.dividing;
            step.joining += compared.joining;
            let differs = !compared.lost.is_empty() || !compared.made.is_empty();
            if differs && step.examples.len() < examples_most {
                step.examples.push(example(&compared, &loaded.nodes));
            }
        }
        self.at = last;
        step.at = Some(last);
        Ok(step)
    }
}

fn example(compared: &Comparison, nodes: &HashMap<NodeId, Node>) -> Example {
    let side = |customers: &[Cluster]| {
        let shown = customers.iter().take(GROUPS_MOST);
        shown.map(|customer| grouped(customer, nodes)).collect()
    };
    Example {
        before: side(&compared.lost),
        before_more: compared.lost.len().saturating_sub(GROUPS_MOST),
        after: side(&compared.made),
        after_more: compared.made.len().saturating_sub(GROUPS_MOST),
    }
}

fn grouped(customer: &Cluster, nodes: &HashMap<NodeId, Node>) -> Grouped {
    let members = customer.nodes.iter().filter_map(|id| nodes.get(id));
    let mut members: Vec<&Node> = members.collect();
    members.sort_by(|one, other| one.identifier.cmp(&other.identifier));
    let name = members
        .iter()
        .find_map(|node| node.profile.as_ref()?.traits.full_name());
    let shown = members.iter().take(IDENTIFIERS_MOST);
    let identifiers: Vec<Identifier> = shown.map(|node| node.identifier.clone()).collect();
    Grouped {
        id: customer.id,
        name,
        identifiers_more: members.len() - identifiers.len(),
        identifiers,
    }
}
