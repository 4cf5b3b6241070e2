//! From a letter to a message: its head in a fixed order and its body.
//!
//! **Invariant:** the same letter gives the same bytes but for `Date`, so that a message that is
//! tried again is the same message, under the same id.

use filo_core::mail::{MailAddress, SendToken};
use filo_core::message::Class;
use filo_core::time::Timestamp;

use super::header::{listed, mailbox, unstructured};
use super::letter::{Letter, LetterFault, Unsubscribe};
use super::quoted::quoted;

/// A message on the wire.
#[derive(Debug, Clone)]
pub struct Composed {
    /// Names and values, folded; the signature is put before them.
    pub(super) headers: Vec<(String, String)>,
    /// The body.
    pub(super) body: String,
}

impl Composed {
    /// Makes the message of a letter.
    ///
    /// # Errors
    /// If the letter cannot be sent.
    pub fn new(letter: &Letter, token: &SendToken, now: Timestamp) -> Result<Self, LetterFault> {
        letter.check()?;
        let mut headers = Head::default();
        headers.add("From", mailbox(&letter.from));
        headers.add("To", mailbox(&letter.to));
        if let Some(reply_to) = &letter.reply_to {
            headers.add("Reply-To", reply_to.wire());
        }
        headers.add("Subject", unstructured(&letter.subject, 7));
        headers.add("Date", date(now));
        let domain = letter.from.address.domain();
        headers.add("Message-ID", format!("<{token}@{domain}>"));
        headers.add("MIME-Version", "1.0".to_owned());
        if let Some(unsubscribe) = &letter.unsubscribe {
            add_unsubscribe(&mut headers, unsubscribe, &letter.from.address);
        }
        if let Some(feedback) = &letter.feedback_id {
            headers.add("Feedback-ID", unstructured(feedback, 11));
        }
        match letter.class {
            _ if letter.by_hand => {}
            Class::Marketing => headers.add("Precedence", "bulk".to_owned()),
            Class::Transactional | Class::Service => {
                headers.add("Auto-Submitted", "auto-generated".to_owned());
            }
        }
        headers.add("X-Filo-Send", token.to_string());
        for (name, value) in &letter.headers {
            headers.add(name, unstructured(value, name.len()));
        }
        let body = add_body(&mut headers, letter);
        Ok(Self {
            headers: headers.0,
            body,
        })
    }

    /// The whole message.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = String::with_capacity(self.body.len() + 2_048);
        for (name, value) in &self.headers {
            out.push_str(name);
            out.push_str(": ");
            out.push_str(value);
            out.push_str("\r\n");
        }
        out.push_str("\r\n");
        out.push_str(&self.body);
        out.into_bytes()
    }
}

#[derive(Debug, Default)]
struct Head(Vec<(String, String)>);

impl Head {
    fn add(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }
}

fn add_unsubscribe(headers: &mut Head, unsubscribe: &Unsubscribe, from: &MailAddress) {
    let list = format!("<{}.{}>", unsubscribe.list, from.domain());
    let name = unstructured(&unsubscribe.list_name, 40);
    let id = match name.as_str() {
        "" => list,
        // A comment could hold more than it should: what is not plain words is left out.
        name if name.bytes().all(is_word) => format!("{name} {list}"),
        _ => list,
    };
    headers.add("List-ID", id);
    let mut ways = vec![format!("<{}>", unsubscribe.url)];
    if let Some(mailto) = &unsubscribe.mailto {
        ways.push(format!("<mailto:{mailto}>"));
    }
    headers.add("List-Unsubscribe", listed(&ways));
    headers.add(
        "List-Unsubscribe-Post",
        "List-Unsubscribe=One-Click".to_owned(),
    );
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-'
}

fn add_body(headers: &mut Head, letter: &Letter) -> String {
    let Some(html) = &letter.html else {
        headers.add("Content-Type", "text/plain; charset=utf-8".to_owned());
        headers.add("Content-Transfer-Encoding", "quoted-printable".to_owned());
        return quoted(&letter.text);
    };
    // `=_` stands in no text that is encoded, so it cannot stand in a part.
    let boundary = format!("=_{}", letter.id);
    headers.add(
        "Content-Type",
        format!("multipart/alternative;\r\n boundary=\"{boundary}\""),
    );
    let part = |kind: &str, text: &str| {
        format!(
            "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{}",
            quoted(text)
        )
    };
    format!(
        "{}\r\n{}\r\n--{boundary}--\r\n",
        part("plain", &letter.text),
        part("html", html)
    )
}

/// RFC 5322, in UTC.
fn date(now: Timestamp) -> String {
    let instant = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
    let zoned = instant.to_zoned(jiff::tz::TimeZone::UTC);
    jiff::fmt::rfc2822::to_string(&zoned).unwrap_or_default()
}

#[cfg(test)]
#[path = "compose_tests.rs"]
mod tests;
