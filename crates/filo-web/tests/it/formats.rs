//! What is not Segment's: GA4's Measurement Protocol and CloudEvents.

use filo_core::identity::Kind;
use filo_testkit::{Filo, START};
use serde_json::{Value, json};

#[tokio::test]
async fn a_purchase_of_ga4_is_an_order() {
    let filo = Filo::start().await;
    let hit = json!({
        "client_id": "123.456", "user_id": "u-1",
        "timestamp_micros": START.0 - 60_000_000,
        "events": [
            {"name": "purchase", "params": {"transaction_id": "t-1", "value": 42.5, "currency": "EUR",
             "shipping": 5, "items": [{"item_id": "A1", "item_name": "Scarpa", "price": 42.5, "quantity": 1}]}},
            {"name": "view_item", "params": {"items": [{"item_id": "B2"}]}},
        ],
    });
    let path = format!(
        "/mp/collect?measurement_id=G-1&api_secret={}",
        filo.secret_key
    );
    let answer = filo.post(&path).json(&hit).send().await;
    assert!(answer.status.is_success(), "{}", answer.text());
    filo.settle().await;
    let customer = filo.api_get("/api/v1/customers/lookup?user_id=u-1").await;
    assert_eq!(customer["orders"][0]["count"], 1);
    assert_eq!(customer["orders"][0]["net_cents"], 4250);
    let found = filo.find(Kind::GaClientId, "123.456").await.unwrap();
    assert_eq!(found.id, filo.user("u-1").await.id);
    let mut names: Vec<String> = filo
        .thread(found.id)
        .await
        .iter()
        .map(|event| event.name.to_string())
        .collect();
    names.sort();
    assert_eq!(names, ["Order Completed", "Product Viewed"]);
    // The debugging address says what is wrong and takes nothing.
    let path = path.replace("/mp/", "/debug/mp/");
    let said = filo
        .post(&path)
        .json(&json!({"events": []}))
        .send()
        .await
        .ok()
        .json();
    assert!(said["validationMessages"].is_array(), "{said}");
}

fn cloud_event(id: &str) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "/till/7", "type": "it.example.store.visit",
        "subject": "u-1", "time": "2026-10-01T10:00:00Z", "datacontenttype": "application/json",
        "data": {"shop": "Bologna"},
    })
}

#[tokio::test]
async fn cloud_events_come_in_three_ways_and_once() {
    let filo = Filo::start().await;
    let structured = "application/cloudevents+json";
    for _ in 0..2 {
        filo.post("/cloudevents")
            .key(&filo.secret_key)
            .header("content-type", structured)
            .body(cloud_event("1").to_string())
            .send()
            .await
            .ok();
    }
    let batch = json!([cloud_event("1"), cloud_event("2")]);
    filo.post("/cloudevents")
        .key(&filo.secret_key)
        .header("content-type", "application/cloudevents-batch+json")
        .body(batch.to_string())
        .send()
        .await
        .ok();
    filo.post("/v1/events")
        .key(&filo.secret_key)
        .header("ce-specversion", "1.0")
        .header("ce-id", "3")
        .header("ce-source", "/till/7")
        .header("ce-type", "it.example.store.visit")
        .header("ce-subject", "u-1")
        .header("content-type", "application/json")
        .body(r#"{"shop":"Roma"}"#)
        .send()
        .await
        .ok();
    filo.settle().await;
    let thread = filo.thread(filo.user("u-1").await.id).await;
    assert_eq!(thread.len(), 3);
    assert!(
        thread
            .iter()
            .any(|event| event.at.to_string() == "2026-10-01T10:00:00.000Z")
    );
    let incomplete = json!({"specversion": "1.0", "type": "x"});
    let answer = filo
        .post("/cloudevents")
        .key(&filo.secret_key)
        .header("content-type", structured)
        .body(incomplete.to_string())
        .send()
        .await;
    assert_eq!(answer.status.as_u16(), 400);
}
