//! What was reported as done is there after a crash (SQLite).

use std::path::Path;

use filo_core::time::Timestamp;
use filo_store::{Db, Location, Options, log, setting};

fn options() -> Options {
    Options {
        ballast_bytes: 1 << 20,
        ..Options::default()
    }
}

async fn open(folder: &Path) -> Db {
    Db::open(
        &Location::Sqlite {
            folder: folder.to_path_buf(),
        },
        &options(),
    )
    .await
    .unwrap()
}

/// The files as a process finds them after it was killed: nothing was closed.
fn crash_image(folder: &Path) -> tempfile::TempDir {
    let image = tempfile::tempdir().unwrap();
    for name in ["state.db", "state.db-wal", "log.db", "log.db-wal"] {
        std::fs::copy(folder.join(name), image.path().join(name)).unwrap();
    }
    image
}

#[tokio::test]
async fn acknowledged_rows_survive_a_kill_at_any_moment() {
    let scratch = tempfile::tempdir().unwrap();
    let db = open(scratch.path()).await;
    for round in 1..=30_i64 {
        let payload = vec![7; usize::try_from(round).unwrap() * 3000];
        assert_eq!(
            log::append(&db, Timestamp(round), 1, &payload)
                .await
                .unwrap(),
            round
        );
        let mut tx = db.begin().await.unwrap();
        setting::put(
            &mut tx,
            "round",
            &round.to_string(),
            round - 1,
            Timestamp(round),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        if round % 10 == 0 {
            db.tend().await.unwrap();
            let image = crash_image(scratch.path());
            let after = open(image.path()).await;
            let rows = log::after(&after, 0, 100, usize::MAX).await.unwrap();
            assert_eq!(rows.last().unwrap().seq, round);
            assert_eq!(rows.last().unwrap().payload, payload);
            let mut tx = after.read().await.unwrap();
            assert_eq!(
                setting::get(&mut tx, "round")
                    .await
                    .unwrap()
                    .unwrap()
                    .version,
                round
            );
        }
    }
}

#[tokio::test]
async fn closing_leaves_whole_files_and_the_ballast() {
    let scratch = tempfile::tempdir().unwrap();
    let db = open(scratch.path()).await;
    log::append(&db, Timestamp(1), 1, &vec![1; 100_000])
        .await
        .unwrap();
    db.release_ballast().unwrap();
    assert!(!scratch.path().join("ballast").exists());
    let sizes = db.sizes().await.unwrap();
    assert!(sizes.wal_bytes > 0 && sizes.state_bytes > 0);
    assert!(sizes.free_bytes.is_some_and(|bytes| bytes > 0));
    db.close().await.unwrap();
    assert!(scratch.path().join("ballast").exists());
    assert!(
        !scratch.path().join("log.db-wal").exists(),
        "the last connection removes it"
    );

    let db = open(scratch.path()).await;
    assert_eq!(log::last(&db).await.unwrap(), 1);
}

#[tokio::test]
async fn tending_lets_the_write_ahead_file_be_used_again() {
    let scratch = tempfile::tempdir().unwrap();
    let db = open(scratch.path()).await;
    let wal = || {
        std::fs::metadata(scratch.path().join("log.db-wal"))
            .unwrap()
            .len()
    };
    let payload = vec![1; 1 << 20];
    let mut most = 0;
    for _ in 0..40 {
        log::append(&db, Timestamp(1), 1, &payload).await.unwrap();
        db.tend().await.unwrap();
        most = most.max(wal());
    }
    assert!(
        most < 16 << 20,
        "40 MiB were appended, the file grew to {most} bytes"
    );
    assert_eq!(log::bounds(&db).await.unwrap().count, 40);
}

#[tokio::test]
async fn a_damaged_file_is_a_fatal_error() {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(scratch.path().join("state.db"), vec![b'x'; 20_000]).unwrap();
    let location = Location::Sqlite {
        folder: scratch.path().to_path_buf(),
    };
    let refused = Db::open(&location, &options()).await.unwrap_err();
    assert!(refused.is_fatal(), "{refused:?}");
    assert!(!refused.is_full());
}
