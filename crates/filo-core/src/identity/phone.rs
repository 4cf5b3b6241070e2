//! Telephone numbers in E.164, and whether a number is a person's or a household's.
//!
//! **Invariant:** only a number that can ring in one person's pocket is a [`Kind::Phone`];
//! fixed lines, free numbers and switchboards are a [`Kind::Landline`] and join nobody.

use compact_str::{CompactString, ToCompactString, format_compact};
use phonenumber::metadata::{DATABASE, Descriptor};
use phonenumber::{Metadata, country};

use super::Kind;
use super::normalise::Refusal;

/// E.164 has at most 15 digits; `00`, a `0` in brackets and an old prefix come on top.
const MOST_DIGITS: usize = 20;
/// Fewer equal digits can be a real number's end; a whole number of them is a form filled in
/// by somebody who did not want to.
const FEWEST_EQUAL_DIGITS: usize = 6;

/// The number in E.164 and its kind. A number without a country belongs to `country`.
pub(super) fn normalise(text: &str, country: &str) -> Result<(Kind, CompactString), Refusal> {
    let dialled = Dialled::read(text)?;
    let is_italy = country == "IT";
    if let Some(national) = italian_mobile(&dialled, is_italy) {
        if is_one_digit(national) {
            return Err(Refusal::Blocked);
        }
        return Ok((Kind::Phone, format_compact!("+39{national}")));
    }
    if is_one_digit(&dialled.digits) {
        return Err(Refusal::Blocked);
    }
    by_numbering_plan(&dialled, country)
}

/// What is left of a number as written: digits, and whether they start with a country.
struct Dialled {
    digits: CompactString,
    international: bool,
}

impl Dialled {
    fn read(text: &str) -> Result<Self, Refusal> {
        let text = match text.get(..4) {
            Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text[4..].trim_start(),
            _ => text,
        };
        let mut dialled = Self::digits_of(text)?;
        // +44 (0) 20 …: the zero is dialled only inside the country. In Italy it is part of
        // the number, and nobody brackets it.
        if dialled.international && !dialled.digits.starts_with("39") && text.contains("(0)") {
            dialled = Self::digits_of(&text.replacen("(0)", "", 1))?;
        }
        if dialled.digits.len() > MOST_DIGITS {
            return Err(Refusal::Malformed);
        }
        Ok(dialled)
    }

    /// The digits, without what says that a country follows.
    fn digits_of(text: &str) -> Result<Self, Refusal> {
        let rest = text.strip_prefix('+');
        let mut digits = CompactString::default();
        for letter in rest.unwrap_or(text).chars() {
            match letter {
                '0'..='9' => digits.push(letter),
                ' ' | '\u{a0}' | '\u{202f}' | '-' | '.' | '/' | '(' | ')' => {}
                // The dashes of typesetting.
                '\u{2010}'..='\u{2015}' => {}
                _ => return Err(Refusal::Malformed),
            }
        }
        if rest.is_some() {
            return Ok(Self {
                digits,
                international: true,
            });
        }
        Ok(match digits.strip_prefix("00") {
            Some(abroad) => Self {
                digits: CompactString::new(abroad),
                international: true,
            },
            None => Self {
                digits,
                international: false,
            },
        })
    }
}

/// The national part of an Italian mobile number, without asking the numbering plan: it starts
/// with 32 to 39 and has ten digits, or nine in the oldest contracts. Nearly every number of an
/// Italian workspace goes this way. `39 347 1234567` is read as one whose plus got lost.
fn italian_mobile(dialled: &Dialled, is_italy: bool) -> Option<&str> {
    let digits = dialled.digits.as_str();
    let is_mobile = |national: &&str| {
        let bytes = national.as_bytes();
        matches!(bytes, [b'3', b'2'..=b'9', ..]) && matches!(bytes.len(), 9 | 10)
    };
    if dialled.international {
        return digits.strip_prefix("39").filter(is_mobile);
    }
    if !is_italy {
        return None;
    }
    Some(digits)
        .filter(is_mobile)
        .or_else(|| digits.strip_prefix("39").filter(is_mobile))
}

fn is_one_digit(digits: &str) -> bool {
    let mut bytes = digits.bytes();
    let first = bytes.next();
    digits.len() >= FEWEST_EQUAL_DIGITS && bytes.all(|byte| Some(byte) == first)
}

/// Every other number: by Google's metadata of all countries. Which descriptor fits is asked
/// here, with the number's leading zeros, without which the crate's own `number_type` takes
/// every Italian fixed line for unknown.
fn by_numbering_plan(dialled: &Dialled, country: &str) -> Result<(Kind, CompactString), Refusal> {
    let number = if dialled.international {
        // Without a default country, so that another country's trunk prefix is not taken off.
        phonenumber::parse(None, format_compact!("+{}", dialled.digits))
    } else {
        let country: country::Id = country.parse().map_err(|_unknown| Refusal::Malformed)?;
        phonenumber::parse(Some(country), dialled.digits.as_str())
    };
    let number = number.map_err(|_unreadable| Refusal::Malformed)?;
    let national = number.national().to_compact_string();
    let code = number.code().value();
    let regions = DATABASE.by_code(&code).unwrap_or_default();
    let kind = regions
        .into_iter()
        .find_map(|region| kind_of_line(region, &national));
    Ok((
        kind.ok_or(Refusal::Malformed)?,
        format_compact!("+{code}{national}"),
    ))
}

/// What kind of line a national number is in one region, if it is a line there.
fn kind_of_line(region: &Metadata, national: &str) -> Option<Kind> {
    let fits = |line: Option<&Descriptor>| line.is_some_and(|line| line.is_match(national));
    let starts_here = region.leading_digits().is_none_or(|digits| {
        digits
            .find(national)
            .is_some_and(|found| found.start() == 0)
    });
    let lines = region.descriptors();
    if !starts_here || !lines.general().is_match(national) {
        return None;
    }
    let of_a_company = [
        lines.premium_rate(),
        lines.toll_free(),
        lines.shared_cost(),
        lines.voip(),
        lines.pager(),
        lines.uan(),
        lines.voicemail(),
    ];
    if of_a_company.into_iter().any(fits) {
        return Some(Kind::Landline);
    }
    // In North America the two cannot be told apart: such a number may be in a pocket.
    if fits(lines.mobile()) || fits(lines.personal_number()) {
        return Some(Kind::Phone);
    }
    fits(lines.fixed_line()).then_some(Kind::Landline)
}
