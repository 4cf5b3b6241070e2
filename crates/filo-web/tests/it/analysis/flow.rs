//! Paths: every figure is that of the people behind it, and changes when they do.

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::{Value, json};

use super::{behind, does, looks, orders, refused, three};
use crate::access::{look, somebody};
use crate::journey::DAY;

const PATHS: &str = "/api/v1/analysis/paths";

async fn paths(filo: &Filo, query: &str) -> Value {
    filo.api_get(&format!("{PATHS}?{query}")).await
}

/// Every figure of people beside the people behind it.
async fn compare(filo: &Filo, query: &str, told: &Value) {
    let address = |part: String| format!("{PATHS}/people?{query}{part}");
    behind(filo, &address(String::new()), &told["people"]).await;
    for step in told["steps"].as_array().unwrap() {
        let (from, to) = (step["from"].as_str().unwrap(), step["to"].as_str().unwrap());
        behind(
            filo,
            &address(format!("&step={from}.{to}")),
            &step["people"],
        )
        .await;
    }
    for it in told["touchpoints"].as_array().unwrap() {
        let channel = it["channel"].as_str().unwrap();
        for (part, key) in [
            (format!("&touch={channel}"), "people"),
            (format!("&touch={channel}&end=order"), "order_people"),
            (format!("&lost={channel}"), "lost_people"),
        ] {
            behind(filo, &address(part), &it[key]).await;
        }
    }
}

/// From, to, times, people, and median days.
fn steps(told: &Value) -> Vec<(String, u64, u64, Option<f64>)> {
    let steps = told["steps"].as_array().unwrap().iter();
    let step = |it: &Value| {
        let place = |key: &str| it[key].as_str().unwrap();
        let count = |key: &str| it[key].as_u64().unwrap();
        let name = format!("{}.{}", place("from"), place("to"));
        (
            name,
            count("times"),
            count("people"),
            it["median_days"].as_f64().map(in_seconds),
        )
    };
    let mut steps: Vec<_> = steps.map(step).collect();
    steps.sort_by(|one, other| one.0.cmp(&other.0));
    steps
}

/// Days to the second: what was sent a moment later happened a moment later.
fn in_seconds(days: f64) -> f64 {
    (days * 86_400.0).round() / 86_400.0
}

#[tokio::test]
async fn steps_are_told_with_the_people_behind_each() {
    let filo = Filo::start().await;
    assert_eq!(paths(&filo, "").await["steps"], json!([]));
    three(&filo).await;
    let all = paths(&filo, "least_percent=0").await;
    let step = |name: &str, times, people, days| (name.to_owned(), times, people, days);
    assert_eq!(
        steps(&all),
        [
            step("email.shop", 1, 1, Some(1.0)),
            step("phone.order", 1, 1, Some(0.0)),
            step("shop.order", 1, 1, Some(0.0)),
            step("social.web", 1, 1, Some(5.0)),
            step("start.email", 1, 1, None),
            step("start.phone", 1, 1, None),
            step("start.social", 1, 1, None),
            step("start.web", 1, 1, None),
            step("web.open", 1, 1, None),
            step("web.order", 1, 1, Some(0.0)),
        ]
    );
    for (key, expected) in [
        ("ways", 4),
        ("people", 3),
        ("orders", 3),
        ("open", 1),
        ("rare_steps", 0),
    ] {
        assert_eq!(all[key], json!(expected), "{key}");
    }
    // With four ways nothing can be said of any channel, and nothing is.
    for it in all["touchpoints"].as_array().unwrap() {
        assert_eq!(
            (&it["difference"], &it["pace"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(it["findings"], json!([]));
    }
    for which in ["all", "first", "next"] {
        let query = format!("orders={which}&least_percent=0");
        let told = paths(&filo, &query).await;
        compare(&filo, &format!("orders={which}"), &told).await;
    }
    // A second way over the same step makes two times, and one person.
    filo.advance(DAY);
    orders(&filo, "carla", ("c-2", "phone", 5)).await;
    filo.settle().await;
    filo.advance(DAY);
    let again = paths(&filo, "").await;
    assert!(steps(&again).contains(&step("start.phone", 2, 1, None)));
    compare(&filo, "", &again).await;
    // Each other step is gone once on five ways.
    let frequent = paths(&filo, "least_percent=30").await;
    assert_eq!(steps(&frequent).len(), 2);
    assert_eq!(frequent["rare_steps"], json!(8));
    for (query, status) in [
        ("?least_percent=51", 422),
        ("?least_percent=-1", 422),
        ("?orders=some", 422),
        ("?colour=red", 422),
        ("?segment=seg_00000000000000000000000001", 404),
        ("/people?step=web", 422),
        ("/people?step=web.moon", 422),
        ("/people?touch=web&lost=web", 422),
        ("/people?touch=web&end=never", 422),
    ] {
        refused(&filo, &format!("{PATHS}{query}"), status).await;
    }
}

#[tokio::test]
async fn joining_calling_off_coming_late_and_forgetting_change_steps() {
    let filo = Filo::start().await;
    three(&filo).await;
    // What somebody did before everything, told only now.
    let late = filo.now().plus_seconds(-20 * 86_400).to_string();
    filo.send([
        json!({"type": "track", "userId": "bruno", "event": "Product Viewed", "messageId": "late-1",
               "timestamp": late, "properties": {"channel": "app"}}),
        json!({"type": "track", "anonymousId": "cookie-1", "event": "Product Viewed",
               "messageId": "v-1", "properties": {"channel": "chat"}}),
    ])
    .await;
    filo.settle().await;
    filo.advance(DAY);
    let told = paths(&filo, "").await;
    let names = |told: &Value| steps(told).into_iter().map(|it| it.0).collect::<Vec<_>>();
    assert!(names(&told).contains(&"app.web".to_owned()));
    assert!(!names(&told).contains(&"start.web".to_owned()));
    assert_eq!(told["people"], json!(4));
    compare(&filo, "", &told).await;
    filo.send([
        json!({"type": "identify", "anonymousId": "cookie-1", "userId": "bruno",
               "messageId": "i-1", "traits": {}}),
    ])
    .await;
    does(
        &filo,
        "carla",
        "Order Cancelled",
        json!({"order_id": "c-1", "channel": "phone"}),
    )
    .await;
    filo.settle().await;
    filo.advance(DAY);
    let told = paths(&filo, "").await;
    assert_eq!((&told["people"], &told["orders"]), (&json!(3), &json!(2)));
    assert!(names(&told).contains(&"web.chat".to_owned()));
    assert!(names(&told).contains(&"phone.open".to_owned()));
    compare(&filo, "", &told).await;
    let anna = filo.find(Kind::UserId, "anna").await.unwrap();
    let path = format!("/api/v1/customers/{}/erasure", anna.id);
    filo.api_post(&path, &json!({"ground": "request"})).await;
    filo.settle().await;
    let told = paths(&filo, "").await;
    assert_eq!((&told["people"], &told["orders"]), (&json!(2), &json!(0)));
    compare(&filo, "", &told).await;
    let filo = filo.restart().await;
    let again = paths(&filo, "").await;
    assert_eq!(again, told);
}

/// A hundred go to the site, half of them by e-mail the day before; of those nine of ten buy, of the
/// others six of ten.
async fn hundred(filo: &Filo) {
    for number in (0..100).step_by(2) {
        looks(filo, &format!("u{number}"), "email").await;
    }
    filo.advance(DAY);
    for number in 0..100_i64 {
        let who = format!("u{number}");
        looks(filo, &who, "web").await;
        let buys = match number % 2 == 0 {
            true => number % 20 != 0,
            false => number % 20 > 8,
        };
        if buys {
            orders(filo, &who, (&format!("o{number}"), "web", 10)).await;
        }
    }
    filo.settle().await;
    filo.advance(DAY);
}

#[tokio::test]
async fn moments_of_truth_are_sorted_by_effect() {
    let filo = Filo::start().await;
    hundred(&filo).await;
    let told = paths(&filo, "").await;
    let touchpoints = told["touchpoints"].as_array().unwrap();
    assert_eq!(touchpoints[0]["channel"], json!("email"));
    assert_eq!(touchpoints[0]["findings"], json!(["more_orders", "slower"]));
    let slower = touchpoints[0]["pace"]["difference_days"].as_f64().unwrap();
    assert!((in_seconds(slower) - 1.0).abs() < 1e-9, "{slower}");
    let difference = touchpoints[0]["difference"]["share"].as_f64().unwrap();
    assert!((difference - 0.3).abs() < 1e-9, "{difference}");
    assert_eq!(
        touchpoints[1]["difference"],
        Value::Null,
        "all touch the site"
    );
    assert_eq!(touchpoints[1]["lost"], json!(25));
    compare(&filo, "", &told).await;
}

#[tokio::test]
async fn the_page_draws_the_steps_and_leads_to_their_people() {
    let filo = Filo::start().await;
    hundred(&filo).await;
    let told = paths(&filo, "").await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/analysis/paths?days=30", &owner)
        .await
        .ok()
        .text();
    assert!(
        page.contains(r#"role="img""#) && page.contains(r#"<title id="flow-title">"#),
        "{page}"
    );
    assert!(page.contains(r#"<desc id="flow-desc">"#));
    for board in ["/analysis", "/analysis/cohorts", "/analysis/reorder"] {
        assert!(page.contains(&format!(r#"<a href="{board}">"#)), "{board}");
    }
    let link = "/analysis/paths/people?days=30&amp;which=all&amp;step=email.web";
    assert!(
        page.contains(&format!(r#"<a href="{link}">50</a>"#)),
        "{page}"
    );
    let people = look(&filo, &link.replace("&amp;", "&"), &owner)
        .await
        .ok()
        .text();
    assert_eq!(
        people.matches(r#"<a class="line" href="/people/"#).count(),
        50
    );
    let sheet = look(&filo, "/analysis/paths?days=30&as=csv", &owner)
        .await
        .ok();
    assert_eq!(
        sheet.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let sheet = sheet.text();
    assert_eq!(
        sheet.lines().count(),
        1 + told["steps"].as_array().unwrap().len()
    );
    assert!(sheet.contains(";50;50;"), "{sheet}");
    let ways = look(&filo, "/analysis?days=30&as=csv", &owner)
        .await
        .ok()
        .text();
    assert!(ways.contains(";45;5;450,00;EUR"), "{ways}");
    for wrong in [
        "step=moon.web",
        "touch=moon",
        "step=web",
        "touch=web&lost=web",
    ] {
        look(&filo, &format!("/analysis/paths/people?{wrong}"), &owner)
            .await
            .is(404);
    }
}

#[tokio::test]
async fn an_analyst_sees_figures_and_nobodys_name_and_an_agent_no_figures() {
    let filo = Filo::start().await;
    three(&filo).await;
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-9",
                      "traits": {"firstName": "Annamaria", "email": "annamaria@example.it"}}),
    ])
    .await;
    filo.settle().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    for address in [
        "/analysis/paths/people?days=30&touch=social",
        "/analysis/cohorts/people?first=2026-10-01&after=0",
        "/analysis/people?days=30&sequence=social.web&end=order",
    ] {
        let page = look(&filo, address, &owner).await.ok().text();
        assert!(page.contains("Annamaria"), "{address}: {page}");
        let page = look(&filo, address, &analyst).await.ok().text();
        assert!(page.contains("/people/cus_"), "{address}: {page}");
        assert!(!page.contains("nnamaria"), "{address}: {page}");
        look(&filo, address, &agent).await.is(403);
    }
    for address in ["/analysis/paths", "/analysis/cohorts", "/analysis/reorder"] {
        look(&filo, address, &analyst).await.ok();
        look(&filo, address, &agent).await.is(403);
    }
}
