//! Disks that lose what they may lose, and nothing else.

use super::*;

const FILE: FileId = FileId(0);

fn created() -> Operation {
    Operation::Create {
        file: FILE,
        name: "data/log.db".into(),
    }
}

fn write(offset: u64, bytes: &[u8]) -> Operation {
    Operation::Write {
        file: FILE,
        offset,
        bytes: bytes.to_vec(),
    }
}

fn folder_synced() -> Operation {
    Operation::SyncFolder {
        folder: "data".into(),
    }
}

const SYNCED: Operation = Operation::Sync { file: FILE };
const SYNC_FAILED: Operation = Operation::SyncFailed { file: FILE };

fn found(operations: &[Operation], cut: Cut) -> Option<Vec<u8>> {
    let mut disk = Disk::default();
    for operation in operations {
        disk.play(operation);
    }
    disk.image(cut).files.remove(Path::new("data/log.db"))
}

#[test]
fn a_kill_keeps_what_a_power_cut_drops() {
    let operations = [
        created(),
        write(0, b"safe"),
        SYNCED,
        folder_synced(),
        write(4, b"gone"),
    ];
    assert_eq!(found(&operations, Cut::Kill).unwrap(), b"safegone");
    assert_eq!(found(&operations, Cut::PowerDropsAll).unwrap(), b"safe");
    assert_eq!(found(&operations[..3], Cut::Kill).unwrap(), b"safe");
    assert_eq!(
        found(&operations[..3], Cut::PowerDropsAll),
        None,
        "the name was not safe"
    );
}

#[test]
fn a_removed_name_comes_back_until_its_folder_is_synced() {
    let removed = Operation::Remove {
        name: "data/log.db".into(),
    };
    let mut operations = vec![created(), write(0, b"x"), SYNCED, folder_synced(), removed];
    assert_eq!(found(&operations, Cut::Kill), None);
    assert_eq!(found(&operations, Cut::PowerDropsAll).unwrap(), b"x");
    operations.push(folder_synced());
    assert_eq!(found(&operations, Cut::PowerDropsAll), None);
}

#[test]
fn what_a_failed_sync_left_behind_is_never_safe_but_what_follows_is() {
    let operations = [
        created(),
        folder_synced(),
        write(0, b"aaaa"),
        SYNCED,
        write(0, b"bb"),
        SYNC_FAILED,
        write(1, b"cc"),
        SYNCED,
    ];
    assert_eq!(found(&operations, Cut::Kill).unwrap(), b"bcca");
    assert_eq!(found(&operations, Cut::PowerDropsAll).unwrap(), b"acca");
}

#[test]
fn some_is_any_choice_of_what_was_not_synced() {
    let operations = [
        created(),
        write(0, b"0000"),
        SYNCED,
        folder_synced(),
        write(0, b"1"),
        write(1, b"2"),
        Operation::Truncate {
            file: FILE,
            length: 3,
        },
    ];
    let mut seen: Vec<Vec<u8>> = (0..400)
        .map(|seed| found(&operations, Cut::PowerKeepsSome(seed)).unwrap())
        .collect();
    seen.sort();
    seen.dedup();
    let choices: [&[u8]; 8] = [
        b"000", b"0000", b"020", b"0200", b"100", b"1000", b"120", b"1200",
    ];
    assert_eq!(seen, choices);
}

#[test]
fn a_write_is_torn_between_sectors_and_only_the_last_one() {
    let operations = [
        created(),
        folder_synced(),
        write(0, &[1; 600]),
        write(600, &[2; 1000]),
    ];
    let torn = |cut| found(&operations, cut).unwrap();
    let lengths: Vec<usize> = (0..200)
        .map(|seed| torn(Cut::KillInsideWrite(seed)).len())
        .collect();
    for length in [600, 1024, 1536] {
        assert!(lengths.contains(&length), "{length}");
    }
    assert!(
        lengths
            .iter()
            .all(|length| [600, 1024, 1536].contains(length))
    );
    let holes = (0..200).map(|seed| torn(Cut::PowerTearsLast(seed)));
    assert!(
        holes
            .into_iter()
            .any(|content| content.len() == 1600 && content[700] == 0),
        "a later sector may be there without an earlier one"
    );
    assert!(
        found(&operations[..3], Cut::KillInsideWrite(1))
            .unwrap()
            .len()
            < 600
    );
    let then_synced = [&operations[..], &[SYNCED]].concat();
    assert_eq!(
        found(&then_synced, Cut::PowerTearsLast(1)).unwrap().len(),
        1600
    );
}
