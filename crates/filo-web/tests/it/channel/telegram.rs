//! A bot of Telegram: connected by asking it, bound to people by their own links.

use std::time::Duration;

use filo_testkit::{Answer, Filo, Reaction, Receiver};
use serde_json::{Value, json};

use super::{anna_on, events, filo_at, message, put, sent, write};
use crate::consent_ledger::{asked, codes};

const HOOK: &str = "/public/channels/telegram";
const TOKEN: &str = "123:AAbb_cc-1";
const CHAT: i64 = 5_000_000_001;
const OWED: (&str, &str) = ("telegram", "contract");

fn is(result: &Value) -> Reaction {
    Reaction::Json(200, json!({"ok": true, "result": result}).to_string())
}

fn refused(code: u16, description: &str, parameters: &Value) -> Reaction {
    let body = json!({"ok": false, "error_code": code, "description": description,
                      "parameters": parameters});
    Reaction::Json(code, body.to_string())
}

/// A Filo with a bot, somebody who said yes to chats, and the secret that the bot was told.
async fn connected(receiver: &Receiver) -> (Filo, String, String) {
    let filo = filo_at(receiver).await;
    receiver.react([
        is(&json!({"id": 1, "is_bot": true, "username": "BottegaBot"})),
        is(&json!(true)),
    ]);
    let account = json!({"carrier": "telegram", "secrets": {"token": TOKEN}, "version": 0});
    put(&filo, "/api/v1/channels/telegram", account).await.ok();
    let told: Value = serde_json::from_str(&receiver.received()[1].body).unwrap();
    let secret = told["secret_token"].as_str().unwrap().to_owned();
    let id = anna_on(&filo, "chat").await;
    (filo, id, secret)
}

async fn brings(filo: &Filo, secret: &str, update: &Value) -> Answer {
    let request = filo
        .post(HOOK)
        .header("x-telegram-bot-api-secret-token", secret);
    request.json(update).send().await
}

fn update(number: i64, chat: i64, text: &str) -> Value {
    json!({"update_id": number, "message": {"message_id": number, "date": 1_791_367_201,
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, "is_bot": false, "first_name": "Anna", "last_name": "Bianchi"},
        "text": text}})
}

async fn link(filo: &Filo, id: &str) -> String {
    let path = format!("/api/v1/customers/{id}/telegram-link");
    let link = filo.api_get(&path).await["url"]
        .as_str()
        .unwrap()
        .to_owned();
    link.strip_prefix("https://t.me/BottegaBot?start=")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_bot_is_asked_who_it_is_and_told_where_to_bring_things() {
    let receiver = Receiver::start().await;
    let (filo, _, secret) = connected(&receiver).await;
    let received = receiver.received();
    assert_eq!(received[0].line, format!("POST /bot{TOKEN}/getMe"));
    assert_eq!(received[1].line, format!("POST /bot{TOKEN}/setWebhook"));
    let told: Value = serde_json::from_str(&received[1].body).unwrap();
    assert_eq!(told["url"], format!("https://filo.example{HOOK}"));
    assert_eq!(
        told["allowed_updates"],
        json!(["message", "my_chat_member"])
    );
    assert!(secret.len() >= 32 && secret.bytes().all(|it| it.is_ascii_alphanumeric()));
    let known = filo.api_get("/api/v1/channels/telegram").await;
    assert_eq!(known["account"]["sender"], "@BottegaBot");
    assert_eq!(known["account"]["secrets"], json!(["token"]));
    assert!(!known.to_string().contains(TOKEN) && !known.to_string().contains(&secret));
    // A token that Telegram does not know is not kept.
    receiver.react([refused(401, "Unauthorized", &json!({}))]);
    let other = json!({"carrier": "telegram", "secrets": {"token": "999:no"}, "version": 1});
    let refused = put(&filo, "/api/v1/channels/telegram", other).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(
        filo.api_get("/api/v1/channels/telegram").await["version"],
        1
    );
}

#[tokio::test]
async fn a_chat_belongs_to_whoever_followed_their_own_link() {
    let receiver = Receiver::start().await;
    let (filo, id, secret) = connected(&receiver).await;
    let before = write(&filo, &id, OWED, "Ciao").await;
    assert_eq!(
        sent(&filo, &before).await,
        "stopped",
        "a bot never writes first"
    );
    let verdicts = message(&filo, &before).await["verdicts"].to_string();
    assert!(
        verdicts.contains("no_address"),
        "a number is no chat: {verdicts}"
    );

    // Without a link, or with one that is not ours, somebody is nobody we know.
    for (number, text) in [(1, "/start"), (2, "/start AAAA"), (3, "Buongiorno")] {
        brings(&filo, &secret, &update(number, 77, text))
            .await
            .is(200);
    }
    let other = filo
        .find(filo_core::identity::Kind::Telegram, "77")
        .await
        .unwrap();
    assert_ne!(other.id.to_string(), id);

    let token = link(&filo, &id).await;
    assert!(token.len() <= 64);
    let start = update(4, CHAT, &format!("/start {token}"));
    for _ in 0..2 {
        brings(&filo, &secret, &start).await.is(200);
    }
    filo.settle().await;
    let bound = filo
        .find(filo_core::identity::Kind::Telegram, &CHAT.to_string())
        .await;
    assert_eq!(bound.unwrap().id.to_string(), id);
    let began = events(&filo, &id, "Live Chat Conversation Started").await;
    assert_eq!(began.len(), 1, "{began:?}");

    receiver.react([is(&json!({"message_id": 12}))]);
    let sms = write(&filo, &id, OWED, "Il tuo ordine è pronto").await;
    assert_eq!(sent(&filo, &sms).await, "sent");
    let received = receiver.received();
    let last = received.last().unwrap();
    assert_eq!(last.line, format!("POST /bot{TOKEN}/sendMessage"));
    let body: Value = serde_json::from_str(&last.body).unwrap();
    assert_eq!(
        body,
        json!({"chat_id": CHAT, "text": "Il tuo ordine è pronto",
               "link_preview_options": {"is_disabled": true}})
    );
    // An old link binds nobody.
    let token = link(&filo, &id).await;
    filo.advance(Duration::from_secs(31 * 86_400));
    brings(&filo, &secret, &update(5, 78, &format!("/start {token}")))
        .await
        .is(200);
    filo.settle().await;
    let late = filo
        .find(filo_core::identity::Kind::Telegram, "78")
        .await
        .unwrap();
    assert_ne!(late.id.to_string(), id);
}

#[tokio::test]
async fn who_blocks_the_bot_is_left_alone_until_they_write_again() {
    let receiver = Receiver::start().await;
    let (filo, id, secret) = connected(&receiver).await;
    let token = link(&filo, &id).await;
    brings(&filo, &secret, &update(4, CHAT, &format!("/start {token}")))
        .await
        .is(200);
    filo.settle().await;
    receiver.react([
        refused(
            429,
            "Too Many Requests: retry after 5",
            &json!({"retry_after": 5}),
        ),
        is(&json!({"message_id": 1})),
    ]);
    let slow = write(&filo, &id, OWED, "Uno").await;
    assert_eq!(sent(&filo, &slow).await, "queued");
    filo.advance(Duration::from_secs(6));
    assert_eq!(sent(&filo, &slow).await, "sent");

    receiver.react([refused(
        403,
        "Forbidden: bot was blocked by the user",
        &json!({}),
    )]);
    let blocked = write(&filo, &id, OWED, "Due").await;
    assert_eq!(sent(&filo, &blocked).await, "failed");
    let next = write(&filo, &id, OWED, "Tre").await;
    assert_eq!(sent(&filo, &next).await, "stopped");
    brings(&filo, &secret, &update(6, CHAT, "Eccomi"))
        .await
        .is(200);
    filo.settle().await;
    receiver.react([is(&json!({"message_id": 2}))]);
    let again = write(&filo, &id, OWED, "Quattro").await;
    assert_eq!(sent(&filo, &again).await, "sent");

    // Telegram itself tells that they left.
    filo.advance(Duration::from_secs(60));
    let left = json!({"update_id": 7, "my_chat_member": {
        "chat": {"id": CHAT, "type": "private"}, "from": {"id": CHAT}, "date": 1_791_370_000,
        "old_chat_member": {"status": "member"}, "new_chat_member": {"status": "kicked"}}});
    brings(&filo, &secret, &left).await.is(200);
    let why = asked(&filo, &id, "purpose=marketing&channel=chat").await;
    assert!(codes(&why).contains(&"denied"), "{why}");
}

#[tokio::test]
async fn without_the_secret_nothing_is_read() {
    let receiver = Receiver::start().await;
    let (filo, id, secret) = connected(&receiver).await;
    let token = link(&filo, &id).await;
    let start = update(4, CHAT, &format!("/start {token}"));
    for wrong in ["", "x", &secret[1..], &secret.to_uppercase()] {
        if wrong != secret {
            brings(&filo, wrong, &start).await.is(403);
        }
    }
    filo.post(HOOK).json(&start).send().await.is(403);
    let nobody = filo
        .find(filo_core::identity::Kind::Telegram, &CHAT.to_string())
        .await;
    assert!(nobody.is_none());
    for odd in [
        json!([]),
        json!({"update_id": "x"}),
        json!({"update_id": 1, "message": {}}),
    ] {
        brings(&filo, &secret, &odd).await.is(200);
    }
}
