//! Scores from 1 to 5: the fifth of the sample in which a value lies, or the step of a fixed
//! ladder that it reaches.
//!
//! **Invariant:** equal values have equal scores, a better value never has a lower one, and the
//! order in which the values come changes nothing.

/// Which values are better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Large ones: the largest score 5.
    Larger,
    /// Small ones: the smallest score 5.
    Smaller,
}

/// The number of scores.
const SCORES: usize = 5;

/// The score of each value by its average rank, ⌈5·rank/n⌉ within 1–5, in the order of the
/// values. Values that are equal share the mean of their ranks (mid-ranks: Kendall, "The treatment
/// of ties in ranking problems", Biometrika 33 (1945), 239–251), so a value that very many
/// share can leave scores unused; [`by_ladder`] does not have this.
///
/// `None` where a value is not a number; an empty sample has an empty answer.
#[must_use]
pub fn by_rank(values: &[f64], better: Better) -> Option<Vec<u8>> {
    if values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    let worse_first = |one: &usize, other: &usize| {
        let (one, other) = (values[*one], values[*other]);
        let rising = one.partial_cmp(&other).unwrap_or(std::cmp::Ordering::Equal);
        match better {
            Better::Larger => rising,
            Better::Smaller => rising.reverse(),
        }
    };
    order.sort_unstable_by(worse_first);
    let mut scores = vec![0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|one, other| worse_first(one, other).is_eq()) {
        // Ranks before + 1 to before + m have the mean before + (m + 1)/2: kept twice as large,
        // so that it is whole and no rounding decides a score.
        let rank_twice = 2 * before + equal.len() + 1;
        let score = (SCORES * rank_twice)
            .div_ceil(2 * values.len())
            .clamp(1, SCORES);
        for index in equal {
            scores[*index] = u8::try_from(score).unwrap_or(1);
        }
        before += equal.len();
    }
    Some(scores)
}

/// The score of a value on a ladder: 1 below its first step, one more for each step reached.
/// `None` where the steps do not rise or the value is not a number.
#[must_use]
pub fn by_ladder(value: f64, steps: [f64; SCORES - 1]) -> Option<u8> {
    let rises = steps.is_sorted_by(|one, other| one < other);
    if !rises || value.is_nan() {
        return None;
    }
    let reached = steps.iter().filter(|step| value >= **step).count();
    u8::try_from(reached + 1).ok()
}

#[cfg(test)]
#[path = "quintile_tests.rs"]
mod tests;
