//! The life of sessions, passwords, codes, invitations and links; the names say which hole of
//! which product each closes.

use std::time::Duration;

use filo_app::{Actor, Error, Visit};
use filo_core::access::{Rank, Role};
use filo_testkit::Filo;

use super::{PASSWORD, actor, key_of, look, post, session_in, somebody};

const HOUR: Duration = Duration::from_secs(3_600);

fn visit() -> Visit {
    Visit::default()
}

async fn is_in(filo: &Filo, session: &str) -> bool {
    look(filo, "/account", session).await.status == 200
}

#[tokio::test]
async fn the_first_link_makes_the_owner_and_works_once() {
    let filo = Filo::start().await;
    let key = filo.app.login_key().await.unwrap();
    let page = filo
        .get(&format!("/login?key={key}"))
        .send()
        .await
        .is(200)
        .text();
    assert!(page.contains("/welcome"), "{page}");
    let form = |key: &str| {
        format!("key={key}&person=Anna&email=anna%40bottega.it&password=tre+mele+verdi+sul+tavolo")
    };
    let short = form(&key).replace("tre+mele+verdi+sul+tavolo", "corta");
    filo.post("/welcome").form(&short).send().await.is(422);
    let made = filo.post("/welcome").form(&form(&key)).send().await.is(303);
    assert!(is_in(&filo, &session_in(&made)).await);
    filo.post("/welcome").form(&form(&key)).send().await.is(404);
    let later = filo.app.login_key().await.unwrap();
    filo.post("/welcome")
        .form(&form(&later))
        .send()
        .await
        .is(409);
    let link = filo
        .post("/login/link")
        .form(&format!("key={later}"))
        .send()
        .await;
    assert!(link.status == 303 || link.status == 404);
    let users = filo.app.users(&Actor::operator()).await.unwrap();
    assert_eq!((users.len(), users[0].role), (1, Role::Owner));
}

#[tokio::test]
async fn cve_2026_34828_no_session_survives_a_new_password() {
    let filo = Filo::start().await;
    let first = somebody(&filo, "anna", Role::Agent).await;
    let second = filo
        .app
        .log_in("anna@bottega.it", PASSWORD, &visit())
        .await
        .unwrap()
        .unwrap();
    let form = "old=tre+mele+verdi+sul+tavolo&password=quattro+pere+gialle+in+cesta";
    let changed = post(&filo, "/account/password", &second.text, form)
        .await
        .is(303);
    assert!(!is_in(&filo, &first.text).await && !is_in(&filo, &second.text).await);
    assert!(
        is_in(&filo, &session_in(&changed)).await,
        "who changed it goes on"
    );
    assert!(
        filo.app
            .log_in("anna@bottega.it", PASSWORD, &visit())
            .await
            .unwrap()
            .is_none()
    );
    // A link for a new password ends them all, and works once.
    let operator = Actor::operator();
    let user = filo
        .app
        .user_by_email(&operator, "anna@bottega.it")
        .await
        .unwrap();
    let key = key_of(&filo.app.password_link(&operator, user.id).await.unwrap());
    filo.get(&format!("/reset?key={key}")).send().await.is(200);
    let form = format!("key={key}&password=cinque+noci+dure+nel+sacco");
    filo.post("/reset").form(&form).send().await.is(303);
    assert!(!is_in(&filo, &session_in(&changed)).await);
    let again = filo.post("/reset").form(&form).send().await.is(404);
    let never = filo
        .post("/reset")
        .form("key=filo_rst_x&password=cinque+noci+dure+nel+sacco");
    assert_eq!(again.text(), never.send().await.is(404).text());
    let late = key_of(&filo.app.password_link(&operator, user.id).await.unwrap());
    filo.advance(HOUR + Duration::from_secs(1));
    filo.get(&format!("/reset?key={late}")).send().await.is(404);
}

#[tokio::test]
async fn roles_and_standing_end_sessions_at_once() {
    let filo = Filo::start().await;
    let operator = Actor::operator();
    let agent = somebody(&filo, "anna", Role::Agent).await;
    let id = actor(&filo, &agent).await.user.unwrap();
    filo.app
        .set_role(&operator, id, Role::Analyst)
        .await
        .unwrap();
    assert!(!is_in(&filo, &agent.text).await);
    let analyst = filo
        .app
        .log_in("anna@bottega.it", PASSWORD, &visit())
        .await
        .unwrap()
        .unwrap();
    assert!(is_in(&filo, &analyst.text).await);
    filo.app.disable_user(&operator, id).await.unwrap();
    assert!(!is_in(&filo, &analyst.text).await);
    assert!(
        filo.app
            .log_in("anna@bottega.it", PASSWORD, &visit())
            .await
            .unwrap()
            .is_none()
    );
    filo.app.enable_user(&operator, id).await.unwrap();
    assert!(
        filo.app
            .log_in("anna@bottega.it", PASSWORD, &visit())
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn sessions_end_after_eight_idle_hours_and_after_twelve() {
    let filo = Filo::start().await;
    let idle = somebody(&filo, "anna", Role::Agent).await.text;
    let busy = somebody(&filo, "bruno", Role::Agent).await.text;
    for _ in 0..11 {
        filo.advance(HOUR);
        assert!(is_in(&filo, &busy).await);
    }
    assert!(!is_in(&filo, &idle).await);
    filo.advance(HOUR);
    assert!(!is_in(&filo, &busy).await);
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let filo = Filo::start().await;
    let anna = somebody(&filo, "anna", Role::Agent).await;
    let bruno = somebody(&filo, "bruno", Role::Agent).await;
    let other = filo
        .app
        .log_in("anna@bottega.it", PASSWORD, &visit())
        .await
        .unwrap()
        .unwrap();
    let foreign = actor(&filo, &bruno).await.session.unwrap();
    post(
        &filo,
        &format!("/account/sessions/{foreign}/end"),
        &anna.text,
        "",
    )
    .await
    .is(404);
    assert!(is_in(&filo, &bruno.text).await);
    post(&filo, "/account/sessions/end-others", &anna.text, "")
        .await
        .is(303);
    assert!(is_in(&filo, &anna.text).await && !is_in(&filo, &other.text).await);
}

#[tokio::test]
async fn cve_2026_41902_an_invitation_ends_and_works_once() {
    let filo = Filo::start().await;
    let operator = Actor::operator();
    let app = &filo.app;
    let made = app
        .invite(&operator, "anna@bottega.it", Role::Agent)
        .await
        .unwrap();
    let key = key_of(&made.link);
    filo.get(&format!("/invite?key={key}")).send().await.is(200);
    filo.advance(48 * HOUR + Duration::from_secs(1));
    filo.get(&format!("/invite?key={key}")).send().await.is(404);
    let made = app
        .invite(&operator, "anna@bottega.it", Role::Agent)
        .await
        .unwrap();
    app.revoke_invite(&operator, made.id).await.unwrap();
    filo.get(&format!("/invite?key={}", key_of(&made.link)))
        .send()
        .await
        .is(404);
    // CVE-2026-44707, taking an account before its owner: address and role are the invitation's.
    let made = app
        .invite(&operator, "anna@bottega.it", Role::Agent)
        .await
        .unwrap();
    let form = format!(
        "key={}&person=X&email=owner%40bottega.it&role=owner&password=tre+mele+verdi+sul+tavolo",
        key_of(&made.link)
    );
    let (one, other) = tokio::join!(
        filo.post("/invite").form(&form).send(),
        filo.post("/invite").form(&form).send()
    );
    let let_in = [&one, &other]
        .iter()
        .filter(|answer| answer.status == 303)
        .count();
    assert_eq!(let_in, 1, "{} {}", one.status, other.status);
    let users = app.users(&operator).await.unwrap();
    assert_eq!(
        (users.len(), &*users[0].email, users[0].role),
        (1, "anna@bottega.it", Role::Agent)
    );
}

#[tokio::test]
async fn nobody_grants_above_themselves_and_an_owner_stays() {
    let filo = Filo::start().await;
    let app = &filo.app;
    let owner = somebody(&filo, "owner", Role::Owner).await;
    let owner = actor(&filo, &owner).await;
    let admin = somebody(&filo, "admin", Role::Admin).await;
    let admin = actor(&filo, &admin).await;
    let agent = somebody(&filo, "agent", Role::Agent).await;
    let agent = actor(&filo, &agent).await;
    let id = owner.user.unwrap();
    assert_eq!((admin.rank, agent.rank), (Rank::Admin, Rank::Member));
    assert!(matches!(
        app.invite(&admin, "x@y.it", Role::Owner).await,
        Err(Error::Forbidden(_))
    ));
    assert!(matches!(
        app.invite(&agent, "x@y.it", Role::Agent).await,
        Err(Error::Lacks(_))
    ));
    assert!(matches!(
        app.set_role(&admin, id, Role::Agent).await,
        Err(Error::Forbidden(_))
    ));
    assert!(matches!(
        app.disable_user(&admin, id).await,
        Err(Error::Forbidden(_))
    ));
    assert!(matches!(
        app.password_link(&admin, id).await,
        Err(Error::Forbidden(_))
    ));
    assert!(matches!(
        app.disable_user(&owner, id).await,
        Err(Error::Conflict(_))
    ));
    assert!(matches!(
        app.set_role(&owner, id, Role::Admin).await,
        Err(Error::Conflict(_))
    ));
    // Two owners who take each other's role at once: one stays.
    let second = somebody(&filo, "second", Role::Owner).await;
    let second = actor(&filo, &second).await;
    let (one, other) = tokio::join!(
        app.set_role(&owner, second.user.unwrap(), Role::Agent),
        app.set_role(&second, id, Role::Agent)
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
}

#[tokio::test]
async fn cve_2024_47057_an_unknown_address_is_answered_as_a_wrong_password() {
    let filo = Filo::start().await;
    let anna = somebody(&filo, "anna", Role::Agent).await;
    let id = actor(&filo, &anna).await.user.unwrap();
    somebody(&filo, "bruno", Role::Agent).await;
    filo.app.disable_user(&Actor::operator(), id).await.unwrap();
    let mut answers = Vec::new();
    for who in ["bruno", "anna", "nobody"] {
        let before = filo.app.hashings();
        let form = format!("email={who}%40bottega.it&password=wrong+wrong+wrong+wrong");
        let answer = filo.post("/login").form(&form).send().await.is(422);
        assert_eq!(filo.app.hashings() - before, 1, "{who}: the same work");
        answers.push(answer.text().replace(who, "WHO"));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn what_is_sensitive_wants_the_password_of_a_moment_ago() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let invite = "email=anna%40bottega.it&role=agent";
    post(&filo, "/invites", &owner, invite).await.is(200);
    filo.advance(Duration::from_secs(301));
    for (path, form) in [
        ("/invites", invite),
        ("/sources", "name=x&kind=api&power=read"),
    ] {
        let asked = post(&filo, path, &owner, form).await.is(303);
        assert!(
            asked
                .header("location")
                .unwrap()
                .starts_with("/account/confirm?next="),
            "{path}"
        );
    }
    let api = filo.post("/api/v1/invites").bearer(&owner);
    let body = serde_json::json!({"email": "anna@bottega.it", "role": "agent"});
    assert_eq!(
        api.json(&body).send().await.is(403).json()["code"],
        "unconfirmed"
    );
    post(
        &filo,
        "/account/confirm",
        &owner,
        "password=wrong&next=/users",
    )
    .await
    .is(422);
    let form = "password=tre+mele+verdi+sul+tavolo&next=/users";
    let back = post(&filo, "/account/confirm", &owner, form).await.is(303);
    assert_eq!(back.header("location"), Some("/users"));
    post(&filo, "/invites", &owner, invite).await.is(200);
}

/// The code of a seed at a time, by RFC 6238: what a telephone shows.
fn code(seed: &str, filo: &Filo) -> String {
    let secret = totp_rs::Secret::try_from_base32(seed).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(filo.now().0 / 1_000_000).unwrap())
        .to_string()
}

#[tokio::test]
async fn the_second_factor_is_asked_for_and_each_code_works_once() {
    let filo = Filo::start().await;
    let app = &filo.app;
    let opened = somebody(&filo, "anna", Role::Admin).await;
    let anna = actor(&filo, &opened).await;
    post(&filo, "/account/second-factor", &opened.text, "")
        .await
        .is(303);
    let seed = app
        .offered_second_factor(&anna)
        .await
        .unwrap()
        .unwrap()
        .seed;
    let page = look(&filo, "/account/second-factor", &opened.text)
        .await
        .is(200)
        .text();
    assert!(
        page.contains(&seed) && page.contains("data:image/svg+xml;base64,"),
        "{page}"
    );
    post(
        &filo,
        "/account/second-factor/code",
        &opened.text,
        "code=000000",
    )
    .await
    .is(422);
    let enrolled = app
        .confirm_second_factor(&anna, &code(&seed, &filo))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(enrolled.codes.len(), 10);
    assert!(!is_in(&filo, &opened.text).await && is_in(&filo, &enrolled.session.text).await);
    let form = "email=anna%40bottega.it&password=tre+mele+verdi+sul+tavolo";
    let log_in = || async {
        let answer = filo.post("/login").form(form).send().await.is(303);
        assert!(
            answer
                .header("location")
                .unwrap()
                .starts_with("/login/code")
        );
        let half = session_in(&answer);
        assert!(!is_in(&filo, &half).await, "half a login opens nothing");
        filo.get("/api/v1/me").bearer(&half).send().await.is(401);
        half
    };
    let half = log_in().await;
    let used = format!("code={}", code(&seed, &filo));
    post(&filo, "/login/code", &half, &used).await.is(422);
    filo.advance(Duration::from_secs(61));
    let fresh = format!("code={}", code(&seed, &filo));
    let whole = post(&filo, "/login/code", &half, &fresh).await.is(303);
    assert!(is_in(&filo, &session_in(&whole)).await);
    let half = log_in().await;
    post(&filo, "/login/code", &half, &fresh).await.is(422);
    filo.advance(Duration::from_secs(120));
    let recovery = format!("code={}", enrolled.codes[0]);
    post(&filo, "/login/code", &half, &recovery).await.is(303);
    let half = log_in().await;
    post(&filo, "/login/code", &half, &recovery).await.is(422);
    // The seed lies sealed: no file of the folder holds it, in letters or in bytes.
    let bytes = totp_rs::Secret::try_from_base32(&seed)
        .unwrap()
        .as_bytes()
        .to_vec();
    for file in std::fs::read_dir(filo.folder()).unwrap() {
        let path = file.unwrap().path();
        let Ok(content) = std::fs::read(&path) else {
            continue;
        };
        for wanted in [seed.as_bytes(), &bytes] {
            let found = content.windows(wanted.len()).any(|part| part == wanted);
            assert!(!found, "{}", path.display());
        }
    }
}

#[tokio::test]
async fn a_company_can_ask_admins_for_a_second_factor() {
    let filo = Filo::start().await;
    let admin = somebody(&filo, "admin", Role::Admin).await.text;
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    filo.app
        .require_second_factor(&Actor::operator(), true)
        .await
        .unwrap();
    let led = look(&filo, "/people", &admin).await.is(303);
    assert_eq!(led.header("location"), Some("/account/second-factor"));
    filo.get("/api/v1/me").bearer(&admin).send().await.is(401);
    look(&filo, "/account/second-factor", &admin).await.is(200);
    assert!(is_in(&filo, &agent).await);
}

#[tokio::test]
async fn a_thousand_logins_at_once_are_slowed_and_lock_nobody_out() {
    let filo = Filo::start().await;
    somebody(&filo, "anna", Role::Agent).await;
    let before = filo.app.hashings();
    let tries = (0..1_000).map(|number| {
        let form = format!("email=p{number}%40bottega.it&password=wrong+wrong+wrong");
        filo.post("/login").form(&form).send()
    });
    let answers = futures_util::future::join_all(tries).await;
    let slowed = answers.iter().filter(|answer| answer.status == 429);
    assert!(
        slowed
            .clone()
            .all(|answer| answer.header("retry-after").is_some())
    );
    let hashed = filo.app.hashings() - before;
    assert!(slowed.count() >= 900 && hashed <= 100, "{hashed} hashed");
    // One account tried again and again waits seconds, and its owner still gets in.
    let mut refused = 0;
    for _ in 0..15 {
        let form = "email=anna%40bottega.it&password=wrong+wrong+wrong";
        refused += u32::from(filo.post("/login").form(form).send().await.status == 429);
    }
    assert!(refused >= 4, "{refused}");
    filo.advance(Duration::from_secs(7));
    assert!(
        filo.app
            .log_in("anna@bottega.it", PASSWORD, &visit())
            .await
            .unwrap()
            .is_some()
    );
}
