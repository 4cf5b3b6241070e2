//! The company whose customers these are: how it is called, which language it speaks, which
//! clock hangs on its wall.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// Longer names are not names.
pub const NAME_CHARS_MOST: usize = 100;

/// A language that Filo speaks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Italiano.
    #[default]
    #[serde(rename = "it")]
    Italian,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Italian, Self::English];

    /// Its two letters of ISO 639-1.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    /// The language of two letters.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// What the owner says of the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// What it is called; empty until somebody says.
    pub name: CompactString,
    /// What visitors of the console read who have not chosen.
    pub language: Language,
    /// The zone of its days and hours, as the IANA names it.
    pub zone: CompactString,
}

impl Default for Company {
    /// A company in Italy.
    fn default() -> Self {
        Self {
            name: CompactString::default(),
            language: Language::Italian,
            zone: CompactString::const_new("Europe/Rome"),
        }
    }
}

/// What is wrong with a company as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompanyFault {
    /// The name has more than [`NAME_CHARS_MOST`] characters.
    NameTooLong,
    /// The name has a line break or another control character.
    NameUnprintable,
}

impl Company {
    /// The company with its name trimmed.
    ///
    /// # Errors
    /// The first thing that is wrong. Whether the zone exists is not known here: that needs the
    /// tables of the zones.
    pub fn checked(mut self) -> Result<Self, CompanyFault> {
        self.name = self.name.trim().into();
        if self.name.chars().count() > NAME_CHARS_MOST {
            return Err(CompanyFault::NameTooLong);
        }
        if self.name.chars().any(char::is_control) {
            return Err(CompanyFault::NameUnprintable);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded() {
        let named = |name: &str| Company {
            name: name.into(),
            ..Company::default()
        };
        assert_eq!(
            named("  Torrefazione Àncora ").checked().unwrap().name,
            "Torrefazione Àncora"
        );
        assert_eq!(
            named(&"x".repeat(NAME_CHARS_MOST + 1)).checked(),
            Err(CompanyFault::NameTooLong)
        );
        assert_eq!(named("a\nb").checked(), Err(CompanyFault::NameUnprintable));
    }

    #[test]
    fn the_document_is_stable() {
        let text = serde_json::to_string(&Company::default()).unwrap();
        assert_eq!(text, r#"{"name":"","language":"it","zone":"Europe/Rome"}"#);
        assert_eq!(
            serde_json::from_str::<Company>(&text).unwrap(),
            Company::default()
        );
    }
}
