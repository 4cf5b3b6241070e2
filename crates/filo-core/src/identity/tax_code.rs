//! The Italian tax code (codice fiscale) of a person: D.M. 23 December 1976, with its check
//! character and its replacements for namesakes (omocodia).
//!
//! **Invariant:** every replacement of one code gives the same value: the code of the person.

use compact_str::CompactString;

use super::normalise::Refusal;

const LENGTH: usize = 16;
/// Where a code has digits, which namesakes have replaced by letters.
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// The letter that stands for each digit.
const REPLACEMENTS: &[u8; 10] = b"LMNPQRSTUV";
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
/// What a character in an odd place (counted from one) adds to the check, by its value 0–25;
/// digits have the values of the first ten letters.
const ODD: [u32; 26] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// The code in upper case, with its digits, and the check character that belongs to them.
///
/// The eleven digits of a company, which also serve it as a tax code, are refused: a company is
/// not a person and would join its people.
pub(super) fn normalise(text: &str) -> Result<CompactString, Refusal> {
    let mut code = [0u8; LENGTH];
    let mut length = 0;
    for byte in text
        .bytes()
        .filter(|byte| !matches!(byte, b' ' | b'-' | b'.'))
    {
        let slot = code.get_mut(length).ok_or(Refusal::Malformed)?;
        *slot = byte.to_ascii_uppercase();
        length += 1;
    }
    if length != LENGTH || !code.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Refusal::Malformed);
    }
    if check_character(&code) != code[LENGTH - 1] {
        return Err(Refusal::Malformed);
    }
    for (place, byte) in code[..LENGTH - 1].iter_mut().enumerate() {
        if DIGITS.contains(&place) {
            if byte.is_ascii_alphabetic() {
                let digit = REPLACEMENTS
                    .iter()
                    .zip(b'0'..)
                    .find(|(letter, _)| **letter == *byte);
                *byte = digit.ok_or(Refusal::Malformed)?.1;
            }
        } else if byte.is_ascii_digit() {
            return Err(Refusal::Malformed);
        }
    }
    // Women's days have forty added.
    let day = (code[9] - b'0') * 10 + (code[10] - b'0');
    if !MONTHS.contains(&code[8]) || !matches!(day, 1..=31 | 41..=71) {
        return Err(Refusal::Malformed);
    }
    code[LENGTH - 1] = check_character(&code);
    std::str::from_utf8(&code)
        .map(CompactString::new)
        .map_err(|_not_ascii| Refusal::Malformed)
}

fn check_character(code: &[u8; LENGTH]) -> u8 {
    let mut sum = 0;
    for (place, byte) in code[..LENGTH - 1].iter().enumerate() {
        let value = if byte.is_ascii_digit() {
            byte - b'0'
        } else {
            byte - b'A'
        };
        // The first place is odd.
        sum += if place % 2 == 0 {
            ODD[usize::from(value)]
        } else {
            u32::from(value)
        };
    }
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(sum % 26) as usize]
}
