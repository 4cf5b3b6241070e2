//! Questions in SQL that people saved.

use filo_core::id::SavedQueryId;
use filo_core::time::Timestamp;
use filo_store::saved_query::{self, SavedQueryRow};

use crate::with_store;

fn query(id: u128, name: &str) -> SavedQueryRow {
    SavedQueryRow {
        id: SavedQueryId(id),
        name: name.to_owned(),
        statement: format!("statement {id}"),
        version: 1,
        created_at: Timestamp(1),
        created_by: "Anna".to_owned(),
        changed_at: Timestamp(1),
        changed_by: "Anna".to_owned(),
        removed_at: None,
    }
}

#[tokio::test]
async fn one_is_changed_from_its_version_and_removed_ones_are_not_listed() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for row in [query(1, "orders"), query(2, "channels")] {
            saved_query::insert(&mut tx, &row).await.unwrap();
        }
        let rows = saved_query::list(&mut tx).await.unwrap();
        assert_eq!(rows, [query(2, "channels"), query(1, "orders")]);

        let removed = SavedQueryRow {
            statement: "another".to_owned(),
            changed_at: Timestamp(5),
            changed_by: "Bruno".to_owned(),
            removed_at: Some(Timestamp(5)),
            ..query(1, "orders")
        };
        assert!(saved_query::change(&mut tx, &removed).await.unwrap());
        assert!(!saved_query::change(&mut tx, &removed).await.unwrap());
        let row = saved_query::get(&mut tx, SavedQueryId(1)).await.unwrap();
        let expected = SavedQueryRow {
            version: 2,
            ..removed
        };
        assert_eq!(row, Some(expected));
        assert_eq!(saved_query::list(&mut tx).await.unwrap().len(), 1);

        let texts = saved_query::texts(&mut tx).await.unwrap();
        let first = ["orders".to_owned(), "another".to_owned()];
        assert_eq!(texts.first(), Some(&(SavedQueryId(1), first)));
        assert_eq!(texts.len(), 2);
        saved_query::erase(&mut tx, SavedQueryId(1)).await.unwrap();
        let gone = saved_query::get(&mut tx, SavedQueryId(1)).await.unwrap();
        assert_eq!(gone, None);
        tx.commit().await.unwrap();
    })
    .await;
}
