//! Requests that another site, a scanner of mails or a browser on its own could make.

use http::Method;
use serde_json::json;

use super::House;
use crate::hostile::log_in;

/// CSRF (CVE-2025-58430's first half), every form of the console: let through if a handler took
/// its form without `Posted`. A new form is tried by itself.
#[tokio::test]
async fn cve_2025_58430_no_form_is_obeyed_from_elsewhere() {
    let house = House::open().await;
    let other = log_in(&house.filo).await;
    let page = house
        .filo
        .get("/quarantine")
        .header("cookie", &other)
        .send()
        .await
        .text();
    let others = page
        .split("name=\"token\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let before = house.state().await;
    for path in house.forms() {
        // Who comes in has no session yet; what they bring is checked by itself.
        let knocks = [
            "/login",
            "/login/code",
            "/login/link",
            "/login/sign-on",
            "/login/sign-on/return",
            "/welcome",
            "/invite",
            "/invite/sign-on",
            "/reset",
        ];
        if knocks.contains(&path.as_str()) {
            continue;
        }
        let ask = |form: &str, headers: &[(&str, &str)]| {
            let mut request = house
                .filo
                .post(&path)
                .header("cookie", &house.cookie)
                .form(form);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            request.send()
        };
        let mine = format!("token={}&text=x&name=x&kind=public", house.token);
        let tries = [
            ask("text=x", &[]).await,
            ask("token=&text=x", &[]).await,
            ask(&format!("token={others}&text=x"), &[]).await,
            ask(&format!("token={}", "0".repeat(64)), &[]).await,
            ask(&mine, &[("sec-fetch-site", "cross-site")]).await,
            ask(&mine, &[("sec-fetch-site", "same-site")]).await,
            ask(
                &mine,
                &[("origin", "https://evil.example"), ("host", "filo.example")],
            )
            .await,
            ask(&mine, &[("origin", "null"), ("host", "filo.example")]).await,
        ];
        for (number, answer) in tries.iter().enumerate() {
            assert_eq!(
                answer.status,
                403,
                "{path}, try {number}: {}",
                answer.text()
            );
        }
        let without = house.filo.post(&path).form(&mine).send().await;
        assert_eq!(without.status, 303, "{path} without a session");
    }
    assert_eq!(house.state().await, before);
}

/// Login CSRF: let through if the one form without a session did not ask where it comes from.
#[tokio::test]
async fn cwe_352_nobody_is_logged_in_from_elsewhere() {
    let house = House::open().await;
    let key = house.filo.app.login_key().await.unwrap();
    for header in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        let form = house.filo.post("/login/link").header(header.0, header.1);
        let answer = form.form(&format!("key={key}")).send().await.is(403);
        assert!(answer.header("set-cookie").is_none());
    }
}

/// Let through if the API took the console's cookie: then any site could write with it.
#[tokio::test]
async fn cwe_352_the_api_knows_no_cookie() {
    let house = House::open().await;
    for (method, path) in house.operations().await {
        let request = house
            .filo
            .request(method.clone(), &path)
            .header("cookie", &house.cookie);
        assert_eq!(
            request.json(&json!({})).send().await.status,
            401,
            "{method} {path}"
        );
    }
}

/// Let through if the API took a body that a form of another site can send without asking.
#[tokio::test]
async fn cwe_352_the_api_takes_no_form() {
    let house = House::open().await;
    let path = format!("/api/v1/customers/{}/notes", house.person);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
    ] {
        let request = house
            .filo
            .post(&path)
            .bearer(&house.filo.api_key)
            .header("content-type", kind);
        request.body(r#"{"text":"x"}"#).send().await.is(415);
    }
}

/// Let through if a page changed something when it is read: mail scanners and browsers that look
/// ahead would do it. Every page and every reading operation, a new one by itself.
#[tokio::test]
async fn asvs_3_5_3_reading_changes_nothing() {
    let house = House::open().await;
    let before = house.state().await;
    for path in house.pages() {
        for method in [Method::GET, Method::HEAD] {
            let request = house
                .filo
                .request(method, &path)
                .header("cookie", &house.cookie);
            let status = request.send().await.status;
            assert!(status.as_u16() < 500, "{path}: {status}");
        }
    }
    let key = house.filo.app.login_key().await.unwrap();
    let before_link = house.state().await;
    house
        .page(&format!("/login?key={key}&next=/people"))
        .await
        .is(200);
    assert_eq!(
        house.state().await,
        before_link,
        "a link that is looked at is not used up"
    );
    for (method, path) in house.operations().await {
        let previews = path.ends_with("/preview");
        if method == Method::GET || previews {
            let request = house
                .filo
                .request(method, &path)
                .bearer(&house.filo.api_key);
            let other = house.person.replace("cus_", "idn_");
            let body = json!({"a": house.person, "b": other});
            request.json(&body).send().await;
        }
    }
    let without_the_link = |state: &str| state.split_whitespace().next().map(str::to_owned);
    let after = house.state().await;
    assert_eq!(after, before_link);
    assert_eq!(without_the_link(&after), without_the_link(&before));
}

/// Let through if a form's address also answered GET: an image on any page could then send it.
#[tokio::test]
async fn cwe_650_no_form_is_sent_by_reading_its_address() {
    let house = House::open().await;
    let readable = super::routes("get");
    for (path, pattern) in house.forms().iter().zip(super::routes("post")) {
        if readable.contains(&pattern) {
            continue;
        }
        let path = format!("{path}?token={}&text=x", house.token);
        let answer = house.page(&path).await;
        assert_eq!(answer.status, 405, "{path}");
    }
}

/// CVE-2025-5256 (Mautic, `returnUrl`): let through if `next` were followed as it is.
#[tokio::test]
async fn cve_2025_5256_after_login_nobody_is_led_elsewhere() {
    let house = House::open().await;
    for next in [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "/\r\nLocation: https://evil.example",
        "evil.example",
        "@evil.example",
    ] {
        let key = house.filo.app.login_key().await.unwrap();
        let encoded: String = next.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let login = house
            .filo
            .post("/login/link")
            .form(&format!("key={key}&next={encoded}"));
        let login = login.send().await.is(303);
        let location = login.header("location").unwrap();
        let inside = location == "/" || location == "/%09/evil.example";
        assert!(inside, "{next:?} leads to {location}");
        assert_eq!(login.headers.get_all("location").iter().count(), 1);
    }
}

/// A poisoned `Host`: let through if redirects were built from what the request says.
#[tokio::test]
async fn cwe_601_no_redirect_names_a_host() {
    let house = House::open().await;
    for path in ["/", "/people", "/settings/audit"] {
        let request = house.filo.get(path).header("host", "evil.example");
        let request = request.header("x-forwarded-host", "evil.example");
        let request = request.header("forwarded", "host=evil.example");
        let answer = request.send().await.is(303);
        let location = answer.header("location").unwrap();
        assert!(
            location.starts_with('/') && !location.contains("evil"),
            "{location}"
        );
    }
}

/// Headers smuggled in through values (CWE-113): let through if a value reached a header raw.
#[tokio::test]
async fn cwe_113_no_value_becomes_a_header() {
    let house = House::open().await;
    let smuggled = "%0d%0aset-cookie:%20evil=1%0d%0ax-evil:%201";
    for path in [
        format!("/people?lang=it{smuggled}"),
        format!("/people?search={smuggled}"),
        format!("/login?next=/{smuggled}"),
        format!("/people/{smuggled}"),
        format!("/settings/audit?actor={smuggled}"),
    ] {
        for cookie in [house.cookie.as_str(), ""] {
            let answer = house.filo.get(&path).header("cookie", cookie).send().await;
            assert!(answer.header("x-evil").is_none(), "{path}");
            let cookies = answer.headers.get_all("set-cookie").iter();
            assert!(
                cookies
                    .into_iter()
                    .all(|it| !it.to_str().unwrap().contains("evil")),
                "{path}"
            );
        }
    }
}
