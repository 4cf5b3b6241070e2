//! The Italian VAT number (partita IVA): eleven digits, the last of which checks the others
//! (D.M. 23 December 1976; the formula is Luhn's).

use super::finding::{Field, Finding, Reason};

const LENGTH: usize = 11;
/// No member of the European Union has shorter ones.
const ABROAD_LEAST: usize = 7;

/// What is wrong with a number. One of another country is not looked at.
pub(super) fn check(raw: &str) -> Option<Finding> {
    let text: String = raw.to_uppercase();
    let text = text.trim();
    let text = text.strip_prefix("IT").unwrap_or(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let country = text
        .chars()
        .take(2)
        .filter(char::is_ascii_uppercase)
        .count();
    if country == 2 && digits.len() >= ABROAD_LEAST {
        return None;
    }
    let only_digits = text
        .chars()
        .all(|it| it.is_ascii_digit() || " .-".contains(it));
    if only_digits && is_sound(&digits) {
        return None;
    }
    // Spreadsheets drop the zeros at the beginning.
    let padded = format!("{digits:0>LENGTH$}");
    let proposal = (only_digits && digits.len() >= 8 && is_sound(&padded)).then_some(padded);
    Some(Finding::new(
        Field::VatNumber,
        Reason::VatMalformed,
        raw,
        proposal,
    ))
}

fn is_sound(digits: &str) -> bool {
    if digits.len() != LENGTH || digits.bytes().all(|digit| digit == b'0') {
        return false;
    }
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0');
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that companies print on their pages: Ferrero, Enel, the Agenzia delle Entrate.
    #[test]
    fn the_last_digit_checks_the_others() {
        let wrong = |raw: &str| check(raw).map(|finding| finding.proposal);
        for sound in ["00934460049", "IT 15844561009", "06363391001"] {
            assert_eq!(wrong(sound), None, "{sound}");
        }
        assert_eq!(wrong("00934460048"), Some(None));
        assert_eq!(wrong("934460049"), Some(Some("00934460049".to_owned())));
        assert_eq!(wrong("00000000000"), Some(None));
        assert_eq!(wrong("boh"), Some(None));
        assert_eq!(wrong("DE136695976"), None);
    }
}
