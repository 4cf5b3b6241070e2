//! How handing a message over ended.

use filo_core::mail::returned::{Class, Evidence, Step, judge};

/// Why a message was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedWhy {
    /// It will never be: the address is gone, or the server says so for good.
    Permanent,
    /// It may be taken later; also when nobody could be reached.
    Transient,
    /// We are not wanted, or our account, signature or name is not in order. Nothing to do with
    /// the person.
    Policy,
    /// It is too much at once: slower, and later.
    RateLimited,
}

impl RefusedWhy {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Transient => "transient",
            Self::Policy => "policy",
            Self::RateLimited => "rate_limited",
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// The other side has it.
    Accepted {
        /// The code of the conversation; 250 for a folder.
        code: u16,
        /// What it said.
        text: String,
    },
    /// The other side does not have it.
    Refused {
        /// Why.
        why: RefusedWhy,
        /// The code of the conversation, if there was one.
        code: Option<u16>,
        /// The enhanced code.
        enhanced: Option<String>,
        /// What it said, or what happened.
        text: String,
    },
    /// The whole message was sent and nobody answered: it may have been taken.
    Unknown {
        /// What happened.
        text: String,
    },
}

impl Handed {
    /// Nothing was taken, and nobody of the other side said why.
    pub(super) fn broken(text: impl Into<String>) -> Self {
        Self::Refused {
            why: RefusedWhy::Transient,
            code: None,
            enhanced: None,
            text: text.into(),
        }
    }

    /// What is in the way lies with us.
    pub(super) fn ours(text: impl Into<String>) -> Self {
        Self::Refused {
            why: RefusedWhy::Policy,
            code: None,
            enhanced: None,
            text: text.into(),
        }
    }

    /// The other side said no.
    pub(super) fn refused(code: u16, text: String, step: Step) -> Self {
        let evidence = Evidence {
            text: format!("{code} {text}"),
            step,
            ..Evidence::default()
        };
        let (class, _) = judge(&evidence);
        let is_ours = matches!(class, Class::Policy | Class::Configuration);
        let why = match (code, is_ours) {
            (421 | 450..=452 | 454, true) | (421, false) => RefusedWhy::RateLimited,
            (400..500, _) => RefusedWhy::Transient,
            // Login, encryption and the sender are ours.
            (_, true) | (530 | 534 | 535 | 538, _) => RefusedWhy::Policy,
            _ if step == Step::Sender => RefusedWhy::Policy,
            _ => RefusedWhy::Permanent,
        };
        Self::Refused {
            why,
            code: Some(code),
            enhanced: evidence.code().map(|code| code.to_string()),
            text,
        }
    }
}
