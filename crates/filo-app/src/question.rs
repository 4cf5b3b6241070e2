//! What a question in SQL is asked of: the lake, and who everybody is.

use filo_core::id::{CustomerId, NodeId};
use filo_core::profile::Profile;
use filo_lake::Lake;
use filo_store::identity;

use crate::app::App;
use crate::customer::IdentifierView;
use crate::engine::node_of_row;
use crate::error::Result;

/// One identifier with whose it is and what its own thread says.
#[derive(Debug, Clone)]
pub struct NodeView {
    /// Whose it is.
    pub customer: CustomerId,
    /// The identifier.
    pub identifier: IdentifierView,
    /// What its thread says.
    pub profile: Option<Box<Profile>>,
}

impl App {
    /// The files of events. What was accepted before [`App::flush_lake`] returned is in them.
    #[must_use]
    pub fn lake(&self) -> Lake {
        self.shared().lake.clone()
    }

    /// Identifiers by their ids, those after the given one: for walking through all of them.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn nodes(&self, after: NodeId, most: u32) -> Result<Vec<NodeView>> {
        let mut tx = self.shared().db.read().await?;
        let rows = identity::node_page(&mut tx, after, most).await?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id;
            let node = node_of_row(row)?;
            views.push(NodeView {
                customer: node.customer,
                identifier: IdentifierView {
                    node: id,
                    kind: node.identifier.kind,
                    value: node.identifier.value,
                    facts: node.facts,
                },
                profile: node.profile,
            });
        }
        Ok(views)
    }
}
