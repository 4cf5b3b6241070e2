//! What comes from data is text: in a template that is then read as blocks and links, its signs
//! must not be read as such.
//!
//! **Invariant:** `open(shielded(x))` is `x` without the letters that no text needs; between the
//! two, `x` holds no sign that means anything to [`super::block`].

/// Where signs of data stand while a text is read: an area of Unicode for private use.
const BASE: u32 = 0xE000;
/// Letters of one value.
const VALUE_CHARS_MOST: usize = 2000;

/// Whether a letter is one of ours, or turns the direction of writing around.
const fn is_foul(letter: char) -> bool {
    matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A value from data, cleaned: one line, no letters that are not to be seen.
pub(super) fn clean(value: &str) -> String {
    let kept = value.chars().filter(|letter| !is_foul(*letter));
    let spaced = kept.map(|letter| if letter.is_control() { ' ' } else { letter });
    let line: String = spaced.take(VALUE_CHARS_MOST).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A template as it was written, without letters that would be taken for shielded ones.
pub(super) fn plain_template(text: &str) -> String {
    let kept = text.chars().filter(|letter| !is_foul(*letter));
    kept.filter(|letter| *letter != '\r').collect()
}

/// The value with every ASCII sign and space out of reach of the reader.
pub(super) fn shielded(value: &str) -> String {
    let shield = |letter: char| match letter {
        sign if sign.is_ascii_punctuation() || sign.is_ascii_digit() => {
            char::from_u32(BASE + sign as u32).unwrap_or(sign)
        }
        other => other,
    };
    value.chars().map(shield).collect()
}

/// Everything as it is said.
pub(super) fn open(text: &str) -> String {
    let unshield = |letter: char| {
        let code = u32::from(letter);
        let sign = code
            .checked_sub(BASE)
            .and_then(|code| u8::try_from(code).ok());
        sign.map_or(letter, char::from)
    };
    text.chars().map(unshield).collect()
}
