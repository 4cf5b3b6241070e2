//! A directory that lies, a browser that was given somebody else's way, an address of the house.

use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use super::provider::{Provider, Signing};
use super::{come_back, house, leave, linked, returned, set_up, there_and_back};
use filo_core::access::Role;

/// The reason a page gives, by the words of its text in English.
#[track_caller]
fn refused(answer: &filo_testkit::Answer, words: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(words), "{}", answer.text());
    let set = answer.headers.get_all("set-cookie").iter();
    let opened = set.filter(|value| value.to_str().unwrap().contains("filo_ses_"));
    assert_eq!(opened.count(), 0, "a session was opened");
}

/// What is done to a token that was right.
type Lie = fn(&mut Value);

const UNTRUSTED: &str = "cannot be believed";
const STALE: &str = "took too long";

#[tokio::test]
async fn a_token_that_is_not_as_it_must_be_opens_nothing() {
    let (filo, provider) = house().await;
    linked(&filo, &provider, Role::Agent).await;
    let lies: [(&str, Lie); 10] = [
        ("nonce", |it| it["nonce"] = json!("another")),
        ("no nonce", |it| {
            drop(it.as_object_mut().unwrap().remove("nonce"));
        }),
        ("audience", |it| it["aud"] = json!("another")),
        ("two audiences", |it| {
            it["aud"] = json!(["filo:test+1", "another"]);
        }),
        ("azp", |it| it["azp"] = json!("another")),
        ("issuer", |it| {
            it["iss"] = json!("https://accounts.google.com");
        }),
        ("expired", |it| {
            it["exp"] = json!(it["exp"].as_i64().unwrap() - 361);
        }),
        ("from tomorrow", |it| {
            it["iat"] = json!(it["iat"].as_i64().unwrap() + 86_400);
        }),
        ("nobody", |it| it["sub"] = json!("")),
        ("no time", |it| {
            drop(it.as_object_mut().unwrap().remove("exp"));
        }),
    ];
    for (lie, alter) in lies {
        provider.mood(|mood| mood.alter = alter);
        let answer = there_and_back(&filo, &provider, None).await;
        assert_eq!(answer.status, 422, "{lie}");
        refused(&answer, UNTRUSTED);
    }
    provider.mood(|mood| mood.alter = |_| {});
    for signing in [Signing::None, Signing::PublicKeyAsSecret, Signing::Stranger] {
        provider.mood(|mood| mood.signing = signing);
        refused(&there_and_back(&filo, &provider, None).await, UNTRUSTED);
    }
    provider.mood(|mood| mood.signing = Signing::Es256);
    assert_eq!(
        there_and_back(&filo, &provider, None).await.status,
        303,
        "the truth opens"
    );
}

#[tokio::test]
async fn an_address_that_was_not_verified_opens_nothing() {
    let (filo, provider) = house().await;
    linked(&filo, &provider, Role::Agent).await;
    for verified in [json!(false), json!(null), json!("no"), json!(1)] {
        provider.mood(|mood| mood.verified = verified);
        let answer = there_and_back(&filo, &provider, None).await;
        refused(&answer, "has not verified your e-mail");
    }
}

#[tokio::test]
async fn what_comes_back_counts_once_in_its_own_browser_and_in_time() {
    let (filo, provider) = house().await;
    linked(&filo, &provider, Role::Agent).await;
    let way = leave(&filo).await;
    let (code, state) = provider.consent(&way.address);
    let own = format!("filo_sign_on={}", way.ticket);
    let other = leave(&filo).await;
    // Another browser, which was sent the end of somebody else's way.
    let others = format!("filo_sign_on={}", other.ticket);
    refused(
        &come_back(&filo, &returned(&code, &state), &others).await,
        STALE,
    );
    // It is used up now, in its own browser too.
    refused(
        &come_back(&filo, &returned(&code, &state), &own).await,
        STALE,
    );
    for cookies in ["", "filo_sign_on="] {
        let way = leave(&filo).await;
        let (code, state) = provider.consent(&way.address);
        refused(
            &come_back(&filo, &returned(&code, &state), cookies).await,
            STALE,
        );
    }
    // Another state, none, and one that is too old.
    let way = leave(&filo).await;
    let own = format!("filo_sign_on={}", way.ticket);
    let (code, state) = provider.consent(&way.address);
    refused(
        &come_back(&filo, &returned(&code, "filo_way_0"), &own).await,
        STALE,
    );
    refused(&come_back(&filo, &returned(&code, ""), &own).await, STALE);
    filo.advance(std::time::Duration::from_secs(601));
    refused(
        &come_back(&filo, &returned(&code, &state), &own).await,
        STALE,
    );
    // A form that another site sends.
    let request = filo
        .post("/login/sign-on/return")
        .header("sec-fetch-site", "cross-site");
    let answer = request.form(&returned(&code, &state)).send().await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn what_the_directory_refuses_is_said_and_a_mix_up_is_seen() {
    let (filo, provider) = house().await;
    linked(&filo, &provider, Role::Agent).await;
    let way = leave(&filo).await;
    let own = format!("filo_sign_on={}", way.ticket);
    let (_, state) = provider.consent(&way.address);
    let denied = format!("state={state}&error=access_denied");
    refused(&come_back(&filo, &denied, &own).await, "said no");
    // The answer says that it comes from another directory (RFC 9207); no code is given away.
    let way = leave(&filo).await;
    let own = format!("filo_sign_on={}", way.ticket);
    let (code, state) = provider.consent(&way.address);
    let mut knocks = 0;
    provider.mood(|mood| knocks = mood.knocks);
    let mixed = format!("{}&iss=https%3A%2F%2Fevil.example", returned(&code, &state));
    refused(&come_back(&filo, &mixed, &own).await, UNTRUSTED);
    provider.mood(|mood| assert_eq!(mood.knocks, knocks, "the code was given away"));
    // A way begun with another directory than the one there is now.
    let way = leave(&filo).await;
    let own = format!("filo_sign_on={}", way.ticket);
    let (code, state) = provider.consent(&way.address);
    let second = Provider::start(filo.now().0 / 1_000_000).await;
    let version = filo.api_get("/api/v1/settings/sign-on").await["version"].as_i64();
    let changed = set_up(&filo, &second.issuer(), version.unwrap()).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    refused(
        &come_back(&filo, &returned(&code, &state), &own).await,
        STALE,
    );
    // The same name with another directory is somebody else.
    refused(&there_and_back(&filo, &second, None).await, "No account");
}

#[tokio::test]
async fn a_directory_leads_nowhere_inside_the_house() {
    let filo = Filo::start().await;
    for issuer in [
        "http://127.0.0.1:9/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "https://10.0.0.1/",
        "https://u:p@accounts.example/",
        "https://accounts.example:22/",
        "file:///etc/passwd",
        "accounts",
        "",
    ] {
        let answer = set_up(&filo, issuer, 0).await;
        assert_eq!(answer.status, 422, "{issuer}: {}", answer.text());
        assert_eq!(answer.json()["field"], "issuer", "{issuer}");
    }
    // A description may not lead there either, nor be another's.
    let filo = Filo::start_with(Receiver::allow).await;
    let provider = Provider::start(filo.now().0 / 1_000_000).await;
    provider.mood(|mood| mood.token_endpoint = Some("http://10.0.0.1/token".to_owned()));
    let answer = set_up(&filo, &provider.issuer(), 0).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    provider.mood(|mood| {
        mood.token_endpoint = None;
        mood.issuer = Some("https://accounts.google.com".to_owned());
    });
    let answer = set_up(&filo, &provider.issuer(), 0).await;
    let problem = answer.json();
    assert!(
        problem["detail"].as_str().unwrap().contains("calls itself"),
        "{problem}"
    );
}

#[tokio::test]
async fn a_new_directory_is_not_shown_the_secret_of_the_one_before() {
    let (filo, _provider) = house().await;
    let second = Provider::start(filo.now().0 / 1_000_000).await;
    let change = |issuer: String| json!({ "issuer": issuer, "client_id": "filo", "label": "Two", "version": 1 });
    let put = async |body: Value| {
        let request = filo.request(http::Method::PUT, "/api/v1/settings/sign-on");
        request.bearer(&filo.api_key).json(&body).send().await
    };
    let answer = put(change(second.issuer())).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["field"]),
        (422, &json!("secret"))
    );
}
