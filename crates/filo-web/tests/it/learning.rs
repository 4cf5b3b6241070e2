//! Experiments whose shares learn: equal until enough have had their time, then by who reached the
//! goal; whoever comes is drawn by what is in force; a person stops it, and takes that back.

use std::time::Duration;

use filo_core::access::Role;
use filo_core::id::{CustomerId, JourneyId};
use filo_core::journey::{StepId, way_of};
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{cookie, somebody, token};
use crate::journey::{DAY, HOUR, lead, settled, start};
use crate::rehearsal::rehearsed;

const FIRST: u32 = 80;
const ALL: u32 = 180;
const SOON: Duration = Duration::from_secs(120);

fn document() -> Value {
    json!({"trigger": {"event": {"name": "Lead Submitted"}},
        "goal": {"name": "Ordine", "event": {"name": "Order Completed"}, "within": "10 days"},
        "steps": [{"id": "test", "do": {"split": {"experiment": "path", "adaptive": {"warm_up": 15},
            "arms": [{"name": "Breve", "share": 50}, {"name": "Lunga", "share": 50}]}}}]})
}

fn order(user: &str) -> Value {
    json!({"type": "track", "userId": user, "event": "Order Completed",
           "messageId": format!("order-{user}"),
           "properties": {"order_id": format!("o-{user}"), "total": 12, "currency": "EUR"}})
}

async fn experiment(filo: &Filo, journey: &str) -> Value {
    settled(filo).await;
    let path = format!("/api/v1/journeys/{journey}/experiments");
    filo.api_get(&path).await["data"][0].clone()
}

/// Those who went a way.
async fn on_way(filo: &Filo, journey: &str, way: usize) -> Vec<String> {
    settled(filo).await;
    let path =
        format!("/api/v1/journeys/{journey}/impact/people?step=test&group={way}&figure=entered");
    let people = filo.api_get(&path).await["data"].clone();
    let ids = people.as_array().unwrap().iter();
    ids.map(|it| it["customer"].as_str().unwrap().to_owned())
        .collect()
}

async fn ids(filo: &Filo, numbers: std::ops::Range<u32>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for number in numbers {
        let user = format!("u{number}");
        let id = filo.user(&user).await.id.to_string();
        found.push((user, id));
    }
    found
}

/// The way that somebody goes by some shares, worked out anew.
fn drawn(journey: &str, customer: &str, shares: &[u16]) -> usize {
    let journey: JourneyId = journey.parse().unwrap();
    let customer: CustomerId = customer.parse().unwrap();
    way_of(journey, &StepId::from("test"), customer, shares)
}

fn shares_of(entry: &Value) -> Vec<u16> {
    let parts = entry["shares"].as_array().unwrap().iter();
    let of = |part: &Value| format!("{:.0}", part.as_f64().unwrap() * 10_000.0);
    parts.map(|part| of(part).parse().unwrap()).collect()
}

fn reasons(found: &Value) -> Vec<&str> {
    let history = found["learning"]["history"].as_array().unwrap().iter();
    history.map(|it| it["reason"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn shares_follow_who_reached_the_goal_and_everybody_is_drawn_by_what_is_in_force() {
    let filo = Filo::start().await;
    let journey = start(&filo, document()).await;
    filo.send((0..FIRST).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    let long = on_way(&filo, &journey, 1).await;
    let users = ids(&filo, 0..FIRST).await;
    for (_, id) in &users {
        let way = drawn(&journey, id, &[5_000, 5_000]);
        assert_eq!(long.contains(id), way == 1, "{id}");
    }

    // Half of those on the second way reach the goal, nobody on the first one.
    filo.advance(DAY);
    let buyers = users.iter().filter(|(_, id)| long.contains(id)).step_by(2);
    filo.send(buyers.map(|(user, _)| order(user))).await;
    settled(&filo).await;
    filo.app.tend_shares().await.unwrap();
    let early = experiment(&filo, &journey).await;
    let learning = &early["learning"];
    assert_eq!(learning["state"], "warming_up", "{learning}");
    assert_eq!(learning["history"], json!([]), "nobody has had their time");

    filo.advance(DAY * 10);
    settled(&filo).await;
    let next = filo.app.tend_shares().await.unwrap().unwrap();
    assert!(next > filo.now() && next <= filo.now().plus_seconds(3_600));
    let found = experiment(&filo, &journey).await;
    let learning = &found["learning"];
    assert_eq!(learning["state"], "learning");
    assert_eq!(reasons(&found), ["learnt"]);
    let shares = shares_of(&learning["history"][0]);
    assert_eq!(shares.iter().sum::<u16>(), 10_000);
    assert!(shares[0] >= 500 && shares[1] > 9_000, "{shares:?}");
    let seen = &learning["history"][0]["seen"];
    assert_eq!(seen[1]["counted"], long.len());
    assert_eq!(seen[1]["reached"], long.len().div_ceil(2));
    assert_eq!(seen[0]["reached"], 0);
    assert!(learning["beliefs"][1]["best"].as_f64().unwrap() > 0.99);
    assert_eq!(shares_of(learning), [5_000_u16, 5_000], "not in force yet");

    // In force after a minute, also for a Filo that was started anew; the same is not learnt again.
    let filo = filo.restart().await;
    filo.advance(HOUR);
    filo.app.tend_shares().await.unwrap();
    filo.send((FIRST..ALL).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    let long = on_way(&filo, &journey, 1).await;
    let late = ids(&filo, FIRST..ALL).await;
    for (_, id) in &late {
        assert_eq!(long.contains(id), drawn(&journey, id, &shares) == 1, "{id}");
    }
    let on_long = late.iter().filter(|(_, id)| long.contains(id)).count();
    assert!(on_long > 80, "{on_long} of 100");
    let found = experiment(&filo, &journey).await;
    assert_eq!(reasons(&found), ["learnt"]);
    assert_eq!(found["is_mismatched"], false, "as many as the shares said");

    // Whoever is compared weighs by the shares in force; of money nothing is said.
    filo.advance(DAY * 11);
    let found = experiment(&filo, &journey).await;
    let effect = &found["effects"][0];
    assert_eq!(
        (&effect["outcome"], &effect["group"]),
        (&json!("goal"), &json!(1))
    );
    assert_eq!(effect["at_one_look"], Value::Null);
    assert_eq!(found["money"], json!([]));
}

#[tokio::test]
async fn a_person_freezes_shares_makes_them_equal_and_lets_them_learn_again() {
    let filo = Filo::start().await;
    let journey = start(&filo, document()).await;
    let path = format!("/api/v1/journeys/{journey}/shares");
    let say = |shares: &str, step: &str| {
        let request = filo.post(&path).bearer(&filo.api_key);
        request
            .json(&json!({"step": step, "shares": shares}))
            .send()
    };
    let wrong = say("stop", "test").await.is(422);
    assert_eq!(wrong.json()["field"], "shares");
    let wrong = say("freeze", "nowhere").await.is(422);
    assert_eq!(wrong.json()["field"], "step");
    say("resume", "test").await.is(409);
    say("freeze", "test").await.is(204);
    let frozen = experiment(&filo, &journey).await;
    assert_eq!(frozen["learning"]["state"], "frozen");
    assert!(frozen["learning"]["history"][0]["made_by"].is_string());
    say("freeze", "test").await.is(409);

    // Enough to learn from, and nothing is learnt.
    filo.send((0..FIRST).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    let long = on_way(&filo, &journey, 1).await;
    filo.advance(SOON);
    let users = ids(&filo, 0..FIRST).await;
    let buyers = users.iter().filter(|(_, id)| long.contains(id));
    filo.send(buyers.map(|(user, _)| order(user))).await;
    filo.advance(DAY * 11);
    settled(&filo).await;
    filo.app.tend_shares().await.unwrap();
    assert_eq!(reasons(&experiment(&filo, &journey).await), ["frozen"]);
    say("resume", "test").await.is(204);
    let resumed = experiment(&filo, &journey).await;
    assert_eq!(resumed["learning"]["state"], "learning");
    filo.advance(HOUR);
    filo.app.tend_shares().await.unwrap();
    filo.advance(SOON);
    let found = experiment(&filo, &journey).await;
    assert_eq!(reasons(&found), ["frozen", "resumed", "learnt"]);
    assert!(shares_of(&found["learning"])[1] > 9_000, "{found}");

    say("equal", "test").await.is(204);
    filo.advance(HOUR);
    filo.app.tend_shares().await.unwrap();
    let found = experiment(&filo, &journey).await;
    assert_eq!(found["learning"]["state"], "equal");
    assert_eq!(shares_of(&found["learning"]), [5_000_u16, 5_000]);
    let audit = filo.api_get("/api/v1/audit?limit=100").await.to_string();
    assert_eq!(audit.matches("shares_steered").count(), 3);
}

async fn page(filo: &Filo, session: &str, path: &str, language: &str) -> String {
    let request = filo.get(path).header("cookie", &cookie(session));
    let request = request.header("accept-language", language);
    request.send().await.ok().text()
}

#[tokio::test]
async fn the_page_says_how_they_learn_and_has_the_ways_to_stop_it() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let journey = start(&filo, document()).await;
    let at = format!("/journeys/{journey}");
    let before = page(&filo, &session, &at, "it").await;
    assert!(
        before.contains("si muovono quando su ogni strada 15 persone"),
        "{before}"
    );
    assert!(
        before.contains("Le quote non sono mai cambiate"),
        "{before}"
    );
    assert!(before.contains("il test di sempre non valgono"), "{before}");
    let say = |shares: &str| {
        let form = [
            ("token", token(&session)),
            ("step", "test".to_owned()),
            ("shares", shares.to_owned()),
        ];
        let request = filo.post(&format!("{at}/shares"));
        let request = request.header("cookie", &cookie(&session));
        request.form(&serde_urlencoded::to_string(form).unwrap())
    };
    let done = say("freeze").send().await.is(303);
    let there = done.header("location").unwrap().to_owned();
    assert!(there.contains("done=shares-freeze"), "{there}");
    say("freeze").send().await.is(409);
    filo.send((0..FIRST).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    filo.advance(SOON);
    settled(&filo).await;
    let italian = page(&filo, &session, &at, "it").await;
    assert!(italian.contains("Le quote sono ferme da"), "{italian}");
    assert!(
        italian.contains("Le quote nel tempo. Ora: Breve 50"),
        "{italian}"
    );
    let english = page(&filo, &session, &at, "en").await;
    assert!(english.contains("Let them learn again"), "{english}");
    assert!(!english.contains("Freeze the shares"), "{english}");
}

#[tokio::test]
async fn the_form_of_a_split_sets_equal_shares_and_bounds() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let journey = start(&filo, document()).await;
    let api = format!("/api/v1/journeys/{journey}");
    let send = |experiment: &str, version: String| {
        let fields = [
            ("token", token(&session)),
            ("version", version),
            ("act", "edit".to_owned()),
            ("step", "test".to_owned()),
            ("experiment", experiment.to_owned()),
            ("adaptive", "1".to_owned()),
            ("floor", "10".to_owned()),
            ("warm_up", String::new()),
            ("way-0-name", "A".to_owned()),
            ("way-0-share", "90".to_owned()),
            ("way-1-name", "B".to_owned()),
            ("way-1-share", "10".to_owned()),
            ("way-2-name", "C".to_owned()),
        ];
        let request = filo.post(&format!("/journeys/{journey}/steps"));
        let request = request.header("cookie", &cookie(&session));
        request.form(&serde_urlencoded::to_string(fields).unwrap())
    };
    let version = filo.api_get(&api).await["version"].to_string();
    send("", version.clone()).send().await.is(422);
    send("subject", version).send().await.is(303);
    let changed = filo.api_get(&api).await;
    let split = &changed["journey"]["steps"][0]["do"]["split"];
    assert_eq!(
        split["adaptive"],
        json!({"floor_percent": 10, "warm_up": 50})
    );
    let shares: Vec<&Value> = split["arms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|arm| &arm["share"])
        .collect();
    assert_eq!(shares, [&json!(34), &json!(33), &json!(33)]);
    let edit = page(
        &filo,
        &session,
        &format!("/journeys/{journey}/edit?open=test"),
        "it",
    )
    .await;
    assert!(edit.contains("name=\"floor\" value=\"10\""), "{edit}");
}

/// Nobody knows what would have been learnt: a rehearsal plays the shares of the beginning, and
/// says so.
#[tokio::test]
async fn a_rehearsal_takes_the_shares_of_the_beginning() {
    let filo = Filo::start().await;
    filo.send((0..FIRST).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    filo.advance(DAY);
    let journey = start(&filo, document()).await;
    let id = rehearsed(&filo, &journey, &json!({"days": 7})).await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let told = page(&filo, &session, &format!("/rehearsals/{id}"), "it").await;
    assert!(
        told.contains("prende quelle con cui comincia, uguali"),
        "{told}"
    );
}
