//! The rules about who is one person, changed while Filo works: afterwards everybody follows
//! them, as if they had always been so.

use filo_app::{Actor, TrialState};
use filo_core::identity::{JoiningRules, Kind, Window};
use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

/// People with three addresses each, couples with one browser, families with one telephone.
fn calls(from: u32, to: u32) -> Vec<Value> {
    (from..to)
        .map(|number| {
            let (user, round) = (number % 300, number / 300 % 3);
            json!({"type": "identify", "userId": format!("u-{user}"), "messageId": format!("m-{number}"),
                   "anonymousId": format!("a-{}", user / 2),
                   "traits": {"email": format!("p{user}.{round}@example.it"),
                              "phone": format!("+39333{:07}", 1_000_000 + user / 5), "firstName": format!("Persona {user}")},
                   "timestamp": format!("2026-09-01T{:02}:{:02}:{:02}Z", number / 3_600, number / 60 % 60, number % 60)})
        })
        .collect()
}

async fn filled(memory_bytes: usize) -> Filo {
    let filo = Filo::start_with(|config| config.memory_bytes = memory_bytes).await;
    filo.send(calls(0, 450)).await;
    filo.send(calls(450, 900)).await;
    filo.settle().await;
    filo
}

fn strict(rules: &JoiningRules) -> JoiningRules {
    let mut rules = rules.clone();
    rules.limits = rules
        .limits
        .with(Kind::Email, 1, Window::Ever)
        .with(Kind::UserId, 2, Window::Ever)
        .with(Kind::AnonymousId, 1, Window::Ever);
    rules.suspect_links = 3;
    rules
}

async fn change(filo: &Filo, wanted: &JoiningRules) {
    let version = filo.app.rules_view().await.unwrap().version;
    let operator = Actor::operator();
    let change = filo.app.change_rules(&operator, wanted.clone(), version);
    assert_eq!(change.await.unwrap().rules, *wanted);
}

/// Everybody follows the rules as if they had always been so, and the lists agree.
async fn check_as_rebuilt(filo: &Filo) -> u128 {
    filo.app.rules_followed().await.unwrap();
    let view = filo.app.rules_view().await.unwrap();
    assert_eq!(view.followed_thousandths, None);
    let problems = filo.app.check().await.unwrap().problems;
    assert!(problems.is_empty(), "{problems:?}");
    let report = filo.app.rebuild().await.unwrap();
    assert_eq!(report.before, report.after);
    report.after
}

#[tokio::test]
async fn after_a_change_everybody_is_who_they_would_have_been_and_back() {
    for memory_bytes in [512 << 20, 300_000] {
        let filo = filled(memory_bytes).await;
        let first = filo.app.rules_view().await.unwrap().rules;
        let before = filo.app.state_hash().await.unwrap();
        change(&filo, &strict(&first)).await;
        filo.app.rules_followed().await.unwrap();
        let strictly = check_as_rebuilt(&filo).await;
        assert_ne!(before, strictly, "the rules make no difference here");
        change(&filo, &first).await;
        filo.app.rules_followed().await.unwrap();
        assert_eq!(filo.app.state_hash().await.unwrap(), before);
        assert_eq!(check_as_rebuilt(&filo).await, before);
        let history = filo.app.rules_view().await.unwrap().history;
        let versions: Vec<u32> = history.iter().map(|it| it.version).collect();
        assert_eq!(versions, [3, 2, 1]);
        assert_eq!(history[0].rules, history[2].rules);
    }
}

#[tokio::test]
async fn events_and_kills_in_between_change_nothing_about_that() {
    let mut filo = filled(300_000).await;
    let first = filo.app.rules_view().await.unwrap().rules;
    let mut sent = 900;
    for round in 0..3 {
        let wanted = if round % 2 == 0 {
            strict(&first)
        } else {
            first.clone()
        };
        change(&filo, &wanted).await;
        for _ in 0..round {
            filo.send(calls(sent, sent + 40)).await;
            sent += 40;
        }
        filo = filo.restart().await;
        filo.send(calls(sent, sent + 40)).await;
        sent += 40;
        check_as_rebuilt(&filo).await;
    }
}

#[tokio::test]
async fn a_kill_in_the_middle_of_the_walk_goes_on_from_there() {
    let mut filo = filled(300_000).await;
    let first = filo.app.rules_view().await.unwrap().rules;
    let mut cut_off = 0;
    for wanted in [strict(&first), first.clone(), strict(&first)] {
        change(&filo, &wanted).await;
        loop {
            match filo.app.rules_view().await.unwrap().followed_thousandths {
                Some(0) => tokio::task::yield_now().await,
                Some(_) => break cut_off += 1,
                None => break,
            }
        }
        filo = filo.restart().await;
        check_as_rebuilt(&filo).await;
    }
    assert!(cut_off > 0, "every walk had ended before the kill");
}

#[tokio::test]
async fn a_trial_tells_what_a_change_then_does_and_changes_nothing() {
    let filo = filled(512 << 20).await;
    let first = filo.app.rules_view().await.unwrap().rules;
    let (before, customers) = (
        filo.app.state_hash().await.unwrap(),
        filo.app.customer_count().await.unwrap(),
    );
    let operator = Actor::operator();
    let begun = filo.app.try_rules(&operator, strict(&first)).unwrap();
    let again = filo.app.try_rules(&operator, first.clone());
    assert!(
        matches!(again, Err(filo_app::Error::Conflict(_))),
        "{again:?}"
    );
    let trial = loop {
        let trial = filo.app.trial(&operator, begun.id).unwrap();
        if trial.state == TrialState::Done {
            break trial;
        }
        assert_ne!(trial.state, TrialState::Failed);
        tokio::task::yield_now().await;
    };
    assert_eq!(filo.app.state_hash().await.unwrap(), before);
    assert_eq!((trial.before, trial.one_of), (customers, 1));
    assert_eq!(trial.examples.len(), 10);
    assert!(
        trial.dividing > 0 && trial.after > trial.before,
        "{trial:?}"
    );
    change(&filo, &strict(&first)).await;
    filo.app.rules_followed().await.unwrap();
    filo.settle().await;
    assert_eq!(filo.app.customer_count().await.unwrap(), trial.after);
}

fn document(most: u32) -> Value {
    json!({"limits": {"email": {"most": most, "window": "ever"}}, "suspect_links": 12,
           "blocked_values": ["null"], "blocked_mailboxes": ["info"]})
}

#[tokio::test]
async fn the_api_tries_and_changes_and_refuses() {
    let filo = Filo::start().await;
    filo.send(calls(0, 30)).await;
    let path = "/api/v1/settings/identity-rules";
    let first = filo.api_get(path).await;
    assert_eq!(
        (&first["version"], &first["history"]),
        (&json!(1), &json!([]))
    );
    assert_eq!(
        first["rules"]["limits"]["email"],
        json!({"most": 5, "window": "year"})
    );
    let trial = filo.api_post(&format!("{path}/trials"), &document(1)).await;
    let trial = format!("{path}/trials/{}", trial["id"].as_str().unwrap());
    loop {
        let found = filo.api_get(&trial).await;
        if found["state"] == "done" {
            assert_eq!(found["rules"]["limits"]["email"]["most"], 1);
            break;
        }
        tokio::task::yield_now().await;
    }
    let put = |body: Value| {
        filo.request(Method::PUT, path)
            .bearer(&filo.api_key)
            .json(&body)
            .send()
    };
    for wrong in [document(0), document(101)] {
        let refused = put(json!({"rules": wrong, "version": 1})).await.is(422);
        assert!(refused.text().contains("email"), "{}", refused.text());
    }
    let changed = put(json!({"rules": document(2), "version": 1}))
        .await
        .ok()
        .json();
    assert_eq!(
        (&changed["version"], &changed["history"][0]["by"]),
        (&json!(2), &json!("Tests"))
    );
    put(json!({"rules": document(3), "version": 1}))
        .await
        .is(409);
    let unknown = format!("{path}/trials/trl_00000000000000000000000007");
    let answer = filo.get(&unknown).bearer(&filo.api_key).send().await;
    answer.is(404);
}

#[tokio::test]
async fn the_page_tries_saves_and_goes_back() {
    let filo = Filo::start().await;
    filo.send(calls(0, 700)).await;
    let cookie = crate::hostile::log_in(&filo).await;
    let page = async |path: &str| filo.get(path).header("cookie", &cookie).send().await.ok();
    let here = "/settings/identity?lang=en";
    let text = page(here).await.text();
    assert!(
        text.contains("A person can have at most 5 in a year"),
        "{text}"
    );
    assert!(
        page("/settings/identity?lang=it")
            .await
            .text()
            .contains("al massimo 5 in un anno")
    );
    let (_, token) = text.split_once("name=\"token\" value=\"").unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    let post = async |path: &str, form: String| {
        let request = filo.post(path).header("cookie", &cookie);
        let request = request.header("sec-fetch-site", "same-origin");
        request.form(&format!("token={token}&{form}")).send().await
    };
    let form = |act: &str, email: &str| {
        let others = JoiningRules::kinds().filter(|kind| *kind != Kind::Email);
        let others = others.map(|kind| format!("&{0}=1&{0}_window=ever", kind.word()));
        let others: String = others.collect();
        format!(
            "act={act}&version=1&suspect_links=12&blocked=null&mailboxes=info\
                 &email={email}&email_window=ever{others}"
        )
    };
    for wrong in ["", "0", "101", "many"] {
        let answer = post("/settings/identity", form("try", wrong)).await.is(422);
        assert!(answer.text().contains("field-email-wrong"), "{wrong}");
    }
    let tried = post("/settings/identity", form("try", "1")).await.is(303);
    let address = tried.header("location").unwrap().to_owned();
    while page(&address).await.header("refresh").is_some() {
        tokio::task::yield_now().await;
    }
    let result = page(&format!("{address}&lang=en")).await.text();
    assert!(
        result.contains("Would be divided") && result.contains("href=\"/people/cus_"),
        "{result}"
    );
    let id = address.split_once("trial=").unwrap().1;
    let adoption = format!("/settings/identity/trials/{id}/adoption");
    post(&adoption, "version=1".to_owned()).await.is(303);
    // It was compared with rules that no longer count.
    post(&adoption, "version=2".to_owned()).await.is(409);
    let conflict = post("/settings/identity", form("save", "2")).await.is(409);
    assert!(conflict.text().contains("Somebody else") || conflict.text().contains("Qualcun altro"));
    filo.app.rules_followed().await.unwrap();
    assert!(
        page(here)
            .await
            .text()
            .contains("E-mail: from 5 in a year to 1 in all")
    );
    post("/settings/identity/return", "to=1&version=2".to_owned())
        .await
        .is(303);
    let back = filo.app.rules_view().await.unwrap();
    assert_eq!((back.version, &back.rules), (3, &back.history[2].rules));
    post("/settings/identity/return", "to=9&version=3".to_owned())
        .await
        .is(404);
}
