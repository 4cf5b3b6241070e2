//! The account as people set it: in the API and on the pages, the folder, the key, the DNS.

use filo_core::access::Role;
use filo_core::mail::Provider;
use filo_core::message::lane::Lane;
use filo_testkit::{Filo, MailReaction, MailServer, MailServerOptions};
use http::Method;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};

fn server(server: &MailServer) -> Value {
    json!({"host": "localhost", "port": server.address.port(), "security": "none",
           "own_relay": true})
}

async fn put(filo: &Filo, body: Value) -> filo_testkit::Answer {
    filo.request(Method::PUT, "/api/v1/mail")
        .bearer(&filo.api_key)
        .json(&body)
        .send()
        .await
}

#[tokio::test]
async fn messages_go_into_the_folder_until_a_server_is_connected() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, "/settings/mail", &owner.text).await.ok();
    assert!(
        page.text().contains("/settings/mail/test"),
        "{}",
        page.text()
    );
    let tested = post(&filo, "/settings/mail/test", &owner.text, "")
        .await
        .ok();
    assert!(tested.text().contains("notice-good"), "{}", tested.text());
    let kept = filo.api_get("/api/v1/mail/folder").await;
    let name = kept["data"][0]["name"].as_str().unwrap();
    assert!(filo.file(&format!("mail/{name}.eml")).exists());
    let list = look(&filo, "/settings/mail/folder", &owner.text).await.ok();
    assert!(list.text().contains(name), "{}", list.text());
    let shown = look(&filo, &format!("/settings/mail/folder/{name}"), &owner.text)
        .await
        .ok();
    assert!(shown.text().contains("X-Filo-Send"), "{}", shown.text());
    let whole = filo.api_get(&format!("/api/v1/mail/folder/{name}")).await;
    assert!(whole["text"].as_str().unwrap().contains("Filo"), "{whole}");
    for wrong in ["..%2F..%2Fsecret.key", "1-mes_0", "x"] {
        let path = format!("/api/v1/mail/folder/{wrong}");
        filo.get(&path).bearer(&filo.api_key).send().await.is(404);
    }
    // A key has no address.
    let keyed = filo
        .post("/api/v1/mail/test")
        .bearer(&filo.api_key)
        .json(&json!({}));
    keyed.send().await.is(409);
}

#[tokio::test]
async fn the_account_is_saved_tested_and_its_password_never_shown() {
    let server_of_mail = MailServer::start(MailServerOptions::default()).await;
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let body = json!({"server": server(&server_of_mail), "from_address": "Ciao@Bottega.IT",
                      "from_name": "Bottega", "per_minute": {"libero": 7}, "version": 0});
    let saved = put(&filo, body.clone()).await.ok().json();
    assert_eq!(saved["from_address"], "Ciao@bottega.it");
    assert_eq!(
        (
            &saved["per_minute"]["libero"],
            &saved["per_minute"]["google"]
        ),
        (&json!(7), &json!(60))
    );
    assert_eq!(put(&filo, body).await.status, 409, "from an older version");
    let sent = post(&filo, "/settings/mail/test", &owner.text, "")
        .await
        .ok();
    assert!(sent.text().contains("2.0.0 taken"), "{}", sent.text());
    assert_eq!(server_of_mail.received().len(), 1);
    server_of_mail.react([MailReaction::Recipient(
        "550 5.7.1 <script>blocked</script>",
    )]);
    let refused = post(&filo, "/settings/mail/test", &owner.text, "")
        .await
        .ok();
    assert!(
        refused.text().contains("&lt;script&gt;"),
        "{}",
        refused.text()
    );
    // It survives a restart.
    let filo = filo.restart().await;
    assert_eq!(filo.api_get("/api/v1/mail").await["from_name"], "Bottega");
}

#[tokio::test]
async fn wrong_settings_are_refused_by_field() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let good = json!({"server": {"host": "smtp.bottega.it", "port": 465, "security": "tls",
                                 "user": "ciao", "own_relay": false},
                      "password": "segreto", "from_address": "ciao@bottega.it", "version": 0});
    for (field, change) in [
        (
            "host",
            json!({"server": {"host": "a b", "port": 465, "security": "tls"}}),
        ),
        (
            "security",
            json!({"server": {"host": "a.it", "port": 25, "security": "none"}}),
        ),
        ("password", json!({"password": null})),
        ("from_address", json!({"from_address": "bottega"})),
        ("from_name", json!({"from_name": "Bottega ✅"})),
        ("bounce_domain", json!({"bounce_domain": "x y"})),
        ("per_minute", json!({"per_minute": {"nobody": 1}})),
    ] {
        let mut body = good.clone();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refused = put(&filo, body).await;
        assert_eq!(refused.status, 422, "{field}");
        assert!(
            refused.text().contains(field),
            "{field}: {}",
            refused.text()
        );
    }
    let typed =
        "way=smtp&host=a+b&port=465&security=tls&user=&from_address=ciao%40bottega.it&version=0";
    let page = post(&filo, "/settings/mail", &owner.text, typed).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("aria-invalid"), "{}", page.text());
    assert!(page.text().contains("a b"), "what was typed stays");
    let saved = put(&filo, good).await.ok();
    assert!(!saved.text().contains("segreto"));
    let page = look(&filo, "/settings/mail", &owner.text).await.ok();
    assert!(!page.text().contains("segreto"));
    // Without a new password the one there is stays.
    let typed = "way=smtp&host=smtp.bottega.it&port=465&security=tls&user=ciao&password=&from_address=ciao%40bottega.it&version=1";
    post(&filo, "/settings/mail", &owner.text, typed)
        .await
        .is(303);
    assert_eq!(filo.api_get("/api/v1/mail").await["has_password"], true);
}

#[tokio::test]
async fn a_key_of_signatures_is_made_and_its_record_shown() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    put(
        &filo,
        json!({"from_address": "ciao@bottega.it", "server": null, "version": 0}),
    )
    .await
    .ok();
    post(
        &filo,
        "/settings/mail/dkim",
        &owner.text,
        "selector=filo1&domain=altri.it&version=1",
    )
    .await
    .is(422);
    post(
        &filo,
        "/settings/mail/dkim",
        &owner.text,
        "selector=filo1&domain=bottega.it&version=1",
    )
    .await
    .is(303);
    let records = filo.api_get("/api/v1/mail/records").await;
    let dkim = &records["data"][0];
    assert_eq!(
        (&dkim["kind"], &dkim["name"]),
        (&json!("dkim"), &json!("filo1._domainkey.bottega.it"))
    );
    assert!(
        dkim["value"]
            .as_str()
            .unwrap()
            .starts_with("v=DKIM1; k=rsa; p=MIIBI")
    );
    assert_eq!(dkim["standing"], Value::Null);
    post(&filo, "/settings/mail/test", &owner.text, "")
        .await
        .ok();
    let kept = filo.api_get("/api/v1/mail/folder").await;
    let name = kept["data"][0]["name"].as_str().unwrap();
    let raw = std::fs::read_to_string(filo.file(&format!("mail/{name}.eml"))).unwrap();
    assert!(
        raw.starts_with("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=bottega.it;"),
        "{raw}"
    );
    let page = look(&filo, "/settings/mail/dns", &owner.text).await.ok();
    assert!(page.text().contains("_dmarc.bottega.it"), "{}", page.text());
    // The private half is nowhere but in the vault.
    let all = filo.api_get("/api/v1/mail").await.to_string();
    assert!(!all.contains("PRIVATE") && !page.text().contains("PRIVATE"));
}

#[tokio::test]
async fn colleagues_are_written_to_and_the_link_is_shown_all_the_same() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let invite = json!({"email": "bea@bottega.it", "role": "agent"});
    let made = filo.api_post("/api/v1/invites", &invite).await;
    assert_eq!(made["mail"]["result"], "kept");
    let kept = filo.api_get("/api/v1/mail/folder").await;
    let name = kept["data"][0]["name"].as_str().unwrap();
    let whole = filo.api_get(&format!("/api/v1/mail/folder/{name}")).await;
    let link = made["link"].as_str().unwrap();
    assert!(whole["text"].as_str().unwrap().contains(link), "{whole}");
    let server_of_mail = MailServer::start(MailServerOptions::default()).await;
    let body =
        json!({"server": server(&server_of_mail), "from_address": "ciao@bottega.it", "version": 0});
    put(&filo, body).await.ok();
    let made = filo.api_post("/api/v1/invites", &invite).await;
    assert_eq!(made["mail"]["result"], "sent");
    server_of_mail.react([MailReaction::Recipient("550 5.1.1 User unknown")]);
    let page = post(
        &filo,
        "/invites",
        &owner.text,
        "email=bea%40bottega.it&role=agent",
    )
    .await
    .ok();
    let text = page.text();
    assert!(
        text.contains("filo_inv_") && text.contains("User unknown"),
        "{text}"
    );
}

#[tokio::test]
async fn turns_are_given_at_a_pace_and_kept_over_a_restart() {
    let filo = Filo::start().await;
    let turn = async |filo: &Filo| {
        filo.app
            .turn(Lane::Mail(Provider::Libero), 6)
            .await
            .unwrap()
    };
    assert_eq!(turn(&filo).await, None);
    let wait = turn(&filo).await.unwrap();
    assert!(wait > 9_000_000, "{wait}");
    let filo = filo.restart().await;
    assert!(turn(&filo).await.is_some(), "a restart gives no turn twice");
    let google = Lane::Mail(Provider::Google);
    assert_eq!(filo.app.turn(google, 60).await.unwrap(), None);
    filo.advance(std::time::Duration::from_secs(10));
    assert_eq!(turn(&filo).await, None);
    let much = filo_app::Sign::TooMuch { wait_s: None };
    filo.app.learn_pace(&[(google, much)]).await.unwrap();
    let wait = filo.app.turn(google, 60).await.unwrap().unwrap();
    assert!(wait > 590_000_000, "ten minutes of rest: {wait}");
}
