//! Whatever somebody writes: it is read back as it was written, and adds no header.

use filo_core::id::{MessageId, WorkspaceKey};
use filo_core::mail::{MailAddress, Mailbox, TokenKey};
use filo_core::message::Class;
use filo_core::time::Timestamp;
use mail_parser::MessageParser;
use proptest::prelude::*;

use super::{Composed, Letter, Unsubscribe};
use crate::mail::LetterFault;

const NOW: Timestamp = Timestamp(1_791_367_200_000_000);

fn letter(name: &str, subject: &str, text: &str, html: Option<&str>) -> Letter {
    let address = |text: &str| MailAddress::parse(text).unwrap();
    Letter {
        id: MessageId(7),
        from: Mailbox {
            name: name.to_owned(),
            address: address("ciao@caffè.example"),
        },
        to: Mailbox {
            name: subject.to_owned(),
            address: address("a..b@docomo.ne.jp"),
        },
        reply_to: None,
        subject: subject.to_owned(),
        text: text.to_owned(),
        html: html.map(str::to_owned),
        class: Class::Transactional,
        unsubscribe: None,
        feedback_id: None,
        by_hand: false,
        headers: vec![("X-Note".to_owned(), subject.to_owned())],
    }
}

fn composed(letter: &Letter) -> Result<Vec<u8>, LetterFault> {
    let key = TokenKey::of(&WorkspaceKey([1; 32]));
    let token = key.token(letter.id, &letter.to.address);
    Composed::new(letter, &token, NOW).map(|message| message.bytes())
}

/// The text as mail knows it.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
    text.replace('\n', "\r\n")
}

#[test]
fn no_field_adds_a_header_or_a_line() {
    for attack in [
        "Ciao\r\nBcc: mallory@example.com",
        "Ciao\nBcc: mallory@example.com",
        "Ciao\rBcc: mallory@example.com",
        "Ciao\r\n\r\n<html>",
        "Ciao\u{0}\u{b}\u{c}\u{85}\u{2028}\u{2029}Bcc: mallory@example.com",
        "=?utf-8?Q?Ciao=0D=0ABcc:_mallory@example.com?=",
        "\" <mallory@example.com>, \"",
        "a\\\" <mallory@example.com>",
    ] {
        let raw = composed(&letter(attack, attack, "x", None)).unwrap();
        let head = String::from_utf8(raw).unwrap();
        let head = head.split("\r\n\r\n").next().unwrap().to_owned();
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "MIME-Version",
                "Auto-Submitted",
                "X-Filo-Send",
                "X-Note",
                "Content-Type",
                "Content-Transfer-Encoding"
            ],
            "{attack:?}"
        );
        let raw = composed(&letter(attack, attack, "x", None)).unwrap();
        let message = MessageParser::default().parse(&raw).unwrap();
        let from: Vec<_> = message
            .from()
            .unwrap()
            .iter()
            .filter_map(|it| it.address())
            .collect();
        assert_eq!(from, ["ciao@xn--caff-8oa.example"], "{attack:?}");
    }
}

#[test]
fn advertising_without_a_way_out_is_no_letter() {
    let mut advertising = letter("Rossi", "Sconti", "x", None);
    advertising.class = Class::Marketing;
    assert_eq!(
        composed(&advertising).unwrap_err(),
        LetterFault::NoUnsubscribe
    );
    let with = |url: &str, list: &str| {
        let mut letter = advertising.clone();
        letter.unsubscribe = Some(Unsubscribe {
            list: list.to_owned(),
            list_name: "Novità\r\nBcc: x".to_owned(),
            url: url.to_owned(),
            mailto: None,
        });
        composed(&letter)
    };
    assert!(with("https://filo.example/u/x", "novita").is_ok());
    for (url, list) in [
        ("http://filo.example/u/x", "novita"),
        ("https://filo.example/>\r\nBcc: x", "novita"),
        ("https://filo.example/u,x", "novita"),
        ("https://filo.example/u/x", "no vita"),
        ("https://filo.example/u/x", "a>\r\nb"),
    ] {
        assert!(with(url, list).is_err(), "{url} {list}");
    }
}

proptest! {
    #[test]
    fn any_letter_is_read_back(
        name in "\\PC{0,40}",
        subject in "\\PC{0,120}",
        text in "(\\PC|\\n|\\r\\n|\\t){1,400}",
        html in proptest::option::of("(\\PC|\\n){1,400}"),
    ) {
        let letter = letter(&name, &subject, &text, html.as_deref());
        let raw = match composed(&letter) {
            Ok(raw) => raw,
            Err(fault) => {
                prop_assert_eq!(fault, LetterFault::NoText);
                return Ok(());
            }
        };
        for line in raw.split(|byte| *byte == b'\n') {
            prop_assert!(line.len() <= 999 && line.is_ascii());
        }
        let message = MessageParser::default().parse(&raw).unwrap();
        let single = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(message.subject().unwrap_or_default(), single(&subject));
        let from = message.from().unwrap().first().unwrap();
        prop_assert_eq!(from.name().unwrap_or_default(), single(&name));
        prop_assert_eq!(from.address().unwrap(), "ciao@xn--caff-8oa.example");
        let plain = message.text_bodies().next().unwrap();
        let plain = plain.text_contents().unwrap();
        prop_assert_eq!(plain.strip_suffix("\r\n").unwrap_or(plain), lines(&text));
        if let Some(html) = &html {
            let drawn = message.html_bodies().next().unwrap().text_contents().unwrap();
            prop_assert_eq!(drawn.strip_suffix("\r\n").unwrap_or(drawn), lines(html));
        }
    }
}
