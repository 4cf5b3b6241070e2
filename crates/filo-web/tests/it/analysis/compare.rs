//! Periods compared on the company's calendar, with the people behind each figure, and notes
//! beside them.

use filo_core::access::Role;
use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

use super::{behind, refused};
use crate::access::{look, post, somebody};
use crate::journey::start;

const COMPARE: &str = "/api/v1/analysis/compare";

/// Orders of some people on a day, on a channel; `skip` of them stay away.
pub(super) async fn orders(
    filo: &Filo,
    (first, count): (usize, usize),
    (at, channel): (&str, &str),
) {
    let order = |number: usize| {
        let id = format!("{at}-{number}");
        json!({"type": "track", "userId": format!("u-{number}"), "event": "Order Completed",
               "timestamp": at, "messageId": id,
               "properties": {"order_id": id, "revenue": 20, "currency": "EUR", "channel": channel}})
    };
    filo.send((first..first + count).map(order)).await;
}

pub(super) fn figure<'a>(told: &'a Value, metric: &str) -> &'a Value {
    let mut all = told["figures"].as_array().unwrap().iter();
    all.rfind(|it| it["metric"] == metric).unwrap()
}

#[tokio::test]
async fn a_week_is_told_beside_the_one_before_with_the_people_behind_both() {
    let filo = Filo::start().await;
    // Today is Wednesday 7 October: the week that is over is that of 28 September.
    orders(&filo, (0, 20), ("2026-09-22T10:00:00Z", "web")).await;
    orders(&filo, (20, 20), ("2026-09-22T10:00:00Z", "shop")).await;
    orders(&filo, (0, 12), ("2026-09-29T10:00:00Z", "web")).await;
    // Half past midnight in Rome: Monday of the week that is over.
    orders(&filo, (90, 1), ("2026-09-27T22:30:00Z", "shop")).await;
    filo.settle().await;
    let told = filo.api_get(COMPARE).await;
    assert_eq!(
        told["now"],
        json!({"first": "2026-09-28", "last": "2026-10-04", "days": 7.0})
    );
    assert_eq!(told["before"]["first"], json!("2026-09-21"));
    let it = figure(&told, "orders");
    assert_eq!(
        (&it["now"]["value"], &it["before"]["value"]),
        (&json!(13.0), &json!(40.0))
    );
    assert_eq!(it["verdict"], json!("lower"));
    assert_eq!(figure(&told, "revenue")["difference"], json!(-54_000.0));
    assert_eq!(figure(&told, "new_buyers")["now"]["value"], json!(1.0));
    let returning = figure(&told, "returning")["now"]["value"].as_f64().unwrap();
    assert!((returning - 12.0 / 13.0).abs() < 1e-9, "{returning}");
    assert_eq!(figure(&told, "recommendation")["now"]["value"], Value::Null);
    assert_eq!(figure(&told, "complaints")["verdict"], json!("too_few"));
    for it in told["figures"].as_array().unwrap() {
        let metric = it["metric"].as_str().unwrap();
        for side in ["now", "before"] {
            let address = format!("{COMPARE}/{metric}/people?side={side}");
            behind(&filo, &address, &it[side]["people"]).await;
        }
    }
    let one = filo.api_get(&format!("{COMPARE}/orders")).await;
    assert_eq!(one["series"].as_array().unwrap().len(), 13);
    assert_eq!(one["series"][12]["figure"]["value"], json!(13.0));
    assert_eq!(one["series"][11]["figure"]["value"], json!(40.0));
    let cause = &one["causes"][0];
    assert_eq!(
        (&cause["dimension"], &cause["of"]),
        (&json!("channel"), &json!("shop"))
    );
    // A month beside the one before, and beside the same a year before.
    let month = filo.api_get(&format!("{COMPARE}?period=month")).await;
    assert_eq!(
        month["before"],
        json!({"first": "2026-08-01", "last": "2026-08-31", "days": 31.0})
    );
    let year = filo
        .api_get(&format!("{COMPARE}?period=month&against=year_before"))
        .await;
    assert_eq!(year["before"]["first"], json!("2025-09-01"));
    let own = "period=between&from=2026-09-22&until=2026-09-22";
    let own = filo.api_get(&format!("{COMPARE}?{own}")).await;
    assert_eq!(figure(&own, "buyers")["now"]["value"], json!(40.0));
    for (query, status) in [
        ("?period=decade", 422),
        ("?against=tomorrow", 422),
        ("?period=between&from=2026-09-22", 422),
        ("?period=between&from=2026-09-22&until=2026-09-21", 422),
        ("?period=between&from=2026-12-22&until=2026-12-23", 422),
        ("?period=week&from=2026-09-22&until=2026-09-23", 422),
        ("?segment=seg_00000000000000000000000001", 404),
        ("/moon", 404),
        ("/orders/people?side=left", 422),
        ("?colour=red", 422),
    ] {
        refused(&filo, &format!("{COMPARE}{query}"), status).await;
    }
}

#[tokio::test]
async fn the_page_compares_leads_to_people_and_leaves_as_a_file() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let empty = look(&filo, "/analysis/compare?lang=en", &owner)
        .await
        .ok()
        .text();
    assert!(
        empty.contains("Too few to say: 0 people, it takes 10"),
        "{empty}"
    );
    orders(&filo, (0, 40), ("2026-09-22T10:00:00Z", "web")).await;
    orders(&filo, (0, 12), ("2026-09-29T10:00:00Z", "web")).await;
    filo.settle().await;
    let page = look(&filo, "/analysis/compare?lang=it", &owner)
        .await
        .ok()
        .text();
    for part in [
        "Meno di quanto spieghi il caso",
        "Attenzione",
        "28/09/2026 – 04/10/2026",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let door = "/analysis/compare/orders/people?period=week&amp;against=before&amp;side=now";
    assert!(page.contains(door), "{page}");
    look(&filo, &door.replace("&amp;", "&"), &owner).await.ok();
    let one = look(
        &filo,
        "/analysis/compare/revenue?period=month&lang=en",
        &owner,
    )
    .await;
    assert!(one.ok().text().contains("In whole EUR"));
    let csv = look(&filo, "/analysis/compare?as=csv&lang=en", &owner)
        .await
        .ok()
        .text();
    assert!(csv.contains("Orders,12,40,-28,-0.7,"), "{csv}");
    for wrong in [
        "/analysis/compare/moon",
        "/analysis/compare/orders/people?side=up",
    ] {
        look(&filo, wrong, &owner).await.is(404);
    }
    // Who may not list people sees counts alone.
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    look(&filo, "/analysis/compare", &analyst).await.ok();
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    look(&filo, "/analysis/compare", &agent).await.is(403);
}

#[tokio::test]
async fn notes_stand_beside_figures_and_can_be_brought_back() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let wrong = post(&filo, "/annotations", &owner, "words=&first=2026-09-29").await;
    assert_eq!(wrong.status, 422);
    let made = post(
        &filo,
        "/annotations",
        &owner,
        "words=Prezzi+%3Csu%3E&first=2026-09-29&last=",
    )
    .await;
    assert_eq!(made.status, 303, "{}", made.text());
    let list = filo.api_get("/api/v1/annotations").await;
    let note = &list["data"][0];
    assert_eq!(
        (&note["words"], &note["kind"]),
        (&json!("Prezzi <su>"), &json!("note"))
    );
    let id = note["id"].as_str().unwrap().to_owned();
    // It is on the chart of a figure, in words too.
    orders(&filo, (0, 3), ("2026-09-29T10:00:00Z", "web")).await;
    filo.settle().await;
    let page = look(&filo, "/analysis/compare/orders", &owner)
        .await
        .ok()
        .text();
    assert!(page.contains("class=\"note\""), "{page}");
    assert!(page.contains("29/09/2026: Prezzi &lt;su&gt;"), "{page}");
    // From the version that was read, and from no other.
    let path = format!("/api/v1/annotations/{id}");
    let change = |version: i64| json!({"version": version, "first": "2026-09-28", "last": "2026-09-30", "words": "Prezzi"});
    for (version, status) in [(1, 200), (1, 409)] {
        let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
        let answer = request.json(&change(version)).send().await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    let gone = post(&filo, &format!("/annotations/{id}/removal"), &owner, "").await;
    let address = gone.header("location").unwrap().to_owned();
    let told = look(&filo, &address, &owner).await.ok().text();
    assert!(
        told.contains(&format!("/annotations/{id}/restoring")),
        "{told}"
    );
    let list = filo.api_get("/api/v1/annotations").await;
    assert_eq!(list["data"], json!([]));
    post(&filo, &format!("/annotations/{id}/restoring"), &owner, "")
        .await
        .is(303);
    let list = filo
        .api_get("/api/v1/annotations?from=2026-09-30&until=2026-09-30")
        .await;
    assert_eq!(list["data"][0]["last"], json!("2026-09-30"));
    look(&filo, &format!("/annotations/{id}"), &owner)
        .await
        .ok();
    // An analyst reads them and writes none.
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    look(&filo, "/annotations", &analyst).await.ok();
    post(&filo, "/annotations", &analyst, "words=x&first=2026-09-29")
        .await
        .is(403);
}

#[tokio::test]
async fn what_filo_was_told_to_do_stands_there_by_itself() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let promotion = json!({"name": "Dieci anni", "terms": {"it": "due per uno", "en": "two for one"},
                           "starts_on": "2026-10-01", "ends_on": "2026-10-31"});
    filo.api_post("/api/v1/promotions", &json!({"promotion": promotion}))
        .await;
    let journey = json!({"trigger": {"hand": {}}, "holdout_percent": 0,
                         "steps": [{"id": "e", "do": {"end": {}}}]});
    start(&filo, journey).await;
    let list = |told: &Value| -> Vec<(String, String)> {
        let all = told["data"].as_array().unwrap().iter();
        let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
        all.map(|it| (text(it, "kind"), text(it, "words")))
            .collect()
    };
    let told = list(&filo.api_get("/api/v1/annotations").await);
    assert!(
        told.contains(&("promotion_runs".to_owned(), "Dieci anni".to_owned())),
        "{told:?}"
    );
    let expected = ("journey_started".to_owned(), "Prova".to_owned());
    assert!(told.contains(&expected), "{told:?}");
    let page = look(&filo, "/annotations?lang=it", &owner)
        .await
        .ok()
        .text();
    assert!(page.contains("Percorso partito: Prova"), "{page}");
}
