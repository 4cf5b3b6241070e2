//! The accounts as people set them: in the API and on the pages.

use filo_core::access::Role;
use filo_testkit::{Filo, Receiver};
use http::Method;
use serde_json::{Value, json};

use super::{
    ACCOUNT, anna_on, console_at, filo_at, message, put, refused, sent, taken, twilio, write,
};
use crate::access::{look, post, somebody};

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn an_account_is_connected_tested_disconnected_and_removed() {
    let receiver = Receiver::start().await;
    let filo = console_at(&receiver).await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, "/settings/channels", &owner.text).await.ok();
    assert!(
        page.text().contains("/settings/channels/sms"),
        "{}",
        page.text()
    );
    let page = look(&filo, "/settings/channels/sms", &owner.text)
        .await
        .ok();
    let callback = "https://filo.example/public/channels/sms";
    assert!(page.text().contains(callback), "{}", page.text());

    let typed = format!(
        "carrier=twilio&account={ACCOUNT}&sender=%2B390210000000&secret_token=geheim&version=0"
    );
    post(&filo, "/settings/channels/sms", &owner.text, &typed)
        .await
        .is(303);
    let known = filo.api_get("/api/v1/channels/sms").await;
    assert_eq!(known["account"]["sender"], "+390210000000", "{known}");
    assert_eq!(known["account"]["secrets"], json!(["token"]));
    assert!(!known.to_string().contains("geheim"));
    let page = look(&filo, "/settings/channels/sms", &owner.text)
        .await
        .ok();
    assert!(!page.text().contains("geheim"));

    receiver.react([taken("SM1"), refused(21_211)]);
    let test = "to=333+1234567";
    let tested = post(&filo, "/settings/channels/sms/test", &owner.text, test)
        .await
        .ok();
    assert!(tested.text().contains("notice-good"), "{}", tested.text());
    let body = &receiver.received()[0].body;
    assert!(
        body.starts_with("To=%2B393331234567&From=%2B390210000000&Body="),
        "{body}"
    );
    assert!(
        !body.contains("StatusCallback"),
        "a test is no message: {body}"
    );
    let asked = json!({"to": "+393331234567"});
    let tested = filo.api_post("/api/v1/channels/sms/test", &asked).await;
    assert_eq!(
        (&tested["result"], &tested["why"]),
        (&json!("refused"), &json!("address"))
    );
    let wrong = post(&filo, "/settings/channels/sms/test", &owner.text, "to=anna").await;
    assert_eq!(wrong.status, 422);

    // Disconnected it is kept with its secrets, and survives a restart.
    post(
        &filo,
        "/settings/channels/sms/disconnection",
        &owner.text,
        "",
    )
    .await
    .is(303);
    let filo = filo.restart().await;
    let tested = filo.api_post("/api/v1/channels/sms/test", &asked).await;
    assert_eq!(tested["result"], "kept");
    post(&filo, "/settings/channels/sms/connection", &owner.text, "")
        .await
        .is(303);
    receiver.react([taken("SM2")]);
    let tested = filo.api_post("/api/v1/channels/sms/test", &asked).await;
    assert_eq!(tested["result"], "accepted");
    post(&filo, "/settings/channels/sms/removal", &owner.text, "")
        .await
        .is(303);
    let known = filo.api_get("/api/v1/channels/sms").await;
    assert_eq!(known["account"], Value::Null);
    let gone = filo
        .post("/api/v1/channels/sms/connection")
        .bearer(&filo.api_key)
        .json(&json!({}));
    gone.send().await.is(404);
    // With the account its secret went: a new one needs its own.
    let mut again = twilio("Bottega");
    again["secrets"] = json!({});
    again["version"] = known["version"].clone();
    let refused = put(&filo, "/api/v1/channels/sms", again).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}

#[tokio::test]
async fn wrong_accounts_are_refused_by_field() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    for (medium, field, change) in [
        ("sms", "carrier", json!({"carrier": "pigeon"})),
        ("sms", "account", json!({"account": "AC12"})),
        ("sms", "sender", json!({"sender": "Bottega Rossi"})),
        ("sms", "token", json!({"secrets": {"token": "a b"}})),
        ("sms", "token", json!({"secrets": {}})),
        ("sms", "secrets", json!({"secrets": {"password": "x"}})),
        ("sms", "per_minute", json!({"per_minute": 0})),
        ("whatsapp", "sender", json!({"sender": "Bottega"})),
    ] {
        let mut body = twilio("+390210000000");
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refused = put(&filo, &format!("/api/v1/channels/{medium}"), body).await;
        assert_eq!(refused.status, 422, "{field}");
        assert!(
            refused.text().contains(field),
            "{field}: {}",
            refused.text()
        );
    }
    for nothing in ["fax", "email", "call"] {
        let path = format!("/api/v1/channels/{nothing}");
        filo.get(&path).bearer(&filo.api_key).send().await.is(404);
        look(&filo, &format!("/settings/channels/{nothing}"), &owner.text)
            .await
            .is(404);
    }
    for carrier in ["pigeon", "telegram"] {
        let typed = format!("carrier={carrier}&account=AC12&version=0");
        let page = post(&filo, "/settings/channels/sms", &owner.text, &typed).await;
        assert_eq!(page.status, 422);
        assert!(!page.text().contains("channel-"), "{}", page.text());
    }
    let typed = "carrier=twilio&account=AC12&sender=%2B390210000000&secret_token=x&version=0";
    let page = post(&filo, "/settings/channels/sms", &owner.text, typed).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("aria-invalid") && page.text().contains("AC12"));
    put(&filo, "/api/v1/channels/sms", twilio("Bottega"))
        .await
        .ok();
    let older = put(&filo, "/api/v1/channels/sms", twilio("Bottega")).await;
    assert_eq!(older.status, 409, "from an older version");
    let typed = typed.replace("AC12", ACCOUNT);
    let page = post(&filo, "/settings/channels/sms", &owner.text, &typed).await;
    assert_eq!(page.status, 409);
}

#[tokio::test]
async fn without_an_account_messages_stay_here_and_are_shown() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    let id = anna_on(&filo, "sms").await;
    let kept = write(&filo, &id, ("sms", "marketing"), "Ciao Anna").await;
    assert_eq!(sent(&filo, &kept).await, "sent");
    let whole = message(&filo, &kept).await;
    let text = whole["sent"]["text"].as_str().unwrap();
    assert_eq!(text, "Ciao Anna\nPer non riceverne più rispondi STOP");
    assert!(
        whole["answer"].as_str().unwrap().starts_with("kept here"),
        "{whole}"
    );
    assert_eq!(receiver.received().len(), 0);
    let hook = filo.post("/public/channels/sms").form("MessageSid=SM1");
    hook.send().await.is(404);
    let register = filo.api_get("/api/v1/register").await;
    assert!(!register.to_string().contains("Twilio"));
    put(&filo, "/api/v1/channels/sms", twilio("Bottega"))
        .await
        .ok();
    let register = filo.api_get("/api/v1/register").await;
    assert!(
        register.to_string().contains("Twilio"),
        "who carries gets data"
    );
    let request = filo.request(Method::DELETE, "/api/v1/channels/sms");
    request.bearer(&filo.api_key).send().await.is(204);
}
