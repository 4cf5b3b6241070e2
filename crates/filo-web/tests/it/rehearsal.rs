//! Rehearsals through the running program: asked for, followed, read, compared, let go of; by
//! every kind of trigger; and who may look.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};
use crate::consent_ledger::anna;
use crate::journey::{DAY, HOUR, by_lead, lead, settled, start};

pub(crate) async fn piece(filo: &Filo, name: &str, text: &str) -> String {
    let piece = json!({"name": name, "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "email", "language": "it",
                         "fields": {"subject": name, "text": text}},
                        {"medium": "sms", "language": "it", "fields": {"text": text}}]});
    let made = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    made["id"].as_str().unwrap().to_owned()
}

/// Lets so many of a hundred be held back.
pub(crate) async fn hold_back(filo: &Filo, percent: u8) {
    let path = "/api/v1/settings/messages";
    let mut policy = filo.api_get(path).await;
    policy["holdout_percent"] = percent.into();
    let change = filo.request(Method::PUT, path).bearer(&filo.api_key);
    change.json(&policy).send().await.ok();
}

/// Rehearses a journey to the end, and gives the id of the rehearsal.
pub(crate) async fn rehearsed(filo: &Filo, journey: &str, asked: &Value) -> String {
    let path = format!("/api/v1/journeys/{journey}/rehearsals");
    let begun = filo.api_post(&path, asked).await;
    filo.app.jobs_idle().await.unwrap();
    let id = begun["id"].as_str().unwrap().to_owned();
    let told = filo.api_get(&format!("/api/v1/rehearsals/{id}")).await;
    assert_eq!(told["state"], "done", "{told}");
    id
}

pub(crate) async fn main_of(filo: &Filo, journey: &str, asked: &Value) -> Value {
    let id = rehearsed(filo, journey, asked).await;
    filo.api_get(&format!("/api/v1/rehearsals/{id}")).await["report"]["main"].clone()
}

/// Makes a journey that is only worked on.
async fn draft(filo: &Filo, journey: Value) -> String {
    let new = json!({"name": "Prova", "journey": journey});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn refused(filo: &Filo, journey: &str, asked: &Value, status: u16) -> Value {
    let path = format!("/api/v1/journeys/{journey}/rehearsals");
    let request = filo.post(&path).bearer(&filo.api_key).json(asked);
    request.send().await.is(status).json()
}

#[tokio::test]
async fn a_draft_is_rehearsed_over_what_happened_before_it_was_written() {
    let filo = Filo::start().await;
    hold_back(&filo, 0).await;
    let id = anna(&filo).await;
    filo.advance(HOUR);
    filo.send([lead("anna", 1), lead("bruno", 1)]).await;
    filo.advance(DAY * 3);
    let text = "Ciao {{ first_name }}, ti interessa: {{ event.topic }}.";
    let piece = piece(&filo, "Grazie", text).await;
    let journey = draft(
        &filo,
        by_lead(json!([
        {"id": "day", "do": {"wait": {"for": "1 day"}}},
        {"id": "hello", "do": {"send": {"piece": piece}}},
        {"id": "week", "do": {"wait": {"for": "1 week"}}}])),
    )
    .await;
    let rehearsal = rehearsed(&filo, &journey, &json!({})).await;
    let told = filo
        .api_get(&format!("/api/v1/rehearsals/{rehearsal}"))
        .await;
    let main = &told["report"]["main"];
    assert_eq!((&told["days"], &told["version"]), (&json!(90), &json!(0)));
    assert_eq!(
        (&main["people"], &main["on_the_way"]),
        (&json!(2), &json!(2))
    );
    let messages = json!({"planned": 2, "left": 1, "stopped": 1, "waits": 0, "asks_person": 0, "unsayable": 0});
    assert_eq!(main["messages"], messages);
    assert_eq!(main["media"], json!({"email": messages}));
    assert_eq!(main["reasons"]["no_address"], 1, "{main}");
    assert_eq!(main["messages_each"][0], 1);
    assert_eq!(main["days"].as_array().unwrap().len(), 2, "{main}");
    assert_eq!(main["busiest_hour"]["left"], 1);
    let whole = filo
        .api_get(&format!("/api/v1/rehearsals/{rehearsal}/people/{id}"))
        .await;
    let message = &whole["messages"][0];
    assert_eq!(message["fate"], "left", "{message}");
    let said = message["text"].as_str().unwrap();
    assert!(said.contains("Ciao Anna, ti interessa: ufficio."), "{said}");
    // Nothing happened.
    assert_eq!(filo.api_get("/api/v1/messages").await["data"], json!([]));
    let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
    assert_eq!(
        (&page["entered"], &page["status"]),
        (&json!(0), &json!("draft"))
    );

    // Whoever is forgotten is in no rehearsal.
    let erase = json!({"ground": "request"});
    filo.api_post(&format!("/api/v1/customers/{id}/erasure"), &erase)
        .await;
    let people = filo
        .api_get(&format!("/api/v1/rehearsals/{rehearsal}/people"))
        .await;
    assert_eq!(people["data"].as_array().unwrap().len(), 1, "{people}");
    let gone = filo.get(&format!("/api/v1/rehearsals/{rehearsal}/people/{id}"));
    gone.bearer(&filo.api_key).send().await.is(404);
}

#[tokio::test]
async fn every_trigger_brings_in_whom_it_would_have() {
    let filo = Filo::start().await;
    let order = |user: &str, number: u32| {
        json!({"type": "track", "userId": user, "event": "Order Completed",
               "messageId": format!("{user}{number}"),
               "properties": {"order_id": format!("{user}{number}"), "total": 20, "currency": "EUR"}})
    };
    let condition = json!({"happened": {"signal": {"name": "Order Completed"}, "test": {"figure":
        {"figure": "count", "is": {"at_least": 1}, "during": {"last": "3 days"}}}}});
    let made = filo
        .api_post(
            "/api/v1/segments",
            &json!({"name": "Freschi", "condition": condition}),
        )
        .await;
    let segment = made["id"].as_str().unwrap().to_owned();
    let end = json!([{"id": "e", "do": {"end": {}}}]);
    // The same journey runs, so that the two can be told apart from one that does nothing.
    let born = json!({"type": "identify", "userId": "anna", "messageId": "b", "traits": {"birthday": "1980-10-12"}});
    let triggers = [
        json!({"segment_entered": segment}),
        json!({"segment_left": segment}),
        json!({"date": {"key": "birthday", "yearly": true, "days": -1}}),
    ];
    let mut live = Vec::new();
    for trigger in &triggers {
        live.push(
            start(
                &filo,
                json!({"trigger": trigger, "entry": "every_time", "steps": end}),
            )
            .await,
        );
    }
    filo.advance(HOUR);
    filo.send([born, order("anna", 1), order("bruno", 1)]).await;
    settled(&filo).await;
    // Each hour is long before whatever changes at the very instant three days after an order.
    for _ in 0..24 * 6 {
        filo.advance(HOUR);
        settled(&filo).await;
    }
    filo.send([order("anna", 2)]).await;
    settled(&filo).await;
    for journey in &live {
        let page = filo
            .api_get(&format!("/api/v1/journeys/{journey}/runs"))
            .await;
        let really: Vec<&Value> = page["data"].as_array().unwrap().iter().collect();
        let main = main_of(&filo, journey, &json!({"version": 1, "days": 20})).await;
        assert_eq!(main["entered"], json!(really.len()), "{main} {page}");
        assert!(!really.is_empty(), "{page}");
    }
    let broadcast = json!({"trigger": {"broadcast": segment}, "steps": end});
    let broadcast = draft(&filo, broadcast).await;
    let at = filo.now().plus_seconds(-4 * 86_400).to_string();
    let main = main_of(&filo, &broadcast, &json!({"days": 20, "broadcast_at": at})).await;
    assert_eq!(
        (&main["people"], &main["trigger"]),
        (&json!(2), &json!("broadcast"))
    );
    let main = main_of(&filo, &broadcast, &json!({"days": 20})).await;
    assert_eq!(main["people"], 0, "nobody had ordered yet");
    let later = filo.now().plus_seconds(60).to_string();
    let wrong = refused(&filo, &broadcast, &json!({"broadcast_at": later}), 422).await;
    assert_eq!(wrong["field"], "broadcast_at");
    let hand = draft(&filo, json!({"trigger": {"hand": {}}, "steps": end})).await;
    let main = main_of(&filo, &hand, &json!({})).await;
    assert_eq!(
        (&main["people"], &main["trigger"]),
        (&json!(0), &json!("hand"))
    );
}

#[tokio::test]
async fn two_versions_stand_side_by_side_and_a_changed_draft_is_said() {
    let filo = Filo::start().await;
    hold_back(&filo, 0).await;
    let id = anna(&filo).await;
    let piece = piece(&filo, "Grazie", "Grazie di averci scritto.").await;
    let say = |days: u8| {
        by_lead(
            json!([{"id": "w", "do": {"wait": {"for": format!("{days} days")}}},
            {"id": "hello", "do": {"send": {"piece": piece}}}]),
        )
    };
    let journey = start(&filo, say(1)).await;
    filo.send([lead("anna", 1)]).await;
    filo.advance(DAY * 2);
    settled(&filo).await;
    filo.app.send_messages().await.unwrap();
    let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
    let change = |version: &Value, days: u8| {
        let change = json!({"name": "Prova", "journey": say(days), "version": version});
        filo.request(Method::PUT, &format!("/api/v1/journeys/{journey}"))
            .bearer(&filo.api_key)
            .json(&change)
    };
    let changed = change(&page["version"], 30).send().await.ok().json();
    let rehearsal = rehearsed(&filo, &journey, &json!({"beside": 1})).await;
    let told = filo
        .api_get(&format!("/api/v1/rehearsals/{rehearsal}"))
        .await;
    let report = &told["report"];
    assert_eq!(report["main"]["messages"]["planned"], 0);
    assert_eq!(report["main"]["on_the_way"], 1);
    assert_eq!(
        report["beside"]["messages"]["left"], 1,
        "what really left counts once: {told}"
    );
    let person = format!("/api/v1/rehearsals/{rehearsal}/people/{id}");
    filo.api_get(&person).await;
    change(&changed["version"], 4).send().await.ok();
    let stale = filo.get(&person).bearer(&filo.api_key).send().await.is(409);
    assert!(stale.text().contains("changed since"), "{}", stale.text());

    let kept = format!("/api/v1/journeys/{journey}/rehearsals");
    for _ in 0..6 {
        rehearsed(&filo, &journey, &json!({"days": 7})).await;
    }
    let all = filo.api_get(&kept).await;
    assert_eq!(
        all["data"].as_array().unwrap().len(),
        5,
        "the newest are kept"
    );
    let newest = all["data"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/rehearsals/{newest}");
    let remove = filo.request(Method::DELETE, &path).bearer(&filo.api_key);
    remove.send().await.is(204);
    filo.get(&path).bearer(&filo.api_key).send().await.is(404);
    // They go with their journey.
    let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
    let stop = json!({"version": page["version"]});
    filo.api_post(&format!("/api/v1/journeys/{journey}/stopping"), &stop)
        .await;
    let remove = filo.request(Method::DELETE, &format!("/api/v1/journeys/{journey}"));
    remove.bearer(&filo.api_key).send().await.is(204);
    let left = all["data"][1]["id"].as_str().unwrap();
    let left = filo.get(&format!("/api/v1/rehearsals/{left}"));
    left.bearer(&filo.api_key).send().await.is(404);
}

#[tokio::test]
async fn what_cannot_be_rehearsed_is_refused_with_its_reason() {
    let filo = Filo::start().await;
    let good = draft(
        &filo,
        by_lead(json!([{"id": "w", "do": {"wait": {"for": "1 day"}}}])),
    )
    .await;
    for (asked, field) in [
        (json!({"days": 0}), "days"),
        (json!({"days": 367}), "days"),
        (json!({"beside": 0}), "beside"),
        (json!({"broadcast_at": "ieri"}), "broadcast_at"),
    ] {
        assert_eq!(refused(&filo, &good, &asked, 422).await["field"], field);
    }
    refused(&filo, &good, &json!({"version": 3}), 404).await;
    refused(&filo, &good, &json!({"beside": 3}), 404).await;
    refused(&filo, &good, &json!({"soon": true}), 422).await;
    let faulty = draft(&filo, by_lead(json!([{"id": "w", "do": {"wait": {}}}]))).await;
    assert_eq!(
        refused(&filo, &faulty, &json!({}), 422).await["field"],
        "journey"
    );
    let unknown = "jrn_00000000000000000000000009";
    refused(&filo, unknown, &json!({}), 404).await;
    let nothing = filo.get("/api/v1/rehearsals/reh_00000000000000000000000009");
    nothing.bearer(&filo.api_key).send().await.is(404);
    // Where nothing ever happened, nothing would have.
    let main = main_of(&filo, &good, &json!({})).await;
    assert_eq!(
        (&main["people"], &main["messages"]["planned"]),
        (&json!(0), &json!(0))
    );
}

#[tokio::test]
async fn one_rehearses_in_the_console_and_reads_it_by_ones_rights() {
    let filo = Filo::start().await;
    hold_back(&filo, 0).await;
    let id = anna(&filo).await;
    filo.send([lead("anna", 1)]).await;
    filo.advance(Duration::from_secs(7_200));
    let piece = piece(
        &filo,
        "Grazie",
        "Grazie di averci scritto, a presto in bottega.",
    )
    .await;
    let journey = draft(
        &filo,
        by_lead(json!([{"id": "hello", "do": {"send": {"piece": piece}}}])),
    )
    .await;
    let maker = somebody(&filo, "maria", Role::Marketer).await.text;
    let page = look(&filo, &format!("/journeys/{journey}"), &maker)
        .await
        .ok();
    assert!(
        page.text()
            .contains(&format!("/journeys/{journey}/rehearsals"))
    );
    let address = format!("/journeys/{journey}/rehearsals");
    let wrong = post(&filo, &address, &maker, "version=0&days=0").await;
    wrong.is(422);
    let begun = post(&filo, &address, &maker, "version=0&beside=").await;
    let rehearsal = begun.is(303).headers["location"]
        .to_str()
        .unwrap()
        .to_owned();
    look(&filo, &rehearsal, &maker).await.ok();
    filo.app.jobs_idle().await.unwrap();
    let report = look(&filo, &rehearsal, &maker).await.ok();
    let text = report.text();
    for part in [
        "rehearsal-days-title",
        "tree-title",
        "sample-title",
        "<progress",
    ] {
        assert_eq!(text.contains(part), part != "<progress", "{part}: {text}");
    }
    let list = look(&filo, &address, &maker).await.ok();
    assert!(list.text().contains(&rehearsal));
    let person = format!("{rehearsal}/people/{id}");
    let told = look(&filo, &person, &maker).await.ok();
    assert!(
        told.text().contains("a presto in bottega"),
        "{}",
        told.text()
    );
    // Who sees figures alone sees no names, and no letters.
    let analyst = somebody(&filo, "nora", Role::Analyst).await.text;
    let page = look(&filo, &rehearsal, &analyst).await;
    assert!(!page.text().contains("Anna"), "{}", page.text());
    assert!(!look(&filo, &person, &analyst).await.status.is_success());
    post(&filo, &format!("{rehearsal}/removal"), &analyst, "")
        .await
        .is(403);
    post(&filo, &format!("{rehearsal}/removal"), &maker, "")
        .await
        .is(303);
    look(&filo, &rehearsal, &maker).await.is(404);
}
