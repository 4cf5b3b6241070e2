//! Who buys: not yet with few buyers, then groups, stages and scores in the console, over the API
//! and on a person's page.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};

const DAY: Duration = Duration::from_secs(86_400);

fn order(number: u32, user: &str, amount: u32) -> Value {
    json!({"type": "track", "userId": user, "event": "Order Completed",
           "messageId": format!("order-{number}"),
           "properties": {"order_id": format!("o-{number}"), "revenue": amount, "total": amount,
                          "currency": "EUR"}})
}

/// Sixty who bought every ten days: five of them once, five twice … and five twelve times, until
/// ten days ago.
async fn shop(filo: &Filo) {
    let mut number = 0;
    for round in 0..12 {
        let mut orders = Vec::new();
        for person in 0..60 {
            if round <= person / 5 {
                number += 1;
                orders.push(order(number, &format!("b-{person:02}"), 10 + person));
            }
        }
        filo.send(orders).await;
        filo.advance(DAY * 10);
    }
    filo.send([
        json!({"type": "identify", "userId": "b-59", "messageId": "i-59",
        "traits": {"name": "Zelinda Ferrarini", "email": "zelinda@example.it"}}),
    ])
    .await;
    filo.settle().await;
}

fn tally<'a>(list: &'a Value, word: &str) -> &'a Value {
    let mut rows = list.as_array().unwrap().iter();
    rows.find(|row| row["word"] == word).unwrap()
}

#[tokio::test]
async fn with_few_buyers_it_says_how_many_are_missing() {
    let filo = Filo::start().await;
    filo.send([order(1, "anna", 20), order(2, "bruno", 30)])
        .await;
    filo.settle().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/buyers?lang=it", &owner).await.ok().text();
    assert!(
        page.contains("Non ancora") && page.contains("Mancano 48 persone"),
        "{page}"
    );
    let buyers = filo.api_get("/api/v1/buyers").await;
    assert_eq!(
        (&buyers["measure"], &buyers["buyers_now"]),
        (&Value::Null, &json!(2))
    );
    // Measured all the same, it is known what is missing, and nobody has a score.
    let measured = filo.api_post("/api/v1/buyers/measuring", &json!({})).await;
    let measure = &measured["measure"];
    assert_eq!(
        (&measure["cuts"], &measure["groups"]),
        (&Value::Null, &json!([]))
    );
    let lack = &measure["lacks"][0];
    assert_eq!(lack, &json!({"of": "buyers", "have": 2, "least": 50}));
    let anna = filo.user("anna").await.id;
    let buying = filo
        .api_get(&format!("/api/v1/customers/{anna}/buying"))
        .await;
    assert_eq!(
        (&buying["orders"], &buying["revenue_cents"]),
        (&json!(1), &json!(2_000))
    );
    assert_eq!(
        (&buying["scores"], &buying["stage"]),
        (&Value::Null, &Value::Null)
    );
    let person = look(&filo, &format!("/people/{anna}?lang=it"), &owner).await;
    let person = person.ok().text();
    assert!(person.contains("Punteggi: non ancora"), "{person}");
}

#[tokio::test]
async fn everybody_who_bought_is_in_one_group_and_one_stage() {
    let filo = Filo::start().await;
    shop(&filo).await;
    let marketer = somebody(&filo, "marketer", Role::Marketer).await.text;
    let page = look(&filo, "/buyers?lang=it", &marketer).await.ok().text();
    assert!(page.contains("Adesso bastano"), "{page}");
    let done = post(&filo, "/buyers/measuring", &marketer, "").await;
    assert_eq!(done.status, 303);
    let buyers = filo.api_get("/api/v1/buyers").await;
    let measure = &buyers["measure"];
    assert_eq!(
        (&measure["buyers"], &measure["customers"]),
        (&json!(60), &json!(60))
    );
    let groups = measure["groups"].as_array().unwrap();
    let people = |rows: &[Value]| {
        rows.iter()
            .map(|row| row["people"].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!((groups.len(), people(groups)), (10, 60));
    assert_eq!(people(measure["stages"].as_array().unwrap()), 60);
    assert_eq!(people(measure["cells"].as_array().unwrap()), 60);
    assert!(measure["limits"]["late_days"].as_i64() >= measure["limits"]["usual_days"].as_i64());

    let page = look(&filo, "/buyers?lang=it&days=90", &marketer)
        .await
        .ok()
        .text();
    for text in [
        "Campioni",
        "Il ciclo di vita",
        "Chi si è spostato",
        "Di chi ricompra, metà",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
}

#[tokio::test]
async fn a_number_leads_to_the_people_behind_it() {
    let filo = Filo::start().await;
    shop(&filo).await;
    let marketer = somebody(&filo, "marketer", Role::Marketer).await.text;
    let buyers = filo.api_post("/api/v1/buyers/measuring", &json!({})).await;
    let measure = &buyers["measure"];
    let page = look(&filo, "/buyers?lang=it", &marketer).await.ok().text();
    // A number leads to the form, which has counted already.
    let champions = tally(&measure["groups"], "champions");
    let door = "/segments/new?text=rfm%20group%20champions&amp;called=Campioni";
    assert!(page.contains(door), "{page}");
    let form = look(&filo, &door.replace("&amp;", "&"), &marketer).await;
    let form = form.ok().text();
    assert!(
        form.contains("value=\"Campioni\"") && form.contains("Zelinda Ferrarini"),
        "{form}"
    );
    let count = format!("<strong>{}</strong>", champions["people"]);
    assert!(form.contains(&count), "{count}: {form}");

    // The same people are in the segment that is made of it.
    let new = json!({"name": "Campioni", "text": "rfm group champions"});
    let made = filo.api_post("/api/v1/segments", &new).await;
    filo.app.segments_settled().await.unwrap();
    let id = made["id"].as_str().unwrap();
    let made = filo.api_get(&format!("/api/v1/segments/{id}")).await;
    assert_eq!(made["members"], champions["people"]);
    assert_eq!(made["condition"], json!({"rfm": {"group": "champions"}}));
    assert_eq!(made["sentence"]["it"], "È nel gruppo «Campioni».");

    let zelinda = filo.user("b-59").await.id;
    let buying = filo
        .api_get(&format!("/api/v1/customers/{zelinda}/buying"))
        .await;
    assert_eq!(
        (&buying["orders"], &buying["group"]),
        (&json!(12), &json!("champions"))
    );
    assert_eq!(
        buying["scores"],
        json!({"recency": 5, "frequency": 5, "monetary": 5})
    );
    let person = look(&filo, &format!("/people/{zelinda}?lang=it"), &marketer).await;
    let person = person.ok().text();
    for text in ["R 5 · F 5 · M 5", "Campioni", "12 ordini per"] {
        assert!(person.contains(text), "{text}: {person}");
    }
}

#[tokio::test]
async fn an_analyst_sees_counts_and_no_way_to_names() {
    let filo = Filo::start().await;
    shop(&filo).await;
    filo.app.tend_buyers().await.unwrap();
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    let page = look(&filo, "/buyers?lang=it", &analyst).await.ok().text();
    assert!(
        page.contains("Campioni") && !page.contains("/segments/new"),
        "{page}"
    );
    assert!(
        !page.contains("/buyers/measuring") && !page.contains("Ferrarini"),
        "{page}"
    );
    let refused = post(&filo, "/buyers/measuring", &analyst, "").await;
    assert_eq!(refused.status, 403);
    let days = filo.api_get("/api/v1/buyers/days?days=5").await;
    let days = days["data"].as_array().unwrap();
    assert_eq!((days.len(), &days[0]["measure"]["buyers"]), (1, &json!(60)));
}
