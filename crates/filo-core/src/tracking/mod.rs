//! What is seen of links and pictures of mails: how much of it is kept, what a link is, and whom
//! a hit came from.
//!
//! **Invariant:** a link is the same for everybody who gets the mail of a step; who clicked is
//! known only where a mail left with their own token, and that needs their consent.

mod agent;
mod burst;
mod page;
mod token;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::consent::purpose::{Ground, Purposes};
use crate::id::{JourneyId, PieceId};

pub use agent::is_machine;
pub use burst::{GAP_SECONDS, Hit, WINDOW_SECONDS, bursts, machines};
pub use page::{can_be_followed, links_of, with_links, with_pixel};
pub use token::{Token, TrackingKey};

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nothing: links stand in mails as they were written.
    Off,
    /// How many, and no person.
    #[default]
    Aggregate,
    /// Who, of those who said yes to that; how many of everybody.
    Individual,
}

impl Mode {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Off, Self::Aggregate, Self::Individual];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Aggregate => "aggregate",
            Self::Individual => "individual",
        }
    }

    /// The mode of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }
}

/// What the company says about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tracking {
    /// How much is kept.
    pub mode: Mode,
    /// Whether mails carry a picture that tells when they are opened.
    pub counts_opens: bool,
    /// The purpose to which people said yes who may be known by their clicks; empty if none is.
    pub purpose: CompactString,
}

/// Why a setting cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrackingFault {
    /// Individual without a purpose that people are asked about.
    #[error("one of the company's purposes that people say yes to")]
    Purpose,
}

impl Tracking {
    /// The setting, if it can be kept among these purposes.
    ///
    /// # Errors
    /// If people are to be known without being asked.
    pub fn checked(self, purposes: &Purposes) -> Result<Self, TrackingFault> {
        if self.mode != Mode::Individual {
            let purpose = CompactString::const_new("");
            return Ok(Self { purpose, ..self });
        }
        let found = purposes.get(&self.purpose);
        match found.map(|purpose| purpose.ground) {
            Some(Ground::Statement) => Ok(self),
            Some(Ground::Duty) | None => Err(TrackingFault::Purpose),
        }
    }
}

/// A mail that a step sends, whoever gets it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mailing {
    /// The journey.
    pub journey: JourneyId,
    /// Its step.
    pub step: String,
    /// What is said.
    pub piece: PieceId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn individual(purpose: &str) -> Tracking {
        Tracking {
            mode: Mode::Individual,
            counts_opens: true,
            purpose: purpose.into(),
        }
    }

    #[test]
    fn people_are_known_only_by_a_purpose_they_are_asked_about() {
        let purposes = Purposes::default();
        let duty = purposes.0.iter().find(|it| it.ground == Ground::Duty);
        let duty = duty.unwrap().word.to_string();
        let asked = purposes.0.iter().find(|it| it.ground == Ground::Statement);
        let asked = asked.unwrap().word.to_string();
        for wrong in ["", "nothing", duty.as_str()] {
            let checked = individual(wrong).checked(&purposes);
            assert_eq!(checked, Err(TrackingFault::Purpose), "{wrong}");
        }
        assert!(individual(&asked).checked(&purposes).is_ok());
        // Where nobody is known, no purpose is named.
        let counted = Tracking {
            mode: Mode::Aggregate,
            ..individual("nothing")
        };
        assert_eq!(counted.checked(&purposes).unwrap().purpose, "");
        assert_eq!(Tracking::default().mode, Mode::Aggregate);
        assert!(!Tracking::default().counts_opens);
    }
}
