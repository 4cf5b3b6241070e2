//! Messages on the site: they wait for their person, go through the gate when they come, and what
//! is done with them stands on the thread once.

use std::time::Duration;

use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use super::{anna_on, events, message, put, sent, write};
use crate::consent_ledger::asked;
use crate::journey::{by_lead, lead, runs, settled, start};
use crate::message_journey::{messages, nobody_held_back};

pub(super) const OWED: (&str, &str) = ("in_app", "contract");
const OFFER: (&str, &str) = ("in_app", "marketing");
pub(super) const SECRET: &str = "0123456789abcdef0123456789abcdef";
const DAY: Duration = Duration::from_secs(86_400);

/// A Filo whose site shows messages, each three times at most.
pub(super) async fn filo_showing() -> Filo {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let account = json!({"carrier": "site", "version": 0, "secrets": {"identity": SECRET},
        "look": {"colour": "#ffcc00", "layout": "card", "times": 3}});
    put(&filo, "/api/v1/channels/in_app", account).await.ok();
    filo
}

/// What a page asks, with whatever else it says.
pub(super) async fn ask_as(filo: &Filo, anonymous: &str, more: &Value) -> Answer {
    let mut body = json!({"writeKey": filo.public_key, "anonymousId": anonymous});
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    let request = filo.post("/v1/messages");
    let request = request.header("origin", "https://bar.example");
    let request = request.header("content-type", "text/plain");
    request.body(body.to_string()).send().await
}

pub(super) async fn ask(filo: &Filo, anonymous: &str) -> Option<Value> {
    let answer = ask_as(filo, anonymous, &json!({})).await;
    (answer.status == 200).then(|| answer.json())
}

async fn report(filo: &Filo, told: &Value, word: &str) {
    let link = told["report"].as_str().unwrap();
    let path = &link[link.find("/public/").unwrap()..];
    let request = filo.post(path).header("content-type", "text/plain");
    request.body(word.to_owned()).send().await.is(204);
}

/// Somebody looks at a page.
pub(super) async fn comes_by(filo: &Filo, anonymous: &str) -> String {
    filo.send_public([json!({"type": "page", "anonymousId": anonymous,
                             "messageId": format!("page-{anonymous}")})])
        .await;
    let kind = filo_core::identity::Kind::AnonymousId;
    filo.find(kind, anonymous).await.unwrap().id.to_string()
}

/// What the company's own server says when she signs in.
pub(super) async fn server_says(filo: &Filo, user: &str, anonymous: &str) {
    filo.send([
        json!({"type": "identify", "userId": user, "anonymousId": anonymous,
                      "messageId": format!("s-{user}-{anonymous}")}),
    ])
    .await;
}

fn last_verdict(whole: &Value) -> String {
    whole["verdicts"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .to_string()
}

#[tokio::test]
async fn a_message_waits_until_its_person_comes_and_what_they_do_stands_once() {
    let filo = filo_showing().await;
    let id = comes_by(&filo, "a-1").await;
    let order = write(&filo, &id, OWED, "Il tuo ordine è pronto").await;
    assert_eq!(sent(&filo, &order).await, "queued");
    let waiting = message(&filo, &order).await;
    assert!(last_verdict(&waiting).contains("absent"), "{waiting}");
    assert_eq!(waiting["shown"], Value::Null);

    let answer = ask_as(&filo, "a-1", &json!({})).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(
        answer.header("access-control-allow-origin"),
        Some("https://bar.example")
    );
    let told = answer.ok().json();
    assert_eq!(
        (&told["text"], &told["layout"], &told["lang"], &told["id"]),
        (
            &json!("Il tuo ordine è pronto"),
            &json!("card"),
            &json!("it"),
            &json!(order)
        )
    );
    assert_eq!(
        (&told["colour"], &told["ink"]),
        (&json!("#ffcc00"), &json!("#000000"))
    );
    assert!(told["why"].as_str().is_some_and(|why| !why.is_empty()));
    assert!(
        !told["why"].as_str().unwrap().contains("rispondere"),
        "{told}"
    );
    assert_eq!(told["out"], Value::Null, "what is owed has no way out");
    let shown = message(&filo, &order).await;
    assert_eq!(
        (&shown["state"], &shown["shown"]["times"]),
        (&json!("sent"), &json!(1)),
        "{shown}"
    );

    for word in ["shown", "anything", "shown", ""] {
        report(&filo, &told, word).await;
    }
    // It was not answered: the next page shows it again, and counts.
    let again = ask(&filo, "a-1").await.unwrap();
    assert_eq!(again["id"], told["id"]);
    for word in ["click", "click", "close"] {
        report(&filo, &again, word).await;
    }
    assert_eq!(ask(&filo, "a-1").await, None);
    for (name, count) in [
        ("Message Sent", 1),
        ("Message Read", 1),
        ("In-App Message Viewed", 1),
        ("In-App Message Clicked", 1),
        ("In-App Message Dismissed", 0),
    ] {
        assert_eq!(events(&filo, &id, name).await.len(), count, "{name}");
    }
    let whole = message(&filo, &order).await;
    assert_eq!(
        (&whole["shown"]["times"], &whole["shown"]["ended_by"]),
        (&json!(2), &json!("clicked"))
    );
    assert_eq!(whole["receipt"]["stage"], "read");
    // Nothing of it comes back with a restart.
    let filo = filo.restart().await;
    assert_eq!(ask(&filo, "a-1").await, None);
}

#[tokio::test]
async fn one_message_at_a_time_the_one_that_is_worth_most_and_so_often_at_most() {
    let filo = filo_showing().await;
    let id = comes_by(&filo, "a-1").await;
    let first = write(&filo, &id, OWED, "Uno").await;
    filo.advance(Duration::from_secs(1));
    let second = write(&filo, &id, OWED, "Due").await;
    filo.app.send_messages().await.unwrap();
    for _ in 0..3 {
        assert_eq!(ask(&filo, "a-1").await.unwrap()["id"], json!(first));
    }
    // Two pages at once are shown the same thing.
    let (one, other) = tokio::join!(ask(&filo, "a-1"), ask(&filo, "a-1"));
    assert_eq!(one.unwrap()["id"], json!(second));
    let other = other.unwrap();
    assert_eq!(other["id"], json!(second));
    let ended = message(&filo, &first).await;
    assert_eq!(ended["shown"]["ended_by"], "times");
    report(&filo, &other, "close").await;
    assert_eq!(ask(&filo, "a-1").await, None);
    assert_eq!(
        events(&filo, &id, "In-App Message Dismissed").await.len(),
        1
    );

    // What nobody came for is not shown late.
    let late = write(&filo, &id, OWED, "Tre").await;
    filo.app.send_messages().await.unwrap();
    filo.advance(DAY * 15);
    assert_eq!(sent(&filo, &late).await, "stopped");
    assert!(last_verdict(&message(&filo, &late).await).contains("too_late"));
    assert_eq!(ask(&filo, "a-1").await, None);
}

#[tokio::test]
async fn advertising_wants_a_yes_for_the_site_and_ends_with_it() {
    let filo = filo_showing().await;
    let id = anna_on(&filo, "email").await;
    server_says(&filo, "anna", "a-1").await;
    let offer = write(&filo, &id, OFFER, "Oggi la torta è tua").await;
    assert_eq!(sent(&filo, &offer).await, "stopped", "she said yes to mail");
    let may = asked(&filo, &id, "purpose=marketing&channel=web").await;
    assert_eq!(may["may"], json!(false), "{may}");

    anna_on(&filo, "web").await;
    let offer = write(&filo, &id, OFFER, "Oggi la torta è tua").await;
    assert_eq!(sent(&filo, &offer).await, "queued");
    let told = ask(&filo, "a-1").await.unwrap();
    assert!(
        told["out"]
            .as_str()
            .unwrap()
            .contains("/public/unsubscribe/")
    );
    let whole = message(&filo, &offer).await;
    assert_eq!(whole["basis"], "consent", "{whole}");
    let out = told["out"].as_str().unwrap();
    let out = &out[out.find("/public/").unwrap()..];
    let page = filo.get(out).send().await.ok().text();
    assert!(page.contains("sul sito"), "{page}");
    // She takes it back: the next page shows nothing, and says why.
    filo.advance(Duration::from_secs(60));
    filo.send([
        json!({"type": "track", "event": "Consent Withdrawn", "userId": "anna",
        "messageId": "no", "properties": {"purpose": "marketing", "channel": "web"}}),
    ])
    .await;
    assert_eq!(ask(&filo, "a-1").await, None);
    let whole = message(&filo, &offer).await;
    assert_eq!(whole["shown"]["ended_by"], "denied", "{whole}");
    assert!(last_verdict(&whole).contains("denied"));
}

#[tokio::test]
async fn room_is_looked_for_when_they_come_and_what_was_shown_takes_it() {
    let filo = filo_showing().await;
    let mut policy = filo.api_get("/api/v1/settings/messages").await;
    policy["caps"] = json!([{"medium": null, "most": 1, "days": 3}]);
    policy["no_room"] = "wait".into();
    put(&filo, "/api/v1/settings/messages", policy).await.ok();
    let id = anna_on(&filo, "web").await;
    server_says(&filo, "anna", "a-1").await;
    let first = write(&filo, &id, OFFER, "Uno").await;
    let second = write(&filo, &id, OFFER, "Due").await;
    filo.app.send_messages().await.unwrap();
    for id in [&first, &second] {
        let verdict = last_verdict(&message(&filo, id).await);
        assert!(
            verdict.contains("absent") && !verdict.contains("cap"),
            "{verdict}"
        );
    }
    let told = ask(&filo, "a-1").await.unwrap();
    report(&filo, &told, "close").await;
    assert_eq!(ask(&filo, "a-1").await, None);
    let other = if told["id"] == json!(first) {
        &second
    } else {
        &first
    };
    let verdict = last_verdict(&message(&filo, other).await);
    assert!(verdict.contains("\"cap\""), "{verdict}");
    filo.advance(DAY * 3 + Duration::from_secs(1));
    filo.app.send_messages().await.unwrap();
    assert_eq!(ask(&filo, "a-1").await.unwrap()["id"], json!(other));
}

#[tokio::test]
async fn a_journey_says_a_piece_on_the_site_while_its_reason_is_true() {
    let filo = filo_showing().await;
    anna_on(&filo, "web").await;
    server_says(&filo, "anna", "a-1").await;
    let fields = json!({"title": "Grazie {{ first_name }}", "text": "Ti interessa: {{ event.topic }}",
        "link": "https://bar.example/menu?a=1", "label": "Il menù",
        "image": "https://bar.example/torta.jpg", "layout": "banner"});
    let piece = json!({"name": "Grazie", "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "in_app", "language": "it", "fields": fields}]});
    let made = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    let piece = made["id"].as_str().unwrap();
    let hello = json!({"id": "hello", "do": {"send": {"piece": piece, "medium": "in_app", "valid_days": 7}}});
    let rest = json!({"id": "rest", "do": {"wait": {"for": "2 weeks"}}});
    let journey = start(&filo, by_lead(json!([hello, rest]))).await;
    filo.send([lead("anna", 1)]).await;
    let planned = messages(&filo).await;
    assert_eq!(
        (&planned[0]["medium"], &planned[0]["state"]),
        (&json!("in_app"), &json!("queued")),
        "{planned:?}"
    );
    let told = ask(&filo, "a-1").await.unwrap();
    assert_eq!(
        (
            &told["title"],
            &told["text"],
            &told["layout"],
            &told["label"]
        ),
        (
            &json!("Grazie Anna"),
            &json!("Ti interessa: ufficio"),
            &json!("banner"),
            &json!("Il menù")
        ),
        "{told}"
    );
    assert_eq!(told["image"], "https://bar.example/torta.jpg");
    assert!(
        told["why"].as_str().unwrap().contains("Lead Submitted"),
        "{told}"
    );

    // Her way is ended early: what it says is not true any more.
    let run = runs(&filo, &journey).await[0]["id"].clone();
    let end = format!("/api/v1/runs/{}/end", run.as_str().unwrap());
    let end = filo.post(&end).bearer(&filo.api_key).json(&json!({}));
    assert!(end.send().await.status.is_success());
    settled(&filo).await;
    assert_eq!(ask(&filo, "a-1").await, None);
    let whole = message(&filo, planned[0]["id"].as_str().unwrap()).await;
    assert_eq!(whole["shown"]["ended_by"], "reason_gone", "{whole}");
    assert!(last_verdict(&whole).contains("reason_gone"));
}

#[tokio::test]
async fn who_is_forgotten_is_shown_nothing_and_nothing_is_left() {
    let filo = filo_showing().await;
    let id = comes_by(&filo, "a-1").await;
    let order = write(&filo, &id, OWED, "Il tuo ordine è pronto").await;
    filo.app.send_messages().await.unwrap();
    let told = ask(&filo, "a-1").await.unwrap();
    let copy = filo
        .api_post(&format!("/api/v1/customers/{id}/export"), &json!({}))
        .await;
    assert!(
        copy.to_string().contains("Il tuo ordine è pronto"),
        "{copy}"
    );
    let forget = json!({"ground": "request"});
    filo.api_post(&format!("/api/v1/customers/{id}/erasure"), &forget)
        .await;
    report(&filo, &told, "click").await;
    assert_eq!(ask(&filo, "a-1").await, None);
    let gone = filo.get(&format!("/api/v1/messages/{order}"));
    gone.bearer(&filo.api_key).send().await.is(404);
}
