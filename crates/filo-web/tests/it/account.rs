//! One's own account, password links and the rule of the second factor, through the API.

use filo_core::access::Role;
use filo_testkit::Filo;
use http::Method;
use serde_json::json;

use crate::access::{PASSWORD, actor, enrol, key_of, somebody};

#[tokio::test]
async fn one_reads_and_changes_ones_own_account() {
    let filo = Filo::start().await;
    let anna = somebody(&filo, "anna", Role::Agent).await;
    let get = async |text: &str| filo.get("/api/v1/account").bearer(text).send().await;
    let account = get(&anna.text).await.ok().json();
    assert_eq!(
        (&account["email"], &account["language"]),
        (&json!("anna@bottega.it"), &json!("it"))
    );
    assert_eq!(account["recovery_codes_left"], json!(null));
    get(&filo.api_key).await.is(404);
    let change = async |body: serde_json::Value| {
        let request = filo
            .request(Method::PATCH, "/api/v1/account")
            .bearer(&anna.text);
        request.json(&body).send().await
    };
    let account = change(json!({ "language": "en" })).await.ok().json();
    assert_eq!(
        (&account["name"], &account["language"]),
        (&json!("anna"), &json!("en"))
    );
    let account = change(json!({ "name": "Anna V." })).await.ok().json();
    assert_eq!(account["name"], "Anna V.");
    for wrong in [
        json!({ "language": "fr" }),
        json!({ "name": "" }),
        json!({ "role": "owner" }),
    ] {
        change(wrong).await.is(422);
    }
    let who = actor(&filo, &anna).await;
    enrol(&filo, &who).await;
    // Setting it up ended the session: the API says so.
    get(&anna.text).await.is(401);
}

#[tokio::test]
async fn one_changes_ones_own_password_and_goes_on() {
    let filo = Filo::start().await;
    let anna = somebody(&filo, "anna", Role::Agent).await;
    let change = async |old: &str, new: &str| {
        let request = filo.post("/api/v1/account/password").bearer(&anna.text);
        request
            .json(&json!({ "old": old, "new": new }))
            .send()
            .await
    };
    change("wrong", "quattro pere gialle nel cesto")
        .await
        .is(422);
    change(PASSWORD, "corta").await.is(422);
    let changed = change(PASSWORD, "quattro pere gialle nel cesto")
        .await
        .ok()
        .json();
    let session = changed["session"].as_str().unwrap();
    filo.get("/api/v1/account")
        .bearer(session)
        .send()
        .await
        .ok();
    filo.get("/api/v1/account")
        .bearer(&anna.text)
        .send()
        .await
        .is(401);
}

#[tokio::test]
async fn an_owner_makes_a_password_link_that_works_once() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let anna = somebody(&filo, "anna", Role::Agent).await;
    let id = actor(&filo, &anna).await.user.unwrap();
    let path = format!("/api/v1/users/{id}/password-link");
    let make = async |text: &str| {
        let request = filo
            .post(&path)
            .bearer(text)
            .header("idempotency-key", "one");
        request.json(&json!({})).send().await
    };
    make(&anna.text).await.is(403);
    let made = make(&owner.text).await.is(201).json();
    let key = key_of(made["link"].as_str().unwrap());
    assert_eq!(
        make(&owner.text).await.is(409).json()["code"],
        "key_already_shown"
    );
    let form = format!("key={key}&password=quattro+pere+gialle+nel+cesto");
    assert_eq!(filo.post("/reset").form(&form).send().await.status, 303);
    assert_eq!(filo.post("/reset").form(&form).send().await.status, 404);
    // Nobody makes one for who stands beside them.
    let second = somebody(&filo, "oscar", Role::Owner).await;
    let id = actor(&filo, &second).await.user.unwrap();
    let path = format!("/api/v1/users/{id}/password-link");
    filo.post(&path)
        .bearer(&owner.text)
        .json(&json!({}))
        .send()
        .await
        .is(403);
}

#[tokio::test]
async fn the_rule_of_the_second_factor_is_read_and_set() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let admin = somebody(&filo, "ada", Role::Admin).await;
    let rule = "/api/v1/settings/second-factor";
    assert_eq!(filo.api_get(rule).await["required"], false);
    let request = filo.request(Method::PUT, rule).bearer(&owner.text);
    request.json(&json!({ "required": true })).send().await.ok();
    assert_eq!(filo.api_get(rule).await["required"], true);
    // Whoever has none yet is let in nowhere else, by the API neither.
    filo.get("/api/v1/users")
        .bearer(&admin.text)
        .send()
        .await
        .is(401);
}
