//! What sets one group apart from another, told from chance.
//!
//! **Invariant:** exchanging the groups changes the sign and nothing else; what is seen as often
//! in both has no contrast, however large the groups are.

use crate::counting::real;

/// The difference that would be exceeded, one way or the other, once in a hundred times by
/// chance: the standard normal quantile of 0.995.
pub const Z_99: f64 = 2.575_829_303_548_901;

/// How often something was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Times it was seen.
    pub times: f64,
    /// Times anything was seen, this included.
    pub of: f64,
}

/// How much more often one group shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The natural logarithm of the ratio of the odds; above 0 where the first has more.
    pub log_odds: f64,
    /// The same in its standard errors: beyond ±[`Z_99`] it is hardly chance.
    pub z: f64,
}

/// The log-odds ratio with an informative Dirichlet prior: Monroe, Colaresi, Quinn, "Fightin'
/// Words: Lexical Feature Selection and Evaluation for Identifying the Content of Political
/// Conflict", Political Analysis 16 (2008), 372–403, equations 16, 20 and 22.
///
/// The prior is how often it is seen anyway, with the weight of `prior.of` observations: it pulls
/// what is rare to no contrast. `None` where a count is negative, exceeds its whole or is not
/// finite, or the prior does not lie between never and always.
#[must_use]
pub fn log_odds(one: Seen, other: Seen, prior: Seen) -> Option<Contrast> {
    let is_count = |seen: Seen| seen.times >= 0.0 && seen.times <= seen.of && seen.of.is_finite();
    let is_open = prior.times > 0.0 && prior.times < prior.of;
    if ![one, other, prior].into_iter().all(is_count) || !is_open {
        return None;
    }
    let log = |seen: Seen| {
        let times = seen.times + prior.times;
        (times / (seen.of + prior.of - times)).ln()
    };
    let log_odds = log(one) - log(other);
    let variance = 1.0 / (one.times + prior.times) + 1.0 / (other.times + prior.times);
    Some(Contrast {
        log_odds,
        z: log_odds / variance.sqrt(),
    })
}

/// The contrast of each of several things between two groups, from how often each was seen among
/// all of them in either; the prior is what both together show, with the weight of `strength`
/// observations. `None` in the place of a thing that nobody showed, or that is all there is.
///
/// `None` where the groups do not list the same things or the strength is not a positive number.
#[must_use]
pub fn log_odds_of_all(
    one: &[usize],
    other: &[usize],
    strength: f64,
) -> Option<Vec<Option<Contrast>>> {
    if one.len() != other.len() || !(strength > 0.0 && strength.is_finite()) {
        return None;
    }
    let all = |times: &[usize]| times.iter().copied().map(real).sum::<f64>();
    let (of_one, of_other) = (all(one), all(other));
    let seen = |times, of| Seen { times, of };
    let contrasts = one.iter().zip(other).map(|(one, other)| {
        let (one, other) = (real(*one), real(*other));
        let prior = strength * (one + other) / (of_one + of_other);
        log_odds(
            seen(one, of_one),
            seen(other, of_other),
            seen(prior, strength),
        )
    });
    Some(contrasts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(times: f64, of: f64) -> Seen {
        Seen { times, of }
    }

    /// 30 of 2,000 words against 20 of 5,000, prior 5 of 700: δ 1.0923387, z 4.1714375 by an
    /// independent program. By hand: ln(35/2665) − ln(25/5675), over √(1/35 + 1/25).
    #[test]
    fn the_contrast_is_that_of_the_paper() {
        let found = log_odds(seen(30.0, 2000.0), seen(20.0, 5000.0), seen(5.0, 700.0)).unwrap();
        assert!((found.log_odds - 1.092_338_742_370_872).abs() < 1e-12);
        assert!((found.z - 4.171_437_476_206_156).abs() < 1e-12);
    }

    #[test]
    fn exchanging_the_groups_changes_the_sign() {
        let one = log_odds_of_all(&[30, 5, 0, 0], &[4, 9, 0, 7], 10.0).unwrap();
        let other = log_odds_of_all(&[4, 9, 0, 7], &[30, 5, 0, 0], 10.0).unwrap();
        for (one, other) in one.iter().zip(&other) {
            let z = |it: &Option<Contrast>| it.map(|it| it.z);
            assert_eq!(z(one), z(other).map(|z| -z));
        }
        assert!(one[0].unwrap().z > 0.0 && one[3].unwrap().z < 0.0);
        assert_eq!(one[2], None, "nobody showed it");
    }

    #[test]
    fn the_same_share_is_no_contrast_and_few_sightings_prove_little() {
        let prior = seen(1.0, 10.0);
        let same = log_odds(seen(10.0, 100.0), seen(100.0, 1000.0), prior).unwrap();
        assert!(same.log_odds.abs() < 1e-12 && same.z.abs() < 1e-12);
        let few = log_odds(seen(2.0, 4.0), seen(10.0, 100.0), prior).unwrap();
        let many = log_odds(seen(50.0, 100.0), seen(10.0, 100.0), prior).unwrap();
        assert!(few.z < Z_99 && many.z > Z_99);
        assert!(
            few.log_odds < many.log_odds,
            "the prior pulls in what is rare"
        );
    }

    #[test]
    fn what_has_no_answer_gives_none() {
        let prior = seen(1.0, 10.0);
        let fine = seen(1.0, 2.0);
        assert_eq!(log_odds(seen(3.0, 2.0), fine, prior), None);
        assert_eq!(log_odds(seen(-1.0, 2.0), fine, prior), None);
        assert_eq!(log_odds(seen(f64::NAN, 2.0), fine, prior), None);
        assert_eq!(log_odds(fine, fine, seen(0.0, 10.0)), None);
        assert_eq!(log_odds(fine, fine, seen(10.0, 10.0)), None);
        assert_eq!(log_odds_of_all(&[1], &[1, 2], 10.0), None);
        assert_eq!(log_odds_of_all(&[1], &[1], 0.0), None);
        assert_eq!(log_odds_of_all(&[0], &[0], 10.0), Some(vec![None]));
        assert_eq!(log_odds_of_all(&[3], &[4], 10.0), Some(vec![None]));
    }
}
