//! What is believed of a share once some cases were seen, and which of several shares is the
//! highest.
//!
//! **Invariant:** no chance: the probability is integrated, so the same counts give the same
//! number on every machine.

use super::Interval;
use crate::counting::real;
use crate::special::ln_gamma;
use crate::tail::beta_share;

/// Halvings in the search for a quantile: to the last digit of a share.
const HALVINGS: u32 = 60;
/// Between these points, in standard deviations around each mean, integrands are smooth: every half
/// around the middle, farther out in the tails. A density beyond the last one weighs less than
/// exp(−40).
const FAR: [f64; 6] = [10.0, 12.0, 16.0, 20.0, 30.0, 40.0];
/// Half a standard deviation, on either side of the mean up to eight.
const NEAR_HALVES: i32 = 16;
/// Nodes and weights of Gauss and Legendre for five points: Abramowitz and Stegun, table 25.4.
const NODES: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.906_179_845_938_664, 0.236_926_885_056_189_1),
];

/// What is believed of a share: a beta distribution, begun with one case of each kind (Bayes and
/// Laplace: before anything was seen every share is as probable).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    alpha: f64,
    beta: f64,
}

impl Posterior {
    /// After so many of so many. `None` where more did it than there are.
    #[must_use]
    pub fn of_share(successes: usize, trials: usize) -> Option<Self> {
        let others = trials.checked_sub(successes)?;
        Some(Self {
            alpha: real(successes) + 1.0,
            beta: real(others) + 1.0,
        })
    }

    /// What is to be expected.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    /// Where the share lies with a probability of 95 %, as much left out below as above. It is no
    /// interval that holds in so many experiments: it says what to believe after these cases, with
    /// nothing known before them.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Some(Interval {
            low: self.quantile(0.025)?,
            high: self.quantile(0.975)?,
        })
    }

    fn quantile(&self, level: f64) -> Option<f64> {
        let (mut low, mut high) = (0.0, 1.0);
        for _halving in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            match beta_share(middle, self.alpha, self.beta)? < level {
                true => low = middle,
                false => high = middle,
            }
        }
        Some(f64::midpoint(low, high))
    }

    fn deviation(&self) -> f64 {
        let sum = self.alpha + self.beta;
        (self.alpha * self.beta / (sum + 1.0)).sqrt() / sum
    }

    fn density(&self, at: f64) -> f64 {
        let (alpha, beta) = (self.alpha, self.beta);
        let whole = ln_gamma(alpha + beta) - ln_gamma(alpha) - ln_gamma(beta);
        (whole + (alpha - 1.0) * at.ln() + (beta - 1.0) * (-at).ln_1p()).exp()
    }
}

/// How probable it is of each that its share is the highest of all: ∫ fᵢ ∏ Fⱼ over every j but i
/// (Scott, "A Modern Bayesian Look at the Multi-Armed Bandit", Applied Stochastic Models in
/// Business and Industry 26 (2010), 639–658, equation 4), by the rule of Gauss and Legendre
/// between points that lie close wherever one of the densities or distributions turns. Together
/// they make one. `None` of fewer than two.
#[must_use]
pub fn probability_best(shares: &[Posterior]) -> Option<Vec<f64>> {
    if shares.len() < 2 {
        return None;
    }
    let mut best = vec![0.0; shares.len()];
    for ends in points(shares).windows(2) {
        let [low, high] = *ends else { continue };
        let half = (high - low) / 2.0;
        for (node, weight) in NODES {
            let at = low + half * (1.0 + node);
            let mut below = Vec::with_capacity(shares.len());
            for share in shares {
                below.push(beta_share(at, share.alpha, share.beta)?);
            }
            for (place, share) in shares.iter().enumerate() {
                let others = below.iter().enumerate();
                let others = others.filter(|(other, _)| *other != place);
                let all: f64 = others.map(|(_, below)| below).product();
                if let Some(sum) = best.get_mut(place) {
                    *sum += half * weight * share.density(at) * all;
                }
            }
        }
    }
    let sum: f64 = best.iter().sum();
    let is_whole = sum.is_finite() && sum > 0.0;
    is_whole.then(|| best.iter().map(|it| it / sum).collect())
}

/// The points between which is integrated, from 0 to 1.
fn points(shares: &[Posterior]) -> Vec<f64> {
    let near = (-NEAR_HALVES..=NEAR_HALVES).map(|half| f64::from(half) / 2.0);
    let far = FAR.iter().flat_map(|far| [-far, *far]);
    let apart: Vec<f64> = near.chain(far).collect();
    let around = shares.iter().flat_map(|share| {
        let (mean, deviation) = (share.mean(), share.deviation());
        apart.iter().map(move |apart| mean + apart * deviation)
    });
    let mut points: Vec<f64> = around.filter(|at| *at > 0.0 && *at < 1.0).collect();
    points.extend([0.0, 1.0]);
    points.sort_by(f64::total_cmp);
    points.dedup();
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found}, {expected}");
    }

    fn of(successes: usize, trials: usize) -> Posterior {
        Posterior::of_share(successes, trials).unwrap()
    }

    /// Miller, "Formulas for Bayesian A/B Testing" (2015), equation 6: the probability that the
    /// second is above the first, as a sum.
    fn miller(first: Posterior, second: Posterior) -> f64 {
        let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
        let (mut sum, mut step) = (0.0, 0.0);
        while step < second.alpha {
            let top = ln_beta(first.alpha + step, first.beta + second.beta);
            let under = (second.beta + step).ln()
                + ln_beta(1.0 + step, second.beta)
                + ln_beta(first.alpha, first.beta);
            sum += (top - under).exp();
            step += 1.0;
        }
        sum
    }

    /// 50 of 100 against 70 of 99: 0.9985618016, as gbstats and the closed formula have it.
    #[test]
    fn the_probability_of_being_better_is_the_published_one() {
        let (first, second) = (of(50, 100), of(70, 99));
        let best = probability_best(&[first, second]).unwrap();
        near(best[1], 0.998_561_801_6, 1e-9);
        near(best[1], miller(first, second), 1e-10);
    }

    #[test]
    fn the_integral_is_the_closed_formula_of_two() {
        for (first, second) in [
            (of(0, 0), of(0, 0)),
            (of(0, 20), of(3, 12)),
            (of(500, 10_000), of(570, 10_000)),
            // One is known a hundred times better than the other.
            (of(3, 50), of(6_000, 100_000)),
            (of(1, 1), of(0, 40)),
            (of(0, 1_000), of(1, 1_000)),
        ] {
            let best = probability_best(&[first, second]).unwrap();
            near(best[1], miller(first, second), 1e-8);
        }
    }

    /// Beta(13, 189), (19, 183), (10, 192) and (1, 21), by another rule of integration.
    #[test]
    fn four_ways_are_those_of_an_independent_quadrature() {
        let shares = [of(12, 200), of(18, 200), of(9, 200), of(0, 20)];
        let best = probability_best(&shares).unwrap();
        for (found, expected) in best
            .iter()
            .zip([0.105_009, 0.741_772, 0.022_556, 0.130_663])
        {
            near(*found, expected, 1e-6);
        }
        near(best.iter().sum(), 1.0, 1e-12);
    }

    /// Of three where two were seen alike: by the rule of Simpson, with steps of a ten
    /// thousandth.
    #[test]
    fn three_ways_are_those_of_simpson() {
        let shares = [of(4, 40), of(4, 40), of(9, 55)];
        let best = probability_best(&shares).unwrap();
        near(best[0], best[1], 1e-12);
        let steps = 10_000_u32;
        let inner = |at: f64| {
            let [one, other, _] = shares.map(|it| beta_share(at, it.alpha, it.beta).unwrap());
            shares[2].density(at) * one * other
        };
        let width = 1.0 / f64::from(steps);
        let sum: f64 = (1..steps)
            .map(|step| inner(f64::from(step) * width) * if step % 2 == 0 { 2.0 } else { 4.0 })
            .sum();
        near(best[2], sum * width / 3.0, 1e-9);
    }

    #[test]
    fn ways_seen_alike_are_as_probable() {
        for count in 2..=5 {
            let best = probability_best(&vec![of(7, 90); count]).unwrap();
            for found in best {
                near(found, 1.0 / real(count), 1e-12);
            }
        }
        assert_eq!(probability_best(&[of(1, 2)]), None);
        assert_eq!(Posterior::of_share(3, 2), None);
    }

    /// Of Beta(1, n + 1), which has a closed form: x = 1 − (1 − level)^(1/(n + 1)).
    #[test]
    fn the_ends_of_a_belief_are_the_closed_ones() {
        let ends = of(0, 20).interval().unwrap();
        near(ends.low, 1.0 - 0.975_f64.powf(1.0 / 21.0), 1e-12);
        near(ends.high, 1.0 - 0.025_f64.powf(1.0 / 21.0), 1e-12);
        near(of(0, 20).mean(), 1.0 / 22.0, 1e-15);
    }
}
