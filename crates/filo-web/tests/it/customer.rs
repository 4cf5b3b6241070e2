//! Customers as programs and people see them: API, console, search, notes.

use filo_testkit::Filo;
use serde_json::{Value, json};

async fn three(filo: &Filo) {
    for (user, first, last, mail) in [
        ("u-1", "Anna", "Rossi", "anna.rossi@example.it"),
        ("u-2", "Bruno", "Verdi", "bruno@example.it"),
        ("u-3", "Carla", "Rossetti", "carla@shop.example"),
    ] {
        filo.send([
            json!({"type": "identify", "userId": user, "messageId": format!("i-{user}"),
                          "traits": {"firstName": first, "lastName": last, "email": mail,
                                     "phone": "+39 333 12345".to_owned() + &user[2..] + "0"}}),
        ])
        .await;
        filo.advance(std::time::Duration::from_secs(10));
    }
}

fn names(page: &Value) -> Vec<String> {
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn lists_are_paged_newest_first() {
    let filo = Filo::start().await;
    three(&filo).await;
    let first = filo.api_get("/api/v1/customers?limit=2").await;
    assert_eq!(names(&first), ["Carla Rossetti", "Bruno Verdi"]);
    let next = first["next"].as_str().unwrap();
    let second = filo
        .api_get(&format!("/api/v1/customers?limit=2&before={next}"))
        .await;
    assert_eq!(names(&second), ["Anna Rossi"]);
    assert_eq!(second["next"], Value::Null);
}

#[tokio::test]
async fn they_are_found_by_the_beginnings_of_what_is_known() {
    let filo = Filo::start().await;
    three(&filo).await;
    for (text, expected) in [
        ("anna", vec!["Anna Rossi"]),
        ("ross", vec!["Anna Rossi", "Carla Rossetti"]),
        ("rossi%20anna", vec!["Anna Rossi"]),
        ("carla@shop.example", vec!["Carla Rossetti"]),
        ("3331234520", vec!["Bruno Verdi"]),
        ("nessuno", vec![]),
    ] {
        let mut found = names(
            &filo
                .api_get(&format!("/api/v1/customers?search={text}"))
                .await,
        );
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test]
async fn a_look_up_by_any_identifier_gives_the_whole_customer() {
    let filo = Filo::start().await;
    three(&filo).await;
    for query in [
        "user_id=u-2",
        "email=BRUNO%40example.it",
        "phone=%2B393331234520",
        "kind=user_id&value=u-2",
    ] {
        let customer = filo
            .api_get(&format!("/api/v1/customers/lookup?{query}"))
            .await;
        assert_eq!(customer["name"], "Bruno Verdi", "{query}");
        assert_eq!(customer["identifiers"].as_array().unwrap().len(), 3);
    }
    let ask = |query: &str| {
        filo.get(&format!("/api/v1/customers/lookup?{query}"))
            .bearer(&filo.api_key)
            .send()
    };
    let missing = ask("user_id=u-99").await.is(404);
    assert_eq!(
        missing.header("content-type"),
        Some("application/problem+json; charset=utf-8")
    );
    ask("nothing=1").await.is(422);
}

#[tokio::test]
async fn notes_of_conversations_are_kept_and_removed() {
    let filo = Filo::start().await;
    three(&filo).await;
    let id = filo.user("u-1").await.id;
    let path = format!("/api/v1/customers/{id}/notes");
    let note = json!({"text": "Ha scelto noi per la consegna", "about": "reason"});
    let written = filo.api_post(&path, &note).await;
    let customer = filo.api_get(&format!("/api/v1/customers/{id}")).await;
    assert_eq!(
        customer["notes"][0]["text"],
        "Ha scelto noi per la consegna"
    );
    assert_eq!(customer["notes"][0]["about"], "reason");
    let event = written["event"].as_str().unwrap();
    filo.request(http::Method::DELETE, &format!("{path}/{event}"))
        .bearer(&filo.api_key)
        .send()
        .await
        .is(204);
    let customer = filo.api_get(&format!("/api/v1/customers/{id}")).await;
    assert_eq!(customer["notes"], json!([]));
    let wrong = json!({"text": "", "about": "reason"});
    filo.post(&path)
        .bearer(&filo.api_key)
        .json(&wrong)
        .send()
        .await
        .is(422);
    let unknown = json!({"text": "x", "colour": "red"});
    let answer = filo
        .post(&path)
        .bearer(&filo.api_key)
        .json(&unknown)
        .send()
        .await;
    assert!(
        answer.status.is_client_error(),
        "unknown fields are refused"
    );
}

#[tokio::test]
async fn a_repeated_write_is_done_once() {
    let filo = Filo::start().await;
    three(&filo).await;
    let id = filo.user("u-1").await.id;
    let path = format!("/api/v1/customers/{id}/notes");
    let note = json!({"text": "una volta"});
    let send = |note: &Value| {
        filo.post(&path)
            .bearer(&filo.api_key)
            .header("idempotency-key", "k-1")
            .json(note)
            .send()
    };
    let first = send(&note).await.is(201);
    let again = send(&note).await.is(201);
    assert_eq!(first.json(), again.json());
    let customer = filo.api_get(&format!("/api/v1/customers/{id}")).await;
    assert_eq!(customer["notes"].as_array().unwrap().len(), 1);
    let other = send(&json!({"text": "altro"})).await;
    assert!(
        matches!(other.status.as_u16(), 409 | 422),
        "{}",
        other.status
    );
}

#[tokio::test]
async fn the_console_shows_who_the_thread_and_why() {
    let filo = Filo::start().await;
    three(&filo).await;
    filo.send([
        json!({"type": "track", "event": "Order Completed", "userId": "u-1", "messageId": "o",
                      "properties": {"order_id": "o-77", "revenue": 1234.5, "currency": "EUR"}}),
    ])
    .await;
    let cookie = crate::hostile::log_in(&filo).await;
    let id = filo.user("u-1").await.id;
    let ask = |language: &'static str| {
        filo.get(&format!("/people/{id}"))
            .header("cookie", &cookie)
            .header("accept-language", language)
            .send()
    };
    let page = ask("it").await.is(200).text();
    assert!(page.contains("Anna Rossi") && page.contains("anna.rossi@example.it"));
    assert!(page.contains("1.234,50"), "amounts as Italians write them");
    assert!(page.contains("lang=\"it\""));
    assert!(ask("en").await.is(200).text().contains("lang=\"en\""));
    // Without a session one is led to the form, and other sites cannot post.
    let closed = filo.get(&format!("/people/{id}")).send().await.is(303);
    assert!(closed.header("location").unwrap().starts_with("/login"));
    let foreign = filo
        .post(&format!("/people/{id}/notes"))
        .header("cookie", &cookie)
        .header("sec-fetch-site", "cross-site")
        .form("text=x&about=other")
        .send()
        .await;
    assert!(foreign.status.is_client_error());
}

#[tokio::test]
async fn the_document_of_the_api_is_served() {
    let filo = Filo::start().await;
    let document = filo.get("/api/openapi.json").send().await.ok().json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(document["paths"]["/api/v1/customers/lookup"]["get"].is_object());
    filo.get("/healthz").send().await.is(200);
    let status = filo.api_get("/api/v1/status").await;
    assert_eq!(
        (&status["ready"], &status["fault"]),
        (&json!(true), &Value::Null)
    );
    filo.get("/api/v1/nothing")
        .bearer(&filo.api_key)
        .send()
        .await
        .is(404);
}
