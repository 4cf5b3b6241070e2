//! How far messages came, on both databases.

use filo_core::channel::{Receipt, Stage};
use filo_core::id::MessageId;
use filo_core::time::Timestamp;
use filo_store::message::receipt;

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000);

#[tokio::test]
async fn receipts_are_kept_and_found_by_what_the_carrier_calls_them() {
    with_store(async |db| {
        let id = MessageId(7);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(receipt::get(&mut tx, id).await.unwrap(), None);
        let told = Receipt {
            carrier_id: "SM1".to_owned(),
            ..Receipt::default()
        };
        receipt::put(&mut tx, id, &told).await.unwrap();
        let told = told.heard(Stage::Failed, NOW, "30003");
        let told = told.heard(Stage::Delivered, NOW.plus_seconds(1), "");
        receipt::put(&mut tx, id, &told).await.unwrap();
        assert_eq!(receipt::get(&mut tx, id).await.unwrap(), Some(told));
        let found = receipt::by_carrier_id(&mut tx, "SM1").await.unwrap();
        assert_eq!(found, Some(id));
        let none = receipt::by_carrier_id(&mut tx, "SM2").await.unwrap();
        assert_eq!(none, None);
    })
    .await;
}
