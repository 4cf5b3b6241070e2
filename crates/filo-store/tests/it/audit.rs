//! The audit log in the tables: one chain whoever appends, and nothing changed unseen.

use filo_core::audit::{Act, Chain, Entry, Fault, Head, Party};
use filo_core::id::KeyId;
use filo_core::time::Timestamp;
use filo_store::audit::{self, Filter};
use filo_store::{Db, Location, Options};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use tokio::task::JoinSet;

use crate::with_store;

fn entry(number: i64) -> Entry {
    let act = if number % 2 == 0 {
        Act::KeyMade
    } else {
        Act::NoteAdded
    };
    let mut entry = Entry::new(Timestamp(number), Party::Key, act).about(KeyId(9));
    entry.actor = Some(KeyId(u128::try_from(number % 3).unwrap()).into());
    entry
}

async fn append(db: &Db, number: i64) -> Head {
    let mut tx = db.begin().await.unwrap();
    let head = audit::append(&mut tx, &entry(number)).await.unwrap();
    tx.commit().await.unwrap();
    head
}

async fn walk(db: &Db, noted: Option<Head>) -> (Head, Vec<Fault>) {
    let mut tx = db.read().await.unwrap();
    let stored = audit::head(&mut tx).await.unwrap();
    let mut chain = Chain::new(noted.into_iter().chain([stored]).collect());
    let rows = audit::after(&mut tx, 0, 10_000).await.unwrap();
    rows.iter().for_each(|row| chain.take(row));
    chain.end()
}

#[tokio::test]
async fn entries_are_appended_and_read_back() {
    with_store(async |db| {
        assert_eq!(walk(db, None).await, (Head::BEGINNING, vec![]));
        let mut head = Head::BEGINNING;
        for number in 0..7 {
            head = append(db, number).await;
        }
        assert_eq!(walk(db, None).await, (head, vec![]));
        let mut tx = db.read().await.unwrap();
        let seqs = async |filter: Filter, before| {
            let mut tx = db.read().await.unwrap();
            let rows = audit::list(&mut tx, &filter, before, 3).await.unwrap();
            rows.iter().map(|row| row.seq).collect::<Vec<_>>()
        };
        assert_eq!(seqs(Filter::default(), None).await, [7, 6, 5]);
        assert_eq!(seqs(Filter::default(), Some(5)).await, [4, 3, 2]);
        let act = Some("note_added".to_owned());
        assert_eq!(
            seqs(
                Filter {
                    act,
                    ..Filter::default()
                },
                None
            )
            .await,
            [6, 4, 2]
        );
        let actor = Some(KeyId(1).to_string());
        assert_eq!(
            seqs(
                Filter {
                    actor,
                    ..Filter::default()
                },
                None
            )
            .await,
            [5, 2]
        );
        let party = Some("key".to_owned());
        let (from, until) = (Some(Timestamp(1)), Some(Timestamp(3)));
        let filter = Filter {
            actor: party,
            from,
            until,
            act: None,
        };
        assert_eq!(seqs(filter, None).await, [3, 2]);
        assert_eq!(audit::head(&mut tx).await.unwrap(), head);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_leaves_no_gap() {
    with_store(async |db| {
        append(db, 1).await;
        let mut tx = db.begin().await.unwrap();
        audit::append(&mut tx, &entry(2)).await.unwrap();
        drop(tx);
        let head = append(db, 3).await;
        assert_eq!(head.seq, 2);
        assert_eq!(walk(db, None).await, (head, vec![]));
    })
    .await;
}

#[tokio::test]
async fn many_who_append_at_once_make_one_chain() {
    with_store(async |db| {
        let mut all = JoinSet::new();
        for writer in 0..8 {
            let db = db.clone();
            all.spawn(async move {
                for number in 0..10 {
                    append(&db, writer * 10 + number).await;
                }
            });
        }
        while let Some(ended) = all.join_next().await {
            ended.unwrap();
        }
        let (head, faults) = walk(db, None).await;
        assert_eq!((head.seq, faults), (80, vec![]));
    })
    .await;
}

/// What somebody with the file in hand can do to it, in SQL, and what is then found.
#[tokio::test]
async fn what_is_done_to_the_file_is_found() {
    let tamperings = [
        "UPDATE audit SET detail = 'x' WHERE seq = 3",
        "UPDATE audit SET at = at + 1 WHERE seq = 5",
        "UPDATE audit SET actor = NULL WHERE seq = 1",
        "UPDATE audit SET hash = zeroblob(32) WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit",
        "UPDATE audit SET seq = -seq WHERE seq IN (2, 3); \
         UPDATE audit SET seq = 5 + seq WHERE seq < 0",
        "INSERT INTO audit SELECT 6, at, party, actor, act, subject, detail, hash FROM audit \
         WHERE seq = 5; UPDATE audit_head SET seq = 6",
        "DELETE FROM audit WHERE seq > 3; UPDATE audit_head SET seq = 3, \
         hash = (SELECT hash FROM audit WHERE seq = 3)",
    ];
    for sql in tamperings {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite {
            folder: folder.path().to_owned(),
        };
        let options = Options {
            ballast_bytes: 0,
            ..Options::default()
        };
        let db = Db::open(&location, &options).await.unwrap();
        let mut noted = Head::BEGINNING;
        for number in 0..5 {
            noted = append(&db, number).await;
        }
        assert_eq!(walk(&db, Some(noted)).await.1, []);
        db.close().await.unwrap();
        let url = format!("sqlite://{}", folder.path().join("state.db").display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let db = Db::open(&location, &options).await.unwrap();
        let (_, faults) = walk(&db, Some(noted)).await;
        assert!(!faults.is_empty(), "{sql}");
        db.close().await.unwrap();
    }
}
