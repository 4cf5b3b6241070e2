//! Two nodes on one PostgreSQL: both accept, one applies, the other takes over.
//!
//! Needs `FILO_TEST_DB=postgres://…`; says so and passes where it is absent.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use filo_app::{Actor, App, Clock, Config};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::SourceId;
use filo_core::identity::{Identifier, Kind};
use filo_core::profile::About;
use filo_core::time::Timestamp;
use filo_store::Location;

const START: i64 = 1_795_000_000_000_000;

async fn node(url: &str, schema: &str, folder: &std::path::Path, seed: u8) -> App {
    let mut config = Config::in_folder(folder);
    config.store = Location::Postgres {
        url: url.to_owned(),
        schema: schema.to_owned(),
    };
    let time = Arc::new(AtomicI64::new(START));
    let clock = Clock::new(move || Timestamp(time.fetch_add(1_000, Ordering::Relaxed)));
    App::open(config, clock, [seed; 32]).await.unwrap()
}

fn seen(app: &App, user: &str, message: &str) -> Event {
    let identifier = Identifier::new(Kind::UserId, user, &app.rules()).unwrap();
    Event {
        id: app.key().event_id(SourceId(1), message),
        thread: app.key().node_id(identifier.kind, &identifier.value),
        at: Timestamp(START),
        received_at: Timestamp(START),
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: Trust::Verified,
        channel: Channel::Shop,
        source: SourceId(1),
        message_id: message.into(),
        name: "Store Visit Recorded".into(),
        identifiers: smallvec::smallvec![identifier],
        properties: "{}".into(),
        context: "".into(),
    }
}

async fn accept(app: &App, user: &str, messages: std::ops::Range<u32>) {
    for message in messages {
        let event = seen(app, user, &format!("m-{message}"));
        app.accept(app.admit(100).unwrap(), vec![event])
            .await
            .unwrap();
    }
}

/// The number of a customer's events once this node knows of `expected`, or what it knows after
/// a generous number of turns.
async fn events_of(app: &App, user: &str, expected: usize) -> usize {
    let mut found = 0;
    for _ in 0..2_000 {
        if let Some(customer) = app.find(Kind::UserId, user).await.unwrap() {
            found = app.timeline(customer.id, None, 1_000).await.unwrap().len();
        }
        if found >= expected {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn both_nodes_accept_one_applies_and_the_other_takes_over() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the database of the test run is its parameter"
    )]
    let Ok(url) = std::env::var("FILO_TEST_DB") else {
        println!("skipped: FILO_TEST_DB is not set");
        return;
    };
    let schema = format!("filo_two_nodes_{}", std::process::id());
    let folder = tempfile::tempdir().unwrap();
    let one = node(&url, &schema, folder.path(), 1).await;
    let two = node(&url, &schema, folder.path(), 2).await;
    assert!(one.status().leader);
    assert!(!two.status().leader);

    accept(&one, "u-1", 0..20).await;
    accept(&two, "u-1", 10..40).await;
    assert_eq!(
        events_of(&one, "u-1", 40).await,
        40,
        "the other node's events, each once"
    );
    assert_eq!(
        events_of(&two, "u-1", 40).await,
        40,
        "as read by the node that follows"
    );

    let customer = two.find(Kind::UserId, "u-1").await.unwrap().unwrap();
    let actor = Actor::operator();
    let about = About::Preference;
    two.add_note(&actor, customer.id, "Vuole il decaffeinato", about)
        .await
        .unwrap();
    let seen_by_one = one.customer(customer.id).await.unwrap().unwrap();
    assert_eq!(seen_by_one.profile.notes.newest_first().len(), 1);

    one.flush_lake().await.unwrap();
    assert_eq!(
        events_of(&two, "u-1", 41).await,
        41,
        "out of the lake that the other one wrote"
    );

    one.abandon().await;
    accept(&two, "u-1", 40..50).await;
    for _ in 0..2_000 {
        if two.status().leader {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(two.status().leader, "the lease came over");
    assert_eq!(events_of(&two, "u-1", 51).await, 51);
    assert_eq!(two.check().await.unwrap().problems, Vec::<String>::new());
    two.shut_down().await.unwrap();
}
