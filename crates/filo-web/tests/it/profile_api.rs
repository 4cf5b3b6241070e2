//! The Profile API as the reference's section 3.10 has it.

use filo_testkit::Filo;
use serde_json::{Value, json};

const PROFILE: &str = "/v1/spaces/default/collections/users/profiles";

async fn filled() -> Filo {
    let filo = Filo::start().await;
    let traits: serde_json::Map<String, Value> = (0..25)
        .map(|number| (format!("trait_{number:02}"), json!(number)))
        .collect();
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "1", "traits": traits}),
        json!({"type": "identify", "userId": "u-1", "messageId": "2",
               "traits": {"email": "anna+x@example.it", "firstName": "Anna"}}),
        json!({"type": "track", "event": "Product Viewed", "userId": "u-1", "messageId": "3",
               "properties": {"sku": "A1"}}),
    ])
    .await;
    filo
}

async fn ask(filo: &Filo, path: &str) -> Value {
    filo.get(&format!("{PROFILE}/{path}"))
        .key(&filo.api_key)
        .send()
        .await
        .is(200)
        .json()
}

#[tokio::test]
async fn traits_come_ten_at_a_time_or_by_name() {
    let filo = filled().await;
    let first = ask(&filo, "user_id:u-1/traits").await;
    assert_eq!(first["traits"].as_object().unwrap().len(), 10, "{first}");
    assert_eq!(
        (&first["cursor"]["has_more"], &first["cursor"]["limit"]),
        (&json!(true), &json!(10))
    );
    let all = ask(&filo, "user_id:u-1/traits?limit=200").await;
    assert_eq!(all["traits"].as_object().unwrap().len(), 27);
    assert_eq!(all["cursor"]["has_more"], false);
    let two = ask(&filo, "user_id:u-1/traits?include=first_name,trait_03").await;
    assert_eq!(two["traits"], json!({"first_name": "Anna", "trait_03": 3}));
}

#[tokio::test]
async fn events_and_external_ids_are_listed() {
    let filo = filled().await;
    let events = ask(&filo, "user_id:u-1/events").await;
    let names: Vec<&Value> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["event"])
        .collect();
    assert!(names.contains(&&json!("Product Viewed")), "{events}");
    let ids = ask(&filo, "email:anna%2Bx@example.it/external_ids").await;
    let mut kinds: Vec<&str> = ids["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["type"].as_str().unwrap())
        .collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["email", "user_id"]);
    ask(&filo, "user_id:u-1/metadata").await;
    ask(&filo, "user_id:u-1/links").await;
}

#[tokio::test]
async fn errors_have_segments_shape() {
    let filo = filled().await;
    let path = format!("{PROFILE}/user_id:u-1/traits");
    for (request, status) in [
        (filo.get(&path), 401),
        (filo.get(&path).key("wrong"), 401),
        (
            filo.get(&format!("{PROFILE}/user_id:nobody/traits"))
                .key(&filo.api_key),
            404,
        ),
    ] {
        let answer = request.send().await.is(status);
        let error = &answer.json()["error"];
        assert!(
            error["code"].is_string() && error["message"].is_string(),
            "{}",
            answer.text()
        );
    }
}
