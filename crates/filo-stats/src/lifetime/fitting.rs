//! The process that explains what was seen best.
//!
//! **Invariant:** the answer depends on how many histories are alike, never on their order.

use super::alike::Alike;
use super::fitted::Fitted;
use super::repeats::{History, Process, Repeats};
use crate::newton::{Slope, inverse, minimum};
use crate::quantile::quantiles;

/// Histories that it takes.
pub const HISTORIES_LEAST: usize = 100;
/// Of them so many with a repeat.
pub const REPEATING_LEAST: usize = 30;
/// A parameter beyond this, or below its inverse, tells of data that do not determine it.
const DEGENERATE: f64 = 1_000.0;
/// The deviation of the logarithm of each parameter under [`Prior::Wide`].
const WIDE: f64 = 1.5;
/// The logarithms around which [`Prior::Wide`] lies: −ln 2 is that of a half.
const CENTRE: [f64; 4] = [0.0, -std::f64::consts::LN_2, 0.0, 0.0];
/// Different histories from which the way to the answer of more begins.
const THINNED: usize = 5_000;

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
/// times relative to the median time watched. The logarithm of the likelihood is without the prior.
///
/// # Errors
/// Where there are too few histories or they do not determine the parameters.
pub fn fit(
    process: Process,
    histories: &[History],
    prior: Prior,
) -> Result<Fitted<Repeats, 4>, Unfit> {
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
    let climb = |alike: &Alike, start| minimum(start, |at| cost(process, alike, prior, at));
    // Where there are many, a part of them leads near to the answer of all.
    let part = alike.thinned(THINNED);
    let starts = [CENTRE, [-1.0, -1.5, -0.5, 0.5]];
    let [one, other] = starts.map(|start| climb(part.as_ref().unwrap_or(&alike), start));
    let mut best = if other.1.value < one.1.value {
        other
    } else {
        one
    };
    if part.is_some() {
        best = climb(&alike, best.0);
    }
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
    let log_likelihood = alike.log_likelihood(&scaled).value - repeats * unit.ln();
    let alpha = scaled.alpha * unit;
    Ok(Fitted {
        found: Repeats { alpha, ..scaled },
        log_likelihood,
        covariance: inverse(&best.1.curvature).ok_or(Unfit::Degenerate)?,
    })
}

/// What is to be smallest: the likelihood and what was believed before, turned upside down.
fn cost(process: Process, alike: &Alike, prior: Prior, logarithms: &[f64; 4]) -> Slope<4> {
    let likely = alike.log_likelihood(&of_logarithms(process, logarithms));
    let mut slope = likely.falling_in_logarithms(&logarithms.map(f64::exp));
    if prior == Prior::Wide {
        for at in 0..4 {
            let apart = logarithms[at] - CENTRE[at];
            slope.value += (apart / WIDE).powi(2) / 2.0;
            slope.gradient[at] += apart / WIDE.powi(2);
            slope.curvature[at][at] += WIDE.powi(-2);
        }
    }
    slope
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
