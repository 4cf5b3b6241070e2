//! Audiences: who is in, what is wanted at the platform, and what is to be done about it.

use filo_core::id::{AudienceId, CustomerId, SegmentId};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::audience::entry::{self, EntryRow, Todo};
use filo_store::audience::member::{self, MemberRow};
use filo_store::audience::{self, AudienceRow, Health, Sweep, look};

use crate::with_store;

const META: AudienceId = AudienceId(1);
const OTHER: AudienceId = AudienceId(2);

fn row(id: AudienceId) -> AudienceRow {
    AudienceRow {
        id,
        name: "Fedeli".to_owned(),
        description: String::new(),
        platform: "meta".to_owned(),
        delivery: "push".to_owned(),
        remote: "120".to_owned(),
        segment: Some(SegmentId(7)),
        purpose: "advertising".to_owned(),
        fields: "name".to_owned(),
        version: 1,
        created_at: Timestamp(10),
        created_by: "Ada".to_owned(),
        changed_at: Timestamp(10),
        changed_by: "Ada".to_owned(),
        paused_at: None,
        ending_at: None,
        health: Health {
            due_at: Timestamp(10),
            failures: 0,
            failing_since: None,
            last_success_at: None,
            last_failure_at: None,
            last_answer: String::new(),
        },
        sweep: Sweep {
            stage: 1,
            behind: CustomerId(0),
            ended_at: None,
        },
        file_number: 0,
        file_at: None,
    }
}

fn wanted(audience: AudienceId, address: u8, customer: u128, record: &str) -> EntryRow {
    EntryRow {
        audience,
        address: [address; 32],
        kind: 0,
        customer: Some(CustomerId(customer)),
        record: record.to_owned(),
        todo: Todo::Put,
        is_there: false,
        turn: 1,
        refused: None,
    }
}

/// What is to be done, as address and turn.
async fn due(tx: &mut Tx<'_>, todo: Todo) -> Vec<(u8, i64)> {
    let rows = entry::due(tx, META, todo, 10).await.unwrap();
    rows.into_iter()
        .map(|row| (row.address[0], row.turn))
        .collect()
}

fn sent(address: u8, turn: i64) -> entry::Sent {
    (META, [address; 32], turn)
}

#[tokio::test]
async fn an_audience_changes_from_the_version_that_was_seen() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        audience::insert(&mut tx, &row(META)).await.unwrap();
        assert_eq!(audience::list(&mut tx).await.unwrap(), [row(META)]);
        let changed = AudienceRow {
            segment: None,
            paused_at: Some(Timestamp(30)),
            ..row(META)
        };
        assert!(audience::change(&mut tx, &changed).await.unwrap());
        assert!(!audience::change(&mut tx, &changed).await.unwrap());
        let health = Health {
            due_at: Timestamp(50),
            failures: 2,
            failing_since: Some(Timestamp(40)),
            last_success_at: Some(Timestamp(20)),
            last_failure_at: Some(Timestamp(41)),
            last_answer: "190".to_owned(),
        };
        audience::save_health(&mut tx, META, &health).await.unwrap();
        let sweep = Sweep {
            stage: 0,
            behind: CustomerId(9),
            ended_at: Some(Timestamp(60)),
        };
        audience::save_sweep(&mut tx, META, sweep).await.unwrap();
        audience::save_file(&mut tx, META, 3, Timestamp(70))
            .await
            .unwrap();
        let known = audience::get(&mut tx, META).await.unwrap().unwrap();
        let expected = AudienceRow {
            version: 2,
            health,
            sweep,
            file_number: 3,
            file_at: Some(Timestamp(70)),
            ..changed
        };
        assert_eq!(known, expected);
        assert!(audience::remove(&mut tx, META).await.unwrap());
        assert!(!audience::remove(&mut tx, META).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_counts_for_the_turn_that_was_sent() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            wanted(META, 1, 7, "a"),
            wanted(META, 2, 7, "b"),
            wanted(META, 3, 8, "c"),
        ];
        entry::want(&mut tx, &rows).await.unwrap();
        assert_eq!(due(&mut tx, Todo::Put).await, [(1, 1), (2, 1), (3, 1)]);
        let keys = [1, 2, 3].map(|address| (META, [address; 32]));
        entry::claim(&mut tx, &keys).await.unwrap();
        // While it was under way one changed and one was not wanted any more.
        entry::want(&mut tx, &[wanted(META, 1, 7, "a2")])
            .await
            .unwrap();
        entry::unwant(&mut tx, &[(META, [2; 32])]).await.unwrap();
        entry::put(&mut tx, &[sent(1, 1), sent(2, 1), sent(3, 1)])
            .await
            .unwrap();
        assert_eq!(due(&mut tx, Todo::Put).await, [(1, 2)]);
        assert_eq!(due(&mut tx, Todo::TakeOut).await, [(2, 2)]);
        // The same again changes nothing; wanted again before it was taken out, it is put anew.
        entry::want(&mut tx, &[wanted(META, 3, 8, "c"), wanted(META, 2, 9, "b")])
            .await
            .unwrap();
        entry::taken_out(&mut tx, &[sent(2, 2)]).await.unwrap();
        assert_eq!(due(&mut tx, Todo::Put).await, [(1, 2), (2, 3)]);
        assert_eq!(due(&mut tx, Todo::TakeOut).await, []);
        entry::refuse(&mut tx, sent(1, 2), "invalid").await.unwrap();
        let refused = entry::refused(&mut tx, META, 10).await.unwrap();
        assert_eq!(refused[0].refused.as_deref(), Some("invalid"));
        assert_eq!(due(&mut tx, Todo::Put).await, [(2, 3)]);
        entry::want(&mut tx, &[wanted(META, 1, 7, "a2")])
            .await
            .unwrap();
        assert_eq!(
            due(&mut tx, Todo::Put).await,
            [(2, 3)],
            "refused until it changes"
        );
        let counts = entry::counts(&mut tx).await.unwrap();
        assert_eq!(counts.iter().map(|it| it.entries).sum::<i64>(), 3);
        // What never left goes at once.
        entry::want(&mut tx, &[wanted(META, 4, 9, "d")])
            .await
            .unwrap();
        entry::unwant(&mut tx, &[(META, [4; 32])]).await.unwrap();
        assert_eq!(due(&mut tx, Todo::TakeOut).await, []);
    })
    .await;
}

#[tokio::test]
async fn of_whoever_is_forgotten_the_hash_stays_until_it_is_taken_out() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            wanted(META, 1, 7, "a"),
            wanted(META, 2, 7, "b"),
            wanted(OTHER, 1, 7, "a"),
            wanted(META, 3, 8, "c"),
        ];
        entry::want(&mut tx, &rows).await.unwrap();
        entry::claim(&mut tx, &[(META, [1; 32]), (OTHER, [1; 32])])
            .await
            .unwrap();
        assert_eq!(entry::erase(&mut tx, &[CustomerId(7)]).await.unwrap(), 2);
        let of = entry::of_customers(&mut tx, &[CustomerId(7)])
            .await
            .unwrap();
        assert_eq!(of, [], "nothing leads to them");
        let left = entry::due(&mut tx, META, Todo::TakeOut, 10).await.unwrap();
        assert_eq!((left.len(), left[0].record.as_str()), (1, ""));
        entry::taken_out(&mut tx, &[sent(1, left[0].turn)])
            .await
            .unwrap();
        assert_eq!(due(&mut tx, Todo::TakeOut).await, []);
        entry::claim(&mut tx, &[(META, [3; 32])]).await.unwrap();
        entry::end(&mut tx, META).await.unwrap();
        assert_eq!(due(&mut tx, Todo::TakeOut).await, [(3, 2)]);
    })
    .await;
}

#[tokio::test]
async fn a_file_holds_what_changed_since_the_one_before() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [wanted(META, 1, 7, "a"), wanted(META, 2, 8, "b")];
        entry::want(&mut tx, &rows).await.unwrap();
        assert_eq!(entry::hand_over(&mut tx, META, 1).await.unwrap(), (2, 0));
        entry::unwant(&mut tx, &[(META, [1; 32])]).await.unwrap();
        entry::want(&mut tx, &[wanted(META, 3, 9, "c")])
            .await
            .unwrap();
        assert_eq!(entry::hand_over(&mut tx, META, 2).await.unwrap(), (1, 1));
        let which = |rows: Vec<EntryRow>| rows.iter().map(|it| it.address[0]).collect::<Vec<_>>();
        let put = entry::of_file(&mut tx, (META, 2), false, &[], 10)
            .await
            .unwrap();
        let out = entry::of_file(&mut tx, (META, 2), true, &[], 10)
            .await
            .unwrap();
        assert_eq!((which(put), which(out)), (vec![3], vec![1]));
        let all = entry::wanted(&mut tx, META, &[2; 32], 10).await.unwrap();
        assert_eq!(which(all), [3], "behind an address");
        assert_eq!(entry::hand_over(&mut tx, META, 3).await.unwrap(), (0, 0));
        let out = entry::of_file(&mut tx, (META, 2), true, &[], 10)
            .await
            .unwrap();
        assert_eq!(which(out), Vec::<u8>::new());
    })
    .await;
}

#[tokio::test]
async fn who_is_to_be_looked_at_stays_noted_until_that_turn_was_looked_at() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let in_it = |customer: u128, look_at: Option<i64>| MemberRow {
            audience: META,
            customer: CustomerId(customer),
            standing: 0,
            look_at: look_at.map(Timestamp),
        };
        let rows = [in_it(7, Some(50)), in_it(8, None)];
        member::set(&mut tx, &rows).await.unwrap();
        look::note_members(&mut tx, &[CustomerId(7), CustomerId(9)])
            .await
            .unwrap();
        assert_eq!(look::take(&mut tx, 10).await.unwrap(), [(CustomerId(7), 1)]);
        look::note(&mut tx, &[CustomerId(7)]).await.unwrap();
        look::done(&mut tx, &[(CustomerId(7), 1)]).await.unwrap();
        assert_eq!(look::take(&mut tx, 10).await.unwrap(), [(CustomerId(7), 2)]);
        look::done(&mut tx, &[(CustomerId(7), 2)]).await.unwrap();
        assert_eq!(look::take(&mut tx, 10).await.unwrap(), []);
        assert_eq!(member::due(&mut tx, Timestamp(49), 10).await.unwrap(), []);
        assert_eq!(
            member::due(&mut tx, Timestamp(50), 10).await.unwrap(),
            [CustomerId(7)]
        );
        assert_eq!(
            member::next_due(&mut tx).await.unwrap(),
            Some(Timestamp(50))
        );
        assert_eq!(member::counts(&mut tx).await.unwrap(), [(META, 0, 2)]);
        let page = member::page(&mut tx, META, CustomerId(7), 10)
            .await
            .unwrap();
        assert_eq!(page, [in_it(8, None)]);
        member::leave(&mut tx, &[(META, CustomerId(8))])
            .await
            .unwrap();
        member::forget(&mut tx, &[CustomerId(7)]).await.unwrap();
        look::forget(&mut tx, &[CustomerId(7)]).await.unwrap();
        assert_eq!(member::counts(&mut tx).await.unwrap(), []);
    })
    .await;
}
