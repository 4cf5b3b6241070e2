//! Of which class a notice is, from codes and words.
//!
//! Codes decide where they say something (RFC 3463); words decide where the code is general, and
//! where they say more plainly that it is our own fault, because a server that means *you send
//! too much* often writes `5.1.1` before it.

use super::Class;
use super::code::{EnhancedCode, reply_in};
use super::phrases::{self, Phrases};

/// By what a class was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// An enhanced code.
    Code(EnhancedCode),
    /// Words of the other side.
    Words(&'static str),
    /// The code of the conversation.
    Reply(u16),
    /// A field of the report.
    Report,
    /// The mail's own headers.
    Header,
    /// Nothing: it failed.
    Nothing,
}

/// What there is to judge by.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// `Status:` of a report.
    pub status: Option<EnhancedCode>,
    /// What the other side said.
    pub text: String,
    /// At which step of the conversation it was refused.
    pub step: Step,
    /// A program of the machine that keeps the mailbox failed; nobody was asked.
    pub by_program: bool,
}

/// A step of the conversation between two servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// Nobody says.
    #[default]
    Untold,
    /// Before any address was named, or at the sender's.
    Sender,
    /// At the address.
    Recipient,
    /// After the whole message was sent: the address had been accepted before.
    Data,
}

impl Step {
    /// The step that a text names.
    #[must_use]
    pub fn told_in(text: &str) -> Self {
        let text = plain(text);
        let says = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
        let after_data = [
            "end of data",
            "after data",
            "message (data)",
            "reply to data",
        ];
        if says(&after_data) || text.contains("transmission failure has occurred") {
            return Self::Data;
        }
        if says(&[
            "after mail from",
            "reply to mail from",
            "after helo",
            "after ehlo",
        ]) {
            return Self::Sender;
        }
        if says(&["rcpt to", "rcpt_to", "to rcpt"]) {
            return Self::Recipient;
        }
        Self::transcribed(&text)
    }

    /// In a transcript the answer stands below the command. The command `DATA` comes before the
    /// message: what is refused there is the address, and the message's end is shown as a dot.
    fn transcribed(text: &str) -> Self {
        if text.contains("<<< 503") || text.contains("need rcpt") {
            return Self::Recipient;
        }
        let Some(command) = text.rsplit_once("<<< ").and_then(|(before, _)| {
            let (_, command) = before.rsplit_once(">>> ")?;
            Some(command)
        }) else {
            return Self::Untold;
        };
        match command.get(..4) {
            Some("mail" | "helo" | "ehlo") => Self::Sender,
            Some("rcpt" | "data") => Self::Recipient,
            _ if command.starts_with(". ") => Self::Data,
            _ => Self::Untold,
        }
    }
}

impl Evidence {
    /// The code that says most: of what was said, or of the report.
    #[must_use]
    pub fn code(&self) -> Option<EnhancedCode> {
        // Some machines put their own guess before what the other side said.
        let text = self.text.split("Unknown address error").last();
        let said = EnhancedCode::first_in(text.unwrap_or_default());
        match (said, self.status) {
            (Some(said), Some(status)) if !said.is_specific() && status.is_specific() => {
                Some(status)
            }
            (Some(said), _) => Some(said),
            (None, status) => status,
        }
    }

    /// The code of the conversation.
    #[must_use]
    pub fn reply(&self) -> Option<u16> {
        reply_in(&self.text)
    }

    /// It may come right by itself.
    fn is_transient(&self) -> bool {
        match (self.reply(), self.code()) {
            (Some(reply), _) => reply < 500,
            (None, code) => code.is_some_and(|code| code.0 == 4),
        }
    }
}

/// The class of a failure.
#[must_use]
pub fn judge(evidence: &Evidence) -> (Class, By) {
    let text = plain(&evidence.text);
    let code = evidence.code();
    let said = |list: Phrases| phrases::first_of(list, &text).map(By::Words);
    if let Some(by) = said(phrases::CONFIGURATION) {
        return (Class::Configuration, by);
    }
    if let Some(found) = code.and_then(decided_by_code) {
        return found;
    }
    for (list, class) in [
        (phrases::POLICY, Class::Policy),
        (phrases::TOO_LARGE, Class::TooLarge),
        (phrases::MAILBOX_FULL, Class::MailboxFull),
    ] {
        if let Some(by) = said(list) {
            return (class, by);
        }
    }
    if let Some(found) = address(evidence, &text, code) {
        return found;
    }
    if evidence.by_program {
        return (Class::Temporary, By::Report);
    }
    if let Some(by) = said(phrases::POLICY_PERHAPS) {
        return (Class::Policy, by);
    }
    let hinted = code.and_then(hinted_by_code);
    if let Some(found) = hinted.filter(|(class, _)| *class != Class::Temporary) {
        return found;
    }
    if let Some(by) = said(phrases::TEMPORARY) {
        return (Class::Temporary, by);
    }
    if let Some(found) = hinted {
        return found;
    }
    if evidence.is_transient() {
        let by = evidence.reply().map_or(By::Nothing, By::Reply);
        return (Class::Temporary, by);
    }
    (Class::Unknown, By::Nothing)
}

/// Whether the address is gone, by what is said of it.
fn address(evidence: &Evidence, text: &str, code: Option<EnhancedCode>) -> Option<(Class, By)> {
    let said = |list: Phrases| phrases::first_of(list, text).map(By::Words);
    if evidence.by_program {
        return None;
    }
    let of_address = matches!(code, Some(EnhancedCode(5, 1, _)));
    if !of_address && let Some(by) = said(phrases::ACCOUNT_DISABLED) {
        return Some((Class::AccountDisabled, by));
    }
    if let Some(by) = said(phrases::HOST_UNKNOWN) {
        // A name that cannot be found today may be found tomorrow, if the server thinks so too.
        let class = if evidence.is_transient() || text.contains("not found, try again") {
            Class::Temporary
        } else {
            Class::AddressDead
        };
        return Some((class, by));
    }
    let by = said(phrases::USER_UNKNOWN)?;
    // The code speaks of an existing mailbox: then these words are said by a filter.
    let of_mailbox = matches!(code, Some(EnhancedCode(_, 2, _)));
    match evidence.step {
        _ if of_address && evidence.step != Step::Sender => Some((Class::AddressDead, by)),
        Step::Sender => Some((Class::Policy, by)),
        Step::Data => Some((Class::Unknown, by)),
        Step::Recipient => Some((Class::AddressDead, by)),
        Step::Untold if of_mailbox => Some((Class::Unknown, by)),
        Step::Untold => Some((Class::AddressDead, by)),
    }
}

/// Codes after which words do not matter.
fn decided_by_code(code: EnhancedCode) -> Option<(Class, By)> {
    let class = match code {
        EnhancedCode(_, 7, 23 | 25..=27 | 29..=32 | 40 | 509) => Class::Configuration,
        EnhancedCode(_, 2, 2) => Class::MailboxFull,
        EnhancedCode(_, 3, 4) | EnhancedCode(_, 2, 3) => Class::TooLarge,
        _ => return None,
    };
    Some((class, By::Code(code)))
}

/// What a code says where no words do.
fn hinted_by_code(code: EnhancedCode) -> Option<(Class, By)> {
    let class = match code {
        EnhancedCode(5, 1, 7 | 8) | EnhancedCode(5, 7, _) => Class::Policy,
        EnhancedCode(5, 1, _) | EnhancedCode(5, 4, 4) => Class::AddressDead,
        EnhancedCode(5, 2, 1) => Class::AccountDisabled,
        EnhancedCode(5, 6, _) => Class::Policy,
        EnhancedCode(4, 7, _) => Class::Policy,
        EnhancedCode(4, _, _) | EnhancedCode(5, 3 | 4, _) => Class::Temporary,
        _ => return None,
    };
    Some((class, By::Code(code)))
}

/// Lower case, single blanks, no marks of lines that go on (`550-`).
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    // What one kind of server says of every domain that it cannot find.
    let line = words.join(" ").replace("they may be blacklisted", "");
    // The guess of some machines before what the other side said.
    let line = line.replace("unknown address error", "");
    line.replace('’', "'")
}
