//! What people asked about their data, and what went because it was kept long enough.

use filo_core::id::{DataRequestId, ErasureId, IncidentId, NodeId, RetentionRunId};
use filo_core::privacy::data_request::{DataRequest, Proof, Stage, Way, Wish};
use filo_core::time::Timestamp;
use filo_store::data_request;
use filo_store::erasure::{self, Beside};
use filo_store::incident::{self, Report};
use filo_store::retention_run::{self, RetentionRunRow};

use crate::with_store;

fn request(id: u128, node: u128, way: Way, due_at: i64) -> DataRequest {
    DataRequest {
        id: DataRequestId(id),
        wish: Wish::Access,
        way,
        stage: Stage::Received,
        contact: format!("p{node}@example.it"),
        node: Some(NodeId(node)),
        message: "please".to_owned(),
        received_at: Timestamp(due_at - 30),
        due_at: Timestamp(due_at),
        checked_at: None,
        proof: None,
        extended_at: None,
        extension_reason: String::new(),
        closed_at: None,
        closing_note: String::new(),
        erasure: None,
    }
}

/// Closed as far as a table can know.
fn done(row: &DataRequest, at: i64) -> DataRequest {
    DataRequest {
        stage: Stage::Done,
        checked_at: Some(Timestamp(at - 1)),
        proof: Some(Proof::Document),
        extended_at: Some(Timestamp(at - 2)),
        extension_reason: "many".to_owned(),
        closed_at: Some(Timestamp(at)),
        closing_note: "sent to p7@example.it".to_owned(),
        erasure: Some(ErasureId(3)),
        ..row.clone()
    }
}

#[tokio::test]
async fn requests_wait_by_their_last_day_and_are_closed_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            request(1, 7, Way::Page, 300),
            request(2, 8, Way::Shop, 100),
            request(3, 7, Way::Phone, 200),
        ];
        for row in &rows {
            data_request::insert(&mut tx, row).await.unwrap();
        }
        let found = data_request::get(&mut tx, rows[0].id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&rows[0]));
        let first = data_request::open(&mut tx, None, 2).await.unwrap();
        assert_eq!(first, [rows[1].clone(), rows[2].clone()]);
        let behind = Some((first[1].due_at, first[1].id));
        let rest = data_request::open(&mut tx, behind, 9).await.unwrap();
        assert_eq!(rest, [rows[0].clone()]);
        let due = data_request::due(&mut tx, Timestamp(150), Timestamp(250));
        assert_eq!(due.await.unwrap(), (1, 1));
        let nodes = data_request::open_nodes(&mut tx).await.unwrap();
        assert_eq!(nodes, [NodeId(7), NodeId(8)]);
        let unchecked = data_request::unchecked(&mut tx, NodeId(7), Wish::Access);
        assert_eq!(unchecked.await.unwrap(), (1, 1));
        let unchecked = data_request::unchecked(&mut tx, NodeId(7), Wish::Erasure);
        assert_eq!(unchecked.await.unwrap(), (0, 1));

        let closed = done(&rows[1], 110);
        let saved = data_request::save(&mut tx, &closed, Stage::Received);
        assert!(saved.await.unwrap());
        let again = data_request::save(&mut tx, &closed, Stage::Received);
        assert!(!again.await.unwrap(), "somebody was first");
        let found = data_request::closed(&mut tx, None, 9).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&closed));
        let behind = Some((Timestamp(110), closed.id));
        assert!(
            data_request::closed(&mut tx, behind, 9)
                .await
                .unwrap()
                .is_empty()
        );
        let due = data_request::due(&mut tx, Timestamp(150), Timestamp(250));
        assert_eq!(due.await.unwrap(), (0, 1));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_left_of_a_request_says_when_and_nothing_of_whom() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [request(1, 7, Way::Page, 300), request(2, 8, Way::Shop, 300)];
        for row in &rows {
            data_request::insert(&mut tx, row).await.unwrap();
        }
        let closed = done(&rows[0], 110);
        data_request::save(&mut tx, &closed, Stage::Received)
            .await
            .unwrap();
        let lying = erasure::lying(&mut tx, Beside::Requests, &[], 9)
            .await
            .unwrap();
        assert_eq!(lying.len(), 2);
        let text = String::from_utf8(lying[0].text.clone()).unwrap();
        assert_eq!(
            text,
            "access p7@example.it please many sent to p7@example.it"
        );
        // Another's request that names them keeps whose it is.
        erasure::take_away(&mut tx, Beside::Requests, &lying[1].key)
            .await
            .unwrap();
        data_request::erase(&mut tx, &[NodeId(7)]).await.unwrap();
        let mine = data_request::get(&mut tx, rows[0].id).await.unwrap();
        let receipt = DataRequest {
            contact: String::new(),
            node: None,
            message: String::new(),
            extension_reason: String::new(),
            closing_note: String::new(),
            ..closed
        };
        assert_eq!(mine, Some(receipt));
        let others = data_request::get(&mut tx, rows[1].id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (others.node, others.message.as_str()),
            (Some(NodeId(8)), "")
        );

        let old = done(&others, 120);
        data_request::save(&mut tx, &old, Stage::Received)
            .await
            .unwrap();
        for (before, count) in [(120, 0), (121, 1)] {
            let found = data_request::count_old(&mut tx, Timestamp(before)).await;
            assert_eq!(found.unwrap(), count);
        }
        let before = Timestamp(121);
        assert_eq!(data_request::empty_old(&mut tx, before).await.unwrap(), 1);
        assert_eq!(data_request::count_old(&mut tx, before).await.unwrap(), 0);
        let emptied = data_request::get(&mut tx, old.id).await.unwrap().unwrap();
        assert_eq!((emptied.contact.as_str(), emptied.stage), ("", Stage::Done));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_run_is_due_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for (id, due_at, is_new) in [(1, 10, true), (2, 10, false), (3, 20, true)] {
            let added = retention_run::add(&mut tx, RetentionRunId(id), Timestamp(due_at));
            assert_eq!(added.await.unwrap(), is_new);
        }
        let run = RetentionRunRow {
            id: RetentionRunId(1),
            due_at: Timestamp(10),
            begun_at: Some(Timestamp(11)),
            ended_at: Some(Timestamp(12)),
            gone: r#"{"people":3}"#.to_owned(),
            failure: Some("a backup".to_owned()),
        };
        retention_run::save(&mut tx, &run).await.unwrap();
        let found = retention_run::get(&mut tx, run.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&run));
        let all = retention_run::list(&mut tx, Timestamp::MAX, 9)
            .await
            .unwrap();
        assert_eq!((all.len(), all[0].id), (2, RetentionRunId(3)));
        let older = retention_run::list(&mut tx, Timestamp(20), 9)
            .await
            .unwrap();
        assert_eq!(older, [run]);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn incidents_that_were_seen_to_grow_old_and_open_ones_do_not() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for id in [1, 2, 3] {
            let subject = id.to_string();
            let report = Report {
                id: IncidentId(id),
                kind: "disk_full",
                subject: &subject,
                detail: "{}",
                at: Timestamp(5),
            };
            incident::raise(&mut tx, &report).await.unwrap();
        }
        incident::resolve(&mut tx, IncidentId(1), Timestamp(10))
            .await
            .unwrap();
        incident::resolve(&mut tx, IncidentId(2), Timestamp(20))
            .await
            .unwrap();
        let before = Timestamp(20);
        assert_eq!(incident::count_resolved(&mut tx, before).await.unwrap(), 1);
        assert_eq!(incident::prune(&mut tx, before).await.unwrap(), 1);
        assert_eq!(incident::count_resolved(&mut tx, before).await.unwrap(), 0);
        assert!(
            incident::get(&mut tx, IncidentId(3))
                .await
                .unwrap()
                .is_some()
        );
        tx.commit().await.unwrap();
    })
    .await;
}
