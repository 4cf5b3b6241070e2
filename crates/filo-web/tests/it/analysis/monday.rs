//! The Monday page: read, printed, and had by mail once a week by whoever asks for it.

use filo_core::access::Role;
use filo_testkit::Filo;
use filo_web::write_monday;
use http::Method;
use serde_json::{Value, json};

use super::compare::orders;
use crate::access::{actor, look, post, somebody};
use crate::journey::{DAY, HOUR};

/// The Monday letters in the folder of mails, the newest first.
async fn letters(filo: &Filo) -> Vec<Value> {
    let kept = filo.api_get("/api/v1/mail/folder").await;
    let mut letters = Vec::new();
    for mail in kept["data"].as_array().unwrap() {
        let name = mail["name"].as_str().unwrap();
        let mail = filo.api_get(&format!("/api/v1/mail/folder/{name}")).await;
        if mail["text"].as_str().unwrap().contains("/public/monday/") {
            letters.push(mail);
        }
    }
    letters
}

#[tokio::test]
async fn the_page_shows_each_role_what_it_may_see() {
    let filo = Filo::start().await;
    orders(&filo, (0, 40), ("2026-09-22T10:00:00Z", "web")).await;
    orders(&filo, (0, 12), ("2026-09-29T10:00:00Z", "web")).await;
    filo.send([
        json!({"type": "track", "userId": "u-1", "event": "Message Received", "messageId": "m-1",
               "timestamp": "2026-10-06T08:00:00Z", "properties": {"channel": "chat"}}),
        json!({"type": "track", "userId": "u-2", "event": "Survey Answered", "messageId": "s-1",
               "timestamp": "2026-09-30T08:00:00Z", "properties": {"nps": 10}}),
    ])
    .await;
    filo.settle().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/monday?lang=it", &owner).await.ok().text();
    for part in [
        "Una persona aspetta una risposta",
        "Come si trovano i clienti",
        "(NPS)",
        "100",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    let page = look(&filo, "/monday?lang=it", &analyst).await.ok().text();
    assert!(
        page.contains("Come va") && !page.contains("Un messaggio aspetta"),
        "{page}"
    );
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    let page = look(&filo, "/monday?lang=it", &agent).await.ok().text();
    assert!(
        !page.contains("Come va") && page.contains("aspetta una risposta"),
        "{page}"
    );
    let staff = somebody(&filo, "staff", Role::ShopStaff).await.text;
    let page = look(&filo, "/monday?lang=it", &staff).await.ok().text();
    assert!(
        !page.contains("Come va") && !page.contains("aspetta una risposta"),
        "{page}"
    );
    let told = filo.api_get("/api/v1/monday").await;
    assert_eq!(told["waiting_people"], json!(1));
    let metrics = told["experience"].as_array().unwrap().iter();
    let metrics: Vec<&str> = metrics.map(|it| it["metric"].as_str().unwrap()).collect();
    assert_eq!(
        metrics,
        [
            "written",
            "answered_in_day",
            "recommendation",
            "satisfaction",
            "unsubscribed",
            "complaints"
        ]
    );
}

#[tokio::test]
async fn it_comes_by_mail_once_a_week_until_somebody_says_no() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    assert_eq!(filo.app.tend_mondays(write_monday).await.unwrap(), None);
    // Today is Wednesday; they want it on Mondays at seven.
    let form = "is_on=yes&weekday=1&hour=7";
    post(&filo, "/account/monday", &owner, form).await.is(303);
    let account = look(&filo, "/account?lang=it", &owner).await.ok().text();
    assert!(account.contains("12/10/2026"), "{account}");
    let due = filo.app.tend_mondays(write_monday).await.unwrap().unwrap();
    assert_eq!(due.to_string(), "2026-10-12T05:00:00.000Z");
    assert!(
        letters(&filo).await.is_empty(),
        "not for a week before they asked"
    );
    // Five days later, at 04:00 UTC: an hour too soon.
    filo.advance(DAY * 4 + HOUR * 18);
    filo.app.tend_mondays(write_monday).await.unwrap();
    assert!(letters(&filo).await.is_empty());
    orders(&filo, (0, 3), ("2026-10-08T10:00:00Z", "web")).await;
    filo.settle().await;
    filo.advance(HOUR);
    filo.app.tend_mondays(write_monday).await.unwrap();
    filo.app.tend_mondays(write_monday).await.unwrap();
    let filo = filo.restart().await;
    filo.app.tend_mondays(write_monday).await.unwrap();
    let sent = letters(&filo).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    let (text, html) = (
        sent[0]["text"].as_str().unwrap(),
        sent[0]["html"].as_str().unwrap(),
    );
    assert!(text.contains("Ordini: 3 (prima 0)"), "{text}");
    let leads = |to: &str| text.lines().any(|line| line.ends_with(to));
    assert!(leads(":8080/monday"), "{text}");
    assert!(
        html.contains("<strong>3</strong>") && !html.contains("<img"),
        "{html}"
    );
    let headers = sent[0]["headers"].to_string();
    assert!(headers.contains("List-Unsubscribe-Post"), "{headers}");
    // The next week has its own, also after the clocks changed.
    filo.advance(DAY * 14 + HOUR);
    filo.app.tend_mondays(write_monday).await.unwrap();
    assert_eq!(letters(&filo).await.len(), 2);

    // One click on the link of the letter ends it; looking at it does not.
    let link = text
        .lines()
        .find(|line| line.contains("/public/monday/"))
        .unwrap();
    let link = &link[link.find("/public/").unwrap()..];
    let page = filo.get(link).send().await.ok().text();
    assert!(page.contains("<form method=\"post\">"), "{page}");
    filo.advance(DAY * 7);
    filo.app.tend_mondays(write_monday).await.unwrap();
    assert_eq!(letters(&filo).await.len(), 3);
    filo.post(link)
        .form("List-Unsubscribe=One-Click")
        .send()
        .await
        .ok();
    filo.post(link)
        .form("List-Unsubscribe=One-Click")
        .send()
        .await
        .ok();
    filo.advance(DAY * 7);
    assert_eq!(filo.app.tend_mondays(write_monday).await.unwrap(), None);
    assert_eq!(letters(&filo).await.len(), 3);
    filo.get("/public/monday/none").send().await.is(404);
}

#[tokio::test]
async fn a_test_uses_up_no_week_and_who_was_away_gets_no_old_news() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "owner", Role::Owner).await;
    let user = actor(&filo, &session).await.user.unwrap();
    let request = |method: Method, path: &str| filo.request(method, path).bearer(&session.text);
    let body = json!({"weekday": 1, "hour": 7});
    request(Method::PUT, "/api/v1/account/monday")
        .json(&body)
        .send()
        .await
        .is(204);
    for wrong in [
        json!({"weekday": 0, "hour": 7}),
        json!({"weekday": 1, "hour": 24}),
    ] {
        request(Method::PUT, "/api/v1/account/monday")
            .json(&wrong)
            .send()
            .await
            .is(422);
    }
    let test = request(Method::POST, "/api/v1/account/monday/test")
        .send()
        .await;
    assert_eq!(test.ok().json(), json!({"outcome": "kept"}));
    assert_eq!(letters(&filo).await.len(), 1);
    let own = request(Method::GET, "/api/v1/account/monday")
        .send()
        .await
        .ok()
        .json();
    assert_eq!(
        (&own["is_on"], &own["last_at"]),
        (&json!(true), &Value::Null)
    );
    // Nobody was there on Monday and Tuesday: on Thursday it is no news.
    filo.advance(DAY * 8);
    filo.app.tend_mondays(write_monday).await.unwrap();
    assert_eq!(letters(&filo).await.len(), 1);
    // A key has no mailbox.
    let key = filo
        .request(Method::GET, "/api/v1/account/monday")
        .bearer(&filo.api_key);
    key.send().await.is(404);
    // Who is let in no more reads no more.
    let admin = somebody(&filo, "admin", Role::Owner).await;
    let admin = actor(&filo, &admin).await;
    filo.app.disable_user(&admin, user).await.unwrap();
    filo.advance(DAY * 4);
    filo.app.tend_mondays(write_monday).await.unwrap();
    assert_eq!(letters(&filo).await.len(), 1);
}
