//! People, sessions and invitations, on both databases.

use filo_core::id::{InviteId, SessionId, UserId};
use filo_core::time::Timestamp;
use filo_store::invite::{self, InviteRow};
use filo_store::session::{self, SessionRow};
use filo_store::user::{self, UserRow};

use crate::with_store;

const NOW: Timestamp = Timestamp(1_000_000_000);
const LATER: Timestamp = Timestamp(2_000_000_000);
const BEFORE: Timestamp = Timestamp(0);

fn person(number: u128, role: &str) -> UserRow {
    UserRow {
        id: UserId(number),
        name: "Anna".to_owned(),
        email: format!("anna{number}@example.it"),
        role: role.to_owned(),
        language: "it".to_owned(),
        password: "$argon2id$".to_owned(),
        credential_epoch: 0,
        factor_seed: None,
        factor_since: None,
        factor_step: 0,
        created_at: NOW,
        disabled_at: None,
    }
}

fn session(number: u128, owner: Option<UserId>, epoch: i64) -> SessionRow {
    SessionRow {
        id: SessionId(number),
        hash: [u8::try_from(number).unwrap(); 32],
        owner,
        epoch,
        stage: "whole".to_owned(),
        agent: "Firefox".to_owned(),
        created_at: NOW,
        last_seen_at: NOW,
        confirmed_at: NOW,
        expires_at: LATER,
    }
}

#[tokio::test]
async fn an_address_has_one_account_and_every_change_raises_the_epoch() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let anna = person(1, "owner");
        assert!(user::insert(&mut tx, &anna).await.unwrap());
        let twin = UserRow {
            id: UserId(2),
            ..anna.clone()
        };
        assert!(!user::insert(&mut tx, &twin).await.unwrap());
        assert_eq!(
            user::by_email(&mut tx, &anna.email).await.unwrap(),
            Some(anna.clone())
        );
        assert_eq!(user::hold_owners(&mut tx).await.unwrap(), 1);
        let id = anna.id;
        user::set_password(&mut tx, id, "other").await.unwrap();
        user::set_role(&mut tx, id, "admin").await.unwrap();
        user::set_disabled(&mut tx, id, Some(NOW)).await.unwrap();
        assert!(user::offer_factor(&mut tx, id).await.unwrap());
        assert!(user::confirm_factor(&mut tx, id, NOW, 7).await.unwrap());
        assert!(!user::offer_factor(&mut tx, id).await.unwrap());
        assert!(!user::use_step(&mut tx, id, 7).await.unwrap());
        assert!(user::use_step(&mut tx, id, 8).await.unwrap());
        assert!(user::drop_factor(&mut tx, id).await.unwrap());
        let row = user::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((row.credential_epoch, row.factor_seed), (5, None));
        assert_eq!(user::hold_owners(&mut tx).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn codes_and_links_are_used_up() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let anna = person(1, "agent");
        user::insert(&mut tx, &anna).await.unwrap();
        user::replace_codes(&mut tx, anna.id, &[[1; 32], [2; 32]])
            .await
            .unwrap();
        assert!(
            user::use_code(&mut tx, anna.id, &[1; 32], NOW)
                .await
                .unwrap()
        );
        assert!(
            !user::use_code(&mut tx, anna.id, &[1; 32], NOW)
                .await
                .unwrap()
        );
        assert_eq!(user::codes_left(&mut tx, anna.id).await.unwrap(), 1);
        user::insert_reset(&mut tx, &[3; 32], anna.id, LATER)
            .await
            .unwrap();
        assert_eq!(
            user::reset_owner(&mut tx, &[3; 32], NOW).await.unwrap(),
            Some(anna.id)
        );
        assert_eq!(
            user::reset_owner(&mut tx, &[3; 32], LATER).await.unwrap(),
            None
        );
        assert!(user::use_reset(&mut tx, &[3; 32], NOW).await.unwrap());
        assert!(!user::use_reset(&mut tx, &[3; 32], NOW).await.unwrap());
        let row = InviteRow {
            id: InviteId(1),
            hash: [4; 32],
            email: "bruno@example.it".to_owned(),
            role: "agent".to_owned(),
            invited_by: "Anna".to_owned(),
            created_at: NOW,
            expires_at: LATER,
            used_at: None,
            revoked_at: None,
        };
        invite::insert(&mut tx, &row).await.unwrap();
        assert_eq!(
            invite::by_hash(&mut tx, &[4; 32], NOW).await.unwrap(),
            Some(row.clone())
        );
        assert_eq!(
            invite::by_hash(&mut tx, &[4; 32], LATER).await.unwrap(),
            None
        );
        assert!(!invite::use_up(&mut tx, row.id, LATER).await.unwrap());
        assert!(invite::use_up(&mut tx, row.id, NOW).await.unwrap());
        assert!(!invite::use_up(&mut tx, row.id, NOW).await.unwrap());
        assert!(!invite::revoke(&mut tx, row.id, NOW).await.unwrap());
        assert_eq!(invite::list(&mut tx, 9).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_session_lives_in_its_time_and_its_owners_epoch() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let anna = person(1, "agent");
        user::insert(&mut tx, &anna).await.unwrap();
        let own = session(1, Some(anna.id), 0);
        let other = session(2, Some(anna.id), 0);
        let operators = session(3, None, 0);
        for row in [&own, &other, &operators] {
            session::insert(&mut tx, row).await.unwrap();
        }
        let mut found = async |row: &SessionRow, now, since| {
            session::by_hash(&mut tx, &row.hash, now, since)
                .await
                .unwrap()
        };
        assert_eq!(found(&own, NOW, BEFORE).await, Some(own.clone()));
        assert_eq!(
            found(&operators, NOW, BEFORE).await,
            Some(operators.clone())
        );
        assert_eq!(found(&own, LATER, BEFORE).await, None);
        assert_eq!(found(&own, NOW, NOW).await, None, "idle");
        let alive = (NOW, BEFORE);
        assert_eq!(
            session::of_owner(&mut tx, anna.id, alive, 9)
                .await
                .unwrap()
                .len(),
            2
        );
        assert!(
            !session::end_of_owner(&mut tx, operators.id, anna.id)
                .await
                .unwrap()
        );
        assert_eq!(
            session::end_others(&mut tx, anna.id, own.id).await.unwrap(),
            1
        );
        user::set_role(&mut tx, anna.id, "analyst").await.unwrap();
        assert_eq!(
            session::by_hash(&mut tx, &own.hash, NOW, BEFORE)
                .await
                .unwrap(),
            None
        );
        assert_eq!(session::prune(&mut tx, LATER).await.unwrap(), 2);
    })
    .await;
}
