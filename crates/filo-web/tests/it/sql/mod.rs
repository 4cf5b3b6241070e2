//! Questions in SQL through the running program: saving them, and what is said where they cannot
//! be answered. What answers them is tested where it is built in.

#[cfg(feature = "sql")]
mod answered;

use filo_app::AuditFilter;
use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::{Answer, Filo};
use http::Method;
use serde_json::{Value, json};

use crate::access::{look, post, somebody};

const ASKING: &str = "/api/v1/sql";
const SAVED: &str = "/api/v1/saved-queries";

/// Asks with a key or the text of a session.
async fn ask(filo: &Filo, who: &str, question: &Value) -> Answer {
    filo.post(ASKING).bearer(who).json(question).send().await
}

/// The details of what was asked, oldest first.
async fn written_down(filo: &Filo) -> Vec<String> {
    let operator = filo_app::Actor::operator();
    let every = AuditFilter::default();
    let entries = filo.app.audit(&operator, &every, None, 1_000).await;
    let entries = entries.unwrap();
    let asked = entries.iter().rev().filter(|it| it.act == "lake_queried");
    asked.map(|it| it.detail.clone()).collect()
}

#[tokio::test]
async fn questions_are_saved_changed_removed_and_brought_back() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let nameless = post(&filo, "/saved-queries", &owner, "statement=x&name=").await;
    let page = nameless.is(422).text();
    assert!(page.contains("field-name-wrong"), "{page}");
    let form = "statement=line+one%0D%0Aline+%3Ctwo%3E&name=Mesi+%3Cb%3E";
    let made = post(&filo, "/saved-queries", &owner, form).await.is(303);
    let address = made.header("location").unwrap().to_owned();
    let page = look(&filo, &address, &owner).await.ok().text();
    assert!(page.contains("Mesi &lt;b&gt;"), "{page}");
    assert!(page.contains("line one\nline &lt;two&gt;"), "{page}");

    let list = filo.api_get(SAVED).await;
    let saved = &list["data"][0];
    assert_eq!(saved["statement"], "line one\nline <two>");
    let path = format!("{SAVED}/{}", saved["id"].as_str().unwrap());
    // From the version that was read, and from no other.
    for (version, status) in [(1, 200), (1, 409)] {
        let change = json!({"version": version, "name": "Mesi", "statement": "two"});
        let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
        request.json(&change).send().await.is(status);
    }
    let id = saved["id"].as_str().unwrap();
    let stale = format!("version=1&query={id}&name=Mesi&statement=mine");
    let stale = post(&filo, &format!("/saved-queries/{id}"), &owner, &stale).await;
    let page = stale.is(409).text();
    assert!(
        page.contains("mine") && page.contains("value=\"2\""),
        "{page}"
    );

    let gone = post(&filo, &format!("/saved-queries/{id}/removal"), &owner, "").await;
    let address = gone.is(303).header("location").unwrap().to_owned();
    let page = look(&filo, &address, &owner).await.ok().text();
    assert!(
        page.contains(&format!("/saved-queries/{id}/restoring")),
        "{page}"
    );
    assert_eq!(filo.api_get(SAVED).await["data"], json!([]));
    look(&filo, &format!("/analysis/sql?query={id}"), &owner)
        .await
        .is(404);
    let back = format!("/saved-queries/{id}/restoring");
    post(&filo, &back, &owner, "").await.is(303);
    assert_eq!(filo.api_get(SAVED).await["data"][0]["version"], json!(4));

    // An analyst takes one up and saves none; an agent sees no figures.
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    let page = look(&filo, &format!("/analysis/sql?query={id}"), &analyst).await;
    assert!(!page.ok().text().contains("formaction"), "no saving");
    post(&filo, "/saved-queries", &analyst, "statement=x&name=y")
        .await
        .is(403);
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    look(&filo, "/analysis/sql", &agent).await.is(403);
}

#[tokio::test]
async fn a_saved_question_that_names_who_is_forgotten_goes_with_them() {
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "i-1",
        "traits": {"email": "zelinda@example.it"}}),
    ])
    .await;
    for (name, statement) in [
        ("hers", "email = 'zelinda@example.it'"),
        ("everybody", "email is null"),
    ] {
        let query = json!({"name": name, "statement": statement});
        filo.api_post(SAVED, &query).await;
    }
    let zelinda = filo.find(Kind::Email, "zelinda@example.it").await.unwrap();
    let path = format!("/api/v1/customers/{}/erasure", zelinda.id);
    filo.api_post(&path, &json!({"ground": "request"})).await;
    let left = filo.api_get(SAVED).await;
    let names: Vec<&Value> = left["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(names, ["everybody"]);
}

#[tokio::test]
async fn what_can_be_asked_is_told_in_both_languages() {
    let filo = Filo::start().await;
    let told = filo.api_get("/api/v1/sql/views").await;
    assert_eq!(told["built"], json!(filo_app::sql::IS_BUILT));
    let views = told["views"].as_array().unwrap();
    assert_eq!(views.len(), 3);
    assert!(views.iter().all(|view| {
        let columns = view["columns"].as_array().unwrap();
        columns
            .iter()
            .all(|it| it["meaning"].as_str().unwrap().ends_with('.'))
    }));
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    for (language, words) in [("it", "Di chi è oggi."), ("en", "Whose it is today.")] {
        let page = look(&filo, &format!("/analysis/sql?lang={language}"), &owner).await;
        assert!(page.ok().text().contains(words), "{language}");
    }
    // Nothing that was asked is nothing to answer, with SQL and without.
    let empty = ask(&filo, &filo.api_key, &json!({"statement": " \n"})).await;
    let problem = empty.is(422).json();
    assert_eq!(
        (&problem["code"], &problem["field"]),
        (&json!("invalid"), &json!("statement"))
    );
    let wrong = ask(
        &filo,
        &filo.api_key,
        &json!({"statement": "x", "as": "xlsx"}),
    )
    .await;
    assert_eq!(wrong.is(422).json()["field"], "as");
}

#[cfg(not(feature = "sql"))]
#[tokio::test]
async fn without_it_filo_says_how_to_get_it() {
    let filo = Filo::start().await;
    let refused = ask(&filo, &filo.api_key, &json!({"statement": "select 1"})).await;
    let problem = refused.is(501).json();
    assert_eq!(problem["code"], "not_built");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("--features sql") && detail.contains("DuckDB"),
        "{detail}"
    );
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = look(&filo, "/analysis/sql?lang=it", &owner)
        .await
        .ok()
        .text();
    assert!(page.contains("costruito senza SQL"), "{page}");
    let asked = post(&filo, "/analysis/sql", &owner, "statement=select+1&as=page").await;
    assert!(asked.is(501).text().contains("--features sql"));
    // Nothing was asked, so nothing is written down; who may not ask is told that first.
    assert_eq!(written_down(&filo).await, [""; 0]);
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    ask(&filo, &agent, &json!({"statement": "select 1"}))
        .await
        .is(403);
}
