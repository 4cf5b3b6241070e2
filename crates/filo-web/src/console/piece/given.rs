//! The text of the editor as it was typed.

use filo_core::company::Language;
use filo_core::content::{Adaptation, Category, Field, Fields, Piece, Tone, Variant, fields_of};
use filo_core::message::Medium;

use super::At;
use crate::console::segment::Pairs;

/// What a form says.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) at: At,
    pub(super) fields: Fields,
    /// The version that is changed.
    pub(super) version: i64,
    /// Who it is to be tried with, as typed.
    pub(super) who: String,
    pub(super) act: String,
    pub(super) dark: bool,
}

pub(super) fn value<'a>(pairs: &'a Pairs, wanted: &str) -> &'a str {
    let found = pairs.iter().rev().find(|(name, _)| name == wanted);
    found.map_or("", |(_, value)| value.as_str())
}

impl Given {
    pub(super) fn read(pairs: &Pairs) -> Self {
        let of = |wanted: &str| value(pairs, wanted);
        let medium = Medium::from_word(of("medium")).unwrap_or(Medium::Email);
        let mut fields = Fields::default();
        for field in fields_of(medium) {
            // Browsers send lines with both signs.
            let text = of(field.word()).replace("\r\n", "\n");
            let text = if *field == Field::Text {
                text
            } else {
                text.trim().to_owned()
            };
            fields.set(*field, text);
        }
        if medium == Medium::Whatsapp {
            fields.category = Category::from_word(of("category"));
        }
        if fields.text.trim().is_empty() {
            fields.text.clear();
        }
        Self {
            at: At {
                medium,
                language: Language::from_tag(of("in")).unwrap_or_default(),
                tone: Tone::from_word(of("tone")).unwrap_or_default(),
                variant: Variant::from_word(of("variant")).unwrap_or_default(),
                person: of("person").parse().ok(),
            },
            fields,
            version: of("version").parse().unwrap_or(0),
            who: of("who").trim().to_owned(),
            act: of("act").to_owned(),
            dark: of("light") == "dark",
        }
    }

    /// A piece as it would be with this text.
    pub(super) fn in_piece(&self, piece: &Piece) -> Piece {
        let mut piece = piece.clone();
        piece.write(Adaptation {
            medium: self.at.medium,
            language: self.at.language,
            tone: self.at.tone,
            variant: self.at.variant,
            fields: self.fields.clone(),
        });
        piece
    }
}
