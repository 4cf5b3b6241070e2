//! Loading cold customers: by node, many at a time, each with its whole component.

use std::collections::hash_map::Entry;

use std::collections::HashMap;

use ahash::HashSet;
use filo_core::id::NodeId;
use filo_core::identity::{Kind, Link, Strength};
use filo_store::{Tx, identity};

use super::live::{Live, Node};
use super::row::{link_of_row, node_of_row};

/// A component larger than this was never built: joining stops at the caps long before.
const ROUNDS_MOST: usize = 64;
/// Ids per query.
const CHUNK: usize = 500;

/// Rows read from the tables, ready to be put into memory.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) nodes: HashMap<NodeId, Node>,
    pub(crate) links: HashMap<(NodeId, NodeId), Link>,
}

/// Reads the given nodes and everything linked to them, through nodes that can join people.
/// Ids that the tables do not know are left out: nobody has them.
pub(crate) async fn components(tx: &mut Tx<'_>, wanted: &[NodeId]) -> anyhow::Result<Loaded> {
    let mut loaded = Loaded::default();
    let mut asked: HashSet<NodeId> = wanted.iter().copied().collect();
    let mut round: Vec<NodeId> = asked.iter().copied().collect();
    for _ in 0..ROUNDS_MOST {
        if round.is_empty() {
            break;
        }
        round.sort_unstable();
        let mut present = Vec::with_capacity(round.len());
        for chunk in round.chunks(CHUNK) {
            for row in identity::nodes_beside(tx, chunk).await? {
                // Two pieces may name the same customer.
                if let Entry::Vacant(place) = loaded.nodes.entry(row.id) {
                    asked.insert(row.id);
                    present.push(row.id);
                    place.insert(node_of_row(row)?);
                }
            }
        }
        let mut neighbours: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for chunk in present.chunks(CHUNK) {
            for row in identity::links_of(tx, chunk).await? {
                neighbours.entry(row.a).or_default().push(row.b);
                neighbours.entry(row.b).or_default().push(row.a);
                loaded.links.insert((row.a, row.b), link_of_row(&row)?);
            }
        }
        round = present
            .iter()
            .filter_map(|id| Some((id, neighbours.get(id)?)))
            .filter(|(id, _)| walks(**id))
            .flat_map(|(_, others)| others.iter().copied())
            .filter(|other| asked.insert(*other))
            .collect();
    }
    Ok(loaded)
}

/// Whether a component goes on through this node. Errs on the side of walking: the exact rule
/// (`Live::joins`) also looks at evidence.
fn walks(id: NodeId) -> bool {
    id.kind()
        .map(Kind::strength)
        .is_some_and(|strength| strength != Strength::Household)
}

impl Live {
    /// Puts loaded rows into memory; what is there already is newer and stays.
    pub(crate) fn take_in(&mut self, loaded: Loaded) {
        self.vain_looks = 0;
        for (id, node) in loaded.nodes {
            self.admit(id, node);
        }
        for link in loaded.links.into_values() {
            self.admit_link(link, false);
        }
    }

    /// Those of the given nodes, and of the neighbours of crowded ones, that are not in memory.
    pub(crate) fn missing(
        &self,
        ids: impl Iterator<Item = NodeId>,
        suspect_links: u32,
    ) -> Vec<NodeId> {
        if self.complete {
            return Vec::new();
        }
        let mut missing = HashSet::default();
        for id in ids {
            match self.nodes.get(&id) {
                None => {
                    missing.insert(id);
                }
                Some(node) if node.neighbours.len() > suspect_links as usize => {
                    let absent = node
                        .neighbours
                        .iter()
                        .filter(|other| !self.nodes.contains_key(other));
                    missing.extend(absent.copied());
                }
                Some(_) => {}
            }
        }
        missing.into_iter().collect()
    }
}
