//! When Filo cannot take more: 429 or 503 with a time, never a false success. (3.11, line 7)

use filo_testkit::Filo;
use serde_json::json;

#[tokio::test]
async fn a_full_queue_answers_with_a_time_to_come_back() {
    let filo = Filo::start().await;
    // Hold all the room there is, as requests in flight would.
    let mut permits = Vec::new();
    while let Ok(permit) = filo.app.admit(1 << 20) {
        permits.push(permit);
        assert!(permits.len() < 10_000, "the queue has an end");
    }
    let call = json!({"event": "X", "userId": "u-1", "messageId": "1"});
    let answer = filo
        .post("/v1/track")
        .header("origin", "https://shop.example.it")
        .key(&filo.secret_key)
        .json(&call)
        .send()
        .await;
    // What one has to wait for is told in whole seconds, to pages of other origins too.
    if answer.status.is_success() {
        // A small request may find room beside the megabytes.
        let body = json!({"batch": [{"type": "track", "event": "X", "userId": "u-2",
                          "properties": {"p": "x".repeat(20_000)}}]});
        let many: Vec<_> = (0..100).map(|_| body["batch"][0].clone()).collect();
        let answer = filo.post("/v1/batch").key(&filo.secret_key);
        refused(&answer.json(&json!({"batch": many})).send().await);
    } else {
        refused(&answer);
    }
    drop(permits);
    filo.send([json!({"type": "track", "event": "X", "userId": "u-3", "messageId": "9"})])
        .await;
    assert_eq!(filo.thread(filo.user("u-3").await.id).await.len(), 1);
    assert!(
        filo.find(filo_core::identity::Kind::UserId, "u-2")
            .await
            .is_none()
    );
}

fn refused(answer: &filo_testkit::Answer) {
    assert!(
        matches!(answer.status.as_u16(), 429 | 503),
        "{}",
        answer.status
    );
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=300).contains(&seconds));
}

#[tokio::test]
async fn a_filo_that_stops_takes_nothing_and_says_so() {
    let filo = Filo::start().await;
    filo.send([json!({"type": "track", "event": "X", "userId": "u-1", "messageId": "1"})])
        .await;
    filo.get("/readyz").send().await.is(200);
    filo.app.shut_down().await.unwrap();
    let call = json!({"event": "X", "userId": "u-1", "messageId": "2"});
    let answer = filo
        .post("/v1/track")
        .key(&filo.secret_key)
        .json(&call)
        .send()
        .await;
    assert_eq!(answer.status.as_u16(), 503);
    assert!(answer.header("retry-after").is_some());
    let ready = filo.get("/readyz").send().await;
    assert_eq!(ready.status.as_u16(), 503);
    assert!(ready.header("retry-after").is_some());
}
