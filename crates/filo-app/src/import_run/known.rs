//! Who of a group of rows is known already.
//!
//! **Invariant:** what is not in memory is loaded, all of a group at once.

use std::collections::{HashMap, HashSet};

use filo_core::id::NodeId;

use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;

/// The people who carry these identifiers.
pub(super) async fn known(app: &App, nodes: &[NodeId]) -> Result<HashMap<NodeId, CustomerView>> {
    let mut found = HashMap::new();
    let mut missing = Vec::new();
    {
        let live = app.shared().live.read();
        for node in nodes {
            match CustomerView::new(&live, *node) {
                Some(view) => drop(found.insert(*node, view)),
                None if live.complete => {}
                None => missing.push(*node),
            }
        }
    }
    if missing.is_empty() {
        return Ok(found);
    }
    missing.sort_unstable();
    missing.dedup();
    let loaded = app
        .with_components(&missing, |live| {
            let view = |node: &NodeId| Some((*node, CustomerView::new(live, *node)?));
            Some(missing.iter().filter_map(view).collect::<Vec<_>>())
        })
        .await?;
    found.extend(loaded.unwrap_or_default());
    Ok(found)
}

/// Those of some identifiers that are known.
pub(super) async fn present(app: &App, nodes: &[NodeId]) -> Result<HashSet<NodeId>> {
    let mut found = HashSet::new();
    let mut missing = Vec::new();
    {
        let live = app.shared().live.read();
        for node in nodes {
            if live.nodes.contains_key(node) {
                found.insert(*node);
            } else if !live.complete {
                missing.push(*node);
            }
        }
    }
    if missing.is_empty() {
        return Ok(found);
    }
    missing.sort_unstable();
    missing.dedup();
    let loaded = app
        .with_components(&missing, |live| {
            let is_known = |node: &&NodeId| live.nodes.contains_key(*node);
            Some(missing.iter().filter(is_known).copied().collect::<Vec<_>>())
        })
        .await?;
    found.extend(loaded.unwrap_or_default());
    Ok(found)
}
