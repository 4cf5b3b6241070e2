//! How a node and a link stand in the tables.
//!
//! What a column says is not said again in the state: on SQLite every byte of a row is written
//! several times over.

use anyhow::Context;
use filo_core::event::Trust;
use filo_core::id::{EventId, NodeId, SourceId};
use filo_core::identity::{Evidence, Identifier, Link, NodeFacts, Ruling, Verdict};
use filo_core::profile::Profile;
use filo_core::time::Timestamp;
use filo_store::identity::{LinkRow, NodeRow};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::live::{Freshness, Node, weight};
use super::packing::{Unpacked, pack, unpack};
use super::segments::Beside;

/// The state of a node beside what its columns say; the profile's bytes follow, if it has one,
/// then what segments need of it, if there is any.
#[derive(Serialize, Deserialize)]
struct NodeState {
    first_seen: Timestamp,
    last_seen: Timestamp,
    trust: Trust,
    has_profile: bool,
}

/// The state of a node before states had a layout.
#[derive(Deserialize)]
struct UnmarkedNode {
    facts: NodeFacts,
    profile: Option<Vec<u8>>,
}

/// The state of a link beside what its columns say.
#[derive(Serialize, Deserialize)]
struct LinkState {
    /// Of the evidence, trust, source and version of the rules; time and event are columns.
    evidence: Option<(Trust, SourceId, u32)>,
    ruling: Option<Ruling>,
}

/// A node's row, and how many bytes its state has before it is packed.
pub(crate) fn node_row(id: NodeId, node: &Node) -> anyhow::Result<(NodeRow, u32)> {
    let state = NodeState {
        first_seen: node.facts.first_seen,
        last_seen: node.facts.last_seen,
        trust: node.facts.trust,
        has_profile: node.profile.is_some(),
    };
    let mut plain = postcard::to_stdvec(&state).with_context(|| format!("encoding {id}"))?;
    if let Some(profile) = &node.profile {
        plain.append(&mut profile.encode());
    }
    if let Some(beside) = node.beside.as_ref().filter(|beside| !beside.is_empty()) {
        plain = postcard::to_extend(&**beside, plain)
            .with_context(|| format!("encoding the segments of {id}"))?;
    }
    let row = NodeRow {
        id,
        kind: node.identifier.kind,
        value: node.identifier.value.clone(),
        customer: node.customer,
        state: pack(&plain),
    };
    Ok((row, u32::try_from(plain.len()).unwrap_or(u32::MAX)))
}

/// Reads a node from its row.
pub(crate) fn node_of_row(row: NodeRow) -> anyhow::Result<Node> {
    let id = row.id;
    let unpacked = unpack(&row.state).with_context(|| format!("reading {id}"))?;
    let (facts, profile, beside, bytes) = match &unpacked {
        Unpacked::Plain(plain) => {
            let (state, rest) = postcard::take_from_bytes::<NodeState>(plain)
                .with_context(|| format!("reading {id}"))?;
            let facts = NodeFacts {
                id,
                kind: row.kind,
                first_seen: state.first_seen,
                last_seen: state.last_seen,
                trust: state.trust,
            };
            let (profile, rest) = match state.has_profile {
                false => (None, rest),
                true => match Profile::take(rest) {
                    Ok((profile, rest)) => (Some(Ok(profile)), rest),
                    Err(error) => (Some(Err(error)), &[][..]),
                },
            };
            let beside = match rest {
                [] => None,
                rest => Some(
                    postcard::from_bytes::<Beside>(rest)
                        .with_context(|| format!("reading the segments of {id}"))?,
                ),
            };
            (facts, profile, beside, plain.len())
        }
        Unpacked::Unmarked(bytes) => {
            let state: UnmarkedNode =
                postcard::from_bytes(bytes).with_context(|| format!("reading {id}"))?;
            let profile = state.profile.map(|profile| Profile::decode(&profile));
            (state.facts, profile, None, bytes.len())
        }
    };
    let profile = profile
        .transpose()
        .with_context(|| format!("reading the profile of {id}"))?;
    let has_profile = profile.is_some();
    Ok(Node {
        identifier: Identifier {
            kind: row.kind,
            value: row.value,
        },
        facts,
        customer: row.customer,
        profile: profile.map(Box::new),
        beside: beside.map(Box::new),
        neighbours: SmallVec::new(),
        freshness: Freshness::Clean,
        touched: true,
        counted_bytes: weight(has_profile, bytes),
    })
}

/// Writes a link as its row.
pub(crate) fn link_row(link: &Link) -> anyhow::Result<LinkRow> {
    let evidence = link.evidence.as_ref();
    let ruling = link.ruling.as_ref();
    let state = LinkState {
        evidence: evidence.map(|it| (it.trust, it.source, it.rule_version)),
        ruling: link.ruling.clone(),
    };
    let state = postcard::to_stdvec(&state)
        .with_context(|| format!("encoding the link {}–{}", link.a, link.b))?;
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
        state: pack(&state),
    })
}

/// Reads a link from its row.
pub(crate) fn link_of_row(row: &LinkRow) -> anyhow::Result<Link> {
    let reading = || format!("reading the link {}–{}", row.a, row.b);
    let plain = match unpack(&row.state).with_context(reading)? {
        Unpacked::Plain(plain) => plain,
        Unpacked::Unmarked(bytes) => return postcard::from_bytes(bytes).with_context(reading),
    };
    let state: LinkState = postcard::from_bytes(&plain).with_context(reading)?;
    let evidence = state
        .evidence
        .map(|(trust, source, rule_version)| Evidence {
            trust,
            at: row.at,
            event: row.event,
            source,
            rule_version,
        });
    Ok(Link {
        a: row.a,
        b: row.b,
        evidence,
        ruling: state.ruling,
    })
}

#[cfg(test)]
mod tests {
    use filo_core::identity::Kind;

    use super::*;

    const ID: NodeId = NodeId(0xfedc_ba98_7654_3210_0f1e_2d3c_4b5a_6903);

    fn node(profile: Option<Profile>) -> Node {
        Node {
            identifier: Identifier {
                kind: Kind::Email,
                value: "anna@example.it".into(),
            },
            facts: NodeFacts {
                id: ID,
                kind: Kind::Email,
                first_seen: Timestamp(5),
                last_seen: Timestamp(9),
                trust: Trust::Verified,
            },
            customer: ID.into(),
            profile: profile.map(Box::new),
            beside: None,
            neighbours: SmallVec::new(),
            freshness: Freshness::Clean,
            touched: true,
            counted_bytes: 0,
        }
    }

    fn profile() -> Profile {
        Profile {
            first_seen: Some(Timestamp(5)),
            last_seen: Some(Timestamp(9)),
            ..Profile::default()
        }
    }

    fn evidence() -> Evidence {
        Evidence {
            trust: Trust::Verified,
            at: Timestamp(7),
            event: EventId(11),
            source: SourceId(3),
            rule_version: 2,
        }
    }

    fn ruling() -> Ruling {
        Ruling {
            verdict: Verdict::Apart,
            at: Timestamp(8),
            event: EventId(12),
            actor: "operator".into(),
            note: "mother and daughter".into(),
        }
    }

    #[test]
    fn a_node_comes_back_from_its_row() {
        for profile in [None, Some(profile())] {
            let node = node(profile);
            let (row, _) = node_row(ID, &node).unwrap();
            let read = node_of_row(row).unwrap();
            assert_eq!(read.identifier, node.identifier);
            assert_eq!(read.facts, node.facts);
            assert_eq!(read.customer, node.customer);
            assert_eq!(read.profile, node.profile);
        }
    }

    #[test]
    fn a_link_comes_back_from_its_row() {
        for (evidence, ruling) in [
            (None, None),
            (Some(evidence()), None),
            (None, Some(ruling())),
            (Some(evidence()), Some(ruling())),
        ] {
            let link = Link {
                a: NodeId(ID.0 - 1),
                b: ID,
                evidence,
                ruling,
            };
            assert_eq!(link_of_row(&link_row(&link).unwrap()).unwrap(), link);
        }
    }

    /// As Filo wrote them before states had a layout.
    #[test]
    fn rows_without_a_layout_are_read() {
        let node = node(Some(profile()));
        let old = postcard::to_stdvec(&(node.facts, Some(profile().encode()))).unwrap();
        let (mut row, _) = node_row(ID, &node).unwrap();
        row.state = old;
        let read = node_of_row(row).unwrap();
        assert_eq!(read.facts, node.facts);
        assert_eq!(read.profile, node.profile);

        let link = Link {
            a: NodeId(ID.0 - 1),
            b: ID,
            evidence: Some(evidence()),
            ruling: Some(ruling()),
        };
        let mut row = link_row(&link).unwrap();
        row.state = postcard::to_stdvec(&link).unwrap();
        assert_eq!(link_of_row(&row).unwrap(), link);
    }
}
