//! A fold sees each thread once, whole and in order, however many workers there are.

use std::collections::BTreeMap;

use filo_core::event::{Channel, Event, EventKind, Heading};
use filo_core::id::NodeId;
use filo_core::time::Timestamp;
use filo_lake::{Called, Fold, Glance, Options, Sign, Texts};

use crate::{Place, sample};

/// Events per thread and a fingerprint of their order.
struct Count;

impl Fold for Count {
    type Partial = BTreeMap<NodeId, (usize, u64)>;
    type Output = BTreeMap<NodeId, (usize, u64)>;

    fn start(&self) -> Self::Partial {
        BTreeMap::new()
    }

    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, events: &[Event]) {
        assert!(events.iter().all(|event| event.thread == thread));
        let before = partial.insert(thread, fingerprint(events));
        assert_eq!(before, None, "a thread was visited twice");
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        for (thread, counted) in from {
            assert_eq!(
                into.insert(thread, counted),
                None,
                "a thread was visited twice"
            );
        }
    }

    fn finish(&self, partial: Self::Partial) -> Self::Output {
        partial
    }
}

fn fingerprint(events: &[Event]) -> (usize, u64) {
    let mut hasher = blake3::Hasher::new();
    for event in events {
        hasher.update(&event.id.to_bytes());
        hasher.update(event.properties.as_bytes());
    }
    (
        events.len(),
        u64::from_le_bytes(*hasher.finalize().as_bytes().first_chunk().unwrap()),
    )
}

fn naive(
    events: &[Event],
    period: Option<(Timestamp, Timestamp)>,
) -> BTreeMap<NodeId, (usize, u64)> {
    let mut threads: BTreeMap<NodeId, Vec<Event>> = BTreeMap::new();
    for event in events {
        if period.is_none_or(|(from, to)| (from..to).contains(&event.at)) {
            threads.entry(event.thread).or_default().push(event.clone());
        }
    }
    for events in threads.values_mut() {
        events.sort_by_key(|event| (event.at, event.id));
        events.dedup_by_key(|event| event.id);
    }
    threads
        .into_iter()
        .map(|(thread, events)| (thread, fingerprint(&events)))
        .collect()
}

#[test]
fn folds_are_the_naive_ones() {
    let mut place = Place::new(Options {
        row_group_rows: 9000,
        page_rows: 512,
        ..Options::default()
    });
    let mut all = Vec::new();
    for part in 0..4 {
        let events = sample::events(part * 20_000..(part + 1) * 20_000, 3000);
        place.add(&events);
        all.extend(events);
    }
    // A file that repeats events of the others changes nothing.
    place.add(&all[..1000]);
    // Both ends at an event: the first is in, the second is not.
    let (one, other) = (all[7].at, all[70_007].at);
    let week = (one.min(other), one.max(other));
    for period in [None, Some(week)] {
        let expected = naive(&all, period);
        for workers in 1..=4 {
            let folded = place.lake.fold(&Count, workers, period).unwrap();
            assert!(folded == expected, "{workers} workers differ");
        }
    }
}

/// The same, wanting no texts.
struct Bare;

impl Fold for Bare {
    type Partial = (usize, usize);
    type Output = (usize, usize);

    fn start(&self) -> Self::Partial {
        (0, 0)
    }

    fn visit(&self, partial: &mut Self::Partial, _thread: NodeId, events: &[Event]) {
        partial.0 += events.len();
        let texts =
            |event: &Event| event.properties.len() + event.context.len() + event.identifiers.len();
        partial.1 += events.iter().map(texts).sum::<usize>();
        assert!(events.iter().all(|event| !event.message_id.is_empty()));
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        *into = (into.0 + from.0, into.1 + from.1);
    }

    fn finish(&self, partial: Self::Partial) -> Self::Output {
        partial
    }

    fn texts(&self) -> Texts {
        Texts {
            identifiers: false,
            properties: false,
            context: false,
        }
    }
}

#[test]
fn what_a_fold_does_not_want_is_not_read() {
    let mut place = Place::small();
    place.add(&sample::events(0..700, 30));
    assert_eq!(place.lake.fold(&Bare, 2, None).unwrap(), (700, 0));
    assert_eq!(Place::small().lake.fold(&Bare, 2, None).unwrap(), (0, 0));
}

/// Events of one name, and those of a kind whatever they are called.
struct Chosen(&'static str, EventKind);

impl Chosen {
    fn is_meant(&self, event: &Event) -> bool {
        event.kind == self.1 || (event.kind == EventKind::Track && event.name == self.0)
    }
}

impl Fold for Chosen {
    type Partial = BTreeMap<NodeId, (usize, u64)>;
    type Output = BTreeMap<NodeId, (usize, u64)>;

    fn start(&self) -> Self::Partial {
        BTreeMap::new()
    }

    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, events: &[Event]) {
        assert!(events.iter().all(|event| self.is_meant(event)));
        partial.insert(thread, fingerprint(events));
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        into.extend(from);
    }

    fn finish(&self, partial: Self::Partial) -> Self::Output {
        partial
    }

    fn called(&self) -> Option<Called> {
        Some(Called::new([
            (EventKind::Track, self.0.into()),
            (self.1, "".into()),
        ]))
    }
}

#[test]
fn what_is_called_otherwise_is_passed_over() {
    let mut place = Place::new(Options {
        row_group_rows: 900,
        page_rows: 128,
        ..Options::default()
    });
    let mut all = Vec::new();
    for part in 0..3 {
        let events = sample::events(part * 2000..(part + 1) * 2000, 300);
        place.add(&events);
        all.extend(events);
    }
    let name = all.iter().find(|event| event.kind == EventKind::Track);
    let name: &'static str = String::leak(name.unwrap().name.to_string());
    let chosen = Chosen(name, EventKind::Identify);
    let meant: Vec<Event> = all
        .iter()
        .filter(|it| chosen.is_meant(it))
        .cloned()
        .collect();
    assert!(!meant.is_empty() && meant.len() < all.len());
    assert_eq!(
        place.lake.fold(&chosen, 2, None).unwrap(),
        naive(&meant, None)
    );
    let nobody = Chosen("Nobody Calls It So", EventKind::Decision);
    assert!(place.lake.fold(&nobody, 2, None).unwrap().is_empty());
}

/// When and where each thread did anything but introduce itself.
struct Doing;

type Done = BTreeMap<NodeId, Vec<(Timestamp, Channel)>>;

fn is_doing(event: &Heading<'_>) -> bool {
    event.kind != EventKind::Identify && !event.name.starts_with("Order")
}

impl Glance for Doing {
    type Partial = Done;
    type Output = Done;

    fn start(&self) -> Done {
        Done::new()
    }

    fn is_sign(&self, event: &Heading<'_>) -> bool {
        is_doing(event)
    }

    fn visit(&self, partial: &mut Done, thread: NodeId, signs: &[Sign]) {
        assert!(signs.iter().all(|sign| sign.thread == thread));
        let done = signs.iter().map(|sign| (sign.at, sign.channel));
        let before = partial.insert(thread, done.collect());
        assert_eq!(before, None, "a thread was visited twice");
    }

    fn merge(&self, into: &mut Done, from: Done) {
        into.extend(from);
    }

    fn finish(&self, partial: Done) -> Done {
        partial
    }
}

#[test]
fn a_glance_sees_when_and_where_of_what_was_chosen() {
    let mut place = Place::new(Options {
        row_group_rows: 900,
        page_rows: 128,
        ..Options::default()
    });
    let mut expected = Done::new();
    for part in 0..3 {
        let events = sample::events(part * 2000..(part + 1) * 2000, 300);
        place.add(&events);
        for event in events.iter().filter(|it| is_doing(&it.heading())) {
            let done = expected.entry(event.thread).or_default();
            done.push((event.at, event.channel));
        }
    }
    for done in expected.values_mut() {
        done.sort_unstable();
        done.dedup();
    }
    assert!(!expected.is_empty());
    for workers in 1..=3 {
        let seen = place.lake.glance(&Doing, workers).unwrap();
        assert!(seen == expected, "{workers} workers differ");
    }
    assert!(Place::small().lake.glance(&Doing, 2).unwrap().is_empty());
}
