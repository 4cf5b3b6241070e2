//! Lists by hand through the running program: who is on them, over joins, separations, rebuilds and
//! erasures; what segments and journeys make of them.

use std::time::Duration;

use filo_core::identity::Kind;
use filo_testkit::{Answer, Filo};
use http::Method;
use serde_json::{Value, json};

use crate::journey::{by_lead, lead, settled, start};

const DAY: Duration = Duration::from_secs(86_400);

/// Anna, Bruno and Carla.
pub(crate) async fn some_people(filo: &Filo) -> [String; 3] {
    let person = |user: &str, name: &str| {
        json!({"type": "identify", "userId": user, "messageId": format!("i-{user}"),
               "traits": {"name": name, "email": format!("{user}@example.it")}})
    };
    filo.send([
        person("anna", "Anna Ferrarini"),
        person("bruno", "Bruno Villani"),
        person("carla", "Carla Grecchi"),
    ])
    .await;
    filo.settle().await;
    let mut ids = Vec::new();
    for user in ["anna", "bruno", "carla"] {
        ids.push(filo.user(user).await.id.to_string());
    }
    ids.try_into().unwrap()
}

pub(crate) async fn list(filo: &Filo, name: &str) -> String {
    let made = filo.api_post("/api/v1/lists", &json!({"name": name})).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn ask(filo: &Filo, method: Method, path: &str, body: &Value) -> Answer {
    let request = filo.request(method, path).bearer(&filo.api_key);
    request.json(body).send().await
}

async fn put(filo: &Filo, list: &str, customer: &str) {
    let path = format!("/api/v1/lists/{list}/members/{customer}");
    ask(filo, Method::PUT, &path, &json!({})).await.is(204);
}

async fn take(filo: &Filo, list: &str, customer: &str) {
    let path = format!("/api/v1/lists/{list}/members/{customer}");
    ask(filo, Method::DELETE, &path, &json!({})).await.is(204);
}

async fn members(filo: &Filo, list: &str) -> Vec<Value> {
    filo.settle().await;
    let page = filo.api_get(&format!("/api/v1/lists/{list}/members")).await;
    page["data"].as_array().unwrap().clone()
}

pub(crate) async fn who(filo: &Filo, list: &str) -> Vec<String> {
    let members = members(filo, list).await.into_iter();
    let of = |it: Value| it["customer"].as_str().unwrap().to_owned();
    let mut who: Vec<String> = members.map(of).collect();
    who.sort();
    who
}

fn sorted<const N: usize>(ids: [&String; N]) -> Vec<String> {
    let mut ids: Vec<String> = ids.into_iter().cloned().collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn lists_are_made_changed_put_away_and_brought_back() {
    let filo = Filo::start().await;
    let [anna, ..] = some_people(&filo).await;
    let new = json!({"name": " Degustazione ", "description": "15 maggio"});
    let made = filo.api_post("/api/v1/lists", &new).await;
    assert_eq!(made["name"], "Degustazione");
    assert_eq!((&made["members"], &made["version"]), (&json!(0), &json!(1)));
    let path = format!("/api/v1/lists/{}", made["id"].as_str().unwrap());
    put(&filo, made["id"].as_str().unwrap(), &anna).await;

    let change = json!({"version": 1, "name": "Degustazione di maggio"});
    let changed = ask(&filo, Method::PUT, &path, &change).await.ok().json();
    assert_eq!(changed["version"], 2);
    ask(&filo, Method::PUT, &path, &change).await.is(409);
    let empty = json!({"version": 2, "name": "  "});
    let refused = ask(&filo, Method::PUT, &path, &empty).await.is(422);
    assert_eq!(refused.json()["field"], "name");

    let away = ask(
        &filo,
        Method::POST,
        &format!("{path}/archiving"),
        &json!({}),
    )
    .await;
    assert!(away.ok().json()["archived_at"].is_string());
    // Nobody comes onto it or off it, and whoever was on it is when it comes back.
    let member = format!("{path}/members/{anna}");
    ask(&filo, Method::DELETE, &member, &json!({}))
        .await
        .is(409);
    assert_eq!(
        filo.api_get(&format!("/api/v1/customers/{anna}/lists"))
            .await["data"],
        json!([])
    );
    let back = ask(
        &filo,
        Method::POST,
        &format!("{path}/restoring"),
        &json!({}),
    )
    .await;
    let back = back.ok().json();
    assert_eq!(
        (&back["archived_at"], &back["members"]),
        (&Value::Null, &json!(1))
    );
    let all = filo.api_get("/api/v1/lists").await;
    assert_eq!(all["data"].as_array().unwrap().len(), 1);
    filo.get("/api/v1/lists/lst_00000000000000000000000001")
        .bearer(&filo.api_key)
        .send()
        .await
        .is(404);
}

#[tokio::test]
async fn people_are_put_on_and_taken_off_and_it_is_taken_back() {
    let filo = Filo::start().await;
    let [anna, bruno, carla] = some_people(&filo).await;
    let list = list(&filo, "Grossisti").await;
    put(&filo, &list, &anna).await;
    let first = filo.now();
    filo.advance(DAY);
    let path = format!("/api/v1/lists/{list}/members");
    let both = json!({"customers": [anna, bruno]});
    let act = filo.api_post(&path, &both).await;
    assert_eq!(act["customers"], 1, "Anna was on it");
    let on = members(&filo, &list).await;
    assert_eq!(on[0]["customer"], bruno, "the newest first");
    assert_eq!(on[1]["joined_at"], first.to_string());
    assert!(!on[1]["joined_by"].as_str().unwrap().is_empty());

    // Taken back, only whoever the act concerned leaves.
    let undo = format!("/api/v1/list-acts/{}", act["act"].as_str().unwrap());
    ask(&filo, Method::DELETE, &undo, &json!({})).await.is(204);
    assert_eq!(who(&filo, &list).await, std::slice::from_ref(&anna));

    // By a filter: everybody with an address.
    let all = filo.api_post(&path, &json!({"query": "reach=email"})).await;
    assert_eq!(all["customers"], 2);
    filo.advance(DAY);
    let removal = format!("{path}/removal");
    let off = filo
        .api_post(&removal, &json!({"customers": [anna, carla]}))
        .await;
    assert_eq!(who(&filo, &list).await, std::slice::from_ref(&bruno));
    // Carla is put on it by hand since: taking the removal back is not about her any more.
    put(&filo, &list, &carla).await;
    let since = filo.now();
    filo.advance(DAY);
    let undo = format!("/api/v1/list-acts/{}", off["act"].as_str().unwrap());
    ask(&filo, Method::DELETE, &undo, &json!({})).await.is(204);
    let on = members(&filo, &list).await;
    let of = |id: &String| on.iter().find(|it| it["customer"] == *id).unwrap();
    assert_eq!(of(&anna)["joined_at"], first.to_string(), "as before");
    assert_eq!(of(&carla)["joined_at"], since.to_string());

    for wrong in [
        json!({}),
        json!({"customers": ["x"]}),
        json!({"query": "list=x"}),
    ] {
        ask(&filo, Method::POST, &path, &wrong).await.is(422);
    }
    let nobody = format!("{path}/cus_00000000000000000000000009");
    ask(&filo, Method::PUT, &nobody, &json!({})).await.is(404);
    let narrowed = filo
        .api_get(&format!("/api/v1/customers?list={list}"))
        .await;
    assert_eq!(narrowed["data"].as_array().unwrap().len(), 3);
    let searched = filo
        .api_get(&format!("/api/v1/customers?list={list}&search=grecchi"))
        .await;
    assert_eq!(searched["data"][0]["id"], carla);
}

#[tokio::test]
async fn joins_separations_and_rebuilds_leave_everybody_where_they_were_put() {
    let filo = Filo::start().await;
    let [anna, bruno, carla] = some_people(&filo).await;
    let (tasting, verona) = (
        list(&filo, "Degustazione").await,
        list(&filo, "Verona").await,
    );
    put(&filo, &tasting, &anna).await;
    put(&filo, &verona, &bruno).await;
    put(&filo, &tasting, &carla).await;
    take(&filo, &tasting, &carla).await;
    let node = async |user: &str| {
        let view = filo.user(user).await;
        let known = view.identifiers.iter().find(|it| it.kind == Kind::UserId);
        known.unwrap().node.to_string()
    };
    let pair = json!({"a": node("anna").await, "b": node("bruno").await, "note": "una"});
    filo.api_post("/api/v1/joins", &pair).await;
    let joined = filo.user("anna").await.id.to_string();
    assert_eq!(who(&filo, &tasting).await, std::slice::from_ref(&joined));
    assert_eq!(who(&filo, &verona).await, [joined]);
    filo.api_post("/api/v1/separations", &pair).await;
    assert_eq!(who(&filo, &tasting).await, std::slice::from_ref(&anna));
    assert_eq!(who(&filo, &verona).await, std::slice::from_ref(&bruno));

    filo.flush().await;
    put(&filo, &verona, &carla).await;
    let before = members(&filo, &verona).await;
    let report = filo.app.rebuild().await.unwrap();
    assert_eq!(report.before, report.after);
    assert_eq!(members(&filo, &verona).await, before);
    assert_eq!(who(&filo, &tasting).await, std::slice::from_ref(&anna));
    let filo = filo.restart().await;
    assert_eq!(members(&filo, &verona).await, before);
    assert_eq!(who(&filo, &verona).await, sorted([&bruno, &carla]));
}

#[tokio::test]
async fn who_is_forgotten_is_on_no_list_and_their_copy_told_it_before() {
    let filo = Filo::start().await;
    let [anna, bruno, _] = some_people(&filo).await;
    let list = list(&filo, "Degustazione").await;
    put(&filo, &list, &anna).await;
    put(&filo, &list, &bruno).await;
    let here = format!("/api/v1/customers/{anna}");
    let copy = filo.api_post(&format!("{here}/export"), &json!({})).await;
    assert_eq!(copy["lists"][0]["name"], "Degustazione");
    filo.api_post(&format!("{here}/erasure"), &json!({"ground": "request"}))
        .await;
    assert_eq!(who(&filo, &list).await, [bruno]);
    // A list that is called by somebody's address loses that name, not its people.
    let other = filo
        .api_post(
            "/api/v1/lists",
            &json!({"name": "Amici di carla@example.it"}),
        )
        .await;
    let carla = filo.user("carla").await.id;
    filo.api_post(
        &format!("/api/v1/customers/{carla}/erasure"),
        &json!({"ground": "request"}),
    )
    .await;
    let path = format!("/api/v1/lists/{}", other["id"].as_str().unwrap());
    assert_eq!(filo.api_get(&path).await["name"], other["id"]);
}

#[tokio::test]
async fn a_key_that_sends_events_puts_nobody_on_a_list() {
    let filo = Filo::start().await;
    let [anna, ..] = some_people(&filo).await;
    let list = list(&filo, "Degustazione").await;
    let call = |message: &str| {
        json!({"type": "track", "userId": "anna", "event": "List Joined", "messageId": message,
               "properties": {"list": list}})
    };
    filo.send([call("m-1")]).await;
    filo.send_public([call("m-2")]).await;
    assert_eq!(who(&filo, &list).await, [] as [String; 0]);
    assert_eq!(
        filo.api_get(&format!("/api/v1/customers/{anna}/lists"))
            .await["data"],
        json!([])
    );
}

#[tokio::test]
async fn a_segment_of_a_list_follows_it_at_once() {
    let filo = Filo::start().await;
    let [anna, bruno, _] = some_people(&filo).await;
    let list = list(&filo, "Degustazione").await;
    put(&filo, &list, &anna).await;
    let new = json!({"name": "Invitati", "text": format!("on list {list}")});
    let made = filo.api_post("/api/v1/segments", &new).await;
    filo.app.segments_settled().await.unwrap();
    assert_eq!(made["condition"], json!({"list": list}));
    assert_eq!(made["sentence"]["it"], "È nella lista «Degustazione».");
    let segment = made["id"].as_str().unwrap().to_owned();
    let inside = async || {
        settled(&filo).await;
        let path = format!("/api/v1/segments/{segment}/members");
        let page = filo.api_get(&path).await;
        let of = |it: &Value| it["customer"].as_str().unwrap().to_owned();
        let mut ids: Vec<String> = page["data"].as_array().unwrap().iter().map(of).collect();
        ids.sort();
        ids
    };
    assert_eq!(inside().await, std::slice::from_ref(&anna));
    put(&filo, &list, &bruno).await;
    assert_eq!(inside().await, sorted([&anna, &bruno]));
    take(&filo, &list, &anna).await;
    assert_eq!(inside().await, [bruno]);

    let archiving = format!("/api/v1/lists/{list}/archiving");
    let refused = ask(&filo, Method::POST, &archiving, &json!({}))
        .await
        .is(409);
    assert!(refused.text().contains("Invitati"), "{}", refused.text());
    let gone = json!({"name": "X", "text": "on list lst_00000000000000000000000009"});
    let refused = ask(&filo, Method::POST, "/api/v1/segments", &gone)
        .await
        .is(422);
    assert_eq!(refused.json()["field"], "text");
    // Once the segment is put away nothing asks about the list, and it cannot come back alone.
    let away = format!("/api/v1/segments/{segment}/archiving");
    ask(&filo, Method::POST, &away, &json!({})).await.ok();
    ask(&filo, Method::POST, &archiving, &json!({})).await.ok();
    let back = format!("/api/v1/segments/{segment}/restoring");
    ask(&filo, Method::POST, &back, &json!({})).await.is(409);
}

#[tokio::test]
async fn a_journey_puts_on_a_list_and_takes_off_once() {
    let filo = Filo::start().await;
    let [anna, bruno, _] = some_people(&filo).await;
    let (warm, cold) = (
        list(&filo, "Interessati").await,
        list(&filo, "Freddi").await,
    );
    put(&filo, &cold, &anna).await;
    let steps = json!([
        {"id": "on", "do": {"join_list": {"list": warm}}},
        {"id": "seen", "do": {"branch": {"ways": [
            {"if": {"list": warm}, "steps": [{"id": "off", "do": {"leave_list": {"list": cold}}}]}]}}},
        {"id": "later", "do": {"wait": {"for": "1 week"}}}]);
    let journey = start(&filo, by_lead(steps)).await;
    filo.send([lead("anna", 1)]).await;
    settled(&filo).await;
    settled(&filo).await;
    assert_eq!(who(&filo, &warm).await, std::slice::from_ref(&anna));
    assert_eq!(members(&filo, &warm).await[0]["joined_by"], journey);
    assert_eq!(who(&filo, &cold).await, [] as [String; 0]);
    let told = async |filo: &Filo| {
        let thread = filo.thread(anna.parse().unwrap()).await;
        let named = |event: &&filo_core::event::Event| event.name.starts_with("List ");
        thread.iter().filter(named).count()
    };
    assert_eq!(told(&filo).await, 3, "put on by hand, on, off");
    let filo = filo.restart().await;
    settled(&filo).await;
    assert_eq!(told(&filo).await, 3);
    assert!(!who(&filo, &warm).await.contains(&bruno));

    let archiving = format!("/api/v1/lists/{warm}/archiving");
    ask(&filo, Method::POST, &archiving, &json!({}))
        .await
        .is(409);
    // What is put away is said where a journey would use it.
    let away = list(&filo, "Via").await;
    let archiving = format!("/api/v1/lists/{away}/archiving");
    ask(&filo, Method::POST, &archiving, &json!({})).await.ok();
    let steps = json!([{"id": "on", "do": {"join_list": {"list": away}}}]);
    let new = json!({"name": "Prova", "journey": by_lead(steps)});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let path = format!(
        "/api/v1/journeys/{}/publishing",
        made["id"].as_str().unwrap()
    );
    let refused = ask(&filo, Method::POST, &path, &json!({"version": 1})).await;
    assert!(refused.is(422).text().contains("in use"));
}
