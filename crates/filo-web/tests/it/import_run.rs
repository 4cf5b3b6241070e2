//! A file on its way through the program: tried, brought in, stopped, cut off, taken out again.

use filo_app::Actor;
use filo_core::id::ImportId;
use filo_core::identity::Kind;
use filo_testkit::{Answer, Filo};
use http::Method;
use serde_json::{Value, json};

pub(crate) const FILE: &str = "\
Nome;Cognome;E-mail;Cellulare;Città;Tessera;Newsletter;Preferito
MARIA;ROSSI;maria@example.it;333 1234567;Bologna;;sì;rosso
Luca;Bianchi;luca@example.it;;Modena;;no;
Anna;Verdi;non una mail;;Parma;;;=1+1
;;;;Roma;;;
Maria;Rossi;maria@example.it;333 1234567;Bologna;;sì;rosso
MARIA;ROSSI;maria@example.it;333 1234567;Bologna;;sì;rosso
Paolo;Neri;paolo@example.it;;Ferrara;T-77;;
Troppe;celle;t@example.it;;;;;;;;x
";

pub(crate) async fn send(filo: &Filo, name: &str, text: impl Into<bytes::Bytes>) -> Answer {
    filo.post(&format!("/api/v1/imports?name={name}"))
        .bearer(&filo.api_key)
        .header("content-type", "text/csv")
        .body(text)
        .send()
        .await
}

pub(crate) async fn upload(filo: &Filo, name: &str, text: &str) -> String {
    let answer = send(filo, name, text.to_owned()).await.ok();
    assert_eq!(answer.status, 201);
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn act(filo: &Filo, id: &str, what: &str) {
    let path = format!("/api/v1/imports/{id}/{what}");
    let answer = filo.post(&path).bearer(&filo.api_key).send().await.ok();
    assert!(answer.status == 202 || answer.status == 204);
}

pub(crate) async fn done(filo: &Filo, id: &str, what: &str) -> Value {
    act(filo, id, what).await;
    filo.app.jobs_idle().await.unwrap();
    get(filo, id).await
}

pub(crate) async fn get(filo: &Filo, id: &str) -> Value {
    filo.api_get(&format!("/api/v1/imports/{id}")).await
}

/// Everything that anybody can see of customers.
pub(crate) async fn all(filo: &Filo) -> Vec<String> {
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = filo.app.customers(before, 500).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.last_seen, last.id));
        for row in &page {
            let mut thread = filo.thread(row.id).await;
            thread.sort_by_key(|event| event.id);
            let customer = filo.api_get(&format!("/api/v1/customers/{}", row.id)).await;
            seen.push(format!("{row:?} {thread:?} {customer}"));
        }
    }
    seen.sort();
    seen
}

pub(crate) fn outcomes(counts: &Value) -> [u64; 6] {
    let of = |word: &str| counts["outcomes"][word].as_u64().unwrap();
    [
        of("created"),
        of("updated"),
        of("unchanged"),
        of("suppressed"),
        of("duplicate"),
        of("rejected"),
    ]
}

/// Somebody whom the file knows too.
async fn luca(filo: &Filo) {
    let traits = json!({"email": "luca@example.it", "city": "Carpi"});
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "m-1", "traits": traits}),
        json!({"type": "track", "userId": "u-1", "messageId": "m-2", "event": "Product Viewed"}),
    ])
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn what_was_brought_in_is_taken_out_without_a_trace() {
    let filo = Filo::start().await;
    luca(&filo).await;
    let before = (filo.app.state_hash().await.unwrap(), all(&filo).await);

    let id = upload(&filo, "clienti.csv", FILE).await;
    let seen = get(&filo, &id).await;
    assert_eq!(seen["state"], "draft");
    let targets: Vec<&str> = seen["plan"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["target"].as_str().unwrap())
        .collect();
    let expected = [
        "trait:first_name",
        "trait:last_name",
        "email",
        "phone",
        "trait:city",
        "card",
        "ignore",
        "ignore",
    ];
    assert_eq!(targets, expected, "a consent is never guessed");
    let mut plan = seen["plan"].clone();
    plan["columns"][6]["target"] = json!("consent:email");
    plan["columns"][7]["target"] = json!("trait:favourite");
    plan["columns"][0]["transform"] = json!("title_case");
    plan["columns"][1]["transform"] = json!("title_case");
    filo.request(Method::PUT, &format!("/api/v1/imports/{id}/plan"))
        .bearer(&filo.api_key)
        .json(&plan)
        .send()
        .await
        .ok();

    let tried = done(&filo, &id, "trial").await;
    assert_eq!(tried["state"], "tried");
    assert_eq!(tried["trial"]["rows"], 8);
    // Maria and Paolo are new, Luca moved; the fifth row says what the first does.
    assert_eq!(outcomes(&tried["trial"]), [2, 1, 0, 0, 2, 3]);
    assert_eq!(
        tried["trial"]["reasons"],
        json!({"bad_email": 1, "nobody": 1, "wrong_column_count": 1})
    );
    assert_eq!(filo.app.state_hash().await.unwrap(), before.0, "a dry run");
    let of_luca = tried["examples"].as_array().unwrap();
    let of_luca = of_luca
        .iter()
        .find(|it| it["outcome"] == "updated")
        .unwrap();
    let city = of_luca["changes"].as_array().unwrap().iter();
    let city = city.clone().find(|it| it["field"] == "city").unwrap();
    assert_eq!(
        (&city["before"], &city["after"]),
        (&json!("Carpi"), &json!("Modena"))
    );

    let finished = done(&filo, &id, "start").await;
    assert_eq!(finished["state"], "done", "{finished}");
    assert_eq!(
        finished["counts"], tried["trial"],
        "what was said came true"
    );
    let maria = filo.find(Kind::Email, "maria@example.it").await.unwrap();
    assert_eq!(maria.profile.traits.text("first_name").unwrap(), "Maria");
    assert_eq!(maria.profile.traits.text("favourite").unwrap(), "rosso");
    let by_phone = filo.find(Kind::Phone, "+393331234567").await.unwrap();
    assert_eq!(by_phone.id, maria.id);
    let standing = |view: &filo_app::CustomerView| {
        let email = Some(filo_core::event::Channel::Email);
        let standing = view.profile.consents.standing("marketing", email);
        standing.map(|it| it.status.word())
    };
    let luca = filo.user("u-1").await;
    assert_eq!(
        (standing(&maria), standing(&luca)),
        (Some("granted"), Some("denied"))
    );
    let paolo = filo.find(Kind::Card, "T-77").await.unwrap();
    assert_eq!(
        standing(&paolo),
        None,
        "nothing was said, nothing is allowed"
    );

    let errors = filo
        .get(&format!("/api/v1/imports/{id}/errors.csv"))
        .bearer(&filo.api_key)
        .send()
        .await
        .ok()
        .text();
    assert_eq!(errors.lines().count(), 4, "{errors}");
    assert!(
        errors.contains("non una mail;;Parma;;;'=1+1;4;E-mail;bad_email"),
        "{errors}"
    );
    let people = filo.api_get(&format!("/api/v1/imports/{id}/people")).await;
    assert_eq!(people["data"].as_array().unwrap().len(), 3, "{people}");

    // Maria does something of her own: she stays, and what she did.
    filo.send([
        json!({"type": "track", "userId": "u-9", "messageId": "m-9", "event": "Signed Up",
        "context": {"traits": {"email": "maria@example.it"}}}),
    ])
    .await;
    let preview = filo.api_get(&format!("/api/v1/imports/{id}/undo")).await;
    assert_eq!(
        (
            &preview["people"],
            &preview["new_people"],
            &preview["staying"]
        ),
        (&json!(3), &json!(2), &json!(1))
    );
    let undone = done(&filo, &id, "undo").await;
    assert_eq!(undone["state"], "undone", "{undone}");
    let maria = filo.find(Kind::Email, "maria@example.it").await.unwrap();
    assert_eq!(maria.profile.traits.text("first_name"), None);
    assert!(filo.find(Kind::Card, "T-77").await.is_none());
    let city = filo.user("u-1").await.profile.traits.text("city");
    assert_eq!(city.as_deref(), Some("Carpi"));

    // The same without Maria's own event is to the letter what was before.
    let other = Filo::start().await;
    self::luca(&other).await;
    let empty = (other.app.state_hash().await.unwrap(), all(&other).await);
    let again = upload(&other, "clienti.csv", FILE).await;
    done(&other, &again, "start").await;
    assert_ne!(other.app.state_hash().await.unwrap(), empty.0);
    done(&other, &again, "undo").await;
    assert_eq!(
        (other.app.state_hash().await.unwrap(), all(&other).await),
        empty
    );

    // And after it was undone the same file can come in again.
    let third = upload(&other, "clienti.csv", FILE).await;
    assert_eq!(get(&other, &third).await["imported_before_at"], Value::Null);
    let third = done(&other, &third, "start").await;
    assert_eq!(outcomes(&third["counts"])[..2], [2, 2]);
    let acts = other.api_get("/api/v1/audit?limit=200").await.to_string();
    for word in ["import_begun", "imported", "import_undone"] {
        assert!(acts.contains(word), "{word}");
    }
    assert!(
        !acts.contains("clienti.csv"),
        "nothing personal in the audit log"
    );
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let filo = Filo::start().await;
    let first = upload(&filo, "clienti.csv", FILE).await;
    done(&filo, &first, "start").await;
    let before = filo.app.state_hash().await.unwrap();
    let second = upload(&filo, "altro nome.csv".replace(' ', "%20").as_str(), FILE).await;
    let seen = get(&filo, &second).await;
    assert!(seen["imported_before_at"].is_string(), "{seen}");
    let tried = done(&filo, &second, "trial").await;
    // Without a transform MARIA and Maria are two things to say.
    assert_eq!(outcomes(&tried["trial"]), [0, 0, 4, 0, 1, 3]);
    let finished = done(&filo, &second, "start").await;
    assert_eq!(finished["counts"]["events"], 0);
    assert_eq!(filo.app.state_hash().await.unwrap(), before);
    // Neither after everything went to the lake.
    filo.flush().await;
    let third = upload(&filo, "clienti.csv", FILE).await;
    done(&filo, &third, "start").await;
    assert_eq!(filo.app.state_hash().await.unwrap(), before);
}

fn long(rows: u32) -> String {
    let mut text = String::from("email,nome,citta\n");
    for row in 0..rows {
        text.push_str(&format!(
            "p{row}@example.it,Persona {row},Luogo {}\n",
            row % 7
        ));
    }
    text
}

/// Waits until so many rows are in.
async fn until(filo: &Filo, id: &str, rows: u64) {
    let id: ImportId = id.parse().unwrap();
    loop {
        let view = filo.app.import_view(&Actor::operator(), id).await.unwrap();
        let Some(mut progress) = view.row.job.and_then(|job| filo.app.watch_job(job)) else {
            tokio::task::yield_now().await;
            continue;
        };
        drop(progress.wait_for(|it| it.done >= rows || it.is_over).await);
        return;
    }
}

#[tokio::test]
async fn a_run_is_stopped_half_way_and_taken_out() {
    let filo = Filo::start().await;
    luca(&filo).await;
    let before = (filo.app.state_hash().await.unwrap(), all(&filo).await);
    let id = upload(&filo, "lungo.csv", &long(20_000)).await;
    act(&filo, &id, "start").await;
    let again = filo.post(&format!("/api/v1/imports/{id}/start"));
    assert_eq!(again.bearer(&filo.api_key).send().await.status, 409);
    until(&filo, &id, 1_500).await;
    act(&filo, &id, "cancellation").await;
    filo.app.jobs_idle().await.unwrap();
    let stopped = get(&filo, &id).await;
    assert_eq!(stopped["state"], "cancelled");
    let rows = stopped["counts"]["rows"].as_u64().unwrap();
    assert!((1_500..20_000).contains(&rows), "{rows}");
    assert_eq!(filo.app.customer_count().await.unwrap(), rows + 1);
    let undone = done(&filo, &id, "undo").await;
    assert_eq!(undone["state"], "undone");
    assert_eq!(
        (filo.app.state_hash().await.unwrap(), all(&filo).await),
        before
    );
}

#[tokio::test]
async fn a_run_that_is_cut_off_goes_on_and_counts_nothing_twice() {
    let mut filo = Filo::start().await;
    let text = long(6_000) + "no mail,x,y\np3@example.it,Persona 3,Luogo 3\n";
    let id = upload(&filo, "lungo.csv", &text).await;
    act(&filo, &id, "start").await;
    for rows in [500, 2_500] {
        until(&filo, &id, rows).await;
        filo = filo.restart().await;
    }
    filo.app.jobs_idle().await.unwrap();
    let finished = get(&filo, &id).await;
    assert_eq!(finished["state"], "done", "{finished}");
    assert_eq!(outcomes(&finished["counts"]), [6_000, 0, 0, 0, 1, 1]);
    assert_eq!(finished["counts"]["events"], 6_000);
    assert_eq!(filo.app.customer_count().await.unwrap(), 6_000);
    let errors = filo.get(&format!("/api/v1/imports/{id}/errors.csv"));
    let errors = errors.bearer(&filo.api_key).send().await.ok().text();
    assert_eq!(errors.lines().count(), 2, "{errors}");
    let operator = Actor::operator();
    let (people, more) = filo
        .app
        .import_people(&operator, id.parse().unwrap(), 5_900, 200)
        .await
        .unwrap();
    assert_eq!((people.len(), more), (100, false));
}
