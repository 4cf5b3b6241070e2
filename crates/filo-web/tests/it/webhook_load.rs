//! Webhooks under load and on two nodes.

use filo_app::{Actor, Config, SecretKey, Topic, WebhookChange};
use filo_testkit::{Reaction, Receiver, postgres_url};
use serde_json::json;

use crate::webhook::{deliver, hook, order, start, verify};

/// Messages that may wait for one webhook.
const QUEUE_MOST: usize = 10_000;
/// Calls in a batch.
const BATCH: usize = 500;

#[tokio::test(flavor = "multi_thread")]
async fn beyond_ten_thousand_the_oldest_are_dropped_and_a_person_is_told() {
    let (filo, receiver) = (start().await, Receiver::start().await);
    let (path, _) = hook(&filo, &receiver, &["order.completed"]).await;
    receiver.react(vec![Reaction::Hold; 30]);
    let call = |number: usize| {
        json!({ "type": "track", "userId": "u-1", "messageId": format!("m-{number}"),
                "event": "Order Completed", "properties": { "order_id": number.to_string() } })
    };
    for batch in 0..=QUEUE_MOST / BATCH {
        filo.send((0..BATCH).map(|number| call(batch * BATCH + number)))
            .await;
    }
    let shown = filo.api_get(&path).await;
    assert_eq!(shown["dropped"], BATCH);
    let dropped = filo
        .api_get(&format!("{path}/deliveries?status=dropped"))
        .await;
    assert_eq!(dropped["data"].as_array().unwrap().len(), 50);
    let incidents = filo.api_get("/api/v1/incidents").await;
    assert_eq!(incidents["data"][0]["kind"], "webhook_queue_full");
    receiver.release();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_one_sends() {
    if postgres_url().is_none() {
        println!("skipped: FILO_TEST_DB is not set");
        return;
    }
    let (filo, receiver) = (start().await, Receiver::start().await);
    let other = filo.second_node(|_config| {}).await.unwrap();
    assert!(!other.status().leader);
    // Made on the node that follows, heard by the one that applies.
    let new = WebhookChange {
        url: Some(receiver.url()),
        topics: Some(vec![Topic::OrderCompleted]),
        ..WebhookChange::default()
    };
    let made = other.create_webhook(&Actor::operator(), new).await.unwrap();
    let test = other
        .test_webhook(&Actor::operator(), made.webhook.id)
        .await
        .unwrap();
    receiver.wait_for(1).await;
    for number in 0..20 {
        order(&filo, &number.to_string()).await;
    }
    receiver.wait_for(21).await;
    deliver(&filo).await;
    let received = receiver.received();
    let mut ids: Vec<&str> = received.iter().map(|it| it.header("webhook-id")).collect();
    assert_eq!(ids[0], test.to_string());
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), received.len()), (21, 21), "each once");
    received.iter().for_each(|it| verify(&made.secret, it));
    other.shut_down().await.unwrap();

    let foreign = |config: &mut Config| config.secret_key = SecretKey::Given("b".repeat(64));
    let refused = filo.second_node(foreign).await.unwrap_err().to_string();
    assert!(refused.contains("another key"), "{refused}");
}
