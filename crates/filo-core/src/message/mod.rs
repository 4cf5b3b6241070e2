//! Messages: what a company says to one person, by which medium, and of what class it is.
//!
//! **Invariant:** every message has one class, and the class decides what stands in its way: a
//! marketing message is handed over at most once, a transactional one at least once.

pub mod approval;
pub mod gate;
pub mod holdout;
pub mod lane;
pub mod origin;
pub mod pace;
pub mod policy;
pub mod saying;
pub mod state;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::event::Channel;
use crate::identity::Kind;

/// By what a message reaches somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// E-mail.
    Email,
    /// A text message.
    Sms,
    /// WhatsApp.
    Whatsapp,
    /// Telegram.
    Telegram,
    /// A notification of the browser or of the app.
    Push,
    /// Shown on the site or in the app when they come.
    InApp,
    /// What somebody of the company says on the telephone.
    Call,
    /// What somebody of the company says or hands over at the counter.
    Counter,
}

impl Medium {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Email,
        Self::Sms,
        Self::Whatsapp,
        Self::Telegram,
        Self::Push,
        Self::InApp,
        Self::Call,
        Self::Counter,
    ];

    /// What the event is called that says on the thread that a message left.
    #[must_use]
    pub const fn sent(self) -> &'static str {
        match self {
            Self::Email => "Email Sent",
            Self::Sms
            | Self::Whatsapp
            | Self::Telegram
            | Self::Push
            | Self::InApp
            | Self::Call
            | Self::Counter => "Message Sent",
        }
    }

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Telegram => "telegram",
            Self::Push => "push",
            Self::InApp => "in_app",
            Self::Call => "call",
            Self::Counter => "counter",
        }
    }

    /// The medium of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.word() == word)
    }

    /// Those by which messages leave from here.
    pub const CARRIED: [Self; 6] = [
        Self::Email,
        Self::Sms,
        Self::Whatsapp,
        Self::Telegram,
        Self::Push,
        Self::InApp,
    ];

    /// Whether it waits here until its person comes, and is shown to them then.
    #[must_use]
    pub const fn waits_for_visit(self) -> bool {
        matches!(self, Self::InApp)
    }

    /// Whether messages leave by it from here.
    #[must_use]
    pub fn is_carried(self) -> bool {
        Self::CARRIED.contains(&self)
    }

    /// The kinds of identifier under which it reaches somebody; none where there is no address.
    #[must_use]
    pub const fn address_kinds(self) -> &'static [Kind] {
        match self {
            Self::Email => &[Kind::Email],
            Self::Sms | Self::Whatsapp => &[Kind::Phone],
            Self::Call => &[Kind::Phone, Kind::Landline],
            Self::Telegram => &[Kind::Telegram],
            Self::Push => &[Kind::WebPush],
            Self::InApp | Self::Counter => &[],
        }
    }

    /// The channel on which people are asked whether they want it, and on which it counts.
    #[must_use]
    pub const fn channel(self) -> Channel {
        match self {
            Self::Email => Channel::Email,
            Self::Sms => Channel::Sms,
            Self::Whatsapp | Self::Telegram => Channel::Chat,
            Self::Push => Channel::App,
            Self::InApp => Channel::Web,
            Self::Call => Channel::Phone,
            Self::Counter => Channel::Shop,
        }
    }
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The company wants something: consent, caps, quiet hours and holdouts count, and it is
    /// handed over at most once.
    Marketing,
    /// The person is owed it: a receipt, a confirmation they asked for. Handed over at least
    /// once.
    Transactional,
    /// About something they have with the company: an answer, an appointment. No holdout, but
    /// quiet hours.
    Service,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Marketing, Self::Transactional, Self::Service];

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Marketing => "marketing",
            Self::Transactional => "transactional",
            Self::Service => "service",
        }
    }

    /// The class of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }
}

/// A part of a message as it is stored.
///
/// # Panics
/// Never: these documents hold nothing that JSON cannot.
#[must_use]
pub fn written(document: &impl Serialize) -> String {
    serde_json::to_string(document).expect("texts, numbers and ids are JSON")
}

/// What was stored; nothing if it is none of ours.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for medium in Medium::ALL {
            assert_eq!(Medium::from_word(medium.word()), Some(medium));
        }
        for class in Class::ALL {
            assert_eq!(Class::from_word(class.word()), Some(class));
        }
        assert_eq!(Medium::from_word("fax"), None);
    }
}
