//! Texts, the suppression list and confirmations.

use filo_core::consent::suppression::{CallCheck, Suppression, SuppressionReason};
use filo_core::event::Channel;
use filo_core::id::{ConfirmationId, NodeId, SuppressionId};
use filo_core::time::Timestamp;
use filo_store::confirmation::{self, ConfirmationRow};
use filo_store::suppression::{self, SuppressionRow};
use filo_store::wording::{self, WordingRow};

use crate::with_store;

fn line(id: u128, node: u128, channel: Option<Channel>, since: i64) -> SuppressionRow {
    SuppressionRow {
        line: Suppression {
            id: SuppressionId(id),
            node: NodeId(node),
            channel,
            reason: SuppressionReason::ByHand,
            since: Timestamp(since),
            lifted_at: None,
        },
        made_by: "usr_1".to_owned(),
        note: "asked at the till".to_owned(),
        lifted_by: None,
        lifted_note: None,
    }
}

#[tokio::test]
async fn an_address_stands_once_and_lifted_lines_stay() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let first = line(1, 7, None, 10);
        assert!(suppression::insert(&mut tx, &first).await.unwrap());
        assert!(
            !suppression::insert(&mut tx, &line(2, 7, None, 11))
                .await
                .unwrap()
        );
        let mail = line(3, 7, Some(Channel::Email), 12);
        assert!(suppression::insert(&mut tx, &mail).await.unwrap());
        assert!(
            suppression::insert(&mut tx, &line(4, 8, None, 12))
                .await
                .unwrap()
        );
        let id = SuppressionId(1);
        let by = ("usr_2", "it was a mistake");
        assert!(
            suppression::lift(&mut tx, id, by, Timestamp(20))
                .await
                .unwrap()
        );
        assert!(
            !suppression::lift(&mut tx, id, by, Timestamp(21))
                .await
                .unwrap()
        );
        let lifted = suppression::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(lifted.line.lifted_at, Some(Timestamp(20)));
        assert_eq!(lifted.lifted_note.as_deref(), Some("it was a mistake"));
        let of_node = suppression::of_node(&mut tx, NodeId(7)).await.unwrap();
        assert_eq!(of_node, [lifted, mail]);
        // Once lifted it can be put on again.
        assert!(
            suppression::insert(&mut tx, &line(5, 7, None, 30))
                .await
                .unwrap()
        );
        let all = (Timestamp::MAX, SuppressionId(u128::MAX));
        let page = suppression::list(&mut tx, all, 2).await.unwrap();
        let ids: Vec<u128> = page.iter().map(|row| row.line.id.0).collect();
        assert_eq!(ids, [5, 4]);
        let last = page.last().unwrap();
        let behind = (last.line.since, last.line.id);
        let page = suppression::list(&mut tx, behind, 9).await.unwrap();
        let ids: Vec<u128> = page.iter().map(|row| row.line.id.0).collect();
        assert_eq!(ids, [3]);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_one_import_put_on_the_list_comes_off_together() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let by_import = |mut row: SuppressionRow| {
            row.made_by = "imp_1".to_owned();
            row
        };
        let own = [
            by_import(line(1, 7, None, 10)),
            by_import(line(2, 8, None, 10)),
        ];
        for row in own.iter().chain([&line(3, 9, None, 10)]) {
            assert!(suppression::insert(&mut tx, row).await.unwrap());
        }
        let by = ("usr_2", "undone");
        suppression::lift(&mut tx, SuppressionId(2), by, Timestamp(15))
            .await
            .unwrap();
        let lifted = suppression::lift_made_by(&mut tx, "imp_1", by, Timestamp(20));
        assert_eq!(lifted.await.unwrap(), 1, "one was off already");
        let all = (Timestamp::MAX, SuppressionId(u128::MAX));
        let left = suppression::list(&mut tx, all, 9).await.unwrap();
        let left: Vec<u128> = left.iter().map(|row| row.line.id.0).collect();
        assert_eq!(left, [3]);
        let first = suppression::get(&mut tx, SuppressionId(1))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(first.line.lifted_at, Some(Timestamp(20)));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_last_look_up_of_a_number_counts() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let check = CallCheck {
            node: NodeId(7),
            checked_at: Timestamp(1),
            listed_since: None,
        };
        suppression::put_check(&mut tx, &check).await.unwrap();
        let later = CallCheck {
            checked_at: Timestamp(2),
            listed_since: Some(Timestamp(2)),
            ..check
        };
        suppression::put_check(&mut tx, &later).await.unwrap();
        let found = suppression::check(&mut tx, NodeId(7)).await.unwrap();
        assert_eq!(found, Some(later));
        assert_eq!(suppression::check(&mut tx, NodeId(8)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_version_of_a_text_is_written_once() {
    with_store(async |db| {
        let row = WordingRow {
            purpose: "marketing".to_owned(),
            version: 1,
            language: "it".to_owned(),
            body: "Sì, scrivetemi.".to_owned(),
            hash: [3; 32],
            valid_from: Timestamp(5),
            written_by: "usr_1".to_owned(),
        };
        let mut tx = db.begin().await.unwrap();
        wording::insert(&mut tx, &row).await.unwrap();
        let other = WordingRow {
            body: "Altro".to_owned(),
            ..row.clone()
        };
        wording::insert(&mut tx, &other).await.unwrap_err();
        assert_eq!(wording::list(&mut tx).await.unwrap(), [row]);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_confirmed_once() {
    with_store(async |db| {
        let row = ConfirmationRow {
            id: ConfirmationId(1),
            node: NodeId(7),
            purpose: "marketing".to_owned(),
            channel: "email".to_owned(),
            wording: "marketing/1".to_owned(),
            asked_at: Timestamp(5),
            expires_at: Timestamp(9),
            confirmed_at: None,
        };
        let mut tx = db.begin().await.unwrap();
        assert_eq!(
            confirmation::last_asked(&mut tx, NodeId(7)).await.unwrap(),
            None
        );
        confirmation::insert(&mut tx, &row).await.unwrap();
        let asked = confirmation::last_asked(&mut tx, NodeId(7)).await.unwrap();
        assert_eq!(asked, Some(Timestamp(5)));
        assert!(
            confirmation::confirm(&mut tx, row.id, Timestamp(6))
                .await
                .unwrap()
        );
        assert!(
            !confirmation::confirm(&mut tx, row.id, Timestamp(7))
                .await
                .unwrap()
        );
        let found = confirmation::get(&mut tx, row.id).await.unwrap().unwrap();
        assert_eq!(found.confirmed_at, Some(Timestamp(6)));
        confirmation::erase(&mut tx, &[NodeId(8), NodeId(7)])
            .await
            .unwrap();
        assert_eq!(confirmation::get(&mut tx, row.id).await.unwrap(), None);
    })
    .await;
}
