//! Forgetting cold customers, so that memory stays under its budget.
//!
//! A hand goes round the loaded nodes: what was used since it last passed gets another round,
//! what is clean goes, with its whole component.

use filo_core::id::NodeId;
use filo_core::identity::Rules;

use super::live::{Freshness, Live};
use super::run::Engine;

/// Looks per call, so that readers never wait long for the lock.
const LOOKS_MOST: usize = 20_000;
/// Rounds of the hand after which nothing goes until something is saved or loaded: the first
/// only sees that what was used lately has rested since.
const ROUNDS_MOST: usize = 2;

impl Engine {
    pub(crate) fn evict(&self) {
        // While rules are being followed, memory is emptied as a whole.
        if self.reshaping.is_none() && self.is_over_budget() {
            let rules = self.shared.rules();
            self.shared
                .live
                .write()
                .evict(self.pace.memory_bytes, &rules);
        }
    }

    pub(crate) fn is_over_budget(&self) -> bool {
        self.shared.live.read().memory_bytes > self.pace.memory_bytes
    }
}

impl Live {
    /// Evicts until memory is under the budget or the hand has done its share.
    pub(crate) fn evict(&mut self, budget_bytes: usize, rules: &Rules) {
        for _ in 0..LOOKS_MOST {
            let is_vain = self.vain_looks >= ROUNDS_MOST * self.ring.len();
            if self.memory_bytes <= budget_bytes || is_vain {
                return;
            }
            self.vain_looks += 1;
            if self.hand >= self.ring.len() {
                self.hand = 0;
            }
            let id = self.ring[self.hand];
            match self.nodes.get_mut(&id) {
                // Left behind by an eviction of its component.
                None => {
                    self.ring.swap_remove(self.hand);
                    continue;
                }
                Some(node) if node.touched => node.touched = false,
                // Its row is yet to be written: following its links would be for nothing.
                Some(node) if node.freshness != Freshness::Clean => {}
                Some(_) => self.evict_component(id, rules),
            }
            self.hand += 1;
        }
    }

    fn evict_component(&mut self, id: NodeId, rules: &Rules) {
        let members: Vec<NodeId> = self
            .component(&[id], rules)
            .nodes
            .iter()
            .map(|facts| facts.id)
            .collect();
        let idle = |id: &NodeId| {
            self.nodes
                .get(id)
                .is_some_and(|node| node.freshness == Freshness::Clean && !node.touched)
        };
        if members.is_empty() || !members.iter().all(idle) {
            return;
        }
        self.complete = false;
        self.vain_looks = 0;
        for id in members {
            let Some(node) = self.nodes.remove(&id) else {
                continue;
            };
            self.memory_bytes = self
                .memory_bytes
                .saturating_sub(node.counted_bytes as usize);
            for other in node.neighbours {
                let ends = (id.min(other), id.max(other));
                // The link of a pair goes with whichever end goes last: an end that stays
                // (a crowded node) still has to know whom it is linked to.
                if !self.nodes.contains_key(&other)
                    && !self.links.get(&ends).is_some_and(|kept| kept.dirty)
                {
                    self.links.remove(&ends);
                }
            }
        }
    }
}
