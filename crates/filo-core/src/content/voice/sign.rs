//! Signs: exclamation marks, emoji, capitals; figures beside an offer; what a medium needs.

use super::super::check::without_statements;
use super::super::field::Field;
use super::super::piece::{Adaptation, Piece};
use super::super::promotion::Promotion;
use super::super::scan::scan;
use super::super::variable::may_miss;
use super::address::words;
use super::{Finding, Looking, Rule, Voice};
use crate::message::{Class, Medium};

/// What is known of somebody and must not be spoken of (art. 9 GDPR, and what comes near it).
const SENSITIVE: &[&str] = &[
    "health",
    "salute",
    "disease",
    "malattia",
    "allerg",
    "disab",
    "pregnan",
    "gravidanza",
    "religio",
    "politic",
    "party",
    "partito",
    "union",
    "sindacat",
    "ethnic",
    "etnia",
    "race",
    "razza",
    "sexual",
    "orientation",
    "orientamento",
    "gender",
    "genere",
    "sesso",
    "income",
    "reddito",
    "debt",
    "debit",
    "credit_score",
    "criminal",
];

/// The word of the list that a word in small letters begins with, if it does.
#[must_use]
pub fn delicate_stem(word: &str) -> Option<&'static str> {
    let mut stems = SENSITIVE.iter().copied();
    stems.find(|stem| word.starts_with(stem))
}

pub(super) fn look(looking: &mut Looking<'_>) {
    let text = looking.masked.clone();
    let marks: Vec<usize> = text.match_indices('!').map(|(at, _)| at).collect();
    // `![words](picture)` is no cry.
    let cries: Vec<usize> = marks
        .into_iter()
        .filter(|at| !text[at + 1..].starts_with('['))
        .collect();
    let most = usize::from(looking.voice.exclamations_most);
    if cries.len() > most {
        looking.note(Rule::Exclamation, cries[most], "!", "", cries.len());
    }
    let emoji: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, it)| is_emoji(*it))
        .collect();
    let most = usize::from(looking.voice.emoji_most);
    if emoji.len() > most {
        let (at, sign) = emoji[most];
        looking.note(Rule::Emoji, at, &sign.to_string(), "", emoji.len());
    }
    for (at, word) in words(&text) {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        let is_loud = letters >= 5 && word.chars().all(|it| it.is_uppercase() || it.is_numeric());
        let is_code = looking.promotion.is_some_and(|offer| offer.code == word);
        if is_loud && !is_code {
            let calm = word.to_lowercase();
            looking.note(Rule::Shouting, at, word, &calm, 0);
        }
    }
    if looking.field == Field::Subject {
        let start = text.trim_start().to_lowercase();
        let fake = ["re:", "r:", "fwd:", "fw:", "i:"]
            .into_iter()
            .find(|sign| start.starts_with(sign));
        if let Some(sign) = fake {
            looking.note(Rule::FakeReply, 0, sign, "", 0);
        }
    }
    variables(looking);
    figures(looking, &text);
}

fn variables(looking: &mut Looking<'_>) {
    let Ok(tags) = scan(looking.field, looking.raw) else {
        return;
    };
    for tag in tags {
        let lower = tag.path.to_lowercase();
        if SENSITIVE.iter().any(|word| lower.contains(word)) && lower.contains('.') {
            looking.note(Rule::Sensitive, tag.at, tag.path, "", 0);
        } else if may_miss(tag.path) && !tag.has_default && !tag.is_guarded {
            let head = tag.path.split('.').next().unwrap_or_default();
            // Links are given by who sends; events by what it is told for.
            if matches!(
                head,
                "first_name" | "last_name" | "name" | "traits" | "computed" | "orders"
            ) {
                let instead = format!("{{{{ {} | default(\"…\") }}}}", tag.path);
                looking.note(Rule::NoDefault, tag.at, tag.path, &instead, 0);
            }
        }
    }
}

/// An offer is told by its terms: figures beside it would be another offer.
fn figures(looking: &mut Looking<'_>, text: &str) {
    if looking.promotion.is_none() {
        return;
    }
    for (at, sign) in text.match_indices(['%', '€', '$', '£']) {
        let before: Vec<char> = text[..at].chars().rev().take(6).collect();
        let after: Vec<char> = text[at + sign.len()..].chars().take(3).collect();
        let near = before
            .iter()
            .take_while(|it| it.is_numeric() || " .,".contains(**it));
        let has_figure = near.chain(after.iter()).any(|letter| letter.is_numeric());
        if has_figure {
            let start = text[..at].rfind(|it: char| !(it.is_numeric() || " .,".contains(it)));
            let start = start.map_or(0, |place| {
                place + text[place..].chars().next().map_or(1, char::len_utf8)
            });
            let quote = text[start..at + sign.len()].to_owned();
            looking.note(Rule::OwnFigures, start, &quote, "{{ promotion.terms }}", 0);
        }
    }
}

/// What a text as a whole has to have.
pub(super) fn look_whole(
    voice: &Voice,
    piece: &Piece,
    adaptation: &Adaptation,
    promotion: Option<&Promotion>,
    found: &mut Vec<Finding>,
) {
    let fields = &adaptation.fields;
    let mut note = |field: Field, rule: Rule, instead: &str| {
        found.push(Finding {
            text: adaptation.spot(),
            field,
            line: 1,
            column: 1,
            rule,
            quote: String::new(),
            instead: instead.to_owned(),
            number: 0,
        });
    };
    let _ = voice;
    let text = without_statements(&fields.text);
    if promotion.is_some() && !fields.text.trim().is_empty() {
        let blocks = ["[promotion]", "[promozione]"];
        let is_block = blocks
            .iter()
            .any(|block| text.lines().any(|line| line.trim() == *block));
        let tells =
            text.contains("promotion.terms") || (adaptation.medium == Medium::Email && is_block);
        if !tells {
            note(Field::Text, Rule::NoTerms, "{{ promotion.terms }}");
        }
    }
    let is_marketing = piece.class == Class::Marketing;
    if adaptation.medium == Medium::Sms && is_marketing && !fields.text.trim().is_empty() {
        let lower = text.to_lowercase();
        let ways = [
            "stop",
            "basta",
            "cancella",
            "links.unsubscribe",
            "links.preferences",
        ];
        if !ways.iter().any(|way| lower.contains(way)) {
            note(Field::Text, Rule::NoStop, "{{ links.unsubscribe }}");
        }
    }
    if adaptation.medium == Medium::Email && fields.preheader.trim().is_empty() {
        note(Field::Preheader, Rule::NoPreheader, "");
    }
    let is_whatsapp = adaptation.medium == Medium::Whatsapp && !fields.text.trim().is_empty();
    if is_whatsapp && (fields.category.is_none() || fields.template.trim().is_empty()) {
        note(Field::Template, Rule::NoTemplate, "");
    }
}

/// Signs that are drawn in colour; punctuation, letters and arrows are none.
fn is_emoji(letter: char) -> bool {
    matches!(u32::from(letter), 0x1F300..=0x1FAFF | 0x2600..=0x27BF | 0x2B50 | 0x2B55 | 0x1F1E6..=0x1F1FF)
}
