//! What somebody allowed when, whether they may be addressed, the certificate, purposes and texts,
//! and the list of addresses that nothing is sent to.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};

pub(crate) const HOUR: Duration = Duration::from_secs(3_600);

/// A customer with an account, an address and a number, who said yes to marketing by mail.
pub(crate) async fn anna(filo: &Filo) -> String {
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "1",
               "traits": {"email": "anna@example.it", "phone": "+393331234567", "name": "Anna"}}),
        json!({"type": "track", "event": "Consent Granted", "userId": "anna", "messageId": "2",
               "properties": {"purpose": "marketing", "channel": "email", "basis": "consent",
                              "proof": "form 7", "how": "form"},
               "context": {"ip": "203.0.113.7", "userAgent": "Lynx",
                           "page": {"url": "https://bar.example/iscriviti"}}}),
    ])
    .await;
    filo.user("anna").await.id.to_string()
}

pub(crate) async fn asked(filo: &Filo, id: &str, query: &str) -> Value {
    filo.api_get(&format!("/api/v1/customers/{id}/addressing?{query}"))
        .await
}

pub(crate) fn codes(answer: &Value) -> Vec<&str> {
    let reasons = answer["reasons"].as_array().unwrap();
    reasons
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn what_held_then_is_answered_from_the_ledger_not_from_today() {
    let filo = Filo::start().await;
    let before = filo.now().to_string();
    filo.advance(HOUR);
    let id = anna(&filo).await;
    filo.advance(HOUR);
    let while_yes = filo.now().to_string();
    filo.advance(HOUR);
    filo.send([
        json!({"type": "track", "event": "Consent Withdrawn", "userId": "anna",
                      "messageId": "3", "properties": {"purpose": "marketing"}}),
    ])
    .await;
    let now = asked(&filo, &id, "purpose=marketing&channel=email").await;
    assert_eq!((&now["may"], codes(&now)), (&json!(false), vec!["denied"]));
    let then = format!("purpose=marketing&channel=email&at={while_yes}");
    let then = asked(&filo, &id, &then).await;
    assert_eq!(
        (&then["may"], codes(&then)),
        (&json!(true), vec!["granted"])
    );
    assert_eq!(then["proof"]["ip"], "203.0.113.7");
    assert_eq!(then["proof"]["page"], "https://bar.example/iscriviti");
    assert_eq!(then["statement"]["basis"], "consent");
    assert!(
        then["reasons"][0]["text"]["it"]
            .as_str()
            .unwrap()
            .starts_with("Ha detto sì")
    );
    assert!(
        then["reasons"][0]["text"]["en"]
            .as_str()
            .unwrap()
            .starts_with("They said yes")
    );
    let first = format!("purpose=marketing&channel=email&at={before}");
    assert_eq!(codes(&asked(&filo, &id, &first).await), ["never_asked"]);
    // The same out of the lake, and after everything was worked out anew.
    filo.flush().await;
    let filo = filo.restart().await;
    let again = format!("purpose=marketing&channel=email&at={while_yes}");
    assert_eq!(codes(&asked(&filo, &id, &again).await), ["granted"]);
    let ledger = filo
        .api_get(&format!("/api/v1/customers/{id}/consents"))
        .await;
    assert_eq!(ledger["data"].as_array().unwrap().len(), 2);
    assert_eq!(ledger["is_whole"], true);
}

#[tokio::test]
async fn a_statement_follows_its_identifier_when_customers_are_separated() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    // A person of the company takes a no down: it covers every identifier.
    let path = format!("/api/v1/customers/{id}/consents");
    let no = json!({"purpose": "marketing", "channel": "any", "granted": false});
    filo.api_post(&path, &no).await;
    let customer = filo
        .api_get(&format!("/api/v1/customers/{id}/identifiers"))
        .await;
    let of = |kind: &str| -> Value {
        let all = customer["data"].as_array().unwrap().iter();
        all.clone().find(|it| it["kind"] == kind).unwrap()["id"].clone()
    };
    let separation = json!({"a": of("user_id"), "b": of("email")});
    filo.api_post("/api/v1/separations", &separation).await;
    let other = filo
        .api_get("/api/v1/customers/lookup?email=anna@example.it")
        .await;
    let other = other["id"].as_str().unwrap().to_owned();
    let id = filo.user("anna").await.id.to_string();
    assert_ne!(other, id);
    filo.advance(HOUR);
    for person in [&id, &other] {
        let ledger = filo
            .api_get(&format!("/api/v1/customers/{person}/consents"))
            .await;
        let names: Vec<&str> = ledger["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["name"].as_str().unwrap())
            .collect();
        assert!(names.contains(&"Consent Withdrawn"), "{names:?}");
        let now = filo.now().to_string();
        let question = format!("purpose=marketing&channel=web&at={now}");
        assert_eq!(codes(&asked(&filo, person, &question).await)[0], "denied");
    }
}

#[tokio::test]
async fn soft_spam_is_for_mail_only_whoever_says_so() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let path = format!("/api/v1/customers/{id}/consents");
    let given = |channel: &str, basis: &str| {
        json!({"purpose": "marketing", "channel": channel, "granted": true, "basis": basis,
               "proof": "receipt 12"})
    };
    for (channel, basis, field) in [
        ("sms", "soft_spam", "basis"),
        ("email", "because", "basis"),
        ("pigeon", "consent", "channel"),
    ] {
        let request = filo.post(&path).bearer(&filo.api_key);
        let answer = request.json(&given(channel, basis)).send().await.is(422);
        assert_eq!(answer.json()["field"], field);
    }
    filo.api_post(&path, &given("email", "soft_spam")).await;
    let mail = asked(&filo, &id, "purpose=marketing&channel=email").await;
    assert_eq!(mail["may"], true);
    // Counting who opens a mail is asked for by itself.
    let opens = asked(&filo, &id, "purpose=email_tracking&channel=email").await;
    assert_eq!(codes(&opens), ["never_asked"]);
}

#[tokio::test]
async fn a_certificate_holds_statements_proofs_and_the_texts_they_name() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let text = json!({"purpose": "marketing", "text_it": "Sì, scrivetemi.",
                      "text_en": "Yes, write to me."});
    let version = filo
        .api_post("/api/v1/settings/consent-wordings", &text)
        .await;
    assert_eq!(version["version"], 1);
    let given = json!({"purpose": "marketing", "channel": "sms", "granted": true,
                       "wording": "marketing/1", "proof": "form 8", "how": "counter"});
    filo.api_post(&format!("/api/v1/customers/{id}/consents"), &given)
        .await;
    let path = format!("/api/v1/customers/{id}/consents/certificate");
    let made = filo.api_get(&path).await;
    assert_eq!(made["statements"].as_array().unwrap().len(), 2);
    let texts = made["wordings"].as_array().unwrap();
    assert_eq!(texts.len(), 2, "in both languages");
    // echo -n 'Sì, scrivetemi.' | sha256sum
    let italian = texts.iter().find(|it| it["language"] == "it").unwrap();
    assert_eq!(italian["text"], "Sì, scrivetemi.");
    assert_eq!(
        made["statements"][1]["proof"]["wording_hash"],
        italian["hash"]
    );
    assert_eq!(italian["hash"].as_str().unwrap().len(), 64);
    // A new version leaves the old one as it was.
    let text = json!({"purpose": "marketing", "text_it": "Altro", "text_en": "Other"});
    filo.api_post("/api/v1/settings/consent-wordings", &text)
        .await;
    assert_eq!(filo.api_get(&path).await["wordings"], made["wordings"]);

    let owner = somebody(&filo, "olga", Role::Owner).await;
    for language in ["it", "en"] {
        let page = format!("/people/{id}/consents/certificate?lang={language}");
        let page = look(&filo, &page, &owner.text).await.ok().text();
        assert!(page.contains("Sì, scrivetemi.") && page.contains("203.0.113.7"));
    }
    let file = format!("/people/{id}/consents/certificate.json");
    let file = look(&filo, &file, &owner.text).await.ok();
    assert_eq!(file.json()["customer"], id);
    // Who may not see personal data gets statements without their proof, and no certificate.
    let analyst = somebody(&filo, "aldo", Role::Analyst).await;
    let file = format!("/people/{id}/consents/certificate.json");
    look(&filo, &file, &analyst.text).await.is(403);
    let page = format!("/people/{id}/consents");
    let page = look(&filo, &page, &analyst.text).await.ok().text();
    assert!(
        !page.contains("203.0.113.7") && !page.contains("form 7"),
        "{page}"
    );
}

#[tokio::test]
async fn the_page_says_what_held_on_a_day_and_what_is_wrong_with_it() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    // The clock stands at 12:00 in Rome.
    for (time, expected) in [("11:59", "Nessuno gliel’ha chiesto"), ("12:01", "sì.")] {
        let page = format!(
            "/people/{id}/consents?purpose=marketing&channel=email&day=2026-10-07&time={time}&lang=it"
        );
        let page = look(&filo, &page, &owner.text).await.ok().text();
        assert!(page.contains(expected), "{time}: {page}");
    }
    let page = format!("/people/{id}/consents?purpose=marketing&channel=email&day=ieri&lang=it");
    let page = look(&filo, &page, &owner.text).await.is(422).text();
    assert!(page.contains("Questo giorno"));
    let person = look(&filo, &format!("/people/{id}?lang=it"), &owner.text)
        .await
        .ok();
    assert!(person.text().contains("Lo puoi contattare adesso?"));
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn an_owner_changes_purposes_and_a_marketer_reads_them() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let path = "/api/v1/settings/consent-purposes";
    let mut all = filo.api_get(path).await;
    assert_eq!(all["version"], 0);
    let words: Vec<&str> = all["purposes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|purpose| purpose["word"].as_str().unwrap())
        .collect();
    let usual = [
        "contract",
        "loyalty",
        "marketing",
        "profiling",
        "third_parties",
        "advertising",
        "email_tracking",
    ];
    assert_eq!(words, usual);
    all["purposes"][2]["expires_after_months"] = json!(1);
    let put = |body: Value| {
        let request = filo.request(http::Method::PUT, path).bearer(&filo.api_key);
        async move { request.json(&body).send().await }
    };
    put(all.clone()).await.ok();
    put(all.clone()).await.is(409);
    all["version"] = json!(1);
    all["purposes"][2]["bases"] = json!(["soft_spam"]);
    all["purposes"][2]["channels"] = json!(["sms"]);
    assert_eq!(put(all).await.is(422).json()["field"], "purposes");
    assert_eq!(
        asked(&filo, &id, "purpose=marketing&channel=email").await["may"],
        true
    );
    filo.advance(HOUR * 24 * 32);
    let later = asked(&filo, &id, "purpose=marketing&channel=email").await;
    assert_eq!(codes(&later), ["expired"]);

    let marketer = somebody(&filo, "mara", Role::Marketer).await;
    let page = look(&filo, "/settings/consent?lang=it", &marketer.text)
        .await
        .ok()
        .text();
    assert!(page.contains("Offerte e novità") && !page.contains("Nuovo scopo"));
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let form = "version=1&is_new=on&word=sondaggi&name_it=Sondaggi&name_en=Surveys&\
                ground=statement&channel=email&basis=consent&expires=0&ask_again=6";
    post(&filo, "/settings/consent", &owner.text, form)
        .await
        .is(303);
    let page = look(&filo, "/settings/consent", &owner.text)
        .await
        .ok()
        .text();
    assert!(page.contains("sondaggi"));
    let answer = post(&filo, "/settings/consent", &owner.text, form).await;
    assert_eq!(answer.status.as_u16(), 422, "the word is there already");
    let text = "purpose=sondaggi&text_it=Due+domande%3F&text_en=Two+questions%3F";
    post(&filo, "/settings/consent/wordings", &owner.text, text)
        .await
        .is(303);
    post(
        &filo,
        "/settings/consent/wordings",
        &owner.text,
        "purpose=sondaggi&text_it=&text_en=",
    )
    .await
    .is(422);
    let page = look(&filo, "/settings/consent", &owner.text)
        .await
        .ok()
        .text();
    assert!(page.contains("Due domande?") && page.contains("sondaggi/1"));
    post(
        &filo,
        "/settings/consent/removal",
        &owner.text,
        "version=2&word=sondaggi",
    )
    .await
    .is(303);
    post(
        &filo,
        "/settings/consent/removal",
        &owner.text,
        "version=3&word=marketing",
    )
    .await
    .is(422);
}
