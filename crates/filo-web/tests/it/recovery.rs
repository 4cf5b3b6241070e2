//! After an end without a word everything is there, once.

use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::json;

fn calls(from: u32, to: u32) -> Vec<serde_json::Value> {
    (from..to)
        .map(|number| {
            json!({"type": "identify", "userId": format!("u-{}", number % 10), "messageId": format!("m-{number}"),
                   "anonymousId": format!("a-{}", number % 13), "traits": {"email": format!("p{}@example.it", number % 10),
                   "n": number}, "timestamp": format!("2026-09-01T10:{:02}:00Z", number % 60)})
        })
        .collect()
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_kill() {
    let mut filo = Filo::start().await;
    filo.send(calls(0, 40)).await;
    filo.flush().await;
    let mut sent = 40;
    for round in 0..4 {
        let body = json!({"batch": calls(sent, sent + 25)});
        filo.post("/v1/batch")
            .key(&filo.secret_key)
            .json(&body)
            .send()
            .await
            .ok();
        sent += 25;
        if round == 2 {
            filo.settle().await;
        }
        // Acknowledged and perhaps not yet applied: it must not matter.
        filo = filo.restart().await;
        filo.settle().await;
        let mut total = 0;
        for row in filo.app.customers(None, 1000).await.unwrap() {
            total += filo.thread(row.id).await.len();
        }
        assert_eq!(total, sent as usize, "round {round}");
    }
    let before = filo.app.state_hash().await.unwrap();
    let report = filo.app.rebuild().await.unwrap();
    assert_eq!((report.before, report.after), (before, before));
    // What is sent again is recognised, wherever the first one is by now.
    filo.send(calls(0, sent)).await;
    assert_eq!(filo.app.state_hash().await.unwrap(), before);
    assert!(filo.find(Kind::Email, "p3@example.it").await.is_some());
}

#[tokio::test]
async fn rulings_keys_and_quarantine_survive_too() {
    let mut filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "1",
                      "traits": {"email": "anna@example.it"}}),
    ])
    .await;
    let customer = filo.user("u-1").await;
    let node = |kind: Kind| {
        customer
            .identifiers
            .iter()
            .find(|one| one.kind == kind)
            .unwrap()
            .node
            .to_string()
    };
    let pair = json!({"a": node(Kind::UserId), "b": node(Kind::Email)});
    filo.api_post("/api/v1/separations", &pair).await;
    filo.post("/v1/track")
        .key(&filo.secret_key)
        .body("{}")
        .send()
        .await
        .is(400);
    filo = filo.restart().await;
    assert_ne!(
        filo.user("u-1").await.id,
        filo.find(Kind::Email, "anna@example.it").await.unwrap().id
    );
    assert_eq!(
        filo.api_get("/api/v1/quarantine").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    filo.send([json!({"type": "track", "event": "X", "userId": "u-1", "messageId": "2"})])
        .await;
}
