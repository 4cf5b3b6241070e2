//! Journeys and tasks in the console, without a script: begun from a playbook, worked on, started,
//! somebody let in, what came of it noted and taken back, paused and stopped.

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use serde_json::json;

use crate::access::{cookie, somebody, token};
use crate::journey::settled;

/// Somebody of the company at a browser, reading Italian.
struct Desk<'a> {
    filo: &'a Filo,
    session: String,
}

impl Desk<'_> {
    async fn page(&self, path: &str) -> String {
        let request = self.filo.get(path).header("cookie", &cookie(&self.session));
        request
            .header("accept-language", "it")
            .send()
            .await
            .ok()
            .text()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = vec![("token", token(&self.session))];
        form.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let request = self
            .filo
            .post(path)
            .header("cookie", &cookie(&self.session));
        let request = request.header("accept-language", "it");
        request
            .form(&serde_urlencoded::to_string(form).unwrap())
            .send()
            .await
    }

    /// The version that forms of a journey carry.
    async fn version(&self, journey: &str) -> String {
        let page = self.page(&format!("{journey}/edit")).await;
        let (_, rest) = page.split_once("name=\"version\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    async fn begun(&self, playbook: &str) -> String {
        let made = self
            .post("/journeys", &[("playbook", playbook)])
            .await
            .is(303);
        let there = made.header("location").unwrap();
        there.split("/edit").next().unwrap().to_owned()
    }

    async fn change(&self, journey: &str, fields: &[(&str, &str)]) -> Answer {
        let version = self.version(journey).await;
        let mut all = vec![("version", version.as_str())];
        all.extend(fields);
        self.post(&format!("{journey}/steps"), &all).await
    }
}

async fn desk(filo: &Filo, role: Role) -> Desk<'_> {
    let session = somebody(filo, role.word(), role).await.text;
    Desk { filo, session }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_card_after_a_visit_from_the_playbook_to_the_answer_and_back() {
    let filo = Filo::start().await;
    let desk = desk(&filo, Role::Marketer).await;
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-1",
        "traits": {"name": "Anna Ferrarini", "email": "anna@example.it"}}),
    ])
    .await;
    settled(&filo).await;
    assert!(
        desk.page("/journeys")
            .await
            .contains("Ancora nessun percorso")
    );
    let journey = desk.begun("after-visit").await;
    let removed = desk
        .change(&journey, &[("act", "remove"), ("step", "day")])
        .await;
    removed.is(303);
    let publishing = desk.page(&format!("{journey}/publishing")).await;
    assert!(
        publishing.contains("Da adesso chi fa scattare il percorso entra"),
        "{publishing}"
    );
    let version = desk.version(&journey).await;
    let fields = [("version", version.as_str())];
    desk.post(&format!("{journey}/publishing"), &fields)
        .await
        .is(303);
    // Sent twice, the second is told that somebody changed it.
    desk.post(&format!("{journey}/publishing"), &fields)
        .await
        .is(409);

    let nobody = desk
        .post(&format!("{journey}/people"), &[("who", "carla@example.it")])
        .await
        .is(422);
    assert!(nobody.text().contains("Non c’è nessuno così"));
    let who = [("who", "anna@example.it")];
    desk.post(&format!("{journey}/people"), &who).await.is(303);
    let again = desk.post(&format!("{journey}/people"), &who).await.is(422);
    assert!(again.text().contains("È già in questo percorso"));
    settled(&filo).await;

    assert!(desk.page("/").await.contains("Cose da fare per i clienti"));
    let tasks = desk.page("/tasks").await;
    assert!(tasks.contains("Scrivere un biglietto a mano") && tasks.contains("Anna Ferrarini"));
    let (_, rest) = tasks.split_once("href=\"/tasks/tsk_").unwrap();
    let task = format!("/tasks/tsk_{}", rest.split('"').next().unwrap());
    assert!(
        desk.page(&task)
            .await
            .contains("Due righe su quello che vi siete detti")
    );
    desk.post(&format!("{task}/outcome"), &[("outcome", "Boh")])
        .await
        .is(422);
    let outcome = format!("{task}/outcome");
    let fields = [("outcome", "Spedito"), ("note", "Le è piaciuto")];
    let done = desk.post(&outcome, &fields).await;
    let there = done.is(303).header("location").unwrap().to_owned();
    let told = desk.page(&there).await;
    assert!(
        told.contains("/reopening") && told.contains("Niente da fare"),
        "{told}"
    );
    let anna = filo.user("anna").await.id;
    let person = desk.page(&format!("/people/{anna}")).await;
    assert!(
        person.contains("Le è piaciuto") && person.contains("Arrivati in fondo"),
        "{person}"
    );
    desk.post(&format!("{task}/reopening"), &[]).await.is(303);
    assert!(
        desk.page("/tasks")
            .await
            .contains("Scrivere un biglietto a mano")
    );
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn steps_are_added_changed_moved_and_what_is_wrong_is_said_at_the_field() {
    let filo = Filo::start().await;
    let desk = desk(&filo, Role::Admin).await;
    let journey = desk.begun("empty").await;
    let add =
        |kind: &'static str, step: &'static str| [("act", "add"), ("kind", kind), ("step", step)];
    desk.change(&journey, &add("wait", "")).await.is(303);
    desk.change(&journey, &add("branch", "s1")).await.is(303);
    let within = [
        ("act", "add"),
        ("kind", "ask"),
        ("step", "s2"),
        ("way", "0"),
    ];
    desk.change(&journey, &within).await.is(303);
    for kind in [
        "wait_for_event",
        "wait_until",
        "wait_for_date",
        "split",
        "set_trait",
        "record",
        "webhook",
        "goal",
    ] {
        desk.change(&journey, &add(kind, "s2")).await.is(303);
    }
    let wait = [("act", "edit"), ("step", "s1"), ("for-amount", "x")];
    let wrong = desk.change(&journey, &wait).await.is(422).text();
    assert!(wrong.contains("Scrivi un numero, per esempio 3."));
    let wait = [
        ("act", "edit"),
        ("step", "s1"),
        ("for-amount", "3"),
        ("for-unit", "days"),
        ("at", "10:00"),
        ("mon", "1"),
        ("no_holidays", "1"),
    ];
    desk.change(&journey, &wait).await.is(303);
    let page = desk.page(&format!("{journey}/edit")).await;
    assert!(
        page.contains("Aspetta 3 giorni, poi fino a: le 10:00, lunedì, non nei giorni festivi"),
        "{page}"
    );
    let ways = [
        ("act", "edit"),
        ("step", "s2"),
        ("way-0-name", "Ha comprato"),
        ("way-0-if", "\"Order Completed\" at least"),
    ];
    desk.change(&journey, &ways).await.is(422);
    let ways = [
        ("act", "edit"),
        ("step", "s2"),
        ("way-0-name", "Ha comprato"),
        ("way-0-if", "\"Order Completed\""),
        ("way-1-name", "Mai"),
        ("way-1-if", "not \"Order Completed\""),
    ];
    desk.change(&journey, &ways).await.is(303);
    // A way with steps is not lost because its row was emptied.
    let emptied = [
        ("act", "edit"),
        ("step", "s2"),
        ("way-1-name", "Mai"),
        ("way-1-if", "not \"Order Completed\""),
    ];
    assert!(
        desk.change(&journey, &emptied)
            .await
            .is(422)
            .text()
            .contains("ci sono dei passi")
    );
    for (act, step) in [("down", "s1"), ("up", "s1")] {
        desk.change(&journey, &[("act", act), ("step", step)])
            .await
            .is(303);
    }
    for step in ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"] {
        assert!(
            desk.page(&format!("{journey}/edit?open={step}"))
                .await
                .contains("value=\"edit\""),
            "{step}"
        );
    }
    let version = desk.version(&journey).await;
    let trigger = [
        ("version", version.as_str()),
        ("name", "Richiami"),
        ("trigger", "event"),
        ("event", "\"Order Completed\" keeping order_id"),
        ("entry", "every"),
        ("every-amount", "2"),
        ("every-unit", "weeks"),
        ("fresh-amount", "1"),
        ("fresh-unit", "days"),
        ("exit-0", "\"Lead Lost\""),
    ];
    desk.post(&format!("{journey}/trigger"), &trigger)
        .await
        .is(303);
    let page = desk.page(&journey).await;
    assert!(
        page.contains("Di nuovo, ma non prima di 2 settimane"),
        "{page}"
    );
    let stale = desk
        .post(
            &format!("{journey}/document"),
            &[("version", "1"), ("document", "{}")],
        )
        .await;
    assert!(matches!(stale.status.as_u16(), 409 | 422));
}

#[tokio::test]
async fn shop_staff_do_tasks_and_make_no_journeys() {
    let filo = Filo::start().await;
    let desk = desk(&filo, Role::ShopStaff).await;
    assert!(desk.page("/tasks").await.contains("Niente da fare"));
    let request = filo
        .post("/journeys")
        .header("cookie", &cookie(&desk.session));
    let form = format!("token={}&playbook=empty", token(&desk.session));
    request.form(&form).send().await.is(403);
}
