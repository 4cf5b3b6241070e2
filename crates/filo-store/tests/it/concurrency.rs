//! Many at once: appends of many tasks, readers beside a writer, one process per folder.

use filo_core::time::Timestamp;
use filo_store::{Db, Error, Location, Options, log, setting};
use tokio::task::JoinSet;

use crate::with_store;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_never_sees_a_gap_in_the_log() {
    const WRITERS: u32 = 8;
    const EACH: u32 = 40;
    with_store(async |db| {
        let mut tasks = JoinSet::new();
        for writer in 0..WRITERS {
            let db = db.clone();
            tasks.spawn(async move {
                for _ in 0..EACH {
                    log::append(&db, Timestamp(1), writer, b"payload")
                        .await
                        .unwrap();
                }
            });
        }
        let mut last = 0;
        while last < i64::from(WRITERS * EACH) {
            for row in log::after(db, last, 1000, usize::MAX).await.unwrap() {
                assert_eq!(row.seq, last + 1);
                last = row.seq;
            }
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap();
        }
        assert_eq!(
            log::bounds(db).await.unwrap().count,
            i64::from(WRITERS * EACH)
        );
    })
    .await;
}

#[tokio::test]
async fn a_reader_keeps_its_snapshot_while_a_writer_commits() {
    with_store(async |db| {
        let mut reader = db.read().await.unwrap();
        assert_eq!(setting::get(&mut reader, "name").await.unwrap(), None);
        let mut writer = db.begin().await.unwrap();
        setting::put(&mut writer, "name", "1", 0, Timestamp(1))
            .await
            .unwrap();
        writer.commit().await.unwrap();
        assert_eq!(
            setting::get(&mut reader, "name").await.unwrap(),
            None,
            "the snapshot holds"
        );
        drop(reader);
        let mut later = db.read().await.unwrap();
        assert!(setting::get(&mut later, "name").await.unwrap().is_some());
        let written = setting::put(&mut later, "name", "2", 1, Timestamp(2)).await;
        assert!(written.is_err(), "a reader cannot write");
    })
    .await;
}

#[tokio::test]
async fn what_was_not_committed_did_not_happen() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        setting::put(&mut tx, "name", "1", 0, Timestamp(1))
            .await
            .unwrap();
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(setting::get(&mut tx, "name").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn appends_do_not_wait_for_a_checkpoint_that_writes() {
    with_store(async |db| {
        let mut checkpoint = db.begin().await.unwrap();
        setting::put(&mut checkpoint, "name", "1", 0, Timestamp(1))
            .await
            .unwrap();
        // With one file for both this would wait until the busy timeout.
        assert_eq!(log::append(db, Timestamp(1), 1, b"x").await.unwrap(), 1);
        assert_eq!(log::drop_through(db, 1).await.unwrap(), 1);
        checkpoint.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_second_process_is_told_that_the_folder_is_in_use() {
    let scratch = tempfile::tempdir().unwrap();
    let location = Location::Sqlite {
        folder: scratch.path().to_path_buf(),
    };
    let options = Options {
        ballast_bytes: 1 << 20,
        ..Options::default()
    };
    let first = Db::open(&location, &options).await.unwrap();
    let refused = Db::open(&location, &options).await.unwrap_err();
    assert!(matches!(refused, Error::InUse(_)));
    assert!(
        refused.to_string().contains("another Filo process"),
        "{refused}"
    );
    first.close().await.unwrap();
    Db::open(&location, &options).await.unwrap();
}
