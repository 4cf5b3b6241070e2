//! Files that cannot be used, that are sent twice, and that are let go.

use filo_app::import_run::FILE_DAYS;
use filo_core::id::{CustomerId, ImportId};
use filo_core::identity::Kind;
use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

use crate::import_run::{FILE, done, get, send, upload};

#[tokio::test]
async fn what_cannot_be_used_says_so_and_leaves_nothing_behind() {
    let filo = Filo::start().await;
    for (name, bytes) in [
        ("leer.csv", &b""[..]),
        ("broken.xlsx", b"PK\x03\x04 no workbook"),
        ("no-header.csv", b"\n\n\n"),
    ] {
        let answer = send(&filo, name, bytes.to_vec()).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert_eq!(answer.json()["field"], "file", "{name}");
    }
    let imports = filo.folder().join("imports");
    assert_eq!(std::fs::read_dir(&imports).unwrap().count(), 0);
    assert_eq!(filo.api_get("/api/v1/imports").await["data"], json!([]));

    let id = upload(&filo, "x.csv", "Nome,Colore\nAnna,rosso\n").await;
    let plan = get(&filo, &id).await["plan"].clone();
    let put = |plan: Value| {
        let path = format!("/api/v1/imports/{id}/plan");
        let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
        async move { request.json(&plan).send().await }
    };
    let answer = put(plan.clone()).await;
    assert_eq!(answer.status, 422, "nobody is named");
    let mut other = plan.clone();
    other["columns"][0]["target"] = json!("email");
    other["columns"][1]["header"] = json!("Anderes");
    assert_eq!(put(other).await.status, 422, "other headers");
    let mut unknown = plan.clone();
    unknown["columns"][0]["target"] = json!("trait:Nicht So");
    assert_eq!(put(unknown).await.status, 422);
    let mut undated = plan;
    undated["columns"][0]["target"] = json!("user_id");
    undated["consents"] = json!([{"channel": "email", "text": "modulo", "day": "ieri"}]);
    assert_eq!(put(undated).await.status, 422);
    let undo = filo.post(&format!("/api/v1/imports/{id}/undo"));
    assert_eq!(undo.bearer(&filo.api_key).send().await.status, 409);
    let gone = filo.request(Method::DELETE, &format!("/api/v1/imports/{id}"));
    assert_eq!(gone.bearer(&filo.api_key).send().await.status, 204);
    assert_eq!(std::fs::read_dir(&imports).unwrap().count(), 0);
}

#[tokio::test]
async fn an_upload_that_is_repeated_is_one_import() {
    let filo = Filo::start().await;
    let ask = |text: &'static str| {
        let request = filo
            .post("/api/v1/imports?name=a.csv")
            .bearer(&filo.api_key);
        let request = request.header("idempotency-key", "k-1").body(text);
        async move { request.send().await }
    };
    let first = ask(FILE).await;
    let second = ask(FILE).await;
    assert_eq!(
        (first.status, second.status),
        (http::StatusCode::CREATED, http::StatusCode::CREATED)
    );
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(ask("email\na@b.it\n").await.status, 422);
    let list = filo.api_get("/api/v1/imports").await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_goes_after_a_month_and_its_numbers_stay() {
    let filo = Filo::start().await;
    let id = upload(&filo, "clienti.csv", FILE).await;
    done(&filo, &id, "start").await;
    let imports = filo.folder().join("imports");
    std::fs::write(imports.join("notes.txt"), "not ours").unwrap();
    std::fs::write(imports.join(format!("{}.part", ImportId(5))), "cut off").unwrap();
    filo.app.let_files_go().await.unwrap();
    assert_eq!(
        std::fs::read_dir(&imports).unwrap().count(),
        6,
        "what was cut off is gone"
    );
    let days = u64::try_from(FILE_DAYS).unwrap();
    filo.advance(std::time::Duration::from_secs(days * 24 * 3_600 + 60));
    filo.app.let_files_go().await.unwrap();
    let left: Vec<_> = std::fs::read_dir(&imports).unwrap().collect();
    assert_eq!(left.len(), 1);
    let view = get(&filo, &id).await;
    assert_eq!(
        (&view["inspection"], &view["examples"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(view["counts"]["rows"], 8);
    // Taking out needs no file.
    assert_eq!(done(&filo, &id, "undo").await["state"], "undone");
    assert_eq!(filo.app.customer_count().await.unwrap(), 0);
    assert!(filo.find(Kind::Email, "maria@example.it").await.is_none());
    let nobody = filo.app.customer(CustomerId(1)).await.unwrap();
    assert!(nobody.is_none());
}
