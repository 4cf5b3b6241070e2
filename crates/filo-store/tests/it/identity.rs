//! Nodes and links.

use filo_core::id::{CustomerId, EventId, NodeId};
use filo_core::identity::Kind;
use filo_core::time::Timestamp;
use filo_store::identity::{self, Counts, LinkRow, NodeRow};

use crate::with_store;

/// Spread over the whole range, as hashes are.
fn spread(number: u128) -> u128 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}

fn node(number: u128, customer: u128) -> NodeRow {
    NodeRow {
        id: NodeId(spread(number)),
        kind: Kind::Email,
        value: format!("anna{number}@example.it").into(),
        customer: CustomerId(spread(customer)),
        state: vec![1, 2, 3],
    }
}

fn link(a: u128, b: u128) -> LinkRow {
    LinkRow {
        a: NodeId(a),
        b: NodeId(b),
        trust: 1,
        at: Timestamp(-5),
        event: EventId(u128::MAX),
        verdict: 0,
        state: vec![9],
    }
}

#[tokio::test]
async fn nodes_are_saved_found_and_moved() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let mut nodes: Vec<NodeRow> = (0..700).map(|number| node(number, number / 7)).collect();
        identity::save_nodes(&mut tx, &nodes).await.unwrap();
        let ids: Vec<NodeId> = nodes.iter().map(|node| node.id).collect();
        let mut found = identity::nodes(&mut tx, &ids).await.unwrap();
        found.sort_by_key(|node| node.id);
        let mut expected = nodes.clone();
        expected.sort_by_key(|node| node.id);
        assert_eq!(found, expected);

        // A merge: the nodes of one customer go to another, and one has news.
        let from = nodes[0].customer;
        let to = nodes[7].customer;
        for node in &mut nodes[..7] {
            node.customer = to;
        }
        nodes[3].state = vec![0; 10_000];
        identity::save_nodes(&mut tx, &nodes[..7]).await.unwrap();
        let moved: Vec<_> = nodes[..8]
            .iter()
            .map(|node| (node.id, node.customer))
            .collect();
        identity::move_nodes(&mut tx, &moved).await.unwrap();
        assert!(identity::nodes_of(&mut tx, from).await.unwrap().is_empty());
        let merged = identity::nodes_of(&mut tx, to).await.unwrap();
        assert_eq!(merged.len(), 14);
        assert!(merged.is_sorted_by_key(|node| node.id));
        assert!(merged.contains(&nodes[3]));
        let two = identity::nodes_of_many(&mut tx, &[to, nodes[14].customer])
            .await
            .unwrap();
        assert_eq!(two.len(), 21);
        let one_of_each = [nodes[0].id, nodes[7].id, nodes[14].id, NodeId(1)];
        let mut beside = identity::nodes_beside(&mut tx, &one_of_each).await.unwrap();
        beside.sort_by_key(|node| node.id);
        let mut expected = nodes[..21].to_vec();
        expected.sort_by_key(|node| node.id);
        assert_eq!(beside, expected, "each once, with its whole customer");
        assert!(identity::nodes(&mut tx, &[]).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn links_are_found_from_both_ends_each_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let links = [link(1, 2), link(1, 3), link(2, 3), link(4, 5)];
        identity::save_links(&mut tx, &links).await.unwrap();
        let of = identity::links_of(&mut tx, &[NodeId(3), NodeId(1)])
            .await
            .unwrap();
        assert_eq!(of, links[..3]);
        assert_eq!(
            identity::links_of(&mut tx, &[NodeId(5)]).await.unwrap(),
            links[3..]
        );

        let ruled = LinkRow {
            verdict: 2,
            trust: 2,
            state: vec![7; 300],
            ..links[3].clone()
        };
        identity::save_links(&mut tx, std::slice::from_ref(&ruled))
            .await
            .unwrap();
        assert_eq!(
            identity::links_of(&mut tx, &[NodeId(4)]).await.unwrap(),
            [ruled]
        );
        let counts = identity::counts(&mut tx).await.unwrap();
        assert_eq!(counts, Counts { nodes: 0, links: 4 });
    })
    .await;
}

#[tokio::test]
async fn one_can_walk_through_everything_in_pages() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let nodes: Vec<NodeRow> = (0..50).map(|number| node(number, 1)).collect();
        identity::save_nodes(&mut tx, &nodes).await.unwrap();
        let links: Vec<LinkRow> = (0..30)
            .map(|number| link(number / 4, 100 + number))
            .collect();
        identity::save_links(&mut tx, &links).await.unwrap();

        let mut walked = Vec::new();
        let mut after = NodeId(0);
        loop {
            let page = identity::node_page(&mut tx, after, 7).await.unwrap();
            let Some(last) = page.last() else {
                break;
            };
            after = last.id;
            walked.extend(page);
        }
        // Node 0 has the id 0, which is where the walk begins.
        assert_eq!(walked.len(), 49);

        let mut walked = Vec::new();
        let mut after = (NodeId(0), NodeId(0));
        loop {
            let page = identity::link_page(&mut tx, after, 7).await.unwrap();
            let Some(last) = page.last() else {
                break;
            };
            after = (last.a, last.b);
            walked.extend(page);
        }
        assert_eq!(walked, links);

        identity::clear(&mut tx).await.unwrap();
        let counts = identity::counts(&mut tx).await.unwrap();
        assert_eq!(counts, Counts { nodes: 0, links: 0 });
    })
    .await;
}
