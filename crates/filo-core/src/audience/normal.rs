//! The forms that platforms want a value in before it is hashed: two that mean the same must have
//! the same hash there.
//!
//! Rules: Meta, *Customer File Custom Audiences*, "Hashing and Normalizing Data"; Google, *Data
//! Manager API*, "Format user data"; `LinkedIn`, *DMP Segment Users* (SHA-256 of the address in
//! small letters).
//!
//! **Invariant:** the form of a form is itself.

use sha2::{Digest, Sha256};

use super::Platform;

/// Addresses in which Google leaves dots out.
const DOTLESS: [&str; 2] = ["gmail.com", "googlemail.com"];

/// SHA-256 in small hexadecimal digits, as all of them want it.
#[must_use]
pub fn hashed(text: &str) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// An address as it is hashed; nothing if it is none.
#[must_use]
pub fn email(platform: Platform, text: &str) -> Option<String> {
    let lower: String = text
        .trim()
        .to_lowercase()
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let (name, domain) = lower.rsplit_once('@')?;
    if name.is_empty() || domain.is_empty() {
        return None;
    }
    match platform {
        Platform::Google if DOTLESS.contains(&domain) => {
            let name = name.replace('.', "");
            (!name.is_empty()).then(|| format!("{name}@{domain}"))
        }
        Platform::Google | Platform::Meta | Platform::Linkedin => Some(lower),
    }
}

/// A number as it is hashed, of one with its country before it; nothing where the platform knows
/// nobody by it.
#[must_use]
pub fn phone(platform: Platform, text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return None;
    }
    match platform {
        Platform::Meta => Some(digits.to_owned()),
        Platform::Google => Some(format!("+{digits}")),
        Platform::Linkedin => None,
    }
}

/// A name as it is hashed.
pub(super) fn name(platform: Platform, text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let form = match platform {
        Platform::Meta => without_marks(&lower),
        Platform::Google => lower.split_whitespace().collect::<Vec<_>>().join(" "),
        Platform::Linkedin => return None,
    };
    (!form.is_empty()).then_some(form)
}

/// A town as Meta hashes it.
pub(super) fn city(text: &str) -> Option<String> {
    let form = without_marks(&text.trim().to_lowercase());
    (!form.is_empty()).then_some(form)
}

/// A postal code: Meta's without spaces and dashes, Google's as it is written.
pub(super) fn postal_code(platform: Platform, text: &str, country: Option<&str>) -> Option<String> {
    let trimmed = text.trim();
    let form = match platform {
        Platform::Meta => {
            let lower = trimmed.to_lowercase();
            let bare: String = lower
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect();
            // Of the United States the first five digits count.
            match country {
                Some(code) if code.eq_ignore_ascii_case("us") => bare.chars().take(5).collect(),
                _ => bare,
            }
        }
        Platform::Google => trimmed.to_owned(),
        Platform::Linkedin => return None,
    };
    (!form.is_empty()).then_some(form)
}

/// A country by its two letters: in small ones for Meta, in capitals for Google.
pub(super) fn country(platform: Platform, text: &str) -> Option<String> {
    let trimmed = text.trim();
    let is_code = trimmed.len() == 2 && trimmed.bytes().all(|byte| byte.is_ascii_alphabetic());
    let code = if is_code {
        Some(trimmed.to_ascii_uppercase())
    } else {
        named(trimmed)
    }?;
    match platform {
        Platform::Meta => Some(code.to_ascii_lowercase()),
        Platform::Google => Some(code),
        Platform::Linkedin => None,
    }
}

/// Countries as shops of this part of the world write them out.
fn named(text: &str) -> Option<String> {
    const NAMES: [(&str, &str); 14] = [
        ("italia", "IT"),
        ("italy", "IT"),
        ("san marino", "SM"),
        ("svizzera", "CH"),
        ("switzerland", "CH"),
        ("francia", "FR"),
        ("france", "FR"),
        ("germania", "DE"),
        ("germany", "DE"),
        ("austria", "AT"),
        ("slovenia", "SI"),
        ("spagna", "ES"),
        ("spain", "ES"),
        ("regno unito", "GB"),
    ];
    let lower = text.to_lowercase();
    let found = NAMES.iter().find(|(name, _)| *name == lower);
    found.map(|(_, code)| (*code).to_owned())
}

/// Letters and digits alone, of whatever script.
fn without_marks(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric() || is_accent(*letter))
        .collect()
}

/// An accent that stands behind its letter.
const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// SHA-256 of FIPS 180-4, and hashes made with another program.
    #[test]
    fn hashes_are_those_of_other_programs() {
        for (text, hash) in [
            (
                "abc",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                "",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "test@example.com",
                "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b",
            ),
        ] {
            assert_eq!(hashed(text), hash, "{text}");
        }
    }

    #[test]
    fn addresses_have_the_form_that_each_asks_for() {
        use Platform::{Google, Linkedin, Meta};
        for (platform, text, form) in [
            (
                Meta,
                " Anna.Bianchi@Example.IT ",
                Some("anna.bianchi@example.it"),
            ),
            (Linkedin, "Anna@Example.it", Some("anna@example.it")),
            (
                Google,
                "Jefferson.Loves.Hiking@Gmail.com",
                Some("jeffersonloveshiking@gmail.com"),
            ),
            (Google, "j.l@googlemail.com", Some("jl@googlemail.com")),
            (
                Google,
                "anna.bianchi@example.it",
                Some("anna.bianchi@example.it"),
            ),
            (Meta, "j.l@gmail.com", Some("j.l@gmail.com")),
            (Google, "...@gmail.com", None),
            (Meta, "anna", None),
            (Meta, "@example.it", None),
        ] {
            assert_eq!(
                email(platform, text).as_deref(),
                form,
                "{platform:?} {text}"
            );
        }
    }

    #[test]
    fn numbers_carry_their_country_and_a_plus_only_for_google() {
        use Platform::{Google, Linkedin, Meta};
        assert_eq!(
            phone(Meta, "+39 333 123 4567").as_deref(),
            Some("393331234567")
        );
        assert_eq!(
            phone(Google, "+393331234567").as_deref(),
            Some("+393331234567")
        );
        assert_eq!(phone(Linkedin, "+393331234567"), None);
        assert_eq!(phone(Meta, "00"), None);
    }

    #[test]
    fn names_and_places_have_the_form_that_each_asks_for() {
        use Platform::{Google, Linkedin, Meta};
        for (platform, text, form) in [
            (Meta, " Anna-Maria ", "annamaria"),
            (Meta, "D'Amico", "damico"),
            (Meta, "Nicolò", "nicolò"),
            (Google, " Anna  Maria ", "anna maria"),
            (Google, "D'Amico", "d'amico"),
        ] {
            assert_eq!(name(platform, text).as_deref(), Some(form), "{text}");
        }
        assert_eq!(name(Linkedin, "Anna"), None);
        assert_eq!(
            city("Reggio nell'Emilia").as_deref(),
            Some("reggionellemilia")
        );
        assert_eq!(
            postal_code(Meta, "94041-1234", Some("us")).as_deref(),
            Some("94041")
        );
        assert_eq!(
            postal_code(Meta, "37121", Some("it")).as_deref(),
            Some("37121")
        );
        assert_eq!(
            postal_code(Google, " 94041-1234 ", None).as_deref(),
            Some("94041-1234")
        );
        assert_eq!(country(Meta, "IT").as_deref(), Some("it"));
        assert_eq!(country(Google, "Italia").as_deref(), Some("IT"));
        assert_eq!(country(Google, "Atlantide"), None);
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(text in "\\PC{0,40}") {
            for platform in Platform::ALL {
                for form in [email, phone, name] {
                    if let Some(once) = form(platform, &text) {
                        prop_assert_eq!(form(platform, &once), Some(once));
                    }
                }
            }
        }
    }
}
