//! The quality of what is known as a whole: what is wrong, what mending brings, mending, undoing,
//! leaving; in the API.

use std::collections::BTreeSet;
use std::time::Duration;

use filo_testkit::Filo;
use serde_json::{Value, json};

pub(crate) fn identify(number: usize, traits: &Value) -> Value {
    json!({"type": "identify", "userId": format!("u-{number}"), "messageId": format!("i-{number}"),
        "traits": traits})
}

/// Three mistyped domains (one of them of somebody who has another address), a broken number that
/// can be mended, two swapped names, and somebody with whom nothing is wrong.
pub(crate) async fn a_few(filo: &Filo) {
    let traits = [
        json!({"name": "Anna Rossi", "email": "anna@gmial.com"}),
        json!({"name": "Bruno Neri", "email": "bruno@hotmal.it"}),
        json!({"name": "Carla Verdi", "email": "carla@libero.iit"}),
        json!({"name": "Dino Blu", "phone": "cell. 333 1234567"}),
        json!({"firstName": "Rossi", "lastName": "Elena", "email": "elena@libero.it"}),
        json!({"name": "Fabio Gialli", "email": "fabio@libero.it", "phone": "+393337654321",
            "birthday": "1980-05-17", "address": {"city": "Roma", "postalCode": "00185", "state": "RM"}}),
    ];
    let calls = traits
        .iter()
        .enumerate()
        .map(|(number, traits)| identify(number + 1, traits));
    filo.send(calls).await;
    // An order under another address: Carla can be reached already.
    filo.send([json!({"type": "track", "event": "Order Completed", "userId": "u-3", "messageId": "o",
        "properties": {"order_id": "1", "total": 10, "currency": "EUR", "email": "carla@tiscali.it"}})])
    .await;
    looked(filo).await;
}

pub(crate) async fn looked(filo: &Filo) {
    filo.settle().await;
    filo.app.refresh_quality().await.unwrap();
    filo.advance(Duration::from_secs(60));
}

/// Every finding of a list, page by page.
async fn walk(filo: &Filo, query: &str) -> Vec<Value> {
    let (mut rows, mut next) = (Vec::new(), String::new());
    loop {
        let address = format!("/api/v1/quality/findings?limit=1&{query}{next}");
        let page = filo.api_get(&address).await;
        rows.extend(page["data"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(mark) => next = format!("&before={mark}"),
            None => return rows,
        }
    }
}

fn customers(rows: &[Value]) -> BTreeSet<String> {
    let ids = rows
        .iter()
        .map(|row| row["customer"].as_str().unwrap().to_owned());
    ids.collect()
}

pub(crate) fn count_of(quality: &Value, reason: &str) -> u64 {
    let groups = quality["groups"].as_array().unwrap();
    let group = groups.iter().find(|group| group["reason"] == reason);
    group.map_or(0, |group| group["customers"].as_u64().unwrap())
}

pub(crate) async fn email_of(filo: &Filo, user: &str) -> Option<String> {
    let view = filo.user(user).await;
    view.profile.traits.text("email")
}

#[tokio::test]
async fn every_figure_is_the_number_of_people_behind_it() {
    let filo = Filo::start().await;
    let nothing = filo.api_get("/api/v1/quality").await;
    assert_eq!(
        (nothing["customers"].as_u64(), &nothing["figures"]),
        (Some(0), &Value::Null)
    );
    a_few(&filo).await;
    let quality = filo.api_get("/api/v1/quality").await;
    assert_eq!(quality["customers"], 6);
    assert_eq!(count_of(&quality, "email_domain_typo"), 3);
    assert_eq!(
        count_of(&quality, "name_swapped"),
        1,
        "two values, one person"
    );
    for group in quality["groups"].as_array().unwrap() {
        let reason = group["reason"].as_str().unwrap();
        let rows = walk(&filo, &format!("reason={reason}")).await;
        assert_eq!(
            customers(&rows).len() as u64,
            group["customers"].as_u64().unwrap(),
            "{reason}"
        );
        let rows = walk(&filo, &format!("reason={reason}&proposed=true")).await;
        assert_eq!(
            customers(&rows).len() as u64,
            group["proposed"].as_u64().unwrap(),
            "{reason}"
        );
    }
    let gains = quality["gains"].as_array().unwrap();
    assert_eq!(gains.len(), 2);
    for (gain, expected) in [("email", vec!["u-1", "u-2"]), ("phone", vec!["u-4"])] {
        let mut ids = BTreeSet::new();
        for user in expected {
            ids.insert(filo.user(user).await.id.to_string());
        }
        assert_eq!(
            customers(&walk(&filo, &format!("gain={gain}")).await),
            ids,
            "{gain}"
        );
        let figure = gains.iter().find(|it| it["gain"] == gain).unwrap();
        assert_eq!(figure["customers"].as_u64().unwrap(), ids.len() as u64);
    }
    // What brings most stands first.
    assert_eq!(quality["groups"][0]["reason"], "email_domain_typo");
    // Of 6 people 5 things each, 15 are known: 6 names, 5 addresses, 2 numbers, 1 day, 1 place.
    assert_eq!(quality["figures"]["completeness"], 500);
    // Of 15 values 4 are broken.
    assert_eq!(quality["figures"]["validity"], 733);
    assert_eq!(quality["figures"]["uniqueness"], 1000);
    assert_eq!(quality["history"].as_array().unwrap().len(), 1);
    for wrong in [
        "reason=nothing",
        "gain=post",
        "before=x",
        "limit=0",
        "colour=red",
    ] {
        let address = format!("/api/v1/quality/findings?{wrong}");
        let answer = filo.get(&address).bearer(&filo.api_key).send().await;
        assert!(
            answer.status.is_client_error(),
            "{wrong}: {}",
            answer.status
        );
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn many_are_mended_with_a_word_and_taken_back_with_another() {
    let filo = Filo::start().await;
    a_few(&filo).await;
    let id = filo.user("u-1").await.id;
    let before = filo.user("u-1").await.profile.last_seen;
    filo.advance(Duration::from_secs(3_600));
    let picks = json!({"reason": "email_domain_typo"});
    let mended = filo.api_post("/api/v1/quality/mendings", &picks).await;
    assert_eq!(
        (mended["customers"].as_u64(), mended["skipped"].as_u64()),
        (Some(3), Some(0))
    );
    assert_eq!(
        email_of(&filo, "u-1").await.as_deref(),
        Some("anna@gmail.com")
    );
    assert_eq!(
        email_of(&filo, "u-3").await.as_deref(),
        Some("carla@libero.it")
    );
    // It is gone from the list at once, and still after the next look.
    assert!(walk(&filo, "reason=email_domain_typo").await.is_empty());
    looked(&filo).await;
    let quality = filo.api_get("/api/v1/quality").await;
    assert_eq!(count_of(&quality, "email_domain_typo"), 0);
    // The list of people shows the address that was put right; the raw value stays on the thread.
    let row = filo
        .api_get("/api/v1/customers?search=anna@gmail.com")
        .await;
    assert_eq!(row["data"][0]["email"], "anna@gmail.com");
    let thread = filo.thread(id).await;
    assert!(
        thread
            .iter()
            .any(|event| event.properties.contains("anna@gmial.com"))
    );
    // Nobody saw Anna: a correction is no sign of life.
    assert_eq!(filo.user("u-1").await.profile.last_seen, before);

    // Bruno changed his address himself meanwhile: that stays.
    filo.advance(Duration::from_secs(60));
    filo.send([
        json!({"type": "identify", "userId": "u-2", "messageId": "new",
        "traits": {"email": "bruno@alice.it"}}),
    ])
    .await;
    filo.advance(Duration::from_secs(60));
    let act = mended["act"].as_str().unwrap();
    let undone = filo
        .request(
            http::Method::DELETE,
            &format!("/api/v1/quality/mendings/{act}"),
        )
        .bearer(&filo.api_key)
        .send()
        .await;
    assert_eq!(undone.status, 204);
    assert_eq!(
        email_of(&filo, "u-1").await.as_deref(),
        Some("anna@gmial.com")
    );
    assert_eq!(
        email_of(&filo, "u-2").await.as_deref(),
        Some("bruno@alice.it")
    );
    looked(&filo).await;
    let quality = filo.api_get("/api/v1/quality").await;
    assert_eq!(count_of(&quality, "email_domain_typo"), 2);
    let audit = filo.api_get("/api/v1/audit").await;
    let acts: Vec<&str> = audit["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["act"].as_str())
        .collect();
    assert!(
        acts.contains(&"values_mended") && acts.contains(&"mending_undone"),
        "{acts:?}"
    );
    // The same events give the same again.
    filo.app.rebuild().await.unwrap();
    assert_eq!(
        email_of(&filo, "u-1").await.as_deref(),
        Some("anna@gmial.com")
    );
}

#[tokio::test]
async fn both_names_are_mended_together_and_what_changed_meanwhile_is_not() {
    let filo = Filo::start().await;
    a_few(&filo).await;
    let of = async |user: &str| filo.user(user).await.id.to_string();
    let picks = json!({"findings": [
        {"customer": of("u-5").await, "reason": "name_swapped"},
        {"customer": of("u-4").await, "reason": "phone_malformed"},
        {"customer": of("u-2").await, "reason": "email_domain_typo"},
    ]});
    filo.send([
        json!({"type": "identify", "userId": "u-2", "messageId": "new",
        "traits": {"email": "bruno@alice.it"}}),
    ])
    .await;
    let mended = filo.api_post("/api/v1/quality/mendings", &picks).await;
    assert_eq!(
        (mended["customers"].as_u64(), mended["skipped"].as_u64()),
        (Some(2), Some(1))
    );
    let elena = filo.user("u-5").await.profile.traits;
    assert_eq!(
        (
            elena.text("first_name").as_deref(),
            elena.text("last_name").as_deref()
        ),
        (Some("Elena"), Some("Rossi"))
    );
    assert_eq!(
        filo.user("u-4")
            .await
            .profile
            .traits
            .text("phone")
            .as_deref(),
        Some("+393331234567")
    );
    assert_eq!(
        email_of(&filo, "u-2").await.as_deref(),
        Some("bruno@alice.it")
    );
    looked(&filo).await;
    let quality = filo.api_get("/api/v1/quality").await;
    assert_eq!(count_of(&quality, "name_swapped"), 0);
    assert_eq!(
        quality["gains"].as_array().unwrap().len(),
        1,
        "only Anna is left"
    );
    for wrong in [
        json!({}),
        json!({"findings": [{"customer": "cus_x", "reason": "name_swapped"}]}),
        json!({"reason": "nothing"}),
        json!({"reason": "name_swapped"}),
        json!({"reason": "name_case", "findings": [{"customer": of("u-5").await, "reason": "name_case"}]}),
    ] {
        let answer = filo
            .post("/api/v1/quality/mendings")
            .bearer(&filo.api_key)
            .json(&wrong);
        let answer = answer.send().await;
        assert!(
            answer.status.is_client_error(),
            "{wrong}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn what_is_left_as_it_is_is_not_found_again_until_it_is_taken_up() {
    let filo = Filo::start().await;
    a_few(&filo).await;
    let anna = filo.user("u-1").await.id.to_string();
    let picks = json!({"findings": [{"customer": anna, "reason": "email_domain_typo"}]});
    let left = filo.api_post("/api/v1/quality/leavings", &picks).await;
    assert_eq!(left["values"], 1);
    // The same is said again, and it is looked at again.
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "again",
        "traits": {"email": "anna@gmial.com"}}),
    ])
    .await;
    looked(&filo).await;
    let quality = filo.api_get("/api/v1/quality").await;
    assert_eq!(
        (
            count_of(&quality, "email_domain_typo"),
            quality["left"].as_u64()
        ),
        (2, Some(1))
    );
    let one = filo
        .api_get(&format!("/api/v1/customers/{anna}/quality"))
        .await;
    assert_eq!(one["findings"], json!([]));
    let act = left["act"].as_str().unwrap();
    let address = format!("/api/v1/quality/leavings/{act}");
    for expected in [204, 404] {
        let answer = filo
            .request(http::Method::DELETE, &address)
            .bearer(&filo.api_key);
        assert_eq!(answer.send().await.status, expected);
    }
    assert_eq!(
        count_of(&filo.api_get("/api/v1/quality").await, "email_domain_typo"),
        3
    );
}

#[tokio::test]
async fn people_who_become_one_are_looked_at_as_one() {
    let filo = Filo::start().await;
    a_few(&filo).await;
    let told = json!({"email": "fabio.2@libero.it", "name": "FABIO GIALLI"});
    filo.send([
        json!({"type": "identify", "anonymousId": "a-7", "messageId": "a", "traits": told}),
    ])
    .await;
    looked(&filo).await;
    assert_eq!(filo.api_get("/api/v1/quality").await["customers"], 7);
    filo.send([
        json!({"type": "identify", "userId": "u-6", "anonymousId": "a-7", "messageId": "j",
        "traits": {"email": "fabio.2@libero.it"}}),
    ])
    .await;
    looked(&filo).await;
    let quality = filo.api_get("/api/v1/quality").await;
    assert_eq!(quality["customers"], 6);
    // After a start nobody has changed; then somebody does.
    let filo = filo.restart().await;
    assert_eq!(filo.app.refresh_quality().await.unwrap(), 0);
    filo.send([identify(7, &json!({"name": "GINO ROSSI"}))])
        .await;
    looked(&filo).await;
    let quality = filo.api_get("/api/v1/quality").await;
    let before = quality["customers"].as_u64();
    assert_eq!(
        (before, count_of(&quality, "name_case") > 0),
        (Some(7), true)
    );
}
