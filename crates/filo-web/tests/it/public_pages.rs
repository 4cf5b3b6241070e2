//! The pages for customers: preferences, unsubscribing, confirming; and their own host name.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use crate::access::{look, somebody};

const HOUR: Duration = Duration::from_secs(3_600);

async fn anna(filo: &Filo) -> String {
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "1",
               "traits": {"email": "anna@example.it", "phone": "+393331234567", "name": "Anna",
                          "language": "it"}}),
        json!({"type": "track", "event": "Consent Granted", "userId": "anna", "messageId": "2",
               "properties": {"purpose": "marketing", "channel": "email"}}),
    ])
    .await;
    filo.user("anna").await.id.to_string()
}

/// What stands behind the host name in a link.
fn path(url: &Value) -> String {
    let url = url.as_str().unwrap();
    url[url.find("/public/").unwrap()..].to_owned()
}

/// The addresses of the preferences and of unsubscribing.
async fn links(filo: &Filo, id: &str) -> (String, String) {
    let links = filo.api_get(&format!("/api/v1/customers/{id}/links")).await;
    let of_mail = &links["data"][0];
    (path(&of_mail["preferences"]), path(&of_mail["unsubscribe"]))
}

async fn may(filo: &Filo, id: &str, channel: &str) -> (bool, String) {
    let question = format!("/api/v1/customers/{id}/addressing?purpose=marketing&channel={channel}");
    let answer = filo.api_get(&question).await;
    let code = answer["reasons"][0]["code"].as_str().unwrap().to_owned();
    (answer["may"].as_bool().unwrap(), code)
}

async fn events(filo: &Filo, id: &str) -> usize {
    let ledger = filo
        .api_get(&format!("/api/v1/customers/{id}/consents"))
        .await;
    ledger["data"].as_array().unwrap().len()
}

#[track_caller]
fn is_well_dressed(answer: &Answer) {
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("set-cookie"), None);
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"));
    let page = answer.text();
    assert!(
        page.len() < 50_000 && !page.contains("<script"),
        "{} bytes",
        page.len()
    );
}

#[tokio::test]
async fn one_click_unsubscribes_without_a_cookie_and_a_look_does_nothing() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let (_, leave) = links(&filo, &id).await;
    for method in [http::Method::GET, http::Method::HEAD] {
        let answer = filo.request(method, &leave).send().await.ok();
        is_well_dressed(&answer);
    }
    assert_eq!(may(&filo, &id, "email").await, (true, "granted".to_owned()));
    let page = filo.get(&leave).send().await.ok().text();
    assert!(page.contains("Non vuoi più le nostre e-mail?") && page.contains("lang=\"it\""));
    assert!(!page.contains("anna"), "the page names nobody");

    // RFC 8058 in its two forms, without a body, and all of them once more.
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n\
                     One-Click\r\n--x--\r\n";
    for _ in 0..2 {
        let one_click = filo.post(&leave).form("List-Unsubscribe=One-Click");
        is_well_dressed(&one_click.send().await.is(200));
        let kind = "multipart/form-data; boundary=x";
        let request = filo
            .post(&leave)
            .header("content-type", kind)
            .body(multipart);
        request.send().await.is(200);
        filo.post(&leave).send().await.is(200);
    }
    assert_eq!(
        events(&filo, &id).await,
        2,
        "said once, however often it was sent"
    );
    assert!(!may(&filo, &id, "email").await.0);
    let known = json!({"address": "anna@example.it"});
    let found = filo.api_post("/api/v1/suppressions/lookup", &known).await;
    assert_eq!(found["data"][0]["reason"], "unsubscribed");
    // Over a restart the link is still one, and a yes of the company does not undo it.
    let filo = filo.restart().await;
    filo.get(&leave).send().await.is(200);
    filo.advance(HOUR);
    let given = json!({"purpose": "marketing", "channel": "email", "granted": true, "proof": "x"});
    filo.api_post(&format!("/api/v1/customers/{id}/consents"), &given)
        .await;
    assert_eq!(
        may(&filo, &id, "email").await,
        (false, "suppressed".to_owned())
    );
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn preferences_change_what_differs_and_nothing_else() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let (choose, leave) = links(&filo, &id).await;
    let page = filo.get(&choose).send().await.ok();
    is_well_dressed(&page);
    let page = page.text();
    assert!(page.contains("a•••@e•••.it") && !page.contains("anna@example.it"));
    let ticked = |page: &str, word: &str| {
        let at = page.find(&format!("value=\"{word}\"")).unwrap();
        page[at..].split('>').next().unwrap().contains("checked")
    };
    assert!(ticked(&page, "marketing.email"));
    for word in ["marketing.sms", "profiling.any", "email_tracking.any"] {
        assert!(
            !ticked(&page, word),
            "{word} is not ticked before they said so"
        );
    }
    let before = events(&filo, &id).await;
    // The same again says nothing.
    filo.post(&choose)
        .form("do=save&yes=marketing.email")
        .send()
        .await
        .ok();
    filo.post(&choose)
        .form("yes=marketing.sms")
        .send()
        .await
        .ok();
    filo.post(&choose)
        .body("\u{0}\u{1}garbage")
        .send()
        .await
        .ok();
    assert_eq!(events(&filo, &id).await, before);
    let saved = filo
        .post(&choose)
        .form("do=save&yes=marketing.sms&yes=profiling.any&yes=x.y");
    let saved = saved
        .header("user-agent", "Lynx 2")
        .send()
        .await
        .ok()
        .text();
    assert!(saved.contains("Fatto") && ticked(&saved, "marketing.sms"));
    assert_eq!(events(&filo, &id).await, before + 3);
    assert_eq!(may(&filo, &id, "sms").await, (true, "granted".to_owned()));
    assert_eq!(may(&filo, &id, "email").await, (false, "denied".to_owned()));
    let ledger = filo
        .api_get(&format!("/api/v1/customers/{id}/consents"))
        .await;
    let last = ledger["data"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["proof"]["how"], "page");
    assert_eq!(last["proof"]["user_agent"], "Lynx 2");
    assert!(
        !ledger
            .to_string()
            .contains(choose.rsplit('/').next().unwrap()),
        "no token is kept"
    );
    // Nobody of the company did it.
    let audit = filo.api_get("/api/v1/audit").await.to_string();
    assert!(!audit.contains("consent_granted") && !audit.contains("consent_withdrawn"));

    filo.post(&leave).send().await.ok();
    filo.advance(HOUR);
    filo.post(&choose)
        .form("do=save&yes=marketing.email")
        .send()
        .await
        .ok();
    let back = may(&filo, &id, "email").await;
    assert_eq!(
        back,
        (true, "granted".to_owned()),
        "they take their own no back"
    );
    filo.advance(HOUR);
    filo.post(&choose).form("do=nothing").send().await.ok();
    for channel in ["email", "sms", "web"] {
        assert!(!may(&filo, &id, channel).await.0, "{channel}");
    }
}

#[tokio::test]
async fn a_link_proves_what_was_said_and_nothing_about_who_is_who() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let before = filo
        .api_get(&format!("/api/v1/customers/{id}/explanation"))
        .await;
    let (choose, _) = links(&filo, &id).await;
    filo.advance(HOUR);
    filo.post(&choose)
        .form("do=save&yes=marketing.sms")
        .send()
        .await
        .ok();
    let after = filo
        .api_get(&format!("/api/v1/customers/{id}/explanation"))
        .await;
    assert_eq!(after["reasons"], before["reasons"]);
}

#[tokio::test]
async fn links_that_lead_nowhere_look_alike() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let (choose, leave) = links(&filo, &id).await;
    let token = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let mut forged = token(&choose);
    let last = if forged.ends_with('A') { "B" } else { "A" };
    forged.replace_range(forged.len() - 1.., last);
    let mut seen = Vec::new();
    for path in [
        format!("/public/preferences/{forged}"),
        "/public/preferences/x".to_owned(),
        format!("/public/preferences/{}", token(&leave)),
        format!("/public/unsubscribe/{}", token(&choose)),
        format!("/public/confirm/{}", token(&choose)),
        format!("/public/unsubscribe/{}", "A".repeat(3_000)),
        "/public/nothing".to_owned(),
        "/public".to_owned(),
    ] {
        for method in [http::Method::GET, http::Method::POST] {
            let answer = filo.request(method, &path).send().await.is(404);
            is_well_dressed(&answer);
            seen.push(answer.text());
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 1, "{seen:?}");
}

#[tokio::test]
async fn a_claimed_yes_waits_for_its_click() {
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "1",
                      "traits": {"email": "anna@example.it"}}),
    ])
    .await;
    let id = filo.user("anna").await.id.to_string();
    filo.send_public([
        json!({"type": "track", "event": "Consent Granted", "messageId": "2",
        "anonymousId": "cookie", "context": {"traits": {"email": "anna@example.it"}},
        "properties": {"purpose": "marketing", "channel": "email", "email": "anna@example.it"}}),
    ])
    .await;
    // Filo has asked by itself.
    filo.settle().await;
    filo.advance(HOUR * 25);
    let asking = format!("/api/v1/customers/{id}/confirmations");
    let body = json!({"purpose": "marketing", "channel": "email"});
    let made = filo.api_post(&asking, &body).await;
    let link = path(&made["url"]);
    // One mail for an address in 24 hours, whoever asks.
    let again = filo.post(&asking).bearer(&filo.api_key).json(&body);
    again.send().await.is(429);
    let duty = json!({"purpose": "contract"});
    filo.advance(HOUR * 25);
    let request = filo.post(&asking).bearer(&filo.api_key).json(&duty);
    request.send().await.is(422);

    let page = filo.get(&link).send().await.ok();
    is_well_dressed(&page);
    assert!(!may(&filo, &id, "email").await.0, "a look is no click");
    for _ in 0..2 {
        is_well_dressed(&filo.post(&link).send().await.ok());
    }
    assert_eq!(may(&filo, &id, "email").await, (true, "granted".to_owned()));
    let ledger = filo
        .api_get(&format!("/api/v1/customers/{id}/consents"))
        .await;
    let confirmed: Vec<&Value> = ledger["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["proof"]["how"] == "double_opt_in")
        .collect();
    assert_eq!(confirmed.len(), 1);

    let made = filo.api_post(&asking, &body).await;
    let link = path(&made["url"]);
    filo.advance(HOUR * 24 * 7);
    let late = filo.post(&link).send().await.ok().text();
    assert!(
        late.contains("scaduto") || late.contains("too old"),
        "{late}"
    );
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, &format!("/people/{id}/consents"), &owner.text).await;
    assert!(page.ok().text().contains("/confirmations"));
}

#[tokio::test]
async fn customers_pages_have_a_host_name_of_their_own() {
    let filo = Filo::start_with(|config| {
        config.public_pages_url = Some("https://scelte.bar.example".to_owned());
    })
    .await;
    let id = anna(&filo).await;
    let links = filo.api_get(&format!("/api/v1/customers/{id}/links")).await;
    let url = links["data"][0]["preferences"].as_str().unwrap();
    let path = url.strip_prefix("https://scelte.bar.example").unwrap();
    let at = async |host: &str, path: &str| {
        let request = filo.get(path).header("host", host).bearer(&filo.api_key);
        request.send().await.status.as_u16()
    };
    for host in ["scelte.bar.example", "SCELTE.bar.example:443"] {
        assert_eq!(at(host, path).await, 200);
        assert_eq!(at(host, "/public/style.css").await, 200);
        for hidden in [
            "/",
            "/login",
            "/people",
            "/assets/console.css",
            "/api/v1/customers",
            "/api/openapi.json",
            "/nothing",
        ] {
            assert_eq!(at(host, hidden).await, 404, "{host} {hidden}");
        }
    }
    for host in [
        "filo.bar.example",
        "scelte.bar.example.evil.example",
        "127.0.0.1:8080",
    ] {
        assert_eq!(at(host, path).await, 404, "{host}");
        assert_eq!(at(host, "/public/style.css").await, 404, "{host}");
        assert_eq!(at(host, "/login").await, 200, "{host}");
        assert_eq!(at(host, "/api/v1/customers").await, 200, "{host}");
    }
}
