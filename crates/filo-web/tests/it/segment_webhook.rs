//! Other systems hear exactly the turns of segments, in their order, with what made them.

use std::time::Duration;

use filo_testkit::{Filo, Reaction, Receiver};
use serde_json::{Value, json};

use crate::webhook::{deliver, hook, start};
use crate::webhook_topics::heard;

const DAY: Duration = Duration::from_secs(86_400);
const TOPICS: [&str; 2] = ["segment.entered", "segment.left"];

fn happened(event: &str, days: u32) -> Value {
    json!({"happened": {
        "signal": {"name": event},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1},
                            "during": {"last": format!("{days} days")}}},
    }})
}

async fn make(filo: &Filo, name: &str, condition: Value) -> String {
    let new = json!({"name": name, "condition": condition});
    let made = filo.api_post("/api/v1/segments", &new).await;
    filo.app.segments_settled().await.unwrap();
    made["id"].as_str().unwrap().to_owned()
}

async fn call(filo: &Filo, number: usize, user: &str, event: &str) {
    let call = json!({"type": "track", "userId": user, "event": event,
                      "messageId": format!("m-{number}")});
    filo.send([call]).await;
    filo.settle().await;
}

/// What time has brought about is in the tables and was told.
async fn told(filo: &Filo) {
    filo.app.segments_settled().await.unwrap();
    deliver(filo).await;
}

/// The turns of some segments, as messages should tell them.
async fn turns(filo: &Filo, segments: &[&str]) -> Vec<(String, Value)> {
    let mut turns = Vec::new();
    for segment in segments {
        let page = filo
            .api_get(&format!("/api/v1/segments/{segment}/turns"))
            .await;
        for turn in page["data"].as_array().unwrap() {
            let mut data = json!({
                "turn": turn["number"], "segment": segment, "customer": turn["customer"],
                "at": turn["at"], "reason": turn["reason"],
            });
            if !turn["event"].is_null() {
                data["event"] = turn["event"].clone();
            }
            let topic = format!("segment.{}", turn["turn"].as_str().unwrap());
            turns.push((topic, data));
        }
    }
    turns.sort_by_key(|(_, data)| data["turn"].as_i64());
    turns
}

#[tokio::test]
async fn exactly_the_turns_are_heard_with_what_made_them() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    call(&filo, 0, "early", "Order Completed").await;
    let bought = make(&filo, "Comprato", happened("Order Completed", 30)).await;
    hook(&filo, &receiver, &TOPICS).await;
    let opened = make(&filo, "Aperto", happened("Email Opened", 7)).await;
    for number in 1..=12 {
        let user = ["anna", "bruno", "carla"][number % 3];
        let event = ["Order Completed", "Email Opened"][number % 2];
        call(&filo, number, user, event).await;
        if number % 4 == 0 {
            filo.advance(5 * DAY);
            told(&filo).await;
        }
    }
    filo.advance(40 * DAY);
    told(&filo).await;
    let segments = [bought.as_str(), opened.as_str()];
    let expected = turns(&filo, &segments).await;
    assert_eq!(heard(&receiver, 0), expected);
    let reasons = |wanted: &str| {
        let found = expected.iter().filter(|(_, it)| it["reason"] == wanted);
        found.count()
    };
    assert!(
        reasons("event") >= 6 && reasons("time") >= 6,
        "{expected:?}"
    );
    for (topic, data) in &expected {
        assert_eq!(
            data["reason"] == "event",
            data["event"].is_string(),
            "{data}"
        );
        assert!(data["reason"] != "time" || topic == "segment.left");
    }
    // Everybody left in the end, also who was in before anybody listened.
    let left = |id: &str| {
        let of = expected.iter().filter(|(_, it)| it["segment"] == id);
        of.filter(|(topic, _)| topic == "segment.left").count()
    };
    assert_eq!(left(&bought), 4);
}

#[tokio::test]
async fn a_change_of_the_segment_and_joining_are_reasons_too() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    hook(&filo, &receiver, &TOPICS).await;
    let both = json!({"all": [happened("Order Completed", 90), happened("Email Opened", 90)]});
    let id = make(&filo, "Tutti e due", both).await;
    call(&filo, 1, "anna", "Order Completed").await;
    let visit = |number: u32, user: Option<&str>| {
        let mut call = json!({"type": "track", "anonymousId": "a-1", "event": "Email Opened",
                              "messageId": format!("v-{number}")});
        if let Some(user) = user {
            call["userId"] = user.into();
            call["event"] = "Product Viewed".into();
        }
        call
    };
    filo.send([visit(1, None)]).await;
    filo.settle().await;
    told(&filo).await;
    assert_eq!(heard(&receiver, 0), []);
    filo.send([visit(2, Some("anna"))]).await;
    filo.settle().await;
    told(&filo).await;
    let came = heard(&receiver, 0);
    assert_eq!(came.len(), 1, "{came:?}");
    assert_eq!(
        (came[0].0.as_str(), &came[0].1["reason"]),
        ("segment.entered", &json!("identity"))
    );

    let path = format!("/api/v1/segments/{id}");
    let change = json!({"version": 1, "name": "Nessuno", "condition": {"any": []}});
    let request = filo.request(http::Method::PUT, &path);
    request
        .bearer(&filo.api_key)
        .json(&change)
        .send()
        .await
        .ok();
    told(&filo).await;
    let left = heard(&receiver, 1);
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(
        (left[0].0.as_str(), &left[0].1["reason"]),
        ("segment.left", &json!("change"))
    );
    assert_eq!(heard(&receiver, 0), turns(&filo, &[&id]).await);
    // A new segment is filled without a word, and so is one that was made anew.
    make(&filo, "Tutti", json!({"all": []})).await;
    filo.app.rebuild().await.unwrap();
    told(&filo).await;
    assert_eq!(heard(&receiver, 2), []);
}

#[tokio::test]
async fn what_did_not_arrive_arrives_later() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    hook(&filo, &receiver, &["segment.entered"]).await;
    let id = make(&filo, "Comprato", happened("Order Completed", 30)).await;
    receiver.react(vec![Reaction::Status(500); 2]);
    call(&filo, 1, "anna", "Order Completed").await;
    told(&filo).await;
    let filo = filo.restart().await;
    for _ in 0..3 {
        filo.advance(Duration::from_secs(3_600));
        told(&filo).await;
    }
    let received = receiver.received();
    assert_eq!(received.len(), 3, "two that failed, one that did not");
    let first = received[0].header("webhook-id");
    assert!(received.iter().all(|it| it.header("webhook-id") == first));
    filo.advance(40 * DAY);
    told(&filo).await;
    assert_eq!(receiver.received().len(), 3, "leaving was not asked for");
    assert_eq!(turns(&filo, &[&id]).await.len(), 2);
}
