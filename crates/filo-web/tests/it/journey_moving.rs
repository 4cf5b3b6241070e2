//! Journeys that are paused, stopped and published anew; days and segments that bring people in;
//! answers that are taken back.

use filo_testkit::Filo;
use serde_json::json;

use crate::journey::{DAY, HOUR, ask, by_lead, lead, runs, settled, start, tasks};

#[tokio::test]
async fn paused_nobody_moves_and_stopped_everybody_leaves() {
    let filo = Filo::start().await;
    let journey = start(
        &filo,
        by_lead(json!([
            {"id": "w", "do": {"wait": {"for": "1 day"}}},
            ask("call", json!([{"name": "Sì"}])),
        ])),
    )
    .await;
    filo.send([lead("anna", 1)]).await;
    settled(&filo).await;
    let halt = async |what: &str| {
        let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
        let body = json!({"version": page["version"]});
        filo.api_post(&format!("/api/v1/journeys/{journey}/{what}"), &body)
            .await
    };
    assert_eq!(halt("pausing").await["status"], "paused");
    filo.advance(2 * DAY);
    filo.send([lead("bruno", 1)]).await;
    assert_eq!(runs(&filo, &journey).await.len(), 1);
    assert!(tasks(&filo).await.is_empty());
    assert_eq!(halt("resuming").await["status"], "active");
    assert_eq!(tasks(&filo).await.len(), 1);
    assert_eq!(halt("stopping").await["status"], "stopped");
    assert_eq!(runs(&filo, &journey).await[0]["ending"], "stopped");
    assert!(tasks(&filo).await.is_empty());
}

#[tokio::test]
async fn a_new_version_moves_those_it_says_and_nobody_else() {
    let filo = Filo::start().await;
    let journey = start(
        &filo,
        by_lead(json!([
            {"id": "w", "do": {"wait": {"for": "5 days"}}},
            ask("call", json!([{"name": "Sì"}])),
        ])),
    )
    .await;
    filo.send([lead("anna", 1)]).await;
    filo.advance(DAY);
    settled(&filo).await;
    let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
    let mut shorter = page["journey"].clone();
    shorter["steps"][0]["do"]["wait"]["for"] = json!("2 days");
    let change = json!({"version": page["version"], "name": "Prova", "journey": shorter});
    let request = filo.request(http::Method::PUT, &format!("/api/v1/journeys/{journey}"));
    let changed = request
        .bearer(&filo.api_key)
        .json(&change)
        .send()
        .await
        .ok()
        .json();
    assert_eq!(changed["is_changed"], true);
    let rule = json!({"same": true});
    let path = format!("/api/v1/journeys/{journey}/publishing/preview");
    let preview = filo.api_post(&path, &json!({"rule": rule})).await;
    assert_eq!(
        preview["moves"][0],
        json!({"version": 1, "step": "w", "count": 1, "target": "to", "to": "w"})
    );
    let path = format!("/api/v1/journeys/{journey}/publishing");
    filo.api_post(&path, &json!({"version": changed["version"], "rule": rule}))
        .await;
    filo.send([lead("bruno", 1)]).await;
    let going = runs(&filo, &journey).await;
    assert!(going.iter().all(|run| run["version"] == 2), "{going:?}");
    // Two days since she came, not since the change.
    filo.advance(DAY + HOUR);
    assert_eq!(tasks(&filo).await.len(), 1);
}

#[tokio::test]
async fn a_birthday_asks_on_the_day_also_of_who_was_there_before() {
    let filo = Filo::start().await;
    let day = |text: &str, user: &str| {
        json!({"type": "identify", "userId": user, "messageId": format!("b-{user}"),
               "traits": {"birthday": text}})
    };
    let now = filo.now();
    let in_days = |days: i64| now.plus_seconds(days * 86_400).to_string()[5..10].to_owned();
    filo.send([
        day(&format!("1980-{}", in_days(3)), "anna"),
        day(&format!("1990-{}", in_days(200)), "bruno"),
    ])
    .await;
    settled(&filo).await;
    let journey = start(
        &filo,
        json!({
            "trigger": {"date": {"key": "birthday", "yearly": true, "days": 0}},
            "entry": {"every": "300 days"},
            "steps": [ask("call", json!([{"name": "Fatto"}]))],
        }),
    )
    .await;
    assert!(runs(&filo, &journey).await.is_empty());
    for _ in 0..4 {
        filo.advance(DAY);
        settled(&filo).await;
    }
    assert_eq!(tasks(&filo).await.len(), 1);
    // Nobody is shown a segment that nobody made.
    let anna = filo.user("anna").await.id;
    let of = filo
        .api_get(&format!("/api/v1/customers/{anna}/segments"))
        .await;
    assert_eq!(of["data"], json!([]));
}

#[tokio::test]
async fn who_comes_into_a_segment_comes_in_and_a_broadcast_takes_everybody() {
    let filo = Filo::start().await;
    filo.send((0..600).map(|number| {
        json!({"type": "track", "userId": format!("u{number}"), "event": "Order Completed",
               "messageId": format!("o{number}"), "properties": {"order_id": format!("o{number}"), "total": 5}})
    })).await;
    settled(&filo).await;
    let bought = json!({"name": "Hanno comprato", "condition": {"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": "ever"}}}}});
    let segment = filo.api_post("/api/v1/segments", &bought).await["id"].clone();
    settled(&filo).await;
    let wait = json!([{"id": "w", "do": {"wait": {"for": "9 days"}}}]);
    let entering = start(
        &filo,
        json!({"trigger": {"segment_entered": segment}, "steps": wait}),
    )
    .await;
    let all = start(
        &filo,
        json!({"trigger": {"broadcast": segment}, "steps": wait}),
    )
    .await;
    let count = async |id: &str| {
        filo.api_get(&format!("/api/v1/journeys/{id}")).await["on_the_way"].clone()
    };
    settled(&filo).await;
    assert_eq!(
        (count(&entering).await, count(&all).await),
        (json!(0), json!(600))
    );
    filo.send([
        json!({"type": "track", "userId": "neu", "event": "Order Completed",
        "messageId": "neu", "properties": {"order_id": "neu", "total": 5}}),
    ])
    .await;
    settled(&filo).await;
    assert_eq!(
        (count(&entering).await, count(&all).await),
        (json!(1), json!(600))
    );
}

#[tokio::test]
async fn what_came_of_a_task_can_be_taken_back_until_the_journey_acts_on_it() {
    let filo = Filo::start().await;
    start(
        &filo,
        by_lead(json!([ask(
            "call",
            json!([{"name": "Sì", "steps": [{"id": "w", "do": {"wait": {"for": "1 day"}}},
            {"id": "h", "do": {"record": {"name": "Acted"}}}]}, {"name": "No"}])
        ),])),
    )
    .await;
    filo.send([lead("anna", 1)]).await;
    let task = tasks(&filo).await[0]["id"].as_str().unwrap().to_owned();
    let outcome = format!("/api/v1/tasks/{task}/outcome");
    let back = format!("/api/v1/tasks/{task}/reopening");
    filo.api_post(&outcome, &json!({"outcome": "Sì"})).await;
    assert!(tasks(&filo).await.is_empty());
    assert_eq!(filo.api_post(&back, &json!({})).await["status"], "open");
    assert_eq!(tasks(&filo).await.len(), 1);
    filo.api_post(&outcome, &json!({"outcome": "Sì"})).await;
    filo.advance(DAY + HOUR);
    settled(&filo).await;
    filo.post(&back)
        .bearer(&filo.api_key)
        .json(&json!({}))
        .send()
        .await
        .is(409);
}
