//! What webhooks hear of: each topic, once, and nothing during a rebuild.

use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use crate::webhook::{deliver, hook, order, start};

const CUSTOMERS: [&str; 4] = [
    "customer.created",
    "customer.joined",
    "customer.separated",
    "customer.updated",
];

/// The messages that have come, as (type, data), since so many.
pub(crate) fn heard(receiver: &Receiver, since: usize) -> Vec<(String, Value)> {
    let received = receiver.received().into_iter().skip(since);
    received
        .map(|it| {
            let body: Value = serde_json::from_str(&it.body).unwrap();
            (
                body["type"].as_str().unwrap().to_owned(),
                body["data"].clone(),
            )
        })
        .collect()
}

async fn visit(filo: &Filo, message: &str, ids: Value) {
    let mut call =
        json!({ "type": "track", "event": "Store Visit Recorded", "messageId": message });
    for (key, value) in ids.as_object().unwrap() {
        call[key] = value.clone();
    }
    filo.send([call]).await;
    deliver(filo).await;
}

#[tokio::test]
async fn customers_come_change_join_and_separate() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    hook(&filo, &receiver, &CUSTOMERS).await;
    visit(&filo, "1", json!({ "userId": "u-1" })).await;
    let anna = filo.user("u-1").await.id.to_string();
    let created = ("customer.created".to_owned(), json!({ "customer": anna }));
    assert_eq!(heard(&receiver, 0), [created]);

    let call = json!({ "type": "identify", "userId": "u-1", "messageId": "2",
                       "traits": { "firstName": "Anna" } });
    filo.send([call]).await;
    deliver(&filo).await;
    let updated = json!({ "customer": anna, "changed": ["traits"] });
    assert_eq!(
        heard(&receiver, 1),
        [("customer.updated".to_owned(), updated)]
    );

    visit(&filo, "3", json!({ "anonymousId": "a-1" })).await;
    visit(&filo, "4", json!({ "userId": "u-1", "anonymousId": "a-1" })).await;
    let joined: Vec<_> = heard(&receiver, 2);
    let joined: Vec<_> = joined
        .iter()
        .filter(|(topic, _)| topic == "customer.joined")
        .collect();
    assert_eq!(joined.len(), 1, "{:?}", heard(&receiver, 2));
    let kept = filo.user("u-1").await.id;
    assert_eq!(joined[0].1["customer"], kept.to_string());
    assert_ne!(joined[0].1["joined"], kept.to_string());

    let before = receiver.received().len();
    let identifiers = filo
        .api_get(&format!("/api/v1/customers/{kept}/identifiers"))
        .await;
    let ids = identifiers["data"].as_array().unwrap();
    let pair = json!({ "a": ids[0]["id"], "b": ids[1]["id"], "note": "no" });
    filo.api_post("/api/v1/separations", &pair).await;
    filo.settle().await;
    deliver(&filo).await;
    let separated = heard(&receiver, before);
    let separated: Vec<_> = separated
        .iter()
        .filter(|(topic, _)| topic == "customer.separated")
        .collect();
    assert_eq!(separated.len(), 1, "{:?}", heard(&receiver, before));
    assert_eq!(separated[0].1["customer"], kept.to_string());
}

#[tokio::test]
async fn consents_bad_events_and_incidents_are_heard_without_what_was_in_them() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let topics = ["consent.changed", "event.quarantined", "incident.opened"];
    hook(&filo, &receiver, &topics).await;
    let call = json!({ "type": "track", "event": "Consent Granted", "userId": "u-1",
        "messageId": "1", "properties": { "purpose": "marketing", "channel": "email",
        "email": "anna@example.it" } });
    filo.send([call]).await;
    deliver(&filo).await;
    let (topic, data) = heard(&receiver, 0).remove(0);
    assert_eq!(topic, "consent.changed");
    assert_eq!(
        (&data["purpose"], &data["channel"]),
        (&json!("marketing"), &json!("email"))
    );
    let bad = json!({ "type": "track", "userId": "anna@example.it" });
    filo.post("/v1/track")
        .key(&filo.secret_key)
        .json(&bad)
        .send()
        .await
        .is(400);
    deliver(&filo).await;
    let (topic, data) = heard(&receiver, 1).remove(0);
    assert_eq!(
        (topic.as_str(), &data["code"]),
        ("event.quarantined", &json!("missing_event"))
    );
    assert!(
        receiver
            .received()
            .iter()
            .all(|it| !it.body.contains("anna@"))
    );
}

#[tokio::test]
async fn a_rebuild_and_a_restart_tell_nobody_anything() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let topics = ["customer.created", "customer.updated", "order.completed"];
    hook(&filo, &receiver, &topics).await;
    for number in 0..5 {
        order(&filo, &number.to_string()).await;
    }
    deliver(&filo).await;
    let before = receiver.received().len();
    assert!(before >= 6, "{before}");
    let report = filo.app.rebuild().await.unwrap();
    assert_eq!(report.before, report.after);
    deliver(&filo).await;
    let filo = filo.restart().await;
    filo.settle().await;
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), before);
    // And what happens next is heard again.
    order(&filo, "new").await;
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), before + 2);
}

#[tokio::test]
async fn without_a_webhook_nothing_is_kept_and_a_repeated_event_is_told_once() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    order(&filo, "early").await;
    hook(&filo, &receiver, &["order.completed"]).await;
    order(&filo, "1").await;
    order(&filo, "1").await;
    deliver(&filo).await;
    assert_eq!(heard(&receiver, 0).len(), 1);
}

#[tokio::test]
async fn a_claimed_yes_is_told_once_a_day_with_its_link() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    hook(&filo, &receiver, &["consent.confirmation_requested"]).await;
    let claim = |message: &str| {
        json!({"type": "track", "event": "Consent Granted", "messageId": message,
               "anonymousId": "a-1", "context": {"traits": {"email": "anna@example.it"}},
               "properties": {"purpose": ["Marketing"], "channel": "email"}})
    };
    filo.send_public([claim("1")]).await;
    filo.send_public([claim("2")]).await;
    deliver(&filo).await;
    let told = heard(&receiver, 0);
    assert_eq!(told.len(), 1, "{told:?}");
    let data = &told[0].1;
    assert_eq!(
        (&data["purpose"], &data["channel"]),
        (&json!("marketing"), &json!("email"))
    );
    assert!(data["identifier"].as_str().unwrap().starts_with("idn_"));
    assert!(
        !data.to_string().contains("example.it"),
        "no address leaves"
    );
    let url = data["url"].as_str().unwrap();
    let path = &url[url.find("/public/").unwrap()..];
    filo.post(path).send().await.ok();
    let customer = data["customer"].as_str().unwrap();
    let asked = format!("/api/v1/customers/{customer}/addressing?purpose=marketing&channel=email");
    assert_eq!(filo.api_get(&asked).await["may"], true);
    // A day later somebody claims it anew: the address may be asked again.
    filo.advance(std::time::Duration::from_secs(25 * 3_600));
    filo.send_public([claim("3")]).await;
    deliver(&filo).await;
    assert_eq!(heard(&receiver, 1).len(), 1);
}
