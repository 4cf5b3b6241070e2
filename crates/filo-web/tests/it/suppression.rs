//! The list of addresses that nothing is sent to, through the running program.

use std::time::Duration;

use filo_app::Actor;
use filo_app::consent::{NewSuppression, SuppressionReason, Whom};
use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::Filo;
use serde_json::json;

use crate::access::{cookie, look, post, somebody};
use crate::consent_ledger::{HOUR, anna, asked, codes};

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn an_address_on_the_list_gets_nothing_and_is_found_by_typing_it() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let line = json!({"addresses": [{"kind": "email", "value": "Anna@Example.it"}],
                      "channel": "email", "reason": "hard_bounce", "note": "550"});
    let added = filo.api_post("/api/v1/suppressions", &line).await;
    assert_eq!(added["added"], 1);
    let again = filo.api_post("/api/v1/suppressions", &line).await;
    assert_eq!(again["added"], 0);
    let no = asked(&filo, &id, "purpose=marketing&channel=email").await;
    assert_eq!(codes(&no), ["suppressed"]);
    assert_eq!(no["reasons"][0]["suppressed_for"], "hard_bounce");
    assert_eq!(no["addresses"], json!([]));

    let whole = filo.api_get("/api/v1/suppressions").await;
    assert!(
        !whole.to_string().contains("example.it"),
        "no address in clear"
    );
    let look_up = json!({"address": "ANNA@example.it"});
    let found = filo.api_post("/api/v1/suppressions/lookup", &look_up).await;
    assert_eq!(found["data"][0]["id"], whole["data"][0]["id"]);
    let line_id = whole["data"][0]["id"].as_str().unwrap();
    let wrong = json!({"address": "nessuno"});
    let request = filo
        .post("/api/v1/suppressions/lookup")
        .bearer(&filo.api_key);
    request.json(&wrong).send().await.is(422);

    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(
        &filo,
        "/suppressions?address=anna%40example.it",
        &owner.text,
    )
    .await;
    assert!(page.ok().text().contains("550"));
    look(&filo, "/suppressions?address=nessuno", &owner.text)
        .await
        .is(422);
    let lift = format!("/suppressions/{line_id}/lifting");
    post(&filo, &lift, &owner.text, "note=").await.is(422);
    filo.advance(HOUR);
    post(&filo, &lift, &owner.text, "note=era+un+errore")
        .await
        .is(303);
    let yes = asked(&filo, &id, "purpose=marketing&channel=email").await;
    assert_eq!(yes["may"], true);
    // What held before it was taken off can still be asked.
    let then = filo.now().plus_seconds(-1_800).to_string();
    let then = format!("purpose=marketing&channel=email&at={then}");
    assert_eq!(codes(&asked(&filo, &id, &then).await), ["suppressed"]);
    post(
        &filo,
        "/suppressions",
        &owner.text,
        "address=%2B393331234567&channel=&reason=by_hand",
    )
    .await
    .is(303);
    post(
        &filo,
        "/suppressions",
        &owner.text,
        "address=niente&channel=&reason=by_hand",
    )
    .await
    .is(422);
    let audit = filo.api_get("/api/v1/audit").await.to_string();
    assert!(audit.contains("suppression_lifted") && audit.contains("\"suppressed\""));
    assert!(!audit.contains("example.it") && !audit.contains("errore"));
    let agent = somebody(&filo, "ada", Role::Agent).await;
    let page = filo
        .get("/suppressions")
        .header("cookie", &cookie(&agent.text));
    assert!(!page.send().await.ok().text().contains("/lifting"));
}

#[tokio::test]
async fn imports_suppress_and_the_list_outlives_the_person() {
    let filo = Filo::start().await;
    let line = |value: &str| NewSuppression {
        whom: Whom::Written(Kind::Email, value.to_owned()),
        channel: None,
        reason: SuppressionReason::Unsubscribed,
        note: "old mailer".to_owned(),
    };
    let operator = Actor::operator();
    let lines = [line("anna@example.it"), line("ugo@example.it")];
    assert_eq!(filo.app.suppress(&operator, &lines).await.unwrap(), 2);
    let broken = [line("ivo@example.it"), line("not an address")];
    filo.app.suppress(&operator, &broken).await.unwrap_err();
    // Whoever comes later under an address of the list is stopped too.
    let id = anna(&filo).await;
    let no = asked(&filo, &id, "purpose=marketing&channel=email").await;
    assert_eq!(codes(&no), ["suppressed"]);
    let duty = asked(&filo, &id, "purpose=contract&channel=email").await;
    assert_eq!(codes(&duty), ["duty"], "receipts still reach them");
    let ivo = json!({"address": "ivo@example.it"});
    let found = filo.api_post("/api/v1/suppressions/lookup", &ivo).await;
    assert_eq!(found["data"], json!([]), "all or none");
}

#[tokio::test]
async fn nobody_is_called_without_a_fresh_look_into_the_register() {
    let filo = Filo::start().await;
    let id = anna(&filo).await;
    let given = json!({"purpose": "marketing", "channel": "phone", "granted": true,
                       "proof": "call 3"});
    filo.api_post(&format!("/api/v1/customers/{id}/consents"), &given)
        .await;
    let question = "purpose=marketing&channel=phone";
    assert_eq!(codes(&asked(&filo, &id, question).await), ["unchecked"]);
    let check = async |listed: bool| {
        let body = json!({"phone": "+39 333 123 4567", "listed": listed});
        let request = filo.post("/api/v1/call-checks").bearer(&filo.api_key);
        request.json(&body).send().await.is(204);
    };
    check(false).await;
    assert_eq!(codes(&asked(&filo, &id, question).await), ["granted"]);
    // Every look at the clock moves it a little.
    filo.advance(HOUR * 24 * 15 - Duration::from_secs(60));
    assert_eq!(codes(&asked(&filo, &id, question).await), ["granted"]);
    filo.advance(HOUR);
    assert_eq!(codes(&asked(&filo, &id, question).await), ["unchecked"]);
    check(true).await;
    assert_eq!(codes(&asked(&filo, &id, question).await), ["do_not_call"]);
    // Wednesday, 13:00 in Rome so far; at night nobody is called.
    check(false).await;
    filo.advance(HOUR * 9);
    assert_eq!(
        codes(&asked(&filo, &id, question).await),
        ["outside_call_hours"]
    );
}
