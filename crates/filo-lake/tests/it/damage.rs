//! A torn or changed file is an error that names it, never a panic and never a wrong event.

use std::fs;
use std::path::PathBuf;

use filo_lake::{Lake, LakeFile, Options};

use crate::{Place, sample};

fn written() -> (Place, LakeFile) {
    let mut place = Place::small();
    place.add(&sample::events(0..400, 20));
    let file = place.lake.list().remove(0);
    (place, file)
}

fn reopen(place: &Place, file: &LakeFile) -> filo_lake::Result<Lake> {
    Lake::open(
        place.folder.path(),
        sample::KEY,
        vec![file.clone()],
        Options::default(),
    )
}

fn path(place: &Place, name: &str) -> PathBuf {
    place.folder.path().join(name)
}

#[test]
fn a_torn_file_is_named() {
    let (place, mut file) = written();
    let bytes = fs::read(path(&place, &file.name)).unwrap();
    fs::write(path(&place, &file.name), &bytes[..bytes.len() - 100]).unwrap();
    let error = reopen(&place, &file).unwrap_err().to_string();
    assert!(error.contains(&file.name), "{error}");
    // Even if the list knew the wrong size.
    file.bytes -= 100;
    let lake = reopen(&place, &file).unwrap();
    let error = lake.events().find_map(Result::err).unwrap().to_string();
    assert!(error.contains(&file.name), "{error}");
    assert!(!lake.verify().unwrap().is_empty());
}

#[test]
fn a_missing_file_is_named() {
    let (place, file) = written();
    fs::remove_file(path(&place, &file.name)).unwrap();
    assert!(
        reopen(&place, &file)
            .unwrap_err()
            .to_string()
            .contains(&file.name)
    );
}

#[test]
fn a_torn_or_changed_run_is_refused() {
    let (place, file) = written();
    let name = file.seen.clone().unwrap();
    let bytes = fs::read(path(&place, &name)).unwrap();
    let torn = [
        &bytes[..bytes.len() / 2],
        &bytes[1..],
        &bytes[..0],
        &bytes[..40],
    ];
    for torn in torn {
        fs::write(path(&place, &name), torn).unwrap();
        let error = reopen(&place, &file).unwrap_err().to_string();
        assert!(error.contains(&name), "{error}");
    }
    let mut changed = bytes.clone();
    let in_filter = bytes.len() - 100;
    changed[in_filter] ^= 1;
    fs::write(path(&place, &name), changed).unwrap();
    assert!(reopen(&place, &file).is_err());
}

/// Every bit matters: whichever byte changes, the check finds it.
#[test]
fn the_check_finds_a_changed_byte() {
    let (place, file) = written();
    for name in [&file.name, file.seen.as_ref().unwrap()] {
        let bytes = fs::read(path(&place, name)).unwrap();
        for at in (0..bytes.len()).step_by(bytes.len() / 60) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            fs::write(path(&place, name), &changed).unwrap();
            let found = reopen(&place, &file).map_or(1, |lake| lake.verify().unwrap().len());
            assert!(found > 0, "byte {at} of {name} changed unseen");
        }
        fs::write(path(&place, name), &bytes).unwrap();
    }
    assert_eq!(
        reopen(&place, &file).unwrap().verify().unwrap(),
        Vec::<String>::new()
    );
}

#[test]
fn the_check_compares_with_the_list() {
    let (place, file) = written();
    let mut wrong = file.clone();
    wrong.rows += 1;
    assert_eq!(reopen(&place, &wrong).unwrap().verify().unwrap().len(), 1);
    let mut wrong = file.clone();
    wrong.max_at = wrong.max_at.plus_micros(1);
    assert_eq!(reopen(&place, &wrong).unwrap().verify().unwrap().len(), 1);
    let other = {
        let files = place
            .lake
            .write(&sample::events(400..800, 20), (0, 0), 77)
            .unwrap();
        files[0].seen.clone()
    };
    let mut wrong = file;
    wrong.seen = other;
    assert!(!reopen(&place, &wrong).unwrap().verify().unwrap().is_empty());
}
