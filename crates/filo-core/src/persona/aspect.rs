//! What is told of people: a fixed list of aspects, each with a few levels that everybody is on
//! exactly one of.
//!
//! **Invariant:** the words of aspects and the numbers of levels are stored: none is given
//! another meaning.

use serde::{Deserialize, Serialize};

/// Levels of an aspect, the one of nothing included.
pub const LEVELS_MOST: usize = 8;

/// Something that people differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// How many orders stand.
    Orders,
    /// What an order brings on average, in whole units of the company's currency.
    Average,
    /// Pieces in an order, on average.
    Pieces,
    /// Where more than half of the meetings were.
    Mainly,
    /// On how many channels they were met.
    Channels,
    /// They have a loyalty card.
    Card,
    /// Their e-mail address is known.
    Email,
    /// Their mobile number is known.
    Phone,
    /// They have an account of the company's.
    Account,
    /// They have its app.
    App,
    /// They have said yes to something, and not taken it back.
    Consent,
    /// They have called off an order or sent something back.
    Returned,
}

/// What the levels of an aspect are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levels {
    /// At least so many, one level for each; below the first is level 0.
    Steps(&'static [u32]),
    /// One of some things, from level 1; level 0 is none of them.
    OneOf(&'static [&'static str]),
    /// Level 1 is yes.
    Yes,
}

impl Aspect {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::Orders,
        Self::Average,
        Self::Pieces,
        Self::Mainly,
        Self::Channels,
        Self::Card,
        Self::Email,
        Self::Phone,
        Self::Account,
        Self::App,
        Self::Consent,
        Self::Returned,
    ];

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Average => "average",
            Self::Pieces => "pieces",
            Self::Mainly => "mainly",
            Self::Channels => "channels",
            Self::Card => "card",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Account => "account",
            Self::App => "app",
            Self::Consent => "consent",
            Self::Returned => "returned",
        }
    }

    /// What its levels are.
    #[must_use]
    pub const fn levels(self) -> Levels {
        match self {
            Self::Orders => Levels::Steps(&[1, 2, 5, 10, 20, 50]),
            Self::Average => Levels::Steps(&[5, 10, 20, 50, 100, 200, 500]),
            Self::Pieces => Levels::Steps(&[2, 3, 5, 10]),
            Self::Mainly => Levels::OneOf(&["online", "shop", "remote"]),
            Self::Channels => Levels::Steps(&[2, 3, 4]),
            Self::Card
            | Self::Email
            | Self::Phone
            | Self::Account
            | Self::App
            | Self::Consent
            | Self::Returned => Levels::Yes,
        }
    }

    /// How many levels there are, level 0 included.
    #[must_use]
    pub const fn level_count(self) -> usize {
        match self.levels() {
            Levels::Steps(steps) => steps.len() + 1,
            Levels::OneOf(words) => words.len() + 1,
            Levels::Yes => 2,
        }
    }

    /// Whether somebody on one level is told to be on another: at least there, where there are
    /// steps.
    #[must_use]
    pub const fn reaches(self, own: u8, told: u8) -> bool {
        match self.levels() {
            Levels::Steps(_) => own >= told,
            Levels::OneOf(_) | Levels::Yes => own == told,
        }
    }

    /// The number at which a level begins; nothing where levels are no steps.
    #[must_use]
    pub fn step(self, level: u8) -> Option<u32> {
        let Levels::Steps(steps) = self.levels() else {
            return None;
        };
        steps.get(usize::from(level).checked_sub(1)?).copied()
    }

    /// The word of a level among several things; nothing elsewhere.
    #[must_use]
    pub fn choice(self, level: u8) -> Option<&'static str> {
        let Levels::OneOf(words) = self.levels() else {
            return None;
        };
        words.get(usize::from(level).checked_sub(1)?).copied()
    }

    /// The level of a number.
    pub(super) fn level_of(self, number: f64) -> u8 {
        let Levels::Steps(steps) = self.levels() else {
            return 0;
        };
        let reached = steps.iter().filter(|step| number >= f64::from(**step));
        u8::try_from(reached.count()).unwrap_or(0)
    }
}
