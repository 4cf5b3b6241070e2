//! A step that may say it by several media: one message, by the first that is not refused.

use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use super::{anna_on, filo_at, put, taken, twilio};
use crate::consent_ledger::anna;
use crate::journey::{by_lead, lead, start};
use crate::message_journey::messages;

async fn piece(filo: &Filo) -> String {
    let text =
        |medium: &str, fields: Value| json!({"medium": medium, "language": "it", "fields": fields});
    let piece = json!({"name": "Grazie", "purpose": "marketing", "class": "marketing",
        "adaptations": [text("email", json!({"subject": "Grazie", "text": "Ciao."})),
                        text("sms", json!({"text": "Ciao in breve."}))]});
    let made = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    made["id"].as_str().unwrap().to_owned()
}

fn say(piece: &str) -> Value {
    by_lead(json!([{"id": "hello", "do": {"send": {
        "piece": piece, "medium": "sms", "fallbacks": ["email"]}}}]))
}

async fn verdicts(filo: &Filo, message: &Value) -> Vec<Value> {
    let id = message["id"].as_str().unwrap();
    let whole = filo.api_get(&format!("/api/v1/messages/{id}")).await;
    whole["verdicts"].as_array().unwrap().clone()
}

#[tokio::test]
async fn without_a_yes_for_one_medium_it_goes_by_the_next_and_says_why() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    anna(&filo).await;
    start(&filo, say(&piece(&filo).await)).await;
    filo.send([lead("anna", 1)]).await;
    let sent = messages(&filo).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(
        (&sent[0]["medium"], &sent[0]["state"], &sent[0]["fallbacks"]),
        (&json!("email"), &json!("sent"), &json!([])),
        "{sent:?}"
    );
    let said = verdicts(&filo, &sent[0]).await;
    let outcomes: Vec<&Value> = said.iter().map(|it| &it["outcome"]).collect();
    assert_eq!(outcomes, ["pass_on", "go"], "{said:?}");
    let findings = said[0]["findings"].as_array().unwrap();
    let last = findings.last().unwrap();
    assert_eq!(
        (&last["why"], &last["from"], &last["medium"]),
        (&json!("passes_on"), &json!("sms"), &json!("email"))
    );
    assert_eq!(receiver.received().len(), 0, "nothing left by text message");
}

#[tokio::test]
async fn who_said_yes_to_the_first_gets_that_one_alone() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    anna_on(&filo, "sms").await;
    receiver.react([taken("SM1")]);
    start(&filo, say(&piece(&filo).await)).await;
    filo.send([lead("anna", 1)]).await;
    let sent = messages(&filo).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(
        (&sent[0]["medium"], &sent[0]["state"], &sent[0]["fallbacks"]),
        (&json!("sms"), &json!("sent"), &json!(["email"])),
        "{sent:?}"
    );
    assert_eq!(receiver.received().len(), 1);
}

#[tokio::test]
async fn a_piece_without_a_text_for_one_of_them_is_not_started() {
    let filo = Filo::start().await;
    let piece = crate::message_journey::piece(&filo, "Ciao.").await;
    let new = json!({"name": "Prova", "journey": say(&piece)});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let id = made["id"].as_str().unwrap();
    let start = filo
        .post(&format!("/api/v1/journeys/{id}/publishing"))
        .bearer(&filo.api_key)
        .json(&json!({"version": made["version"]}));
    let refused = start.send().await.is(422).text();
    assert!(
        refused.contains("/steps/0/do/send/fallbacks") && refused.contains("`sms`"),
        "{refused}"
    );
}
