//! Whose messages a page is shown: a public key, a guessed name or a borrowed proof reads nothing of
//! anybody (I16).

use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use super::anna_on;
use super::site::{OWED, SECRET, ask, ask_as, comes_by, filo_showing, server_says};
use super::{message, write};

async fn claims(filo: &Filo, anonymous: &str, said: Value) {
    let mut call = json!({"type": "identify", "anonymousId": anonymous,
                          "messageId": format!("i-{anonymous}-{said}")});
    for (key, value) in said.as_object().unwrap() {
        call[key] = value.clone();
    }
    filo.send_public([call]).await;
}

/// What the site's own server writes into the page.
fn proof(user: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = ring::hmac::sign(&key, user.as_bytes());
    tag.as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What a page can tell apart.
fn seen(answer: &Answer) -> (u16, String, Vec<Option<String>>) {
    let headers = [
        "content-type",
        "cache-control",
        "content-length",
        "vary",
        "etag",
    ];
    let headers = headers.map(|name| answer.header(name).map(str::to_owned));
    (answer.status.as_u16(), answer.text(), headers.to_vec())
}

async fn message_for(filo: &Filo, customer: &str) -> String {
    let id = write(filo, customer, OWED, "Il tuo ordine 42 è pronto").await;
    filo.app.send_messages().await.unwrap();
    id
}

#[tokio::test]
async fn a_name_that_is_guessed_reads_nothing_of_whom_the_company_knows() {
    let filo = filo_showing().await;
    let id = anna_on(&filo, "web").await;
    let order = message_for(&filo, &id).await;
    let nobody = seen(&ask_as(&filo, "thief", &json!({})).await);
    claims(&filo, "thief", json!({"userId": "anna"})).await;
    claims(
        &filo,
        "thief-2",
        json!({"traits": {"email": "anna@example.it", "phone": "+393331234567"}}),
    )
    .await;
    for (anonymous, said) in [
        ("thief", json!({})),
        ("thief", json!({"userId": "anna"})),
        ("thief-2", json!({})),
        ("thief-2", json!({"userId": "anna"})),
        ("never-seen", json!({"userId": "anna"})),
        (
            "never-seen",
            json!({"userId": "anna", "proof": "0".repeat(64)}),
        ),
        (
            "never-seen",
            json!({"userId": "anna", "proof": proof("thief")}),
        ),
        (
            "never-seen",
            json!({"userId": "anna@example.it", "proof": proof("anna@example.it")}),
        ),
        ("anna", json!({"userId": "anna"})),
        ("", json!({"userId": "anna"})),
    ] {
        let answer = ask_as(&filo, anonymous, &said).await;
        assert_eq!(seen(&answer), nobody, "{anonymous} {said}");
    }
    assert_eq!(message(&filo, &order).await["state"], "queued");

    // Her own browser, of which the company's server knows, is shown it; the other still is not.
    server_says(&filo, "anna", "hers").await;
    assert_eq!(ask(&filo, "thief").await, None);
    assert_eq!(ask(&filo, "hers").await.unwrap()["id"], json!(order));
}

#[tokio::test]
async fn of_whom_only_browsers_speak_none_is_shown_what_two_of_them_claim() {
    let filo = filo_showing().await;
    claims(
        &filo,
        "hers",
        json!({"userId": "anna", "traits": {"email": "anna@example.it"}}),
    )
    .await;
    let id = filo.user("anna").await.id.to_string();
    let order = message_for(&filo, &id).await;
    claims(&filo, "thief", json!({"userId": "anna"})).await;
    // Also by an event that says it happened long ago.
    filo.send_public([
        json!({"type": "identify", "userId": "anna", "anonymousId": "thief-2",
        "messageId": "old", "timestamp": "2020-01-01T00:00:00Z"}),
    ])
    .await;
    for anonymous in ["thief", "thief-2", "hers"] {
        assert_eq!(ask(&filo, anonymous).await, None, "{anonymous}");
    }
    // The site's server proves which is hers.
    let said = json!({"userId": "anna", "proof": proof("anna")});
    let told = ask_as(&filo, "hers", &said).await.ok().json();
    assert_eq!(told["id"], json!(order));
    assert_eq!(ask(&filo, "thief").await, None);
    // And follows her onto another one.
    let told = ask_as(&filo, "phone", &said).await.ok().json();
    assert_eq!(told["id"], json!(order));
    // What was proved once is known without the proof, for this browser alone.
    assert!(ask(&filo, "phone").await.is_some());
    let proved = filo.user("anna").await;
    let thread = filo.thread(proved.id).await;
    let proved = thread.iter().filter(|event| event.name == "Browser Proved");
    assert_eq!(proved.count(), 2);
}

#[tokio::test]
async fn who_can_prove_who_they_are_is_not_shown_what_is_somebody_elses() {
    let filo = filo_showing().await;
    let id = anna_on(&filo, "web").await;
    let order = message_for(&filo, &id).await;
    // Mallory is a customer too, and says that Anna's address is his.
    let mail = json!({"userId": "mallory", "traits": {"email": "anna@example.it"}});
    claims(&filo, "m-1", mail).await;
    let said = json!({"userId": "mallory", "proof": proof("mallory")});
    for _ in 0..2 {
        ask_as(&filo, "m-1", &said).await.is(204);
        ask_as(&filo, "m-2", &said).await.is(204);
    }
    ask_as(&filo, "m-1", &json!({})).await.is(204);
    assert_eq!(message(&filo, &order).await["state"], "queued");
}

#[tokio::test]
async fn on_a_shared_browser_what_was_meant_for_one_is_not_shown_to_the_next() {
    let filo = filo_showing().await;
    let id = anna_on(&filo, "web").await;
    server_says(&filo, "anna", "kiosk").await;
    let order = message_for(&filo, &id).await;
    let as_anna = json!({"userId": "anna"});
    assert_eq!(
        ask_as(&filo, "kiosk", &as_anna).await.ok().json()["id"],
        json!(order)
    );
    // The page says that Bruno sits there, though its browser kept the visitor's id.
    let as_bruno = json!({"userId": "bruno"});
    ask_as(&filo, "kiosk", &as_bruno).await.is(204);
    server_says(&filo, "bruno", "kiosk").await;
    for said in [&as_bruno, &json!({})] {
        ask_as(&filo, "kiosk", said).await.is(204);
    }
    // Carla was a visitor there before she was anybody: hers are planned on the visitor's thread.
    let visitor = comes_by(&filo, "booth").await;
    server_says(&filo, "carla", "booth").await;
    let order = message_for(&filo, &visitor).await;
    let told = ask(&filo, "booth").await.unwrap();
    assert_eq!(told["id"], json!(order));
    server_says(&filo, "bruno", "booth").await;
    assert_eq!(ask(&filo, "booth").await, None);
    // After signing out filo.js is another visitor.
    comes_by(&filo, "kiosk-2").await;
    assert_eq!(ask(&filo, "kiosk-2").await, None);
}

#[tokio::test]
async fn a_key_that_is_none_or_for_another_site_asks_nothing_and_too_much_is_refused() {
    let filo = filo_showing().await;
    let wrong = json!({"writeKey": "wrong"});
    ask_as(&filo, "a-1", &wrong).await.is(401);
    filo.post("/v1/messages").body("{").send().await.is(400);
    let long = "x".repeat(5_000);
    filo.post("/v1/messages").body(long).send().await.is(413);
    for number in 0..6_000 {
        let answer = ask_as(&filo, &format!("a-{}", number % 7), &json!({})).await;
        if answer.status == 429 {
            assert!(number > 5_000, "{number}");
            return assert!(answer.header("retry-after").is_some());
        }
    }
    let answer = ask_as(&filo, "a-1", &json!({})).await;
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").is_some());
}
