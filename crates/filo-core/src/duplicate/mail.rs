//! E-mail addresses as evidence: which part of them says something.
//!
//! **Invariant:** an office's mailbox is no evidence about a person.

use filo_stats::linkage::similarity::is_within;

use crate::identity::Blocked;

/// A mailbox of a household says so itself.
const HOUSEHOLDS: [&str; 4] = ["famiglia", "fam", "family", "casa"];
/// A number of this many digits in a mailbox is somebody's own.
const DIGITS_LEAST: usize = 2;
/// Letters of a name that a mailbox must hold to be made of it.
const NAME_LETTERS_LEAST: usize = 3;

/// Puts the address in small letters and without tag into `into`; false where it is none, or
/// that of an office.
pub(super) fn fold(text: &str, blocked: &Blocked, into: &mut String) -> bool {
    into.clear();
    let text = text.trim().trim_start_matches('\'');
    if text.len() > 254 {
        return false;
    }
    into.extend(text.chars().flat_map(char::to_lowercase));
    let Some(at) = into.find('@').filter(|at| *at > 0 && at + 1 < into.len()) else {
        return false;
    };
    let mailbox = &into[..at];
    let domain = &into[at + 1..];
    if blocked.is_role(mailbox) || Blocked::is_placeholder(mailbox, domain) {
        return false;
    }
    let plain = mailbox.split('+').next().unwrap_or(mailbox);
    if plain.is_empty() {
        return false;
    }
    let dots_say_nothing = matches!(domain, "gmail.com" | "googlemail.com");
    let plain = if dots_say_nothing {
        plain.replace('.', "")
    } else {
        plain.to_owned()
    };
    *into = format!("{plain}@{domain}");
    true
}

/// What stands before the `@`, and behind it.
pub(super) fn parts(address: &str) -> (&str, &str) {
    address.split_once('@').unwrap_or((address, ""))
}

/// How far two addresses agree: 3 the same, 2 but for a slip, 1 the same mailbox elsewhere that
/// only its owner would choose, 0 else. The same mailbox elsewhere that is only made of the name
/// says what the name has said already: nothing.
pub(super) fn level(one: &str, other: &str, names: &[&str]) -> Option<u8> {
    if one == other {
        return Some(3);
    }
    let ((mailbox, domain), (mailbox2, domain2)) = (parts(one), parts(other));
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    if mailbox == mailbox2 {
        if is_within(domain, domain2, 1) {
            return Some(2);
        }
        let is_own = digits(mailbox).len() >= DIGITS_LEAST || !is_made_of(mailbox, names);
        return is_own.then_some(1);
    }
    let is_slip =
        domain == domain2 && is_within(mailbox, mailbox2, 1) && digits(mailbox) == digits(mailbox2);
    Some(2 * u8::from(is_slip))
}

/// Whether a mailbox is made of one of these names.
fn is_made_of(mailbox: &str, names: &[&str]) -> bool {
    let letters: String = mailbox.chars().filter(char::is_ascii_alphabetic).collect();
    let mut names = names.iter().flat_map(|name| name.split(' '));
    names.any(|name| name.len() >= NAME_LETTERS_LEAST && letters.contains(name))
}

/// The words of a mailbox, without its numbers, and whether it is a household's.
pub(super) fn words(address: &str) -> (Vec<String>, bool) {
    let (mailbox, _) = parts(address);
    let words = mailbox
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    let before = words.len();
    words.retain(|word| !HOUSEHOLDS.contains(&word.as_str()));
    let is_household = words.len() < before;
    (words, is_household)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_agree_in_degrees() {
        let names = ["mario", "rossi"];
        for (one, other, expected) in [
            ("mario.rossi@a.it", "mario.rossi@a.it", Some(3)),
            ("mario.rossi@gmail.it", "mario.rosi@gmail.it", Some(2)),
            ("mario.rossi@gmail.it", "mario.rossi@gmal.it", Some(2)),
            ("mario.rossi61@a.it", "mario.rossi83@a.it", Some(0)),
            ("mario.rossi61@a.it", "mario.rossi61@libero.it", Some(1)),
            ("mario.rossi@a.it", "mario.rossi@libero.it", None),
            ("lupo.grigio@a.it", "lupo.grigio@libero.it", Some(1)),
            ("mario@a.it", "anna@a.it", Some(0)),
        ] {
            assert_eq!(level(one, other, &names), expected, "{one} {other}");
            assert_eq!(level(other, one, &names), expected, "{one} {other}");
        }
    }

    #[test]
    fn tags_offices_and_nonsense_are_dropped() {
        let blocked = Blocked::default();
        let mut folded = String::new();
        assert!(fold(" Mario.Rossi+news@Libero.IT", &blocked, &mut folded));
        assert_eq!(folded, "mario.rossi@libero.it");
        assert!(fold("m.rossi@gmail.com", &blocked, &mut folded));
        assert_eq!(folded, "mrossi@gmail.com");
        for text in [
            "info@azienda.it",
            "mario",
            "@x.it",
            "mario@",
            "test@test.it",
        ] {
            assert!(!fold(text, &blocked, &mut folded), "{text}");
        }
        let (found, is_household) = words("famiglia.rossi12@x.it");
        assert!(is_household && found == ["rossi"]);
    }
}
