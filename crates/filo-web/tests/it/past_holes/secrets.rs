//! Keys, sessions, and what answers tell about them.

use std::time::Duration;

use filo_testkit::Filo;
use serde_json::json;

use super::House;
use crate::hostile::log_in;

/// CVE-2024-47057, CVE-2025-9824, CVE-2026-45294 (Mautic, FreeScout: the answer tells who has an
/// account). Let through if a revoked, an expired and an unknown key were answered apart.
#[tokio::test]
async fn cve_2024_47057_a_key_that_was_and_one_that_never_was_look_the_same() {
    let filo = Filo::start().await;
    let make = async |body| filo.api_post("/api/v1/keys", &body).await;
    let revoked = make(json!({"name": "a", "scopes": {"read": true}})).await;
    let id = revoked["id"].as_str().unwrap();
    let path = format!("/api/v1/keys/{id}");
    filo.request(http::Method::DELETE, &path)
        .bearer(&filo.api_key)
        .send()
        .await
        .ok();
    let expired =
        make(json!({"name": "b", "scopes": {"read": true}, "expires_at": "2026-10-07T10:00:01Z"}))
            .await;
    filo.advance(Duration::from_secs(2));
    let never = "filo_api_0123456789abcdefghjkmnpqrstvwxyz0000";
    let keys = [
        revoked["text"].as_str().unwrap(),
        expired["text"].as_str().unwrap(),
        never,
    ];
    let mut api = Vec::new();
    let mut console = Vec::new();
    for key in keys {
        let answer = filo
            .get("/api/v1/customers")
            .bearer(key)
            .send()
            .await
            .is(401);
        api.push((answer.headers.clone(), answer.body));
        let answer = filo
            .post("/login/link")
            .form(&format!("key={key}"))
            .send()
            .await
            .is(404);
        console.push(answer.text().replace(key, ""));
    }
    api.dedup();
    console.dedup();
    assert_eq!((api.len(), console.len()), (1, 1));
}

/// The same on the way in: let through if ingestion told a revoked write key from a made-up one.
#[tokio::test]
async fn cve_2025_9824_write_keys_are_not_told_apart() {
    let house = House::open().await;
    let source = house
        .filo
        .api_post("/api/v1/sources", &json!({"name": "x", "kind": "secret"}))
        .await;
    let (id, text) = (
        source["id"].as_str().unwrap(),
        source["text"].as_str().unwrap(),
    );
    let path = format!("/api/v1/keys/{id}");
    house
        .filo
        .request(http::Method::DELETE, &path)
        .bearer(&house.filo.api_key)
        .send()
        .await
        .ok();
    let call = json!({"userId": "u", "event": "X"});
    let mut answers = Vec::new();
    for key in [text, "filo_sec_0123456789abcdefghjkmnpqrstvwxyz0000", "x"] {
        let answer = house
            .filo
            .post("/v1/track")
            .key(key)
            .json(&call)
            .send()
            .await
            .is(401);
        answers.push(answer.text());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

/// CVE-2026-35584 (FreeScout: a pixel that writes and tells). Let through if the pixel's answer
/// differed by key or person.
#[tokio::test]
async fn cve_2026_35584_the_pixel_says_the_same_to_everybody() {
    let house = House::open().await;
    let key = &house.filo.public_key;
    let mut answers = Vec::new();
    for query in [
        format!("writeKey={key}&userId=u-1&event=Seen"),
        format!("writeKey={key}&userId=nobody&event=Seen"),
        "writeKey=unknown&userId=u-1&event=Seen".to_owned(),
        "data=%%%".to_owned(),
        String::new(),
    ] {
        let answer = house
            .filo
            .get(&format!("/v1/pixel/track?{query}"))
            .send()
            .await
            .is(200);
        answers.push((answer.headers, answer.body));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

/// CVE-2026-41902 (FreeScout: an invitation that never ends). Let through if a login link had no
/// end, or worked twice (which `log_in` tries).
#[tokio::test]
async fn cve_2026_41902_a_login_link_ends_within_the_hour() {
    let filo = Filo::start().await;
    let key = filo.app.login_key().await.unwrap();
    filo.advance(Duration::from_secs(3_601));
    filo.post("/login/link")
        .form(&format!("key={key}"))
        .send()
        .await
        .is(404);
    log_in(&filo).await;
}

/// CVE-2026-34828 (listmonk: sessions outlive what they came from). Let through if a session had
/// no end, or a page asked a copy of the keys that is not in force any more.
#[tokio::test]
async fn cve_2026_34828_a_session_ends_at_once_and_by_itself() {
    let house = House::open().await;
    let second = log_in(&house.filo).await;
    let form = format!("token={}", house.token);
    let out = house
        .filo
        .post("/logout")
        .header("cookie", &house.cookie)
        .form(&form)
        .send()
        .await;
    out.is(303);
    house.page("/people").await.is(303);
    let people = async || {
        house
            .filo
            .get("/people")
            .header("cookie", &second)
            .send()
            .await
    };
    people().await.is(200);
    house.filo.advance(Duration::from_secs(12 * 3_600));
    people().await.is(303);
}

/// Session fixation (CWE-384): let through if logging in kept a session that the visitor brought.
#[tokio::test]
async fn cwe_384_logging_in_makes_a_new_session() {
    let filo = Filo::start().await;
    let key = filo.app.login_key().await.unwrap();
    let brought = "filo_session=filo_ses_0123456789abcdefghjkmnpqrstvwxyz0000";
    let login = filo
        .post("/login/link")
        .header("cookie", brought)
        .form(&format!("key={key}"));
    let login = login.send().await.is(303);
    let cookie = login.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("filo_session=filo_ses_") && !cookie.starts_with(brought),
        "{cookie}"
    );
    assert!(!cookie.contains(&key));
    filo.get("/people")
        .header("cookie", brought)
        .send()
        .await
        .is(303);
}

/// CVE-2026-27637 (FreeScout: token = MD5 of what everybody knows), CVE-2025-59934. Let through
/// if secrets were short or followed from each other.
#[tokio::test]
async fn cve_2026_27637_secrets_are_long_and_unalike() {
    let filo = Filo::start().await;
    let mut secrets = vec![
        filo.secret_key.clone(),
        filo.api_key.clone(),
        filo.public_key.clone(),
    ];
    for _ in 0..3 {
        secrets.push(log_in(&filo).await.replace("filo_session=", ""));
    }
    for (number, one) in secrets.iter().enumerate() {
        // A key: 32 letters of five bits behind the prefix, and four that check for slips. A
        // session: 256 bits.
        assert!(one.len() >= "filo_sec_".len() + 36, "{one}");
        for other in &secrets[number + 1..] {
            let same = one
                .bytes()
                .zip(other.bytes())
                .skip(9)
                .filter(|(a, b)| a == b)
                .count();
            assert!(same < 18, "{one} {other}");
        }
    }
}

/// CVE-2025-59934 (Formbricks: a signature nobody checks). Let through if a key were believed for
/// its form.
#[tokio::test]
async fn cve_2025_59934_a_changed_key_is_no_key() {
    let filo = Filo::start().await;
    for place in [9, 20, 44] {
        let mut key = filo.api_key.clone();
        let other = if key.as_bytes()[place] == b'0' {
            "1"
        } else {
            "0"
        };
        key.replace_range(place..=place, other);
        filo.get("/api/v1/customers")
            .bearer(&key)
            .send()
            .await
            .is(401);
    }
    for key in [
        filo.api_key.to_uppercase(),
        format!("{} x", filo.api_key),
        format!("{}0", filo.api_key),
    ] {
        filo.get("/api/v1/customers")
            .bearer(&key)
            .send()
            .await
            .is(401);
    }
}

/// Secrets are shown once (CWE-200): let through if a list, a page, the audit log or a repetition
/// held the text of a secret key.
#[tokio::test]
async fn cwe_200_a_secret_is_never_shown_again() {
    let house = House::open().await;
    let body = json!({"name": "Cassa", "kind": "secret"});
    let ask = || {
        house
            .filo
            .post("/api/v1/sources")
            .bearer(&house.filo.api_key)
            .header("idempotency-key", "k-1")
            .json(&body)
    };
    let made = ask().send().await.is(201).json();
    let secret = made["text"].as_str().unwrap().to_owned();
    assert!(!ask().send().await.text().contains(&secret));
    let mut seen = String::new();
    for path in house.pages() {
        seen.push_str(&house.page(&path).await.text());
    }
    for path in ["sources", "keys", "audit?limit=200", "status"] {
        seen.push_str(
            &house
                .filo
                .api_get(&format!("/api/v1/{path}"))
                .await
                .to_string(),
        );
    }
    for secret in [&secret, &house.filo.secret_key, &house.filo.api_key] {
        assert!(!seen.contains(secret.as_str()), "{secret}");
    }
}
