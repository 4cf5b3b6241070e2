//! The engine against real files: what is accepted is there, once, after anything.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use compact_str::CompactString;
use filo_app::{App, Clock, Config};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::SourceId;
use filo_core::identity::{Identifier, Kind, Verdict};
use filo_core::time::Timestamp;

const START: i64 = 1_795_000_000_000_000;

struct Bench {
    folder: tempfile::TempDir,
    time: Arc<AtomicI64>,
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            time: Arc::new(AtomicI64::new(START)),
        }
    }

    async fn open(&self) -> App {
        self.open_with(512 << 20).await
    }

    async fn open_with(&self, memory_bytes: usize) -> App {
        let config = self.config(memory_bytes);
        App::open(config, self.clock(), [7; 32]).await.unwrap()
    }

    /// Opens without waiting for the end of the log to be applied.
    async fn begin(&self) -> App {
        let config = self.config(512 << 20);
        App::begin(config, self.clock(), [7; 32]).await.unwrap()
    }

    fn config(&self, memory_bytes: usize) -> Config {
        let mut config = Config::in_folder(self.folder.path());
        config.memory_bytes = memory_bytes;
        config.ballast_bytes = 1 << 20;
        config.flush_events = 1_000_000;
        config
    }

    fn clock(&self) -> Clock {
        let time = Arc::clone(&self.time);
        Clock::new(move || Timestamp(time.fetch_add(1_000, Ordering::Relaxed)))
    }
}

fn event(app: &App, number: u32, kind: EventKind, who: &[(Kind, &str)], properties: &str) -> Event {
    let rules = app.rules();
    let mut identifiers: Vec<Identifier> = who
        .iter()
        .map(|(kind, raw)| Identifier::new(*kind, raw, &rules).unwrap())
        .collect();
    identifiers.sort();
    let at = Timestamp(START - 1_000_000_000 + i64::from(number) * 1_000);
    let message_id = CompactString::from(format!("m-{number}"));
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
        message_id,
        name: if kind == EventKind::Track {
            "Product Viewed".into()
        } else {
            "".into()
        },
        identifiers: identifiers.into(),
        properties: properties.into(),
        context: "".into(),
    }
}

async fn send(app: &App, events: Vec<Event>) {
    let permit = app.admit(1_000).unwrap();
    app.accept(permit, events).await.unwrap();
}

fn story(app: &App) -> Vec<Event> {
    let anonymous = [(Kind::AnonymousId, "a-1")];
    let both = [(Kind::AnonymousId, "a-1"), (Kind::UserId, "u-1")];
    let mail = [
        (Kind::UserId, "u-1"),
        (Kind::Email, "mario.rossi@example.it"),
    ];
    vec![
        event(app, 1, EventKind::Track, &anonymous, r#"{"sku":"A1"}"#),
        event(app, 2, EventKind::Track, &anonymous, r#"{"sku":"A2"}"#),
        event(
            app,
            3,
            EventKind::Identify,
            &both,
            r#"{"firstName":"Mario"}"#,
        ),
        event(
            app,
            4,
            EventKind::Identify,
            &mail,
            r#"{"lastName":"Rossi"}"#,
        ),
        event(app, 5, EventKind::Track, &[(Kind::UserId, "u-2")], "{}"),
    ]
}

async fn names(app: &App) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for row in app.customers(None, 100).await.unwrap() {
        let view = app.customer(row.id).await.unwrap().unwrap();
        let events = app.timeline(row.id, None, 100).await.unwrap().len();
        found.push((row.name.unwrap_or_default(), view.identifiers.len(), events));
    }
    found.sort();
    found
}

/// What has changed cannot be forgotten before it is written: so input waits for that.
#[tokio::test(flavor = "multi_thread")]
async fn more_people_than_memory_holds_wait_until_there_is_room() {
    const BUDGET_BYTES: usize = 4 << 20;
    const ROWS: u32 = 400;
    const PEOPLE: u32 = 50;
    let bench = Bench::new();
    let app = bench.open_with(BUDGET_BYTES).await;
    let mut most_bytes = 0;
    for row in 0..ROWS {
        let numbers = row * PEOPLE..(row + 1) * PEOPLE;
        let person = |number: u32| {
            let (user, mail) = (format!("u-{number}"), format!("m.{number}@example.it"));
            let who = [(Kind::UserId, user.as_str()), (Kind::Email, mail.as_str())];
            event(
                &app,
                number,
                EventKind::Identify,
                &who,
                r#"{"city":"Bari"}"#,
            )
        };
        send(&app, numbers.map(person).collect()).await;
        most_bytes = most_bytes.max(app.status().memory_bytes);
    }
    app.settle().await.unwrap();
    most_bytes = most_bytes.max(app.status().memory_bytes);
    // A quarter over the budget, and what one turn of the engine takes in.
    assert!(most_bytes < 3 * BUDGET_BYTES, "{most_bytes} bytes");
    let last = app.customers(None, 1).await.unwrap();
    assert_eq!(last.len(), 1);
    app.shut_down().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_the_log_is_applied_again_counts_once() {
    let bench = Bench::new();
    let app = bench.open().await;
    let events = story(&app);
    send(&app, events.clone()).await;
    app.abandon().await;

    // Ready at once: the same events and a new one arrive before the old ones are applied.
    let app = bench.begin().await;
    let fresh = event(&app, 6, EventKind::Track, &[(Kind::UserId, "u-2")], "{}");
    send(&app, events).await;
    send(&app, vec![fresh]).await;
    app.settle().await.unwrap();
    let expected = vec![(String::new(), 1, 2), ("Mario Rossi".to_owned(), 3, 4)];
    assert_eq!(names(&app).await, expected);
    let status = app.status();
    assert_eq!(status.applied, status.committed);
    app.flush_lake().await.unwrap();
    assert_eq!(names(&app).await, expected);
    app.shut_down().await.unwrap();
    drop(app);
    let app = bench.open().await;
    assert_eq!(names(&app).await, expected);
    app.shut_down().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_customer_per_person_before_and_after_every_kind_of_stop() {
    let bench = Bench::new();
    let app = bench.open().await;
    let events = story(&app);
    send(&app, events[..3].to_vec()).await;
    send(&app, events.clone()).await;
    app.settle().await.unwrap();
    let expected = vec![(String::new(), 1, 1), ("Mario Rossi".to_owned(), 3, 4)];
    assert_eq!(names(&app).await, expected);
    let hash = app.state_hash().await.unwrap();

    // The program is gone without a word; the next one reads the log.
    app.abandon().await;
    let app = bench.open().await;
    assert_eq!(names(&app).await, expected);
    assert_eq!(app.state_hash().await.unwrap(), hash);

    app.flush_lake().await.unwrap();
    assert_eq!(app.status().tail_events, 0);
    assert_eq!(
        names(&app).await,
        expected,
        "the same thread out of the lake"
    );
    send(&app, events.clone()).await;
    app.settle().await.unwrap();
    assert_eq!(app.state_hash().await.unwrap(), hash, "known from the lake");

    app.shut_down().await.unwrap();
    drop(app);
    let app = bench.open().await;
    assert_eq!(app.state_hash().await.unwrap(), hash);
    let report = app.rebuild().await.unwrap();
    assert_eq!((report.before, report.after), (hash, hash));
    assert_eq!(app.check().await.unwrap().problems, Vec::<String>::new());
    app.shut_down().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_join_is_undone_and_the_undoing_taken_back() {
    let bench = Bench::new();
    let app = bench.open().await;
    send(&app, story(&app)).await;
    app.settle().await.unwrap();
    let before = app.state_hash().await.unwrap();
    let mario = app
        .find(Kind::Email, "Mario.Rossi@example.it")
        .await
        .unwrap()
        .unwrap();
    let node = |kind| {
        mario
            .identifiers
            .iter()
            .find(|it| it.kind == kind)
            .unwrap()
            .node
    };
    let (user, mail) = (node(Kind::UserId), node(Kind::Email));
    let actor = filo_app::Actor::operator();

    let preview = app.what_if(user, mail, Verdict::Apart).await.unwrap();
    assert!(preview.achieved);
    app.rule(&actor, user, mail, Verdict::Apart, "padre e figlio")
        .await
        .unwrap();
    let by_mail = app
        .find(Kind::Email, "mario.rossi@example.it")
        .await
        .unwrap()
        .unwrap();
    let by_user = app.find(Kind::UserId, "u-1").await.unwrap().unwrap();
    assert_ne!(by_mail.id, by_user.id);
    assert_eq!(by_mail.identifiers.len() + by_user.identifiers.len(), 3);

    app.settle().await.unwrap();
    assert_eq!(app.customer_count().await.unwrap(), 3);
    let separated = app.state_hash().await.unwrap();
    assert_eq!(
        app.rebuild().await.unwrap().after,
        separated,
        "a decision survives a rebuild"
    );

    app.rule(&actor, user, mail, Verdict::Withdrawn, "")
        .await
        .unwrap();
    let again = app.find(Kind::UserId, "u-1").await.unwrap().unwrap();
    assert_eq!(again.id, mario.id);
    assert_eq!(again.identifiers.len(), 3);
    assert_ne!(
        app.state_hash().await.unwrap(),
        before,
        "the rulings stay on the record"
    );
    app.shut_down().await.unwrap();
}

/// Events of people who meet again: half of them log in on a device, some share one.
fn crowd(app: &App, people: u32) -> Vec<Event> {
    let mut events = Vec::new();
    for round in 0..3 {
        for person in 0..people {
            let number = round * people + person + 100;
            let device = format!("a-{}", person / 2 * 2);
            let user = format!("u-{person}");
            let mail = format!("p{}@example.it", person / 3);
            let who = match (round, person % 4) {
                (0, _) => vec![(Kind::AnonymousId, device.as_str())],
                (1, 0) => vec![
                    (Kind::AnonymousId, device.as_str()),
                    (Kind::UserId, user.as_str()),
                ],
                (_, 1) => vec![(Kind::UserId, user.as_str()), (Kind::Email, mail.as_str())],
                _ => vec![(Kind::UserId, user.as_str())],
            };
            let kind = if round == 1 {
                EventKind::Identify
            } else {
                EventKind::Track
            };
            events.push(event(app, number, kind, &who, r#"{"first_name":"Anna"}"#));
        }
    }
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn order_batches_and_a_small_memory_change_nothing() {
    let (plain, cramped) = (Bench::new(), Bench::new());
    let app = plain.open().await;
    let events = crowd(&app, 300);
    for batch in events.chunks(100) {
        send(&app, batch.to_vec()).await;
    }
    let expected = app.state_hash().await.unwrap();
    let customers = app.customer_count().await.unwrap();

    let other = cramped.open_with(40_000).await;
    let mut shuffled = crowd(&other, 300);
    shuffled.sort_by_key(|event| event.id);
    shuffled.extend(shuffled[..50].to_vec());
    for batch in shuffled.chunks(37) {
        send(&other, batch.to_vec()).await;
        // Clean customers can be forgotten only between checkpoints.
        other.settle().await.unwrap();
    }
    let status = other.status();
    assert!(
        status.nodes_in_memory < 300,
        "{} nodes stayed",
        status.nodes_in_memory
    );
    assert_eq!(status.duplicates, 50);
    assert_eq!(other.customer_count().await.unwrap(), customers);
    assert_eq!(other.state_hash().await.unwrap(), expected);
    assert_eq!(other.check().await.unwrap().problems, Vec::<String>::new());
    for person in [0, 1, 17, 299] {
        let (one, two) = (
            app.find(Kind::UserId, &format!("u-{person}"))
                .await
                .unwrap()
                .map(|view| view.id),
            other
                .find(Kind::UserId, &format!("u-{person}"))
                .await
                .unwrap()
                .map(|view| view.id),
        );
        assert_eq!(one, two);
    }
    app.shut_down().await.unwrap();
    other.shut_down().await.unwrap();
}
