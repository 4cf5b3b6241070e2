//! A person's initials on a tint of their own: the same person always has the same.

use maud::{Markup, html};

use super::shown;

/// Tints in the stylesheet.
const TINTS: u8 = 6;

/// Initials of a name; `size` is a class of the stylesheet or empty.
pub(crate) fn monogram(name: &str, size: &str) -> Markup {
    let tint = blake3::hash(name.as_bytes()).as_bytes()[0] % TINTS;
    html! {
        span class={ "monogram tint-" (tint) " " (size) } aria-hidden="true" { (initials(name)) }
    }
}

/// First letters of the first and the last word that begin with a letter; a dot for nobody.
fn initials(name: &str) -> String {
    let name = shown::line(name);
    let words: Vec<char> = name
        .split([' ', '.', '_', '-', '@'])
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let letters = match words.as_slice() {
        [] => "·".to_owned(),
        [only] => only.to_string(),
        [first, .., last] if !name.contains('@') => format!("{first}{last}"),
        [first, ..] => first.to_string(),
    };
    letters.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_first_and_last_name() {
        for (name, expected) in [
            ("Anna Bianchi", "AB"),
            ("Maria Chiara De Luca", "ML"),
            ("anna@example.it", "A"),
            ("+39 347", "·"),
            ("", "·"),
            ("Òscar", "Ò"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
