//! A push service gives a browser another subscription: the yes goes on, and nobody else's address
//! is moved.

use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use super::browser::{Browser, answer, filo_of};
use super::{events, sent, write};

const OFFER: (&str, &str) = ("push", "marketing");

async fn visitor(filo: &Filo, anonymous: &str) -> String {
    let kind = filo_core::identity::Kind::AnonymousId;
    filo.find(kind, anonymous).await.unwrap().id.to_string()
}

/// The link over which the browser brings another subscription.
fn renewal(browser: &Browser, receiver: &Receiver) -> String {
    let all = receiver.received();
    let told = browser.read(all.last().unwrap());
    told["renew"].as_str().unwrap().to_owned()
}

async fn browsers(filo: &Filo) -> Value {
    filo.api_get("/api/v1/channels/push").await["browsers"].clone()
}

#[tokio::test]
async fn another_subscription_takes_the_place_of_the_one_there_was() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let before = Browser::at(&receiver, "before");
    before.says_yes(&filo, &receiver, "a-1").await;
    let renew = renewal(&before, &receiver);
    let after = Browser::at(&receiver, "after").stranger();
    for _ in 0..2 {
        answer(&filo, &renew, &after.subscription().to_string()).await;
    }
    assert_eq!(browsers(&filo).await, json!(1));
    let id = visitor(&filo, "a-1").await;
    assert_eq!(events(&filo, &id, "Notifications Renewed").await.len(), 1);
    assert_eq!(
        events(&filo, &id, "Consent Granted").await.len(),
        1,
        "nobody said yes anew"
    );
    let offer = write(&filo, &id, OFFER, "Ciao").await;
    assert_eq!(sent(&filo, &offer).await, "sent");
    let last = receiver.received().pop().unwrap();
    assert_eq!(last.line, "POST /after");
    assert_eq!(after.read(&last)["text"], "Ciao");
    assert!(after.read(&last)["renew"].is_string());

    // A no stays a no.
    filo.send([
        json!({"type": "track", "event": "Consent Withdrawn", "anonymousId": "a-1",
        "messageId": "no", "properties": {"purpose": "marketing", "channel": "app"}}),
    ])
    .await;
    let third = Browser::at(&receiver, "third");
    let renew = renewal(&after, &receiver);
    answer(&filo, &renew, &third.subscription().to_string()).await;
    let offer = write(&filo, &id, OFFER, "Ciao").await;
    assert_eq!(sent(&filo, &offer).await, "stopped");
}

#[tokio::test]
async fn nobody_moves_the_address_of_another() {
    let receiver = Receiver::start().await;
    let filo = filo_of(&receiver).await;
    let hers = Browser::at(&receiver, "hers");
    hers.says_yes(&filo, &receiver, "a-1").await;
    let mallory = Browser::at(&receiver, "mallory").stranger();
    mallory.says_yes(&filo, &receiver, "m-1").await;
    let own = renewal(&mallory, &receiver);
    // Over a link of his own he names her address, with his keys or with hers.
    for taken in [hers.stranger().subscription(), hers.subscription()] {
        answer(&filo, &own, &taken.to_string()).await;
    }
    // A link that was changed, one for something else, what is no address, and what is not let out.
    let forged = &own[..own.len() - 2];
    let mut inside = mallory.subscription();
    inside["endpoint"] = "https://10.0.0.1/x".into();
    for (link, body) in [
        (forged, hers.subscription().to_string()),
        (own.as_str(), "yes".to_owned()),
        (own.as_str(), inside.to_string()),
    ] {
        answer(&filo, link, &body).await;
    }
    assert_eq!(browsers(&filo).await, json!(2));
    for (anonymous, line) in [("a-1", "POST /hers"), ("m-1", "POST /mallory")] {
        let id = visitor(&filo, anonymous).await;
        let message = write(&filo, &id, OFFER, "Ciao").await;
        assert_eq!(sent(&filo, &message).await, "sent");
        assert_eq!(receiver.received().pop().unwrap().line, line);
    }
    // Off, nothing is renewed.
    let path = "/api/v1/channels/push";
    filo.api_post(&format!("{path}/disconnection"), &json!({}))
        .await;
    let other = Browser::at(&receiver, "other");
    answer(&filo, &own, &other.subscription().to_string()).await;
    filo.api_post(&format!("{path}/connection"), &json!({}))
        .await;
    assert_eq!(browsers(&filo).await, json!(2));
    let id = visitor(&filo, "m-1").await;
    let message = write(&filo, &id, OFFER, "Ciao").await;
    assert_eq!(sent(&filo, &message).await, "sent");
    assert_eq!(receiver.received().pop().unwrap().line, "POST /mallory");
}
