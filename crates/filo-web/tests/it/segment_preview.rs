//! What a condition would give, told before the segment is made.

use filo_testkit::Filo;
use serde_json::{Value, json};

fn bought() -> Value {
    json!({"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": {"last": "90 days"}}},
    }})
}

fn call(number: u32, user: &str, event: &str) -> Value {
    json!({"type": "track", "userId": user, "event": event, "messageId": format!("m-{number}")})
}

#[tokio::test]
async fn it_tells_how_many_it_would_be_and_some_of_them() {
    let filo = Filo::start().await;
    filo.send([
        call(1, "anna", "Order Completed"),
        call(2, "bruno", "Product Viewed"),
        call(3, "carla", "Order Completed"),
        json!({"type": "identify", "userId": "anna", "messageId": "4",
               "traits": {"firstName": "Anna", "lastName": "Rossi"}}),
    ])
    .await;
    filo.settle().await;
    let asked = json!({"condition": bought()});
    let told = filo.api_post("/api/v1/segments/preview", &asked).await;
    let counts = json!([told["members"], told["of"], told["customers"]]);
    assert_eq!(counts, json!([2, 3, 3]), "{told}");
    assert_eq!(told["is_exact"], true);
    assert!(told.get("interval").is_none() && told["took_ms"].is_u64());
    let anna = filo.user("anna").await.id.to_string();
    let sample = told["sample"].as_array().unwrap();
    let shown = sample.iter().find(|row| row["id"] == anna.as_str());
    assert_eq!(shown.unwrap()["name"], "Anna Rossi");
    assert_eq!(sample.len(), 2);
    // Nothing was made.
    let segments = filo.api_get("/api/v1/segments").await;
    assert_eq!(segments["data"], json!([]));

    // The same from traces, and of another segment.
    let new = json!({"name": "Comprato", "condition": bought()});
    let made = filo.api_post("/api/v1/segments", &new).await;
    filo.app.segments_settled().await.unwrap();
    let others = json!({"condition": {"not": {"segment": made["id"]}}});
    for (asked, members) in [(asked, 2), (others, 1)] {
        let told = filo.api_post("/api/v1/segments/preview", &asked).await;
        assert_eq!(told["members"], members, "{asked}");
    }
}

#[tokio::test]
async fn a_condition_that_cannot_be_is_refused_as_when_it_is_made() {
    let filo = Filo::start().await;
    for condition in [
        json!({}),
        json!("x"),
        json!({"known": "nose"}),
        json!({"happened": {"signal": {"name": "A"},
            "test": {"last": {"ago": ["10 days", "90 days"]}}}}),
    ] {
        let ask = async |path: &str, body: Value| {
            let request = filo.post(path).bearer(&filo.api_key);
            request.json(&body).send().await.is(422).json()
        };
        let asked = json!({"condition": condition});
        let new = json!({"name": "x", "condition": condition});
        let refused = ask("/api/v1/segments/preview", asked).await;
        assert_eq!(refused["field"], "condition");
        assert_eq!(
            refused["detail"],
            ask("/api/v1/segments", new).await["detail"]
        );
    }
}
