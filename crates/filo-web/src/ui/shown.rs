//! Text from outside as it may stand on a page. Maud escapes it; what escaping cannot stop is
//! text that reorders or floods the page.
//!
//! **Invariant:** no control or bidirectional override from outside reaches a page, and no value
//! is longer than its place.

/// Longest value in a line of a page.
const LENGTH_MOST: usize = 160;
/// Combining marks in a row beyond which a "letter" would paint over the lines around it.
const MARKS_MOST: usize = 4;

/// A value for one line.
pub(crate) fn line(text: &str) -> String {
    clean(text, LENGTH_MOST, false)
}

/// A text of several lines, such as a note.
pub(crate) fn lines(text: &str, length_most: usize) -> String {
    clean(text, length_most, true)
}

fn clean(text: &str, length_most: usize, keep_breaks: bool) -> String {
    let mut shown = String::with_capacity(text.len().min(length_most + 4));
    let mut marks = 0;
    for (count, letter) in text
        .chars()
        .filter(|letter| !is_hostile(*letter))
        .enumerate()
    {
        if count == length_most {
            shown.push('…');
            break;
        }
        marks = if is_mark(letter) { marks + 1 } else { 0 };
        if marks > MARKS_MOST {
            continue;
        }
        if letter.is_control() || letter == '\u{2028}' || letter == '\u{2029}' {
            if letter == '\n' && keep_breaks {
                shown.push('\n');
            } else if letter == '\n' || letter == '\t' {
                shown.push(' ');
            }
            continue;
        }
        shown.push(letter);
    }
    shown
}

/// Marks that change the order of what follows, and the invisible.
const fn is_hostile(letter: char) -> bool {
    matches!(letter,
        '\u{061c}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_tamed_and_honest_text_is_kept() {
        for (text, expected) in [
            ("Nicolò D'Àloja", "Nicolò D'Àloja"),
            ("مريم", "مريم"),
            ("👩‍🍳 Anna", "👩‍🍳 Anna"),
            ("a\u{202e}b\u{2066}c\u{200b}", "abc"),
            ("a\0b\u{7}c", "abc"),
            ("one\ntwo", "one two"),
        ] {
            assert_eq!(line(text), expected);
        }
        assert_eq!(lines("one\ntwo", 100), "one\ntwo");
        assert_eq!(line(&"x".repeat(1000)).chars().count(), LENGTH_MOST + 1);
        let zalgo = format!("a{}b", "\u{0301}".repeat(50));
        assert_eq!(line(&zalgo).chars().count(), 2 + MARKS_MOST);
    }
}
