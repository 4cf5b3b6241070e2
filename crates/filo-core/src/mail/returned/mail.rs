//! A mail that came back, taken apart: what people are to read, the report, the complaint, and
//! the message that it is about.
//!
//! **Invariant:** a mail beyond the limits is refused whole, before anything is read of it.

use std::borrow::Cow;

use mail_parser::{
    Header, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use super::address::addresses_in;
use crate::mail::{MailAddress, SendToken};

/// Larger mails are no notices.
pub const BYTES_MOST: usize = 25 << 20;
/// Parts, of the mail and of those within it.
pub const PARTS_MOST: usize = 100;
/// Mails within mails.
pub const DEPTH_MOST: usize = 10;
/// Text of one part that is read.
const TEXT_BYTES_MOST: usize = 64 << 10;
/// Letters of the head of what came back.
const HEAD_BYTES_MOST: usize = 16 << 10;

/// Why a mail cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More than 25 MB.
    #[error("the mail is larger than 25 MB")]
    TooLarge,
    /// More than a hundred parts, or ten mails within one another.
    #[error("the mail has more than 100 parts, or more than 10 mails within one another")]
    TooNested,
    /// No header at all.
    #[error("this is no e-mail: give the whole mail as it came, with its headers")]
    NotMail,
}

/// A mail taken apart.
#[derive(Debug, Default)]
pub(super) struct Mail {
    /// The mail's own headers, one a line, unfolded.
    pub(super) head: Vec<(String, String)>,
    /// What people are to read, without what came back below it.
    pub(super) human: String,
    /// The reports of RFC 3464.
    pub(super) reports: Vec<String>,
    /// The complaint of RFC 5965.
    pub(super) feedback: Option<String>,
    /// The head of the message that it is about, with the beginning of its text.
    pub(super) original: String,
}

impl Mail {
    pub(super) fn parse(raw: &[u8]) -> Result<Self, Unreadable> {
        if raw.len() > BYTES_MOST {
            return Err(Unreadable::TooLarge);
        }
        let message = MessageParser::default()
            .parse(raw)
            .filter(|message| message.headers().iter().any(is_of_mail))
            .ok_or(Unreadable::NotMail)?;
        let mut parts = 0;
        measure(&message, 1, &mut parts)?;
        let mut mail = Self {
            head: head_of(&message),
            ..Self::default()
        };
        for part in &message.parts {
            mail.take(part);
        }
        if mail.human.trim().is_empty() && mail.reports.is_empty() {
            // Parts that nobody can tell apart are read as they stand.
            let body = message
                .parts
                .first()
                .map_or(0, |root| root.offset_body as usize);
            let text = String::from_utf8_lossy(raw.get(body..).unwrap_or_default());
            mail.add_human(cut(&text, TEXT_BYTES_MOST));
        }
        mail.split_original();
        Ok(mail)
    }

    fn take(&mut self, part: &MessagePart<'_>) {
        let kind = part.content_type();
        let kind = kind.map(|kind| {
            let subtype = kind.subtype().unwrap_or_default();
            format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase()
        });
        match kind.as_deref() {
            Some("message/delivery-status" | "message/global-delivery-status") => {
                self.reports.push(text_of(part).into_owned());
            }
            Some("message/feedback-report") => self.feedback = Some(text_of(part).into_owned()),
            Some("text/rfc822-headers" | "message/global-headers" | "message/partial") => {
                self.keep_original(&text_of(part));
            }
            _ => match &part.body {
                PartType::Message(inner) => {
                    let raw = inner.raw_message();
                    let raw = &raw[..raw.len().min(HEAD_BYTES_MOST)];
                    // What is nested carries the whole mail: its own part begins at its header.
                    let own = inner
                        .parts
                        .first()
                        .map_or(0, |root| root.offset_header as usize);
                    let text =
                        String::from_utf8_lossy(inner.raw_message().get(own..).unwrap_or(raw));
                    self.keep_original(&text);
                }
                PartType::Text(_) => self.add_human(&text_of(part)),
                PartType::Html(html) if self.human.is_empty() => {
                    self.add_human(&without_tags(cut(html, TEXT_BYTES_MOST)));
                }
                _ => {}
            },
        }
    }

    fn keep_original(&mut self, text: &str) {
        if self.original.is_empty() {
            cut(text, HEAD_BYTES_MOST).clone_into(&mut self.original);
        }
    }

    fn add_human(&mut self, text: &str) {
        if self.human.len() < TEXT_BYTES_MOST {
            self.human.push_str(text);
            self.human.push('\n');
        }
    }

    /// Where the message stands below the text, without a part of its own.
    fn split_original(&mut self) {
        let Some(at) = beginning_of_original(&self.human) else {
            return;
        };
        let below = self.human.split_off(at);
        self.keep_original(&below);
    }

    /// The text of a header, if there is one.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .head
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, text)| text.as_str())
    }

    /// A machine answered: nothing failed.
    pub(super) fn is_automatic_answer(&self) -> bool {
        let says = |name: &str, words: &[&str]| {
            let text = self.header(name).unwrap_or_default().to_ascii_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        let is_marked = says(
            "Auto-Submitted",
            &["auto-replied", "auto-generated", "vacation"],
        ) || says("Precedence", &["auto_reply", "auto-reply"])
            || self.header("X-Autoreply").is_some()
            || self.header("X-Autorespond").is_some()
            || self.header("X-Auto-Response-Suppress").is_some();
        let subject = self.header("Subject").unwrap_or_default().to_lowercase();
        let is_away = [
            "out of office",
            "out of the office",
            "auto:",
            "automatic reply",
            "autoreply",
            "auto-reply",
            "auto reply",
            "vacation",
            "risposta automatica",
            "fuori ufficio",
            "fuori sede",
            "assente",
            "abwesend",
        ];
        let is_away = is_away.iter().any(|mark| subject.contains(mark));
        let is_daemon = self.is_of_daemon() || !self.original.is_empty();
        is_away || (is_marked && !is_daemon)
    }

    fn is_of_daemon(&self) -> bool {
        let from = self.header("From").unwrap_or_default().to_ascii_lowercase();
        let names = [
            "mailer-daemon",
            "mailer daemon",
            "postmaster",
            "mail delivery",
            "mdaemon",
        ];
        names.iter().any(|name| from.contains(name))
    }

    /// Our tokens, wherever they stand: in the envelope's recipient, or in what came back.
    pub(super) fn tokens(&self) -> Vec<SendToken> {
        let heads: Vec<&str> = self.head.iter().map(|(_, text)| text.as_str()).collect();
        let text = format!("{}\n{}\n{}", heads.join("\n"), self.original, self.human);
        SendToken::all_in(&text)
    }

    /// Every address that is named anywhere, the likeliest first.
    pub(super) fn addresses(&self, most: usize) -> Vec<MailAddress> {
        let mut found = self.written_to();
        let reports = self.reports.join("\n");
        for text in [&reports, &self.human, &self.original] {
            found.extend(addresses_in(text, most));
        }
        if let Some(feedback) = &self.feedback {
            found.extend(addresses_in(feedback, most));
        }
        found.truncate(most);
        found
    }

    /// To whom the message went, by its own head.
    pub(super) fn written_to(&self) -> Vec<MailAddress> {
        let to = header_in(&self.original, "To").unwrap_or_default();
        addresses_in(&to, 20)
    }

    /// Addresses of whoever sends notices and of whoever they are sent to: never the one that
    /// failed.
    pub(super) fn own_addresses(&self) -> Vec<MailAddress> {
        let heads = ["To", "Delivered-To", "From", "Sender", "Reply-To"];
        let texts = heads.iter().filter_map(|name| self.header(name));
        let mut found: Vec<MailAddress> = texts.flat_map(|text| addresses_in(text, 20)).collect();
        for name in ["From", "Return-Path", "Sender", "Reply-To", "Errors-To"] {
            let text = header_in(&self.original, name).unwrap_or_default();
            found.extend(addresses_in(&text, 20));
        }
        found
    }
}

fn measure(message: &Message<'_>, depth: usize, parts: &mut usize) -> Result<(), Unreadable> {
    *parts += message.parts.len();
    if depth > DEPTH_MOST || *parts > PARTS_MOST {
        return Err(Unreadable::TooNested);
    }
    for part in &message.parts {
        if let PartType::Message(inner) = &part.body {
            measure(inner, depth + 1, parts)?;
        }
    }
    Ok(())
}

/// Whether a header is one that every mail has some of.
fn is_of_mail(header: &Header<'_>) -> bool {
    OPENING.contains(&header.name().to_ascii_lowercase().as_str())
        || header.name().eq_ignore_ascii_case("content-type")
}

fn head_of(message: &Message<'_>) -> Vec<(String, String)> {
    let raw = message.raw_message();
    let text = |header: &Header<'_>| {
        let decoded = match &header.value {
            HeaderValue::Text(text) => Some(text.to_string()),
            _ => None,
        };
        decoded.unwrap_or_else(|| {
            let (start, end) = (header.offset_start as usize, header.offset_end as usize);
            let raw = raw.get(start..end).unwrap_or_default();
            let text = String::from_utf8_lossy(raw);
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ")
        })
    };
    let headers = message.headers().iter().take(1_000);
    headers
        .map(|header| (header.name().to_owned(), text(header)))
        .collect()
}

fn text_of<'p>(part: &'p MessagePart<'_>) -> Cow<'p, str> {
    let bytes = part.contents();
    let bytes = &bytes[..bytes.len().min(TEXT_BYTES_MOST)];
    String::from_utf8_lossy(bytes)
}

/// The text up to so many bytes, without cutting a letter.
fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                text.push('\n');
            }
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
}

/// A header of a message in text, unfolded.
pub(super) fn header_in(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| !line.contains(':'));
    let mut value: Option<String> = None;
    for line in lines.by_ref() {
        let goes_on = line.starts_with([' ', '\t']);
        match &mut value {
            Some(value) if goes_on => {
                value.push(' ');
                value.push_str(line.trim());
            }
            Some(_) => break,
            None if line.trim().is_empty() => return None,
            None => {
                let own = line.split_once(':');
                let own = own.filter(|(own, _)| own.eq_ignore_ascii_case(name));
                value = own.map(|(_, text)| text.trim().to_owned());
            }
        }
    }
    value
}

/// Names of headers with which a message begins.
const OPENING: [&str; 12] = [
    "received",
    "return-path",
    "message-id",
    "from",
    "to",
    "date",
    "subject",
    "mime-version",
    "delivered-to",
    "x-original-to",
    "reply-to",
    "dkim-signature",
];

/// Where the message begins that a text is about: three lines of headers one after the other,
/// of which the first is one that messages begin with; two after a mark of the way it took.
fn beginning_of_original(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut opened: Option<(usize, usize)> = None;
    for line in text.split_inclusive('\n') {
        let name = header_name(line);
        let goes_on = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        match (opened, name) {
            (Some((start, 2)), Some(_)) => return Some(start),
            (Some((start, count)), Some(_)) => opened = Some((start, count + 1)),
            (Some(_), None) if goes_on => {}
            (Some(_), None) => opened = None,
            (None, Some(name)) if OPENING.contains(&name.as_str()) => {
                let is_way = matches!(name.as_str(), "received" | "return-path");
                opened = Some((at, if is_way { 2 } else { 1 }));
            }
            (None, _) => {}
        }
        at += line.len();
    }
    None
}

fn header_name(line: &str) -> Option<String> {
    let (name, rest) = line.split_once(':')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && (rest.starts_with(' ') || rest.trim().is_empty());
    is_name.then(|| name.to_ascii_lowercase())
}
