//! Whose a browser is: of whom the company's systems know, only what they say counts (I16).

use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use super::browser::{Browser, filo_of};
use super::{anna_on, sent, write};
use crate::consent_ledger::{asked, codes};
use crate::journey::{by_lead, lead, start};
use crate::message_journey::messages;

const OWED: (&str, &str) = ("push", "contract");
const OFFER: (&str, &str) = ("push", "marketing");

async fn claims_to_be_anna(filo: &Filo, anonymous: &str) {
    filo.send_public([
        json!({"type": "identify", "userId": "anna", "anonymousId": anonymous,
                             "messageId": format!("i-{anonymous}")}),
    ])
    .await;
}

/// What the company's own server says when she logs in.
async fn server_says(filo: &Filo, anonymous: &str) {
    filo.send([
        json!({"type": "identify", "userId": "anna", "anonymousId": anonymous,
                      "messageId": format!("s-{anonymous}")}),
    ])
    .await;
}

#[tokio::test]
async fn a_public_key_moves_nothing_of_hers_to_another_browser() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let id = anna_on(&filo, "app").await;
    claims_to_be_anna(&filo, "thief").await;
    let thief = Browser::at(&receiver, "thief");
    thief.says_yes(&filo, &receiver, "thief").await;
    for (what, text) in [(OWED, "Il tuo ordine 42"), (OFFER, "Solo per te, Anna")] {
        let message = write(&filo, &id, what, text).await;
        assert_eq!(sent(&filo, &message).await, "stopped", "{text}");
    }
    let may = asked(&filo, &id, "purpose=contract&channel=app").await;
    assert_eq!(codes(&may), ["no_address"], "{may}");
    assert_eq!(receiver.received().len(), 1, "only the question left");

    // Her own browser, of which the company's server knows, gets them; the other still does not.
    server_says(&filo, "hers").await;
    let hers = Browser::at(&receiver, "hers");
    hers.says_yes(&filo, &receiver, "hers").await;
    thief_again(&filo, &receiver, &thief).await;
    let message = write(&filo, &id, OWED, "Il tuo ordine 43").await;
    assert_eq!(sent(&filo, &message).await, "sent");
    let last = receiver.received().pop().unwrap();
    assert_eq!(last.line, "POST /hers");
    assert_eq!(hers.read(&last)["text"], "Il tuo ordine 43");
    assert_eq!(
        hers.read(&last)["out"],
        Value::Null,
        "what is owed has no way out"
    );
}

/// The one seen last is the one that claims.
async fn thief_again(filo: &Filo, receiver: &Receiver, thief: &Browser) {
    filo.advance(std::time::Duration::from_secs(600));
    thief.says_yes(filo, receiver, "thief").await;
    claims_to_be_anna(filo, "thief-2").await;
}

#[tokio::test]
async fn what_she_denied_no_browser_of_a_claim_brings_back() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let id = anna_on(&filo, "app").await;
    filo.advance(std::time::Duration::from_secs(60));
    filo.send([
        json!({"type": "track", "event": "Consent Withdrawn", "userId": "anna",
        "messageId": "no", "properties": {"purpose": "marketing", "channel": "app"}}),
    ])
    .await;
    claims_to_be_anna(&filo, "thief").await;
    let thief = Browser::at(&receiver, "thief");
    thief.says_yes(&filo, &receiver, "thief").await;
    let after = asked(&filo, &id, "purpose=marketing&channel=app").await;
    assert!(codes(&after).contains(&"denied"), "{after}");

    // In a browser that is proved to be hers she says yes herself.
    filo.advance(std::time::Duration::from_secs(60));
    server_says(&filo, "hers").await;
    let hers = Browser::at(&receiver, "hers");
    hers.says_yes(&filo, &receiver, "hers").await;
    let after = asked(&filo, &id, "purpose=marketing&channel=app").await;
    assert_eq!(after["may"], json!(true), "{after}");
}

#[tokio::test]
async fn a_journey_says_a_piece_by_notification() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    anna_on(&filo, "app").await;
    server_says(&filo, "hers").await;
    let hers = Browser::at(&receiver, "hers");
    hers.says_yes(&filo, &receiver, "hers").await;
    let piece = json!({"name": "Grazie", "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "push", "language": "it",
            "fields": {"title": "Grazie", "text": "Ti aspettiamo",
                       "link": "https://bar.example/menu?a=1"}}]});
    let made = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    let piece = made["id"].as_str().unwrap();
    start(
        &filo,
        by_lead(json!([{"id": "hello", "do": {"send": {"piece": piece, "value": 9, "medium": "push"}}}])),
    )
    .await;
    filo.send([lead("anna", 1)]).await;
    let sent = messages(&filo).await;
    assert_eq!(
        (&sent[0]["medium"], &sent[0]["state"]),
        (&json!("push"), &json!("sent")),
        "{sent:?}"
    );
    let told = hers.read(receiver.received().last().unwrap());
    assert_eq!(told["text"], "Ti aspettiamo");
    assert_eq!(told["link"], "https://bar.example/menu?a=1");
    assert_eq!(told["title"], "Grazie");
}
