//! Cohorts on the company's calendar: every cell is that of the people behind it.

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::{Value, json};

use super::{behind, joined, refused};
use crate::access::{look, somebody};
use crate::journey::DAY;

const COHORTS: &str = "/api/v1/analysis/cohorts";

async fn cohorts(filo: &Filo, query: &str) -> Value {
    filo.api_get(&format!("{COHORTS}?{query}")).await
}

/// An order of somebody at an instant.
async fn ordered(filo: &Filo, who: &str, (id, at, euros): (&str, &str, i64)) {
    filo.send([
        json!({"type": "track", "userId": who, "event": "Order Completed", "timestamp": at,
               "messageId": format!("{who}-{id}"), "channel": "web",
               "properties": {"order_id": id, "revenue": euros, "currency": "EUR"}}),
    ])
    .await;
}

/// First day and customers by period, of the cohorts of somebody, with the people behind each.
async fn compared(filo: &Filo, query: &str) -> Vec<(String, Vec<u64>)> {
    let told = cohorts(filo, query).await;
    let mut rows = Vec::new();
    for cohort in told["cohorts"].as_array().unwrap() {
        let first = cohort["first"].as_str().unwrap();
        let mut counts = Vec::new();
        for cell in cohort["cells"].as_array().unwrap() {
            let after = &cell["after"];
            let address = format!("{COHORTS}/people?{query}&first={first}&after={after}");
            behind(filo, &address, &cell["customers"]).await;
            counts.push(cell["customers"].as_u64().unwrap());
        }
        assert_eq!(cohort["customers"].as_u64(), counts.first().copied());
        if counts[0] > 0 {
            rows.push((first.to_owned(), counts));
        }
    }
    let running = &told["running"];
    let first = running["first"].as_str().unwrap();
    let address = format!("{COHORTS}/people?{query}&first={first}");
    behind(filo, &address, &running["customers"]).await;
    rows
}

/// Anna orders at the end of August, late in the evening, then in September; Bruno on the Sunday
/// before the week of 7 September and the day after; Carla now.
async fn three(filo: &Filo) {
    ordered(filo, "anna", ("a-1", "2026-08-31T22:30:00Z", 40)).await;
    ordered(filo, "anna", ("a-2", "2026-09-20T10:00:00Z", 20)).await;
    ordered(filo, "bruno", ("b-1", "2026-09-06T10:00:00Z", 10)).await;
    ordered(filo, "bruno", ("b-2", "2026-09-07T10:00:00Z", 5)).await;
    ordered(filo, "carla", ("c-1", "2026-10-06T10:00:00Z", 5)).await;
    filo.settle().await;
}

async fn set_zone(filo: &Filo, zone: &str) {
    let version = filo.api_get("/api/v1/settings/company").await["version"].clone();
    let company = json!({"name": "Bottega", "language": "it", "zone": zone, "version": version});
    let request = filo.request(http::Method::PUT, "/api/v1/settings/company");
    request
        .bearer(&filo.api_key)
        .json(&company)
        .send()
        .await
        .ok();
}

#[tokio::test]
async fn cohorts_follow_the_clock_of_the_company_and_lead_to_their_people() {
    let filo = Filo::start().await;
    assert!(compared(&filo, "").await.is_empty());
    three(&filo).await;
    let row = |first: &str, counts: &[u64]| (first.to_owned(), counts.to_vec());
    // Half past midnight in Rome: September.
    assert_eq!(compared(&filo, "").await, [row("2026-09-01", &[2])]);
    assert_eq!(
        compared(&filo, "unit=week&periods=8").await,
        [row("2026-08-31", &[2, 1, 1, 0, 0])]
    );
    let told = cohorts(&filo, "").await;
    assert_eq!(
        (&told["zone"], &told["currency"]),
        (&json!("Europe/Rome"), &json!("EUR"))
    );
    assert_eq!(
        told["running"],
        json!({"first": "2026-10-01", "customers": 1})
    );
    let september = told["cohorts"].as_array().unwrap().last().unwrap();
    let cell = &september["cells"][0];
    assert_eq!(
        (&cell["orders"], &cell["revenue_cents"]),
        (&json!(4), &json!(7_500))
    );
    assert_eq!(cell["brought_each_cents"], json!(3_750));
    // In Lisbon it is still August.
    set_zone(&filo, "Europe/Lisbon").await;
    assert_eq!(
        compared(&filo, "").await,
        [row("2026-08-01", &[1, 1]), row("2026-09-01", &[1])]
    );
    // As of an earlier day, what came since is not there.
    let early = compared(&filo, "until=2026-09-15T00:00:00Z").await;
    assert_eq!(early, [row("2026-08-01", &[1])]);
    for (query, status) in [
        ("?unit=day", 422),
        ("?periods=0", 422),
        ("?periods=61", 422),
        ("?until=tomorrow", 422),
        ("?channel=moon", 422),
        ("?channel=server", 422),
        ("?segment=seg_00000000000000000000000001", 404),
        ("/people?first=someday", 422),
        ("/people?first=2026-09-02", 404),
        ("/people?first=2026-09-01&after=1", 404),
        ("/people?first=2026-10-01&after=1", 404),
        ("/people?first=2026-09-01&after=70000", 422),
        ("?colour=red", 422),
    ] {
        refused(&filo, &format!("{COHORTS}{query}"), status).await;
    }
}

#[tokio::test]
async fn joining_calling_off_coming_late_and_forgetting_change_cohorts() {
    let filo = Filo::start().await;
    three(&filo).await;
    let row = |first: &str, counts: &[u64]| (first.to_owned(), counts.to_vec());
    // An order of July is told only now: another cohort.
    ordered(&filo, "bruno", ("b-0", "2026-07-02T10:00:00Z", 7)).await;
    filo.settle().await;
    assert_eq!(
        compared(&filo, "").await,
        [row("2026-07-01", &[1, 0, 1]), row("2026-09-01", &[1])]
    );
    filo.send([
        json!({"type": "track", "userId": "bruno", "event": "Order Cancelled", "messageId": "x-1",
               "properties": {"order_id": "b-0"}}),
    ])
    .await;
    filo.settle().await;
    assert_eq!(compared(&filo, "").await, [row("2026-09-01", &[2])]);
    // The same person under two names.
    joined(&filo, "anna", "bruno").await;
    assert_eq!(compared(&filo, "").await, [row("2026-09-01", &[1])]);
    let anna = filo.find(Kind::UserId, "anna").await.unwrap();
    let path = format!("/api/v1/customers/{}/erasure", anna.id);
    filo.api_post(&path, &json!({"ground": "request"})).await;
    filo.settle().await;
    assert!(compared(&filo, "").await.is_empty());
    assert_eq!(cohorts(&filo, "").await["running"]["customers"], json!(1));
    let filo = filo.restart().await;
    assert!(compared(&filo, "").await.is_empty());
}

#[tokio::test]
async fn a_channel_and_a_segment_narrow() {
    let filo = Filo::start().await;
    three(&filo).await;
    // Anna was seen at the counter before.
    filo.send([
        json!({"type": "track", "userId": "anna", "event": "Product Viewed", "messageId": "s-1",
               "timestamp": "2026-08-01T10:00:00Z", "properties": {"channel": "shop"}}),
    ])
    .await;
    filo.settle().await;
    let row = |first: &str, counts: &[u64]| (first.to_owned(), counts.to_vec());
    assert_eq!(
        compared(&filo, "channel=shop").await,
        [row("2026-09-01", &[1])]
    );
    assert_eq!(
        compared(&filo, "channel=web").await,
        [row("2026-09-01", &[1])]
    );
    assert!(compared(&filo, "channel=phone").await.is_empty());
    let segment = json!({"name": "Quaranta", "condition": {"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 2}, "during": "ever"}}}}});
    let segment = filo.api_post("/api/v1/segments", &segment).await;
    filo.app.segments_settled().await.unwrap();
    let query = format!("segment={}", segment["id"].as_str().unwrap());
    assert_eq!(compared(&filo, &query).await, [row("2026-09-01", &[2])]);
    assert_eq!(
        cohorts(&filo, &query).await["running"]["customers"],
        json!(0)
    );
}

#[tokio::test]
async fn the_page_shows_each_variant_and_leads_to_the_people() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/analysis/cohorts", &owner).await.ok().text();
    assert!(
        page.contains("Ancora nessuna coorte") || page.contains("No cohort yet"),
        "{page}"
    );
    three(&filo).await;
    filo.advance(30 * DAY);
    let owner = somebody(&filo, "giulia", Role::Owner).await.text;
    let query = "unit=month&amp;count=12&amp;show=orders";
    let link = format!("/analysis/cohorts/people?{query}&amp;first=2026-09-01&amp;after=0");
    let address = format!("/analysis/cohorts?{}", query.replace("&amp;", "&"));
    let page = look(&filo, &address, &owner).await.ok().text();
    assert!(
        page.contains(&format!(r#"<a href="{link}">2</a>"#)),
        "{page}"
    );
    assert!(
        page.contains(&format!(r#"<a href="{link}">4</a>"#)),
        "{page}"
    );
    assert!(page.contains(r#"class="heat-5""#) && page.contains("Europe/Rome"));
    let people = look(&filo, &link.replace("&amp;", "&"), &owner)
        .await
        .ok()
        .text();
    assert_eq!(
        people.matches(r#"<a class="line" href="/people/"#).count(),
        2
    );
    for (show, told) in [
        ("customers", "<td>2026"),
        ("revenue", "75,00"),
        ("each", "37,50"),
    ] {
        let address = format!("/analysis/cohorts?show={show}&until=2026-10-31");
        let page = look(&filo, &address, &owner).await.ok().text();
        assert!(show == "customers" || page.contains(told), "{show}: {page}");
        let sheet = look(&filo, &format!("{address}&as=csv"), &owner)
            .await
            .ok()
            .text();
        assert_eq!(sheet.lines().count(), 13, "{sheet}");
        let row = sheet
            .lines()
            .find(|it| it.starts_with("2026-09-01"))
            .unwrap();
        let expected = match show {
            "customers" => "2026-09-01;2;2;0",
            "revenue" => "2026-09-01;2;75,00;0,00",
            _ => "2026-09-01;2;37,50;37,50",
        };
        assert!(row.starts_with(expected), "{show}: {sheet}");
    }
    for wrong in [
        "first=2026-09-02&after=0",
        "first=x&after=0",
        "first=2026-09-01&after=x",
    ] {
        look(&filo, &format!("/analysis/cohorts/people?{wrong}"), &owner)
            .await
            .is(404);
    }
}
