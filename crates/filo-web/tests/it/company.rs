//! What the owner says of the company: the same in the API and on the pages, by one at a time.

use filo_testkit::Filo;
use http::Method;
use serde_json::json;

#[tokio::test]
async fn a_change_names_the_version_it_was_made_from() {
    let filo = Filo::start().await;
    let first = filo.api_get("/api/v1/settings/company").await;
    assert_eq!(
        (&first["zone"], &first["version"]),
        (&json!("Europe/Rome"), &json!(0))
    );
    let change = |name: &str, version: i64| {
        json!({"name": name, "language": "it", "zone": "Europe/Lisbon",
               "version": version})
    };
    let put = |body: serde_json::Value| {
        filo.request(Method::PUT, "/api/v1/settings/company")
            .bearer(&filo.api_key)
            .json(&body)
            .send()
    };
    let done = put(change(" Torrefazione Àncora ", 0)).await.ok().json();
    assert_eq!(done["name"], "Torrefazione Àncora");
    assert_eq!(put(change("Altro", 0)).await.status, 409);
    let again = put(change("Altro", done["version"].as_i64().unwrap())).await;
    assert_eq!(again.ok().json()["name"], "Altro");
    for (field, value) in [("zone", "Europe/Atlantis"), ("language", "fr")] {
        let mut wrong = change("Altro", 2);
        wrong[field] = json!(value);
        let refused = put(wrong).await;
        assert_eq!(refused.status, 422, "{field}");
        assert!(refused.text().contains(field), "{}", refused.text());
    }
}

#[tokio::test]
async fn it_survives_a_restart() {
    let filo = Filo::start().await;
    let body = json!({"name": "Àncora", "language": "en", "zone": "Asia/Tokyo", "version": 0});
    filo.request(Method::PUT, "/api/v1/settings/company")
        .bearer(&filo.api_key)
        .json(&body)
        .send()
        .await
        .ok();
    let filo = filo.restart().await;
    let company = filo.api_get("/api/v1/settings/company").await;
    assert_eq!(company["name"], "Àncora");
    assert_eq!(company["zone"], "Asia/Tokyo");
    // Without a cookie and without a language of the browser's, the company's counts.
    let page = filo.get("/login").send().await.ok();
    assert!(page.text().contains("lang=\"en\""), "{}", page.text());
}
