//! Consent as it comes in: 3.11, line 12, and I16.

use filo_testkit::Filo;
use serde_json::{Value, json};

async fn statuses(filo: &Filo, query: &str) -> Vec<(String, String)> {
    let customer = filo
        .api_get(&format!("/api/v1/customers/lookup?{query}"))
        .await;
    let lines = customer["consents"].as_array().unwrap().iter();
    let mut found: Vec<_> = lines
        .map(|line| {
            let word = |name: &str| line[name].as_str().unwrap_or("*").to_owned();
            (word("purpose"), word("status"))
        })
        .collect();
    found.sort();
    found
}

fn preferences(message: &str, categories: &Value) -> Value {
    json!({
        "type": "track", "event": "Segment Consent Preference Updated", "userId": "u-1",
        "messageId": message, "context": {"consent": {"categoryPreferences": categories}},
    })
}

#[tokio::test]
async fn preferences_write_the_ledger_and_an_empty_list_denies_all() {
    let filo = Filo::start().await;
    filo.send([preferences(
        "1",
        &json!({"Advertising": true, "Analytics": false}),
    )])
    .await;
    let found = statuses(&filo, "user_id=u-1").await;
    let of = |found: &[(String, String)], purpose: &str| {
        found
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(purpose))
            .map(|(_, status)| status.clone())
    };
    assert_eq!(
        of(&found, "advertising").as_deref(),
        Some("granted"),
        "{found:?}"
    );
    assert_eq!(
        of(&found, "analytics").as_deref(),
        Some("denied"),
        "{found:?}"
    );
    filo.advance(std::time::Duration::from_secs(1));
    filo.send([preferences("2", &json!({}))]).await;
    let found = statuses(&filo, "user_id=u-1").await;
    assert!(
        found.iter().all(|(_, status)| status == "denied"),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_public_key_claims_a_yes_but_its_no_counts() {
    let filo = Filo::start().await;
    filo.send_public([preferences("1", &json!({"Advertising": true}))])
        .await;
    let found = statuses(&filo, "user_id=u-1").await;
    assert!(
        found.iter().all(|(_, status)| status != "granted"),
        "{found:?}"
    );
    filo.send([preferences("2", &json!({"Advertising": true}))])
        .await;
    filo.advance(std::time::Duration::from_secs(5));
    filo.send_public([preferences("3", &json!({"Advertising": false}))])
        .await;
    let found = statuses(&filo, "user_id=u-1").await;
    assert!(
        found.iter().any(|(_, status)| status == "denied"),
        "{found:?}"
    );
    assert!(
        found.iter().all(|(_, status)| status != "granted"),
        "{found:?}"
    );
}

#[tokio::test]
async fn people_record_consent_with_its_proof() {
    let filo = Filo::start().await;
    filo.send([json!({"type": "identify", "userId": "u-1", "messageId": "1"})])
        .await;
    let id = filo.user("u-1").await.id;
    let path = format!("/api/v1/customers/{id}/consents");
    let given = json!({"purpose": "marketing", "channel": "email", "granted": true,
                       "wording": "v3", "proof": "form 117"});
    filo.api_post(&path, &given).await;
    let customer = filo.api_get(&format!("/api/v1/customers/{id}")).await;
    let line = &customer["consents"][0];
    assert_eq!(
        (&line["status"], &line["channel"]),
        (&json!("granted"), &json!("email"))
    );
    assert!(line["event"].as_str().unwrap().starts_with("evt_"));
    let without_proof = json!({"purpose": "marketing", "granted": true});
    let answer = filo
        .post(&path)
        .bearer(&filo.api_key)
        .json(&without_proof)
        .send()
        .await
        .is(422);
    assert_eq!(answer.json()["field"], "proof");
}
