//! A person who is forgotten: everything of theirs is in the copy for them, and nothing of it is
//! anywhere afterwards, whatever arrives late and whichever backup comes back.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use filo_app::backup::{BackupOrder, restore};
use filo_app::{
    Actor, App, Clock, Config, Dossier, Ground, NewConsent, Quarantined, Topic, WebhookChange,
};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::SourceId;
use filo_core::identity::{Identifier, Kind, Verdict};
use filo_core::profile::About;
use filo_core::time::Timestamp;
use filo_lake::{Lake, LakeFile};
use filo_store::portable::{self, Cell};
use filo_store::{Db, Location, lake_file};

const START: i64 = 1_795_000_000_000_000;
/// What stands in every marked value, and nowhere else.
const MARK: &str = "zq7sentinel";
static SCHEMAS: AtomicU32 = AtomicU32::new(0);

struct Bench {
    folder: tempfile::TempDir,
    time: Arc<AtomicI64>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the variable chooses the database"
)]
fn server() -> Option<String> {
    std::env::var("FILO_TEST_DB").ok()
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            time: Arc::new(AtomicI64::new(START)),
        }
    }

    fn config(&self, name: &str) -> Config {
        let mut config = Config::in_folder(&self.folder.path().join(name));
        config.ballast_bytes = 0;
        if let Some(url) = server() {
            let number = SCHEMAS.fetch_add(1, Ordering::Relaxed);
            let schema = format!("filo_erase_{}_{number}", std::process::id());
            config.store = Location::Postgres { url, schema };
        }
        let host = filo_connect::AllowedHost::parse("127.0.0.1").unwrap();
        config.outbound.hosts.push(host);
        config.backups = self.folder.path().join("copies");
        config
    }

    async fn open(&self, config: &Config) -> App {
        // A store on a server makes no folder.
        std::fs::create_dir_all(config.lake.parent().unwrap()).unwrap();
        let time = Arc::clone(&self.time);
        let clock = Clock::new(move || Timestamp(time.fetch_add(1_000, Ordering::Relaxed)));
        App::open(config.clone(), clock, [7; 32]).await.unwrap()
    }
}

async fn done_with(config: &Config) {
    if let Location::Postgres { url, schema } = &config.store {
        filo_store::drop_schema(url, schema).await.unwrap();
    }
}

/// An event with these identifiers, the strongest first.
fn event(app: &App, number: u32, known: &[(Kind, &str)], kind: EventKind, said: &str) -> Event {
    let rules = app.rules();
    let identifiers: Vec<Identifier> = known
        .iter()
        .map(|(kind, raw)| Identifier::new(*kind, raw, &rules).unwrap())
        .collect();
    let message_id = format!("m-{number}");
    let at = Timestamp(START - 1_000_000_000 + i64::from(number));
    Event {
        id: app.key().event_id(SourceId(2), &message_id),
        thread: app
            .key()
            .node_id(identifiers[0].kind, &identifiers[0].value),
        at,
        received_at: at,
        original_at: None,
        clock_suspect: false,
        kind,
        trust: Trust::Verified,
        channel: Channel::Web,
        source: SourceId(2),
        message_id: message_id.into(),
        name: if kind == EventKind::Track {
            "Product Viewed".into()
        } else {
            "".into()
        },
        identifiers: identifiers.into(),
        properties: said.into(),
        context: format!(r#"{{"userAgent":"{MARK}-agent"}}"#).into(),
    }
}

async fn send(app: &App, events: Vec<Event>) {
    app.accept(app.admit(10_000).unwrap(), events)
        .await
        .unwrap();
    app.settle().await.unwrap();
}

const USER: (Kind, &str) = (Kind::UserId, "zq7sentinel-user");
const EMAIL: (Kind, &str) = (Kind::Email, "zq7sentinel@example.it");
const PHONE: (Kind, &str) = (Kind::Phone, "+393471234567");
const DEVICE: (Kind, &str) = (Kind::AnonymousId, "zq7sentinel-device");
const OTHER: (Kind, &str) = (Kind::UserId, "other-user");

/// Puts a marked value into every place that has a door.
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn plant(app: &App) {
    let operator = Actor::operator();
    let traits = format!(r#"{{"firstName":"{MARK}-first","city":"{MARK}-city"}}"#);
    let viewed = format!(r#"{{"product":"{MARK}-product"}}"#);
    send(
        app,
        vec![
            event(app, 1, &[USER, EMAIL], EventKind::Identify, &traits),
            event(app, 2, &[USER, PHONE], EventKind::Track, &viewed),
            event(app, 3, &[DEVICE], EventKind::Track, &viewed),
            event(app, 4, &[USER, DEVICE], EventKind::Track, "{}"),
        ],
    )
    .await;
    app.flush_lake().await.unwrap();
    // Somebody else, of whom the company first thought that the address was theirs.
    let mut other = event(app, 5, &[OTHER, EMAIL], EventKind::Track, "{}");
    other.context = "{}".into();
    other.properties = format!(r#"{{"gift_to":"{}"}}"#, EMAIL.1).into();
    send(app, vec![other]).await;
    let node = |(kind, raw): (Kind, &str)| {
        let identifier = Identifier::new(kind, raw, &app.rules()).unwrap();
        app.key().node_id(identifier.kind, &identifier.value)
    };
    let why = format!("{MARK} is not that one");
    app.rule(&operator, node(OTHER), node(EMAIL), Verdict::Apart, &why)
        .await
        .unwrap();
    app.settle().await.unwrap();
    let customer = app.find(USER.0, USER.1).await.unwrap().unwrap();
    let note = format!("{MARK}-note");
    app.add_note(&operator, customer.id, &note, About::Other)
        .await
        .unwrap();
    let consent = NewConsent {
        purpose: "marketing".into(),
        channel: "email".into(),
        granted: true,
        basis: "consent".into(),
        wording: format!("{MARK}-wording"),
        proof: format!("{MARK}-proof"),
        how: filo_app::StatementOrigin::default(),
    };
    app.record_consent(&operator, customer.id, &consent)
        .await
        .unwrap();
    for body in [
        format!(r#"{{"type":"track","email":"ZQ7Sentinel@Example.it","x":"{MARK}-bad"}}"#),
        format!(r#"{{"type":"track","phone":"347 123 4567","x":"{MARK}-called"}}"#),
        r#"{"type":"track","userId":"other-user"}"#.to_owned(),
    ] {
        let bad = Quarantined {
            source: None,
            received_at: Timestamp(START),
            code: "missing_event",
            field: "event".to_owned(),
            hint: "name it".to_owned(),
            body,
        };
        app.quarantine(vec![bad]).await.unwrap();
    }
    app.save_view(
        &operator,
        &format!("{MARK} view"),
        &format!("q={}", EMAIL.1),
    )
    .await
    .unwrap();
    app.save_view(&operator, "others", "channel=shop")
        .await
        .unwrap();
    app.settle().await.unwrap();
}

fn text_of(dossier: &Dossier) -> String {
    format!("{dossier:?}")
}

/// Every cell of every table, as text.
async fn tables(db: &Db) -> Vec<(String, String)> {
    let mut tx = db.read().await.unwrap();
    let mut found = Vec::new();
    for table in portable::tables(&mut tx).await.unwrap() {
        let rows = portable::page(&mut tx, &table, None, 10_000).await.unwrap();
        for cell in rows.into_iter().flatten() {
            let text = match cell {
                Cell::Text(text) => text,
                Cell::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Cell::Int(_) | Cell::Null => continue,
            };
            found.push((table.name.clone(), text));
        }
    }
    found
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

fn holds(bytes: &[u8], wanted: &str) -> bool {
    bytes
        .windows(wanted.len())
        .any(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// Looks for the marks in tables, raw files and decoded events of a Filo that has stopped.
/// Returns the places where there is one.
async fn marks_in(config: &Config, key: filo_core::id::WorkspaceKey) -> Vec<String> {
    let mut places = Vec::new();
    let mut raw = Vec::new();
    files_of(config.lake.parent().unwrap(), &mut raw);
    for path in &raw {
        let bytes = std::fs::read(path).unwrap();
        if holds(&bytes, MARK) || holds(&bytes, "3471234567") {
            places.push(format!("raw {}", path.display()));
        }
    }
    let options = filo_store::Options {
        ballast_bytes: 0,
        ..filo_store::Options::default()
    };
    let db = Db::open(&config.store, &options).await.unwrap();
    for (table, text) in tables(&db).await {
        if holds(text.as_bytes(), MARK) || text.contains("3471234567") {
            places.push(format!("table {table}: {text}"));
        }
    }
    let rows = lake_file::list(&mut db.read().await.unwrap())
        .await
        .unwrap();
    let log = filo_store::log::after(&db, 0, 10_000, 64 << 20)
        .await
        .unwrap();
    assert!(log.is_empty(), "everything is in the lake");
    db.close().await.unwrap();
    let files: Vec<LakeFile> = rows
        .iter()
        .map(|row| LakeFile {
            name: row.name.clone(),
            level: u32::try_from(row.level).unwrap(),
            month: i32::try_from(row.month).unwrap(),
            rows: u64::try_from(row.events).unwrap(),
            bytes: u64::try_from(row.bytes).unwrap(),
            min_at: row.min_at,
            max_at: row.max_at,
            first_seq: row.first_seq,
            last_seq: row.last_seq,
            seen: (!row.seen_name.is_empty()).then(|| row.seen_name.clone()),
            seen_bytes: u64::try_from(row.seen_bytes).unwrap(),
        })
        .collect();
    let listed: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    for path in raw
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "parquet"))
    {
        if !listed.iter().any(|name| path.ends_with(name)) {
            places.push(format!("left over {}", path.display()));
        }
    }
    let lake = Lake::open(&config.lake, key, files, filo_lake::Options::default()).unwrap();
    lake.search(None, None, &mut |event| {
        let text = format!("{event:?}");
        if holds(text.as_bytes(), MARK) || text.contains("3471234567") {
            places.push(format!("lake {text}"));
        }
        false
    })
    .unwrap();
    places
}

async fn back_up(app: &App, folder: &Path) -> PathBuf {
    let order = BackupOrder {
        folder: Some(folder.to_owned()),
        with_secret_key: true,
    };
    app.back_up(&Actor::operator(), order).await.unwrap().path
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn nothing_is_left_of_who_is_forgotten_and_nothing_brings_them_back() {
    let bench = Bench::new();
    let config = bench.config("data");
    let app = bench.open(&config).await;
    let operator = Actor::operator();
    let hook = WebhookChange {
        url: Some("http://127.0.0.1:9/filo".to_owned()),
        description: Some("ERP".to_owned()),
        topics: Some(Topic::ALL.to_vec()),
        enabled: Some(true),
    };
    app.create_webhook(&operator, hook).await.unwrap();
    plant(&app).await;
    let customer = app.find(USER.0, USER.1).await.unwrap().unwrap().id;

    // The copy for the person holds every mark; so the marks can be found at all.
    let dossier = app.dossier(&operator, customer).await.unwrap();
    let copy = text_of(&dossier);
    for mark in [
        "user", "first", "city", "product", "device", "agent", "note", "wording", "proof", "bad",
        "called",
    ] {
        let marked = format!("{MARK}-{mark}");
        assert!(copy.contains(&marked), "{marked} is not in the copy");
    }
    assert!(copy.contains(EMAIL.1) && copy.contains("+393471234567"));
    assert_eq!(dossier.recipients.len(), 1);

    let backup = back_up(&app, &config.backups).await;
    let plan = app.plan_erasure(&operator, customer).await.unwrap();
    assert_eq!(plan.identifiers, 4);
    assert_eq!(plan.backups.count, 1);
    let planned: u64 = plan.beside.iter().map(|(_, count)| count).sum();
    let erasure = app
        .erase(&operator, customer, Ground::Request)
        .await
        .unwrap();
    let receipt = erasure.receipt.unwrap();
    assert!(erasure.finished_at.is_some());
    assert_eq!(receipt.identifiers, 4);
    assert!(receipt.events >= 6, "{receipt:?}");
    assert_eq!(
        receipt.mended, 1,
        "the other's event stays without the person"
    );
    let gone: u64 = receipt.beside.iter().map(|(_, count)| count).sum();
    assert!(gone >= planned && planned >= 3, "{gone} of {planned}");

    // What is late stays outside; the other person is still there.
    let late = vec![
        event(&app, 6, &[USER, EMAIL], EventKind::Track, "{}"),
        event(&app, 7, &[PHONE], EventKind::Track, "{}"),
        event(&app, 1, &[USER, EMAIL], EventKind::Identify, "{}"),
    ];
    send(&app, late).await;
    assert_eq!(app.turned_away(), 3);
    assert!(app.find(EMAIL.0, EMAIL.1).await.unwrap().is_none());
    assert!(app.customer(customer).await.unwrap().is_none());
    let other = app.find(OTHER.0, OTHER.1).await.unwrap().unwrap();
    assert_eq!(other.identifiers.len(), 1);
    assert_eq!(app.views().await.unwrap().len(), 1);
    let told = app.erasures(&operator, None, 10).await.unwrap();
    assert_eq!(told.len(), 1);

    let problems = app.check().await.unwrap().problems;
    assert!(problems.is_empty(), "{problems:#?}");
    let key = app.key();
    app.flush_lake().await.unwrap();
    app.shut_down().await.unwrap();
    drop(app);
    assert_eq!(marks_in(&config, key).await, Vec::<String>::new());

    // A backup from before brings nobody back.
    let again = bench.config("restored");
    restore(&backup, &again).await.unwrap();
    let app = bench.open(&again).await;
    assert!(app.find(EMAIL.0, EMAIL.1).await.unwrap().is_none());
    assert!(app.find(OTHER.0, OTHER.1).await.unwrap().is_some());
    send(&app, vec![event(&app, 8, &[EMAIL], EventKind::Track, "{}")]).await;
    assert_eq!(app.turned_away(), 1);
    app.flush_lake().await.unwrap();
    app.shut_down().await.unwrap();
    drop(app);
    assert_eq!(marks_in(&again, key).await, Vec::<String>::new());
    done_with(&config).await;
    done_with(&again).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_by_an_act_of_their_own_is_a_new_customer() {
    let bench = Bench::new();
    let config = bench.config("data");
    let app = bench.open(&config).await;
    let operator = Actor::operator();
    send(
        &app,
        vec![event(&app, 1, &[USER, EMAIL], EventKind::Track, "{}")],
    )
    .await;
    let before = app.find(USER.0, USER.1).await.unwrap().unwrap();
    app.erase(&operator, before.id, Ground::Objection)
        .await
        .unwrap();
    let mut back = event(&app, 2, &[EMAIL], EventKind::Track, "{}");
    back.at = app.now();
    send(&app, vec![back]).await;
    let after = app.find(EMAIL.0, EMAIL.1).await.unwrap().unwrap();
    assert_eq!(
        after.identifiers.len(),
        1,
        "nothing of before comes with them"
    );
    assert_eq!(app.timeline(after.id, None, 10).await.unwrap().len(), 1);
    // They may be forgotten once more.
    app.erase(&operator, after.id, Ground::Request)
        .await
        .unwrap();
    assert!(app.find(EMAIL.0, EMAIL.1).await.unwrap().is_none());
    app.shut_down().await.unwrap();
    done_with(&config).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_ended_at_the_next_start() {
    let bench = Bench::new();
    let config = bench.config("data");
    let app = bench.open(&config).await;
    let operator = Actor::operator();
    plant(&app).await;
    let customer = app.find(USER.0, USER.1).await.unwrap().unwrap();
    // As a crash leaves it that came when the erasure was written down and nothing was gone.
    let key = app.key();
    app.shut_down().await.unwrap();
    drop(app);
    let options = filo_store::Options {
        ballast_bytes: 0,
        ..filo_store::Options::default()
    };
    let db = Db::open(&config.store, &options).await.unwrap();
    let row = filo_store::erasure::ErasureRow {
        id: filo_core::id::ErasureId(5),
        at: Timestamp(START + 3_600_000_000),
        actor: "operator".to_owned(),
        ground: "request".to_owned(),
        nodes: customer.threads(),
        receipt: String::new(),
        finished_at: None,
    };
    let mut tx = db.begin().await.unwrap();
    assert!(filo_store::erasure::add(&mut tx, &row).await.unwrap());
    assert!(
        !filo_store::erasure::add(&mut tx, &row).await.unwrap(),
        "once"
    );
    tx.commit().await.unwrap();
    db.close().await.unwrap();
    let app = bench.open(&config).await;
    assert!(app.find(EMAIL.0, EMAIL.1).await.unwrap().is_none());
    let erasure = app.erasures(&operator, None, 10).await.unwrap().remove(0);
    assert!(erasure.finished_at.is_some() && erasure.receipt.is_some());
    app.flush_lake().await.unwrap();
    app.shut_down().await.unwrap();
    drop(app);
    assert_eq!(marks_in(&config, key).await, Vec::<String>::new());
    done_with(&config).await;
}
