//! A carrier of the company's own, over HTTP: what it gets, and what it brings back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_testkit::{Answer, Filo, Reaction, Receiver};
use serde_json::{Value, json};

use super::{anna_on, events, filo_at, message, put, sent, write};
use crate::consent_ledger::{asked, codes};

const HOOK: &str = "/public/channels/sms";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SMS: (&str, &str) = ("sms", "marketing");
const OWED: (&str, &str) = ("sms", "contract");

async fn connected(receiver: &Receiver) -> (Filo, String) {
    let filo = filo_at(receiver).await;
    let account = json!({"carrier": "http", "account": receiver.url(),
                         "secrets": {"token": SECRET}, "version": 0});
    put(&filo, "/api/v1/channels/sms", account).await.ok();
    let id = anna_on(&filo, "sms").await;
    (filo, id)
}

/// What the company's own program brings, signed as the specification says.
async fn brings(filo: &Filo, body: &Value, (secret, seconds): (&str, i64)) -> Answer {
    let text = body.to_string();
    let webhook = standardwebhooks::Webhook::new(secret).unwrap();
    let signature = webhook.sign("msg_1", seconds, text.as_bytes()).unwrap();
    let request = filo.post(HOOK).header("webhook-id", "msg_1");
    let request = request.header("webhook-timestamp", &seconds.to_string());
    request
        .header("webhook-signature", &signature)
        .json(body)
        .send()
        .await
}

#[tokio::test]
async fn a_message_is_signed_and_its_answer_read() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    receiver.react([Reaction::Json(202, json!({"id": "own-1"}).to_string())]);
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let received = &receiver.received()[0];
    assert_eq!(received.line, "POST /hook");
    let body: Value = serde_json::from_str(&received.body).unwrap();
    assert_eq!(
        body,
        json!({"type": "message.send", "id": sms, "medium": "sms", "to": "+393331234567",
               "text": "Novità\nPer non riceverne più rispondi STOP", "template": null,
               "callback": "https://filo.example/public/channels/sms"})
    );
    assert_eq!(received.header("webhook-id"), sms);
    // The library of another house finds the signature right.
    let webhook = standardwebhooks::Webhook::new(SECRET).unwrap();
    let seconds: i64 = received.header("webhook-timestamp").parse().unwrap();
    let expected = webhook
        .sign(&sms, seconds, received.body.as_bytes())
        .unwrap();
    assert_eq!(received.header("webhook-signature"), expected);
    assert_eq!(message(&filo, &sms).await["receipt"]["carrier_id"], "own-1");

    receiver.react([
        Reaction::HangUp,
        Reaction::Json(422, json!({"why": "address", "code": "E7"}).to_string()),
    ]);
    let unknown = write(&filo, &id, SMS, "Altro").await;
    assert_eq!(sent(&filo, &unknown).await, "unknown");
    let gone = write(&filo, &id, OWED, "Ritiro").await;
    assert_eq!(sent(&filo, &gone).await, "failed");
    let may = asked(&filo, &id, "purpose=contract&channel=sms").await;
    assert_eq!(codes(&may), ["suppressed"]);
}

#[tokio::test]
async fn what_comes_back_is_proved_and_counts_once() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    receiver.react([Reaction::Json(200, "{}".to_owned())]);
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let now = filo.now().0 / 1_000_000;
    let read = json!({"type": "message.status", "message": sms, "stage": "read"});
    let stop = json!({"type": "message.received", "id": "in-1", "from": "+393331234567",
                      "text": "basta"});
    let other = format!("whsec_{}", STANDARD.encode([7; 24]));
    for (secret, seconds) in [
        (other.as_str(), now),
        (SECRET, now - 301),
        (SECRET, now + 400),
    ] {
        brings(&filo, &stop, (secret, seconds)).await.is(403);
    }
    filo.post(HOOK).json(&stop).send().await.is(403);
    assert_eq!(events(&filo, &id, "Message Received").await.len(), 0);
    for _ in 0..2 {
        brings(&filo, &read, (SECRET, now)).await.is(200);
        brings(&filo, &stop, (SECRET, now)).await.is(200);
    }
    assert_eq!(message(&filo, &sms).await["receipt"]["stage"], "read");
    assert_eq!(events(&filo, &id, "Message Read").await.len(), 1);
    assert_eq!(events(&filo, &id, "Message Received").await.len(), 1);
    let why = asked(&filo, &id, "purpose=marketing&channel=sms").await;
    assert!(codes(&why).contains(&"suppressed"), "{why}");
}

#[tokio::test]
async fn an_address_and_a_secret_are_checked() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    for (field, url, secret) in [
        ("account", "sms.bottega.it", SECRET),
        ("account", "http://sms.bottega.it/x", SECRET),
        ("account", "https://169.254.169.254/x", SECRET),
        ("account", "https://10.0.0.7/x", SECRET),
        ("token", "https://sms.bottega.it/x", "password"),
        ("token", "https://sms.bottega.it/x", "whsec_MfKQ"),
    ] {
        let account = json!({"carrier": "http", "account": url, "secrets": {"token": secret},
                             "version": 0});
        let refused = put(&filo, "/api/v1/channels/whatsapp", account).await;
        assert_eq!(refused.status, 422, "{url} {secret}");
        assert!(refused.text().contains(field), "{}", refused.text());
    }
}
