//! What comes back: classified, followed, shown, and gone with the person.

use filo_core::access::Role;
use filo_core::id::MessageId;
use filo_core::mail::TokenKey;
use filo_testkit::Filo;
use serde_json::{Value, json};

use super::{address, letter};
use crate::access::{look, somebody};

/// A notice about our message to an address, as a server would send it.
pub(super) async fn notice(
    filo: &Filo,
    to: &str,
    number: u128,
    status: &str,
    said: &str,
) -> String {
    let mut letter = letter(number);
    letter.to.address = address(to);
    filo.app.hand_over_mail(&letter).await.unwrap();
    let kept = filo.api_get("/api/v1/mail/folder").await;
    let of = |mail: &Value| {
        mail["name"]
            .as_str()
            .unwrap()
            .ends_with(&MessageId(number).to_string())
    };
    let kept = kept["data"].as_array().unwrap();
    let mail = kept.iter().find(|mail| of(mail)).unwrap();
    let name = mail["name"].as_str().unwrap();
    let raw = std::fs::read_to_string(filo.file(&format!("mail/{name}.eml"))).unwrap();
    let head = raw.split("\r\n\r\n").next().unwrap();
    format!(
        "From: MAILER-DAEMON@mx.example.net\r\nTo: ciao@rossi.it\r\nSubject: Undelivered {number}\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; \
         boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--x\r\nContent-Type: \
         message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: \
         rfc822;{to}\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {said}\r\n\r\n\
         --x\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--x--\r\n"
    )
}

async fn take(filo: &Filo, raw: &str) -> Value {
    let request = filo.post("/api/v1/mail/returns").bearer(&filo.api_key);
    request.body(raw.to_owned()).send().await.ok().json()
}

pub(super) async fn suppressed(filo: &Filo, address: &str) -> usize {
    let asked = json!({"address": address});
    let found = filo.api_post("/api/v1/suppressions/lookup", &asked).await;
    found["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_dead_address_is_put_aside_once_and_only_with_proof() {
    let filo = Filo::start().await;
    let raw = notice(
        &filo,
        "anna@example.com",
        1,
        "5.1.1",
        "550 5.1.1 User unknown",
    )
    .await;
    let taken = take(&filo, &raw).await;
    let row = &taken["data"][0];
    assert_eq!(
        (&row["class"], &row["effect"]),
        (&json!("address_dead"), &json!("put_aside"))
    );
    assert_eq!(row["message"], json!(MessageId(1).to_string()));
    assert_eq!(suppressed(&filo, "anna@example.com").await, 1);
    let again = take(&filo, &raw).await;
    assert_eq!(
        again["data"][0]["id"], row["id"],
        "the same mail counts once"
    );
    assert_eq!(
        filo.api_get("/api/v1/mail/returns").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // A notice with Anna's token cannot speak of Bruno, and one without a token of nobody.
    let forged = raw.replace("anna@example.com", "bruno@example.com");
    let taken = take(&filo, &forged).await;
    assert_eq!(taken["data"][0]["effect"], "unproved");
    assert_eq!(suppressed(&filo, "bruno@example.com").await, 0);
}

#[tokio::test]
async fn what_lies_with_us_alarms_and_follows_nobody() {
    let filo = Filo::start().await;
    for (number, status, said) in [
        (1, "5.7.1", "554 5.7.1 blocked using zen.spamhaus.org"),
        (2, "5.7.26", "550 5.7.26 unauthenticated"),
    ] {
        let raw = notice(&filo, "anna@example.com", number, status, said).await;
        let taken = take(&filo, &raw).await;
        assert_eq!(taken["data"][0]["effect"], "alarm", "{taken}");
    }
    assert_eq!(suppressed(&filo, "anna@example.com").await, 0);
    let incidents = filo.api_get("/api/v1/incidents").await.to_string();
    assert!(incidents.contains("mail_policy") && incidents.contains("mail_configuration"));
    assert!(!incidents.contains("example.com"), "{incidents}");
}

#[tokio::test]
async fn a_full_mailbox_counts_up_to_five() {
    let filo = Filo::start().await;
    for number in 1..=5 {
        let raw = notice(
            &filo,
            "anna@example.com",
            number,
            "5.2.2",
            "552 5.2.2 Mailbox full",
        )
        .await;
        let taken = take(&filo, &raw).await;
        let effect = if number < 5 { "counted" } else { "put_aside" };
        assert_eq!(taken["data"][0]["effect"], effect, "{number}");
    }
    assert_eq!(suppressed(&filo, "anna@example.com").await, 1);
}

#[tokio::test]
async fn the_pages_show_class_and_reason_and_a_person_takes_it_along() {
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "i-1",
                      "traits": {"email": "anna@example.com"}}),
    ])
    .await;
    let raw = notice(
        &filo,
        "anna@example.com",
        1,
        "5.2.2",
        "552 <b>over</b> quota",
    )
    .await;
    let id = take(&filo, &raw).await["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let list = look(&filo, "/settings/mail/returns", &owner.text)
        .await
        .ok();
    assert!(list.text().contains("anna@example.com"), "{}", list.text());
    let page = look(&filo, &format!("/settings/mail/returns/{id}"), &owner.text)
        .await
        .ok();
    assert!(
        page.text().contains("5.2.2") && page.text().contains("&lt;b&gt;over"),
        "{}",
        page.text()
    );
    let person = filo.user("u-1").await.id;
    let copy = filo
        .post(&format!("/api/v1/customers/{person}/export"))
        .bearer(&filo.api_key);
    let copy = copy.json(&json!({})).send().await.ok().text();
    assert!(
        copy.contains("Undelivered 1") && copy.contains("colomba"),
        "{copy}"
    );
    let erase = json!({"ground": "request"});
    let erased = filo
        .post(&format!("/api/v1/customers/{person}/erasure"))
        .bearer(&filo.api_key);
    let erased = erased.json(&erase).send().await;
    assert!(erased.status.is_success(), "{}", erased.text());
    assert_eq!(
        filo.api_get("/api/v1/mail/returns").await["data"],
        json!([])
    );
    let kept = filo.api_get("/api/v1/mail/folder").await;
    let kept = kept["data"].as_array().unwrap().clone();
    // The owner's own invitation stays.
    assert!(
        kept.iter().all(|mail| mail["to"] == "olga@bottega.it"),
        "{kept:?}"
    );
}

#[tokio::test]
async fn what_is_no_mail_is_refused_and_old_returns_go() {
    let filo = Filo::start().await;
    for wrong in ["", "\u{0}\u{1}"] {
        let request = filo.post("/api/v1/mail/returns").bearer(&filo.api_key);
        request.body(wrong.to_owned()).send().await.is(422);
    }
    let raw = notice(&filo, "anna@example.com", 1, "5.2.2", "552 full").await;
    take(&filo, &raw).await;
    filo.advance(std::time::Duration::from_secs(31 * 86_400));
    let other = notice(&filo, "anna@example.com", 2, "5.2.2", "552 full").await;
    take(&filo, &other).await;
    filo.app.let_returns_go().await.unwrap();
    assert_eq!(
        filo.api_get("/api/v1/mail/returns").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // The token of the workspace is the same for ever.
    let key = TokenKey::of(&filo_core::id::WorkspaceKey([0; 32]));
    assert!(format!("{key:?}").contains("•••"));
}
