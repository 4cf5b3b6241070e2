//! Segments: definitions, members, turns and wakes.

use filo_core::id::{CustomerId, EventId, SegmentId};
use filo_core::segment::Occasion;
use filo_core::time::Timestamp;
use filo_store::segment::member::{self, MemberRow};
use filo_store::segment::turn::{self, TurnDay, TurnRow};
use filo_store::segment::{self, SegmentRow};

use crate::with_store;

const DAY: i64 = 86_400_000_000;

fn row(id: u128) -> SegmentRow {
    SegmentRow {
        id: SegmentId(id),
        name: "Caffè due volte".to_owned(),
        description: String::new(),
        definition: "{}".to_owned(),
        version: 1,
        created_at: Timestamp(10),
        created_by: "owner".to_owned(),
        changed_at: Timestamp(10),
        changed_by: "owner".to_owned(),
        filled_at: None,
        archived_at: None,
    }
}

fn seat(segment: u128, customer: u128, at: i64) -> MemberRow {
    MemberRow {
        segment: SegmentId(segment),
        customer: CustomerId(customer),
        entered_at: Timestamp(at),
    }
}

#[tokio::test]
async fn a_definition_changes_from_the_version_that_was_seen() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        segment::insert(&mut tx, &row(1)).await.unwrap();
        segment::filled(&mut tx, SegmentId(1), 1, Timestamp(20))
            .await
            .unwrap();
        let known = segment::get(&mut tx, SegmentId(1)).await.unwrap().unwrap();
        assert_eq!(known.filled_at, Some(Timestamp(20)));
        let mut changed = known.clone();
        changed.name = "Other".to_owned();
        changed.filled_at = None;
        assert!(segment::change(&mut tx, &changed).await.unwrap());
        assert!(
            !segment::change(&mut tx, &changed).await.unwrap(),
            "it is at 2 now"
        );
        // Whoever filled the version before filled nothing of this one.
        segment::filled(&mut tx, SegmentId(1), 1, Timestamp(30))
            .await
            .unwrap();
        let known = segment::list(&mut tx).await.unwrap();
        assert_eq!(
            (known.len(), known[0].version, known[0].filled_at),
            (1, 2, None)
        );
        segment::filled(&mut tx, SegmentId(1), 2, Timestamp(40))
            .await
            .unwrap();
        segment::unfill(&mut tx).await.unwrap();
        let known = segment::get(&mut tx, SegmentId(1)).await.unwrap().unwrap();
        assert_eq!(known.filled_at, None);
        segment::remove(&mut tx, SegmentId(1)).await.unwrap();
        assert_eq!(segment::get(&mut tx, SegmentId(1)).await.unwrap(), None);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_in_stays_since_when_they_came() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        member::enter(&mut tx, &[seat(1, 7, 10), seat(1, 8, 11), seat(2, 7, 12)])
            .await
            .unwrap();
        member::enter(&mut tx, &[seat(1, 7, 99)]).await.unwrap();
        let in_one = member::members(&mut tx, SegmentId(1), CustomerId(0), 9)
            .await
            .unwrap();
        assert_eq!(in_one, [seat(1, 7, 10), seat(1, 8, 11)]);
        let behind = member::members(&mut tx, SegmentId(1), CustomerId(7), 9)
            .await
            .unwrap();
        assert_eq!(behind, [seat(1, 8, 11)]);
        assert_eq!(member::count(&mut tx, SegmentId(1)).await.unwrap(), 2);
        assert_eq!(
            member::shared(&mut tx, SegmentId(1), SegmentId(2))
                .await
                .unwrap(),
            1
        );
        let counts = member::counts(&mut tx).await.unwrap();
        assert_eq!(counts, [(SegmentId(1), 2), (SegmentId(2), 1)]);
        let of = member::of_customer(&mut tx, CustomerId(7)).await.unwrap();
        assert_eq!(of, [seat(1, 7, 10), seat(2, 7, 12)]);
        member::leave(&mut tx, &[(SegmentId(1), CustomerId(7))])
            .await
            .unwrap();
        member::forget(&mut tx, &[CustomerId(8)]).await.unwrap();
        assert_eq!(member::count(&mut tx, SegmentId(1)).await.unwrap(), 0);
        member::dismiss(&mut tx, SegmentId(2)).await.unwrap();
        assert_eq!(member::counts(&mut tx).await.unwrap(), []);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whoever_wakes_first_is_first() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let wakes = [
            (CustomerId(1), Timestamp(30)),
            (CustomerId(2), Timestamp(10)),
        ];
        member::wake(&mut tx, &wakes).await.unwrap();
        member::wake(&mut tx, &[(CustomerId(3), Timestamp(20))])
            .await
            .unwrap();
        let first = member::waking(&mut tx, 2).await.unwrap();
        assert_eq!(
            first,
            [
                (CustomerId(2), Timestamp(10)),
                (CustomerId(3), Timestamp(20))
            ]
        );
        let later = [
            (CustomerId(2), Timestamp::MAX),
            (CustomerId(3), Timestamp(40)),
        ];
        member::wake(&mut tx, &later).await.unwrap();
        let rest = member::waking(&mut tx, 9).await.unwrap();
        assert_eq!(
            rest,
            [
                (CustomerId(1), Timestamp(30)),
                (CustomerId(3), Timestamp(40))
            ]
        );
        member::clear(&mut tx).await.unwrap();
        assert_eq!(member::waking(&mut tx, 9).await.unwrap(), []);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn turns_are_numbered_in_the_order_in_which_they_are_told() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let turned = |customer: u128, at: i64, is_in| TurnRow {
            number: 0,
            segment: SegmentId(1),
            customer: CustomerId(customer),
            at: Timestamp(at),
            is_in,
            occasion: match is_in {
                true => Some(Occasion::Event(EventId(9))),
                false => Some(Occasion::Time),
            },
        };
        let mut first = [turned(7, DAY, true), turned(8, DAY + 1, true)];
        turn::tell(&mut tx, &mut first).await.unwrap();
        let mut second = [turned(7, 3 * DAY, false)];
        turn::tell(&mut tx, &mut second).await.unwrap();
        assert_eq!((first[1].number, second[0].number), (2, 3));
        let behind = turn::turns_of(&mut tx, SegmentId(1), 1, 9).await.unwrap();
        assert_eq!(behind, [first[1], second[0]]);
        let of = turn::turns_of_customers(&mut tx, &[CustomerId(7)])
            .await
            .unwrap();
        assert_eq!(of, [first[0], second[0]]);
        let days = turn::days(&mut tx, SegmentId(1), Timestamp(0))
            .await
            .unwrap();
        let day = |day, entered, left| TurnDay { day, entered, left };
        assert_eq!(days, [day(1, 2, 0), day(3, 0, 1)]);
        assert_eq!(
            turn::forget_turns(&mut tx, &[CustomerId(8)]).await.unwrap(),
            1
        );
        turn::forget_segment(&mut tx, SegmentId(1)).await.unwrap();
        assert_eq!(
            turn::turns_of(&mut tx, SegmentId(1), 0, 9).await.unwrap(),
            []
        );
        tx.commit().await.unwrap();
    })
    .await;
}
