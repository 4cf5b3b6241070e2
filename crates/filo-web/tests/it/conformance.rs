//! The wire contract, one test for each line of the reference's section 3.11.

use filo_core::identity::Kind;
use filo_testkit::{Filo, START};
use serde_json::{Value, json};

pub(crate) fn track(message: &str, user: &str) -> Value {
    json!({"type": "track", "event": "Tested", "userId": user, "messageId": message})
}

pub(crate) async fn event_count(filo: &Filo, kind: Kind, value: &str) -> usize {
    match filo.find(kind, value).await {
        Some(customer) => filo.thread(customer.id).await.len(),
        None => 0,
    }
}

/// 1. analytics.js from a page of another origin: preflight, then text/plain with Basic.
#[tokio::test]
async fn a_page_of_another_origin_may_send() {
    let filo = Filo::start().await;
    let preflight = filo
        .request(http::Method::OPTIONS, "/v1/t")
        .header("origin", "https://shop.example.it")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type",
        )
        .send()
        .await
        .ok();
    assert_eq!(
        preflight.header("access-control-allow-origin"),
        Some("https://shop.example.it")
    );
    let allowed = preflight.header("access-control-allow-headers").unwrap();
    assert!(
        allowed.contains("authorization") && allowed.contains("content-type"),
        "{allowed}"
    );
    assert!(
        preflight
            .header("access-control-allow-methods")
            .unwrap()
            .contains("POST")
    );
    let age: u32 = preflight
        .header("access-control-max-age")
        .unwrap()
        .parse()
        .unwrap();
    assert!(age >= 900);

    let call = json!({
        "type": "track", "event": "Product Viewed", "anonymousId": "a-1", "messageId": "ajs-1",
        "properties": {"sku": "A1"}, "writeKey": filo.public_key,
        "context": {"page": {"path": "/scarpe"}, "library": {"name": "analytics.js"}},
    });
    let answer = filo
        .post("/v1/t")
        .header("origin", "https://shop.example.it")
        .header("user-agent", "Mozilla/5.0 (tests)")
        .key(&filo.public_key)
        .header("content-type", "text/plain")
        .body(call.to_string())
        .send()
        .await
        .is(200);
    assert_eq!(answer.json(), json!({"success": true}));
    assert_eq!(
        answer.header("access-control-allow-origin"),
        Some("https://shop.example.it")
    );
    filo.settle().await;
    let customer = filo.find(Kind::AnonymousId, "a-1").await.unwrap();
    let thread = filo.thread(customer.id).await;
    assert_eq!(thread.len(), 1);
    let context: Value = serde_json::from_str(&thread[0].context).unwrap();
    assert_eq!(context["userAgent"], "Mozilla/5.0 (tests)");
    assert_eq!(context["page"]["path"], "/scarpe");
}

/// 2. The same message twice is one event and two successes.
#[tokio::test]
async fn a_repeated_message_is_one_event() {
    let filo = Filo::start().await;
    for _ in 0..2 {
        filo.post("/v1/track")
            .key(&filo.secret_key)
            .json(&track("m-1", "u-1"))
            .send()
            .await
            .ok();
        filo.settle().await;
    }
    assert_eq!(event_count(&filo, Kind::UserId, "u-1").await, 1);
    // In one batch, and after the event has gone to the lake.
    filo.send([track("m-2", "u-1"), track("m-2", "u-1")]).await;
    filo.flush().await;
    filo.send([track("m-1", "u-1"), track("m-2", "u-1")]).await;
    assert_eq!(event_count(&filo, Kind::UserId, "u-1").await, 2);
    // The same id from another source is another event.
    filo.send_public([json!({
        "type": "track", "event": "Tested", "userId": "u-1", "messageId": "m-1"
    })])
    .await;
    assert_eq!(event_count(&filo, Kind::UserId, "u-1").await, 3);
}

/// 3. Packed, and the write key only in the body.
#[tokio::test]
async fn a_packed_batch_may_carry_its_key_in_the_body() {
    let filo = Filo::start().await;
    let body = json!({"writeKey": filo.public_key, "batch": [track("m-1", "u-1")]});
    filo.post("/v1/b")
        .header("content-type", "text/plain")
        .body(body.to_string())
        .gzip()
        .send()
        .await
        .is(200);
    filo.settle().await;
    assert_eq!(event_count(&filo, Kind::UserId, "u-1").await, 1);
}

/// 4. What the whole batch says reaches each of its messages.
#[tokio::test]
async fn the_context_of_a_batch_stands_under_each_message() {
    let filo = Filo::start().await;
    let body = json!({
        "context": {"library": {"name": "root"}, "locale": "it-IT"},
        "sentAt": START.to_string(),
        "batch": [
            {"type": "track", "event": "A", "userId": "u-1", "messageId": "1",
             "context": {"locale": "en-GB"}},
            {"type": "track", "event": "B", "userId": "u-1", "messageId": "2"},
        ],
    });
    filo.post("/v1/batch")
        .key(&filo.secret_key)
        .json(&body)
        .send()
        .await
        .ok();
    filo.settle().await;
    let customer = filo.user("u-1").await;
    let mut seen = Vec::new();
    for event in filo.thread(customer.id).await {
        let context: Value = serde_json::from_str(&event.context).unwrap();
        seen.push((
            event.name.to_string(),
            context["locale"].clone(),
            context["library"]["name"].clone(),
        ));
    }
    seen.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(seen[0], ("A".to_owned(), json!("en-GB"), json!("root")));
    assert_eq!(seen[1], ("B".to_owned(), json!("it-IT"), json!("root")));
}

/// 5. A device whose clock is three hours ahead is put right; servers and history are believed.
#[tokio::test]
async fn a_wrong_clock_of_a_device_is_put_right() {
    let filo = Filo::start().await;
    let ahead = START.plus_seconds(3 * 3600);
    let skewed = json!({
        "type": "track", "event": "Skewed", "anonymousId": "a-1", "messageId": "1",
        "timestamp": ahead.plus_seconds(-2).to_string(), "sentAt": ahead.to_string(),
    });
    filo.post("/v1/t")
        .key(&filo.public_key)
        .json(&skewed)
        .send()
        .await
        .ok();
    let past = START.plus_seconds(-90 * 86_400);
    let history = json!({
        "type": "track", "event": "History", "anonymousId": "a-1", "messageId": "2",
        "timestamp": past.to_string(),
    });
    filo.post("/v1/t")
        .key(&filo.public_key)
        .json(&history)
        .send()
        .await
        .ok();
    let server = json!({
        "type": "track", "event": "Server", "userId": "u-1", "messageId": "3",
        "timestamp": past.to_string(), "sentAt": ahead.to_string(),
    });
    filo.post("/v1/t")
        .key(&filo.secret_key)
        .json(&server)
        .send()
        .await
        .ok();
    filo.settle().await;
    let thread = filo
        .thread(filo.find(Kind::AnonymousId, "a-1").await.unwrap().id)
        .await;
    let at = |name: &str| thread.iter().find(|event| event.name == name).unwrap().at;
    let truth = START.plus_seconds(-2);
    assert!(
        at("Skewed").micros_since(truth).abs() < 1_000_000,
        "{}",
        at("Skewed")
    );
    assert_eq!(at("History"), past);
    assert_eq!(filo.thread(filo.user("u-1").await.id).await[0].at, past);
}

/// 6. Bad events of a good batch wait in quarantine with their reason; the rest is kept.
#[tokio::test]
async fn the_good_events_of_a_batch_are_kept() {
    let filo = Filo::start().await;
    let large = json!({"x": "y".repeat(33 * 1024)});
    let body = json!({"batch": [
        track("ok-1", "u-1"),
        {"type": "track", "userId": "u-1", "messageId": "no-event"},
        {"type": "track", "event": "X", "messageId": "nobody"},
        {"type": "track", "event": "X", "userId": "u-1", "messageId": "large", "properties": large},
        track("ok-2", "u-1"),
    ]});
    let answer = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .json(&body)
        .send()
        .await
        .is(200);
    assert_eq!(answer.json()["success"], true);
    assert_eq!(answer.json()["quarantined"], 3);
    filo.settle().await;
    assert_eq!(event_count(&filo, Kind::UserId, "u-1").await, 2);
    let quarantine = filo.api_get("/api/v1/quarantine").await;
    let mut codes: Vec<&str> = quarantine["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        ["event_too_large", "missing_event", "no_user_anon_id"]
    );

    // Beyond 2,500 events the excess is refused, the rest taken.
    let many: Vec<Value> = (0..2501)
        .map(|number| track(&format!("n-{number}"), "u-9"))
        .collect();
    let answer = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .json(&json!({"batch": many}));
    let answer = answer.send().await.is(200);
    assert_eq!(answer.json()["quarantined"], 1);
    filo.settle().await;
    assert_eq!(event_count(&filo, Kind::UserId, "u-9").await, 2500);
}

/// 6. The codes of single calls and of bodies that cannot be read.
#[tokio::test]
async fn what_cannot_be_taken_is_said() {
    let filo = Filo::start().await;
    let large = json!({"event": "X", "userId": "u", "properties": {"x": "y".repeat(33 * 1024)}});
    for (path, body, status, code) in [
        ("/v1/track", "{".to_owned(), 400, "broken_json"),
        (
            "/v1/track",
            json!({"userId": "u"}).to_string(),
            400,
            "missing_event",
        ),
        (
            "/v1/track",
            json!({"event": "X"}).to_string(),
            400,
            "no_user_anon_id",
        ),
        ("/v1/track", large.to_string(), 400, "event_too_large"),
        (
            "/v1/group",
            json!({"userId": "u"}).to_string(),
            400,
            "missing_group_id",
        ),
        (
            "/v1/alias",
            json!({"userId": "u"}).to_string(),
            400,
            "missing_previous_id",
        ),
        ("/v1/batch", "[1,2".to_owned(), 400, "broken_json"),
    ] {
        let answer = filo
            .post(path)
            .key(&filo.secret_key)
            .body(body)
            .send()
            .await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{path} {code}: {}",
            answer.text()
        );
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{path}");
        assert!(!problem["detail"].as_str().unwrap().is_empty());
    }
    // Segment says 500 kB; Filo takes more than it promises, up to four megabytes.
    let padding = "x".repeat(30 * 1024);
    let batch = |count: usize| {
        let events: Vec<Value> = (0..count)
            .map(|number| {
                json!({"type": "track", "event": "X", "userId": "u-big",
                       "messageId": format!("b-{count}-{number}"), "properties": {"p": padding}})
            })
            .collect();
        json!({ "batch": events })
    };
    filo.post("/v1/batch")
        .key(&filo.secret_key)
        .json(&batch(17))
        .send()
        .await
        .is(200);
    let answer = filo
        .post("/v1/batch")
        .key(&filo.secret_key)
        .json(&batch(160))
        .send()
        .await;
    assert_eq!(answer.status.as_u16(), 413);
}

/// 8. The pixel answers with its dot, whatever comes.
#[tokio::test]
async fn the_pixel_always_answers_with_the_dot() {
    let filo = Filo::start().await;
    let call = json!({"userId": "u-1", "event": "Email Opened", "messageId": "p-1",
                      "writeKey": filo.public_key});
    let data = base64_of(&call.to_string());
    let dotted = format!(
        "/v1/pixel/track?userId=u-1&event=Email%20Opened&messageId=p-2&properties.subject=Ciao\
         &writeKey={}",
        filo.public_key
    );
    for path in [
        format!("/v1/pixel/track?data={data}"),
        dotted,
        "/v1/pixel/track?data=%%%".to_owned(),
        "/v1/pixel/track".to_owned(),
        "/v1/pixel/nothing?writeKey=wrong".to_owned(),
    ] {
        let answer = filo.get(&path).send().await.is(200);
        assert_eq!(answer.header("content-type"), Some("image/gif"), "{path}");
        assert!(answer.body.starts_with(b"GIF89a"), "{path}");
    }
    filo.settle().await;
    assert_eq!(event_count(&filo, Kind::UserId, "u-1").await, 2);
}

fn base64_of(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

/// 9. The settings say where to send, and that no metrics are wanted.
#[tokio::test]
async fn the_settings_point_to_this_filo() {
    let filo = Filo::start().await;
    let path = format!("/v1/projects/{}/settings", filo.public_key);
    let settings = filo
        .get(&path)
        .header("host", "cdp.example.it")
        .send()
        .await
        .ok()
        .json();
    let segment = &settings["integrations"]["Segment.io"];
    assert_eq!(segment["apiKey"], filo.public_key);
    assert!(
        segment["apiHost"].as_str().unwrap().ends_with("/v1"),
        "{segment}"
    );
    assert_eq!(settings["metrics"]["sampleRate"], 0);
    assert!(
        settings["plan"]["track"]["__default"]["enabled"]
            .as_bool()
            .unwrap()
    );
    filo.post("/v1/m")
        .body(r#"{"series":[]}"#)
        .send()
        .await
        .is(200);
}
