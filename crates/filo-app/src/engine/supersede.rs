//! Putting what was folded again in the place of what was known, after events were taken out.
//!
//! **Invariant:** afterwards memory is what it would be had those events never come; what of it
//! no event speaks of any more is remembered until the tables have let go of it too.

use ahash::HashSet;
use filo_core::id::NodeId;
use filo_core::identity::{Rules, Strength};
use filo_core::segment::Occasion;

use super::live::Live;
use super::stir::Stir;

/// An identifier with more links than this is not walked through: it stands for nobody.
const NEIGHBOURS_MOST: usize = 1_000;

impl Live {
    /// Adds everybody who is linked to these, except through an identifier that stands for
    /// nobody in particular and is not itself asked for.
    pub(super) fn walk(&self, around: &mut HashSet<NodeId>, asked: &HashSet<NodeId>) {
        let mut next: Vec<NodeId> = around.iter().copied().collect();
        while let Some(id) = next.pop() {
            let Some(node) = self.nodes.get(&id) else {
                continue;
            };
            let crowd = node.facts.kind.strength() == Strength::Household
                || node.neighbours.len() > NEIGHBOURS_MOST;
            if crowd && !asked.contains(&id) {
                continue;
            }
            let fresh = node
                .neighbours
                .iter()
                .filter(|other| around.insert(**other));
            next.extend(fresh.copied());
        }
    }

    /// Puts what is left of these identifiers in the place of what was known of them, and works
    /// out anew who is who around them. How many of them are no more.
    pub(super) fn supersede(
        &mut self,
        touched: &HashSet<NodeId>,
        mut fresh: Live,
        rules: &Rules,
    ) -> u64 {
        let mut seeds: HashSet<NodeId> = HashSet::default();
        let mut gone = 0;
        let mut touched: Vec<NodeId> = touched.iter().copied().collect();
        touched.sort_unstable();
        for id in &touched {
            let Some(node) = self.nodes.get(id) else {
                continue;
            };
            let before = node.customer;
            let neighbours = node.neighbours.clone();
            seeds.extend(neighbours.iter().copied());
            for other in neighbours {
                self.supersede_link((*id).min(other), (*id).max(other), &mut fresh);
            }
            // Whoever stays behind gets another row, and another id if it was this one's.
            self.gone.insert(before);
            seeds.insert(NodeId::from(before));
            match fresh.nodes.remove(id) {
                Some(left) => {
                    if let Some(node) = self.nodes.get_mut(id) {
                        node.facts = left.facts;
                        node.profile = left.profile;
                        // Where the customer stood is in the tables, and is looked at again.
                        let traces = left.beside.map(|beside| beside.traces);
                        node.beside.get_or_insert_default().traces = traces.unwrap_or_default();
                    }
                    seeds.insert(*id);
                }
                None => {
                    gone += 1;
                    if let Some(node) = self.nodes.remove(id) {
                        let bytes = node.counted_bytes as usize;
                        self.memory_bytes = self.memory_bytes.saturating_sub(bytes);
                    }
                    self.dirty.remove(id);
                    self.removed.nodes.insert(*id);
                }
            }
        }
        seeds.retain(|id| self.nodes.contains_key(id));
        let mut seeds: Vec<NodeId> = seeds.into_iter().collect();
        seeds.sort_unstable();
        for id in &seeds {
            self.soil(*id);
            self.renamed.insert(*id);
            self.stir(*id, Stir::all(Occasion::Removal));
        }
        for id in &seeds {
            self.recluster(std::slice::from_ref(id), rules);
        }
        gone
    }

    fn supersede_link(&mut self, a: NodeId, b: NodeId, fresh: &mut Live) {
        match fresh.links.get(&(a, b)) {
            Some(left) => {
                if let Some(kept) = self.links.get_mut(&(a, b)) {
                    kept.link = left.link.clone();
                    if !kept.dirty {
                        kept.dirty = true;
                        self.dirty_links.push((a, b));
                    }
                }
            }
            None => {
                self.links.remove(&(a, b));
                self.removed.links.insert((a, b));
                for (near, far) in [(a, b), (b, a)] {
                    if let Some(node) = self.nodes.get_mut(&near) {
                        node.neighbours.retain(|other| *other != far);
                    }
                }
            }
        }
    }
}
