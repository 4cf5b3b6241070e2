use http::HeaderValue;
use serde_json::{Value, json};

use super::*;

fn one(event: &Value) -> Value {
    serde_json::from_str(&call(&event.to_string()).unwrap()).unwrap()
}

fn event() -> Value {
    json!({"specversion": "1.0", "id": "e-1", "source": "/shop", "type": "it.shop.order.completed",
        "subject": "u-1", "time": "2026-11-22T06:23:38.533Z", "datacontenttype": "application/json",
        "data": {"order_id": "o-1", "revenue": 42.5}})
}

#[test]
fn an_event_is_a_track_call() {
    let call = one(&event());
    assert_eq!(
        (
            &call["type"],
            &call["event"],
            &call["userId"],
            &call["messageId"],
            &call["timestamp"]
        ),
        (
            &json!("track"),
            &json!("Order Completed"),
            &json!("u-1"),
            &json!("/shop#e-1"),
            &json!("2026-11-22T06:23:38.533Z")
        )
    );
    assert_eq!(
        call["properties"],
        json!({"order_id": "o-1", "revenue": 42.5})
    );
    assert_eq!(
        call["context"]["cloudevent"]["type"],
        "it.shop.order.completed"
    );
    assert!(call["context"]["cloudevent"].get("data").is_none());
}

#[test]
fn types_become_known_names_or_stay() {
    for (kind, expected) in [
        ("it.shop.order.completed.v1", "Order Completed"),
        ("com.example.order_completed", "Order Completed"),
        ("shop.checkout.step.completed", "Checkout Step Completed"),
        ("com.example.thing.happened", "com.example.thing.happened"),
        ("x", "x"),
    ] {
        assert_eq!(name(kind), expected, "{kind}");
    }
}

#[test]
fn data_of_every_shape_is_kept() {
    let with = |key: &str, value: Value| {
        let mut event = event();
        event.as_object_mut().unwrap().remove("data");
        event[key] = value;
        one(&event)["properties"].clone()
    };
    assert_eq!(with("data", json!([1])), json!({"data": [1]}));
    assert_eq!(with("data", json!("x")), json!({"data": "x"}));
    assert_eq!(with("data", Value::Null), Value::Null);
    assert_eq!(
        with("data_base64", json!(STANDARD.encode(r#"{"a":1}"#))),
        json!({"a": 1})
    );
    assert_eq!(
        with("data_base64", json!(STANDARD.encode("ciao"))),
        json!({"data": "ciao"})
    );
    assert_eq!(with("other", json!(1)), Value::Null);
}

#[test]
fn extensions_name_the_person_and_long_ids_are_hashed() {
    let mut event = event();
    event["userid"] = json!("u-2");
    event["anonymousid"] = json!("a-1");
    event["groupid"] = json!("g-1");
    event["source"] = json!("x".repeat(200));
    let call = one(&event);
    assert_eq!(
        (&call["userId"], &call["anonymousId"], &call["groupId"]),
        (&json!("u-2"), &json!("a-1"), &json!("g-1"))
    );
    assert_eq!(call["messageId"].as_str().unwrap().len(), 35);
}

#[test]
fn a_batch_keeps_its_good_events() {
    let mut bad = event();
    bad.as_object_mut().unwrap().remove("source");
    let batch = json!([event(), bad, 7, event()]).to_string();
    let translated = to_segment(&batch).unwrap();
    assert_eq!(translated.places, [0, 3]);
    let flaws: Vec<_> = translated
        .refused
        .iter()
        .map(|one| {
            (
                one.index,
                one.defect.code.word(),
                one.defect.field.to_string(),
            )
        })
        .collect();
    assert_eq!(
        flaws,
        [
            (1, "missing_attribute", "source".to_owned()),
            (2, "not_an_object", String::new())
        ]
    );
    assert!(serde_json::from_str::<Value>(&translated.batch()).is_ok());
    assert_eq!(to_segment("{").unwrap_err().code.word(), "broken_json");
    assert!(to_segment(&event().to_string()).unwrap().is_single);
}

#[test]
fn binary_mode_is_the_same_event() {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("ce-specversion", "1.0"),
        ("ce-id", "e-1"),
        ("ce-source", "/shop"),
        ("ce-type", "it.shop.order.completed"),
        ("ce-subject", "citt%C3%A0"),
        ("content-type", "application/json"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let event = binary(&headers, r#"{"order_id":"o-1"}"#).unwrap();
    let call: Value = serde_json::from_str(&call(&event).unwrap()).unwrap();
    assert_eq!(call["userId"], "città");
    assert_eq!(call["properties"], json!({"order_id": "o-1"}));
    assert!(binary(&HeaderMap::new(), "{}").is_none());
    assert_eq!(percent_decoded("100%"), "100%");
}

#[test]
fn the_excess_of_a_batch_is_kept() {
    let batch = format!("[{}]", vec!["0"; 200_000].join(","));
    let translated = to_segment(&batch).unwrap();
    let (kept, excess) = translated.refused.split_at(EVENTS_MOST);
    assert!(
        kept.iter()
            .all(|one| one.defect.code.word() == "not_an_object")
    );
    assert!(excess.len() < 10, "a row for each would fill the disk");
    let rest: usize = excess.iter().map(|one| one.body.matches('0').count()).sum();
    assert_eq!(rest, 200_000 - EVENTS_MOST);
}
