//! Statements and templates smuggled in with values.

use filo_core::identity::Kind;
use serde_json::json;

use super::House;

/// Texts that end a quoted value, comment the rest away, or are no text at all.
const HOSTILE: [&str; 9] = [
    "' OR '1'='1",
    "x') OR 1=1 --",
    "\"; drop table customer; --",
    "1; select pg_sleep(9)",
    "\\' OR 1=1#",
    "%' union select value from setting --",
    "$9",
    "?9 OR TRUE",
    "a\0b",
];

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// CVE-2025-21628 (Chatwoot, `query_operator`): let through if a filter's value were text of SQL.
#[tokio::test]
async fn cve_2025_21628_no_filter_of_the_api_widens() {
    let house = House::open().await;
    for text in HOSTILE {
        let text = encoded(text);
        for path in [
            format!("/api/v1/customers?search={text}"),
            format!("/api/v1/quarantine?code={text}"),
            format!("/api/v1/audit?actor={text}"),
        ] {
            let answer = house
                .filo
                .get(&path)
                .bearer(&house.filo.api_key)
                .send()
                .await
                .is(200);
            assert_eq!(answer.json()["data"], json!([]), "{path}");
        }
        for path in [
            "quarantine?status",
            "quarantine?source",
            "audit?act",
            "audit?from",
        ] {
            let path = format!("/api/v1/{path}={text}");
            house
                .filo
                .get(&path)
                .bearer(&house.filo.api_key)
                .send()
                .await
                .is(422);
        }
    }
    assert_eq!(house.filo.app.customer_count().await.unwrap(), 2);
}

/// The same in the console: let through if a page built its query from its address.
#[tokio::test]
async fn cve_2025_21628_no_filter_of_the_console_widens() {
    let house = House::open().await;
    for text in HOSTILE {
        let text = encoded(text);
        let people = house
            .page(&format!("/people?search={text}"))
            .await
            .is(200)
            .text();
        assert!(!people.contains("anna@example.it"), "{text}");
        let log = house
            .page(&format!("/settings/audit?actor={text}&act={text}"))
            .await
            .is(200);
        assert!(!log.text().contains("<tbody>"), "{text}");
    }
}

/// CVE-2026-44706 (Chatwoot, values of custom attributes): let through if stored values were
/// put into later statements as text.
#[tokio::test]
async fn cve_2026_44706_stored_values_are_only_values() {
    let house = House::open().await;
    for (number, text) in HOSTILE.iter().enumerate() {
        house
            .filo
            .send([
                json!({"type": "identify", "userId": format!("{text}{number}"),
                "messageId": format!("h-{number}"),
                "traits": {*text: text, "firstName": text, "city": text}}),
            ])
            .await;
        let user = format!("{text}{number}").replace('\0', "\u{fffd}");
        let found = house
            .filo
            .find(Kind::UserId, &format!("{text}{number}"))
            .await;
        let found = match found {
            Some(found) => Some(found),
            None => house.filo.find(Kind::UserId, &user).await,
        };
        assert!(found.is_some(), "{text:?} is found as what it is");
    }
    assert_eq!(
        house.filo.app.check().await.unwrap().problems,
        Vec::<String>::new()
    );
    assert_eq!(
        house
            .filo
            .user("u-1")
            .await
            .profile
            .traits
            .text("email")
            .as_deref(),
        Some("anna@example.it")
    );
}

/// CVE-2026-3105 (Mautic, sort of an API list): let through if an order could be asked for by
/// the name of a column.
#[tokio::test]
async fn cve_2026_3105_no_list_takes_an_order_in_words() {
    let house = House::open().await;
    for list in ["customers", "quarantine", "audit"] {
        for name in [
            "sort",
            "order",
            "orderBy",
            "order_by",
            "orderByDir",
            "columns",
        ] {
            let path = format!("/api/v1/{list}?{name}=(select%201)");
            let answer = house
                .filo
                .get(&path)
                .bearer(&house.filo.api_key)
                .send()
                .await
                .is(422);
            assert_eq!(answer.json()["field"], name, "{path}");
        }
    }
}

/// CVE-2026-4776 (Mautic, contact filter): let through if the kind of an identifier were a column.
#[tokio::test]
async fn cve_2026_4776_a_lookup_finds_by_equality_only() {
    let house = House::open().await;
    for text in HOSTILE
        .iter()
        .chain(&["%", "_", "*", "anna%", "anna@example._t"])
    {
        let text = encoded(text);
        for query in [
            format!("email={text}"),
            format!("user_id={text}"),
            format!("kind={text}&value=u-1"),
            format!("kind=user_id&value={text}"),
        ] {
            let path = format!("/api/v1/customers/lookup?{query}");
            let answer = house
                .filo
                .get(&path)
                .bearer(&house.filo.api_key)
                .send()
                .await;
            assert!(
                answer.status.is_client_error(),
                "{query}: {}",
                answer.text()
            );
            assert!(!answer.text().contains("anna@example.it"), "{query}");
        }
    }
}

/// Wildcards of LIKE in a search: let through if a prefix were matched without escaping.
#[tokio::test]
async fn cwe_943_wildcards_of_a_search_are_letters() {
    let house = House::open().await;
    for text in ["%", "%25", "_", "____", "*", "[a-z]*", "a%25a"] {
        let path = format!("/api/v1/customers?search={}", encoded(text));
        let found = house.filo.api_get(&path).await;
        assert_eq!(found["data"], json!([]), "{text}");
    }
    let found = house.filo.api_get("/api/v1/customers?search=ann").await;
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
}

/// The Profile API: let through if the type in the address were trusted.
#[tokio::test]
async fn cve_2026_41141_profiles_answer_for_one_identifier_only() {
    let house = House::open().await;
    for text in HOSTILE {
        for (kind, value) in [
            ("user_id", encoded(text)),
            (&*encoded(text), "u-1".to_owned()),
        ] {
            let path = format!("/v1/spaces/x/collections/users/profiles/{kind}:{value}/traits");
            let answer = house.filo.get(&path).key(&house.filo.api_key).send().await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.text());
        }
    }
}

/// CVE-2025-49136, CVE-2026-9558 (templates in listmonk and Mautic): let through if a sentence
/// were formatted again after values were put into it.
#[tokio::test]
async fn cve_2025_49136_templates_in_names_stay_text() {
    let house = House::open().await;
    let name = "{{7*7}}${7*7}{ $count }<%= 7*7 %>{{ env \"HOME\" }}";
    house
        .filo
        .send([
            json!({"type": "identify", "userId": "t-1", "messageId": "t-1",
                      "traits": {"firstName": name}}),
        ])
        .await;
    let id = house.filo.user("t-1").await.id;
    let page = house.page(&format!("/people/{id}")).await.is(200).text();
    assert!(
        page.contains("{{7*7}}${7*7}{ $count }&lt;%= 7*7 %&gt;"),
        "{page}"
    );
    let unfound = house
        .page("/people?search=%7B%20%24search%20%7D%7B%7B7*7%7D%7D")
        .await
        .text();
    assert!(unfound.contains("{ $search }{{7*7}}"), "{unfound}");
}
