//! Comparing groups whose shares changed on the way, by what was seen before: each case weighs
//! what it was improbable that it came where it came.
//!
//! **Invariant:** of a case only what came before it is used, so what is said holds whatever rule
//! moved the shares, and at every look at once.

use super::{Difference, Sample};

/// How many cases the prior of the test of sizes weighs, as in [`super::mismatch_evidence`].
const CONCENTRATION: f64 = 100.0;

/// A case, in the order in which they were drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The shares in force then, which make one; each above 0.
    pub shares: Vec<f64>,
    /// Where it came.
    pub group: usize,
    /// What came of it: 1 where it was done, 0 where not.
    pub outcome: f64,
}

impl Drawn {
    fn share(&self, group: usize) -> Option<f64> {
        self.shares.get(group).copied().filter(|share| *share > 0.0)
    }
}

/// What was seen of a group so far.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    sum: f64,
    count: f64,
    /// The sum, over every case wherever it came, of one by the share of this group then.
    improbable: f64,
}

impl Seen {
    /// What is to be expected of the next one: begun with one case in the middle.
    fn expected(self) -> f64 {
        (self.sum + 0.5) / (self.count + 1.0)
    }
}

/// How far the share of one group lies above that of another, of outcomes 0 and 1: the mean of
/// augmented inverse-propensity scores (Hadad, Hirshberg, Zhan, Wager and Athey, "Confidence
/// Intervals for Policy Evaluation in Adaptive Experiments", PNAS 118 (2021), e2014602118,
/// equation 5). The scores less what is sought are martingale differences, so a sequence around
/// their mean holds at every look (Waudby-Smith and others, as in [`super::Sequence`], section 2.5;
/// Ham, Bojinov, Lindon and Tingley, "Design-Based Confidence Sequences", arXiv 2210.08639).
///
/// The variance is what was seen of the scores, or, where it is larger, what shares and draws let
/// expect of each group or of both together, with one case more of either kind as in
/// [`Sample::of_share_careful`]: of a group with a small share single cases weigh twentyfold, and
/// while none of them came the scores hardly vary. `None` of fewer than two cases, or if a share
/// was 0.
#[must_use]
pub fn weighted_difference(cases: &[Drawn], (one, other): (usize, usize)) -> Option<Difference> {
    let mut seen = [Seen::default(); 2];
    let (mut sum, mut squares) = (0.0, 0.0);
    for case in cases {
        let shares = [case.share(one)?, case.share(other)?];
        let expected = seen.map(Seen::expected);
        let mut score = expected[0] - expected[1];
        if case.group == one {
            score += (case.outcome - expected[0]) / shares[0];
            seen[0].sum += case.outcome;
            seen[0].count += 1.0;
        } else if case.group == other {
            score -= (case.outcome - expected[1]) / shares[1];
            seen[1].sum += case.outcome;
            seen[1].count += 1.0;
        }
        for (group, share) in seen.iter_mut().zip(shares) {
            group.improbable += share.recip();
        }
        sum += score;
        squares += score * score;
    }
    let scores = Sample::of_sums(cases.len(), sum, squares)?;
    let [first, second] = seen;
    let careful = |sum: f64, count: f64| {
        let share = (sum + 1.0) / (count + 2.0);
        share * (1.0 - share)
    };
    let own = careful(first.sum, first.count) * first.improbable
        + careful(second.sum, second.count) * second.improbable;
    let both = careful(first.sum + second.sum, first.count + second.count)
        * (first.improbable + second.improbable);
    let let_expect = own.max(both) / (scores.count * scores.count);
    let variance = scores.variance_of_mean().max(let_expect);
    Difference::of_mean(scores.mean, variance, scores.count)
}

/// How much more the groups' sizes speak for something that sorts people than for the shares in
/// force at each draw, at whatever moment one looks: above 1/p it happens by chance in a share p of
/// cases at most. As [`super::mismatch_evidence`], which it is where the shares stay the same, one
/// case after the other: any prediction from what came before makes a martingale (Ville, "Étude
/// critique de la notion de collectif", 1939). `None` of fewer than two groups, or if a share was
/// 0.
#[must_use]
pub fn drawn_evidence(cases: &[Drawn], groups: usize) -> Option<f64> {
    if groups < 2 {
        return None;
    }
    let mut seen: Vec<f64> = vec![0.0; groups];
    let mut due: Vec<f64> = vec![0.0; groups];
    let mut log: f64 = 0.0;
    for case in cases {
        let mut shares = Vec::with_capacity(groups);
        for group in 0..groups {
            shares.push(case.share(group)?);
        }
        let all: f64 = shares.iter().sum();
        let leans = shares.iter().zip(seen.iter().zip(&due));
        let leans = leans.map(|(share, (seen, due))| {
            let prior = CONCENTRATION * share / all;
            (prior + seen) / (prior + due)
        });
        let leans: Vec<f64> = leans.collect();
        let told: f64 = shares
            .iter()
            .zip(&leans)
            .map(|(share, lean)| share * lean)
            .sum();
        log += (leans.get(case.group)? * all / told).ln();
        *seen.get_mut(case.group)? += 1.0;
        for (due, share) in due.iter_mut().zip(&shares) {
            *due += share / all;
        }
    }
    Some(log.exp()).filter(|it| !it.is_nan())
}

#[cfg(test)]
mod tests {
    use super::super::{PLANNED_SHOP, Sequence, mismatch_evidence};
    use super::*;
    use crate::counting::real;
    use crate::random::Random;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found}, {expected}");
    }

    /// What is drawn next after some cases: whoever did more so far gets nine of ten.
    fn learnt(cases: &[Drawn]) -> Vec<f64> {
        let sum = |group: usize| -> f64 {
            let of_group = cases.iter().filter(|case| case.group == group);
            of_group.map(|case| case.outcome).sum()
        };
        let (first, second) = (sum(0), sum(1));
        match first.total_cmp(&second) {
            std::cmp::Ordering::Less => vec![0.1, 0.9],
            std::cmp::Ordering::Equal => vec![0.5, 0.5],
            std::cmp::Ordering::Greater => vec![0.9, 0.1],
        }
    }

    /// Every course that so many cases can take, each with how probable it is.
    fn every_course(
        left: usize,
        cases: &mut Vec<Drawn>,
        chance: f64,
        seen: &mut impl FnMut(&[Drawn], f64),
    ) {
        if left == 0 {
            return seen(cases.as_slice(), chance);
        }
        let shares = learnt(cases);
        for (group, does) in [(0, 0.3), (1, 0.6)] {
            for (outcome, chance_of) in [(1.0, does), (0.0, 1.0 - does)] {
                cases.push(Drawn {
                    shares: shares.clone(),
                    group,
                    outcome,
                });
                every_course(left - 1, cases, chance * shares[group] * chance_of, seen);
                cases.pop();
            }
        }
    }

    /// Over every course that six cases can take, the estimate is right in the mean though the
    /// shares follow what was seen; the plain difference of means is not.
    #[test]
    fn what_learnt_shares_bend_is_put_straight() {
        let (mut weighted, mut plain, mut all) = (0.0, 0.0, 0.0);
        every_course(
            6,
            &mut Vec::new(),
            1.0,
            &mut |cases: &[Drawn], chance: f64| {
                let found = weighted_difference(cases, (1, 0)).map_or(0.0, |it| it.estimate);
                let mean = |group: usize| {
                    let of_group: Vec<f64> = cases
                        .iter()
                        .filter(|case| case.group == group)
                        .map(|case| case.outcome)
                        .collect();
                    of_group.iter().sum::<f64>() / real(of_group.len().max(1))
                };
                weighted += chance * found;
                plain += chance * (mean(1) - mean(0));
                all += chance;
            },
        );
        near(all, 1.0, 1e-12);
        near(weighted, 0.3, 1e-12);
        assert!((plain - 0.3).abs() > 0.01, "{plain}");
    }

    #[test]
    fn with_shares_that_stay_it_is_close_to_the_difference_of_shares() {
        let cases: Vec<Drawn> = (0..4_000_u32)
            .map(|place| Drawn {
                shares: vec![0.5, 0.5],
                group: usize::from(place % 2 == 1),
                outcome: if place % 20 < (place % 2) + 1 {
                    1.0
                } else {
                    0.0
                },
            })
            .collect();
        let found = weighted_difference(&cases, (1, 0)).unwrap();
        let count = |group: usize| {
            let of_group = cases.iter().filter(move |case| case.group == group);
            (
                of_group.clone().filter(|case| case.outcome > 0.0).count(),
                of_group.count(),
            )
        };
        let plain = Difference::of_shares(count(1), count(0)).unwrap();
        near(found.estimate, plain.estimate, 0.002);
        near(found.variance / plain.variance, 1.0, 0.05);
    }

    /// Draws trials whose shares lean nineteen to one to whichever way did more so far, looks
    /// every fifty cases, and counts those in which zero was ever left out.
    fn found(chances: [f64; 2], trials: u64) -> u64 {
        let sequence = Sequence::new(0.05, PLANNED_SHOP).unwrap();
        let mut found = 0;
        for trial in 0..trials {
            let mut random = Random::seeded(trial);
            let mut cases: Vec<Drawn> = Vec::new();
            let mut seen = [(0.5, 1.0); 2];
            let mut second = 0.5;
            let mut is_found = false;
            for place in 0..1_000 {
                if place >= 100 && place % 50 == 0 {
                    let [first, other] = seen.map(|(sum, count)| sum / count);
                    second = if other > first { 0.95 } else { 0.05 };
                }
                let group = usize::from(random.unit() < second);
                let does = random.unit() < chances[group];
                let outcome = f64::from(u8::from(does));
                seen[group].0 += outcome;
                seen[group].1 += 1.0;
                cases.push(Drawn {
                    shares: vec![1.0 - second, second],
                    group,
                    outcome,
                });
                if cases.len() >= 100 && cases.len().is_multiple_of(50) {
                    let difference = weighted_difference(&cases, (1, 0)).unwrap();
                    is_found |= sequence.around(&difference).excludes_zero();
                }
            }
            found += u64::from(is_found);
        }
        found
    }

    /// With the variance of the scores alone it would be every third or fourth trial at 2 and 10 %.
    #[test]
    fn who_looks_often_at_learnt_shares_is_seldom_deceived() {
        for chance in [0.02, 0.1, 0.5] {
            let alarms = found([chance, chance], 200);
            assert!(alarms <= 10, "{chance}: {alarms} of 200");
        }
        let told = found([0.1, 0.4], 100);
        assert!(told > 80, "a great difference is seen: {told} of 100");
    }

    /// One case after the other it comes to the closed formula of Lindon and Malek.
    #[test]
    fn with_shares_that_stay_the_evidence_is_that_of_the_counts() {
        let counts = [70, 20, 30];
        let shares = [0.5, 0.2, 0.3];
        let drawn = (0..120_usize).map(|place| Drawn {
            shares: shares.to_vec(),
            group: match place {
                0..70 => 0,
                70..90 => 1,
                _ => 2,
            },
            outcome: 0.0,
        });
        let found = drawn_evidence(&drawn.collect::<Vec<_>>(), 3).unwrap();
        let expected = mismatch_evidence(&counts, &shares).unwrap();
        near(found / expected, 1.0, 1e-9);
    }

    /// 500 people by even shares and 500 by nine of ten fit them, though not any shares that stay.
    #[test]
    fn shares_that_moved_are_no_mismatch_and_a_broken_draw_is() {
        let of = |shares: [f64; 2], group: usize| Drawn {
            shares: shares.to_vec(),
            group,
            outcome: 0.0,
        };
        let even = (0..500_usize).map(|place| of([0.5, 0.5], place % 2));
        let moved = (0..500_usize).map(|place| of([0.1, 0.9], usize::from(place % 10 != 0)));
        let cases: Vec<Drawn> = even.chain(moved).collect();
        assert!(drawn_evidence(&cases, 2).unwrap() < 1.0);
        assert!(mismatch_evidence(&[300, 700], &[0.5, 0.5]).unwrap() > 1_000.0);
        let broken = (0..500_usize).map(|place| of([0.1, 0.9], place % 2));
        assert!(drawn_evidence(&broken.collect::<Vec<_>>(), 2).unwrap() > 1_000.0);
        assert_eq!(drawn_evidence(&[of([0.0, 1.0], 1)], 2), None);
    }
}
