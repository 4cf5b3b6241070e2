//! Data that an older schema left are brought up to date, and everybody is still there.
//!
//! `tests/old/step-10` is a backup made when the schema had ten steps. It was written by
//! `FILO_WRITE_OLD_SCHEMA=1 cargo test -p filo-web --test it old_schema`, at that commit; written
//! again later, it would be a store of today's schema.

use std::path::{Path, PathBuf};

use filo_app::backup::{BackupOrder, restore};
use filo_app::{Actor, App, Clock, Config, Location};
use filo_core::identity::Kind;
use filo_core::time::Timestamp;
use filo_testkit::{Filo, START, postgres_url};
use serde_json::json;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old/step-10")
}

#[tokio::test]
async fn the_old_store_is_written_on_request() {
    if std::env::var_os("FILO_WRITE_OLD_SCHEMA").is_none() {
        return;
    }
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "1", "anonymousId": "a-1",
               "traits": {"email": "anna@example.it", "firstName": "Anna", "lastName": "Bianchi"}}),
        json!({"type": "track", "event": "Order Completed", "userId": "u-1", "messageId": "2",
               "properties": {"order_id": "1001", "revenue": 42.5, "currency": "EUR"}}),
    ])
    .await;
    filo.flush().await;
    filo.send([
        json!({"type": "identify", "userId": "u-2", "messageId": "3",
               "traits": {"email": "bruno@example.it", "firstName": "Bruno"}}),
        json!({"type": "track", "event": "Product Viewed", "userId": "u-2", "messageId": "4"}),
    ])
    .await;
    filo.post("/v1/track")
        .key(&filo.secret_key)
        .body("{}")
        .send()
        .await
        .is(400);
    let order = BackupOrder {
        folder: Some(filo.file("old")),
        with_secret_key: false,
    };
    let made = filo.app.back_up(&Actor::operator(), order).await.unwrap();
    if fixture().exists() {
        std::fs::remove_dir_all(fixture()).unwrap();
    }
    std::fs::create_dir_all(fixture().parent().unwrap()).unwrap();
    copy(&made.path, &fixture());
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[tokio::test]
async fn customers_of_an_old_store_are_found_after_the_upgrade() {
    let place = tempfile::tempdir().unwrap();
    let mut config = Config::in_folder(&place.path().join("upgraded"));
    config.ballast_bytes = 0;
    if let Some(url) = postgres_url() {
        let schema = format!("filo_old_{}", std::process::id());
        config.store = Location::Postgres { url, schema };
    }
    let report = restore(&fixture(), &config).await.unwrap();
    assert_eq!(report.customers, 2);
    let clock = Clock::new(|| Timestamp(START.0 + 1));
    let app = App::open(config, clock, [3; 32]).await.unwrap();
    assert_eq!(app.check().await.unwrap().problems, Vec::<String>::new());
    let anna = app
        .find(Kind::Email, "anna@example.it")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(app.timeline(anna.id, None, 10).await.unwrap().len(), 2);
    let bruno = app.find(Kind::UserId, "u-2").await.unwrap().unwrap();
    assert_eq!(app.timeline(bruno.id, None, 10).await.unwrap().len(), 2);
    // The same again out of the events alone.
    let rebuilt = app.rebuild().await.unwrap();
    assert_eq!(rebuilt.before, rebuilt.after);
    app.shut_down().await.unwrap();
}
