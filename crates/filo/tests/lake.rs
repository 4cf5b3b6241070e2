//! The lake is read by a program that knows nothing of Filo: DuckDB, as its package for Python.
//!
//! Skipped, with a printed line, where that is not installed, unless `FILO_SDK_TESTS=required`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::panic,
    reason = "so has one whose command or customer says nothing"
)]

use std::path::Path;
use std::process::Command;

use filo_testkit::Child;
use serde_json::{Value, json};

use crate::exchange::{api_key, exchange, run, settled};

mod exchange;

const PEOPLE: u32 = 40;

/// What the test runner says.
#[expect(
    clippy::disallowed_methods,
    reason = "the runner knows where the package is installed"
)]
fn told_by_runner(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The Python that knows DuckDB: says so if there is none, or fails if there must be one.
fn python() -> Option<String> {
    if filo_testkit::postgres_url().is_some() {
        eprintln!("skipped: DuckDB: the files are the same, so SQLite is enough");
        return None;
    }
    let python = told_by_runner("FILO_SDK_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let asked = Command::new(&python).args(["-c", "import duckdb"]).output();
    let is_there = asked.is_ok_and(|output| output.status.success());
    if !is_there {
        let required = told_by_runner("FILO_SDK_TESTS").is_some_and(|word| word == "required");
        assert!(!required, "DuckDB is not installed");
        eprintln!("skipped: DuckDB is not installed (CONTRIBUTING.md says how)");
    }
    is_there.then_some(python)
}

/// Each is known by an address and by the company's own number, and buys as often as that says.
fn batch() -> Value {
    let mut events = Vec::new();
    for person in 0..PEOPLE {
        let (user, email) = (format!("u{person}"), format!("persona{person}@example.it"));
        events.push(json!({
            "type": "identify", "userId": user, "messageId": format!("i{person}"),
            "timestamp": "2026-03-29T01:30:00Z", "traits": {"email": email},
        }));
        for order in 0..person % 4 {
            events.push(json!({
                "type": "track", "event": "Order Completed", "userId": user,
                "messageId": format!("o{person}-{order}"), "timestamp": "2026-04-01T10:00:00Z",
                "properties": {
                    "order_id": format!("{person}-{order}"), "revenue": 12.5, "currency": "EUR",
                },
            }));
        }
    }
    json!({ "batch": events })
}

#[test]
fn duckdb_reads_what_filo_knows() {
    let Some(python) = python() else {
        return;
    };
    let program = Path::new(env!("CARGO_BIN_EXE_filo"));
    let data = tempfile::tempdir().unwrap();
    let child = Child::start(program, data.path(), &[]).unwrap();
    let mut words = child.greeting.split_whitespace();
    let key = words.find(|word| word.starts_with("filo_sec_")).unwrap();
    let (status, answer) = exchange(
        child.address,
        "POST",
        "/v1/batch",
        key,
        &batch().to_string(),
    )
    .unwrap();
    assert_eq!(status, 200, "{answer}");
    let api_key = api_key(program, data.path());
    settled(child.address, &api_key);

    let aside = tempfile::tempdir().unwrap();
    let [files, threads] = ["files", "threads"].map(|what| {
        let output = run(program, data.path(), &["lake", what]);
        assert!(output.status.success(), "{what}");
        let path = aside.path().join(what);
        std::fs::write(&path, output.stdout).unwrap();
        path
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk-tests/lake.py");
    let output = Command::new(python)
        .arg(script)
        .env("FILO_FILES", files)
        .env("FILO_THREADS", threads)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();

    assert_eq!(
        read["unsorted"], 0,
        "each file is sorted by thread and time"
    );
    assert_eq!(read["columns"]["at"], "TIMESTAMP WITH TIME ZONE");
    assert_eq!(read["columns"]["properties"], "JSON");
    let customers = read["customers"].as_array().unwrap();
    assert_eq!(customers.len(), PEOPLE as usize, "{read}");
    for customer in customers {
        let id = customer["customer"].as_str().unwrap();
        let path = format!("/api/v1/customers/{id}");
        let (status, body) = exchange(child.address, "GET", &path, &api_key, "").unwrap();
        assert_eq!(status, 200, "{body}");
        let known: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(customer["events"], known["event_count"], "{known}");
        let orders = customer["orders"].as_i64().unwrap();
        let spent =
            (orders > 0).then(|| format!("{}.{:02}", orders * 1250 / 100, orders * 1250 % 100));
        assert_eq!(customer["revenue"], json!(spent), "{customer}");
        let expected = known["event_count"].as_i64().unwrap() - 1;
        assert_eq!(orders, expected, "one event says who they are");
    }
}
