//! Each platform's own form, its answers, and trying an audience out.

use filo_testkit::{Filo, Reaction, Receiver};
use http::Method;
use serde_json::{Value, json};

use super::{
    ask, at_meta, audience, buyers, connect, filo_at, hash, make, synced, taken, two_who_bought,
};

/// An audience of whoever bought, at a platform.
async fn of_buyers(filo: &Filo, platform: &str, fields: &Value) -> String {
    let segment = buyers(filo).await;
    let draft = json!({"platform": platform, "delivery": "push", "remote": "99",
        "audience": {"name": "Compratori", "segment": segment, "fields": fields}});
    make(filo, &draft).await
}

fn given() -> Reaction {
    let body = json!({"access_token": "ya29", "expires_in": 3599, "token_type": "Bearer"});
    Reaction::Json(200, body.to_string())
}

#[tokio::test]
async fn google_is_told_with_consent_and_a_fresh_token() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    filo.send([json!({"type": "identify", "userId": "anna", "messageId": "more", "traits": {
        "first_name": "Anna", "last_name": "D'Amico", "postal_code": "37121", "country": "Italia"}})])
        .await;
    let account = json!({"account": "123-456-7890", "client_id": "id.apps",
        "secrets": {"client_secret": "s", "refresh_token": "1//r"}, "version": 0});
    connect(&filo, "google", &account).await;
    receiver.react([
        given(),
        Reaction::Json(200, r#"{"requestId":"r1"}"#.to_owned()),
    ]);
    let id = of_buyers(&filo, "google", &json!(["name", "place", "own_id"])).await;
    synced(&filo).await;
    let received = receiver.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[0].line, "POST /token");
    assert!(received[0].body.contains("grant_type=refresh_token"));
    assert_eq!(received[1].line, "POST /v1/audienceMembers:ingest");
    assert_eq!(received[1].header("authorization"), "Bearer ya29");
    let body: Value = serde_json::from_str(&received[1].body).unwrap();
    assert_eq!(body["consent"]["adUserData"], "CONSENT_GRANTED");
    let destination = json!({"operatingAccount": {"accountType": "GOOGLE_ADS", "accountId": "1234567890"},
                             "productDestinationId": "99"});
    assert_eq!(body["destinations"], json!([destination]));
    let text = body["audienceMembers"].to_string();
    for part in [
        hash("anna@example.it"),
        hash("+393331234567"),
        hash("d'amico"),
    ] {
        assert!(text.contains(&part), "{text}");
    }
    assert!(text.contains(r#""regionCode":"IT""#) && text.contains(r#""postalCode":"37121""#));
    assert_eq!(
        audience(&filo, &id).await["fields"],
        json!(["name", "place"])
    );

    // One that it cannot read spoils the batch: the others are told again without it.
    let violation = json!({"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "no",
        "details": [{"fieldViolations": [
            {"field": "audience_members[0].user_data", "description": "not a person"}]}]}});
    receiver.react([given(), Reaction::Json(400, violation.to_string())]);
    super::says(&filo, "bruno", "Consent Granted").await;
    synced(&filo).await;
    let shown = audience(&filo, &id).await;
    assert_eq!(
        (&shown["addresses"]["refused"], &shown["state"]),
        (&json!(1), &json!("in_step"))
    );
    let refused = filo
        .api_get(&format!("/api/v1/audiences/{id}/refused"))
        .await;
    assert_eq!(refused["data"][0]["why"], "not a person");
    assert_eq!(refused["data"][0]["hash"], hash("bruno@example.it"));
}

#[tokio::test]
async fn linkedin_is_told_of_addresses_alone() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    connect(
        &filo,
        "linkedin",
        &json!({"secrets": {"token": "AQX"}, "version": 0}),
    )
    .await;
    receiver.react([Reaction::Json(
        200,
        r#"{"elements":[{"status":201}]}"#.to_owned(),
    )]);
    let id = of_buyers(&filo, "linkedin", &json!(["name"])).await;
    synced(&filo).await;
    let received = &receiver.received()[0];
    assert_eq!(received.line, "POST /rest/dmpSegments/99/users");
    assert_eq!(received.header("x-restli-method"), "BATCH_CREATE");
    let body: Value = serde_json::from_str(&received.body).unwrap();
    let anna = json!({"action": "ADD",
        "userIds": [{"idType": "SHA256_EMAIL", "idValue": hash("anna@example.it")}]});
    assert_eq!(body["elements"], json!([anna]));
    let shown = audience(&filo, &id).await;
    assert_eq!(
        (&shown["addresses"]["phones"], &shown["fields"]),
        (&json!(0), &json!([]))
    );

    // Who is to be taken out and is not taken yet is told again.
    let slow = r#"{"elements":[{"status":429}]}"#;
    receiver.react([Reaction::Json(200, slow.to_owned())]);
    super::says(&filo, "anna", "Consent Withdrawn").await;
    synced(&filo).await;
    assert_eq!(audience(&filo, &id).await["addresses"]["to_take_out"], 1);
    receiver.react([Reaction::Json(
        200,
        r#"{"elements":[{"status":404}]}"#.to_owned(),
    )]);
    filo.advance(std::time::Duration::from_secs(3_600));
    synced(&filo).await;
    assert_eq!(audience(&filo, &id).await["addresses"]["to_take_out"], 0);
}

#[tokio::test]
async fn a_platform_that_asks_for_time_gets_it() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    let slow = "HTTP/1.1 429 X\r\nretry-after: 7200\r\ncontent-length: 0\r\n\r\n";
    receiver.react([Reaction::Bytes(slow.as_bytes().to_vec())]);
    let id = at_meta(&filo, "push").await;
    synced(&filo).await;
    assert_eq!(audience(&filo, &id).await["state"], "failing");
    filo.advance(std::time::Duration::from_secs(7_199));
    synced(&filo).await;
    assert_eq!(receiver.received().len(), 1);
    receiver.react([taken(2)]);
    filo.advance(std::time::Duration::from_secs(1));
    synced(&filo).await;
    assert_eq!(receiver.received().len(), 2);
    assert_eq!(audience(&filo, &id).await["state"], "in_step");
}

#[tokio::test]
async fn an_audience_is_tried_out_without_anybody() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    let id = at_meta(&filo, "push").await;
    synced(&filo).await;
    receiver.react([
        Reaction::Json(200, r#"{"id":"120","name":"Compratori"}"#.to_owned()),
        Reaction::Json(
            400,
            json!({"error": {"message": "gone", "code": 100, "error_subcode": 33}}).to_string(),
        ),
    ]);
    let path = format!("/api/v1/audiences/{id}/test");
    let good = filo.api_post(&path, &json!({})).await;
    assert_eq!(
        good,
        json!({"works": true, "why": null, "text": "Compratori"})
    );
    let bad = filo.api_post(&path, &json!({})).await;
    assert_eq!(
        (&bad["works"], &bad["why"]),
        (&json!(false), &json!("audience"))
    );
    assert_eq!(
        receiver.received()[0].line,
        "GET /v23.0/120?fields=id,name,operation_status"
    );
}

#[tokio::test]
async fn accounts_keep_their_secrets_and_stay_while_they_are_used() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    at_meta(&filo, "push").await;
    let accounts = filo.api_get("/api/v1/audience-accounts").await;
    assert!(!accounts.to_string().contains("EAAB"), "{accounts}");
    let meta = &accounts["data"][0];
    assert_eq!(
        (&meta["connected"], &meta["secrets"]),
        (&json!(true), &json!(["token"]))
    );
    let path = "/api/v1/audience-accounts/meta";
    ask(&filo, Method::DELETE, path, &json!({})).await.is(409);
    let stale = json!({"secrets": {"token": "x"}, "version": 0});
    ask(&filo, Method::PUT, path, &stale).await.is(409);
    let google = json!({"account": "12", "client_id": "id", "secrets": {}, "version": 0});
    let refused = ask(
        &filo,
        Method::PUT,
        "/api/v1/audience-accounts/google",
        &google,
    )
    .await;
    assert_eq!(refused.is(422).json()["field"], "account");
    let missing = json!({"account": "1234567890", "client_id": "id", "secrets": {}, "version": 0});
    let refused = ask(
        &filo,
        Method::PUT,
        "/api/v1/audience-accounts/google",
        &missing,
    )
    .await;
    assert_eq!(refused.is(422).json()["field"], "client_secret");
}
