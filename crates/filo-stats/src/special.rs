//! Special functions.
//!
//! **Invariant:** outside its domain, or where a series does not come to rest, a function has no
//! value.

/// Above this Stirling's series is exact to the last digit; below, the recurrence leads there.
const STIRLING_LEAST: f64 = 10.0;
/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_8;
/// Terms of a series; the slowest ones met take a few thousand.
const TERMS_MOST: u32 = 100_000;

/// The natural logarithm of Γ(x): Abramowitz and Stegun, "Handbook of Mathematical Functions",
/// National Bureau of Standards 1964, 6.1.15 and 6.1.41. `NaN` unless x is above 0.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut at, mut product) = (x, 1.0);
    while at < STIRLING_LEAST {
        product *= at;
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    let coefficients = [
        1.0 / 156.0,
        -691.0 / 360_360.0,
        1.0 / 1188.0,
        -1.0 / 1680.0,
        1.0 / 1260.0,
        -1.0 / 360.0,
        1.0 / 12.0,
    ];
    let series = coefficients.iter().fold(0.0, |sum, it| sum * square + it);
    (at - 0.5) * at.ln() - at + HALF_LN_TAU + series / at - f64::ln(product)
}

/// The derivative of [`ln_gamma`]: Abramowitz and Stegun 6.3.5 and 6.3.18. `NaN` unless x is above
/// 0.
pub(crate) fn digamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut at, mut sum) = (x, 0.0);
    while at < STIRLING_LEAST {
        sum += 1.0 / at;
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    let coefficients = [
        1.0 / 12.0,
        -691.0 / 32_760.0,
        1.0 / 132.0,
        -1.0 / 240.0,
        1.0 / 252.0,
        -1.0 / 120.0,
        1.0 / 12.0,
    ];
    let series = coefficients.iter().fold(0.0, |sum, it| sum * square + it);
    at.ln() - 0.5 / at - series * square - sum
}

/// The derivative of [`digamma`]: Abramowitz and Stegun 6.4.6 and 6.4.12. `NaN` unless x is above
/// 0.
pub(crate) fn trigamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut at, mut sum) = (x, 0.0);
    while at < STIRLING_LEAST {
        sum += 1.0 / (at * at);
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    let coefficients = [
        7.0 / 6.0,
        -691.0 / 2_730.0,
        5.0 / 66.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        1.0 / 6.0,
    ];
    let series = coefficients.iter().fold(0.0, |sum, it| sum * square + it);
    sum + (1.0 + 0.5 / at + series * square) / at
}

/// Gauss's hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1: Abramowitz and Stegun 15.1.1,
/// by 15.3.3 where the series itself would converge slowly. `None` where c is not above 0, z is
/// outside, or the series does not come to rest.
pub(crate) fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> Option<f64> {
    if !(0.0..1.0).contains(&z) || c.is_nan() || c <= 0.0 {
        return None;
    }
    let excess = c - a - b;
    if excess < 0.0 {
        return Some((1.0 - z).powf(excess) * series(c - a, c - b, c, z)?);
    }
    series(a, b, c, z)
}

fn series(a: f64, b: f64, c: f64, z: f64) -> Option<f64> {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in (0..TERMS_MOST).map(f64::from) {
        term *= (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
        sum += term;
        if !f64::is_finite(sum) {
            return None;
        }
        if f64::abs(term) <= f64::EPSILON / 4.0 * f64::abs(sum) {
            return Some(sum);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Γ(½) = √π, Γ(1) = Γ(2) = 1, Γ(10) = 9!, and lnΓ(100) as the tables have it.
    #[test]
    fn gamma_is_that_of_the_tables() {
        let half = std::f64::consts::PI.ln() / 2.0;
        for (x, expected) in [
            (0.5, half),
            (1.0, 0.0),
            (2.0, 0.0),
            (10.0, 362_880.0_f64.ln()),
            (100.0, 359.134_205_369_575_4),
            (1e-3, 6.907_178_885_383_853),
        ] {
            let found = ln_gamma(x);
            assert!(
                (found - expected).abs() < 1e-12 * expected.abs().max(1.0),
                "{x}: {found}"
            );
        }
        assert!(ln_gamma(0.0).is_nan() && ln_gamma(-1.5).is_nan());
    }

    /// ψ(1) = −γ, ψ(½) = −γ − 2 ln 2, ψ(10) of table 6.1; ψ′(1) = π²/6, ψ′(½) = π²/2, and ψ′(x) −
    /// ψ′(x + 1) = 1/x².
    #[test]
    fn the_derivatives_of_gamma_are_those_of_the_tables() {
        const EULER: f64 = 0.577_215_664_901_532_9;
        let square = std::f64::consts::PI.powi(2);
        for (found, expected) in [
            (digamma(1.0), -EULER),
            (digamma(0.5), -EULER - 2.0 * std::f64::consts::LN_2),
            (digamma(10.0), 2.251_752_589_066_721),
            (trigamma(1.0), square / 6.0),
            (trigamma(0.5), square / 2.0),
            (trigamma(12.5) - trigamma(13.5), 1.0 / 156.25),
        ] {
            assert!((found - expected).abs() < 1e-12, "{found}, {expected}");
        }
        assert!(digamma(0.0).is_nan() && trigamma(-1.0).is_nan());
    }

    /// Abramowitz and Stegun 15.1.3, 15.1.6 and 15.1.8.
    #[test]
    fn hypergeometric_functions_have_their_closed_forms() {
        for z in [0.0_f64, 0.1, 0.5, 0.9, 0.99] {
            let root = z.sqrt();
            let logarithm = if z > 0.0 { -(1.0 - z).ln() / z } else { 1.0 };
            let arc = if z > 0.0 { root.asin() / root } else { 1.0 };
            for (found, expected) in [
                (hypergeometric(1.0, 1.0, 2.0, z), logarithm),
                (hypergeometric(0.5, 0.5, 1.5, z), arc),
                (hypergeometric(7.5, 2.0, 2.0, z), (1.0 - z).powf(-7.5)),
            ] {
                let found = found.unwrap();
                assert!(
                    (found / expected - 1.0).abs() < 1e-10,
                    "{z}: {found}, {expected}"
                );
            }
        }
        assert_eq!(hypergeometric(1.0, 1.0, 2.0, 1.0), None);
        assert_eq!(hypergeometric(1.0, 1.0, 0.0, 0.5), None);
        assert_eq!(hypergeometric(f64::NAN, 1.0, 2.0, 0.5), None);
    }
}
