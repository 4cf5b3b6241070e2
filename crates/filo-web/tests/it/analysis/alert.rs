//! Watched figures speak once of the same days, with where to look for the reason.

use filo_core::access::Role;
use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

use super::compare::orders;
use crate::access::{look, post, somebody};
use crate::journey::DAY;

async fn alerts(filo: &Filo) -> Vec<Value> {
    let told = filo.api_get("/api/v1/alerts").await;
    told["data"].as_array().unwrap().clone()
}

fn of<'a>(alerts: &'a [Value], subject: &str) -> Vec<&'a Value> {
    alerts
        .iter()
        .filter(|it| it["subject"] == subject)
        .collect()
}

/// A fall that chance does not explain: forty on the site and in the shop, then twelve on the site.
async fn fall(filo: &Filo) {
    orders(filo, (0, 20), ("2026-09-22T10:00:00Z", "web")).await;
    orders(filo, (20, 40), ("2026-09-23T10:00:00Z", "shop")).await;
    orders(filo, (0, 18), ("2026-09-29T10:00:00Z", "web")).await;
    filo.settle().await;
}

#[tokio::test]
async fn a_fall_is_told_once_with_where_it_comes_from() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    fall(&filo).await;
    filo.api_post(
        "/api/v1/annotations",
        &json!({"first": "2026-09-28", "words": "Negozio chiuso"}),
    )
    .await;
    let next = filo.app.tend_alerts().await.unwrap().unwrap();
    assert!(next > filo.now());
    let told = alerts(&filo).await;
    let fell = of(&told, "orders");
    assert_eq!(fell.len(), 1, "{told:?}");
    let fell = fell[0];
    assert_eq!(
        (&fell["now"], &fell["before"]),
        (&json!(18.0), &json!(60.0))
    );
    assert_eq!(
        (&fell["first"], &fell["last"]),
        (&json!("2026-09-28"), &json!("2026-10-04"))
    );
    assert_eq!(fell["verdict"], json!("lower"));
    let cause = &fell["causes"][0];
    assert_eq!(
        (&cause["dimension"], &cause["of"]),
        (&json!("channel"), &json!("shop"))
    );
    assert_eq!(fell["annotations"][0]["words"], json!("Negozio chiuso"));
    // The same days are told once, also after a restart and by the next morning.
    filo.app.tend_alerts().await.unwrap();
    let filo = filo.restart().await;
    filo.app.tend_alerts().await.unwrap();
    filo.advance(DAY);
    filo.app.tend_alerts().await.unwrap();
    assert_eq!(of(&alerts(&filo).await, "orders").len(), 1);

    // On Oggi, put away, and taken up again.
    let owner_again = somebody(&filo, "again", Role::Owner).await.text;
    drop(owner);
    let today = look(&filo, "/?lang=it", &owner_again).await.ok().text();
    assert!(today.contains("18, contro 60"), "{today}");
    let page = look(&filo, "/alerts?lang=it", &owner_again)
        .await
        .ok()
        .text();
    assert!(
        page.contains("Negozio chiuso") && page.contains("Canale"),
        "{page}"
    );
    let id = fell["id"].as_str().unwrap();
    let away = post(&filo, &format!("/alerts/{id}/dismissal"), &owner_again, "").await;
    let address = away.header("location").unwrap().to_owned();
    let page = look(&filo, &address, &owner_again).await.ok().text();
    assert!(page.contains(&format!("/alerts/{id}/taking-up")), "{page}");
    assert!(of(&alerts(&filo).await, "orders").is_empty());
    let all = filo.api_get("/api/v1/alerts?all=true").await;
    assert_eq!(of(all["data"].as_array().unwrap(), "orders").len(), 1);
    post(&filo, &format!("/alerts/{id}/taking-up"), &owner_again, "")
        .await
        .is(303);
    assert_eq!(of(&alerts(&filo).await, "orders").len(), 1);
}

#[tokio::test]
async fn rules_can_be_switched_off_made_and_taken_away() {
    let filo = Filo::start().await;
    let rules = filo.api_get("/api/v1/alert-rules").await;
    let rules = rules["data"].as_array().unwrap().clone();
    let subjects: Vec<&str> = rules
        .iter()
        .map(|it| it["subject"].as_str().unwrap())
        .collect();
    assert_eq!(
        subjects,
        ["orders", "revenue", "unsubscribed", "silent_source"]
    );
    // Each of the usual ones is switched off.
    for rule in &rules {
        let path = format!("/api/v1/alert-rules/{}", rule["id"].as_str().unwrap());
        let off = json!({"version": 0, "rule": {"subject": rule["subject"], "every": rule["every"],
            "direction": rule["direction"], "people_least": rule["people_least"], "is_on": false}});
        for status in [200, 409] {
            let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
            let answer = request.json(&off).send().await;
            assert_eq!(answer.status, status, "{}", answer.text());
        }
    }
    fall(&filo).await;
    filo.app.tend_alerts().await.unwrap();
    assert!(alerts(&filo).await.is_empty());
    // One of one's own, by percent, speaks of the next week.
    let rule = json!({"subject": "buyers", "every": "week", "direction": "falls", "percent": 50,
                      "people_least": 5});
    let made = filo.api_post("/api/v1/alert-rules", &rule).await;
    assert_eq!(made["version"], json!(1));
    filo.advance(DAY * 7);
    filo.app.tend_alerts().await.unwrap();
    let told = alerts(&filo).await;
    assert_eq!(of(&told, "buyers").len(), 1, "{told:?}");
    assert_eq!(of(&told, "buyers")[0]["now"], json!(0.0));
    let path = format!("/api/v1/alert-rules/{}", made["id"].as_str().unwrap());
    let gone = filo
        .request(Method::DELETE, &path)
        .bearer(&filo.api_key)
        .send()
        .await;
    assert_eq!(gone.status, 200);
    let count = |told: &Value| told["data"].as_array().unwrap().len();
    assert_eq!(count(&filo.api_get("/api/v1/alert-rules").await), 4);
    filo.api_post(&format!("{path}/restoring"), &json!({}))
        .await;
    assert_eq!(count(&filo.api_get("/api/v1/alert-rules").await), 5);
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let form = "subject=revenue&every=day&direction=falls&limit=percent&percent=0&people_least=9";
    let wrong = post(&filo, "/alert-rules", &owner, form).await;
    assert_eq!(wrong.status, 422);
    let form = form.replace("percent=0", "percent=30");
    post(&filo, "/alert-rules", &owner, &form).await.is(303);
    let page = look(&filo, "/alert-rules?lang=en", &owner)
        .await
        .ok()
        .text();
    assert!(
        page.contains("Revenue: every day, if it falls by at least 30 %"),
        "{page}"
    );
}

#[tokio::test]
async fn a_source_that_stops_is_told_of_and_one_that_rests_is_not() {
    let filo = Filo::start().await;
    let send = async |number: i64| {
        let views = (0..5).map(|it| {
            json!({"type": "track", "userId": "anna", "event": "Product Viewed",
                   "messageId": format!("v-{number}-{it}")})
        });
        filo.send(views).await;
    };
    // Wednesdays alone: on a Thursday nothing is missed.
    for week in 0..5 {
        send(week).await;
        filo.settle().await;
        filo.advance(DAY);
        filo.app.tend_alerts().await.unwrap();
        filo.advance(DAY * 6);
    }
    assert!(of(&alerts(&filo).await, "silent_source").is_empty());
    // The fifth Wednesday passes in silence.
    filo.advance(DAY);
    filo.app.tend_alerts().await.unwrap();
    let told = alerts(&filo).await;
    let silent = of(&told, "silent_source");
    assert_eq!(silent.len(), 1, "{told:?}");
    assert_eq!(
        (&silent[0]["now"], &silent[0]["before"]),
        (&json!(0.0), &json!(5.0))
    );
    assert!(silent[0]["source"].is_u64());
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/alerts?lang=it", &owner).await.ok().text();
    assert!(page.contains("Non manda più eventi"), "{page}");
}
