//! Mail that comes back: notices of what could not be delivered (RFC 3464), complaints
//! (RFC 5965), texts that only people were meant to read, and answers of machines.
//!
//! **Invariant:** what is our own fault (policy, signature, reputation) never follows a person.
//! **Invariant:** a notice counts only with a token that was made for the address it names, so
//! nobody can have somebody else's address put aside.

mod address;
mod code;
mod consequence;
mod judge;
mod mail;
mod phrases;
mod recognised;
mod report;
mod sections;

use crate::id::{MessageId, WorkspaceKey};
use crate::mail::{MailAddress, SendToken, TokenKey};

pub use code::EnhancedCode;
pub use consequence::{Consequence, Earlier, SOFT_DAYS, SOFT_MOST, UNKNOWN_MOST, what_follows};
pub use judge::{By, Evidence, Step, judge};
pub use mail::{BYTES_MOST, DEPTH_MOST, PARTS_MOST, Unreadable};
pub use recognised::{is_return, message_id};

/// Recipients of one notice that are looked at.
pub const NOTICES_MOST: usize = 20;
/// Addresses with which a token is tried.
const CANDIDATES_MOST: usize = 60;

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The address or its domain does not exist.
    AddressDead,
    /// There is an account, and it is switched off.
    AccountDisabled,
    /// The mailbox is full.
    MailboxFull,
    /// The message is too large for this mailbox.
    TooLarge,
    /// Machines or lines did not work; it was given up.
    Temporary,
    /// It is tried on: nothing has ended yet.
    Delayed,
    /// We are not wanted: content, reputation, too much at once. Our fault, not theirs.
    Policy,
    /// Our signature, name or DNS is not in order. Our fault, not theirs.
    Configuration,
    /// It failed, and nothing says why.
    Unknown,
    /// They said that it is unwanted.
    Complaint,
    /// They wrote that they want no more.
    Unsubscribed,
    /// An answer of a machine: out of office, or a ticket.
    AutoReply,
    /// It was delivered.
    Delivered,
}

impl Class {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::AddressDead,
        Self::AccountDisabled,
        Self::MailboxFull,
        Self::TooLarge,
        Self::Temporary,
        Self::Delayed,
        Self::Policy,
        Self::Configuration,
        Self::Unknown,
        Self::Complaint,
        Self::Unsubscribed,
        Self::AutoReply,
        Self::Delivered,
    ];

    /// The word in tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AddressDead => "address_dead",
            Self::AccountDisabled => "account_disabled",
            Self::MailboxFull => "mailbox_full",
            Self::TooLarge => "too_large",
            Self::Temporary => "temporary",
            Self::Delayed => "delayed",
            Self::Policy => "policy",
            Self::Configuration => "configuration",
            Self::Unknown => "unknown",
            Self::Complaint => "complaint",
            Self::Unsubscribed => "unsubscribed",
            Self::AutoReply => "auto_reply",
            Self::Delivered => "delivered",
        }
    }

    /// The class of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }
}

/// One thing that came back, about one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub class: Class,
    /// Whose mail it was: as it was written to, where that is known.
    pub address: Option<MailAddress>,
    /// Which of our messages, if its token was made for this address.
    pub message: Option<MessageId>,
    /// The enhanced code.
    pub code: Option<EnhancedCode>,
    /// The code of the conversation (`550`).
    pub reply: Option<u16>,
    /// By what the class was found.
    pub by: By,
    /// What the other side said, on one line.
    pub said: String,
}

/// Reads mail that came back: a notice for each address it speaks of.
///
/// # Errors
/// [`Unreadable`], with the limit that it passes.
pub fn read(raw: &[u8], workspace: &WorkspaceKey) -> Result<Vec<Notice>, Unreadable> {
    let mail = mail::Mail::parse(raw)?;
    let key = TokenKey::of(workspace);
    let mut notices = notices(&mail);
    notices.truncate(NOTICES_MOST);
    let tokens = mail.tokens();
    for notice in &mut notices {
        trace(notice, &mail, &tokens, &key);
    }
    Ok(notices)
}

/// What is said, without whose message it was.
fn notices(mail: &mail::Mail) -> Vec<Notice> {
    if let Some(feedback) = &mail.feedback {
        return report::complaints(mail, feedback);
    }
    if let Some(complaint) = report::complaint_in_words(mail) {
        return vec![complaint];
    }
    let reported = report::notices(mail);
    if !reported.is_empty() {
        return reported;
    }
    if mail.is_automatic_answer() {
        return vec![Notice::of(Class::AutoReply, By::Header, None, "")];
    }
    sections::notices(mail)
}

/// Finds our message by a token, and with it the address that was written to: a forwarded
/// message comes back under another one.
fn trace(notice: &mut Notice, mail: &mail::Mail, tokens: &[SendToken], key: &TokenKey) {
    let own: Vec<MailAddress> = notice.address.iter().cloned().collect();
    let found = tokens.iter().find_map(|token| key.open(token, &own));
    if let Some((message, _)) = found {
        notice.message = Some(message);
        return;
    }
    let others = mail.addresses(CANDIDATES_MOST);
    let found = tokens.iter().find_map(|token| key.open(token, &others));
    if let Some((message, address)) = found {
        notice.message = Some(message);
        notice.address = Some(address.clone());
    }
}

impl Notice {
    pub(super) fn of(class: Class, by: By, address: Option<MailAddress>, said: &str) -> Self {
        Self {
            class,
            address,
            message: None,
            code: None,
            reply: None,
            by,
            said: shortened(said),
        }
    }

    pub(super) fn judged(address: Option<MailAddress>, evidence: &Evidence) -> Self {
        let (class, by) = judge(evidence);
        Self {
            code: evidence.code(),
            reply: evidence.reply(),
            ..Self::of(class, by, address, &evidence.text)
        }
    }
}

/// Letters of what the other side said that are kept.
const SAID_LETTERS_MOST: usize = 500;

fn shortened(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    let tame = line.chars().filter(|letter| !letter.is_control());
    tame.take(SAID_LETTERS_MOST).collect()
}

#[cfg(test)]
mod tests;
