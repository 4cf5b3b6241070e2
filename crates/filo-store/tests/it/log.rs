//! The log and the position of the engine in it.

use filo_core::time::Timestamp;
use filo_store::log::{self, Bounds, Row};
use filo_store::position::{self, Position};
use filo_store::{Db, Error};

use crate::with_store;

async fn fill(db: &Db, sizes: &[usize]) {
    for (position, size) in sizes.iter().enumerate() {
        let number = u32::try_from(position).unwrap() + 1;
        let payload = vec![u8::try_from(number).unwrap(); *size];
        let seq = log::append(db, Timestamp(i64::from(number)), number, &payload)
            .await
            .unwrap();
        assert_eq!(seq, i64::from(number));
    }
}

fn seqs(rows: &[Row]) -> Vec<i64> {
    rows.iter().map(|row| row.seq).collect()
}

#[tokio::test]
async fn rows_come_back_in_order_and_whole() {
    with_store(async |db| {
        assert_eq!(
            log::bounds(db).await.unwrap(),
            Bounds {
                first: 1,
                last: 0,
                count: 0,
                events: 0,
                bytes: 0
            }
        );
        // The large one lies in overflow pages, and outside the row on PostgreSQL.
        fill(db, &[3, 0, 200_000, 10]).await;
        let rows = log::after(db, 0, 100, usize::MAX).await.unwrap();
        assert_eq!(seqs(&rows), [1, 2, 3, 4]);
        assert_eq!(
            rows[2],
            Row {
                seq: 3,
                received_at: Timestamp(3),
                events: 3,
                payload: vec![3; 200_000]
            }
        );
        assert_eq!(seqs(&log::rows(db, &[4, 2, 99]).await.unwrap()), [2, 4]);
        assert_eq!(
            log::bounds(db).await.unwrap(),
            Bounds {
                first: 1,
                last: 4,
                count: 4,
                events: 10,
                bytes: 200_013
            }
        );
        assert_eq!(log::last(db).await.unwrap(), 4);
    })
    .await;
}

#[tokio::test]
async fn reading_keeps_to_rows_and_bytes_but_never_stands_still() {
    with_store(async |db| {
        fill(db, &[100, 100, 100, 5000, 100]).await;
        let after = async |seq, rows, bytes| seqs(&log::after(db, seq, rows, bytes).await.unwrap());
        assert_eq!(after(0, 2, usize::MAX).await, [1, 2]);
        assert_eq!(after(0, 10, 250).await, [1, 2]);
        assert_eq!(after(2, 10, 250).await, [3]);
        assert_eq!(
            after(3, 10, 250).await,
            [4],
            "a row larger than the limit still comes"
        );
        assert_eq!(after(5, 10, 250).await, [0; 0]);
    })
    .await;
}

#[tokio::test]
async fn numbers_are_not_given_again_after_everything_was_dropped() {
    with_store(async |db| {
        fill(db, &[1; 200]).await;
        assert_eq!(log::drop_through(db, 150).await.unwrap(), 150);
        assert_eq!(log::after(db, 0, 1, 1).await.unwrap()[0].seq, 151);
        assert_eq!(log::drop_through(db, 1000).await.unwrap(), 50);
        let bounds = log::bounds(db).await.unwrap();
        assert_eq!((bounds.first, bounds.last, bounds.count), (201, 200, 0));
        assert_eq!(log::append(db, Timestamp(1), 1, b"x").await.unwrap(), 201);
    })
    .await;
}

#[tokio::test]
async fn a_position_moves_only_from_where_it_is() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let begin = position::load(&mut tx).await.unwrap();
        assert_eq!(begin, Position::default());
        position::advance(
            &mut tx,
            &begin,
            &Position {
                applied: 5,
                flushed: 0,
            },
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.begin().await.unwrap();
        let late = position::advance(
            &mut tx,
            &begin,
            &Position {
                applied: 3,
                flushed: 0,
            },
        )
        .await;
        assert!(matches!(late, Err(Error::Conflict(_))));
        // Flushing does not care how far folding has come meanwhile.
        position::advance(
            &mut tx,
            &begin,
            &Position {
                applied: 0,
                flushed: 4,
            },
        )
        .await
        .unwrap();
        let now = position::load(&mut tx).await.unwrap();
        assert_eq!(
            now,
            Position {
                applied: 5,
                flushed: 4
            }
        );
    })
    .await;
}
