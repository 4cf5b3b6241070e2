//! Segments through the running program: made, kept up, explained, put away.

use std::time::Duration;

use filo_testkit::Filo;
use serde_json::{Value, json};

const DAY: Duration = Duration::from_secs(86_400);

/// Bought twice in ninety days.
fn twice() -> Value {
    json!({"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 2}, "during": {"last": "90 days"}}},
    }})
}

fn order(number: u32, user: &str) -> Value {
    json!({"type": "track", "userId": user, "event": "Order Completed",
           "messageId": format!("order-{number}"),
           "properties": {"order_id": format!("o-{number}"), "total": 20, "currency": "EUR"}})
}

async fn members(filo: &Filo, id: &str) -> Vec<String> {
    filo.app.segments_settled().await.unwrap();
    let page = filo
        .api_get(&format!("/api/v1/segments/{id}/members"))
        .await;
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["customer"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn who_bought_twice_is_in_until_the_days_are_over() {
    let filo = Filo::start().await;
    filo.send([order(1, "anna"), order(2, "bruno")]).await;
    filo.settle().await;
    let new = json!({"name": "Due volte", "condition": twice()});
    let made = filo.api_post("/api/v1/segments", &new).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let signal = &made["condition"]["happened"]["signal"];
    assert_eq!(signal, &json!({"kind": "track", "name": "Order Completed"}));
    assert!(members(&filo, &id).await.is_empty());

    filo.advance(DAY);
    filo.send([order(3, "anna")]).await;
    filo.settle().await;
    let anna = filo.user("anna").await.id.to_string();
    assert_eq!(members(&filo, &id).await, std::slice::from_ref(&anna));
    let of = filo
        .api_get(&format!("/api/v1/customers/{anna}/segments"))
        .await;
    assert_eq!(of["data"][0]["name"], "Due volte");
    let why = filo
        .api_get(&format!("/api/v1/segments/{id}/members/{anna}"))
        .await;
    assert_eq!(why["condition"]["holds"], true);
    assert!(why["condition"]["changes_at"].is_string());

    filo.advance(90 * DAY);
    assert!(members(&filo, &id).await.is_empty());
    let turns = filo.api_get(&format!("/api/v1/segments/{id}/turns")).await;
    let told: Vec<&Value> = turns["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["turn"])
        .collect();
    assert_eq!(told, ["entered", "left"]);
    let last = turns["data"][1]["number"].as_i64().unwrap();
    let rest = filo
        .api_get(&format!("/api/v1/segments/{id}/turns?after={last}"))
        .await;
    assert_eq!(rest["data"], json!([]));
    let growth = filo
        .api_get(&format!("/api/v1/segments/{id}/growth?days=100"))
        .await;
    let days = growth["data"].as_array().unwrap();
    assert_eq!((days.len(), &days[99]["members"]), (100, &json!(0)));
    assert_eq!(days.iter().filter(|day| day["members"] == 1).count(), 90);
}

#[tokio::test]
async fn a_condition_that_cannot_be_is_refused_with_its_place() {
    let filo = Filo::start().await;
    let leaf = json!({"known": "card"});
    let deep = (0..9).fold(leaf.clone(), |inner, _| json!({"not": inner}));
    let wide = json!({"any": vec![leaf; 70]});
    let backwards = json!({"happened": {"signal": {"name": "A"},
        "test": {"last": {"ago": ["10 days", "90 days"]}}}});
    for condition in [
        json!({}),
        json!({"known": "nose"}),
        json!("x"),
        deep,
        wide,
        backwards,
    ] {
        let new = json!({"name": "x", "condition": condition});
        let request = filo.post("/api/v1/segments").bearer(&filo.api_key);
        let answer = request.json(&new).send().await.is(422).json();
        assert_eq!(answer["field"], "condition", "{condition}: {answer}");
    }
    let new = json!({"name": " ", "condition": twice()});
    let request = filo.post("/api/v1/segments").bearer(&filo.api_key);
    assert_eq!(
        request.json(&new).send().await.is(422).json()["field"],
        "name"
    );
    let none = "/api/v1/segments/seg_00000000000000000000000001";
    filo.get(none).bearer(&filo.api_key).send().await.is(404);
}

#[tokio::test]
async fn segments_are_changed_laid_over_one_another_and_put_away() {
    let filo = Filo::start().await;
    filo.send([order(1, "anna"), order(2, "anna"), order(3, "bruno")])
        .await;
    filo.settle().await;
    let make = async |name: &str, condition: Value| {
        let new = json!({"name": name, "condition": condition});
        let made = filo.api_post("/api/v1/segments", &new).await;
        made["id"].as_str().unwrap().to_owned()
    };
    let all = make("Tutti", json!({"all": []})).await;
    let some = make("Due volte", twice()).await;
    assert_eq!(members(&filo, &all).await.len(), 2);
    assert_eq!(members(&filo, &some).await.len(), 1);
    let over = filo
        .api_get(&format!("/api/v1/segment-overlap?segments={all},{some}"))
        .await;
    assert_eq!(over["shared"][0]["members"], 1);
    let alone = format!("/api/v1/segment-overlap?segments={all}");
    filo.get(&alone).bearer(&filo.api_key).send().await.is(422);

    let path = format!("/api/v1/segments/{some}");
    let change = json!({"version": 1, "name": "Gli altri", "condition": {"not": twice()}});
    let put = |change: Value| {
        let request = filo.request(http::Method::PUT, &path).bearer(&filo.api_key);
        async move { request.json(&change).send().await }
    };
    assert_eq!(put(change.clone()).await.ok().json()["version"], 2);
    let bruno = filo.user("bruno").await.id.to_string();
    assert_eq!(members(&filo, &some).await, [bruno]);
    put(change).await.is(409);

    let away = format!("{path}/archiving");
    let gone = filo.api_post(&away, &json!({})).await;
    assert!(gone["archived_at"].is_string());
    assert!(members(&filo, &some).await.is_empty());
    let back = filo
        .api_post(&format!("{path}/restoring"), &json!({}))
        .await;
    assert_eq!(back["archived_at"], Value::Null);
    assert_eq!(members(&filo, &some).await.len(), 1);
}

#[tokio::test]
async fn a_segment_is_written_as_text_and_told_in_sentences() {
    let filo = Filo::start().await;
    filo.send([order(1, "anna"), order(2, "anna")]).await;
    filo.settle().await;
    let text = "\"Order Completed\" at least 2 times in last 90 days";
    let new = json!({"name": "Due volte", "text": text});
    let made = filo.api_post("/api/v1/segments", &new).await;
    assert_eq!(made["text"], text);
    let tree = json!({"name": "Lo stesso", "condition": twice()});
    let same = filo.api_post("/api/v1/segments", &tree).await;
    assert_eq!(same["condition"], made["condition"]);
    assert_eq!(same["text"], text);
    assert_eq!(
        made["sentence"],
        json!({"en": "Has placed an order at least 2 times in the last 90 days.",
               "it": "Ha fatto un ordine almeno 2 volte negli ultimi 90 giorni."})
    );

    let inner = made["id"].as_str().unwrap();
    let text = format!("in segment {inner} and not consent marketing is yes");
    let new = json!({"name": "Da convincere", "text": text});
    let made = filo.api_post("/api/v1/segments", &new).await;
    assert_eq!(
        made["sentence"]["it"],
        "È nel segmento «Due volte», e non ha un sì che vale per «Offerte e novità»."
    );
    let (id, anna) = (made["id"].as_str().unwrap(), filo.user("anna").await.id);
    let why = filo
        .api_get(&format!("/api/v1/segments/{id}/members/{anna}"))
        .await;
    let parts = &why["condition"]["parts"];
    assert_eq!(parts[0]["sentence"]["en"], "Is in the segment “Due volte”.");
    assert_eq!(
        parts[0]["parts"][0]["sentence"]["en"],
        "Has placed an order at least 2 times in the last 90 days."
    );
    assert_eq!(
        parts[1]["parts"][0]["sentence"]["it"],
        "Ha detto sì a «Offerte e novità»."
    );

    let path = format!("/api/v1/segments/{id}");
    let change = json!({"version": 1, "name": "Tessere", "text": "known by card"});
    let request = filo.request(http::Method::PUT, &path).bearer(&filo.api_key);
    let changed = request.json(&change).send().await.ok().json();
    assert_eq!(changed["condition"], json!({"known": "card"}));
    let circle = json!({"version": 2, "name": "Tessere", "text": format!("in segment {id}")});
    let request = filo.request(http::Method::PUT, &path).bearer(&filo.api_key);
    let refused = request.json(&circle).send().await.is(422).json();
    assert_eq!(refused["field"], "text");
}

#[tokio::test]
async fn a_text_that_cannot_be_is_refused_with_line_and_column() {
    let filo = Filo::start().await;
    let cases = [
        (
            json!({"text": "known by card\nand trait city = \"Roma\""}),
            "text",
            "line 2, column 16",
        ),
        (
            json!({"text": "known by card and \"A\" at least 2000 times"}),
            "text",
            "line 1, column 19: at most 1000 events are counted",
        ),
        (json!({}), "condition", "give who is in it"),
        (
            json!({"text": "everybody", "condition": {"all": []}}),
            "text",
            "one of the two",
        ),
    ];
    for (mut new, field, hint) in cases {
        new["name"] = json!("x");
        let request = filo.post("/api/v1/segments").bearer(&filo.api_key);
        let answer = request.json(&new).send().await.is(422).json();
        assert_eq!(answer["field"], field, "{answer}");
        let detail = answer["detail"].as_str().unwrap();
        assert!(detail.contains(hint), "{answer}");
    }
}

#[tokio::test]
async fn segments_made_at_once_count_all_of_them() {
    let filo = Filo::start().await;
    filo.send([order(1, "anna"), order(2, "bruno")]).await;
    filo.settle().await;
    let mut condition = twice();
    condition["happened"]["test"]["figure"]["is"] = json!({"at_least": 1});
    let made = (0..16).map(|number| {
        let new = json!({"name": format!("Comprato {number}"), "condition": condition});
        let filo = &filo;
        async move { filo.api_post("/api/v1/segments", &new).await }
    });
    let made = futures_util::future::join_all(made).await;
    filo.app.segments_settled().await.unwrap();
    filo.send([order(3, "carla")]).await;
    filo.settle().await;
    for segment in made {
        let id = segment["id"].as_str().unwrap();
        assert_eq!(members(&filo, id).await.len(), 3, "{segment}");
        let turns = filo.api_get(&format!("/api/v1/segments/{id}/turns")).await;
        // Who was in from the beginning is filled in without a word.
        assert_eq!(turns["data"].as_array().unwrap().len(), 1, "{turns}");
    }
}
