//! Notices of the kinds that exist, written for the test, and the real ones where they are.

use super::*;

const WORKSPACE: WorkspaceKey = WorkspaceKey([3; 32]);

fn read_one(raw: &str) -> Notice {
    let found = read(raw.replace('\n', "\r\n").as_bytes(), &WORKSPACE).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

fn report(fields: &str, to: &str, original: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.net\nTo: {to}\nSubject: Undelivered\n\
         Auto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; \
         report-type=delivery-status; boundary=x\n\n--x\nContent-Type: text/plain\n\nSorry.\n\
         --x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n\
         {fields}\n\n--x\nContent-Type: message/rfc822\n\n{original}\n--x--\n"
    )
}

#[test]
fn a_report_is_read_and_traced_by_the_envelope() {
    let key = TokenKey::of(&WORKSPACE);
    let anna = MailAddress::parse("anna@example.com").unwrap();
    let token = key.token(MessageId(9), &anna);
    let notice = read_one(&report(
        "Final-Recipient: rfc822;ANNA@example.com\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does\n not exist.",
        &token.bounce_address("bounce.rossi.it"),
        "Subject: Ciao\n\nCiao",
    ));
    assert_eq!(notice.class, Class::AddressDead);
    assert_eq!(notice.code, Some(EnhancedCode(5, 1, 1)));
    assert_eq!(notice.reply, Some(550));
    assert_eq!(notice.message, Some(MessageId(9)));
    assert!(notice.said.contains("does not exist"), "{}", notice.said);
}

#[test]
fn a_forged_notice_speaks_of_nobody_else() {
    let key = TokenKey::of(&WORKSPACE);
    let mallory = MailAddress::parse("mallory@example.com").unwrap();
    let token = key.token(MessageId(9), &mallory);
    let notice = read_one(&report(
        "Final-Recipient: rfc822;victim@example.com\nAction: failed\nStatus: 5.1.1",
        &token.bounce_address("bounce.rossi.it"),
        "To: victim@example.com\n\nCiao",
    ));
    assert_eq!(notice.message, None);
}

#[test]
fn a_forwarded_message_comes_back_to_whom_it_was_written() {
    let key = TokenKey::of(&WORKSPACE);
    let anna = MailAddress::parse("anna@rossi.it").unwrap();
    let token = key.token(MessageId(9), &anna);
    let notice = read_one(&report(
        "Final-Recipient: rfc822;anna.private@example.com\nAction: failed\nStatus: 5.2.2",
        "ciao@bottega.it",
        &format!("To: Anna <anna@rossi.it>\nX-Filo-Send: {token}\n\nCiao"),
    ));
    assert_eq!(notice.address, Some(anna));
    assert_eq!(notice.message, Some(MessageId(9)));
    assert_eq!(notice.class, Class::MailboxFull);
}

#[test]
fn codes_and_words_give_the_class() {
    for (status, said, class) in [
        ("5.1.1", "550 5.1.1 User unknown", Class::AddressDead),
        ("5.0.0", "550 No such user here", Class::AddressDead),
        ("5.0.0", "550 Utente sconosciuto", Class::AddressDead),
        ("5.4.4", "Host unknown", Class::AddressDead),
        ("4.4.3", "DNS error: NXDOMAIN", Class::Temporary),
        ("5.2.2", "552 over quota", Class::MailboxFull),
        ("5.0.0", "552 casella piena", Class::MailboxFull),
        ("5.3.4", "552 too big", Class::TooLarge),
        ("5.7.1", "554 blocked using zen.spamhaus.org", Class::Policy),
        (
            "5.1.1",
            "550 5.1.1 sent to too many recipients this hour",
            Class::Policy,
        ),
        ("5.7.26", "550-5.7.26 unauthenticated", Class::Configuration),
        ("5.7.1", "554 5.7.1 DMARC policy", Class::Configuration),
        ("4.4.1", "connection timed out", Class::Temporary),
        (
            "4.7.28",
            "421 4.7.28 unusual rate of unsolicited mail",
            Class::Policy,
        ),
        (
            "5.2.1",
            "550 The account is disabled",
            Class::AccountDisabled,
        ),
        ("5.0.0", "", Class::Unknown),
    ] {
        let fields = format!(
            "Final-Recipient: rfc822;a@b.it\nAction: failed\nStatus: {status}\n\
             Diagnostic-Code: smtp; {said}"
        );
        let notice = read_one(&report(&fields, "ciao@bottega.it", "To: a@b.it\n\nx"));
        assert_eq!(notice.class, class, "{status} {said}: {notice:?}");
    }
}

#[test]
fn what_is_under_way_or_arrived_has_not_failed() {
    for (action, class) in [
        ("delayed", Class::Delayed),
        ("delivered", Class::Delivered),
        ("relayed", Class::Delivered),
    ] {
        let fields = format!("Final-Recipient: rfc822;a@b.it\nAction: {action}\nStatus: 4.0.0");
        let notice = read_one(&report(&fields, "ciao@bottega.it", "To: a@b.it\n\nx"));
        assert_eq!(notice.class, class);
    }
}

#[test]
fn a_text_for_people_is_read_by_sections() {
    let raw = "From: MAILER-DAEMON@mx.example.net\r\nTo: ciao@bottega.it\r\nSubject: failure \
               notice\r\n\r\nHi. This is the qmail-send program.\r\n\r\n<anna@example.com>:\r\n\
               550 5.1.1 User unknown\r\n\r\n<bruno@example.com>:\r\nuser is over quota\r\n\r\n\
               --- Below this line is a copy of the message.\r\n\r\nReturn-Path: \
               <ciao@bottega.it>\r\nReceived: x\r\nTo: anna@example.com, bruno@example.com\r\n\r\nCiao\r\n";
    let found = read(raw.as_bytes(), &WORKSPACE).unwrap();
    let shown: Vec<_> = found
        .iter()
        .map(|it| (it.address.as_ref().unwrap().as_str(), it.class))
        .collect();
    assert_eq!(
        shown,
        [
            ("anna@example.com", Class::AddressDead),
            ("bruno@example.com", Class::MailboxFull)
        ]
    );
}

#[test]
fn a_complaint_is_one() {
    let raw = "From: fbl@example.net\nTo: abuse@bottega.it\nSubject: FW: Ciao\nMIME-Version: \
               1.0\nContent-Type: multipart/report; report-type=feedback-report; \
               boundary=x\n\n--x\nContent-Type: text/plain\n\nabuse\n--x\nContent-Type: \
               message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: \
               <anna@example.com>\n\n--x\nContent-Type: message/rfc822\n\nTo: \
               anna@example.com\nSubject: Ciao\n\nCiao\n--x--\n";
    let notice = read_one(raw);
    assert_eq!(notice.class, Class::Complaint);
    assert_eq!(notice.address.unwrap().as_str(), "anna@example.com");
}

#[test]
fn answers_of_machines_are_known() {
    for head in [
        "Subject: Out of office\nFrom: anna@example.com",
        "Subject: Ciao\nFrom: anna@example.com\nAuto-Submitted: auto-replied",
        "Subject: Risposta automatica: sconti\nFrom: anna@example.com",
    ] {
        let notice = read_one(&format!("{head}\nTo: ciao@bottega.it\n\nTorno il 3.\n"));
        assert_eq!(notice.class, Class::AutoReply, "{head}");
    }
}

#[test]
fn what_is_beyond_the_limits_is_refused_whole() {
    assert_eq!(read(b"", &WORKSPACE), Err(Unreadable::NotMail));
    let large = vec![b'a'; BYTES_MOST + 1];
    assert_eq!(read(&large, &WORKSPACE), Err(Unreadable::TooLarge));
    let mut raw = "From: a@b.it\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n".to_owned();
    for _ in 0..=PARTS_MOST {
        raw.push_str("--x\r\nContent-Type: text/plain\r\n\r\na\r\n");
    }
    assert_eq!(read(raw.as_bytes(), &WORKSPACE), Err(Unreadable::TooNested));
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(DEPTH_MOST + 2);
    let deep = format!("{nested}From: a@b.it\r\n\r\nx");
    assert_eq!(
        read(deep.as_bytes(), &WORKSPACE),
        Err(Unreadable::TooNested)
    );
}

proptest::proptest! {
    #[test]
    fn anything_is_read_or_refused(bytes in proptest::collection::vec(0u8..=255, 0..2_000)) {
        drop(read(&bytes, &WORKSPACE));
    }

    #[test]
    fn anything_behind_a_report_is_read(text in "\\PC{0,400}") {
        let raw = report(&text, "ciao@bottega.it", &text);
        drop(read(raw.as_bytes(), &WORKSPACE));
    }
}
