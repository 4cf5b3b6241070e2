//! A timeline is what reading everything and filtering gives.

use std::collections::HashSet;

use filo_core::event::Event;
use filo_core::id::{EventId, NodeId};
use filo_core::time::Timestamp;
use proptest::prelude::*;

use crate::round_trip::event;
use crate::{Place, sample};

fn naive(
    events: &[Event],
    threads: &[NodeId],
    before: Option<(Timestamp, EventId)>,
    limit: usize,
) -> Vec<Event> {
    let mut found: Vec<Event> = events
        .iter()
        .filter(|event| threads.contains(&event.thread))
        .filter(|event| before.is_none_or(|before| (event.at, event.id) < before))
        .cloned()
        .collect();
    found.sort_by_key(|event| std::cmp::Reverse((event.at, event.id)));
    let mut seen = HashSet::new();
    found.retain(|event| seen.insert(event.id));
    found.truncate(limit);
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_page_is_the_naive_one(
        events in proptest::collection::vec(event(), 1..200),
        files in 1usize..5,
        threads in proptest::collection::vec(0u128..13, 0..5),
        limit in 0usize..40,
        cursor in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut place = Place::small();
        for part in events.chunks(events.len().div_ceil(files)) {
            place.add(part);
        }
        let threads: Vec<NodeId> =
            threads.into_iter().map(|thread| NodeId(thread << 120 | thread)).collect();
        let before = cursor.map(|cursor| {
            let event = cursor.get(&events);
            (event.at, event.id)
        });
        let page = place.lake.timeline(&threads, before, limit).unwrap();
        prop_assert_eq!(page, naive(&events, &threads, before, limit));
    }
}

#[test]
fn pages_follow_one_another() {
    let mut place = Place::small();
    for part in 0..4 {
        place.add(&sample::events(part * 500..(part + 1) * 500, 20));
    }
    let all = place.everything();
    let threads: Vec<NodeId> = [3, 5, 8].map(|number| all[number * 90].thread).to_vec();
    let mut pages = Vec::new();
    let mut before = None;
    loop {
        let page = place.lake.timeline(&threads, before, 7).unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.at, last.id));
        pages.extend(page);
    }
    assert!(pages.len() > 100);
    assert_eq!(pages, naive(&all, &threads, None, usize::MAX));
}
