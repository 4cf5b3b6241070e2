//! Decimal numbers of a file, exact: a price times a quantity is never a float.
//!
//! The reader of single amounts in `filo_core::money` must guess each time what `1.234` is; a
//! file shows once how it writes decimals, and is then read strictly.
//!
//! **Invariant:** no rounding happens before [`Decimal::rounded`], and that rounds half away
//! from zero, as a till does.

use std::fmt;

/// More decimals than any price list has; beyond it a number is refused, not cut.
const MOST_DECIMALS: u32 = 9;
/// Digits that keep a product of two numbers inside 128 bits.
const MOST_DIGITS: usize = 15;

/// How a file writes its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecimalMark {
    /// 1,234.56
    Point,
    /// 1.234,56
    Comma,
}

/// `units / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Decimal {
    units: i128,
    scale: u32,
}

impl Decimal {
    /// Zero.
    pub(super) const ZERO: Self = Self { units: 0, scale: 0 };
    /// One: the quantity of a file that has no such column.
    pub(super) const ONE: Self = Self { units: 1, scale: 0 };

    /// Reads a number as files write it: sign, thousands, currency signs and spaces around it.
    pub(super) fn parse(text: &str, mark: DecimalMark) -> Option<Self> {
        let bare = text.trim_matches(|sign: char| {
            sign.is_whitespace() || matches!(sign, '€' | '$' | '£' | '\'' | '\u{a0}')
        });
        let (negative, digits) = match bare.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, bare.strip_prefix('+').unwrap_or(bare)),
        };
        let (point, comma) = match mark {
            DecimalMark::Point => ('.', ','),
            DecimalMark::Comma => (',', '.'),
        };
        let (whole, fraction) = digits.split_once(point).unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() || !thousands_are_right(whole, comma) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let scale = u32::try_from(fraction.len())
            .ok()
            .filter(|scale| *scale <= MOST_DECIMALS)?;
        let mut units: i128 = 0;
        let mut digit_count = 0;
        for sign in whole
            .chars()
            .filter(|sign| *sign != comma)
            .chain(fraction.chars())
        {
            units = units * 10 + i128::from(sign.to_digit(10)?);
            digit_count += usize::from(units != 0);
            if digit_count > MOST_DIGITS {
                return None;
            }
        }
        Some(Self {
            units: if negative { -units } else { units },
            scale,
        })
    }

    /// Whether it is more than zero.
    pub(super) const fn is_positive(self) -> bool {
        self.units > 0
    }

    /// Whether it is less than zero.
    pub(super) const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Without its sign.
    pub(super) const fn size(self) -> Self {
        Self {
            units: self.units.abs(),
            scale: self.scale,
        }
    }

    /// The product: fits, because both have at most fifteen digits.
    pub(super) const fn times(self, other: Self) -> Self {
        Self {
            units: self.units * other.units,
            scale: self.scale + other.scale,
        }
    }

    /// The sum, at the finer of the two scales.
    pub(super) fn plus(self, other: Self) -> Self {
        let scale = self.scale.max(other.scale);
        let raised = |value: Self| value.units.saturating_mul(10_i128.pow(scale - value.scale));
        Self {
            units: raised(self).saturating_add(raised(other)),
            scale,
        }
    }

    /// With at most so many decimals, half away from zero.
    pub(super) fn rounded(self, decimals: u32) -> Self {
        if self.scale <= decimals {
            return self;
        }
        let divisor = 10_i128.pow(self.scale - decimals);
        let half = if self.units < 0 {
            -(divisor / 2)
        } else {
            divisor / 2
        };
        Self {
            units: self.units.saturating_add(half) / divisor,
            scale: decimals,
        }
    }
}

/// Either no thousands at all or groups of three.
fn thousands_are_right(whole: &str, comma: char) -> bool {
    let mut groups = whole.split(comma);
    let first = groups.next().unwrap_or_default();
    let mut grouped = false;
    let rest_right = groups.all(|group| {
        grouped = true;
        group.len() == 3
    });
    rest_right && (!grouped || (1..=3).contains(&first.len()))
}

/// Plain, as JSON writes numbers.
impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let divisor = 10_i128.pow(self.scale);
        let (whole, fraction) = (self.units.abs() / divisor, self.units.abs() % divisor);
        if self.units < 0 {
            out.write_str("-")?;
        }
        write!(out, "{whole}")?;
        if fraction == 0 {
            return Ok(());
        }
        let digits = format!("{fraction:0width$}", width = self.scale as usize);
        write!(out, ".{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mark: DecimalMark) -> Option<String> {
        Decimal::parse(text, mark).map(|value| value.to_string())
    }

    #[test]
    fn reads_both_ways_of_writing() {
        use DecimalMark::{Comma, Point};
        for (text, mark, expected) in [
            ("6.0", Point, Some("6")),
            ("2.55", Point, Some("2.55")),
            ("-11062.06", Point, Some("-11062.06")),
            ("0.001", Point, Some("0.001")),
            ("1,234.5", Point, Some("1234.5")),
            ("1.234,50 €", Comma, Some("1234.5")),
            ("€ 12,05", Comma, Some("12.05")),
            ("'7", Point, Some("7")),
            (".5", Point, Some("0.5")),
            ("12,34", Point, None),
            ("1.23", Comma, None),
            ("", Point, None),
            ("-", Point, None),
            ("1e3", Point, None),
            ("12 34", Point, None),
            ("0.0000000001", Point, None),
            ("12345678901234567890", Point, None),
        ] {
            assert_eq!(read(text, mark).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn sums_and_products_are_exact_and_rounding_is_the_last_step() {
        let price = Decimal::parse("0.005", DecimalMark::Point).expect("a number");
        let three = Decimal::parse("3", DecimalMark::Point).expect("a number");
        assert_eq!(price.times(three).to_string(), "0.015");
        assert_eq!(price.times(three).rounded(2).to_string(), "0.02");
        assert_eq!(price.plus(three).to_string(), "3.005");
        let owed = Decimal::parse("-0.005", DecimalMark::Point).expect("a number");
        assert_eq!(owed.rounded(2).to_string(), "-0.01");
        assert_eq!(
            Decimal::ZERO.plus(price).plus(owed),
            Decimal { units: 0, scale: 3 }
        );
    }
}
