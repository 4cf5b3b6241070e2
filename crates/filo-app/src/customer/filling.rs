//! Filling in what the list of people is filtered by, for customers saved before it was kept.
//!
//! **Invariant:** what is filled in is what the tables say of the same customer; a checkpoint
//! that wrote the row meanwhile is newer and stays.

use filo_core::id::{CustomerId, NodeId};
use filo_store::customer;

use super::view::customer_row;
use crate::App;
use crate::engine::{Live, components};

/// Customers worked out at a time: a transaction of a few milliseconds.
const PAGE: u32 = 200;

impl App {
    /// Fills rows in until none is left. It is run beside the engine by the node that leads.
    pub(crate) async fn fill_customers(&self) {
        match self.fill_all().await {
            Ok(0) => {}
            Ok(filled) => tracing::info!(filled, "the list of people was filled in"),
            // Filters miss these people until the next start tries again.
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(error, "the list of people could not be filled in");
            }
        }
    }

    async fn fill_all(&self) -> anyhow::Result<u64> {
        let db = &self.shared().db;
        let mut behind = CustomerId(0);
        let mut filled = 0;
        loop {
            let rows = {
                let mut tx = db.read().await?;
                let ids = customer::unfilled(&mut tx, behind, PAGE).await?;
                let Some(last) = ids.last() else {
                    return Ok(filled);
                };
                behind = *last;
                let nodes: Vec<NodeId> = ids.iter().map(|id| NodeId::from(*id)).collect();
                let mut aside = Live::default();
                aside.take_in(components(&mut tx, &nodes).await?);
                let row = |id: &CustomerId| {
                    let members = aside.members(NodeId::from(*id));
                    (!members.is_empty()).then(|| customer_row(*id, &aside, &members))
                };
                ids.iter().filter_map(row).collect::<Vec<_>>()
            };
            let mut tx = db.begin().await?;
            filled += customer::fill(&mut tx, &rows).await?;
            tx.commit().await?;
            tokio::task::yield_now().await;
        }
    }
}
