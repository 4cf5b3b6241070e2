//! Keys in memory against keys in the tables.

use super::*;
use crate::clock::Clock;
use crate::config::Config;

/// Other nodes' changes are read while keys are made and ended here: the one must not undo the
/// other. CVE-2026-34828's class: a session that outlives its end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_the_keys_anew_brings_none_back_and_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::in_folder(folder.path());
    config.store = filo_store::Location::Memory;
    let clock = Clock::new(|| Timestamp::from_seconds(1_000_000));
    let app = App::open(config, clock, [1; 32]).await.unwrap();
    let reading = app.clone();
    app.spawn(async move {
        loop {
            reading.refresh_keys().await;
            tokio::task::yield_now().await;
        }
    });
    let operator = Actor::operator();
    for _ in 0..300 {
        let new = NewKey {
            name: "x".to_owned(),
            kind: KeyKind::Api,
            scopes: Scopes::ALL,
            expires_at: None,
        };
        let made = app.create_key(&operator, new).await.unwrap();
        assert!(app.actor(&made.text).await.is_some(), "a new key is lost");
        app.revoke_key(&operator, made.id).await.unwrap();
        for _ in 0..3 {
            assert!(app.actor(&made.text).await.is_none(), "an ended key lives");
            tokio::task::yield_now().await;
        }
    }
    app.shut_down().await.unwrap();
}
