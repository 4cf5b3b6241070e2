//! What is wrong with a piece before anybody is told anything: everything at once, each with its
//! place.
//!
//! **Invariant:** what passes can be composed for everybody of whom its variables are known.

use super::block::blocks;
use super::compose::variations_of;
use super::field::{Field, fields_of, needed};
use super::kind::Variant;
use super::limit::limit_of;
use super::piece::{Adaptation, NAME_CHARS_MOST, Piece, Variation};
use super::scan::{Tag, scan};
use super::shield::plain_template;
use super::template::{Fault, Spot, TEMPLATE_BYTES_MOST, What, place_of, variables};
use super::tone::Tone;
use super::variable::{is_known, nearest};
use crate::channel::Layout;
use crate::company::Language;
use crate::message::Medium;

/// Texts of a piece.
const ADAPTATIONS_MOST: usize = 200;
/// Variations of a piece.
const VARIATIONS_MOST: usize = 60;
/// Ways to say a variation.
const TEXTS_MOST: usize = 8;
/// What variations may name.
const IN_VARIATIONS: [&str; 4] = ["first_name", "last_name", "name", "company"];

/// Something wrong, with the text in which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// In which text; none of the piece itself.
    pub text: Option<(Medium, Language, Tone, Variant)>,
    /// What.
    pub fault: Fault,
}

/// Everything that is wrong with a piece.
#[must_use]
pub fn check(piece: &Piece) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let of_piece = |fault| Wrong { text: None, fault };
    let name = |what| of_piece(Spot::of(Field::Title).fault(what));
    let is_line = |text: &str, most: usize| {
        text.chars().count() <= most && !text.chars().any(char::is_control)
    };
    if piece.name.trim().is_empty() || !is_line(&piece.name, NAME_CHARS_MOST) {
        wrong.push(name(What::Name(
            "a piece has a name of one line and at most 80 characters",
        )));
    }
    if !is_line(&piece.pillar, NAME_CHARS_MOST) {
        wrong.push(name(What::Name(
            "a pillar has one line and at most 80 characters",
        )));
    }
    if piece.purpose.trim().is_empty() || !is_line(&piece.purpose, NAME_CHARS_MOST) {
        wrong.push(name(What::Name("say which purpose it serves")));
    }
    if piece.adaptations.len() > ADAPTATIONS_MOST || piece.variations.len() > VARIATIONS_MOST {
        wrong.push(name(What::TooMuch));
        return wrong;
    }
    for variation in &piece.variations {
        let fault = check_variation(piece, variation).err();
        wrong.extend(fault.map(of_piece));
    }
    for why in &piece.why {
        let fault = check_text(
            piece,
            (Field::Why, &why.text),
            (why.language, Tone::Friendly),
        )
        .err();
        wrong.extend(fault.map(of_piece));
    }
    for (place, adaptation) in piece.adaptations.iter().enumerate() {
        let mut said = |fault| {
            let text = Some(adaptation.spot());
            wrong.push(Wrong { text, fault });
        };
        let before = &piece.adaptations[..place];
        if before.iter().any(|other| other.spot() == adaptation.spot()) {
            said(Spot::of(Field::Text).fault(What::Twice));
        }
        check_adaptation(piece, adaptation, &mut said);
    }
    wrong
}

fn check_adaptation(piece: &Piece, adaptation: &Adaptation, said: &mut impl FnMut(Fault)) {
    let (medium, fields) = (adaptation.medium, &adaptation.fields);
    for field in ALL_FIELDS {
        let (text, spot) = (fields.get(field), Spot::of(field));
        if !fields_of(medium).contains(&field) {
            if !text.is_empty() {
                said(spot.fault(What::Name("this medium has no such field")));
            }
            continue;
        }
        if text.trim().is_empty() {
            if needed(medium).contains(&field) {
                said(spot.fault(What::Empty));
            }
            continue;
        }
        if field == Field::Template {
            let is_word = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
            };
            if text.len() > limit_of(medium, field).most || !text.chars().all(is_word) {
                said(spot.fault(What::Name(
                    "a template of WhatsApp is called in small letters, digits and _",
                )));
            }
            continue;
        }
        if field == Field::Layout {
            if Layout::from_word(text).is_none() {
                said(spot.fault(What::Name(
                    "it stands as a banner, a card, or in the centre",
                )));
            }
            continue;
        }
        let (language, tone) = (adaptation.language, adaptation.tone);
        if let Err(fault) = check_text(piece, (field, text), (language, tone)) {
            said(fault);
        } else if medium == Medium::Email
            && field == Field::Text
            && let Err(fault) = check_blocks(text)
        {
            said(fault);
        }
    }
}

const ALL_FIELDS: [Field; 9] = [
    Field::Subject,
    Field::Preheader,
    Field::Title,
    Field::Text,
    Field::Label,
    Field::Link,
    Field::Image,
    Field::Layout,
    Field::Template,
];

fn check_text(
    piece: &Piece,
    (field, text): (Field, &str),
    (language, tone): (Language, Tone),
) -> Result<(), Fault> {
    if text.len() > TEMPLATE_BYTES_MOST {
        let (has, most) = (text.len(), TEMPLATE_BYTES_MOST);
        return Err(Spot::of(field).fault(What::TooLong { has, most }));
    }
    let plain = plain_template(text);
    for path in variables(field, text)? {
        let at = plain.find(path.as_str()).unwrap_or(0);
        let spot = place_of(field, &plain, at);
        let (head, rest) = path.split_once('.').unwrap_or((&path, ""));
        if !is_known(&path, field == Field::Why) {
            let near = nearest(&path);
            return Err(spot.fault(What::Unknown { name: path, near }));
        }
        if head == "promotion" && piece.promotion.is_none() {
            return Err(spot.fault(What::NoPromotion));
        }
        if head == "variations" {
            let name = rest.split('.').next().unwrap_or_default();
            let known = variations_of(piece, language, tone);
            if field == Field::Variation || !known.iter().any(|variation| variation.name == name) {
                return Err(spot.fault(What::Variation(name.to_owned())));
            }
        }
    }
    Ok(())
}

/// The blocks of a text before its values are put in.
fn check_blocks(text: &str) -> Result<(), Fault> {
    let plain = plain_template(text);
    blocks(&unfilled(&plain, &scan(Field::Text, &plain)?)).map(drop)
}

/// A template with something plausible in the place of each value; what steers it is gone.
fn unfilled(text: &str, tags: &[Tag<'_>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for tag in tags {
        out.push_str(&text[at..tag.at]);
        out.push_str(match text[..tag.at].ends_with("](") {
            true => "https://example.com/",
            false => "x",
        });
        at = tag.end;
    }
    out.push_str(&text[at..]);
    without_statements(&out)
}

/// A text without `{% … %}` and `{# … #}`.
pub(super) fn without_statements(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{%").into_iter().chain(rest.find("{#")).min() {
        out.push_str(&rest[..start]);
        let close = if rest[start..].starts_with("{%") {
            "%}"
        } else {
            "#}"
        };
        let Some(end) = rest[start..].find(close) else {
            return out;
        };
        rest = &rest[start + end + 2..];
    }
    out.push_str(rest);
    out
}

fn check_variation(piece: &Piece, variation: &Variation) -> Result<(), Fault> {
    let spot = Spot::of(Field::Variation);
    let is_letter =
        |letter: char| letter.is_ascii_lowercase() || letter == '_' || letter.is_ascii_digit();
    let begins = variation
        .name
        .chars()
        .next()
        .is_some_and(|letter| letter.is_ascii_lowercase());
    if !begins || !variation.name.chars().all(is_letter) || variation.name.len() > 40 {
        return Err(spot.fault(What::Name(
            "a variation is called in small letters, digits and _",
        )));
    }
    let same = piece.variations.iter().filter(|other| {
        other.name == variation.name
            && other.language == variation.language
            && other.tone == variation.tone
    });
    if same.count() > 1 {
        return Err(spot.fault(What::Twice));
    }
    if variation.texts.is_empty() || variation.texts.len() > TEXTS_MOST {
        return Err(spot.fault(What::Name("a variation has one to eight texts")));
    }
    for text in &variation.texts {
        let most = limit_of(Medium::Email, Field::Variation).most;
        let has = text.chars().count();
        if has > most {
            return Err(spot.fault(What::TooLong { has, most }));
        }
        if text.trim().is_empty() {
            return Err(spot.fault(What::Empty));
        }
        check_text(
            piece,
            (Field::Variation, text),
            (variation.language, Tone::Friendly),
        )?;
        let named = variables(Field::Variation, text)?;
        if let Some(path) = named
            .into_iter()
            .find(|path| !IN_VARIATIONS.contains(&path.as_str()))
        {
            return Err(spot.fault(What::Varies(path)));
        }
        if let Some(sign) = varying(text) {
            return Err(spot.fault(What::Varies(sign)));
        }
    }
    Ok(())
}

/// A sign of a variation that makes it more than words.
fn varying(text: &str) -> Option<String> {
    if let Some(sign) = text
        .chars()
        .find(|it| it.is_numeric() || "%€$£#[]\n".contains(*it))
    {
        return Some(sign.to_string());
    }
    let lower = text.to_lowercase();
    let word = [
        "http",
        "www.",
        "gratis",
        "sconto",
        "omaggio",
        "discount",
        "free of charge",
    ];
    word.into_iter()
        .find(|word| lower.contains(word))
        .map(str::to_owned)
}
