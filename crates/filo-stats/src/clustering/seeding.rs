//! Where the search for groups begins: rows that are far apart.
//!
//! **Invariant:** no two starts are equal.

use super::rows::Rows;
use crate::random::Random;

/// The k-means++ seeding of Arthur and Vassilvitskii, "k-means++: The Advantages of Careful
/// Seeding", SODA 2007, 1027–1035, algorithm 1: the first row by chance, each further one with a
/// chance that grows with the square of its distance from those chosen.
///
/// `None` where there are fewer different rows than `groups`, or `groups` is 0.
#[must_use]
pub fn plus_plus(rows: &Rows, groups: usize, random: &mut Random) -> Option<Vec<usize>> {
    if groups == 0 || groups > rows.count() {
        return None;
    }
    let mut chosen = vec![random.index(rows.count())];
    let mut nearest = vec![f64::INFINITY; rows.count()];
    while chosen.len() < groups {
        let latest = rows.row(*chosen.last()?);
        for (index, nearest) in nearest.iter_mut().enumerate() {
            *nearest = nearest.min(rows.distance(rows.row(index), latest));
        }
        chosen.push(draw(&nearest, random)?);
    }
    Some(chosen)
}

/// An index with a chance in proportion to its weight; `None` where all weigh nothing.
fn draw(weights: &[f64], random: &mut Random) -> Option<usize> {
    let all: f64 = weights.iter().sum();
    let mut left = random.unit() * all;
    let mut last = None;
    for (index, weight) in weights.iter().enumerate() {
        if *weight > 0.0 {
            last = Some(index);
            if left < *weight {
                break;
            }
            left -= weight;
        }
    }
    last
}
