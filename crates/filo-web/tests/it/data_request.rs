//! What people ask about their data: on the page for customers, in the shop, by the API; checked,
//! extended, answered, refused, and forgotten with them.

use std::time::Duration;

use filo_app::Actor;
use filo_core::access::{Right, Role};
use filo_core::identity::Kind;
use filo_core::privacy::data_request::Proof;
use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use crate::access::{look, somebody};

const DAY: Duration = Duration::from_secs(24 * 3_600);
const HERE: &str = "/api/v1/data-requests";

pub(crate) async fn ada(filo: &Filo) -> String {
    filo.send([
        json!({"type": "identify", "userId": "ada", "messageId": "1",
               "traits": {"email": "ada@example.it", "phone": "+393331234567", "name": "Zelinda"}}),
        json!({"type": "track", "event": "Consent Granted", "userId": "ada", "messageId": "2",
               "properties": {"purpose": "marketing", "channel": "email"}}),
    ])
    .await;
    filo.user("ada").await.id.to_string()
}

async fn enter(filo: &Filo, wish: &str, more: Value) -> Value {
    let mut body = json!({"wish": wish, "way": "shop", "address": "ada@example.it"});
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    filo.api_post(HERE, &body).await
}

fn at(request: &Value, what: &str) -> String {
    format!("{HERE}/{}{what}", request["id"].as_str().unwrap())
}

async fn ask(filo: &Filo, email: &str, wish: &str) -> Answer {
    let form = format!(
        "wish={wish}&email={}&message=presto",
        email.replace('@', "%40")
    );
    filo.post("/public/request").form(&form).send().await
}

async fn open(filo: &Filo) -> Vec<Value> {
    let list = filo.api_get(HERE).await;
    list["data"].as_array().unwrap().clone()
}

async fn refused(filo: &Filo, path: &str, body: Value) -> u16 {
    let request = filo.post(path).bearer(&filo.api_key).json(&body);
    request.send().await.status.as_u16()
}

#[tokio::test]
async fn anybody_can_ask_and_nobody_learns_who_is_known() {
    let filo = Filo::start().await;
    ada(&filo).await;
    let form = filo.get("/public/request").send().await.ok();
    assert!(form.text().contains("I tuoi dati") && !form.text().contains("<script"));
    assert!(form.text().len() < 50_000);
    assert_eq!(form.header("set-cookie"), None);

    let known = ask(&filo, "ada@example.it", "access").await.ok();
    let stranger = ask(&filo, "nobody@example.it", "access").await.ok();
    let again = ask(&filo, "ADA@example.it", "access").await.ok();
    assert_eq!(known.text(), stranger.text());
    assert_eq!(known.text(), again.text());
    let rows = open(&filo).await;
    assert_eq!(
        rows.len(),
        2,
        "the same wish of the same address waits once"
    );
    assert!(
        rows.iter()
            .all(|row| row["way"] == "page" && row["stage"] == "received")
    );

    for (form, shown) in [
        (
            "wish=access&email=nobody",
            "Questo non è un indirizzo e-mail",
        ),
        ("email=ada%40example.it", "Scegli che cosa chiedi"),
        (
            "wish=money&email=ada%40example.it",
            "Scegli che cosa chiedi",
        ),
        ("\u{0}", "Scegli che cosa chiedi"),
    ] {
        let page = filo.post("/public/request").form(form).send().await.is(422);
        assert!(page.text().contains(shown), "{form}");
    }
    let long = format!(
        "wish=access&email=b%40example.it&message={}",
        "x".repeat(2_001)
    );
    filo.post("/public/request")
        .form(&long)
        .send()
        .await
        .is(422);
    let marked = "wish=x&email=%22%3E%3Cscript%3E";
    let page = filo
        .post("/public/request")
        .form(marked)
        .send()
        .await
        .is(422);
    assert!(!page.text().contains("<script>"));
    assert_eq!(open(&filo).await.len(), 2);
}

#[tokio::test]
async fn a_stranger_cannot_fill_the_list() {
    let filo = Filo::start().await;
    let mut taken = 0;
    for number in 0..20 {
        let answer = ask(&filo, &format!("a{number}@example.it"), "access").await;
        match answer.status.as_u16() {
            200 => taken += 1,
            429 => assert!(answer.text().contains("più richieste")),
            other => panic!("{other}"),
        }
    }
    assert!((1..=6).contains(&taken), "{taken}");
    assert_eq!(open(&filo).await.len(), taken);
    filo.advance(Duration::from_secs(3_600));
    ask(&filo, "b@example.it", "access").await.ok();
}

#[tokio::test]
async fn the_link_shows_whose_it_is_and_a_look_does_not() {
    let filo = Filo::start().await;
    let id = ada(&filo).await;
    ask(&filo, "ada@example.it", "erasure").await.ok();
    let row = open(&filo).await.remove(0);
    let one = filo.api_get(&at(&row, "")).await;
    assert_eq!(one["customer"], id);
    let url = one["link"].as_str().unwrap();
    let link = url[url.find("/public/").unwrap()..].to_owned();
    let page = filo.get(&link).send().await.ok().text();
    assert!(
        page.contains("Cancellare tutto") && !page.contains("ada@"),
        "{page}"
    );
    assert_eq!(filo.api_get(&at(&row, "")).await["stage"], "received");
    // Before it is known whose it is nothing is handed over or erased.
    assert_eq!(refused(&filo, &at(&row, "/answer"), json!({})).await, 409);
    for _ in 0..2 {
        let page = filo.post(&link).send().await.ok().text();
        assert!(page.contains("Confermato"), "{page}");
    }
    let one = filo.api_get(&at(&row, "")).await;
    assert_eq!(
        (&one["stage"], &one["proof"]),
        (&json!("checked"), &json!("link"))
    );
    assert_eq!(one["link"], Value::Null, "it is needed no more");

    let done = filo
        .api_post(&at(&row, "/answer"), &json!({"note": "ada@example.it"}))
        .await;
    assert_eq!(done["stage"], "done");
    let receipt = format!("/api/v1/erasures/{}", done["erasure"].as_str().unwrap());
    assert_eq!(filo.api_get(&receipt).await["ground"], "request");
    assert!(filo.find(Kind::Email, "ada@example.it").await.is_none());
    // The request says when, and nothing of whom.
    let closed = filo.api_get(&format!("{HERE}?show=closed")).await;
    let text = closed.to_string();
    assert!(
        !text.contains("ada@example.it") && !text.contains("presto"),
        "{text}"
    );
    assert_eq!(closed["data"][0]["wish"], "erasure");
    assert_eq!(
        refused(&filo, &at(&row, "/reopening"), json!({})).await,
        409
    );
    filo.get(&link).send().await.is(404);
    filo.post(&link).send().await.is(404);
    let audit = filo.api_get("/api/v1/audit").await.to_string();
    for act in [
        "data_request_made",
        "data_request_checked",
        "data_request_done",
    ] {
        assert!(audit.contains(act), "{act}");
    }
    assert!(!audit.contains("ada@example.it"));
}

#[tokio::test]
async fn an_objection_stops_everything_that_is_sent() {
    let filo = Filo::start().await;
    let id = ada(&filo).await;
    let row = enter(&filo, "objection", json!({"proof": "known"})).await;
    assert_eq!(row["stage"], "checked");
    filo.advance(DAY);
    let done = filo
        .api_post(&at(&row, "/answer"), &json!({"note": "told her"}))
        .await;
    assert_eq!(
        (&done["stage"], &done["closing_note"]),
        (&json!("done"), &json!("told her"))
    );
    for channel in ["email", "sms", "phone"] {
        let question =
            format!("/api/v1/customers/{id}/addressing?purpose=marketing&channel={channel}");
        assert_eq!(filo.api_get(&question).await["may"], false, "{channel}");
    }
    let known = json!({"address": "+39 333 1234567"});
    let found = filo.api_post("/api/v1/suppressions/lookup", &known).await;
    assert_eq!(found["data"][0]["reason"], "unsubscribed");
    // Closed by mistake it is open again, due on the same day.
    let again = filo.api_post(&at(&row, "/reopening"), &json!({})).await;
    assert_eq!(
        (&again["stage"], &again["due_at"]),
        (&json!("checked"), &row["due_at"])
    );
    assert_eq!(
        refused(&filo, &at(&row, "/reopening"), json!({})).await,
        409
    );
}

#[tokio::test]
async fn the_month_runs_and_can_be_longer_once_and_in_time() {
    let filo = Filo::start().await;
    ada(&filo).await;
    let row = enter(&filo, "access", json!({"message": "all of it"})).await;
    let extension = at(&row, "/extension");
    assert_eq!(
        refused(&filo, &extension, json!({"reason": " "})).await,
        422
    );
    let owner = somebody(&filo, "olga", Role::Owner).await.text;
    let today = async || look(&filo, "/", &owner).await.ok().text();
    assert!(
        !today().await.contains("href=\"/requests\""),
        "there is time"
    );
    let days = row["days_left"].as_i64().unwrap();
    assert!((28..=31).contains(&days), "{days}");
    filo.advance(DAY * u32::try_from(days - 6).unwrap());
    // A session does not live so long.
    let owner = somebody(&filo, "ornella", Role::Owner).await.text;
    let page = look(&filo, "/", &owner).await.ok().text();
    assert!(page.contains("da chiudere entro una settimana"), "{page}");
    let longer = filo
        .api_post(&extension, &json!({"reason": "too many orders"}))
        .await;
    assert_eq!(longer["extension_reason"], "too many orders");
    assert!(longer["days_left"].as_i64().unwrap() > 60);
    assert_eq!(
        refused(&filo, &extension, json!({"reason": "x"})).await,
        409
    );
    let page = look(&filo, "/", &owner).await.ok().text();
    assert!(!page.contains("href=\"/requests\""));

    let late = enter(&filo, "access", json!({})).await;
    filo.advance(DAY * 33);
    let owner = somebody(&filo, "oriana", Role::Owner).await.text;
    let page = look(&filo, "/", &owner).await.ok().text();
    assert!(page.contains("dovevi già aver risposto"), "{page}");
    assert_eq!(
        refused(&filo, &at(&late, "/extension"), json!({"reason": "x"})).await,
        409
    );
    let list = look(&filo, "/requests", &owner).await.ok().text();
    assert!(list.contains("in ritardo di"), "{list}");
    // Who waits longest comes first.
    let rows = open(&filo).await;
    assert_eq!(rows[0]["id"], late["id"]);
    let refusal = at(&late, "/refusal");
    assert_eq!(refused(&filo, &refusal, json!({"reason": ""})).await, 422);
    let no = filo
        .api_post(&refusal, &json!({"reason": "not who they say"}))
        .await;
    assert_eq!(
        (&no["stage"], &no["closing_note"]),
        (&json!("refused"), &json!("not who they say"))
    );
}

#[tokio::test]
async fn what_cannot_be_a_request_is_refused_by_its_field() {
    let filo = Filo::start().await;
    let id = ada(&filo).await;
    let tomorrow = filo.now().plus_seconds(86_400).to_string();
    for (field, wrong) in [
        ("wish", json!({"wish": "money"})),
        ("way", json!({"way": "pigeon"})),
        ("address", json!({"address": "not one"})),
        ("address", json!({"customer": id})),
        ("proof", json!({"proof": "link"})),
        ("received_at", json!({"received_at": tomorrow})),
        (
            "received_at",
            json!({"received_at": "1999-01-01T00:00:00Z"}),
        ),
        ("received_at", json!({"received_at": "ieri"})),
        ("message", json!({"message": "x".repeat(2_001)})),
    ] {
        let mut body = json!({"wish": "access", "way": "shop", "address": "ada@example.it"});
        for (key, value) in wrong.as_object().unwrap() {
            body[key] = value.clone();
        }
        let request = filo.post(HERE).bearer(&filo.api_key).json(&body);
        let problem = request.send().await.is(422).json();
        assert_eq!(problem["field"], field, "{wrong}");
    }
    assert!(open(&filo).await.is_empty());
    let body = json!({"wish": "access", "way": "phone", "customer": id});
    let row = filo.api_post(HERE, &body).await;
    assert_eq!(
        (&row["customer"], &row["address"]),
        (&json!(id), &json!("ada@example.it"))
    );
}

#[tokio::test]
async fn a_request_is_in_the_copy_of_whoever_asked() {
    let filo = Filo::start().await;
    let id = ada(&filo).await;
    enter(
        &filo,
        "rectification",
        json!({"message": "the street is wrong"}),
    )
    .await;
    let body = json!({"wish": "access", "way": "phone", "address": "bea@example.it"});
    filo.api_post(HERE, &body).await;
    let copy = filo
        .api_post(&format!("/api/v1/customers/{id}/export"), &json!({}))
        .await;
    let beside = copy["beside"].as_array().unwrap();
    let requests = beside.iter().find(|it| it["place"] == "requests").unwrap();
    assert_eq!(requests["texts"].as_array().unwrap().len(), 1);
    assert!(requests.to_string().contains("the street is wrong"));
}

#[tokio::test]
async fn who_may_not_see_personal_data_sees_what_is_asked_and_not_by_whom() {
    let filo = Filo::start().await;
    ada(&filo).await;
    let row = enter(&filo, "access", json!({"message": "all of it"})).await;
    let blind = Actor {
        rights: [Right::HandlePrivacy].into_iter().collect(),
        ..Actor::operator()
    };
    let listed = filo
        .app
        .data_requests(&blind, false, (None, 9))
        .await
        .unwrap();
    let id = row["id"].as_str().unwrap().parse().unwrap();
    let one = filo.app.data_request(&blind, id).await.unwrap();
    for request in [&listed[0], &one.request] {
        assert_eq!(
            (request.contact.as_str(), request.message.as_str()),
            ("•••", "")
        );
    }
    assert_eq!((one.customer, one.link), (None, None));
    let answered = filo
        .app
        .check_data_request(&blind, id, Proof::Known)
        .await
        .unwrap();
    assert_eq!(answered.request.contact, "•••");
    // What is covered for one is whole for the others.
    assert_eq!(open(&filo).await[0]["message"], "all of it");
}
