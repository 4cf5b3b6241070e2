//! Prices and what was spent: a list stands for ever, two people cannot write one, sums add up.

use filo_core::id::JourneyId;
use filo_core::time::Timestamp;
use filo_store::Error;
use filo_store::cost::{self, SpentRow};

use crate::with_store;

fn row(version: i64, price: i64, units: i64, kept: i64) -> SpentRow {
    SpentRow {
        journey: JourneyId(7),
        version,
        day: "2026-12-01".to_owned(),
        item: "sms_part".to_owned(),
        currency: if price < 0 { "" } else { "EUR" }.to_owned(),
        price,
        units,
        kept,
    }
}

#[tokio::test]
async fn a_list_of_prices_is_written_once_from_the_one_that_was_read() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        assert!(cost::price_lists(&mut tx, 1).await.unwrap().is_empty());
        let put = cost::put_price_list(&mut tx, "one", 0, Timestamp(10)).await;
        assert_eq!(put.unwrap(), 1);
        let put = cost::put_price_list(&mut tx, "other", 0, Timestamp(11)).await;
        assert!(matches!(put, Err(Error::Conflict(_))));
        let put = cost::put_price_list(&mut tx, "beyond", 5, Timestamp(12)).await;
        assert!(matches!(put, Err(Error::Conflict(_))));
        let put = cost::put_price_list(&mut tx, "two", 1, Timestamp(20)).await;
        assert_eq!(put.unwrap(), 2);
        let lists = cost::price_lists(&mut tx, 9).await.unwrap();
        let told: Vec<_> = lists
            .iter()
            .map(|it| (it.version, it.since.0, it.document.as_str()))
            .collect();
        assert_eq!(told, [(2, 20, "two"), (1, 10, "one")]);
    })
    .await;
}

#[tokio::test]
async fn what_left_adds_up_by_price_and_version() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [row(1, 38_500, 2, 0), row(1, -1, 3, 4), row(2, 50_000, 1, 0)];
        cost::count_spent(&mut tx, &rows).await.unwrap();
        let mut later = row(1, 38_500, 5, 0);
        cost::count_spent(&mut tx, &[later.clone()]).await.unwrap();
        later.day = "2027-01-02".to_owned();
        cost::count_spent(&mut tx, &[later]).await.unwrap();
        let all = cost::spent_by(&mut tx, JourneyId(7)).await.unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|it| (it.version, it.price, it.units, it.kept))
            .collect();
        assert_eq!(told, [(1, -1, 3, 4), (1, 38_500, 12, 0), (2, 50_000, 1, 0)]);
        assert!(
            cost::spent_by(&mut tx, JourneyId(8))
                .await
                .unwrap()
                .is_empty()
        );
        let month = cost::spent_between(&mut tx, "2026-12-01", "2026-12-31");
        let month = month.await.unwrap();
        let units: Vec<_> = month.iter().map(|it| (it.price, it.units)).collect();
        assert_eq!(units, [(-1, 3), (38_500, 7), (50_000, 1)]);
        let span = (Timestamp(0), Timestamp::MAX);
        assert!(cost::tasks_between(&mut tx, span).await.unwrap().is_empty());
        assert!(
            cost::tasks_done(&mut tx, JourneyId(7))
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}
