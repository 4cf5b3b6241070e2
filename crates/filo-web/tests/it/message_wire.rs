//! Messages over a real conversation with a server of mail: what is on the wire, what a broken
//! connection means for each class, and what a restart does with what was on its way.

use std::time::Duration;

use filo_testkit::{Filo, MailReaction, MailServer, MailServerOptions};
use serde_json::{Value, json};

use crate::consent_ledger::anna;

/// Opt-outs that race against a claim.
const ROUNDS: usize = 100;
/// In so long every provider takes one message more.
const BETWEEN_ROUNDS: Duration = Duration::from_secs(3);

/// A Filo that writes to a server of ours, and nobody held back.
async fn filo_with(server: &MailServer) -> Filo {
    let filo = Filo::start_with(|config| {
        config.public_url = "https://filo.example".to_owned();
    })
    .await;
    put(&filo, "/api/v1/mail", account(server, json!({}), 0)).await;
    let mut policy = filo.api_get("/api/v1/settings/messages").await;
    policy["holdout_percent"] = 0.into();
    put(&filo, "/api/v1/settings/messages", policy).await;
    filo
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a document is written in place"
)]
fn account(server: &MailServer, per_minute: Value, version: i64) -> Value {
    json!({"server": {"host": "127.0.0.1", "port": server.address.port(),
                      "security": "none", "user": "", "own_relay": true},
           "from_address": "ciao@bottega.it", "from_name": "Bottega",
           "per_minute": per_minute, "version": version})
}

async fn put(filo: &Filo, path: &str, body: Value) {
    let request = filo
        .request(http::Method::PUT, path)
        .bearer(&filo.api_key)
        .json(&body);
    request.send().await.ok();
}

async fn write(filo: &Filo, customer: &str, purpose: &str, subject: &str) -> String {
    let new = json!({"medium": "email", "purpose": purpose, "subject": subject, "text": "Ciao."});
    let path = format!("/api/v1/customers/{customer}/messages");
    let made = filo.api_post(&path, &new).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn state(filo: &Filo, message: &str) -> String {
    let whole = filo.api_get(&format!("/api/v1/messages/{message}")).await;
    whole["state"].as_str().unwrap().to_owned()
}

fn head(server: &MailServer, number: usize, name: &str) -> String {
    let data = String::from_utf8(server.received()[number].data.clone()).unwrap();
    let start = format!("{name}: ");
    let line = data.lines().find(|line| line.starts_with(&start));
    line.unwrap_or_default()[start.len()..].to_owned()
}

#[tokio::test]
async fn marketing_can_be_ended_with_one_click_and_says_whom_it_is_from() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = filo_with(&server).await;
    let id = anna(&filo).await;
    let message = write(&filo, &id, "marketing", "È tornato il Sidamo").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &message).await, "sent");
    let received = server.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].to, "anna@example.it");
    let data = String::from_utf8(received[0].data.clone()).unwrap();
    assert!(data.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    assert!(data.contains("https://filo.example/public/unsubscribe/"));
    assert!(head(&server, 0, "From").contains("ciao@bottega.it"));

    // The button of the mailbox program: nothing more leaves for this purpose.
    let link = data
        .replace("\r\n ", "")
        .lines()
        .find(|line| line.starts_with("List-Unsubscribe: "))
        .and_then(|line| line.split(['<', '>']).find(|it| it.starts_with("https")))
        .unwrap()
        .replace("https://filo.example", "");
    let clicked = filo
        .post(&link)
        .form("List-Unsubscribe=One-Click")
        .send()
        .await;
    clicked.ok();
    let second = write(&filo, &id, "marketing", "Ancora").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &second).await, "stopped");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn of_a_broken_connection_marketing_is_unknown_and_what_is_owed_is_said_again() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = filo_with(&server).await;
    let id = anna(&filo).await;
    server.react([MailReaction::DropAfterData]);
    let promotion = write(&filo, &id, "marketing", "Offerta").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &promotion).await, "unknown");
    assert_eq!(
        server.received().len(),
        1,
        "it came, and was not said again"
    );

    server.react([MailReaction::DropAfterData]);
    let owed = write(&filo, &id, "contract", "Il tuo ordine").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &owed).await, "queued");
    filo.advance(Duration::from_secs(61));
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &owed).await, "sent");
    assert_eq!(server.received().len(), 3);
    let ids = [1, 2].map(|number| head(&server, number, "Message-ID"));
    assert!(!ids[0].is_empty());
    assert_eq!(ids[0], ids[1]);

    // A refusal for good is one; a full server is not.
    server.react([MailReaction::Recipient("550 5.1.1 no such user")]);
    let refused = write(&filo, &id, "contract", "Ritiro").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &refused).await, "failed");
    server.react([MailReaction::End("452 4.3.1 no room")]);
    let later = write(&filo, &id, "contract", "Ritiro").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &later).await, "queued");
}

#[tokio::test]
async fn what_was_on_its_way_when_everything_stopped_is_not_said_twice() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = filo_with(&server).await;
    let id = anna(&filo).await;
    server.react([MailReaction::Hold, MailReaction::Hold]);
    let promotion = write(&filo, &id, "marketing", "Offerta").await;
    let owed = write(&filo, &id, "contract", "Il tuo ordine").await;
    // Both are claimed, and nobody answers.
    while state(&filo, &promotion).await != "claimed" || state(&filo, &owed).await != "claimed" {
        tokio::task::yield_now().await;
    }
    let filo = filo.restart().await;
    server.release();
    filo.app.send_messages().await.unwrap();
    assert_eq!(state(&filo, &promotion).await, "unknown");
    assert_eq!(state(&filo, &owed).await, "sent");
}

#[tokio::test]
async fn a_slow_provider_gets_one_after_the_other_and_nobody_asks_twice() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = filo_with(&server).await;
    let id = anna(&filo).await;
    let slow = account(&server, json!({"other": 6}), 1);
    put(&filo, "/api/v1/mail", slow).await;
    let mut ids = Vec::new();
    for number in 0..4 {
        ids.push(write(&filo, &id, "contract", &format!("Ordine {number}")).await);
    }
    let mut came = Vec::new();
    for _ in 0..5 {
        filo.app.send_messages().await.unwrap();
        came.push(server.received().len());
        filo.advance(Duration::from_secs(10));
    }
    assert_eq!(came, [1, 2, 3, 4, 4]);
    for id in &ids {
        let whole = filo.api_get(&format!("/api/v1/messages/{id}")).await;
        // Once to be told their time, once to go.
        assert!(whole["verdicts"].as_array().unwrap().len() <= 2, "{whole}");
        assert_eq!(whole["state"], "sent");
    }
}

/// Opt-outs race against claims: what was still waiting when the answer to an opt-out came never
/// leaves.
#[tokio::test]
async fn no_message_is_claimed_after_the_answer_to_an_opt_out() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = filo_with(&server).await;
    for round in 0..ROUNDS {
        // The provider takes one more: nothing is put off for the pace, only for the answer.
        filo.advance(BETWEEN_ROUNDS);
        let email = format!("gara{round}@example.it");
        let call = |name: &str, id: &str| {
            json!({"type": "track", "event": name, "messageId": format!("{id}-{round}"),
                   "context": {"traits": {"email": email}}, "userId": format!("gara-{round}"),
                   "properties": {"purpose": "marketing", "channel": "email",
                                  "basis": "consent"}})
        };
        filo.send([call("Consent Granted", "si")]).await;
        filo.settle().await;
        let found = filo
            .find(filo_core::identity::Kind::Email, &email)
            .await
            .unwrap();
        let message = write(&filo, &found.id.to_string(), "marketing", "Gara").await;
        for _ in 0..round % 7 {
            tokio::task::yield_now().await;
        }
        filo.send([call("Consent Withdrawn", "no")]).await;
        let at_the_answer = state(&filo, &message).await;
        filo.app.send_messages().await.unwrap();
        let after = state(&filo, &message).await;
        match at_the_answer.as_str() {
            "queued" | "stopped" => assert_eq!(after, "stopped", "round {round}"),
            "claimed" | "sent" => assert!(after == "sent" || after == "stopped", "{after}"),
            other => unreachable!("{other}"),
        }
    }
}
