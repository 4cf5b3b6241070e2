//! Rehearsals and those who would have come in: kept, ended once, let go of, forgotten.

use filo_core::id::{CustomerId, JobId, JourneyId, RehearsalId};
use filo_core::time::Timestamp;
use filo_store::rehearsal::{self, PersonRow, RehearsalRow};

use crate::with_store;

fn row(id: u128, journey: u128, begun_at: i64) -> RehearsalRow {
    RehearsalRow {
        id: RehearsalId(id),
        journey: JourneyId(journey),
        job: JobId(id),
        asked: "{}".to_owned(),
        begun_at: Timestamp(begun_at),
        begun_by: "Maria".to_owned(),
        ended_at: None,
        report: String::new(),
    }
}

fn person(id: u128) -> PersonRow {
    PersonRow {
        customer: CustomerId(id),
        entered_at: Timestamp(5),
        runs: 2,
        messages: "[]".to_owned(),
    }
}

#[tokio::test]
async fn a_rehearsal_is_ended_once_and_goes_with_its_people() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for row in [row(1, 7, 10), row(2, 7, 20), row(3, 8, 30)] {
            rehearsal::add(&mut tx, &row).await.unwrap();
        }
        let (one, two) = (RehearsalId(1), RehearsalId(2));
        let of = |rows: Vec<RehearsalRow>| -> Vec<RehearsalId> {
            rows.iter().map(|row| row.id).collect()
        };
        let kept = rehearsal::of_journey(&mut tx, JourneyId(7)).await.unwrap();
        assert_eq!(of(kept), [two, one], "the last one first");
        assert!(
            rehearsal::end(&mut tx, one, "what it came to", Timestamp(40))
                .await
                .unwrap()
        );
        assert!(
            !rehearsal::end(&mut tx, one, "again", Timestamp(50))
                .await
                .unwrap()
        );
        assert!(
            !rehearsal::end(&mut tx, RehearsalId(9), "", Timestamp(50))
                .await
                .unwrap()
        );
        let ended = rehearsal::get(&mut tx, one).await.unwrap().unwrap();
        assert_eq!(
            (ended.report.as_str(), ended.ended_at),
            ("what it came to", Some(Timestamp(40)))
        );

        let people = [person(4), person(5)];
        rehearsal::put_people(&mut tx, one, &people).await.unwrap();
        rehearsal::put_people(&mut tx, two, &people[..1])
            .await
            .unwrap();
        assert_eq!(rehearsal::people(&mut tx, one).await.unwrap(), people);
        rehearsal::forget(&mut tx, &[CustomerId(4)]).await.unwrap();
        assert_eq!(rehearsal::people(&mut tx, one).await.unwrap(), people[1..]);
        assert_eq!(rehearsal::people(&mut tx, two).await.unwrap(), []);
        rehearsal::remove(&mut tx, one).await.unwrap();
        assert_eq!(rehearsal::people(&mut tx, one).await.unwrap(), []);
        assert_eq!(rehearsal::get(&mut tx, one).await.unwrap(), None);
        // A journey takes its own along, and no others.
        filo_store::journey::remove(&mut tx, JourneyId(7))
            .await
            .unwrap();
        assert_eq!(rehearsal::get(&mut tx, two).await.unwrap(), None);
        assert!(
            rehearsal::get(&mut tx, RehearsalId(3))
                .await
                .unwrap()
                .is_some()
        );
        tx.commit().await.unwrap();
    })
    .await;
}
