//! What buyers are measured by, day by day.

use filo_core::time::Timestamp;
use filo_store::buyer_day::{self, BuyerDayRow};

use crate::with_store;

fn row(day: i64, measured_at: i64) -> BuyerDayRow {
    BuyerDayRow {
        day,
        measured_at: Timestamp(measured_at),
        measure: format!("{{\"at\":{measured_at}}}"),
    }
}

#[tokio::test]
async fn a_day_is_what_was_measured_last_on_it() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(buyer_day::latest(&mut tx).await.unwrap(), None);
        for (day, at) in [(1, 10), (2, 20), (2, 25), (3, 30)] {
            buyer_day::put(&mut tx, &row(day, at)).await.unwrap();
        }
        let days = buyer_day::list(&mut tx, 9).await.unwrap();
        assert_eq!(days, [row(3, 30), row(2, 25), row(1, 10)]);
        assert_eq!(buyer_day::list(&mut tx, 2).await.unwrap().len(), 2);
        buyer_day::prune(&mut tx, Timestamp(25)).await.unwrap();
        let days = buyer_day::list(&mut tx, 9).await.unwrap();
        assert_eq!(days, [row(3, 30), row(2, 25)]);
        assert_eq!(buyer_day::latest(&mut tx).await.unwrap(), Some(row(3, 30)));
        tx.commit().await.unwrap();
    })
    .await;
}
