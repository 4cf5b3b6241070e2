//! What journeys change, against people who are counted by hand: with holdouts, late events,
//! refunds, joined and forgotten people; and experiments.

use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::consent_ledger::anna;
use crate::journey::{DAY, lead, runs, settled, start, tasks};
use crate::message_journey::{messages, nobody_held_back, piece};

const PEOPLE: usize = 40;

fn goal() -> Value {
    json!({"name": "Ordine", "event": {"name": "Order Completed"}, "within": "10 days"})
}

fn by_lead_once(holdout: u8, steps: &Value) -> Value {
    json!({"trigger": {"event": {"name": "Lead Submitted"}}, "holdout_percent": holdout,
           "goal": goal(), "steps": steps})
}

fn order(user: &str, number: usize, euros: u32) -> Value {
    json!({"type": "track", "userId": user, "event": "Order Completed",
           "messageId": format!("order-{user}-{number}"),
           "properties": {"order_id": format!("o-{user}-{number}"), "revenue": euros,
                          "total": euros, "currency": "EUR"}})
}

/// An event that happened so many days ago.
fn ago(filo: &Filo, days: i64, mut event: Value) -> Value {
    event["timestamp"] = json!(filo.now().plus_seconds(-days * 86_400).to_string());
    event["sentAt"] = json!(filo.now().to_string());
    event
}

async fn impact(filo: &Filo, journey: &str) -> Value {
    settled(filo).await;
    filo.api_get(&format!("/api/v1/journeys/{journey}/impact"))
        .await
}

/// The names of the users on the way, held back and not.
async fn drawn(filo: &Filo, journey: &str) -> (Vec<String>, Vec<String>) {
    let mut held = Vec::new();
    let mut treated = Vec::new();
    let customers: Vec<Value> = runs(filo, journey).await;
    for number in 0..PEOPLE {
        let user = format!("u{number}");
        let id = filo.user(&user).await.id.to_string();
        let run = customers.iter().find(|run| run["customer"] == id).unwrap();
        match run["is_held_back"].as_bool().unwrap() {
            true => held.push(user),
            false => treated.push(user),
        }
    }
    (held, treated)
}

/// Every figure of every group is the number of people shown behind it.
async fn figures_are_their_people(filo: &Filo, journey: &str, found: &Value, step: &str) {
    for (place, group) in found["groups"].as_array().unwrap().iter().enumerate() {
        for figure in ["entered", "open", "counted", "reached", "bought"] {
            let path = format!(
                "/api/v1/journeys/{journey}/impact/people?group={place}&figure={figure}{step}"
            );
            let behind = filo.api_get(&path).await["data"].as_array().unwrap().len();
            assert_eq!(json!(behind), group[figure], "{place} {figure}");
        }
    }
}

fn cents(group: &Value) -> i64 {
    let sums = group["revenue"].as_array().unwrap();
    sums.iter()
        .map(|it| it["revenue_cents"].as_i64().unwrap())
        .sum()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_journey_is_compared_with_those_held_back_of_it_to_the_cent() {
    let filo = Filo::start().await;
    let steps = json!([
        {"id": "warm", "do": {"set_trait": {"key": "warm", "value": true}}},
        {"id": "call", "do": {"ask": {"kind": "call", "title": "Chiama", "within": "3 days",
            "outcomes": [{"name": "Fatto"}]}}}]);
    let journey = start(&filo, by_lead_once(50, &steps)).await;
    let unasked = impact(&filo, &journey).await;
    assert_eq!(unasked["groups"][0]["entered"], 0);
    filo.send((0..PEOPLE).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    let (held, treated) = drawn(&filo, &journey).await;
    assert!(held.len() > 8 && treated.len() > 8, "{}", held.len());

    // Nothing is done with who is held back.
    assert_eq!(tasks(&filo).await.len(), treated.len());
    for (users, warm) in [(&held, None), (&treated, Some("true"))] {
        let user = filo.user(&users[0]).await;
        assert_eq!(user.profile.traits.text("warm").as_deref(), warm);
    }

    // Half of the treated buy for 20 €, a fourth of those held back for 10 €.
    filo.advance(DAY);
    let buyers: Vec<&String> = treated.iter().step_by(2).collect();
    let few: Vec<&String> = held.iter().step_by(4).collect();
    filo.send(buyers.iter().map(|user| order(user, 1, 20)))
        .await;
    filo.send(few.iter().map(|user| order(user, 1, 10))).await;
    let early = impact(&filo, &journey).await;
    assert_eq!(
        early["groups"][1]["counted"], 0,
        "nobody has had their time"
    );
    assert_eq!(early["effects"], json!([]));
    assert!(early["first_at"].is_string(), "{early}");
    figures_are_their_people(&filo, &journey, &early, "").await;

    filo.advance(DAY * 10);
    // Too late to count, and what comes late but happened in time.
    filo.send([order(&treated[1], 2, 500)]).await;
    filo.send([ago(&filo, 5, order(&held[1], 2, 7))]).await;
    // All of one order went back.
    let refund = json!({"type": "track", "userId": buyers[0], "event": "Order Refunded",
        "messageId": "refund", "properties": {"order_id": format!("o-{}-1", buyers[0])}});
    filo.send([refund]).await;
    let found = impact(&filo, &journey).await;
    let (first, second) = (&found["groups"][0], &found["groups"][1]);
    assert_eq!(first["counted"], held.len());
    assert_eq!(second["counted"], treated.len());
    assert_eq!(first["reached"], few.len() + 1);
    assert_eq!(second["reached"], buyers.len());
    assert_eq!(second["bought"], buyers.len());
    let euros = |count: usize| i64::try_from(count).unwrap();
    assert_eq!(cents(first), euros(few.len()) * 1_000 + 700);
    assert_eq!(cents(second), euros(buyers.len() - 1) * 2_000);
    figures_are_their_people(&filo, &journey, &found, "").await;

    let share = |reached: usize, of: usize| {
        f64::from(u32::try_from(reached).unwrap()) / f64::from(u32::try_from(of).unwrap())
    };
    let expected = share(buyers.len(), treated.len()) - share(few.len() + 1, held.len());
    let effect = &found["effects"][0];
    let value = effect["points"]["value"].as_f64().unwrap();
    assert!((value - expected).abs() < 1e-9, "{effect}");
    let (low, high) = (
        effect["points"]["low"].as_f64().unwrap(),
        effect["points"]["high"].as_f64().unwrap(),
    );
    assert!(low < value && value < high && low < 0.0, "{effect}");
    assert_eq!(effect["verdict"], "unclear", "forty people say little");
    assert!(
        effect["least_visible"].as_f64().unwrap() > value,
        "{effect}"
    );
    let each = found["money"][0]["each"]["value_cents"].as_i64().unwrap();
    let of = |sum: i64, count: usize| sum as f64 / count as f64;
    let expected = of(cents(second), treated.len()) - of(cents(first), held.len());
    assert!((each as f64 - expected).abs() <= 0.5, "{each} {expected}");
    let said = found["sentence"]["en"].as_str().unwrap();
    assert!(said.contains("With 40 people nothing below +"), "{said}");
    let said = found["sentence"]["it"].as_str().unwrap();
    assert!(said.contains("Con 40 persone"), "{said}");

    // Made anew from the log, and after a restart, it is the same.
    filo.app.rebuild().await.unwrap();
    let again = impact(&filo, &journey).await;
    assert_eq!(again["groups"], found["groups"]);
    let filo = filo.restart().await;
    assert_eq!(impact(&filo, &journey).await["groups"], found["groups"]);

    // Who is forgotten is nowhere; long after the journey was stopped it can be read.
    let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
    let stop = json!({"version": page["version"]});
    filo.api_post(&format!("/api/v1/journeys/{journey}/stopping"), &stop)
        .await;
    let gone = filo.user(buyers[1]).await.id;
    filo.api_post(
        &format!("/api/v1/customers/{gone}/erasure"),
        &json!({"ground": "request"}),
    )
    .await;
    let after = impact(&filo, &journey).await;
    assert_eq!(after["groups"][1]["entered"], treated.len() - 1);
    assert_eq!(after["groups"][1]["reached"], buyers.len() - 1);
    figures_are_their_people(&filo, &journey, &after, "").await;
}

#[tokio::test]
async fn who_is_joined_counts_once_as_they_came_in_first() {
    let filo = Filo::start().await;
    let steps = json!([{"id": "w", "do": {"wait": {"for": "20 days"}}}]);
    let journey = start(&filo, by_lead_once(50, &steps)).await;
    let email = json!({"email": "bruno@example.it"});
    let known = json!({"type": "identify", "anonymousId": "browser-1", "messageId": "a-0",
        "traits": email});
    let asked = json!({"type": "track", "anonymousId": "browser-1", "event": "Lead Submitted",
        "messageId": "a-1"});
    filo.send([known, asked]).await;
    filo.advance(DAY);
    filo.send([lead("bruno", 1)]).await;
    let before = impact(&filo, &journey).await;
    let entered = |found: &Value| {
        let groups = found["groups"].as_array().unwrap();
        groups
            .iter()
            .map(|it| it["entered"].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(entered(&before), 2);
    let first = runs(&filo, &journey).await.pop().unwrap();
    let join = json!({"type": "identify", "userId": "bruno", "messageId": "join",
        "traits": email});
    filo.send([join]).await;
    let after = impact(&filo, &journey).await;
    assert_eq!(entered(&after), 1);
    let group = usize::from(!first["is_held_back"].as_bool().unwrap());
    assert_eq!(after["groups"][group]["entered"], 1, "{after}");
}

#[tokio::test]
async fn without_a_holdout_only_what_happened_is_said() {
    let filo = Filo::start().await;
    let steps = json!([{"id": "w", "do": {"wait": {"for": "1 day"}}}]);
    let journey = start(&filo, by_lead_once(0, &steps)).await;
    filo.send([lead("anna", 1), lead("bruno", 1)]).await;
    settled(&filo).await;
    filo.advance(DAY);
    filo.send([order("anna", 1, 30)]).await;
    filo.advance(DAY * 10);
    let found = impact(&filo, &journey).await;
    assert_eq!(
        (&found["effects"], &found["money"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(found["groups"][1]["reached"], 1);
    assert_eq!(cents(&found["groups"][1]), 3_000);
    let said = found["sentence"]["en"].as_str().unwrap();
    assert!(said.starts_with("Nobody is held back"), "{said}");

    // Another goal and another share are another comparison: who came in before is left out.
    let path = format!("/api/v1/journeys/{journey}");
    let page = filo.api_get(&path).await;
    let mut draft = page["journey"].clone();
    draft["holdout_percent"] = 20.into();
    let change = json!({"version": page["version"], "name": "Prova", "journey": draft});
    let request = filo.request(http::Method::PUT, &path).bearer(&filo.api_key);
    let changed = request.json(&change).send().await.ok().json();
    let publish = json!({"version": changed["version"]});
    filo.api_post(&format!("{path}/publishing"), &publish).await;
    let found = impact(&filo, &journey).await;
    assert_eq!(
        (&found["left_out"], &found["holdout_percent"]),
        (&json!(2), &json!(20))
    );
    let old = filo.api_get(&format!("{path}/impact?version=1")).await;
    assert_eq!(old["groups"][1]["counted"], 2);
    let request = filo.get(&format!("{path}/impact?version=9"));
    request.bearer(&filo.api_key).send().await.is(404);
    let request = filo.get(&format!("{path}/impact/people?group=7&figure=open"));
    let wrong = request.bearer(&filo.api_key).send().await.is(422);
    assert_eq!(wrong.json()["field"], "group");
}

#[tokio::test]
async fn a_message_to_who_is_held_back_stops_at_the_gate_and_says_why() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let id = anna(&filo).await;
    let piece = piece(&filo, "Ciao.").await;
    let steps = json!([{"id": "hello", "do": {"send": {"piece": piece}}}]);
    let mut journey = json!({"trigger": {"hand": {}}, "holdout_percent": 50, "steps": steps});
    // Whether Anna is held back is drawn for each journey: one of a few holds her back.
    for number in 0..30 {
        journey["goal"] = json!({"name": format!("G{number}"), "event": {"name": "X"}});
        let made = start(&filo, journey.clone()).await;
        let path = format!("/api/v1/journeys/{made}/runs");
        let run = filo.api_post(&path, &json!({"customer": id})).await;
        if run["is_held_back"] == true {
            break;
        }
    }
    let sent = messages(&filo).await;
    let mut held_back = 0;
    for message in sent.iter().filter(|it| it["state"] == "stopped") {
        let id = message["id"].as_str().unwrap();
        let whole = filo.api_get(&format!("/api/v1/messages/{id}")).await;
        let said = whole["verdicts"].to_string();
        held_back += usize::from(said.contains("held_back_of_journey"));
        assert!(!said.contains("\"held_back\""), "not in general: {said}");
    }
    assert_eq!(held_back, 1, "{sent:?}");
}

#[tokio::test]
async fn the_ways_of_an_experiment_are_compared_and_a_person_keeps_one() {
    let filo = Filo::start().await;
    let steps = json!([
        {"id": "first", "do": {"wait": {"for": "1 day"}}},
        {"id": "test", "do": {"split": {"experiment": "time", "arms": [
            {"name": "Subito", "share": 50},
            {"name": "Dopo", "share": 50, "steps": [{"id": "w", "do": {"wait": {"for": "2 days"}}}]}]}}}]);
    let journey = start(&filo, by_lead_once(10, &steps)).await;
    filo.send((0..PEOPLE).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    let (held, treated) = drawn(&filo, &journey).await;
    filo.advance(DAY);
    settled(&filo).await;
    filo.advance(DAY);
    filo.send(treated.iter().step_by(3).map(|user| order(user, 1, 20)))
        .await;
    filo.advance(DAY * 10);
    settled(&filo).await;
    let path = format!("/api/v1/journeys/{journey}");
    let found = filo.api_get(&format!("{path}/experiments")).await["data"][0].clone();
    assert_eq!(
        (&found["step"], &found["about"]),
        (&json!("test"), &json!("time"))
    );
    let groups = found["groups"].as_array().unwrap();
    let counted: u64 = groups
        .iter()
        .map(|it| it["counted"].as_u64().unwrap())
        .sum();
    assert_eq!(
        counted,
        treated.len() as u64,
        "without the {} held back",
        held.len()
    );
    let reached: u64 = groups
        .iter()
        .map(|it| it["reached"].as_u64().unwrap())
        .sum();
    assert_eq!(reached, treated.len().div_ceil(3) as u64);
    assert_eq!(found["effects"][0]["group"], 1);
    figures_are_their_people(&filo, &journey, &found, "&step=test").await;

    let version = filo.api_get(&path).await["version"].clone();
    let keep = |way: usize| json!({"version": version, "step": "test", "way": way});
    let request = filo.post(&format!("{path}/keeping")).bearer(&filo.api_key);
    let wrong = request.json(&keep(2)).send().await.is(422);
    assert_eq!(wrong.json()["field"], "way");
    let kept = filo.api_post(&format!("{path}/keeping"), &keep(1)).await;
    let split = &kept["journey"]["steps"][1]["do"]["split"];
    assert_eq!(
        (&split["arms"][0]["share"], &split["arms"][1]["share"]),
        (&json!(0), &json!(100))
    );
    assert_eq!(
        (&split["experiment"], &kept["is_changed"]),
        (&Value::Null, &json!(true))
    );
    // What runs is as it was until somebody publishes.
    assert_eq!(kept["published"], 1);
    let still = filo.api_get(&format!("{path}/experiments")).await;
    assert_eq!(still["data"][0]["groups"], found["groups"]);
    let request = filo.post(&format!("{path}/keeping")).bearer(&filo.api_key);
    request.json(&keep(1)).send().await.is(422);
}
