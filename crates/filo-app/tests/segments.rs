//! Segments: who is in, live and recomputed, comes to the same; and whoever is in leaves on time.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use compact_str::CompactString;
use filo_app::segment::{SegmentDraft, SegmentView};
use filo_app::{Actor, App, Clock, Config, Removal};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{CustomerId, SegmentId, SourceId};
use filo_core::identity::{Identifier, Kind};
use filo_core::segment::Definition;
use filo_core::time::Timestamp;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};

const START: i64 = 1_795_000_000_000_000;
const DAY: i64 = 86_400_000_000;
const OWN: SourceId = SourceId(2);
const IMPORT: SourceId = SourceId(3);
const RUN: Timestamp = Timestamp(START - 5_000);
const PEOPLE: u32 = 10;

struct Bench {
    app: App,
    time: Arc<AtomicI64>,
    folder: tempfile::TempDir,
}

impl Bench {
    async fn open() -> Self {
        Self::open_in(tempfile::tempdir().unwrap(), START).await
    }

    async fn open_in(folder: tempfile::TempDir, now: i64) -> Self {
        let mut config = Config::in_folder(folder.path());
        config.ballast_bytes = 0;
        // Small enough that customers are forgotten and loaded again.
        config.memory_bytes = 60_000;
        config.flush_events = 64;
        let time = Arc::new(AtomicI64::new(now));
        let read = Arc::clone(&time);
        let clock = Clock::new(move || Timestamp(read.load(Ordering::Relaxed)));
        let app = App::open(config, clock, [7; 32]).await.unwrap();
        Self { app, time, folder }
    }

    async fn reopened(self) -> Self {
        self.app.shut_down().await.unwrap();
        drop(self.app);
        Self::open_in(self.folder, self.time.load(Ordering::Relaxed)).await
    }

    async fn at(&self, now: i64) {
        self.time.store(now, Ordering::Relaxed);
        self.app.segments_settled().await.unwrap();
    }

    async fn make(&self, name: &str, condition: &str) -> SegmentId {
        let document = format!(r#"{{"version":1,"condition":{condition}}}"#);
        let draft = SegmentDraft {
            name: name.to_owned(),
            description: String::new(),
            condition: Definition::from_json(&document).unwrap().into_condition(),
        };
        let actor = Actor::operator();
        self.app.create_segment(&actor, draft).await.unwrap().row.id
    }

    async fn members(&self, id: SegmentId) -> BTreeSet<CustomerId> {
        let found = self.app.segment_members(id, None, 500).await.unwrap();
        found.into_iter().map(|member| member.customer).collect()
    }

    async fn send(&self, events: &[Event], chance: &mut StdRng) {
        let mut rest = events;
        while !rest.is_empty() {
            let (batch, others) = rest.split_at(chance.random_range(1..=rest.len().min(20)));
            let permit = self.app.admit(10_000).unwrap();
            self.app.accept(permit, batch.to_vec()).await.unwrap();
            rest = others;
            if chance.random_bool(0.2) {
                self.app.flush_lake().await.unwrap();
            }
        }
        self.app.settle().await.unwrap();
    }

    fn event(
        &self,
        number: u32,
        (kind, name, properties): (EventKind, &str, &str),
        at: i64,
        known: &[(Kind, &str)],
    ) -> Event {
        let rules = self.app.rules();
        let mut identifiers: Vec<Identifier> = known
            .iter()
            .map(|(kind, raw)| Identifier::new(*kind, raw, &rules).unwrap())
            .collect();
        identifiers.sort();
        let message_id = CompactString::from(format!("m-{number}"));
        let source = if number.is_multiple_of(3) {
            IMPORT
        } else {
            OWN
        };
        let first = &identifiers[0];
        Event {
            id: self.app.key().event_id(source, &message_id),
            thread: self.app.key().node_id(first.kind, &first.value),
            at: Timestamp(at),
            received_at: if source == IMPORT { RUN } else { Timestamp(at) },
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Verified,
            channel: if number.is_multiple_of(2) {
                Channel::Shop
            } else {
                Channel::Web
            },
            source,
            message_id,
            name: name.into(),
            identifiers: identifiers.into(),
            properties: properties.into(),
            context: "".into(),
        }
    }

    fn random(&self, number: u32, chance: &mut StdRng) -> Event {
        let person = chance.random_range(0..PEOPLE);
        let (user, mail) = (format!("u-{person}"), format!("person{person}@example.it"));
        let device = format!("a-{}", person / 2);
        let mut known: Vec<(Kind, &str)> = Vec::new();
        if chance.random_bool(0.4) {
            known.push((Kind::UserId, &user));
        }
        if chance.random_bool(0.4) {
            known.push((Kind::Email, &mail));
        }
        if known.is_empty() || chance.random_bool(0.3) {
            known.push((Kind::AnonymousId, &device));
        }
        let amount = chance.random_range(1..90);
        let order = format!(
            r#"{{"order_id":"o-{number}","total":{amount},"revenue":{amount},"currency":"EUR"}}"#
        );
        let city = format!(
            r#"{{"city":"{}"}}"#,
            ["Milano", "Monza", "Lodi"][amount % 3]
        );
        let what = match chance.random_range(0..6) {
            0 => (EventKind::Identify, "", city.as_str()),
            1 | 2 => (EventKind::Track, "Order Completed", order.as_str()),
            3 => (
                EventKind::Track,
                "Consent Granted",
                r#"{"purpose":"marketing","channel":"email","basis":"consent"}"#,
            ),
            4 => (EventKind::Track, "Email Opened", "{}"),
            _ => (EventKind::Track, "Product Viewed", "{}"),
        };
        let at = START - chance.random_range(0..120 * DAY / 1000) * 1000;
        self.event(number, what, at, &known)
    }
}

const BOUGHT: &str = r#"{"happened":{"signal":{"name":"Order Completed"},"test":{"figure":{"figure":"count","is":{"at_least":1},"during":{"last":"30 days"}}}}}"#;

/// One of each kind that the random events can move.
const MANY: [&str; 9] = [
    BOUGHT,
    r#"{"happened":{"signal":{"name":"Order Completed","field":"total"},"test":{"figure":{"figure":"sum","is":{"above":100},"during":{"last":"60 days"}}}}}"#,
    r#"{"all":[{"happened":{"signal":{"name":"Email Opened"},"test":{"figure":{"figure":"count","is":{"equals":0},"during":{"last":"45 days"}}}}},{"not":{"trait":{"key":"city","test":{"value":{"is":["Lodi"]}}}}}]}"#,
    r#"{"trait":{"key":"city","test":{"value":{"is":["milano","monza"]}}}}"#,
    r#"{"consent":{"purpose":"marketing","channel":"email","answer":"yes"}}"#,
    r#"{"sequence":{"first":{"name":"Product Viewed"},"during":{"last":"90 days"},"then":{"name":"Order Completed"},"within":"20 days","without":{"name":"Email Opened"}}}"#,
    r#"{"orders":{"figure":"revenue","is":{"at_least":50},"during":{"last":"30 days"}}}"#,
    r#"{"met":{"channel":"shop","last":"14 days"}}"#,
    r#"{"happened":{"signal":{"name":"Order Completed","where":[{"field":"channel","test":{"is":["shop"]}}]},"test":{"last":{"ago":["90 days","10 days"]}}}}"#,
];

/// What is in the tables is what asking again gives, for everybody.
async fn agrees(bench: &Bench, id: SegmentId, about: &str) {
    let members = bench.members(id).await;
    for row in bench.app.customers(None, 500).await.unwrap() {
        let why = bench.app.why_in_segment(id, row.id).await.unwrap();
        assert_eq!(
            why.explained.holds,
            members.contains(&row.id),
            "{about}: {id} {}",
            row.id
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_in_with_the_event_and_out_at_the_very_instant() {
    let bench = Bench::open().await;
    let id = bench.make("Bought", BOUGHT).await;
    let mut chance = StdRng::seed_from_u64(1);
    let order = (
        EventKind::Track,
        "Order Completed",
        r#"{"order_id":"o-1","total":20}"#,
    );
    let event = bench.event(1, order, START, &[(Kind::UserId, "u-1")]);
    bench.send(&[event], &mut chance).await;
    bench.app.segments_settled().await.unwrap();
    assert_eq!(bench.members(id).await.len(), 1);
    // Cold: the timer finds them in the tables.
    let bench = bench.reopened().await;
    bench.at(START + 30 * DAY - 1).await;
    assert_eq!(bench.members(id).await.len(), 1);
    bench.at(START + 30 * DAY).await;
    assert_eq!(bench.members(id).await.len(), 0);
    let turns = bench.app.segment_turns(id, 0, 10).await.unwrap();
    let told: Vec<(bool, i64)> = turns.iter().map(|turn| (turn.is_in, turn.at.0)).collect();
    assert_eq!(told, [(true, START), (false, START + 30 * DAY)]);
    bench.app.shut_down().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_makes_no_difference_whether_the_segment_or_the_events_came_first() {
    for seed in 0..4 {
        let mut chance = StdRng::seed_from_u64(seed);
        let (first, last) = (Bench::open().await, Bench::open().await);
        let mut events: Vec<Event> = (0..300)
            .map(|number| first.random(number, &mut chance))
            .collect();
        let mut before = Vec::new();
        for (place, condition) in MANY.iter().enumerate() {
            before.push(first.make(&format!("s-{place}"), condition).await);
        }
        first.send(&events, &mut chance).await;
        let first = if seed % 2 == 0 {
            first.reopened().await
        } else {
            first
        };
        events.shuffle(&mut chance);
        last.send(&events, &mut chance).await;
        let mut after = Vec::new();
        for (place, condition) in MANY.iter().enumerate() {
            after.push(last.make(&format!("s-{place}"), condition).await);
        }
        let mut now = START;
        for _ in 0..6 {
            first.at(now).await;
            last.at(now).await;
            for (one, other) in before.iter().zip(&after) {
                let about = format!("seed {seed} at {now}");
                agrees(&first, *one, &about).await;
                assert_eq!(
                    first.members(*one).await,
                    last.members(*other).await,
                    "{about}"
                );
            }
            now += chance.random_range(0..20 * DAY);
        }
        // What was never sent is in no segment either.
        let run = Removal::Run {
            source: IMPORT,
            received_at: RUN,
        };
        first.app.remove(run).await.unwrap();
        first.at(now).await;
        for id in &before {
            agrees(&first, *id, &format!("seed {seed}, taken out")).await;
        }
        first.app.rebuild().await.unwrap();
        first.at(now).await;
        for id in &before {
            agrees(&first, *id, &format!("seed {seed}, made anew")).await;
        }
        first.app.shut_down().await.unwrap();
        last.app.shut_down().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_is_changed_put_away_and_brought_back() {
    let bench = Bench::open().await;
    let actor = Actor::operator();
    let mut chance = StdRng::seed_from_u64(5);
    let events: Vec<Event> = (0..80)
        .map(|number| bench.random(number, &mut chance))
        .collect();
    bench.send(&events, &mut chance).await;
    let id = bench.make("Bought", BOUGHT).await;
    bench.at(START).await;
    let view: SegmentView = bench.app.segment(id).await.unwrap();
    assert!(view.is_filled() && view.members > 0);
    let before = bench.members(id).await;

    let mut draft = SegmentDraft {
        name: "Not bought".to_owned(),
        description: String::new(),
        condition: filo_core::segment::Condition::Not(Box::new(view.condition.clone())),
    };
    let changed = bench
        .app
        .change_segment(&actor, (id, 1), draft.clone())
        .await
        .unwrap();
    assert_eq!(changed.row.version, 2);
    bench.at(START).await;
    assert!(bench.members(id).await.is_disjoint(&before));
    agrees(&bench, id, "changed").await;
    // Whoever saw the version before is told so.
    assert!(
        bench
            .app
            .change_segment(&actor, (id, 1), draft.clone())
            .await
            .is_err()
    );

    let other = bench
        .make("Others", &format!(r#"{{"segment":"{id}"}}"#))
        .await;
    bench.at(START).await;
    assert_eq!(bench.members(other).await, bench.members(id).await);
    assert!(
        bench.app.archive_segment(&actor, id).await.is_err(),
        "another is made of it"
    );
    draft.condition = filo_core::segment::Condition::Segment(other);
    assert!(
        bench
            .app
            .change_segment(&actor, (id, 2), draft)
            .await
            .is_err(),
        "a circle"
    );
    bench.app.archive_segment(&actor, other).await.unwrap();
    bench.app.archive_segment(&actor, id).await.unwrap();
    bench.at(START).await;
    assert!(bench.members(id).await.is_empty());
    bench.app.restore_segment(&actor, id).await.unwrap();
    bench.at(START).await;
    agrees(&bench, id, "brought back").await;
    assert!(!bench.members(id).await.is_empty());
    bench.app.shut_down().await.unwrap();
}
