//! How long what is kept: what would go, that it goes on its day, and that nothing else does.

use std::time::Duration;

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};

const DAY: Duration = Duration::from_secs(24 * 3_600);
const HERE: &str = "/api/v1/settings/retention";

async fn person(filo: &Filo, name: &str) {
    filo.send([
        json!({"type": "identify", "userId": name, "messageId": format!("i-{name}"),
        "traits": {"email": format!("{name}@example.it"), "firstName": "Zelinda"}}),
    ])
    .await;
}

async fn visitor(filo: &Filo, cookie: &str) {
    filo.send_public([json!({"type": "page", "anonymousId": cookie,
        "messageId": format!("v-{cookie}"), "properties": {"path": "/"}})])
        .await;
}

async fn set(filo: &Filo, months: Value) -> Value {
    let version = filo.api_get(HERE).await["version"].clone();
    let body = json!({"months": months, "version": version, "sure": true});
    let request = filo.request(http::Method::PUT, HERE);
    request
        .bearer(&filo.api_key)
        .json(&body)
        .send()
        .await
        .ok()
        .json()
}

/// What the clock does once a day.
async fn night(filo: &Filo) -> Option<filo_core::time::Timestamp> {
    let next = filo.app.tend_retention().await.unwrap();
    filo.app.jobs_idle().await.unwrap();
    next
}

async fn there(filo: &Filo, kind: Kind, value: &str) -> bool {
    filo.find(kind, value).await.is_some()
}

#[tokio::test]
async fn nothing_goes_before_somebody_says_so_and_then_only_what_is_old() {
    let filo = Filo::start().await;
    person(&filo, "ada").await;
    visitor(&filo, "cookie-of-old").await;
    filo.advance(DAY * 70);
    person(&filo, "bea").await;
    visitor(&filo, "cookie-of-today").await;
    assert_eq!(night(&filo).await, None, "it is off");
    assert_eq!(
        filo.api_get("/api/v1/retention-runs").await["data"],
        json!([])
    );

    let asked = json!({"people": 2, "visitors": 1});
    let preview = filo.api_post(&format!("{HERE}/preview"), &asked).await;
    assert_eq!(
        (
            &preview["would_go"]["people"],
            &preview["would_go"]["visitors"]
        ),
        (&json!(1), &json!(1))
    );
    assert_eq!(preview["is_partial"], false);
    assert_eq!(night(&filo).await, None, "a look changes nothing");
    let kept = set(&filo, asked).await;
    assert!(kept["next_at"].is_string());
    // Nothing of a day before it was switched on.
    night(&filo).await;
    assert!(there(&filo, Kind::Email, "ada@example.it").await);
    filo.advance(DAY);
    let next = night(&filo).await;
    assert!(next > Some(filo.now()));
    assert!(!there(&filo, Kind::Email, "ada@example.it").await);
    assert!(!there(&filo, Kind::AnonymousId, "cookie-of-old").await);
    assert!(there(&filo, Kind::Email, "bea@example.it").await);
    assert!(there(&filo, Kind::AnonymousId, "cookie-of-today").await);

    let runs = filo.api_get("/api/v1/retention-runs").await;
    let gone = &runs["data"][0]["gone"];
    assert_eq!((&gone["people"], &gone["visitors"]), (&json!(1), &json!(1)));
    assert!(runs["data"][0]["ended_at"].is_string() && runs["data"][0]["failure"].is_null());
    // It is due once a day, however often it is looked at.
    night(&filo).await;
    let again = filo.api_get("/api/v1/retention-runs").await;
    assert_eq!(again["data"].as_array().unwrap().len(), 1);
    let erasures = filo.api_get("/api/v1/erasures").await;
    assert_eq!(erasures["data"][0]["ground"], "not-needed");
    // Who comes back has refused nothing.
    let known = json!({"address": "ada@example.it"});
    let found = filo.api_post("/api/v1/suppressions/lookup", &known).await;
    assert_eq!(found["data"], json!([]));
    let audit = filo.api_get("/api/v1/audit").await.to_string();
    assert!(audit.contains("retention_enforced") && !audit.contains("ada@example.it"));
}

#[tokio::test]
async fn whoever_waits_for_an_answer_stays() {
    let filo = Filo::start().await;
    person(&filo, "ada").await;
    filo.advance(DAY * 70);
    let body = json!({"wish": "access", "way": "shop", "address": "ada@example.it"});
    let made = filo.api_post("/api/v1/data-requests", &body).await;
    set(&filo, json!({"people": 2, "requests": 1})).await;
    filo.advance(DAY);
    night(&filo).await;
    assert!(there(&filo, Kind::Email, "ada@example.it").await);
    let refusal = format!(
        "/api/v1/data-requests/{}/refusal",
        made["id"].as_str().unwrap()
    );
    filo.api_post(&refusal, &json!({"reason": "not she"})).await;
    filo.advance(DAY);
    night(&filo).await;
    assert!(!there(&filo, Kind::Email, "ada@example.it").await);
}

#[tokio::test]
async fn rows_beside_people_go_and_what_is_open_stays() {
    let filo = Filo::start().await;
    let bad = |id: &str| json!({"type": "track", "userId": "u", "messageId": id});
    filo.send([bad("b-1")]).await;
    filo.send([bad("b-2")]).await;
    let list = filo.api_get("/api/v1/quarantine").await;
    let first = list["data"][0]["id"].as_str().unwrap();
    filo.api_post(&format!("/api/v1/quarantine/{first}/discard"), &json!({}))
        .await;
    let body = json!({"wish": "access", "way": "shop", "address": "ada@example.it"});
    let made = filo.api_post("/api/v1/data-requests", &body).await;
    let refusal = format!(
        "/api/v1/data-requests/{}/refusal",
        made["id"].as_str().unwrap()
    );
    filo.api_post(&refusal, &json!({"reason": "not she"})).await;
    filo.advance(DAY * 40);
    let months = json!({"quarantine": 1, "requests": 1, "incidents": 1});
    let preview = filo.api_post(&format!("{HERE}/preview"), &months).await;
    assert_eq!(
        (
            &preview["would_go"]["quarantine"],
            &preview["would_go"]["requests"]
        ),
        (&json!(1), &json!(1))
    );
    set(&filo, months).await;
    filo.advance(DAY);
    night(&filo).await;
    let left = filo.api_get("/api/v1/quarantine?status=open").await;
    assert_eq!(left["data"].as_array().unwrap().len(), 1);
    let gone = &filo.api_get("/api/v1/retention-runs").await["data"][0]["gone"];
    assert_eq!(
        (&gone["quarantine"], &gone["requests"]),
        (&json!(1), &json!(1))
    );
    let closed = filo.api_get("/api/v1/data-requests?show=closed").await;
    assert_eq!(closed["data"][0]["stage"], "refused");
    assert_eq!(
        (
            &closed["data"][0]["address"],
            &closed["data"][0]["closing_note"]
        ),
        (&json!(""), &json!(""))
    );
}

#[tokio::test]
async fn the_console_shows_what_would_go_before_it_goes() {
    let filo = Filo::start().await;
    person(&filo, "ada").await;
    filo.advance(DAY * 70);
    let owner = somebody(&filo, "olga", Role::Owner).await.text;
    let page = look(&filo, "/settings/retention", &owner).await.ok().text();
    assert!(page.contains("non si cancella nulla da solo") && page.contains("Ancora nulla"));
    for wrong in ["people=0", "people=x", "people=999"] {
        let asked = format!("/settings/retention/preview?version=0&{wrong}");
        let page = look(&filo, &asked, &owner).await.is(422).text();
        assert!(page.contains("Un numero di mesi"), "{wrong}");
    }
    let asked = "/settings/retention/preview?version=0&people=2&visitors=";
    let page = look(&filo, asked, &owner).await.ok().text();
    assert!(
        page.contains("adesso 1") && page.contains("Non si torna indietro"),
        "{page}"
    );
    let unsure = post(&filo, "/settings/retention", &owner, "version=0&people=2")
        .await
        .is(422);
    assert!(unsure.text().contains("Spunta la casella"));
    let sure = "version=0&people=2&sure=yes";
    post(&filo, "/settings/retention", &owner, sure)
        .await
        .is(303);
    let second = post(&filo, "/settings/retention", &owner, sure)
        .await
        .is(422);
    assert!(second.text().contains("qualcun altro ha cambiato"));
    let page = look(&filo, "/settings/retention", &owner).await.ok().text();
    assert!(page.contains("La prossima volta") && page.contains("value=\"2\""));
    filo.advance(DAY);
    night(&filo).await;
    let owner = somebody(&filo, "ornella", Role::Owner).await.text;
    let page = look(&filo, "/settings/retention", &owner).await.ok().text();
    assert!(page.contains("Persone: 1"), "{page}");
    // Off again needs no second thought.
    post(&filo, "/settings/retention", &owner, "version=1")
        .await
        .is(303);
    assert_eq!(night(&filo).await, None);
    let request = filo.request(http::Method::PUT, HERE).bearer(&filo.api_key);
    let unsure = json!({"months": {"people": 2}, "version": 2});
    let problem = request.json(&unsure).send().await.is(422).json();
    assert_eq!(problem["field"], "sure");
}
