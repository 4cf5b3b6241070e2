//! Secrets at rest: on disk only sealed, opened after a change of the key, refused with another.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use filo_app::{App, Clock, Config, SecretKey};
use filo_testkit::{Filo, Receiver};

use crate::webhook::{deliver, hook, order, start, verify};

/// Whether any file below holds these bytes.
fn found(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return found(&path, bytes);
        }
        let content = std::fs::read(&path).unwrap_or_default();
        content.windows(bytes.len()).any(|window| window == bytes)
    })
}

#[tokio::test]
async fn no_file_holds_a_secret_in_clear_and_a_new_key_opens_it() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (_, secret) = hook(&filo, &receiver, &["order.completed"]).await;
    let encoded = secret.strip_prefix("whsec_").unwrap();
    let raw = STANDARD.decode(encoded).unwrap();
    order(&filo, "1").await;
    deliver(&filo).await;
    let is_clear =
        |filo: &Filo| found(filo.folder(), &raw) || found(filo.folder(), encoded.as_bytes());
    assert!(!is_clear(&filo));
    let key_file = filo.folder().join("secret.key");
    let before = std::fs::read_to_string(&key_file).unwrap();
    assert_eq!(filo.app.rotate_secret_key().await.unwrap(), 1);
    let after = std::fs::read_to_string(&key_file).unwrap();
    assert_ne!(before, after);
    order(&filo, "2").await;
    // What was claimed before a kill is tried again later.
    deliver(&filo).await;
    let filo = filo.restart().await;
    order(&filo, "3").await;
    deliver(&filo).await;
    let received = receiver.received();
    assert_eq!(received.len(), 3);
    received.iter().for_each(|message| verify(&secret, message));
    assert!(!is_clear(&filo));

    // A crash right after the new key was written: both are there, the old one seals.
    let newest = "7".repeat(64);
    std::fs::write(&key_file, format!("{newest}\n{after}")).unwrap();
    let filo = filo.restart().await;
    order(&filo, "4").await;
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), 4);
    // Everything is sealed with the new one since: the old ones can go.
    std::fs::write(&key_file, &newest).unwrap();
    let filo = filo.restart().await;
    order(&filo, "5").await;
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), 5);
}

#[tokio::test]
async fn a_lost_foreign_or_open_key_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let open = async |change: &dyn Fn(&mut Config)| {
        let mut config = Config::in_folder(folder.path());
        config.ballast_bytes = 0;
        Receiver::allow(&mut config);
        change(&mut config);
        App::open(config, Clock::new(|| filo_testkit::START), [1; 32]).await
    };
    let app = open(&|_| {}).await.unwrap();
    let new = filo_app::WebhookChange {
        url: Some("http://127.0.0.1:9/".to_owned()),
        topics: Some(vec![filo_app::Topic::OrderCompleted]),
        ..filo_app::WebhookChange::default()
    };
    let operator = filo_app::Actor::operator();
    app.create_webhook(&operator, new).await.unwrap();
    app.shut_down().await.unwrap();
    drop(app);

    let foreign = |config: &mut Config| config.secret_key = SecretKey::Given("a".repeat(64));
    let refused = open(&foreign).await.unwrap_err().to_string();
    assert!(refused.contains("another key"), "{refused}");
    let key_file = folder.path().join("secret.key");
    let kept = std::fs::read(&key_file).unwrap();
    std::fs::remove_file(&key_file).unwrap();
    let refused = open(&|_| {}).await.unwrap_err().to_string();
    assert!(refused.contains("is missing"), "{refused}");
    std::fs::write(&key_file, kept).unwrap();
    std::fs::set_permissions(
        &key_file,
        std::os::unix::fs::PermissionsExt::from_mode(0o644),
    )
    .unwrap();
    let refused = open(&|_| {}).await.unwrap_err();
    assert!(format!("{refused:#}").contains("chmod 600"), "{refused:#}");
    std::fs::set_permissions(
        &key_file,
        std::os::unix::fs::PermissionsExt::from_mode(0o600),
    )
    .unwrap();
    open(&|_| {}).await.unwrap().shut_down().await.unwrap();
}
