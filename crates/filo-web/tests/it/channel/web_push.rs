//! Notifications: a browser is asked, answers, and gets what it said yes to.

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::{Filo, Reaction, Receiver};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use super::browser::{Browser, answer, filo_of};
use super::{console_at, events, filo_at, message, put, sent, write};
use crate::access::{look, post, somebody};
use crate::consent_ledger::{asked, codes};

const OFFER: (&str, &str) = ("push", "marketing");

async fn visitor(filo: &Filo, anonymous: &str) -> String {
    let found = filo.find(Kind::AnonymousId, anonymous).await;
    found.expect("the visitor").id.to_string()
}

#[tokio::test]
async fn the_channel_is_turned_on_with_a_key_that_stays() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    let key_of = format!("/v1/push/{}", filo.public_key);
    filo.get(&key_of).send().await.is(404);
    let account = |sender: &str, version: i64| json!({"carrier": "web_push", "sender": sender, "version": version});
    let refused = put(&filo, "/api/v1/channels/push", account("nobody", 0)).await;
    assert!(refused.is(422).text().contains("no_mail"));
    put(
        &filo,
        "/api/v1/channels/sms",
        account("push@bar.example", 0),
    )
    .await
    .is(422);
    put(
        &filo,
        "/api/v1/channels/push",
        account("push@bar.example", 0),
    )
    .await
    .ok();
    let known = filo.api_get("/api/v1/channels/push").await;
    let public = known["public_key"].as_str().unwrap().to_owned();
    assert_eq!((public.len(), &known["browsers"]), (87, &json!(0)));
    assert_eq!(known["account"]["secrets"], json!([]), "{known}");
    let said = filo.get(&key_of).send().await.ok().json();
    assert_eq!(said, json!({ "key": public }));
    filo.get("/v1/push/wrong").send().await.is(401);

    // Another contact, a pause and a restart leave the key as it is: browsers are tied to it.
    put(
        &filo,
        "/api/v1/channels/push",
        account("other@bar.example", 1),
    )
    .await
    .ok();
    filo.api_post("/api/v1/channels/push/disconnection", &json!({}))
        .await;
    filo.get(&key_of).send().await.is(404);
    filo.api_post("/api/v1/channels/push/connection", &json!({}))
        .await;
    let filo = filo.restart().await;
    let again = filo.get(&key_of).send().await.ok().json();
    assert_eq!(again["key"], json!(public));
}

#[tokio::test]
async fn a_browser_that_answers_gets_what_it_said_yes_to() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let browser = Browser::at(&receiver, "one");
    filo.send_public([json!({"type": "page", "anonymousId": "a-1", "messageId": "1"})])
        .await;
    let id = visitor(&filo, "a-1").await;
    receiver.react([Reaction::Status(201)]);
    browser.press(&filo, "a-1").await.is(202);
    // A second press of the same button asks nobody again.
    browser.press(&filo, "a-1").await.is(202);
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    let question = browser.read(&received[0]);
    assert!(
        question["text"]
            .as_str()
            .unwrap()
            .contains("Offerte e novità"),
        "{question}"
    );

    // What was only asked is no yes, and no address.
    let before = asked(&filo, &id, "purpose=marketing&channel=app").await;
    assert_eq!(
        (&before["may"], codes(&before)),
        (&json!(false), vec!["never_asked", "no_address"])
    );
    answer(&filo, question["yes"].as_str().unwrap(), "no").await;
    filo.settle().await;
    assert!(events(&filo, &id, "Notifications Allowed").await.is_empty());

    for _ in 0..2 {
        answer(&filo, question["yes"].as_str().unwrap(), "yes").await;
    }
    let after = asked(&filo, &id, "purpose=marketing&channel=app").await;
    assert_eq!(after["may"], json!(true), "{after}");
    assert_eq!(events(&filo, &id, "Notifications Allowed").await.len(), 1);
    let granted = events(&filo, &id, "Consent Granted").await;
    assert_eq!(granted.len(), 1, "{granted:?}");
    assert_eq!(granted[0]["properties"]["page"], "https://bar.example/menu");
    let known = filo.api_get("/api/v1/channels/push").await;
    assert_eq!(known["browsers"], json!(1));

    receiver.react([Reaction::Status(201)]);
    let offer = write(&filo, &id, OFFER, "Oggi la torta è tua").await;
    assert_eq!(sent(&filo, &offer).await, "sent");
    let received = receiver.received();
    let told = browser.read(&received[1]);
    assert_eq!(told["text"], "Oggi la torta è tua", "the words as they are");
    assert_eq!(told["tag"], json!(offer));
    assert!(
        told["out"]
            .as_str()
            .unwrap()
            .contains("/public/unsubscribe/")
    );
    assert_eq!(received[1].line, "POST /one");
    assert_eq!(received[1].header("content-encoding"), "aes128gcm");
    assert_eq!(received[1].header("urgency"), "normal");
    let ttl: i64 = received[1].header("ttl").parse().unwrap();
    assert!((1..=28 * 86_400).contains(&ttl), "{ttl}");
    is_signed(
        &receiver,
        &received[1],
        known["public_key"].as_str().unwrap(),
    );
}

/// RFC 8292, by another implementation than the one that signs.
fn is_signed(receiver: &Receiver, received: &filo_testkit::Received, public: &str) {
    use base64::Engine as _;
    let said = received.header("authorization");
    let (token, key) = said
        .strip_prefix("vapid t=")
        .and_then(|it| it.split_once(", k="))
        .expect("a signature");
    assert_eq!(key, public);
    let point = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(key);
    let checked = DecodingKey::from_ec_der(&point.unwrap());
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    validation.set_audience(&[receiver.base()]);
    let claims = jsonwebtoken::decode::<Value>(token, &checked, &validation);
    assert_eq!(claims.unwrap().claims["sub"], "mailto:push@bar.example");
}

#[tokio::test]
async fn what_a_browser_says_of_a_notification_stands_with_it_once() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let browser = Browser::at(&receiver, "one");
    browser.says_yes(&filo, &receiver, "a-1").await;
    let id = visitor(&filo, "a-1").await;
    let offer = write(&filo, &id, OFFER, "Ciao").await;
    assert_eq!(sent(&filo, &offer).await, "sent");
    let told = browser.read(receiver.received().last().unwrap());
    let report = told["report"].as_str().unwrap();
    answer(&filo, report, "anything").await;
    assert_eq!(message(&filo, &offer).await["receipt"], Value::Null);
    for word in ["shown", "shown", "click", "click", "close"] {
        answer(&filo, report, word).await;
    }
    // A link that was changed says nothing.
    answer(&filo, &report[..report.len() - 2], "click").await;
    let whole = message(&filo, &offer).await;
    assert!(
        whole["receipt"]["delivered_at"].is_string() && whole["receipt"]["stage"] == "read",
        "{whole}"
    );
    for (name, count) in [
        ("Message Delivered", 1),
        ("Message Read", 1),
        ("Push Notification Tapped", 1),
        ("Push Notification Dismissed", 1),
    ] {
        assert_eq!(events(&filo, &id, name).await.len(), count, "{name}");
    }
}

#[tokio::test]
async fn a_browser_is_asked_only_where_the_guard_lets_it_and_not_without_end() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let browser = Browser::at(&receiver, "one");
    let with = |endpoint: &str| {
        let mut subscription = browser.subscription();
        subscription["endpoint"] = endpoint.into();
        json!({ "subscription": subscription })
    };
    for endpoint in [
        "https://10.0.0.1/x",
        "https://localhost.:1/x",
        "http://push.example/x",
        "https://user@push.example/x",
        "ftp://push.example/x",
        "https://[::1]/x",
        "",
    ] {
        let refused = browser.press_for(&filo, "a-1", &with(endpoint)).await;
        assert_eq!(refused.status, 422, "{endpoint}");
    }
    for more in [
        json!({"subscription": null}),
        json!({"subscription": {"endpoint": 1}}),
        json!({"anonymousId": ""}),
        json!({"purpose": "nothing"}),
        json!({"purpose": "email_tracking"}),
    ] {
        let refused = browser.press_for(&filo, "a-1", &more).await;
        assert_eq!(refused.status, 422, "{more}");
    }
    let unknown = json!({"writeKey": "wrong"});
    browser.press_for(&filo, "a-1", &unknown).await.is(401);
    filo.post("/v1/push").body("{").send().await.is(400);
    filo.post("/v1/push")
        .body("x".repeat(20_000))
        .send()
        .await
        .is(413);
    assert!(receiver.received().is_empty());

    // The push service does not take it: nothing is kept.
    receiver.react([Reaction::Status(410)]);
    browser.press(&filo, "a-1").await.is(422);
    browser.press(&filo, "a-1").await.is(202);
    for number in 0..599 {
        if number % 40 == 39 {
            // One host is asked so often a second.
            filo.advance(std::time::Duration::from_secs(1));
        }
        let other = Browser::at(&receiver, &format!("{number}"));
        other.press(&filo, "a-1").await.is(202);
    }
    filo.advance(std::time::Duration::from_secs(1));
    let most = Browser::at(&receiver, "most").press(&filo, "a-1").await;
    assert_eq!(most.status, 429, "{}", most.text());
    assert_eq!(most.header("retry-after"), Some("3600"));
}

#[tokio::test]
async fn a_test_goes_to_the_browser_that_is_given() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let browser = Browser::at(&receiver, "mine");
    receiver.react([Reaction::Status(201), Reaction::Status(403)]);
    let asked = json!({"to": browser.subscription().to_string()});
    let tested = filo.api_post("/api/v1/channels/push/test", &asked).await;
    assert_eq!(tested["result"], "accepted", "{tested}");
    assert_eq!(tested["to"], json!(receiver.address.to_string()));
    let told = browser.read(&receiver.received()[0]);
    assert!(told["text"].as_str().unwrap().contains("Filo"), "{told}");
    let tested = filo.api_post("/api/v1/channels/push/test", &asked).await;
    assert_eq!(
        (&tested["result"], &tested["why"]),
        (&json!("refused"), &json!("account"))
    );
    let request = filo
        .post("/api/v1/channels/push/test")
        .bearer(&filo.api_key);
    request.json(&json!({"to": "anna"})).send().await.is(422);
}

#[tokio::test]
async fn the_page_shows_what_the_site_must_do_and_sends_a_test() {
    let receiver = Receiver::start().await;
    let filo = console_at(&receiver).await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let here = "/settings/channels/push";
    let before = look(&filo, here, &owner.text).await.ok().text();
    assert!(!before.contains("importScripts"), "there is no key yet");
    let wrong = "carrier=web_push&sender=nobody&version=0";
    let refused = post(&filo, here, &owner.text, wrong).await;
    assert_eq!(refused.status, 422);
    let typed = "carrier=web_push&sender=push%40bar.example&version=0";
    post(&filo, here, &owner.text, typed).await.is(303);
    let page = look(&filo, here, &owner.text).await.ok().text();
    let known = filo.api_get("/api/v1/channels/push").await;
    let public = known["public_key"].as_str().unwrap();
    for part in ["/push.js", "filo.push(", "filo-push.js", public] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let script = filo.get("/push.js").send().await;
    if script.status == 200 {
        // Built without Node there is none.
        assert!(script.text().contains("showNotification"));
        assert_eq!(
            script.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
    }
    let browser = Browser::at(&receiver, "mine");
    let subscription = browser.subscription().to_string();
    let form = serde_urlencoded::to_string([("to", subscription.as_str())]).unwrap();
    let test = format!("{here}/test");
    let tested = post(&filo, &test, &owner.text, &form).await.ok().text();
    assert!(tested.contains("notice-good"), "{tested}");
    let told = browser.read(&receiver.received()[0]);
    assert!(told["text"].as_str().unwrap().contains("Filo"));
    let none = post(&filo, &test, &owner.text, "to=anna").await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains("toJSON"), "{}", none.text());
    let sites = look(&filo, "/settings/channels", &owner.text).await.ok();
    assert!(sites.text().contains(here));
}
