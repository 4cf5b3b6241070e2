//! From what was written to plain letters that can be compared.
//!
//! **Invariant:** folding is total and idempotent.

use unicode_normalization::UnicodeNormalization;

/// Bytes of a value that are looked at.
const BYTES_MOST: usize = 200;

/// Puts the words of a text, in small letters without accents, into `into`, a space between
/// them. Apostrophes and dots belong to the word they stand in.
pub(super) fn fold_words(text: &str, into: &mut String) {
    into.clear();
    let text = cut(text);
    if text.is_ascii() {
        for byte in text.bytes() {
            push(char::from(byte), into);
        }
    } else {
        for letter in text.nfd() {
            push(letter, into);
        }
    }
    while into.ends_with(' ') {
        into.pop();
    }
}

fn push(letter: char, into: &mut String) {
    match letter {
        'a'..='z' | '0'..='9' => into.push(letter),
        'A'..='Z' => into.push(letter.to_ascii_lowercase()),
        '\'' | '\u{2019}' | '`' | '.' | '\u{300}'..='\u{36f}' => {}
        'ß' => into.push_str("ss"),
        'ø' | 'Ø' => into.push('o'),
        'æ' | 'Æ' => into.push_str("ae"),
        'ł' | 'Ł' => into.push('l'),
        _ if letter.is_alphanumeric() => into.extend(letter.to_lowercase()),
        _ => {
            if !into.is_empty() && !into.ends_with(' ') {
                into.push(' ');
            }
        }
    }
}

/// The letters and digits alone, in small letters.
pub(super) fn fold_code(text: &str, into: &mut String) {
    into.clear();
    let letters = cut(text).chars().filter(char::is_ascii_alphanumeric);
    into.extend(letters.map(|letter| letter.to_ascii_lowercase()));
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(BYTES_MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_letters() {
        let mut folded = String::new();
        for (text, expected) in [
            ("  Niccolò ", "niccolo"),
            ("D'Angelo", "dangelo"),
            ("DE LUCA", "de luca"),
            ("Maria-Teresa", "maria teresa"),
            ("Müller", "muller"),
            ("B.", "b"),
            ("", ""),
            ("--", ""),
        ] {
            fold_words(text, &mut folded);
            assert_eq!(folded, expected);
            let once = folded.clone();
            fold_words(&once, &mut folded);
            assert_eq!(folded, once);
        }
        fold_code("rss mra-80A01", &mut folded);
        assert_eq!(folded, "rssmra80a01");
    }
}
