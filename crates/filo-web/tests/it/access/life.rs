//! The life of sessions, passwords, codes, invitations and links; the names say which hole of
//! which product each closes.

use std::time::Duration;

use filo_app::{Actor, Error, Visit};
use filo_core::access::{Rank, Role};
use filo_testkit::Filo;

use super::{PASSWORD, actor, is_in, key_of, post, session_in, somebody};

const HOUR: Duration = Duration::from_secs(3_600);

fn visit() -> Visit {
    Visit::default()
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
    let key = key_of(
        &filo
            .app
            .password_link(&operator, user.id)
            .await
            .unwrap()
            .link,
    );
    filo.get(&format!("/reset?key={key}")).send().await.is(200);
    let form = format!("key={key}&password=cinque+noci+dure+nel+sacco");
    filo.post("/reset").form(&form).send().await.is(303);
    assert!(!is_in(&filo, &session_in(&changed)).await);
    let again = filo.post("/reset").form(&form).send().await.is(404);
    let never = filo
        .post("/reset")
        .form("key=filo_rst_x&password=cinque+noci+dure+nel+sacco");
    assert_eq!(again.text(), never.send().await.is(404).text());
    let late = key_of(
        &filo
            .app
            .password_link(&operator, user.id)
            .await
            .unwrap()
            .link,
    );
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
        ("/sources", "name=x&kind=server"),
        ("/settings/keys", "name=x&power=read&expires="),
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
