//! Money in minor units of a currency, and the exact reading of amounts as people and programs
//! write them.
//!
//! **Invariant:** no amount ever passes through a floating-point number; sums saturate and what
//! cannot be read is refused, so an absurd amount never wraps into a plausible one.

use std::fmt;
use std::iter::Sum;

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longer texts are not amounts.
const TEXT_MOST: usize = 64;
/// Digits kept of an amount: enough for any currency, and products of two still fit 128 bits
/// for every price and quantity that exist.
const DIGITS_MOST: usize = 28;
/// Exponents beyond this are zero or absurd whatever the digits.
const EXPONENT_MOST: i32 = 400;

/// A currency of ISO 4217, by its three letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads three letters in any case, or the sign of a common currency.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text {
            "€" => return Some(Self::EUR),
            "£" => return Some(Self(*b"GBP")),
            "$" => return Some(Self(*b"USD")),
            _ => {}
        }
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals the minor unit has (ISO 4217, list one, 2024).
    #[must_use]
    pub fn minor_digits(self) -> u8 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = CompactString::deserialize(deserializer)?;
        Self::parse(&code)
            .ok_or_else(|| serde::de::Error::custom("not a currency of three letters"))
    }
}

/// An amount in minor units (cents, yen, fils) of a currency that stands beside it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Cents(pub i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum, or the largest amount there is.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, or the outermost amount there is.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `self × part ÷ whole`, rounded half away from zero; all of it if `whole` is nothing.
    #[must_use]
    pub fn share(self, part: Self, whole: Self) -> Self {
        if whole.0 == 0 {
            return self;
        }
        let product = i128::from(self.0) * i128::from(part.0);
        Self(clamp(divide_rounded(product, i128::from(whole.0))))
    }

    /// The amount divided among `count`, rounded half away from zero; nothing if none.
    #[must_use]
    pub fn each(self, count: u32) -> Self {
        match count {
            0 => Self::ZERO,
            count => Self(clamp(divide_rounded(i128::from(self.0), i128::from(count)))),
        }
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

/// An exact decimal number, as it stood in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decimal {
    mantissa: i128,
    scale: u8,
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };
    /// One.
    pub const ONE: Self = Self {
        mantissa: 1,
        scale: 0,
    };

    /// Reads `42.5`, `42,50`, `1.234,56`, `1,234.56`, `€ 1 234,5`, `-3`, `1e3`.
    ///
    /// A separator that stands once, and last, is the decimal one, whichever it is; one that
    /// stands more than once groups thousands. `1.234` and `1,234` are therefore both a little
    /// more than one: programs send the former, Italians write the latter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > TEXT_MOST {
            return None;
        }
        let sign_or_space = |letter: char| letter.is_whitespace() || "€$£¥".contains(letter);
        let text = text.trim_matches(sign_or_space);
        let (negative, text) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let text = text.trim_start_matches(sign_or_space);
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let magnitude = read_magnitude(digits, exponent)?;
        Some(if negative {
            magnitude.negated()
        } else {
            magnitude
        })
    }

    /// The number in minor units of a currency, rounded half away from zero; nothing if it does
    /// not fit.
    #[must_use]
    pub fn to_cents(self, currency: Currency) -> Option<Cents> {
        let digits = currency.minor_digits();
        let minor = if self.scale <= digits {
            self.mantissa
                .checked_mul(power_of_ten(digits - self.scale)?)?
        } else {
            // A unit beyond 128 bits is more than any mantissa: what is left is nothing.
            power_of_ten(self.scale - digits).map_or(0, |unit| divide_rounded(self.mantissa, unit))
        };
        i64::try_from(minor).ok().map(Cents)
    }

    /// The product, if it fits.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(other.mantissa)?;
        Some(
            Self {
                mantissa,
                scale: self.scale.checked_add(other.scale)?,
            }
            .shortest(),
        )
    }

    /// The sum, if it fits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let raised = |number: Self| {
            number
                .mantissa
                .checked_mul(power_of_ten(scale - number.scale)?)
        };
        let mantissa = raised(self)?.checked_add(raised(other)?)?;
        Some(Self { mantissa, scale }.shortest())
    }

    /// Without its sign.
    #[must_use]
    pub const fn magnitude(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_abs(),
            scale: self.scale,
        }
    }

    /// The whole part, not below zero, as a count.
    #[must_use]
    pub fn to_count(self) -> u32 {
        let whole = power_of_ten(self.scale).map_or(0, |unit| self.mantissa / unit);
        u32::try_from(whole.max(0)).unwrap_or(u32::MAX)
    }

    const fn negated(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_neg(),
            scale: self.scale,
        }
    }

    /// Equal numbers have one form: no zeros at the end of the decimals.
    fn shortest(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

fn read_magnitude(text: &str, exponent: i32) -> Option<Decimal> {
    let (whole, decimals) = split_decimals(text)?;
    if whole.is_empty() && decimals.is_empty() {
        return None;
    }
    if !is_grouped_rightly(whole) || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut mantissa: i128 = 0;
    let mut digit_count = 0;
    let mut scale: i32 = 0;
    let whole_digits = whole
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| (digit, false));
    let decimal_digits = decimals.bytes().map(|digit| (digit, true));
    for (digit, is_decimal) in whole_digits.chain(decimal_digits) {
        if digit_count == DIGITS_MOST {
            // Decimals beyond are cut: half a cent is rounded away from zero, so what
            // follows cannot change the rounding.
            if is_decimal {
                break;
            }
            return None;
        }
        mantissa = mantissa * 10 + i128::from(digit - b'0');
        digit_count += usize::from(mantissa != 0);
        scale += i32::from(is_decimal);
    }
    if mantissa == 0 {
        return Some(Decimal::ZERO);
    }
    if exponent.abs() > EXPONENT_MOST {
        return (exponent < 0).then_some(Decimal::ZERO);
    }
    scaled(mantissa, scale - exponent)
}

fn scaled(mantissa: i128, scale: i32) -> Option<Decimal> {
    if scale < 0 {
        let factor = power_of_ten(u8::try_from(-scale).ok()?)?;
        return Some(Decimal {
            mantissa: mantissa.checked_mul(factor)?,
            scale: 0,
        });
    }
    let most = i32::try_from(DIGITS_MOST).unwrap_or(i32::MAX);
    let excess = (scale - most).max(0);
    let unit = u8::try_from(excess).ok().and_then(power_of_ten);
    let mantissa = unit.map_or(0, |unit| mantissa / unit);
    let scale = u8::try_from(scale - excess).ok()?;
    Some(Decimal { mantissa, scale }.shortest())
}

/// Splits at the decimal separator, which is the one that stands once and last.
fn split_decimals(text: &str) -> Option<(&str, &str)> {
    let count = |wanted: u8| text.bytes().filter(|byte| *byte == wanted).count();
    let separator = match (count(b'.'), count(b',')) {
        (1, 0) => '.',
        (0, 1) => ',',
        (_, 0) | (0, _) => return Some((text, "")),
        (dots, commas) => match (text.rfind('.') > text.rfind(','), dots, commas) {
            (true, 1, _) => '.',
            (false, _, 1) => ',',
            _ => return None,
        },
    };
    text.split_once(separator)
}

/// Digits only, or groups of three behind a first group of one to three, with one separator.
fn is_grouped_rightly(whole: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(separator) = whole.chars().find(|letter| !letter.is_ascii_digit()) else {
        return true;
    };
    if !".,'’ \u{a0}\u{202f}\u{2009}".contains(separator) {
        return false;
    }
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn power_of_ten(exponent: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(exponent))
}

/// Rounds half away from zero, as tills do.
fn divide_rounded(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend / divisor;
    let remainder = dividend % divisor;
    if remainder.unsigned_abs() >= divisor.unsigned_abs().div_ceil(2) {
        quotient + dividend.signum() * divisor.signum()
    } else {
        quotient
    }
}

fn clamp(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests;
