//! Bad events: kept, seen, repaired.

use filo_testkit::Filo;
use serde_json::json;

#[tokio::test]
async fn a_bad_event_is_repaired_and_joins_the_thread() {
    let filo = Filo::start().await;
    let bad = json!({"type": "track", "userId": "u-1", "messageId": "m-1",
                     "timestamp": "2026-10-01T08:00:00Z"});
    filo.post("/v1/track")
        .key(&filo.secret_key)
        .json(&bad)
        .send()
        .await
        .is(400);
    let list = filo.api_get("/api/v1/quarantine").await;
    let row = &list["data"][0];
    assert_eq!(
        (&row["code"], &row["field"]),
        (&json!("missing_event"), &json!("event"))
    );
    assert!(!row["hint"].as_str().unwrap().is_empty());
    let path = format!("/api/v1/quarantine/{}", row["id"].as_str().unwrap());
    let kept = filo.api_get(&path).await;
    let mut body: serde_json::Value = serde_json::from_str(kept["body"].as_str().unwrap()).unwrap();

    // What is still wrong is said, and stays.
    let still = json!({ "body": body.to_string() });
    let repair = format!("{path}/repair");
    filo.post(&repair)
        .bearer(&filo.api_key)
        .json(&still)
        .send()
        .await
        .is(422);
    let message = if body["batch"].is_array() {
        &mut body["batch"][0]
    } else {
        &mut body
    };
    message["event"] = json!("Store Visit Recorded");
    let mended = json!({ "body": body.to_string() });
    assert_eq!(filo.api_post(&repair, &mended).await, json!({"events": 1}));
    filo.settle().await;
    let thread = filo.thread(filo.user("u-1").await.id).await;
    assert_eq!(thread.len(), 1);
    assert_eq!(thread[0].name, "Store Visit Recorded");
    assert_eq!(thread[0].at.to_string(), "2026-10-01T08:00:00.000Z");
    assert_eq!(filo.api_get("/api/v1/quarantine").await["data"], json!([]));
    let closed = filo.api_get("/api/v1/quarantine?status=repaired").await;
    assert_eq!(closed["data"][0]["status"], "repaired");
}

#[tokio::test]
async fn what_is_not_wanted_is_discarded() {
    let filo = Filo::start().await;
    filo.post("/v1/track")
        .key(&filo.secret_key)
        .body("{")
        .send()
        .await
        .is(400);
    let list = filo.api_get("/api/v1/quarantine").await;
    let id = list["data"][0]["id"].as_str().unwrap();
    filo.post(&format!("/api/v1/quarantine/{id}/discard"))
        .bearer(&filo.api_key)
        .send()
        .await
        .is(204);
    let again = filo
        .post(&format!("/api/v1/quarantine/{id}/discard"))
        .bearer(&filo.api_key);
    assert!(again.send().await.status.is_client_error());
    assert_eq!(filo.api_get("/api/v1/quarantine").await["data"], json!([]));
}
