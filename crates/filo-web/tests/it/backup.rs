//! What was saved comes back, whatever happened meanwhile, and damage is found.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use filo_app::backup::{BackupOrder, list_in, restore, verify};
use filo_app::{Actor, App, Clock, Config, Location};
use filo_core::time::Timestamp;
use filo_testkit::{Filo, START, postgres_url};
use http::Method;
use serde_json::json;

static TARGETS: AtomicU32 = AtomicU32::new(0);

fn calls(from: u32, to: u32) -> Vec<serde_json::Value> {
    (from..to)
        .map(|number| {
            json!({"type": "identify", "userId": format!("u-{}", number % 20), "messageId": format!("m-{number}"),
                   "anonymousId": format!("a-{}", number % 13), "traits": {"email": format!("p{}@example.it", number % 20),
                   "n": number, "note": "perché «no»"}, "timestamp": format!("2026-09-01T10:{:02}:00Z", number % 60)})
        })
        .collect()
}

fn sqlite_target(folder: &Path) -> Config {
    let mut config = Config::in_folder(folder);
    config.ballast_bytes = 0;
    config
}

/// PostgreSQL, if the tests run on it.
fn postgres_target(folder: &Path) -> Option<Config> {
    let url = postgres_url()?;
    let number = TARGETS.fetch_add(1, Ordering::Relaxed);
    let schema = format!("filo_back_{}_{number}", std::process::id());
    let mut config = sqlite_target(folder);
    config.store = Location::Postgres { url, schema };
    Some(config)
}

async fn open(config: &Config) -> App {
    App::open(
        config.clone(),
        Clock::new(|| Timestamp(START.0 + 1)),
        [9; 32],
    )
    .await
    .unwrap()
}

async fn make(app: &App, folder: &Path) -> PathBuf {
    let order = BackupOrder {
        folder: Some(folder.to_owned()),
        with_secret_key: false,
    };
    app.back_up(&Actor::operator(), order).await.unwrap().path
}

/// Every customer with its thread, as text.
async fn threads(app: &App) -> Vec<String> {
    let mut found = Vec::new();
    for row in app.customers(None, 1_000).await.unwrap() {
        let thread = app.timeline(row.id, None, 10_000).await.unwrap();
        found.push(format!("{row:?} {thread:?}"));
    }
    found
}

#[tokio::test]
async fn a_restored_filo_is_the_same_and_holds_what_was_acknowledged_under_load() {
    let filo = Filo::start().await;
    filo.send(calls(0, 200)).await;
    filo.flush().await;
    filo.send(calls(200, 300)).await;
    let folder = filo.file("copies");
    let before = filo.thread(filo.user("u-1").await.id).await.len();
    // Events come in, move to the lake and are merged while the backup is made.
    let load = async {
        for round in 0..8 {
            filo.send(calls(300 + round * 20, 320 + round * 20)).await;
            filo.flush().await;
        }
    };
    let (under_load, ()) = tokio::join!(make(&filo.app, &folder), load);
    let place = tempfile::tempdir().unwrap();
    let target = sqlite_target(&place.path().join("one"));
    restore(&under_load, &target).await.unwrap();
    let app = open(&target).await;
    assert_eq!(app.check().await.unwrap().problems, Vec::<String>::new());
    let user = app
        .find(filo_core::identity::Kind::UserId, "u-1")
        .await
        .unwrap()
        .unwrap();
    let after = app.timeline(user.id, None, 10_000).await.unwrap().len();
    assert!(after >= before, "{after} of {before}");
    let rebuilt = app.rebuild().await.unwrap();
    assert_eq!(rebuilt.before, rebuilt.after);
    app.shut_down().await.unwrap();
    // In quiet everything is the same, thread by thread.
    let quiet = make(&filo.app, &folder).await;
    let target = sqlite_target(&place.path().join("two"));
    let report = restore(&quiet, &target).await.unwrap();
    let hash = filo.app.state_hash().await.unwrap();
    assert_eq!(report.state_hash, format!("{hash:032x}"));
    let app = open(&target).await;
    assert_eq!(threads(&app).await, threads(&filo.app).await);
    assert_eq!(app.state_hash().await.unwrap(), hash);
    // Keys and sources are there, and the log goes on behind the last number.
    assert!(app.keys().await.unwrap().len() >= 3);
    assert!(app.status().committed >= filo.app.status().flushed);
    app.shut_down().await.unwrap();
}

#[tokio::test]
async fn a_backup_goes_from_one_database_to_the_other_and_back() {
    let filo = Filo::start().await;
    filo.send(calls(0, 150)).await;
    filo.flush().await;
    filo.send(calls(150, 220)).await;
    filo.post("/v1/track")
        .key(&filo.secret_key)
        .body("{}")
        .send()
        .await
        .is(400);
    let hash = filo.app.state_hash().await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let mut targets = vec![sqlite_target(&place.path().join("a"))];
    targets.extend(postgres_target(&place.path().join("b")));
    targets.push(sqlite_target(&place.path().join("c")));
    let mut backup = make(&filo.app, &place.path().join("copies")).await;
    for (round, target) in targets.into_iter().enumerate() {
        restore(&backup, &target).await.unwrap();
        // The key of stored secrets goes its own way, as the restore says.
        let key_place = filo.folder().join("secret.key");
        std::fs::copy(key_place, target.lake.with_file_name("secret.key")).unwrap();
        let app = open(&target).await;
        assert_eq!(app.state_hash().await.unwrap(), hash);
        assert_eq!(threads(&app).await, threads(&filo.app).await);
        assert_eq!(app.status().flushed, filo.app.status().flushed);
        backup = make(&app, &place.path().join(format!("copies-{round}"))).await;
        app.shut_down().await.unwrap();
        // A place that holds something is never replaced.
        let refused = restore(&backup, &target).await.unwrap_err();
        assert!(refused.to_string().contains("not empty"), "{refused:#}");
    }
}

fn files_of(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_of(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[tokio::test]
async fn a_changed_byte_in_any_file_is_found_and_nothing_of_it_is_restored() {
    let filo = Filo::start().await;
    filo.send(calls(0, 60)).await;
    filo.flush().await;
    filo.send(calls(60, 80)).await;
    let place = tempfile::tempdir().unwrap();
    let backup = make(&filo.app, &place.path().join("copies")).await;
    assert_eq!(verify(&backup).unwrap().problems, Vec::<String>::new());
    let mut files = Vec::new();
    files_of(&backup, &mut files);
    assert!(files.len() >= 14, "{files:?}");
    for file in files {
        let whole = std::fs::read(&file).unwrap();
        for at in [0, whole.len() / 2, whole.len() - 1] {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            // Files of the lake may be second names: the lake itself must stay as it is.
            std::fs::remove_file(&file).unwrap();
            std::fs::write(&file, &flipped).unwrap();
            let found = verify(&backup).map(|report| report.problems.len());
            assert!(!matches!(found, Ok(0)), "{} at {at}", file.display());
        }
        let target = sqlite_target(&place.path().join("target"));
        restore(&backup, &target).await.unwrap_err();
        let left = std::fs::read_dir(place.path()).unwrap().count();
        assert_eq!(left, 1, "a restore of a damaged backup leaves nothing");
        std::fs::write(&file, &whole).unwrap();
    }
    assert_eq!(
        filo.app.check().await.unwrap().problems,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn the_clock_makes_backups_keeps_some_and_tells_when_they_fail() {
    let filo = Filo::start().await;
    filo.send(calls(0, 5)).await;
    let folder = filo.file("nightly");
    let schedule = |folder: &Path, on: bool| {
        json!({"on": on, "hour": 3, "zone": "Europe/Rome", "folder": folder.to_str().unwrap(),
               "keep_daily": 2, "keep_weekly": 1})
    };
    let put = async |body: serde_json::Value| {
        let path = "/api/v1/backup-schedule";
        filo.request(Method::PUT, path)
            .bearer(&filo.api_key)
            .json(&body)
            .send()
            .await
    };
    put(schedule(&folder, true)).await.ok();
    assert_eq!(filo.api_get("/api/v1/backup-schedule").await["hour"], 3);
    // Turned on at noon: the first is made next night, not at once.
    filo.app.tend_backups().await.unwrap();
    assert!(list_in(&folder).unwrap().is_empty());
    for _ in 0..4 {
        filo.advance(Duration::from_secs(24 * 3_600));
        let wake = filo.app.tend_backups().await.unwrap().unwrap();
        assert!(wake > filo.now() && wake < filo.now().plus_seconds(25 * 3_600));
        // Once a day is enough.
        filo.app.tend_backups().await.unwrap();
    }
    assert_eq!(list_in(&folder).unwrap().len(), 2, "the last two days stay");
    let told = filo.api_get("/api/v1/backups").await;
    assert_eq!(told["data"].as_array().unwrap().len(), 2);
    assert!(
        told["failure"].is_null() && told["succeeded_at"].is_string(),
        "{told}"
    );
    // A folder that is a file cannot hold backups: a person hears of it, and of two bad nights.
    let broken = filo.file("broken");
    std::fs::write(&broken, "x").unwrap();
    put(schedule(&broken, true)).await.ok();
    for _ in 0..3 {
        filo.advance(Duration::from_secs(24 * 3_600));
        filo.app.tend_backups().await.unwrap();
    }
    let kinds = async || {
        let incidents = filo.api_get("/api/v1/incidents").await;
        let incidents = incidents["data"].as_array().unwrap().clone();
        let mut kinds: Vec<String> = incidents.iter().map(|it| it["kind"].to_string()).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds().await, ["\"backup_failed\"", "\"backup_overdue\""]);
    assert!(filo.api_get("/api/v1/backups").await["failure"].is_string());
    assert_eq!(list_in(&folder).unwrap().len(), 2, "the good ones stay");
    // After an hour it is tried again, and a success closes both.
    put(schedule(&folder, true)).await.ok();
    filo.advance(Duration::from_secs(3_700));
    filo.app.tend_backups().await.unwrap();
    assert_eq!(kinds().await, Vec::<String>::new());
    put(schedule(&folder, false)).await.ok();
    filo.advance(Duration::from_secs(24 * 3_600));
    assert_eq!(filo.app.tend_backups().await.unwrap(), None);
    for (field, value) in [
        ("hour", json!(24)),
        ("folder", json!("here")),
        ("zone", json!("Rome")),
    ] {
        let mut body = schedule(&folder, true);
        body[field] = value;
        assert_eq!(put(body).await.is(422).json()["field"], field);
    }
}

#[tokio::test]
async fn a_drill_says_when_it_last_succeeded_and_leaves_nothing() {
    let filo = Filo::start().await;
    filo.send(calls(0, 30)).await;
    filo.flush().await;
    let none = filo.app.drill(&Actor::operator(), None).await;
    assert!(none.is_err(), "there is nothing to try");
    filo.post("/api/v1/backups")
        .bearer(&filo.api_key)
        .send()
        .await
        .is(202);
    filo.app.backups_idle().await;
    let report = filo.app.drill(&Actor::operator(), None).await.unwrap();
    assert_eq!(
        report.restored.customers,
        filo.app.customer_count().await.unwrap()
    );
    assert!(filo.api_get("/api/v1/backups").await["drilled_at"].is_string());
    assert!(!filo.file("drill").exists() && !filo.file("drill.restoring").exists());
    assert_eq!(
        filo.app.check().await.unwrap().problems,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn the_console_makes_a_backup_and_says_what_is_wrong_with_a_schedule() {
    let filo = Filo::start().await;
    filo.send(calls(0, 5)).await;
    let cookie = crate::hostile::log_in(&filo).await;
    let page = async || {
        let path = "/settings/backups?lang=en";
        let answer = filo.get(path).header("cookie", &cookie).send().await;
        answer.ok().text()
    };
    let empty = page().await;
    assert!(empty.contains("No backup yet"), "{empty}");
    let (_, token) = empty.split_once("name=\"token\" value=\"").unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    let post = async |path: &str, form: String| {
        let request = filo.post(path).header("cookie", &cookie);
        let request = request.header("sec-fetch-site", "same-origin");
        request.form(&form).send().await
    };
    post("/settings/backups", format!("token={token}"))
        .await
        .is(303);
    filo.app.backups_idle().await;
    let one = page().await;
    assert!(
        one.contains("filo-backup-") && one.contains("5 people"),
        "{one}"
    );
    let schedule =
        |hour: &str| format!("token={token}&on=yes&hour={hour}&folder=&keep_daily=7&keep_weekly=4");
    for wrong in ["25", "three", "-1"] {
        let answer = post("/settings/backups/schedule", schedule(wrong))
            .await
            .is(422);
        assert!(answer.text().contains("field-hour-wrong"), "{wrong}");
    }
    post("/settings/backups/schedule", schedule("4"))
        .await
        .is(303);
    assert!(page().await.contains("8 Oct 2026, 04:00"));
    filo.post("/settings/backups")
        .form(&format!("token={token}"))
        .send()
        .await;
    assert_eq!(
        list_in(&filo.file("backups")).unwrap().len(),
        1,
        "nobody was logged in"
    );
}

#[tokio::test]
async fn a_backup_that_carries_the_key_carries_the_second_factors() {
    let filo = Filo::start().await;
    let opened = crate::access::somebody(&filo, "anna", filo_core::access::Role::Agent).await;
    let anna = crate::access::actor(&filo, &opened).await;
    let seed = crate::access::enrol(&filo, &anna).await;
    assert!(
        !filo.folder().join("seal.key").exists(),
        "one key file is enough"
    );
    let order = BackupOrder {
        folder: Some(filo.file("away")),
        with_secret_key: true,
    };
    let made = filo.app.back_up(&Actor::operator(), order).await.unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let target = sqlite_target(scratch.path());
    restore(&made.path, &target).await.unwrap();
    let app = open(&target).await;
    let visit = filo_app::Visit::default();
    let half = app
        .log_in("anna@bottega.it", crate::access::PASSWORD, &visit)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(half.stage, filo_app::Stage::Code);
    let actor = app.visitor(&half.text).await.unwrap().unwrap().actor;
    // The next code: the one of now was used to set it up.
    let seconds = START.0 / 1_000_000 + 30;
    let code = crate::access::code_at(&seed, seconds);
    let whole = app.log_in_with_code(&actor, &code, &visit).await.unwrap();
    assert!(whole.is_some(), "the code is right in the restored Filo");
    app.shut_down().await.unwrap();
}
