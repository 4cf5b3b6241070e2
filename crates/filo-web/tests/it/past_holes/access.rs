//! Reaching what is not one's own.

use filo_core::access::Role;
use http::Method;
use serde_json::json;

use super::House;
use crate::access::somebody;

/// CVE-2026-72719 (Chatwoot: a writable `account_id` moves things to another account), also
/// CVE-2021-32708-like mass assignment. Let through if a body took fields it does not have.
#[tokio::test]
async fn cve_2026_72719_no_body_takes_a_field_too_many() {
    let house = House::open().await;
    let document = house.filo.get("/api/openapi.json").send().await.json();
    let mut tried = 0;
    for (method, path) in house.operations().await {
        let pattern = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .find(|(pattern, item)| {
                let same = pattern.split('/').count() == path.split('/').count();
                let fits = pattern
                    .split('/')
                    .zip(path.split('/'))
                    .all(|(a, b)| a == b || a.starts_with('{'));
                same && fits && item[method.as_str().to_lowercase()].is_object()
            });
        let operation = &pattern.unwrap().1[method.as_str().to_lowercase()];
        // A body that is a file has no fields: what is in it is a plan's to take or leave.
        if operation["requestBody"]["content"]["application/json"].is_null() {
            continue;
        }
        for field in [
            "account_id",
            "id",
            "trust",
            "workspace",
            "created_at",
            "revoked_at",
            "actor",
        ] {
            let request = house
                .filo
                .request(method.clone(), &path)
                .bearer(&house.filo.api_key);
            let answer = request.json(&json!({ field: 1 })).send().await.is(422);
            assert_eq!(answer.json()["field"], field, "{method} {path}");
            tried += 1;
        }
    }
    assert!(tried >= 50, "{tried}");
}

/// The same for powers: let through if scopes took words they do not know.
#[tokio::test]
async fn cve_2026_72719_no_key_is_made_with_a_power_too_many() {
    let house = House::open().await;
    for scopes in [
        json!({"read": true, "root": true}),
        json!("admin"),
        json!(["admin"]),
    ] {
        let key = json!({"name": "x", "scopes": scopes});
        let request = house.filo.post("/api/v1/keys").bearer(&house.filo.api_key);
        request.json(&key).send().await.is(422);
    }
}

/// What an event says about itself. Let through if trust, source or time of arrival came from
/// the wire.
#[tokio::test]
async fn cwe_915_an_event_cannot_say_who_sent_it() {
    let house = House::open().await;
    let call = json!({"type": "track", "event": "Note Added", "userId": "u-1", "messageId": "1",
        "trust": "staff", "source": 0, "source_id": 0, "kind": "decision", "thread": "idn_0",
        "received_at": "2000-01-01T00:00:00Z", "receivedAt": "2000-01-01T00:00:00Z",
        "properties": {"text": "falsa", "actor": "operator"}});
    let decision =
        json!({"type": "decision", "event": "Customers Joined", "userId": "u-1", "messageId": "2"});
    house.filo.send_public([call, decision]).await;
    let customer = house.filo.user("u-1").await;
    let event = &house.filo.thread(customer.id).await[0];
    assert_eq!(event.trust, filo_core::event::Trust::Claimed);
    assert_ne!(event.source, filo_app::STAFF_SOURCE);
    assert!(event.received_at >= filo_testkit::START);
    assert!(customer.profile.notes.newest_first().is_empty());
}

/// CVE-2026-9808, CVE-2024-47055 (Mautic: API without asking what one may). Let through if an
/// operation forgot its argument of power; a new one is tried by itself.
#[tokio::test]
async fn cve_2026_9808_every_operation_asks_for_its_power() {
    let house = House::open().await;
    let reader = house
        .filo
        .api_post(
            "/api/v1/keys",
            &json!({"name": "R", "scopes": {"read": true}}),
        )
        .await;
    let powerless = house
        .filo
        .api_post("/api/v1/keys", &json!({"name": "N", "scopes": {}}))
        .await;
    let (reader, powerless) = (
        reader["text"].as_str().unwrap(),
        powerless["text"].as_str().unwrap(),
    );
    let before = house.state().await;
    for (method, path) in house.operations().await {
        if path == "/api/v1/me" || path.starts_with("/api/v1/account") {
            // Whoever one is, one may know it; a key has no account.
            continue;
        }
        let ask = |key: &str| {
            let request = house.filo.request(method.clone(), &path).bearer(key);
            request.json(&json!({})).send()
        };
        for key in [
            &house.filo.public_key,
            &house.filo.secret_key,
            "filo_api_x",
            "",
        ] {
            assert_eq!(ask(key).await.status, 401, "{method} {path}");
        }
        if path == "/api/v1/monday" {
            // Everybody has one, with what they may see on it: without a power that is nothing.
            let told = ask(powerless).await.is(200).json();
            let days = ["week", "before", "currency"];
            let parts = told.as_object().unwrap().iter();
            let mut parts = parts.filter(|(name, _)| !days.contains(&name.as_str()));
            assert!(parts.all(|(_, part)| part.is_null()), "{told}");
            continue;
        }
        assert_eq!(ask(powerless).await.status, 403, "{method} {path}");
        // Reading much is reading still.
        let reads = [
            "/preview",
            "/review",
            "/export",
            "/sql",
            "/suppressions/lookup",
        ];
        let previews = reads.iter().any(|it| path.ends_with(it));
        if method != Method::GET && !previews {
            assert_eq!(ask(reader).await.status, 403, "{method} {path}");
        }
    }
    assert_eq!(house.state().await, before);
}

/// CVE-2024-47053 (Mautic: reports for anybody with a login). Let through if reading customers
/// were enough to read who did what.
#[tokio::test]
async fn cve_2024_47053_the_audit_log_is_for_administrators() {
    let house = House::open().await;
    let scopes = json!({"read": true, "write": true});
    let key = house
        .filo
        .api_post("/api/v1/keys", &json!({"name": "W", "scopes": scopes}))
        .await;
    let key = key["text"].as_str().unwrap();
    for path in ["/api/v1/audit", "/api/v1/audit/head"] {
        house.filo.get(path).bearer(key).send().await.is(403);
    }
    let marketer = somebody(&house.filo, "marketer", Role::Marketer).await.text;
    let cookie = format!("filo_session={marketer}");
    house
        .filo
        .get("/settings/audit")
        .header("cookie", &cookie)
        .send()
        .await
        .is(403);
}

/// A key that makes a stronger key. Let through if the maker's own powers were not looked at.
#[tokio::test]
async fn cwe_269_no_session_is_stronger_than_its_key() {
    let house = House::open().await;
    let key = house
        .filo
        .api_post(
            "/api/v1/keys",
            &json!({"name": "R", "scopes": {"read": true}}),
        )
        .await;
    let text = key["text"].as_str().unwrap();
    // A key of the API opens no session at all.
    let form = format!("key={text}&scopes=admin&admin=true&write=true");
    let refused = house.filo.post("/login/link").form(&form).send().await;
    assert_eq!(refused.header("set-cookie"), None);
    assert!(refused.status.is_client_error(), "{}", refused.status);
    let more = json!({"name": "more", "scopes": {"read": true, "write": true, "admin": true}});
    house
        .filo
        .post("/api/v1/keys")
        .bearer(text)
        .json(&more)
        .send()
        .await
        .is(403);
    let note = format!("/api/v1/customers/{}/notes", house.person);
    house
        .filo
        .post(&note)
        .bearer(text)
        .json(&json!({"text": "x"}))
        .send()
        .await
        .is(403);
}

/// CVE-2026-33740, CVE-2018-10189 (EspoCRM, Mautic: things by a number that can be counted up).
/// Let through if ids were numbers, or told apart what does not exist from what cannot.
#[tokio::test]
async fn cve_2018_10189_ids_cannot_be_counted_up() {
    let house = House::open().await;
    let key = &house.filo.api_key;
    let unknown = house
        .filo
        .get("/api/v1/customers/cus_00000000000000000000000001")
        .bearer(key)
        .send()
        .await
        .is(404);
    assert!(unknown.text().contains("customer not found"));
    for id in [
        "1",
        "2",
        "0",
        "-1",
        "cus_1",
        "../customers",
        "cus_%00",
        "u-1",
        "anna@example.it",
    ] {
        for path in [
            format!("/api/v1/customers/{id}"),
            format!("/api/v1/customers/{id}/events"),
        ] {
            house.filo.get(&path).bearer(key).send().await.is(404);
        }
        house.page(&format!("/people/{id}")).await.is(404);
    }
    // Two neighbours of one batch share nothing that could be guessed.
    let (one, two) = (
        house.person.as_str(),
        house.filo.user("u-2").await.id.to_string(),
    );
    let same = one
        .bytes()
        .skip(4)
        .zip(two.bytes().skip(4))
        .filter(|(a, b)| a == b)
        .count();
    assert!(same < 13, "{one} {two}");
}

/// CVE-2025-5257 (Mautic: `/page/preview/1` without login), CVE-2026-48812. Let through if a page
/// forgot its session; a new page is tried by itself.
#[tokio::test]
async fn cve_2025_5257_no_page_is_shown_without_a_session() {
    let house = House::open().await;
    let open = [
        "/login",
        "/login/sign-on",
        "/invite",
        "/reset",
        "/problems/invalid",
    ];
    for path in house.pages() {
        if open.contains(&path.as_str()) {
            continue;
        }
        for cookie in [
            "",
            "filo_session=",
            "filo_session=x",
            &format!("filo_session={}", house.filo.secret_key),
        ] {
            let answer = house
                .filo
                .get(&path)
                .header("cookie", cookie)
                .send()
                .await
                .is(303);
            assert!(
                answer.header("location").unwrap().starts_with("/login"),
                "{path}"
            );
            assert!(answer.body.is_empty(), "{path}");
        }
    }
}

/// CVE-2021-27916, CVE-2026-33656, CVE-2024-47056 (Mautic, EspoCRM: files by their path; `.env`
/// served). Let through if assets came from a folder.
#[tokio::test]
async fn cve_2021_27916_no_path_leads_to_a_file() {
    let house = House::open().await;
    for path in [
        "/assets/../../state.db",
        "/assets/..%2f..%2fstate.db",
        "/assets/%2e%2e/%2e%2e/state.db",
        "/assets/....//....//etc/passwd",
        "/assets//etc/passwd",
        "/assets/console.css/../../filo.toml",
        "/assets/console.css%00.db",
        "/.env",
        "/.git/config",
        "/filo.toml",
        "/state.db",
        "/lake/",
        "/analytics.js/v1/../../state.db/analytics.min.js",
        "/problems/..%2f..%2fetc%2fpasswd",
        "/problems/../login/../../state.db",
    ] {
        let answer = house.page(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        let text = answer.text();
        assert!(
            !text.contains("SQLite format") && !text.contains("root:"),
            "{path}"
        );
    }
}
