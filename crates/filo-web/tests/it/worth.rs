//! What customers are worth and who is leaving, through the running program: every number is that
//! of the people behind it, and changes with what happens.

use filo_core::access::Role;
use filo_core::time::Timestamp;
use filo_testkit::{Filo, START};
use serde_json::{Value, json};

use crate::access::{look, somebody};

pub(crate) const WORTH: &str = "/api/v1/analysis/worth";
pub(crate) const LEAVING: &str = "/api/v1/analysis/leaving";
const DAY_SECONDS: i64 = 86_400;

pub(crate) fn days_ago(days: i64) -> Timestamp {
    START.plus_seconds(-days * DAY_SECONDS)
}

pub(crate) fn order(who: &str, id: &str, at: Timestamp, (channel, euro): (&str, f64)) -> Value {
    json!({"type": "track", "userId": who, "event": "Order Completed", "messageId": id,
           "timestamp": at.to_string(),
           "properties": {"order_id": id, "revenue": euro, "total": euro, "currency": "EUR",
                          "channel": channel}})
}

/// A hundred and twenty who come at different paces, half of them for some time only.
pub(crate) async fn shop(filo: &Filo) {
    let mut orders = Vec::new();
    for number in 0..120_i64 {
        let who = format!("b-{number:03}");
        let pace = 6 + 3 * (number % 17);
        let first = 150 + 7 * (number % 23);
        let last = if number % 2 == 0 { 1 } else { 90 };
        let times = ((first - last) / pace).min(number % 9);
        let channel = ["web", "shop", "phone"][usize::try_from(number % 3).unwrap()];
        for at in 0..=times {
            let id = format!("{who}-{at}");
            let placed_at = days_ago(first - at * pace);
            let cents = 1_000 + 100 * (number % 17) + 150 * (at % 4);
            let euro = f64::from(u32::try_from(cents).unwrap()) / 100.0;
            orders.push(order(&who, &id, placed_at, (channel, euro)));
        }
    }
    for part in orders.chunks(200) {
        filo.send(part.to_vec()).await;
    }
    filo.send([
        json!({"type": "identify", "userId": "b-017", "messageId": "i-17",
        "traits": {"name": "Zelinda Ferrarini", "email": "zelinda@example.it"}}),
    ])
    .await;
    filo.settle().await;
}

async fn worth(filo: &Filo, query: &str) -> Value {
    filo.api_get(&format!("{WORTH}?{query}")).await
}

async fn leaving(filo: &Filo, query: &str) -> Value {
    filo.api_get(&format!("{LEAVING}?{query}")).await
}

/// How many are behind a number; those that are listed are as many.
async fn behind(filo: &Filo, board: &str, query: &str) -> u64 {
    let found = filo.api_get(&format!("{board}/people?{query}")).await;
    let count = found["count"].as_u64().unwrap();
    let listed = found["data"].as_array().unwrap().len() as u64;
    assert_eq!(listed, count.min(500), "{query}");
    count
}

#[tokio::test]
async fn with_few_buyers_the_boards_say_how_many_are_missing() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    for (number, who) in ["anna", "bruno"].into_iter().enumerate() {
        let id = format!("o-{number}");
        filo.send([order(who, &id, days_ago(3), ("web", 20.0))])
            .await;
    }
    for (board, page) in [(WORTH, "/analysis/worth"), (LEAVING, "/analysis/leaving")] {
        let told = filo.api_get(board).await;
        assert_eq!(
            told["lack"],
            json!({"of": "buyers", "have": 2, "least": 50})
        );
        assert_eq!(told["people"], json!(0));
        let page = look(&filo, &format!("{page}?lang=it"), &owner)
            .await
            .ok()
            .text();
        assert!(
            page.contains("Non ancora") && page.contains("ne mancano 48"),
            "{page}"
        );
    }
    assert_eq!(behind(&filo, WORTH, "who=all").await, 0);
    assert_eq!(behind(&filo, LEAVING, "who=at_risk").await, 0);
}

#[tokio::test]
async fn every_number_of_worth_is_that_of_the_people_behind_it() {
    let filo = Filo::start().await;
    shop(&filo).await;
    let segment = json!({"name": "Spesso", "condition": {"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 4}, "during": "ever"}}}}});
    let segment = filo.api_post("/api/v1/segments", &segment).await;
    filo.app.segments_settled().await.unwrap();
    let segment = format!("segment={}", segment["id"].as_str().unwrap());
    for by in ["channel", "quarter", "month"] {
        for narrowed in ["", &*segment] {
            let told = worth(&filo, &format!("by={by}&{narrowed}")).await;
            let people = told["people"].as_u64().unwrap();
            assert_eq!(people == 120, narrowed.is_empty(), "{people}");
            let mut groups = 0;
            for group in told["groups"].as_array().unwrap() {
                let word = group["group"].as_str().unwrap();
                let query = format!("who=group&group={word}&{narrowed}");
                assert_eq!(
                    behind(&filo, WORTH, &query).await,
                    group["people"],
                    "{query}"
                );
                groups += group["people"].as_u64().unwrap();
            }
            assert_eq!(groups, people);
            let query = |who: &str| format!("{who}&{narrowed}");
            assert_eq!(behind(&filo, WORTH, &query("who=all")).await, people);
            let mut bands = behind(&filo, WORTH, &query("who=once")).await;
            assert_eq!(told["bought_once"], json!(bands));
            for band in told["still_buying"].as_array().unwrap() {
                let query = query(&format!("who=band&band={}", band["band"]));
                let found = behind(&filo, WORTH, &query).await;
                assert_eq!(band["people"], json!(found), "{query}");
                bands += found;
            }
            assert_eq!(bands, people);
        }
    }
    let told = worth(&filo, "").await;
    assert_eq!(told["model"]["prior"], json!("wide"));
    assert_eq!(told["model"]["buyers"], json!(120));
    let total = &told["expected"]["worth"];
    let cents = |key: &str| total[key].as_i64().unwrap();
    assert!(cents("low_cents") < cents("cents") && cents("cents") < cents("high_cents"));
    assert!(told["simple"]["worth_cents"].as_i64().unwrap() > 0);
    // A person is expected what stands in the list, the most first.
    let people = filo.api_get(&format!("{WORTH}/people?who=all")).await;
    let each: Vec<i64> = people["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["worth_cents"].as_i64().unwrap())
        .collect();
    assert!(each.is_sorted_by(|one, other| one >= other), "{each:?}");
    assert!((each.iter().sum::<i64>() - cents("cents")).abs() <= 120);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused() {
    let filo = Filo::start().await;
    for query in [
        "by=moon",
        "at=yesterday",
        "segment=none",
        "colour=red",
        "people=1",
    ] {
        let request = filo.request(http::Method::GET, &format!("{WORTH}?{query}"));
        let answer = request.bearer(&filo.api_key).send().await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text());
    }
    for (query, status) in [
        ("", 422),
        ("who=some", 422),
        ("who=band", 422),
        ("who=band&band=5", 422),
        ("who=group&group=2026-13", 422),
        ("who=all&segment=seg_00000000000000000000000001", 404),
    ] {
        let request = filo.request(http::Method::GET, &format!("{WORTH}/people?{query}"));
        let answer = request.bearer(&filo.api_key).send().await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
    }
}

#[tokio::test]
async fn every_number_of_those_who_leave_is_that_of_the_people_behind_it() {
    let filo = Filo::start().await;
    shop(&filo).await;
    // Before buyers are measured nobody knows the rhythm.
    let told = leaving(&filo, "").await;
    assert_eq!(
        (&told["rhythm"], &told["at_risk"]),
        (&Value::Null, &Value::Null)
    );
    let buyers = filo.api_post("/api/v1/buyers/measuring", &json!({})).await;
    let stage = |word: &str| {
        let mut stages = buyers["measure"]["stages"].as_array().unwrap().iter();
        let found = stages.find(|it| it["word"] == word);
        found.map_or(json!(0), |it| it["people"].clone())
    };
    for window in [30, 90] {
        let query = format!("window_days={window}");
        let told = leaving(&filo, &query).await;
        assert_eq!(told["at_risk"], stage("at_risk"));
        assert_eq!(told["lost"], stage("lost"));
        for who in ["at_risk", "lost"] {
            let found = behind(&filo, LEAVING, &format!("{query}&who={who}")).await;
            assert_eq!(told[who], json!(found), "{who}");
        }
        let months = told["months"].as_array().unwrap();
        assert_eq!(months.len(), 12);
        let mut lost = 0;
        for month in months {
            for rule in ["window", "rhythm"] {
                for part in ["start", "lost"] {
                    let word = month["month"].as_str().unwrap();
                    let query = format!("{query}&who=month&month={word}&rule={rule}&part={part}");
                    let found = behind(&filo, LEAVING, &query).await;
                    assert_eq!(month[rule][part], json!(found), "{query}");
                    lost += if part == "lost" { found } else { 0 };
                }
            }
        }
        assert!(lost > 0);
        for band in told["check"]["bands"].as_array().unwrap() {
            let query = format!("{query}&who=checked&band={}", band["band"]);
            assert_eq!(behind(&filo, LEAVING, &query).await, band["people"]);
            let bought = behind(&filo, LEAVING, &format!("{query}&bought=true")).await;
            let not = behind(&filo, LEAVING, &format!("{query}&bought=false")).await;
            assert_eq!(band["bought"], json!(bought));
            assert_eq!(band["people"], json!(bought + not));
        }
    }
    for (query, status) in [
        ("who=some", 422),
        ("who=month", 422),
        ("who=month&month=2026-13&rule=window&part=lost", 422),
        ("who=month&month=2026-03&rule=moon&part=lost", 422),
        ("who=month&month=2026-03&rule=window&part=some", 422),
        ("who=checked&band=10", 422),
        ("who=lost&window_days=31", 422),
        ("who=lost&segment=seg_00000000000000000000000001", 404),
    ] {
        let request = filo.request(http::Method::GET, &format!("{LEAVING}/people?{query}"));
        let answer = request.bearer(&filo.api_key).send().await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
    }
}

#[tokio::test]
async fn joining_calling_off_coming_late_and_forgetting_change_the_figures() {
    let filo = Filo::start().await;
    shop(&filo).await;
    let counts = async |filo: &Filo| {
        let told = worth(filo, "by=month").await;
        let count = |key: &str| told[key].as_u64().unwrap();
        (count("people"), count("bought_once"))
    };
    let (people, once) = counts(&filo).await;
    // Somebody unknown buys in the browser; then they are one of those who are known.
    let mut visitor = order("", "v-1", days_ago(2), ("web", 15.0));
    visitor["userId"] = Value::Null;
    visitor["anonymousId"] = json!("cookie-1");
    filo.send([visitor]).await;
    assert_eq!(counts(&filo).await, (people + 1, once + 1));
    filo.send([
        json!({"type": "identify", "anonymousId": "cookie-1", "userId": "b-018",
               "messageId": "i-1", "traits": {}}),
    ])
    .await;
    // Who had bought once has bought twice now.
    assert_eq!(counts(&filo).await, (people, once - 1));
    let called_off = json!({"type": "track", "userId": "b-018", "event": "Order Cancelled",
        "messageId": "c-1", "properties": {"order_id": "v-1"}});
    filo.send([called_off]).await;
    assert_eq!(counts(&filo).await, (people, once));
    // What is told late counts where it belongs in time.
    let late = order("late", "l-1", days_ago(700), ("shop", 9.0));
    filo.send([late]).await;
    assert_eq!(counts(&filo).await, (people + 1, once + 1));
    let told = worth(&filo, "by=month").await;
    let oldest = told["groups"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&oldest["group"], &oldest["people"]),
        (&json!("2024-11"), &json!(1))
    );
    // As of a time before it all there is nobody.
    let before = worth(&filo, &format!("at={}", days_ago(701))).await;
    assert_eq!(before["lack"]["have"], json!(0));
    let gone = filo.user("late").await.id;
    let path = format!("/api/v1/customers/{gone}/erasure");
    filo.api_post(&path, &json!({"ground": "request"})).await;
    filo.settle().await;
    assert_eq!(counts(&filo).await, (people, once));
    // From the lake, and after a restart, the same is read.
    let told = worth(&filo, "").await;
    filo.flush().await;
    assert_eq!(worth(&filo, "").await, told);
    let filo = filo.restart().await;
    assert_eq!(worth(&filo, "").await, told);
}

#[tokio::test]
async fn the_console_shows_both_boards_and_leads_to_the_people() {
    let filo = Filo::start().await;
    shop(&filo).await;
    filo.api_post("/api/v1/buyers/measuring", &json!({})).await;
    let marketer = somebody(&filo, "marketer", Role::Marketer).await.text;
    let page = look(&filo, "/analysis/worth?lang=it&by=channel", &marketer)
        .await
        .ok()
        .text();
    for text in [
        "Valore dei clienti",
        "Chi se ne va",
        "La formula semplice",
        "Chi compra ancora da te",
        "/analysis/worth/people?by=channel&amp;who=once",
        "/analysis/worth/people?by=channel&amp;who=group&amp;group=shop",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let once = look(&filo, "/analysis/worth/people?who=once", &marketer).await;
    assert!(once.ok().text().contains("/people/cus_"));
    let page = look(&filo, "/analysis/leaving?lang=it&window=30", &marketer)
        .await
        .ok()
        .text();
    for text in [
        "A rischio adesso",
        "Persi, mese per mese",
        "Punteggio di Brier",
        "role=\"img\" aria-labelledby=\"leaving-chart-title leaving-chart-desc\"",
        "who=month&amp;month=2026-09&amp;rule=rhythm&amp;part=lost",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let month = "/analysis/leaving/people?window=30&who=month&month=2026-09&rule=window&part=start";
    look(&filo, month, &marketer).await.ok();
    for wrong in [
        "/analysis/worth/people?who=moon",
        "/analysis/worth/people?who=band&band=9",
        "/analysis/leaving/people?who=month&month=2026-09&rule=moon&part=start",
        "/analysis/leaving/people?who=checked&band=10",
    ] {
        look(&filo, wrong, &marketer).await.is(404);
    }
}

#[tokio::test]
async fn an_analyst_sees_figures_and_nobodys_name() {
    let filo = Filo::start().await;
    shop(&filo).await;
    filo.api_post("/api/v1/buyers/measuring", &json!({})).await;
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    let marketer = somebody(&filo, "marketer", Role::Marketer).await.text;
    for path in [
        "/analysis/worth",
        "/analysis/worth/people?who=all",
        "/analysis/leaving",
        "/analysis/leaving/people?who=lost",
    ] {
        let page = look(&filo, path, &analyst).await.ok().text();
        assert!(!page.contains("Ferrarini"), "{path}: {page}");
    }
    let all = look(&filo, "/analysis/worth/people?who=all", &marketer).await;
    assert!(all.ok().text().contains("Ferrarini"));
    // Whoever stands at the counter sees neither.
    let shop = somebody(&filo, "shop", Role::ShopStaff).await.text;
    for path in ["/analysis/worth", "/analysis/leaving/people?who=lost"] {
        look(&filo, path, &shop).await.is(403);
    }
}

#[tokio::test]
async fn months_follow_the_clock_of_the_company() {
    let filo = Filo::start().await;
    shop(&filo).await;
    let first = |told: &Value| told["months"][11]["from"].clone();
    assert_eq!(first(&leaving(&filo, "").await), "2026-08-31T22:00:00.000Z");
    let company = json!({"name": "Àncora", "language": "it", "zone": "Pacific/Auckland",
        "version": 0});
    let request = filo.request(http::Method::PUT, "/api/v1/settings/company");
    let answer = request.bearer(&filo.api_key).json(&company).send().await;
    answer.ok();
    assert_eq!(first(&leaving(&filo, "").await), "2026-08-31T12:00:00.000Z");
}
