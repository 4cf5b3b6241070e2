//! Links, hits and numbers of mails, on both databases.

use filo_core::id::{CustomerId, JourneyId, LinkId, MessageId, PieceId};
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::time::Timestamp;
use filo_core::tracking::Mailing;
use filo_store::message::{self, MessageRow};
use filo_store::tracking::{self, ClickRow, Counts, HitRow, LinkRow};

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000);

fn link(id: u128, url: &str) -> LinkRow {
    LinkRow {
        id: LinkId(id),
        of: Mailing {
            journey: JourneyId(1),
            step: "hello".to_owned(),
            piece: PieceId(2),
        },
        url: url.to_owned(),
    }
}

#[tokio::test]
async fn links_are_written_once_and_numbers_add_up() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            link(1, ""),
            link(2, "https://a.it/"),
            link(3, "https://b.it/"),
        ];
        for _ in 0..2 {
            tracking::put_links(&mut tx, &rows).await.unwrap();
        }
        assert_eq!(
            tracking::link(&mut tx, LinkId(2)).await.unwrap(),
            Some(rows[1].clone())
        );
        assert_eq!(tracking::link(&mut tx, LinkId(9)).await.unwrap(), None);
        assert_eq!(
            tracking::links_of(&mut tx, &rows[0].of).await.unwrap(),
            rows
        );
        let counts = |sent, people, machines| Counts {
            sent,
            people,
            machines,
        };
        for (day, more) in [
            (5, counts(3, 0, 0)),
            (5, counts(0, 1, 2)),
            (6, counts(1, 1, 0)),
        ] {
            let all = [((LinkId(1), day), more), ((LinkId(2), day), more)];
            tracking::count(&mut tx, &all).await.unwrap();
        }
        let expected = [
            (rows[0].clone(), counts(4, 2, 2)),
            (rows[1].clone(), counts(4, 2, 2)),
        ];
        let by_journey = tracking::of_journey(&mut tx, JourneyId(1)).await.unwrap();
        assert_eq!(by_journey, expected);
        assert_eq!(
            tracking::of_piece(&mut tx, PieceId(2)).await.unwrap(),
            expected
        );
        assert_eq!(tracking::of_piece(&mut tx, PieceId(3)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_hit_is_judged_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let hit = |is_machine, at| HitRow {
            link: LinkId(2),
            sender: [7; 16],
            is_machine,
            message: is_machine.then_some(MessageId(4)),
            at: NOW.plus_seconds(at),
        };
        for row in [hit(false, 1), hit(true, 0), hit(false, 2)] {
            tracking::take(&mut tx, &row).await.unwrap();
        }
        let all = tracking::hits(&mut tx, 10).await.unwrap();
        assert_eq!(all, [hit(true, 0), hit(false, 1)], "the first one counts");
        assert_eq!(tracking::hits(&mut tx, 1).await.unwrap().len(), 1);
        assert!(tracking::judged(&mut tx, &all[0]).await.unwrap());
        assert!(!tracking::judged(&mut tx, &all[0]).await.unwrap());
        assert_eq!(tracking::hits(&mut tx, 10).await.unwrap(), [hit(false, 1)]);
        assert_eq!(
            tracking::owner(&mut tx, MessageId(4)).await.unwrap(),
            None::<CustomerId>
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_clicked_of_a_message_adds_up() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [link(2, "https://a.it/")];
        tracking::put_links(&mut tx, &rows).await.unwrap();
        let of = (MessageId(4), LinkId(2));
        for (is_machine, at) in [(true, 0), (false, 60)] {
            let at = NOW.plus_seconds(at);
            tracking::clicked(&mut tx, of, is_machine, at)
                .await
                .unwrap();
        }
        let expected = ClickRow {
            url: "https://a.it/".to_owned(),
            people: 1,
            machines: 1,
            first_at: NOW,
            last_at: NOW.plus_seconds(60),
        };
        assert_eq!(
            tracking::clicks(&mut tx, MessageId(4)).await.unwrap(),
            [expected]
        );
        assert_eq!(tracking::clicks(&mut tx, MessageId(5)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn who_is_forgotten_leaves_numbers_and_nothing_else() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let (anna, bruno) = (CustomerId(8), CustomerId(9));
        let saying = Saying::Piece {
            piece: PieceId(2),
            reason: None,
        };
        let row = |id: u128, customer| {
            let origin = Origin::Hand {
                message: MessageId(id),
                user: None,
            };
            MessageRow::planned(MessageId(id), origin, customer, saying.clone(), NOW)
        };
        let messages = [row(4, anna), row(5, bruno)];
        message::plan(&mut tx, &messages).await.unwrap();
        tracking::put_links(&mut tx, &[link(2, "https://a.it/")])
            .await
            .unwrap();
        let counts = Counts {
            people: 2,
            ..Counts::default()
        };
        tracking::count(&mut tx, &[((LinkId(2), 5), counts)])
            .await
            .unwrap();
        for id in [MessageId(4), MessageId(5)] {
            tracking::clicked(&mut tx, (id, LinkId(2)), false, NOW)
                .await
                .unwrap();
            let hit = HitRow {
                link: LinkId(2),
                sender: id.to_bytes(),
                is_machine: false,
                message: Some(id),
                at: NOW,
            };
            tracking::take(&mut tx, &hit).await.unwrap();
        }
        assert_eq!(
            tracking::owner(&mut tx, MessageId(4)).await.unwrap(),
            Some(anna)
        );
        message::forget(&mut tx, &[anna]).await.unwrap();
        assert_eq!(tracking::clicks(&mut tx, MessageId(4)).await.unwrap(), []);
        assert_eq!(
            tracking::clicks(&mut tx, MessageId(5)).await.unwrap().len(),
            1
        );
        let hits = tracking::hits(&mut tx, 10).await.unwrap();
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].message, Some(MessageId(5)));
        assert_eq!(tracking::owner(&mut tx, MessageId(4)).await.unwrap(), None);
        let left = tracking::of_piece(&mut tx, PieceId(2)).await.unwrap();
        assert_eq!(left[0].1, counts);
    })
    .await;
}
