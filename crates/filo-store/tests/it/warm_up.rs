//! The days of warming up, on both databases.

use filo_core::mail::{Hold, Provider};
use filo_store::warm_up::{self, Count, Key};

use crate::with_store;

fn key(provider: Provider, day: &str) -> Key {
    Key {
        domain: "bottega.it".to_owned(),
        provider,
        day: day.to_owned(),
    }
}

#[tokio::test]
async fn a_day_gives_the_places_it_has_and_counts_what_became_of_them() {
    with_store(async |db| {
        let google = key(Provider::Google, "2026-10-25");
        let mut tx = db.begin().await.unwrap();
        assert!(
            !warm_up::take(&mut tx, &google, true).await.unwrap(),
            "it is not open"
        );
        warm_up::open(&mut tx, &google, (2, None)).await.unwrap();
        for expected in [true, true, false] {
            let taken = warm_up::take(&mut tx, &google, true).await.unwrap();
            assert_eq!(taken, expected);
        }
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert!(
            warm_up::take(&mut tx, &google, false).await.unwrap(),
            "what is owed waits for none"
        );
        warm_up::give_back(&mut tx, &google).await.unwrap();
        warm_up::give_back(&mut tx, &google).await.unwrap();
        assert!(warm_up::take(&mut tx, &google, true).await.unwrap());
        for what in [
            Count::Taken,
            Count::Taken,
            Count::Deferred,
            Count::Complained,
        ] {
            warm_up::count(&mut tx, &google, what).await.unwrap();
        }
        let (other, old) = (
            key(Provider::Tim, "2026-10-25"),
            key(Provider::Google, "2025-01-01"),
        );
        warm_up::open(&mut tx, &other, (9, None)).await.unwrap();
        warm_up::open(&mut tx, &old, (5, None)).await.unwrap();
        warm_up::open(&mut tx, &google, (3, Some(Hold::Deferrals)))
            .await
            .unwrap();
        let days = warm_up::days(&mut tx, "bottega.it", Provider::Google)
            .await
            .unwrap();
        let [first, last] = &days[..] else {
            panic!("{days:?}");
        };
        assert_eq!(
            (first.date.to_string().as_str(), first.allowed),
            ("2025-01-01", 5)
        );
        assert_eq!((last.allowed, last.hold), (3, Some(Hold::Deferrals)));
        assert_eq!(
            (last.sent, last.taken, last.deferred, last.complained),
            (2, 2, 1, 1)
        );
        assert_eq!(warm_up::prune(&mut tx, "2026-01-01").await.unwrap(), 1);
        let list = warm_up::list(&mut tx, "bottega.it", "2026-01-01", 10)
            .await
            .unwrap();
        let providers: Vec<Provider> = list.iter().map(|(provider, _)| *provider).collect();
        assert_eq!(providers, [Provider::Google, Provider::Tim]);
        assert_eq!(
            warm_up::list(&mut tx, "altra.it", "2026-01-01", 10)
                .await
                .unwrap(),
            []
        );
        tx.commit().await.unwrap();
    })
    .await;
}
