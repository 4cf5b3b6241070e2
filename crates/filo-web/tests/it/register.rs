//! The register of processing: what is set stands in it, and what only a person knows can be added.

use filo_core::access::Role;
use filo_testkit::{Filo, Receiver};
use serde_json::json;

use crate::access::{look, post, somebody};
use crate::webhook::hook;

#[tokio::test]
async fn the_register_says_what_is_set_and_no_secret() {
    let filo = Filo::start_with(Receiver::allow).await;
    let receiver = Receiver::start().await;
    hook(&filo, &receiver, &["customer.created"]).await;
    let owner = somebody(&filo, "olga", Role::Owner).await.text;
    let register = filo.api_get("/api/v1/register").await;
    let purposes = register["purposes"].as_array().unwrap();
    assert!(purposes.iter().any(|it| it["purpose"] == "marketing"));
    assert!(register["places"].as_array().unwrap().len() > 20);
    assert_eq!(register["recipients"][0]["host"], "127.0.0.1");
    assert!(
        !register.to_string().contains(&receiver.url()),
        "a whole address may hold a secret"
    );
    assert_eq!(register["roles"][0], json!({"role": "owner", "people": 1}));
    assert_eq!(register["retention"]["people"], json!(null));

    let page = look(&filo, "/settings/register", &owner).await.ok().text();
    assert!(
        page.contains("Da scrivere") && page.contains("Titolare: 1") && page.contains("127.0.0.1")
    );
    let form =
        "version=0&controller=Torrefazione+%3Cb%3E&officer=&recipients=&transfers=&security=";
    post(&filo, "/settings/register", &owner, form)
        .await
        .is(303);
    let page = look(&filo, "/settings/register", &owner).await.ok().text();
    assert!(page.contains("Torrefazione &lt;b&gt;"), "{page}");
    // Whoever saves over it sees first what stands there.
    let other = "version=0&controller=Altra&officer=&recipients=&transfers=&security=";
    let second = post(&filo, "/settings/register", &owner, other)
        .await
        .is(422)
        .text();
    assert!(second.contains("qualcun altro ha salvato") && second.contains("Altra"));
    let long = format!("{form}{}", "x".repeat(4_001));
    let long = long.replace("version=0", "version=1");
    let refused = post(&filo, "/settings/register", &owner, &long)
        .await
        .is(422);
    assert!(refused.text().contains("troppo lungo"));
    let statement = json!({"controller": "Noi", "officer": "", "recipients": "", "transfers": "", "security": ""});
    let put = |version: i64| {
        let request = filo
            .request(http::Method::PUT, "/api/v1/register")
            .bearer(&filo.api_key);
        request.json(&json!({"statement": statement, "version": version}))
    };
    put(0).send().await.is(409);
    let changed = put(1).send().await.ok().json();
    assert_eq!(changed["statement"]["controller"], "Noi");
}
