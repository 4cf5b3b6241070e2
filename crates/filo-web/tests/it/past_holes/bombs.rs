//! Small requests that would cost much, and tokens of lists and repetitions that are made up.

use std::fmt::Write as _;

use filo_testkit::Filo;
use serde_json::{Value, json};

use super::House;

/// CVE-2025-59045, CVE-2026-26312 (Stalwart: memory by a short request). Let through if what
/// comes packed were unpacked to its end.
#[tokio::test]
async fn cve_2025_59045_a_packed_bomb_is_refused_everywhere() {
    let filo = Filo::start().await;
    let bomb = vec![b' '; 32 << 20];
    for path in [
        "/v1/track",
        "/v1/batch",
        "/v1/i",
        "/mp/collect",
        "/v1/events",
        "/cloudevents",
    ] {
        let request = filo
            .post(path)
            .key(&filo.secret_key)
            .body(bomb.clone())
            .gzip();
        request.send().await.is(413);
    }
    // Packed twice: the inside is not unpacked again, so it is only not JSON.
    let twice = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .body(bomb)
        .gzip()
        .gzip();
    assert!(twice.send().await.status.is_client_error());
}

/// Deep JSON (CWE-674): let through if a reader called itself for every level.
#[tokio::test]
async fn cwe_674_deep_objects_end_nobodys_stack() {
    let house = House::open().await;
    for depth in [200, 5_000, 60_000] {
        let deep = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        let note = format!("/api/v1/customers/{}/notes", house.person);
        let api = house.filo.post(&note).bearer(&house.filo.api_key);
        let api = api
            .header("content-type", "application/json")
            .body(deep.clone())
            .send()
            .await;
        assert!(api.status.is_client_error(), "{depth}: {}", api.status);
        let call = format!(r#"{{"userId":"u-1","event":"X","properties":{deep}}}"#);
        let taken = house
            .filo
            .post("/v1/track")
            .key(&house.filo.secret_key)
            .body(call)
            .send()
            .await;
        assert!(taken.status.is_client_error(), "{depth}: {}", taken.status);
    }
}

/// Wide objects and long texts (CWE-770): let through if an event had no limit of its own.
#[tokio::test]
async fn cwe_770_an_event_has_limits_of_its_own() {
    let filo = Filo::start().await;
    let wide: serde_json::Map<String, Value> =
        (0..301).map(|key| (format!("k{key}"), json!(1))).collect();
    let cases = [
        (
            json!({"userId": "u", "event": "X", "properties": wide}),
            "too_many_properties",
        ),
        (
            json!({"userId": "u", "event": "X", "properties": {"a": "x".repeat(33_000)}}),
            "event_too_large",
        ),
        (
            json!({"userId": "u", "event": "x".repeat(201)}),
            "name_too_long",
        ),
        (
            json!({"userId": "u", "event": "X", "messageId": "x".repeat(101)}),
            "message_id_too_long",
        ),
    ];
    for (call, code) in cases {
        let answer = filo
            .post("/v1/track")
            .key(&filo.secret_key)
            .json(&call)
            .send()
            .await
            .is(400);
        assert_eq!(answer.json()["code"], code);
    }
}

/// Many small events (CWE-770): let through if a batch had no end.
#[tokio::test]
async fn cwe_770_a_batch_has_an_end() {
    let filo = Filo::start().await;
    let calls: Vec<Value> = (0..2_600)
        .map(|number| json!({"type": "track", "event": "X", "userId": "u-1", "messageId": number.to_string()}))
        .collect();
    let request = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .json(&json!({"batch": calls}));
    let answer = request.send().await.ok().json();
    // The excess is one thing to look at, not a hundred.
    assert_eq!(answer["quarantined"], 1);
    filo.settle().await;
    assert_eq!(filo.thread(filo.user("u-1").await.id).await.len(), 2_500);
}

/// Large bodies: let through if a face had no limit.
#[tokio::test]
async fn cwe_770_every_face_has_a_largest_body() {
    let house = House::open().await;
    let note = format!("/api/v1/customers/{}/notes", house.person);
    let text = json!({"text": "x".repeat(300 << 10)});
    house
        .filo
        .post(&note)
        .bearer(&house.filo.api_key)
        .json(&text)
        .send()
        .await
        .is(413);
    let form = format!("token={}&text={}", house.token, "x".repeat(300 << 10));
    let path = format!("/people/{}/notes", house.person);
    let answer = house
        .filo
        .post(&path)
        .header("cookie", &house.cookie)
        .form(&form)
        .send()
        .await;
    assert_eq!(answer.status, 413);
    let body = format!("{{\"batch\":[{}]}}", " ".repeat(5 << 20));
    house
        .filo
        .post("/v1/batch")
        .key(&house.filo.secret_key)
        .body(body)
        .send()
        .await
        .is(413);
}

/// Searches that would cost much (CWE-1333): let through if a search were an expression, or a
/// word of a thousand words.
#[tokio::test]
async fn cwe_1333_a_search_is_a_few_plain_words() {
    let house = House::open().await;
    let mut many = String::new();
    (0..2_000).for_each(|number| write!(many, "a{number}%20").unwrap());
    for search in [
        "((((q%2B)%2B)%2B)%2B)%24",
        "(%3F%3Dq)*",
        &"a".repeat(60_000),
        &many,
        "%F0%9F%92%A3",
    ] {
        let path = format!("/api/v1/customers?search={search}");
        let found = house.filo.api_get(&path).await;
        assert_eq!(found["data"], json!([]));
    }
}

/// A call that names the whole town: let through if every pair of its identifiers were linked.
#[tokio::test]
async fn cwe_407_a_call_links_a_few_identifiers_only() {
    let filo = Filo::start().await;
    let ids: Vec<Value> = (0..200)
        .map(|number| json!({"id": format!("c-{number}"), "type": "card", "collection": "users", "encoding": "none"}))
        .collect();
    filo.send([json!({"type": "track", "event": "X", "userId": "u-1", "messageId": "1", "context": {"externalIds": ids}})]).await;
    let known = filo.user("u-1").await.identifiers.len();
    assert!(known <= 16, "{known} identifiers");
}

/// Fields that stand twice (CWE-235): let through if one reader took the first and another the
/// last.
#[tokio::test]
async fn cwe_235_a_field_that_stands_twice_is_refused() {
    let house = House::open().await;
    let path = format!("/api/v1/customers/{}/consents", house.person);
    let body = r#"{"purpose":"marketing","channel":"email","granted":false,"granted":true,"wording":"x","proof":"x"}"#;
    let request = house
        .filo
        .post(&path)
        .bearer(&house.filo.api_key)
        .header("content-type", "application/json");
    request.body(body).send().await.is(422);
    let call = r#"{"userId":"u-1","userId":"u-2","event":"X"}"#;
    let answer = house
        .filo
        .post("/v1/track")
        .key(&house.filo.secret_key)
        .body(call)
        .send()
        .await
        .is(400);
    assert_eq!(answer.json()["code"], "repeated_field");
}

/// Made-up cursors (CWE-639): let through if a cursor were a statement, an offset, or believed.
#[tokio::test]
async fn cwe_639_a_made_up_cursor_is_refused_or_harmless() {
    let house = House::open().await;
    let id = &house.person;
    let lists = [
        "customers",
        "quarantine",
        "audit",
        &format!("customers/{id}/events"),
    ]
    .map(|list| format!("/api/v1/{list}"));
    // All bits, none, and the sign: 24 bytes as a cursor has them.
    let formed = [
        "f".repeat(32).replace('f', "_"),
        "A".repeat(32),
        format!("gAAAAAAA{}", "A".repeat(24)),
        format!("f{}", "_".repeat(31)),
    ];
    for list in &lists {
        for wrong in [
            "x",
            "AAAA",
            "%00",
            "' OR 1=1",
            &"A".repeat(5_000),
            "-1",
            "1e9",
        ] {
            let path = format!("{list}?before={}", wrong.replace(' ', "%20"));
            house
                .filo
                .get(&path)
                .bearer(&house.filo.api_key)
                .send()
                .await
                .is(422);
        }
        for cursor in &formed {
            let path = format!("{list}?before={cursor}");
            let status = house
                .filo
                .get(&path)
                .bearer(&house.filo.api_key)
                .send()
                .await
                .status;
            assert!(status == 200 || status == 422, "{path}: {status}");
        }
    }
    for page in [
        "/people",
        "/quarantine",
        "/settings/audit",
        &format!("/people/{id}"),
    ] {
        for cursor in formed.iter().map(String::as_str).chain(["x", "%00"]) {
            house.page(&format!("{page}?before={cursor}")).await.is(200);
        }
    }
}

/// Limits out of range: let through if a page could be as long as somebody likes.
#[tokio::test]
async fn cwe_770_no_page_is_longer_than_a_page() {
    let house = House::open().await;
    for list in ["customers", "quarantine", "audit"] {
        for limit in ["0", "-1", "201", "99999999999999999999", "1e3", "x", ""] {
            let path = format!("/api/v1/{list}?limit={limit}");
            house
                .filo
                .get(&path)
                .bearer(&house.filo.api_key)
                .send()
                .await
                .is(422);
        }
    }
}

/// Repetition keys of others (CWE-694): let through if a key were remembered without whose it is.
#[tokio::test]
async fn cwe_694_nobody_gets_the_answer_of_another() {
    let house = House::open().await;
    let scopes = json!({"read": true, "write": true});
    let other = house
        .filo
        .api_post("/api/v1/keys", &json!({"name": "O", "scopes": scopes}))
        .await;
    let other = other["text"].as_str().unwrap();
    let path = format!("/api/v1/customers/{}/notes", house.person);
    let ask = |key: &str, token: &str, text: &str| {
        let request = house
            .filo
            .post(&path)
            .bearer(key)
            .header("idempotency-key", token);
        request.json(&json!({"text": text})).send()
    };
    let mine = ask(&house.filo.api_key, "k-1", "x").await.is(201).json();
    let theirs = ask(other, "k-1", "x").await.is(201);
    assert!(theirs.header("idempotent-replayed").is_none());
    assert_ne!(theirs.json(), mine);
    assert_eq!(
        ask(&house.filo.api_key, "k-1", "x").await.is(201).json(),
        mine
    );
    ask(&house.filo.api_key, "k-1", "another").await.is(422);
    ask(&house.filo.api_key, &"k".repeat(256), "x")
        .await
        .is(422);
    ask(&house.filo.api_key, "", "x").await.is(422);
    // What was refused is not taken for done: power is asked again.
    let reader = house
        .filo
        .api_post(
            "/api/v1/keys",
            &json!({"name": "R", "scopes": {"read": true}}),
        )
        .await;
    let reader = reader["text"].as_str().unwrap();
    ask(reader, "k-1", "x").await.is(403);
}
