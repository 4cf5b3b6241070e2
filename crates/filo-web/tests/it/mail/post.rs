//! A real conversation with a server: every way in which handing over can end.

use std::sync::Arc;

use filo_app::mail::{Handed, RefusedWhy};
use filo_core::id::WorkspaceKey;
use filo_core::mail::returned;
use filo_core::mail::{Security, Server, TokenKey};
use filo_testkit::connect::SystemNetwork;
use filo_testkit::connect::mail::{Account, Envelope, Post, Relay};
use filo_testkit::{MailReaction, MailServer, MailServerOptions, START};

use super::letter;

const WORKSPACE: WorkspaceKey = WorkspaceKey([4; 32]);

fn post_with(
    server: &MailServer,
    security: Security,
    account: Option<(&str, &str)>,
    own_relay: bool,
) -> Post {
    let relay = Relay {
        server: Server {
            host: "localhost".to_owned(),
            port: server.address.port(),
            security,
            user: String::new(),
            own_relay,
        },
        account: account.map(|(user, password)| Account {
            user: user.to_owned(),
            password: password.to_owned(),
        }),
        hello: "rossi.it".to_owned(),
    };
    let envelope = Envelope {
        tokens: TokenKey::of(&WORKSPACE),
        bounce_domain: Some("bounce.rossi.it".to_owned()),
        dkim: None,
    };
    Post::to_relay(relay, envelope, &server.roots_pem, Arc::new(SystemNetwork)).unwrap()
}

async fn plain() -> (MailServer, Post) {
    let server = MailServer::start(MailServerOptions::default()).await;
    let post = post_with(&server, Security::None, None, true);
    (server, post)
}

fn refusal(handed: &Handed) -> (RefusedWhy, Option<u16>, Option<&str>) {
    let Handed::Refused {
        why,
        code,
        enhanced,
        ..
    } = handed
    else {
        unreachable!("{handed:?}");
    };
    (*why, *code, enhanced.as_deref())
}

#[tokio::test]
async fn a_message_arrives_whole_and_its_envelope_leads_back() {
    let (server, post) = plain().await;
    let handed = post.hand_over(&letter(1), START).await;
    assert!(
        matches!(handed, Handed::Accepted { code: 250, .. }),
        "{handed:?}"
    );
    let came = &server.received()[0];
    assert_eq!(came.to, "anna@example.com");
    assert!(came.from.ends_with("@bounce.rossi.it"), "{}", came.from);
    let text = String::from_utf8(came.data.clone()).unwrap();
    assert!(
        text.contains("\r\n.=C3=A8 tornata"),
        "dots are kept: {text}"
    );
    // What comes back to that address is known again, for this address only.
    let bounce = format!(
        "From: MAILER-DAEMON@mx.example.com\r\nTo: {}\r\nSubject: failure notice\r\n\r\n\
         <anna@example.com>:\r\n550 5.1.1 User unknown\r\n",
        came.from
    );
    let notices = returned::read(bounce.as_bytes(), &WORKSPACE).unwrap();
    assert_eq!(notices[0].message, Some(letter(1).id));
}

#[tokio::test]
async fn each_refusal_is_told_with_its_reason() {
    let (server, post) = plain().await;
    for (number, reaction, expected) in [
        (
            1,
            MailReaction::Recipient("550 5.1.1 User unknown"),
            (RefusedWhy::Permanent, Some(550), Some("5.1.1")),
        ),
        (
            2,
            MailReaction::Recipient("451 4.3.2 Please try again later"),
            (RefusedWhy::Transient, Some(451), Some("4.3.2")),
        ),
        (
            3,
            MailReaction::Recipient("452 4.2.2 Mailbox full"),
            (RefusedWhy::Transient, Some(452), Some("4.2.2")),
        ),
        (
            4,
            MailReaction::End("554 5.7.1 Message rejected as spam"),
            (RefusedWhy::Policy, Some(554), Some("5.7.1")),
        ),
        (
            5,
            MailReaction::End("550 5.7.26 Unauthenticated email is not accepted"),
            (RefusedWhy::Policy, Some(550), Some("5.7.26")),
        ),
        (
            6,
            MailReaction::Sender(
                "421 4.7.28 Our system has detected an unusual rate of unsolicited mail",
            ),
            (RefusedWhy::RateLimited, Some(421), Some("4.7.28")),
        ),
        (
            7,
            MailReaction::Sender("550 5.1.8 Sender address rejected"),
            (RefusedWhy::Policy, Some(550), Some("5.1.8")),
        ),
    ] {
        server.react([reaction]);
        let handed = post.hand_over(&letter(number), START).await;
        assert_eq!(refusal(&handed), expected, "{handed:?}");
    }
    // A refusal ends nothing: the next one goes over the same connection where the server lets it.
    let handed = post.hand_over(&letter(8), START).await;
    assert!(matches!(handed, Handed::Accepted { .. }), "{handed:?}");
    assert!(server.connections() <= 3, "{}", server.connections());
}

#[tokio::test]
async fn unknown_is_said_exactly_when_the_end_was_sent_and_nobody_answered() {
    let (server, post) = plain().await;
    server.react([MailReaction::DropBeforeData, MailReaction::DropAfterData]);
    let before = post.hand_over(&letter(1), START).await;
    assert_eq!(refusal(&before), (RefusedWhy::Transient, None, None));
    assert!(server.received().is_empty());
    let after = post.hand_over(&letter(2), START).await;
    assert!(matches!(after, Handed::Unknown { .. }), "{after:?}");
    assert_eq!(
        server.received().len(),
        1,
        "it may have been taken, and it was"
    );
    // Nobody there at all.
    drop(server);
    let nobody = MailServer::start(MailServerOptions::default()).await;
    let away = post_with(&nobody, Security::None, None, true);
    drop(nobody);
    let handed = away.hand_over(&letter(3), START).await;
    assert_eq!(refusal(&handed).0, RefusedWhy::Transient, "{handed:?}");
}

#[tokio::test]
async fn a_slow_server_is_waited_for() {
    let (server, post) = plain().await;
    server.react([MailReaction::Hold]);
    let letter = letter(1);
    let handing = post.hand_over(&letter, START);
    let releasing = async {
        while server.received().is_empty() {
            tokio::task::yield_now().await;
        }
        server.release();
    };
    let (handed, ()) = tokio::join!(handing, releasing);
    assert!(matches!(handed, Handed::Accepted { .. }), "{handed:?}");
}

#[tokio::test]
async fn a_connection_is_used_again_and_a_stale_one_is_not_trusted() {
    let (server, post) = plain().await;
    for number in 1..=3 {
        post.hand_over(&letter(number), START).await;
    }
    assert_eq!(server.connections(), 1);
    // After a while nobody knows whether it still stands.
    post.hand_over(&letter(4), START.plus_seconds(60)).await;
    assert_eq!(server.connections(), 2);
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn nothing_is_said_before_the_connection_is_encrypted() {
    let options = MailServerOptions {
        starttls: true,
        account: Some(("rossi", "segreto")),
        only_login: false,
    };
    let server = MailServer::start(options).await;
    let post = post_with(
        &server,
        Security::Starttls,
        Some(("rossi", "segreto")),
        true,
    );
    let handed = post.hand_over(&letter(1), START).await;
    assert!(matches!(handed, Handed::Accepted { .. }), "{handed:?}");
    assert!(server.received()[0].is_secure);
    let commands = server.commands();
    let encrypted = commands.iter().position(|it| it == "STARTTLS").unwrap();
    assert!(
        commands[..encrypted]
            .iter()
            .all(|it| it.starts_with("EHLO")),
        "{commands:?}"
    );
    // A wrong password lies with us, not with the person.
    let wrong = post_with(&server, Security::Starttls, Some(("rossi", "altro")), true);
    let handed = wrong.hand_over(&letter(2), START).await;
    assert_eq!(refusal(&handed).0, RefusedWhy::Policy, "{handed:?}");
    assert!(!format!("{handed:?} {wrong:?}").contains("altro"));
}

#[tokio::test]
async fn a_server_without_encryption_gets_nothing_when_it_is_wanted() {
    let account = Some(("rossi", "segreto"));
    let options = MailServerOptions {
        account,
        only_login: true,
        ..MailServerOptions::default()
    };
    let server = MailServer::start(options).await;
    let post = post_with(&server, Security::Starttls, account, true);
    let handed = post.hand_over(&letter(1), START).await;
    assert_eq!(refusal(&handed).0, RefusedWhy::Policy, "{handed:?}");
    let commands = server.commands().join("\n");
    assert!(
        !commands.contains("AUTH") && !commands.contains("MAIL"),
        "{commands}"
    );
    // In clear only where the owner said so; there the other way of logging in works too.
    let clear = post_with(&server, Security::None, account, true);
    let handed = clear.hand_over(&letter(2), START).await;
    assert!(matches!(handed, Handed::Accepted { .. }), "{handed:?}");
}

#[tokio::test]
async fn a_private_address_is_reached_only_if_it_is_a_machine_of_the_house() {
    let server = MailServer::start(MailServerOptions::default()).await;
    let post = post_with(&server, Security::None, None, false);
    let handed = post.hand_over(&letter(1), START).await;
    assert_eq!(refusal(&handed).0, RefusedWhy::Transient, "{handed:?}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_letter_that_cannot_be_one_is_not_sent() {
    let (server, post) = plain().await;
    let mut without = letter(1);
    without.unsubscribe = None;
    let mut injected = letter(2);
    injected.headers = vec![("Bcc".to_owned(), "x@y.it".to_owned())];
    let mut named = letter(3);
    named.headers = vec![("X-A\r\nBcc".to_owned(), "x@y.it".to_owned())];
    for wrong in [without, injected, named] {
        let handed = post.hand_over(&wrong, START).await;
        assert_eq!(refusal(&handed).0, RefusedWhy::Policy, "{handed:?}");
    }
    assert_eq!(server.connections(), 0);
}
