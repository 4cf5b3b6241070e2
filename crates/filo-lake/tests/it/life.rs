//! Files come into use and go out of it without a reader noticing.

use std::fs;
use std::path::Path;

use filo_lake::{Lake, Options};

use crate::{Place, sample, sorted};

fn files_in(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let count = |entry: fs::DirEntry| {
        if entry.path().is_dir() {
            files_in(&entry.path())
        } else {
            1
        }
    };
    entries.map(|entry| count(entry.unwrap())).sum()
}

#[test]
fn nothing_is_seen_before_it_is_published() {
    let place = Place::small();
    let events = sample::events(0..50, 5);
    let files = place.lake.write(&events, (3, 9), 1).unwrap();
    assert_eq!(
        (files[0].first_seq, files[0].last_seq, files[0].level),
        (3, 9, 0)
    );
    assert_eq!(place.lake.events().count(), 0);
    assert!(!place.lake.contains(events[0].id).unwrap());
    place.lake.publish(&files, &[]).unwrap();
    place.lake.publish(&files, &[]).unwrap();
    assert_eq!(place.everything(), sorted(events));
}

#[test]
fn what_will_not_be_published_is_deleted() {
    let place = Place::small();
    let files = place
        .lake
        .write(&sample::events(0..50, 5), (0, 0), 1)
        .unwrap();
    place.lake.discard(&files);
    assert_eq!(files_in(&place.folder.path().join("events")), 0);
    assert_eq!(files_in(&place.folder.path().join("seen")), 0);
    assert!(place.lake.publish(&files, &[]).is_err());
}

#[test]
fn replaced_files_are_read_to_the_end_and_then_deleted() {
    let mut place = Place::small();
    place.add(&sample::events(0..3000, 50));
    place.add(&sample::events(3000..3100, 50));
    let mut reading = place.lake.events();
    assert!(reading.next().unwrap().is_ok());
    place.merge(true);
    let merged = place.lake.list().remove(0);
    let on_disk = |kind: &str| files_in(&place.folder.path().join(kind));
    assert_eq!((on_disk("events"), on_disk("seen")), (3, 3));
    assert_eq!(reading.by_ref().map(Result::unwrap).count(), 3099);
    drop(reading);
    assert_eq!((on_disk("events"), on_disk("seen")), (1, 1));
    assert_eq!(merged.rows, 3100);
}

#[test]
fn a_lake_opens_again_from_its_list() {
    let mut place = Place::small();
    let events = sample::events(0..500, 9);
    place.add(&events[..200]);
    place.add(&events[200..]);
    let again = Lake::open(
        place.folder.path(),
        sample::KEY,
        place.lake.list(),
        Options::default(),
    )
    .unwrap();
    assert_eq!(again.stats(), place.lake.stats());
    assert_eq!(
        sorted(again.events().map(Result::unwrap).collect()),
        sorted(events.clone())
    );
    assert!(again.contains(events[7].id).unwrap());
    assert_eq!(again.list(), place.lake.list());
}

#[test]
fn a_sweep_takes_only_what_a_crash_left() {
    let mut place = Place::small();
    place.add(&sample::events(0..20, 5));
    let root = place.folder.path();
    // Written before a crash, and in no list.
    place
        .lake
        .write(&sample::events(20..40, 5), (0, 0), 50)
        .unwrap();
    fs::write(root.join("unfinished/events-000051-202611"), b"half").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let again = Lake::open(root, sample::KEY, place.lake.list(), Options::default()).unwrap();
    let fresh = again.write(&sample::events(40..60, 5), (0, 0), 52).unwrap();
    let mut swept = again.sweep().unwrap();
    swept.sort();
    assert_eq!(swept.len(), 3, "{swept:?}");
    assert!(
        swept[0].contains("events/month=2026-11/000050-"),
        "{swept:?}"
    );
    assert!(swept[1].contains("seen/month=2026-11/000050-"), "{swept:?}");
    assert_eq!(swept[2], "unfinished/events-000051-202611");
    again.publish(&fresh, &[]).unwrap();
    assert_eq!(again.events().map(Result::unwrap).count(), 40);
    assert!(again.sweep().unwrap().is_empty());
}

#[test]
fn an_empty_lake_answers() {
    let place = Place::small();
    assert!(place.lake.write(&[], (0, 0), 1).unwrap().is_empty());
    assert_eq!(place.lake.events().count(), 0);
    assert!(place.lake.compaction().is_none());
    assert!(
        place
            .lake
            .timeline(&[sample::event(1, 1).thread], None, 9)
            .unwrap()
            .is_empty()
    );
    assert!(place.lake.verify().unwrap().is_empty());
    assert!(place.lake.sweep().unwrap().is_empty());
}
