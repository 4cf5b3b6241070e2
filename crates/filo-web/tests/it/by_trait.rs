//! People by one of their traits: found in the order of the list, a bounded number at a time.

use filo_app::LOOKED_MOST;
use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};

fn person(number: usize, traits: &Value) -> Value {
    json!({ "type": "identify", "userId": format!("u-{number}"), "traits": traits,
            "messageId": format!("m-{number}") })
}

async fn found(filo: &Filo, query: &str) -> Vec<String> {
    let page = filo.api_get(&format!("/api/v1/customers?{query}")).await;
    let rows = page["data"].as_array().unwrap().iter();
    let mut names: Vec<String> = rows
        .map(|row| row["name"].as_str().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn each_question_about_a_trait_finds_whom_it_is_true_of() {
    let filo = Filo::start().await;
    filo.send([
        person(
            1,
            &json!({ "name": "Anna", "favouriteShop": "Roma Centro", "vip": true }),
        ),
        person(
            2,
            &json!({ "name": "Bruno", "favourite_shop": "Milano", "vip": false }),
        ),
        person(3, &json!({ "name": "Carla", "favouriteShop": "" })),
        person(4, &json!({ "name": "Dario" })),
    ])
    .await;
    filo.settle().await;
    for (query, names) in [
        (
            "trait_name=favouriteShop&trait_value=roma+centro",
            vec!["Anna"],
        ),
        (
            "trait_name=favourite_shop&trait_is=contains&trait_value=M",
            vec!["Anna", "Bruno"],
        ),
        (
            "trait_name=Favourite+Shop&trait_is=set",
            vec!["Anna", "Bruno"],
        ),
        ("trait_name=favourite_shop", vec!["Anna", "Bruno"]),
        (
            "trait_name=favourite_shop&trait_is=empty",
            vec!["Carla", "Dario"],
        ),
        ("trait_name=vip&trait_value=true", vec!["Anna"]),
        ("trait_name=nothing&trait_is=set", vec![]),
        ("trait_name=favourite_shop&search=bruno", vec!["Bruno"]),
        (
            "trait_name=favourite_shop&trait_is=empty&search=bruno",
            vec![],
        ),
        ("trait_name=favourite_shop&sort=name", vec!["Anna", "Bruno"]),
        ("trait_name=favourite_shop&orders=1", vec![]),
    ] {
        assert_eq!(found(&filo, query).await, names, "{query}");
    }
    for wrong in [
        "trait_name=shop&trait_is=equals",
        "trait_name=shop&trait_is=like",
        "trait_value=x",
        "trait_is=set",
    ] {
        let request = filo.get(&format!("/api/v1/customers?{wrong}"));
        let problem = request.bearer(&filo.api_key).send().await.is(422).json();
        assert_eq!(problem["field"], "trait_name", "{wrong}");
    }
}

#[tokio::test]
async fn many_people_are_looked_through_and_nobody_is_passed_over() {
    let filo = Filo::start().await;
    let many = LOOKED_MOST + 300;
    let rare = [7, LOOKED_MOST / 2, LOOKED_MOST + 100];
    let people: Vec<Value> = (0..many)
        .map(|number| {
            let size = if rare.contains(&number) { "XXL" } else { "M" };
            person(
                number,
                &json!({ "name": format!("P{number}"), "size": size }),
            )
        })
        .collect();
    for part in people.chunks(500) {
        filo.send(part.to_vec()).await;
    }
    filo.settle().await;
    let mut seen = Vec::new();
    let (mut before, mut pages) = (String::new(), 0);
    loop {
        let path = format!("/api/v1/customers?trait_name=size&trait_value=xxl{before}");
        let page = filo.api_get(&path).await;
        let rows = page["data"].as_array().unwrap();
        seen.extend(
            rows.iter()
                .map(|row| row["name"].as_str().unwrap().to_owned()),
        );
        pages += 1;
        match page["next"].as_str() {
            Some(next) => before = format!("&before={next}"),
            None => break,
        }
    }
    seen.sort();
    let mut wanted = rare.map(|number| format!("P{number}")).to_vec();
    wanted.sort();
    assert_eq!(seen, wanted);
    assert_eq!(pages, 2, "each page looks at {LOOKED_MOST}");
    // Pages as small as one row pass nobody over either.
    let mut seen = 0;
    let mut before = String::new();
    loop {
        let path = format!("/api/v1/customers?trait_name=size&trait_value=xxl&limit=1{before}");
        let page = filo.api_get(&path).await;
        seen += page["data"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => before = format!("&before={next}"),
            None => break,
        }
    }
    assert_eq!(seen, 3);
}

#[tokio::test]
async fn the_console_says_how_far_it_looked_and_never_acts_on_everybody() {
    let filo = Filo::start().await;
    filo.send([
        person(1, &json!({ "name": "Anna", "size": "M" })),
        person(2, &json!({ "name": "Bruno", "size": "L" })),
    ])
    .await;
    filo.settle().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let path = "/people?trait_name=size&trait_is=equals&trait_value=m&lang=it";
    let page = look(&filo, path, &owner.text).await.ok().text();
    assert!(page.contains("Anna") && !page.contains(">Bruno<"), "{page}");
    assert!(page.contains("fino all’ultima"), "{page}");
    assert!(!page.contains("act=export&amp;all=1"), "{page}");
    let wrong = look(&filo, "/people?trait_name=size&trait_is=like", &owner.text).await;
    assert_eq!(wrong.status, 422);
    // Everybody of a trait are not known, so nothing is done with them.
    let query = "trait_name=size&trait_value=m";
    let bulk = look(
        &filo,
        &format!("/people/bulk?act=export&all=1&{query}"),
        &owner.text,
    )
    .await;
    assert_eq!(bulk.status, 422);
    let form = format!("all=1&text=x&about=other&{query}");
    assert_eq!(
        post(&filo, "/people/notes", &owner.text, &form)
            .await
            .status,
        422
    );
    for (path, body) in [
        ("/api/v1/customers/export", json!({ "query": query })),
        (
            "/api/v1/customers/notes",
            json!({ "query": query, "text": "x", "about": "other" }),
        ),
    ] {
        let request = filo.post(path).bearer(&filo.api_key);
        request.json(&body).send().await.is(422);
    }
    // As a view it can be kept.
    let view = json!({ "name": "Taglia M", "query": query });
    filo.api_post("/api/v1/customer-views", &view).await;
    // Who may not see what is personal may not ask for it.
    let analyst = somebody(&filo, "ada", Role::Analyst).await;
    assert_eq!(look(&filo, path, &analyst.text).await.status, 403);
    let request = filo.get(&format!("/api/v1/customers?{query}"));
    request.bearer(&analyst.text).send().await.is(403);
}
