//! Mail that came back, on both databases.

use filo_core::id::{MailReturnId, MessageId, NodeId};
use filo_core::mail::returned::{Class, Earlier};
use filo_core::time::Timestamp;
use filo_store::mail_return::{self, MailReturnRow};

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000);

fn row(number: u128, node: Option<NodeId>, class: Class) -> MailReturnRow {
    MailReturnRow {
        id: MailReturnId(number),
        at: NOW.plus_seconds(i64::try_from(number).unwrap()),
        class,
        node,
        address: "anna@example.it".to_owned(),
        message: (number != 3).then_some(MessageId(number)),
        code: "550 5.1.1".to_owned(),
        basis: "code 5.1.1".to_owned(),
        said: "unknown".to_owned(),
        effect: "put_aside".to_owned(),
        hash: [u8::try_from(number).unwrap(); 32],
        raw: "From: x".to_owned(),
    }
}

#[tokio::test]
async fn returns_are_kept_listed_counted_and_forgotten() {
    with_store(async |db| {
        let (anna, bruno) = (NodeId(1), NodeId(2));
        let mut tx = db.begin().await.unwrap();
        let rows = [
            row(1, Some(anna), Class::MailboxFull),
            row(2, Some(bruno), Class::Complaint),
            row(3, Some(anna), Class::Temporary),
            row(4, None, Class::AutoReply),
        ];
        for one in &rows {
            mail_return::insert(&mut tx, one).await.unwrap();
        }
        let got = mail_return::get(&mut tx, rows[0].id).await.unwrap();
        assert_eq!(got.as_ref(), Some(&rows[0]));
        let same = mail_return::by_hash(&mut tx, &[2; 32]).await.unwrap();
        assert_eq!(same, [rows[1].clone()]);
        let begin = (Timestamp::MAX, MailReturnId(u128::MAX));
        let page = mail_return::list(&mut tx, begin, 3).await.unwrap();
        let ids: Vec<u128> = page.iter().map(|it| it.id.0).collect();
        assert_eq!(ids, [4, 3, 2]);
        assert!(page.iter().all(|it| it.raw.is_empty()), "a list is light");
        let rest = mail_return::list(&mut tx, (rows[1].at, rows[1].id), 3)
            .await
            .unwrap();
        assert_eq!(rest.len(), 1);
        // What proved nothing is not counted.
        let earlier = mail_return::earlier(&mut tx, anna, NOW).await.unwrap();
        let expected = Earlier {
            class: Class::MailboxFull,
            at: rows[0].at,
        };
        assert_eq!(earlier, [expected]);
        mail_return::forget(&mut tx, &[anna]).await.unwrap();
        assert_eq!(mail_return::get(&mut tx, rows[0].id).await.unwrap(), None);
        assert_eq!(mail_return::prune(&mut tx, rows[3].at).await.unwrap(), 1);
        let left = mail_return::list(&mut tx, begin, 9).await.unwrap();
        assert_eq!(left.len(), 1);
    })
    .await;
}
