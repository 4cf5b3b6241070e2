//! Which of the mails in a mailbox came back: reports as machines write them, and letters of mail
//! servers. Everything else is somebody's mail and is left alone.
//!
//! **Invariant:** an answer of a person, and of their machine while they are away, is no return.

use mail_parser::{Message, MessageParser, MimeHeaders};

use super::{Class, Notice};

/// Who writes for a mail server.
const SERVERS: [&str; 3] = ["mailer-daemon", "postmaster", "mail-daemon"];

/// Whether a mail came back, by its form; what it says is in its notices.
#[must_use]
pub fn is_return(raw: &[u8], notices: &[Notice]) -> bool {
    let Some(message) = MessageParser::default().parse_headers(raw) else {
        return false;
    };
    let says_something = notices
        .iter()
        .any(|notice| notice.class != Class::AutoReply);
    says_something && (is_report(&message) || is_of_server(&message))
}

/// The id that a mail was given by whoever wrote it.
#[must_use]
pub fn message_id(raw: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse_headers(raw)?;
    let id = message.message_id()?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn is_report(message: &Message<'_>) -> bool {
    let Some(kind) = message.content_type() else {
        return false;
    };
    let is = |text: Option<&str>, word: &str| text.is_some_and(|it| it.eq_ignore_ascii_case(word));
    let of = |word| is(kind.attribute("report-type"), word);
    kind.ctype().eq_ignore_ascii_case("multipart")
        && is(kind.subtype(), "report")
        && (of("delivery-status") || of("feedback-report"))
}

/// A letter of somebody who writes for a server.
fn is_of_server(message: &Message<'_>) -> bool {
    let from = message.from().and_then(|from| from.first());
    let address = from.and_then(|from| from.address()).unwrap_or_default();
    let local = address.split('@').next().unwrap_or_default();
    SERVERS.iter().any(|name| local.eq_ignore_ascii_case(name))
}
