//! Webhooks: signed, tried again, given up, sent anew; never twice at once, never lost.

use std::time::Duration;

use filo_testkit::{Filo, Reaction, Received, Receiver};
use http::Method;
use serde_json::{Value, json};

const HOUR: u64 = 3_600;
/// From one try to the next.
const WAITS_S: [u64; 9] = [
    5,
    300,
    1_800,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
];

pub(crate) async fn start() -> Filo {
    Filo::start_with(Receiver::allow).await
}

/// Makes a webhook; its address in the API, and its secret.
pub(crate) async fn hook(filo: &Filo, receiver: &Receiver, topics: &[&str]) -> (String, String) {
    let wanted = json!({ "url": receiver.url(), "description": "ERP", "topics": topics });
    let made = filo.api_post("/api/v1/webhooks", &wanted).await;
    let path = format!("/api/v1/webhooks/{}", made["id"].as_str().unwrap());
    (path, made["secret"].as_str().unwrap().to_owned())
}

pub(crate) async fn order(filo: &Filo, id: &str) {
    let call = json!({
        "type": "track", "userId": "u-1", "messageId": format!("m-{id}"),
        "event": "Order Completed",
        "properties": { "order_id": id, "revenue": 42.5, "currency": "EUR" },
    });
    filo.send([call]).await;
}

/// What is due has been tried.
pub(crate) async fn deliver(filo: &Filo) {
    filo.app.deliver_webhooks().await.unwrap();
}

/// The standard's own library signs the same. (Its `verify` reads the clock of the machine.)
pub(crate) fn verify(secret: &str, received: &Received) {
    let webhook = standardwebhooks::Webhook::new(secret).unwrap();
    let (id, at) = (
        received.header("webhook-id"),
        received.header("webhook-timestamp"),
    );
    let body = received.body.as_bytes();
    let signed = webhook.sign(id, at.parse().unwrap(), body).unwrap();
    let mut given = received.header("webhook-signature").split(' ');
    assert!(given.any(|one| one == signed), "{signed}");
}

async fn deliveries(filo: &Filo, path: &str) -> Vec<Value> {
    let page = filo.api_get(&format!("{path}/deliveries")).await;
    page["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_order_arrives_signed() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, secret) = hook(&filo, &receiver, &["order.completed"]).await;
    assert!(secret.starts_with("whsec_"));
    order(&filo, "1").await;
    deliver(&filo).await;
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    verify(&secret, &received[0]);
    let seconds: i64 = received[0].header("webhook-timestamp").parse().unwrap();
    assert_eq!(seconds, filo.now().0 / 1_000_000);
    let body: Value = serde_json::from_str(&received[0].body).unwrap();
    assert_eq!(body["type"], "order.completed");
    let customer = filo.user("u-1").await.id.to_string();
    assert_eq!(body["data"]["customer"], customer);
    assert_eq!(body["data"]["order_id"], "1");
    assert_eq!(body["data"]["revenue"], 42.5);
    let shown = &deliveries(&filo, &path).await[0];
    assert_eq!(
        (&shown["status"], &shown["tries"]),
        (&json!("delivered"), &json!(1))
    );
    assert_eq!(shown["id"], received[0].header("webhook-id"));
    assert_eq!(
        (&shown["answer_status"], &shown["answer"]),
        (&json!(200), &json!("seen"))
    );
    let health = filo.api_get(&path).await;
    assert!(health["last_success_at"].is_string() && health["secret"].is_null());
}

#[tokio::test]
async fn it_is_tried_again_at_the_published_times_and_then_given_up() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, _) = hook(&filo, &receiver, &["order.completed"]).await;
    receiver.react(vec![Reaction::Status(500); 10]);
    order(&filo, "1").await;
    deliver(&filo).await;
    for (tries, wait) in (1..).zip(WAITS_S) {
        filo.advance(Duration::from_secs(wait) - Duration::from_millis(10));
        deliver(&filo).await;
        assert_eq!(receiver.received().len(), tries, "not before {wait} s");
        filo.advance(Duration::from_secs(wait / 10 + 1));
        deliver(&filo).await;
        assert_eq!(receiver.received().len(), tries + 1, "after {wait} s");
    }
    let shown = &deliveries(&filo, &path).await[0];
    assert_eq!(
        (&shown["status"], &shown["tries"]),
        (&json!("failed"), &json!(10))
    );
    let received = receiver.received();
    let first = received[0].header("webhook-id");
    assert!(received.iter().all(|it| it.header("webhook-id") == first));
    filo.advance(Duration::from_secs(48 * HOUR));
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), 10);

    // Sent anew by a person, under the same id.
    let replay = json!({ "since": "2026-10-01T00:00:00Z" });
    let replayed = filo.api_post(&format!("{path}/replay"), &replay).await;
    assert_eq!(replayed["count"], 1);
    deliver(&filo).await;
    let received = receiver.received();
    assert_eq!(received.last().unwrap().header("webhook-id"), first);
    assert_eq!(deliveries(&filo, &path).await[0]["status"], "delivered");
    let one = format!("{path}/deliveries/{first}/replay");
    filo.api_post(&one, &json!({})).await;
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), 12);
}

#[tokio::test]
async fn who_is_gone_hears_nothing_more() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, _) = hook(&filo, &receiver, &["order.completed"]).await;
    receiver.react([Reaction::Status(410)]);
    order(&filo, "1").await;
    deliver(&filo).await;
    let shown = filo.api_get(&path).await;
    assert_eq!(
        (&shown["enabled"], &shown["disabled_reason"]),
        (&json!(false), &json!("gone"))
    );
    let incidents = filo.api_get("/api/v1/incidents").await;
    assert_eq!(incidents["data"][0]["kind"], "webhook_disabled");
    order(&filo, "2").await;
    filo.advance(Duration::from_secs(HOUR));
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), 1);
    let refused = filo.post(&format!("{path}/test")).bearer(&filo.api_key);
    refused.json(&json!({})).send().await.is(409);

    // Enabled again, what waited is sent.
    let on = json!({ "enabled": true });
    let change = filo.request(Method::PATCH, &path).bearer(&filo.api_key);
    change.json(&on).send().await.ok();
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), 2);
}

#[tokio::test]
async fn after_five_days_of_failing_it_is_switched_off() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, _) = hook(&filo, &receiver, &["order.completed"]).await;
    receiver.react(vec![Reaction::Status(503); 100]);
    for day in 0..6 {
        order(&filo, &day.to_string()).await;
        deliver(&filo).await;
        assert_eq!(filo.api_get(&path).await["enabled"], day < 5, "day {day}");
        filo.advance(Duration::from_secs(24 * HOUR));
    }
    assert_eq!(filo.api_get(&path).await["disabled_reason"], "failing");
}

#[tokio::test]
async fn a_crash_between_sending_and_noting_sends_again_with_the_same_id() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, _) = hook(&filo, &receiver, &["order.completed"]).await;
    receiver.react([Reaction::Hold]);
    order(&filo, "1").await;
    receiver.wait_for(1).await;
    let filo = filo.restart().await;
    deliver(&filo).await;
    assert_eq!(receiver.received().len(), 1, "not before its time");
    filo.advance(Duration::from_secs(6));
    deliver(&filo).await;
    let received = receiver.received();
    assert_eq!(received.len(), 2);
    assert_eq!(
        received[0].header("webhook-id"),
        received[1].header("webhook-id")
    );
    assert_eq!(deliveries(&filo, &path).await[0]["status"], "delivered");
}

#[tokio::test]
async fn a_slow_receiver_holds_nobody_else_up_and_may_be_removed_meanwhile() {
    let (filo, slow, quick) = (
        start().await,
        Receiver::start().await,
        Receiver::start().await,
    );
    let (path, _) = hook(&filo, &slow, &["order.completed"]).await;
    hook(&filo, &quick, &["order.completed"]).await;
    slow.react([Reaction::Hold]);
    order(&filo, "1").await;
    slow.wait_for(1).await;
    quick.wait_for(1).await;
    order(&filo, "2").await;
    quick.wait_for(2).await;
    let removal = filo.request(Method::DELETE, &path).bearer(&filo.api_key);
    removal.send().await.is(204);
    slow.release();
    deliver(&filo).await;
    assert_eq!(slow.received().len(), 1);
    let gone = filo.get(&path).bearer(&filo.api_key).send().await;
    gone.is(404);
}

#[tokio::test]
async fn a_redirect_or_an_endless_answer_is_a_failure_with_words() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, _) = hook(&filo, &receiver, &["order.completed"]).await;
    let to = "HTTP/1.1 302 X\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
    let long = format!(
        "HTTP/1.1 200 X\r\nconnection: close\r\n\r\n{}",
        "x".repeat(2 << 20)
    );
    receiver.react([
        Reaction::Bytes(to.into()),
        Reaction::Bytes(long.into()),
        Reaction::HangUp,
    ]);
    let mut told = Vec::new();
    for wait in [0, 6, 340] {
        if wait == 0 {
            order(&filo, "1").await;
        }
        filo.advance(Duration::from_secs(wait));
        deliver(&filo).await;
        let shown = &deliveries(&filo, &path).await[0];
        assert_eq!(shown["status"], "waiting");
        told.push(shown["answer"].as_str().unwrap().to_owned());
    }
    assert!(told[0].contains("redirect"), "{told:?}");
    assert!(told[1].contains("megabyte"), "{told:?}");
    assert!(told[2].contains("cannot be read"), "{told:?}");
}

#[tokio::test]
async fn a_bad_address_gets_a_sentence() {
    let filo = Filo::start().await;
    for (url, word) in [
        ("http://shop.example/", "https://"),
        ("https://127.0.0.1/", "not a public address"),
        ("https://2130706433/", "not a public address"),
        ("https://[::ffff:10.0.0.1]/", "not a public address"),
        ("https://localhost/", "not a public address"),
        ("https://u:p@shop.example/", "user name"),
        ("https://shop.example:22/", "outbound_ports"),
        ("shop", "whole"),
        ("", "whole"),
    ] {
        let wanted = json!({ "url": url, "topics": ["order.completed"] });
        let request = filo.post("/api/v1/webhooks").bearer(&filo.api_key);
        let problem = request.json(&wanted).send().await.is(422).json();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(word), "{url}: {detail}");
        assert_eq!(problem["field"], "url");
    }
    for wrong in [json!([]), json!(["order.gone"])] {
        let wanted = json!({ "url": "https://93.184.216.34/", "topics": wrong });
        let request = filo.post("/api/v1/webhooks").bearer(&filo.api_key);
        let problem = request.json(&wanted).send().await.is(422).json();
        assert_eq!(problem["field"], "topics");
    }
}

#[tokio::test]
async fn a_new_secret_and_the_one_before_sign_together_for_a_day() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, before) = hook(&filo, &receiver, &["order.completed"]).await;
    let rotated = filo.api_post(&format!("{path}/rotation"), &json!({})).await;
    let after = rotated["secret"].as_str().unwrap().to_owned();
    assert_ne!(before, after);
    filo.api_post(&format!("{path}/test"), &json!({})).await;
    deliver(&filo).await;
    let received = receiver.received();
    verify(&before, &received[0]);
    verify(&after, &received[0]);
    assert!(received[0].body.contains("webhook.test"));
    filo.advance(Duration::from_secs(25 * HOUR));
    order(&filo, "1").await;
    deliver(&filo).await;
    let last = receiver.received().pop().unwrap();
    verify(&after, &last);
    assert_eq!(last.header("webhook-signature").split(' ').count(), 1);
}

#[tokio::test]
async fn it_is_all_there_in_the_console() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let cookie = crate::hostile::log_in(&filo).await;
    let page = filo.get("/settings/webhooks").header("cookie", &cookie);
    let page = page.send().await.ok().text();
    let token = page.split("name=\"token\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    let post = async |path: &str, fields: &str| {
        let request = filo.post(path).header("cookie", &cookie);
        request.form(&format!("token={token}{fields}")).send().await
    };
    let refused = post(
        "/settings/webhooks",
        "&url=http://shop.example&order.completed=on",
    )
    .await;
    assert!(refused.is(422).text().contains("https://"));
    let fields = format!("&url={}&description=ERP&order.completed=on", receiver.url());
    let made = post("/settings/webhooks", &fields).await.is(200).text();
    assert!(made.contains("whsec_"));
    let rows = filo.api_get("/api/v1/webhooks").await;
    let address = format!(
        "/settings/webhooks/{}",
        rows["data"][0]["id"].as_str().unwrap()
    );
    post(&format!("{address}/test"), "").await.is(303);
    deliver(&filo).await;
    let shown = filo.get(&address).header("cookie", &cookie).send().await;
    let shown = shown.ok().text();
    assert!(
        shown.contains("webhook.test") && shown.contains("HTTP 200"),
        "{shown}"
    );
    assert!(!shown.contains("whsec_"), "a secret is shown once");
    let rotated = post(&format!("{address}/rotation"), "")
        .await
        .is(200)
        .text();
    assert!(rotated.contains("whsec_"));
    let off = format!("{fields}&enabled=no");
    post(&address, &off).await.is(303);
    assert_eq!(
        filo.api_get("/api/v1/webhooks").await["data"][0]["enabled"],
        false
    );
    post(&format!("{address}/removal"), "").await.is(303);
    assert_eq!(filo.api_get("/api/v1/webhooks").await["data"], json!([]));
}
