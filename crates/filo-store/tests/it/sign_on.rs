//! Who signs on with the company's directory: links and journeys, on both databases.

use filo_core::id::UserId;
use filo_core::time::Timestamp;
use filo_store::sign_on::{self, JourneyRow};
use filo_store::user::{self, UserRow};

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000);

fn person(number: u128) -> UserRow {
    UserRow {
        id: UserId(number),
        name: "Anna".to_owned(),
        email: format!("anna{number}@bottega.it"),
        role: "agent".to_owned(),
        language: "it".to_owned(),
        password: String::new(),
        credential_epoch: 0,
        factor_seed: None,
        factor_since: None,
        factor_step: 0,
        created_at: NOW,
        disabled_at: None,
    }
}

#[tokio::test]
async fn a_journey_is_taken_once_and_in_time() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let row = |state: u8, seconds: i64| JourneyRow {
            state: [state; 32],
            ticket: [9; 32],
            nonce: "n".to_owned(),
            verifier: "v".to_owned(),
            issuer: "https://id.example".to_owned(),
            owner: (state == 1).then_some(UserId(7)),
            invite: (state == 2).then_some([8; 32]),
            next: "/people".to_owned(),
            expires_at: NOW.plus_seconds(seconds),
        };
        for one in [row(1, 600), row(2, 600), row(3, 1)] {
            sign_on::begin(&mut tx, &one, NOW).await.unwrap();
        }
        let later = NOW.plus_seconds(2);
        for one in [row(1, 600), row(2, 600)] {
            let taken = sign_on::take(&mut tx, &one.state, later).await.unwrap();
            assert_eq!(taken.as_ref(), Some(&one));
            let again = sign_on::take(&mut tx, &one.state, later).await.unwrap();
            assert_eq!(again, None, "it is taken once");
        }
        let late = sign_on::take(&mut tx, &[3; 32], later).await.unwrap();
        assert_eq!(late, None, "it took too long");
    })
    .await;
}

#[tokio::test]
async fn a_link_is_one_account_for_one_name_and_ends_sessions() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        for number in [1, 2] {
            assert!(user::insert(&mut tx, &person(number)).await.unwrap());
        }
        let (one, two) = (UserId(1), UserId(2));
        let who = ("https://id.example", "anna");
        let other = ("https://id.example", "another");
        assert!(sign_on::link(&mut tx, who, one, NOW).await.unwrap());
        assert!(!sign_on::link(&mut tx, who, two, NOW).await.unwrap());
        assert!(!sign_on::link(&mut tx, other, one, NOW).await.unwrap());
        let owner = sign_on::owner(&mut tx, who.0, who.1).await.unwrap();
        assert_eq!(owner, Some(one));
        let elsewhere = sign_on::owner(&mut tx, "https://evil.example", who.1);
        assert_eq!(elsewhere.await.unwrap(), None);
        let since = sign_on::linked_at(&mut tx, one, who.0).await.unwrap();
        assert_eq!(since, Some(NOW));
        let epoch = user::get(&mut tx, one).await.unwrap().unwrap();
        assert!(epoch.credential_epoch > 0, "sessions of before have ended");
        assert!(sign_on::unlink(&mut tx, one).await.unwrap());
        assert!(!sign_on::unlink(&mut tx, one).await.unwrap());
        let owner = sign_on::owner(&mut tx, who.0, who.1).await.unwrap();
        assert_eq!(owner, None);
    })
    .await;
}
