//! Whose each identifier really is: what the generator knows and identity has to find out.

use std::collections::HashMap;

use filo_core::event::Event;
use filo_core::id::{NodeId, WorkspaceKey};
use filo_core::identity::Strength;

/// The person of every identifier that is one person's.
#[derive(Debug, Default)]
pub struct Truth {
    /// Nobody's where several people used it.
    owners: HashMap<NodeId, Option<u32>>,
}

impl Truth {
    pub(super) fn note(&mut self, key: &WorkspaceKey, event: &Event, owner: u32) {
        for identifier in &event.identifiers {
            if identifier.kind.strength() == Strength::Household {
                continue;
            }
            let node = key.node_id(identifier.kind, &identifier.value);
            let known = self.owners.entry(node).or_insert(Some(owner));
            if *known != Some(owner) {
                *known = None;
            }
        }
    }

    /// Every identifier that is one person's, with the number of the person.
    pub fn owners(&self) -> impl Iterator<Item = (NodeId, u32)> {
        self.owners
            .iter()
            .filter_map(|(node, owner)| Some((*node, (*owner)?)))
    }
}
