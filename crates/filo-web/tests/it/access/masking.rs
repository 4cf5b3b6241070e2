//! An analyst sees everybody and nobody's name: unique texts are planted wherever something
//! personal can stand, and looked for in every page and answer that an analyst can open.

use filo_core::access::Role;
use filo_core::profile::About;
use filo_testkit::Filo;
use serde_json::json;

use super::{look, somebody};

/// Plants a person; the number of an order is no secret to an analyst, but every other text of theirs contains `sentinel`, or the telephone number below.
pub(crate) async fn plant(filo: &Filo) -> String {
    filo.send([
        json!({"type": "identify", "userId": "sentinel-user", "anonymousId": "sentinel-device",
            "traits": {"firstName": "Sentinella", "lastName": "sentinel-surname",
                "email": "sentinel@example.it", "phone": "+393471112223", "city": "sentinel-city"}}),
        json!({"type": "group", "userId": "sentinel-user", "groupId": "sentinel-company"}),
        json!({"type": "page", "userId": "sentinel-user", "name": "Home",
            "properties": {"path": "/sentinel-path", "title": "sentinel-title"},
            "context": {"page": {"path": "/sentinel-path", "referrer": "https://sentinel.example/"}}}),
        json!({"type": "track", "userId": "sentinel-user", "event": "Order Completed",
            "properties": {"order_id": "A-1001", "revenue": 10, "currency": "EUR"}}),
    ])
    .await;
    let id = filo.user("sentinel-user").await.id;
    let operator = filo_app::Actor::operator();
    let said = filo
        .app
        .add_note(&operator, id, "sentinel note", About::from_word("other"));
    said.await.unwrap();
    filo.settle().await;
    id.to_string()
}

const PERSONAL: [&str; 3] = ["sentinel", "Sentinella", "3471112223"];

#[tokio::test]
async fn an_analyst_sees_no_personal_data_anywhere() {
    let filo = Filo::start().await;
    let id = plant(&filo).await;
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    let paths = [
        "/people".to_owned(),
        format!("/people/{id}"),
        "/sources".to_owned(),
        "/incidents".to_owned(),
        "/account".to_owned(),
    ];
    for path in paths {
        let page = look(&filo, &path, &analyst).await.is(200).text();
        for word in PERSONAL {
            assert!(!page.contains(word), "{path} shows {word}: {page}");
        }
    }
    assert!(
        look(&filo, &format!("/people/{id}"), &agent)
            .await
            .text()
            .contains("sentinel")
    );
    for path in ["", "/events", "/identifiers", "/explanation"] {
        let path = format!("/api/v1/customers/{id}{path}");
        let answer = filo.get(&path).bearer(&analyst).send().await.is(200).text();
        for word in PERSONAL {
            assert!(!answer.contains(word), "{path} shows {word}: {answer}");
        }
        let answer = filo.get(&path).bearer(&agent).send().await.is(200).text();
        assert!(answer.contains("sentinel"), "{path}: {answer}");
    }
    let list = filo
        .get("/api/v1/customers")
        .bearer(&analyst)
        .send()
        .await
        .is(200)
        .text();
    assert!(list.contains(&id) && !list.contains("sentinel"), "{list}");
}

#[tokio::test]
async fn an_analyst_cannot_find_out_who_is_here() {
    let filo = Filo::start().await;
    plant(&filo).await;
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    let asked = |path: &'static str| filo.get(path).bearer(&analyst).send();
    for known in ["sentinel%40example.it", "nobody%40example.it"] {
        let path = format!("/api/v1/customers/lookup?email={known}");
        filo.get(&path).bearer(&analyst).send().await.is(403);
        let path = format!("/people?search={known}");
        look(&filo, &path, &analyst).await.is(403);
    }
    asked("/api/v1/customers?search=sentinel").await.is(403);
    let profile = "/v1/spaces/x/collections/users/profiles/email:sentinel@example.it/traits";
    filo.get(profile).bearer(&analyst).send().await.is(401);
}

#[tokio::test]
async fn shop_staff_find_one_person_and_list_nobody() {
    let filo = Filo::start().await;
    let id = plant(&filo).await;
    let shop = somebody(&filo, "shop", Role::ShopStaff).await.text;
    let page = look(&filo, "/people", &shop).await.is(200).text();
    assert!(!page.contains(&id) && !page.contains("sentinel"), "{page}");
    for part in ["sentinel", "Sentinella", "sentinel%40"] {
        let page = look(&filo, &format!("/people?search={part}"), &shop)
            .await
            .is(200)
            .text();
        assert!(!page.contains(&id), "{part}: {page}");
    }
    for whole in ["sentinel%40example.it", "%2B393471112223"] {
        let page = look(&filo, &format!("/people?search={whole}"), &shop)
            .await
            .is(200)
            .text();
        assert!(page.contains(&id), "{whole}: {page}");
    }
    filo.get("/api/v1/customers")
        .bearer(&shop)
        .send()
        .await
        .is(403);
    let lookup = "/api/v1/customers/lookup?email=sentinel%40example.it";
    filo.get(lookup).bearer(&shop).send().await.is(200);
}
