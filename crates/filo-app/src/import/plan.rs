//! How a file is brought in: what its columns mean, what wins where something was known, and what
//! consent it proves.
//!
//! **Invariant:** a plan is a document with a version; one that names what this program does not
//! know is refused, never read half.

use std::fmt;
use std::str::FromStr;

use filo_core::event::Channel;
use filo_core::identity::Kind;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The version of the document.
pub const PLAN_VERSION: u32 = 1;
/// Columns of a file: beyond, it is no table of people.
pub(super) const COLUMNS_MOST: usize = 400;
/// Letters of a text about consent.
const TEXT_LETTERS_MOST: usize = 500;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in plans, forms and keys of the catalogues.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}

words! {
    /// What a file holds.
    Subject {
        /// A person a row.
        People = "people",
        /// People who must not be written to.
        Suppressions = "suppressions",
    }
}

words! {
    /// What wins where something was known already.
    Collision {
        /// The file.
        Overwrite = "overwrite",
        /// What was known; the file only where nothing was.
        FillIfBlank = "fill_if_blank",
        /// What was known, even if it is nothing: only for new people.
        Never = "never",
        /// Both: the file's values join a list.
        Append = "append",
        /// What is newer, by the column that says when a row was changed.
        NewestWins = "newest_wins",
    }
}

words! {
    /// What is done with a value before it counts.
    Transform {
        /// Nothing but cutting the space around it.
        AsIs = "as_is",
        /// Maria Rossi out of MARIA ROSSI.
        TitleCase = "title_case",
        /// Small letters.
        LowerCase = "lower_case",
        /// A date, the day first.
        DayFirst = "day_first",
        /// A date, the month first.
        MonthFirst = "month_first",
        /// A number with a comma before its decimals.
        DecimalComma = "decimal_comma",
        /// A number with a point before its decimals.
        DecimalPoint = "decimal_point",
        /// Several values with commas or semicolons between.
        List = "list",
        /// A whole name, the surname first.
        SurnameFirst = "surname_first",
    }
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// Nothing: it is left out.
    Ignore,
    /// By what the person is known.
    Identifier(Kind),
    /// Something about the person.
    Trait(String),
    /// First name and surname in one.
    FullName,
    /// Yes or no to marketing on a channel.
    Consent(Channel),
    /// Whoever has anything here must not be written to.
    Suppression,
    /// When the row was changed last.
    ChangedAt,
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
        }
    }
}

/// Kinds of identifier that a file can bring: those of people.
pub const IDENTIFIER_KINDS: [Kind; 6] = [
    Kind::UserId,
    Kind::Card,
    Kind::Email,
    Kind::Phone,
    Kind::TaxCode,
    Kind::External,
];

/// Letters of a trait's key.
const KEY_LETTERS_MOST: usize = 60;

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is nothing that a column can be");
        if let Some(key) = text.strip_prefix("trait:") {
            // Another way of writing a key would be another key here, and the same in profiles.
            let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
            let fits = (1..=KEY_LETTERS_MOST).contains(&key.len())
                && key.bytes().all(plain)
                && !key.starts_with('_')
                && !key.ends_with('_')
                && !key.contains("__");
            return fits
                .then(|| Self::Trait(key.to_owned()))
                .ok_or_else(unknown);
        }
        if let Some(word) = text.strip_prefix("consent:") {
            let channel = Channel::from_word(word);
            return channel.map(Self::Consent).ok_or_else(unknown);
        }
        match text {
            "" | "ignore" => Ok(Self::Ignore),
            "full_name" => Ok(Self::FullName),
            "suppression" => Ok(Self::Suppression),
            "changed_at" => Ok(Self::ChangedAt),
            word => {
                let kind = Kind::from_word(word).filter(|it| IDENTIFIER_KINDS.contains(it));
                kind.map(Self::Identifier).ok_or_else(unknown)
            }
        }
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

/// What is done with a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnPlan {
    /// Its header: the column is found by its place, and the header must be this.
    pub header: String,
    /// What it is.
    pub target: Target,
    /// What is done with its values.
    #[serde(default = "as_is")]
    pub transform: Transform,
    /// What wins where something was known.
    #[serde(default = "overwrite")]
    pub collision: Collision,
}

const fn as_is() -> Transform {
    Transform::AsIs
}

const fn overwrite() -> Collision {
    Collision::Overwrite
}

/// A consent that the file proves for every person in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentProof {
    /// The channel.
    pub channel: Channel,
    /// What people said yes to, and where it is kept.
    pub text: String,
    /// The day on which they did, `2026-01-31`.
    pub day: String,
}

/// The plan of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of the document.
    pub version: u32,
    /// What the file holds.
    pub subject: Subject,
    /// Its columns, in their order.
    pub columns: Vec<ColumnPlan>,
    /// The zone of times that do not say theirs.
    #[serde(default = "usual_zone")]
    pub zone: String,
    /// What consent the file proves; none unless somebody says so.
    #[serde(default)]
    pub consents: Vec<ConsentProof>,
}

fn usual_zone() -> String {
    crate::backup::ZONE_USUAL.to_owned()
}

impl Plan {
    /// Refuses what cannot work, by the field.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn checked(self) -> Result<Self> {
        if self.version != PLAN_VERSION {
            return Err(Error::invalid("version", "must be 1"));
        }
        if self.columns.is_empty() || self.columns.len() > COLUMNS_MOST {
            return Err(Error::invalid("columns", "must be 1 to 400"));
        }
        let names = |it: &ColumnPlan| matches!(it.target, Target::Identifier(_));
        if !self.columns.iter().any(names) {
            return Err(Error::invalid(
                "columns",
                "one must say who a row is about: an e-mail, a telephone, a card or a number",
            ));
        }
        for (place, column) in self.columns.iter().enumerate() {
            // People have two addresses, and both are theirs.
            let is_single = !matches!(column.target, Target::Ignore | Target::Identifier(_));
            let before = self.columns.get(..place).unwrap_or_default();
            if is_single && before.iter().any(|it| it.target == column.target) {
                let reason = format!("two columns are {}", column.target);
                return Err(Error::invalid("columns", reason));
            }
        }
        if jiff::tz::TimeZone::get(&self.zone).is_err() {
            return Err(Error::invalid(
                "zone",
                "no such zone: Europe/Rome, for example",
            ));
        }
        for consent in &self.consents {
            let letters = consent.text.trim().chars().count();
            if letters == 0 || letters > TEXT_LETTERS_MOST {
                return Err(Error::invalid(
                    "consent_text",
                    "say what people agreed to and where it is kept, in 1 to 500 letters",
                ));
            }
            if consent.day.parse::<jiff::civil::Date>().is_err() {
                return Err(Error::invalid(
                    "consent_day",
                    "must be a day, as 2026-01-31",
                ));
            }
        }
        Ok(self)
    }

    /// The same plan for a file with these headers, if they are those it was made for.
    #[must_use]
    pub fn fits(&self, headers: &[String]) -> bool {
        let own = self.columns.iter().map(|column| &column.header);
        own.eq(headers.iter())
    }

    /// The plan as far as it says anything about these headers.
    #[must_use]
    pub fn carried_over(&self, to: &Self) -> Self {
        let mut plan = to.clone();
        plan.subject = self.subject;
        plan.zone.clone_from(&self.zone);
        plan.consents.clone_from(&self.consents);
        for column in &mut plan.columns {
            let known = self.columns.iter().find(|it| it.header == column.header);
            match known {
                Some(known) => *column = known.clone(),
                // The plan says who is who; a guess beside it might say it twice.
                None => column.target = Target::Ignore,
            }
        }
        plan
    }
}
