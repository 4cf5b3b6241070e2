//! The pace of each lane, on both databases.

use filo_core::mail::Provider;
use filo_core::message::Medium;
use filo_core::message::lane::Lane;
use filo_core::message::pace::Pace;
use filo_core::time::Timestamp;
use filo_store::pace;

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000);

#[tokio::test]
async fn each_lane_has_a_pace_of_its_own() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for lane in [Lane::Mail(Provider::Google), Lane::Account(Medium::Sms)] {
            assert_eq!(pace::get(&mut tx, lane).await.unwrap(), None);
            for one in [Pace::new(NOW), Pace::new(NOW).slowed(NOW)] {
                pace::put(&mut tx, lane, &one).await.unwrap();
                assert_eq!(pace::get(&mut tx, lane).await.unwrap(), Some(one));
            }
        }
        for other in [Lane::Mail(Provider::Tim), Lane::Account(Medium::Whatsapp)] {
            assert_eq!(pace::get(&mut tx, other).await.unwrap(), None);
        }
    })
    .await;
}
