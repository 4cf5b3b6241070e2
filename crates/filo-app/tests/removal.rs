//! Events taken out: afterwards everything is as if they had never been sent.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use compact_str::CompactString;
use filo_app::{App, Clock, Config, Removal};
use filo_core::event::{Channel, Event, EventKind, Forgotten, Trust};
use filo_core::id::{NodeId, SourceId};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

const START: i64 = 1_795_000_000_000_000;
const OWN: SourceId = SourceId(2);
const IMPORT: SourceId = SourceId(3);
const RUN: Timestamp = Timestamp(START - 5_000);
/// Two people's homes, shops and phones are shared now and then.
const PEOPLE: u32 = 12;

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    async fn open() -> (Self, App) {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::in_folder(folder.path());
        config.ballast_bytes = 0;
        // Small enough that customers are forgotten and loaded again.
        config.memory_bytes = 60_000;
        config.flush_events = 64;
        let time = Arc::new(AtomicI64::new(START));
        let clock = Clock::new(move || Timestamp(time.fetch_add(1_000, Ordering::Relaxed)));
        let app = App::open(config, clock, [7; 32]).await.unwrap();
        (Self { folder }, app)
    }
}

/// An event of somebody, of the company's systems or of the import.
fn event(app: &App, number: u32, chance: &mut StdRng) -> Event {
    let rules = app.rules();
    let person = chance.random_range(0..PEOPLE);
    let mut known: Vec<(Kind, String)> = Vec::new();
    let mut perhaps = |share: f64, kind, value: String| {
        if chance.random_bool(share) {
            known.push((kind, value));
        }
    };
    perhaps(0.5, Kind::UserId, format!("u-{person}"));
    perhaps(0.4, Kind::Email, format!("person{person}@example.it"));
    // A shared device, and a fixed line of a house.
    perhaps(0.5, Kind::AnonymousId, format!("a-{}", person / 2));
    perhaps(0.3, Kind::Phone, format!("+39063211{:03}", person / 3));
    perhaps(0.3, Kind::Phone, format!("+39333555{person:04}"));
    if known.is_empty() {
        known.push((Kind::AnonymousId, format!("b-{person}")));
    }
    let mut identifiers: Vec<Identifier> = known
        .iter()
        .map(|(kind, raw)| Identifier::new(*kind, raw, &rules).unwrap())
        .collect();
    identifiers.sort();
    identifiers.dedup();
    let imported = chance.random_bool(0.4);
    let source = if imported { IMPORT } else { OWN };
    let at = Timestamp(START - 1_000_000_000 + i64::from(number) * 1_000);
    let message_id = CompactString::from(format!("m-{number}"));
    let (kind, name, properties) = match chance.random_range(0..5) {
        0 => (
            EventKind::Identify,
            "",
            format!(r#"{{"firstName":"Nome{number}"}}"#),
        ),
        1 => (
            EventKind::Track,
            "Order Completed",
            format!(r#"{{"order_id":"o-{number}","total":{number},"currency":"EUR"}}"#),
        ),
        2 => (
            EventKind::Track,
            "Consent Granted",
            r#"{"purpose":"marketing","channel":"email","basis":"consent"}"#.to_owned(),
        ),
        _ => (EventKind::Track, "Product Viewed", "{}".to_owned()),
    };
    Event {
        id: app.key().event_id(source, &message_id),
        thread: app
            .key()
            .node_id(identifiers[0].kind, &identifiers[0].value),
        at,
        received_at: if imported { RUN } else { at },
        original_at: None,
        clock_suspect: false,
        kind,
        trust: if chance.random_bool(0.3) {
            Trust::Claimed
        } else {
            Trust::Verified
        },
        channel: Channel::Web,
        source,
        message_id,
        name: name.into(),
        identifiers: identifiers.into(),
        properties: properties.into(),
        context: "".into(),
    }
}

async fn send(app: &App, events: &[Event], chance: &mut StdRng) {
    let mut rest = events;
    while !rest.is_empty() {
        let (batch, others) = rest.split_at(chance.random_range(1..=rest.len().min(20)));
        let permit = app.admit(10_000).unwrap();
        app.accept(permit, batch.to_vec()).await.unwrap();
        rest = others;
        if chance.random_bool(0.2) {
            app.flush_lake().await.unwrap();
        }
    }
    app.settle().await.unwrap();
}

fn is_of_run(event: &Event) -> bool {
    event.source == IMPORT && event.received_at == RUN
}

async fn whole(app: &App) -> (u128, u64) {
    let report = app.check().await.unwrap();
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
    (app.state_hash().await.unwrap(), report.customers)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_taken_back_leaves_what_there_would_be_without_it() {
    for seed in 0..5 {
        let mut chance = StdRng::seed_from_u64(seed);
        let (_kept, app) = Bench::open().await;
        let count = chance.random_range(5..400);
        let events: Vec<Event> = (0..count)
            .map(|number| event(&app, number, &mut chance))
            .collect();
        send(&app, &events, &mut chance).await;
        let before = whole(&app).await;
        let run = Removal::Run {
            source: IMPORT,
            received_at: RUN,
        };
        let removed = app.remove(run.clone()).await.unwrap();
        let of_run: Vec<Event> = events.iter().filter(|it| is_of_run(it)).cloned().collect();
        assert_eq!(removed.events, of_run.len() as u64, "seed {seed}");
        let after = whole(&app).await;

        let others: Vec<Event> = events.iter().filter(|it| !is_of_run(it)).cloned().collect();
        let (_other, without) = Bench::open().await;
        send(&without, &others, &mut chance).await;
        assert_eq!(after, whole(&without).await, "seed {seed}");
        let rebuilt = app.rebuild().await.unwrap();
        assert_eq!((rebuilt.before, rebuilt.after), (after.0, after.0));
        // Nothing is left to take out, and the same events can come again.
        assert_eq!(app.remove(run).await.unwrap().events, 0);
        send(&app, &of_run, &mut chance).await;
        assert_eq!(whole(&app).await, before, "seed {seed}: sent again");
        without.shut_down().await.unwrap();
        app.shut_down().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_person_is_in_nobodys_events() {
    for seed in 100..105 {
        let mut chance = StdRng::seed_from_u64(seed);
        let (_kept, app) = Bench::open().await;
        let count = chance.random_range(30..300);
        let events: Vec<Event> = (0..count)
            .map(|number| event(&app, number, &mut chance))
            .collect();
        send(&app, &events, &mut chance).await;
        let rows = app.customers(None, 100).await.unwrap();
        let chosen = rows[chance.random_range(0..rows.len())].id;
        let view = app.customer(chosen).await.unwrap().unwrap();
        let identifiers: Vec<Identifier> = view
            .identifiers
            .iter()
            .map(|it| Identifier {
                kind: it.kind,
                value: it.value.clone(),
            })
            .collect();
        let nodes: BTreeSet<NodeId> = identifiers
            .iter()
            .map(|it| app.key().node_id(it.kind, &it.value))
            .collect();
        let person = Removal::Person {
            nodes: nodes.clone(),
        };
        let removed = app.remove(person).await.unwrap();
        assert_eq!(removed.identifiers, nodes.len() as u64, "seed {seed}");
        let after = whole(&app).await;

        let forgotten = Forgotten::new(identifiers);
        let left: Vec<Event> = events
            .iter()
            .filter(|it| !nodes.contains(&it.thread))
            .filter_map(|it| forgotten.leave_out(it))
            .collect();
        let (_other, without) = Bench::open().await;
        send(&without, &left, &mut chance).await;
        assert_eq!(after, whole(&without).await, "seed {seed}");
        without.shut_down().await.unwrap();
        app.shut_down().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_import_is_taken_back_by_making_everything_again() {
    let mut chance = StdRng::seed_from_u64(9);
    let (_kept, app) = Bench::open().await;
    let own: Vec<Event> = (0..50).map(|it| event(&app, it, &mut chance)).collect();
    let own: Vec<Event> = own.into_iter().filter(|it| !is_of_run(it)).collect();
    send(&app, &own, &mut chance).await;
    let before = whole(&app).await;
    let people: Vec<Event> = (0..5_500).map(|number| newcomer(&app, number)).collect();
    for batch in people.chunks(500) {
        let permit = app.admit(100_000).unwrap();
        app.accept(permit, batch.to_vec()).await.unwrap();
    }
    let run = Removal::Run {
        source: IMPORT,
        received_at: RUN,
    };
    assert_eq!(app.remove(run).await.unwrap().events, 5_500);
    assert_eq!(whole(&app).await, before);
    app.shut_down().await.unwrap();
}

fn newcomer(app: &App, number: u32) -> Event {
    let mut chance = StdRng::seed_from_u64(1);
    let mut event = event(app, number, &mut chance);
    let email = format!("new{number}@example.it");
    event.identifiers = vec![Identifier::new(Kind::Email, &email, &app.rules()).unwrap()].into();
    event.thread = app.key().node_id(Kind::Email, &event.identifiers[0].value);
    event.message_id = CompactString::from(format!("new-{number}"));
    event.id = app.key().event_id(IMPORT, &event.message_id);
    (event.source, event.received_at) = (IMPORT, RUN);
    event
}

/// Kept alive by the tests, read by nobody.
impl Drop for Bench {
    fn drop(&mut self) {
        assert!(self.folder.path().exists());
    }
}
