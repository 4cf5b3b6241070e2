//! Audiences that go, are kept after all, and those that cannot be made.

use filo_testkit::{Reaction, Receiver};
use http::Method;
use serde_json::{Value, json};

use super::{DAY, ask, at_meta, audience, filo_at, make, synced, taken, told, two_who_bought};

#[tokio::test]
async fn an_audience_goes_when_everybody_was_taken_out_of_it() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    receiver.react([taken(2), Reaction::Status(503)]);
    let id = at_meta(&filo, "push").await;
    synced(&filo).await;
    let path = format!("/api/v1/audiences/{id}");
    ask(&filo, Method::DELETE, &path, &json!({})).await.is(204);
    synced(&filo).await;
    let shown = audience(&filo, &id).await;
    assert_eq!(
        (&shown["state"], &shown["addresses"]["to_take_out"]),
        (&json!("ending"), &json!(2))
    );
    ask(&filo, Method::POST, &format!("{path}/pausing"), &json!({}))
        .await
        .is(409);
    // Kept after all, and let go again.
    receiver.react([taken(2)]);
    filo.api_post(&format!("{path}/keeping"), &json!({})).await;
    synced(&filo).await;
    filo.advance(DAY);
    synced(&filo).await;
    assert_eq!(audience(&filo, &id).await["state"], "in_step");
    receiver.react([taken(2)]);
    ask(&filo, Method::DELETE, &path, &json!({})).await.is(204);
    synced(&filo).await;
    filo.get(&path).bearer(&filo.api_key).send().await.is(404);
    let methods: Vec<String> = receiver.received().iter().map(|it| told(it).0).collect();
    assert_eq!(methods, ["POST", "DELETE", "POST", "DELETE"]);
}

#[tokio::test]
async fn what_is_not_in_order_is_refused() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    let draft = |platform: &str, delivery: &str, audience: Value| json!({"platform": platform, "delivery": delivery, "remote": "1", "audience": audience});
    let named = json!({"name": "A"});
    for (wrong, field) in [
        (draft("tiktok", "file", named.clone()), "platform"),
        (draft("meta", "post", named.clone()), "delivery"),
        (draft("meta", "push", named.clone()), "delivery"),
        (draft("meta", "file", json!({"name": " "})), "name"),
        (
            draft("meta", "file", json!({"name": "A", "purpose": "contract"})),
            "purpose",
        ),
        (
            draft("meta", "file", json!({"name": "A", "fields": ["birthday"]})),
            "fields",
        ),
        (
            draft(
                "meta",
                "file",
                json!({"name": "A", "segment": "seg_00000000000000000000000001"}),
            ),
            "segment",
        ),
    ] {
        let refused = ask(&filo, Method::POST, "/api/v1/audiences", &wrong).await;
        assert_eq!(refused.is(422).json()["field"], field, "{wrong}");
    }
    // What says something delicate of people is not passed on without a word.
    let condition = json!({"happened": {"signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": {"last": "90 days"}}}}});
    let new = json!({"name": "Allergici al glutine", "condition": condition});
    let segment = filo.api_post("/api/v1/segments", &new).await["id"].clone();
    let mut delicate = draft("meta", "file", json!({"name": "A", "segment": segment}));
    let refused = ask(&filo, Method::POST, "/api/v1/audiences", &delicate).await;
    let refused = refused.is(422).json();
    assert_eq!(refused["field"], "knows_delicate");
    assert!(refused.to_string().contains("allergici"), "{refused}");
    delicate["audience"]["knows_delicate"] = true.into();
    let id = make(&filo, &delicate).await;
    let archiving = format!("/api/v1/segments/{}/archiving", segment.as_str().unwrap());
    ask(&filo, Method::POST, &archiving, &json!({}))
        .await
        .is(409);
    let stale = json!({"version": 7, "audience": {"name": "B"}});
    let path = format!("/api/v1/audiences/{id}");
    ask(&filo, Method::PUT, &path, &stale).await.is(409);
    let change = json!({"version": 1, "audience": {"name": "B"}});
    let changed = ask(&filo, Method::PUT, &path, &change).await.ok().json();
    assert_eq!(
        (&changed["name"], &changed["segment"]),
        (&json!("B"), &Value::Null)
    );
}
