//! Journeys that say something: the piece is fitted to its person when it leaves, with what the
//! event said that began it, and whose way was ended early is told nothing more.

use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::consent_ledger::anna;
use crate::journey::{DAY, by_lead, lead, runs, settled, start};

pub(crate) async fn piece(filo: &Filo, text: &str) -> String {
    let piece = json!({"name": "Grazie", "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "email", "language": "it",
                         "fields": {"subject": "Grazie", "text": text}}]});
    let made = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    made["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn nobody_held_back(filo: &Filo) {
    let mut policy = filo.api_get("/api/v1/settings/messages").await;
    policy["holdout_percent"] = 0.into();
    let path = "/api/v1/settings/messages";
    let request = filo
        .request(http::Method::PUT, path)
        .bearer(&filo.api_key)
        .json(&policy);
    request.send().await.ok();
}

pub(crate) async fn messages(filo: &Filo) -> Vec<Value> {
    settled(filo).await;
    filo.app.send_messages().await.unwrap();
    let list = filo.api_get("/api/v1/messages").await;
    list["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_step_says_a_piece_with_what_the_event_said_and_why() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let id = anna(&filo).await;
    let piece = piece(&filo, "Ti interessa: {{ event.topic }}.").await;
    let journey = start(
        &filo,
        by_lead(json!([
            {"id": "day", "do": {"wait": {"for": "1 day"}}},
            {"id": "hello", "do": {"send": {"piece": piece, "value": 9}}},
            {"id": "later", "do": {"wait": {"for": "1 week"}}}])),
    )
    .await;
    filo.send([lead("anna", 1)]).await;
    assert_eq!(messages(&filo).await, [] as [Value; 0]);
    filo.advance(DAY);
    let sent = messages(&filo).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(
        (&sent[0]["state"], &sent[0]["origin"], &sent[0]["piece"]),
        (&json!("sent"), &json!("journey"), &json!(piece)),
        "{sent:?}"
    );
    let message = sent[0]["id"].as_str().unwrap();
    let whole = filo.api_get(&format!("/api/v1/messages/{message}")).await;
    let text = whole["sent"]["text"].as_str().unwrap();
    assert!(text.contains("Ti interessa: ufficio."), "{text}");
    assert!(text.contains("Lead Submitted"), "why it came: {text}");
    assert!(text.contains("/public/unsubscribe/"), "{text}");
    // A restart says nothing twice.
    let filo = filo.restart().await;
    assert_eq!(messages(&filo).await.len(), 1);
    assert_eq!(runs(&filo, &journey).await.len(), 1);
    let page = filo
        .api_get(&format!("/api/v1/customers/{id}/messages"))
        .await;
    assert_eq!(page["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn whose_way_was_ended_is_told_nothing_more_and_a_missing_piece_is_shown() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    anna(&filo).await;
    let piece = piece(&filo, "Ciao.").await;
    let say = |piece: &str| {
        by_lead(json!([
            {"id": "hello", "do": {"send": {"piece": piece}}},
            {"id": "later", "do": {"wait": {"for": "1 week"}}}]))
    };
    let journey = start(&filo, say(&piece)).await;
    let mut policy = filo.api_get("/api/v1/settings/messages").await;
    policy["is_paused"] = true.into();
    let path = "/api/v1/settings/messages";
    let change = |policy: Value| {
        filo.request(http::Method::PUT, path)
            .bearer(&filo.api_key)
            .json(&policy)
    };
    change(policy.clone()).send().await.ok();
    filo.send([lead("anna", 1)]).await;
    let waiting = messages(&filo).await;
    assert_eq!(waiting[0]["state"], "awaiting", "{waiting:?}");
    let run = runs(&filo, &journey).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let end = filo
        .post(&format!("/api/v1/runs/{run}/end"))
        .bearer(&filo.api_key)
        .json(&json!({}));
    let ended = end.send().await;
    assert!(ended.status.is_success(), "{}", ended.text());
    settled(&filo).await;
    policy["is_paused"] = false.into();
    policy["version"] = filo.api_get(path).await["version"].clone();
    change(policy).send().await.ok();
    let stopped = messages(&filo).await;
    assert_eq!(stopped[0]["state"], "stopped", "{stopped:?}");
    let message = stopped[0]["id"].as_str().unwrap();
    let whole = filo.api_get(&format!("/api/v1/messages/{message}")).await;
    let verdicts = whole["verdicts"].as_array().unwrap();
    assert!(verdicts.last().unwrap().to_string().contains("reason_gone"));

    let gone = "pce_00000000000000000000000009";
    start(&filo, say(gone)).await;
    filo.send([lead("anna", 2)]).await;
    let failed = messages(&filo).await;
    assert!(
        failed.iter().any(|it| it["state"] == "failed"
            && it["answer"]
                .as_str()
                .is_some_and(|said| said.contains("piece"))),
        "{failed:?}"
    );
}
