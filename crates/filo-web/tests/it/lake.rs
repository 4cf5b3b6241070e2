//! Events move from the log to the lake, and nobody notices.

use filo_testkit::Filo;
use serde_json::json;

#[tokio::test]
async fn a_thread_is_the_same_before_and_after_the_flush() {
    let filo = Filo::start().await;
    let send = |from: u32, to: u32| {
        let calls = (from..to).map(|number| {
            json!({"type": "track", "event": format!("E {number}"), "userId": format!("u-{}", number % 5),
                   "messageId": format!("m-{number}"), "properties": {"number": number, "text": "è già «sera»"},
                   "timestamp": format!("2026-0{}-15T10:{:02}:00Z", number % 9 + 1, number % 60)})
        });
        filo.send(calls.collect::<Vec<_>>())
    };
    send(0, 120).await;
    let before = filo.thread(filo.user("u-1").await.id).await;
    assert_eq!(before.len(), 24);
    filo.flush().await;
    let after = filo.thread(filo.user("u-1").await.id).await;
    assert_eq!(before, after);
    assert_eq!(filo.app.status().tail_events, 0);
    // Part in the lake, part in memory; a page through both.
    send(120, 200).await;
    let id = filo.user("u-1").await.id;
    let whole = filo.thread(id).await;
    assert_eq!(whole.len(), 40);
    let mut paged = Vec::new();
    let mut before = None;
    loop {
        let page = filo.app.timeline(id, before, 7).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.at, last.id));
        paged.extend(page);
    }
    assert_eq!(paged, whole);
    for _ in 0..4 {
        filo.flush().await;
        assert_eq!(filo.thread(id).await, whole);
    }
    let report = filo.app.check().await.unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!(report.events, 200);
}

#[tokio::test]
async fn the_api_pages_through_a_thread() {
    let filo = Filo::start().await;
    filo.send((0..30).map(|number| {
        json!({"type": "track", "event": "E", "userId": "u-1", "messageId": format!("m-{number}"),
               "timestamp": format!("2026-09-01T10:{number:02}:00Z")})
    }))
    .await;
    filo.flush().await;
    let id = filo.user("u-1").await.id;
    let mut seen = Vec::new();
    let mut path = format!("/api/v1/customers/{id}/events?limit=13");
    loop {
        let page = filo.api_get(&path).await;
        for event in page["data"].as_array().unwrap() {
            seen.push(event["at"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/customers/{id}/events?limit=13&before={next}");
    }
    assert_eq!(seen.len(), 30);
    assert!(seen.is_sorted_by(|one, other| one > other), "{seen:?}");
}
