//! The voice as the company set it.
//!
//! **Invariant:** reading what was written gives what was.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::super::compose::Links;
use super::super::tone::Tone;

/// Phrases that a company does not use.
const PHRASES_MOST: usize = 200;
/// Letters of a phrase.
const PHRASE_CHARS_MOST: usize = 80;
/// Letters of the address.
const ADDRESS_CHARS_MOST: usize = 200;

/// Links that a company names.
const LINKS_MOST: usize = 30;
/// Letters of a link's name and of its address.
const NAME_BYTES_MOST: usize = 40;
const URL_BYTES_MOST: usize = 1_000;

/// How a company speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Voice {
    /// How it speaks to who has stated nothing else.
    pub tone: Tone,
    /// Where the company is, in the foot of every mail: street, town.
    pub address: CompactString,
    /// Phrases that it does not use.
    pub banned: Vec<CompactString>,
    /// Stock phrases that it uses all the same.
    pub allowed: Vec<CompactString>,
    /// Emoji in one text.
    pub emoji_most: u8,
    /// Exclamation marks in one text.
    pub exclamations_most: u8,
    /// Words in one sentence.
    pub sentence_words_most: u8,
    /// The least ease of reading: Gulpease of Italian, Flesch of English.
    pub ease_least: u8,
    /// Where the links of texts lead, by name: `shop`, `cart`, `reorder` … What Filo leads to
    /// itself (`preferences`, `unsubscribe`) is not among them.
    pub links: Links,
}

impl Default for Voice {
    /// Plain and calm: what who left school after eight years reads without trouble.
    fn default() -> Self {
        Self {
            tone: Tone::Friendly,
            address: CompactString::default(),
            banned: Vec::new(),
            allowed: Vec::new(),
            emoji_most: 1,
            exclamations_most: 1,
            sentence_words_most: 25,
            ease_least: 60,
            links: Links::new(),
        }
    }
}

/// What is wrong with a voice: the field, and what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct VoiceFault {
    /// Which field.
    pub field: &'static str,
    /// What would be right.
    pub reason: &'static str,
}

impl Voice {
    /// The voice with its texts trimmed.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(mut self) -> Result<Self, VoiceFault> {
        let fault = |field, reason| Err(VoiceFault { field, reason });
        self.address = self
            .address
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .into();
        if self.address.chars().count() > ADDRESS_CHARS_MOST {
            return fault("address", "at most 200 characters");
        }
        for (field, phrases) in [("banned", &mut self.banned), ("allowed", &mut self.allowed)] {
            let lines = phrases.iter().map(|phrase| {
                let words: Vec<&str> = phrase.split_whitespace().collect();
                CompactString::from(words.join(" ").to_lowercase())
            });
            *phrases = lines.filter(|phrase| !phrase.is_empty()).collect();
            let is_short = |phrase: &CompactString| phrase.chars().count() <= PHRASE_CHARS_MOST;
            if phrases.len() > PHRASES_MOST || !phrases.iter().all(is_short) {
                return fault(field, "at most 200 phrases of 80 characters");
            }
        }
        if !(8..=60).contains(&self.sentence_words_most) {
            return fault("sentence_words_most", "between 8 and 60 words");
        }
        if self.ease_least > 90 {
            return fault("ease_least", "between 0 and 90");
        }
        if self.links.len() > LINKS_MOST || !self.links.iter().all(is_link) {
            return fault(
                "links",
                "at most 30 names of small letters, each with a whole https address",
            );
        }
        Ok(self)
    }
}

/// A name that a text can say, and an address that mail programs open.
fn is_link((name, url): (&String, &String)) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_own = matches!(name.as_str(), "preferences" | "unsubscribe" | "confirm");
    let is_name = !name.is_empty() && name.len() <= NAME_BYTES_MOST && name.bytes().all(is_letter);
    let is_url = url.starts_with("https://") && url.len() <= URL_BYTES_MOST;
    let is_whole = |letter: char| letter.is_control() || letter.is_whitespace();
    is_name && !is_own && is_url && !url.contains(is_whole)
}
