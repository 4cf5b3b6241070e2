//! Browsers that take notifications, on both databases.

use filo_core::id::{NodeId, SourceId};
use filo_core::time::Timestamp;
use filo_store::web_push::{self, BrowserRow};

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000_000);

fn browser(node: u128, visitor: u128) -> BrowserRow {
    BrowserRow {
        node: NodeId(node),
        visitor: NodeId(visitor),
        anonymous_id: "a".to_owned(),
        endpoint: format!("https://push.example/{node}"),
        point: vec![4; 65],
        auth: vec![node.to_be_bytes()[15]; 16],
        purpose: "marketing".to_owned(),
        wording: String::new(),
        context: "{}".to_owned(),
        source: SourceId(2),
        asked_at: NOW,
        confirmed_at: None,
    }
}

#[tokio::test]
async fn browsers_are_kept_once_and_found_by_whoever_was_asked() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for row in [browser(1, 10), browser(2, 10), browser(3, 11)] {
            web_push::put(&mut tx, &row).await.unwrap();
        }
        assert!(web_push::confirm(&mut tx, NodeId(1), NOW).await.unwrap());
        assert!(!web_push::confirm(&mut tx, NodeId(9), NOW).await.unwrap());
        let again = BrowserRow {
            wording: "marketing/2".to_owned(),
            confirmed_at: Some(NOW),
            ..browser(1, 10)
        };
        web_push::put(&mut tx, &again).await.unwrap();
        let found = web_push::get(&mut tx, NodeId(1)).await.unwrap();
        assert_eq!(found.as_ref(), Some(&again));
        let both = [NodeId(10), NodeId(1)];
        let of = web_push::of_nodes(&mut tx, &both).await.unwrap();
        assert_eq!(of, [again, browser(2, 10)]);
        assert_eq!(web_push::taking(&mut tx).await.unwrap(), 1);
        let since = NOW.plus_seconds(-1);
        assert_eq!(web_push::asked_since(&mut tx, since).await.unwrap(), 3);
        assert_eq!(web_push::asked_since(&mut tx, NOW).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn browsers_that_never_answered_are_swept_and_those_of_the_forgotten_go() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for row in [browser(1, 10), browser(2, 11), browser(3, 12)] {
            web_push::put(&mut tx, &row).await.unwrap();
        }
        web_push::confirm(&mut tx, NodeId(1), NOW).await.unwrap();
        web_push::sweep(&mut tx, NOW).await.unwrap();
        assert_eq!(
            web_push::get(&mut tx, NodeId(2)).await.unwrap(),
            Some(browser(2, 11)),
            "only what is older"
        );
        web_push::erase(&mut tx, &[NodeId(12)]).await.unwrap();
        assert_eq!(web_push::get(&mut tx, NodeId(3)).await.unwrap(), None);
        web_push::sweep(&mut tx, NOW.plus_seconds(1)).await.unwrap();
        assert_eq!(web_push::get(&mut tx, NodeId(2)).await.unwrap(), None);
        assert!(web_push::remove(&mut tx, NodeId(1)).await.unwrap());
        assert!(!web_push::remove(&mut tx, NodeId(1)).await.unwrap());
        web_push::put(&mut tx, &browser(4, 1)).await.unwrap();
        web_push::remove_all(&mut tx).await.unwrap();
        assert_eq!(web_push::get(&mut tx, NodeId(4)).await.unwrap(), None);
    })
    .await;
}
