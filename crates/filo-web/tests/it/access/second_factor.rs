//! The second factor, and floods of tries.

use std::time::Duration;

use filo_app::{Actor, Visit};
use filo_core::access::Role;
use filo_testkit::Filo;

use super::{PASSWORD, actor, is_in, look, post, session_in, somebody};

/// The code of a seed now.
fn code(seed: &str, filo: &Filo) -> String {
    code_at(seed, filo.now().0 / 1_000_000)
}

/// The code of a seed at a second, by RFC 6238: what a telephone shows.
pub(crate) fn code_at(seed: &str, seconds: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(seed).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(seconds).unwrap()).to_string()
}

/// Sets up a second factor, and gives its seed.
pub(crate) async fn enrol(filo: &Filo, actor: &Actor) -> String {
    filo.app.offer_second_factor(actor).await.unwrap();
    let offer = filo.app.offered_second_factor(actor).await.unwrap();
    let seed = offer.unwrap().seed;
    let code = code(&seed, filo);
    let confirmed = filo.app.confirm_second_factor(actor, &code).await;
    assert!(confirmed.unwrap().is_some());
    seed
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "one story, in the order in which it happens"
)]
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
            .log_in("anna@bottega.it", PASSWORD, &Visit::default())
            .await
            .unwrap()
            .is_some()
    );
}
