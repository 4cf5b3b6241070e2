//! Customers who are probably one person: found, asked about, answered, taken back.

use filo_app::{Actor, SearchState};
use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::{Answer, Filo};
use http::Method;
use serde_json::{Value, json};

use crate::access::{cookie, somebody, token};

fn person(user: &str, traits: &Value) -> Value {
    json!({"type": "identify", "userId": user, "messageId": format!("m-{user}"), "traits": traits})
}

/// Two records of Giuseppe Ferrantini, his wife on his telephone, and a stranger.
async fn plant(filo: &Filo) {
    filo.send([
        person(
            "u-1",
            &json!({"firstName": "Giuseppe", "lastName": "Ferrantini",
            "email": "g.ferrantini61@example.it", "birthday": "1961-03-04",
            "address": {"street": "Via Roma 12", "city": "Prato", "postalCode": "59100"}}),
        ),
        person(
            "u-2",
            &json!({"firstName": "Beppe", "lastName": "Ferrantini",
            "birthday": "04/03/1961", "address": {"street": "V. Roma, 12", "city": "Prato"}}),
        ),
        person(
            "u-3",
            &json!({"firstName": "Anna", "lastName": "Ferrantini",
            "birthday": "1964-10-20", "address": {"street": "Via Roma 12", "city": "Prato"}}),
        ),
        person(
            "u-4",
            &json!({"firstName": "Carla", "lastName": "Zoccolanti",
            "birthday": "1990-01-02"}),
        ),
    ])
    .await;
    filo.settle().await;
}

async fn waiting(filo: &Filo) -> Vec<Value> {
    let page = filo.api_get("/api/v1/duplicates").await;
    page["data"].as_array().unwrap().clone()
}

async fn answer(filo: &Filo, pair: &Value, answer: &str) -> Answer {
    let body = json!({"a": pair["a"], "b": pair["b"], "answer": answer});
    let post = filo
        .post("/api/v1/duplicates/answers")
        .bearer(&filo.api_key);
    post.json(&body).send().await
}

#[tokio::test]
async fn whoever_arrives_is_compared_and_a_household_is_not_one_person() {
    let filo = Filo::start().await;
    plant(&filo).await;
    filo.app.look_at_changed().await.unwrap();
    let found = waiting(&filo).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0]["probability"].as_f64().unwrap() > 0.9, "{found:?}");
    let fields: Vec<&str> = found[0]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["field"].as_str().unwrap())
        .collect();
    assert!(
        fields.contains(&"birthday") && fields.contains(&"last_name"),
        "{fields:?}"
    );
    let (one, other) = (filo.user("u-1").await.id, filo.user("u-2").await.id);
    let pair = [
        found[0]["a"].as_str().unwrap(),
        found[0]["b"].as_str().unwrap(),
    ];
    assert!(pair.contains(&one.to_string().as_str()) && pair.contains(&other.to_string().as_str()));
}

#[tokio::test]
async fn the_same_person_becomes_one_and_can_be_two_again() {
    let filo = Filo::start().await;
    plant(&filo).await;
    let report = filo
        .app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    assert_eq!(
        (report.state, report.people, report.proposed),
        (SearchState::Done, 4, 1)
    );
    let pair = waiting(&filo).await.remove(0);
    let answered = answer(&filo, &pair, "same").await.ok().json();
    assert!(answered["event"].as_str().unwrap().starts_with("evt_"));
    assert_eq!(filo.user("u-1").await.id, filo.user("u-2").await.id);
    assert_eq!(waiting(&filo).await, Vec::<Value>::new());
    assert_eq!(answer(&filo, &pair, "same").await.status, 404);
    let as_identifiers = |field: &str| pair[field].as_str().unwrap().to_owned();
    let body = json!({"a": as_identifiers("a"), "b": as_identifiers("b")});
    filo.api_post("/api/v1/rulings/withdrawals", &body).await;
    assert_ne!(filo.user("u-1").await.id, filo.user("u-2").await.id);
    filo.settle().await;
    filo.app.look_at_changed().await.unwrap();
    assert_eq!(
        waiting(&filo).await.len(),
        1,
        "who is two again is asked about again"
    );
}

#[tokio::test]
async fn who_was_ruled_different_is_never_proposed_again() {
    let filo = Filo::start().await;
    plant(&filo).await;
    filo.app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    let pair = waiting(&filo).await.remove(0);
    answer(&filo, &pair, "different").await.ok();
    filo.settle().await;
    filo.send([
        person("u-2b", &json!({})),
        json!({"type": "identify", "userId": "u-2",
        "messageId": "later", "traits": {"email": "beppe@example.it"}}),
    ])
    .await;
    filo.settle().await;
    filo.app.look_at_changed().await.unwrap();
    assert_eq!(waiting(&filo).await, Vec::<Value>::new());
    let report = filo
        .app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    assert_eq!(report.proposed, 0);
    assert_ne!(filo.user("u-1").await.id, filo.user("u-2").await.id);
}

#[tokio::test]
async fn what_was_put_off_waits_apart_also_after_a_search() {
    let filo = Filo::start().await;
    plant(&filo).await;
    filo.app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    let pair = waiting(&filo).await.remove(0);
    answer(&filo, &pair, "later").await.ok();
    filo.app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    assert_eq!(waiting(&filo).await, Vec::<Value>::new());
    let later = filo.api_get("/api/v1/duplicates?status=later").await;
    assert_eq!(later["data"].as_array().unwrap().len(), 1);
    assert_eq!(answer(&filo, &pair, "perhaps").await.status, 422);
    for wrong in ["status=x", "limit=0", "limit=100", "before=x"] {
        let path = format!("/api/v1/duplicates?{wrong}");
        assert_eq!(
            filo.get(&path).bearer(&filo.api_key).send().await.status,
            422,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn filo_joins_by_itself_only_if_it_may_and_says_so() {
    let filo = Filo::start().await;
    plant(&filo).await;
    let before = filo.api_get("/api/v1/settings/duplicates").await;
    assert_eq!(
        (&before["automatic"], &before["version"]),
        (&json!(false), &json!(0))
    );
    let put = |body: Value| {
        let put = filo.request(Method::PUT, "/api/v1/settings/duplicates");
        put.bearer(&filo.api_key).json(&body).send()
    };
    let wanted = json!({"automatic": true, "linked": 0.9, "proposed": 0.3, "version": 0});
    put(wanted.clone()).await.ok();
    assert_eq!(put(wanted).await.status, 409);
    let wrong = json!({"automatic": true, "linked": 0.5, "proposed": 0.3, "version": 1});
    assert_eq!(put(wrong).await.status, 422);
    let report = filo
        .app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    assert_eq!(report.joined, 1);
    assert_eq!(filo.user("u-1").await.id, filo.user("u-2").await.id);
    assert_ne!(filo.user("u-1").await.id, filo.user("u-3").await.id);
    filo.settle().await;
    let audit = filo.api_get("/api/v1/audit").await;
    let ruled = audit["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["act"] == "ruled_together")
        .unwrap();
    assert_eq!(ruled["party"], "filo", "{ruled}");
}

#[tokio::test]
async fn many_are_accepted_only_as_they_were_shown() {
    let filo = Filo::start().await;
    plant(&filo).await;
    filo.app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    let accept = |pairs: i64| {
        let post = filo
            .post("/api/v1/duplicates/acceptance")
            .bearer(&filo.api_key);
        post.json(&json!({"probability": 0.5, "pairs": pairs}))
            .send()
    };
    assert_eq!(accept(2).await.status, 409);
    assert_eq!(accept(1).await.ok().json()["accepted"], 1);
    assert_eq!(filo.user("u-1").await.id, filo.user("u-2").await.id);
}

#[tokio::test]
async fn the_queue_works_on_pages_without_a_script() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "titolare", Role::Owner).await.text;
    let get = |path: &str| filo.get(path).header("cookie", &cookie(&session)).send();
    let post = |path: &str, form: String| {
        let form = format!("token={}&{form}", token(&session));
        filo.post(path)
            .header("cookie", &cookie(&session))
            .form(&form)
            .send()
    };
    let empty = get("/duplicates").await.ok().text();
    assert!(empty.contains("Nessuna coppia da decidere"), "{empty}");
    plant(&filo).await;
    filo.app
        .search_duplicates(&Actor::operator())
        .await
        .unwrap();
    assert!(get("/").await.ok().text().contains("href=\"/duplicates\""));
    let page = get("/duplicates").await.ok().text();
    for text in [
        "Giuseppe Ferrantini",
        "Beppe Ferrantini",
        "Stessa persona",
        "data-press=\"u\"",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let bulk = get("/duplicates/acceptance?percent=90").await.ok().text();
    assert!(bulk.contains("Unisci questa coppia"), "{bulk}");
    let pair = waiting(&filo).await.remove(0);
    let (a, b) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
    let answered = post("/duplicates/answers", format!("a={a}&b={b}&answer=same")).await;
    let place = answered.is(303).header("location").unwrap().to_owned();
    assert_eq!(filo.user("u-1").await.id, filo.user("u-2").await.id);
    let page = get(&place).await.ok().text();
    assert!(page.contains("value=\"withdrawn\""), "{page}");
    let node = |id: &str| id.replace("cus_", "idn_");
    let undo = format!("a={}&b={}&verdict=withdrawn", node(a), node(b));
    post(&format!("/people/{a}/rulings"), undo).await.is(303);
    assert_ne!(filo.user("u-1").await.id, filo.user("u-2").await.id);
    let settings = get("/settings/duplicates").await.ok().text();
    assert!(settings.contains("value=\"30\""), "{settings}");
    let wrong = "proposed=molto&automatic=no&linked=99&version=0".to_owned();
    assert_eq!(post("/settings/duplicates", wrong).await.status, 422);
    let right = "proposed=40&automatic=no&linked=99%2C5&version=0".to_owned();
    post("/settings/duplicates", right).await.is(303);
    assert!(filo.find(Kind::UserId, "u-4").await.is_some());
}
