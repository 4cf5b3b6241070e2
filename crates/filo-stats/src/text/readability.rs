//! How easy a text is to read.
//!
//! Gulpease: Lucisano, Piemontese, "GULPEASE: una formula per la predizione della difficoltà dei
//! testi in lingua italiana", Scuola e città 3 (1988). Flesch, "A new readability yardstick",
//! Journal of Applied Psychology 32 (1948).

use super::token::{is_of_word, words};

/// What a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measured {
    /// Words; an apostrophe parts two of them.
    pub words: u32,
    /// Letters and digits.
    pub letters: u32,
    /// Sentences; a text with a word has at least one.
    pub sentences: u32,
    /// Syllables, counted as in English.
    pub syllables: u32,
}

/// Counts a text.
#[must_use]
pub fn measure(text: &str) -> Measured {
    let mut measured = Measured::default();
    for word in words(text) {
        measured.words += 1;
        measured.letters += u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
        measured.syllables += syllables_of_english(word);
    }
    let count = sentences(text).len();
    measured.sentences = u32::try_from(count).unwrap_or(u32::MAX);
    measured
}

/// The sentences of a text, without the space around them: each ends with a full stop, a question
/// or exclamation mark, an ellipsis or a line.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let is_end = match letter {
            '\n' | '!' | '?' | '…' => true,
            // 1.234 and ore 9.30 are no ends.
            '.' => next.is_none_or(|next| !next.is_alphanumeric()),
            _ => false,
        };
        if is_end && !matches!(next, Some('.' | '!' | '?' | '…' | '"' | '»' | '”' | ')')) {
            let end = at + letter.len_utf8();
            keep(&mut found, &text[start..end]);
            start = end;
        }
    }
    keep(&mut found, &text[start..]);
    found
}

fn keep<'a>(found: &mut Vec<&'a str>, sentence: &'a str) {
    if sentence.chars().any(is_of_word) {
        found.push(sentence.trim());
    }
}

/// Gulpease: 89 + (300 · sentences − 10 · letters) / words, between 0 (hard) and 100 (easy).
/// Below 80 it is hard for who left school after the primary, below 60 after the middle, below 40
/// after the high school.
#[must_use]
pub fn gulpease(measured: &Measured) -> Option<f64> {
    if measured.words == 0 {
        return None;
    }
    let (sentences, letters) = (f64::from(measured.sentences), f64::from(measured.letters));
    let index = 89.0 + (300.0 * sentences - 10.0 * letters) / f64::from(measured.words);
    Some(index.clamp(0.0, 100.0))
}

/// Flesch's reading ease of English: 206.835 − 1.015 · words per sentence − 84.6 · syllables per
/// word. 60–70 is plain English, below 30 is for graduates; short words alone give more than 100.
#[must_use]
pub fn flesch_reading_ease(measured: &Measured) -> Option<f64> {
    if measured.words == 0 || measured.sentences == 0 {
        return None;
    }
    let words = f64::from(measured.words);
    let per_sentence = words / f64::from(measured.sentences);
    let per_word = f64::from(measured.syllables) / words;
    Some(206.835 - 1.015 * per_sentence - 84.6 * per_word)
}

/// The syllables of an English word by its groups of vowels: a rule of thumb, right for nearly all
/// words that shops use.
#[must_use]
pub fn syllables_of_english(word: &str) -> u32 {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let is_vowel = |letter: &char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    let mut was_vowel = false;
    for letter in &letters {
        let vowel = is_vowel(letter);
        count += u32::from(vowel && !was_vowel);
        was_vowel = vowel;
    }
    match letters.as_slice() {
        // be-ing, but not thing.
        [.., before, 'i', 'n', 'g'] if is_vowel(before) => count += 1,
        // ta-ble.
        [.., before, 'l', 'e'] if !is_vowel(before) => {}
        // Silent: made, used.
        [.., before, 'e'] if !is_vowel(before) => count = count.saturating_sub(1),
        [.., before, 'e', 'd'] if !is_vowel(before) && !matches!(before, 't' | 'd') => {
            count = count.saturating_sub(1);
        }
        _ => {}
    }
    count.max(1)
}
