//! Pairs that are probably one person: kept once, in order, and put off for good.

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;
use filo_store::duplicate::{self, DuplicateRow, Status};

use crate::with_store;

fn row(a: u128, b: u128, chance: i64, at: i64) -> DuplicateRow {
    DuplicateRow {
        a: CustomerId(a),
        b: CustomerId(b),
        status: Status::Waiting,
        chance,
        parts: "[]".to_owned(),
        found_at: Timestamp(at),
    }
}

#[tokio::test]
async fn the_likeliest_come_first_and_what_was_put_off_stays_so() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            row(1, 2, 9_900, 1),
            row(1, 3, 5_000, 1),
            row(4, 5, 9_900, 1),
        ];
        duplicate::put(&mut tx, &rows).await.unwrap();
        let page = duplicate::list(&mut tx, (Status::Waiting, 0), None, 2)
            .await
            .unwrap();
        assert_eq!(page, [rows[2].clone(), rows[0].clone()]);
        let behind = Some(page[1].cursor());
        let page = duplicate::list(&mut tx, (Status::Waiting, 0), behind, 2)
            .await
            .unwrap();
        assert_eq!(page, [rows[1].clone()]);
        let pair = (CustomerId(1), CustomerId(2));
        assert!(
            duplicate::set_status(&mut tx, pair, Status::Later)
                .await
                .unwrap()
        );
        duplicate::put(&mut tx, &[row(1, 2, 9_950, 2)])
            .await
            .unwrap();
        let found = duplicate::get(&mut tx, pair.0, pair.1)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((found.status, found.chance), (Status::Later, 9_950));
        assert_eq!(
            duplicate::count(&mut tx, Status::Waiting, 9_000)
                .await
                .unwrap(),
            1
        );
        assert_eq!(
            duplicate::remove_older(&mut tx, Timestamp(2))
                .await
                .unwrap(),
            2
        );
        assert_eq!(
            duplicate::remove_of(&mut tx, CustomerId(2)).await.unwrap(),
            1
        );
        duplicate::remove(&mut tx, CustomerId(8), CustomerId(9))
            .await
            .unwrap();
        assert!(
            !duplicate::set_status(&mut tx, pair, Status::Later)
                .await
                .unwrap()
        );
        assert_eq!(
            duplicate::count(&mut tx, Status::Later, 0).await.unwrap(),
            0
        );
        tx.commit().await.unwrap();
    })
    .await;
}
