use serde_json::{Value, json};

use super::to_segment;

fn batch(payload: &Value) -> Vec<Value> {
    let text = to_segment(&payload.to_string()).unwrap();
    let parsed: Value = serde_json::from_str(&text).unwrap();
    parsed["batch"].as_array().unwrap().clone()
}

#[test]
fn a_purchase_is_an_order() {
    let batch = batch(&json!({
        "client_id": "11.22", "user_id": "u-1", "timestamp_micros": "1795328618533000",
        "events": [{"name": "purchase", "params": {
            "transaction_id": "o-1", "value": 42.5, "currency": "EUR", "tax": 7.5, "shipping": 5,
            "session_id": "s",
            "items": [{"item_id": "A1", "item_name": "Tazza", "price": 10.5, "quantity": 2,
                "item_brand": "B", "item_category": "C", "item_variant": "V", "coupon": "X"}]}}]
    }));
    let [call] = batch.as_slice() else {
        panic!("one call: {batch:?}")
    };
    assert_eq!(call["type"], "track");
    assert_eq!(call["event"], "Order Completed");
    assert_eq!(call["userId"], "u-1");
    assert_eq!(call["timestamp"], "1795328618533000");
    assert_eq!(call["context"]["externalIds"][0]["type"], "ga_client_id");
    assert_eq!(call["context"]["externalIds"][0]["id"], "11.22");
    assert_eq!(
        call["properties"],
        json!({"order_id": "o-1", "revenue": 42.5, "currency": "EUR", "tax": 7.5, "shipping": 5,
            "session_id": "s",
            "products": [{"product_id": "A1", "name": "Tazza", "price": 10.5, "quantity": 2,
                "brand": "B", "category": "C", "variant": "V", "coupon": "X"}]})
    );
}

#[test]
fn one_product_stands_beside_its_event() {
    let batch = batch(&json!({"client_id": "1.2", "events": [
        {"name": "add_to_cart", "params": {"currency": "EUR", "value": 10,
            "items": [{"item_id": "A1", "price": 10, "currency": "USD"}]}},
        {"name": "page_view", "params": {"page_location": "https://a.it/x", "page_title": "X"}},
        {"name": "my_own", "params": {"value": 3}},
        {"params": {}},
    ]}));
    assert_eq!(batch[0]["event"], "Product Added");
    assert_eq!(batch[0]["properties"]["product_id"], "A1");
    assert_eq!(batch[0]["properties"]["currency"], "EUR");
    assert_eq!(
        (&batch[1]["type"], &batch[1]["name"]),
        (&json!("page"), &json!("X"))
    );
    assert_eq!(batch[1]["properties"]["url"], "https://a.it/x");
    assert_eq!(batch[2]["event"], "my_own");
    assert_eq!(batch[2]["properties"], json!({"value": 3}));
    assert!(batch[3].get("event").is_none());
}

#[test]
fn a_repeated_hit_has_the_same_id() {
    let hit = |time: Option<&str>, name: &str| {
        let mut payload = json!({"client_id": "1.2", "events": [{"name": name}, {"name": name}]});
        if let Some(time) = time {
            payload["timestamp_micros"] = json!(time);
        }
        batch(&payload)
            .iter()
            .map(|call| call["messageId"].clone())
            .collect::<Vec<_>>()
    };
    let first = hit(Some("1795328618533000"), "x");
    assert_eq!(first, hit(Some("1795328618533000"), "x"));
    assert_ne!(first[0], first[1]);
    assert_ne!(first, hit(Some("1795328618533001"), "x"));
    assert_ne!(first, hit(Some("1795328618533000"), "y"));
    assert_eq!(hit(None, "x"), [Value::Null, Value::Null]);
}

#[test]
fn consent_and_user_properties_are_calls_of_their_own() {
    let batch = batch(&json!({
        "client_id": "1.2",
        "consent": {"ad_user_data": "GRANTED", "ad_personalization": "DENIED"},
        "user_properties": {"plan": {"value": "gold"}, "vip": {"value": true}},
        "events": [{"name": "login", "params": {"method": "google"}}],
    }));
    let categories = json!({"ad_user_data": true, "ad_personalization": false});
    assert_eq!(batch[1]["event"], "Segment Consent Preference Updated");
    assert_eq!(
        batch[1]["context"]["consent"]["categoryPreferences"],
        categories
    );
    assert_eq!(
        (&batch[2]["type"], &batch[2]["traits"]),
        (&json!("identify"), &json!({"plan": "gold", "vip": true}))
    );
    assert_eq!(batch[0]["event"], "Signed In");
    assert_eq!(batch[0]["properties"]["type"], "google");
    assert_eq!(
        batch[0]["context"]["consent"]["categoryPreferences"],
        categories
    );
}

#[test]
fn what_is_no_payload_is_a_defect() {
    for (text, code) in [
        ("", "broken_json"),
        ("{", "broken_json"),
        ("[]", "wrong_type"),
        ("{}", "wrong_type"),
        (r#"{"events":{}}"#, "wrong_type"),
        (r#"{"events":[1]}"#, "wrong_type"),
    ] {
        assert_eq!(to_segment(text).unwrap_err().code.word(), code, "{text}");
    }
}

#[test]
fn a_small_request_does_not_become_a_large_one() {
    let many = vec![json!({"name": "x"}); 2501];
    let long = "1".repeat(5000);
    for (payload, code) in [
        (
            json!({"client_id": "1.2", "events": many}),
            "too_many_events",
        ),
        (json!({"client_id": long, "events": []}), "event_too_large"),
        (json!({"user_id": long, "events": []}), "event_too_large"),
        (
            json!({"consent": {"ad_user_data": "DENIED", long: "DENIED"}, "events": []}),
            "event_too_large",
        ),
    ] {
        assert_eq!(
            to_segment(&payload.to_string()).unwrap_err().code.word(),
            code
        );
    }
}
