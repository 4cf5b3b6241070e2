//! Notes beside figures, alerts, and who gets the Monday page.

use filo_core::audit::{Act, Entry, Party};
use filo_core::id::{AlertId, AlertRuleId, AnnotationId, MessageId, UserId};
use filo_core::time::Timestamp;
use filo_store::alert::{self, AlertRow, AlertRuleRow};
use filo_store::annotation::{self, AnnotationRow};
use filo_store::{audit, monday};

use crate::with_store;

fn note(id: u128, first: &str, last: &str) -> AnnotationRow {
    AnnotationRow {
        id: AnnotationId(id),
        first_day: first.to_owned(),
        last_day: last.to_owned(),
        words: format!("nota {id}"),
        version: 1,
        created_at: Timestamp(1),
        created_by: "Anna".to_owned(),
        changed_at: Timestamp(1),
        changed_by: "Anna".to_owned(),
        removed_at: None,
    }
}

#[tokio::test]
async fn notes_are_those_that_touch_the_days_and_change_from_what_was_read() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for row in [
            note(1, "2026-09-30", "2026-10-02"),
            note(2, "2026-10-05", "2026-10-05"),
        ] {
            annotation::insert(&mut tx, &row).await.unwrap();
        }
        let mut found = async |first: &str, last: &str| -> Vec<u128> {
            let rows = annotation::between(&mut tx, (first, last), 9)
                .await
                .unwrap();
            rows.iter().map(|row| row.id.0).collect()
        };
        assert_eq!(found("2026-10-01", "2026-10-31").await, [2, 1]);
        assert_eq!(found("2026-10-03", "2026-10-04").await, [0_u128; 0]);
        assert_eq!(found("2026-10-02", "2026-10-02").await, [1]);
        let removed = AnnotationRow {
            removed_at: Some(Timestamp(5)),
            ..note(1, "2026-09-30", "2026-10-02")
        };
        assert!(annotation::change(&mut tx, &removed).await.unwrap());
        assert!(!annotation::change(&mut tx, &removed).await.unwrap());
        let row = annotation::get(&mut tx, AnnotationId(1))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((row.version, row.removed_at), (2, Some(Timestamp(5))));
        assert_eq!(annotation::texts(&mut tx).await.unwrap().len(), 2);
        annotation::erase(&mut tx, AnnotationId(1)).await.unwrap();
        assert_eq!(
            annotation::get(&mut tx, AnnotationId(1)).await.unwrap(),
            None
        );
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_alert_of_the_same_days_is_there_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rule = AlertRuleRow {
            id: AlertRuleId(1),
            subject: "orders".to_owned(),
            every: "week".to_owned(),
            direction: "falls".to_owned(),
            percent: None,
            people_least: 30,
            is_on: true,
            version: 0,
            changed_at: Timestamp(1),
            changed_by: "Anna".to_owned(),
            removed_at: None,
        };
        assert!(alert::put_rule(&mut tx, &rule).await.unwrap());
        assert!(
            !alert::put_rule(&mut tx, &rule).await.unwrap(),
            "it is there now"
        );
        let off = AlertRuleRow {
            percent: Some(20),
            is_on: false,
            version: 1,
            ..rule
        };
        assert!(alert::put_rule(&mut tx, &off).await.unwrap());
        assert!(!alert::put_rule(&mut tx, &off).await.unwrap());
        let known = alert::rules(&mut tx).await.unwrap();
        assert_eq!(
            (known[0].version, known[0].percent, known[0].is_on),
            (2, Some(20), false)
        );
        let row = |id: u128, about: &str, at: i64| AlertRow {
            id: AlertId(id),
            rule: AlertRuleId(1),
            subject: "orders".to_owned(),
            about: about.to_owned(),
            first_day: "2026-09-28".to_owned(),
            last_day: "2026-10-04".to_owned(),
            facts: "{}".to_owned(),
            raised_at: Timestamp(at),
            dismissed_at: None,
            dismissed_by: None,
        };
        assert!(alert::raise(&mut tx, &row(1, "", 10)).await.unwrap());
        assert!(!alert::raise(&mut tx, &row(2, "", 20)).await.unwrap());
        assert!(alert::raise(&mut tx, &row(3, "7", 30)).await.unwrap());
        assert!(
            alert::dismiss(&mut tx, AlertId(3), Timestamp(40), "Anna")
                .await
                .unwrap()
        );
        assert!(
            !alert::dismiss(&mut tx, AlertId(3), Timestamp(41), "Bruno")
                .await
                .unwrap()
        );
        let open = alert::list(&mut tx, true, Timestamp(0), 9).await.unwrap();
        assert_eq!(open.iter().map(|it| it.id.0).collect::<Vec<_>>(), [1]);
        let all = alert::list(&mut tx, false, Timestamp(0), 9).await.unwrap();
        assert_eq!(all[0].dismissed_by.as_deref(), Some("Anna"));
        assert!(alert::take_up(&mut tx, AlertId(3)).await.unwrap());
        assert!(!alert::take_up(&mut tx, AlertId(3)).await.unwrap());
        assert_eq!(alert::prune(&mut tx, Timestamp(30)).await.unwrap(), 1);
        assert_eq!(alert::get(&mut tx, AlertId(1)).await.unwrap(), None);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_week_is_claimed_once_and_tried_again_only_while_it_has_not_ended() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let user = UserId(7);
        monday::put(&mut tx, user, (1, 7), Timestamp(1))
            .await
            .unwrap();
        let mut claim = async |week: &str, message: u128, now: i64, before: i64| {
            let when = (Timestamp(now), Timestamp(before));
            let claimed = monday::claim(&mut tx, user, (week, MessageId(message)), when).await;
            claimed.unwrap().map(|it| it.0)
        };
        assert_eq!(claim("2026-10-05", 1, 100, 40).await, Some(1));
        assert_eq!(
            claim("2026-10-05", 2, 110, 50).await,
            None,
            "somebody is at it"
        );
        assert_eq!(
            claim("2026-10-05", 2, 200, 150).await,
            Some(1),
            "the same id again"
        );
        let sent = (Timestamp(210), "sent");
        monday::settle(&mut tx, user, "2026-10-05", sent)
            .await
            .unwrap();
        let mut claim = async |week: &str, message: u128| {
            let when = (Timestamp(900), Timestamp(800));
            let claimed = monday::claim(&mut tx, user, (week, MessageId(message)), when).await;
            claimed.unwrap().map(|it| it.0)
        };
        assert_eq!(claim("2026-10-05", 3).await, None, "it has ended");
        assert_eq!(claim("2026-09-28", 3).await, None, "an older week");
        assert_eq!(claim("2026-10-12", 4).await, Some(4));
        // Another hour leaves what they had.
        monday::put(&mut tx, user, (2, 9), Timestamp(2))
            .await
            .unwrap();
        let row = monday::get(&mut tx, user).await.unwrap().unwrap();
        assert_eq!(
            (row.weekday, row.hour, row.week.as_str()),
            (2, 9, "2026-10-12")
        );
        assert_eq!(monday::list(&mut tx).await.unwrap(), [row]);
        assert!(monday::remove(&mut tx, user).await.unwrap());
        assert!(!monday::remove(&mut tx, user).await.unwrap());
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn acts_of_a_kind_are_found_by_their_time() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for (at, act) in [
            (10, Act::JourneyPublished),
            (20, Act::JourneyHalted),
            (30, Act::JourneyPublished),
        ] {
            let entry = Entry::new(Timestamp(at), Party::Operator, act);
            audit::append(&mut tx, &entry).await.unwrap();
        }
        let word = Act::JourneyPublished.word();
        let time = (Timestamp(10), Timestamp(30));
        let found = audit::of_act(&mut tx, word, time, 9).await.unwrap();
        assert_eq!(found.iter().map(|it| it.at.0).collect::<Vec<_>>(), [10]);
        tx.commit().await.unwrap();
    })
    .await;
}
