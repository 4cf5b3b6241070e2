//! Telephone numbers: what cannot be one, with what was probably meant.

use super::finding::{Field, Finding, Reason};
use crate::identity::{Identifier, Kind, Refusal, Rules};

/// Digits of the shortest number somebody can be called at from elsewhere.
const DIGITS_LEAST: usize = 8;
/// E.164: a country and a number.
const DIGITS_MOST: usize = 15;

/// What is wrong with a number.
pub(super) fn check(raw: &str, rules: &Rules) -> Option<Finding> {
    let finding = |reason, proposal| Some(Finding::new(Field::Phone, reason, raw, proposal));
    match Identifier::new(Kind::Phone, raw, rules) {
        Ok(identifier) if identifier.kind == Kind::Landline => finding(Reason::PhoneFixed, None),
        Ok(_) => None,
        Err(Refusal::Blocked | Refusal::Role | Refusal::Empty) => {
            finding(Reason::PhonePlaceholder, None)
        }
        Err(Refusal::Malformed | Refusal::TooLong) => {
            let proposal = repaired(raw, rules);
            let digits = raw.chars().filter(char::is_ascii_digit).count();
            let is_plain = raw.chars().all(|letter| !letter.is_alphabetic());
            let reason = match digits {
                1..DIGITS_LEAST if is_plain => Reason::PhoneShort,
                digits if is_plain && proposal.is_none() && is_long(raw, digits) => {
                    Reason::PhoneLong
                }
                _ => Reason::PhoneMalformed,
            };
            finding(reason, proposal)
        }
    }
}

/// An Italian mobile number has nine or ten digits, any number at most fifteen.
fn is_long(raw: &str, digits: usize) -> bool {
    digits > DIGITS_MOST || (raw.trim_start().starts_with('3') && digits > 10)
}

/// What was meant by something that is no number: letters written for digits, words around it,
/// the country given twice. Only numbers of a pocket are proposed.
fn repaired(raw: &str, rules: &Rules) -> Option<String> {
    // Only where nothing but such letters stands among the digits are they meant as digits.
    let mut letters = raw.chars().filter(|letter| letter.is_alphabetic());
    let are_digits = letters.all(|letter| "OoIl".contains(letter));
    let text: String = raw
        .chars()
        .map(|letter| match letter {
            'O' | 'o' if are_digits => '0',
            'I' | 'l' if are_digits => '1',
            _ => letter,
        })
        .filter(|letter| letter.is_ascii_digit() || *letter == '+')
        .collect();
    let without_country = text
        .trim_start_matches('+')
        .trim_start_matches("00")
        .strip_prefix("39")
        .map(|rest| {
            rest.trim_start_matches('+')
                .trim_start_matches("00")
                .to_owned()
        });
    [Some(text), without_country]
        .into_iter()
        .flatten()
        .filter_map(|text| Identifier::new(Kind::Phone, &text, rules).ok())
        .find(|identifier| identifier.kind == Kind::Phone)
        .map(|identifier| identifier.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str) -> Option<(Reason, Option<String>)> {
        check(raw, &Rules::default()).map(|finding| (finding.reason, finding.proposal))
    }

    #[test]
    fn numbers_are_told_apart() {
        let reason = |raw: &str| found(raw).map(|(reason, _)| reason);
        assert_eq!(found("333 1234567"), None);
        assert_eq!(found("+44 7400 123456"), None);
        assert_eq!(reason("06 6982 1234"), Some(Reason::PhoneFixed));
        assert_eq!(reason("0000000000"), Some(Reason::PhonePlaceholder));
        assert_eq!(reason("3331"), Some(Reason::PhoneShort));
        assert_eq!(reason("333 12345678901"), Some(Reason::PhoneLong));
        assert_eq!(found("non lo dà"), Some((Reason::PhoneMalformed, None)));
    }

    #[test]
    fn what_was_meant_is_proposed() {
        for raw in [
            "cell. 333 1234567",
            "333I234567",
            "+39 +39 333 1234567",
            "333 1234567 (sera)",
        ] {
            let expected = Some((Reason::PhoneMalformed, Some("+393331234567".to_owned())));
            assert_eq!(found(raw), expected, "{raw}");
        }
    }
}
