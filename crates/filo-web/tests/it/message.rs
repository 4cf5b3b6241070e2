//! Messages through the running program: the gate's verdicts, calling off, the rules, and what
//! stands in the copy and goes when somebody is forgotten.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};
use crate::consent_ledger::{HOUR, anna};

const DAY: Duration = Duration::from_secs(86_400);

async fn write(filo: &Filo, customer: &str, purpose: &str, subject: &str) -> String {
    let new = json!({"medium": "email", "purpose": purpose, "subject": subject,
                     "text": "Ciao Anna,\n\nil caffè è arrivato."});
    let made = filo
        .api_post(&format!("/api/v1/customers/{customer}/messages"), &new)
        .await;
    made["id"].as_str().unwrap().to_owned()
}

async fn stands(filo: &Filo, message: &str) -> (String, Vec<String>) {
    filo.app.send_messages().await.unwrap();
    let whole = filo.api_get(&format!("/api/v1/messages/{message}")).await;
    let last = whole["verdicts"].as_array().unwrap().last();
    let findings = last.and_then(|it| it["findings"].as_array());
    let words = findings.into_iter().flatten();
    let words = words.map(|it| it["why"].as_str().unwrap().to_owned());
    let state = whole["state"].as_str().unwrap().to_owned();
    (state, words.collect())
}

async fn policy(filo: &Filo, change: impl FnOnce(&mut Value)) {
    let mut policy = filo.api_get("/api/v1/settings/messages").await;
    change(&mut policy);
    let request = filo
        .request(http::Method::PUT, "/api/v1/settings/messages")
        .bearer(&filo.api_key);
    request.json(&policy).send().await.ok();
}

#[tokio::test]
async fn what_is_allowed_leaves_once_and_stands_on_the_thread() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    policy(&filo, |it| it["holdout_percent"] = 0.into()).await;
    let message = write(&filo, &id, "marketing", "Il caffè è qui").await;
    let (state, why) = stands(&filo, &message).await;
    assert_eq!((state.as_str(), why), ("sent", vec!["granted".to_owned()]));
    let whole = filo.api_get(&format!("/api/v1/messages/{message}")).await;
    assert_eq!(whole["basis"], "consent");
    assert!(whole["proof"].as_str().unwrap().starts_with("evt_"));
    let text = whole["sent"]["text"].as_str().unwrap();
    assert!(text.contains("il caffè è arrivato."), "{text}");
    assert!(text.contains("/public/unsubscribe/"), "{text}");
    filo.settle().await;
    let events = filo
        .api_get(&format!("/api/v1/customers/{id}/events"))
        .await;
    let sent: Vec<&Value> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["name"] == "Email Sent")
        .collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["properties"]["message"], message.as_str());
}

#[tokio::test]
async fn nobody_gets_what_they_did_not_allow_or_took_back() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    policy(&filo, |it| it["holdout_percent"] = 0.into()).await;
    let never = write(&filo, &id, "profiling", "Una proposta").await;
    let (state, why) = stands(&filo, &never).await;
    assert_eq!((state.as_str(), &*why[0]), ("stopped", "never_asked"));

    // Planned while they allowed it, refused when it comes to the gate.
    policy(&filo, |it| it["is_paused"] = true.into()).await;
    let planned = write(&filo, &id, "marketing", "Novità").await;
    let (state, why) = stands(&filo, &planned).await;
    assert_eq!(
        (state.as_str(), why.last().unwrap().as_str()),
        ("awaiting", "paused")
    );
    let no = json!({"purpose": "marketing", "channel": "email", "granted": false,
                    "basis": "consent", "wording": "", "proof": "al banco"});
    filo.advance(HOUR);
    filo.api_post(&format!("/api/v1/customers/{id}/consents"), &no)
        .await;
    policy(&filo, |it| it["is_paused"] = false.into()).await;
    let (state, why) = stands(&filo, &planned).await;
    assert_eq!((state.as_str(), &*why[0]), ("stopped", "denied"));
}

#[tokio::test]
async fn caps_slide_and_the_night_is_waited_for() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    policy(&filo, |it| {
        it["holdout_percent"] = 0.into();
        it["wait_days_most"] = 9.into();
    })
    .await;
    for subject in ["uno", "due"] {
        let message = write(&filo, &id, "marketing", subject).await;
        assert_eq!(stands(&filo, &message).await.0, "sent");
    }
    let third = write(&filo, &id, "marketing", "tre").await;
    let (state, why) = stands(&filo, &third).await;
    assert_eq!(
        (state.as_str(), why.last().unwrap().as_str()),
        ("queued", "cap")
    );
    filo.advance(DAY * 7);
    assert_eq!(stands(&filo, &third).await.0, "sent");

    // What is about an order knows no caps, but the night.
    let service = write(&filo, &id, "contract", "Il tuo ordine").await;
    assert_eq!(stands(&filo, &service).await.0, "sent");
    policy(&filo, |it| {
        it["quiet"] = json!({"from": "00:00", "until": "23:59", "on_holidays": false});
    })
    .await;
    let quiet = write(&filo, &id, "contract", "Di notte").await;
    let (state, why) = stands(&filo, &quiet).await;
    assert_eq!(
        (state.as_str(), why),
        ("queued", vec!["duty".to_owned(), "quiet".to_owned()])
    );
}

#[tokio::test]
async fn a_person_calls_a_message_off_and_lets_it_go_after_all() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    policy(&filo, |it| {
        it["is_paused"] = true.into();
        it["holdout_percent"] = 0.into();
    })
    .await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, &format!("/people/{id}/messages"), &owner.text).await;
    assert!(page.ok().text().contains("Scrivi a questa persona"));
    let send = format!("/people/{id}/messages");
    let empty = "purpose=marketing&subject=&text=ciao&act=send";
    post(&filo, &send, &owner.text, empty).await.is(422);
    let looked = "purpose=marketing&subject=Novit%C3%A0&text=ciao&act=look";
    let page = post(&filo, &send, &owner.text, looked).await;
    assert!(page.ok().text().contains("Aspetta che decida una persona"));
    let sent = "purpose=marketing&subject=Novit%C3%A0&text=ciao&act=send";
    post(&filo, &send, &owner.text, sent).await.is(303);
    filo.app.send_messages().await.unwrap();
    let list = filo.api_get("/api/v1/messages?state=awaiting").await;
    let message = list["data"][0]["id"].as_str().unwrap().to_owned();
    let page = look(&filo, &format!("/messages/{message}"), &owner.text).await;
    assert!(page.ok().text().contains("Le partenze sono ferme"));
    let path = format!("/messages/{message}/cancellation");
    post(&filo, &path, &owner.text, "").await.is(303);
    let again = filo
        .post(&format!("/api/v1{path}"))
        .bearer(&filo.api_key)
        .send()
        .await;
    again.is(409);
    policy(&filo, |it| it["is_paused"] = false.into()).await;
    let path = format!("/messages/{message}/again");
    post(&filo, &path, &owner.text, "").await.is(303);
    assert_eq!(stands(&filo, &message).await.0, "sent");
    let list = look(&filo, "/messages?state=sent", &owner.text).await;
    assert!(list.ok().text().contains("Novità"));
}

#[tokio::test]
async fn rules_that_cannot_be_kept_are_refused_with_their_place() {
    let filo = Filo::start().await;
    let put = async |change: &dyn Fn(&mut Value)| {
        let mut policy = filo.api_get("/api/v1/settings/messages").await;
        change(&mut policy);
        let request = filo
            .request(http::Method::PUT, "/api/v1/settings/messages")
            .bearer(&filo.api_key);
        request.json(&policy).send().await
    };
    put(&|it| it["quiet"]["from"] = "25:00".into())
        .await
        .is(422);
    put(&|it| it["budget"]["points"] = 5.into()).await.is(422);
    put(&|it| it["caps"][0]["most"] = 0.into()).await.is(422);
    put(&|it| it["no_room"] = "shout".into()).await.is(422);
    put(&|_| ()).await.ok();
    put(&|it| it["version"] = 0.into()).await.is(409);
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, "/settings/messages", &owner.text).await;
    assert!(page.ok().text().contains("Ore di quiete"));
    let wrong = "version=1&quiet-from=21%3A00&quiet-until=8&points=6&budget-days=7";
    post(&filo, "/settings/messages", &owner.text, wrong)
        .await
        .is(422);
}

#[tokio::test]
async fn what_was_said_is_in_the_copy_and_goes_with_its_person() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    policy(&filo, |it| it["holdout_percent"] = 0.into()).await;
    let message = write(&filo, &id, "marketing", "Segretissimo").await;
    assert_eq!(stands(&filo, &message).await.0, "sent");
    let copy = filo
        .api_post(&format!("/api/v1/customers/{id}/export"), &json!({}))
        .await;
    assert_eq!(copy["messages"][0]["sent"]["subject"], "Segretissimo");
    let erasure = json!({"ground": "request"});
    filo.api_post(&format!("/api/v1/customers/{id}/erasure"), &erasure)
        .await;
    let gone = filo
        .get(&format!("/api/v1/messages/{message}"))
        .bearer(&filo.api_key)
        .send()
        .await;
    gone.is(404);
    let all = filo.api_get("/api/v1/messages").await;
    assert_eq!(all["data"], json!([]));
}

#[tokio::test]
async fn whoever_claims_a_yes_is_asked_by_mail_once_and_their_link_is_theirs_alone() {
    let filo = Filo::start().await;
    let claim = |id: &str| {
        json!({"type": "track", "event": "Consent Granted", "messageId": id,
               "userId": "web-1", "context": {"traits": {"email": "lia@example.it"}},
               "properties": {"purpose": "marketing", "channel": "email"}})
    };
    for id in ["c-1", "c-2"] {
        filo.send_public([claim(id)]).await;
        filo.settle().await;
    }
    filo.app.send_messages().await.unwrap();
    let list = filo.api_get("/api/v1/messages").await;
    let rows = list["data"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{list}");
    assert_eq!(rows[0]["state"], "sent");
    assert_eq!(rows[0]["origin"], "confirmation");
    let id = rows[0]["id"].as_str().unwrap();
    let whole = filo.api_get(&format!("/api/v1/messages/{id}")).await;
    let text = whole["sent"]["text"].as_str().unwrap();
    assert!(text.contains("Offerte e novità"), "{text}");
    assert!(!text.contains("/public/confirm/"), "{text}");
}
