//! Audiences that a person takes to their platform as files.

use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use super::{at_meta, audience, filo_at, hash, says, synced, two_who_bought};

async fn file(filo: &Filo, id: &str, which: &str) -> Vec<String> {
    let path = format!("/api/v1/audiences/{id}/files/{which}");
    let answer = filo.get(&path).bearer(&filo.api_key).send().await.ok();
    assert_eq!(
        answer.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    answer.text().lines().map(str::to_owned).collect()
}

async fn close(filo: &Filo, id: &str) -> Value {
    filo.api_post(&format!("/api/v1/audiences/{id}/files"), &json!({}))
        .await
}

#[tokio::test]
async fn a_file_holds_what_changed_since_the_one_before() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    let id = at_meta(&filo, "file").await;
    synced(&filo).await;
    let shown = audience(&filo, &id).await;
    assert_eq!(
        (&shown["state"], &shown["remote"]),
        (&json!("by_hand"), &json!(""))
    );
    let head = "email,phone,fn,ln,ct,zip,country,extern_id";
    let mail = format!("{},,,,,,,", hash("anna@example.it"));
    let all = file(&filo, &id, "everybody").await;
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(all[0], head);
    assert!(all.contains(&mail), "{all:?}");
    assert_eq!(
        close(&filo, &id).await,
        json!({"number": 1, "added": 2, "removed": 0})
    );
    assert_eq!(file(&filo, &id, "added").await.len(), 3);
    assert_eq!(file(&filo, &id, "removed").await, [head]);

    says(&filo, "bruno", "Consent Granted").await;
    filo.advance(super::DAY);
    says(&filo, "anna", "Consent Withdrawn").await;
    synced(&filo).await;
    assert_eq!(
        close(&filo, &id).await,
        json!({"number": 2, "added": 1, "removed": 2})
    );
    let added = file(&filo, &id, "added").await;
    assert_eq!(added[1..], [format!("{},,,,,,,", hash("bruno@example.it"))]);
    let removed = file(&filo, &id, "removed").await;
    assert!(removed.len() == 3 && removed.contains(&mail), "{removed:?}");
    assert_eq!(receiver.received().len(), 0, "nobody was told");
    let taken = filo.api_get("/api/v1/audit").await;
    assert!(taken.to_string().contains("audience_exported"));

    // Of whoever is forgotten the next file still takes the hash out.
    let bruno = filo.user("bruno").await.id.to_string();
    let path = format!("/api/v1/customers/{bruno}/erasure");
    filo.api_post(&path, &json!({"ground": "request"})).await;
    synced(&filo).await;
    assert_eq!(
        close(&filo, &id).await,
        json!({"number": 3, "added": 0, "removed": 1})
    );
    let removed = file(&filo, &id, "removed").await;
    assert_eq!(
        removed[1..],
        [format!("{},,,,,,,", hash("bruno@example.it"))]
    );
    assert_eq!(
        close(&filo, &id).await,
        json!({"number": 4, "added": 0, "removed": 0})
    );
    assert_eq!(
        file(&filo, &id, "removed").await,
        [head],
        "nothing is left of them"
    );
    filo.get(&format!("/api/v1/audiences/{id}/files/other"))
        .bearer(&filo.api_key)
        .send()
        .await
        .is(404);
}
