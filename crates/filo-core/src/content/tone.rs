//! Tones: how a company speaks to somebody, and who is spoken to how.
//!
//! **Invariant:** a tone is what somebody stated or what people of the company noted, never what
//! was guessed from age, sex, name or place.

use serde::{Deserialize, Serialize};

use crate::company::Language;
use crate::profile::{About, Profile};

/// How somebody is spoken to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As one would at the counter: tu.
    #[default]
    Friendly,
    /// With distance: Lei.
    Formal,
    /// With a wink.
    Ironic,
    /// With facts and measures.
    Technical,
    /// Three lines and the point.
    BottomLine,
}

/// The form of address of Italian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// Tu.
    Familiar,
    /// Lei.
    Polite,
}

impl Tone {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Friendly,
        Self::Formal,
        Self::Ironic,
        Self::Technical,
        Self::BottomLine,
    ];

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Friendly => "friendly",
            Self::Formal => "formal",
            Self::Ironic => "ironic",
            Self::Technical => "technical",
            Self::BottomLine => "bottom_line",
        }
    }

    /// The tone of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.word() == word)
    }

    /// Tu or Lei.
    #[must_use]
    pub const fn address(self) -> Address {
        match self {
            Self::Formal => Address::Polite,
            Self::Friendly | Self::Ironic | Self::Technical | Self::BottomLine => Address::Familiar,
        }
    }

    /// The tone that a text asks for, in the words that people use.
    fn of_text(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        if let Some(tone) = Self::from_word(text.trim()) {
            return Some(tone);
        }
        let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
        // The more particular first: "formale ma tecnico" does not come up in a shop.
        if names(&["dare del lei", "del lei", "formale", "formal"]) && !text.contains("informal") {
            return Some(Self::Formal);
        }
        if names(&["dare del tu", "del tu", "informal", "amichevol", "friendly"]) {
            return Some(Self::Friendly);
        }
        if names(&["tecnic", "technical", "dati alla mano"]) {
            return Some(Self::Technical);
        }
        if names(&[
            "al sodo",
            "in breve",
            "poche parole",
            "bottom line",
            "short messages",
        ]) {
            return Some(Self::BottomLine);
        }
        names(&["ironi", "scherz", "irony"]).then_some(Self::Ironic)
    }
}

/// The tone for somebody: what they stated (the trait `tone`), else what was noted as their
/// preference, else that of the company.
#[must_use]
pub fn tone_for(profile: &Profile, usual: Tone) -> Tone {
    let stated = profile.traits.text("tone");
    if let Some(tone) = stated.as_deref().and_then(Tone::of_text) {
        return tone;
    }
    let notes = profile.notes.newest_first();
    let preferences = notes.iter().filter(|note| note.about == About::Preference);
    let mut tones = preferences.filter_map(|note| Tone::of_text(&note.text));
    tones.next().unwrap_or(usual)
}

/// The language for somebody: what they or their device said, else that of the company.
#[must_use]
pub fn language_for(profile: &Profile, usual: Language) -> Language {
    let said = profile.traits.text("language");
    let device = || {
        profile
            .locale
            .as_ref()
            .map(|locale| locale.value.to_string())
    };
    let tag = said.or_else(device).unwrap_or_default();
    let two: String = tag.chars().take(2).collect();
    Language::from_tag(&two.to_lowercase()).unwrap_or(usual)
}
