//! The sites of a public key: events from elsewhere are refused, clearly, and without leave to read.

use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use crate::access::{post, somebody};

async fn public_key(filo: &Filo) -> (String, u64) {
    let sources = filo.api_get("/api/v1/sources").await;
    let sources = sources["data"].as_array().unwrap();
    let of = |source: &&Value| source["keys"][0]["kind"] == "public";
    let source = sources.iter().find(of).unwrap();
    let id = source["keys"][0]["id"].as_str().unwrap().to_owned();
    (id, source["id"].as_u64().unwrap())
}

async fn allow(filo: &Filo, id: &str, origins: &[&str]) -> Answer {
    let path = format!("/api/v1/keys/{id}/origins");
    let request = filo.request(http::Method::PUT, &path).bearer(&filo.api_key);
    request.json(&json!({ "origins": origins })).send().await
}

async fn track(filo: &Filo, key: &str, from: &[(&str, &str)]) -> Answer {
    let mut request = filo.post("/v1/track").key(key);
    for (name, value) in from {
        request = request.header(name, value);
    }
    let event = json!({ "anonymousId": "a1", "event": "Seen" });
    request.json(&event).send().await
}

const SHOP: (&str, &str) = ("origin", "https://shop.example");
const EVIL: (&str, &str) = ("origin", "https://evil.example");

#[tokio::test]
async fn a_key_with_sites_takes_events_from_them_alone() {
    let filo = Filo::start().await;
    let key = filo.public_key.clone();
    for from in [vec![], vec![SHOP], vec![EVIL], vec![("origin", "null")]] {
        track(&filo, &key, &from).await.is(200);
    }
    let (id, _) = public_key(&filo).await;
    let kept = allow(
        &filo,
        &id,
        &["https://Shop.example/", "http://localhost:3000"],
    )
    .await;
    assert_eq!(
        kept.is(200).json()["origins"],
        json!(["https://shop.example", "http://localhost:3000"])
    );
    let taken = track(&filo, &key, &[SHOP]).await.is(200);
    assert_eq!(taken.header("access-control-allow-origin"), Some(SHOP.1));
    track(&filo, &key, &[("origin", "http://localhost:3000")])
        .await
        .is(200);
    track(&filo, &key, &[("referer", "https://shop.example/cart")])
        .await
        .is(200);
    for from in [
        vec![],
        vec![EVIL],
        vec![("origin", "null")],
        vec![("origin", "http://shop.example")],
        vec![("origin", "https://shop.example:8443")],
        vec![("origin", "https://shop.example.evil.example")],
        vec![EVIL, ("referer", "https://shop.example/")],
    ] {
        let refused = track(&filo, &key, &from).await.is(403);
        assert_eq!(
            refused.header("access-control-allow-origin"),
            None,
            "{from:?}"
        );
        let problem = refused.json();
        assert_eq!(problem["code"], "origin_not_allowed", "{from:?}");
    }
    // The list holds after a restart, and the secret key has none.
    let filo = filo.restart().await;
    track(&filo, &key, &[EVIL]).await.is(403);
    track(&filo, &filo.secret_key, &[EVIL]).await.is(200);
    // Empty again: from anywhere.
    allow(&filo, &id, &[]).await.is(200);
    track(&filo, &key, &[EVIL]).await.is(200);
}

#[tokio::test]
async fn the_key_counts_wherever_it_stands() {
    let filo = Filo::start().await;
    let (id, _) = public_key(&filo).await;
    allow(&filo, &id, &["https://shop.example"]).await.is(200);
    let key = filo.public_key.clone();
    let batch = json!({ "writeKey": key, "batch": [
        { "type": "track", "anonymousId": "a1", "event": "Seen" }
    ]});
    for (from, status) in [(SHOP, 200), (EVIL, 403)] {
        let request = filo.post("/v1/batch").header(from.0, from.1);
        request.json(&batch).send().await.is(status);
        let request = filo.post("/v1/batch").header(from.0, from.1).bearer(&key);
        request.json(&batch).send().await.is(status);
        let address = format!("/mp/collect?api_secret={key}&measurement_id=G-1");
        let hit = json!({ "client_id": "1.2", "events": [{ "name": "page_view" }] });
        let answer = filo
            .post(&address)
            .header(from.0, from.1)
            .json(&hit)
            .send()
            .await;
        assert_eq!(answer.status == 403, status == 403, "{}", answer.text());
    }
}

#[tokio::test]
async fn a_site_written_wrong_is_said_beside_its_key() {
    let filo = Filo::start().await;
    let (id, source) = public_key(&filo).await;
    for wrong in [
        "shop.example",
        "https://shop.example/cart",
        "https://*.example",
    ] {
        let problem = allow(&filo, &id, &[wrong]).await.is(422).json();
        assert_eq!(problem["field"], "origins");
    }
    let many: Vec<String> = (0..21)
        .map(|number| format!("https://s{number}.example"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    allow(&filo, &id, &many).await.is(422);
    let owner = somebody(&filo, "olga", filo_core::access::Role::Owner).await;
    let path = format!("/keys/{id}/origins");
    let page = post(&filo, &path, &owner.text, "origins=shop.example")
        .await
        .is(422);
    assert!(page.text().contains("shop.example") && page.text().contains("field-origins-wrong"));
    let saved = post(
        &filo,
        &path,
        &owner.text,
        "origins=https%3A%2F%2Fshop.example%0D%0Ahttps%3A%2F%2Fb.example",
    )
    .await;
    let place = format!("/sources/{source}?done=origins-saved");
    assert_eq!(saved.header("location"), Some(place.as_str()));
    let kept = filo.api_get(&format!("/api/v1/sources/{source}")).await;
    assert_eq!(
        kept["keys"][0]["origins"],
        json!(["https://shop.example", "https://b.example"])
    );
    // It is in the audit log, as a number.
    let audit = filo.api_get("/api/v1/audit").await.to_string();
    assert!(
        audit.contains("key_changed") && !audit.contains("shop.example"),
        "{audit}"
    );
}
