//! Quantiles of Student's distribution and tails of chi-square.
//!
//! **Invariant:** outside its domain, or where a fraction does not come to rest, a function has no
//! value.

use crate::special::ln_gamma;

/// Steps of a continued fraction; with 10^8 degrees of freedom it takes some thousands.
const STEPS_MOST: u32 = 100_000;
/// A fraction is at rest when a step changes it by less.
const REST: f64 = 1e-15;
/// What stands for nothing where one divides by it.
const TINY: f64 = 1e-300;
/// Halvings of an interval: to the last digit of a quantile.
const HALVINGS: u32 = 200;

/// The quantile of Student's distribution with so many degrees of freedom, for 0.5 < `level` < 1.
pub(crate) fn student_quantile(level: f64, freedom: f64) -> Option<f64> {
    if !(level > 0.5 && level < 1.0 && freedom > 0.0 && freedom.is_finite()) {
        return None;
    }
    let upper = |t: f64| Some(0.5 * beta_share(freedom / (freedom + t * t), freedom / 2.0, 0.5)?);
    let (mut low, mut high) = (0.0, 1.0);
    while upper(high)? > 1.0 - level {
        (low, high) = (high, high * 2.0);
        if !f64::is_finite(high * high) {
            return None;
        }
    }
    for _halving in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        match upper(middle)? > 1.0 - level {
            true => low = middle,
            false => high = middle,
        }
    }
    Some((low + high) / 2.0)
}

/// How probable it is that chi-square with so many degrees of freedom is that large or larger:
/// Abramowitz and Stegun 26.4.19, by the series 6.5.29 or the fraction 6.5.31 of the incomplete
/// gamma function.
pub(crate) fn chi_square(at: f64, freedom: f64) -> Option<f64> {
    if !(at >= 0.0 && at.is_finite() && freedom > 0.0 && freedom.is_finite()) {
        return None;
    }
    let (a, x) = (freedom / 2.0, at / 2.0);
    if x == 0.0 {
        return Some(1.0);
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut sum, mut term) = (1.0 / a, 1.0 / a);
        for step in (1..STEPS_MOST).map(f64::from) {
            term *= x / (a + step);
            sum += term;
            if term < sum * REST {
                return Some(1.0 - front * sum);
            }
        }
        return None;
    }
    let part = |step: f64| (step * (a - step), x + 2.0 * step + 1.0 - a);
    Some(front / fraction(x + 1.0 - a, part)?)
}

/// The incomplete beta function as a share of the whole, for 0 ≤ x ≤ 1: Abramowitz and Stegun
/// 26.5.8, by symmetry 6.6.3 where the fraction would converge slowly.
pub(crate) fn beta_share(x: f64, a: f64, b: f64) -> Option<f64> {
    if x <= 0.0 || x >= 1.0 {
        return (0.0..=1.0).contains(&x).then_some(x);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return Some(1.0 - beta_share(1.0 - x, b, a)?);
    }
    let whole = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    let front = (whole + a * x.ln() + b * (-x).ln_1p()).exp() / a;
    let part = |step: f64| {
        let half = (step / 2.0).floor();
        let top = match step % 2.0 == 0.0 {
            true => half * (b - half) * x / ((a + 2.0 * half - 1.0) * (a + 2.0 * half)),
            false => -(a + half) * (a + b + half) * x / ((a + 2.0 * half) * (a + 2.0 * half + 1.0)),
        };
        (top, 1.0)
    };
    Some(front / fraction(1.0, part)?)
}

/// `first + top₁/(bottom₁ + top₂/(bottom₂ + …))`: Lentz, "Generating Bessel Functions in Mie
/// Scattering Calculations Using Continued Fractions", Applied Optics 15 (1976), 668–671.
fn fraction(first: f64, part: impl Fn(f64) -> (f64, f64)) -> Option<f64> {
    let not_nothing = |it: f64| if it.abs() < TINY { TINY } else { it };
    let mut value = not_nothing(first);
    let (mut c, mut d) = (value, 0.0);
    for step in (1..STEPS_MOST).map(f64::from) {
        let (top, bottom) = part(step);
        d = 1.0 / not_nothing(bottom + top * d);
        c = not_nothing(bottom + top / c);
        value *= c * d;
        if (c * d - 1.0).abs() < REST {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables of Abramowitz and Stegun, 26.10; with very many degrees of freedom the normal
    /// quantile, and with one the closed form tan(π/2 · (2·level − 1)).
    #[test]
    fn quantiles_of_student_are_those_of_the_tables() {
        for (level, freedom, expected) in [
            (0.975, 1.0, 12.706_204_736),
            (0.975, 2.0, 4.302_652_730),
            (0.975, 10.0, 2.228_138_852),
            (0.95, 30.0, 1.697_260_887),
            (0.975, 1e8, 1.959_963_985),
        ] {
            let found = student_quantile(level, freedom).unwrap();
            assert!((found - expected).abs() < 1e-6, "{freedom}: {found}");
        }
        assert_eq!(student_quantile(0.4, 3.0), None);
        assert_eq!(student_quantile(0.9, 0.0), None);
    }

    /// Abramowitz and Stegun, table 26.8, and the closed form exp(−x/2) of two degrees.
    #[test]
    fn tails_of_chi_square_are_those_of_the_tables() {
        for (at, freedom, expected) in [
            (3.841_458_821, 1.0, 0.05),
            (10.827_566_170, 1.0, 0.001),
            (9.487_729_037, 4.0, 0.05),
            (1.386_294_361, 2.0, 0.5),
        ] {
            let found = chi_square(at, freedom).unwrap();
            assert!((found - expected).abs() < 1e-9, "{at} {freedom}: {found}");
        }
        assert_eq!(chi_square(0.0, 1.0), Some(1.0));
        assert_eq!(chi_square(-1.0, 1.0), None);
    }
}
