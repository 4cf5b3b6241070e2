//! A workspace with a clock that the test moves, and people to whom anything may happen.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU32, Ordering};

use compact_str::CompactString;
use filo_app::segment::SegmentDraft;
use filo_app::{Actor, App, Clock, Config, Location};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{CustomerId, SegmentId, SourceId};
use filo_core::identity::{Identifier, Kind};
use filo_core::segment::{Condition, Definition};
use filo_core::time::Timestamp;
use rand::Rng as _;
use rand::rngs::StdRng;

pub(crate) const START: i64 = 1_795_000_000_000_000;
pub(crate) const DAY: i64 = 86_400_000_000;
const OWN: SourceId = SourceId(2);
pub(crate) const IMPORT: SourceId = SourceId(3);
pub(crate) const RUN: Timestamp = Timestamp(START - 5_000);
const PEOPLE: u32 = 10;

/// Schemas of this run on PostgreSQL.
static SCHEMAS: AtomicU32 = AtomicU32::new(0);
/// Seeds of workspaces that are opened again; new ones have the same, and so the same ids.
static OPENED: AtomicU8 = AtomicU8::new(8);

#[expect(
    clippy::disallowed_methods,
    reason = "the variable chooses the database"
)]
fn server() -> Option<String> {
    std::env::var("FILO_TEST_DB").ok()
}

pub(crate) struct Bench {
    pub(crate) app: App,
    time: Arc<AtomicI64>,
    folder: tempfile::TempDir,
    store: Location,
}

impl Bench {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Config::in_folder(folder.path()).store;
        if let Some(url) = server() {
            let number = SCHEMAS.fetch_add(1, Ordering::Relaxed);
            let schema = format!("filo_segments_{}_{number}", std::process::id());
            store = Location::Postgres { url, schema };
        }
        Self::open_in(folder, store, START, 7).await
    }

    async fn open_in(folder: tempfile::TempDir, store: Location, now: i64, seed: u8) -> Self {
        let mut config = Config::in_folder(folder.path());
        config.store = store.clone();
        config.ballast_bytes = 0;
        // Small enough that customers are forgotten and loaded again.
        config.memory_bytes = 60_000;
        config.flush_events = 64;
        let time = Arc::new(AtomicI64::new(now));
        let read = Arc::clone(&time);
        let clock = Clock::new(move || Timestamp(read.load(Ordering::Relaxed)));
        let app = App::open(config, clock, [seed; 32]).await.unwrap();
        Self {
            app,
            time,
            folder,
            store,
        }
    }

    /// Closes it, and leaves nothing behind.
    pub(crate) async fn end(self) {
        self.app.shut_down().await.unwrap();
        if let Location::Postgres { url, schema } = &self.store {
            filo_store::drop_schema(url, schema).await.unwrap();
        }
    }

    pub(crate) async fn reopened(self) -> Self {
        self.app.shut_down().await.unwrap();
        drop(self.app);
        let now = self.time.load(Ordering::Relaxed);
        // Not the ids that were drawn before.
        let seed = OPENED.fetch_add(1, Ordering::Relaxed);
        Self::open_in(self.folder, self.store, now, seed).await
    }

    pub(crate) async fn at(&self, now: i64) {
        self.time.store(now, Ordering::Relaxed);
        self.app.segments_settled().await.unwrap();
    }

    pub(crate) async fn make(&self, name: &str, condition: &str) -> SegmentId {
        let draft = SegmentDraft {
            name: name.to_owned(),
            description: String::new(),
            condition: condition_of(condition),
        };
        let actor = Actor::operator();
        self.app.create_segment(&actor, draft).await.unwrap().row.id
    }

    pub(crate) async fn members(&self, id: SegmentId) -> BTreeSet<CustomerId> {
        let found = self.app.segment_members(id, None, 500).await.unwrap();
        found.into_iter().map(|member| member.customer).collect()
    }

    pub(crate) async fn send(&self, events: &[Event], chance: &mut StdRng) {
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

    pub(crate) fn event(
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

    pub(crate) fn random(&self, number: u32, chance: &mut StdRng) -> Event {
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

pub(crate) const BOUGHT: &str = r#"{"happened":{"signal":{"name":"Order Completed"},"test":{"figure":{"figure":"count","is":{"at_least":1},"during":{"last":"30 days"}}}}}"#;

/// One of each kind that the random events can move.
pub(crate) const MANY: [&str; 9] = [
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

/// A condition of its JSON.
pub(crate) fn condition_of(text: &str) -> Condition {
    let document = format!(r#"{{"version":1,"condition":{text}}}"#);
    Definition::from_json(&document).unwrap().into_condition()
}
