//! How notifications end: by the browser, by its push service, by a link, and by who is forgotten.

use filo_core::identity::Kind;
use filo_testkit::{Filo, Reaction, Receiver};
use serde_json::json;

use super::browser::{Browser, filo_of};
use super::{events, message, put, sent, write};
use crate::consent_ledger::{asked, codes};

const OFFER: (&str, &str) = ("push", "marketing");
const APP: &str = "purpose=marketing&channel=app";

/// A visitor whose browser takes notifications.
async fn taking(receiver: &Receiver) -> (Filo, Browser, String) {
    let filo = filo_of(receiver).await;
    let browser = Browser::at(receiver, "one");
    browser.says_yes(&filo, receiver, "a-1").await;
    let found = filo.find(Kind::AnonymousId, "a-1").await;
    let id = found.unwrap().id.to_string();
    (filo, browser, id)
}

#[tokio::test]
async fn a_browser_that_is_gone_is_written_to_no_more_and_can_come_back() {
    for status in [404, 410] {
        let receiver = Receiver::start().await;
        let (filo, _, id) = taking(&receiver).await;
        receiver.react([Reaction::Status(status)]);
        let first = write(&filo, &id, OFFER, "Ciao").await;
        assert_eq!(sent(&filo, &first).await, "failed", "{status}");
        let after = asked(&filo, &id, APP).await;
        let codes = codes(&after);
        assert!(
            codes.contains(&"denied") && codes.contains(&"suppressed"),
            "{after}"
        );
        let known = filo.api_get("/api/v1/channels/push").await;
        assert_eq!(known["browsers"], json!(0));
        let count = receiver.received().len();
        let next = write(&filo, &id, OFFER, "Ancora").await;
        assert_eq!(sent(&filo, &next).await, "stopped");
        assert_eq!(receiver.received().len(), count, "nothing more leaves");

        // The same person says yes again in what is another browser to the push service.
        filo.advance(std::time::Duration::from_secs(120));
        let again = Browser::at(&receiver, "two");
        again.says_yes(&filo, &receiver, "a-1").await;
        assert_eq!(asked(&filo, &id, APP).await["may"], json!(true));
        let third = write(&filo, &id, OFFER, "Bentornato").await;
        assert_eq!(sent(&filo, &third).await, "sent");
        assert_eq!(receiver.received().last().unwrap().line, "POST /two");
    }
}

#[tokio::test]
async fn where_one_browser_is_gone_the_other_one_gets_it() {
    let receiver = Receiver::start().await;
    let (filo, first, id) = taking(&receiver).await;
    filo.advance(std::time::Duration::from_secs(120));
    Browser::at(&receiver, "two")
        .says_yes(&filo, &receiver, "a-1")
        .await;
    receiver.react([Reaction::Status(410)]);
    let offer = write(&filo, &id, OFFER, "Ciao").await;
    assert_eq!(sent(&filo, &offer).await, "queued");
    assert_eq!(receiver.received().last().unwrap().line, "POST /two");
    filo.advance(std::time::Duration::from_secs(61));
    assert_eq!(sent(&filo, &offer).await, "sent");
    let last = receiver.received().pop().unwrap();
    assert_eq!(
        (last.line.as_str(), &first.read(&last)["text"]),
        ("POST /one", &json!("Ciao"))
    );
    assert!(
        events(&filo, &id, "Consent Withdrawn").await.is_empty(),
        "one is left"
    );
}

#[tokio::test]
async fn what_the_push_service_answers_decides_whether_it_is_tried_again() {
    let receiver = Receiver::start().await;
    let (filo, _, id) = taking(&receiver).await;
    let too_fast = "HTTP/1.1 429 X\r\nretry-after: 90\r\ncontent-length: 0\r\n\r\n";
    receiver.react([Reaction::Bytes(too_fast.as_bytes().to_vec())]);
    let slow = write(&filo, &id, OFFER, "Uno").await;
    assert_eq!(sent(&filo, &slow).await, "queued");
    let count = receiver.received().len();
    filo.advance(std::time::Duration::from_secs(89));
    assert_eq!(sent(&filo, &slow).await, "queued");
    assert_eq!(receiver.received().len(), count, "not before it was said");
    filo.advance(std::time::Duration::from_secs(60));
    assert_eq!(sent(&filo, &slow).await, "sent");

    receiver.react([Reaction::Status(413)]);
    let long = write(&filo, &id, OFFER, "Due").await;
    assert_eq!(sent(&filo, &long).await, "failed");
    assert_eq!(
        asked(&filo, &id, APP).await["may"],
        json!(true),
        "it lies with the message"
    );

    receiver.react([Reaction::Status(403)]);
    let ours = write(&filo, &id, OFFER, "Tre").await;
    assert_eq!(sent(&filo, &ours).await, "queued", "it lies with us");
    let incidents = filo.api_get("/api/v1/incidents").await.to_string();
    assert!(incidents.contains("channel_refused"), "{incidents}");

    // Nobody knows whether it was taken: it is not said twice.
    receiver.react([Reaction::HangUp]);
    let lost = write(&filo, &id, OFFER, "Quattro").await;
    assert_eq!(sent(&filo, &lost).await, "unknown");
    let count = receiver.received().len();
    filo.advance(std::time::Duration::from_secs(30));
    assert_eq!(sent(&filo, &lost).await, "unknown");
    assert_eq!(receiver.received().len(), count);
}

/// Lets nothing leave, or lets it leave again.
async fn pause(filo: &Filo, is_paused: bool) {
    let path = "/api/v1/settings/messages";
    let mut policy = filo.api_get(path).await;
    policy["is_paused"] = is_paused.into();
    put(filo, path, policy).await.ok();
}

#[tokio::test]
async fn a_no_of_the_browser_ends_the_yes_and_only_the_browser_can_say_it() {
    let receiver = Receiver::start().await;
    let (filo, browser, id) = taking(&receiver).await;
    browser.stranger().ends(&filo).await.ok();
    // Nor can whoever knows the address alone put keys of their own in their place.
    filo.advance(std::time::Duration::from_secs(120));
    browser.stranger().press(&filo, "a-2").await.is(422);
    assert_eq!(asked(&filo, &id, APP).await["may"], json!(true));

    pause(&filo, true).await;
    let waiting = write(&filo, &id, OFFER, "Ciao").await;
    let count = receiver.received().len();
    assert_eq!(sent(&filo, &waiting).await, "awaiting");
    browser.ends(&filo).await.ok();
    pause(&filo, false).await;
    assert_eq!(sent(&filo, &waiting).await, "stopped");
    assert_eq!(receiver.received().len(), count);
    let after = asked(&filo, &id, APP).await;
    assert!(codes(&after).contains(&"denied"), "{after}");
    let withdrawn = events(&filo, &id, "Consent Withdrawn").await;
    assert_eq!(withdrawn.len(), 1);
    assert_eq!(withdrawn[0]["properties"]["how"], "browser");
    for _ in 0..2 {
        browser.ends(&filo).await.ok();
    }
    assert_eq!(events(&filo, &id, "Consent Withdrawn").await.len(), 1);

    // The same browser says yes again.
    filo.advance(std::time::Duration::from_secs(60));
    browser.says_yes(&filo, &receiver, "a-1").await;
    let again = asked(&filo, &id, APP).await;
    assert_eq!(again["may"], json!(true), "{again}");
}

#[tokio::test]
async fn the_way_out_of_a_notification_is_a_page() {
    let receiver = Receiver::start().await;
    let (filo, browser, id) = taking(&receiver).await;
    let offer = write(&filo, &id, OFFER, "Ciao").await;
    assert_eq!(sent(&filo, &offer).await, "sent");
    let told = browser.read(receiver.received().last().unwrap());
    let path = told["out"]
        .as_str()
        .unwrap()
        .strip_prefix(super::PUBLIC)
        .unwrap();
    let page = filo.get(path).send().await.ok().text();
    assert!(page.contains("Basta notifiche?"), "{page}");
    assert_eq!(
        asked(&filo, &id, APP).await["may"],
        json!(true),
        "looking changes nothing"
    );
    filo.post(path).send().await.ok();
    let after = asked(&filo, &id, APP).await;
    assert!(codes(&after).contains(&"denied"), "{after}");
    let whole = message(&filo, &offer).await;
    assert_eq!(whole["state"], "sent");
}

#[tokio::test]
async fn who_is_forgotten_takes_their_browsers_along() {
    let receiver = Receiver::start().await;
    let (filo, browser, id) = taking(&receiver).await;
    let export = format!("/api/v1/customers/{id}/export");
    let copy = filo.api_post(&export, &json!({})).await.to_string();
    let endpoint = browser.subscription()["endpoint"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(copy.contains(&endpoint), "a copy names the browser");
    let erasure = json!({"ground": "request"});
    let path = format!("/api/v1/customers/{id}/erasure");
    let made = filo.api_post(&path, &erasure).await;
    assert!(made["id"].is_string(), "{made}");
    let known = filo.api_get("/api/v1/channels/push").await;
    assert_eq!(known["browsers"], json!(0));
}
