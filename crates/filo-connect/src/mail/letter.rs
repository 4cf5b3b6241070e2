//! What is to be sent, before it is a message on the wire.

use filo_core::id::MessageId;
use filo_core::mail::{MailAddress, Mailbox};
use filo_core::message::Class;

/// Text and HTML together; Gmail cuts what is longer than about 100 kB.
pub const LETTER_BYTES_MOST: usize = 1 << 20;
const SUBJECT_LETTERS_MOST: usize = 300;
const HEADERS_MOST: usize = 20;
const HEADER_BYTES_MOST: usize = 900;
const URL_BYTES_MOST: usize = 900;
/// How the address of ending begins; on one's own machine nobody else can read along.
const STARTS: [&str; 3] = ["https://", "http://127.0.0.1", "http://localhost"];

/// How somebody ends what they get, with one click (RFC 8058).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// The id of the list or topic: letters, digits, `-` and `_`.
    pub list: String,
    /// What people call it.
    pub list_name: String,
    /// The address that ends it when it is posted to: https (on one’s own machine also http), known to belong to this person.
    pub url: String,
    /// An address that ends it when it is written to.
    pub mailto: Option<MailAddress>,
}

/// A letter to one person.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Our message: the same id each time that it is tried.
    pub id: MessageId,
    /// Who writes.
    pub from: Mailbox,
    /// To whom.
    pub to: Mailbox,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<MailAddress>,
    /// What it is about.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same, drawn.
    pub html: Option<String>,
    /// What it is for.
    pub class: Class,
    /// How it is ended; advertising needs it.
    pub unsubscribe: Option<Unsubscribe>,
    /// Campaign, kind, stream and sender, for the counts that Gmail shows senders.
    pub feedback_id: Option<String>,
    /// Somebody of the company wrote it by hand: no machine says that it is one.
    pub by_hand: bool,
    /// Headers beside these. Those that the letter itself makes are refused.
    pub headers: Vec<(String, String)>,
}

/// Why a letter cannot be sent. Shown to people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    /// Advertising that cannot be ended.
    #[error("advertising needs an address with which it can be ended with one click")]
    NoUnsubscribe,
    /// Not https, or too long.
    #[error("the address for ending must begin with https:// and be shorter than 900 letters")]
    UnsubscribeUrl,
    /// The id of a list.
    #[error("the id of the list may hold letters, digits, - and _ only")]
    ListId,
    /// No text.
    #[error("the letter has no text")]
    NoText,
    /// Too long.
    #[error("the letter is longer than a megabyte")]
    TooLarge,
    /// The subject is longer than any program shows.
    #[error("the subject is longer than 300 letters")]
    Subject,
    /// A header that cannot be one, or that the letter makes itself.
    #[error("the header `{0}` cannot be set")]
    Header(String),
}

/// Headers that are made here, or that a message must not say of itself.
const OWN_HEADERS: [&str; 24] = [
    "from",
    "to",
    "cc",
    "bcc",
    "sender",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "feedback-id",
    "precedence",
    "auto-submitted",
    "x-filo-send",
    "return-path",
    "received",
    "dkim-signature",
    "authentication-results",
    "delivered-to",
];

impl Letter {
    /// Looks whether it can be sent.
    ///
    /// # Errors
    /// [`LetterFault`], the first there is.
    pub fn check(&self) -> Result<(), LetterFault> {
        if self.class == Class::Marketing && self.unsubscribe.is_none() {
            return Err(LetterFault::NoUnsubscribe);
        }
        if let Some(unsubscribe) = &self.unsubscribe {
            check_unsubscribe(unsubscribe)?;
        }
        if self.text.trim().is_empty() {
            return Err(LetterFault::NoText);
        }
        let html = self.html.as_deref().map_or(0, str::len);
        if self.text.len() + html > LETTER_BYTES_MOST {
            return Err(LetterFault::TooLarge);
        }
        if self.subject.chars().count() > SUBJECT_LETTERS_MOST {
            return Err(LetterFault::Subject);
        }
        let excess = self.headers.get(HEADERS_MOST);
        let wrong = self.headers.iter().find(|it| !is_header(it));
        match excess.or(wrong) {
            Some((name, _)) => Err(LetterFault::Header(name.clone())),
            None => Ok(()),
        }
    }
}

fn check_unsubscribe(unsubscribe: &Unsubscribe) -> Result<(), LetterFault> {
    let url = &unsubscribe.url;
    // What may stand between < and > without ending it.
    let is_letter = |byte: u8| byte.is_ascii_graphic() && !b"<>,\"\\^`{}|".contains(&byte);
    let is_url = STARTS.iter().any(|start| url.starts_with(start));
    if !is_url || url.len() > URL_BYTES_MOST || !url.bytes().all(is_letter) {
        return Err(LetterFault::UnsubscribeUrl);
    }
    let list = &unsubscribe.list;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if list.is_empty() || list.len() > 60 || !list.bytes().all(is_letter) {
        return Err(LetterFault::ListId);
    }
    Ok(())
}

fn is_header((name, value): &(String, String)) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_name = !name.is_empty() && name.len() <= 60 && name.bytes().all(is_letter);
    let own = OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str());
    is_name && !own && value.len() <= HEADER_BYTES_MOST
}
