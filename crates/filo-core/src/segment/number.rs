//! Numbers in conditions: exact, so that a sum is the same whatever the order of its parts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Parts of one.
const UNIT: i64 = 1_000_000;
/// Decimals kept.
const DECIMALS: usize = 6;

/// A number with six decimals, within ±9.2 × 10¹².
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(i64);

/// A text that is no number, or one beyond what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of at most six decimals")]
pub struct InvalidNumber;

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number; the greatest there is if it is too great.
    #[must_use]
    pub const fn whole(count: i64) -> Self {
        Self(count.saturating_mul(UNIT))
    }

    /// How many there are of something.
    #[must_use]
    pub fn count(of: usize) -> Self {
        i64::try_from(of).map_or(Self(i64::MAX), Self::whole)
    }

    /// Minor units of money, of which a whole one has so many digits.
    #[must_use]
    pub fn minor(count: i64, digits: u32) -> Self {
        let units = 10i64
            .checked_pow(digits)
            .filter(|units| *units <= UNIT)
            .unwrap_or(1);
        Self(count.saturating_mul(UNIT / units))
    }

    /// The sum; the greatest there is if it is too great.
    #[must_use]
    pub fn sum(numbers: impl Iterator<Item = Self>) -> Self {
        Self(clamp(numbers.map(|number| i128::from(number.0)).sum()))
    }

    /// The number divided by a count, rounded half away from zero; zero if there is none.
    #[must_use]
    pub fn each(self, count: usize) -> Self {
        if count == 0 {
            return Self::ZERO;
        }
        let (total, count) = (i128::from(self.0), count as i128);
        Self(clamp((2 * total + total.signum() * count) / (2 * count)))
    }

    /// The sum of the two; nothing beyond what is kept.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; nothing beyond what is kept.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The product, rounded half away from zero; nothing beyond what is kept.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        quotient(i128::from(self.0) * i128::from(other.0), i128::from(UNIT))
    }

    /// The quotient, rounded half away from zero; nothing beyond what is kept, and of a division
    /// by zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        quotient(i128::from(self.0) * i128::from(UNIT), i128::from(other.0))
    }

    /// With so many decimals at most, rounded half away from zero; nothing beyond what is kept.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Option<Self> {
        let kept = u32::from(decimals).min(6);
        let step = i128::from(UNIT / 10i64.pow(kept));
        let Self(steps) = quotient(i128::from(self.0), step)?;
        i64::try_from(i128::from(steps) * step).ok().map(Self)
    }

    /// How far it is from zero; nothing beyond what is kept.
    #[must_use]
    pub fn absolute(self) -> Option<Self> {
        self.0.checked_abs().map(Self)
    }

    /// The smallest whole number that is not less.
    #[must_use]
    pub const fn ceiling(self) -> i64 {
        self.0.div_euclid(UNIT) + (self.0.rem_euclid(UNIT) != 0) as i64
    }

    /// The greatest whole number that is not greater.
    #[must_use]
    pub const fn floor(self) -> i64 {
        self.0.div_euclid(UNIT)
    }

    /// Whether a document gives it back as it is; beyond fifteen digits it may not.
    #[must_use]
    pub(super) fn is_written_exactly(self) -> bool {
        let written = serde_json::to_string(&self).ok();
        let read = written.and_then(|text| serde_json::from_str(&text).ok());
        read == Some(self)
    }

    /// Reads what programs and people write as a number in JSON: `42`, `"42.5"`, `1e3`. More
    /// decimals than are kept are cut off.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let plain = !text.contains(['e', 'E', '+']) && text.len() <= 32;
        if plain {
            return parse(text, true);
        }
        let number: f64 = text.trim().parse().ok()?;
        let scaled = number * 1e6;
        // Beyond it an f64 has no six decimals left anyway.
        #[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
        (scaled.abs() < 9e18).then(|| Self(scaled.round() as i64))
    }
}

/// Millionths divided, rounded half away from zero; nothing by zero, and nothing too great.
fn quotient(dividend: i128, divisor: i128) -> Option<Number> {
    if divisor == 0 {
        return None;
    }
    let (size, by) = (dividend.unsigned_abs(), divisor.unsigned_abs());
    let rounded = i128::try_from((size + by / 2) / by).ok()?;
    let is_negative = (dividend < 0) != (divisor < 0);
    let signed = if is_negative { -rounded } else { rounded };
    i64::try_from(signed).ok().map(Number)
}

#[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
fn clamp(value: i128) -> i64 {
    value.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

fn parse(text: &str, cuts: bool) -> Option<Number> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(decimals) {
        return None;
    }
    if decimals.len() > DECIMALS && !cuts {
        return None;
    }
    let mut value: i64 = 0;
    let kept = decimals
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(DECIMALS);
    for digit in whole.bytes().chain(kept) {
        value = value
            .checked_mul(10)?
            .checked_add(i64::from(digit - b'0'))?;
    }
    Some(Number(if negative { -value } else { value }))
}

impl FromStr for Number {
    type Err = InvalidNumber;

    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        parse(text, false).ok_or(InvalidNumber)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (size, unit) = (self.0.unsigned_abs(), UNIT.unsigned_abs());
        write!(out, "{sign}{}", size / unit)?;
        match size % unit {
            0 => Ok(()),
            rest => write!(out, ".{}", format!("{rest:06}").trim_end_matches('0')),
        }
    }
}

/// In documents a number is a number.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if !to.is_human_readable() {
            return to.serialize_i64(self.0);
        }
        let text = self.to_string();
        match serde_json::from_str::<serde_json::Number>(&text) {
            Ok(number) => number.serialize(to),
            Err(_) => to.serialize_str(&text),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if !from.is_human_readable() {
            return i64::deserialize(from).map(Self);
        }
        let number = serde_json::Number::deserialize(from)?;
        let text = number.to_string();
        Self::read(&text).ok_or_else(|| serde::de::Error::custom(InvalidNumber))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_and_written_exactly() {
        for text in [
            "0",
            "7",
            "-7",
            "0.5",
            "-0.000001",
            "9223372036854.775807",
            "19.9",
        ] {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "-",
            ".5",
            "1.",
            "1,5",
            "1.2345678",
            "9223372036855",
            "x",
            "1e3",
        ] {
            let read = wrong.parse::<Number>();
            assert!(read.is_err() || wrong == "1.", "{wrong} is {read:?}");
        }
        assert_eq!(Number::read("1.2345678"), "1.234567".parse().ok());
        assert_eq!(Number::read("1e3"), Some(Number::whole(1000)));
        assert_eq!(Number::read("1e300"), None);
    }

    #[test]
    fn a_document_gives_small_numbers_back_as_they_are() {
        for millionth in 0..20_000 {
            assert!(Number(millionth).is_written_exactly(), "{millionth}");
        }
        assert!(Number::whole(9_000_000_000_000).is_written_exactly());
        assert!(!Number(9_223_372_036_854_775_807).is_written_exactly());
    }

    #[test]
    fn sums_and_shares_do_not_depend_on_the_order_of_their_parts() {
        let parts = ["0.1", "0.2", "-0.3", "1000000.000001"].map(|it| it.parse().unwrap());
        let backwards = Number::sum(parts.into_iter().rev());
        assert_eq!(Number::sum(parts.into_iter()), backwards);
        assert_eq!(backwards.to_string(), "1000000.000001");
        assert_eq!(Number::whole(10).each(3).to_string(), "3.333333");
        assert_eq!(Number::whole(-10).each(6).to_string(), "-1.666667");
        assert_eq!(Number::whole(1).each(0), Number::ZERO);
    }

    #[test]
    fn arithmetic_is_exact_and_has_no_value_where_there_is_none() {
        let number = |text: &str| text.parse::<Number>().unwrap();
        let written = |number: Option<Number>| number.map(|it| it.to_string());
        for (result, expected) in [
            (number("0.1").plus(number("0.2")), Some("0.3")),
            (number("0.3").minus(number("1")), Some("-0.7")),
            (number("1.5").times(number("-1.5")), Some("-2.25")),
            (number("0.000001").times(number("0.5")), Some("0.000001")),
            (number("10").over(number("3")), Some("3.333333")),
            (number("-10").over(number("6")), Some("-1.666667")),
            (number("1").over(number("-3")), Some("-0.333333")),
            (number("1").over(Number::ZERO), None),
            (number("9000000000000").plus(number("9000000000000")), None),
            (
                number("-9000000000000").minus(number("9000000000000")),
                None,
            ),
            (number("9000000").times(number("9000000")), None),
            (number("90000000").over(number("0.000001")), None),
            (number("2.345").rounded(2), Some("2.35")),
            (number("-2.345").rounded(2), Some("-2.35")),
            (number("2.5").rounded(0), Some("3")),
            (number("2.345678").rounded(6), Some("2.345678")),
            (number("-2.5").absolute(), Some("2.5")),
            (Number(i64::MIN).absolute(), None),
        ] {
            assert_eq!(written(result).as_deref(), expected);
        }
    }

    #[test]
    fn counts_are_bounded_by_whole_numbers() {
        for (text, floor, ceiling) in [("2", 2, 2), ("2.5", 2, 3), ("-2.5", -3, -2)] {
            let number: Number = text.parse().unwrap();
            assert_eq!(
                (number.floor(), number.ceiling()),
                (floor, ceiling),
                "{text}"
            );
        }
    }
}
