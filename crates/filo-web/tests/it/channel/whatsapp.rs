//! WhatsApp over Meta's Cloud API: texts within a day, templates otherwise; its webhooks.

use std::time::Duration;

use filo_testkit::{Answer, Filo, Reaction, Receiver};
use serde_json::{Value, json};

use super::{anna_on, events, filo_at, message, put, sent, write};
use crate::consent_ledger::{asked, codes};

const HOOK: &str = "/public/channels/whatsapp";
const NUMBER: &str = "106540352242922";
const OWED: (&str, &str) = ("whatsapp", "contract");
const CHAT: (&str, &str) = ("whatsapp", "marketing");

async fn connected(receiver: &Receiver) -> (Filo, String) {
    let filo = filo_at(receiver).await;
    let account = json!({"carrier": "whatsapp_cloud", "account": NUMBER, "sender": "+390210000000",
        "secrets": {"token": "EAAB", "app_secret": "app-secret", "verify_token": "parola"},
        "version": 0});
    put(&filo, "/api/v1/channels/whatsapp", account).await.ok();
    let id = anna_on(&filo, "chat").await;
    (filo, id)
}

/// What Meta brings, with its signature over the raw bytes.
async fn call(filo: &Filo, value: Value) -> Answer {
    let body = brought(value).to_string();
    let signature = signature(&body);
    brings(filo, body, &signature).await
}

async fn brings(filo: &Filo, body: String, signature: &str) -> Answer {
    let request = filo
        .post(HOOK)
        .header("content-type", "application/json")
        .header("x-hub-signature-256", signature);
    request.body(body).send().await
}

fn brought(value: Value) -> Value {
    let mut value = value;
    value["messaging_product"] = "whatsapp".into();
    value["metadata"] = json!({"display_phone_number": "390210000000", "phone_number_id": NUMBER});
    json!({"object": "whatsapp_business_account",
           "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]})
}

fn signature(body: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"app-secret");
    let tag = ring::hmac::sign(&key, body.as_bytes());
    let hex: String = tag.as_ref().iter().map(|it| format!("{it:02x}")).collect();
    format!("sha256={hex}")
}

fn written(filo: &Filo, id: &str, text: &str) -> Value {
    let seconds = filo.now().0 / 1_000_000;
    json!({"contacts": [{"profile": {"name": "Anna"}, "wa_id": "393331234567"}],
           "messages": [{"from": "393331234567", "id": id, "timestamp": seconds.to_string(),
                         "type": "text", "text": {"body": text}}]})
}

fn taken(id: &str) -> Reaction {
    let body = json!({"messaging_product": "whatsapp",
        "contacts": [{"input": "393331234567", "wa_id": "393331234567"}],
        "messages": [{"id": id, "message_status": "accepted"}]});
    Reaction::Json(200, body.to_string())
}

fn refused(code: i64) -> Reaction {
    let body = json!({"error": {"message": "no", "type": "OAuthException", "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": "why"}, "fbtrace_id": "x"}});
    Reaction::Json(400, body.to_string())
}

#[tokio::test]
async fn a_text_goes_within_a_day_and_a_template_otherwise() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    // They have not written: nothing of one's own leaves.
    let first = write(&filo, &id, OWED, "Il tuo ordine è pronto").await;
    assert_eq!(sent(&filo, &first).await, "failed");
    assert_eq!(receiver.received().len(), 0);

    // A piece with a template does, with what stands in its places.
    let piece = json!({"name": "Pronto", "purpose": "contract", "class": "service",
        "adaptations": [{"medium": "whatsapp", "language": "it",
            "fields": {"category": "utility", "text": "Ciao {{ first_name | default(\"a te\") }}, da {{ company }}.",
                       "template": "ordine_pronto"}}]});
    let made = filo
        .post("/api/v1/pieces")
        .bearer(&filo.api_key)
        .json(&json!({"piece": piece}));
    let made = made.send().await;
    assert!(made.status.is_success(), "{}", made.text());
    let piece = made.json()["id"].as_str().unwrap().to_owned();
    receiver.react([taken("wamid.A")]);
    let new = json!({"medium": "whatsapp", "piece": piece});
    let path = format!("/api/v1/customers/{id}/messages");
    let template = filo.api_post(&path, &new).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        sent(&filo, &template).await,
        "sent",
        "{}",
        message(&filo, &template).await
    );
    let received = &receiver.received()[0];
    assert_eq!(received.line, format!("POST /v23.0/{NUMBER}/messages"));
    assert_eq!(received.header("authorization"), "Bearer EAAB");
    assert_eq!(received.header("content-type"), "application/json");
    let body: Value = serde_json::from_str(&received.body).unwrap();
    assert_eq!(body["biz_opaque_callback_data"], template.as_str());
    assert_eq!(body["template"]["name"], "ordine_pronto");
    assert_eq!(
        body["template"]["language"],
        json!({"code": "it", "policy": "deterministic"})
    );
    let parameters = body["template"]["components"][0]["parameters"].clone();
    assert_eq!(parameters.as_array().unwrap().len(), 2, "{body}");
    assert_eq!(parameters[0], json!({"type": "text", "text": "Anna"}));

    // Once they wrote, for a day.
    call(&filo, written(&filo, "wamid.IN", "È pronto?"))
        .await
        .is(200);
    receiver.react([taken("wamid.B")]);
    let answer = write(&filo, &id, OWED, "Sì, vieni pure").await;
    assert_eq!(sent(&filo, &answer).await, "sent");
    let body: Value = serde_json::from_str(&receiver.received()[1].body).unwrap();
    assert_eq!(
        body,
        json!({"messaging_product": "whatsapp", "recipient_type": "individual",
               "to": "393331234567", "type": "text", "biz_opaque_callback_data": answer,
               "text": {"body": "Sì, vieni pure", "preview_url": false}})
    );
    filo.advance(Duration::from_secs(86_401));
    let late = write(&filo, &id, OWED, "Ancora qui").await;
    assert_eq!(sent(&filo, &late).await, "failed");
}

#[tokio::test]
async fn statuses_find_their_message_and_each_answer_has_its_consequence() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    call(&filo, written(&filo, "wamid.IN", "Ciao"))
        .await
        .is(200);
    receiver.react([
        taken("wamid.A"),
        refused(131_047),
        Reaction::HangUp,
        refused(131_026),
    ]);
    let first = write(&filo, &id, CHAT, "Novità").await;
    assert_eq!(sent(&filo, &first).await, "sent");
    let text = message(&filo, &first).await["sent"]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(text.ends_with("rispondi STOP"), "{text}");
    // By its own id at Meta, and read without delivered.
    let seconds = (filo.now().0 / 1_000_000).to_string();
    let read = json!({"statuses": [{"id": "wamid.A", "status": "read", "timestamp": seconds,
                                    "recipient_id": "393331234567"}]});
    for _ in 0..2 {
        call(&filo, read.clone()).await.is(200);
    }
    let whole = message(&filo, &first).await;
    assert_eq!(whole["receipt"]["stage"], "read", "{whole}");
    assert_eq!(events(&filo, &id, "Message Read").await.len(), 1);

    let late = write(&filo, &id, OWED, "Due").await;
    assert_eq!(sent(&filo, &late).await, "failed");
    let may = asked(&filo, &id, "purpose=contract&channel=chat").await;
    assert_eq!(codes(&may), ["duty"], "the address stays");
    let unknown = write(&filo, &id, CHAT, "Tre").await;
    assert_eq!(sent(&filo, &unknown).await, "unknown");
    let told = json!({"statuses": [{"id": "wamid.C", "status": "delivered", "timestamp": seconds,
                                    "biz_opaque_callback_data": unknown}]});
    call(&filo, told).await.is(200);
    assert_eq!(message(&filo, &unknown).await["state"], "sent");
    let gone = write(&filo, &id, OWED, "Quattro").await;
    assert_eq!(sent(&filo, &gone).await, "failed");
    let may = asked(&filo, &id, "purpose=contract&channel=chat").await;
    assert_eq!(codes(&may), ["suppressed"]);
    let may = asked(&filo, &id, "purpose=contract&channel=sms").await;
    assert_eq!(codes(&may), ["duty"], "the number still gets text messages");
    // Whoever writes is there.
    call(&filo, written(&filo, "wamid.IN2", "Ci sono"))
        .await
        .is(200);
    let may = asked(&filo, &id, "purpose=contract&channel=chat").await;
    assert_eq!(codes(&may), ["duty"]);
}

#[tokio::test]
async fn stop_ends_chats_and_what_is_not_signed_changes_nothing() {
    let receiver = Receiver::start().await;
    let (filo, id) = connected(&receiver).await;
    let body = brought(written(&filo, "wamid.S", "stop")).to_string();
    let right = signature(&body);
    for (body, signature) in [
        (body.clone(), ""),
        (body.clone(), "sha256=00"),
        (body.clone(), &right["sha256=".len()..]),
        (format!("{body} "), right.as_str()),
        (body.replace("stop", "STOP"), right.as_str()),
    ] {
        let answer = brings(&filo, body, signature).await;
        assert_eq!(answer.status, 403, "{signature}");
    }
    let marketing = "purpose=marketing&channel=chat";
    assert_eq!(codes(&asked(&filo, &id, marketing).await), ["granted"]);
    assert_eq!(events(&filo, &id, "Message Received").await.len(), 0);

    filo.advance(Duration::from_secs(60));
    for _ in 0..2 {
        brings(&filo, body.clone(), &right).await.is(200);
    }
    let why = asked(&filo, &id, marketing).await;
    assert!(codes(&why).contains(&"suppressed"), "{why}");
    assert_eq!(events(&filo, &id, "Message Received").await.len(), 1);
    let received = events(&filo, &id, "Message Received").await;
    assert_eq!(received[0]["properties"]["name"], "Anna");

    // Whether the address is ours is told to who knows the word.
    let ask = |token: &str| {
        let query = format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444");
        filo.get(&format!("{HOOK}?{query}"))
    };
    assert_eq!(ask("parola").send().await.ok().text(), "1158201444");
    ask("altra").send().await.is(403);
    ask("").send().await.is(403);
    filo.get(HOOK).send().await.is(403);
    filo.get("/public/channels/sms").send().await.is(403);
}
