//! One customer per person: joined, explained, taken apart, and the same after a rebuild.

use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::{Value, json};

/// Anna reads on her phone, signs up, and buys at the counter with her card.
async fn anna(filo: &Filo) -> CustomerId {
    filo.send_public([
        json!({"type": "page", "name": "Home", "anonymousId": "a-1", "messageId": "1"}),
        json!({"type": "track", "event": "Product Viewed", "anonymousId": "a-1", "messageId": "2"}),
    ])
    .await;
    filo.send([
        json!({"type": "identify", "userId": "u-1", "anonymousId": "a-1", "messageId": "3",
               "traits": {"email": "anna@example.it", "firstName": "Anna"}}),
        json!({"type": "track", "event": "Order Completed", "messageId": "4",
               "properties": {"order_id": "o-1", "revenue": 10, "currency": "EUR"},
               "context": {"traits": {"email": "Anna@Example.it"}}}),
    ])
    .await;
    filo.user("u-1").await.id
}

async fn node(filo: &Filo, kind: Kind, value: &str) -> NodeId {
    let customer = filo.find(kind, value).await.unwrap();
    customer
        .identifiers
        .iter()
        .find(|one| one.kind == kind && one.value == value)
        .unwrap()
        .node
}

#[tokio::test]
async fn what_one_person_does_on_many_ids_is_one_thread() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    for (kind, value) in [
        (Kind::AnonymousId, "a-1"),
        (Kind::UserId, "u-1"),
        (Kind::Email, "anna@example.it"),
    ] {
        assert_eq!(filo.find(kind, value).await.unwrap().id, id, "{value}");
    }
    assert_eq!(filo.thread(id).await.len(), 4);
    assert_eq!(filo.app.customer_count().await.unwrap(), 1);
    let customer = filo.api_get(&format!("/api/v1/customers/{id}")).await;
    assert_eq!(customer["event_count"], 4);
    assert_eq!(customer["orders"][0]["net_cents"], 1000);
    assert_eq!(customer["name"], "Anna");
}

#[tokio::test]
async fn it_is_told_why_they_are_one() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let why = filo
        .api_get(&format!("/api/v1/customers/{id}/explanation"))
        .await;
    let joined: Vec<&Value> = why["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|reason| reason["outcome"] == "joined")
        .collect();
    assert_eq!(joined.len(), 2, "{why}");
    for reason in joined {
        assert_eq!(reason["evidence"]["trust"], "verified");
        assert!(
            reason["evidence"]["event"]
                .as_str()
                .unwrap()
                .starts_with("evt_")
        );
    }
}

#[tokio::test]
async fn a_join_is_taken_back_and_given_again() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let before = filo.app.state_hash().await.unwrap();
    let (user, mail) = (
        node(&filo, Kind::UserId, "u-1").await,
        node(&filo, Kind::Email, "anna@example.it").await,
    );
    let pair = json!({"a": user.to_string(), "b": mail.to_string(), "note": "madre e figlia"});
    let preview = filo
        .api_post(
            &format!("/api/v1/customers/{id}/separations/preview"),
            &pair,
        )
        .await;
    assert_eq!(preview["achieved"], true);
    assert_eq!(preview["before"].as_array().unwrap().len(), 1);
    assert_eq!(preview["after"].as_array().unwrap().len(), 2);
    assert_eq!(
        filo.app.customer_count().await.unwrap(),
        1,
        "a preview changes nothing"
    );

    filo.api_post("/api/v1/separations", &pair).await;
    let (one, other) = (
        filo.user("u-1").await,
        filo.find(Kind::Email, "anna@example.it").await.unwrap(),
    );
    assert_ne!(one.id, other.id);
    // Lists and counts come out of the tables.
    filo.settle().await;
    assert_eq!(filo.app.customer_count().await.unwrap(), 2);
    // The order came with the address, so it went with it.
    assert!(one.profile.orders.iter().next().is_none());
    let order = filo
        .api_get(&format!("/api/v1/customers/{}", other.id))
        .await;
    assert_eq!(order["orders"][0]["count"], 1);
    let why = filo
        .api_get(&format!("/api/v1/customers/{}/explanation", other.id))
        .await;
    let ruling = why["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| !one["ruling"].is_null());
    assert_eq!(ruling.unwrap()["ruling"]["note"], "madre e figlia");

    // A later event says again that they are one: the person's word stands.
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "9",
                      "traits": {"email": "anna@example.it"}}),
    ])
    .await;
    assert_ne!(
        filo.user("u-1").await.id,
        filo.find(Kind::Email, "anna@example.it").await.unwrap().id
    );
    filo.api_post("/api/v1/rulings/withdrawals", &pair).await;
    let joined = filo.user("u-1").await;
    assert_eq!(
        joined.id,
        filo.find(Kind::Email, "anna@example.it").await.unwrap().id
    );
    assert_eq!(joined.id, id, "the id is what it was");
    assert_ne!(
        filo.app.state_hash().await.unwrap(),
        before,
        "the ruling stays on record"
    );
}

#[tokio::test]
async fn two_customers_are_joined_by_a_person() {
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "1", "traits": {"city": "Roma"}}),
        json!({"type": "identify", "userId": "u-2", "messageId": "2", "traits": {"age": 40}}),
    ])
    .await;
    let (one, two) = (filo.user("u-1").await.id, filo.user("u-2").await.id);
    let pair = json!({"a": one.to_string(), "b": two.to_string(), "note": "stessa persona"});
    let preview = filo.api_post("/api/v1/joins/preview", &pair).await;
    assert_eq!(preview["achieved"], true);
    filo.api_post("/api/v1/joins", &pair).await;
    let joined = filo.user("u-1").await;
    assert_eq!(joined.id, filo.user("u-2").await.id);
    // Either id still finds the customer.
    for id in [one, two] {
        let found = filo.api_get(&format!("/api/v1/customers/{id}")).await;
        assert_eq!(found["id"], joined.id.to_string());
        assert_eq!(found["traits"], json!({"age": 40, "city": "Roma"}));
    }
}

#[tokio::test]
async fn ids_and_state_survive_a_rebuild() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let (user, mail) = (
        node(&filo, Kind::UserId, "u-1").await,
        node(&filo, Kind::Email, "anna@example.it").await,
    );
    let pair = json!({"a": user.to_string(), "b": mail.to_string()});
    filo.api_post("/api/v1/separations", &pair).await;
    filo.send((0..50).map(|number| {
        json!({"type": "identify", "userId": format!("v-{}", number % 20), "messageId": format!("r-{number}"),
               "anonymousId": format!("b-{}", number % 7), "traits": {"email": format!("m{}@example.it", number % 15)}})
    }))
    .await;
    // Part of it is in the lake, part still on the log.
    filo.flush().await;
    filo.send([json!({"type": "track", "event": "Late", "userId": "u-1", "messageId": "late"})])
        .await;
    let before = filo.app.state_hash().await.unwrap();
    let others = filo.find(Kind::Email, "anna@example.it").await.unwrap().id;
    let report = filo.app.rebuild().await.unwrap();
    assert_eq!(report.before, report.after);
    assert_eq!(filo.app.state_hash().await.unwrap(), before);
    assert_eq!(filo.user("u-1").await.id, id);
    assert_eq!(
        filo.find(Kind::Email, "anna@example.it").await.unwrap().id,
        others
    );
    assert_eq!(
        filo.app.check().await.unwrap().problems,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn the_same_events_in_another_order_give_the_same_state() {
    let events: Vec<Value> = (0..40)
        .map(|number: u32| {
            json!({
                "type": if number.is_multiple_of(3) { "identify" } else { "track" },
                "event": "X", "messageId": format!("m-{number}"),
                "userId": format!("u-{}", number * 7 % 9), "anonymousId": format!("a-{}", number * 5 % 6),
                "timestamp": format!("2026-09-{:02}T10:00:00Z", number % 28 + 1),
                "traits": {"email": format!("p{}@example.it", number * 3 % 8), "n": number},
            })
        })
        .collect();
    let mut states = Vec::new();
    for order in 0..3 {
        let filo = Filo::start().await;
        let mut sent = events.clone();
        match order {
            0 => {}
            1 => sent.reverse(),
            _ => {
                sent.rotate_left(17);
                sent.extend(events[..10].to_vec());
            }
        }
        for chunk in sent.chunks(7 + order) {
            filo.send(chunk.to_vec()).await;
        }
        // Each start has its own secret for ids, so what is compared are the groups.
        let mut groups = Vec::new();
        for row in filo.app.customers(None, 1000).await.unwrap() {
            let customer = filo.app.customer(row.id).await.unwrap().unwrap();
            let mut members: Vec<String> = customer
                .identifiers
                .iter()
                .map(|one| format!("{:?}", (one.kind, &one.value)))
                .collect();
            members.sort();
            groups.push((members, customer.profile.counters.total()));
        }
        groups.sort();
        states.push(groups);
    }
    assert_eq!(states[0], states[1]);
    assert_eq!(states[0], states[2]);
}
