//! What a message says, before it is fitted to its medium.

use serde::{Deserialize, Serialize};

use super::Medium;
use crate::as_text;
use crate::content::{Field, Reason, limit_of};
use crate::id::{ConfirmationId, PieceId};

/// Letters of a subject: what mailboxes show.
pub const SUBJECT_CHARS_MOST: usize = 150;
/// Letters of a text that somebody types.
pub const TEXT_CHARS_MOST: usize = 10_000;

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Saying {
    /// Words that were written for this one message.
    Words(Words),
    /// A piece of content, fitted to its person when it leaves.
    Piece {
        /// Which.
        #[serde(with = "as_text")]
        piece: PieceId,
        /// Why it comes; nothing for what a journey says, which comes for what began it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// A link by which a claimed yes is confirmed. The link itself is made when it leaves, so that
    /// nobody of the company sees it.
    Confirmation {
        /// Which.
        #[serde(with = "as_text")]
        confirmation: ConfirmationId,
        /// What they would say yes to.
        purpose: String,
    },
}

impl Saying {
    /// The words that somebody wrote, if somebody did.
    #[must_use]
    pub const fn words(&self) -> Option<&Words> {
        match self {
            Self::Words(words) => Some(words),
            Self::Piece { .. } | Self::Confirmation { .. } => None,
        }
    }

    /// The piece that it says, if it says one.
    #[must_use]
    pub const fn piece(&self) -> Option<PieceId> {
        match self {
            Self::Piece { piece, .. } => Some(*piece),
            Self::Words(_) | Self::Confirmation { .. } => None,
        }
    }
}

/// Words as somebody typed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The subject, where the medium has one.
    pub subject: String,
    /// The text; paragraphs are parted by empty lines.
    pub text: String,
}

/// What is wrong with words as they were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsFault {
    /// The subject is missing.
    #[error("subject: says nothing")]
    NoSubject,
    /// The subject is too long or goes over several lines.
    #[error("subject: one line of at most {SUBJECT_CHARS_MOST} characters")]
    Subject,
    /// The text is missing.
    #[error("text: says nothing")]
    NoText,
    /// The text is too long.
    #[error("text: at most {TEXT_CHARS_MOST} characters")]
    Text,
    /// The text is too long for its medium.
    #[error("text: at most {0} characters by this way")]
    TextBy(usize),
}

impl WordsFault {
    /// The field that is wrong.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoSubject | Self::Subject => "subject",
            Self::NoText | Self::Text | Self::TextBy(_) => "text",
        }
    }

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoSubject => "no_subject",
            Self::Subject => "subject",
            Self::NoText => "no_text",
            Self::Text => "text",
            Self::TextBy(_) => "text_by",
        }
    }
}

/// Letters of a text that somebody types for a medium. What Filo puts under it has room besides.
#[must_use]
pub fn text_chars_most(medium: Medium) -> usize {
    match medium {
        Medium::Email => TEXT_CHARS_MOST,
        _ => limit_of(medium, Field::Text).most,
    }
}

impl Words {
    /// The words as a medium takes them: only mail has a subject.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked_for(self, medium: Medium) -> Result<Self, WordsFault> {
        if medium == Medium::Email {
            return self.checked();
        }
        let subject = "-".to_owned();
        let checked = Self { subject, ..self }.checked()?;
        let most = text_chars_most(medium);
        if checked.text.chars().count() > most {
            return Err(WordsFault::TextBy(most));
        }
        let subject = String::new();
        Ok(Self { subject, ..checked })
    }

    /// The words, trimmed and with the line ends of this system.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(self) -> Result<Self, WordsFault> {
        let subject = self.subject.trim().to_owned();
        if subject.is_empty() {
            return Err(WordsFault::NoSubject);
        }
        if subject.chars().any(char::is_control) || subject.chars().count() > SUBJECT_CHARS_MOST {
            return Err(WordsFault::Subject);
        }
        let text = self.text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim().to_owned();
        if text.is_empty() {
            return Err(WordsFault::NoText);
        }
        if text.chars().count() > TEXT_CHARS_MOST {
            return Err(WordsFault::Text);
        }
        Ok(Self { subject, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_says_is_read_back() {
        for saying in [
            Saying::Piece {
                piece: PieceId(u128::MAX >> 1),
                reason: Some(Reason::Event {
                    name: "Order Completed".to_owned(),
                    day: jiff::civil::date(2027, 3, 28),
                }),
            },
            Saying::Piece {
                piece: PieceId(4),
                reason: None,
            },
            Saying::Confirmation {
                confirmation: ConfirmationId(3),
                purpose: "marketing".to_owned(),
            },
        ] {
            let text = crate::message::written(&saying);
            assert_eq!(
                crate::message::read::<Saying>(&text),
                Some(saying),
                "{text}"
            );
        }
    }

    fn fault(subject: &str, text: &str) -> Option<WordsFault> {
        let words = Words {
            subject: subject.to_owned(),
            text: text.to_owned(),
        };
        words.checked().err()
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        assert_eq!(fault(" ", "x"), Some(WordsFault::NoSubject));
        assert_eq!(fault("a\nBcc: b@c.it", "x"), Some(WordsFault::Subject));
        assert_eq!(fault(&"è".repeat(151), "x"), Some(WordsFault::Subject));
        assert_eq!(fault("a", "\r\n "), Some(WordsFault::NoText));
        assert_eq!(fault("a", &"x".repeat(10_001)), Some(WordsFault::Text));
        assert_eq!(fault(&"è".repeat(150), &"x".repeat(10_000)), None);
    }

    #[test]
    fn a_text_message_has_no_subject_and_six_parts_at_most() {
        let words = |text: String| Words {
            subject: "dropped".to_owned(),
            text,
        };
        let short = words("Ciao".to_owned()).checked_for(Medium::Sms).unwrap();
        assert_eq!((short.subject.as_str(), short.text.as_str()), ("", "Ciao"));
        let long = words("è".repeat(919)).checked_for(Medium::Sms);
        assert_eq!(long, Err(WordsFault::TextBy(918)));
        assert!(words("è".repeat(919)).checked_for(Medium::Whatsapp).is_ok());
    }

    #[test]
    fn line_ends_become_those_of_this_system() {
        let words = Words {
            subject: " Ciao ".to_owned(),
            text: "uno\r\n\r\ndue\r".to_owned(),
        };
        let words = words.checked().unwrap();
        assert_eq!(words.subject, "Ciao");
        assert_eq!(words.text, "uno\n\ndue");
    }
}
