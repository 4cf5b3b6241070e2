//! Computed traits through the running program: made, tried, read wherever a customer is read,
//! asked about by segments, put away and brought back.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use crate::access::{look, somebody};

const DAY: Duration = Duration::from_secs(86_400);
const TRAITS: &str = "/api/v1/computed-traits";

fn order(number: u32, user: &str, shop: &str) -> Value {
    json!({"type": "track", "userId": user, "event": "Order Completed",
           "messageId": format!("order-{number}"),
           "properties": {"order_id": format!("o-{number}"), "revenue": 10 * number,
                          "currency": "EUR", "shop": shop}})
}

fn coffees() -> Value {
    json!({"events": {"take": "count", "signal": {"name": "Order Completed"},
                      "during": {"last": "90 days"}}})
}

async fn make(filo: &Filo, key: &str, label: &str, recipe: Value) -> Value {
    let new = json!({"key": key, "label": label, "recipe": recipe});
    let made = filo.api_post(TRAITS, &new).await;
    filo.app.segments_settled().await.unwrap();
    made
}

async fn computed(filo: &Filo, user: &str) -> Value {
    let id = filo.user(user).await.id;
    let customer = filo.api_get(&format!("/api/v1/customers/{id}")).await;
    customer["computed"].clone()
}

#[tokio::test]
async fn a_computed_trait_is_found_wherever_a_customer_is_read() {
    let filo = Filo::start().await;
    filo.send([
        order(1, "anna", "Duomo"),
        order(2, "anna", "Brera"),
        order(3, "anna", "Duomo"),
        order(4, "bruno", "Brera"),
    ])
    .await;
    filo.settle().await;
    let made = make(&filo, "coffees", "Caffè bevuti", coffees()).await;
    assert_eq!(
        (&made["kind"], &made["version"]),
        (&json!("number"), &json!(1))
    );
    let said = &made["sentence"];
    assert_eq!(
        said["it"],
        "Quante volte ha fatto un ordine negli ultimi 90 giorni."
    );
    assert_eq!(
        said["en"],
        "How often the customer has placed an order in the last 90 days."
    );
    let shop = json!({"events": {"take": "most_frequent", "during": "ever",
                                 "signal": {"name": "Order Completed", "field": "shop"}}});
    make(&filo, "favourite_shop", "", shop).await;
    make(
        &filo,
        "spend",
        "",
        json!({"orders": {"take": "revenue", "during": "ever"}}),
    )
    .await;
    let each = json!({"formula": "round(spend / coffees, 2)"});
    make(&filo, "spend_each", "Spesa a visita", each).await;

    let told = computed(&filo, "anna").await;
    assert_eq!(told["coffees"]["value"], 3);
    assert_eq!(told["coffees"]["label"], "Caffè bevuti");
    assert_eq!(told["coffees"]["is_being_counted"], false);
    assert!(told["coffees"]["changes_at"].is_string());
    assert_eq!(told["favourite_shop"]["value"], "Duomo");
    assert_eq!(told["favourite_shop"]["label"], "favourite shop");
    assert_eq!(told["spend_each"]["value"], 20);
    assert_eq!(computed(&filo, "bruno").await["spend_each"]["value"], 40);

    // Time alone takes what a window no longer holds; nothing is divided by nothing.
    filo.advance(91 * DAY);
    let told = computed(&filo, "anna").await;
    assert_eq!(told["coffees"]["value"], 0);
    assert_eq!(told["spend_each"]["value"], Value::Null);

    let anna = filo.user("anna").await.id.to_string();
    let dossier = filo
        .api_post(&format!("/api/v1/customers/{anna}/export"), &json!({}))
        .await;
    assert_eq!(
        dossier["customer"]["computed"]["favourite_shop"]["value"],
        "Duomo"
    );
    let logic = dossier["computed_logic"].as_array().unwrap();
    assert_eq!(logic.len(), 4);
    assert!(
        logic
            .iter()
            .any(|it| it["recipe"]["formula"] == "round(spend / coffees, 2)")
    );
}

#[tokio::test]
async fn a_segment_asks_about_it_by_its_key_and_leaves_on_time() {
    let filo = Filo::start().await;
    filo.send([order(1, "anna", "Duomo"), order(2, "bruno", "Brera")])
        .await;
    filo.settle().await;
    let recipe = json!({"events": {"take": "days_since_last", "during": "ever",
                                   "signal": {"name": "Order Completed"}}});
    make(&filo, "days_away", "Giorni di assenza", recipe).await;
    let asked = json!({"value": {"number": {"at_most": 10}}});
    let asked = json!({"trait": {"key": "days_away", "test": asked}});
    let new = json!({"name": "Da poco", "condition": asked});
    let segment = filo.api_post("/api/v1/segments", &new).await;
    let said = segment["sentence"]["it"].as_str().unwrap();
    assert!(said.contains("«Giorni di assenza»"), "{said}");
    let id = segment["id"].as_str().unwrap();
    let members = async || {
        filo.app.segments_settled().await.unwrap();
        let page = filo
            .api_get(&format!("/api/v1/segments/{id}/members"))
            .await;
        page["data"].as_array().unwrap().len()
    };
    assert_eq!(members().await, 2);
    filo.advance(10 * DAY);
    assert_eq!(members().await, 2);
    filo.advance(DAY);
    assert_eq!(members().await, 0);
    filo.send([order(3, "anna", "Duomo")]).await;
    filo.settle().await;
    assert_eq!(members().await, 1);

    let wrong = json!({"name": "No", "condition":
        {"trait": {"key": "days_away", "test": {"value": {"contains": "x"}}}}});
    let answer = post(&filo, "/api/v1/segments", &wrong).await.is(422);
    assert_eq!(answer.json()["field"], "condition");
}

#[tokio::test]
async fn what_is_used_or_taken_or_made_of_itself_is_refused_with_its_reason() {
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-1",
               "traits": {"points": 12}}),
        order(1, "anna", "Duomo"),
    ])
    .await;
    filo.settle().await;
    let refused = async |new: Value, status: u16, why: &str| {
        let answer = post(&filo, TRAITS, &new).await.is(status);
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(why), "{detail}");
    };
    let of = |key: &str, recipe: Value| json!({"key": key, "recipe": recipe});
    refused(of("points", coffees()), 409, "came with events").await;
    refused(of("email", coffees()), 422, "choose another").await;
    refused(of("", coffees()), 422, "letters and digits").await;
    refused(of("a", json!({"formula": "1 +"})), 422, "line 1, column 4").await;
    refused(of("a", json!({"formula": "a + 1"})), 422, "made of itself").await;
    refused(
        of("a", json!({"orders": {"take": "most"}})),
        422,
        "unknown variant",
    )
    .await;
    let coffee = make(&filo, "coffees", "", coffees()).await;
    refused(
        of("Coffees", coffees()),
        409,
        "has the key `coffees` already",
    )
    .await;
    let each = make(
        &filo,
        "each",
        "A testa",
        json!({"formula": "points / coffees"}),
    )
    .await;
    assert_eq!(computed(&filo, "anna").await["each"]["value"], 12);

    let here = |made: &Value| format!("{TRAITS}/{}", made["id"].as_str().unwrap());
    let archive = format!("{}/archiving", here(&coffee));
    let answer = post(&filo, &archive, &json!({})).await.is(409);
    assert!(answer.text().contains("A testa"), "{}", answer.text());
    let users = filo.api_get(&here(&coffee)).await;
    assert_eq!(users["computed_traits"][0]["name"], "A testa");
    let change = json!({"version": 1, "label": "Caffè", "recipe": {"formula": "each"}});
    let request = filo
        .request(http::Method::PUT, &here(&coffee))
        .bearer(&filo.api_key);
    let answer = request.json(&change).send().await.is(422);
    assert!(answer.text().contains("made of itself"));

    filo.api_post(&format!("{}/archiving", here(&each)), &json!({}))
        .await;
    filo.api_post(&archive, &json!({})).await;
    assert_eq!(computed(&filo, "anna").await, json!({}));
    refused(of("coffees", coffees()), 409, "it was put away").await;
    let restored = filo
        .api_post(&format!("{}/restoring", here(&coffee)), &json!({}))
        .await;
    assert_eq!(restored["archived_at"], Value::Null);
    filo.app.segments_settled().await.unwrap();
    assert_eq!(computed(&filo, "anna").await["coffees"]["value"], 1);
}

#[tokio::test]
async fn a_recipe_is_tried_on_people_before_it_is_made_and_covered_from_who_may_not_see() {
    let filo = Filo::start().await;
    filo.send([
        order(1, "anna", "Duomo"),
        order(2, "anna", "Duomo"),
        order(3, "bruno", "Brera"),
    ])
    .await;
    filo.settle().await;
    let tried = async || {
        let asked = json!({"recipe": coffees()});
        let told = filo.api_post(&format!("{TRAITS}/preview"), &asked).await;
        let sample = told["sample"].as_array().unwrap().clone();
        let mut values: Vec<i64> = sample
            .iter()
            .map(|it| it["value"].as_i64().unwrap())
            .collect();
        values.sort_unstable();
        values
    };
    assert_eq!(tried().await, [1, 2]);
    // Also what has moved to the lake.
    filo.flush().await;
    assert_eq!(tried().await, [1, 2]);
    assert_eq!(filo.api_get(TRAITS).await["data"], json!([]));

    make(&filo, "coffees", "Caffè bevuti", coffees()).await;
    let anna = format!("/people/{}", filo.user("anna").await.id);
    for (role, is_shown) in [(Role::Agent, true), (Role::Analyst, false)] {
        let who = somebody(&filo, role.word(), role).await;
        let page = look(&filo, &anna, &who.text).await.ok().text();
        assert_eq!(page.contains("Caffè bevuti"), is_shown, "{role:?}");
    }
    let export = filo
        .post("/api/v1/customers/export")
        .bearer(&filo.api_key)
        .json(&json!({}))
        .send()
        .await
        .ok()
        .text();
    let heads = export.lines().next().unwrap();
    assert!(heads.ends_with(",birthday,coffees"), "{heads}");
    assert!(export.lines().any(|line| line.ends_with(",2")), "{export}");
    let traits = filo
        .get("/v1/spaces/x/collections/users/profiles/user_id:anna/traits?include=coffees")
        .key(&filo.api_key)
        .send()
        .await
        .ok()
        .json();
    assert_eq!(traits["traits"], json!({"coffees": 2}));
}

#[tokio::test]
async fn one_that_is_made_of_somebodys_address_goes_with_them() {
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-1",
               "traits": {"email": "anna@example.it"}}),
        order(1, "bruno", "Brera"),
    ])
    .await;
    filo.settle().await;
    let named = json!({"events": {"take": "count", "during": "ever", "signal": {
        "name": "Order Completed",
        "where": [{"field": "sent_by", "test": {"is": ["anna@example.it"]}}]}}});
    make(&filo, "sent_by_anna", "", named).await;
    make(&filo, "coffees", "", coffees()).await;
    let anna = filo.user("anna").await.id;
    let ground = json!({"ground": "request"});
    filo.api_post(&format!("/api/v1/customers/{anna}/erasure"), &ground)
        .await;
    let left = filo.api_get(TRAITS).await;
    let keys: Vec<&Value> = left["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["key"])
        .collect();
    assert_eq!(keys, ["coffees"]);
    assert_eq!(computed(&filo, "bruno").await["coffees"]["value"], 1);
}

async fn post(filo: &Filo, path: &str, body: &Value) -> Answer {
    filo.post(path)
        .bearer(&filo.api_key)
        .json(body)
        .send()
        .await
}
