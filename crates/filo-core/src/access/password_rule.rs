//! Which passwords are taken: long enough, and none that is tried first. No rules about digits
//! and signs: they make passwords that are hard to remember and easy to guess.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Shorter ones are guessed.
pub const PASSWORD_CHARS_LEAST: usize = 12;
/// Longer ones only cost time.
pub const PASSWORD_CHARS_MOST: usize = 128;
/// A word of the surroundings counts from this length on.
const CONTEXT_CHARS_LEAST: usize = 4;

/// Well-known passwords and the words they are made of, one a line, in lower case.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordDefect {
    /// Fewer than [`PASSWORD_CHARS_LEAST`] letters.
    Short,
    /// More than [`PASSWORD_CHARS_MOST`] letters.
    Long,
    /// It is known, or made of one well-known word.
    Common,
    /// It is made of the person's or the company's own words.
    Personal,
}

/// Judges a password for somebody with these names and addresses.
///
/// # Errors
/// What is wrong with it.
pub fn judge(password: &str, context: &[&str]) -> Result<(), PasswordDefect> {
    let length = password.chars().count();
    if length < PASSWORD_CHARS_LEAST {
        return Err(PasswordDefect::Short);
    }
    if length > PASSWORD_CHARS_MOST {
        return Err(PasswordDefect::Long);
    }
    let lower = plain(password);
    let letters: HashSet<char> = lower.chars().collect();
    let rest = stripped(&lower);
    let known = |text: &str| COMMON.contains(text);
    if letters.len() < 4
        || known(&lower)
        || known(rest)
        || is_run(&lower)
        || is_repeated(rest, known)
    {
        return Err(PasswordDefect::Common);
    }
    let words = context.iter().flat_map(|text| {
        let words: Vec<String> = plain(text)
            .split(|letter: char| !letter.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        words
    });
    let mut without = lower.clone();
    for word in words.filter(|word| word.chars().count() >= CONTEXT_CHARS_LEAST) {
        without = without.replace(&word, "");
    }
    // What is left when the own words are taken out has to be something by itself.
    let own = without.len() < lower.len();
    if own
        && (stripped(&without).chars().count() < CONTEXT_CHARS_LEAST || known(stripped(&without)))
    {
        return Err(PasswordDefect::Personal);
    }
    Ok(())
}

fn plain(text: &str) -> String {
    text.to_lowercase()
}

/// Without the digits and signs that people put around a word to please a rule.
fn stripped(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_alphabetic())
}

/// `123456789012`, `abcdefghijkl`: every letter follows from the one before by the same step.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text
        .chars()
        .map(|letter| i64::from(u32::from(letter)))
        .collect();
    let mut steps = codes.windows(2).map(|pair| pair[1] - pair[0]);
    let Some(first) = steps.next() else {
        return true;
    };
    let wraps = |step: i64| step == first || step == -9;
    first.abs() <= 1 && steps.all(wraps)
}

/// `passwordpassword`: one known word again and again.
fn is_repeated(text: &str, known: impl Fn(&str) -> bool) -> bool {
    let length = text.len();
    (1..=length / 2).any(|size| {
        length.is_multiple_of(size)
            && text.get(..size).is_some_and(|head| {
                (known(head) || size <= 4) && text == head.repeat(length / size)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_tried_first_is_refused() {
        let context = [
            "Bottega Rossi",
            "filo",
            "Anna Bianchi",
            "anna.bianchi@example.it",
        ];
        for (password, expected) in [
            ("short", Err(PasswordDefect::Short)),
            ("elevenchars", Err(PasswordDefect::Short)),
            ("password1234", Err(PasswordDefect::Common)),
            ("Password1234!", Err(PasswordDefect::Common)),
            ("passwordpassword", Err(PasswordDefect::Common)),
            ("abcabcabcabc", Err(PasswordDefect::Common)),
            ("123456789012", Err(PasswordDefect::Common)),
            ("abcdefghijkl", Err(PasswordDefect::Common)),
            ("aaaaaaaaaaaa", Err(PasswordDefect::Common)),
            ("qwertyuiop123", Err(PasswordDefect::Common)),
            ("bottegarossi", Err(PasswordDefect::Personal)),
            ("BottegaRossi2026", Err(PasswordDefect::Personal)),
            ("annabianchi1", Err(PasswordDefect::Personal)),
            ("filo-filo-filo!", Err(PasswordDefect::Personal)),
            ("correct horse battery", Ok(())),
            ("anna mangia tre mele", Ok(())),
            ("il tram delle sette", Ok(())),
            ("キツネが走る橋の上で夜明け", Ok(())),
        ] {
            assert_eq!(judge(password, &context), expected, "{password}");
        }
        assert_eq!(
            judge(&"xy4!".repeat(33), &context),
            Err(PasswordDefect::Long)
        );
    }

    #[test]
    fn the_list_is_in_lower_case_and_not_short() {
        assert!(COMMON.len() > 400, "{}", COMMON.len());
        assert!(
            COMMON
                .iter()
                .all(|word| *word == word.to_lowercase() && !word.is_empty())
        );
    }

    proptest! {
        #[test]
        fn judging_any_text_ends(text in ".{0,200}", name in ".{0,40}") {
            let judged = judge(&text, &[&name]);
            let length = text.chars().count();
            prop_assert!(judged.is_err() || (PASSWORD_CHARS_LEAST..=PASSWORD_CHARS_MOST).contains(&length));
        }
    }
}
