//! Pieces with their history, and promotions.

use filo_core::id::{PieceId, PromotionId};
use filo_core::time::Timestamp;
use filo_store::piece::{self, PieceRow};
use filo_store::promotion::{self, PromotionRow};

use crate::with_store;

fn piece_row(id: u128) -> PieceRow {
    PieceRow {
        id: PieceId(id),
        name: "Benvenuto".to_owned(),
        document: "{}".to_owned(),
        version: 1,
        created_at: Timestamp(10),
        created_by: "owner".to_owned(),
        changed_at: Timestamp(10),
        changed_by: "owner".to_owned(),
        archived_at: None,
    }
}

#[tokio::test]
async fn a_piece_keeps_what_it_said() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let row = piece_row(1);
        piece::insert(&mut tx, &row).await.unwrap();
        piece::insert(&mut tx, &piece_row(2)).await.unwrap();
        let changed = PieceRow {
            name: "Bentornato".to_owned(),
            document: "{\"a\":1}".to_owned(),
            changed_at: Timestamp(20),
            archived_at: Some(Timestamp(20)),
            ..row.clone()
        };
        assert!(piece::change(&mut tx, &changed).await.unwrap());
        assert!(!piece::change(&mut tx, &changed).await.unwrap());
        let known = piece::get(&mut tx, row.id).await.unwrap().unwrap();
        let expected = PieceRow {
            version: 2,
            ..changed.clone()
        };
        assert_eq!(known, expected);
        let versions = piece::versions(&mut tx, row.id).await.unwrap();
        let said: Vec<_> = versions
            .iter()
            .map(|it| (it.version, it.document.as_str()))
            .collect();
        assert_eq!(said, [(2, "{\"a\":1}"), (1, "{}")]);
        let first = piece::version(&mut tx, row.id, 1).await.unwrap().unwrap();
        assert_eq!(
            (first.made_at, first.made_by.as_str()),
            (Timestamp(10), "owner")
        );
        piece::remove_version(&mut tx, row.id, 1).await.unwrap();
        assert_eq!(piece::version(&mut tx, row.id, 1).await.unwrap(), None);
        assert_eq!(piece::list(&mut tx).await.unwrap().len(), 2);
        piece::remove(&mut tx, row.id).await.unwrap();
        assert_eq!(piece::get(&mut tx, row.id).await.unwrap(), None);
        assert!(piece::versions(&mut tx, row.id).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_so_many_versions_are_kept() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let mut row = piece_row(1);
        piece::insert(&mut tx, &row).await.unwrap();
        for _ in 0..120 {
            assert!(piece::change(&mut tx, &row).await.unwrap());
            row.version += 1;
        }
        let versions = piece::versions(&mut tx, row.id).await.unwrap();
        assert_eq!(versions.len(), 100);
        assert_eq!(versions[0].version, 121);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_promotion_changes_from_the_version_that_was_seen() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let row = PromotionRow {
            id: PromotionId(1),
            name: "Festa".to_owned(),
            document: "{}".to_owned(),
            version: 1,
            created_at: Timestamp(10),
            created_by: "owner".to_owned(),
            changed_at: Timestamp(10),
            changed_by: "owner".to_owned(),
            archived_at: None,
        };
        promotion::insert(&mut tx, &row).await.unwrap();
        assert_eq!(
            promotion::get(&mut tx, row.id).await.unwrap(),
            Some(row.clone())
        );
        assert!(promotion::change(&mut tx, &row).await.unwrap());
        assert!(!promotion::change(&mut tx, &row).await.unwrap());
        let listed = promotion::list(&mut tx).await.unwrap();
        assert_eq!(
            listed.iter().map(|row| row.version).collect::<Vec<_>>(),
            [2]
        );
        promotion::remove(&mut tx, row.id).await.unwrap();
        assert!(promotion::list(&mut tx).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    })
    .await;
}
