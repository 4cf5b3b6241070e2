//! What people say of messages that wait for them, on both databases.

use filo_core::id::{ApprovalId, CustomerId, JourneyId, MessageId, PieceId, RunId, UserId};
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::message::state::State;
use filo_core::time::Timestamp;
use filo_store::approval::{self, ApprovalRow};
use filo_store::message::asked::{self, Which};
use filo_store::message::{self, MessageRow, claim};

use crate::with_store;

const ABOUT: &str = "jrn saluto";
const NOW: Timestamp = Timestamp(100);

fn waiting(id: u128, planned_at: i64) -> MessageRow {
    let origin = Origin::Journey {
        journey: JourneyId(9),
        run: RunId(id),
        step: "saluto".to_owned(),
    };
    let saying = Saying::Piece {
        piece: PieceId(4),
        reason: None,
    };
    MessageRow {
        purpose: "marketing".to_owned(),
        state: State::Unapproved,
        expires_at: Timestamp(1_000),
        ..MessageRow::planned(
            MessageId(id),
            origin,
            CustomerId(id),
            saying,
            Timestamp(planned_at),
        )
    }
}

fn said(id: u128, is_yes: bool) -> ApprovalRow {
    ApprovalRow {
        id: ApprovalId(id),
        journey: JourneyId(9),
        version: 2,
        step: "saluto".to_owned(),
        piece: PieceId(4),
        piece_version: 3,
        content: [7; 16],
        people: 2,
        is_yes,
        is_standing: is_yes,
        note: "perché sì".to_owned(),
        made_at: Timestamp(50 + i64::try_from(id).unwrap()),
        made_by: UserId(1),
        made_name: "Giulia".to_owned(),
        needs_second: true,
        seconded_at: None,
        seconded_name: String::new(),
        withdrawn_at: None,
        withdrawn_name: String::new(),
    }
}

#[tokio::test]
async fn what_is_said_is_said_of_those_that_wait_and_is_taken_back() {
    with_store(async |store| {
        let mut tx = store.begin().await.unwrap();
        let rows = [waiting(1, 10), waiting(2, 20), waiting(3, 30)];
        message::plan(&mut tx, &rows).await.unwrap();
        for row in &rows {
            asked::ask(&mut tx, row.id, ABOUT, true).await.unwrap();
        }
        let groups = asked::groups(&mut tx).await.unwrap();
        assert_eq!((groups.len(), groups[0].count, groups[0].half), (1, 3, 0));
        assert_eq!(
            (groups[0].oldest, groups[0].newest),
            (Timestamp(10), Timestamp(30))
        );
        let behind = (Timestamp(10), MessageId(1));
        let page = asked::page(&mut tx, ABOUT, behind, 9).await.unwrap();
        assert_eq!(page.iter().map(|row| row.id.0).collect::<Vec<_>>(), [2, 3]);

        // Of those that were planned up to then, a first yes.
        let seen = Which::Step(ABOUT, Timestamp(20));
        assert_eq!(asked::count(&mut tx, seen).await.unwrap(), 2);
        let yes = said(1, true);
        approval::insert(&mut tx, &yes).await.unwrap();
        assert_eq!(asked::say(&mut tx, seen, yes.id).await.unwrap(), 2);
        assert_eq!(asked::count(&mut tx, seen).await.unwrap(), 0);
        let half = asked::groups(&mut tx).await.unwrap();
        assert_eq!((half[0].count, half[0].half), (3, 2));
        let kept = approval::get(&mut tx, yes.id).await.unwrap().unwrap();
        assert_eq!(kept, yes);
        assert!(kept.waits_for_second() && !kept.counts());

        // The second one lets them go; what has not left is taken back.
        let second = (Timestamp(60), "Marco");
        assert!(approval::second(&mut tx, yes.id, second).await.unwrap());
        assert!(!approval::second(&mut tx, yes.id, second).await.unwrap());
        assert!(
            approval::get(&mut tx, yes.id)
                .await
                .unwrap()
                .unwrap()
                .counts()
        );
        assert_eq!(asked::let_go(&mut tx, yes.id, NOW).await.unwrap(), 2);
        assert_eq!(claim::next_due(&mut tx).await.unwrap(), Some(NOW));
        let standing = (JourneyId(9), 2, "saluto");
        let found = approval::standing(&mut tx, standing).await.unwrap();
        assert_eq!(found.map(|it| it.id), Some(yes.id));
        let other = (JourneyId(9), 3, "saluto");
        assert_eq!(approval::standing(&mut tx, other).await.unwrap(), None);
        assert!(approval::withdraw(&mut tx, yes.id, second).await.unwrap());
        assert!(!approval::withdraw(&mut tx, yes.id, second).await.unwrap());
        assert_eq!(approval::standing(&mut tx, standing).await.unwrap(), None);
        assert_eq!(asked::take_back(&mut tx, yes.id, true).await.unwrap(), 2);

        // A no calls one off, and is taken back too.
        let no = said(2, false);
        approval::insert(&mut tx, &no).await.unwrap();
        let one = Which::One(MessageId(3));
        assert_eq!(asked::say(&mut tx, one, no.id).await.unwrap(), 1);
        assert_eq!(asked::call_off(&mut tx, no.id, NOW).await.unwrap(), 1);
        let row = message::get(&mut tx, MessageId(3)).await.unwrap().unwrap();
        assert_eq!((row.state, row.approval), (State::Cancelled, Some(no.id)));
        assert_eq!(asked::take_back(&mut tx, no.id, true).await.unwrap(), 0);
        assert_eq!(asked::take_back(&mut tx, no.id, false).await.unwrap(), 1);
        let listed = approval::list(&mut tx, 9).await.unwrap();
        assert_eq!(listed.iter().map(|it| it.id.0).collect::<Vec<_>>(), [2, 1]);
        let of_step = approval::of_step(&mut tx, (JourneyId(9), "saluto"), 1).await;
        assert_eq!(of_step.unwrap()[0].id, no.id);

        // What nobody looked at while it made sense comes to the gate a last time.
        assert_eq!(
            claim::next_outdated(&mut tx).await.unwrap(),
            Some(Timestamp(1_000))
        );
        assert_eq!(claim::outdate(&mut tx, Timestamp(999)).await.unwrap(), 0);
        assert_eq!(claim::outdate(&mut tx, Timestamp(1_000)).await.unwrap(), 3);
        assert!(asked::groups(&mut tx).await.unwrap().is_empty());
    })
    .await;
}
