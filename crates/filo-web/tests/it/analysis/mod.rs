//! How the channels work together, through the running program: what happened on any channel is on
//! one way, and every number is that of the people behind it.

mod alert;
mod cohort;
mod compare;
mod flow;
mod monday;
mod reorder;

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{look, somebody};
use crate::journey::DAY;

const WAYS: &str = "/api/v1/analysis/ways";

/// Somebody does something on a channel, now.
async fn does(filo: &Filo, who: &str, event: &str, properties: Value) {
    let what = properties["order_id"].as_str().unwrap_or_default();
    let id = format!("{who}-{event}-{what}-{}", filo.now().0);
    filo.send([
        json!({"type": "track", "userId": who, "event": event, "messageId": id,
        "properties": properties}),
    ])
    .await;
}

async fn looks(filo: &Filo, who: &str, channel: &str) {
    does(filo, who, "Product Viewed", json!({"channel": channel})).await;
}

async fn orders(filo: &Filo, who: &str, (id, channel, revenue): (&str, &str, i64)) {
    let order = json!({"order_id": id, "revenue": revenue, "currency": "EUR", "channel": channel});
    does(filo, who, "Order Completed", order).await;
}

/// Anna comes by a social network, then to the site and orders; then by mail to the shop. Bruno
/// only looks at the site. Carla orders on the telephone at once.
async fn three(filo: &Filo) {
    looks(filo, "anna", "social").await;
    filo.advance(5 * DAY);
    looks(filo, "anna", "web").await;
    orders(filo, "anna", ("a-1", "web", 40)).await;
    looks(filo, "bruno", "web").await;
    filo.advance(DAY);
    looks(filo, "anna", "email").await;
    filo.advance(DAY);
    orders(filo, "anna", ("a-2", "shop", 20)).await;
    orders(filo, "carla", ("c-1", "phone", 10)).await;
    filo.settle().await;
    filo.advance(DAY);
}

async fn ways(filo: &Filo, query: &str) -> Value {
    filo.api_get(&format!("{WAYS}?{query}")).await
}

/// Each sequence with its orders and open ways.
fn sequences(ways: &Value) -> Vec<(String, u64, u64)> {
    let all = ways["sequences"].as_array().unwrap().iter();
    let told = all.map(|it| {
        let channels = it["channels"].as_array().unwrap().iter();
        let channels: Vec<&str> = channels.map(|it| it.as_str().unwrap()).collect();
        let count = |key: &str| it[key].as_u64().unwrap();
        (channels.join("."), count("orders"), count("open"))
    });
    told.collect()
}

async fn people(filo: &Filo, query: &str, sequence: &str, end: &str) -> Value {
    let address = format!("{WAYS}/people?{query}&sequence={sequence}&end={end}");
    filo.api_get(&address).await
}

#[tokio::test]
async fn what_led_to_orders_is_told_with_the_people_behind_each_number() {
    let filo = Filo::start().await;
    three(&filo).await;
    let all = ways(&filo, "").await;
    assert_eq!(
        sequences(&all),
        [
            ("email.shop".to_owned(), 1, 0),
            ("social.web".to_owned(), 1, 0),
            ("phone".to_owned(), 1, 0),
            ("web".to_owned(), 0, 1),
        ]
    );
    for (key, expected) in [
        ("customers", json!(3)),
        ("orders", json!(3)),
        ("open", json!(1)),
        ("untouched", json!(0)),
        ("revenue_cents", json!(7_000)),
        ("currency", json!("EUR")),
        ("credits", Value::Null),
        ("credits_need", json!(200)),
    ] {
        assert_eq!(all[key], expected, "{key}");
    }
    assert_eq!(all["touches"]["median"], json!(2.0));
    assert_eq!(all["first_order"]["customers"], json!(3));
    assert_eq!(all["first_order"]["ordered"], json!(2));
    // Every number is that of the people behind it.
    for which in ["all", "first", "next"] {
        let query = format!("orders={which}");
        for (sequence, ordered, open) in sequences(&ways(&filo, &query).await) {
            for (end, count) in [("order", ordered), ("open", open)] {
                let found = people(&filo, &query, &sequence, end).await;
                assert_eq!(found["count"], json!(count), "{which} {sequence} {end}");
                assert_eq!(found["data"].as_array().unwrap().len() as u64, count);
            }
        }
    }
    let anna = filo.find(Kind::UserId, "anna").await.unwrap();
    let found = people(&filo, "", "social.web", "order").await;
    assert_eq!(found["data"][0]["customer"], json!(anna.id.to_string()));
    assert_eq!(found["data"][0]["revenue_cents"], json!(4_000));
    let first = ways(&filo, "orders=first").await;
    assert_eq!((&first["orders"], &first["open"]), (&json!(2), &json!(1)));
    // A touch too long before does not lead to the order.
    let near = ways(&filo, "lookback_days=2").await;
    assert_eq!(sequences(&near)[0], ("web".to_owned(), 1, 1));
    for (query, status) in [
        ("orders=some", 422),
        ("lookback_days=0", 422),
        ("from=yesterday", 422),
        ("from=2099-01-01T00:00:00Z", 422),
        ("segment=none", 422),
        ("segment=seg_00000000000000000000000001", 404),
        ("colour=red", 422),
    ] {
        let request = filo.request(http::Method::GET, &format!("{WAYS}?{query}"));
        let answer = request.bearer(&filo.api_key).send().await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
    }
}

#[tokio::test]
async fn joining_calling_off_and_forgetting_change_the_numbers() {
    let filo = Filo::start().await;
    three(&filo).await;
    // What a browser saw before somebody said who they are is on their way.
    filo.send([
        json!({"type": "track", "anonymousId": "cookie-1", "event": "Product Viewed",
               "messageId": "v-1", "properties": {"channel": "web"}}),
    ])
    .await;
    filo.settle().await;
    let before = ways(&filo, "").await;
    assert_eq!(
        (&before["customers"], &before["open"]),
        (&json!(4), &json!(2))
    );
    filo.send([
        json!({"type": "identify", "anonymousId": "cookie-1", "userId": "bruno",
               "messageId": "i-1", "traits": {}}),
    ])
    .await;
    filo.settle().await;
    let joined = ways(&filo, "").await;
    assert_eq!(
        (&joined["customers"], &joined["open"]),
        (&json!(3), &json!(1))
    );

    let gone = json!({"order_id": "c-1", "channel": "phone"});
    does(&filo, "carla", "Order Cancelled", gone).await;
    filo.settle().await;
    let called_off = ways(&filo, "").await;
    assert_eq!(called_off["orders"], json!(2));
    assert_eq!(called_off["revenue_cents"], json!(6_000));

    let anna = filo.find(Kind::UserId, "anna").await.unwrap();
    let path = format!("/api/v1/customers/{}/erasure", anna.id);
    filo.api_post(&path, &json!({"ground": "request"})).await;
    filo.settle().await;
    let forgotten = ways(&filo, "").await;
    assert_eq!(forgotten["orders"], json!(0));
    assert_eq!(forgotten["customers"], json!(2));
    // After a restart the same is read from what is on disk.
    let filo = filo.restart().await;
    assert_eq!(ways(&filo, "").await, forgotten);
}

#[tokio::test]
async fn a_segment_narrows_and_the_console_leads_to_the_people() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/analysis", &owner).await.ok().text();
    assert!(page.contains("Ancora nessun percorso") || page.contains("No ways yet"));
    three(&filo).await;
    let segment = json!({"name": "Al banco", "condition": {"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 2}, "during": "ever"}}}}});
    let segment = filo.api_post("/api/v1/segments", &segment).await;
    filo.app.segments_settled().await.unwrap();
    let query = format!("segment={}", segment["id"].as_str().unwrap());
    let narrow = ways(&filo, &query).await;
    assert_eq!(
        (&narrow["customers"], &narrow["orders"]),
        (&json!(1), &json!(2))
    );

    // A week later everybody logs in again.
    let owner = somebody(&filo, "giulia", Role::Owner).await.text;
    let page = look(&filo, "/analysis?days=30&which=all", &owner)
        .await
        .ok()
        .text();
    let link = "/analysis/people?days=30&amp;which=all&amp;sequence=social.web&amp;end=order";
    assert!(page.contains(link), "{page}");
    let anna = filo.find(Kind::UserId, "anna").await.unwrap();
    let behind = look(&filo, &link.replace("&amp;", "&"), &owner)
        .await
        .ok()
        .text();
    assert!(behind.contains(&format!("/people/{}", anna.id)));
    let none = look(&filo, "/analysis/people?sequence=app&end=open", &owner).await;
    none.ok();
    for wrong in ["sequence=moon&end=open", "sequence=web&end=never"] {
        look(&filo, &format!("/analysis/people?{wrong}"), &owner)
            .await
            .is(404);
    }
}

/// Everybody behind a figure of the API, each once, and as many as it says.
async fn behind(filo: &Filo, address: &str, count: &Value) -> Vec<String> {
    let found = filo.api_get(address).await;
    assert_eq!(&found["count"], count, "{address}: {found}");
    let people = found["data"].as_array().unwrap().iter();
    let mut people: Vec<String> = people
        .map(|it| it["customer"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(people.len() as u64, count.as_u64().unwrap(), "{address}");
    people.sort();
    people.dedup();
    assert_eq!(people.len() as u64, count.as_u64().unwrap(), "{address}");
    people
}

/// A question that the API answers with this status, as a problem.
async fn refused(filo: &Filo, address: &str, status: u16) {
    let request = filo.request(http::Method::GET, address);
    let answer = request.bearer(&filo.api_key).send().await;
    assert_eq!(answer.status, status, "{address}: {}", answer.text());
    let kind = answer.header("content-type");
    assert_eq!(
        kind,
        Some("application/problem+json; charset=utf-8"),
        "{address}"
    );
}

/// Two user ids are of one person: somebody of the company says so.
async fn joined(filo: &Filo, one: &str, other: &str) {
    let node = async |user: &str| {
        let view = filo.user(user).await;
        let known = view.identifiers.iter().find(|it| it.kind == Kind::UserId);
        known.unwrap().node.to_string()
    };
    let pair = json!({"a": node(one).await, "b": node(other).await, "note": "one person"});
    filo.api_post("/api/v1/joins", &pair).await;
    filo.settle().await;
}
