//! What messages cost: prices that are given, refused and put in force again; tasks; what a yes
//! and a broadcast come to before they are said.

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use http::Method;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};
use crate::consent_ledger::anna;
use crate::journey::{DAY, ask, by_lead, lead, settled, start, tasks};
use crate::message_journey::{messages, nobody_held_back, piece};

const PRICES: &str = "/api/v1/settings/prices";

async fn put_prices(filo: &Filo, version: i64, prices: &Value) -> Answer {
    let list = json!({"currency": "EUR", "prices": prices, "version": version});
    let request = filo.request(Method::PUT, PRICES).bearer(&filo.api_key);
    request.json(&list).send().await
}

#[tokio::test]
async fn prices_are_versioned_exact_and_kept() {
    let filo = Filo::start().await;
    let first = filo.api_get(PRICES).await;
    assert_eq!(
        first,
        json!({"currency": "EUR", "prices": {}, "since": null, "version": 0})
    );
    let given = json!({"sms_part": "0,0385", "push": "0"});
    put_prices(&filo, 0, &given).await.ok();
    let now = filo.api_get(PRICES).await;
    assert_eq!(now["prices"], json!({"sms_part": "0.0385", "push": "0"}));
    assert_eq!(now["version"], 1);
    put_prices(&filo, 0, &given).await.is(409);
    for wrong in [
        json!({"sms_part": "0.0000001"}),
        json!({"sms_part": "-1"}),
        json!({"card": "1000.5"}),
        json!({"fax": "1"}),
    ] {
        let refused = put_prices(&filo, 1, &wrong).await.is(422).json();
        assert_eq!(refused["field"], "prices", "{wrong}: {refused}");
    }
    put_prices(&filo, 1, &json!({"email": "0.0004"})).await.ok();
    let path = "/api/v1/settings/prices/history";
    let lists = filo.api_get(path).await["data"].clone();
    let versions: Vec<i64> = lists
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["version"].as_i64().unwrap())
        .collect();
    assert_eq!(versions, [2, 1], "the one in force first");
}

#[tokio::test]
async fn the_page_keeps_what_was_typed_and_gives_earlier_prices_back() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let here = "/settings/prices";
    let page = look(&filo, here, &owner.text).await.ok().text();
    assert!(
        page.contains("name=\"price-sms_part\" value=\"\""),
        "{page}"
    );
    let wrong = "currency=EUR&price-sms_part=0,0385&price-card=due&version=0";
    let refused = post(&filo, here, &owner.text, wrong).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("field-price-card-wrong"), "{text}");
    assert!(text.contains("value=\"0,0385\""), "what was typed stays");
    let good = "currency=EUR&price-sms_part=0,0385&price-card=&version=0";
    post(&filo, here, &owner.text, good).await.is(303);
    let stale = post(&filo, here, &owner.text, good).await;
    assert_eq!(stale.status, 422, "from an older version");
    let other = "currency=EUR&price-sms_part=0.05&price-push=0&version=1";
    post(&filo, here, &owner.text, other).await.is(303);
    let page = look(&filo, here, &owner.text).await.ok().text();
    assert!(page.contains("name=\"price-push\" value=\"0\""), "{page}");
    assert!(page.contains("0,0385 EUR"), "the prices before: {page}");
    // What the button of the earlier list sends.
    let again = "currency=EUR&price-sms_part=0.0385&version=2";
    post(&filo, here, &owner.text, again).await.is(303);
    let now = filo.api_get(PRICES).await;
    assert_eq!(now["prices"], json!({"sms_part": "0.0385"}));
    let list = look(&filo, "/settings", &owner.text).await.ok().text();
    assert!(list.contains(here));
}

#[tokio::test]
async fn a_task_is_paid_when_it_is_done_and_not_once_that_is_taken_back() {
    let filo = Filo::start().await;
    put_prices(&filo, 0, &json!({"call": "2.5"})).await.ok();
    anna(&filo).await;
    let steps = json!([ask("call", json!([{"name": "Sì"}, {"name": "No"}]))]);
    let journey = start(&filo, by_lead(steps)).await;
    filo.send([lead("anna", 1)]).await;
    let task = tasks(&filo).await[0]["id"].as_str().unwrap().to_owned();
    let impact = format!("/api/v1/journeys/{journey}/impact");
    let spent = async || filo.api_get(&impact).await["cost"]["spent"].clone();
    assert_eq!(spent().await["items"], json!([]), "nobody has called yet");
    let path = format!("/api/v1/tasks/{task}/outcome");
    filo.api_post(&path, &json!({"outcome": "No"})).await;
    settled(&filo).await;
    let paid = json!([{"currency": "EUR", "amount": "2.5"}]);
    assert_eq!(spent().await["total"], paid);
    let back = format!("/api/v1/tasks/{task}/reopening");
    filo.api_post(&back, &json!({})).await;
    settled(&filo).await;
    assert_eq!(spent().await["items"], json!([]), "it was taken back");
    filo.api_post(&path, &json!({"outcome": "Sì"})).await;
    settled(&filo).await;
    // A later price changes nothing of what was done.
    filo.advance(DAY);
    put_prices(&filo, 1, &json!({"call": "9"})).await.ok();
    assert_eq!(spent().await["total"], paid);
}

#[tokio::test]
async fn what_a_yes_costs_is_said_before_it_is_said() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    anna(&filo).await;
    let piece = piece(&filo, "Ciao.").await;
    let steps = json!([{"id": "hello", "do": {"send": {"piece": piece, "valid_days": 3}}},
                       {"id": "later", "do": {"wait": {"for": "1 week"}}}]);
    let mut journey = by_lead(steps);
    journey["approval"] = "every".into();
    let journey = start(&filo, journey).await;
    filo.send([lead("anna", 1)]).await;
    messages(&filo).await;
    let waiting = filo.api_get("/api/v1/approvals").await;
    let cost = &waiting["data"][0]["cost"];
    assert_eq!(
        (&cost["total"], &cost["is_at_least"]),
        (&json!([]), &json!(true)),
        "{waiting}"
    );
    put_prices(&filo, 0, &json!({"email": "0.25"})).await.ok();
    let waiting = filo.api_get("/api/v1/approvals").await;
    let amount = json!([{"currency": "EUR", "amount": "0.25"}]);
    assert_eq!(waiting["data"][0]["cost"]["total"], amount);
    let owner = somebody(&filo, "olga", Role::Owner).await;
    for path in [
        "/approvals?lang=en".to_owned(),
        format!("/approvals/{journey}/hello?lang=en"),
    ] {
        let page = look(&filo, &path, &owner.text).await.ok().text();
        assert!(page.contains("Expected cost: €0.25"), "{path}: {page}");
    }
}

#[tokio::test]
async fn a_broadcast_says_what_it_costs_at_most_before_it_begins() {
    let filo = Filo::start().await;
    anna(&filo).await;
    let condition = json!({"happened": {"signal": {"name": "Consent Granted"}, "test": {"figure":
        {"figure": "count", "is": {"at_least": 1}, "during": {"last": "3 days"}}}}});
    let new = json!({"name": "Chi ha detto sì", "condition": condition});
    let made = filo.api_post("/api/v1/segments", &new).await;
    settled(&filo).await;
    let piece = piece(&filo, "Ciao.").await;
    let steps = json!([{"id": "hello", "do": {"send": {"piece": piece}}},
                       ask("call", json!([{"name": "Sì"}]))]);
    let journey = json!({"trigger": {"broadcast": made["id"]}, "steps": steps});
    let new = json!({"name": "A tutti", "journey": journey});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let id = made["id"].as_str().unwrap();
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let path = format!("/journeys/{id}/publishing?lang=en");
    put_prices(&filo, 0, &json!({"email": "0.25"})).await.ok();
    let preview = format!("/api/v1/journeys/{id}/publishing/preview");
    let told = filo.api_post(&preview, &json!({})).await["cost"].clone();
    assert_eq!(
        (&told["people"], &told["is_at_least"]),
        (&json!(1), &json!(true))
    );
    assert_eq!(
        told["total"],
        json!([{"currency": "EUR", "amount": "0.25"}])
    );
    let page = look(&filo, &path, &owner.text).await.ok().text();
    assert!(page.contains("€0.25, and what has no price"), "{page}");
    assert!(page.contains("price not given"), "{page}");
    put_prices(&filo, 1, &json!({"email": "0.25", "call": "2"}))
        .await
        .ok();
    let page = look(&filo, &path, &owner.text).await.ok().text();
    assert!(page.contains("At most €2.25"), "{page}");
}

#[tokio::test]
async fn a_broadcast_by_several_media_costs_at_most_what_the_dearest_does() {
    let filo = Filo::start().await;
    anna(&filo).await;
    let condition = json!({"happened": {"signal": {"name": "Consent Granted"}, "test": {"figure":
        {"figure": "count", "is": {"at_least": 1}, "during": {"last": "3 days"}}}}});
    let new = json!({"name": "Chi ha detto sì", "condition": condition});
    let segment = filo.api_post("/api/v1/segments", &new).await["id"].clone();
    settled(&filo).await;
    let text =
        |medium: &str, fields: Value| json!({"medium": medium, "language": "it", "fields": fields});
    let piece = json!({"name": "Ciao", "purpose": "marketing", "class": "marketing",
        "adaptations": [text("email", json!({"subject": "Ciao", "text": "Ciao."})),
                        text("sms", json!({"text": "Ciao."}))]});
    let piece = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    let send = json!({"piece": piece["id"], "medium": "email", "fallbacks": ["sms"]});
    let journey = json!({"trigger": {"broadcast": segment},
                         "steps": [{"id": "hello", "do": {"send": send}}]});
    let new = json!({"name": "A tutti", "journey": journey});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let id = made["id"].as_str().unwrap();
    let preview = format!("/api/v1/journeys/{id}/publishing/preview");
    let told = async || filo.api_post(&preview, &json!({})).await["cost"].clone();
    // Without its price nobody knows that a text message is not dearer.
    put_prices(&filo, 0, &json!({"email": "0.25"})).await.ok();
    let cost = told().await;
    assert_eq!(
        (&cost["total"], &cost["is_at_least"]),
        (&json!([]), &json!(true)),
        "{cost}"
    );
    put_prices(&filo, 1, &json!({"email": "0.25", "sms_part": "0.5"}))
        .await
        .ok();
    let amount = json!([{"currency": "EUR", "amount": "0.5"}]);
    assert_eq!(told().await["total"], amount);
    put_prices(&filo, 2, &json!({"email": "0.75", "sms_part": "0.5"}))
        .await
        .ok();
    let amount = json!([{"currency": "EUR", "amount": "0.75"}]);
    assert_eq!(told().await["total"], amount);
}
