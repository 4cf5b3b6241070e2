//! The lease, and what the nodes of one store tell each other.

use std::time::Duration;

use filo_core::time::Timestamp;
use filo_store::lease::{self, Notice};
use filo_store::log;
use filo_store::position::{self, Position};

use crate::{server, with_store};

#[tokio::test]
async fn a_checkpoint_runs_under_the_lease() {
    with_store(async |db| {
        let mut lease = lease::acquire(db, "here")
            .await
            .unwrap()
            .expect("nobody else has it");
        lease.check().await.unwrap();
        let mut tx = lease.begin().await.unwrap();
        let to = Position {
            applied: 3,
            flushed: 0,
        };
        position::advance(&mut tx, &Position::default(), &to)
            .await
            .unwrap();
        lease::notify_applied(&mut tx, 3).await.unwrap();
        tx.commit().await.unwrap();
        lease.release().await.unwrap();
        assert_eq!(
            position::load(&mut db.read().await.unwrap()).await.unwrap(),
            to
        );
    })
    .await;
}

#[tokio::test]
async fn a_lost_lease_cannot_commit_and_another_node_takes_over() {
    let Some(url) = server() else {
        return println!("skipped: only PostgreSQL has several nodes");
    };
    with_store(async |db| {
        let holder = format!("lost-{}", std::process::id());
        let mut first = lease::acquire(db, &holder)
            .await
            .unwrap()
            .expect("nobody else has it");
        assert!(lease::acquire(db, "other").await.unwrap().is_none());

        let mut tx = first.begin().await.unwrap();
        let to = Position {
            applied: 3,
            flushed: 0,
        };
        position::advance(&mut tx, &Position::default(), &to)
            .await
            .unwrap();
        kill(&url, &holder).await;
        let committed = tx.commit().await;
        assert!(committed.unwrap_err().is_fatal());
        assert!(first.check().await.unwrap_err().is_fatal());

        let mut second = lease::acquire(db, "other")
            .await
            .unwrap()
            .expect("the first is gone");
        let mut tx = second.begin().await.unwrap();
        assert_eq!(position::load(&mut tx).await.unwrap(), Position::default());
    })
    .await;
}

/// Ends a session from outside, as a broken network would.
async fn kill(url: &str, holder: &str) {
    use sqlx::{Connection as _, PgConnection};
    let mut connection = PgConnection::connect(url).await.unwrap();
    let killed = sqlx::query(
        "SELECT pg_terminate_backend(pid, 5000)
           FROM pg_stat_activity
          WHERE application_name = 'filo engine ' || $1",
    )
    .bind(holder)
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert_eq!(killed.len(), 1);
}

#[tokio::test]
async fn nodes_hear_of_appends_and_of_what_was_applied() {
    with_store(async |db| {
        let mut listener = lease::listen(db).await.unwrap();
        log::append(db, Timestamp(1), 1, b"x").await.unwrap();
        let mut tx = db.begin().await.unwrap();
        lease::notify_applied(&mut tx, 1).await.unwrap();
        tx.commit().await.unwrap();
        if db.is_postgres() {
            assert_eq!(listener.next().await.unwrap(), Notice::Appended { seq: 1 });
            assert_eq!(listener.next().await.unwrap(), Notice::Applied { seq: 1 });
        } else {
            let heard = tokio::time::timeout(Duration::from_millis(20), listener.next()).await;
            assert!(heard.is_err(), "there is nobody else on SQLite");
        }
    })
    .await;
}
