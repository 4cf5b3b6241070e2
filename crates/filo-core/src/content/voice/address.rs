//! Tu and Lei: which of the two a text says, and where it says the other.
//!
//! **Invariant:** words that both forms have, such as "la" and "le" in small letters, count for
//! neither.

use super::super::tone::Address;
use super::{Looking, Rule};
use crate::company::Language;

/// Words of tu, in small letters.
const FAMILIAR: &[&str] = &[
    "tu",
    "ti",
    "te",
    "tuo",
    "tua",
    "tuoi",
    "tue",
    "hai",
    "sei",
    "puoi",
    "vuoi",
    "sai",
    "vieni",
    "passa",
    "scopri",
    "clicca",
    "approfitta",
    "guarda",
    "scegli",
    "ricevi",
    "conferma",
    "scrivici",
    "rispondi",
    "chiamaci",
    "vai",
    "dicci",
    "prova",
    "torna",
    "trovi",
    "avrai",
    "troverai",
    "potrai",
    "riceverai",
];
/// Words of Lei, in small letters.
const POLITE: &[&str] = &[
    "gentile",
    "egregio",
    "egregia",
    "spettabile",
    "clicchi",
    "scopra",
    "approfitti",
    "scelga",
    "riceva",
    "confermi",
    "risponda",
    "venga",
    "desidera",
    "ci scriva",
    "ci chiami",
    "passi",
    "provi",
    "torni",
];
/// Words of Lei that are only so with a capital in the middle of a sentence.
const POLITE_CAPITAL: &[&str] = &["Lei", "La", "Le", "Suo", "Sua", "Suoi", "Sue"];
/// Words that are also nouns and names, or that both forms have: they do not convict alone.
const WEAK: &[&str] = &[
    "passa", "passi", "prova", "provi", "torni", "torna", "conferma", "sei", "gentile", "guarda",
    "trovi",
];

pub(super) fn look(looking: &mut Looking<'_>) {
    if looking.adaptation.language != Language::Italian {
        return;
    }
    let wanted = looking.adaptation.tone.address();
    let mut against: Vec<(usize, String, bool)> = Vec::new();
    let mut starts = true;
    let text = looking.masked.clone();
    for (at, word) in words(&text) {
        let lower = word.to_lowercase();
        let is_polite =
            POLITE.contains(&lower.as_str()) || (!starts && POLITE_CAPITAL.contains(&word));
        let is_familiar = FAMILIAR.contains(&lower.as_str());
        let is_against = match wanted {
            Address::Polite => is_familiar,
            Address::Familiar => is_polite,
        };
        if is_against {
            against.push((at, word.to_owned(), WEAK.contains(&lower.as_str())));
        }
        let after = text[at + word.len()..].trim_start_matches([' ', '"', '»', '”', ')', '*']);
        starts = after.starts_with(['.', '!', '?', '\n', ':', '#', '-']) || after.is_empty();
    }
    // A word that may be another thing convicts only beside one that is none.
    if against.iter().all(|(_, _, is_weak)| *is_weak) {
        return;
    }
    for (at, word, is_weak) in against {
        if !is_weak {
            looking.note(Rule::Address, at, &word, "", 0);
        }
    }
}

/// The words of a text, with where they begin.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |letter: char| letter.is_alphanumeric();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let rest = &text[start..];
        let length = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
        at = start + length;
        Some((start, &rest[..length]))
    })
}
