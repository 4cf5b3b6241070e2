//! The most different of texts: what somebody looks at who has no time to read them all.

use filo_stats::text::{Likeness, likeness};

/// The places of at most so many texts that differ most from each other: the first one, and then
/// always the one whose nearest among those chosen is farthest; of equals the earlier one. A text
/// that stands there a second time is taken only once nothing else is left.
///
/// This is the farthest-first traversal of Gonzalez (1985), which is never worse than twice the
/// best choice.
#[must_use]
pub fn most_different(texts: &[String], most: usize) -> Vec<usize> {
    let mut left: Vec<(usize, f64)> = (0..texts.len()).map(|at| (at, f64::INFINITY)).collect();
    let mut chosen = Vec::new();
    while chosen.len() < most && !left.is_empty() {
        let farther = |best: usize, at: usize| if left[at].1 > left[best].1 { at } else { best };
        let (next, _) = left.remove((1..left.len()).fold(0, farther));
        for (at, nearest) in &mut left {
            *nearest = nearest.min(distance(&texts[next], &texts[*at]));
        }
        chosen.push(next);
    }
    chosen
}

/// How different two texts are, from 0 to 1.
fn distance(one: &str, other: &str) -> f64 {
    if one == other {
        return 0.0;
    }
    1.0 - likeness(one, other).map_or(0.0, Likeness::score)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(texts: &[&str], most: usize) -> Vec<usize> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        most_different(&texts, most)
    }

    #[test]
    fn what_differs_most_comes_first() {
        let texts = [
            "Ciao Anna, il tuo caffè è arrivato in negozio.",
            "Ciao Bruno, il tuo caffè è arrivato in negozio.",
            "Gentile cliente, da lunedì siamo chiusi per ferie fino a settembre.",
            "Ciao Carla, il tuo caffè è arrivato in negozio.",
        ];
        assert_eq!(chosen(&texts, 2), [0, 2]);
        let all = chosen(&texts, 9);
        assert_eq!((all[0], all[1], all.len()), (0, 2, 4));
    }

    #[test]
    fn the_same_again_comes_last() {
        assert_eq!(chosen(&["uno", "uno", "uno", "due"], 3), [0, 3, 1]);
        assert_eq!(chosen(&[], 3), [] as [usize; 0]);
        assert_eq!(chosen(&["uno"], 0), [] as [usize; 0]);
    }
}
