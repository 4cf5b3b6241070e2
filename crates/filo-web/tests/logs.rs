//! Nothing personal and no secret is in the log of the program, at its finest level, whatever
//! Filo goes through. Alone in its program, because the subscriber is the process's own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use filo_app::import::Subject;
use filo_app::import_run::WholeImport;
use filo_app::{Actor, AuditFilter};
use filo_testkit::Filo;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tracing_subscriber::fmt::MakeWriter;

/// Everything that was logged.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Captured {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// Texts that stand nowhere else, so that one hit is one leak.
const EMAIL: &str = "sentinella.zq7@example.it";
const NAME: &str = "Zqsentinella";
const PHONE: &str = "3331234987";
const NOTE: &str = "zqnotasegreta";
const USER: &str = "zq-utente-77";
const CITY: &str = "Zqcittanova";
const ORDER: &str = "ZQORDINE9";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_log_line_holds_anything_personal_or_secret() {
    let captured = Captured::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(captured.clone())
        .with_ansi(false)
        .init();
    let filo = Filo::start().await;
    ingest(&filo).await;
    let session = console(&filo).await;
    api(&filo).await;
    import(&filo).await;
    let login = over_a_port(&filo).await;
    filo.flush().await;
    filo.app.rebuild().await.unwrap();
    filo.app.check().await.unwrap();
    let keys = [&filo.secret_key, &filo.public_key, &filo.api_key].map(Clone::clone);
    let filo = filo.restart().await;
    filo.app
        .export_audit(&Actor::operator(), &AuditFilter::default(), 1_000)
        .await
        .unwrap();
    filo.app.shut_down().await.unwrap();

    let log = String::from_utf8_lossy(&captured.0.lock().unwrap()).into_owned();
    // That anything would be seen at all: what Filo says of itself is there, and what a test says itself.
    assert!(
        log.contains("a migration was applied"),
        "the log was not captured"
    );
    tracing::trace!(text = EMAIL, "planted");
    let planted = String::from_utf8_lossy(&captured.0.lock().unwrap()).contains(EMAIL);
    assert!(planted, "a leak would not be seen");

    let sentinels = [
        EMAIL,
        "sentinella.zq7%40",
        NAME,
        PHONE,
        NOTE,
        USER,
        CITY,
        ORDER,
    ];
    let sentinels = sentinels
        .into_iter()
        .map(str::to_owned)
        .chain(keys)
        .chain([session, login]);
    for sentinel in sentinels {
        let hits: Vec<&str> = log
            .lines()
            .filter(|line| line.contains(&sentinel))
            .take(5)
            .collect();
        assert!(
            hits.is_empty(),
            "{sentinel} is in the log:\n{}",
            hits.join("\n")
        );
    }
    // One event is one line: nothing from outside begins a line of its own.
    assert!(
        log.lines().all(|line| !line.starts_with("zqfalse")),
        "a line was forged"
    );
}

/// Good and bad, by every door.
async fn ingest(filo: &Filo) {
    let person = json!({"firstName": NAME, "email": EMAIL, "phone": PHONE, "city": CITY});
    filo.send([
        json!({"type": "identify", "userId": USER, "messageId": "1", "traits": person}),
        json!({"type": "track", "event": "Order Completed", "userId": USER, "messageId": "2",
            "properties": {"order_id": ORDER, "revenue": "12.5", "currency": "EUR", "email": EMAIL}}),
    ])
    .await;
    let bad: Vec<String> = vec![
        json!({"type": "track", "userId": USER, "properties": {"email": EMAIL}}).to_string(),
        json!({"type": NAME, "userId": USER}).to_string(),
        json!({"userId": {"email": EMAIL}, "event": [NAME], "timestamp": CITY}).to_string(),
        format!("{{\"userId\":\"{USER}\",\"event\":\"X\",\"email\":\"{EMAIL}\""),
        format!("\u{feff}{EMAIL}\r\nzqfalse {NAME}"),
        json!({"userId": USER, "event": "X", "properties": {"revenue": EMAIL, "currency": NAME}})
            .to_string(),
        json!({"userId": USER, "event": "X\r\nzqfalse line", "messageId": "m\r\nzqfalse"})
            .to_string(),
    ];
    for body in bad {
        for path in [
            "/v1/track",
            "/v1/batch",
            "/v1/t",
            "/mp/collect",
            "/v1/events",
            "/cloudevents",
        ] {
            let request = filo.post(path).key(&filo.secret_key).header("x-name", "zq");
            assert!(request.body(body.clone()).send().await.status.as_u16() < 500);
        }
    }
    let wrong = filo.post("/v1/track").key(&format!("filo_sec_{NAME}"));
    wrong
        .json(&json!({"userId": USER, "event": "X"}))
        .send()
        .await;
    let query = format!(
        "writeKey={}&userId={USER}&event=X&properties.email={EMAIL}",
        filo.public_key
    );
    filo.get(&format!("/v1/pixel/track?{query}")).send().await;
    filo.get(&format!("/v1/pixel/{NAME}?{query}&type=zz"))
        .send()
        .await;
    filo.settle().await;
}

/// Pages, forms and failures; the session it came with.
async fn console(filo: &Filo) -> String {
    let key = filo.app.login_key().await.unwrap();
    filo.post("/login/link")
        .form(&format!("key={NAME}&name={NAME}"))
        .send()
        .await
        .is(404);
    let login = filo
        .post("/login/link")
        .form(&format!("key={key}&name={NAME}"))
        .send()
        .await
        .is(303);
    let cookie = login
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let id = filo.user(USER).await.id;
    let token = pages(filo, &cookie).await;
    for (path, form) in [
        (
            format!("/people/{id}/notes"),
            format!("token={token}&text={NOTE}&about=worry"),
        ),
        (
            format!("/people/{id}/notes"),
            format!("token={token}&about={NOTE}"),
        ),
        (
            format!("/people/{id}/notes"),
            format!("token=wrong&text={NOTE}&about=worry"),
        ),
        (
            format!("/people/{id}/consents"),
            format!("token={token}&purpose={NAME}&channel=email&decision=granted&proof={NOTE}"),
        ),
        (
            "/sources".to_owned(),
            format!("token={token}&name={NAME}&kind=secret"),
        ),
    ] {
        let answer = filo
            .post(&path)
            .header("cookie", &cookie)
            .form(&form)
            .send()
            .await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text());
    }
    cookie.split('=').nth(1).unwrap().to_owned()
}

/// Reads pages that are there and pages that are not; gives the token of the forms.
async fn pages(filo: &Filo, cookie: &str) -> String {
    let id = filo.user(USER).await.id;
    let mut token = String::new();
    for path in [
        "/people".to_owned(),
        format!("/people?search={NAME}"),
        format!("/people/{id}"),
        format!("/people/{id}/joins/preview?who={EMAIL}"),
        format!("/people/{EMAIL}"),
        "/quarantine".to_owned(),
        "/incidents".to_owned(),
        format!("/settings/audit?actor={EMAIL}&day={NAME}"),
        format!("/{EMAIL}"),
    ] {
        let page = filo.get(&path).header("cookie", cookie).send().await;
        assert!(page.status.as_u16() < 500, "{path}");
        if let Some(found) = page.text().split("name=\"token\" value=\"").nth(1) {
            found.split('"').next().unwrap().clone_into(&mut token);
        }
    }
    token
}

async fn api(filo: &Filo) {
    let id = filo.user(USER).await.id;
    for path in [
        format!("/api/v1/customers?search={NAME}"),
        format!("/api/v1/customers/lookup?email={EMAIL}"),
        format!("/api/v1/customers/lookup?kind={NAME}&value={EMAIL}"),
        format!("/api/v1/customers/{id}"),
        format!("/api/v1/customers/{id}/events"),
        format!("/api/v1/customers/{id}/explanation"),
        format!("/api/v1/customers/{EMAIL}"),
        format!("/api/v1/quarantine?code={NAME}"),
        format!("/v1/spaces/x/collections/users/profiles/email:{EMAIL}/traits"),
    ] {
        let answer = filo.get(&path).bearer(&filo.api_key).send().await;
        assert!(answer.status.as_u16() < 500, "{path}");
    }
    let notes = format!("/api/v1/customers/{id}/notes");
    for body in [
        json!({"text": NOTE}),
        json!({"text": NOTE, "about": NAME}),
        json!({NOTE: NAME}),
        Value::Null,
    ] {
        let request = filo
            .post(&notes)
            .bearer(&filo.api_key)
            .header("idempotency-key", NOTE);
        request.json(&body).send().await;
    }
    let open = filo.api_get("/api/v1/quarantine").await;
    let one = open["data"][0]["id"].as_str().unwrap();
    let repair = format!("/api/v1/quarantine/{one}/repair");
    let request = filo.post(&repair).bearer(&filo.api_key);
    request
        .json(&json!({"body": format!("{{\"userId\":\"{USER}\",\"event\":{NAME}")}))
        .send()
        .await;
}

/// A file with good lines and bad ones, and one that cannot be read.
async fn import(filo: &Filo) {
    let good = filo.file("orders.csv");
    let lines = format!(
        "order_id,date,email,sku,quantity,price\n{ORDER},2026-01-05 10:00,{EMAIL},A,2,10.00\n\
         {ORDER}2,{CITY},{EMAIL},A,{NAME},x\n"
    );
    std::fs::write(&good, lines).unwrap();
    let asked = WholeImport {
        errors: Some(filo.file("rejected.csv")),
        ..WholeImport::of(Subject::Orders)
    };
    let operator = Actor::operator();
    Box::pin(filo.app.import_whole(&operator, &good, &asked))
        .await
        .unwrap();
    let bad = filo.file("none.csv");
    std::fs::write(&bad, format!("{NAME},{EMAIL}\n{EMAIL},{PHONE}\n")).unwrap();
    Box::pin(filo.app.import_whole(&operator, &bad, &asked))
        .await
        .unwrap_err();
    filo.settle().await;
}

/// Through the server, with what libraries below it may log; gives the login key in the address.
async fn over_a_port(filo: &Filo) -> String {
    let served = filo.serve().await;
    let key = filo.app.login_key().await.unwrap();
    let body = json!({"userId": USER, "event": "X", "traits": {"email": EMAIL}}).to_string();
    let length = body.len();
    let secret = &filo.secret_key;
    for request in [
        format!(
            "GET /login?key={key}&next=/people?search={NAME} HTTP/1.1\r\nHost: x\r\nCookie: filo_session={NAME}\r\n"
        ),
        format!(
            "POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret}\r\nContent-Length: {length}\r\n"
        ),
        format!("GET /{EMAIL} HTTP/9.9\r\nX-Name: {NAME}\r\n"),
        format!("{EMAIL} {NAME}\r\n"),
    ] {
        let request = format!("{request}Connection: close\r\n\r\n");
        let with_body = if request.starts_with("POST") {
            request + &body
        } else {
            request
        };
        exchange(served.address, with_body.as_bytes()).await;
    }
    served.stop().await;
    key
}

async fn exchange(at: SocketAddr, request: &[u8]) {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    // Whatever it is answered: only the log counts here.
    drop(stream.read_to_end(&mut answer).await);
}
