//! Journeys, runs, tasks and events on their way: on both databases.

use filo_core::id::{CustomerId, EventId, JourneyId, NodeId, RunId, TaskId};
use filo_core::journey::{Ending, Run, Stand, StepId};
use filo_core::time::Timestamp;
use filo_store::journey::event::{self, JourneyEventRow};
use filo_store::journey::occurrence::{self, OccurrenceRow};
use filo_store::journey::run::{self, LineRow};
use filo_store::journey::step::{self, Moving};
use filo_store::journey::{self, JourneyRow, VersionRow};
use filo_store::task::{self, TaskRow};

use crate::with_store;

const JOURNEY: JourneyId = JourneyId(1);

fn row() -> JourneyRow {
    JourneyRow {
        id: JOURNEY,
        name: "Compleanni".to_owned(),
        description: String::new(),
        status: "draft".to_owned(),
        draft: "{}".to_owned(),
        version: 1,
        published: 0,
        created_at: Timestamp(10),
        created_by: "owner".to_owned(),
        changed_at: Timestamp(10),
        changed_by: "owner".to_owned(),
        started_at: None,
        filled_at: None,
        broadcast_after: None,
        seen_to: None,
    }
}

fn a_run(id: u128, thread: u128, stand: Stand) -> Run {
    Run {
        id: RunId(id),
        journey: JOURNEY,
        version: 1,
        thread: NodeId(thread),
        customer: CustomerId(thread),
        subject: CustomerId(thread),
        key: "o-1".into(),
        why: "event".into(),
        entered_at: Timestamp(100 + i64::try_from(id).unwrap()),
        step: StepId::from("wait"),
        stand,
        since: Timestamp(100),
        wakes_at: stand.until(),
        goal_at: None,
        ended: None,
        lines: 1,
        is_held_back: false,
        holdout_percent: 0,
    }
}

fn a_task(id: u128, run: u128, thread: u128, due: i64) -> TaskRow {
    TaskRow {
        id: TaskId(id),
        journey: JOURNEY,
        run: RunId(run),
        step: "call".to_owned(),
        thread: NodeId(thread),
        customer: CustomerId(thread),
        kind: "call".to_owned(),
        title: "Chiama".to_owned(),
        hint: String::new(),
        role: String::new(),
        facts: "{}".to_owned(),
        outcomes: "[]".to_owned(),
        created_at: Timestamp(10),
        due_at: Timestamp(due),
        status: "open".to_owned(),
        outcome: String::new(),
        note: String::new(),
        done_at: None,
        done_by: String::new(),
        lines: 0,
    }
}

#[tokio::test]
async fn a_journey_changes_from_the_version_that_was_seen_and_what_was_published_stays() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        journey::insert(&mut tx, &row()).await.unwrap();
        let mut seen = journey::get(&mut tx, JOURNEY).await.unwrap().unwrap();
        assert_eq!(seen, row());
        seen.status = "active".to_owned();
        seen.published = 1;
        occurrence::call(&mut tx, JOURNEY, Some(CustomerId(7)), None)
            .await
            .unwrap();
        assert!(journey::change(&mut tx, &seen).await.unwrap());
        assert!(!journey::change(&mut tx, &seen).await.unwrap());
        let version = VersionRow {
            journey: JOURNEY,
            version: 1,
            document: "{}".to_owned(),
            published_at: Timestamp(20),
            published_by: "owner".to_owned(),
        };
        journey::publish(&mut tx, &version).await.unwrap();
        assert_eq!(journey::in_force(&mut tx).await.unwrap(), [version]);
        journey::filled(&mut tx, JOURNEY, 2, Timestamp(30))
            .await
            .unwrap();
        let known = journey::get(&mut tx, JOURNEY).await.unwrap().unwrap();
        assert_eq!(
            (known.filled_at, known.broadcast_after),
            (None, Some(CustomerId(7)))
        );
        journey::filled(&mut tx, JOURNEY, 1, Timestamp(30))
            .await
            .unwrap();
        occurrence::call(&mut tx, JOURNEY, None, None)
            .await
            .unwrap();
        let known = journey::list(&mut tx).await.unwrap().remove(0);
        assert_eq!(
            (known.filled_at, known.broadcast_after),
            (Some(Timestamp(30)), None)
        );
        journey::remove(&mut tx, JOURNEY).await.unwrap();
        assert!(
            journey::versions(&mut tx, JOURNEY)
                .await
                .unwrap()
                .is_empty()
        );
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn runs_are_read_back_and_wake_in_order() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let active = JourneyRow {
            status: "active".to_owned(),
            ..row()
        };
        journey::insert(&mut tx, &active).await.unwrap();
        let stands = [
            Stand::Waits(Timestamp(500)),
            Stand::Listens(Timestamp(400)),
            Stand::Asked(None),
            Stand::Echo(EventId(9), Timestamp(600)),
        ];
        let runs: Vec<Run> = (1..)
            .zip(stands)
            .map(|(id, stand)| a_run(id, id, stand))
            .collect();
        run::save(&mut tx, &runs).await.unwrap();
        for one in &runs {
            assert_eq!(run::get(&mut tx, one.id).await.unwrap().as_ref(), Some(one));
        }
        let waking = run::waking(&mut tx, 2).await.unwrap();
        assert_eq!(
            waking,
            [(Timestamp(400), NodeId(2)), (Timestamp(500), NodeId(1))]
        );
        run::calm(&mut tx, &[RunId(2)]).await.unwrap();
        assert_eq!(run::waking(&mut tx, 9).await.unwrap().len(), 2);
        let mut page = run::page(&mut tx, JOURNEY, "", None, 3).await.unwrap();
        assert_eq!(page.iter().map(|it| it.id.0).collect::<Vec<_>>(), [4, 3, 2]);
        let last = page.pop().unwrap();
        let rest = run::page(
            &mut tx,
            JOURNEY,
            "wait",
            Some((last.entered_at, last.id)),
            3,
        )
        .await;
        assert_eq!(rest.unwrap().len(), 1);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn many_runs_are_moved_and_ended_together() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let runs: Vec<Run> = (1..=4)
            .map(|id| a_run(id, id, Stand::Asked(None)))
            .collect();
        run::save(&mut tx, &runs).await.unwrap();
        // The place of one that ends is free for another in the same checkpoint.
        let ended = Run {
            ended: Some((Timestamp(700), Ending::Joined)),
            wakes_at: None,
            ..runs[0].clone()
        };
        let next = a_run(11, 1, Stand::Waits(Timestamp(900)));
        run::save(&mut tx, &[next.clone(), ended]).await.unwrap();
        assert_eq!(run::active(&mut tx, &[NodeId(1)]).await.unwrap(), [next]);
        let earlier = run::earlier(&mut tx, &[NodeId(1)]).await.unwrap();
        assert_eq!(earlier.iter().filter(|it| it.is_over).count(), 1);
        let standing = step::standing(&mut tx, JOURNEY).await.unwrap();
        assert_eq!((standing[0].step.as_str(), standing[0].count), ("wait", 4));
        let to = Moving {
            version: 2,
            step: "call",
            is_same: false,
        };
        let moved = step::shift(&mut tx, (JOURNEY, 1, "wait"), to, Timestamp(800))
            .await
            .unwrap();
        assert_eq!(moved, 4);
        let known = run::get(&mut tx, RunId(3)).await.unwrap().unwrap();
        assert_eq!(
            (known.version, known.stand, known.wakes_at),
            (2, Stand::Arrives, Some(Timestamp(800)))
        );
        let count = step::end(&mut tx, (JOURNEY, 0, ""), Ending::Stopped, Timestamp(900)).await;
        assert_eq!(count.unwrap(), 4);
        let lines = run::lines(&mut tx, RunId(3)).await.unwrap();
        assert_eq!(
            lines.iter().map(|it| it.what.as_str()).collect::<Vec<_>>(),
            ["moved", "ended"]
        );
        assert_eq!(
            step::endings(&mut tx, JOURNEY).await.unwrap(),
            [("joined".to_owned(), 1), ("stopped".to_owned(), 4)]
        );
        assert_eq!(step::totals(&mut tx).await.unwrap()[0].1.entered, 5);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_task_is_done_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        run::save(
            &mut tx,
            &[
                a_run(1, 1, Stand::Asked(None)),
                a_run(2, 2, Stand::Asked(None)),
            ],
        )
        .await
        .unwrap();
        task::add(&mut tx, &[a_task(1, 1, 1, 50), a_task(2, 2, 2, 40)])
            .await
            .unwrap();
        let open = task::open(&mut tx, "agent", None, 9).await.unwrap();
        assert_eq!(open.iter().map(|it| it.id.0).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(
            task::count(&mut tx, "", Timestamp(45)).await.unwrap(),
            (2, 1)
        );
        let done = TaskRow {
            outcome: "Sì".to_owned(),
            done_at: Some(Timestamp(60)),
            done_by: "anna".to_owned(),
            ..open[0].clone()
        };
        assert!(task::finish(&mut tx, &done).await.unwrap());
        assert!(!task::finish(&mut tx, &done).await.unwrap());
        assert_eq!(task::done(&mut tx, "", 9).await.unwrap().len(), 1);
        assert!(task::reopen(&mut tx, done.id).await.unwrap());
        task::withdraw(&mut tx, &[RunId(2)]).await.unwrap();
        let known = task::get(&mut tx, done.id).await.unwrap().unwrap();
        assert_eq!(
            (known.status.as_str(), known.outcome.as_str()),
            ("withdrawn", "")
        );
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_forgotten_leaves_nothing() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        run::save(&mut tx, &[a_run(1, 1, Stand::Asked(None))])
            .await
            .unwrap();
        task::add(&mut tx, &[a_task(1, 1, 1, 50)]).await.unwrap();
        let line = LineRow {
            run: RunId(1),
            number: 0,
            at: Timestamp(1),
            step: String::new(),
            what: "entered".to_owned(),
            detail: String::new(),
        };
        run::write(&mut tx, std::slice::from_ref(&line))
            .await
            .unwrap();
        let waiting = JourneyEventRow {
            id: EventId(3),
            run: RunId(1),
            thread: NodeId(1),
            at: Timestamp(5),
            kind: "track".to_owned(),
            name: "Called".to_owned(),
            properties: "{}".to_owned(),
        };
        event::add(&mut tx, std::slice::from_ref(&waiting))
            .await
            .unwrap();
        event::add(&mut tx, std::slice::from_ref(&waiting))
            .await
            .unwrap();
        assert_eq!(event::waiting(&mut tx, 9).await.unwrap(), [waiting]);
        assert_eq!(
            task::of_threads(&mut tx, &[NodeId(1)]).await.unwrap().len(),
            1
        );
        assert_eq!(
            run::of_threads(&mut tx, &[NodeId(1)]).await.unwrap().len(),
            1
        );
        assert_eq!(run::forget(&mut tx, &[NodeId(1)]).await.unwrap(), 4);
        assert!(run::lines(&mut tx, RunId(1)).await.unwrap().is_empty());
        event::take(&mut tx, &[EventId(3)]).await.unwrap();
        assert!(event::waiting(&mut tx, 9).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn occurrences_add_up_and_how_far_a_journey_has_come_is_told_of_those_that_are_active() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        journey::insert(&mut tx, &row()).await.unwrap();
        let seen_to = Some(Timestamp(50));
        occurrence::call(&mut tx, JOURNEY, Some(CustomerId(3)), seen_to)
            .await
            .unwrap();
        assert!(occurrence::calls(&mut tx).await.unwrap().is_empty());
        let mut active = journey::get(&mut tx, JOURNEY).await.unwrap().unwrap();
        active.status = "active".to_owned();
        active.published = 2;
        assert!(journey::change(&mut tx, &active).await.unwrap());
        let call = occurrence::calls(&mut tx).await.unwrap().remove(0);
        assert_eq!(
            (call.published, call.after, call.seen_to),
            (2, Some(CustomerId(3)), seen_to)
        );
        let noted = |at: i64, outcome: &str, entered: i64| OccurrenceRow {
            journey: JOURNEY,
            at: Timestamp(at),
            outcome: outcome.to_owned(),
            begun_at: Some(Timestamp(at + 1)),
            ended_at: None,
            entered,
        };
        let rows = [
            noted(40, "late", 0),
            noted(50, "entering", 0),
            noted(50, "entering", 7),
            noted(50, "entering", 5),
        ];
        occurrence::note(&mut tx, &rows).await.unwrap();
        let newest = occurrence::newest(&mut tx, JOURNEY, 10).await.unwrap();
        assert_eq!(newest, [noted(50, "entering", 12), noted(40, "late", 0)]);
        occurrence::cut(&mut tx, JOURNEY, Timestamp(60))
            .await
            .unwrap();
        let newest = occurrence::newest(&mut tx, JOURNEY, 1).await.unwrap();
        assert_eq!(newest[0].outcome, "cut");
        assert_eq!(newest[0].ended_at, Some(Timestamp(60)));
        journey::remove(&mut tx, JOURNEY).await.unwrap();
        let none = occurrence::newest(&mut tx, JOURNEY, 10).await.unwrap();
        assert!(none.is_empty());
    })
    .await;
}
