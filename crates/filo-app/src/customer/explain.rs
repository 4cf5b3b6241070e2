//! Why these identifiers are one customer, and what another ruling would change.

use compact_str::CompactString;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{
    Clustering, Decision, Difference, Reason, Verdict, cluster, what_if, why,
};

use super::view::{CustomerView, IdentifierView};
use crate::App;
use crate::error::{Error, Result};

/// The evidence behind a customer.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The customer.
    pub customer: CustomerId,
    /// Their identifiers.
    pub identifiers: Vec<IdentifierView>,
    /// Identifiers of others that appear in the reasons.
    pub others: Vec<IdentifierView>,
    /// Every link that joined, in the order in which it did, and every one that was refused.
    pub reasons: Vec<Reason>,
    /// The whole component, as it was clustered.
    pub clustering: Clustering,
}

impl App {
    /// Why a customer is one.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn why(&self, id: CustomerId) -> Result<Option<Explanation>> {
        let rules = self.rules();
        let node = NodeId::from(id);
        self.with_components(&[node], |live| {
            let component = live.component(&[node], &rules);
            let clustering = cluster(&component, &rules);
            let customer = live.nodes.get(&node)?.customer;
            let reasons = why(&component, &clustering, customer);
            let members = live.members(node);
            let others = component
                .nodes
                .iter()
                .filter(|facts| members.binary_search(&facts.id).is_err())
                .filter_map(|facts| {
                    let node = live.nodes.get(&facts.id)?;
                    Some(IdentifierView {
                        node: facts.id,
                        kind: node.identifier.kind,
                        value: node.identifier.value.clone(),
                        facts: node.facts,
                    })
                })
                .collect();
            let view = CustomerView::new(live, node)?;
            Some(Explanation {
                customer,
                identifiers: view.identifiers,
                others,
                reasons,
                clustering,
            })
        })
        .await
    }

    /// What would change if a person ruled so about two identifiers.
    ///
    /// # Errors
    /// [`Error::Missing`] if one of them is unknown.
    pub async fn what_if(&self, a: NodeId, b: NodeId, verdict: Verdict) -> Result<Difference> {
        self.must_know(a, b).await?;
        let rules = self.rules();
        let decision = Decision {
            verdict,
            a,
            b,
            actor: CompactString::default(),
            note: CompactString::default(),
        };
        self.with_components(&[a, b], |live| {
            let component = live.component(&[a, b], &rules);
            Some(what_if(&component, &rules, &decision))
        })
        .await?
        .ok_or(Error::Missing("identifier"))
    }

    /// Checks that both identifiers exist and brings them into memory.
    pub(crate) async fn must_know(&self, a: NodeId, b: NodeId) -> Result<()> {
        if a == b {
            return Err(Error::invalid("b", "must be another identifier than a"));
        }
        for node in [a, b] {
            let known = self
                .with_components(&[node], |live| live.nodes.get(&node).map(|_| ()))
                .await?;
            if known.is_none() {
                return Err(Error::Missing("identifier"));
            }
        }
        Ok(())
    }
}
