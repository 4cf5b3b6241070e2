//! What a column of a file can be, as it stands in plans and forms.
//!
//! **Invariant:** a target and its word are one: what is written is read as the same.

use std::fmt;
use std::str::FromStr;

use filo_core::event::Channel;
use filo_core::identity::Kind;
use serde::{Deserialize, Serialize};

use super::column::Column;
use super::plan::Subject;

/// Letters of the key of a trait or a property.
const KEY_LETTERS_MOST: usize = 60;

/// Kinds of identifier that a file can bring: those of people.
pub const IDENTIFIER_KINDS: [Kind; 6] = [
    Kind::UserId,
    Kind::Card,
    Kind::Email,
    Kind::Phone,
    Kind::TaxCode,
    Kind::External,
];

/// A part of what somebody said yes or no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// What for.
    Purpose,
    /// Where.
    Channel,
    /// Yes or no.
    Status,
    /// When.
    At,
    /// The text that was shown.
    Wording,
    /// Where the proof is kept.
    Proof,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Purpose,
        Self::Channel,
        Self::Status,
        Self::At,
        Self::Wording,
        Self::Proof,
    ];

    /// The word in plans and in keys of the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Channel => "channel",
            Self::Status => "status",
            Self::At => "at",
            Self::Wording => "wording",
            Self::Proof => "proof",
        }
    }
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// Nothing: it is left out.
    Ignore,
    /// By what the person is known, or the company.
    Identifier(Kind),
    /// Something about the person, or the company.
    Trait(String),
    /// First name and surname in one.
    FullName,
    /// Yes or no to marketing on a channel.
    Consent(Channel),
    /// Whoever has anything here must not be written to.
    Suppression,
    /// When the row was changed last.
    ChangedAt,
    /// Of an order or its line.
    Order(Column),
    /// What was done.
    EventName,
    /// When it was done.
    EventTime,
    /// What tells it from all others.
    EventId,
    /// Something about what was done.
    Property(String),
    /// Of a yes or a no.
    Statement(Part),
}

impl Target {
    /// Whether several columns can be it: people have two addresses, and both are theirs.
    #[must_use]
    pub const fn may_repeat(&self) -> bool {
        matches!(self, Self::Ignore | Self::Identifier(_))
    }

    /// Whether it is a moment, which is written with the day or with the month first.
    #[must_use]
    pub fn is_moment(&self) -> bool {
        match self {
            Self::ChangedAt | Self::EventTime | Self::Statement(Part::At) => true,
            Self::Order(column) => column.is_moment(),
            _ => false,
        }
    }

    /// Whether a file of this kind has such columns.
    #[must_use]
    pub fn fits(&self, subject: Subject) -> bool {
        match self {
            Self::Ignore => true,
            Self::Identifier(Kind::GroupId) => {
                matches!(subject, Subject::Companies | Subject::Events)
            }
            Self::Identifier(_) => true,
            Self::Trait(_) => !matches!(
                subject,
                Subject::Orders | Subject::Events | Subject::Consents
            ),
            Self::FullName | Self::Consent(_) | Self::Suppression => {
                matches!(subject, Subject::People | Subject::Suppressions)
            }
            Self::ChangedAt => !matches!(
                subject,
                Subject::Orders | Subject::Events | Subject::Consents
            ),
            Self::Order(_) => subject == Subject::Orders,
            Self::EventName | Self::EventTime | Self::EventId | Self::Property(_) => {
                subject == Subject::Events
            }
            Self::Statement(_) => subject == Subject::Consents,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignore => out.write_str("ignore"),
            Self::Identifier(kind) => out.write_str(kind.word()),
            Self::Trait(key) => write!(out, "trait:{key}"),
            Self::FullName => out.write_str("full_name"),
            Self::Consent(channel) => write!(out, "consent:{}", channel.word()),
            Self::Suppression => out.write_str("suppression"),
            Self::ChangedAt => out.write_str("changed_at"),
            Self::Order(column) => write!(out, "order:{}", column.word()),
            Self::EventName => out.write_str("event_name"),
            Self::EventTime => out.write_str("event_time"),
            Self::EventId => out.write_str("event_id"),
            Self::Property(key) => write!(out, "property:{key}"),
            Self::Statement(part) => write!(out, "statement:{}", part.word()),
        }
    }
}

/// Whether it is written as keys are. Another way of writing a key would be another key in a
/// profile.
fn is_key(key: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    (1..=KEY_LETTERS_MOST).contains(&key.len())
        && key.bytes().all(plain)
        && !key.starts_with('_')
        && !key.ends_with('_')
        && !key.contains("__")
}

/// What begins with a word and a colon.
fn detailed(kind: &str, rest: &str) -> Option<Target> {
    match kind {
        "trait" => is_key(rest).then(|| Target::Trait(rest.to_owned())),
        // Properties stand as programs send them: `orderId`, `product.sku`.
        "property" => {
            let letters = rest.chars().count();
            let fits = (1..=KEY_LETTERS_MOST).contains(&letters)
                && !rest.chars().any(char::is_control)
                && rest.trim() == rest;
            fits.then(|| Target::Property(rest.to_owned()))
        }
        "consent" => Channel::from_word(rest).map(Target::Consent),
        "order" => Column::from_word(rest)
            .filter(|it| it.kind().is_none())
            .map(Target::Order),
        "statement" => {
            let part = Part::ALL.into_iter().find(|part| part.word() == rest);
            part.map(Target::Statement)
        }
        _ => None,
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = match text {
            "" | "ignore" => Some(Self::Ignore),
            "full_name" => Some(Self::FullName),
            "suppression" => Some(Self::Suppression),
            "changed_at" => Some(Self::ChangedAt),
            "event_name" => Some(Self::EventName),
            "event_time" => Some(Self::EventTime),
            "event_id" => Some(Self::EventId),
            word => match word.split_once(':') {
                Some((kind, rest)) => detailed(kind, rest),
                None => Kind::from_word(word)
                    .filter(|it| IDENTIFIER_KINDS.contains(it) || *it == Kind::GroupId)
                    .map(Self::Identifier),
            },
        };
        found.ok_or_else(|| format!("`{text}` is nothing that a column can be"))
    }
}

impl TryFrom<String> for Target {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let mut all = vec![
            Target::Ignore,
            Target::FullName,
            Target::Suppression,
            Target::ChangedAt,
            Target::EventName,
            Target::EventTime,
            Target::EventId,
            Target::Identifier(Kind::GroupId),
            Target::Trait("city".to_owned()),
            Target::Property("Product Id".to_owned()),
        ];
        all.extend(IDENTIFIER_KINDS.map(Target::Identifier));
        all.extend(Channel::ALL.map(Target::Consent));
        all.extend(Part::ALL.map(Target::Statement));
        let columns = Column::all().filter(|it| it.kind().is_none());
        all.extend(columns.map(Target::Order));
        for target in all {
            assert_eq!(target.to_string().parse(), Ok(target.clone()), "{target}");
            let fits = |subject: &&Subject| target.fits(**subject);
            assert!(Subject::ALL.iter().any(|it| fits(&it)), "{target}");
        }
        for wrong in [
            "trait:",
            "trait:Nicht So",
            "order:email",
            "order:x",
            "property: a",
            "x",
        ] {
            assert!(wrong.parse::<Target>().is_err(), "{wrong}");
        }
    }
}
