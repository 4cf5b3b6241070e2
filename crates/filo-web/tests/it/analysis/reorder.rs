//! Repeat purchases: every figure is that of the people behind it, and changes when they do.

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::{Value, json};

use super::{behind, does, joined, refused};
use crate::access::{look, somebody};
use crate::journey::DAY;

const REORDER: &str = "/api/v1/analysis/reorder";

async fn reorder(filo: &Filo, query: &str) -> Value {
    filo.api_get(&format!("{REORDER}?{query}")).await
}

/// An order of a product, so many days before now.
fn bought(filo: &Filo, (who, id, days): (&str, &str, i64), product: &Value) -> Value {
    let at = filo.now().plus_seconds(-days * 86_400).to_string();
    json!({"type": "track", "userId": who, "event": "Order Completed", "timestamp": at,
           "messageId": format!("{who}-{id}"),
           "properties": {"order_id": format!("{who}-{id}"), "revenue": 9, "channel": "web",
                          "products": [product]}})
}

/// Twenty-four buy coffee again after 10 to 33 days, the last time 20 days ago; one bought it once,
/// a hundred days ago. One bought a pot.
async fn many(filo: &Filo) {
    let coffee = json!({"sku": "c-1", "name": "Caffè", "quantity": 1, "price": 9});
    let mut events = Vec::new();
    for number in 0..24 {
        let who = format!("u{number}");
        events.push(bought(filo, (&who, "one", 30 + number), &coffee));
        events.push(bought(filo, (&who, "two", 20), &coffee));
    }
    events.push(bought(filo, ("once", "one", 100), &coffee));
    let pot = json!({"product_id": "p 1&2", "name": "=Moka", "quantity": 1, "price": 30});
    events.push(bought(filo, ("u0", "pot", 5), &pot));
    filo.send(events).await;
    filo.settle().await;
}

async fn compare(filo: &Filo, told: &Value) {
    for it in told["data"].as_array().unwrap() {
        let key = it["key"]
            .as_str()
            .unwrap()
            .replace(' ', "%20")
            .replace('&', "%26");
        for who in ["buyers", "returned", "due"] {
            let address = format!("{REORDER}/people?product={key}&who={who}");
            behind(filo, &address, &it[who]).await;
        }
    }
    behind(filo, &format!("{REORDER}/people?who=due"), &told["due"]).await;
}

#[tokio::test]
async fn repeats_are_told_with_the_people_behind_each_figure() {
    let filo = Filo::start().await;
    let nothing = reorder(&filo, "").await;
    assert_eq!(
        (&nothing["products"], &nothing["data"]),
        (&json!(0), &json!([]))
    );
    many(&filo).await;
    let told = reorder(&filo, "").await;
    assert_eq!((&told["products"], &told["found"]), (&json!(2), &json!(2)));
    let coffee = &told["data"][0];
    for (key, expected) in [
        ("key", json!("c-1")),
        ("name", json!("Caffè")),
        ("buyers", json!(25)),
        ("returned", json!(24)),
        ("repeats", json!(24)),
        // All wait since 20 days, and the median is later.
        ("due", json!(0)),
    ] {
        assert_eq!(coffee[key], expected, "{key}");
    }
    let day = |key: &str| coffee["days"][key].as_f64().unwrap();
    assert!(20.0 < day("median") && day("median") < day("upper") && day("upper") <= 33.0);
    let pot = &told["data"][1];
    assert_eq!((&pot["key"], &pot["days"]), (&json!("p 1&2"), &Value::Null));
    compare(&filo, &told).await;
    // Thirty days after the last time they are due, all of them, and in the end no longer: while
    // they wait, the median moves on with them from day 25 to day 30.
    filo.advance(10 * DAY);
    let later = reorder(&filo, "").await;
    assert_eq!(
        (&later["data"][0]["due"], &later["due"]),
        (&json!(24), &json!(24))
    );
    compare(&filo, &later).await;
    let people = filo.api_get(&format!("{REORDER}/people?who=due")).await;
    assert_eq!(people["data"][0]["about"], json!(["Caffè"]));
    filo.advance(60 * DAY);
    assert_eq!(reorder(&filo, "").await["due"], json!(0));
    assert_eq!(reorder(&filo, "search=moka").await["found"], json!(1));
    assert_eq!(reorder(&filo, "search=zucchero").await["data"], json!([]));
    let long = "x".repeat(201);
    for (query, status) in [
        (format!("?search={long}"), 422),
        ("?segment=none".to_owned(), 422),
        ("?segment=seg_00000000000000000000000001".to_owned(), 404),
        ("?colour=red".to_owned(), 422),
        ("/people?who=some".to_owned(), 422),
        ("/people?product=c-1".to_owned(), 422),
        ("/people?who=due&product=none".to_owned(), 404),
    ] {
        refused(&filo, &format!("{REORDER}{query}"), status).await;
    }
}

#[tokio::test]
async fn joining_calling_off_coming_late_and_forgetting_change_repeats() {
    let filo = Filo::start().await;
    many(&filo).await;
    let coffee = |told: &Value| {
        let it = &told["data"][0];
        ["buyers", "returned", "repeats"].map(|key| it[key].as_u64().unwrap())
    };
    // Whoever bought once had bought before, told only now.
    let product = json!({"sku": "c-1", "name": "Caffè"});
    filo.send([bought(&filo, ("once", "zero", 150), &product)])
        .await;
    filo.settle().await;
    let told = reorder(&filo, "").await;
    assert_eq!(coffee(&told), [25, 25, 25]);
    compare(&filo, &told).await;
    does(
        &filo,
        "u3",
        "Order Cancelled",
        json!({"order_id": "u3-two"}),
    )
    .await;
    filo.settle().await;
    let told = reorder(&filo, "").await;
    assert_eq!(coffee(&told), [25, 24, 24]);
    // Two who are one bought four times, 30 and 31 days ago and twice 20 days ago, which is once.
    joined(&filo, "u0", "u1").await;
    let told = reorder(&filo, "").await;
    assert_eq!(coffee(&told), [24, 23, 24]);
    compare(&filo, &told).await;
    let once = filo.find(Kind::UserId, "once").await.unwrap();
    let path = format!("/api/v1/customers/{}/erasure", once.id);
    filo.api_post(&path, &json!({"ground": "request"})).await;
    filo.settle().await;
    let told = reorder(&filo, "").await;
    assert_eq!(coffee(&told), [23, 22, 23]);
    compare(&filo, &told).await;
    let filo = filo.restart().await;
    assert_eq!(reorder(&filo, "").await, told);
}

#[tokio::test]
async fn the_page_leads_to_who_is_due_and_its_file_is_safe() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/analysis/reorder", &owner).await.ok().text();
    assert!(
        page.contains("Ancora nessun prodotto") || page.contains("No product yet"),
        "{page}"
    );
    many(&filo).await;
    let page = look(&filo, "/analysis/reorder", &owner).await.ok().text();
    let link = "/analysis/reorder/people?search=&amp;who=returned&amp;product=c-1";
    assert!(
        page.contains(&format!(r#"<a href="{link}">24</a>"#)),
        "{page}"
    );
    let people = look(&filo, &link.replace("&amp;", "&"), &owner)
        .await
        .ok()
        .text();
    assert_eq!(
        people.matches(r#"<a class="line" href="/people/"#).count(),
        24
    );
    assert!(page.contains("product=p%201%262"), "{page}");
    let found = look(&filo, "/analysis/reorder?search=moka", &owner)
        .await
        .ok()
        .text();
    assert!(found.contains("=Moka") && !found.contains("Caffè"));
    let none = look(&filo, "/analysis/reorder?search=zucchero", &owner)
        .await
        .ok()
        .text();
    assert!(none.contains("Nessun prodotto trovato") || none.contains("No product found"));
    let sheet = look(&filo, "/analysis/reorder?as=csv", &owner)
        .await
        .ok()
        .text();
    assert!(sheet.contains("c-1;Caffè;25;24;24;"), "{sheet}");
    // A name that begins like a formula is none in a spreadsheet.
    assert!(sheet.contains(";'=Moka;1;0;0;;;;;0"), "{sheet}");
    for wrong in ["who=some", "who=due&product=none", "product=c-1"] {
        look(&filo, &format!("/analysis/reorder/people?{wrong}"), &owner)
            .await
            .is(404);
    }
}
