//! The process that explains what was seen best.
//!
//! **Invariant:** the answer depends on how many histories are alike, never on their order.

use std::collections::BTreeMap;

use super::repeats::{History, Process, Repeats};
use crate::counting::real;
use crate::quantile::quantiles;
use crate::simplex::minimum;
use crate::special::ln_gamma;

/// Histories that it takes.
pub const HISTORIES_LEAST: usize = 100;
/// Of them so many with a repeat.
pub const REPEATING_LEAST: usize = 30;
/// A parameter beyond this, or below its inverse, tells of data that do not determine it.
const DEGENERATE: f64 = 1_000.0;
/// The deviation of the logarithm of each parameter under [`Prior::Wide`].
const WIDE: f64 = 1.5;

/// What is believed of the parameters before anything was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prior {
    /// Nothing: the maximum of the likelihood. On a hundred histories it is degenerate one time in
    /// five.
    Flat,
    /// Log-normal around r = a = b = 1 and α half the median time watched, with the deviation 1.5:
    /// it hardly moves an answer from many, and keeps that from few in bounds.
    Wide,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// There is too little: of histories, or of those with a repeat.
    TooFew {
        /// Histories; it takes [`HISTORIES_LEAST`].
        histories: usize,
        /// Those with a repeat; it takes [`REPEATING_LEAST`].
        repeating: usize,
    },
    /// They do not determine the parameters.
    Degenerate,
}

/// The parameters that make the histories most likely, with the prior: the likelihoods of the
/// papers at [`Process`], maximised over the logarithms of the parameters from two beginnings, in
/// times relative to the median time watched. Also gives the logarithm of the likelihood, without
/// the prior.
///
/// # Errors
/// Where there are too few histories or they do not determine the parameters.
pub fn fit(process: Process, histories: &[History], prior: Prior) -> Result<(Repeats, f64), Unfit> {
    let repeating = histories.iter().filter(|it| it.repeats() > 0).count();
    if histories.len() < HISTORIES_LEAST || repeating < REPEATING_LEAST {
        return Err(Unfit::TooFew {
            histories: histories.len(),
            repeating,
        });
    }
    let mut watched: Vec<f64> = histories.iter().map(History::watched).collect();
    let Some([unit]) = quantiles(&mut watched, [0.5]) else {
        return Err(Unfit::Degenerate);
    };
    let alike = Alike::of(histories, unit);
    let centre = [0.0, 0.5_f64.ln(), 0.0, 0.0];
    let cost = |logarithms: &[f64; 4]| {
        let believed = match prior {
            Prior::Flat => 0.0,
            Prior::Wide => {
                let both = logarithms.iter().zip(&centre);
                both.map(|(one, other)| ((one - other) / WIDE).powi(2) / 2.0)
                    .sum()
            }
        };
        believed - alike.log_likelihood(&of_logarithms(process, logarithms))
    };
    let starts = [centre, [-1.0, -1.5, -0.5, 0.5]];
    let found = starts.map(|start| minimum(start, cost));
    let best = if found[1].1 < found[0].1 {
        found[1]
    } else {
        found[0]
    };
    let scaled = of_logarithms(process, &best.0);
    let is_bounded = |it: f64| (1.0 / DEGENERATE..=DEGENERATE).contains(&it);
    if ![scaled.r, scaled.alpha, scaled.a, scaled.b]
        .into_iter()
        .all(is_bounded)
    {
        return Err(Unfit::Degenerate);
    }
    // The density of a time in units is that of the time itself, divided by the unit.
    let repeats: f64 = histories.iter().map(|it| f64::from(it.repeats())).sum();
    let log_likelihood = alike.log_likelihood(&scaled) - repeats * unit.ln();
    let alpha = scaled.alpha * unit;
    Ok((Repeats { alpha, ..scaled }, log_likelihood))
}

fn of_logarithms(process: Process, logarithms: &[f64; 4]) -> Repeats {
    let [r, alpha, a, b] = logarithms.map(f64::exp);
    Repeats {
        process,
        r,
        alpha,
        a,
        b,
    }
}

/// Histories by repeats, and equal ones counted, as what is costly depends on the repeats alone.
struct Alike(BTreeMap<u32, Vec<(f64, f64, f64)>>);

impl Alike {
    fn of(histories: &[History], unit: f64) -> Self {
        let mut counts: BTreeMap<(u32, u64, u64), usize> = BTreeMap::new();
        for it in histories {
            // Times are not negative, so their bits have their order.
            let key = (it.repeats(), it.last().to_bits(), it.watched().to_bits());
            *counts.entry(key).or_default() += 1;
        }
        let mut alike: BTreeMap<u32, Vec<(f64, f64, f64)>> = BTreeMap::new();
        for ((repeats, last, watched), count) in counts {
            let times = [last, watched].map(|bits| f64::from_bits(bits) / unit);
            let row = (times[0], times[1], real(count));
            alike.entry(repeats).or_default().push(row);
        }
        Self(alike)
    }

    fn log_likelihood(&self, it: &Repeats) -> f64 {
        let of_repeats = |(repeats, rows): (&u32, &Vec<(f64, f64, f64)>)| {
            let repeats = f64::from(*repeats);
            let (shape, chances) = (it.r + repeats, repeats + it.process.first_chance());
            let constant =
                ln_gamma(shape) - ln_gamma(it.r) + it.r * it.alpha.ln() + ln_gamma(it.a + it.b)
                    - ln_gamma(it.b)
                    + ln_gamma(it.b + chances)
                    - ln_gamma(it.a + it.b + chances);
            // ln 0 where one cannot have stopped yet.
            let stopped = if chances > 0.0 {
                it.a.ln() - (it.b + chances - 1.0).ln()
            } else {
                f64::NEG_INFINITY
            };
            let of_row = |(last, watched, count): &(f64, f64, f64)| {
                let goes_on = -shape * (it.alpha + watched).ln();
                let stopped = stopped - shape * (it.alpha + last).ln();
                count * (constant + ln_of_sum(goes_on, stopped))
            };
            rows.iter().map(of_row).sum::<f64>()
        };
        self.0.iter().map(of_repeats).sum()
    }
}

/// ln(exp(one) + exp(other)), from the larger so that neither vanishes.
fn ln_of_sum(one: f64, other: f64) -> f64 {
    let (high, low) = (one.max(other), one.min(other));
    high + (low - high).exp().ln_1p()
}
