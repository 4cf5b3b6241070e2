//! Warming up the address of the sender: over real conversations, days, restarts and a change of
//! clocks.

use std::collections::BTreeMap;
use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::{Filo, MailReaction, MailServer, MailServerOptions};
use http::Method;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};

const HOUR: Duration = Duration::from_secs(3_600);

async fn put(filo: &Filo, path: &str, body: &Value) -> filo_testkit::Answer {
    let request = filo.request(Method::PUT, path).bearer(&filo.api_key);
    request.json(body).send().await
}

/// A company that writes to Gmail over this server, without caps, budget and quiet hours.
async fn company(filo: &Filo, server: &MailServer) {
    let mail = json!({"server": {"host": "localhost", "port": server.address.port(),
                                 "security": "none", "own_relay": true},
                      "from_address": "ciao@bottega.it", "version": 0,
                      "per_minute": {"google": 6_000}});
    put(filo, "/api/v1/mail", &mail).await.ok();
    let mut policy = filo.api_get("/api/v1/settings/messages").await;
    policy["holdout_percent"] = 0.into();
    policy["caps"] = json!([]);
    policy["budget"]["points"] = 0.into();
    policy["quiet"] = json!({"from": "00:00", "until": "00:00", "on_holidays": false});
    put(filo, "/api/v1/settings/messages", &policy).await.ok();
}

async fn switch(filo: &Filo, is_on: bool, first: u32, target: u32) -> Value {
    let version = filo.api_get("/api/v1/mail/warm-up").await["version"].clone();
    let change = json!({"is_on": is_on, "first": first, "target": target, "version": version});
    put(filo, "/api/v1/mail/warm-up", &change).await.ok().json()
}

/// Somebody at Gmail who said yes.
async fn somebody_at_gmail(filo: &Filo, name: &str) -> String {
    filo.send([
        json!({"type": "identify", "userId": name, "messageId": format!("i-{name}"),
               "traits": {"email": format!("{name}@gmail.com")}}),
        json!({"type": "track", "event": "Consent Granted", "userId": name,
               "messageId": format!("c-{name}"),
               "properties": {"purpose": "marketing", "channel": "email", "basis": "consent",
                              "proof": "form 7", "how": "form"}}),
    ])
    .await;
    filo.user(name).await.id.to_string()
}

async fn people(filo: &Filo, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(somebody_at_gmail(filo, &format!("p{number}")).await);
    }
    ids
}

async fn write(filo: &Filo, customer: &str, purpose: &str) -> String {
    let new = json!({"medium": "email", "purpose": purpose, "subject": format!("per {purpose}"),
                     "text": "Ciao,\n\nil caffè è arrivato."});
    let path = format!("/api/v1/customers/{customer}/messages");
    let made = filo.api_post(&path, &new).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn stands(filo: &Filo, message: &str) -> (String, Value) {
    let whole = filo.api_get(&format!("/api/v1/messages/{message}")).await;
    let verdicts = whole["verdicts"].as_array().unwrap();
    let findings = verdicts.last().map(|last| last["findings"].clone());
    let last = findings.and_then(|it| it.as_array()?.last().cloned());
    let state = whole["state"].as_str().unwrap().to_owned();
    (state, last.unwrap_or_default())
}

async fn at_google(filo: &Filo) -> Value {
    filo.api_get("/api/v1/mail/warm-up").await["today"][0].clone()
}

fn advertising(server: &MailServer) -> usize {
    let is_advertising = |data: &[u8]| {
        let text = String::from_utf8_lossy(data);
        text.contains("Subject: per marketing")
    };
    let received = server.received();
    received
        .iter()
        .filter(|it| is_advertising(&it.data))
        .count()
}

#[tokio::test]
async fn advertising_beyond_the_day_waits_until_the_next_and_what_is_owed_counts() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = Filo::start().await;
    company(&filo, &server).await;
    let everybody = people(&filo, 6).await;
    let on = switch(&filo, true, 3, 6).await;
    assert_eq!(on["plan"], json!([3, 4, 6]));
    assert_eq!(on["domain"], "bottega.it");
    write(&filo, &everybody[0], "contract").await;
    filo.app.send_messages().await.unwrap();
    let mut messages = Vec::new();
    for id in &everybody {
        messages.push(write(&filo, id, "marketing").await);
    }
    filo.app.send_messages().await.unwrap();
    assert_eq!(advertising(&server), 2, "what is owed took a place");
    write(&filo, &everybody[1], "contract").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(server.received().len(), 4, "and waits for none");
    let today = at_google(&filo).await;
    assert_eq!(
        (&today["allowed"], &today["sent"], &today["taken"]),
        (&json!(3), &json!(4), &json!(4)),
        "{today}"
    );

    let (state, why) = stands(&filo, &messages[5]).await;
    assert_eq!((state.as_str(), &why["why"]), ("queued", &json!("warm_up")));
    assert_eq!(
        (&why["provider"], &why["allowed"]),
        (&json!("google"), &json!(3))
    );
    // Midnight in Rome.
    assert_eq!(why["until"], "2026-10-07T22:00:00.000Z");
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, &format!("/messages/{}", messages[5]), &owner.text).await;
    let text = page.ok().text();
    assert!(text.contains("è in riscaldamento"), "{text}");
    let page = look(&filo, "/settings/mail/warm-up", &owner.text).await;
    let text = page.ok().text();
    assert!(
        text.contains("bottega.it") && text.contains("07/10/2026"),
        "{text}"
    );

    let filo = filo.restart().await;
    filo.advance(HOUR * 24);
    filo.app.send_messages().await.unwrap();
    assert_eq!(advertising(&server), 6, "four have room on the second day");
    assert_eq!(at_google(&filo).await["allowed"], 4);
}

#[tokio::test]
async fn switched_off_nothing_waits_and_the_days_begin_anew() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = Filo::start().await;
    company(&filo, &server).await;
    switch(&filo, true, 2, 100).await;
    for id in people(&filo, 5).await {
        write(&filo, &id, "marketing").await;
    }
    filo.app.send_messages().await.unwrap();
    assert_eq!(advertising(&server), 2);
    switch(&filo, true, 3, 100).await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(advertising(&server), 3, "the day has another size now");
    switch(&filo, false, 3, 100).await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(advertising(&server), 5);
    let off = filo.api_get("/api/v1/mail/warm-up").await;
    assert_eq!((&off["today"], &off["days"]), (&json!([]), &json!([])));
    filo.advance(HOUR * 48);
    let again = switch(&filo, true, 2, 100).await;
    assert_eq!(again["today"][0]["allowed"], 2, "{again}");
}

#[tokio::test]
async fn complaints_and_what_is_put_off_hold_the_day() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = Filo::start().await;
    company(&filo, &server).await;
    let everybody = people(&filo, 2).await;
    switch(&filo, true, 2, 50).await;
    for id in &everybody {
        write(&filo, id, "marketing").await;
    }
    filo.app.send_messages().await.unwrap();
    let received = server.received();
    let data = String::from_utf8_lossy(&received[0].data).into_owned();
    let head = data.split("\r\n\r\n").next().unwrap();
    let complaint = format!(
        "From: fbl@mx.example.net\r\nTo: ciao@bottega.it\r\nSubject: complaint\r\nMIME-Version: \
         1.0\r\nContent-Type: multipart/report; report-type=feedback-report; \
         boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSpam.\r\n--x\r\nContent-Type: \
         message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: \
         1\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--x--\r\n"
    );
    let returned = filo.post("/api/v1/mail/returns").bearer(&filo.api_key);
    let returned = returned.body(complaint.clone()).send().await.ok().json();
    assert_eq!(
        returned["data"][0]["effect"], "no_advertising",
        "{returned}"
    );
    // Brought twice it counts once.
    let again = filo.post("/api/v1/mail/returns").bearer(&filo.api_key);
    again.body(complaint).send().await.ok();
    assert_eq!(at_google(&filo).await["complained"], 1);

    filo.advance(HOUR * 24);
    let other = somebody_at_gmail(&filo, "altra").await;
    write(&filo, &other, "marketing").await;
    filo.app.send_messages().await.unwrap();
    let today = at_google(&filo).await;
    assert_eq!(
        (&today["allowed"], &today["hold"]),
        (&json!(2), &json!("complaints"))
    );
    let incidents = filo.api_get("/api/v1/incidents").await.to_string();
    assert!(incidents.contains("mail_warm_up"), "{incidents}");
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, "/settings/mail/warm-up", &owner.text).await;
    let text = page.ok().text();
    assert!(text.contains("si è lamentato"), "{text}");
    let page = look(&filo, "/incidents", &owner.text).await.ok();
    assert!(page.text().contains("Il riscaldamento non va avanti"));

    // Another domain has a history of its own.
    let mut mail = filo.api_get("/api/v1/mail").await;
    let version = mail["version"].take();
    let mail = json!({"server": {"host": "localhost", "port": server.address.port(),
                                 "security": "none", "own_relay": true},
                      "from_address": "ciao@nuova.it", "version": version,
                      "per_minute": {"google": 6_000}});
    put(&filo, "/api/v1/mail", &mail).await.ok();
    assert_eq!(at_google(&filo).await["hold"], Value::Null);
    server.react([MailReaction::Recipient("450 4.2.0 try later")]);
    write(&filo, &other, "marketing").await;
    filo.app.send_messages().await.unwrap();
    let today = at_google(&filo).await;
    assert_eq!(
        (&today["sent"], &today["deferred"]),
        (&json!(1), &json!(1)),
        "{today}"
    );
    filo.advance(HOUR * 24);
    assert_eq!(at_google(&filo).await["hold"], "deferrals");
}

#[tokio::test]
async fn who_showed_themselves_lately_goes_first() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let filo = Filo::start().await;
    company(&filo, &server).await;
    let asleep = somebody_at_gmail(&filo, "ghiro").await;
    filo.advance(HOUR * 24 * 40);
    let awake = people(&filo, 2).await;
    switch(&filo, true, 2, 100).await;
    let late = write(&filo, &asleep, "marketing").await;
    write(&filo, &awake[0], "marketing").await;
    filo.app.send_messages().await.unwrap();
    let (state, why) = stands(&filo, &late).await;
    assert_eq!(
        (state.as_str(), &why["why"]),
        ("queued", &json!("warm_up_order")),
        "{why}"
    );
    write(&filo, &awake[1], "marketing").await;
    filo.app.send_messages().await.unwrap();
    filo.advance(Duration::from_secs(600));
    filo.app.send_messages().await.unwrap();
    assert_eq!(advertising(&server), 2);
    assert_eq!(stands(&filo, &late).await.1["why"], "warm_up");
    filo.advance(HOUR * 24);
    filo.app.send_messages().await.unwrap();
    assert_eq!(stands(&filo, &late).await.0, "sent");
}

#[tokio::test]
async fn wrong_sizes_are_refused_and_the_page_is_enough() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, "/settings/mail/warm-up", &owner.text)
        .await
        .ok();
    assert!(page.text().contains("Nessun server"), "{}", page.text());
    let here = "/settings/mail/warm-up";
    for wrong in [
        "is_on=yes&first=1&target=10&version=0",
        "is_on=yes&first=20&target=10&version=0",
        "is_on=yes&first=%3Cb%3E&target=10&version=0",
        "is_on=yes&first=2&target=99999999999&version=0",
    ] {
        let page = post(&filo, here, &owner.text, wrong).await;
        assert_eq!(page.status, 422, "{wrong}");
        assert!(page.text().contains("aria-invalid"), "{wrong}");
        assert!(!page.text().contains("<b>"), "{wrong}");
    }
    let right = "is_on=yes&first=20&target=100&version=0";
    post(&filo, here, &owner.text, right).await.is(303);
    post(&filo, here, &owner.text, right).await.is(409);
    let page = look(&filo, here, &owner.text).await.ok();
    assert!(
        page.text().contains("<td data-label=\"Posti\">100</td>"),
        "{}",
        page.text()
    );
    let off = "first=20&target=100&version=1";
    post(&filo, here, &owner.text, off).await.is(303);
    let stands = filo.api_get("/api/v1/mail/warm-up").await;
    assert_eq!(
        (&stands["is_on"], &stands["version"]),
        (&json!(false), &json!(2))
    );
    let body = json!({"is_on": true, "first": 1, "target": 1, "version": 2});
    let refused = put(&filo, "/api/v1/mail/warm-up", &body).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("first"), "{}", refused.text());
}

/// A row of numbers that looks like chance and is the same every time.
struct Draws(u64);

impl Draws {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Over random histories with restarts, trouble and the night on which clocks go back, what the
/// server got of advertising on a day is never more than the day had room for.
#[tokio::test]
async fn no_day_gets_more_advertising_than_it_has_room_for() {
    for seed in [1, 7] {
        let mut draws = Draws(seed);
        let server = MailServer::start(MailServerOptions::default()).await;
        let mut filo = Filo::start().await;
        company(&filo, &server).await;
        // To the day before the clocks go back.
        filo.advance(HOUR * 24 * 17);
        let everybody = people(&filo, 8).await;
        switch(&filo, true, 2, 9).await;
        let mut got: BTreeMap<String, usize> = BTreeMap::new();
        let mut room: BTreeMap<String, u64> = BTreeMap::new();
        for _ in 0..16 {
            filo.advance(HOUR * u32::try_from(draws.next(16)).unwrap());
            match draws.next(5) {
                0 => filo = filo.restart().await,
                1 => server.react([MailReaction::Recipient("450 4.2.0 later")]),
                2 => server.react([MailReaction::DropAfterData]),
                _ => {}
            }
            for _ in 0..draws.next(6) {
                let purpose = if draws.next(4) == 0 {
                    "contract"
                } else {
                    "marketing"
                };
                let whom = usize::try_from(draws.next(8)).unwrap();
                write(&filo, &everybody[whom], purpose).await;
            }
            let before = advertising(&server);
            filo.app.send_messages().await.unwrap();
            let today = at_google(&filo).await;
            let day = today["day"].as_str().unwrap().to_owned();
            *got.entry(day.clone()).or_default() += advertising(&server) - before;
            room.insert(day, today["allowed"].as_u64().unwrap());
        }
        assert!(got.values().any(|count| *count > 1), "{got:?}");
        for (day, count) in &got {
            assert!(
                *count as u64 <= room[day],
                "{seed} {day}: {count} of {room:?}"
            );
        }
        let sizes: Vec<u64> = room.values().copied().collect();
        for pair in sizes.windows(2) {
            assert!(pair[1] <= pair[0] + pair[0] / 2, "{sizes:?}");
        }
    }
}
