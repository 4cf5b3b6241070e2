//! Pieces to begin with, written by hand in both languages and two tones.
//!
//! **Invariant:** each of them passes the voice that a company has before it says anything, and
//! can be told to somebody of whom nothing is known.

mod after;
mod back;
mod begin;
mod order;

use super::field::Fields;
use super::kind::Variant;
use super::piece::{Adaptation, Piece, Variation};
use super::tone::Tone;
use crate::buyer::Stage;
use crate::company::Language;
use crate::message::{Class, Medium};

/// A piece to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Starter {
    /// The word in addresses.
    pub word: &'static str,
    /// What it is called, in Italian and English.
    pub names: [&'static str; 2],
    /// When it is good, in Italian and English.
    pub hints: [&'static str; 2],
    purpose: &'static str,
    class: Class,
    stage: Option<Stage>,
    texts: &'static [Told],
    greetings: bool,
}

/// A text of one.
#[derive(Debug, Clone, Copy)]
struct Told {
    medium: Medium,
    language: Language,
    tone: Tone,
    subject: &'static str,
    preheader: &'static str,
    text: &'static str,
}

/// All of them, in the order in which somebody is met.
pub const STARTERS: &[Starter] = &[
    begin::CONFIRM,
    begin::WELCOME,
    order::CART,
    order::THANKS,
    after::VISIT,
    order::REORDER,
    back::BIRTHDAY,
    back::WIN_BACK,
];

const IT: Language = Language::Italian;
const EN: Language = Language::English;
const TU: Tone = Tone::Friendly;
const LEI: Tone = Tone::Formal;

const fn mail(
    (language, tone): (Language, Tone),
    subject: &'static str,
    preheader: &'static str,
    text: &'static str,
) -> Told {
    Told {
        medium: Medium::Email,
        language,
        tone,
        subject,
        preheader,
        text,
    }
}

const fn sms((language, tone): (Language, Tone), text: &'static str) -> Told {
    Told {
        medium: Medium::Sms,
        language,
        tone,
        subject: "",
        preheader: "",
        text,
    }
}

/// Ways to greet a friend; none of them says anything else.
const GREETINGS: [(Language, &[&str]); 2] = [
    (IT, &["Ciao", "Eccoci", "Buongiorno"]),
    (EN, &["Hello", "Hi", "Good morning"]),
];

impl Starter {
    /// The starter of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<&'static Self> {
        STARTERS.iter().find(|starter| starter.word == word)
    }

    /// What it is called in a language.
    #[must_use]
    pub const fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Italian => self.names[0],
            Language::English => self.names[1],
        }
    }

    /// When it is good, in a language.
    #[must_use]
    pub const fn hint(&self, language: Language) -> &'static str {
        match language {
            Language::Italian => self.hints[0],
            Language::English => self.hints[1],
        }
    }

    /// The piece, called as in this language.
    #[must_use]
    pub fn piece(&self, language: Language) -> Piece {
        let mut piece = Piece::new(self.name(language), self.purpose, self.class);
        piece.stage = self.stage;
        for told in self.texts {
            piece.write(Adaptation {
                medium: told.medium,
                language: told.language,
                tone: told.tone,
                variant: Variant::A,
                fields: Fields {
                    subject: told.subject.to_owned(),
                    preheader: told.preheader.to_owned(),
                    text: told.text.to_owned(),
                    ..Fields::default()
                },
            });
        }
        if self.greetings {
            piece
                .variations
                .extend(GREETINGS.iter().map(|(language, texts)| Variation {
                    name: "greeting".into(),
                    language: *language,
                    tone: None,
                    texts: texts.iter().map(|text| (*text).to_owned()).collect(),
                }));
        }
        piece
    }
}
