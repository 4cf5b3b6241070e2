//! What comes back from Twilio: proved, read once, and what follows.

use std::time::Duration;

use filo_testkit::{Filo, Reaction, Receiver};
use serde_json::json;

use super::{
    anna_on, call, events, filo_at, message, put, sent, signature, signed, taken, twilio, write,
};
use crate::consent_ledger::{asked, codes};

const HOOK: &str = "/public/channels/sms";
const SMS: (&str, &str) = ("sms", "marketing");

async fn connected(receiver: &Receiver) -> (Filo, String) {
    let filo = filo_at(receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    let id = anna_on(&filo, "sms").await;
    (filo, id)
}

fn status<'a>(word: &'a str, code: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("MessageSid", "SM1"),
        ("MessageStatus", word),
        ("To", "+393331234567"),
        ("From", "+390210000000"),
        ("NobodyKnowsThis", "è nuovo"),
    ];
    if !code.is_empty() {
        fields.push(("ErrorCode", code));
    }
    fields
}

fn written<'a>(sid: &'a str, from: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("SmsStatus", "received"),
        ("From", from),
        ("To", "+390210000000"),
        ("Body", body),
        ("NumMedia", "0"),
    ]
}

#[tokio::test]
async fn how_far_it_came_stands_with_the_message_and_on_the_thread_once() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    receiver.react([taken("SM1")]);
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let hook = format!("{HOOK}?message={sms}");
    for word in ["queued", "sent", "delivered", "delivered", "sent"] {
        let answer = call(&filo, &hook, &status(word, "")).await.is(200);
        assert_eq!(answer.header("content-type"), Some("text/xml"));
        assert!(answer.text().ends_with("<Response/>"), "{}", answer.text());
    }
    let whole = message(&filo, &sms).await;
    assert_eq!(whole["receipt"]["stage"], "delivered", "{whole}");
    let told = events(&filo, &id, "Message Delivered").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["properties"]["message"], sms.as_str());
    // A copy for the person tells it, and it goes with them.
    let path = format!("/api/v1/customers/{id}/export");
    let copy = filo.api_post(&path, &json!({})).await.to_string();
    assert!(copy.contains("SM1"), "{copy}");
}

#[tokio::test]
async fn what_does_not_arrive_is_failed_and_a_dead_number_is_put_aside() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    receiver.react([taken("SM1"), Reaction::HangUp]);
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let hook = format!("{HOOK}?message={sms}");
    // Switched off: that says nothing of the number.
    call(&filo, &hook, &status("undelivered", "30003"))
        .await
        .is(200);
    assert_eq!(message(&filo, &sms).await["state"], "failed");
    let may = asked(&filo, &id, "purpose=contract&channel=sms").await;
    assert_eq!(codes(&may), ["duty"]);
    // After all it arrived.
    call(&filo, &hook, &status("delivered", "")).await.is(200);
    assert_eq!(message(&filo, &sms).await["state"], "sent");

    // Of what nobody knew it is told that it left; then that the number does not exist.
    let unknown = write(&filo, &id, SMS, "Altro").await;
    assert_eq!(sent(&filo, &unknown).await, "unknown");
    let hook = format!("{HOOK}?message={unknown}");
    call(&filo, &hook, &status("sent", "")).await.is(200);
    assert_eq!(message(&filo, &unknown).await["state"], "sent");
    call(&filo, &hook, &status("failed", "30005")).await.is(200);
    assert_eq!(message(&filo, &unknown).await["state"], "failed");
    let may = asked(&filo, &id, "purpose=contract&channel=sms").await;
    assert_eq!(codes(&may), ["suppressed"]);
    assert_eq!(events(&filo, &id, "Message Failed").await.len(), 2);
}

#[tokio::test]
async fn stop_counts_at_once_and_start_gives_nothing_back() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    filo.advance(Duration::from_secs(60));
    let fields = written("SM7", "+393331234567", " Basta! ");
    for _ in 0..2 {
        call(&filo, HOOK, &fields).await.is(200);
    }
    let marketing = "purpose=marketing&channel=sms";
    let why = asked(&filo, &id, marketing).await;
    assert!(codes(&why).contains(&"denied"), "{why}");
    assert!(codes(&why).contains(&"suppressed"), "{why}");
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "stopped");
    // Other ways, and what is owed, stay.
    let mail = asked(&filo, &id, "purpose=marketing&channel=email").await;
    assert_eq!(codes(&mail), ["granted"]);
    let owed = asked(&filo, &id, "purpose=contract&channel=sms").await;
    assert_eq!(codes(&owed), ["duty"]);
    let received = events(&filo, &id, "Message Received").await;
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0]["properties"]["keyword"], "stop");
    let withdrawn = events(&filo, &id, "Consent Withdrawn").await;
    assert_eq!(withdrawn.len(), 1, "{withdrawn:?}");
    assert_eq!(withdrawn[0]["properties"]["channel"], "sms");

    filo.advance(Duration::from_secs(60));
    call(&filo, HOOK, &written("SM8", "+393331234567", "START"))
        .await
        .is(200);
    let why = asked(&filo, &id, marketing).await;
    assert!(codes(&why).contains(&"denied"), "{why}");
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "stopped");
}

#[tokio::test]
async fn what_people_write_stands_on_the_thread_of_whoever_it_is() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    let mut fields = written("SM5", "+393331234567", "Avete ancora la colomba? Non stop!");
    fields.push(("MediaUrl0", "https://api.twilio.com/x"));
    for field in &mut fields {
        if field.0 == "NumMedia" {
            field.1 = "1";
        }
    }
    call(&filo, HOOK, &fields).await.is(200);
    let received = events(&filo, &id, "Message Received").await;
    let properties = &received[0]["properties"];
    assert_eq!(properties["text"], "Avete ancora la colomba? Non stop!");
    assert_eq!(
        (&properties["attachments"], &properties["medium"]),
        (&json!(1), &json!("sms"))
    );
    assert_eq!(events(&filo, &id, "Consent Withdrawn").await.len(), 0);

    // Somebody new.
    call(
        &filo,
        HOOK,
        &written("SM6", "+393337654321", "Siete aperti?"),
    )
    .await
    .is(200);
    filo.settle().await;
    let new = filo
        .find(filo_core::identity::Kind::Phone, "+393337654321")
        .await
        .unwrap();
    let received = events(&filo, &new.id.to_string(), "Message Received").await;
    assert_eq!(received[0]["properties"]["text"], "Siete aperti?");
    // A name or a short number is nobody.
    for from in ["Filo", "12345", ""] {
        call(&filo, HOOK, &written("SM9", from, "Ciao"))
            .await
            .is(200);
    }
}

#[tokio::test]
async fn what_is_not_signed_changes_nothing() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    receiver.react([taken("SM1")]);
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let stop = written("SM7", "+393331234567", "STOP");
    let right = signature(&format!("https://filo.example{HOOK}"), &stop);
    let other = written("SM7", "+393337654321", "STOP");
    let failed = status("failed", "30005");
    let hook = format!("{HOOK}?message={sms}");
    for (path, fields, signature) in [
        (HOOK, &stop, ""),
        (HOOK, &stop, "AAAA"),
        (HOOK, &other, right.as_str()),
        ("/public/channels/sms?x=1", &stop, right.as_str()),
        ("/public/channels/whatsapp", &stop, right.as_str()),
        (hook.as_str(), &failed, right.as_str()),
    ] {
        let answer = signed(&filo, path, (fields, signature)).await;
        let expected = if path.contains("whatsapp") { 404 } else { 403 };
        assert_eq!(answer.status, expected, "{path} {signature}");
        assert_eq!(answer.text(), "");
    }
    filo.post(HOOK).form("x=1").send().await.is(403);
    filo.get(HOOK).send().await.is(403);
    filo.post("/public/channels/fax")
        .form("x=1")
        .send()
        .await
        .is(404);
    let long = "a".repeat(300_000);
    let request = filo.post(HOOK).header("x-twilio-signature", &right);
    request.form(&format!("Body={long}")).send().await.is(413);
    assert_eq!(message(&filo, &sms).await["state"], "sent");
    let may = asked(&filo, &id, "purpose=marketing&channel=sms").await;
    assert_eq!(codes(&may), ["granted"]);
    assert_eq!(events(&filo, &id, "Message Received").await.len(), 0);
}

#[tokio::test]
async fn whoever_was_forgotten_is_not_written_down_again_by_a_late_status() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    receiver.react([taken("SM1")]);
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let path = format!("/api/v1/customers/{id}/erasure");
    let body = json!({"ground": "request"});
    let erased = filo
        .post(&path)
        .bearer(&filo.api_key)
        .json(&body)
        .send()
        .await;
    assert!(erased.status.is_success(), "{}", erased.text());
    filo.settle().await;
    let hook = format!("{HOOK}?message={sms}");
    call(&filo, &hook, &status("delivered", "")).await.is(200);
    let path = format!("/api/v1/messages/{sms}");
    filo.get(&path).bearer(&filo.api_key).send().await.is(404);
    let found = filo
        .find(filo_core::identity::Kind::Phone, "+393331234567")
        .await;
    assert!(found.is_none());
}
