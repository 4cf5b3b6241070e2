//! Kinds of customers through the running program: sought, put in force, followed by segments,
//! taken out again; told of somebody, and forgotten with them.

use std::collections::BTreeSet;

use filo_core::access::Role;
use filo_core::id::CustomerId;
use filo_core::profile::view::summary;
use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

use crate::access::{cookie, post, somebody};

/// Calls of one batch.
const BATCH: usize = 400;

fn order(user: &str, number: u32, channel: &str, (euros, pieces): (u32, u32)) -> Value {
    json!({"type": "track", "userId": user, "event": "Order Completed", "channel": channel,
           "messageId": format!("{user}-{number}"),
           "properties": {"order_id": format!("{user}-{number}"), "revenue": euros,
                          "currency": "EUR", "products": [{"quantity": pieces}]}})
}

/// Somebody who comes to the counter, with a card.
fn at_the_counter(user: &str) -> Vec<Value> {
    let number: u32 = user.bytes().map(u32::from).sum();
    let mut calls = vec![
        json!({"type": "identify", "userId": user, "channel": "shop",
        "messageId": format!("{user}-card"), "traits": {"card": format!("AUR{user}")}}),
    ];
    calls.extend((0..6 + number % 5).map(|it| order(user, it, "shop", (3, 1))));
    calls
}

/// Somebody who buys on the site.
fn online(user: &str) -> Vec<Value> {
    let number: u32 = user.bytes().map(u32::from).sum();
    let mut calls = vec![json!({"type": "identify", "userId": user, "channel": "web",
        "messageId": format!("{user}-email"), "traits": {"email": format!("{user}@example.it")}})];
    calls.extend((0..2).map(|it| order(user, it, "web", (50 + number % 20, 3))));
    calls
}

async fn send_all(filo: &Filo, calls: &[Value]) {
    for batch in calls.chunks(BATCH) {
        filo.send(batch.to_vec()).await;
    }
}

/// So many of each of two kinds.
async fn company(filo: &Filo, counter: u32, site: u32) {
    let mut calls = Vec::new();
    calls.extend((0..counter).flat_map(|it| at_the_counter(&format!("banco{it:03}"))));
    calls.extend((0..site).flat_map(|it| online(&format!("sito{it:03}"))));
    send_all(filo, &calls).await;
    filo.flush().await;
}

/// A search, to its end.
async fn search(filo: &Filo) -> Value {
    let begun = filo.api_post("/api/v1/persona-searches", &json!({})).await;
    filo.app.jobs_idle().await.unwrap();
    let id = begun["id"].as_str().unwrap();
    filo.api_get(&format!("/api/v1/persona-searches/{id}"))
        .await
}

async fn act(filo: &Filo, search: &Value, act: &str) -> u16 {
    let path = format!(
        "/api/v1/persona-searches/{}/{act}",
        search["id"].as_str().unwrap()
    );
    let request = filo.post(&path).bearer(&filo.api_key);
    request.json(&json!({})).send().await.status.into()
}

/// Everybody in a segment, page by page.
async fn members(filo: &Filo, segment: &str) -> BTreeSet<String> {
    filo.app.segments_settled().await.unwrap();
    let (mut all, mut next) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/api/v1/segments/{segment}/members?limit=200{next}");
        let page = filo.api_get(&path).await;
        let rows = page["data"].as_array().unwrap().iter();
        all.extend(rows.map(|row| row["customer"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(behind) => next = format!("&before={behind}"),
            None => return all,
        }
    }
}

fn ids(search: &Value) -> Vec<&str> {
    let personas = search["personas"].as_array().unwrap().iter();
    personas.map(|it| it["id"].as_str().unwrap()).collect()
}

/// A company of two kinds and a segment of the first one, before anything is in force.
async fn segmented(filo: &Filo) -> (Value, String, String) {
    company(filo, 210, 120).await;
    let first = search(filo).await;
    assert_eq!(first["verdict"], "groups", "{first}");
    let personas = first["personas"].as_array().unwrap().iter();
    let sizes: Vec<&Value> = personas.map(|it| &it["people"]).collect();
    assert_eq!(sizes, [210, 120]);
    let counter = ids(&first)[0].to_owned();
    let new = json!({"name": "Banco", "text": format!("in persona {counter}")});
    let segment = filo.api_post("/api/v1/segments", &new).await;
    assert_eq!(segment["condition"], json!({ "persona": counter }));
    let segment = segment["id"].as_str().unwrap().to_owned();
    let before = members(filo, &segment).await;
    assert!(before.is_empty(), "nothing is in force");
    assert_eq!(act(filo, &first, "adoption").await, 204);
    assert_eq!(members(filo, &segment).await.len(), 210);
    (first, counter, segment)
}

#[tokio::test]
async fn kinds_are_sought_put_in_force_and_followed_by_segments() {
    let filo = Filo::start().await;
    let (_, counter, segment) = segmented(&filo).await;
    let one = filo.user("banco007").await.id.to_string();
    assert!(members(&filo, &segment).await.contains(&one));
    let persona_of = async |customer: &str| {
        let path = format!("/api/v1/customers/{customer}/persona");
        filo.api_get(&path).await
    };
    let of = persona_of(&one).await;
    assert_eq!(of["persona"]["id"], json!(counter), "{of}");
    assert!(of["shared"].as_array().unwrap().contains(&json!(true)));

    // Somebody new is in with the event that makes them so, and who is hardly known is none.
    send_all(&filo, &at_the_counter("nuovo")).await;
    let newcomer = filo.user("nuovo").await.id.to_string();
    assert!(members(&filo, &segment).await.contains(&newcomer));
    let hardly = json!({"type": "identify", "userId": "ombra", "messageId": "ombra"});
    filo.send([hardly]).await;
    let shadow = filo.user("ombra").await.id.to_string();
    assert_eq!(persona_of(&shadow).await, Value::Null);

    // The same answer after a kill, from what is on disk.
    let filo = filo.restart().await;
    assert_eq!(members(&filo, &segment).await.len(), 211);
    let path = format!("/api/v1/customers/{newcomer}/persona");
    assert_eq!(filo.api_get(&path).await["persona"]["id"], json!(counter));
}

#[tokio::test]
async fn a_name_is_kept_while_its_kind_is_found_again_and_what_was_before_comes_back() {
    let filo = Filo::start().await;
    let (first, counter, segment) = segmented(&filo).await;
    let path = format!("/api/v1/personas/{counter}");
    let naming = json!({"name": "Amanti del banco", "note": "", "version": 0});
    let patch = || filo.request(Method::PATCH, &path).bearer(&filo.api_key);
    patch().json(&naming).send().await.is(204);
    patch().json(&naming).send().await.is(409);
    let told = filo.api_get(&format!("/api/v1/segments/{segment}")).await;
    let sentence = told["sentence"]["it"].as_str().unwrap();
    assert_eq!(sentence, "È del tipo «Amanti del banco».");

    let second = search(&filo).await;
    assert_eq!(ids(&second), ids(&first));
    assert_eq!(second["carried"]["moved"], 0, "{second}");
    assert_eq!(second["drift"]["strength"], "little");
    assert_eq!(act(&filo, &second, "adoption").await, 204);
    assert_eq!(members(&filo, &segment).await.len(), 210);
    let overview = filo.api_get("/api/v1/personas").await;
    assert_eq!(overview["in_force"]["id"], second["id"]);
    let named = &overview["in_force"]["personas"][0]["name"];
    assert_eq!(named, "Amanti del banco");
    assert_eq!(overview["drift"]["strength"], "little");

    // Back, and back again: what was before counts, and then nothing.
    assert_eq!(act(&filo, &first, "withdrawal").await, 409);
    assert_eq!(act(&filo, &second, "withdrawal").await, 204);
    let overview = filo.api_get("/api/v1/personas").await;
    assert_eq!(overview["in_force"]["id"], first["id"]);
    assert_eq!(members(&filo, &segment).await.len(), 210);
    assert_eq!(act(&filo, &first, "withdrawal").await, 204);
    assert!(members(&filo, &segment).await.is_empty());
    let late = act(&filo, &second, "adoption").await;
    assert_eq!(late, 409, "it was told against another");
    let audit = filo.api_get("/api/v1/audit?act=personas_adopted").await;
    assert_eq!(audit["data"].as_array().unwrap().len(), 2, "{audit}");
}

#[tokio::test]
async fn a_small_company_is_told_that_it_is_too_small() {
    let filo = Filo::start().await;
    company(&filo, 12, 8).await;
    let found = search(&filo).await;
    assert_eq!(found["verdict"], "too_few", "{found}");
    assert_eq!(
        (&found["people"], &found["is_open"]),
        (&json!(20), &json!(false))
    );
    assert_eq!(act(&filo, &found, "adoption").await, 409);
    let none = "/api/v1/persona-searches/prn_00000000000000000000000001";
    filo.get(none).bearer(&filo.api_key).send().await.is(404);
}

#[tokio::test]
async fn the_console_leads_from_the_search_to_a_segment() {
    let filo = Filo::start().await;
    company(&filo, 210, 120).await;
    let session = somebody(&filo, "marta", Role::Marketer).await.text;
    let look = async |path: &str| {
        let request = filo.get(path).header("cookie", &cookie(&session));
        request.header("accept-language", "it").send().await
    };
    let empty = look("/personas").await.ok().text();
    assert!(empty.contains("Ancora nessuna ricerca"), "{empty}");
    let begun = post(&filo, "/personas/search", &session, "").await;
    assert_eq!(begun.status, 303);
    filo.app.jobs_idle().await.unwrap();
    let page = look("/personas").await.ok().text();
    assert!(page.contains("2 tipi trovati."), "{page}");
    let id = page.split("/persona-searches/").nth(1).unwrap();
    let id = &id[..id.find('"').unwrap()];
    let proposal = look(&format!("/persona-searches/{id}")).await.ok().text();
    assert!(proposal.contains("Metti in uso"), "{proposal}");
    let adopt = format!("/persona-searches/{id}/adoption");
    assert_eq!(post(&filo, &adopt, &session, "").await.status, 303);
    let page = look("/personas?done=persona-adopted").await.ok().text();
    for text in [
        "I tipi sono in uso.",
        "210 persone: 64 % di quelle confrontate.",
        "100 % (98–100 %) ha una tessera, contro 0 % degli altri",
        "Come è stato fatto",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let overview = filo.api_get("/api/v1/personas").await;
    let persona = ids(&overview["in_force"])[0].to_owned();
    let naming = |name: &str| {
        let form = [
            ("version", "0".to_owned()),
            (&*format!("name-of-{persona}"), name.to_owned()),
            (
                &*format!("note-of-{persona}"),
                "Entrano per il caffè".to_owned(),
            ),
        ];
        serde_urlencoded::to_string(form).unwrap()
    };
    let path = format!("/personas/{persona}/name");
    let long = post(&filo, &path, &session, &naming(&"x".repeat(81))).await;
    assert_eq!(long.status, 422);
    assert!(
        long.text().contains(&"x".repeat(81)),
        "what was typed is kept"
    );
    assert_eq!(
        post(&filo, &path, &session, &naming("Banco")).await.status,
        303
    );
    let again = post(&filo, &path, &session, &naming("Altro")).await;
    assert_eq!(again.status, 422, "somebody was faster");
    let made = post(&filo, &format!("/personas/{persona}/segment"), &session, "").await;
    let there = made.header("location").unwrap().to_owned();
    filo.app.segments_settled().await.unwrap();
    let segment = look(&there).await.ok().text();
    assert!(segment.contains("È del tipo «Banco»."), "{segment}");
    let person = filo.user("banco007").await.id;
    let page = look(&format!("/people/{person}")).await.ok().text();
    assert!(page.contains("Come il suo tipo:"), "{page}");
    let away = format!("/persona-searches/{id}/withdrawal");
    assert_eq!(post(&filo, &away, &session, "").await.status, 303);
    assert_eq!(post(&filo, &away, &session, "").await.status, 409);
}

#[tokio::test]
async fn who_is_forgotten_stands_for_no_kind_and_a_copy_tells_which_one_it_was() {
    let filo = Filo::start().await;
    company(&filo, 210, 120).await;
    let found = search(&filo).await;
    assert_eq!(act(&filo, &found, "adoption").await, 204);
    let typical = found["personas"][0]["typical"][0].as_str().unwrap();
    let here = format!("/api/v1/customers/{typical}");
    let copy = filo.api_post(&format!("{here}/export"), &json!({})).await;
    assert_eq!(copy["persona"]["persona"]["id"], found["personas"][0]["id"]);
    assert!(
        copy["persona"]["logic"]
            .as_str()
            .unwrap()
            .contains("nearest")
    );
    filo.api_post(&format!("{here}/erasure"), &json!({"ground": "request"}))
        .await;
    let path = format!("/api/v1/persona-searches/{}", found["id"].as_str().unwrap());
    let told = filo.api_get(&path).await.to_string();
    assert!(!told.contains(typical), "{told}");
}

/// The demo's people fall into kinds that would be found again, and what is told of each is so.
#[tokio::test]
async fn the_demo_has_kinds_and_every_count_is_true() {
    let filo = Filo::demo(700).await;
    filo.flush().await;
    let found = search(&filo).await;
    assert_eq!(found["verdict"], "groups", "{}", found["tried"]);
    let personas = found["personas"].as_array().unwrap();
    assert!((2..=8).contains(&personas.len()));
    assert_eq!(act(&filo, &found, "adoption").await, 204);
    for persona in personas {
        assert!(persona["stability"].as_f64().unwrap() >= 0.75, "{persona}");
    }
    let (mut compared, mut counted) = (0_u64, vec![[0_u64; 2]; personas.len() * 8]);
    for id in everybody(&filo).await {
        let Some(of) = filo.app.persona_of(id).await.unwrap() else {
            continue;
        };
        compared += 1;
        let place = of.persona.number - 1;
        let customer = filo.app.customer(id).await.unwrap().unwrap();
        let known = summary(&customer.profile);
        let has_card = customer
            .identifiers
            .iter()
            .any(|it| it.kind == filo_core::identity::Kind::Card);
        let orders: u32 = known.orders.iter().map(|it| it.count).sum();
        for (number, persona) in personas.iter().enumerate() {
            for (at, fact) in persona["facts"].as_array().unwrap().iter().enumerate() {
                let is_so = match fact["aspect"].as_str().unwrap() {
                    "card" => has_card,
                    "orders" => u64::from(orders) >= fact["step"].as_u64().unwrap(),
                    _ => continue,
                };
                counted[number * 8 + at][usize::from(number != place)] += u64::from(is_so);
            }
        }
    }
    assert_eq!(found["people"], compared);
    let mut looked = 0;
    for (number, persona) in personas.iter().enumerate() {
        for (at, fact) in persona["facts"].as_array().unwrap().iter().enumerate() {
            if matches!(fact["aspect"].as_str().unwrap(), "card" | "orders") {
                let [inside, outside] = counted[number * 8 + at];
                assert_eq!(fact["inside"], inside, "{fact}");
                assert_eq!(fact["outside"], outside, "{fact}");
                looked += 1;
            }
        }
    }
    assert!(looked > 1, "no fact was counted again");
}

async fn everybody(filo: &Filo) -> Vec<CustomerId> {
    let (mut all, mut behind) = (Vec::new(), None);
    loop {
        let page = filo.app.customers(behind, 200).await.unwrap();
        let Some(last) = page.last() else {
            return all;
        };
        behind = Some((last.last_seen, last.id));
        all.extend(page.iter().map(|row| row.id));
    }
}
