//! Reading: how easy a text is, how long its sentences are, how much of it fits.

use filo_stats::text::{flesch_reading_ease, gulpease, measure, sentences};

use super::super::block::paragraphs;
use super::super::field::Field;
use super::super::limit::{Counted, count};
use super::super::sms::Coding;
use super::{Looking, Rule};
use crate::company::Language;

/// Fewer words have no readability (methods: the index is defined for about a hundred).
const WORDS_LEAST: u32 = 30;

pub(super) fn look(looking: &mut Looking<'_>) {
    let text = paragraphs(&looking.masked);
    ease(looking, &text);
    let most = usize::from(looking.voice.sentence_words_most);
    for sentence in sentences(&text) {
        let words = sentence.split_whitespace().count();
        if words > most {
            let short: String = sentence.chars().take(60).collect();
            let at = looking
                .masked
                .find(sentence.split('\n').next().unwrap_or(sentence));
            looking.note(
                Rule::LongSentence,
                at.unwrap_or(0),
                &format!("{short}…"),
                "",
                words,
            );
        }
    }
    let counted = count(
        looking.adaptation.medium,
        looking.field,
        &squeezed(&looking.masked),
    );
    length(looking, &counted);
}

fn ease(looking: &mut Looking<'_>, text: &str) {
    let measured = measure(text);
    if looking.field != Field::Text || measured.words < WORDS_LEAST {
        return;
    }
    let ease = match looking.adaptation.language {
        Language::Italian => gulpease(&measured),
        Language::English => flesch_reading_ease(&measured),
    };
    let Some(ease) = ease.filter(|ease| *ease < f64::from(looking.voice.ease_least)) else {
        return;
    };
    let whole: usize = (0..=100)
        .rev()
        .find(|whole| f64::from(*whole) <= ease)
        .unwrap_or(0)
        .try_into()
        .unwrap_or(0);
    looking.note(Rule::Hard, 0, "", "", whole);
}

fn length(looking: &mut Looking<'_>, counted: &Counted) {
    let Some(parts) = counted.segments else {
        if counted.letters > counted.limit.good {
            looking.note(Rule::Long, 0, "", "", counted.letters);
        }
        return;
    };
    if parts.parts > 1 {
        looking.note(Rule::Parts, 0, "", "", parts.parts);
    }
    if let (Coding::Ucs2, Some(letter)) = (parts.coding, parts.first_foreign) {
        let at = looking.masked.find(letter).unwrap_or(0);
        let instead = plain(letter);
        looking.note(Rule::Foreign, at, &letter.to_string(), instead, parts.parts);
    }
}

/// A letter of the small alphabet that says the same.
const fn plain(letter: char) -> &'static str {
    match letter {
        '’' | '‘' => "'",
        '“' | '”' | '«' | '»' => "\"",
        '–' | '—' => "-",
        '…' => "...",
        'ç' => "c",
        'È' => "E'",
        'À' => "A'",
        'Ò' => "O'",
        'Ù' => "U'",
        'Ì' => "I'",
        'á' => "à",
        'í' => "ì",
        'ó' => "ò",
        'ú' => "ù",
        _ => "",
    }
}

/// What a template leaves when a value has the length of a short name.
fn squeezed(masked: &str) -> String {
    let mut out = String::with_capacity(masked.len());
    let mut blanks = 0;
    for letter in masked.chars() {
        if letter == ' ' {
            blanks += 1;
            // A blank of a tag is no letter; a name has some seven.
            if blanks > 1 {
                continue;
            }
        } else {
            blanks = 0;
        }
        out.push(letter);
    }
    out
}
