//! Signing on with the company's own directory: a real one, in process, on a real port.

mod lies;
mod provider;

use filo_app::{Actor, OpenedSession};
use filo_core::access::Role;
use filo_testkit::{Answer, Filo, Receiver};
use serde_json::json;

use crate::access::{cookie, key_of, look, post, session_in, somebody, token};
use provider::{CLIENT_ID, Provider, SECRET, Signing};

/// A Filo whose owner has set the directory up.
async fn house() -> (Filo, Provider) {
    let filo = Filo::start_with(Receiver::allow).await;
    let provider = Provider::start(filo.now().0 / 1_000_000).await;
    let answer = set_up(&filo, &provider.issuer(), 0).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    (filo, provider)
}

async fn set_up(filo: &Filo, issuer: &str, version: i64) -> Answer {
    let directory = json!({
        "issuer": issuer, "client_id": CLIENT_ID, "client_secret": SECRET, "label": "Bottega",
        "version": version,
    });
    let request = filo.request(http::Method::PUT, "/api/v1/settings/sign-on");
    request.bearer(&filo.api_key).json(&directory).send().await
}

/// The value of a cookie that an answer sets.
fn cookie_of(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie").iter();
    let mut all = all.map(|value| value.to_str().unwrap());
    let found = all.find_map(|text| text.strip_prefix(name)?.strip_prefix('='));
    found.unwrap().split(';').next().unwrap().to_owned()
}

/// Somebody on their way: where the browser is sent, and what it keeps.
struct Way {
    address: String,
    ticket: String,
}

impl Way {
    fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let refresh = answer.header("refresh").unwrap();
        Self {
            address: refresh.strip_prefix("0; url=").unwrap().to_owned(),
            ticket: cookie_of(answer, "filo_sign_on"),
        }
    }
}

async fn leave(filo: &Filo) -> Way {
    let request = filo.post("/login/sign-on").form("next=%2Fpeople");
    Way::of(&request.send().await)
}

/// Back from the directory, with whatever the browser holds.
async fn come_back(filo: &Filo, form: &str, cookies: &str) -> Answer {
    let request = filo.post("/login/sign-on/return").header("cookie", cookies);
    request.form(form).send().await
}

/// There and back, in one browser.
async fn there_and_back(filo: &Filo, provider: &Provider, session: Option<&str>) -> Answer {
    // The directory is not asked more often than a second allows.
    filo.advance(std::time::Duration::from_secs(1));
    let way = match session {
        None => leave(filo).await,
        Some(session) => Way::of(&post(filo, "/account/sign-on", session, "").await),
    };
    let cookies = match session {
        None => format!("filo_sign_on={}", way.ticket),
        Some(session) => format!("filo_sign_on={}; {}", way.ticket, cookie(session)),
    };
    let (code, state) = provider.consent(&way.address);
    come_back(filo, &returned(&code, &state), &cookies).await
}

fn returned(code: &str, state: &str) -> String {
    let pairs = [("code", code), ("state", state)];
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs);
    form.finish()
}

/// Anna, whose account is linked; and the session she has now.
async fn linked(filo: &Filo, provider: &Provider, role: Role) -> String {
    let session = somebody(filo, "anna", role).await;
    let answer = there_and_back(filo, provider, Some(&session.text)).await;
    assert_eq!(
        answer.header("location"),
        Some("/account?done=sign-on-linked")
    );
    session_in(&answer)
}

#[tokio::test]
async fn who_linked_their_account_comes_in_without_a_password() {
    let (filo, provider) = house().await;
    let first = linked(&filo, &provider, Role::Agent).await;
    assert_eq!(look(&filo, "/account", &first).await.status, 200);
    for signing in [Signing::Es256, Signing::Rs256] {
        provider.mood(|mood| mood.signing = signing);
        // What they are called, and which address they have there, may change.
        provider.mood(|mood| mood.email = "anna.verdi@bottega.it".to_owned());
        let answer = there_and_back(&filo, &provider, None).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (303, Some("/people"))
        );
        let session = session_in(&answer);
        let page = look(&filo, "/account", &session).await;
        assert!(page.text().contains("anna@bottega.it"));
    }
}

#[tokio::test]
async fn linking_needs_the_accounts_own_login_and_ends_its_other_sessions() {
    let (filo, provider) = house().await;
    let anna = somebody(&filo, "anna", Role::Agent).await;
    // The address alone opens nothing, whoever vouches for it.
    let answer = there_and_back(&filo, &provider, None).await;
    assert_eq!(answer.status, 422);
    assert!(answer.header("location").is_none());
    // A way that Anna began is worth nothing in a browser where she is not logged in.
    let bruno = somebody(&filo, "bruno", Role::Agent).await;
    for other in [None, Some(&bruno)] {
        let way = Way::of(&post(&filo, "/account/sign-on", &anna.text, "").await);
        let (code, state) = provider.consent(&way.address);
        let session = other.map_or_else(String::new, |it: &OpenedSession| cookie(&it.text));
        let cookies = format!("filo_sign_on={}; {session}", way.ticket);
        let answer = come_back(&filo, &returned(&code, &state), &cookies).await;
        assert_eq!(answer.status, 422);
    }
    let answer = there_and_back(&filo, &provider, Some(&anna.text)).await;
    let fresh = session_in(&answer);
    let stale = look(&filo, "/account", &anna.text).await;
    assert_eq!(stale.status, 303, "the session of before has ended");
    // The same person there cannot have two accounts here.
    let answer = there_and_back(&filo, &provider, Some(&bruno.text)).await;
    assert_eq!(answer.status, 422);
    // Taken away, it opens nothing.
    let gone = post(&filo, "/account/sign-on/removal", &fresh, "").await;
    assert_eq!(
        gone.header("location"),
        Some("/account?done=sign-on-unlinked")
    );
    assert_eq!(there_and_back(&filo, &provider, None).await.status, 422);
}

#[tokio::test]
async fn an_old_password_must_be_entered_again_before_linking() {
    let (filo, _provider) = house().await;
    let anna = somebody(&filo, "anna", Role::Agent).await;
    filo.advance(std::time::Duration::from_secs(6 * 60));
    let answer = post(&filo, "/account/sign-on", &anna.text, "").await;
    assert!(
        answer
            .header("location")
            .unwrap()
            .starts_with("/account/confirm")
    );
}

#[tokio::test]
async fn a_newcomer_comes_by_invitation_with_its_role_and_its_address() {
    let (filo, provider) = house().await;
    let owner = Actor::operator();
    let invited = filo
        .app
        .invite(&owner, "carla@bottega.it", Role::Analyst)
        .await;
    let key = key_of(&invited.unwrap().link);
    let follow = async || {
        let form = format!("key={key}");
        let request = filo.post("/invite/sign-on").form(&form);
        let way = Way::of(&request.send().await);
        let (code, state) = provider.consent(&way.address);
        let cookies = format!("filo_sign_on={}", way.ticket);
        come_back(&filo, &returned(&code, &state), &cookies).await
    };
    assert_eq!(
        follow().await.status,
        422,
        "the invitation is for another address"
    );
    provider.mood(|mood| {
        mood.subject = "carla-at-home".to_owned();
        mood.email = "Carla@Bottega.it".to_owned();
        mood.verified = json!(false);
    });
    assert_eq!(follow().await.status, 422, "the address was not verified");
    provider.mood(|mood| mood.verified = json!("true"));
    let answer = follow().await;
    assert_eq!(answer.header("location"), Some("/"));
    let session = session_in(&answer);
    let me = filo
        .get("/api/v1/account")
        .bearer(&session)
        .send()
        .await
        .ok()
        .json();
    assert_eq!(me["role"], "analyst");
    assert_eq!(me["email"], "carla@bottega.it");
    assert_eq!(
        (&me["name"], &me["has_password"]),
        (&json!("Anna Verdi"), &json!(false))
    );
    // No password is right for an account that has none.
    let form = "email=carla%40bottega.it&password=";
    let answer = filo.post("/login").form(form).send().await;
    assert_eq!(answer.status, 422);
    // The invitation is used up; the way in stays.
    let again = filo
        .post("/invite/sign-on")
        .form(&format!("key={key}"))
        .send()
        .await;
    assert_eq!(again.status, 404);
    assert_eq!(there_and_back(&filo, &provider, None).await.status, 303);
}

#[tokio::test]
async fn the_second_factor_is_asked_for_as_ever() {
    let (filo, provider) = house().await;
    let anna = linked(&filo, &provider, Role::Admin).await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let required = post(&filo, "/users/second-factor", &owner.text, "required=true").await;
    assert_eq!(required.status, 303, "{}", required.text());
    let answer = there_and_back(&filo, &provider, None).await;
    assert_eq!(answer.header("location"), Some("/account/second-factor"));
    // With one set up, the code is asked for.
    let opened = OpenedSession {
        text: anna,
        stage: filo_app::Stage::Whole,
        language: None,
    };
    let actor = crate::access::actor(&filo, &opened).await;
    crate::access::enrol(&filo, &actor).await;
    let answer = there_and_back(&filo, &provider, None).await;
    let location = answer.header("location").unwrap();
    assert!(location.starts_with("/login/code"), "{location}");
    let half = session_in(&answer);
    assert_eq!(
        look(&filo, "/people", &half).await.header("location"),
        Some("/login/code")
    );
}

#[tokio::test]
async fn a_disabled_account_has_no_way_in() {
    let (filo, provider) = house().await;
    linked(&filo, &provider, Role::Agent).await;
    let operator = Actor::operator();
    let users = filo.app.users(&operator).await.unwrap();
    filo.app.disable_user(&operator, users[0].id).await.unwrap();
    let answer = there_and_back(&filo, &provider, None).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn pages_show_the_button_and_going_there_stores_nothing_personal() {
    let (filo, provider) = house().await;
    let page = filo.get("/login?next=%2Flive&lang=it").send().await.ok();
    assert!(page.text().contains("Entra con Bottega"), "{}", page.text());
    let page = filo
        .get("/login/sign-on?state=a%22b&code=%3Cscript%3E")
        .send()
        .await
        .ok();
    assert!(!page.text().contains("<script>") && page.text().contains("data-go-on"));
    // What stands on the settings page never holds the secret.
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, "/settings/sign-on", &owner.text).await.ok();
    assert!(page.text().contains(&provider.issuer()) && !page.text().contains("more"));
    let api = filo.api_get("/api/v1/settings/sign-on").await;
    assert!(!api.to_string().contains("cret &"));
    // Removed, the button goes and the way is closed.
    let version = api["version"].as_i64().unwrap();
    let form = format!("version={version}");
    let gone = post(&filo, "/settings/sign-on/removal", &owner.text, &form).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    let page = filo.get("/login?lang=it").send().await.ok();
    assert!(!page.text().contains("Bottega"));
    assert_eq!(
        filo.post("/login/sign-on").form("").send().await.status,
        404
    );
    assert!(!token(&owner.text).is_empty());
}
