//! What leaves over Twilio, byte by byte, and what each of its answers means.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_testkit::{Reaction, Receiver};
use serde_json::json;

use super::{
    ACCOUNT, TOKEN, anna_on, events, filo_at, message, put, refused, sent, taken, twilio, write,
};
use crate::consent_ledger::{anna, asked, codes};
use crate::journey::{by_lead, lead, settled, start};

const SMS: (&str, &str) = ("sms", "marketing");
const OWED: (&str, &str) = ("sms", "contract");

#[tokio::test]
async fn a_text_message_is_written_as_twilio_wants_it() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    let id = anna_on(&filo, "sms").await;
    receiver.react([taken("SM00000000000000000000000000000001")]);
    let sms = write(&filo, &id, SMS, "È arrivato il caffè & di più").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let received = &receiver.received()[0];
    let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
    assert_eq!(received.line, format!("POST {path}"));
    let basic = STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"));
    assert_eq!(received.header("authorization"), format!("Basic {basic}"));
    assert_eq!(
        received.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(&received.body).unwrap();
    let expected = [
        ("To", "+393331234567".to_owned()),
        ("From", "+390210000000".to_owned()),
        (
            "Body",
            "È arrivato il caffè & di più\nPer non riceverne più rispondi STOP".to_owned(),
        ),
        (
            "StatusCallback",
            format!("https://filo.example/public/channels/sms?message={sms}"),
        ),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(fields, expected);
    let whole = message(&filo, &sms).await;
    assert_eq!(
        whole["receipt"]["carrier_id"],
        "SM00000000000000000000000000000001"
    );
    assert_eq!(
        (&whole["medium"], &whole["basis"]),
        (&json!("sms"), &json!("consent"))
    );
    let thread = events(&filo, &id, "Message Sent").await;
    assert_eq!(thread.len(), 1, "{thread:?}");
    assert_eq!(thread[0]["properties"]["message"], sms.as_str());
    assert_eq!(thread[0]["channel"], "sms");
}

#[tokio::test]
async fn a_name_cannot_be_answered_and_a_group_picks_its_number() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    let id = anna_on(&filo, "sms").await;
    put(&filo, "/api/v1/channels/sms", twilio("Bottega"))
        .await
        .ok();
    receiver.react([taken("SM1"), taken("SM2"), taken("SM3")]);
    let sms = write(&filo, &id, SMS, "Novità").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let text = message(&filo, &sms).await["sent"]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    let link = text
        .split_once("https://filo.example")
        .unwrap()
        .1
        .to_owned();
    assert!(receiver.received()[0].body.contains("From=Bottega&"));

    // What is owed carries no way out.
    let owed = write(&filo, &id, OWED, "Il tuo ordine è pronto").await;
    assert_eq!(sent(&filo, &owed).await, "sent");
    let text = message(&filo, &owed).await["sent"]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(text, "Il tuo ordine è pronto");

    // The link under it ends text messages and chats, for this purpose.
    let page = filo.get(&link).send().await.ok().text();
    assert!(page.contains("numero"), "{page}");
    filo.post(&link).form("").send().await.ok();
    let more = write(&filo, &id, SMS, "Altre novità").await;
    assert_eq!(sent(&filo, &more).await, "stopped");
    assert_eq!(
        codes(&asked(&filo, &id, "purpose=marketing&channel=email").await),
        ["granted"]
    );

    let group = format!("MG{}", "0".repeat(32));
    let mut account = twilio(&group);
    account["version"] = 1.into();
    put(&filo, "/api/v1/channels/sms", account).await.ok();
    let owed = write(&filo, &id, OWED, "Ritiro").await;
    assert_eq!(sent(&filo, &owed).await, "sent");
    let body = &receiver.received()[2].body;
    assert!(
        body.contains(&format!("MessagingServiceSid={group}")),
        "{body}"
    );
    assert!(!body.contains("From="), "{body}");
}

#[tokio::test]
async fn of_a_broken_connection_marketing_is_unknown_and_what_is_owed_is_said_again() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    let id = anna_on(&filo, "sms").await;
    // They hang up after the whole request; and say that they do not know.
    receiver.react([Reaction::HangUp, Reaction::Status(502)]);
    for text in ["Offerta", "Altra offerta"] {
        let promotion = write(&filo, &id, SMS, text).await;
        assert_eq!(sent(&filo, &promotion).await, "unknown", "{text}");
    }
    assert_eq!(
        receiver.received().len(),
        2,
        "it came, and was not said again"
    );

    receiver.react([Reaction::HangUp, taken("SM1")]);
    let owed = write(&filo, &id, OWED, "Il tuo ordine").await;
    assert_eq!(sent(&filo, &owed).await, "queued");
    filo.advance(Duration::from_secs(61));
    assert_eq!(sent(&filo, &owed).await, "sent");
    assert_eq!(receiver.received().len(), 4);
}

#[tokio::test]
async fn a_restart_says_nothing_twice_that_was_on_its_way() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    let id = anna_on(&filo, "sms").await;
    receiver.react([Reaction::Hold]);
    let promotion = write(&filo, &id, SMS, "Offerta").await;
    while message(&filo, &promotion).await["state"] != "claimed" {
        tokio::task::yield_now().await;
    }
    let filo = filo.restart().await;
    receiver.release();
    assert_eq!(sent(&filo, &promotion).await, "unknown");
    assert!(receiver.received().len() <= 1);
}

#[tokio::test]
async fn each_answer_has_its_consequence() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    let id = anna_on(&filo, "sms").await;

    // Too much: it was no try, and the next waits as long as was said.
    let slow = "HTTP/1.1 429 X\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n";
    receiver.react([Reaction::Bytes(slow.into()), taken("SM1")]);
    let owed = write(&filo, &id, OWED, "Uno").await;
    assert_eq!(sent(&filo, &owed).await, "queued");
    assert_eq!(message(&filo, &owed).await["tries"], 0);
    filo.advance(Duration::from_secs(6));
    assert_eq!(sent(&filo, &owed).await, "sent");

    // Our account: it waits, and somebody is told.
    receiver.react([
        Reaction::Json(
            401,
            json!({"code": 20003, "message": "Authenticate"}).to_string(),
        ),
        taken("SM2"),
    ]);
    let owed = write(&filo, &id, OWED, "Due").await;
    filo.advance(Duration::from_secs(300));
    assert_eq!(sent(&filo, &owed).await, "queued");
    let incidents = filo.api_get("/api/v1/incidents").await.to_string();
    assert!(incidents.contains("channel_refused"), "{incidents}");
    filo.advance(Duration::from_secs(61));
    assert_eq!(sent(&filo, &owed).await, "sent");

    // This message: refused for good, the address stays.
    receiver.react([refused(21_617)]);
    let long = write(&filo, &id, OWED, "Tre").await;
    filo.advance(Duration::from_secs(300));
    assert_eq!(sent(&filo, &long).await, "failed");
    assert!(
        message(&filo, &long).await["answer"]
            .as_str()
            .unwrap()
            .starts_with("21617")
    );
    assert_eq!(
        codes(&asked(&filo, &id, "purpose=contract&channel=sms").await),
        ["duty"]
    );

    // They said no there: no more advertising, receipts still go.
    receiver.react([refused(21_610)]);
    let said_no = write(&filo, &id, SMS, "Quattro").await;
    filo.advance(Duration::from_secs(300));
    assert_eq!(sent(&filo, &said_no).await, "failed");
    assert_eq!(
        codes(&asked(&filo, &id, "purpose=marketing&channel=sms").await),
        ["suppressed"]
    );
    assert_eq!(
        codes(&asked(&filo, &id, "purpose=contract&channel=sms").await),
        ["duty"]
    );

    // The number does not exist: nothing goes there, and mail still does.
    receiver.react([refused(21_614)]);
    let dead = write(&filo, &id, OWED, "Cinque").await;
    filo.advance(Duration::from_secs(300));
    assert_eq!(sent(&filo, &dead).await, "failed");
    assert_eq!(
        codes(&asked(&filo, &id, "purpose=contract&channel=sms").await),
        ["suppressed"]
    );
    assert_eq!(
        codes(&asked(&filo, &id, "purpose=contract&channel=email").await),
        ["duty"]
    );
    let next = write(&filo, &id, OWED, "Sei").await;
    assert_eq!(sent(&filo, &next).await, "stopped");
}

#[tokio::test]
async fn messages_keep_the_pace_of_the_account() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    let mut account = twilio("+390210000000");
    account["per_minute"] = 1.into();
    put(&filo, "/api/v1/channels/sms", account).await.ok();
    let id = anna_on(&filo, "sms").await;
    receiver.react([taken("SM1"), taken("SM2")]);
    let one = write(&filo, &id, OWED, "Uno").await;
    let two = write(&filo, &id, OWED, "Due").await;
    // A bucket that nobody has used holds one.
    assert_eq!(sent(&filo, &one).await, "sent");
    assert_eq!(sent(&filo, &two).await, "queued");
    let filo = filo.restart().await;
    assert_eq!(
        sent(&filo, &two).await,
        "queued",
        "a restart gives no turn twice"
    );
    filo.advance(Duration::from_secs(61));
    assert_eq!(sent(&filo, &two).await, "sent");
}

#[tokio::test]
async fn a_step_of_a_journey_says_a_piece_by_text_message() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    let id = anna_on(&filo, "sms").await;
    let piece = json!({"name": "Grazie", "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "sms", "language": "it",
                         "fields": {"text": "Ti interessa: {{ event.topic }}."}}]});
    let made = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    let piece = made["id"].as_str().unwrap();
    let step = |medium: &str| {
        by_lead(json!([
            {"id": "hello", "do": {"send": {"piece": piece, "medium": medium}}},
            {"id": "later", "do": {"wait": {"for": "1 week"}}}]))
    };
    start(&filo, step("sms")).await;
    receiver.react([taken("SM1")]);
    filo.send([lead("anna", 1)]).await;
    settled(&filo).await;
    filo.app.send_messages().await.unwrap();
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    assert!(
        received[0].body.contains("Ti+interessa%3A+ufficio."),
        "{}",
        received[0].body
    );
    assert!(
        received[0].body.contains("rispondi+STOP"),
        "{}",
        received[0].body
    );
    let list = filo
        .api_get(&format!("/api/v1/customers/{id}/messages"))
        .await;
    let message = &list["data"][0];
    assert_eq!(
        (&message["medium"], &message["state"], &message["origin"]),
        (&json!("sms"), &json!("sent"), &json!("journey"))
    );
    // A medium by which nothing leaves does not start.
    let new = json!({"name": "X", "journey": step("counter")});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let path = format!(
        "/api/v1/journeys/{}/publishing",
        made["id"].as_str().unwrap()
    );
    let publish = filo.post(&path).bearer(&filo.api_key);
    let refused = publish
        .json(&json!({"version": made["version"]}))
        .send()
        .await;
    assert!(refused.status.is_client_error(), "{}", refused.text());
    assert!(refused.text().contains("medium"), "{}", refused.text());
}

#[tokio::test]
async fn who_has_no_number_is_told_nothing() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    anna(&filo).await;
    filo.send([
        json!({"type": "identify", "userId": "bruno", "messageId": "b1",
               "traits": {"email": "bruno@example.it"}}),
    ])
    .await;
    let bruno = filo.user("bruno").await.id.to_string();
    let sms = write(&filo, &bruno, OWED, "Ciao").await;
    assert_eq!(sent(&filo, &sms).await, "stopped");
    let verdicts = message(&filo, &sms).await["verdicts"].to_string();
    assert!(verdicts.contains("no_address"), "{verdicts}");
    assert_eq!(receiver.received().len(), 0);
}
