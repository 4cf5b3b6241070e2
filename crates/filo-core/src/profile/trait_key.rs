//! Keys of traits: every way of writing a key (`firstName`, `First name`, `first-name`) is one
//! key in `snake_case`.
//!
//! **Invariant:** the normal form of a normal form is itself.

use std::borrow::Cow;

use compact_str::CompactString;

/// Longer keys are data in the wrong place.
const KEY_MOST: usize = 100;

/// The traits that Filo itself reads, with those that Segment reserves: kept before any others.
const STANDARD: &[&str] = &[
    "address",
    "age",
    "avatar",
    "birthday",
    "city",
    "company",
    "country",
    "created_at",
    "description",
    "email",
    "first_name",
    "gender",
    "id",
    "language",
    "last_name",
    "name",
    "phone",
    "postal_code",
    "state",
    "street",
    "title",
    "username",
    "website",
];

pub(super) fn is_standard(key: &str) -> bool {
    STANDARD.binary_search(&key).is_ok()
}

/// The normal form; nothing if the key is empty or too long.
pub(super) fn normal(key: &str) -> Option<Cow<'_, str>> {
    if key.is_empty() || key.len() > KEY_MOST {
        return None;
    }
    if is_normal(key) {
        return Some(Cow::Borrowed(key));
    }
    let mut normal = CompactString::default();
    let mut letters = key.chars().peekable();
    let mut previous = '_';
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            previous = '_';
            continue;
        }
        // A capital begins a word after a small letter (firstName), and at the end of an
        // abbreviation (URLPath).
        let follows_small = previous.is_alphanumeric() && !is_capital(previous);
        let ends_abbreviation =
            is_capital(previous) && letters.peek().is_some_and(|next| next.is_lowercase());
        let begins_word =
            previous == '_' || is_capital(letter) && (follows_small || ends_abbreviation);
        if begins_word && !normal.is_empty() {
            normal.push('_');
        }
        normal.extend(
            letter
                .to_lowercase()
                .filter(|lower| lower.is_alphanumeric()),
        );
        previous = letter;
    }
    (!normal.is_empty()).then(|| Cow::Owned(normal.into_string()))
}

/// A letter that has a small form: only those begin words.
fn is_capital(letter: char) -> bool {
    letter.is_uppercase() && !letter.to_lowercase().eq([letter])
}

/// Most keys are written this way already, and cost nothing.
fn is_normal(key: &str) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
    key.as_bytes().iter().all(is_plain)
        && !key.starts_with('_')
        && !key.ends_with('_')
        && !key.contains("__")
}

#[cfg(test)]
mod tests {
    use super::{STANDARD, normal};

    #[test]
    fn all_ways_of_writing_a_key_are_one() {
        for (key, expected) in [
            ("firstName", "first_name"),
            ("first_name", "first_name"),
            ("First Name", "first_name"),
            ("first-name", "first_name"),
            ("FIRST_NAME", "first_name"),
            ("__first__name__", "first_name"),
            ("userID", "user_id"),
            ("URLPath", "url_path"),
            ("address2", "address2"),
            ("line2Text", "line2_text"),
            ("Città", "città"),
            ("$email", "email"),
            ("company.name", "company_name"),
        ] {
            assert_eq!(normal(key).as_deref(), Some(expected), "{key}");
        }
        for key in ["", "$", "___", &"k".repeat(101)] {
            assert_eq!(normal(key), None, "{key}");
        }
    }

    #[test]
    fn standard_keys_are_normal_and_sorted() {
        assert!(STANDARD.is_sorted());
        for key in STANDARD {
            assert_eq!(normal(key).as_deref(), Some(*key));
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_normal_form_is_its_own(key in "\\PC{0,20}") {
            if let Some(once) = normal(&key) {
                let twice = normal(&once).map(std::borrow::Cow::into_owned);
                proptest::prop_assert_eq!(Some(once.as_ref()), twice.as_deref());
            }
        }
    }
}
