//! Handing a person everything, and forgetting them, by API and console.

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use crate::access::{look, post, somebody};
use crate::import_run::{done, upload};
use crate::webhook::{deliver, hook};

fn call(message: &str, user: &str, at: &str) -> Value {
    json!({"type": "identify", "userId": user, "messageId": message, "timestamp": at,
           "traits": {"email": format!("{user}@example.it"), "firstName": "Zelinda"}})
}

#[tokio::test]
async fn a_person_gets_a_copy_and_is_forgotten_and_others_are_told() {
    let filo = Filo::start_with(Receiver::allow).await;
    let receiver = Receiver::start().await;
    let (path, _) = hook(&filo, &receiver, &["customer.erased", "customer.created"]).await;
    filo.send([call("m-1", "ada", "2026-09-01T10:00:00Z")])
        .await;
    filo.send([call("m-2", "bea", "2026-09-01T10:00:00Z")])
        .await;
    deliver(&filo).await;
    let ada = filo.user("ada").await.id;
    let here = format!("/api/v1/customers/{ada}");

    let copy = filo.api_post(&format!("{here}/export"), &json!({})).await;
    assert_eq!(copy["customer"]["email"], "ada@example.it");
    assert_eq!(copy["events"][0]["properties"]["firstName"], "Zelinda");
    assert_eq!(copy["recipients"][0]["url"], receiver.url());
    assert!(
        !copy.to_string().contains("bea@example.it"),
        "only one person"
    );

    let plan = filo.api_get(&format!("{here}/erasure")).await;
    assert_eq!(
        (&plan["identifiers"], &plan["told"]),
        (&json!(2), &json!(1))
    );
    filo.post(&format!("{here}/erasure"))
        .bearer(&filo.api_key)
        .json(&json!({"ground": "because"}))
        .send()
        .await
        .is(422);
    let made = filo
        .api_post(&format!("{here}/erasure"), &json!({"ground": "request"}))
        .await;
    assert_eq!(made["receipt"]["events"], 1);
    assert_eq!(made["kept_hashes"], 2);
    assert!(made["finished_at"].is_string());
    let receipt = format!("/api/v1/erasures/{}", made["id"].as_str().unwrap());
    assert_eq!(filo.api_get(&receipt).await, made);
    filo.get(&here).bearer(&filo.api_key).send().await.is(404);
    assert!(filo.find(Kind::Email, "bea@example.it").await.is_some());

    deliver(&filo).await;
    let received = receiver.received();
    let last: Value = serde_json::from_str(&received.last().unwrap().body).unwrap();
    assert_eq!(last["type"], "customer.erased");
    let ids = last["data"]["customers"].as_array().unwrap();
    assert!(ids.contains(&json!(ada.to_string())), "{last}");
    // What was told of them before is not kept; what was told of others is.
    let kept = filo.api_get(&format!("{path}/deliveries")).await;
    let kept = kept["data"].as_array().unwrap();
    let topics: Vec<&Value> = kept.iter().map(|it| &it["topic"]).collect();
    assert_eq!(topics, ["customer.erased", "customer.created"]);

    // Late, and by the same door: not in, and not in quarantine either.
    filo.send([call("m-3", "ada", "2026-09-02T10:00:00Z")])
        .await;
    assert!(filo.find(Kind::UserId, "ada").await.is_none());
    assert_eq!(filo.api_get("/api/v1/quarantine").await["data"], json!([]));
    assert_eq!(filo.api_get("/api/v1/status").await["turned_away"], 1);
}

#[tokio::test]
async fn the_console_shows_what_goes_and_asks_twice() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await.text;
    filo.send([call("m-1", "ada", "2026-09-01T10:00:00Z")])
        .await;
    let ada = filo.user("ada").await.id;
    let person = look(&filo, &format!("/people/{ada}"), &owner).await.ok();
    let here = format!("/people/{ada}/privacy");
    assert!(person.text().contains(&here));
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(
        page.contains("Zelinda") && page.contains("Cancella per sempre"),
        "{page}"
    );

    let dossier = format!("/people/{ada}/dossier");
    let printed = post(&filo, &dossier, &owner, "kind=page").await.ok().text();
    assert!(printed.contains("ada@example.it") && printed.contains("Zelinda"));
    assert!(
        printed.contains("ID utente") && !printed.contains("kind-"),
        "what is handed to a person speaks their language: {printed}"
    );
    let file = post(&filo, &dossier, &owner, "kind=file").await.ok();
    assert_eq!(file.json()["customer"]["email"], "ada@example.it");
    assert!(
        file.header("content-disposition")
            .unwrap()
            .contains(".json")
    );

    let erasure = format!("/people/{ada}/erasure");
    let refused = post(&filo, &erasure, &owner, "ground=request")
        .await
        .is(422);
    assert!(refused.text().contains("spunta la casella"));
    assert!(filo.find(Kind::UserId, "ada").await.is_some());
    let done = post(&filo, &erasure, &owner, "ground=request&sure=yes")
        .await
        .is(303);
    let receipt = done.header("location").unwrap().to_owned();
    let shown = look(&filo, &receipt, &owner).await.ok().text();
    assert!(shown.contains("Ricevuta di cancellazione") && !shown.contains("Zelinda"));
    let list = look(&filo, "/settings/erasures", &owner).await.ok().text();
    assert!(list.contains("olga") && !list.contains("ada@example.it"));
    look(&filo, &here, &owner).await.is(404);
    let agent = somebody(&filo, "gino", Role::Agent).await.text;
    look(&filo, "/settings/erasures", &agent).await.is(403);
}

#[tokio::test]
async fn a_file_that_was_imported_goes_and_bringing_it_in_again_brings_nobody_back() {
    let filo = Filo::start().await;
    let first = "E-mail;Nome\nada@example.it;Zelinda\nbea@example.it;Bea\n";
    let id = upload(&filo, "clienti.csv", first).await;
    assert_eq!(done(&filo, &id, "start").await["state"], "done");
    let ada = filo.find(Kind::Email, "ada@example.it").await.unwrap().id;
    let erasure = format!("/api/v1/customers/{ada}/erasure");
    let plan = filo.api_get(&erasure).await;
    let files = |beside: &Value| {
        let places = beside.as_array().unwrap().iter();
        let mut of_imports = places.filter(|it| it["place"] == "imports");
        of_imports.next().unwrap()["count"].clone()
    };
    assert_eq!(files(&plan["beside"]), 1);
    let made = filo.api_post(&erasure, &json!({"ground": "request"})).await;
    assert_eq!(files(&made["receipt"]["beside"]), 1);
    for entry in std::fs::read_dir(&filo.app.config().imports).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            !text.contains("ada@example.it") && !text.contains("Zelinda"),
            "{text}"
        );
    }
    let again = "E-mail;Nome;Città\nada@example.it;Zelinda;Bari\nbea@example.it;Bea;Bari\n";
    let id = upload(&filo, "altri.csv", again).await;
    assert_eq!(done(&filo, &id, "start").await["state"], "done");
    assert!(filo.find(Kind::Email, "ada@example.it").await.is_none());
    assert!(filo.find(Kind::Email, "bea@example.it").await.is_some());
    // Who has come back by themselves is brought up to date like anybody else.
    let back = filo.now().plus_seconds(60).to_string();
    filo.advance(std::time::Duration::from_secs(120));
    filo.send([
        json!({"type": "identify", "messageId": "m-9", "timestamp": back,
        "userId": "u-9", "traits": {"email": "ada@example.it"}}),
    ])
    .await;
    let once_more = "E-mail;Nome;Provincia\nada@example.it;Ada;BA\n";
    let id = upload(&filo, "terzi.csv", once_more).await;
    assert_eq!(done(&filo, &id, "start").await["state"], "done");
    let ada = filo.find(Kind::Email, "ada@example.it").await.unwrap();
    assert_eq!(ada.profile.traits.full_name().as_deref(), Some("Ada"));
}

#[tokio::test]
async fn a_copy_is_also_a_table_and_no_cell_of_it_is_a_formula() {
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await.text;
    let mut evil = call("m-1", "ada", "2026-09-01T10:00:00Z");
    evil["traits"]["city"] = json!("=HYPERLINK(\"http://evil.example\")");
    filo.send([evil]).await;
    let ada = filo.user("ada").await.id;
    let export = format!("/api/v1/customers/{ada}/export");
    let asked = async |format: &str| {
        let request = filo.post(&format!("{export}?format={format}"));
        request.bearer(&filo.api_key).json(&json!({})).send().await
    };
    let table = asked("csv").await.ok();
    assert!(
        table
            .header("content-type")
            .unwrap()
            .starts_with("text/csv")
    );
    let text = table.text();
    assert!(
        text.starts_with("kind,id,at,event,name,value,source\r\n"),
        "{text}"
    );
    assert!(text.contains("identifier,,") && text.contains(",email,ada@example.it,"));
    assert!(text.contains(",firstName,Zelinda,"), "{text}");
    assert!(text.contains("'=HYPERLINK") && !text.contains(",=HYPERLINK"));
    asked("xml").await.is(422);
    assert_eq!(
        asked("json").await.ok().json()["customer"]["email"],
        "ada@example.it"
    );

    let dossier = format!("/people/{ada}/dossier");
    let file = post(&filo, &dossier, &owner, "kind=csv").await.ok();
    assert!(file.header("content-disposition").unwrap().contains(".csv"));
    assert!(file.text().contains("kind;id;at;event;name;value;source"));
}
