//! What is on the wire: read back by a parser of another make, and its signature checked by a
//! verifier of another make.

use std::sync::Arc;
use std::time::{Duration, Instant};

use filo_core::id::WorkspaceKey;
use filo_core::mail::{Security, Server, TokenKey, dkim_text};
use filo_testkit::connect::SystemNetwork;
use filo_testkit::connect::mail::{DkimKey, Envelope, Post, Relay};
use filo_testkit::{MailServer, MailServerOptions, START};
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::{AuthenticatedMessage, DkimResult, MessageAuthenticator, Txt};
use mail_parser::{HeaderName, MessageParser};

use super::letter;

/// The message of a letter, signed, as a server got it; with the public key.
async fn sent(letter: &filo_app::mail::Letter) -> (Vec<u8>, String) {
    let server = MailServer::start(MailServerOptions::default()).await;
    let (private, public) = DkimKey::generate([7; 32]).unwrap();
    let relay = Relay {
        server: Server {
            host: "localhost".to_owned(),
            port: server.address.port(),
            security: Security::None,
            user: String::new(),
            own_relay: true,
        },
        account: None,
        hello: "rossi.it".to_owned(),
    };
    let envelope = Envelope {
        tokens: TokenKey::of(&WorkspaceKey([4; 32])),
        bounce_domain: None,
        dkim: Some(DkimKey::read("filo1", "rossi.it", &private).unwrap()),
    };
    let post = Post::to_relay(relay, envelope, "", Arc::new(SystemNetwork)).unwrap();
    post.hand_over(letter, START).await;
    (server.received()[0].data.clone(), public)
}

async fn verdicts(raw: &[u8], public: &str) -> Vec<bool> {
    verdicts_by(raw, &dkim_text(public)).await
}

/// Whether each signature holds, by the text of the record in the DNS of rossi.it.
pub(crate) async fn verdicts_by(raw: &[u8], record: &str) -> Vec<bool> {
    let message = AuthenticatedMessage::parse(raw).unwrap();
    let caches = mail_auth_cache::Texts::default();
    let key = DomainKey::parse(record.as_bytes()).unwrap();
    caches.put("filo1._domainkey.rossi.it.", Txt::DomainKey(Arc::new(key)));
    let verifier = MessageAuthenticator::new_cloudflare().unwrap();
    let parameters = mail_auth::Parameters::new(&message).with_txt_cache(&caches);
    let outputs = verifier.verify_dkim(parameters).await;
    outputs
        .iter()
        .map(|output| output.result() == &DkimResult::Pass)
        .collect()
}

#[tokio::test]
async fn the_signature_holds_and_covers_what_ends_a_subscription() {
    let (raw, public) = sent(&letter(1)).await;
    assert_eq!(verdicts(&raw, &public).await, [true]);
    let text = String::from_utf8(raw).unwrap();
    let signature = text
        .split("\r\nFrom:")
        .next()
        .unwrap()
        .replace("\r\n", "")
        .replace(' ', "");
    for header in [
        "From:From:Subject:Subject:",
        "List-Unsubscribe:List-Unsubscribe-Post:",
        "Feedback-ID",
        "Message-ID",
    ] {
        assert!(signature.contains(header), "{header} in {signature}");
    }
    for (before, after) in [
        ("One-Click", "Two-Clicks"),
        ("https://filo.example/u/abc", "https://filo.example/u/xyz"),
        ("tornata", "tornato"),
    ] {
        let changed = text.replace(before, after);
        assert_ne!(changed, text);
        assert_eq!(
            verdicts(changed.as_bytes(), &public).await,
            [false],
            "{before}"
        );
    }
    // A second sender cannot be added.
    let added = text.replacen("\r\nFrom:", "\r\nFrom: altri@example.com\r\nFrom:", 1);
    assert_eq!(verdicts(added.as_bytes(), &public).await, [false]);
}

#[tokio::test]
async fn the_message_says_what_providers_ask_for() {
    let (raw, _) = sent(&letter(1)).await;
    let message = MessageParser::default().parse(&raw).unwrap();
    let header = |name: &str| {
        let found = message.header_raw(HeaderName::from(name.to_owned()));
        found.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    assert_eq!(message.subject(), Some("È tornata la colomba"));
    let from = message.from().unwrap().first().unwrap();
    assert_eq!(
        (from.name(), from.address()),
        (Some("Caffè Rossi"), Some("ciao@rossi.it"))
    );
    assert_eq!(
        header("List-Unsubscribe").unwrap(),
        "<https://filo.example/u/abc>, <mailto:unsub@rossi.it>"
    );
    assert_eq!(
        header("List-Unsubscribe-Post").unwrap(),
        "List-Unsubscribe=One-Click"
    );
    assert_eq!(header("List-ID").unwrap(), "Novita <novita.rossi.it>");
    assert_eq!(header("Precedence").unwrap(), "bulk");
    assert_eq!(header("Auto-Submitted"), None);
    assert_eq!(header("Date").unwrap(), "Wed, 7 Oct 2026 10:00:00 +0000");
    assert!(header("Message-ID").unwrap().starts_with("<mes_"));
    assert!(header("X-Filo-Send").unwrap().starts_with("mes_"));
    assert_eq!(
        message.body_text(0).unwrap().trim_end(),
        letter(1).text.replace('\n', "\r\n")
    );
    assert_eq!(
        message.body_html(0).unwrap().trim_end(),
        letter(1).html.unwrap()
    );
    let mut receipt = letter(2);
    receipt.class = filo_core::message::Class::Transactional;
    receipt.unsubscribe = None;
    let (raw, _) = sent(&receipt).await;
    let text = String::from_utf8(raw).unwrap();
    assert!(text.contains("\r\nAuto-Submitted: auto-generated\r\n"));
    assert!(!text.contains("List-") && !text.contains("Precedence"));
}

/// A cache of texts in place of the DNS.
mod mail_auth_cache {
    use std::borrow::Borrow;
    use std::collections::HashMap;
    use std::hash::Hash;
    use std::sync::Mutex;

    use mail_auth::{ResolverCache, Txt};

    use super::{Duration, Instant};

    #[derive(Default)]
    pub(super) struct Texts(Mutex<HashMap<Box<str>, Txt>>);

    impl Texts {
        pub(super) fn put(&self, name: &str, text: Txt) {
            self.insert(
                name.into(),
                text,
                Instant::now() + Duration::from_secs(3600),
            );
        }
    }

    impl ResolverCache<Box<str>, Txt> for Texts {
        fn get<Q>(&self, name: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
            Q: Hash + Eq + ?Sized,
        {
            self.0.lock().unwrap().get(name).cloned()
        }

        fn remove<Q>(&self, name: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
            Q: Hash + Eq + ?Sized,
        {
            self.0.lock().unwrap().remove(name)
        }

        fn insert(&self, key: Box<str>, value: Txt, _until: Instant) {
            self.0.lock().unwrap().insert(key, value);
        }
    }
}
