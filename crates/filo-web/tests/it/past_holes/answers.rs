//! What answers say to browsers and caches.

use filo_testkit::{Answer, Filo};
use serde_json::json;

use super::House;

/// One answer of every kind that somebody of the company gets.
async fn answers(house: &House) -> Vec<(String, Answer)> {
    let mut found = Vec::new();
    for path in house.pages() {
        found.push((path.clone(), house.page(&path).await));
    }
    for path in [
        "/nothing",
        "/people/cus_1",
        "/api/v1/nothing",
        "/api",
        "/api/v1/status",
        "/healthz",
        "/v1/spaces/x/collections/users/profiles/user_id:u-1/traits",
    ] {
        found.push((path.to_owned(), house.page(path).await));
    }
    for (method, path) in house.operations().await {
        let request = house
            .filo
            .request(method, &path)
            .bearer(&house.filo.api_key);
        found.push((path, request.json(&json!({"wrong": 1})).send().await));
    }
    found
}

#[track_caller]
fn has(path: &str, answer: &Answer, name: &str, part: &str) {
    let value = answer.header(name).unwrap_or_default();
    assert!(value.contains(part), "{path}: {name} is {value:?}");
}

/// Clickjacking (CWE-1021): let through if an answer could stand in a frame.
#[tokio::test]
async fn cwe_1021_nothing_stands_in_a_frame() {
    let house = House::open().await;
    for (path, answer) in answers(&house).await {
        has(
            &path,
            &answer,
            "content-security-policy",
            "frame-ancestors 'none'",
        );
    }
}

/// Let through if a type were guessed: JSON with markup in it would then be a page.
#[tokio::test]
async fn cwe_430_no_type_is_guessed() {
    let house = House::open().await;
    for (path, answer) in answers(&house).await {
        has(&path, &answer, "x-content-type-options", "nosniff");
    }
    let key = &house.filo.public_key;
    for path in [
        "/assets/console.css".to_owned(),
        "/assets/console.js".to_owned(),
        "/favicon.svg".to_owned(),
        "/v1/pixel/track".to_owned(),
        "/filo.js".to_owned(),
        format!("/v1/projects/{key}/settings"),
        format!("/analytics.js/v1/{key}/analytics.min.js"),
    ] {
        has(
            &path,
            &house.filo.get(&path).send().await,
            "x-content-type-options",
            "nosniff",
        );
    }
    let call = json!({"userId": "<script>"});
    let wrong = house
        .filo
        .post("/v1/track")
        .key(key)
        .json(&call)
        .send()
        .await;
    has("/v1/track", &wrong, "x-content-type-options", "nosniff");
    has(
        "/v1/track",
        &wrong,
        "content-type",
        "application/problem+json",
    );
}

/// Personal pages in a cache (CWE-525): let through if a browser or proxy could keep one.
#[tokio::test]
async fn cwe_525_nothing_personal_is_kept_by_a_cache() {
    let house = House::open().await;
    for (path, answer) in answers(&house).await {
        has(&path, &answer, "cache-control", "no-store");
    }
}

/// Where a visitor came from, with an id in the address (CWE-200): let through if links told it.
#[tokio::test]
async fn cwe_200_no_address_is_told_to_others() {
    let house = House::open().await;
    for (path, answer) in answers(&house).await {
        has(&path, &answer, "referrer-policy", "no-referrer");
    }
}

/// The one page that stands in a frame, of Filo's own, and has a style of its own: let through if
/// it could run anything, ask for anything or stand in somebody else's.
#[tokio::test]
async fn asvs_3_4_3_the_picture_of_a_message_runs_nothing() {
    let house = House::open().await;
    let answer = house.page(super::PICTURE).await.is(200);
    for part in ["default-src 'none'", "frame-ancestors 'self'", "sandbox"] {
        has(super::PICTURE, &answer, "content-security-policy", part);
    }
    let policy = answer.header("content-security-policy");
    let policy = policy.unwrap_or_default().to_owned();
    for word in ["script", "allow-", "http"] {
        assert!(!policy.contains(word), "{policy}");
    }
    assert!(!answer.text().contains("<script"));
}

/// The second line behind escaping: let through if the policy allowed anything inline.
#[tokio::test]
async fn asvs_3_4_3_pages_run_nothing_but_filos_own() {
    let house = House::open().await;
    for path in house.pages() {
        let answer = house.page(&path).await;
        let policy = answer
            .header("content-security-policy")
            .unwrap_or_default()
            .to_owned();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{path}: {policy}"
        );
        if answer.status == 200 {
            for part in [
                "script-src 'self';",
                "connect-src 'self';",
                "base-uri 'none'",
                "form-action 'self'",
            ] {
                assert!(policy.contains(part), "{path}: {part} is not in {policy}");
            }
        }
    }
}

/// Other sites' windows and readers (Spectre's class): let through without these two.
#[tokio::test]
async fn asvs_3_4_8_other_origins_neither_open_nor_embed() {
    let house = House::open().await;
    for (path, answer) in answers(&house).await {
        has(&path, &answer, "cross-origin-opener-policy", "same-origin");
        has(
            &path,
            &answer,
            "cross-origin-resource-policy",
            "same-origin",
        );
    }
    let pixel = house.filo.get("/v1/pixel/track").send().await;
    has(
        "pixel",
        &pixel,
        "cross-origin-resource-policy",
        "cross-origin",
    );
}

/// Falling back to plain HTTP (ASVS 3.4.1): let through if the header were missing behind TLS;
/// and a Filo without TLS must not lock itself out.
#[tokio::test]
async fn asvs_3_4_1_behind_tls_browsers_stay_there() {
    let secure =
        Filo::start_with(|config| "https://filo.example.it".clone_into(&mut config.public_url))
            .await;
    for path in ["/login", "/people", "/api/v1/status", "/nothing"] {
        let answer = secure.get(path).send().await;
        has(
            path,
            &answer,
            "strict-transport-security",
            "max-age=31536000",
        );
    }
    let plain = Filo::start().await;
    assert!(
        plain
            .get("/login")
            .send()
            .await
            .header("strict-transport-security")
            .is_none()
    );
}

/// The session's cookie (CWE-1004, CWE-614, CWE-1275): let through if a script could read it, it
/// went over plain HTTP, or came along from other sites.
#[tokio::test]
async fn cwe_1004_the_session_is_closed_to_scripts_and_other_sites() {
    let filo =
        Filo::start_with(|config| "https://filo.example.it".clone_into(&mut config.public_url))
            .await;
    let key = filo.app.login_key().await.unwrap();
    let login = filo
        .post("/login/link")
        .form(&format!("key={key}"))
        .send()
        .await
        .is(303);
    let cookie = login.header("set-cookie").unwrap();
    for part in [
        "HttpOnly",
        "Secure",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=43200",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

/// CORS (CWE-942): let through if a page of another origin could read an answer of the API or
/// the console. Ingestion is open on purpose, and knows no cookie.
#[tokio::test]
async fn cwe_942_other_origins_read_only_ingestion() {
    let house = House::open().await;
    let origin = ("origin", "https://evil.example");
    let paths = [
        "/people",
        "/api/v1/customers",
        "/api/openapi.json",
        "/settings/audit",
        "/login",
        "/v1/spaces/x/collections/users/profiles/user_id:u-1/traits",
    ];
    for path in paths {
        let request = house
            .filo
            .get(path)
            .header(origin.0, origin.1)
            .header("cookie", &house.cookie);
        let answer = request.send().await;
        assert!(
            answer.header("access-control-allow-origin").is_none(),
            "{path}"
        );
        let asked = house
            .filo
            .request(http::Method::OPTIONS, path)
            .header(origin.0, origin.1);
        let asked = asked
            .header("access-control-request-method", "POST")
            .send()
            .await;
        assert!(
            asked.header("access-control-allow-origin").is_none(),
            "{path}"
        );
        assert!(
            asked.header("access-control-allow-methods").is_none(),
            "{path}"
        );
    }
    let asked = house
        .filo
        .request(http::Method::OPTIONS, "/v1/track")
        .header(origin.0, origin.1);
    let answer = asked.send().await;
    assert_eq!(answer.header("access-control-allow-origin"), Some(origin.1));
    assert!(answer.header("access-control-allow-credentials").is_none());
}

/// A fault's own text (CWE-209): let through if an answer told paths, statements or types.
#[tokio::test]
async fn cwe_209_no_answer_tells_how_filo_is_made() {
    let house = House::open().await;
    for (path, answer) in answers(&house).await {
        if path.contains("openapi") {
            continue;
        }
        let text = answer.text();
        for inside in [
            "SELECT ", "sqlx", "panicked", "/home/", "/root/", "crates/", "src/", "0x7f",
        ] {
            assert!(!text.contains(inside), "{path}: {inside}");
        }
        for name in ["server", "x-powered-by"] {
            assert!(answer.header(name).is_none(), "{path}: {name}");
        }
    }
}

/// CVE-2019-12134 and its class (CWE-1236): let through if an export were a page, or a cell of it
/// a formula.
#[tokio::test]
async fn cve_2019_12134_an_export_is_a_file_without_formulas() {
    let house = House::open().await;
    let form = format!("token={}", house.token);
    let request = house
        .filo
        .post("/settings/audit/export")
        .header("cookie", &house.cookie);
    let answer = request.form(&form).send().await.is(200);
    has("export", &answer, "content-disposition", "attachment");
    has("export", &answer, "content-type", "text/csv");
    for cell in answer.text().lines().flat_map(|line| line.split(',')) {
        assert!(
            !cell.trim_matches('"').starts_with(['=', '+', '-', '@']),
            "{cell}"
        );
    }
}
