//! What stands in the mail, and where its links lead.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use filo_core::id::{LinkId, MessageId, WorkspaceKey};
use filo_core::tracking::{Token, TrackingKey};
use http::Method;
use serde_json::json;

use super::{MAP, MENU, PAGES, PHONE, Post, SHOP, location};
use crate::mail::wire::verdicts_by;

#[tokio::test]
async fn links_of_the_page_are_led_over_and_lead_where_they_led() {
    let post = Post::start().await;
    post.filo
        .api_post(
            "/api/v1/mail/dkim-key",
            &json!({"selector": "filo1", "domain": "rossi.it", "version": 1}),
        )
        .await;
    post.somebody("anna", &[]).await;
    let mail = post.mail("anna").await;
    let led = mail.led();
    assert_eq!(led.len(), 3, "{:?}", mail.links());
    for (path, target) in led.iter().zip([MENU, SHOP, MAP]) {
        assert!(path.len() < 60, "short enough: {path}");
        let answer = post.come(path, PHONE).await;
        assert_eq!(answer.status, 302);
        assert_eq!(location(&answer), target);
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert!(answer.headers.get("set-cookie").is_none());
    }
    // The way out, the preferences, a mailbox and a link of their own stay as they are.
    let kept = |part: &str| mail.links().iter().any(|it| it.starts_with(part));
    for part in [
        &format!("{PAGES}/public/unsubscribe/"),
        &format!("{PAGES}/public/preferences/"),
        "mailto:ciao@rossi.it",
        "https://rossi.it/di/",
    ] {
        assert!(kept(part), "{part} in {:?}", mail.links());
    }
    // The text says the addresses themselves; opens are not counted unless somebody wants it.
    for url in [MENU, SHOP, MAP] {
        assert!(mail.text.contains(url), "{}", mail.text);
    }
    assert!(!mail.text.contains("/c/") && mail.pixel().is_none());
    let header = String::from_utf8_lossy(&mail.raw);
    assert!(header.contains("List-Unsubscribe: <https://scelte.rossi.it/public/unsubscribe/"));
    // What is kept of it says the addresses too.
    let list = post.filo.api_get("/api/v1/messages").await;
    let id = list["data"][0]["id"].as_str().unwrap();
    let whole = post.filo.api_get(&format!("/api/v1/messages/{id}")).await;
    assert!(!whole["sent"]["html"].as_str().unwrap().contains("/c/"));
    assert_eq!(whole["clicks"], json!([]));
    // And the signature covers what left.
    let records = post.filo.api_get("/api/v1/mail/records").await;
    let all = records["data"].as_array().unwrap();
    let dkim = all.iter().find(|it| it["kind"] == "dkim").unwrap();
    let record = dkim["value"].as_str().unwrap();
    assert_eq!(verdicts_by(&mail.raw, record).await, [true]);
}

#[tokio::test]
async fn what_is_no_link_of_ours_leads_nowhere() {
    let post = Post::start().await;
    post.somebody("anna", &[]).await;
    let good = post.mail("anna").await.led()[0].clone();
    // The very link, sealed by somebody else's Filo.
    let bytes = URL_SAFE_NO_PAD.decode(&good["/c/".len()..]).unwrap();
    let link = LinkId::from_bytes(bytes[..16].try_into().unwrap());
    let other = TrackingKey::of(&WorkspaceKey([9; 32]));
    let sealed = |message| URL_SAFE_NO_PAD.encode(other.seal(Token { link, message }));
    let swapped = |at: usize| {
        let mut letters: Vec<char> = good.chars().collect();
        letters[at] = if letters[at] == 'A' { 'B' } else { 'A' };
        letters.into_iter().collect::<String>()
    };
    let mut wrong = vec![
        format!("/c/{}", sealed(None)),
        format!("/c/{}", sealed(Some(MessageId(7)))),
        good[..good.len() - 1].to_owned(),
        format!("{good}A"),
        "/c/x".to_owned(),
        format!("/c/{}", "A".repeat(4_000)),
        "/c/https:%2F%2Fevil.example".to_owned(),
        "/c/javascript:alert(1)".to_owned(),
    ];
    wrong.extend([3, 10, 30, good.len() - 2].map(swapped));
    for path in &wrong {
        let answer = post.come(path, PHONE).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.headers.get("location").is_none());
        assert!(answer.text().contains("<h1>"), "a plain page");
    }
    // No parameter has a say in where it leads.
    let asked = format!("{good}?url=https://evil.example&to=//evil.example");
    assert_eq!(location(&post.come(&asked, PHONE).await), MENU);
    // A link is no picture and a picture no link.
    let crossed = good.replace("/c/", "/o/");
    let picture = post.come(&format!("{crossed}.gif"), PHONE).await;
    assert_eq!(picture.headers["content-type"], "image/gif");
    post.judge().await;
    assert_eq!(post.counted().await, (1, 0), "only the one that was good");
    // Under the company's own host name there is nothing.
    let there = post.filo.get(&good).header("host", "filo.rossi.it");
    assert_eq!(there.send().await.status, 404);
}

#[tokio::test]
async fn what_looks_ahead_is_led_on_and_counts_for_nothing() {
    let post = Post::start().await;
    post.somebody("anna", &[]).await;
    let path = post.mail("anna").await.led()[0].clone();
    let request = |method: Method| {
        let request = post.filo.request(method, &path);
        request
            .header("host", "scelte.rossi.it")
            .header("user-agent", PHONE)
    };
    let head = request(Method::HEAD).send().await;
    assert_eq!((head.status.as_u16(), location(&head)), (302, MENU));
    for (name, value) in [
        ("sec-purpose", "prefetch;anonymous-client-ip"),
        ("purpose", "prefetch"),
        ("x-moz", "prefetch"),
        ("x-purpose", "preview"),
    ] {
        let answer = request(Method::GET).header(name, value).send().await;
        assert_eq!((answer.status.as_u16(), location(&answer)), (302, MENU));
    }
    assert_eq!(request(Method::POST).send().await.status, 405);
    post.judge().await;
    assert_eq!(post.counted().await, (0, 0));
    assert_eq!(post.figures().await["sent"], 1);
}
