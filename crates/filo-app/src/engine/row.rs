//! How a node and a link stand in the tables.

use anyhow::Context;
use filo_core::event::Trust;
use filo_core::id::{EventId, NodeId};
use filo_core::identity::{Identifier, Link, NodeFacts, Verdict};
use filo_core::profile::Profile;
use filo_store::identity::{LinkRow, NodeRow};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::live::{Freshness, Node};

#[derive(Serialize, Deserialize)]
struct NodeState {
    facts: NodeFacts,
    profile: Option<Vec<u8>>,
}

/// Writes a node as its row.
pub(crate) fn node_row(id: NodeId, node: &Node) -> anyhow::Result<NodeRow> {
    let profile = node.profile.as_deref().map(Profile::encode);
    let state = postcard::to_stdvec(&NodeState {
        facts: node.facts,
        profile,
    })
    .with_context(|| format!("encoding {id}"))?;
    Ok(NodeRow {
        id,
        kind: node.identifier.kind,
        value: node.identifier.value.clone(),
        customer: node.customer,
        state,
    })
}

/// Reads a node from its row.
pub(crate) fn node_of_row(row: NodeRow) -> anyhow::Result<Node> {
    let id = row.id;
    let state: NodeState =
        postcard::from_bytes(&row.state).with_context(|| format!("reading {id}"))?;
    let profile = match state.profile {
        Some(bytes) => Some(Box::new(
            Profile::decode(&bytes).with_context(|| format!("reading the profile of {id}"))?,
        )),
        None => None,
    };
    Ok(Node {
        identifier: Identifier {
            kind: row.kind,
            value: row.value,
        },
        facts: state.facts,
        customer: row.customer,
        profile,
        neighbours: SmallVec::new(),
        freshness: Freshness::Clean,
        touched: true,
        encoded_bytes: u32::try_from(row.state.len()).unwrap_or(u32::MAX),
    })
}

/// Writes a link as its row.
pub(crate) fn link_row(link: &Link) -> anyhow::Result<LinkRow> {
    let state = postcard::to_stdvec(link)
        .with_context(|| format!("encoding the link {}–{}", link.a, link.b))?;
    let evidence = link.evidence.as_ref();
    let ruling = link.ruling.as_ref();
    Ok(LinkRow {
        a: link.a,
        b: link.b,
        trust: evidence.map_or(Trust::Staff, |evidence| evidence.trust) as u8,
        at: evidence
            .map(|it| it.at)
            .or(ruling.map(|it| it.at))
            .unwrap_or_default(),
        event: evidence
            .map(|it| it.event)
            .or(ruling.map(|it| it.event))
            .unwrap_or(EventId(0)),
        verdict: link.verdict().unwrap_or(Verdict::Withdrawn) as u8,
        state,
    })
}

/// Reads a link from its row.
pub(crate) fn link_of_row(row: &LinkRow) -> anyhow::Result<Link> {
    postcard::from_bytes(&row.state)
        .with_context(|| format!("reading the link {}–{}", row.a, row.b))
}
