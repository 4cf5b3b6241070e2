//! Sources: what they send is counted, they can be switched off, their events are seen live; what
//! was not understood is mended by kind.

use std::time::Duration;

use filo_testkit::Filo;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::hostile::log_in;

/// The console of somebody who has logged in.
struct Console<'f> {
    filo: &'f Filo,
    cookie: String,
    token: String,
}

impl<'f> Console<'f> {
    async fn open(filo: &'f Filo) -> Self {
        let cookie = log_in(filo).await;
        let page = filo.get("/sources/new").header("cookie", &cookie);
        let page = page.send().await.is(200).text();
        let token = page.split("name=\"token\" value=\"").nth(1).unwrap();
        let token = token.split('"').next().unwrap().to_owned();
        Self {
            filo,
            cookie,
            token,
        }
    }

    async fn get(&self, path: &str) -> String {
        let page = self.filo.get(path).header("cookie", &self.cookie);
        let page = page.header("accept-language", "it");
        page.send().await.is(200).text()
    }

    async fn post(&self, path: &str, form: &str, status: u16) -> filo_testkit::Answer {
        let posted = self.filo.post(path).header("cookie", &self.cookie);
        let posted = posted.header("accept-language", "it");
        let form = format!("token={}&{form}", self.token);
        posted.form(&form).send().await.is(status)
    }
}

fn track(user: &str, id: &str) -> Value {
    json!({"type": "track", "userId": user, "messageId": id, "event": "Order Completed"})
}

async fn volumes(filo: &Filo, source: u32) -> Value {
    let detail = filo.api_get(&format!("/api/v1/sources/{source}")).await;
    detail["volumes"].clone()
}

/// The number of the source of the testkit's secret key.
async fn secret_source(filo: &Filo) -> u32 {
    let list = filo.api_get("/api/v1/sources").await;
    let rows = list["data"].as_array().unwrap().clone();
    let row = rows.iter().find(|row| row["kind"] == "server").unwrap();
    u32::try_from(row["id"].as_u64().unwrap()).unwrap()
}

#[tokio::test]
async fn events_are_counted_once_by_the_hour_and_after_a_crash_and_a_rebuild() {
    let filo = Filo::start().await;
    let source = secret_source(&filo).await;
    assert_eq!(volumes(&filo, source).await["last_at"], Value::Null);
    filo.send([track("u-1", "1"), track("u-1", "2")]).await;
    filo.send([track("u-1", "2")]).await;
    filo.settle().await;
    filo.advance(Duration::from_secs(25 * 3600));
    filo.send([track("u-2", "3")]).await;
    let counts = |it: &Value| (it["last_24_hours"].clone(), it["last_30_days"].clone());
    let expected = (json!(1), json!(3));
    assert_eq!(counts(&volumes(&filo, source).await), expected);
    assert_eq!(volumes(&filo, source).await["hours"][0]["events"], 2);
    let filo = filo.restart().await;
    filo.settle().await;
    assert_eq!(counts(&volumes(&filo, source).await), expected);
    filo.app.rebuild().await.unwrap();
    assert_eq!(counts(&volumes(&filo, source).await), expected);
    filo.advance(Duration::from_secs(31 * 24 * 3600));
    let late = volumes(&filo, source).await;
    assert_eq!(counts(&late), (json!(0), json!(0)));
    assert!(late["last_at"].is_string());
}

#[tokio::test]
async fn a_disabled_source_is_refused_clearly_until_it_is_enabled() {
    let filo = Filo::start().await;
    let source = secret_source(&filo).await;
    let switch = async |word: &str| {
        let path = format!("/api/v1/sources/{source}/{word}");
        filo.post(&path).bearer(&filo.api_key).send().await.is(204);
    };
    let send = async |status: u16| {
        let sent = filo.post("/v1/track").key(&filo.secret_key);
        sent.json(&track("u-1", "1")).send().await.is(status)
    };
    switch("disable").await;
    switch("disable").await;
    assert_eq!(send(403).await.json()["code"], "source_disabled");
    filo.get("/problems/source_disabled").send().await.is(200);
    let bearer = filo.post("/v1/track").bearer(&filo.secret_key);
    bearer.json(&track("u-1", "1")).send().await.is(403);
    let made = filo.post(&format!("/api/v1/sources/{source}/keys"));
    let made = made.bearer(&filo.api_key).send().await.is(201).json();
    let other = made["text"].as_str().unwrap().to_owned();
    let sent = filo.post("/v1/track").key(&other);
    sent.json(&track("u-1", "1")).send().await.is(403);
    switch("enable").await;
    send(200).await;
    let sent = filo.post("/v1/track").key(&other);
    sent.json(&track("u-1", "2")).send().await.is(200);
    let detail = filo.api_get(&format!("/api/v1/sources/{source}")).await;
    let keys = detail["keys"].as_array().unwrap();
    assert!(
        keys.iter().all(|key| key["last_used_at"].is_string()),
        "{keys:?}"
    );
    let renamed = json!({"name": " Cassa <1> "});
    let path = format!("/api/v1/sources/{source}");
    let change = filo
        .request(http::Method::PATCH, &path)
        .bearer(&filo.api_key);
    change.json(&renamed).send().await.is(204);
    assert_eq!(filo.api_get(&path).await["name"], "Cassa <1>");
    filo.get("/api/v1/sources/99")
        .bearer(&filo.api_key)
        .send()
        .await
        .is(404);
}

#[tokio::test]
async fn a_source_is_made_at_the_console_and_its_key_is_shown_once() {
    let filo = Filo::start().await;
    let console = Console::open(&filo).await;
    let refused = console
        .post("/sources", "name=+&kind=web", 422)
        .await
        .text();
    assert!(refused.contains("aria-invalid=\"true\""), "{refused}");
    console.post("/sources", "name=Cassa&kind=magic", 422).await;
    let made = console
        .post("/sources", "name=Cassa+%3Cb%3E&kind=server", 200)
        .await
        .text();
    assert!(
        made.contains("Cassa &lt;b&gt;") && !made.contains("<b>"),
        "{made}"
    );
    let key = made.split("filo_sec_").nth(1).unwrap();
    let key = format!("filo_sec_{}", &key[..36]);
    assert!(made.contains("data-await="), "{made}");
    let sent = filo.post("/v1/track").key(&key);
    sent.json(&track("u-9", "1")).send().await.is(200);
    filo.settle().await;
    let id = made
        .split("/sources/")
        .filter_map(|rest| rest.split('/').next()?.parse::<u32>().ok())
        .last();
    let id = id.unwrap();
    let page = console.get(&format!("/sources/{id}")).await;
    assert!(!page.contains(&key), "a secret is shown once");
    assert!(
        page.contains("Ultimo evento: adesso") && page.contains("usata: adesso"),
        "{page}"
    );
    assert!(
        page.contains("Ordine completato") && page.contains("class=\"chart\""),
        "{page}"
    );
    console
        .post(&format!("/sources/{id}/name"), "name=", 422)
        .await;
    console
        .post(&format!("/sources/{id}/name"), "name=Banco", 303)
        .await;
    console
        .post(&format!("/sources/{id}/disabling"), "", 303)
        .await;
    let list = console.get("/sources").await;
    assert!(
        list.contains("Banco") && list.contains("disattivata"),
        "{list}"
    );
    console
        .post(&format!("/sources/{id}/enabling"), "", 303)
        .await;
    filo.get("/sources").send().await.is(303);
}

#[tokio::test]
async fn the_last_events_can_be_filtered_without_a_script() {
    let filo = Filo::start().await;
    let console = Console::open(&filo).await;
    let empty = console.get("/live").await;
    assert!(empty.contains("data-feed-empty"), "{empty}");
    filo.send([
        track("u-1", "1"),
        json!({"type": "track", "userId": "u-2", "messageId": "2", "event": "<script>x"}),
    ])
    .await;
    filo.send_public([
        json!({"type": "page", "anonymousId": "a-1", "messageId": "3", "name": "Vini"}),
    ])
    .await;
    filo.settle().await;
    let all = console.get("/live").await;
    assert_eq!(all.matches("<li data-place").count(), 3, "{all}");
    assert!(
        all.contains("&lt;script&gt;x") && !all.contains("<script>x"),
        "{all}"
    );
    let some = console.get("/live?text=vini").await;
    assert_eq!(some.matches("<li data-place").count(), 1, "{some}");
    let source = secret_source(&filo).await;
    let some = console.get(&format!("/live?source={source}")).await;
    assert_eq!(some.matches("<li data-place").count(), 2, "{some}");
    // What the log still has can be seen after a start.
    let cookie = console.cookie;
    let filo = filo.restart().await;
    let again = filo
        .get("/live")
        .header("cookie", &cookie)
        .send()
        .await
        .text();
    assert!(again.contains("data-feed="), "{again}");
    filo.get("/live/events").send().await.is(303);
}

/// Reads a stream until it holds the text.
async fn read_until(stream: &mut TcpStream, wanted: &str) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while !text.contains(wanted) {
        let count = stream.read(&mut buffer).await.unwrap();
        assert!(count > 0, "the stream ended before {wanted}: {text}");
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    text
}

async fn watch(served: &filo_testkit::Served, cookie: &str, more: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let head = format!("GET /live/events HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n{more}\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn events_stream_as_they_are_applied_resume_and_end_at_once_on_stop() {
    let filo = Filo::start().await;
    let cookie = log_in(&filo).await;
    let served = filo.serve().await;
    let mut stream = watch(&served, &cookie, "").await;
    let head = read_until(&mut stream, "\r\n\r\n").await;
    assert!(head.contains("text/event-stream"), "{head}");
    filo.send([track("u-1", "1")]).await;
    let first = read_until(&mut stream, "</li>").await;
    assert!(first.contains("data: <li"), "{first}");
    let place = first
        .split("id: ")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .to_owned();
    drop(stream);
    filo.send([json!({"type": "track", "userId": "u-1", "messageId": "2", "event": "Meanwhile"})])
        .await;
    filo.settle().await;
    let mut stream = watch(&served, &cookie, &format!("last-event-id: {place}\r\n")).await;
    let missed = read_until(&mut stream, "Meanwhile").await;
    assert_eq!(missed.matches("<li").count(), 1, "{missed}");
    // The limit of an open answer is ten seconds; a stream does not wait for it.
    tokio::time::timeout(Duration::from_secs(5), served.stop())
        .await
        .expect("streams end when Filo stops");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
}

async fn bad(filo: &Filo, key: &str, call: Value) {
    filo.post("/v1/track")
        .key(key)
        .json(&call)
        .send()
        .await
        .is(400);
}

/// Four without a name and one with an Italian date by the secret key, one by the public key.
async fn six_bad_ones(filo: &Filo) -> Vec<Value> {
    for id in ["1", "2", "3", "4"] {
        let call = json!({"userId": "u-1", "messageId": id, "properties": {"n": id}});
        bad(filo, &filo.secret_key, call).await;
    }
    let dated =
        json!({"userId": "u-1", "messageId": "5", "event": "X", "timestamp": "31/12/2026 10:00"});
    bad(filo, &filo.secret_key, dated).await;
    bad(
        filo,
        &filo.public_key,
        json!({"anonymousId": "a", "messageId": "6"}),
    )
    .await;
    let groups = filo.api_get("/api/v1/quarantine/groups").await;
    groups["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn all_of_a_kind_are_tried_and_mended_at_once() {
    let filo = Filo::start().await;
    let console = Console::open(&filo).await;
    let rows = six_bad_ones(&filo).await;
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[0]["count"], 4);
    let list = console.get("/quarantine").await;
    let source = secret_source(&filo).await;
    let address = format!("/quarantine/kin?code=missing_event&field=event&source={source}");
    assert!(list.contains(&address.replace('&', "&amp;")), "{list}");
    let tried = console
        .get(&format!("{address}&mend=event_name&value=Visita"))
        .await;
    assert_eq!(tried.matches("Com’è arrivato").count(), 3, "{tried}");
    assert!(tried.contains("Ripara e accogli tutti (4)"), "{tried}");
    let wrong = filo.get(&format!("{address}&mend=event_name&value="));
    wrong.header("cookie", &console.cookie).send().await.is(422);
    let open = filo.api_get("/api/v1/quarantine").await;
    assert_eq!(
        open["data"].as_array().unwrap().len(),
        6,
        "trying changes nothing"
    );

    let form =
        format!("code=missing_event&field=event&source={source}&mend=event_name&value=Visita");
    console.post("/quarantine/kin/repair", &form, 303).await;
    filo.settle().await;
    let thread = filo.thread(filo.user("u-1").await.id).await;
    assert_eq!(
        thread.iter().filter(|event| event.name == "Visita").count(),
        4
    );
    let again = json!({"kin": rows[0]["kin"], "mend": "event_name", "value": "Visita"});
    let again = filo.api_post("/api/v1/quarantine/repair", &again).await;
    assert_eq!(
        again["repaired"], 0,
        "what was repaired is not there any more"
    );
    let kin = json!({"code": "bad_timestamp", "field": "timestamp", "source": source});
    let dates = json!({"kin": kin, "mend": "day_first"});
    let dates = filo.api_post("/api/v1/quarantine/repair", &dates).await;
    assert_eq!((&dates["repaired"], &dates["left"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn all_of_a_kind_are_discarded_and_taken_back() {
    let filo = Filo::start().await;
    let console = Console::open(&filo).await;
    bad(
        &filo,
        &filo.public_key,
        json!({"anonymousId": "a", "messageId": "6"}),
    )
    .await;
    let groups = filo.api_get("/api/v1/quarantine/groups").await;
    let source = &groups["data"][0]["kin"]["source"];
    let form = format!("code=missing_event&field=event&source={source}");
    let discarded = console.post("/quarantine/kin/discard", &form, 303).await;
    let back = discarded.header("location").unwrap().to_owned();
    assert!(console.get("/quarantine").await.contains("class=\"empty\""));
    let toast = console.get(&back).await;
    assert!(toast.contains("/quarantine/restoration"), "{toast}");
    let at = format!("at={}", back.split('=').nth(1).unwrap());
    console.post("/quarantine/restoration", &at, 303).await;
    console.post("/quarantine/restoration", &at, 404).await;
    let groups = filo.api_get("/api/v1/quarantine/groups").await;
    assert_eq!(groups["data"][0]["count"], 1);
}

#[tokio::test]
async fn the_page_of_components_is_for_whoever_is_logged_in() {
    let filo = Filo::start().await;
    filo.get("/components").send().await.is(303);
    let console = Console::open(&filo).await;
    assert!(console.get("/components").await.contains("Contrasto"));
    assert!(console.get("/incidents").await.contains("class=\"empty\""));
    let page = filo
        .get("/api/v1/incidents?limit=1&all=true")
        .bearer(&filo.api_key);
    assert_eq!(page.send().await.is(200).json()["data"], json!([]));
}
