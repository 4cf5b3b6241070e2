//! Journeys through the running program: who comes in, who waits, what is asked and done; over
//! restarts, merges, erasures and the change of clocks.

use std::time::Duration;

use filo_testkit::Filo;
use serde_json::{Value, json};

pub(crate) const HOUR: Duration = Duration::from_secs(3_600);
pub(crate) const DAY: Duration = Duration::from_secs(86_400);

#[expect(
    clippy::needless_pass_by_value,
    reason = "a document is written in place"
)]
pub(crate) fn ask(id: &str, outcomes: Value) -> Value {
    json!({"id": id, "do": {"ask": {"kind": "call", "title": "Chiama", "outcomes": outcomes}}})
}

/// Makes a journey and publishes it; nobody is held back of one that does not say so.
pub(crate) async fn start(filo: &Filo, mut journey: Value) -> String {
    let members = journey.as_object_mut().unwrap();
    members.entry("holdout_percent").or_insert(0.into());
    let new = json!({"name": "Prova", "journey": journey});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let publish = json!({"version": made["version"]});
    let path = format!("/api/v1/journeys/{id}/publishing");
    let started = filo.api_post(&path, &publish).await;
    assert_eq!(started["status"], "active", "{started}");
    settled(filo).await;
    id
}

/// Waits until everything that is due was done and is in the tables.
pub(crate) async fn settled(filo: &Filo) {
    filo.settle().await;
    filo.app.segments_settled().await.unwrap();
    filo.settle().await;
}

pub(crate) async fn runs(filo: &Filo, id: &str) -> Vec<Value> {
    settled(filo).await;
    let page = filo.api_get(&format!("/api/v1/journeys/{id}/runs")).await;
    page["data"].as_array().unwrap().clone()
}

pub(crate) async fn tasks(filo: &Filo) -> Vec<Value> {
    settled(filo).await;
    filo.api_get("/api/v1/tasks").await["data"]
        .as_array()
        .unwrap()
        .clone()
}

pub(crate) fn lead(user: &str, number: u32) -> Value {
    json!({"type": "track", "userId": user, "event": "Lead Submitted",
           "messageId": format!("lead-{user}-{number}"), "properties": {"topic": "ufficio"}})
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a document is written in place"
)]
pub(crate) fn by_lead(steps: Value) -> Value {
    json!({"trigger": {"event": {"name": "Lead Submitted"}}, "entry": "every_time", "steps": steps})
}

#[tokio::test]
async fn a_lead_is_called_and_the_outcome_decides() {
    let filo = Filo::start().await;
    let journey = start(&filo, by_lead(json!([
        {"id": "hour", "do": {"wait": {"for": "1 hour"}}},
        ask("call", json!([
            {"name": "Interessato", "steps": [{"id": "vip", "do": {"set_trait": {"key": "warm", "value": true}}},
                {"id": "told", "do": {"record": {"name": "Lead Warmed", "properties": {"by": "call"}}}}]},
            {"name": "No"}])),
    ]))).await;
    filo.send([lead("anna", 1)]).await;
    let going = runs(&filo, &journey).await;
    assert_eq!((going.len(), &going[0]["step"]), (1, &json!("hour")));
    assert!(tasks(&filo).await.is_empty());
    // The same event twice, and another while they are on the way, bring in nobody.
    filo.send([lead("anna", 1), lead("anna", 2)]).await;
    assert_eq!(runs(&filo, &journey).await.len(), 1);

    filo.advance(HOUR);
    let open = tasks(&filo).await;
    assert_eq!((open.len(), &open[0]["title"]), (1, &json!("Chiama")));
    let id = open[0]["id"].as_str().unwrap().to_owned();
    let wrong = json!({"outcome": "Boh"});
    let path = format!("/api/v1/tasks/{id}/outcome");
    let request = filo.post(&path).bearer(&filo.api_key).json(&wrong);
    assert_eq!(request.send().await.is(422).json()["field"], "outcome");
    let done = json!({"outcome": "Interessato", "note": "Vuole i campioni"});
    assert_eq!(filo.api_post(&path, &done).await["status"], "done");
    settled(&filo).await;

    let anna = filo.user("anna").await;
    let names: Vec<String> = filo
        .thread(anna.id)
        .await
        .iter()
        .map(|it| it.name.to_string())
        .collect();
    assert!(names.contains(&"Lead Warmed".to_owned()), "{names:?}");
    assert!(names.contains(&"Note Added".to_owned()), "{names:?}");
    assert_eq!(anna.profile.traits.text("warm").as_deref(), Some("true"));
    let over = runs(&filo, &journey).await;
    assert_eq!(over[0]["ending"], "done", "{over:?}");
    let request = filo.post(&path).bearer(&filo.api_key).json(&done);
    request.send().await.is(409);
    let whole = filo
        .api_get(&format!("/api/v1/runs/{}", over[0]["id"].as_str().unwrap()))
        .await;
    let lines: Vec<&str> = whole["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            "entered", "waits", "asked", "went", "set", "recorded", "ended"
        ]
    );
}

#[tokio::test]
async fn a_restart_in_the_middle_loses_nothing_and_repeats_nothing() {
    let mut filo = Filo::start().await;
    let journey = start(
        &filo,
        by_lead(json!([
            {"id": "day", "do": {"wait": {"for": "1 day", "until": {"at": "10:00"}}}},
            {"id": "told", "do": {"record": {"name": "Day Passed"}}},
            {"id": "more", "do": {"wait": {"for": "2 days"}}},
            ask("call", json!([{"name": "Sì"}])),
        ])),
    )
    .await;
    filo.send((0..40).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    settled(&filo).await;
    for _ in 0..4 {
        filo = filo.restart().await;
        filo.advance(DAY);
        settled(&filo).await;
        filo = filo.restart().await;
    }
    filo.advance(DAY);
    assert_eq!(tasks(&filo).await.len(), 40);
    let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
    assert_eq!(
        (&page["entered"], &page["on_the_way"]),
        (&json!(40), &json!(40))
    );
    let someone = filo.user("u7").await;
    let passed = filo.thread(someone.id).await;
    assert_eq!(
        passed
            .iter()
            .filter(|event| event.name == "Day Passed")
            .count(),
        1
    );
}

#[tokio::test]
async fn old_events_and_imports_of_the_past_bring_nobody_in() {
    let filo = Filo::start().await;
    let journey = start(
        &filo,
        by_lead(json!([ask("call", json!([{"name": "Sì"}]))])),
    )
    .await;
    let mut old = lead("anna", 1);
    let then = filo.now().plus_seconds(-2 * 86_400).to_string();
    old["timestamp"] = json!(then);
    old["sentAt"] = json!(filo.now().to_string());
    filo.send([old]).await;
    assert!(runs(&filo, &journey).await.is_empty());
    filo.send([lead("anna", 2)]).await;
    assert_eq!(runs(&filo, &journey).await.len(), 1);
    // What was done is not done again when everything is made anew.
    filo.app.rebuild().await.unwrap();
    assert_eq!(runs(&filo, &journey).await.len(), 1);
    assert_eq!(tasks(&filo).await.len(), 1);
}

#[tokio::test]
async fn one_run_for_each_order() {
    let filo = Filo::start().await;
    let order = |number: u32, message: u32| {
        json!({"type": "track", "userId": "anna", "event": "Order Completed",
               "messageId": format!("m{message}"),
               "properties": {"order_id": format!("o-{number}"), "total": 20, "currency": "EUR"}})
    };
    let journey = start(
        &filo,
        json!({
            "trigger": {"event": {"name": "Order Completed", "field": "order_id"}},
            "entry": "every_time",
            "steps": [{"id": "w", "do": {"wait": {"for": "3 days"}}}],
        }),
    )
    .await;
    filo.send([order(1, 1), order(2, 2), order(1, 3)]).await;
    let going = runs(&filo, &journey).await;
    let mut keys: Vec<&str> = going
        .iter()
        .map(|run| run["key"].as_str().unwrap())
        .collect();
    keys.sort_unstable();
    assert_eq!(keys, ["o-1", "o-2"]);
}

#[tokio::test]
async fn who_is_joined_goes_on_once_and_who_is_separated_each_on_their_own() {
    let filo = Filo::start().await;
    let journey = start(
        &filo,
        by_lead(json!([{"id": "w", "do": {"wait": {"for": "9 days"}}}])),
    )
    .await;
    filo.send([lead("anna", 1)]).await;
    filo.advance(HOUR);
    filo.send([lead("annetta", 1)]).await;
    assert_eq!(runs(&filo, &journey).await.len(), 2);
    let join = json!({"type": "identify", "userId": "anna", "messageId": "join",
        "traits": {"email": "anna@example.it"}});
    let other = json!({"type": "identify", "userId": "annetta", "messageId": "join2",
        "traits": {"email": "anna@example.it"}});
    filo.send([join, other]).await;
    let all = runs(&filo, &journey).await;
    let (a, b) = (filo.user("anna").await.id, filo.user("annetta").await.id);
    let going = all.iter().filter(|run| run["ended_at"].is_null()).count();
    // Two user ids stay two people by rule; joined they would be one run.
    assert_eq!(going, if a == b { 1 } else { 2 }, "{all:?}");
}

#[tokio::test]
async fn who_is_forgotten_is_on_no_way_and_in_no_task() {
    let filo = Filo::start().await;
    let journey = start(
        &filo,
        by_lead(json!([ask("call", json!([{"name": "Sì"}]))])),
    )
    .await;
    filo.send([lead("anna", 1), lead("bruno", 1)]).await;
    assert_eq!(tasks(&filo).await.len(), 2);
    let anna = filo.user("anna").await.id;
    let of = filo
        .api_get(&format!("/api/v1/customers/{anna}/runs"))
        .await;
    assert_eq!(of["data"].as_array().unwrap().len(), 1);
    let path = format!("/api/v1/customers/{anna}/erasure");
    filo.api_post(&path, &json!({"ground": "request"})).await;
    assert_eq!(tasks(&filo).await.len(), 1);
    assert_eq!(runs(&filo, &journey).await.len(), 1);
}
