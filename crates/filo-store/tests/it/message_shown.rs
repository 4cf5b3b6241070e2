//! Messages on the site, on both databases.

use filo_core::id::{CustomerId, MessageId, NodeId, PieceId};
use filo_core::message::Medium;
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::message::state::State;
use filo_core::time::Timestamp;
use filo_store::message::claim::{self, Claim, Turn};
use filo_store::message::{self, MessageRow, shown};

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000_000);

fn row(number: u128, customer: u128, medium: Medium, is_waiting: bool) -> MessageRow {
    let id = MessageId(number);
    let origin = Origin::Hand {
        message: id,
        user: None,
    };
    let saying = Saying::Piece {
        piece: PieceId(1),
        reason: None,
    };
    let expires_at = NOW.plus_seconds(86_400);
    MessageRow {
        medium,
        purpose: "marketing".to_owned(),
        expires_at,
        due_at: if is_waiting { expires_at } else { NOW },
        ..MessageRow::planned(id, origin, CustomerId(customer), saying, NOW)
    }
}

#[tokio::test]
async fn what_waits_or_was_not_answered_is_open_and_an_end_stays() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            row(1, 10, Medium::InApp, true),
            row(2, 10, Medium::InApp, false),
            row(3, 10, Medium::Email, true),
            row(4, 11, Medium::InApp, true),
        ];
        message::plan(&mut tx, &rows).await.unwrap();
        let ids = async |tx: &mut filo_store::Tx<'_>| {
            let open = shown::open(tx, &[CustomerId(10)]).await.unwrap();
            open.iter().map(|row| row.id.0).collect::<Vec<_>>()
        };
        assert_eq!(ids(&mut tx).await, [1]);

        let claims = [Claim {
            id: MessageId(1),
            now: NOW,
            address: Some(NodeId(7)),
            proof: None,
            basis: None,
            weight: 1,
        }];
        claim::claim(&mut tx, &claims).await.unwrap();
        let turn = Turn {
            id: MessageId(1),
            from: State::Claimed,
            to: State::Sent,
            due_at: None,
            ended_at: Some(NOW),
            answer: None,
        };
        claim::turn(&mut tx, &turn).await.unwrap();
        assert!(ids(&mut tx).await.is_empty(), "it was never shown");
        for (browser, seconds) in [(7, 0), (8, 60)] {
            let at = NOW.plus_seconds(seconds);
            let one = (MessageId(1), NodeId(browser));
            shown::count(&mut tx, one, at).await.unwrap();
        }
        assert_eq!(ids(&mut tx).await, [1]);
        let known = shown::get(&mut tx, MessageId(1)).await.unwrap().unwrap();
        assert_eq!((known.times, known.browser), (2, NodeId(8)));
        assert_eq!((known.first_at, known.last_at), (NOW, NOW.plus_seconds(60)));
        for (by, is_first) in [("dismissed", true), ("clicked", false)] {
            let end = shown::end(&mut tx, MessageId(1), (by, NOW)).await.unwrap();
            assert_eq!(end, is_first);
        }
        assert!(ids(&mut tx).await.is_empty());
        let known = shown::get(&mut tx, MessageId(1)).await.unwrap().unwrap();
        assert_eq!(known.ended_by.as_deref(), Some("dismissed"));

        message::forget(&mut tx, &[CustomerId(10)]).await.unwrap();
        assert_eq!(shown::get(&mut tx, MessageId(1)).await.unwrap(), None);
        tx.commit().await.unwrap();
    })
    .await;
}
