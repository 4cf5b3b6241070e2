//! Hostile input: the right answer, nothing lost, never 5xx.

use std::io::Write;

use filo_core::identity::Kind;
use filo_testkit::Filo;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

#[tokio::test]
async fn no_body_is_answered_with_a_fault_of_ours() {
    let filo = Filo::start().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_in_event = format!(
        r#"{{"userId":"u","event":"X","properties":{}1{}}}"#,
        r#"{"a":"#.repeat(200),
        "}".repeat(200)
    );
    let bodies: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"text\"".to_vec(),
        b"\xff\xfe\x00".to_vec(),
        b"{\"userId\":\"\\ud800\",\"event\":\"X\"}".to_vec(),
        b"{\"userId\":\"a\\u0000b\",\"event\":\"X\"}".to_vec(),
        "{\"userId\":\"\u{202e}anna\",\"event\":\"X\"}"
            .as_bytes()
            .to_vec(),
        br#"{"userId":"u","userId":"v","event":"X"}"#.to_vec(),
        br#"{"userId":{},"event":[],"properties":"x"}"#.to_vec(),
        br#"{"userId":"u","event":"X","timestamp":"never"}"#.to_vec(),
        br#"{"userId":"u","event":"X","timestamp":"99999-01-01T00:00:00Z"}"#.to_vec(),
        br#"{"userId":"u","event":"X","timestamp":-1e308}"#.to_vec(),
        br#"{"userId":"u","event":"X","properties":{"n":1e999}}"#.to_vec(),
        br#"{"batch":{}}"#.to_vec(),
        br#"{"batch":[1,null,"x",[],{}]}"#.to_vec(),
        deep.into_bytes(),
        deep_in_event.into_bytes(),
    ];
    for path in [
        "/v1/track",
        "/v1/batch",
        "/v1/t",
        "/v1/identify",
        "/mp/collect",
        "/cloudevents",
    ] {
        for body in &bodies {
            let answer = filo
                .post(path)
                .key(&filo.secret_key)
                .body(body.clone())
                .send()
                .await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            assert!(
                answer.status.as_u16() < 500,
                "{path} {shown}: {}",
                answer.text()
            );
        }
    }
    filo.settle().await;
    assert!(filo.app.status().fault.is_none());
    // It still takes what is right.
    filo.send([json!({"type": "track", "event": "Fine", "userId": "u-1", "messageId": "1"})])
        .await;
    assert_eq!(filo.thread(filo.user("u-1").await.id).await.len(), 1);
}

#[tokio::test]
async fn a_bomb_of_gzip_is_refused_early() {
    let filo = Filo::start().await;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..64 {
        encoder.write_all(&chunk).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let answer = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .header("content-encoding", "gzip")
        .body(bomb)
        .send()
        .await;
    assert_eq!(answer.status.as_u16(), 413, "{}", answer.text());
    let torn = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .body("{\"batch\":[]}")
        .gzip();
    torn.send().await.ok();
    let wrong = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .header("content-encoding", "gzip");
    assert!(
        wrong
            .body("not packed")
            .send()
            .await
            .status
            .is_client_error()
    );
    let unknown = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .header("content-encoding", "zstd");
    assert_eq!(unknown.body("x").send().await.status.as_u16(), 415);
}

#[tokio::test]
async fn placeholders_join_nobody() {
    let filo = Filo::start().await;
    let identify = |message: &str, user: &str, mail: &str| json!({"type": "identify", "userId": user, "messageId": message, "traits": {"email": mail}});
    filo.send([
        identify("1", "u-1", "null"),
        identify("2", "u-2", "null"),
        identify("3", "u-3", "info@example.it"),
        identify("4", "u-4", "info@example.it"),
        json!({"type": "track", "event": "X", "userId": "00000000-0000", "messageId": "5"}),
        json!({"type": "track", "event": "X", "userId": "anonymous", "messageId": "6"}),
    ])
    .await;
    let mut ids = Vec::new();
    for user in ["u-1", "u-2", "u-3", "u-4"] {
        ids.push(filo.user(user).await.id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
    assert!(filo.find(Kind::UserId, "anonymous").await.is_none());
}

#[tokio::test]
async fn names_with_markup_are_shown_as_text() {
    let filo = Filo::start().await;
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "1",
                      "traits": {"firstName": hostile, "email": "x@example.it"}}),
    ])
    .await;
    let cookie = log_in(&filo).await;
    let id = filo.user("u-1").await.id;
    for path in [format!("/people/{id}"), "/people".to_owned()] {
        let page = filo
            .get(&path)
            .header("cookie", &cookie)
            .send()
            .await
            .is(200);
        let policy = page.header("content-security-policy").unwrap().to_owned();
        assert!(policy.contains("default-src 'none'"), "{policy}");
        let text = page.text();
        assert!(
            !text.contains("<script>alert") && !text.contains("<img src=x"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_answered_with_a_page() {
    let filo = Filo::start().await;
    let cookie = log_in(&filo).await;
    for address in [
        "/duplicates/acceptance",
        "/duplicates/acceptance?percent=x",
        "/quarantine?all=perhaps",
    ] {
        let asked = filo.get(address).header("cookie", &cookie);
        let page = asked.send().await.is(404).text();
        assert!(page.contains("class=\"failure\""), "{address}: {page}");
        assert!(!page.contains("deserialize"), "{address}: {page}");
    }
}

/// A session, by the link that the command line prints.
pub(crate) async fn log_in(filo: &Filo) -> String {
    let key = filo.app.login_key().await.unwrap();
    let answer = filo
        .post("/login/link")
        .header("sec-fetch-site", "same-origin")
        .form(&format!("key={key}"))
        .send()
        .await
        .is(303);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    // The link works once.
    let again = filo
        .post("/login/link")
        .form(&format!("key={key}"))
        .send()
        .await;
    assert_eq!(again.status.as_u16(), 404);
    cookie.split(';').next().unwrap().to_owned()
}
