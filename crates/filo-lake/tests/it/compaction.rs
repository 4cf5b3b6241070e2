//! Merging files loses nothing, doubles nothing and leaves few.

use filo_core::id::EventId;
use filo_lake::{Error, Options};
use proptest::prelude::*;

use crate::round_trip::event;
use crate::{Place, sample, sorted};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_merge_keeps_everything_once(
        parts in proptest::collection::vec(proptest::collection::vec(event(), 1..60), 1..5),
        repeated in 0usize..60,
    ) {
        let mut place = Place::small();
        // One month: files of several months are never merged.
        let parts: Vec<Vec<_>> = parts
            .into_iter()
            .map(|mut part| {
                part.iter_mut().for_each(|event| event.received_at = sample::NOVEMBER);
                part
            })
            .collect();
        for part in &parts {
            place.add(part);
        }
        let mut all: Vec<_> = parts.concat();
        place.add(&all[..repeated.clamp(1, all.len())]);
        place.merge(true);
        all = sorted(all);
        // Two different events of the same id cannot be: the log is without repetitions.
        all.dedup_by_key(|event| (event.thread, event.at, event.id));
        prop_assert_eq!(place.lake.stats().files, 1);
        let read = place.everything();
        prop_assert_eq!(
            read.iter().map(|event| event.id).collect::<Vec<_>>(),
            all.iter().map(|event| event.id).collect::<Vec<_>>()
        );
        for event in &all {
            prop_assert!(place.lake.contains(event.id).unwrap());
        }
    }
}

#[test]
fn merges_go_on_until_few_files_are_left() {
    let mut place = Place::small();
    let mut all = Vec::new();
    for part in 0..20 {
        let events = sample::events(part * 150..(part + 1) * 150, 40);
        place.add(&events);
        all.extend(events);
        while place.merge(false) {}
    }
    let files = place.lake.list();
    assert!(files.len() <= 6, "{} files", files.len());
    assert!(files.iter().any(|file| file.level == 2));
    assert_eq!(place.lake.verify().unwrap(), Vec::<String>::new());
    assert_eq!(place.everything(), sorted(all.clone()));

    let mut ids: Vec<EventId> = all.iter().map(|event| event.id).collect();
    let unknown = sample::events(3000..6000, 40);
    ids.extend(unknown.iter().map(|event| event.id));
    let known = place.lake.contains_many(&ids).unwrap();
    assert!(known[..3000].iter().all(|known| *known));
    assert!(known[3000..].iter().all(|known| !known));
}

#[test]
fn files_that_are_not_in_use_are_not_merged() {
    let mut place = Place::new(Options::default());
    place.add(&sample::events(0..10, 2));
    let mut files = place.lake.list();
    files[0].name.push('x');
    let error = place.lake.compact(&files, 9).unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert!(place.lake.compact(&[], 9).is_err());
}

/// Large runs: buckets of many ids, with implied bytes, through a merge.
#[test]
fn ids_are_found_in_large_runs() {
    let mut place = Place::new(Options::default());
    let mut events = sample::events(0..1, 1);
    let template = events.remove(0);
    let numbered = |number: u64| {
        let mut event = template.clone();
        event.message_id = number.to_string().into();
        event.id = sample::KEY.event_id(event.source, &event.message_id);
        event
    };
    for part in 0..2 {
        place.add(
            &(part * 70_000..(part + 1) * 70_000)
                .map(numbered)
                .collect::<Vec<_>>(),
        );
    }
    place.merge(true);
    let ids: Vec<EventId> = (0..150_000).map(|number| numbered(number).id).collect();
    let known = place.lake.contains_many(&ids).unwrap();
    assert_eq!(known.iter().filter(|known| **known).count(), 140_000);
    assert!(known[..140_000].iter().all(|known| *known));
    let stats = place.lake.stats();
    assert!(
        stats.seen_bytes < stats.rows * 12,
        "{} bytes",
        stats.seen_bytes
    );
}
