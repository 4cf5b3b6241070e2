//! What is understood of an event: traits, aliases, old names, and whose key it came with.

use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::{Value, json};

use super::conformance::{event_count, track};

/// 10. A null removes a trait, an empty text does not. 11. Both spellings are one trait.
#[tokio::test]
async fn traits_are_removed_by_null_and_spelt_either_way() {
    let filo = Filo::start().await;
    let identify = |message: &str, traits: Value| json!({"type": "identify", "userId": "u-1", "messageId": message, "traits": traits});
    filo.send([identify(
        "1",
        json!({"firstName": "Mario", "x": 1, "note": "n"}),
    )])
    .await;
    filo.advance(std::time::Duration::from_secs(1));
    filo.send([identify(
        "2",
        json!({"first_name": "Maria", "x": null, "note": ""}),
    )])
    .await;
    let customer = filo.api_get("/api/v1/customers/lookup?user_id=u-1").await;
    assert_eq!(
        customer["traits"],
        json!({"first_name": "Maria", "note": ""})
    );
}

/// 13. An alias joins an anonymous id; between two known users it obeys the rules, and is told.
#[tokio::test]
async fn an_alias_joins_and_is_never_silently_ignored() {
    let filo = Filo::start().await;
    filo.send_public([json!({"type": "page", "anonymousId": "a-1", "messageId": "1"})])
        .await;
    filo.send([json!({"type": "alias", "userId": "u-1", "previousId": "a-1", "messageId": "2"})])
        .await;
    let customer = filo.user("u-1").await;
    assert_eq!(
        filo.find(Kind::AnonymousId, "a-1").await.unwrap().id,
        customer.id
    );
    assert_eq!(filo.thread(customer.id).await.len(), 2);
    // A server's word is enough to make two of the company's own ids one person.
    filo.send([track("3", "u-2")]).await;
    filo.send([json!({"type": "alias", "userId": "u-2", "previousId": "u-1", "messageId": "4"})])
        .await;
    assert_eq!(filo.user("u-2").await.id, filo.user("u-1").await.id);
    // A page's word is not, and the refusal can be read.
    filo.send([track("5", "u-3")]).await;
    filo.send_public([
        json!({"type": "alias", "userId": "u-3", "previousId": "u-1", "messageId": "6"}),
    ])
    .await;
    let third = filo.user("u-3").await;
    assert_ne!(third.id, filo.user("u-1").await.id);
    let why = filo
        .api_get(&format!("/api/v1/customers/{}/explanation", third.id))
        .await;
    let refused = why["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .any(|one| one["outcome"] == "refused");
    assert!(refused, "{why}");
}

/// 14. A number as user id. 15. Names of the first e-commerce specification.
#[tokio::test]
async fn numbers_and_old_names_are_understood() {
    let filo = Filo::start().await;
    let call = json!({"type": "track", "event": "Completed Order", "userId": 17850,
                      "messageId": "1", "properties": {"orderId": "o-1", "order_id": "o-1",
                      "revenue": 42.5, "currency": "EUR"}});
    filo.send([call]).await;
    let customer = filo.api_get("/api/v1/customers/lookup?user_id=17850").await;
    assert_eq!(customer["orders"][0]["count"], 1);
    assert_eq!(customer["orders"][0]["net_cents"], 4250);
    let thread = filo.thread(filo.user("17850").await.id).await;
    assert_eq!(thread[0].name, "Order Completed");
}

#[tokio::test]
async fn every_way_of_presenting_a_key_is_accepted_and_an_unknown_one_is_not() {
    let filo = Filo::start().await;
    let body = |message: &str| track(message, "u-1");
    let mut in_body = body("3");
    in_body["writeKey"] = json!(filo.secret_key);
    let mut beside_token = body("4");
    beside_token["writeKey"] = json!(filo.secret_key);
    filo.post("/v1/track")
        .key(&filo.secret_key)
        .json(&body("1"))
        .send()
        .await
        .is(200);
    let bare = format!("Basic {}", base64_of_standard(&filo.secret_key));
    filo.post("/v1/track")
        .header("authorization", &bare)
        .json(&body("2"))
        .send()
        .await
        .is(200);
    filo.post("/v1/track").json(&in_body).send().await.is(200);
    filo.post("/v1/track")
        .bearer("oauth-token")
        .json(&beside_token)
        .send()
        .await
        .is(200);
    filo.settle().await;
    assert_eq!(event_count(&filo, Kind::UserId, "u-1").await, 4);
    filo.post("/v1/track")
        .key("wrong")
        .json(&body("5"))
        .send()
        .await
        .is(401);
    filo.post("/v1/track").json(&body("6")).send().await.is(401);
}

fn base64_of_standard(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}
