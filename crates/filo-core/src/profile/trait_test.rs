//! What can be asked of one trait of somebody.
//!
//! **Invariant:** capitals make no difference, and a trait that was taken back is not there.

use super::trait_key;
use super::traits::Traits;
use crate::json;

/// Longer values are not compared.
const VALUE_MOST: usize = 200;

/// What must be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The value is this one.
    Equals,
    /// The value holds this text; of a list, one of its parts does.
    Contains,
    /// There is a value.
    Present,
    /// There is none.
    Absent,
}

impl Wanted {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Equals, Self::Contains, Self::Present, Self::Absent];

    /// The word in addresses and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Equals => "equals",
            Self::Contains => "contains",
            Self::Present => "set",
            Self::Absent => "empty",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wanted| wanted.word() == word)
    }

    /// Whether it says something only together with a value.
    #[must_use]
    pub const fn takes_value(self) -> bool {
        matches!(self, Self::Equals | Self::Contains)
    }
}

/// A question about one trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraitTest {
    key: String,
    wanted: Wanted,
    value: String,
}

impl TraitTest {
    /// The question, if it is one: a key in any way of writing it, and a value where it needs one.
    #[must_use]
    pub fn new(key: &str, wanted: Wanted, value: &str) -> Option<Self> {
        let value = value.trim().to_lowercase();
        let fits = value.len() <= VALUE_MOST && (!value.is_empty() || !wanted.takes_value());
        Some(Self {
            key: trait_key::normal(key.trim()).filter(|_| fits)?.into_owned(),
            wanted,
            value,
        })
    }

    /// What must be true.
    #[must_use]
    pub const fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// Whether it is true of somebody with these traits.
    #[must_use]
    pub fn holds(&self, traits: &Traits) -> bool {
        let raw = traits.get(&self.key).and_then(|found| found.value());
        let said = raw.map(|(raw, _)| match json::text(&raw) {
            Some(text) => text.to_lowercase(),
            None => raw.as_str().to_lowercase(),
        });
        // What is empty says as little as what is not there.
        let said = said.filter(|said| !matches!(said.as_str(), "" | "[]" | "null"));
        match self.wanted {
            Wanted::Equals => said.is_some_and(|said| said == self.value),
            Wanted::Contains => said.is_some_and(|said| said.contains(&self.value)),
            Wanted::Present => said.is_some(),
            Wanted::Absent => said.is_none(),
        }
    }
}
