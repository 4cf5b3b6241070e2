//! Nodes (identifiers with what is known from their threads) and the links between them.
//!
//! **Invariant:** saving is by key and whole rows, so saving the same rows again changes
//! nothing. What is inside a `state` is the caller's.

use compact_str::CompactString;
use filo_core::id::{CustomerId, EventId, NodeId};
use filo_core::identity::Kind;
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeRow {
    pub id: NodeId,
    pub kind: Kind,
    /// The identifier in its normal form.
    pub value: CompactString,
    /// The customer it belongs to now.
    pub customer: CustomerId,
    /// Everything folded from its thread, encoded.
    pub state: Vec<u8>,
}

/// What is known about two identifiers belonging together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The smaller node.
    pub a: NodeId,
    /// The greater node.
    pub b: NodeId,
    /// Code of the highest trust among the evidence.
    pub trust: u8,
    /// When that evidence happened.
    pub at: Timestamp,
    /// The event that is that evidence.
    pub event: EventId,
    /// Code of the ruling in force.
    pub verdict: u8,
    /// The whole link, encoded.
    pub state: Vec<u8>,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub nodes: i64,
    pub links: i64,
}

const NODES: Bulk = Bulk {
    head: "SELECT id, kind, value, customer, state FROM node WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

const NODES_BESIDE: Bulk = Bulk {
    head: "SELECT id, kind, value, customer, state FROM node WHERE customer IN (\
           SELECT customer FROM node WHERE id IN (VALUES",
    width: 1,
    tail: "))",
};

const NODES_OF: Bulk = Bulk {
    head: "SELECT id, kind, value, customer, state FROM node WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// The nodes of these ids that are known, in no order.
pub async fn nodes(tx: &mut Tx<'_>, ids: &[NodeId]) -> Result<Vec<NodeRow>> {
    let rows = tx
        .fetch_bulk(&NODES, ids, |id, values| values.push((*id).into()))
        .await?;
    rows.iter().map(read_node).collect()
}

const OWNERS: Bulk = Bulk {
    head: "SELECT id, customer FROM node WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// Whose the nodes of these ids are, as far as they are known, in no order.
pub async fn owners(tx: &mut Tx<'_>, ids: &[NodeId]) -> Result<Vec<(NodeId, CustomerId)>> {
    let rows = tx
        .fetch_bulk(&OWNERS, ids, |id, values| values.push((*id).into()))
        .await?;
    rows.iter()
        .map(|row| {
            let customer = CustomerId::from_bytes(row.id(1)?);
            Ok((NodeId::from_bytes(row.id(0)?), customer))
        })
        .collect()
}

/// The nodes of these ids that are known, with all others of the same customers, in no order:
/// one question instead of one for each step along the links.
pub async fn nodes_beside(tx: &mut Tx<'_>, ids: &[NodeId]) -> Result<Vec<NodeRow>> {
    let rows = tx
        .fetch_bulk(&NODES_BESIDE, ids, |id, values| values.push((*id).into()))
        .await?;
    rows.iter().map(read_node).collect()
}

/// The nodes of a customer, by id.
pub async fn nodes_of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<NodeRow>> {
    let mut nodes = nodes_of_many(tx, &[customer]).await?;
    nodes.sort_unstable_by_key(|node| node.id);
    Ok(nodes)
}

/// The nodes of many customers, in no order.
pub async fn nodes_of_many(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<Vec<NodeRow>> {
    let rows = tx
        .fetch_bulk(&NODES_OF, customers, |id, values| values.push((*id).into()))
        .await?;
    rows.iter().map(read_node).collect()
}

/// `customer` is left out here: SQLite rewrites the entry of every index whose column is
/// set, even to the same value, and a node seldom changes its customer.
const SAVE_NODES: Bulk = Bulk {
    head: "INSERT INTO node (id, kind, value, customer, state) VALUES",
    width: 5,
    tail: "ON CONFLICT (id) DO UPDATE SET state = excluded.state",
};

const MOVE_NODES: Bulk = Bulk {
    head: "UPDATE node SET customer = moved.column2 FROM (VALUES",
    width: 2,
    tail: ") AS moved WHERE node.id = moved.column1 AND node.customer <> moved.column2",
};

/// Saves nodes, new or known. Their ids must differ. Kind and value never change; the customer
/// of one that is known changes by [`move_nodes`] only.
pub async fn save_nodes(tx: &mut Tx<'_>, nodes: &[NodeRow]) -> Result<()> {
    // In the order of the index on the id: each of its pages is then written once, however
    // large it has grown.
    let mut nodes: Vec<&NodeRow> = nodes.iter().collect();
    nodes.sort_unstable_by_key(|node| node.id);
    tx.execute_bulk(&SAVE_NODES, &nodes, |node, values| {
        values.extend_from_slice(values![
            node.id,
            i64::from(node.kind.code()),
            node.value.as_str(),
            node.customer,
            node.state.as_slice(),
        ]);
    })
    .await?;
    Ok(())
}

/// Says whose these nodes are from now on. Their ids must differ.
pub async fn move_nodes(tx: &mut Tx<'_>, moved: &[(NodeId, CustomerId)]) -> Result<()> {
    tx.execute_bulk(&MOVE_NODES, moved, |(id, customer), values| {
        values.extend_from_slice(values![*id, *customer]);
    })
    .await?;
    Ok(())
}

/// Two halves, because one with OR would use neither index. `CROSS JOIN` has SQLite go from the
/// nodes to their links: with a plain one it reads every link there is and looks each up among
/// the nodes.
const LINKS_OF: Bulk = Bulk {
    head: "WITH wanted (id) AS (VALUES",
    width: 1,
    tail: ") SELECT link.a, link.b, link.trust, link.at, link.event, link.verdict, link.state \
           FROM wanted CROSS JOIN link WHERE link.a = wanted.id UNION ALL \
           SELECT link.a, link.b, link.trust, link.at, link.event, link.verdict, link.state \
           FROM wanted CROSS JOIN link WHERE link.b = wanted.id",
};

/// Every link that begins or ends at one of these nodes, each once, by its ends.
pub async fn links_of(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<Vec<LinkRow>> {
    let rows = tx
        .fetch_bulk(&LINKS_OF, nodes, |id, values| values.push((*id).into()))
        .await?;
    let mut links = rows.iter().map(read_link).collect::<Result<Vec<_>>>()?;
    links.sort_unstable_by_key(|link| (link.a, link.b));
    links.dedup_by_key(|link| (link.a, link.b));
    Ok(links)
}

const SAVE_LINKS: Bulk = Bulk {
    head: "INSERT INTO link (a, b, trust, at, event, verdict, state) VALUES",
    width: 7,
    tail: "ON CONFLICT (a, b) DO UPDATE SET trust = excluded.trust, at = excluded.at, \
           event = excluded.event, verdict = excluded.verdict, state = excluded.state",
};

/// Saves links, new or known. Their ends must differ from one another's, `a` below `b`.
pub async fn save_links(tx: &mut Tx<'_>, links: &[LinkRow]) -> Result<()> {
    debug_assert!(
        links.iter().all(|link| link.a < link.b),
        "a link has its ends in order"
    );
    let mut links: Vec<&LinkRow> = links.iter().collect();
    links.sort_unstable_by_key(|link| (link.a, link.b));
    tx.execute_bulk(&SAVE_LINKS, &links, |link, values| {
        values.extend_from_slice(values![
            link.a,
            link.b,
            i64::from(link.trust),
            link.at,
            link.event,
            i64::from(link.verdict),
            link.state.as_slice(),
        ]);
    })
    .await?;
    Ok(())
}

const COUNTS: &str = "
    SELECT (SELECT COUNT(*) FROM node),
           (SELECT COUNT(*) FROM link)";

/// How many nodes and links there are. Reads whole indexes: not for a hot path.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Counts> {
    let row = tx.fetch_one(COUNTS, &[]).await?;
    let row = row.ok_or_else(|| Error::Damaged("a count gave no row".to_owned()))?;
    Ok(Counts {
        nodes: row.int(0)?,
        links: row.int(1)?,
    })
}

const NODE_PAGE: &str = "
    SELECT id, kind, value, customer, state
      FROM node
     WHERE id > $1
     ORDER BY id
     LIMIT $2";

/// Nodes by id, those after the given one: for walking through all of them.
pub async fn node_page(tx: &mut Tx<'_>, after: NodeId, limit: u32) -> Result<Vec<NodeRow>> {
    tx.fetch(NODE_PAGE, values![after, limit])
        .await?
        .iter()
        .map(read_node)
        .collect()
}

const LINK_PAGE: &str = "
    SELECT a, b, trust, at, event, verdict, state
      FROM link
     WHERE (a, b) > ($1, $2)
     ORDER BY a, b
     LIMIT $3";

/// Links by their ends, those after the given ones: for walking through all of them.
pub async fn link_page(
    tx: &mut Tx<'_>,
    after: (NodeId, NodeId),
    limit: u32,
) -> Result<Vec<LinkRow>> {
    tx.fetch(LINK_PAGE, values![after.0, after.1, limit])
        .await?
        .iter()
        .map(read_link)
        .collect()
}

const REMOVE_NODES: Bulk = Bulk {
    head: "DELETE FROM node WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

const REMOVE_LINKS: Bulk = Bulk {
    head: "DELETE FROM link WHERE (a, b) IN (VALUES",
    width: 2,
    tail: ")",
};

/// Forgets nodes of which no event is left.
pub async fn remove_nodes(tx: &mut Tx<'_>, ids: &[NodeId]) -> Result<()> {
    tx.execute_bulk(&REMOVE_NODES, ids, |id, values| values.push((*id).into()))
        .await?;
    Ok(())
}

/// Forgets links, given by their ends, of which no event is left.
pub async fn remove_links(tx: &mut Tx<'_>, ends: &[(NodeId, NodeId)]) -> Result<()> {
    tx.execute_bulk(&REMOVE_LINKS, ends, |(a, b), values| {
        values.extend_from_slice(values![*a, *b]);
    })
    .await?;
    Ok(())
}

/// Forgets all nodes and links, before a rebuild from the events.
pub async fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM link", &[]).await?;
    tx.execute("DELETE FROM node", &[]).await?;
    Ok(())
}

fn read_node(record: &Record) -> Result<NodeRow> {
    let code: u8 = record.small(1)?;
    let kind = Kind::from_code(code)
        .ok_or_else(|| Error::Damaged(format!("a node of the unknown kind {code}")))?;
    Ok(NodeRow {
        id: NodeId::from_bytes(record.id(0)?),
        kind,
        value: record.text(2)?.into(),
        customer: CustomerId::from_bytes(record.id(3)?),
        state: record.bytes(4)?,
    })
}

fn read_link(record: &Record) -> Result<LinkRow> {
    Ok(LinkRow {
        a: NodeId::from_bytes(record.id(0)?),
        b: NodeId::from_bytes(record.id(1)?),
        trust: record.small(2)?,
        at: record.time(3)?,
        event: EventId::from_bytes(record.id(4)?),
        verdict: record.small(5)?,
        state: record.bytes(6)?,
    })
}
