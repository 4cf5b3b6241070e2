//! How far the mailbox of returns was looked through, on both databases.

use filo_core::time::Timestamp;
use filo_store::return_box::{self, ReturnBoxRow};

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000);

#[tokio::test]
async fn a_mailbox_is_remembered_by_its_name_and_its_mails_for_a_while() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(return_box::get(&mut tx, "a").await.unwrap(), None);
        let row = ReturnBoxRow {
            uid_validity: u32::MAX,
            last_uid: u32::MAX,
            looked_at: Some(NOW),
            failures: 2,
            failing_since: Some(NOW),
            fault: "the server hung up".to_owned(),
            taken: 3,
            left_alone: 4,
            ..ReturnBoxRow::new(NOW)
        };
        for (name, row) in [("a", &ReturnBoxRow::new(NOW)), ("b", &row), ("a", &row)] {
            return_box::put(&mut tx, name, row).await.unwrap();
        }
        assert_eq!(return_box::get(&mut tx, "a").await.unwrap(), Some(row));
        assert_eq!(return_box::forget_others(&mut tx, "a").await.unwrap(), 1);
        assert_eq!(return_box::get(&mut tx, "b").await.unwrap(), None);
        let id = [7; 32];
        assert!(!return_box::is_known(&mut tx, &id).await.unwrap());
        return_box::remember(&mut tx, &id, NOW).await.unwrap();
        let later = NOW.plus_seconds(9);
        return_box::remember(&mut tx, &id, later).await.unwrap();
        assert!(return_box::is_known(&mut tx, &id).await.unwrap());
        assert_eq!(return_box::prune(&mut tx, NOW).await.unwrap(), 0);
        assert_eq!(return_box::prune(&mut tx, later).await.unwrap(), 1);
        tx.commit().await.unwrap();
    })
    .await;
}
