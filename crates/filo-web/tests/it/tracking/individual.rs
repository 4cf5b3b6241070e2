//! Who, of those who said yes to that.

use std::time::Duration;

use filo_core::event::{Channel, Trust};
use filo_core::id::SourceId;
use serde_json::{Value, json};

use super::{MENU, PHONE, Post, SHOP, location, put};
use crate::journey::{runs, start};

async fn message_of(post: &Post, customer: &str) -> Value {
    let path = format!("/api/v1/customers/{customer}/messages");
    let id = post.filo.api_get(&path).await["data"][0]["id"].clone();
    let path = format!("/api/v1/messages/{}", id.as_str().unwrap());
    post.filo.api_get(&path).await
}

#[tokio::test]
async fn who_said_yes_is_known_and_everybody_else_is_counted() {
    let post = Post::start().await;
    post.individual().await;
    let anna = post.somebody("anna", &["email_tracking"]).await;
    let bruno = post.somebody("bruno", &[]).await;
    let answering = json!({"trigger": {"event": {"name": "Email Link Clicked"}},
        "entry": "every_time", "steps": [{"id": "later", "do": {"wait": {"for": "1 week"}}}]});
    let journey = start(&post.filo, answering).await;
    let hers = post.mail("anna").await;
    let his = post.mail("bruno").await;
    assert_ne!(hers.led(), his.led());
    post.filo.advance(Duration::from_secs(120));
    post.come(&hers.pixel().unwrap(), PHONE).await;
    post.come(&hers.led()[0], PHONE).await;
    post.come(&his.led()[0], PHONE).await;
    // No journey begins before the verdict.
    assert!(runs(&post.filo, &journey).await.is_empty());
    post.judge().await;
    assert_eq!(post.counted().await, (2, 0));
    assert_eq!(
        post.figures().await["opens"],
        json!({"people": 1, "machines": 0})
    );

    let clicked = post.events("anna", "Email Link Clicked").await;
    assert_eq!(clicked.len(), 1);
    let event = &clicked[0];
    assert_eq!(
        (event.source, event.channel),
        (SourceId::TRACKING, Channel::Email)
    );
    assert_eq!(event.trust, Trust::Verified);
    let said: Value = serde_json::from_str(&event.properties).unwrap();
    let whole = message_of(&post, &anna).await;
    for (key, value) in [
        ("link_url", json!(MENU)),
        ("email_subject", json!("Grazie")),
        ("message", whole["id"].clone()),
        ("journey", json!(post.journey)),
        ("campaign_name", json!("Prova")),
        ("step", json!("hello")),
        ("piece", json!(post.piece)),
    ] {
        assert_eq!(said[key], value, "{key}");
    }
    assert_eq!(post.events("anna", "Email Opened").await.len(), 1);
    assert_eq!(
        runs(&post.filo, &journey).await.len(),
        1,
        "and of her alone"
    );
    let clicks = whole["clicks"].as_array().unwrap();
    assert_eq!(clicks.len(), 2);
    assert_eq!(
        (&clicks[0]["url"], &clicks[1]["url"]),
        (&Value::Null, &json!(MENU))
    );
    assert_eq!(clicks[1]["people"], 1);
    assert!(post.events("bruno", "Email Link Clicked").await.is_empty());
    assert_eq!(message_of(&post, &bruno).await["clicks"], json!([]));
    // Judged again, nothing is written twice.
    post.judge().await;
    assert_eq!(post.events("anna", "Email Link Clicked").await.len(), 1);
    assert_eq!(post.counted().await, (2, 0));
}

#[tokio::test]
async fn who_does_not_want_to_be_known_is_counted_only() {
    let post = Post::start().await;
    post.individual().await;
    post.somebody("anna", &["email_tracking"]).await;
    let led = post.mail("anna").await.led();
    post.filo.advance(Duration::from_secs(120));
    for (place, name) in ["sec-gpc", "dnt"].into_iter().enumerate() {
        let request = post.filo.get(&led[place]).header("host", "scelte.rossi.it");
        let answer = request
            .header("user-agent", PHONE)
            .header(name, "1")
            .send()
            .await;
        assert_eq!(answer.status, 302);
        post.filo.advance(Duration::from_secs(120));
    }
    post.judge().await;
    assert_eq!(post.counted().await, (2, 0));
    assert!(post.events("anna", "Email Link Clicked").await.is_empty());
    // A yes that was taken back meanwhile counts: at the verdict.
    post.come(&led[1], PHONE).await;
    post.filo
        .send([
            json!({"type": "track", "event": "Consent Withdrawn", "userId": "anna",
            "messageId": "no", "properties": {"purpose": "email_tracking", "channel": "email"}}),
        ])
        .await;
    post.judge().await;
    assert_eq!(post.counted().await, (3, 0));
    assert!(post.events("anna", "Email Link Clicked").await.is_empty());
    // And so does a change of mind of the company.
    post.mode("aggregate", json!({})).await;
    assert_eq!(location(&post.come(&led[0], PHONE).await), MENU);
    post.judge().await;
    assert_eq!(post.counted().await, (4, 0));
}

#[tokio::test]
async fn machines_stand_on_no_thread_and_start_nothing() {
    let post = Post::start().await;
    post.individual().await;
    let anna = post.somebody("anna", &["email_tracking"]).await;
    let mail = post.mail("anna").await;
    // At once after it was handed over, before anybody can have read it.
    post.come(&mail.led()[1], PHONE).await;
    post.filo.advance(Duration::from_secs(600));
    // The mail of Apple fetches the picture, whoever reads.
    post.come(&mail.pixel().unwrap(), "Mozilla/5.0").await;
    post.filo.advance(Duration::from_secs(600));
    // And later she reads.
    post.come(&mail.led()[0], PHONE).await;
    post.judge().await;
    assert_eq!(post.counted().await, (1, 1));
    assert_eq!(
        post.figures().await["opens"],
        json!({"people": 0, "machines": 1})
    );
    let clicked = post.events("anna", "Email Link Clicked").await;
    assert_eq!(clicked.len(), 1);
    assert!(clicked[0].properties.contains("rossi.it/menu"));
    assert!(post.events("anna", "Email Opened").await.is_empty());
    let clicks = message_of(&post, &anna).await["clicks"].clone();
    let of = |url: &Value| {
        let all = clicks.as_array().unwrap();
        let found = all.iter().find(|it| it["url"] == *url).unwrap();
        (found["people"].as_i64(), found["machines"].as_i64())
    };
    assert_eq!(of(&json!(SHOP)), (Some(0), Some(1)));
    assert_eq!(of(&json!(MENU)), (Some(1), Some(0)));
    assert_eq!(of(&Value::Null), (Some(0), Some(1)));
}

#[tokio::test]
async fn a_copy_holds_it_and_a_forgotten_person_leaves_only_numbers() {
    let post = Post::start().await;
    post.individual().await;
    let anna = post.somebody("anna", &["email_tracking"]).await;
    let mail = post.mail("anna").await;
    post.filo.advance(Duration::from_secs(120));
    post.come(&mail.led()[0], PHONE).await;
    post.judge().await;
    let export = format!("/api/v1/customers/{anna}/export");
    let copy = post.filo.api_post(&export, &json!({})).await;
    assert_eq!(copy["messages"][0]["clicks"][0]["url"], MENU, "{copy}");
    assert!(copy.to_string().contains("Email Link Clicked"));
    // One more that is not judged yet when she is forgotten.
    post.come(&mail.led()[1], PHONE).await;
    let erasure = format!("/api/v1/customers/{anna}/erasure");
    post.filo
        .api_post(&erasure, &json!({"ground": "request"}))
        .await;
    post.judge().await;
    assert_eq!(post.counted().await, (1, 0));
    // Her links lead where they led, and are counted.
    assert_eq!(location(&post.come(&mail.led()[1], PHONE).await), SHOP);
    post.judge().await;
    assert_eq!(post.counted().await, (2, 0));
    assert_eq!(
        post.filo.api_get("/api/v1/messages").await["data"],
        json!([])
    );
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused() {
    let post = Post::start().await;
    let path = "/api/v1/settings/tracking";
    let begun = post.filo.api_get(path).await;
    let aggregate =
        json!({"mode": "aggregate", "counts_opens": false, "purpose": "", "version": 0});
    assert_eq!(begun, aggregate);
    for (field, body) in [
        ("mode", json!({"mode": "all", "version": 0})),
        ("purpose", json!({"mode": "individual", "version": 0})),
        (
            "purpose",
            json!({"mode": "individual", "purpose": "contract", "version": 0}),
        ),
        (
            "purpose",
            json!({"mode": "individual", "purpose": "nothing", "version": 0}),
        ),
    ] {
        let refused = put(&post.filo, path, &body).await;
        assert_eq!(refused.status, 422, "{body}");
        assert!(refused.text().contains(field), "{}", refused.text());
    }
    post.individual().await;
    let older = json!({"mode": "off", "version": 0});
    assert_eq!(put(&post.filo, path, &older).await.status, 409);
    assert_eq!(post.filo.api_get(path).await["mode"], "individual");
}
