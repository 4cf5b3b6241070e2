//! Purposes: what customers are addressed for, on which channels and grounds, and for how long a
//! yes holds.
//!
//! **Invariant:** a ground counts on a channel only where [`is_lawful`] says so, whatever the
//! owner ticked: soft spam is e-mail only (Codice privacy, art. 130(4)).

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::Basis;
use crate::event::Channel;
use crate::time::Timestamp;

/// Purposes a company has: a person who must read more chooses nothing.
pub const PURPOSES_MOST: usize = 30;
/// Letters of a purpose's word, as statements keep it.
pub const WORD_BYTES_MOST: usize = 64;
/// Letters of a purpose's name.
pub const NAME_CHARS_MOST: usize = 80;
/// Ten years: a yes that holds longer is one that never ends.
pub const MONTHS_MOST: u16 = 120;

/// Whether a ground can carry a message on a channel at all: the one table.
#[must_use]
pub const fn is_lawful(basis: Basis, channel: Channel) -> bool {
    match basis {
        Basis::SoftSpam => matches!(channel, Channel::Email),
        // What was sent without a ground, and said yes, is consent.
        Basis::Unstated
        | Basis::Consent
        | Basis::Contract
        | Basis::LegitimateInterest
        | Basis::LegalObligation => true,
    }
}

/// What a purpose rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// What the person said.
    Statement,
    /// A contract or a law: nobody is asked, and nobody's no stops it.
    Duty,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Statement, Self::Duty];

    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Duty => "duty",
        }
    }

    /// The ground of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.word() == word)
    }
}

/// One purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// The word in events and in the API; never changed.
    pub word: CompactString,
    /// What customers read, in Italian.
    pub name_it: CompactString,
    /// What customers read, in English.
    pub name_en: CompactString,
    /// What it rests on.
    pub ground: Ground,
    /// Whether people answer for each channel; otherwise once for all.
    pub by_channel: bool,
    /// Where the company does this.
    pub channels: Vec<Channel>,
    /// The grounds on which a yes counts.
    pub bases: Vec<Basis>,
    /// Months after which a yes no longer counts; 0: never.
    pub expires_after_months: u16,
    /// Months after a no in which nobody asks again.
    pub ask_again_after_months: u16,
}

impl Purpose {
    /// Whether a yes on this ground counts on this channel.
    #[must_use]
    pub fn allows(&self, basis: Basis, channel: Channel) -> bool {
        let counted = match basis {
            Basis::Unstated => Basis::Consent,
            stated => stated,
        };
        is_lawful(basis, channel)
            && self.channels.contains(&channel)
            && self.bases.contains(&counted)
    }

    /// When a yes of this moment stops counting.
    #[must_use]
    pub fn expires_at(&self, said_at: Timestamp) -> Option<Timestamp> {
        (self.expires_after_months > 0).then(|| plus_months(said_at, self.expires_after_months))
    }

    /// From when a person who said no at this moment may be asked again.
    #[must_use]
    pub fn ask_again_at(&self, said_at: Timestamp) -> Timestamp {
        plus_months(said_at, self.ask_again_after_months)
    }
}

/// Every purpose of a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Purposes(pub Vec<Purpose>);

/// What is wrong with purposes as they were given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PurposeFault {
    /// More than [`PURPOSES_MOST`].
    #[error("at most {PURPOSES_MOST} purposes")]
    TooMany,
    /// The word is not one.
    #[error("`{0}`: a word of small letters, digits and _, at most {WORD_BYTES_MOST}")]
    Word(CompactString),
    /// The word stands twice.
    #[error("`{0}` stands twice")]
    Twice(CompactString),
    /// A purpose that Filo itself asks about is missing.
    #[error("`{0}` cannot be left out")]
    Missing(&'static str),
    /// A name is empty or too long.
    #[error("`{0}`: a name of 1 to {NAME_CHARS_MOST} characters in each language")]
    Name(CompactString),
    /// A number of months is too large.
    #[error("`{0}`: at most {MONTHS_MOST} months")]
    Months(CompactString),
    /// Nothing is ticked, or nothing that is ticked is lawful together.
    #[error("`{0}`: no ground counts on any of the channels")]
    Nothing(CompactString),
}

/// The purpose under which opening a message is counted for each person.
pub const EMAIL_TRACKING: &str = "email_tracking";
/// The purpose of advertising and offers.
pub const MARKETING: &str = "marketing";
/// What Filo itself asks about.
const NEEDED: [&str; 2] = [MARKETING, EMAIL_TRACKING];

impl Purposes {
    /// The purpose of a word.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&Purpose> {
        self.0.iter().find(|purpose| purpose.word == word)
    }

    /// The purposes with their names trimmed and each channel and ground once.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(mut self) -> Result<Self, PurposeFault> {
        if self.0.len() > PURPOSES_MOST {
            return Err(PurposeFault::TooMany);
        }
        for at in 0..self.0.len() {
            let (before, rest) = self.0.split_at_mut(at);
            let Some(purpose) = rest.first_mut() else {
                continue;
            };
            check(purpose)?;
            if before.iter().any(|other| other.word == purpose.word) {
                return Err(PurposeFault::Twice(purpose.word.clone()));
            }
        }
        for word in NEEDED {
            if self.get(word).is_none() {
                return Err(PurposeFault::Missing(word));
            }
        }
        Ok(self)
    }
}

fn check(purpose: &mut Purpose) -> Result<(), PurposeFault> {
    let word = || purpose.word.clone();
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if purpose.word.is_empty()
        || purpose.word.len() > WORD_BYTES_MOST
        || !purpose.word.bytes().all(letter)
    {
        return Err(PurposeFault::Word(word()));
    }
    for name in [&purpose.name_it, &purpose.name_en] {
        let name = name.trim();
        if name.is_empty()
            || name.chars().count() > NAME_CHARS_MOST
            || name.chars().any(char::is_control)
        {
            return Err(PurposeFault::Name(word()));
        }
    }
    if purpose.expires_after_months > MONTHS_MOST || purpose.ask_again_after_months > MONTHS_MOST {
        return Err(PurposeFault::Months(word()));
    }
    purpose.name_it = purpose.name_it.trim().into();
    purpose.name_en = purpose.name_en.trim().into();
    purpose.channels.sort_unstable();
    purpose.channels.dedup();
    purpose.bases.retain(|basis| *basis != Basis::Unstated);
    purpose.bases.sort_unstable();
    purpose.bases.dedup();
    let counts = purpose.channels.iter().any(|channel| {
        purpose
            .bases
            .iter()
            .any(|basis| purpose.allows(*basis, *channel))
    });
    if counts {
        Ok(())
    } else {
        Err(PurposeFault::Nothing(purpose.word.clone()))
    }
}

impl Default for Purposes {
    /// What an Italian shop has before it says anything: each purpose is asked for by itself, and
    /// whoever said no is left alone for six months.
    fn default() -> Self {
        let purpose = |word: &'static str, names: [&'static str; 2], bases: &[Basis]| Purpose {
            word: CompactString::const_new(word),
            name_it: CompactString::const_new(names[0]),
            name_en: CompactString::const_new(names[1]),
            ground: Ground::Statement,
            by_channel: false,
            channels: Channel::ALL.to_vec(),
            bases: bases.to_vec(),
            expires_after_months: 0,
            ask_again_after_months: 6,
        };
        Self(vec![
            Purpose {
                ground: Ground::Duty,
                ..purpose(
                    "contract",
                    ["Ordini e servizi", "Orders and services"],
                    &[Basis::Contract, Basis::LegalObligation],
                )
            },
            purpose(
                "loyalty",
                ["Programma fedeltà", "Loyalty programme"],
                &[Basis::Consent, Basis::Contract],
            ),
            Purpose {
                by_channel: true,
                ..purpose(
                    MARKETING,
                    ["Offerte e novità", "Offers and news"],
                    &[Basis::Consent, Basis::SoftSpam],
                )
            },
            purpose(
                "profiling",
                ["Proposte su misura", "Offers made for you"],
                &[Basis::Consent],
            ),
            purpose(
                "third_parties",
                ["Dati ad altre aziende", "Data to other companies"],
                &[Basis::Consent],
            ),
            purpose(
                "advertising",
                ["Pubblicità su altri siti", "Advertising on other sites"],
                &[Basis::Consent],
            ),
            Purpose {
                channels: vec![Channel::Email],
                ..purpose(
                    EMAIL_TRACKING,
                    [
                        "Sapere se apri le e-mail",
                        "Knowing whether you open our e-mails",
                    ],
                    &[Basis::Consent],
                )
            },
        ])
    }
}

fn plus_months(at: Timestamp, months: u16) -> Timestamp {
    let moved = jiff::Timestamp::from_microsecond(at.0).ok().and_then(|at| {
        let zoned = at.to_zoned(jiff::tz::TimeZone::UTC);
        zoned.checked_add(jiff::Span::new().months(months)).ok()
    });
    moved.map_or(Timestamp::MAX, |moved| {
        Timestamp(moved.timestamp().as_microsecond())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_spam_is_lawful_by_mail_and_nowhere_else() {
        for channel in Channel::ALL {
            assert_eq!(
                is_lawful(Basis::SoftSpam, channel),
                channel == Channel::Email
            );
            // Ticking everything does not make it count.
            let all = Purpose {
                bases: Basis::ALL.to_vec(),
                ..Purposes::default().get(MARKETING).unwrap().clone()
            };
            assert_eq!(
                all.allows(Basis::SoftSpam, channel),
                channel == Channel::Email
            );
            assert!(all.allows(Basis::Consent, channel));
        }
    }

    #[test]
    fn the_defaults_are_right_and_counting_opens_is_asked_for_by_itself() {
        let purposes = Purposes::default().checked().unwrap();
        assert_eq!(purposes, Purposes::default());
        let tracking = purposes.get(EMAIL_TRACKING).unwrap();
        assert_eq!(tracking.bases, [Basis::Consent]);
        assert!(!tracking.allows(Basis::SoftSpam, Channel::Email));
        assert!(!tracking.allows(Basis::LegitimateInterest, Channel::Email));
        let text = serde_json::to_string(&purposes).unwrap();
        assert_eq!(serde_json::from_str::<Purposes>(&text).unwrap(), purposes);
    }

    #[test]
    fn wrong_purposes_say_what_is_wrong() {
        let with = |change: fn(&mut Vec<Purpose>)| {
            let mut purposes = Purposes::default();
            change(&mut purposes.0);
            purposes.checked().unwrap_err()
        };
        assert_eq!(
            with(|all| all.retain(|it| it.word != MARKETING)),
            PurposeFault::Missing(MARKETING)
        );
        assert_eq!(
            with(|all| all[0].word = "Le Offerte".into()),
            PurposeFault::Word("Le Offerte".into())
        );
        assert_eq!(
            with(|all| all[1].word = "contract".into()),
            PurposeFault::Twice("contract".into())
        );
        assert_eq!(
            with(|all| all[0].name_en = " ".into()),
            PurposeFault::Name("contract".into())
        );
        assert_eq!(
            with(|all| all[0].expires_after_months = 121),
            PurposeFault::Months("contract".into())
        );
        assert_eq!(
            with(|all| {
                all[2].channels = vec![Channel::Sms];
                all[2].bases = vec![Basis::SoftSpam];
            }),
            PurposeFault::Nothing(MARKETING.into())
        );
        assert_eq!(
            with(|all| all.extend(vec![all[0].clone(); PURPOSES_MOST])),
            PurposeFault::TooMany
        );
    }

    #[test]
    fn a_yes_ends_after_its_months() {
        let at = |text| Timestamp::parse(text).unwrap();
        let mut purpose = Purposes::default().get(MARKETING).unwrap().clone();
        assert_eq!(purpose.expires_at(at("2026-01-31T10:00:00Z")), None);
        purpose.expires_after_months = 1;
        assert_eq!(
            purpose.expires_at(at("2026-01-31T10:00:00Z")),
            Some(at("2026-02-28T10:00:00Z")),
            "the last day of a shorter month"
        );
        assert_eq!(
            purpose.ask_again_at(at("2026-01-15T10:00:00Z")),
            at("2026-07-15T10:00:00Z")
        );
        assert_eq!(purpose.expires_at(Timestamp::MAX), Some(Timestamp::MAX));
    }
}
