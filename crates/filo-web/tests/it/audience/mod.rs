//! Audiences of platforms of advertising: kept in step with segments and journeys, told in the
//! platforms' own forms, taken away as files, and left by whoever is forgotten.

mod console;
mod file;
mod life;
mod platform;
mod step;

use std::time::Duration;

use filo_testkit::{Answer, Filo, Reaction, Received, Receiver};
use http::Method;
use serde_json::{Value, json};

const DAY: Duration = Duration::from_secs(86_400);
/// Anna's address and number as Meta has them: made with another program (`sha256sum`).
const ANNA_MAIL: &str = "c7add2b0404069fc88cb8973c0bc1f1ca4ac619ac1aca12c667afb3a52c5cff0";
const META_USERS: &str = "/v23.0/120/users";

/// A Filo whose platforms are the receiver.
async fn filo_at(receiver: &Receiver) -> Filo {
    let base = receiver.base();
    Filo::start_with(|config| {
        Receiver::allow(config);
        let hosts = &mut config.advertising_hosts;
        hosts.meta.clone_from(&base);
        hosts.google.clone_from(&base);
        hosts.google_tokens.clone_from(&base);
        hosts.linkedin.clone_from(&base);
    })
    .await
}

async fn ask(filo: &Filo, method: Method, path: &str, body: &Value) -> Answer {
    let request = filo.request(method, path).bearer(&filo.api_key);
    request.json(body).send().await
}

/// Anna, who said yes to advertising, and Bruno, whom nobody asked; both bought.
async fn two_who_bought(filo: &Filo) {
    for user in ["anna", "bruno"] {
        let phone = if user == "anna" {
            json!("+393331234567")
        } else {
            Value::Null
        };
        filo.send([
            json!({"type": "identify", "userId": user, "messageId": format!("i-{user}"),
                   "traits": {"email": format!("{user}@example.it"), "phone": phone}}),
            json!({"type": "track", "userId": user, "event": "Order Completed",
                   "messageId": format!("o-{user}"),
                   "properties": {"order_id": format!("o-{user}"), "total": 20, "currency": "EUR"}}),
        ])
        .await;
    }
    says(filo, "anna", "Consent Granted").await;
}

async fn says(filo: &Filo, user: &str, event: &str) {
    // What is said later counts.
    filo.advance(Duration::from_secs(60));
    let message = format!("{event}-{user}-{}", filo.now());
    filo.send([
        json!({"type": "track", "userId": user, "event": event, "messageId": message,
               "properties": {"purpose": "advertising", "basis": "consent", "proof": "al banco"}}),
    ])
    .await;
}

/// Whoever bought within ninety days.
async fn buyers(filo: &Filo) -> String {
    let condition = json!({"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": {"last": "90 days"}}},
    }});
    let new = json!({"name": "Compratori", "condition": condition});
    let made = filo.api_post("/api/v1/segments", &new).await;
    filo.app.segments_settled().await.unwrap();
    made["id"].as_str().unwrap().to_owned()
}

async fn connect(filo: &Filo, platform: &str, account: &Value) {
    let path = format!("/api/v1/audience-accounts/{platform}");
    ask(filo, Method::PUT, &path, account).await.ok();
}

async fn make(filo: &Filo, draft: &Value) -> String {
    let made = filo.api_post("/api/v1/audiences", draft).await;
    made["id"].as_str().unwrap().to_owned()
}

/// An audience of whoever bought, at Meta.
async fn at_meta(filo: &Filo, delivery: &str) -> String {
    if delivery == "push" {
        let account = json!({"secrets": {"token": "EAAB"}, "version": 0});
        connect(filo, "meta", &account).await;
    }
    let segment = buyers(filo).await;
    let draft = json!({"platform": "meta", "delivery": delivery, "remote": "120",
        "audience": {"name": "Compratori", "segment": segment}});
    make(filo, &draft).await
}

async fn synced(filo: &Filo) {
    filo.settle().await;
    filo.app.segments_settled().await.unwrap();
    filo.app.sync_audiences().await.unwrap();
}

async fn audience(filo: &Filo, id: &str) -> Value {
    filo.api_get(&format!("/api/v1/audiences/{id}")).await
}

/// Meta has taken so many.
fn taken(count: usize) -> Reaction {
    let body = json!({"audience_id": "120", "session_id": "1", "num_received": count,
                      "num_invalid_entries": 0, "invalid_entry_samples": {}});
    Reaction::Json(200, body.to_string())
}

/// What Meta was told: the method, and each row under its schema.
fn told(received: &Received) -> (String, Vec<String>, Vec<Vec<String>>) {
    let (method, path) = received.line.split_once(' ').unwrap();
    assert_eq!(path, META_USERS);
    let body: Value = serde_json::from_str(&received.body).unwrap();
    let schema = serde_json::from_value(body["payload"]["schema"].clone()).unwrap();
    let rows = serde_json::from_value(body["payload"]["data"].clone()).unwrap();
    (method.to_owned(), schema, rows)
}

/// SHA-256 in hexadecimal digits, as the tests work it out.
fn hash(text: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    digest
        .as_ref()
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect()
}

#[tokio::test]
async fn who_comes_in_is_put_there_and_who_leaves_or_says_no_is_taken_out() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    receiver.react([taken(2)]);
    let id = at_meta(&filo, "push").await;
    synced(&filo).await;
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].header("authorization"), "Bearer EAAB");
    let (method, schema, mut rows) = told(&received[0]);
    rows.sort();
    assert_eq!(
        (method.as_str(), schema),
        ("POST", vec!["EMAIL".to_owned(), "PHONE".to_owned()])
    );
    let (mail, phone) = (hash("anna@example.it"), hash("393331234567"));
    assert_eq!(mail, ANNA_MAIL);
    assert_eq!(
        rows,
        [
            vec![String::new(), phone.clone()],
            vec![mail.clone(), String::new()]
        ]
    );
    let shown = audience(&filo, &id).await;
    assert_eq!(shown["state"], "in_step", "{shown}");
    assert_eq!(
        shown["people"],
        json!({"offered": 1, "no_yes": 1, "no_address": 0})
    );
    assert_eq!(
        (&shown["addresses"]["emails"], &shown["addresses"]["phones"]),
        (&json!(1), &json!(1))
    );
    synced(&filo).await;
    assert_eq!(receiver.received().len(), 1, "nothing changed");

    // Bruno says yes, then Anna no: each is told by itself.
    receiver.react([taken(1), taken(2)]);
    says(&filo, "bruno", "Consent Granted").await;
    synced(&filo).await;
    let (method, _, rows) = told(&receiver.received()[1]);
    assert_eq!(
        (method.as_str(), rows),
        ("POST", vec![vec![hash("bruno@example.it")]])
    );
    filo.advance(DAY);
    says(&filo, "anna", "Consent Withdrawn").await;
    synced(&filo).await;
    let (method, _, rows) = told(&receiver.received()[2]);
    assert_eq!((method.as_str(), rows.len()), ("DELETE", 2));
    assert!(rows.concat().contains(&mail) && rows.concat().contains(&phone));

    // Of its own accord: the order is no longer within ninety days.
    receiver.react([taken(1)]);
    filo.advance(90 * DAY);
    synced(&filo).await;
    let (method, _, rows) = told(&receiver.received()[3]);
    assert_eq!(
        (method.as_str(), rows),
        ("DELETE", vec![vec![hash("bruno@example.it")]])
    );
    let shown = audience(&filo, &id).await;
    assert_eq!(shown["addresses"]["emails"], 0, "{shown}");
}

#[tokio::test]
async fn what_has_to_be_taken_out_is_tried_until_it_is_and_a_person_is_told() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    receiver.react([taken(2)]);
    let id = at_meta(&filo, "push").await;
    synced(&filo).await;
    let gone = json!({"error": {"message": "expired", "type": "OAuthException", "code": 190}});
    receiver.react(vec![Reaction::Json(400, gone.to_string()); 6]);
    says(&filo, "anna", "Consent Withdrawn").await;
    synced(&filo).await;
    let shown = audience(&filo, &id).await;
    assert_eq!(shown["state"], "failing", "{shown}");
    assert_eq!(shown["addresses"]["to_take_out"], 2);
    assert_eq!(shown["telling"]["answer"], "account: 190 expired");
    synced(&filo).await;
    assert_eq!(receiver.received().len(), 2, "not before its time");
    // Paused, nobody is put in; whoever is to be out is tried all the same.
    let pausing = format!("/api/v1/audiences/{id}/pausing");
    filo.api_post(&pausing, &json!({})).await;
    for _ in 0..5 {
        filo.advance(Duration::from_secs(7 * 3_600));
        synced(&filo).await;
    }
    assert_eq!(receiver.received().len(), 7);
    let incidents = filo.api_get("/api/v1/incidents").await;
    assert_eq!(
        incidents["data"][0]["kind"], "audience_failing",
        "{incidents}"
    );
    receiver.react([taken(2)]);
    filo.advance(Duration::from_secs(7 * 3_600));
    synced(&filo).await;
    let shown = audience(&filo, &id).await;
    assert_eq!(shown["addresses"]["to_take_out"], 0, "{shown}");
    assert_eq!(
        (&shown["state"], &shown["telling"]["failures"]),
        (&json!("paused"), &json!(0))
    );
    assert_eq!(told(&receiver.received()[7]).0, "DELETE");
}

#[tokio::test]
async fn whoever_is_forgotten_is_taken_out_there_and_the_receipt_says_so() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    receiver.react([taken(2)]);
    let id = at_meta(&filo, "push").await;
    synced(&filo).await;
    let anna = filo.user("anna").await.id.to_string();
    let here = format!("/api/v1/customers/{anna}");
    let copy = filo.api_post(&format!("{here}/export"), &json!({})).await;
    assert!(
        copy.to_string().contains(&hash("anna@example.it")),
        "{copy}"
    );
    let register = filo.api_get("/api/v1/register").await;
    assert!(
        register["recipients"].to_string().contains("Meta"),
        "{register}"
    );

    receiver.react([taken(2)]);
    let made = filo
        .api_post(&format!("{here}/erasure"), &json!({"ground": "request"}))
        .await;
    let mut beside = made["receipt"]["beside"].as_array().unwrap().iter();
    let told_of = beside.find(|it| it["place"] == "audiences").unwrap();
    assert_eq!(told_of["count"], 2, "{made}");
    synced(&filo).await;
    let received = receiver.received();
    let (method, _, rows) = told(&received[1]);
    assert_eq!((method.as_str(), rows.len()), ("DELETE", 2));
    let shown = audience(&filo, &id).await;
    assert_eq!(shown["addresses"]["to_take_out"], 0, "{shown}");
    assert_eq!(shown["people"]["offered"], 0);
}

#[tokio::test]
async fn suppressions_expiry_and_a_rebuild_are_followed() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    receiver.react([taken(2), taken(1)]);
    let id = at_meta(&filo, "push").await;
    synced(&filo).await;
    let line = json!({"addresses": [{"kind": "email", "value": "anna@example.it"}],
                      "reason": "complaint"});
    let suppressed = ask(&filo, Method::POST, "/api/v1/suppressions", &line).await;
    assert!(suppressed.status.is_success(), "{}", suppressed.text());
    synced(&filo).await;
    let (method, _, rows) = told(&receiver.received()[1]);
    assert_eq!(
        (method.as_str(), rows),
        ("DELETE", vec![vec![hash("anna@example.it")]])
    );
    // Made anew from its events, everybody stands where they stood.
    filo.app.rebuild().await.unwrap();
    synced(&filo).await;
    assert_eq!(receiver.received().len(), 2);
    let filo = filo.restart().await;
    synced(&filo).await;
    assert_eq!(receiver.received().len(), 2);

    // A yes that ends: whoever gave it is out at that instant.
    receiver.react([taken(1)]);
    let mut purposes = filo.api_get("/api/v1/settings/consent-purposes").await;
    let all = purposes["purposes"].as_array_mut().unwrap();
    let own = all
        .iter_mut()
        .find(|it| it["word"] == "advertising")
        .unwrap();
    own["expires_after_months"] = 1.into();
    ask(
        &filo,
        Method::PUT,
        "/api/v1/settings/consent-purposes",
        &purposes,
    )
    .await
    .ok();
    synced(&filo).await;
    assert_eq!(receiver.received().len(), 2);
    filo.advance(31 * DAY);
    synced(&filo).await;
    let (method, _, rows) = told(&receiver.received()[2]);
    assert_eq!(
        (method.as_str(), rows),
        ("DELETE", vec![vec![hash("393331234567")]])
    );
    assert_eq!(audience(&filo, &id).await["people"]["no_yes"], 2);
}
