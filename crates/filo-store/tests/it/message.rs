//! The outbox: planned once, claimed once, counted over everybody somebody was, and forgotten
//! whole.

use std::collections::BTreeSet;

use filo_core::id::{CustomerId, EventId, JourneyId, MessageId, NodeId, RunId};
use filo_core::message::origin::Origin;
use filo_core::message::saying::{Saying, Words};
use filo_core::message::state::State;
use filo_core::message::{Class, Medium};
use filo_core::time::Timestamp;
use filo_store::message::claim::{self, Claim, Reached, Turn};
use filo_store::message::copy::{self, CopyRow};
use filo_store::message::verdict::{self, VerdictRow};
use filo_store::message::{self, MessageRow};

use crate::with_store;

fn row(id: u128, customer: u128, due_at: i64) -> MessageRow {
    MessageRow {
        id: MessageId(id),
        origin: Origin::Journey {
            journey: JourneyId(9),
            run: RunId(id),
            step: "saluto".to_owned(),
        },
        customer: CustomerId(customer),
        medium: Medium::Email,
        class: Class::Marketing,
        purpose: "marketing".to_owned(),
        value: 3,
        weight: 2,
        saying: Saying::Words(Words {
            subject: "Caffè".to_owned(),
            text: "Ciao\nà bientôt".to_owned(),
        }),
        planned_at: Timestamp(10),
        expires_at: Timestamp(1_000),
        state: State::Queued,
        due_at: Timestamp(due_at),
        tries: 0,
        fallbacks: Vec::new(),
        claimed_at: None,
        ended_at: None,
        address: None,
        proof: None,
        basis: None,
        answer: None,
        approval: None,
    }
}

fn claim_of(id: u128, now: i64) -> Claim<'static> {
    Claim {
        id: MessageId(id),
        now: Timestamp(now),
        address: Some(NodeId(7)),
        proof: Some(EventId(8)),
        basis: Some("consent"),
        weight: 2,
    }
}

fn turn_of(id: u128, from: State, to: State, due_at: Option<i64>) -> Turn<'static> {
    Turn {
        id: MessageId(id),
        from,
        to,
        due_at: due_at.map(Timestamp),
        ended_at: None,
        answer: Some("250 ok"),
    }
}

#[tokio::test]
async fn what_made_a_message_makes_it_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let mut again = row(1, 5, 20);
        assert_eq!(message::plan(&mut tx, &[row(1, 5, 20)]).await.unwrap(), 1);
        again.id = MessageId(2);
        assert_eq!(message::plan(&mut tx, &[again]).await.unwrap(), 0);
        let found = message::get(&mut tx, MessageId(1)).await.unwrap();
        assert_eq!(found, Some(row(1, 5, 20)));
        assert_eq!(message::get(&mut tx, MessageId(2)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_message_is_claimed_once_and_settled_from_where_it_stands() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [row(1, 5, 30), row(2, 5, 20), row(3, 6, 40)];
        message::plan(&mut tx, &rows).await.unwrap();
        let next = claim::next_due(&mut tx).await.unwrap();
        assert_eq!(next, Some(Timestamp(20)));
        let due = claim::due(&mut tx, Timestamp(30), 9).await.unwrap();
        assert_eq!(due, [rows[1].clone(), rows[0].clone()]);
        let both = [claim_of(2, 31), claim_of(9, 31)];
        let taken = claim::claim(&mut tx, &both).await.unwrap();
        assert_eq!(taken, BTreeSet::from([MessageId(2)]));
        let again = claim::claim(&mut tx, &[claim_of(2, 32)]).await.unwrap();
        assert!(again.is_empty());
        let claimed = claim::claimed(&mut tx).await.unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].claimed_at, Some(Timestamp(31)));
        assert_eq!(claimed[0].proof, Some(EventId(8)));
        assert_eq!(claimed[0].tries, 1);
        let sent = turn_of(2, State::Claimed, State::Sent, None);
        assert!(claim::turn(&mut tx, &sent).await.unwrap());
        assert!(!claim::turn(&mut tx, &sent).await.unwrap());
        let found = message::get(&mut tx, MessageId(2)).await.unwrap().unwrap();
        assert_eq!(found.state, State::Sent);
        assert_eq!(found.answer.as_deref(), Some("250 ok"));
        let held = turn_of(1, State::Queued, State::Awaiting, None);
        assert!(claim::turn(&mut tx, &held).await.unwrap());
        let due = claim::due(&mut tx, Timestamp(99), 9).await.unwrap();
        assert_eq!(due.len(), 1);
        let woken = claim::requeue_awaiting(&mut tx, Timestamp(50)).await;
        assert_eq!(woken.unwrap(), 1);
        let counts = message::counts(&mut tx).await.unwrap();
        assert_eq!(counts, [(State::Queued, 2), (State::Sent, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_claim_that_is_given_back_was_no_try() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        message::plan(&mut tx, &[row(1, 5, 20)]).await.unwrap();
        let id = MessageId(1);
        let taken = claim::claim(&mut tx, &[claim_of(1, 30)]).await.unwrap();
        assert!(taken.contains(&id));
        claim::give_back(&mut tx, id, Timestamp(40)).await.unwrap();
        let found = message::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((found.state, found.tries), (State::Queued, 0));
        assert_eq!((found.due_at, found.claimed_at), (Timestamp(40), None));
        let taken = claim::claim(&mut tx, &[claim_of(1, 50)]).await.unwrap();
        assert!(taken.contains(&id));
        let sent = turn_of(1, State::Claimed, State::Sent, None);
        assert!(claim::turn(&mut tx, &sent).await.unwrap());
        claim::give_back(&mut tx, id, Timestamp(60)).await.unwrap();
        let found = message::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((found.state, found.tries), (State::Sent, 1));
    })
    .await;
}

#[tokio::test]
async fn what_may_have_arrived_is_counted_over_everybody_somebody_was() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let mut owed = row(4, 6, 20);
        owed.class = Class::Transactional;
        let rows = [
            row(1, 5, 20),
            row(2, 6, 20),
            row(3, 7, 20),
            owed,
            row(5, 6, 90),
        ];
        message::plan(&mut tx, &rows).await.unwrap();
        let claims = (1..=4).map(|id| claim_of(id, 100 + i64::try_from(id).unwrap()));
        let claims: Vec<Claim<'_>> = claims.collect();
        let taken = claim::claim(&mut tx, &claims).await.unwrap();
        assert_eq!(taken.len(), 4);
        let failed = turn_of(3, State::Claimed, State::Failed, None);
        claim::turn(&mut tx, &failed).await.unwrap();
        let ids = [CustomerId(5), CustomerId(6), CustomerId(7)];
        let mut reached = claim::reached(&mut tx, &ids).await.unwrap();
        reached.sort_unstable_by_key(|it| it.spent.at);
        let of = |it: &Reached| (it.customer.0, it.class, it.spent.at.0);
        let found: Vec<_> = reached.iter().map(of).collect();
        let marketing = Class::Marketing;
        assert_eq!(
            found,
            [
                (5, marketing, 101),
                (6, marketing, 102),
                (6, Class::Transactional, 104)
            ]
        );
        let rivals = claim::rivals(&mut tx, &ids, Timestamp(89)).await.unwrap();
        assert_eq!(rivals, []);
        let rivals = claim::rivals(&mut tx, &ids, Timestamp(90)).await.unwrap();
        assert_eq!(rivals.len(), 1);
        let (customer, rival) = &rivals[0];
        assert_eq!(
            (*customer, rival.id, rival.value),
            (CustomerId(6), MessageId(5), 3)
        );
    })
    .await;
}

#[tokio::test]
async fn verdicts_that_say_the_same_are_written_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let said = |at, until: Option<i64>| VerdictRow {
            at: Timestamp(at),
            outcome: "wait".to_owned(),
            until: until.map(Timestamp),
            findings: "[]".to_owned(),
        };
        let id = MessageId(1);
        for row in [said(1, Some(9)), said(2, Some(9)), said(3, Some(12))] {
            verdict::tell(&mut tx, &[(id, row)]).await.unwrap();
        }
        let rows = verdict::list(&mut tx, id).await.unwrap();
        assert_eq!(rows, [said(1, Some(9)), said(3, Some(12))]);
        for at in 0..100 {
            let rows = [
                (id, said(at, Some(100 + at))),
                (MessageId(2), said(1, Some(9))),
            ];
            verdict::tell(&mut tx, &rows).await.unwrap();
        }
        let rows = verdict::list(&mut tx, id).await.unwrap();
        assert_eq!(rows.len(), 51);
        assert_eq!(rows.last(), Some(&said(99, Some(199))));
        let other = verdict::list(&mut tx, MessageId(2)).await.unwrap();
        assert_eq!(other, [said(1, Some(9))]);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_and_forgetting_leaves_nothing() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let mut rows: Vec<MessageRow> = (1..=5).map(|id| row(id, id % 2, 20)).collect();
        rows[4].planned_at = Timestamp(99);
        message::plan(&mut tx, &rows).await.unwrap();
        let page = message::list(&mut tx, None, None, 2).await.unwrap();
        assert_eq!(page, [rows[4].clone(), rows[3].clone()]);
        let behind = Some(page[1].cursor());
        let page = message::list(&mut tx, Some(State::Queued), behind, 9).await;
        assert_eq!(page.unwrap().len(), 3);
        let mine = message::of_customers(&mut tx, &[CustomerId(1)]).await;
        let ids: Vec<u128> = mine.unwrap().iter().map(|it| it.id.0).collect();
        assert_eq!(ids, [5, 3, 1]);
        let left = CopyRow {
            subject: "Caffè".to_owned(),
            body: "Ciao".to_owned(),
            html: String::new(),
        };
        let kept = [(MessageId(1), left.clone())];
        copy::put(&mut tx, &kept).await.unwrap();
        let ids = [MessageId(1), MessageId(99)];
        let standing = message::standing(&mut tx, &ids).await.unwrap();
        assert_eq!(standing, BTreeSet::from([MessageId(1)]));
        let found = copy::get(&mut tx, MessageId(1)).await.unwrap();
        assert_eq!(found, Some(left));
        let gone = message::forget(&mut tx, &[CustomerId(1)]).await.unwrap();
        assert_eq!(gone, 3);
        assert_eq!(copy::get(&mut tx, MessageId(1)).await.unwrap(), None);
        assert_eq!(
            message::list(&mut tx, None, None, 9).await.unwrap().len(),
            2
        );
    })
    .await;
}
