//! Whether groups are as large as they were meant to be: if not, something sorts people, and what
//! is compared is not alike.

use crate::counting::real;
use crate::special::ln_gamma;
use crate::tail;

/// Below this nobody believes in chance: Fabijan and others, "Diagnosing Sample Ratio Mismatch in
/// Online Controlled Experiments", KDD 2019, 2156–2164.
pub const MISMATCH_P: f64 = 0.001;
/// How many cases the prior of the test weighs, as in Lindon and Malek (see below).
const CONCENTRATION: f64 = 100.0;

/// How probable it is that chance alone leads so far from these shares or farther, if one looks
/// once: Pearson, "On the criterion that a given system of deviations…", Philosophical Magazine 50
/// (1900), 157–175. `None` unless there are two groups or more, with a share above 0 each.
#[must_use]
pub fn chi_square(counts: &[usize], shares: &[f64]) -> Option<f64> {
    let shares = whole(counts, shares)?;
    let all = real(counts.iter().sum());
    if all == 0.0 {
        return None;
    }
    let off = counts.iter().zip(&shares).map(|(count, share)| {
        let expected = all * share;
        (real(*count) - expected).powi(2) / expected
    });
    tail::chi_square(off.sum(), real(counts.len() - 1))
}

/// How much more the counts speak for a mismatch than for these shares, at whatever moment one
/// looks: above 1/p it happens by chance in a share p of cases at most, over all looks together.
/// Lindon and Malek, "Anytime-Valid Inference for Multinomial Count Data", NeurIPS 2022, equation
/// 9, with a Dirichlet prior around the shares. `None` as for [`chi_square`].
#[must_use]
pub fn mismatch_evidence(counts: &[usize], shares: &[f64]) -> Option<f64> {
    let shares = whole(counts, shares)?;
    let all = real(counts.iter().sum());
    let groups = counts.iter().zip(&shares).map(|(count, share)| {
        let (count, prior) = (real(*count), CONCENTRATION * share);
        ln_gamma(prior + count) - ln_gamma(prior) - count * share.ln()
    });
    let log = ln_gamma(CONCENTRATION) - ln_gamma(CONCENTRATION + all) + groups.sum::<f64>();
    Some(log.exp()).filter(|it| !it.is_nan())
}

/// The shares, so that they make one.
fn whole(counts: &[usize], shares: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = shares.iter().sum();
    let are_open = shares.iter().all(|share| *share > 0.0 && share.is_finite());
    if counts.len() != shares.len() || counts.len() < 2 || !are_open {
        return None;
    }
    Some(shares.iter().map(|share| share / sum).collect())
}
