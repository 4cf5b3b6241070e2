//! The shares of experiments that learn: a row is added once, and goes with its journey.

use filo_core::id::JourneyId;
use filo_core::time::Timestamp;
use filo_store::journey;
use filo_store::journey::share::{self, ShareRow};

use crate::with_store;

fn row(of: u128, step: &str, number: i64) -> ShareRow {
    ShareRow {
        journey: JourneyId(of),
        step: step.to_owned(),
        ways: r#"["A","B"]"#.to_owned(),
        number,
        since: Timestamp(number * 10),
        shares: "[500,9500]".to_owned(),
        reason: "learnt".to_owned(),
        seen: "[]".to_owned(),
        made_by: String::new(),
    }
}

#[tokio::test]
async fn shares_are_added_once_in_order_and_go_with_their_journey() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for row in [
            row(1, "x", 2),
            row(1, "x", 1),
            row(1, "y", 1),
            row(2, "x", 1),
        ] {
            assert!(share::add(&mut tx, &row).await.unwrap());
        }
        let mut again = row(1, "x", 2);
        again.reason = "frozen".to_owned();
        assert!(!share::add(&mut tx, &again).await.unwrap());
        let ways = r#"["A","B"]"#;
        let of = (JourneyId(1), "x");
        let found = share::of_step(&mut tx, of, ways).await.unwrap();
        assert_eq!(found, [row(1, "x", 1), row(1, "x", 2)]);
        let other = share::of_step(&mut tx, of, r#"["A"]"#).await.unwrap();
        assert!(other.is_empty(), "other ways have a history of their own");
        journey::remove(&mut tx, JourneyId(1)).await.unwrap();
        assert_eq!(share::all(&mut tx).await.unwrap(), [row(2, "x", 1)]);
    })
    .await;
}
