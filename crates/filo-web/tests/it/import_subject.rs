//! Files about something other than people: orders, events, consents, companies, and addresses that
//! nothing is sent to.

use filo_core::event::Channel;
use filo_core::identity::Kind;
use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

use crate::consent_ledger::{asked, codes};
use crate::import_run::{all, done, get, outcomes, upload};

/// Somebody whom the files know too.
async fn luca(filo: &Filo) {
    let traits = json!({"email": "luca@example.it", "city": "Carpi"});
    filo.send([json!({"type": "identify", "userId": "u-1", "messageId": "m-1", "traits": traits})])
        .await;
}

/// Brings a file in, tries it first, sees that twice changes nothing, takes it out, sees that
/// nothing is left of it, and brings it in once more.
async fn there_and_back(filo: &Filo, name: &str, text: &str) -> Value {
    let before = (filo.app.state_hash().await.unwrap(), all(filo).await);
    let id = upload(filo, name, text).await;
    let tried = done(filo, &id, "trial").await;
    assert_eq!(tried["state"], "tried", "{tried}");
    assert_eq!(filo.app.state_hash().await.unwrap(), before.0, "a dry run");
    let finished = done(filo, &id, "start").await;
    assert_eq!(finished["state"], "done", "{finished}");
    assert_eq!(
        finished["counts"], tried["trial"],
        "what was said came true"
    );
    let after = (filo.app.state_hash().await.unwrap(), all(filo).await);
    let again = upload(filo, name, text).await;
    let again = done(filo, &again, "start").await;
    assert_eq!(again["counts"]["events"], 0, "{again}");
    assert_eq!(again["counts"]["listed"], 0, "{again}");
    assert_eq!(filo.app.state_hash().await.unwrap(), after.0);
    let undone = done(filo, &id, "undo").await;
    assert_eq!(undone["state"], "undone", "{undone}");
    assert_eq!(
        (filo.app.state_hash().await.unwrap(), all(filo).await),
        before,
        "taken out without a trace"
    );
    let third = upload(filo, name, text).await;
    let third = done(filo, &third, "start").await;
    assert_eq!(outcomes(&third["counts"]), outcomes(&finished["counts"]));
    finished
}

async fn lookup(filo: &Filo, email: &str) -> Value {
    let email = email.replace('@', "%40");
    filo.api_get(&format!("/api/v1/customers/lookup?email={email}"))
        .await
}

#[tokio::test]
async fn lines_of_orders_become_orders_and_every_line_is_accounted_for() {
    let filo = Filo::start().await;
    luca(&filo).await;
    let text = "\
ID ordine;Data ordine;E-mail;Codice articolo;Prodotto;Quantità;Prezzo;Totale;Stato;Note
7;31/01/2026 10:00;luca@example.it;C1;Calze;2;9,90;24,80;Consegnato;
7;31/01/2026 10:00;luca@example.it;L1;Lacci;1;5,00;24,80;Consegnato;
8;01/02/2026 10:00;nuova@example.it;C1;Calze;1;9,90;9,90;Annullato;
9;01/02/2026 10:00;;C1;Calze;1;9,90;9,90;Consegnato;
10;oggi;luca@example.it;C1;Calze;1;9,90;9,90;Consegnato;
11;01/02/2026;luca@example.it;C1;Calze;1;9,90
";
    let finished = there_and_back(&filo, "ordini.csv", text).await;
    assert_eq!(finished["subject"], "orders");
    let counts = &finished["counts"];
    assert_eq!(outcomes(counts), [1, 2, 0, 0, 0, 3], "{counts}");
    assert_eq!(
        counts["reasons"],
        json!({"nobody": 1, "bad_date": 1, "wrong_column_count": 1})
    );
    let orders = &counts["orders"];
    assert_eq!(
        (&orders["orders"], &orders["cancelled_orders"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(orders["revenue"]["EUR"], "34.7");
    let luca = lookup(&filo, "luca@example.it").await;
    assert_eq!(luca["orders"][0]["gross_cents"], 2480);
    assert_eq!(luca["orders"][0]["item_count"], 3);
    // Ten in the morning in Rome.
    assert_eq!(luca["orders"][0]["first_at"], "2026-01-31T09:00:00.000Z");
    let people = finished["id"].as_str().unwrap();
    let errors = filo
        .get(&format!("/api/v1/imports/{people}/errors.csv"))
        .bearer(&filo.api_key);
    let errors = errors.send().await.ok().text();
    assert!(errors.contains(";6;;bad_date"), "{errors}");
}

#[tokio::test]
async fn an_order_in_another_file_is_the_same_order() {
    let filo = Filo::start().await;
    let text = "order_id,date,email,price\n1,2026-01-01,a@example.it,5.00\n";
    let first = upload(&filo, "a.csv", text).await;
    done(&filo, &first, "start").await;
    let more = "order_id,date,email,price,sku\n1,2026-01-01,a@example.it,5.00,x\n\
                2,2026-01-02,a@example.it,6.00,x\n";
    let second = upload(&filo, "b.csv", more).await;
    let second = done(&filo, &second, "start").await;
    assert_eq!(outcomes(&second["counts"]), [0, 1, 1, 0, 0, 0]);
    let who = lookup(&filo, "a@example.it").await;
    assert_eq!(who["orders"][0]["gross_cents"], 1100);
}

#[tokio::test]
async fn what_people_did_comes_in_from_tables_and_lines_of_json() {
    let filo = Filo::start().await;
    luca(&filo).await;
    let lines = "\
{\"event\":\"Corso Prenotato\",\"timestamp\":\"2026-02-01T10:00:00Z\",\"email\":\"luca@example.it\",\"messageId\":\"e-1\",\"properties\":{\"price\":12.5,\"kind\":\"yoga\",\"tags\":[1,2]}}
{\"event\":\"Order Completed\",\"timestamp\":\"2026-02-02T10:00:00Z\",\"email\":\"nuova@example.it\",\"messageId\":\"e-2\",\"properties\":{\"order_id\":\"o-9\",\"total\":30,\"currency\":\"EUR\"}}
{\"event\":\"Corso Prenotato\",\"timestamp\":\"2026-02-01T10:00:00Z\",\"messageId\":\"e-3\"}
{\"event\":\"\",\"timestamp\":\"2026-02-01T10:00:00Z\",\"email\":\"luca@example.it\"}
{\"event\":\"Later\",\"timestamp\":\"2099-02-01T10:00:00Z\",\"email\":\"luca@example.it\"}
no object
";
    let finished = there_and_back(&filo, "events.jsonl", lines).await;
    assert_eq!(finished["subject"], "events");
    let counts = &finished["counts"];
    assert_eq!(outcomes(counts), [1, 1, 0, 0, 0, 4], "{counts}");
    assert_eq!(
        counts["reasons"],
        json!({"nobody": 1, "no_name": 1, "future_date": 1, "no_object": 1})
    );
    let new = lookup(&filo, "nuova@example.it").await;
    assert_eq!(
        new["orders"][0]["gross_cents"], 3000,
        "an order like any other"
    );
    let luca = filo.user("u-1").await;
    let thread = filo.thread(luca.id).await;
    let said = thread
        .iter()
        .find(|it| it.name == "Corso Prenotato")
        .unwrap();
    let said: Value = serde_json::from_str(&said.properties).unwrap();
    assert_eq!(said, json!({"price": 12.5, "kind": "yoga", "tags": [1, 2]}));
}

#[tokio::test]
async fn a_person_says_what_a_file_is_about_and_its_columns_follow() {
    let filo = Filo::start().await;
    let table = "\
Evento;Quando;Tessera;Importo;Codice
Timbro;03/02/2026 18:30;T-1;4,50;007
Timbro;03/02/2026 18:30;T-1;4,50;007
Timbro;04/02/2026 18:30;T-1;1,00;008
";
    let id = upload(&filo, "timbri.csv", table).await;
    assert_eq!(get(&filo, &id).await["subject"], "events");
    let choose = async |word: &str| {
        let path = format!("/api/v1/imports/{id}/subject");
        let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
        request.json(&json!({"subject": word})).send().await
    };
    let people = choose("people").await.ok().json();
    assert_eq!(people["plan"]["subject"], "people");
    choose("nothing").await.is(422);
    let chosen = choose("events").await.ok().json();
    let targets: Vec<&Value> = chosen["plan"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| &column["target"])
        .collect();
    assert_eq!(
        targets,
        [
            "event_name",
            "event_time",
            "card",
            "property:Importo",
            "property:Codice"
        ]
    );
    let finished = done(&filo, &id, "start").await;
    assert_eq!(
        outcomes(&finished["counts"]),
        [1, 1, 0, 0, 1, 0],
        "{finished}"
    );
    let card = filo.find(Kind::Card, "T-1").await.unwrap();
    let thread = filo.thread(card.id).await;
    assert!(thread.iter().any(|it| it.properties.contains("4.5")));
    assert!(thread.iter().any(|it| it.properties.contains("\"007\"")));
}

#[tokio::test]
async fn consents_stand_on_the_ledger_and_count_only_when_they_are_proven() {
    let filo = Filo::start().await;
    luca(&filo).await;
    let text = "\
E-mail;Finalità;Canale;Stato;Data;Informativa;Prova
luca@example.it;marketing;email;sì;01/02/2025;v2;modulo 12
anna@example.it;marketing;email;sì;01/02/2025;v2;
bea@example.it;marketing;email;sì;;v2;modulo 13
carla@example.it;marketing;;no;;;
dora@example.it;marketing;piccione;sì;01/02/2025;v2;modulo 14
ezio@example.it;marketing;;sì;01/02/2025;v2;modulo 15
fabio@example.it;marketing;email;forse;01/02/2025;v2;modulo 16
";
    let finished = there_and_back(&filo, "consensi.csv", text).await;
    assert_eq!(finished["subject"], "consents");
    let counts = &finished["counts"];
    assert_eq!(outcomes(counts), [3, 1, 0, 0, 0, 3], "{counts}");
    assert_eq!(
        counts["reasons"],
        json!({"bad_channel": 1, "no_channel": 1, "bad_yes_or_no": 1})
    );
    assert_eq!(counts["warnings"], json!({"unproven_consent": 2}));
    let question = "purpose=marketing&channel=email";
    let answer = async |email: &str| {
        let id = lookup(&filo, email).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let answer = asked(&filo, &id, question).await;
        let codes: Vec<String> = codes(&answer).into_iter().map(str::to_owned).collect();
        (codes, id)
    };
    let (yes, luca) = answer("luca@example.it").await;
    assert_eq!(yes, ["granted"]);
    assert_eq!(answer("anna@example.it").await.0, ["pending"]);
    assert_eq!(answer("bea@example.it").await.0, ["pending"]);
    assert_eq!(answer("carla@example.it").await.0, ["denied"]);
    let ledger = filo
        .api_get(&format!("/api/v1/customers/{luca}/consents"))
        .await
        .to_string();
    for word in ["modulo 12", "v2", "import", "2025-01-31T23:00:00.000Z"] {
        assert!(ledger.contains(word), "{word}: {ledger}");
    }
}

#[tokio::test]
async fn companies_come_in_and_those_who_belong_to_them() {
    let filo = Filo::start().await;
    luca(&filo).await;
    let text = "\
Codice azienda,Ragione sociale,P.IVA,Città,Referente
AZ-1,Osteria da Mario,01234567890,Bari,luca@example.it
AZ-1,Osteria da Mario,01234567890,Bari,luca@example.it
,Senza codice,,,luca@example.it
";
    let id = upload(&filo, "aziende.csv", text).await;
    filo.request(Method::PUT, &format!("/api/v1/imports/{id}/subject"))
        .bearer(&filo.api_key)
        .json(&json!({"subject": "companies"}))
        .send()
        .await
        .ok();
    let mut plan = get(&filo, &id).await["plan"].clone();
    assert_eq!(plan["columns"][0]["target"], "group_id");
    assert_eq!(plan["columns"][1]["target"], "trait:name");
    plan["columns"][4]["target"] = json!("email");
    let put = |plan: Value| {
        let path = format!("/api/v1/imports/{id}/plan");
        let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
        async move { request.json(&plan).send().await }
    };
    put(plan.clone()).await.ok();
    let before = filo.app.customer_count().await.unwrap();
    let finished = done(&filo, &id, "start").await;
    assert_eq!(
        outcomes(&finished["counts"]),
        [0, 1, 0, 0, 1, 1],
        "{finished}"
    );
    assert_eq!(finished["counts"]["reasons"], json!({"no_company": 1}));
    let luca = filo.user("u-1").await;
    let groups: Vec<&str> = luca
        .profile
        .memberships
        .iter()
        .map(|it| it.group.as_str())
        .collect();
    assert_eq!(groups, ["AZ-1"]);
    assert_eq!(
        filo.app.customer_count().await.unwrap(),
        before,
        "a company is nobody"
    );
    // The next file with these columns is about companies too.
    let next = there_and_back(&filo, "aziende2.csv", &text.replace("Bari", "Lecce")).await;
    assert_eq!(next["subject"], "companies");
    plan["columns"][0]["target"] = json!("ignore");
    let other = upload(&filo, "aziende3.csv", text).await;
    let path = format!("/api/v1/imports/{other}/plan");
    let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
    request.json(&plan).send().await.is(422);
}

#[tokio::test]
async fn a_list_of_those_who_left_fills_the_list_and_brings_nobody_in() {
    let filo = Filo::start().await;
    luca(&filo).await;
    let text = "\
Email Address,UNSUB_TIME,UNSUB_REASON
luca@example.it,2026-01-01 10:00:00,troppe mail
altra@example.it,2026-01-02 10:00:00,
non una mail,2026-01-02 10:00:00,
";
    let before = filo.app.customer_count().await.unwrap();
    let id = upload(&filo, "unsubscribed_lista.csv", text).await;
    let finished = done(&filo, &id, "start").await;
    assert_eq!(finished["subject"], "suppressions");
    assert_eq!(
        outcomes(&finished["counts"]),
        [0, 0, 0, 2, 0, 1],
        "{finished}"
    );
    assert_eq!(finished["counts"]["listed"], 2);
    assert_eq!(
        filo.app.customer_count().await.unwrap(),
        before,
        "nobody new"
    );
    let look = async |address: &str| {
        let body = json!({"address": address});
        filo.api_post("/api/v1/suppressions/lookup", &body).await["data"].clone()
    };
    for address in ["luca@example.it", "altra@example.it"] {
        let found = look(address).await;
        assert_eq!(found[0]["reason"], "unsubscribed", "{found}");
        assert_eq!(found[0]["channel"], "email");
    }
    let luca = filo.user("u-1").await;
    let standing = luca
        .profile
        .consents
        .standing("marketing", Some(Channel::Email))
        .unwrap();
    assert_eq!(standing.status.word(), "denied", "the thread says it too");
    let again = upload(&filo, "unsubscribed_lista.csv", text).await;
    let again = done(&filo, &again, "start").await;
    assert_eq!(again["counts"]["listed"], 0);
    done(&filo, &id, "undo").await;
    for address in ["luca@example.it", "altra@example.it"] {
        assert!(look(address).await[0]["lifted_at"].is_string(), "{address}");
    }
    let dead = "Email,CLEAN_TIME\nmorta@example.it,2026-01-01 10:00:00\n";
    let dead = upload(&filo, "cleaned_lista.csv", dead).await;
    done(&filo, &dead, "start").await;
    assert_eq!(look("morta@example.it").await[0]["reason"], "hard_bounce");
}

#[tokio::test]
async fn addresses_that_are_probably_wrong_are_told_before_they_come_in() {
    let filo = Filo::start().await;
    let text = "\
E-mail;Telefono;Città
anna@gmial.com;;Bari
bea@yopmail.com;;Bari
info@osteria.it;333 1234567;Bari
info@osteria.it;;Bari
carla@example.it;;Bari
carla@example.it;;Lecce
";
    let id = upload(&filo, "clienti.csv", text).await;
    let tried = done(&filo, &id, "trial").await;
    assert_eq!(outcomes(&tried["trial"]), [4, 1, 0, 0, 0, 1], "{tried}");
    assert_eq!(tried["trial"]["reasons"], json!({"office_email": 1}));
    assert_eq!(
        tried["trial"]["warnings"],
        json!({
            "mistyped_address": 1,
            "disposable_address": 1,
            "office_address": 1,
            "repeated_person": 1,
        })
    );
}
