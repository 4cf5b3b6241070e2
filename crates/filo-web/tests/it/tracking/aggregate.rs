//! How many, and no person.

use std::time::Duration;

use serde_json::json;

use super::{MENU, PHONE, Post, SHOP, location};

#[tokio::test]
async fn everybody_gets_the_same_links_and_only_numbers_are_kept() {
    let post = Post::start().await;
    let anna = post.somebody("anna", &["email_tracking"]).await;
    post.somebody("bruno", &[]).await;
    let (first, second) = (post.mail("anna").await, post.mail("bruno").await);
    assert_eq!(first.led(), second.led(), "nobody is found by a link");
    let led = first.led();
    post.come(&led[0], PHONE).await;
    post.come(&led[0], PHONE).await;
    post.come(&led[1], "Mozilla/5.0 (Linux; Android 15) Chrome/130.0")
        .await;
    // Nothing counts before the verdict.
    post.filo.app.judge_clicks().await.unwrap();
    assert_eq!(post.counted().await, (0, 0));
    post.judge().await;
    assert_eq!(post.counted().await, (2, 0), "the same again is one");
    post.judge().await;
    assert_eq!(post.counted().await, (2, 0), "once");
    let step = post.figures().await;
    assert_eq!((&step["step"], &step["sent"]), (&json!("hello"), &json!(2)));
    let links = step["links"].as_array().unwrap();
    let of = |url: &str| links.iter().find(|it| it["url"] == url).unwrap();
    assert_eq!(of(MENU)["people"], 1);
    assert_eq!(
        (&of(SHOP)["people"], &of(SHOP)["sent"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(links.len(), 3);
    let piece = format!("/api/v1/pieces/{}/clicks", post.piece);
    assert_eq!(post.filo.api_get(&piece).await["data"][0], step);
    // Nobody's thread says anything, nor does their message.
    assert!(post.events("anna", "Email Link Clicked").await.is_empty());
    let messages = format!("/api/v1/customers/{anna}/messages");
    let id = post.filo.api_get(&messages).await["data"][0]["id"].clone();
    let message = format!("/api/v1/messages/{}", id.as_str().unwrap());
    assert_eq!(post.filo.api_get(&message).await["clicks"], json!([]));
}

#[tokio::test]
async fn machines_are_shown_apart() {
    let post = Post::start().await;
    post.somebody("anna", &[]).await;
    let led = post.mail("anna").await.led();
    // Every link within a second, a minute after: a scanner that calls itself a browser.
    post.filo.advance(Duration::from_secs(60));
    for path in &led {
        post.come(
            path,
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0",
        )
        .await;
    }
    // One that says what it is, and one without a name.
    post.come(&led[0], "Barracuda Sentinel (EE)").await;
    post.come(&led[0], "").await;
    // And a person.
    post.filo.advance(Duration::from_secs(300));
    post.come(&led[1], PHONE).await;
    post.judge().await;
    assert_eq!(post.counted().await, (1, 5));
}

#[tokio::test]
async fn what_was_taken_down_survives_a_restart() {
    let mut post = Post::start().await;
    post.somebody("anna", &[]).await;
    let led = post.mail("anna").await.led();
    post.come(&led[0], PHONE).await;
    post.filo = post.filo.restart().await;
    post.judge().await;
    assert_eq!(post.counted().await, (1, 0));
    assert_eq!(location(&post.come(&led[0], PHONE).await), MENU);
}

#[tokio::test]
async fn switched_off_nothing_is_led_over_and_old_links_lead_where_they_led() {
    let post = Post::start().await;
    post.somebody("anna", &[]).await;
    let old = post.mail("anna").await.led();
    post.mode("off", json!({})).await;
    assert_eq!(location(&post.come(&old[0], PHONE).await), MENU);
    post.judge().await;
    assert_eq!(post.counted().await, (0, 0), "and is not counted");
    post.somebody("bruno", &[]).await;
    let mail = post.mail("bruno").await;
    assert!(mail.led().is_empty() && mail.links().contains(&MENU.to_owned()));
    assert_eq!(post.figures().await["sent"], 1);
    // The piece is written anew: the old mail leads where it led.
    let path = format!("/api/v1/pieces/{}", post.piece);
    let whole = post.filo.api_get(&path).await;
    let mut piece = whole["piece"].clone();
    piece["adaptations"][0]["fields"]["text"] = "Ciao [qui](https://altrove.example/).".into();
    let change = json!({"piece": piece, "version": whole["version"]});
    super::put(&post.filo, &path, &change).await.ok();
    assert_eq!(location(&post.come(&old[0], PHONE).await), MENU);
}

#[tokio::test]
async fn what_is_written_by_hand_is_left_alone() {
    let post = Post::start().await;
    let id = post.somebody("anna", &[]).await;
    let path = format!("/api/v1/customers/{id}/messages");
    let new = json!({"medium": "email", "purpose": "marketing", "subject": "Ciao",
                     "text": format!("Guarda {MENU}")});
    post.filo.api_post(&path, &new).await;
    let piece = json!({"medium": "email", "piece": post.piece});
    post.filo.app.send_messages().await.unwrap();
    post.filo.advance(Duration::from_secs(9 * 86_400));
    post.filo.api_post(&path, &piece).await;
    post.filo.app.send_messages().await.unwrap();
    let received = post.server.received();
    assert_eq!(received.len(), 2);
    for mail in &received {
        let text = String::from_utf8_lossy(&mail.data).replace("=\r\n", "");
        assert!(!text.contains("/c/"), "{text}");
    }
}
