//! The audit log: everything that people do is in it once, in order, without personal data.

use filo_app::{Actor, AuditFilter};
use filo_core::audit::{Act, Party};
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::hostile::log_in;

/// The acts of the log, oldest first.
async fn acts(filo: &Filo) -> Vec<String> {
    filo.settle().await;
    let operator = Actor::operator();
    let page = filo
        .app
        .audit(&operator, &AuditFilter::default(), None, 1_000)
        .await
        .unwrap();
    page.iter().rev().map(|entry| entry.act.clone()).collect()
}

async fn one_person(filo: &Filo) -> String {
    filo.send([
        json!({"type": "identify", "userId": "u-1", "messageId": "i-1",
               "traits": {"email": "anna@example.it", "firstName": "Anna"}}),
        json!({"type": "identify", "userId": "u-2", "messageId": "i-2",
               "traits": {"email": "bruno@example.it"}}),
    ])
    .await;
    filo.user("u-1").await.id.to_string()
}

/// Does one of each thing through the API.
async fn do_everything(filo: &Filo) -> Vec<&'static str> {
    let id = one_person(filo).await;
    let made = filo
        .api_post(
            "/api/v1/keys",
            &json!({"name": "Cassa Anna", "scopes": {"read": true}}),
        )
        .await;
    filo.request(
        http::Method::DELETE,
        &format!("/api/v1/keys/{}", made["id"].as_str().unwrap()),
    )
    .bearer(&filo.api_key)
    .send()
    .await
    .ok();
    let customer = format!("/api/v1/customers/{id}");
    let note = filo
        .api_post(
            &format!("{customer}/notes"),
            &json!({"text": "Intollerante al lattosio"}),
        )
        .await;
    let note = note["event"].as_str().unwrap().to_owned();
    filo.request(http::Method::DELETE, &format!("{customer}/notes/{note}"))
        .bearer(&filo.api_key)
        .send()
        .await
        .ok();
    let consent = |granted: bool| {
        json!({"purpose": "marketing", "channel": "email", "granted": granted,
               "basis": "consent", "wording": "v1", "proof": "modulo firmato da Anna"})
    };
    filo.api_post(&format!("{customer}/consents"), &consent(true))
        .await;
    filo.api_post(&format!("{customer}/consents"), &consent(false))
        .await;
    let (a, b) = (node(filo, "u-1").await, node(filo, "u-2").await);
    let ruling = json!({"a": a, "b": b, "note": "sorelle"});
    filo.api_post("/api/v1/joins", &ruling).await;
    filo.api_post("/api/v1/separations", &ruling).await;
    vec![
        "key_made",
        "key_revoked",
        "note_added",
        "note_removed",
        "consent_granted",
        "consent_withdrawn",
        "ruled_together",
        "ruled_apart",
    ]
}

async fn node(filo: &Filo, user: &str) -> String {
    let view = filo.user(user).await;
    let known = view.identifiers.iter().find(|known| known.value == user);
    known.unwrap().node.to_string()
}

#[tokio::test]
async fn what_is_done_is_in_the_log_once_and_in_order() {
    let filo = Filo::start().await;
    let before = acts(&filo).await.len();
    let expected = do_everything(&filo).await;
    assert_eq!(acts(&filo).await[before..], expected);
    let report = filo.app.verify_audit(None).await.unwrap();
    assert_eq!(report.faults, []);
    // Events that were applied before are not written down again.
    filo.app.rebuild().await.unwrap();
    let after = acts(&filo).await;
    assert_eq!(
        after[before + expected.len()..],
        ["rebuild_begun", "rebuilt"]
    );
    let filo = filo.restart().await;
    assert_eq!(acts(&filo).await, after);
    assert_eq!(
        filo.app.check().await.unwrap().problems,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn what_was_accepted_before_a_crash_is_written_down_after_it() {
    let filo = Filo::start().await;
    let id = one_person(&filo).await;
    filo.settle().await;
    let path = format!("/api/v1/customers/{id}/notes");
    for number in 0..5 {
        filo.api_post(&path, &json!({"text": format!("nota {number}")}))
            .await;
    }
    // Killed before the checkpoint, or right after it: either way each note is there once.
    let filo = filo.restart().await;
    let acts = acts(&filo).await;
    let notes = acts.iter().filter(|act| *act == "note_added").count();
    assert_eq!(notes, 5, "{acts:?}");
    assert_eq!(filo.app.verify_audit(None).await.unwrap().faults, []);
}

#[tokio::test]
async fn nothing_personal_is_in_the_log() {
    let filo = Filo::start().await;
    do_everything(&filo).await;
    log_in(&filo).await;
    filo.post("/login/link")
        .form("key=anna%40example.it")
        .send()
        .await
        .is(404);
    filo.settle().await;
    let filter = AuditFilter::default();
    let csv = filo
        .app
        .export_audit(&Actor::operator(), &filter, 1_000)
        .await
        .unwrap();
    for personal in [
        "anna",
        "Anna",
        "bruno",
        "lattosio",
        "sorelle",
        "modulo",
        "u-1",
        "Cassa",
        "marketing",
    ] {
        assert!(!csv.contains(personal), "{personal} is in\n{csv}");
    }
    assert!(
        csv.contains("login_failed") && csv.contains("logged_in"),
        "{csv}"
    );
}

#[tokio::test]
async fn the_page_filters_pages_and_exports() {
    let filo = Filo::start().await;
    let id = one_person(&filo).await;
    for number in 0..55 {
        let path = format!("/api/v1/customers/{id}/notes");
        filo.api_post(&path, &json!({"text": format!("nota {number}")}))
            .await;
    }
    filo.settle().await;
    let cookie = log_in(&filo).await;
    let page = async |path: &str| {
        let page = filo
            .get(path)
            .header("cookie", &cookie)
            .header("accept-language", "it");
        page.send().await
    };
    let rows = |text: &str| text.matches("<tr>").count() - 1;
    let first = page("/settings/audit?act=note_added").await.is(200).text();
    assert_eq!(rows(&first), 50);
    assert!(
        first.contains("Ha aggiunto una nota") && first.contains("Tests"),
        "{first}"
    );
    let next = first
        .split("before=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let second = page(&format!("/settings/audit?act=note_added&before={next}"))
        .await
        .is(200);
    assert_eq!(rows(&second.text()), 5);
    let today = page("/settings/audit?act=logged_in&day=2026-10-07")
        .await
        .is(200)
        .text();
    assert_eq!(rows(&today), 1);
    let other = page("/settings/audit?day=2026-10-06").await.is(200).text();
    assert!(other.contains("Nessuna azione trovata"), "{other}");
    let wrong = page("/settings/audit?day=ieri").await.is(422).text();
    assert!(wrong.contains("Questo giorno non c’è"), "{wrong}");
    let token = first
        .split("name=\"token\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let form = format!("token={token}&act=note_added");
    let export = filo
        .post("/settings/audit/export")
        .header("cookie", &cookie);
    let export = export.form(&form).send().await.is(200);
    assert_eq!(
        export.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    assert_eq!(export.text().lines().count(), 56);
    assert_eq!(
        acts(&filo).await.last().map(String::as_str),
        Some("audit_exported")
    );
}

#[tokio::test]
async fn the_api_gives_the_log_to_administrators_only() {
    let filo = Filo::start().await;
    let reader = filo
        .api_post(
            "/api/v1/keys",
            &json!({"name": "R", "scopes": {"read": true}}),
        )
        .await;
    let reader = reader["text"].as_str().unwrap().to_owned();
    for path in ["/api/v1/audit", "/api/v1/audit/head"] {
        filo.get(path).bearer(&reader).send().await.is(403);
        filo.get(path).send().await.is(401);
    }
    let all = filo.api_get("/api/v1/audit?limit=2").await;
    let rows = all["data"].as_array().unwrap();
    assert_eq!(rows[0]["act"], "key_made");
    assert_eq!(rows[0]["party"], "key");
    let next = all["next"].as_str().unwrap();
    let older = filo.api_get(&format!("/api/v1/audit?before={next}")).await;
    assert_eq!(
        older["data"][0]["seq"].as_i64(),
        rows[1]["seq"].as_i64().map(|seq| seq - 1)
    );
    let head = filo.api_get("/api/v1/audit/head").await;
    let hash = rows[0]["hash"].as_str().unwrap();
    assert_eq!(head["head"], format!("{}-{hash}", rows[0]["seq"]));
    for wrong in [
        "act=nothing",
        "from=ieri",
        "before=zzz",
        "limit=0",
        "sort=act",
    ] {
        filo.get(&format!("/api/v1/audit?{wrong}"))
            .bearer(&filo.api_key)
            .send()
            .await
            .is(422);
    }
    let made: Value = filo
        .api_get("/api/v1/audit?act=setting_changed&actor=filo")
        .await;
    assert_eq!(made["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn walks_through_the_list_and_failed_logins_are_noted_without_flooding() {
    let filo = Filo::start().await;
    one_person(&filo).await;
    let first = filo.api_get("/api/v1/customers?limit=1").await;
    let next = format!(
        "/api/v1/customers?limit=1&before={}",
        first["next"].as_str().unwrap()
    );
    for _ in 0..3 {
        filo.api_get(&next).await;
    }
    for _ in 0..30 {
        filo.post("/login/link").form("key=x").send().await.is(404);
    }
    let acts = acts(&filo).await;
    let count = |act: Act| acts.iter().filter(|known| *known == act.word()).count();
    assert_eq!(count(Act::CustomersListed), 1);
    assert_eq!(count(Act::LoginFailed), 10);
    filo.advance(std::time::Duration::from_secs(60));
    filo.post("/login/link").form("key=x").send().await.is(404);
    let filter = AuditFilter {
        actor: Some(Party::Nobody.word().to_owned()),
        ..AuditFilter::default()
    };
    let last = filo
        .app
        .audit(&Actor::operator(), &filter, None, 1)
        .await
        .unwrap();
    assert_eq!(last[0].detail, "and_before=20");
}
