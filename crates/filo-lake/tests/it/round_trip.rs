//! Random events, with every odd text and instant, come back equal.

use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{EventId, NodeId, SourceId};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;
use filo_lake::Options;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{Place, sample, sorted};

fn trust() -> impl Strategy<Value = Trust> {
    select(vec![Trust::Claimed, Trust::Verified, Trust::Staff])
}

fn identifier() -> impl Strategy<Value = Identifier> {
    (
        select(Kind::ALL.to_vec()),
        "\\PC{0,20}|[\"\\\\\u{1}\n\u{7f}]{0,5}",
    )
        .prop_map(|(kind, value)| Identifier {
            kind,
            value: value.into(),
        })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\\PC{0,40}",
        "\\{\"[a-z]{1,5}\":[0-9]{1,9}\\}"
    ]
}

fn message_id() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,30}",
        "(ajs-next-[0-9]{13}-|node-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ]
}

/// Two months of receipt, and threads and instants so few that many are equal.
pub(crate) fn event() -> impl Strategy<Value = Event> {
    let when = (
        0i64..6,
        0i64..50,
        proptest::option::of(any::<i64>()),
        any::<bool>(),
    );
    let what = (
        select(EventKind::ALL.to_vec()),
        trust(),
        select(Channel::ALL.to_vec()),
    );
    let who = proptest::collection::vec(identifier(), 0..4);
    let texts = (message_id(), text(), text(), text());
    (when, what, who, texts, 0u32..3, 0u128..12).prop_map(
        |((at, received, original, suspect), what, who, texts, source, thread)| {
            let received_at = sample::NOVEMBER.plus_seconds(received * 86_400);
            Event {
                id: sample::KEY.event_id(SourceId(source), &texts.0),
                thread: NodeId(thread << 120 | thread),
                at: sample::NOVEMBER.plus_micros(at - 3),
                received_at,
                original_at: original.map(Timestamp),
                clock_suspect: suspect,
                kind: what.0,
                trust: what.1,
                channel: what.2,
                source: SourceId(source),
                message_id: texts.0.into(),
                name: texts.1.into(),
                identifiers: who.into_iter().collect(),
                properties: texts.2.into(),
                context: texts.3.into(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn random_events_come_back(mut events in proptest::collection::vec(event(), 1..120)) {
        // The engine never hands the lake two events of one id.
        let mut ids = std::collections::BTreeSet::new();
        events.retain(|event| ids.insert(event.id));
        let mut place = Place::small();
        place.add(&events);
        let expected = sorted(events);
        let read = place.everything();
        prop_assert_eq!(&read, &expected);
        for event in &expected {
            prop_assert!(place.lake.contains(event.id).unwrap());
        }
        prop_assert!(!place.lake.contains(EventId(1)).unwrap());
        prop_assert_eq!(place.lake.verify().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn files_are_parted_by_month_of_receipt() {
    let mut place = Place::small();
    let mut events = sample::events(0..300, 10);
    for event in &mut events[..100] {
        event.received_at = event.received_at.plus_seconds(-31 * 86_400);
    }
    place.add(&events);
    let files = place.lake.list();
    let months: Vec<(i32, u64)> = files.iter().map(|file| (file.month, file.rows)).collect();
    assert_eq!(months, [(202_610, 100), (202_611, 200)]);
    assert!(
        files[0].name.starts_with("events/month=2026-10/000001-"),
        "{}",
        files[0].name
    );
    assert_eq!(place.everything(), sorted(events));
}

/// The figure. The sample is harder than the benches' requests: contexts differ by
/// person and page, and there are as many events per customer as there (20).
#[test]
fn an_event_takes_less_than_sixty_bytes() {
    let mut place = Place::new(Options::default());
    place.add(&sample::events(0..40_000, 2000));
    let stats = place.lake.stats();
    let bytes = (stats.bytes + stats.seen_bytes) / stats.rows;
    assert!(bytes < 60, "{bytes} bytes per event");
}
